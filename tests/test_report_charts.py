"""Charts: the same bytes each time, no trace left behind, alternative texts that tell the data."""

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.patches import Rectangle

from pp39.ledger import Cell, Quantity
from pp39.report.charts import (
    Chart,
    Group,
    achievements,
    bars_against_target,
    chart_style,
    distribution,
    fields_by_quarter,
    monthly_line,
    progress_fields,
    stacked_bars,
)
from pp39.report.charts.style import SERIES, _luminance, legible_on, short_rupiah, wrapped
from pp39.report.figure import Picture, figure_svg
from pp39.report.inline import ReportError
from pp39.report.svg import inlined, standalone


def q(value: float | str, unit: str = "%") -> Quantity:
    return Quantity.cell(Fraction(str(value)), "x", unit, Cell("s", "s.csv", None, 2, "K"))


def achievement() -> Chart:
    return achievements(
        ["SLA", "NPS", "SPBE", "RoA", "IPP"],
        [q(101), q(97.5), None, q("2021.83"), q(-150)],
        ["tercapai", "tidak tercapai", "tidak dapat dihitung", "tercapai", "tidak tercapai"],
        ambang=Quantity.parameter(100, "Ambang", "%", "status.ambang"),
        jumlah=q(5, ""),
        banyak={"tercapai": q(2, ""), "tidak tercapai": q(2, ""), "belum ada data": None},
    )


def promoters() -> Chart:
    groups = [
        Group("Detraktor", q(0, "o"), q(0), {0: q(0, "o"), 6: q(0, "o")}),
        Group("Pasif", q(3, "o"), q("5.26"), {8: q(3, "o")}),
        Group("Promotor", q(54, "o"), None, {9: q(14, "o"), 10: q(40, "o")}),
    ]
    return distribution(groups, q(57, "o"), q("94.74", "nilai"))


def income() -> Chart:
    return bars_against_target(["Uji", "Latih"], [q(10, "Rp"), q(5, "Rp")], [q(12, "Rp"), None])


def customers() -> Chart:
    return stacked_bars(
        ["Uji", "Latih"],
        ["Perusahaan", "Instansi"],
        [[q(3, "o"), q(1, "o")], [None, None]],
        [q(4, "o"), None],
    )


def outputs() -> Chart:
    return fields_by_quarter(["Uji"], ["LHU"], [[q(169, "LHU"), None, q(5, "LHU"), q(7, "LHU")]])


def ikpa() -> Chart:
    return monthly_line([7, 8, 9], [q("94.1", "nilai"), None, q(98, "nilai")], q(95, "nilai"))


def progress() -> Chart:
    plan = [q(month * 8) for month in range(1, 13)]
    return progress_fields(["6077.AEC.002", "b"], [[q(5), q(11), None], []], [plan, plan])


CASES: list[tuple[Callable[[], Chart], list[str]]] = [
    (achievement, ["5 indikator: 2 tercapai, 2 tidak tercapai.", "RoA 2.021,83%"]),
    (achievement, ["SPBE tidak dapat dihitung"]),
    (promoters, ["57 responden", "promotor 54", "pasif 3", "detraktor 0", "94,74"]),
    (income, ["Uji Rp12 (target Rp10)", "Latih belum ada data (target Rp5)"]),
    (customers, ["Uji: perusahaan 3, instansi 1", "Latih: tidak ada yang diperhitungkan"]),
    (outputs, ["Uji (LHU): triwulan I 169, triwulan II tidak ada data"]),
    (ikpa, ["Juli 94,10; Agustus tidak ada data; September 98", "Target 95"]),
    (progress, ["6077.AEC.002 11,00% pada Februari, rencana 16,00%", "b belum ada data"]),
]


@pytest.mark.parametrize(("draw", "told"), CASES, ids=[case[0].__name__ for case in CASES])
def test_the_alternative_text_tells_the_data(draw: Callable[[], Chart], told: list[str]) -> None:
    chart = draw()
    for words in told:
        assert words in chart.alt


@pytest.mark.parametrize("draw", [case[0] for case in CASES], ids=lambda draw: draw.__name__)
def test_the_same_data_give_the_same_bytes(draw: Callable[[], Chart]) -> None:
    first = figure_svg(draw().figure)
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": None, "axes.facecolor": "red"}):
        assert figure_svg(draw().figure) == first
    assert "dc:date" not in first
    assert not re.search(r'(?:href|src)="(?!#)', first)


