"""Findings say what is wrong as it is: kinds that readers of a report once called misdescribed."""

import pytest
from finding_cases import (
    HASIL,
    NPS,
    SLA,
    World,
    _smart,
    cell,
    everywhere,
    lacking,
    month,
    plan,
    revenue,
    ro,
    s,
    said,
    settings,
    sources,
)

from pp39.ledger import Ledger, total

KRO, ACTIVITY = "anggaran/kro/1.A/pagu", "anggaran/kegiatan/1/pagu"


def test_a_total_that_is_a_wider_one_is_told_as_that():
    parts = [cell(n, "Rp", row) for row, n in enumerate((4101, 1200, 700), 2)]
    figures = {
        KRO: total(parts[:2], "Pagu KRO 1.A"),
        ACTIVITY: total(parts, "Pagu kegiatan 1"),
    }
    (found,) = said(s(KRO, "6.001", satuan="Rp"), ledger=figures).of("jumlah")
    assert "sama dengan pagu kegiatan 1, yang cakupannya lebih luas" in found.penjelasan
    (found,) = said(s(KRO, "5.900", satuan="Rp"), ledger=figures).of("jumlah")
    assert "cakupannya" not in found.penjelasan


@pytest.mark.parametrize(
    ("before", "last", "repeats"),
    # On plan in November; on plan but moved since; behind in November, too.
    [(91.3, 91.3, True), (91.3, 91.4, False), (60.0, 60.0, False)],
)
def test_a_lag_that_only_repeats_the_month_before_is_not_called_real(before, last, repeats):
    rows = [month("1.A.1", n, progres=p) for n, p in ((11, before), (12, last))]
    plan = _smart("1.A.1", [1] + [0] * 11, target=1)
    (found,) = sources(progres_ro=rows, target_smart=plan).of("ro-tertinggal")
    assert ("mengulang November" in found.penjelasan) is repeats


def test_money_of_december_against_work_of_september_is_called_uncertain():
    def told(last):
        statements = s("serapan/kro/A.B/persen", "95%"), s("ro/A.B.1/progres", "50%")
        world = said(
            *statements,
            dipa_ro=[ro("A.B.1", kode_program="P")],
            progres_ro=[month("A.B.1", last, progres=50.0)],
        )
        (found,) = world.of("serapan-fisik")
        return found.penjelasan

    assert "baru sampai September, sehingga selisihnya belum tentu nyata" in told(9)
    assert "belum tentu" not in told(12)


@pytest.mark.parametrize(
    ("unit", "level"),
    [("sudah diaudit", None), ("IIKM", "editorial"), ("IKM mitra", None), ("orang", "minor")],
)
def test_a_remark_is_no_unit_and_a_slip_no_other_one(unit, level):
    place = f"{HASIL}/layanan/lph"
    world = said(
        s(f"{place}/I", "3", satuan="IKM", periode="TW I 2025"),
        s(f"{place}/IV", "25", satuan=unit),
    )
    assert [one.tingkat for one in world.of("satuan-ganda")] == ([level] if level else [])


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (["Survei bulan Juli", "Survei bulan Agustus"], "daftar itu tampaknya disalin"),
        (["Survei bulan Juli", "Rapat", "Promosi"], "butir itu tampaknya terbawa"),
        (["Rapat evaluasi TW III", "Survei bulan Oktober"], None),
        (["Laporan TW IV TA 2024", "Rapat"], "butir itu tampaknya terbawa"),
    ],
)
def test_only_a_list_that_was_carried_over_is_called_copied(items, told):
    listed = [
        s(f"{SLA}/realisasi-kegiatan/{n}", text, jenis="teks") for n, text in enumerate(items, 1)
    ]
    found = said(*listed).of("kegiatan-periode")
    assert [told in one.penjelasan for one in found] == ([True] if told else [])


@pytest.mark.parametrize(
    ("text", "quarter", "wrong"),
    [
        ("Tersedianya Laporan BMN Semester 2", "IV", True),
        ("Tersedianya Laporan BMN Semester II", "III", False),
        ("Tersusunnya laporan semester I", "II", True),
        ("Tersusunnya laporan semester I", "IV", False),
        ("Tersedianya Laporan BMN Semester 2 TA 2024", "IV", False),
        ("Penyusunan Laporan BMN Semester 2", "IV", False),
    ],
)
def test_a_report_on_a_half_year_is_not_done_before_its_end(text, quarter, wrong):
    item = s(f"{SLA}/realisasi-kegiatan/1", text, jenis="teks", periode=f"TW {quarter} 2025")
    assert bool(said(item, quarter=quarter).of("dokumen-mendahului")) is wrong


