"""The real raw folder, cleaned: values, log, privacy, traces, equal bytes."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from profile_sources import SOURCES

from pp39.errors import MissingInput, UnreadableInput
from pp39.ledger import Cell, Rows
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import (
    CleanTable,
    Context,
    clean,
    clean_all,
    load_tables,
    save_fixes,
    save_tables,
)
from pp39.sources.table import read_table

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw" / "bspji-ambon" / "2025"


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load(ROOT, "bspji-ambon", 2025, Quarter.IV))


@pytest.fixture(scope="module")
def tables(context: Context) -> dict[str, CleanTable]:
    return clean_all(SOURCES, RAW, context)


def test_every_table_has_its_declared_columns(tables: dict[str, CleanTable]) -> None:
    for name, table in tables.items():
        assert list(table.frame.columns) == list(SOURCES[name].schema)
        stored = {"text": "str", "count": "Int64", "number": "float64"}
        assert {column: str(kind) for column, kind in table.frame.dtypes.items()} == {
            column: stored[kind] for column, kind in SOURCES[name].schema.items()
        }


def test_every_source_but_the_optional_ones_is_there(tables: dict[str, CleanTable]) -> None:
    lacking = {"aset", "order_layanan", "survei_ikm", "sp2d"}
    lacking |= {
        "komponen",
        "laporan_lalu",
        "serapan_lalu",
        "hambatan_lalu",
        "realisasi_ro",
        "realisasi_versi",
        "rencana_ro",
        "ikpa_aspek",
        "daftar_sp2d",
        "target_serapan",
        "rencana_penarikan",
    }
    assert set(SOURCES) - set(tables) == lacking
    assert all(SOURCES[name].optional for name in lacking)


def test_names_are_unique_and_files_are_named_after_them() -> None:
    assert [Path(source.file).stem for source in SOURCES.values()] == list(SOURCES)


@pytest.mark.parametrize(
    ("name", "where", "column", "value"),
    [
        ("dipa_ro", {"kode_ro": "6042.EBA.994"}, "pagu", 8650270000),
        ("dipa_ro", {"kode_ro": "6042.EBD.974"}, "target", 1),
        ("dipa_ro", {"kode_ro": "6077.BAD.075"}, "kode_kro", "6077.BAD"),
        ("revisi_dipa", {"uraian": "DIPA 7"}, "blokir", 85967000),
        ("revisi_dipa", {"uraian": "DIPA 3"}, "tanggal", "2025-05-28"),
        ("revisi_dipa", {"uraian": "DIPA 0"}, "tanggal", "2024-11-29"),
        ("dipa_pagu", {"kode": "pagu_awal"}, "nilai", 9358210000),
        ("target_perjanjian_kinerja", {"kode": "IKK 6.4.2"}, "target", 77.0),
        ("target_rencana_aksi", {"kode": "IKK 6.1.1"}, "satuan", "%"),
        ("target_rencana_aksi", {"kode": "IKK 6.2.1"}, "target", 5.0),
        ("target_tabel_capaian", {"kode": "IKK 6.2.1"}, "satuan", "indeks"),
        ("target_antara", {"kode": "IKK 6.6.3"}, "tw_iii", 75.0),
        ("hasil_layanan", {"layanan": "sertifikasi"}, "tw_iv_satuan", "sudah diaudit"),
        ("hasil_layanan", {"layanan": "konsultasi"}, "tw_iii_satuan", "IIKM"),
        ("ikpa", {"bulan": 11}, "nilai", 92.68),
        ("nilai_eksternal", {"kode": "IKK 6.2.3"}, "nilai", 0.039),
        ("nilai_eksternal", {"kode": "IKK 6.5.1"}, "tanggal_surat", "2025-10-31"),
        ("pnbp", {"layanan": "pengujian"}, "target", 325150000),
        ("pnbp", {"layanan": "konsultasi"}, "realisasi", 115398751),
        ("pnbp", {"layanan": "rbpi"}, "triwulan", "IV"),
        ("progres_ro", {"kode_ro": "6077.BAD.001", "bulan": 9}, "progres", 79.52),
        ("progres_ro", {"kode_ro": "6077.AEF.001", "bulan": 9}, "rvro", 20),
        ("target_smart", {"kode_ro": "6077.CAH.021", "bulan": 12}, "trvro", 11),
        (
            "target_smart",
            {"kode_ro": "6042.EBD.955", "bulan": 1},
            "nama_kro",
            "Layanan Manajemen Keuangan",
        ),
        ("pernyataan", {"subjek": "anggaran/blokir"}, "nilai_angka", 1755000000.0),
        (
            "kendala",
            {"lingkup": "perjanjian_kinerja", "baris": 3},
            "uraian",
            "pembiayaan kegiatan bersumber dari PNBP",
        ),
    ],
)
def test_a_value(
    tables: dict[str, CleanTable],
    *,
    name: str,
    where: dict[str, object],
    column: str,
    value: object,
) -> None:
    frame = tables[name].frame
    for key, wanted in where.items():
        frame = frame[frame[key] == wanted]
    assert frame[column].tolist() == [value]


@pytest.mark.parametrize(
    ("name", "where", "column"),
    [
        ("pnbp", {"layanan": "ppc"}, "target"),
        ("pnbp", {"layanan": "pnbp-umum"}, "target"),
        ("hasil_layanan", {"layanan": "pelatihan"}, "tw_ii"),
        ("hasil_layanan", {"layanan": "dapati"}, "tw_iv"),
        ("revisi_dipa", {"uraian": "DIPA 0"}, "no"),
        ("pelaksanaan", {"kode": "ITJ 6.1"}, "kendala"),
        ("pernyataan", {"subjek": "anggaran/efektif"}, "nilai_angka"),
    ],
)
def test_no_data_stays_no_data(
    tables: dict[str, CleanTable], name: str, where: dict[str, object], column: str
) -> None:
    table = tables[name]
    (key, wanted), *_ = where.items()
    found = table.frame.index[table.frame[key] == wanted]
    assert len(found) == 1
    assert pd.isna(table.frame.at[found[0], column])


def test_months_become_rows(tables: dict[str, CleanTable]) -> None:
    progress = tables["progres_ro"].frame
    assert len(progress) == 15 * 9
    assert progress["bulan"].tolist() == list(range(1, 10)) * 15
    assert progress["kode_kegiatan"].value_counts().to_dict() == {"6042": 72, "6077": 63}
    smart = tables["target_smart"].frame
    assert len(smart) == 16 * 12
    sums = smart.groupby("kode_ro")["trvro"].sum()
    assert sums["6077.BAD.001"] == 24


def test_the_totals_are_those_of_the_source_documents(tables: dict[str, CleanTable]) -> None:
    pagu = tables["dipa_ro"].frame.groupby("kode_kegiatan")["pagu"].sum().to_dict()
    assert pagu["6077"] == 407940000
    assert tables["pnbp"].frame["realisasi"].sum() == 1248776737
    assert tables["sumber_dana"].frame["pagu"].sum() == 9358210000
    assert tables["jenis_belanja"].frame["pagu"].sum() == 9358210000


def test_a_glued_score_is_split_and_logged(tables: dict[str, CleanTable]) -> None:
    table = tables["survei_nps"]
    row = table.frame[table.frame["no"] == 44]
    assert row[["layanan", "nilai"]].to_numpy().tolist() == [["sertifikasi", 9]]
    logged = [(fix.column, fix.before, fix.after) for fix in table.fixes if fix.row == 45]
    assert ("Layanan", "LS Pro (9", "LS Pro") in logged
    assert ("Nilai", "", "9") in logged
    assert [(fix.row, fix.after) for fix in table.fixes if fix.gives] == [(45, "9")]


def test_each_rule_is_logged_at_the_cell(tables: dict[str, CleanTable]) -> None:
    fixes = {
        (fix.source, fix.row, fix.column): (fix.before, fix.after, fix.rule)
        for table in tables.values()
        for fix in table.fixes
    }
    assert fixes[("ikpa", 6, "Bulan")] == (
        "Noevmber",
        "11",
        "salah cetak nama bulan dibetulkan",
    )
    assert fixes[("sumber_dana", 3, "Pagu")] == (
        "Rp707.940.000",
        "707940000",
        "format rupiah diseragamkan",
    )
    assert fixes[("revisi_dipa", 9, "Tanggal")] == (
        "28-May",
        "2025-05-28",
        "tahun tanggal dilengkapi",
    )
    assert fixes[("dipa_ro", 8, "Kode Program")] == (
        "",
        "EC",
        "sel gabungan diisi dari baris di atasnya",
    )
    assert fixes[("target_antara", 2, "TW I")] == ("25%", "25", "tanda persen dilepas")
    assert fixes[("hasil_layanan", 2, "TW IV")] == (
        "169 LHU",
        "169 | LHU",
        "satuan dipisahkan dari angka",
    )
    assert fixes[("pnbp_dasar", 1, "")][2] == "kolom kosong tanpa judul diabaikan"
    assert not tables["sla"].fixes


def test_respondents_are_joined_by_phone_or_email(tables: dict[str, CleanTable]) -> None:
    frame = tables["survei_nps"].frame.set_index("no")
    # 12, 13, 42 and 43 share a phone, but 13 has another address; 11 and 44 share both.
    assert frame.loc[[12, 42, 43], "responden"].nunique() == 1
    assert frame.at[13, "responden"] != frame.at[12, "responden"]
    assert frame.at[11, "responden"] == frame.at[44, "responden"]
    # 5 and 35 share a phone and no address, 29 and 55 to 58 an address and no phone.
    assert frame.at[5, "responden"] != frame.at[35, "responden"]
    assert frame.loc[[29, 55, 56, 57, 58], "responden"].nunique() == 5
    assert frame["responden"].nunique() == 54
    assert frame["telepon_keadaan"].value_counts().to_dict() == {"sah": 51, "bertentangan": 6}
    assert frame.loc[frame["email_keadaan"] == "keliru"].index.tolist() == [4]
    assert frame.loc[frame["email_keadaan"] == "bertentangan"].index.tolist() == [
        29,
        *range(55, 59),
    ]
    assert frame.index[frame["email_keadaan"] == "mirip"].tolist() == [5, 12, 13, 35, 42, 43]
    assert frame.at[1, "responden"] != frame.at[2, "responden"]
    assert frame["responden"].tolist() == pd.factorize(frame["responden"])[0].__add__(1).tolist()
    assert 49 not in frame.index


def _originals() -> set[str]:
    with (RAW / "survei_nps.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row[column].strip() for row in rows for column in ("Nama", "No HP", "Email")}


def test_nothing_personal_passes(
    tables: dict[str, CleanTable], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals = _originals()
    assert len(originals) > 150
    save_tables(tables, tmp_path / "bersih")
    save_fixes((fix for one in tables.values() for fix in one.fixes), tmp_path / "perbaikan.csv")
    written = [path.read_bytes() for path in sorted(tmp_path.rglob("*.*")) if path.is_file()]
    shown = "\n".join(table.frame.to_csv() for table in tables.values()).casefold()
    log = (tmp_path / "perbaikan.csv").read_text(encoding="utf-8").casefold()
    for original in originals:
        assert original.casefold() not in shown
        assert original.casefold() not in log
        assert not any(original.encode() in content for content in written)
    personal = {column.header for column in SOURCES["survei_nps"].personal}
    assert personal == {"Nama", "No HP", "Email"}
    assert all(not fix.before for fix in tables["survei_nps"].fixes if fix.column in personal)


def test_a_key_adds_hashes_that_keep_equality(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = SOURCES["survei_nps"]
    monkeypatch.setenv("PP39_KUNCI", "kunci pertama")
    first = clean(source, RAW / source.file, context).frame
    monkeypatch.setenv("PP39_KUNCI", "kunci kedua")
    second = clean(source, RAW / source.file, context).frame
    assert first["telepon_hash"].str.fullmatch("[0-9a-f]{16}").all()
    assert first.groupby("telepon_hash")["telepon_sama"].nunique().eq(1).all()
    assert first["telepon_hash"].nunique() == first["telepon_sama"].nunique()
    assert not set(first["telepon_hash"]) & set(second["telepon_hash"])


def test_a_cell_becomes_a_traced_quantity(tables: dict[str, CleanTable]) -> None:
    table = tables["pnbp"]
    index = int(table.frame.index[table.frame["layanan"] == "ppc"][0])
    quantity = table.cell(index, "realisasi")
    assert quantity is not None
    assert (quantity.value, quantity.label, quantity.unit) == (75260000, "Realisasi PNBP", "Rp")
    assert quantity.origin == Cell("pnbp", "pnbp.xlsx", "PNBP", 8, "Realisasi (Rp)")
    assert table.cell(index, "target") is None


def test_a_traced_cell_names_the_month_and_the_unit_of_its_row(
    tables: dict[str, CleanTable],
) -> None:
    table = tables["progres_ro"]
    picked = (table.frame["kode_ro"] == "6077.BAD.075") & (table.frame["bulan"] == 9)
    index = int(table.frame.index[picked][0])
    rvro, progress = table.cell(index, "rvro"), table.cell(index, "progres")
    assert rvro is not None
    assert progress is not None
    assert (rvro.unit, progress.unit) == ("Industri", "%")
    assert rvro.origin == Cell("progres_ro", "progres_ro.xlsx", "Progres RO", 7, "September / RVRO")
    assert progress.value == Fraction("60.8")


def test_many_decimals_are_all_printed(tables: dict[str, CleanTable]) -> None:
    table = tables["nilai_eksternal"]
    shown = {
        str(table.frame.at[index, "kode"]): quantity.plain()
        for index in table.frame.index
        if (quantity := table.cell(index, "nilai")) is not None
    }
    assert shown["IKK 6.2.3"] == "0,039"
    assert shown["IKK 6.6.1"] == "82,10"


def test_rows_are_counted_and_added_with_their_numbers(tables: dict[str, CleanTable]) -> None:
    survey = tables["survei_nps"]
    low = survey.frame["nilai"] < 9
    counted = survey.count(low, "Pasif", "orang", "banyaknya baris bernilai 7–8", "nilai")
    assert counted.value == 3
    assert counted.origin == Rows(
        "survei_nps",
        "survei_nps.csv",
        None,
        "Nilai",
        tuple((int(row), int(row)) for row in survey.frame.loc[low, "baris"]),
        "banyaknya baris bernilai 7–8",
    )
    customers = tables["pelanggan"]
    added = customers.sum(None, "jumlah", "Pelanggan", "pelanggan", "jumlah seluruh baris")
    assert added.value == 121
    assert customers.frame["jumlah"].sum() == 121


def test_saved_tables_load_as_they_were(tables: dict[str, CleanTable], tmp_path: Path) -> None:
    save_tables(tables, tmp_path)
    loaded = load_tables(SOURCES, tmp_path)
    assert list(loaded) == list(tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(loaded[name].frame, table.frame)
        assert loaded[name].headers == table.headers
        assert loaded[name].sheet == table.sheet
        given = [one for one in table.fixes if one.gives]
        assert loaded[name].fixes == tuple(given)
    index = int(tables["pnbp"].frame.index[0])
    assert loaded["pnbp"].cell(index, "target") == tables["pnbp"].cell(index, "target")


def test_tables_of_an_earlier_run_do_not_stay(
    tables: dict[str, CleanTable], tmp_path: Path
) -> None:
    save_tables(tables, tmp_path)
    (tmp_path / "aset.parquet").write_bytes((tmp_path / "sla.parquet").read_bytes())
    save_tables(tables, tmp_path)
    assert "aset" not in load_tables(SOURCES, tmp_path)


def test_loading_tells_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=r"dipa_ro\.parquet is missing among the clean tables"):
        load_tables(SOURCES, tmp_path)
    (tmp_path / "sla.parquet").write_bytes(b"no parquet")
    with pytest.raises(UnreadableInput, match="is not a clean table"):
        read_table(SOURCES["sla"], tmp_path)


_SCRIPT = """
import sys
from pathlib import Path
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import Context, clean_all, save_fixes, save_tables, sources_of
root, raw, out = map(Path, sys.argv[1:])
settings = load(root, "bspji-ambon", 2025, Quarter.IV)
tables = clean_all(sources_of(settings.profile), raw, Context.of(settings))
save_tables(tables, out)
save_fixes([fix for table in tables.values() for fix in table.fixes], out / "perbaikan.csv")
"""


def test_same_inputs_give_the_same_bytes(tables: dict[str, CleanTable], tmp_path: Path) -> None:
    digests = []
    for seed, zone, lang in (("1", "UTC", "C"), ("77", "Asia/Jayapura", "C.UTF-8")):
        out = tmp_path / seed
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": lang}
        environment.pop("PP39_KUNCI", None)
        command = [sys.executable, "-c", _SCRIPT, str(ROOT), str(RAW), str(out)]
        subprocess.run(command, check=True, env=environment, cwd=tmp_path)
        digests.append(
            {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(out.iterdir())
            }
        )
    # Whatever was delivered, and the log.
    assert set(digests[0]) == {*(f"{name}.parquet" for name in tables), "perbaikan.csv"}
    assert digests[0] == digests[1]


def test_an_optional_source_is_cleaned_where_it_is_delivered(
    context: Context, tmp_path: Path
) -> None:
    (tmp_path / "aset.csv").write_text("Tahun,Nilai Aset\n2025,Rp32.000.000.000\n")
    table = clean(SOURCES["aset"], tmp_path / "aset.csv", context)
    assert table.frame[["tahun", "nilai_aset"]].to_numpy().tolist() == [[2025, 32000000000]]
