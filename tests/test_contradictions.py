"""What contradicts itself in the data of an indicator is warned of, and judged nowhere."""

from dataclasses import replace

from check_cases import one
from finding_cases import DAYS, order, settings, table

from pp39.book import Book
from pp39.indicators import compute_indicators
from pp39.ledger import Ledger

SCALE = 'indikator."IKK 6.6.3".skala=[0,3]'
TARGET = 'target."IKK 6.6.3"=3'


def computed(rows, *overrides):
    """Compute the indicator in days of these orders."""
    unit = 'indikator."IKK 6.6.3".satuan=Hari kerja'
    given = settings("IV", DAYS, 'indikator."IKK 6.6.3".bentuk=nilai', unit, *overrides)
    scored = [{"kode": "IKK 6.6.3", "triwulan": "IV", "nilai": 1}]
    tables = {"order_layanan": rows, "nilai_eksternal": scored}
    made = {name: table(name, some) for name, some in tables.items()}
    book = replace(Book(made, given), ledger=Ledger())
    return next(one for one in compute_indicators(book) if one.kode == "IKK 6.6.3"), book


ROWS = [
    order(tanggal_selesai="2025-10-03"),
    order(nomor="2", tanggal_selesai="2024-10-03"),
    order(nomor="3", tanggal_selesai=None),
]


def test_rows_whose_dates_are_turned_round_are_told_and_left_out() -> None:
    made, book = computed(ROWS, TARGET)
    assert made.realisasi.value == 2
    told = one("indikator.hari", book.tables, book.settings)
    assert (told.lolos, told.tingkat, told.jumlah) == (False, "peringatan", 1)
    assert told.lokasi[0].baris == 3
    assert "order_layanan.csv, row 3" in told.kalimat
    assert "2024-10-03 is before tanggal terima 2025-10-01" in told.kalimat
    sound = Book({"order_layanan": table("order_layanan", ROWS[::2])}, book.settings)
    assert one("indikator.hari", sound.tables, book.settings).lolos


def test_a_result_outside_its_scale_reaches_no_target() -> None:
    late = [order(tanggal_selesai="2025-10-31")]
    made, _ = computed(late, TARGET, SCALE, 'indikator."IKK 6.6.3".polaritas=naik')
    assert (made.status, made.capaian) == ("tidak dapat dihitung", None)
    assert "berada di luar skala" in made.catatan
    within, _ = computed(ROWS, TARGET, SCALE, 'indikator."IKK 6.6.3".polaritas=naik')
    assert within.status == "tidak tercapai"


def test_a_target_in_another_unit_is_told() -> None:
    def told(unit: str):
        row = {"kode": "IKK 6.6.3", "target": 90, "satuan": unit}
        tables = {"target_perjanjian_kinerja": table("target_perjanjian_kinerja", [row])}
        return one("indikator.satuan", tables, settings())

    wrong = told("Orang")
    assert wrong.tingkat == "peringatan"
    assert 'row 2, column "satuan": "Orang" is not the unit of IKK 6.6.3, "Nilai"' in wrong.kalimat
    assert told("Nilai akhir").lolos


def test_a_target_in_a_multiple_of_its_unit_is_refused_with_what_to_write() -> None:
    def told(unit: str):
        row = {"kode": "IKK 6.6.3", "target": 1.8, "satuan": unit}
        tables = {"target_perjanjian_kinerja": table("target_perjanjian_kinerja", [row])}
        rupiah = settings("IV", 'indikator."IKK 6.6.3".satuan=Rupiah')
        return [one(f"indikator.{name}", tables, rupiah) for name in ("satuan", "kelipatan")]

    for unit, right in (("Miliar rupiah", "1800000000"), ("Rp ribu", "1800"), ("juta", "1800000")):
        same, multiple = told(unit)
        assert same.lolos
        assert multiple.tingkat == "kritis"
        assert multiple.kalimat.endswith(f'of IKK 6.6.3, "Rupiah"; write {right} Rupiah')
    assert all(check.lolos for check in told("Rp"))
    assert [check.lolos for check in told("Juta orang")] == [False, True]