def test_a_result_in_words_is_mentioned():
    worded = s("IKK-6.6.3/realisasi", "sembilan puluh empat", "Ikhtisar", "terbilang")
    assert said(*everywhere("IKK-6.6.3")).of("hasil-tak-disebut")
    assert said(*everywhere("IKK-6.6.3"), worded).of("hasil-tak-disebut") == ()


@pytest.mark.parametrize(
    ("subject", "text", "wrong"),
    [
        ("IKK-6.6.1/tahun-dinilai", "TA 2024", False),
        ("IKK-6.6.1/tahun-dinilai", "TA 2022", True),
        ("IKK-6.6.1/tahun-target", "target 2024 dan target 2025", False),
        ("dokumen/riwayat/2002/tahun", "2002", False),
        ("ITJ-6.2/periode-tabel", "TW II", True),
        ("ITJ-6.2/periode-tabel", "TW IV 2024", True),
    ],
)
def test_a_year_that_is_meant_is_no_other_period(subject, text, wrong):
    assert bool(said(s(subject, text, jenis="periode")).of("periode")) is wrong


def test_a_right_total_of_more_rows_than_are_printed_is_none():
    services = {name: cell(n, row=n) for name, n in (("a", 4), ("b", 3), ("c", 1))}
    figures = {f"{HASIL}/layanan/{name}/IV": one for name, one in services.items()}
    figures[f"{HASIL}/total/IV"] = total(services.values(), "Jumlah")
    printed = [
        s(f"{HASIL}/layanan/{name}/IV", text, "T") for name, text in (("a", "4"), ("b", "3"))
    ]
    assert said(*printed, s(f"{HASIL}/total/IV", "8", "T"), ledger=figures).of("rincian") == ()
    # With all of them printed, one is not what the total was made of.
    every = [*printed, s(f"{HASIL}/layanan/c/IV", "2", "T")]
    assert said(*every, s(f"{HASIL}/total/IV", "8", "T"), ledger=figures).of("rincian")
    assert said(*printed, s(f"{HASIL}/total/IV", "9", "T"), ledger=figures).of("rincian")


def test_an_office_address_with_several_phones_joins_nobody():
    shared = {"email_sama": 1, "email_keadaan": "bertentangan", "triwulan": "IV", "nilai": 9}
    rows = [{"no": n, "responden": n, "telepon_sama": n, **shared} for n in (1, 2, 3)]
    (found,) = sources(survei_nps=rows).of("responden-ulang")
    assert (found.dihitung, found.subjek) == ("3 responden", "survei_nps/email/1")
    assert [one.aturan for one in sources(survei_nps=rows).findings() if NPS in one.subjek] == []


def test_what_a_source_tells_as_done_stands_for_what_nobody_stated():
    rows = [plan("IKK 6.1.1", "Tersedianya Laporan Keuangan TW IV"), plan("IKK 6.1.1", "Rapat")]
    rows += [plan("IKK 6.1.1", "Survei bulan Juli"), plan("IKK 6.1.2", "Survei", "III")]
    done = World({"realisasi_kegiatan": rows})
    (early,), (other,) = done.of("dokumen-mendahului"), done.of("kegiatan-periode")
    assert (early.lokasi, early.dinyatakan) == (
        "realisasi_kegiatan.csv baris 2–4",
        rows[0]["kegiatan"],
    )
    assert (other.lokasi, other.dinyatakan) == (early.lokasi, "Survei bulan Juli")
    # Both items differ, in one list.
    assert done.of("kegiatan-lain") == done.of("kegiatan-beda") == ()
    stated = s(f"{SLA}/realisasi-kegiatan/1", "Rapat", jenis="teks")
    both = World({"realisasi_kegiatan": rows, "pernyataan": [stated]})
    assert both.of("dokumen-mendahului") == both.of("kegiatan-periode") == ()


