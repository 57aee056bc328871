"""Document objects: what they render, what they refuse, how the report is numbered and checked."""

import datetime as dt
import json
import re
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any

import pypdf
import pytest

from pp39.ledger import Cell, Ledger, Quantity, Rows, slug, total
from pp39.periods import MONTHS
from pp39.report import (
    Column,
    ColumnGroup,
    Document,
    Flag,
    FormulaLine,
    Heading,
    Identifier,
    Link,
    Listing,
    ListOfFigures,
    ListOfTables,
    Note,
    Number,
    Phrase,
    Picture,
    Prose,
    Reference,
    ReportError,
    Row,
    Signature,
    Table,
    TableCell,
    Trace,
)
from pp39.report.block import Block
from pp39.report.collect import collect
from pp39.report.entry import Entry, Input
from pp39.report.html import render_html
from pp39.report.inline import exact_text, part_html, part_typst
from pp39.report.trace_print import trace_typst
from pp39.report.typst import render_pdf, typst_source

DOC = Document("Laporan", "Triwulan IV", "Balai Contoh", "TW IV", dt.date(2026, 1, 6))


def notebook(*blocks: Block) -> dict[str, Any]:
    return {"cells": [{"outputs": [{"data": one._repr_mimebundle_()} for one in (DOC, *blocks)]}]}


def raw(value: int | Fraction, row: int = 5, unit: str = "Rp") -> Quantity:
    place = Cell("pnbp", 'pnbp "asli".xlsx', "PNBP", row, "Realisasi")
    return Quantity.cell(value, "Realisasi", unit, place)


def table(label: str, *rows: Any, columns: int = 2, **options: Any) -> Table:
    return Table(label, "Judul", [Column(f"K{n}") for n in range(columns)], rows, **options)


def test_a_computed_figure_needs_an_entry_in_the_ledger() -> None:
    figure = (raw(6) / raw(4, 6)).named("Rasio", "")
    for render in (part_html, part_typst):
        with pytest.raises(ReportError, match='"Rasio" has no ledger id'):
            render(figure)
    entered = Ledger().add("a/b", figure)
    assert part_html(entered) == (
        '<a class="angka" href="#jejak-a:b" data-ledger="a/b"><data value="1.5">1,50</data></a>'
    )
    assert part_typst(entered) == '#angka("a:b", "1,50")'


def test_a_raw_cell_tells_where_it_stands() -> None:
    shown = part_html(raw(1234))
    place = "pnbp &quot;asli&quot;.xlsx, lembar PNBP, baris 5, kolom Realisasi"
    assert f'class="mentah" title="Realisasi: {place}"' in shown
    assert ">Rp1.234</data>" in shown


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("teks", "−12,50%"),
        ("polos", "−12,50"),
        ("mutlak", "12,50%"),
        ("mutlak-polos", "12,50"),
    ],
)
def test_a_figure_prints_in_the_style_asked_for(style: Any, shown: str) -> None:
    assert Number(raw(Fraction(-25, 2), unit="%"), style).plain() == shown


def test_words_are_for_whole_numbers() -> None:
    assert Number(raw(15), "terbilang").plain() == "lima belas"
    with pytest.raises(ReportError, match="only whole numbers"):
        Number(raw(Fraction(1, 2)), "terbilang").plain()


@pytest.mark.parametrize(
    ("value", "text"),
    [("5/4", "1.25"), ("-1/3", "-1/3"), ("7", "7"), ("-1/20", "-0.05"), ("3/1024", "0.0029296875")],
)
def test_the_exact_value_is_exact(value: str, text: str) -> None:
    assert exact_text(Fraction(value)) == text
    assert Fraction(text) == Fraction(value)


@pytest.mark.parametrize(
    "rows",
    [
        [("satu",)],
        [("satu", "dua", "tiga")],
        [(TableCell("satu", across=3),)],
        [(TableCell("satu", down=2), "dua")],
        [(TableCell("satu", down=2), "dua"), ("satu", "dua")],
    ],
)
def test_a_row_that_does_not_fit_is_refused(rows: list[Any]) -> None:
    with pytest.raises(ReportError, match=r'row . of table "t" does not fill its 2 columns'):
        table("t", *rows)