def test_drawing_leaves_no_trace() -> None:
    before = dict(mpl.rcParams)
    with chart_style():
        assert mpl.rcParams["svg.fonttype"] == "none"
    achievement()
    assert dict(mpl.rcParams) == before


def test_an_extreme_value_is_clipped_and_labelled() -> None:
    axes = achievement().figure.axes[0]
    assert max(bar.get_width() for bar in axes.patches) == 120
    assert min(bar.get_width() for bar in axes.patches) == -120
    assert "2.021,83%" in [text.get_text() for text in axes.texts]
    assert "tidak dapat dihitung" in [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("draw", [case[0] for case in CASES], ids=lambda draw: draw.__name__)
def test_every_number_printed_is_a_figure_given(draw: Callable[[], Chart]) -> None:
    assert draw().unaccounted() == []


@pytest.mark.parametrize("draw", [income, customers, promoters], ids=lambda d: d.__name__)
def test_every_bar_is_as_long_as_a_figure_given(draw: Callable[[], Chart]) -> None:
    chart = draw()
    given = {point.value for point in chart.points}
    drawn = [
        max(abs(bar.get_width()), abs(bar.get_height()), key=lambda one: one in given)
        for axes in chart.figure.axes
        for bar in axes.patches
        if isinstance(bar, Rectangle)
    ]
    assert drawn
    assert set(drawn) <= given


def test_a_number_that_is_no_figure_does_not_reach_the_document() -> None:
    chart = customers()
    assert Picture.of("g", "Judul", chart).figures[0] == ("Uji, perusahaan", None, "3")
    chart.figure.axes[0].text(0, 0, "3 dari 86 pelanggan")
    with pytest.raises(ReportError, match='figure "g" prints 86, which is no figure'):
        Picture.of("g", "Judul", chart)
    typed = Chart(customers().figure, "Seluruhnya 66.", customers().points)
    with pytest.raises(ReportError, match="prints 66"):
        Picture.of("g", "Judul", typed)


def test_amounts_that_are_all_nothing_are_drawn() -> None:
    assert figure_svg(bars_against_target(["Uji"], [q(0, "Rp")], [q(0, "Rp")]).figure)


def test_kinds_beyond_the_colours_are_told_apart() -> None:
    kinds = [f"Jenis {letter}" for letter in "ABCDEFGHI"]
    chart = stacked_bars(["Uji"], kinds, [[q(2, "o") for _ in kinds]], [q(18, "o")])
    bars = [one for one in chart.figure.axes[0].patches if isinstance(one, Rectangle)]
    assert len({(str(one.get_facecolor()), one.get_hatch()) for one in bars}) == len(kinds)


def test_an_inline_graphic_has_ids_of_its_own() -> None:
    svg = figure_svg(income().figure)
    one, two = inlined(svg, "gambar-a", 'Alt "a"'), inlined(svg, "gambar-b", "Alt b")
    assert 'aria-label="Alt &quot;a&quot;"' in one
    ids = [set(re.findall(r'\bid="([^"]+)"', text)) for text in (one, two)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for text, known in zip((one, two), ids, strict=True):
        assert set(re.findall(r'href="#([^"]+)"', text)) <= known
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= known


def test_letters_are_text_in_the_face_of_the_document() -> None:
    svg = figure_svg(income().figure)
    assert svg.count("font-family") == 1
    assert re.search(r"^<svg[^>]* font-family=\"'Libertinus Serif', ", svg)
    assert re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    sizes = {float(one) for one in re.findall(r"font-size:([0-9.]+)px", svg)}
    assert min(sizes) >= 8


def test_a_graphic_comes_back_out_of_its_page() -> None:
    svg = figure_svg(income().figure)
    again = standalone(f"<figure>{inlined(svg, 'gambar-a', 'Alt <a>')}</figure>")
    assert again.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
    assert "aria-label" not in again
    assert ElementTree.fromstring(again).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("colour", [*SERIES, "#0072B2", "#E69F00"])
def test_text_on_a_colour_has_enough_contrast(colour: str) -> None:
    light, dark = sorted((_luminance(colour), 1.0 if legible_on(colour) == "white" else 0.016))
    assert (dark + 0.05) / (light + 0.05) >= 4.5


def test_an_output_without_a_unit_has_no_empty_brackets() -> None:
    chart = fields_by_quarter(["Uji", "TKDN"], ["LHU", ""], [[q(1, "LHU")], [q(2, "")]])
    drawn = {text.get_text() for text in chart.figure.axes[0].texts}
    assert {"Uji\n(LHU)", "TKDN"} <= drawn
    assert not any("()" in text for text in drawn)
    assert "TKDN: triwulan I 2" in chart.alt


@pytest.mark.parametrize("until", [3, 6, 9, 12])
def test_the_names_of_months_do_not_touch(until: int) -> None:
    months = list(range(1, until + 1))
    chart = monthly_line(months, [q(90, "nilai") for _ in months], q(95, "nilai"))
    figure_svg(chart.figure)
    boxes = [one.get_window_extent() for one in chart.figure.axes[0].get_xticklabels()]
    assert len(boxes) == until
    gaps = [right.x0 - left.x1 for left, right in pairwise(boxes)]
    assert min(gaps) > 3


def test_the_value_of_a_month_stands_where_the_line_is_not() -> None:
    scores = [q(one, "nilai") for one in (91, 86, 92, 93, 88)]
    chart = monthly_line([8, 9, 10, 11, 12], scores, q(94, "nilai"))
    figure_svg(chart.figure)
    labels = {one.get_text(): one for one in chart.figure.axes[0].texts}
    for score in scores:
        label = labels[score.text()]
        _, at = chart.figure.axes[0].transData.transform((0, float(score.value)))
        box = label.get_window_extent()
        below = score.value in (86, 88) or 94 - score.value < 2
        assert (box.y1 < at) if below else (box.y0 > at), score.text()


@pytest.mark.parametrize("last", [92, 95])
def test_the_name_of_a_target_stands_where_the_line_is_not(last: int) -> None:
    scores = [q(one, "nilai") for one in (88, 90, last)]
    axes = monthly_line([7, 8, 9], scores, q(94, "nilai")).figure.axes[0]
    figure_svg(axes.figure)
    (label,) = [one for one in axes.texts if one.get_text().startswith("target")]
    _, line = axes.transData.transform((0, 94))
    assert (label.get_window_extent().y0 > line) == (last < 94)


def test_labels() -> None:
    assert short_rupiah(q(-950, "Rp")) == "Rp−950"
    assert wrapped("satu dua tiga", 8) == "satu dua\ntiga"


SERIES_OF_ALL_KINDS: dict[str, list[float | str | None]] = {
    "all zero": [0, 0, 0],
    "one zero": [0],
    "one": [5],
    "negative": [-5, -3, -1],
    "one negative": [-4],
    "mixed": [-5, 0, 7],
    "no data": [None, None],
    "tiny": ["1e-9", 0],
    "large": ["1e14", 0, 1],
}


@pytest.mark.parametrize("values", SERIES_OF_ALL_KINDS.values(), ids=SERIES_OF_ALL_KINDS)
def test_every_chart_draws_every_series(values: list[float | str | None]) -> None:
    names = [f"N{place}" for place in range(len(values))]
    given = [None if one is None else q(one, "Rp") for one in values]
    charts = [
        achievements(
            names, given, ["tercapai"] * len(names), ambang=q(100), jumlah=q(3, ""), banyak={}
        ),
        bars_against_target(names, given, given, given),
        bars_against_target(names, [None] * len(names), given),
        stacked_bars(names, ["A", "B"], [[one, one] for one in given], given),
        fields_by_quarter(names, names, [[one] * 4 for one in given]),
        monthly_line(range(1, len(values) + 1), given, q(90)),
        progress_fields(names, [[one] * 12 for one in given], [[one] * 3 for one in given]),
    ]
    for chart in charts:
        # Warnings are errors here, so an axis without length or a picture without room is one.
        assert figure_svg(chart.figure).startswith("<svg")


def test_bars_lie_inside_their_axes() -> None:
    for values in ([0, 0], [-5, 3], [-2, -1]):
        given = [q(one, "Rp") for one in values]
        chart = bars_against_target(["a", "b"], given, given)
        low, high = chart.figure.axes[0].get_xlim()
        assert low <= min(0, *values)
        assert high > max(0, *values)
