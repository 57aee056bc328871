"""Every figure of every chart of a composed report is the ledger's, whatever the parameters."""

import re
from functools import cache

import pytest
from indicator_runs import edited
from section_runs import material

from pp39.ledger import Quantity
from pp39.numbers import exact
from pp39.report import sections
from pp39.report.block import Block
from pp39.report.charts.style import short_rupiah
from pp39.report.figure import Picture
from pp39.report.inline import part_plain
from pp39.report.table import Table

CASES = [
    ("IV",),
    ("I",),
    ("II",),
    ("III",),
    ("IV", "pelanggan.kategori=[instansi, mahasiswa]"),
    ("IV", "pelanggan.kategori=[pelaku-usaha]"),
    ("IV", "nps.promoter_min=10", "nps.passive_min=9"),
    ("IV", "nps.promoter_min=8", "nps.passive_min=8"),
    ("IV", "nps.responden=unik"),
    ("IV", "capaian.batas=100", "status.ambang=97.5"),
    ("IV", "capaian.batas=100", "status.ambang=150"),
    ("IV", "hasil_layanan.layanan=[pengujian]", "hasil_layanan.cakupan=kumulatif"),
    ("IV", "ikpa.cara=bulan_terakhir", 'target."IKK 6.6.2"=91.1950'),
    ("IV", 'target."IKK 6.4.2"=80', "dokumen_target=rencana_aksi"),
    ("IV", 'indikator."IKK 6.1.2"=null', 'indikator."ITJ 6.2"=null'),
]
EVERY = {
    *("gambar-struktur", "gambar-capaian", "gambar-pelanggan", "gambar-nps"),
    *("gambar-pnbp", "gambar-hasil-layanan", "gambar-ikpa", "gambar-progres"),
}


def composed(b: sections.Bahan) -> list[Block]:
    """Compose everything but the trace, which takes long and has no chart."""
    chapters = [one for one in sections.bab_laporan(b) if one.given.isi != "jejak"]
    return [block for one in chapters for block in sections.compose(b, one)]


@cache
def report(*case: str) -> tuple[Block, ...]:
    return tuple(composed(material(*case)))


def charts(*case: str) -> dict[str, Picture]:
    return {one.label: one for one in report(*case) if isinstance(one, Picture)}


def prints(figure: Quantity) -> set[str]:
    known = {figure.text(), figure.plain(), f"{figure.plain()}%"}
    if figure.unit == "Rp":
        known.add(short_rupiah(figure))
    if figure.unit == "%":  # a percentage prints two decimals also where it has none
        known.add(figure.named(figure.label, decimals=figure.decimals or 2).plain())
    return known


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_every_figure_of_every_chart_is_the_ledgers(case: tuple[str, ...]) -> None:
    made = material(*case)
    shown = [(one.label, *entry) for one in charts(*case).values() for entry in one.figures]
    # Lines of three months are not drawn.
    assert len(shown) > (80 if case[0] != "I" else 0)
    for chart, label, id, text in shown:
        if id is None:
            assert not re.search("[0-9]", text), (chart, label, text)
        elif id in made.ledger:
            assert text in prints(made.ledger[id]), (chart, label, id, text)
        else:
            value = exact(made.settings.value(id))
            assert text in prints(Quantity.parameter(value, label, "%", id)), (chart, label, text)


def test_charts_say_what_they_show() -> None:
    said = {label: part_plain(one.message) for label, one in charts("IV").items()}
    assert said == {
        "gambar-struktur": "",
        "gambar-capaian": "Capaian: tiga belas indikator mencapai target dan empat indikator tidak"
        " mencapai target; terendah SPBE (57,79%)",
        "gambar-pelanggan": "Terbanyak: pengujian (86)",
        "gambar-nps": "54 dari 57 responden ialah promotor (94,74%)",
        "gambar-pnbp": "Di bawah target: kalibrasi (25,22%) dan pelatihan (77,94%)",
        "gambar-hasil-layanan": "Dibandingkan dengan triwulan III, hasil triwulan IV naik pada"
        " kalibrasi, Lembaga Pemeriksa Halal (LPH), dan konsultasi, tetapi turun pada pengujian,"
        " pelatihan, dan Rancang Bangun dan Perekayasaan Industri (RBPI)",
        "gambar-ikpa": "87,99 pada Desember, di bawah target 94; enam bulan tanpa data",
        "gambar-progres": "Data September tampaknya mengulang Agustus; ketertinggalan belum dapat"
        " dinilai",
    }