def test_a_table_renders_its_grid() -> None:
    made = Table(
        "t",
        "Judul",
        [
            Column("No"),
            ColumnGroup("Pagu", [Column("Awal", align="kanan"), Column("Akhir", align="kanan")]),
        ],
        [
            Row("Kelompok", kind="kelompok"),
            (TableCell("1", down=2), raw(5), None),
            (["a", "b"], Phrase("c", raw(6))),
            Row("Jumlah", TableCell(None, across=2), kind="jumlah", anchor="baris-jumlah"),
        ],
    )
    html = made.html()
    assert '<th scope="col" rowspan="2">No</th><th scope="colgroup" colspan="2">Pagu</th>' in html
    assert '<tr class="kelompok"><th scope="rowgroup" colspan="3">Kelompok</th></tr>' in html
    assert '<th scope="rowgroup" rowspan="2">1</th>' in html
    assert '<span class="tersembunyi">tidak ada data</span>' in html
    assert "<ul><li>a</li><li>b</li></ul>" in html
    assert '<tr id="baris-jumlah" class="jumlah">' in html
    assert made.describe().uses.anchors == ("baris-jumlah",)


def test_numbers_follow_the_order() -> None:
    figure = Picture("g", "Gambar", '<svg viewBox="0 0 1 1"></svg>', "Kotak")
    report = collect(
        notebook(
            Heading(1, "Kata Pengantar", kind="depan"),
            Heading(1, "Satu"),
            Heading(2, "a"),
            Heading(3, "b"),
            Heading(4, "c"),
            Heading(5, "c1"),
            Heading(5, "c2"),
            Heading(4, "d"),
            Heading(5, "d1"),
            Heading(2, "e", kind="tanpa-nomor"),
            table("t1", ("x", "y")),
            Heading(1, "Dua", label="dua"),
            Heading(2, "f", label="efe"),
            table("t2", ("x", "y")),
            table("t3", ("x", "y")),
            figure,
            Heading(1, "Data", kind="lampiran"),
            Heading(2, "g"),
            table("t4", ("x", "y")),
        )
    )
    assert [(one.number, one.title) for one in report.headings()] == [
        ("", "KATA PENGANTAR"),
        ("BAB I", "SATU"),
        ("1.1", "a"),
        ("1.1.1", "b"),
        ("a.", "c"),
        ("1)", "c1"),
        ("2)", "c2"),
        ("b.", "d"),
        ("1)", "d1"),
        ("", "e"),
        ("BAB II", "DUA"),
        ("2.1", "f"),
        ("Lampiran 1", "DATA"),
        ("L1.1", "g"),
    ]
    tables = [one.number for one in report.numbered("tabel")]
    assert tables == ["Tabel 1.1", "Tabel 2.1", "Tabel 2.2", "Tabel L1.1"]
    assert report.numbers["g"] == "Gambar 2.1"
    assert (report.numbers["dua"], report.numbers["efe"]) == ("BAB II", "bagian 2.1")


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([Prose(Reference("tiada"))], 'prosa refers to "tiada", which is nowhere'),
        ([Prose(Link("x", "#tiada"))], 'refers to "tiada"'),
        ([Prose(Flag("x", "T-1", "tiada"))], 'refers to "tiada"'),
        ([Prose(Ledger().add("a/b", raw(5)))], 'prints the figure "a/b", which has no entry'),
        ([table("t", ("x", "y"))] * 2, 'label "t" is used by a tabel and again by a tabel'),
        ([DOC], "shows 2 Dokumen objects"),
    ],
)
def test_a_report_that_does_not_hold_is_refused(blocks: list[Block], sentence: str) -> None:
    for render in (render_html, typst_source):
        with pytest.raises(ReportError, match=sentence):
            render(notebook(*blocks))


def test_a_notebook_that_was_not_executed_is_refused() -> None:
    with pytest.raises(ReportError, match="shows 0 Dokumen"):
        render_html({"cells": [{"outputs": []}]})


