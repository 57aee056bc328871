"""Files as the world writes them, and files that were damaged: right figures or a plain sentence.

Bounded and seeded: the same examples in every run.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import string
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.errors import InputError
from pp39.numbers import parse_number, parse_percent, parse_rupiah
from pp39.params import load
from pp39.periods import MONTHS, Quarter, parse_date, parse_month
from pp39.sources import CleanTable, Context, clean
from pp39.sources.csvfile import read_csv

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw" / "bspji-ambon" / "2025"
FILES = sorted(RAW.glob("*.csv"))
CONTEXT = Context.of(load(ROOT, "bspji-ambon", 2025, Quarter.IV))
SLA = SOURCES["sla"]
HEADER = tuple(column.header for column in SLA.columns)
ENGLISH = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
# A damaged cell or two may still be a right one; more sentences than this tell nobody anything.
SHOWN = 21

bounded = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read(content: bytes, name: str, folder: Path) -> CleanTable | InputError:
    path = folder / name
    path.write_bytes(content)
    try:
        return clean(SOURCES[path.stem], path, CONTEXT)
    except InputError as error:
        return error


def is_plain(error: InputError, name: str) -> bool:
    """Tell whether an error is told as promised: lines that name the file, none of them long."""
    lines = str(error).splitlines()
    told = [one for one in lines if not one.startswith("and ")]
    return (
        error.exit_code == 4
        and len(lines) <= SHOWN
        and all(one.startswith(name) and len(one) <= 2000 for one in told)
        and not any(one.endswith((" ", "use one of", ":")) for one in lines)
    )


@dataclass(frozen=True)
class Dialect:
    """How a spreadsheet may write a table."""

    separator: str
    quoting: int
    mark: str
    end: str
    said: str
    titles: str
    footer: str
    style: str

    def written(self, rows: list[tuple[int, int]]) -> bytes:
        stream = io.StringIO(newline="")
        writer = csv.writer(
            stream, delimiter=self.separator, quoting=self.quoting, lineterminator="\n"
        )
        writer.writerow(HEADER)
        for pair in rows:
            writer.writerow(["TW IV", "Pengujian", *map(self.style.format, pair), "0"])
        text = self.mark + self.above + stream.getvalue() + self.footer
        return text.replace("\n", self.end).encode()

    @property
    def above(self) -> str:
        return (self.said + self.titles).replace(",", self.separator)


DIALECTS = st.builds(
    Dialect,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["", "\ufeff", "\ufeff\ufeff"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "sep=,\n"]),
    st.sampled_from(["", "\n", "Ketepatan waktu\n\n", 'TA 2025,,,,\n"a;b"\n\n']),
    st.sampled_from(["", "\n\n", "Sumber: register\n", "Dicetak,,,,\nhalaman 1\n", "\x1a"]),
    st.sampled_from(["{}", "{:,}", " {} ", "{}.0", "{},00"]),
)
COUNTS = st.integers(0, 10**6)


@given(DIALECTS, st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6))
@bounded
def test_a_table_in_any_dialect_gives_its_figures(tmp_path, dialect, counts):
    (tmp_path / "sla.csv").write_bytes(dialect.written(counts))
    table = clean(SLA, tmp_path / "sla.csv", CONTEXT)
    rows = table.frame[["jumlah", "tepat_waktu"]].to_numpy().tolist()
    assert rows == [list(pair) for pair in counts]
    first = dialect.above.count("\n") + 2
    assert table.frame["baris"].tolist() == list(range(first, first + len(counts)))


@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(st.characters(codec="utf-8"), max_size=200).map(str.encode),
        st.text(string.printable, max_size=200).map(
            lambda text: f"{','.join(HEADER)}\n{text}".encode()
        ),
    )
)
@bounded
def test_any_bytes_are_a_table_or_a_plain_sentence(tmp_path, content):
    found = read(content, "sla.csv", tmp_path)
    assert isinstance(found, CleanTable) or is_plain(found, "sla.csv")


def damaged(content: bytes, source: random.Random) -> bytes:
    """Flip, cut out, repeat, swap or put in a few bytes, or cut the end off."""
    one, two = sorted(source.randrange(len(content) + 1) for _ in range(2))
    near = content[one : one + source.randrange(1, 40)]
    match source.randrange(6):
        case 0:
            flipped = bytes([content[one % len(content)] ^ 1 << source.randrange(8)])
            return content[: one % len(content)] + flipped + content[one % len(content) + 1 :]
        case 1:
            return content[:one]
        case 2:
            return content[:one] + content[one + len(near) :]
        case 3:
            return content[:one] + near + content[one:]
        case 4:
            odd = (b'"', b"\x00", b"\r", b"\n", b",", b";", b"\xff", b"\x1a", b"\xef\xbb\xbf", b"%")
            return content[:one] + source.choice(odd) + content[one:]
        case _:
            return content[:one] + content[two : two + 9] + content[one + 9 :]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_damaged_file_gives_a_table_or_plain_sentences(tmp_path, path):
    content = path.read_bytes()
    source = random.Random(path.name)
    for _ in range(25):
        found = read(damaged(content, source), path.name, tmp_path)
        if isinstance(found, CleanTable):
            assert list(found.frame.columns) == list(found.source.schema)
            assert found.frame["baris"].is_monotonic_increasing
        else:
            assert is_plain(found, path.name), str(found)


@given(
    cells=st.lists(
        st.one_of(
            st.integers(1, 5000).map(lambda size: "9" * size),
            st.sampled_from(["inf", "-inf", "nan", "1e999", "1E+400", "0x10", "१२३", "²", "1_000"]),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30),
            st.sampled_from("Aé\u202e ").map(lambda letter: letter * 40_000),
        ),
        min_size=5,
        max_size=5,
    )
)
@bounded
def test_any_cell_is_read_or_told_and_no_value_is_repeated_at_length(tmp_path, cells):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([HEADER, cells])
    found = read(stream.getvalue().encode(), "sla.csv", tmp_path)
    assert isinstance(found, CleanTable) or is_plain(found, "sla.csv")
    for cell in cells:
        assert isinstance(found, CleanTable) or len(cell) < 101 or cell[:101] not in str(found)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.data())
@bounded
def test_rupiah_read_back_however_they_are_written(amount, data):
    mark = data.draw(st.sampled_from([".", ",", " ", "\u00a0", "\u202f", ""]))
    cents = data.draw(st.sampled_from(["", ",-", ",00", ".00", ".-", ",--"]))
    if mark in cents[:1] and mark:
        cents = ""
    if mark == "" and cents:
        mark = "." if cents[0] == "," else ","
    digits = f"{abs(amount):,}".replace(",", mark) + cents
    sign = data.draw(st.sampled_from(["Rp{}", "rp. {}", "IDR {}", "{}"]))
    minus = data.draw(st.sampled_from(["-{}", "\u2212{}", "({})"]))
    text = sign.format(digits)
    if amount < 0:
        text = minus.format(text)
    elif data.draw(st.booleans()):
        text = f" {text} "
    assert parse_rupiah(text) == amount


@given(st.decimals(-1000, 1000, places=3, allow_nan=False), st.sampled_from(["-{}", "({})", "{}-"]))
@bounded
def test_percentages_read_back_however_they_are_written(value, minus):
    bare = f"{abs(value):f}"
    text = minus.format(bare) if value < 0 else bare
    for one in (text, text.replace(".", ",")):
        for sign in ("", "%", " %"):
            assert parse_percent(one + sign) == Fraction(str(value))


@given(st.text("0123456789.,-()% \u00a0+eE", max_size=12))
@bounded
def test_what_a_number_reads_as_does_not_depend_on_blanks_around_it(text):
    for read in (parse_number, parse_rupiah, parse_percent):
        bare, padded = value_or_sentence(read, text), value_or_sentence(read, f" {text}\u00a0")
        assert bare == padded or (isinstance(bare, str) and isinstance(padded, str))
        assert not isinstance(bare, str) or bare.startswith('"')


def value_or_sentence(read, text):
    try:
        return read(text)
    except ValueError as error:
        return str(error)


def spellings(date: dt.date) -> list[str]:
    name, foreign = MONTHS[date.month - 1], ENGLISH[date.month - 1]
    day, month, year = date.day, date.month, date.year
    return [
        date.isoformat(),
        f"{date.isoformat()} 00:00:00",
        f"{date.isoformat()}T23:59:59.5+09:00",
        f"{year}/{month:02d}/{day:02d}",
        *(f"{day:02d}{mark}{month:02d}{mark}{year}" for mark in "-/."),
        f"{day}/{month}/{year} 08:15",
        f"{day} {name} {year}",
        f"{day}-{name[:3].upper()}-{year}",
        f"{day} {foreign.lower()} {year}",
        f"{foreign} {day}, {year}",
        f"{day} {name[:4]}. {year} pukul 10.30 WIT",
    ]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
@bounded
def test_dates_read_back_however_they_are_written(date):
    for text in spellings(date):
        assert parse_date(text) == date, text


@given(st.integers(1, 12), st.integers(13, 31), st.integers(1990, 2099), st.sampled_from("-/."))
@bounded
def test_a_month_before_the_day_is_refused_with_the_right_order(month, day, year, mark):
    with pytest.raises(ValueError, match=f"write {day}/{month:02d}/{year}$"):
        parse_date(f"{month}{mark}{day}{mark}{year}")


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_is_known_by_any_beginning_of_its_names(number):
    for name in (MONTHS[number - 1], ENGLISH[number - 1]):
        for size in range(3, len(name) + 1):
            assert parse_month(name[:size].upper()) == parse_month(f"{name[:size]}.") == number


@given(st.text(max_size=40))
@bounded
def test_any_text_is_a_date_or_told(text):
    found = value_or_sentence(lambda one: parse_date(one, 2025), text)
    assert isinstance(found, dt.date) or "; " in found


def test_rows_are_where_they_stand_below_whatever_is_above(tmp_path):
    path = tmp_path / "sla.csv"
    path.write_text('sep=;\n\n"Judul\ndua baris"\n' + ";".join(HEADER) + "\n\nIV;Pengujian;1;1;0\n")
    raw = read_csv(SLA, path)
    assert (raw.header_row, raw.rows.tolist(), raw.titles) == (5, [7], ("Judul\ndua baris",))