def test_the_walk_meets_all_charts() -> None:
    assert set(charts("IV")) == EVERY
    assert set(charts(*CASES[-1])) == EVERY - {"gambar-nps", "gambar-pelanggan"}


@pytest.mark.parametrize("kinds", ["[instansi, mahasiswa]", "[pelaku-usaha]", "null"])
def test_customers_of_the_chart_are_those_of_the_table(kinds: str) -> None:
    case = ("IV", f"pelanggan.kategori={kinds}")
    ledger = material(*case).ledger
    chart = charts(*case)["gambar-pelanggan"]
    (table,) = [
        one for one in report(*case) if isinstance(one, Table) and one.label == "tabel-pelanggan"
    ]
    sums = {
        id: text for _, id, text in chart.figures if id and re.fullmatch(r".*/layanan/[^/]+", id)
    }
    assert sums
    assert {id for id in table.describe().uses.ids if id in sums} == set(sums)
    for id in sums:
        parts = [
            ledger[one].value for _, one, _ in chart.figures if one and one.startswith(f"{id}/")
        ]
        assert sum(parts) == ledger[id].value
    told = "tidak diperhitungkan dan tidak digambarkan" in chart.html()
    assert told == (kinds != "null")


def test_one_bar_of_testing_under_two_kinds_of_customer() -> None:
    found = charts("IV", "pelanggan.kategori=[instansi, mahasiswa]")["gambar-pelanggan"]
    assert ("Pengujian", "ITJ-6.2/layanan/pengujian", "66") in list(found.figures)
    assert "86" not in [text for _, _, text in found.figures]


def test_groups_of_answers_are_those_of_the_calculation() -> None:
    case = ("IV", "nps.promoter_min=10", "nps.passive_min=9")
    ledger = material(*case).ledger
    texts = {id: text for _, id, text in charts(*case)["gambar-nps"].figures if id}
    for group in ("promotor", "pasif", "detraktor"):
        assert texts[f"IKK-6.1.2/{group}"] == ledger[f"IKK-6.1.2/{group}"].plain()
        assert texts[f"IKK-6.1.2/{group}-persen"] == ledger[f"IKK-6.1.2/{group}-persen"].text()
    assert len([id for id in texts if "/skor/" in id]) == 11


def test_colours_of_achievement_follow_the_status() -> None:
    # Capped at 100 an achievement is below a threshold of 150, but the raw one may be above it.
    made = material("IV", "capaian.batas=100", "status.ambang=150")
    alt = charts("IV", "capaian.batas=100", "status.ambang=150")["gambar-capaian"].alt
    reached = made.ledger["ringkasan/tercapai"].text()
    assert int(reached) > 0
    assert f"{reached} tercapai" in alt


def test_a_target_of_zero_is_told_in_chart_and_text() -> None:
    def change(frame):  # type: ignore[no-untyped-def]
        frame.loc[frame["kode"] == "IKK 6.1.1", "target"] = 0
        return frame

    given = edited("target_perjanjian_kinerja", change)
    blocks = composed(material("IV", given=given))
    (chart,) = [one for one in blocks if isinstance(one, Picture) and one.label == "gambar-capaian"]
    assert "1 tidak dapat dihitung" in chart.alt
    assert "IKK 6.1.1 SLA" not in chart.alt
    html = "".join(one.html() for one in blocks)
    assert "tidak dapat dihitung." in html
    assert "perlu ditetapkan di atas nol" in html