def test_the_annex_keeps_what_is_printed_and_what_it_builds_on() -> None:
    ledger = Ledger()
    a, b = ledger.add("a", raw(6)), ledger.add("b", raw(4, 6))
    ratio = ledger.add("rasio", (a / b).named("Rasio --> //jejak:b <b>", ""))
    ledger.add("lain", (a - b).named("Lain", "Rp"))
    made = notebook(Prose(ratio), Trace(ledger))
    html, source = render_html(made), typst_source(made)
    for shown in (html, source):
        assert '"lain"' not in shown
        assert "jejak-lain" not in shown
    for id_ in ("a", "b", "rasio"):
        assert html.count(f'id="jejak-{id_}"') == 1
    # In print, what a figure builds on is told with it.
    assert source.count('\n#jh("rasio", ') == 1
    assert '#jm("a"' not in source
    assert '"Rp6 ÷ Rp4"' in source
    assert (
        '<p>= <a href="#jejak-a">Realisasi</a> ÷ <a href="#jejak-b">Realisasi</a></p>'
        "<p>= Rp6 ÷ Rp4</p><p>= <b>1,50</b></p>"
    ) in html
    assert "pnbp &quot;asli&quot;.xlsx, lembar PNBP, baris 5, kolom Realisasi" in html


def traced(ledger: Ledger, *ids: str) -> tuple[str, str]:
    shown = notebook(Prose(*(ledger[one] for one in ids)), Trace(ledger))
    # A notebook file holds its objects with sorted keys.
    stored = json.loads(json.dumps(shown, sort_keys=True))
    return render_html(stored), typst_source(stored)


def test_every_entry_has_its_anchor_whatever_its_line_looks_like() -> None:
    ledger = Ledger()
    months = []
    for month in range(1, 13):
        name = MONTHS[month - 1]
        place = Cell("t", "t.csv", None, 3, f"TPCRO {name}")
        plan = Quantity.cell(Fraction(25, 3), f"TPCRO 6077.A {name}", "%", place)
        months.append(ledger.add(f"ro/6077.A/tpcro/{month:02d}", plan))
        so_far = total(months, f"TPCRO kumulatif 6077.A {name}")
        ledger.add(f"ro/6077.A/kumulatif/{month:02d}", so_far)
    for quarter in ("I", "II"):
        place = Cell("a", "a.csv", None, 4, f"TW {quarter}")
        aim = Quantity.cell(25, f"Target antara X 1 TW {quarter}", "%", place)
        ledger.add(f"X-1/target-antara/{quarter}", aim)
    odd = Quantity.cell(7, "Lain TW I", "", Cell("b", "b.csv", None, 9, "Nilai"))
    ledger.add("X-1/lain/I", odd)
    count = Quantity.rows(2, "Baris", "baris", Rows.of("b", "b.csv", [2, 3], "banyaknya"))
    ledger.add("zz/banyak", count)
    ids = [str(one.id) for one in ledger]
    html, source = traced(ledger, *ids)
    for id_ in ids:
        assert html.count(f'id="jejak-{slug(id_)}"') == 1, id_
        assert len(re.findall(rf'#j[mh]\("{id_}"|jb\("{id_}"|"\w+", "{id_}"', source)) == 1, id_
    assert "t.csv, baris 3, kolom TPCRO ‹bulan›" in html
    assert (
        "= jumlah TPCRO\u00a06077.A sampai dengan bulan yang bersangkutan; Des = 8,33% + " in html
    )
    assert "8,3333333333… (= 25/3) → <b>8,33%</b>" in html
    assert "a.csv, baris 4, kolom TW ‹triwulan›" in source
    assert "b.csv, baris 9, kolom Nilai" in source
    assert '#jejak-judul("RO 6077.A")' in source
    assert '#jejak-judul("X 1")' in source


def test_many_figures_without_an_entry_are_told_by_the_page_alone() -> None:
    cells = [Cell("a", "a.csv", None, row, "k") for row in range(2, 11)]
    parts = [Quantity.cell(1, f"Bagian {one.row}", "", one) for one in cells]
    ledger = Ledger()
    for id, some in (("x/lalu", parts), ("x/kini", parts[:8])):
        ledger.add(id, total(some, id))
    html, source = traced(ledger, "x/lalu", "x/kini")
    lines = {
        one: source[source.index(f'#jh("{one}"') :].split("\n")[0] for one in ("x/lalu", "x/kini")
    }
    assert "a.csv, baris 10" in html
    assert "masukan yang dimuat dalam versi HTML" in lines["x/lalu"]
    assert "a.csv, baris" not in lines["x/lalu"]
    assert "a.csv, baris 9" in lines["x/kini"]


