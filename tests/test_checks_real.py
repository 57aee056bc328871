"""The real data pass with warnings only, and each warning is one that the papers show."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from check_cases import ROOT, both, put, real_settings, real_tables, with_frame
from papermill.exceptions import PapermillExecutionError

from pp39.checks import CheckReport, check
from pp39.checks.result import LOCATION_LIMIT
from pp39.errors import CheckFailed, exit_code_of
from pp39.sources import save_tables

NOTEBOOK = ROOT / "notebooks" / "02_validate.ipynb"

# Every warning the papers of the sample quarter give rise to, with the number of places.
EXPECTED = {
    "indikator.satuan": 2,
    "dipa_ro.jumlah-pagu": 1,
    "dipa_pagu.blokir-revisi": 1,
    "revisi_dipa.nama-urut": 1,
    "realisasi_kro.kode_kro.di-luar-dipa": 1,
    "realisasi_kro.lengkap": 1,
    "kegiatan_kro.kode_kro.di-luar-dipa": 1,
    "target_sasaran_indikator.target.sama": 1,
    "target_rencana_aksi.target.sama": 4,
    "target_tabel_capaian.target.sama": 3,
    "realisasi_kegiatan.lengkap": 2,
    "pelaksanaan.kendala.terisi": 2,
    "pelaksanaan.tindak_lanjut.terisi": 6,
    "pelaksanaan.kendala.isi": 4,
    "tindak_lanjut.pelaku.terisi": 1,
    "progres_ro.nama_ro.sama": 1,
    "progres_ro.rvro.kumulatif": 4,
    "progres_ro.bulan.lengkap": 3,
    "progres_ro.lengkap": 1,
    "progres_ro.tvro.dipa": 4,
    "progres_ro.tvro.smart": 2,
    "target_smart.kode_ro.di-luar-dipa": 1,
    "target_smart.nama_ro.sama": 4,
    "target_smart.nama_kro.sama": 1,
    "target_smart.trvro.jumlah": 1,
    "target_smart.lengkap": 1,
    "target_smart.target.dipa": 4,
    "survei_nps.telepon.tunggal": 6,
    "survei_nps.email.terbaca": 1,
    "survei_nps.email.tunggal": 5,
    "survei_nps.responden.berulang": 3,
    "survei_nps.nama.berulang": 1,
    "survei_nps.no-urut": 1,
    "survei_nps.status.kategori": 3,
    "pnbp.target.terisi": 2,
    "hasil_layanan.satuan.sama": 10,
    "hasil_layanan.terisi-triwulan": 7,
    "hasil_layanan.target.terisi": 1,
    "sla.layanan.lengkap": 6,
    "ikpa.bulan.lengkap": 6,
    "nilai_eksternal.surat": 20,
}


@pytest.fixture(scope="module")
def report() -> CheckReport:
    return check(real_tables(), real_settings())


def test_real_data_pass_with_exactly_these_warnings(report: CheckReport) -> None:
    assert report.critical == ()
    report.raise_if_critical()
    assert {one.id: one.jumlah for one in report.warnings} == EXPECTED
    assert len(report.passed) + len(EXPECTED) == len(report)


def test_long_tables_in_batches_of_few_columns_say_the_same(
    report: CheckReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pp39.checks.batches._MANY", 0)
    assert [*check(real_tables(), real_settings())] == [*report]


def test_anomalies_name_file_row_column_and_value(report: CheckReport) -> None:
    gap = report["survei_nps.no-urut"].lokasi[0]
    assert (gap.berkas, gap.baris, gap.kolom, gap.nilai) == ("survei_nps.csv", 50, "No", "50")
    falls = report["progres_ro.rvro.kumulatif"].lokasi
    assert {place.kolom for place in falls} == {"Juni / RVRO"}
    assert [place.baris for place in falls] == [8, 12, 16, 20]
    assert falls[0].lembar == "Progres RO"
    assert "Rp28.908.000" in report["dipa_ro.jumlah-pagu"].ringkasan
    smart = report["target_smart.trvro.jumlah"].lokasi[0]
    assert (smart.baris, smart.kolom, smart.nilai) == (6, "TRVRO", "7")
    repeats = [place.nilai for place in report["survei_nps.responden.berulang"].lokasi]
    assert repeats == ["42", "43", "44"]
    months = [place.uraian for place in report["progres_ro.bulan.lengkap"].lokasi]
    assert "Oktober" in months[0]
    assert "Desember" in months[-1]


def test_answer_of_the_unit_stands_beside_the_code(report: CheckReport) -> None:
    text = report["target_smart.kode_ro.di-luar-dipa"].lokasi[0].uraian
    answer = real_settings().params.unit.ro_di_luar_dipa["6077.CAH.021"]
    assert answer.alasan.rstrip(".") in text
    assert answer.oleh in text
    assert answer.tanggal.isoformat() in text


@pytest.mark.parametrize("quarter", ["I", "II", "III"])
def test_other_quarters_pass_and_say_what_they_lack(quarter: str) -> None:
    report = check(real_tables(), real_settings(quarter))
    assert report.critical == ()
    lacking = report["cakupan.triwulan"]
    assert not lacking.lolos
    assert f"triwulan {quarter}" in lacking.ringkasan
    # Scores hold until the next; a check of their own tells the indicators that have none yet.
    assert not any(one.berkas == "nilai_eksternal.csv" for one in lacking.lokasi)
    assert not report["nilai_eksternal.berlaku"].lolos


def test_results_hold_no_personal_data(report: CheckReport, tmp_path: Path) -> None:
    text = report.save(tmp_path / "pemeriksaan.json").read_text(encoding="utf-8")
    assert "@" not in text
    raw = (ROOT / "data/raw/bspji-ambon/2025/survei_nps.csv").read_text(encoding="utf-8-sig")
    for line in raw.splitlines()[1:]:
        phone = line.split(",")[3].strip('" ')
        assert not phone or phone not in text
    assert "Responden 0" not in text
    assert str(ROOT) not in text


def test_several_critical_failures_are_one_sentence() -> None:
    broken = both(
        put("sla", "tepat_waktu", 171),
        put("survei_nps", "nilai", 12, 0),
        put("survei_nps", "nilai", 13, 1),
    )(real_tables())
    report = check(broken, real_settings())
    assert [one.id for one in report.critical] == [
        "survei_nps.nilai.rentang",
        "sla.tepat_waktu.bagian",
    ]
    with pytest.raises(CheckFailed) as caught:
        report.raise_if_critical()
    first, second = caught.value.sentences
    assert first == (
        'survei_nps.csv, row 2, column "Nilai": what stands there is not an answer;'
        " write a whole number from 0 to 10 (also in row 3)"
    )
    assert second.startswith('sla.csv, row 2, column "Tepat Waktu": ')


def test_places_are_cut_but_all_are_counted() -> None:
    frame = real_tables()["survei_nps"].frame
    many = frame.loc[frame.index.repeat(100)].reset_index(drop=True)
    many = many.assign(baris=range(2, len(many) + 2), no=range(1, len(many) + 1), nilai=99)
    found = check(with_frame(real_tables(), "survei_nps", many), real_settings())
    answers = found["survei_nps.nilai.rentang"]
    assert answers.jumlah == len(many)
    assert len(answers.lokasi) == LOCATION_LIMIT
    assert [place.baris for place in answers.lokasi] == list(range(2, LOCATION_LIMIT + 2))


def test_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a check must not use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    tables = {name: real_tables()[name] for name in ("sla", "ikpa")}
    assert len(check(tables, real_settings())) > 4


def test_library_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, pp39.checks; print('great_expectations' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "False"


def test_notebook_shows_the_results(finished) -> None:
    run = finished("IV")
    done = nbformat.read(run.report / "kertas-kerja" / "02_validate.ipynb", as_version=4)
    shown = [
        output["data"]["text/html"]
        for cell in done.cells
        for output in cell.get("outputs", ())
        if "text/html" in output.get("data", {})
    ]
    assert any("Peringatan (dimuat dalam lampiran Mutu data)" in html for html in shown)
    saved = CheckReport.load(run.processed / "pemeriksaan.json")
    assert {one.id: one.jumlah for one in saved.warnings} == EXPECTED


@pytest.mark.filterwarnings("ignore")
def test_notebook_saves_the_results_and_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = put("progres_ro", "kode_ro", "6077.BAD.999")(real_tables())
    save_tables(broken, tmp_path / "processed" / "bersih")
    monkeypatch.setenv("PP39_STAGE", str(tmp_path))
    monkeypatch.setenv("PP39_ROOT", str(ROOT))
    with pytest.raises(PapermillExecutionError) as caught:
        papermill.execute_notebook(
            NOTEBOOK, tmp_path / "x.ipynb", kernel_name="python3", progress_bar=False
        )
    assert exit_code_of(caught.value.ename) == 3
    assert "progres_ro.xlsx, sheet Progres RO, row 7" in caught.value.evalue
    assert "RO 6077.BAD.999 is not in dipa_ro.xlsx; the nearest is" in caught.value.evalue
    saved = CheckReport.load(tmp_path / "processed" / "pemeriksaan.json")
    assert saved.critical[0].id == "progres_ro.kode_ro.dipa"


def test_notebook_is_committed_clean() -> None:
    content = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") for cell in content["cells"])
    ids = [cell["id"] for cell in content["cells"]]
    assert len(set(ids)) == len(ids)
    tagged = [cell for cell in content["cells"] if "parameters" in cell["metadata"].get("tags", ())]
    assert [cell["id"] for cell in tagged] == ["parameter"]
