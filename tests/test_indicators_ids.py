"""The ids that report and findings rely on, and what the notebook shows of them."""

import csv
import json
import re
from pathlib import Path

import pytest
from indicator_runs import ROOT, base, run

from pp39.indicators.tampilan import kartu, perhitungan, rekapitulasi
from pp39.ledger import Cell, Computed, Parameter, Rows

CODES = [code.replace(" ", "-") for code in base().results]
QUARTERS = ["I", "II", "III", "IV"]
DOCUMENTS = ("perjanjian_kinerja", "sasaran_indikator", "rencana_aksi")
SERVICES = ["pengujian", "kalibrasi", "sertifikasi", "pelatihan", "lph", "konsultasi", "rbpi"]

ANY_QUARTER = [
    "IKK-6.2.1/dasar",
    *(f"{code}/target" for code in CODES),
    *(f"{code}/target/{document}" for code in CODES for document in DOCUMENTS),
    *(f"{code}/target-antara/{quarter}" for code in CODES for quarter in ("I", "II", "III", "IV")),
    *(f"anggaran/{one}" for one in ("pagu", "pagu-awal", "blokir", "efektif", "pagu-akhir")),
    *(f"anggaran/{one}" for one in ("perubahan-pagu", "revisi/jumlah", "sumber/total")),
    *(f"anggaran/sumber/{one}/{what}" for one in ("RM", "PNBP") for what in ("pagu", "porsi")),
    *(f"anggaran/belanja/{one}/{what}" for one in (51, 52, 53) for what in ("pagu", "porsi")),
    "anggaran/belanja/total",
    "anggaran/revisi/1/awal",
    "anggaran/revisi/1/akhir",
    "anggaran/revisi/1/blokir",
    "anggaran/revisi/1/perubahan",
    "ro/6077.BAD.001/tvro",
    *(f"ro/6077.BAD.001/{one}/01" for one in ("rvro", "progres", "tpcro", "trvro")),
    *(f"ro/6077.CAH.021/{one}-kumulatif/12" for one in ("tpcro", "trvro")),
    "ro/6077.BAD.001/selisih-progres",
    "ro/6077.BAD.001/selisih-volume",
    "ro/kegiatan/6077/progres",
    "ro/kegiatan/6042/progres",
    "ringkasan/belum-ada-data",
]
BEFORE = [
    *(f"ringkasan/{one}" for one in ("sudah-tercapai", "sesuai-jalur", "di-bawah-jalur")),
    *(f"{code}/jalur" for code in CODES),
]
FOURTH_ONLY = [
    # It is of the report on TW IV, which the quarters before cannot know.
    *(f"{code}/target/tabel_capaian" for code in CODES),
    *(f"ringkasan/{one}" for one in ("tercapai", "tidak-tercapai")),
    *(f"{code}/{one}" for code in CODES for one in ("realisasi", "capaian", "selisih")),
    *(f"{code}/fisik/{one}" for code in CODES for one in ("target", "realisasi")),
    *(f"IKK-6.1.1/{one}" for one in ("order", "tepat-waktu", "terlambat")),
    *(f"IKK-6.1.2/{one}" for one in ("promotor", "pasif", "detraktor", "responden")),
    *(f"IKK-6.1.2/skor/{one}" for one in range(11)),
    *(f"ITJ-6.2/layanan/{one}" for one in SERVICES),
    *(f"ITJ-6.2/kategori/{k}" for k in ("perusahaan", "instansi", "mahasiswa", "pelaku-usaha")),
    "ITJ-6.2/semua",
    "ITJ-6.2/layanan/pengujian/mahasiswa",
    *(f"IKK-6.2.1/{one}" for one in ("pnbp", "pnbp-target", "pnbp-persen")),
    "IKK-6.2.1/pnbp-selisih",
    *(f"IKK-6.2.1/layanan/{s}/{w}" for s in SERVICES for w in ("realisasi", "target", "persen")),
    "IKK-6.2.1/layanan/ppc/realisasi",
    "IKK-6.2.1/layanan/pnbp-umum/realisasi",
    "IKK-6.2.2/total/IV",
    *(f"IKK-6.6.2/bulan/{month}" for month in (10, 11, 12)),
    "serapan/kro/6077.AEC/persen",
    "serapan/program/WA/rupiah",
    "serapan/total/cakupan",
]


@pytest.mark.parametrize("quarter", ["I", "II", "III", "IV"])
def test_ids_of_every_quarter(quarter):
    ledger = base(quarter).ledger
    assert [one for one in ANY_QUARTER if one not in ledger] == []
    assert {one in ledger for one in BEFORE} == {quarter != "IV"}