def test_a_figure_and_its_parts_that_say_the_same_are_told_once() -> None:
    ledger = Ledger()
    for row, (id, value) in enumerate((("IKU-1/a", 5), ("IKU-1/a/b", 5), ("IKU-1/a/c", 6)), 2):
        cell = Cell(id[-1], f"{id[-1]}.csv", None, row, "Nilai")
        ledger.add(id, Quantity.cell(Fraction(value), id, "orang", cell))
    entries = {str(one.id): Entry.of(one) for one in ledger}
    told = trace_typst(entries, set(entries), {})
    assert told.count("#jm(") == 2
    assert (
        '"a.csv, baris 2, kolom Nilai; b.csv, baris 3, kolom Nilai", lain: ("IKU-1/a/b", )' in told
    )


def test_a_sum_of_rows_of_one_name_is_told_in_one_line() -> None:
    paid = [Input("Nilai", f"Rp{n}", "", f"sp2d.csv, baris {n}, kolom Nilai") for n in (4, 2, 9)]
    made = Entry(
        "cair", "Cair", "Rp", "Rp15", "15", formula="Nilai + Nilai + Nilai", inputs=(*paid,)
    )
    told = trace_typst({"cair": made}, {"cair"}, {"sp2d.csv": "Daftar SP2D"})
    assert "jumlah 3 angka Nilai" in told
    assert told.count("Daftar SP2D, baris 4, 2, 9 (berurutan), kolom Nilai") == 1
    assert "Rp4" not in told.partition("masukan:")[2]


def test_only_calculations_of_the_chapters_are_printed() -> None:
    ledger = Ledger()
    a, b = ledger.add("x/a", raw(6)), ledger.add("x/b", raw(4, 6))
    book = notebook(
        Heading(1, "Bab"),
        Prose(a),
        Heading(1, "Lampiran", "lampiran", "lampiran"),
        Prose(b),
        Heading(1, "Jejak", "lampiran", "jejak"),
        Trace(ledger),
    )
    source = typst_source(book)
    assert '#jm("x/a"' in source
    assert '#jm("x/b"' not in source
    assert '"jejak-x:b": none' in source
    assert render_pdf(book).startswith(b"%PDF")


def test_the_annex_keeps_the_order_of_the_ledger() -> None:
    ledger = Ledger()
    for id_ in ("x/b", "x/a", "x/c"):
        ledger.add(id_, raw(5))
    html, _ = traced(ledger, "x/a", "x/b", "x/c")
    assert re.findall(r'id="jejak-x:(.)"', html) == ["b", "a", "c"]


def test_inputs_a_formula_leaves_out_or_that_have_no_entry_are_listed() -> None:
    ledger = Ledger()
    many = [ledger.add(f"m/{n}", raw(n, n).named(f"Bagian {n}")) for n in range(1, 15)]
    alone = raw(2, 99).named("Tanpa entri")
    ledger.add("m/hasil", total([*many, alone], "Hasil", "Rp"))
    html, source = traced(ledger, "m/hasil")
    for n in range(1, 15):
        assert f'<a href="#jejak-m:{n}">Bagian {n}</a>' in html
    assert '"Rp1 + Rp2 + … + Rp2"' in source
    assert "baris 99, kolom Realisasi" in html
    assert "baris 99, kolom Realisasi" in source


def test_a_signature_leaves_room_for_the_name_unless_given_one() -> None:
    without = Signature("Ambon", dt.date(2026, 1, 6), "Kepala Balai")
    assert "(nama pejabat)" in without.html()
    assert "NIP" not in without.html() + without.typst()
    named = Signature("Ambon", dt.date(2026, 1, 6), "Kepala", "Contoh", "198001012005011001")
    assert '<p class="nama">Contoh</p>' in named.html()
    assert "NIP 19800101 200501 1 001" in named.html()
    assert "6 Januari 2026" in without.html()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Heading(6, "x"), "level 6"),
        (lambda: Heading(2, "x", kind="lampiran"), 'only a level 1 heading can be "lampiran"'),
        (lambda: Listing(Listing("x")), "cannot start with a list"),
        (lambda: Picture("g", "Judul", "<svg></svg>", " "), "needs an alt text"),
    ],
)
def test_wrong_objects_say_what_is_wrong(make: Any, sentence: str) -> None:
    with pytest.raises(ReportError, match=sentence):
        make()