def test_a_number_of_a_source_that_stands_for_statements_is_one_of_its_rows():
    rows = [plan("IKK 6.1.1", "Pelatihan 12 orang bulan Juli"), plan("IKK 6.1.1", "Rapat")]
    ledger = Ledger()
    world = World({"realisasi_kegiatan": rows})
    found = world.of("kegiatan-periode", ledger)
    assert lacking(found, world.clean, settings(), ledger)[0] == {}
    origins = [figure.origin for one in found for figure in map(ledger.__getitem__, one.figures)]
    assert {one.source for one in origins} == {"realisasi_kegiatan"}


def test_months_that_are_lacking_are_named_whatever_month_is_the_last():
    scores = [{"bulan": n, "nilai": 90.0} for n in range(7, 13)]
    (found,) = World({"ikpa": scores}, quarter="II").of("deret-pendek")
    assert found.dinyatakan == "tanpa April, Mei, dan Juni"
    assert "Desember" not in found.penjelasan
    assert World({"ikpa": scores}, quarter="III").of("deret-pendek") == ()


def test_a_letter_numbered_lower_than_an_earlier_one_is_out_of_sequence():
    def told(*days):
        letters = zip((12, 34), days, strict=True)
        return said(
            *(
                s(f"dokumen/nd/{n}/{tail}", text, jenis=tail)
                for n, day in letters
                for tail, text in (("nomor", f"B/{n}/PR/2025"), ("tanggal", day))
            )
        ).of("surat-urut")

    assert told("2 Februari 2025", "9 Maret 2025") == ()
    assert told("9 Maret 2025", "2 Februari 2024") == ()
    (found,) = told("9 Maret 2025", "2 Februari 2025")
    assert (found.dinyatakan, found.subjek) == (
        "B/12/PR/2025 (9 Maret 2025)",
        "dokumen/nd/12/nomor",
    )


def test_a_ceiling_from_receipts_above_their_target_is_told_in_any_quarter():
    def told(goal):
        row = revenue("a", 90, goal) | {"triwulan": "II"}
        world = sources("II", sumber_dana=[{"sumber": "PNBP", "pagu": 50}], pnbp=[row])
        return [one.dihitung for one in world.of("pagu-penerimaan")]

    assert (told(49), told(50)) == (["Rp49"], [])


def test_a_copy_of_the_target_of_the_only_output_is_told_by_its_sources():
    world = said(
        s("anggaran/kro/1.A/target", "1"),
        ledger={"anggaran/kro/1.A/target": cell(3)},
        dipa_ro=[ro("1.A.1", target=3)],
        progres_ro=[month("1.A.1", 12, tvro=1)],
    )
    (found,) = world.of("target-kro")
    assert "sama dengan jumlah target 1 RO-nya menurut TVRO" in found.penjelasan


def test_assets_are_what_is_called_so_and_by_its_abbreviation():
    world = said(
        s(f"{SLA}/rencana-kegiatan/1", "Melakukan inventarisasi aset", jenis="teks"),
        s(f"{SLA}/realisasi-kegiatan/1", "Penertiban BMN", jenis="teks"),
        s(f"{SLA}/fisik/realisasi", "100%"),
    )
    assert world.of("rencana-tanpa-realisasi") == ()


def test_a_name_without_its_abbreviation_is_a_matter_of_wording():
    long = "Indeks Kepuasan Masyarakat terhadap layanan"
    at = s(f"{NPS}/nama", "Indeks Kepuasan Masyarakat (IKM)", jenis="nama")
    (found,) = said(at, at, s(f"{NPS}/nama", long, jenis="nama")).of("nama-ganda")
    assert found.tingkat == "editorial"


@pytest.mark.parametrize(
    ("done", "note", "told"),
    # The text speaks of the year alone; of the year before, too; the source notes that; nothing.
    [
        ("Terbit nilai pengawasan 2025", None, 1),
        ("Terbit nilai TA 2024 pada 2025", None, 0),
        ("Terbit nilai pengawasan 2025", "penilaian TA 2024", 0),
        ("Terbit nilai pengawasan", None, 0),
    ],
)
def test_a_result_of_the_year_before_is_right_where_nothing_says_the_year(done, note, told):
    world = said(
        s(f"{SLA}/tahun-hasil", "TA. 2024", jenis="periode"),
        s(f"{SLA}/realisasi-kegiatan/1", done, jenis="teks"),
        nilai_eksternal=[{"kode": "IKK 6.1.1", "triwulan": "IV", "keterangan": note}],
    )
    assert len(world.of("periode")) == told
