"""Reading CSV: layouts that are accepted, and line numbers that hold."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.errors import UnreadableInput
from pp39.sources.csvfile import _plainly, _strictly, read_csv
from pp39.sources.declaration import Column, Source
from pp39.sources.head import SEPARATORS, head_of
from pp39.sources.words import Text

SOURCE = Source(
    "contoh",
    "contoh.csv",
    "Contoh",
    (Column("Satu", ("satu",), Text()), Column("Dua", ("dua",), Text())),
)
RAW = Path(__file__).resolve().parents[1] / "data" / "raw" / "bspji-ambon" / "2025"
# At the end of a file \x1a is no text, but what once marked the end.
CELL = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r\x1a"), min_size=1
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=20),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_texts_and_line_numbers_read_back(
    tmp_path: Path, rows: list[tuple[str, str]], ending: str
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(("Satu", "Dua"))
    writer.writerows(rows)
    path = tmp_path / "contoh.csv"
    path.write_bytes(stream.getvalue().encode())
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    if not kept:
        with pytest.raises(UnreadableInput, match="no rows below it"):
            read_csv(SOURCE, path)
        return
    raw = read_csv(SOURCE, path)
    assert raw.columns["Satu"].tolist() == [one for one, _ in kept]
    assert raw.columns["Dua"].tolist() == [two for _, two in kept]
    line = 2
    starts = []
    for row in rows:
        if row in kept:
            starts.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    assert raw.rows.tolist() == starts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=9),
    separator=st.sampled_from(SEPARATORS),
)
def test_the_header_tells_the_separator_whatever_the_rows_hold(
    tmp_path: Path, rows: list[tuple[str, str]], separator: str
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerow(("Satu", "Dua"))
    writer.writerows([("a,b;c\td", "1.234,5"), *rows])
    path = tmp_path / "contoh.csv"
    path.write_bytes(stream.getvalue().encode())
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    raw = read_csv(SOURCE, path)
    assert raw.columns["Satu"].tolist() == ["a,b;c\td", *(one for one, _ in kept)]
    assert raw.columns["Dua"].tolist() == ["1.234,5", *(two for _, two in kept)]


@pytest.mark.parametrize("name", [one.name for one in SOURCES.values() if one.file[-3:] == "csv"])
def test_every_source_takes_every_separator(tmp_path: Path, name: str) -> None:
    source = SOURCES[name]
    path = RAW / source.file
    if not path.is_file():
        header = [one.header.replace("{bulan}", "Januari") for one in source.columns]
        for separator in SEPARATORS:
            assert head_of(source, separator.join(header)).separator == separator
        return
    usual = read_csv(source, path)
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=head_of(source, text).separator))
    for separator in SEPARATORS:
        copy = tmp_path / source.file
        with copy.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=separator).writerows(rows)
        again = read_csv(source, copy)
        assert {header: texts.tolist() for header, texts in again.columns.items()} == {
            header: texts.tolist() for header, texts in usual.columns.items()
        }
        assert again.rows.tolist() == usual.rows.tolist()


def test_layouts_that_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "contoh.csv"
    path.write_bytes(b"\xef\xbb\xbf Satu ,Dua,\r\na,b,\r\n\r\nc,d,\r\n,,\r\n")
    raw = read_csv(SOURCE, path)
    assert raw.columns["Satu"].tolist() == ["a", "c"]
    assert raw.rows.tolist() == [2, 4]
    assert [fix.rule for fix in raw.fixes] == [
        "spasi dirapikan",
        "kolom kosong tanpa judul diabaikan",
    ]


def test_trailing_delimiters_of_one_row_are_cut_and_logged(tmp_path: Path) -> None:
    path = tmp_path / "contoh.csv"
    path.write_bytes(b"Satu,Dua\na,b,,\n")
    raw = read_csv(SOURCE, path)
    assert [(fix.row, fix.before) for fix in raw.fixes] == [(2, ",,")]


def test_a_cell_with_a_line_break_keeps_the_numbers_of_the_rows_below(tmp_path: Path) -> None:
    path = tmp_path / "contoh.csv"
    path.write_bytes(b'Satu,Dua\n"a\nb",c\nd,e\n')
    raw = read_csv(SOURCE, path)
    assert raw.rows.tolist() == [2, 4]


CELLS = st.text(st.characters(exclude_characters='"\r\n\x00', codec="utf-8"), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_reading_in_compiled_code_is_reading_row_by_row(rows, end, closed):
    source = Source("s", "s.csv", "", ())
    text = end.join(",".join(row) for row in [["A", "B"], *rows]) + (end if closed else "")
    head = head_of(source, text)
    quick = _plainly(source, text, head)
    if quick is None:
        return
    slow = _strictly(source, text, head)
    assert quick.rows.tolist() == slow.rows.tolist()
    assert {name: one.tolist() for name, one in quick.columns.items()} == {
        name: one.tolist() for name, one in slow.columns.items()
    }
    assert quick.fixes == slow.fixes


def test_a_plain_table_is_read_in_compiled_code_and_one_with_anything_odd_is_not():
    source = Source("s", "s.csv", "", ())

    def quick(text):
        return _plainly(source, text, head_of(source, text))

    assert quick("A,B\r\n1,2\r\n,x\r\n").columns["B"].tolist() == ["2", "x"]
    for odd in ('A,B\n1,"2"\n', "A,B\n1,2\n\n3,4\n", "A,B\n1\n", "A,B\n1,2,\n", "A,B\n , \n"):
        assert quick(odd) is None
    assert quick("A,B\n1,2\nSumber: x,\n") is None