def test_a_heading_moves_to_the_landscape_page_of_its_table() -> None:
    wide = table("t", ("x", "y"), wide=True)
    source = typst_source(
        notebook(Heading(1, "Satu"), Prose("p"), Heading(2, "Dua"), wide, Prose("q"))
    )
    body = source.split("#show: laporan")[1]
    before, _, after = body.partition("#melintang[")
    inside, _, rest = after.partition("\n]")
    assert '"SATU"' in before
    assert '"Dua"' in inside
    assert '#tabel("t"' in inside
    assert '"q"' in rest


def test_a_chapter_that_opens_a_landscape_page_leaves_none_empty() -> None:
    wide = table("t", ("x", "y"), wide=True)
    body = typst_source(notebook(Heading(1, "Satu"), Prose("p"), Heading(1, "Dua"), wide))
    assert body.count("#pagebreak(weak: true)\n#heading") == 0
    assert "#melintang[\n#heading(level: 1" in body


def test_a_list_of_what_is_not_there_is_left_out() -> None:
    made = notebook(ListOfTables(), ListOfFigures(), Heading(1, "Bab"), table("t", ("x", "y")))
    assert [one.title for one in collect(made).headings()] == ["DAFTAR TABEL", "BAB"]


def test_a_chapter_goes_on_only_where_much_of_a_page_would_be_left_empty() -> None:
    def at(lines: int) -> list[int]:
        given = [
            Heading(1, "Satu"),
            *[Prose("kata " * 12)] * lines,
            Heading(1, "Dua"),
            Prose("isi."),
        ]
        return pages_with(printed(*given), "BAB II", "isi.")

    assert at(4) == [1, 1]
    assert at(24) == [2, 2]


def test_rows_and_short_tables_are_kept_whole() -> None:
    long = "kata " * 600
    short = typst_source(notebook(table("t", ("x", "y"))))
    assert "utuh: true" in short
    assert 'table.cell(breakable: false)[#"x"]' in short
    tall = typst_source(notebook(table("t", ("x", long), ("x", "y"))))
    assert "utuh: false" in tall
    assert tall.count("breakable: false)[#") == 1


def test_a_table_that_fits_a_page_is_not_begun_at_its_foot() -> None:
    lines = [Prose("kata " * 12)] * 28
    rows = [(f"baris{n}.", "x") for n in range(30)]
    # A paragraph that is but the opening of the table goes along, and so does its heading.
    begun = [Heading(2, "Bagian tabel"), Prose("Pembuka tabel.")]
    made = printed(Heading(1, "Bab"), *lines, *begun, table("t", *rows))
    at = pages_with(made, "Bagian tabel", "Pembuka tabel", "baris0.", "baris29.")
    assert at == [2, 2, 2, 2]
    # With half of the page left, it is begun there.
    made = printed(Heading(1, "Bab"), *lines[:12], *begun, table("t", *rows, *rows[:9]))
    assert pages_with(made, "Pembuka tabel", "baris0.") == [1, 1]
    assert len(made.pages) == 2


def test_what_opens_a_chart_or_a_section_stays_with_it() -> None:
    figure = Picture("g", "Gambar", '<svg viewBox="0 0 1 1"></svg>', "Kotak")
    heading, opening = Heading(2, "Bagian"), Prose("Pembuka.")
    for after in (figure, Heading(3, "Isi"), table("t", ("x", "y"))):
        assert '#pengantar[#"Pembuka.' in typst_source(notebook(heading, opening, after))
    for blocks in ((heading, opening, opening, figure), (heading, Prose("kata " * 200), figure)):
        assert "#pengantar[" not in typst_source(notebook(*blocks)).partition("#show: laporan")[2]


def test_a_signature_is_on_the_page_of_what_is_signed() -> None:
    signature = Signature("Ambon", dt.date(2026, 1, 6), "Kepala")
    rows = [(f"baris{n}.", "x") for n in range(4)]
    for above in range(16, 28, 2):
        lines = [Prose("kata " * 12)] * above
        last = [Heading(2, "Bagian akhir"), table("t", *rows)]
        made = printed(Heading(1, "Bab"), *lines, *last, signature)
        assert len(set(pages_with(made, "Bagian akhir", "baris3.", "Kepala"))) == 1
        made = printed(Heading(1, "Bab"), *lines, Prose("Demikian kami laporkan."), signature)
        assert len(set(pages_with(made, "Demikian", "Kepala"))) == 1


