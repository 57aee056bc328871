"""What a typed report says: figures with their subject, measure and period, and their places.

Subjects are learnt from the report's own tables (codes, names, abbreviations in brackets) and,
where a profile is given, from its indicators; nothing here knows one report's wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pp39.findings.printed import Printed, read_printed
from pp39.findings.statement import mentions
from pp39.periods import MONTHS
from pp39.review.typed import Grid, Passage, Place, Typed

__all__ = [
    "Period",
    "Said",
    "Subjects",
    "column_measure",
    "figures",
    "is_word",
    "key_of",
    "learnt",
    "naming",
    "printed_in",
    "sayings",
    "sentences",
]

_AMOUNT = re.compile(
    r"(?<![\w./,-])(?P<money>rp\.?\s*)?(?P<number>[0-9][0-9.,]*[0-9]|[0-9])(?P<tail>,-)?"
    r"(?P<percent>\s?%+|\s+persen\b)?(?![\w/-])",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_CODE = re.compile(
    r"[A-Z]{1,4}\s?[0-9]+(?:\.[0-9]+)*|[0-9]{4}(?:\.[A-Z]{3}(?:\.[0-9]{3})?)?|[A-Z]{3}\.[0-9]{3}"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z(])")
_ROMAN = ("I", "II", "III", "IV")
_LONG, _CLOSE = 20, 0.85
_NEAR = 6
"""Words before a figure among which the word for its measure must stand."""
_FEW = 4
"""Letters a name needs at least to be looked for in prose."""


@cache
def _words() -> Mapping[str, Any]:
    text = files("pp39.review").joinpath("words.yaml").read_text("utf-8")
    told = yaml.safe_load(text)
    made = {name: re.compile(one) for name, one in told.items() if isinstance(one, str)}
    return {**made, "ukuran": {name: re.compile(one) for name, one in told["ukuran"].items()}}


def is_word(kind: str, text: str) -> bool:
    """Tell whether a text is of a kind that ``words.yaml`` names."""
    return bool(_words()[kind].search(text.casefold()))


def column_measure(head: str) -> str:
    """Tell what a column holds by its head; empty where it does not say."""
    told = re.split(r"\b(?:menurut|berdasarkan|sesuai)\b", head.casefold())[0]
    found = [
        ((match.end(), match.end() - match.start()), name)
        for name, pattern in _words()["ukuran"].items()
        if (match := pattern.search(told))
    ]
    share = "%" in told or "persen" in told
    if not found:
        return "persen" if share else ""
    kinds = sorted(set(_words()["ragam"].findall(told)))
    measure = max(found)[1]
    if share and measure not in ("capaian", "serapan"):
        kinds.append("persen")
    return " ".join((measure, *kinds))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The time a figure is of; zeros where the report does not say."""

    year: int = 0
    quarter: int = 0
    month: int = 0

    def __str__(self) -> str:
        told = MONTHS[self.month - 1] if self.month else ""
        told = told or (f"TW {_ROMAN[self.quarter - 1]}" if self.quarter else "")
        return " ".join(filter(None, (told, str(self.year or ""))))


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of a typed report."""

    subject: str
    measure: str
    period: Period
    printed: Printed
    text: str
    place: Place
    context: str = ""
    table: int = -1
    """Number of the table it stands in; -1 for prose."""


def sentences(text: str) -> list[str]:
    """Split a passage into sentences."""
    return [one.strip() for one in _SENTENCE.split(text) if one.strip()]


def figures(text: str) -> Iterator[tuple[int, str, Printed]]:
    """Find the figures of a text: where each begins, how it is written, what it says.

    Numbers of laws, letters and tables, dates and years are none.

    Examples
    --------
    >>> [(word, str(one.value)) for _, word, one in figures("capaian 92,65% dari 80 pada 2025")]
    [('92,65%', '1853/20'), ('80', '80')]
    """
    for one in _AMOUNT.finditer(text):
        before = text[: one.start()].casefold()
        if re.search(
            r"(?:nomor|no\.?|tahun|ta|tabel|gambar|bab|pasal|ayat|tw|triwulan|dipa|satker|lampiran|halaman|tanggal|kode)\s*$",
            before,
        ):
            continue
        bare = one["number"]
        plain = not one["money"] and not one["percent"]
        if plain and re.fullmatch(r"(?:19|20)[0-9]{2}", bare):
            continue
        if plain and re.match(rf"\s+(?:{'|'.join(MONTHS)})\b", text[one.end() :], re.IGNORECASE):
            continue
        if plain and _CODE.fullmatch(bare) and not one["tail"]:
            continue
        if plain and re.match(r"[.)]\s", text[one.end("number") :]) and not before.strip():
            continue
        percent = "%" * (one["percent"] or "").count("%") or ("%" if one["percent"] else "")
        printed = read_printed(f"{one['money'] or ''}{bare}{percent}")
        if printed is not None:
            yield one.start(), one[0], printed


def printed_in(cell: str) -> Printed | None:
    """Read a cell that is a number, without the mark of a note behind it."""
    return read_printed(re.sub(r"\s*[*†¹²³]+\)?$", "", cell)) if cell else None


def key_of(name: str) -> str:
    """Reduce a name to what makes it the same name: letters and digits, small."""
    bare = re.sub(
        r"\([^)]*\)|^(?:jumlah|persentase|nilai minimal|nilai|indeks|tingkat)\b",
        "",
        name.casefold(),
    )
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


@dataclass
class Subjects:
    """The subjects of a report: their keys by each name they go by."""

    names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)

    def learn(self, code: str, name: str) -> str:
        """Take in a subject and give its key."""
        bare = key_of(name)
        key = (self.names.get(_code(code)) if code else None) or self.names.get(bare)
        key = key or (_code(code) if code else self._alike(name, bare))
        if not key:
            return ""
        self.titles.setdefault(key, name or code)
        if code:
            self.names.setdefault(_code(code), key)
        if len(bare) > _FEW:
            self.names.setdefault(bare, key)
        for one in _SHORT.findall(name):
            self.short.setdefault(one, key)
        return key

    def _alike(self, name: str, bare: str) -> str:
        """Find the subject that a name without a code means."""
        for one in _SHORT.findall(name):
            if one in self.short:
                return self.short[one]
        if len(bare) > _LONG:
            for near in get_close_matches(bare, self.names, 1, _CLOSE):
                return self.names[near]
        return bare

    def title(self, key: str) -> str:
        """Name a subject as the report does."""
        return self.titles.get(key, key)

    def of(self, text: str) -> list[tuple[int, str]]:
        """Find the subjects a text names, with where each is named, in order."""
        found: dict[str, int] = {}
        for short, key in self.short.items():
            match = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text)
            if match:
                found[key] = min(match.start(), found.get(key, len(text)))
        for one in _CODE.finditer(text):
            coded = self.names.get(_code(one[0]))
            if coded:
                found[coded] = min(one.start(), found.get(coded, len(text)))
        bare = key_of(text)
        for name, key in self.names.items():
            if key not in found and " " in name and name in bare:
                match = re.search(r"\W+".join(map(re.escape, name.split())), text.casefold())
                found[key] = match.start() if match else 0
        return sorted((at, key) for key, at in found.items())


def _code(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def learnt(report: Typed, known: Iterable[tuple[str, str, str]] = ()) -> Subjects:
    """Learn the subjects from a profile (code, name, short name) and from the report's tables."""
    subjects = Subjects()
    for code, title, short in known:
        key = subjects.learn(code, title)
        if short:
            subjects.learn(code, short)
            subjects.short.setdefault(short, key)
    for grid in report.grids:
        place, name = naming(grid)
        if name is None:
            continue
        for row in grid.rows:
            told = row[place] if place is not None else ""
            if row[name] and _CODE.fullmatch(told):
                subjects.learn(told, row[name])
            elif row[name] and _SHORT.search(row[name]):
                subjects.learn("", row[name])
    return subjects


