"""What a clause speaks of in the tables: a row by its name, and its figures by their time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from pp39.mentions import mentions
from pp39.periods import MONTHS
from pp39.review.figure import figures
from pp39.review.hit import Look, label_of
from pp39.review.saying import Period, scale_of
from pp39.review.typed import Grid, Place, turned

_TIME = re.compile(
    r"\b(?:triwulan|tw|semester|tahun(?: anggaran)?|ta|bulan)\b\.?\s*[ivx0-9]*"
    r"|\b(?:19|20)[0-9]{2}\b|[()%]|\b(?:rp|rupiah|ribu|juta|miliar|orang)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^(?:tabel|gambar|grafik|lampiran)\s+[0-9ivx.-]+[.:]?\s*|\b(?:dan target|target dan)\b"
    r"|\b(?:per|menurut|berdasarkan|tahun|triwulan|tw|bulan|semester|januari)\b.*",
    re.IGNORECASE,
)
MONTH = (
    rf"\b(?:{'|'.join(one.casefold() for one in MONTHS)}|nopember|pebruari"
    r"|jan|feb|mar|apr|jun|jul|agu|agust|agt|ags|sep|sept|okt|nov|nop|des)\b"
)
"""A month in small letters, in full or short."""
_MONTHS = re.compile(MONTH)
PLAN = re.compile("target|rencana", re.IGNORECASE)
"""What the head of a column of plans says."""
_VERB = re.compile(
    r"\b(?:sebesar|sebanyak|adalah|mencapai|berjumlah|senilai|yaitu|yakni|tercatat)\b"
)
_WORD = re.compile(r"[a-z0-9]{2,}")


_TELLING = 4
"""More than which letters a word has that names a thing by itself."""


class At(NamedTuple):
    """A figure of a line: its time, what it says, how it is printed, and where it stands."""

    time: Period
    value: Fraction
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one thing over several times, in their order."""

    words: frozenset[str]
    """The words by which the thing is known."""
    title: str
    times: tuple[At, ...]

    def at(self, time: Period) -> int | None:
        """Find the place of a time; what it leaves open may be anything, if only one fits."""
        fits = [n for n, one in enumerate(self.times) if _within(time, one.time)]
        return fits[0] if len(fits) == 1 else None


def _within(asked: Period, told: Period) -> bool:
    return all(
        not a or a == b or (not b and part == "year")
        for part, a, b in (
            ("year", asked.year, told.year),
            ("quarter", asked.quarter, told.quarter),
            ("month", asked.month, told.month),
        )
    ) and bool(asked.quarter or asked.month or not (told.quarter or told.month) or told.year)


def time_of(head: str) -> Period:
    """Read the time in a head or the name of a row; nothing where it tells none or several.

    Examples
    --------
    >>> str(time_of("Realisasi TW III 2024")), str(time_of("Agt")), str(time_of("Uraian"))
    ('TW III 2024', 'Agustus', '')
    """
    told = mentions(head)
    months = {month_of(one[0]) for one in _MONTHS.finditer(head.casefold())}
    if max(map(len, (set(told.years), told.quarters, months))) > 1:
        return Period()
    return Period(
        told.years[0] if told.years else 0,
        told.quarters[0][0] if told.quarters else 0,
        months.pop() if months else 0,
    )


def month_of(name: str) -> int:
    """Tell the number of a month by its name."""
    short = {"agt": "agu", "ags": "agu", "nop": "nov", "peb": "feb"}.get(name[:3], name[:3])
    return next(n for n, one in enumerate(MONTHS, 1) if one.casefold().startswith(short))


def has_month(text: str) -> bool:
    """Tell whether a text names a month, in full or short."""
    return bool(_MONTHS.search(text.casefold()))


def known_by(name: str, look: Look) -> frozenset[str]:
    """Give the words of a name that tell it from others."""
    plain = re.sub(r"\([^)]*\)", " ", name.casefold())
    return frozenset(
        one for one in _WORD.findall(plain) if not look.words.says("umum", one) and len(one) > 2
    )


def lines(look: Look) -> Iterator[Line]:
    """Give the rows, or the columns, of tables whose figures are of several times."""
    for grid in look.report.grids:
        down = sum(any(_parts(time_of(label_of(row) or row[0]))) for row in grid.rows)
        yield from _lines(look, turned(grid) if down * 2 > len(grid.rows) > 1 else grid)


def _parts(time: Period) -> tuple[int, int, int]:
    return time.year, time.quarter, time.month


def _lines(look: Look, grid: Grid) -> Iterator[Line]:
    groups: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    times = [time_of(head) for head in grid.head]
    for column, head in enumerate(grid.head):
        measure = look.words.measure(head).split(" ")[0]
        plan = measure in ("target", "pagu", "sisa") or PLAN.search(head)
        if any(_parts(times[column])) and not plan:
            rest = " ".join(_WORD.findall(_TIME.sub(" ", head.casefold())))
            rest = _MONTHS.sub("", rest)
            groups[rest, bool(times[column].quarter), bool(times[column].month)].append(column)
    now = [
        n
        for n, head in enumerate(grid.head)
        if not any(_parts(times[n]))
        if look.words.says("jumlah", head) or look.words.measure(head) == "realisasi"
    ]
    for columns in groups.values():
        if len(columns) == len(now) == 1 and 0 < times[columns[0]].year < look.period[0]:
            # Beside one column of an earlier year, the sum of its rows is of the report's own time.
            times[now[0]] = replace(times[columns[0]], year=look.period[0])
            columns.extend(now)
    topic = known_by(_CAPTION.sub("", grid.caption), look)
    _, name = look.naming(grid)
    for columns in groups.values():
        if len(columns) < 2 or name is None:
            continue
        for number, row in enumerate(grid.rows):
            label = row[name] or label_of(row)
            words = topic if look.is_total(row) else known_by(label, look)
            told = [
                At(times[n], cell.value * scale_of(grid, n), row[n], grid.at(number, n))
                for n in columns
                if (cell := look.numbers(grid)[number][n]) is not None
            ]
            if words and len(told) == len(columns):
                ordered = sorted(told, key=lambda one: _parts(one.time))
                yield Line(words, label, tuple(ordered))


def told_lines(look: Look) -> Iterator[Line]:
    """Give what a sentence tells of several times: “A 2024 sebesar 3 dan tahun 2025 sebesar 4”."""
    for passage, sentence in look.sentences:
        told, end, name = list[At](), 0, ""
        for one in figures(sentence):
            time = time_of(sentence[end : one.start])
            if any(_parts(time)):
                told.append(At(time, one.value, one.text, passage.place))
                name = sentence[: one.start] if len(told) == 1 else name
            end = one.end
        kinds = {one.kind for one in figures(sentence)}
        if len(told) > 1 and len(kinds) == 1 and len({one.time for one in told}) == len(told):
            words = known_by(
                _MONTHS.sub(" ", _TIME.sub(" ", _VERB.sub(" ", name.casefold()))), look
            )
            if any(len(word) > _TELLING for word in words):
                yield Line(
                    words,
                    " ".join(sorted(words)),
                    tuple(sorted(told, key=lambda one: _parts(one.time))),
                )


def meant(every: Sequence[Line], clause: str) -> list[Line]:
    """Find the lines whose name a clause tells whole; of several names the longest."""
    said = set(_WORD.findall(clause.casefold()))
    said |= {one.removesuffix("nya") for one in said}
    fits = [one for one in every if one.words <= said]
    best = max((len(one.words) for one in fits), default=0)
    fits = [one for one in fits if len(one.words) == best]
    return fits if len({one.words for one in fits}) == 1 else []