def test_a_number_of_a_document_breaks_in_a_column_and_not_in_a_line() -> None:
    number = "DIPA-019.07.2.248145/2025"
    text = f"{'kata ' * 15}{number} {'kata ' * 9}"
    assert number in printed(Prose(text)).pages[0].extract_text()
    narrow = Table("t", "Judul", [Column("K", width="20mm"), Column("L")], [(number, "x")])
    told = printed(narrow).pages[0].extract_text()
    assert number not in told
    assert number in told.replace("\n", "")


def test_rows_under_one_name_are_on_one_page() -> None:
    pairs = [row for n in range(60) for row in ((TableCell(f"nama {n}.", down=2), "a"), Row("b"))]
    # Whatever the height of what stands above, one of these would part a pair.
    for above in ([], [("x", "y")]):
        made = printed(Heading(1, "Bab"), table("t", *above, *pairs))
        texts = [one.extract_text() for one in made.pages]
        assert len(texts) > 2
        assert all(text.count("nama") == text.count("b\n") for text in texts)


def test_a_heading_of_rows_stays_with_the_row_below() -> None:
    made = table("t", Row("Kelompok", kind="kelompok"), ("x", "y")).typst()
    assert "table.header(level: 2, repeat: false, table.cell(colspan: 2, " in made


def test_an_id_is_never_broken() -> None:
    made = notebook(Prose(Identifier("T-salinan-51ff3d88")))
    assert '<span class="pengenal">T-salinan-51ff3d88</span>' in render_html(made)
    assert '#pengenal("T-salinan-51ff3d88")' in typst_source(made)


def test_a_call_out_is_an_anchor() -> None:
    made = notebook(Note("Temuan", ["x"], anchor="t-1"), Prose(Flag("5", "T-1", "t-1")))
    assert 'id="t-1"' in render_html(made)
    assert '#jangkar("t-1")' in typst_source(made)


def test_a_paragraph_that_introduces_a_list_stays_with_it() -> None:
    assert Prose("Isinya:").typst().startswith("#pengantar[")
    assert "#pengantar" not in Prose("Tidak ada.").typst()


def test_the_last_row_of_a_table_is_never_alone_overleaf() -> None:
    held = []
    for many in range(46, 56):
        rows = [(f"baris-{number}", "x") for number in range(many)]
        pages = printed(Table("t", "T", [Column("A"), Column("B")], rows)).pages
        held.append([n for page in pages if (n := page.extract_text().count("baris-"))])
    assert {len(one) for one in held} == {1, 2}
    assert all(one[-1] > 1 for one in held)


def test_what_is_for_the_audit_alone_is_in_the_page_and_not_in_print() -> None:
    ledger = Ledger()
    figure = ledger.add("a/b", raw(7))
    book = notebook(
        Heading(1, "Isi", label="isi"),
        Prose(
            "Angka ", figure, " dan ", Flag("x", "*", "temuan-1"), ", lihat ", Reference("rinci")
        ),
        Heading(1, "Rincian", "lampiran", "rinci"),
        Heading(2, "Temuan"),
        table("t", Row("rinciannya", "dua", anchor="temuan-1"), audit=True),
        Heading(1, "Jejak", "lampiran", "jejak"),
        Trace(ledger, audit=True),
    )
    page, source = render_html(book), typst_source(book)
    assert 'id="temuan-1"' in page
    assert "Rincian".upper() in page
    assert "rinciannya" not in source
    assert "RINCIAN" not in source
    assert "Lampiran 1 versi HTML" in source
    assert '"jejak-a:b": none' in source
    assert render_pdf(book).startswith(b"%PDF")


def test_a_heading_stays_where_something_below_it_is_printed() -> None:
    book = notebook(
        Heading(1, "Bab"),
        Heading(2, "Kosong"),
        Prose("hanya di halaman", audit=True),
        Heading(2, "Berisi"),
        Prose("tercetak"),
        Heading(2, "Ujung"),
    )
    source = typst_source(book)
    assert [name in source for name in ("BAB", "Kosong", "Berisi", "Ujung")] == [
        True,
        False,
        True,
        True,
    ]


def printed(*blocks: Block) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(render_pdf(notebook(*blocks))))


def pages_with(reader: pypdf.PdfReader, *words: str) -> list[int]:
    texts = [page.extract_text() for page in reader.pages]
    return [next(n for n, text in enumerate(texts, 1) if word in text) for word in words]