def naming(grid: Grid) -> tuple[int | None, int | None]:
    """Find the column of codes and that of names."""
    code = next((n for n, head in enumerate(grid.head) if is_word("kode", head)), None)
    named = [
        number
        for number, head in enumerate(grid.head)
        if number != code and is_word("nama", head) and _wordy(grid, number)
    ]
    wordy = [n for n in range(len(grid.head)) if n != code and _wordy(grid, n)]
    # A merged head may stand over a list number and, without words, over the name.
    indicator = [
        n if n in wordy else n + 1
        for n, head in enumerate(grid.head)
        if "indikator" in head.casefold()
        and (n in wordy or (n + 1 in wordy and not grid.head[n + 1]))
    ]
    return code, next(iter((*indicator, *named, *wordy)), None)


def _wordy(grid: Grid, column: int) -> bool:
    told = [row[column] for row in grid.rows if row[column]]
    return bool(told) and sum(bool(re.search("[A-Za-z]{3}", one)) for one in told) > len(told) / 2


def sayings(report: Typed, subjects: Subjects) -> Iterator[Said]:
    """Turn tables and prose into figures with their subjects."""
    for number, grid in enumerate(report.grids):
        yield from _of_grid(grid, subjects, number)
    about = ""
    for one in report.passages:
        if one.kind in ("judul", "keterangan"):
            told = subjects.of(one.text)
            about = told[0][1] if len(told) == 1 and one.kind == "judul" else about
            continue
        yield from _of_prose(one, subjects, about)


