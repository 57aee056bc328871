"""Every rule fires when it must and stays quiet when it must not, with the real library.

On the real tables a rule either holds, and then a broken copy must make it fail (`BREAK`), or it
fails for a reason the unit would have to mend, and then the mended copy must pass (`MEND`).
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from check_cases import again, both, drop, fill, one, put, real_settings, real_tables
from profile_sources import SOURCES

from pp39.book import Book
from pp39.checks import rules
from pp39.sources import Column
from pp39.sources.numbers import Count, Measure, Percent, Rupiah
from pp39.sources.words import Choice, Code, Month, QuarterName


def _dipa(column, key="kode_ro", default=None):
    """The value of the DIPA for each row of another table."""

    def values(frame):
        beside = real_tables()["dipa_ro"].frame.drop_duplicates(key).set_index(key)[column]
        return frame[key].map(beside).fillna(frame[column if default is None else default])

    return values


# id -> (change, row of the first place, a part of the Indonesian and of the English sentence)
BREAK = {
    "struktur.berisi": (drop("sla"), None, "tidak memuat satu baris data pun", "no row of data"),
    "cakupan.triwulan": (fill("sla", "triwulan", "III"), None, "triwulan IV", "quarter IV"),
    "dipa_ro.kode_kro.jenjang": (
        put("dipa_ro", "kode_kegiatan", "6042"),
        7,
        "6077.AEC tidak berada di bawah kegiatan 6042",
        "correct one",
    ),
    "dipa_ro.kode_ro.jenjang": (
        put("dipa_ro", "kode_ro", "6077.BAD.002"),
        7,
        "6077.BAD.002 tidak berada di bawah KRO 6077.AEC",
        "correct one",
    ),
    "sumber_dana.jumlah-pagu": (
        put("sumber_dana", "pagu", 707_940_001, 1),
        None,
        "berbeda Rp1 dari pagu awal Rp9.358.210.000",
        "9358210001",
    ),
    "jenis_belanja.jumlah-pagu": (
        put("jenis_belanja", "pagu", 41_500_002, 2),
        None,
        "berbeda Rp2 dari",
        "9358210002",
    ),
    "dipa_pagu.pagu_awal": (
        drop("dipa_pagu", kode="pagu_awal"),
        None,
        "pagu_awal tidak tersedia",
        "there is no row pagu_awal",
    ),
    "dipa_pagu.blokir": (
        put("dipa_pagu", "nilai", 9_358_210_001, kode="pagu_blokir"),
        3,
        "melebihi pagu awal Rp9.358.210.000",
        "exceeds the initial ceiling 9358210000",
    ),
    "revisi_dipa.pagu-berantai": (
        put("revisi_dipa", "pagu_awal", 10_385_687_001, 13),
        19,
        "tidak melanjutkan Rp10.385.687.000",
        "ended at 10385687000",
    ),
    "revisi_dipa.blokir": (
        put("revisi_dipa", "blokir", 9_358_210_001, 5),
        11,
        "melebihi pagu Rp9.358.210.000",
        "exceeds the ceiling",
    ),
    "revisi_dipa.tanggal-urut": (
        put("revisi_dipa", "tanggal", "2025-01-31", 3),
        9,
        "2025-01-31 mendahului tanggal revisi sebelumnya, 2025-04-21",
        "before the date of the revision above",
    ),
    "revisi_dipa.tahun": (
        put("revisi_dipa", "tanggal", "2024-12-31", 1),
        7,
        "di luar tahun anggaran 2025",
        "not in budget year 2025",
    ),
    "revisi_dipa.no-urut": (drop("revisi_dipa", no=7), 14, "dari 6 ke 8", "from 6 to 8"),
    "realisasi_kro.kode_kro.dipa": (
        put("realisasi_kro", "kode_kro", "6077.BAE", 2),
        4,
        "6077.BAE tidak tercantum dalam DIPA; yang paling mirip adalah 6077.BAD",
        "the nearest is 6077.BAD",
    ),
    "realisasi_kro.kode_program.dipa": (
        put("realisasi_kro", "kode_program", "WB", 4),
        6,
        "WB tidak tercantum",
        "the nearest is WA",
    ),
    "realisasi_kro.nama_kro.sama": (
        put("realisasi_kro", "nama_kro", "Sosialisasi", 1),
        3,
        '"Sosialisasi" berbeda dari DIPA, "Sosialisasi dan Diseminasi"',
        "differs",
    ),
    "kegiatan_kro.kode_kro.dipa": (
        put("kegiatan_kro", "kode_kro", "6077.XXX"),
        2,
        "6077.XXX tidak tercantum",
        "not in dipa_ro.xlsx",
    ),
    "kegiatan_kro.kode_program.dipa": (
        put("kegiatan_kro", "kode_program", "ZZ"),
        2,
        "ZZ tidak tercantum",
        "not in dipa_ro.xlsx",
    ),
    "kegiatan_kro.berbeda": (again("kegiatan_kro", 1), 3, "lebih dari satu kali", "keep one row"),
    "target_sasaran_indikator.kode_sasaran.dikenal": (
        put("target_sasaran_indikator", "kode_sasaran", "SK6.9"),
        2,
        "SK6.9 tidak dikenal",
        "the nearest is SK6",
    ),
    "target_antara.lengkap": (
        drop("target_antara", kode="IKK 6.6.2"),
        None,
        "IKK 6.6.2 tidak memiliki target antara",
        "no row for IKK 6.6.2",
    ),
    "target_antara.naik": (
        put("target_antara", "tw_iii", 49.5),
        2,
        "turun dari 50% menjadi 49,5%",
        "falls from 50% to 49.5%",
    ),
    "target_antara.akhir": (put("target_antara", "tw_iv", 99.0, 3), 5, "99%", "should be 100%"),
    "rencana_aksi.lengkap": (
        drop("rencana_aksi", kode="IKK 6.4.1"),
        None,
        "IKK 6.4.1 tidak memiliki rencana kegiatan",
        "no row for IKK 6.4.1 in quarter IV",
    ),
    "rencana_aksi.urut-lengkap": (
        drop("rencana_aksi", kode="ITJ 6.1", triwulan="I", urut=3),
        5,
        "dari 2 ke 4",
        "from 2 to 4",
    ),
    "realisasi_kegiatan.urut-lengkap": (
        drop("realisasi_kegiatan", kode="ITJ 6.1", urut=1),
        3,
        "dari 0 ke 2",
        "from 0 to 2",
    ),
    "pelaksanaan.lengkap": (
        drop("pelaksanaan", kode="IKK 6.7.1"),
        None,
        "IKK 6.7.1 tidak memiliki data pelaksanaan",
        "no row for IKK 6.7.1",
    ),
    "pelaksanaan.fisik_realisasi.wajar": (
        put("pelaksanaan", "fisik_realisasi", 100.5),
        2,
        "100,5% melebihi 100%",
        "more than the whole",
    ),
    "kendala.lingkup.dipa": (
        put("kendala", "lingkup", "program ZZ"),
        2,
        "ZZ tidak tercantum dalam DIPA",
        "ZZ is not in dipa_ro.xlsx",
    ),
    "tindak_lanjut.lingkup.dipa": (
        put("tindak_lanjut", "lingkup", "kro 6077.ZZZ"),
        2,
        "6077.ZZZ tidak tercantum",
        "6077.ZZZ is not in dipa_ro.xlsx",
    ),
    "progres_ro.kode_ro.dipa": (
        fill("progres_ro", "kode_ro", "6077.BAD.076", kode_ro="6077.BAD.075"),
        7,
        "6077.BAD.076 tidak tercantum dalam DIPA; yang paling mirip adalah 6077.BAD.075",
        "RO 6077.BAD.076 is not in dipa_ro.xlsx; the nearest is 6077.BAD.075",
    ),
    "progres_ro.kode_ro.di-luar-dipa": (
        fill("progres_ro", "kode_ro", "6077.CAH.021", kode_ro="6077.BAD.075"),
        7,
        "(Subbagian Tata Usaha, 2026-01-06)",
        "as the parameters explain",
    ),
    "progres_ro.satuan.sama": (
        fill("progres_ro", "satuan", "Orang", kode_ro="6077.BAD.024"),
        11,
        '"Orang" berbeda dari DIPA, "industri"',
        "differs",
    ),
    "progres_ro.progres.kumulatif": (
        put("progres_ro", "progres", 60.79, kode_ro="6077.BAD.075", bulan=9),
        7,
        "turun dari 60,8% menjadi 60,79% pada bulan September",
        "falls from 60.8% to 60.79%",
    ),
    "progres_ro.rvro.batas": (
        put("progres_ro", "rvro", 14, kode_ro="6077.BAD.075", bulan=9),
        7,
        "sebesar 14 melebihi TVRO 13",
        "exceeds TVRO 13",
    ),
    "target_smart.kode_ro.dipa": (
        fill("target_smart", "kode_ro", "6042.EBA.995", kode_ro="6042.EBA.994"),
        11,
        "6042.EBA.995 tidak tercantum",
        "the nearest is 6042.EBA.994",
    ),
    "target_smart.satuan.sama": (
        fill("target_smart", "satuan", "Paket", kode_ro="6042.EBB.951"),
        12,
        '"Paket" berbeda dari DIPA, "Unit"',
        "differs",
    ),
    "target_smart.tpcro.jumlah": (
        put("target_smart", "tpcro", 8.6, kode_ro="6077.AEC.002", bulan=12),
        2,
        "berjumlah 99,9%, bukan 100%",
        "add up to 99.9%",
    ),
    "target_smart.bulan.lengkap": (
        drop("target_smart", bulan=5),
        None,
        "bulan Mei tersedia untuk 0 dari 16 RO",
        "0 of 16 RO",
    ),
    "survei_nps.nilai.rentang": (
        put("survei_nps", "nilai", 11, 4),
        6,
        "Nilai jawaban berada di luar skala",
        "what stands there is not an answer; write a whole number from 0 to 10",
    ),
    "survei_nps.telepon.terbaca": (
        put("survei_nps", "telepon_keadaan", "rusak", 4),
        6,
        "Nomor telepon rusak atau tidak lengkap sehingga tidak mengenali seorang pun",
        "write it as text, with 8 to 15 digits",
    ),
    "pelanggan.layanan.lengkap": (
        drop("pelanggan", layanan="pelatihan"),
        None,
        "Layanan pelatihan memberikan hasil",
        "pelatihan has results",
    ),
    "pnbp.realisasi.kumulatif": (
        again("pnbp", 0, triwulan="III", realisasi=503_372_001),
        7,
        "turun dari Rp503.372.001 menjadi Rp503.372.000",
        "falls from 503372001 to 503372000",
    ),
    "pnbp_dasar.tahun": (
        put("pnbp_dasar", "tahun", 2023),
        None,
        "PNBP tahun 2024 tidak tersedia",
        "no row for 2024",
    ),
    "pnbp_dasar.realisasi.positif": (
        put("pnbp_dasar", "realisasi", 0),
        2,
        "tidak dapat menjadi pembagi",
        "write an amount above zero",
    ),
    "sla.tepat_waktu.bagian": (
        put("sla", "tepat_waktu", 171),
        2,
        "171 melebihi jumlah order 170",
        "171 orders on time exceed 170",
    ),
    "sla.jumlah.rincian": (
        put("sla", "terlambat", 43),
        2,
        "126 + 43 = 169",
        "170 orders are not 126 on time and 43 late",
    ),
    "ikpa.nilai.rentang": (put("ikpa", "nilai", 929.0, 3), 5, "929 mustahil", "from 1 to 100"),
    "nilai_eksternal.nilai.skala": (
        put("nilai_eksternal", "nilai", 5.24, kode="IKK 6.4.3"),
        7,
        "sebesar 5,24 berada di luar skala; batasnya 5",
        "5.24 is outside the scale of IKK 6.4.3, whose limit is 5",
    ),
    "nilai_eksternal.tanggal": (
        put("nilai_eksternal", "tanggal_surat", "2026-10-31", kode="IKK 6.5.1"),
        8,
        "2026-10-31 lebih baru daripada laporan tanggal 2026-01-06",
        "after the report of 2026-01-06",
    ),
}
for _source in ("sasaran_indikator", "rencana_aksi", "tabel_capaian", "perjanjian_kinerja"):
    _name = f"target_{_source}"
    BREAK |= {
        f"{_name}.lengkap": (
            drop(_name, kode="IKK 6.5.1"),
            None,
            "IKK 6.5.1 tidak memiliki target",
            "no target for IKK 6.5.1",
        ),
        f"{_name}.target.skala": (
            put(_name, "target", 4.63, kode="ITJ 6.1"),
            2,
            "sebesar 4,63 berada di luar skala; batasnya 4",
            "outside the scale of ITJ 6.1",
        ),
        f"{_name}.target.bagian": (
            put(_name, "target", 0.8, kode="IKK 6.1.1"),
            4,
            "Target IKK 6.1.1 sebesar 0,8 persen",
            "if a share of 1 is meant",
        ),
    }
for _name in (
    *(f"target_{_one}" for _one in ("sasaran_indikator", "rencana_aksi", "tabel_capaian")),
    *("target_perjanjian_kinerja", "target_antara", "rencana_aksi", "realisasi_kegiatan"),
    *("pelaksanaan", "nilai_eksternal"),
):
    BREAK[f"{_name}.kode.dikenal"] = (
        put(_name, "kode", "IKK 6.9.9"),
        2,
        "IKK 6.9.9 tidak dikenal; yang paling mirip adalah",
        "IKK 6.9.9 is not a known indicator; the nearest is",
    )

MEND = {
    "dipa_ro.jumlah-pagu": drop("dipa_ro", kode_ro="6042.EBD.974"),
    "dipa_pagu.blokir-revisi": put("dipa_pagu", "nilai", 1_589_739_000, kode="pagu_blokir"),
    "revisi_dipa.nama-urut": fill(
        "revisi_dipa",
        "uraian",
        lambda f: (
            f["uraian"]
            .replace("Satker 2", "Satker 1")
            .replace("Satker 3", "Satker 2")
            .replace("Satker 4", "Satker 3")
        ),
    ),
    "realisasi_kro.kode_kro.di-luar-dipa": drop("realisasi_kro", kode_kro="6077.CAH"),
    "kegiatan_kro.kode_kro.di-luar-dipa": drop("kegiatan_kro", kode_kro="6077.CAH"),
    "realisasi_kro.lengkap": again("realisasi_kro", 4, kode_kro="6042.EBB"),
    "realisasi_kegiatan.lengkap": both(
        again("realisasi_kegiatan", 0, kode="IKK 6.1.1", urut=1),
        again("realisasi_kegiatan", 0, kode="IKK 6.1.2", urut=1),
    ),
    "pelaksanaan.kendala.terisi": fill("pelaksanaan", "kendala", "Tidak ada"),
    "pelaksanaan.tindak_lanjut.terisi": fill("pelaksanaan", "tindak_lanjut", "Tidak ada"),
    "pelaksanaan.kendala.isi": fill(
        "pelaksanaan", "kendala", "Subbag TU dan PJI kekurangan bahan kimia"
    ),
    "tindak_lanjut.pelaku.terisi": fill("tindak_lanjut", "pelaku", "Kepala Balai"),
    "progres_ro.nama_ro.sama": fill("progres_ro", "nama_ro", _dipa("nama_ro")),
    "progres_ro.rvro.kumulatif": fill(
        "progres_ro", "rvro", lambda f: f.groupby("kode_ro")["rvro"].cummax()
    ),
    "progres_ro.lengkap": again("progres_ro", 0, kode_ro="6042.EBD.974"),
    "progres_ro.tvro.dipa": fill("progres_ro", "tvro", _dipa("target", default="tvro")),
    "target_smart.kode_ro.di-luar-dipa": drop("target_smart", kode_kro="6077.CAH"),
    "target_smart.nama_ro.sama": fill("target_smart", "nama_ro", _dipa("nama_ro")),
    "target_smart.nama_kro.sama": fill("target_smart", "nama_kro", _dipa("nama_kro", "kode_kro")),
    "target_smart.trvro.jumlah": put("target_smart", "trvro", 0, kode_ro="6077.BAD.036", bulan=12),
    "target_smart.lengkap": again("target_smart", 0, kode_ro="6042.EBD.974"),
    "target_smart.target.dipa": fill("target_smart", "target", _dipa("target")),
    "survei_nps.responden.berulang": fill("survei_nps", "responden", lambda f: f["no"]),
    "survei_nps.telepon.tunggal": fill("survei_nps", "telepon_keadaan", "sah"),
    "survei_nps.email.tunggal": fill("survei_nps", "email_keadaan", "sah"),
    "survei_nps.email.terbaca": fill("survei_nps", "email_keadaan", "kosong"),
    "survei_nps.nama.berulang": fill("survei_nps", "nama_sama", lambda f: f["no"]),
    "survei_nps.no-urut": again("survei_nps", -1, no=49),
    "survei_nps.status.kategori": fill("survei_nps", "status", "instansi", status="dosen"),
    "pnbp.target.terisi": fill("pnbp", "target", 1),
    "hasil_layanan.terisi-triwulan": both(
        *(fill("hasil_layanan", f"tw_{q}", 0.0) for q in ("i", "ii", "iii", "iv"))
    ),
    "hasil_layanan.satuan.sama": both(
        *(
            fill("hasil_layanan", f"tw_{q}_satuan", lambda f: f["target_satuan"].str.upper())
            for q in ("i", "ii", "iii", "iv")
        )
    ),
    "hasil_layanan.target.terisi": fill("hasil_layanan", "target", 1.0),
    "sla.layanan.lengkap": both(
        *(
            again("sla", 0, layanan=name)
            for name in ("kalibrasi", "sertifikasi", "pelatihan", "lph", "konsultasi", "rbpi")
        )
    ),
    "ikpa.bulan.lengkap": both(*(again("ikpa", 0, bulan=month) for month in range(1, 7))),
    "nilai_eksternal.surat": both(
        fill("nilai_eksternal", "nomor_surat", "B/1"),
        fill("nilai_eksternal", "tanggal_surat", "2025-12-31"),
    ),
}


def _months_added(tables):
    for month in (10, 11, 12):
        for row in range(0, 135, 9):
            tables = again("progres_ro", row, bulan=month)(tables)
    return tables


def _volumes_of_smart(tables):
    smart = tables["target_smart"].frame.drop_duplicates("kode_ro").set_index("kode_ro")["target"]
    return fill("progres_ro", "tvro", lambda f: f["kode_ro"].map(smart))(tables)


def _targets_of(name):
    def change(tables):
        counting = tables["target_perjanjian_kinerja"].frame.set_index("kode")["target"]
        return fill(name, "target", lambda f: f["kode"].map(counting))(tables)

    return change


MEND |= {
    "progres_ro.bulan.lengkap": _months_added,
    "progres_ro.tvro.smart": _volumes_of_smart,
    **{
        f"target_{name}.target.sama": _targets_of(f"target_{name}")
        for name in ("sasaran_indikator", "rencana_aksi", "tabel_capaian")
    },
}


@pytest.mark.parametrize("id", sorted(BREAK))
def test_rule_holds_and_fails_on_a_broken_copy(id: str) -> None:
    change, row, indonesian, english = BREAK[id]
    assert one(id, real_tables()).lolos
    check = one(id, change(real_tables()))
    assert not check.lolos
    assert check.jumlah >= 1
    assert check.lokasi[0].baris == row
    assert indonesian in check.ringkasan
    assert english in check.kalimat
    assert check.lokasi[0].berkas in check.kalimat


@pytest.mark.parametrize("id", sorted(MEND))
def test_rule_fails_and_holds_on_a_mended_copy(id: str) -> None:
    before = one(id, real_tables())
    assert not before.lolos
    assert before.tingkat == "peringatan"
    after = one(id, MEND[id](real_tables()))
    assert after.lolos, after.ringkasan


def test_a_position_holds_until_it_is_scored_anew() -> None:
    id = "nilai_eksternal.berlaku"
    assert one(id, real_tables()).lolos
    assert one(id, put("nilai_eksternal", "triwulan", "II", kode="IKK 6.7.1")(real_tables())).lolos
    gone = one(id, drop("nilai_eksternal", kode="IKK 6.7.1")(real_tables()))
    assert "IKK 6.7.1 belum memiliki nilai sampai dengan triwulan IV" in gone.ringkasan
    assert one("nilai_eksternal.lengkap", real_tables()).lolos


def test_what_was_scored_in_a_quarter_is_due_in_the_next() -> None:
    id = "nilai_eksternal.lengkap"
    changed = put("nilai_eksternal", "triwulan", "III", kode="ITJ 6.1")(real_tables())
    assert "ITJ 6.1 belum memiliki nilai triwulan IV" in one(id, changed).ringkasan


def _wrong_values(column: Column) -> list[tuple[str, object]]:
    """Ids of rules, without the source, and values of the column that break them."""
    kind, clean = column.kind, column.names[0]
    found: list[tuple[str, object]] = []
    if isinstance(kind, Count | Rupiah | Measure):
        found.append(("isian", -1))
    if isinstance(kind, Code):
        found.append(("isian", "?"))
    if isinstance(kind, QuarterName):
        found.append(("isian", "V"))
    if isinstance(kind, Month):
        found.append(("isian", 13))
    if isinstance(kind, Percent):
        found.append((f"{clean}.rentang", -0.01))
    if isinstance(kind, Percent) and clean != "fisik_realisasi":
        found.append((f"{clean}.rentang", 100.01))
    if isinstance(kind, Choice):
        found.append((f"{clean}.dikenal" if not kind.options else "isian", "pengujan"))
    return found


def _declared() -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    ids = {rule.id for rule in _rules()}
    for name, table in real_tables().items():
        for column in table.source.columns:
            kept = [one for one in column.names if not one.startswith("_")]
            if column.required and not column.personal:
                found += [(f"{name}.terisi", put(name, one, None)) for one in kept[:1]]
            if kept and not column.personal and kept[0] == column.names[0]:
                found += [
                    (f"{name}.{rule}", put(name, kept[0], value))
                    for rule, value in _wrong_values(column)
                ]
        if f"{name}.kunci" in ids:
            found.append((f"{name}.kunci", again(name)))
    return found


def _rules():
    return rules(Book(real_tables(), real_settings()))


DECLARED = _declared()


@pytest.mark.parametrize(
    "case", range(len(DECLARED)), ids=[f"{id}-{n}" for n, (id, _) in enumerate(DECLARED)]
)
def test_declared_rule_fails_on_a_broken_copy(case: int) -> None:
    id, change = DECLARED[case]
    assert callable(change)
    check = one(id, change(real_tables()))
    assert not check.lolos
    assert check.tingkat == "kritis"
    assert check.kalimat.startswith(check.lokasi[0].berkas)
    assert check.lokasi[0].baris is not None


def test_a_sentence_names_the_file_that_was_delivered() -> None:
    id = "sumber_dana.jumlah-pagu"
    tables = BREAK[id][0](real_tables())
    held = tables["dipa_pagu"]
    moved = replace(held, source=replace(held.source, file="isian.xlsx"), sheet="dipa_pagu")
    assert "the initial ceiling in dipa_pagu.csv is" in one(id, tables).kalimat
    told = one(id, {**tables, "dipa_pagu": moved}).kalimat
    assert "the initial ceiling in isian.xlsx, sheet dipa_pagu is" in told


def test_every_rule_is_tried() -> None:
    tried = {*BREAK, *MEND, *(id for id, _ in DECLARED), "struktur.skema"}
    assert {rule.id for rule in _rules()} - tried == {
        "nilai_eksternal.lengkap",
        "nilai_eksternal.berlaku",
        "indikator.hari",  # in test_contradictions
        "indikator.satuan",
        "indikator.kelipatan",
        # in test_never_silent
        "cakupan.bulan",
        "indikator.berbeda",
        "struktur.ulang",
        "struktur.hari-bulan",
        "struktur.tersembunyi",
        "struktur.ribuan",
        "struktur.tahun",
        "target_perjanjian_kinerja.kode.dilaporkan",
    }
    assert not set(BREAK) & set(MEND)


@pytest.mark.parametrize(
    ("name", "column"), [("progres_ro", "progres"), ("sla", "jumlah"), ("kendala", "uraian")]
)
def test_missing_column_and_wrong_type_are_seen(name: str, column: str) -> None:
    tables = real_tables()
    frame = tables[name].frame
    wrong = frame.assign(**{column: 1.5 if column != "progres" else "x"})
    broken = {**tables, name: replace(tables[name], frame=wrong)}
    check = one("struktur.skema", broken)
    assert not check.lolos
    assert column in check.ringkasan
    assert check.lokasi[0].berkas == SOURCES[name].file


def test_column_that_is_gone_is_named() -> None:
    tables = real_tables()
    lacking = replace(tables["sla"], frame=tables["sla"].frame.drop(columns="terlambat"))
    check = one("struktur.skema", {**tables, "sla": lacking})
    assert "tidak ada" in check.ringkasan


def test_the_document_that_counts_is_judged_harder() -> None:
    broken = drop("target_rencana_aksi", kode="IKK 6.5.1")(real_tables())
    id = "target_rencana_aksi.lengkap"
    assert one(id, broken).tingkat == "peringatan"
    chosen = real_settings("IV", "dokumen_target=rencana_aksi")
    assert one(id, broken, chosen).tingkat == "kritis"
    replaced = real_settings("IV", "dokumen_target=rencana_aksi", 'target."IKK 6.5.1"=60')
    assert one(id, broken, replaced).lolos


def test_months_due_follow_the_quarter() -> None:
    tables = real_tables()
    assert one("progres_ro.bulan.lengkap", tables, real_settings("III")).lolos
    assert one("ikpa.bulan.lengkap", tables, real_settings("II")).jumlah == 6
    assert one("hasil_layanan.terisi-triwulan", tables, real_settings("I")).jumlah == 1