def test_an_annex_goes_on_below_a_short_one_and_not_below_a_long_or_signed_one() -> None:
    def annex(name: str, *inside: Block) -> list[Block]:
        return [Heading(1, name, "lampiran"), *inside]

    filling = [Prose("Kalimat yang panjangnya cukup untuk mengisi satu baris penuh. " * 5)] * 5
    signed = Signature("Ambon", dt.date(2026, 1, 6), "Kepala")
    made = printed(
        Heading(1, "Bab"),
        Prose("Isi bab."),
        *annex("Satu", Prose("Isi satu.")),
        *annex("Dua", *filling),
        *annex("Tiga", Prose("Isi tiga."), signed),
        *annex("Empat", Prose("Isi empat.")),
    )
    assert pages_with(made, "SATU", "DUA", "TIGA", "EMPAT") == [1, 1, 2, 3]


def test_a_short_signed_chapter_shares_a_page_if_all_of_it_fits() -> None:
    words = "Kalimat yang panjangnya cukup untuk mengisi satu baris penuh. "
    signed = Signature("Ambon", dt.date(2026, 1, 6), "Kepala")
    closing = [Heading(1, "Penutup"), Prose("Demikian."), signed]
    for paragraphs, pages in ((1, 1), (7, 2)):
        made = printed(Heading(1, "Isi"), *[Prose(words * 6)] * paragraphs, *closing)
        assert pages_with(made, "PENUTUP", "(nama pejabat)") == [pages, pages]
        assert len(made.pages) == pages
    longer = [Heading(1, "Penutup"), table("t", ("x", "y")), signed]
    half = [Heading(1, "Isi"), *[Prose(words * 6)] * 7]
    assert pages_with(printed(*half, *longer), "PENUTUP") == [2]


def test_a_tall_chart_lets_its_section_go_on_and_no_heading_pass() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 450 {h}"></svg>'
    words = [Prose("Uraian tentang keadaan satuan kerja pada triwulan ini. " * 8)]

    def text(height: int) -> str:
        chart = Picture("g", "Sebaran", svg.format(h=height), "Kotak.")
        assert chart.tall is (height > 270)
        after = [Prose("Masih bagian yang sama."), Heading(2, "Bagian berikut"), *words]
        made = printed(Heading(1, "Bab"), *words * 5, chart, *after)
        return " ".join(one.extract_text() for one in made.pages)

    # A low chart takes what follows with it; a tall one leaves the rest of its section behind.
    for height, order in (
        (250, ("Sebaran", "Masih", "berikut")),
        (500, ("Masih", "Sebaran", "berikut")),
    ):
        places = [text(height).index(one) for one in order]
        assert places == sorted(places)
    high = Picture("g", "Sebaran", svg.format(h=400), "Kotak.")
    (first, *_) = printed(Heading(1, "Bab"), *words, high, Prose("Sesudahnya.")).pages
    assert first.extract_text().index("Sebaran") < first.extract_text().index("Sesudahnya")


def test_a_tall_chart_keeps_its_distance_and_leaves_one_where_it_is_gone() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 450 {h}"></svg>'
    words = Prose("Uraian tentang keadaan satuan kerja pada triwulan ini. " * 8)
    for height, many in ((250, 1), (500, 5)):
        chart = Picture("g", "Sebaran", svg.format(h=height), "Kotak.", message="Pesan gambar")
        made = printed(Heading(1, "Bab"), *[words] * many, Prose("Di atas."), chart, Prose("Lalu."))
        first: dict[str, float] = {}

        def seen(
            text: str, matrix: Any, place: Any, *_: Any, first: dict[str, float] = first
        ) -> None:
            for one in ("Di atas", "Pesan", "Lalu"):
                if one in text:
                    first[one] = place[5] * matrix[3] + matrix[5]

        made.pages[0].extract_text(visitor_text=seen)
        below = first["Pesan" if many == 1 else "Lalu"]
        assert abs(first["Di atas"] - below) > 15


def test_notes_come_after_a_table_and_never_without_its_last_rows() -> None:
    rows = [(f"baris {n}", "isi") for n in range(90)]
    for many in range(48, 62):
        long = table("t", *rows[:many], notes=["Catatan tabel."] * 3, size="mini")
        pages = [one.extract_text() for one in printed(Heading(1, "Bab"), long).pages]
        assert "Catatan" not in "".join(pages[:-1])
        assert pages[-1].index(f"baris {many - 1}") < pages[-1].index("Catatan tabel.")
    (short,) = [one.extract_text() for one in printed(table("t", *rows[:3], notes=["Nah."])).pages]
    assert short.index("baris 2") < short.index("Nah.")