def _of_grid(grid: Grid, subjects: Subjects, number: int) -> Iterator[Said]:
    code, name = naming(grid)
    if name is None:
        return
    whole = mentions(grid.caption)
    for row_number, row in enumerate(grid.rows):
        label = row[name]
        if not label or is_word("jumlah", label) or is_word("rata", label):
            continue
        told = row[code] if code is not None else ""
        subject = subjects.learn(told if _CODE.fullmatch(told or "") else "", label)
        if subject == key_of(label):
            # A bare label means something only under the title of its table.
            subject = f"{subject} ({key_of(grid.caption)})"
        for column, head in enumerate(grid.head):
            measure = column_measure(head)
            if column in (code, name) or not row[column] or not measure or is_word("nomor", head):
                continue
            printed = printed_in(row[column])
            if printed is None:
                continue
            period = _period(head, _period_of(whole.years, whole.quarters, ()))
            yield Said(
                subject,
                measure,
                period,
                printed,
                row[column],
                grid.at(row_number, column),
                head,
                number,
            )


def _of_prose(passage: Passage, subjects: Subjects, about: str) -> Iterator[Said]:
    for sentence in sentences(passage.text):
        told = subjects.of(sentence)
        for at, word, printed in figures(sentence):
            before = [key for start, key in told if start <= at]
            subject = before[-1] if before else (about if not told else "")
            clause = re.split(r"[,;:]|\b(?:dari|dengan|dan|sedangkan)\b", sentence[:at].casefold())[
                -1
            ]
            clause = " ".join(clause.split()[-_NEAR:])
            measure = "" if clause.endswith("(") else _measure(clause)
            if not subject or not measure:
                continue
            yield Said(
                subject,
                measure,
                _period(sentence[:at][-60:], Period()),
                printed,
                word,
                passage.place,
                sentence,
            )


def _measure(clause: str) -> str:
    found = [
        (match.end(), name)
        for name, pattern in _words()["ukuran"].items()
        for match in pattern.finditer(clause)
        if name != "satuan"
    ]
    if not found:
        return ""
    strong = [name for _, name in sorted(found) if name != "realisasi"]
    return str(strong[-1] if strong else "realisasi")


def _period(text: str, otherwise: Period) -> Period:
    told = mentions(text)
    made = _period_of(told.years, told.quarters, told.months)
    return Period(
        made.year or otherwise.year,
        made.quarter or otherwise.quarter,
        made.month or otherwise.month,
    )


def _period_of(
    years: Sequence[int], quarters: Sequence[tuple[int, int | None]], months: Sequence[int]
) -> Period:
    return Period(
        years[-1] if years else 0,
        quarters[-1][0] if len(quarters) == 1 else 0,
        months[-1] if len(months) == 1 else 0,
    )