def test_ids_of_the_fourth_quarter():
    assert [one for one in FOURTH_ONLY if one not in base().ledger] == []


@pytest.mark.parametrize(
    ("quarter", "there"),
    [
        ("III", {"IKK-6.2.2", "IKK-6.6.2"}),
        ("II", {"IKK-6.2.2"}),
        ("I", {"IKK-6.2.2"}),
    ],
)
def test_earlier_quarters_claim_nothing_they_have_no_data_for(quarter, there):
    ledger = base(quarter).ledger
    absent = [one for one in FOURTH_ONLY if one.split("/")[0] not in there]
    assert [one for one in absent if one in ledger] == []
    totals = [one for one in QUARTERS if f"IKK-6.2.2/total/{one}" in ledger]
    assert totals == QUARTERS[: QUARTERS.index(quarter) + 1]


def test_stated_figures_of_budget_and_outputs_meet_a_computed_one():
    path = ROOT / "data/raw/bspji-ambon/2025/pernyataan.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        stated = {one["Subjek"] for one in csv.DictReader(stream) if one["Jenis"] == "angka"}
    ends = ("/pagu", "/persen", "/tvro", "/rvro", "/progres", "/realisasi", "/capaian", "/target")
    absent = {one for one in stated if one.endswith(ends) and one not in base().ledger}
    # Neither a target nor a ceiling of these stands in any source.
    assert absent <= {
        "IKK-6.2.1/layanan/pnbp-umum/target",
        "IKK-6.2.1/layanan/pnbp-umum/persen",
        "IKK-6.2.2/layanan/verifikasi-tkdn/target",
        "anggaran/ro/6077.CAH.021/target",
    }


@pytest.mark.parametrize("quarter", ["IV", "III"])
def test_every_figure_leads_to_raw_cells_or_parameters(quarter):
    counts = ("banyaknya", "terakhir")
    for one in base(quarter).ledger:
        leaves = one.leaves()
        if isinstance(one.origin, Computed) and one.origin.operation in counts:
            continue
        if not one.id.startswith(("ro/bulan", "IKK-6.1.2/batas", "ringkasan")):
            assert leaves, one.id
        assert all(isinstance(leaf.origin, Cell | Rows | Parameter) for leaf in leaves)


def test_the_saved_ledger_refers_only_to_what_it_holds(tmp_path):
    for quarter in ("IV", "III"):
        path = tmp_path / f"{quarter}.json"
        base(quarter).ledger.save(path)
        document = json.loads(path.read_text(encoding="utf-8"))

        def references(origin):
            for one in origin.get("operan", ()):
                if isinstance(one, str):
                    yield one
                else:
                    yield from references(one["asal"])

        for entry in document["angka"].values():
            for one in references(entry["asal"]):
                assert one in document["angka"] or one[4:] in document["sel"]


def test_no_respondent_is_named_anywhere(tmp_path):
    path = tmp_path / "ledger.json"
    base().ledger.save(path)
    assert re.search(r"contoh\.example|800000000|Responden \d", path.read_text("utf-8")) is None


def test_card_shows_definition_formula_numbers_result_and_place():
    made = base()
    card = kartu(made.job, made.results["IKK 6.1.2"])
    html = card._repr_html_()
    for part in (
        "loyalitas pelanggan",
        "(Promotor − Detraktor) ÷ Responden × 100",
        "(54 − 0) ÷ 57 × 100",
        "94,74",
        "236,84%",
        "✓ tercapai",
        "survei_nps.csv, baris",
        "target_perjanjian_kinerja.csv, baris 5, kolom Target",
    ):
        assert part in html
    assert repr(card).endswith("target 40,00, realisasi 94,74, capaian 236,84%, tercapai")


def test_card_without_data_says_so():
    made = base("III")
    html = kartu(made.job, made.results["IKK 6.1.2"]).html
    assert "– belum ada data" in html
    assert "Masukan" not in html


def test_text_from_sources_is_escaped():
    made = run("IV", 'indikator."IKK 6.1.2".definisi="a < b & <script>"')
    html = kartu(made.job, made.results["IKK 6.1.2"]).html
    assert "a &lt; b &amp; &lt;script&gt;" in html


def test_tables_show_every_line():
    made = base()
    table = rekapitulasi(list(made.results.values()))
    assert table.html.count("<tr>") == 18
    sums = perhitungan("Serapan", made.ledger.find("serapan/total"))
    assert "Perkiraan dari persentase" in sums.html
    assert "99,52%" in sums.html
    assert "belum ada data" in perhitungan("Serapan", []).html


def test_the_notebook_is_committed_without_outputs():
    path = Path(ROOT / "notebooks/03_indicators.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)
    for cell in cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