def test_nothing_in_print_is_smaller_than_eight_points() -> None:
    ledger = Ledger()
    figure = ledger.add("a/b", raw(7))
    small = table("t", ("x", figure), notes=["Catatan."], size="mini")
    tall = table("u", *[("y", "z")] * 90, notes=["Lagi."], size="kecil")
    trace = Heading(1, "Jejak", "lampiran", "jejak"), Trace(ledger)
    sizes: set[float] = set()

    def seen(text: str, matrix: Any, place: Any, font: Any, size: float) -> None:
        del font
        if text.strip():
            sizes.add(round(abs(size * place[3] * matrix[3]), 1))

    for page in printed(Heading(1, "Bab"), small, tall, *trace).pages:
        page.extract_text(visitor_text=seen)
    assert 8.0 in sizes
    assert min(sizes) >= 8.0


def test_what_a_chart_says_stands_above_it_with_its_calculation() -> None:
    ledger = Ledger()
    figure = ledger.add("a/b", raw(7))
    picture = Picture("g", "Judul", "<svg/>", "Alt.", message=Phrase("Terbanyak ", figure))
    assert '<p class="pesan">Terbanyak <a' in picture.html()
    assert picture.html().index("pesan") < picture.html().index("kanvas")
    assert "a/b" in picture.describe().uses.ids
    assert "pesan: [#" in picture.typst()


def test_a_chart_is_listed_on_the_page_it_moved_to() -> None:
    size = 'viewBox="0 0 450 500" width="450" height="500"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}></svg>'
    words = [Prose("Uraian tentang keadaan satuan kerja pada triwulan ini. " * 8)] * 8
    chart = Picture("g", "Sebaran", svg, "Kotak.", message="Terbanyak pengujian")
    plain = Picture("h", "Struktur", svg.replace("500", "100"), "Kotak.")
    pdf = printed(ListOfFigures(), Heading(1, "Bab"), *words[:4], chart, *words, plain, *words)
    pages = [" ".join(one.extract_text().split()) for one in pdf.pages]
    (stands,) = [at for at, text in enumerate(pages) if "Gambar 1.1. Sebaran" in text]
    listed = re.search(r"Gambar 1\.1 Sebaran[ .\u2060]*(\d+)", pages[0])
    assert listed is not None
    assert pdf.page_labels[stands] == listed[1] == "2"
    assert "pesan" not in plain.typst()


def test_what_is_not_printed_leaves_no_gap_in_the_numbers() -> None:
    rows = ("x", "y")
    report = collect(
        notebook(
            Heading(1, "Bab"),
            table("a", rows),
            table("b", rows, audit=True),
            table("c", rows, audit=True),
            table("d", rows),
            Heading(1, "Lampiran", "lampiran"),
            table("e", rows, audit=True),
            table("f", rows),
        )
    )
    numbers = [one.number.removeprefix("Tabel ") for one in report.numbered("tabel")]
    assert numbers == ["1.1", "1.1a", "1.1b", "1.2", "L1.0a", "L1.1"]


@pytest.mark.parametrize(
    ("values", "said"), [((1_000, 2_000), False), ((1_400, 1_400), True), ((1_400, 1_600), False)]
)
def test_a_total_that_printed_terms_do_not_give_is_explained(
    values: tuple[int, ...], said: bool
) -> None:
    terms = [
        replace(Quantity.constant(one).named(f"Nilai {n}", "Rp"), id=f"nilai/{n}")
        for n, one in enumerate(values)
    ]
    rows = [Row(one.label, Number(one, "ribu")) for one in terms]
    whole = replace(total(terms, "Jumlah"), id="jumlah")
    rows.append(Row("Jumlah", Number(whole, "ribu"), kind="jumlah"))
    table = Table("tabel-uji", "Uji", [Column("Nama"), Column("Nilai", "kanan")], rows)
    assert ("sebelum pembulatan" in table.html()) is said
    assert replace(table, size="kecil").notes == table.notes
    third = (Quantity.constant(1) / 3).named("a", "%")
    for many, rounded in ((3, True), (1, False)):
        line = FormulaLine(replace(total([third] * many, "Jumlah"), id="jumlah"))
        assert ("sebelum pembulatan" in line.html()) is rounded
