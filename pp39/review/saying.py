"""What a typed report says: figures with their subject, measure and period, and their places.

Subjects are learnt from the report's own tables (codes, names, abbreviations in brackets) and,
where a profile is given, from its indicators; nothing here knows one report's wording.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fractions import Fraction
from string import ascii_uppercase

from pp39.findings.printed import Printed
from pp39.mentions import mentions
from pp39.numbers import SCALES
from pp39.periods import MONTHS
from pp39.review.figure import CODE, RO, Figure, figures, printed_in, sentences
from pp39.review.typed import PROSE, Grid, Passage, Place, Typed
from pp39.review.vocabulary import Vocabulary

_SHORT = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_LAW = re.compile(
    r"\b(?:nomor|no\.?|pp|uu|pmk|perpres|permen\w*|inpres|keppres|perda|kepmen\w*)\s*\S+?"
    r"(?:\s+tahun\s+|\s*/\s*)[0-9]{4}",
    re.IGNORECASE,
)
_ROMAN = ("I", "II", "III", "IV")
_BEGIN = 4
"""Words by which a long name is known where no other begins so."""
_LONG, _CLOSE = 20, 0.85
_NEAR = 6
"""Words before a figure among which the word for its measure must stand."""
_BEGINNING, _TITLE = 12, 12
"""Texts at the beginning of a report, and the most words that a title has."""
_FEW = 4
"""Letters a name needs at least to be looked for in prose."""

_EARLIER = re.compile(
    r"\b(?:yang sama|tahun (?:lalu|sebelumnya)|sebelumnya)\b[^.;,0-9]*$"
    r"|\brata-rata(?: sebesar)?\s*$"
)
"""What stands before a figure of another period that it does not name, or a mean."""
_ACTION = re.compile(r"^(?:kegiatan )?rencana aksi\b|\b(?:rencana aksi|kegiatan)\s+$")
"""What tells that not a subject is spoken of, but an activity for it."""
_SINCE = re.compile(r"\bsejak (?:awal tahun|januari)\b")
_UNTIL = re.compile(r"\b(?:s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)(?=\s)")
_LISTED = re.compile(r"\s*;\s*(?:dan\s+)?[0-9]")
"""What follows a figure that is one of a list."""


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
    step: Fraction = Fraction(0)
    """One unit of its last printed digit where it was rounded."""
    noun: str = ""
    """The word behind it in a sentence, where it was counted."""


MARGIN = "selisih"
"""The measure of a figure that tells by how much a target was passed or missed."""
_BEYOND = re.compile(
    r"\b(?:melampaui|melebihi|di (?:atas|bawah)|kurang dari|lebih dari)\s+(?:target|rencana)\b"
    r"(?:\s+\w+)?\s+(?:sebanyak|sebesar|sejumlah)\s*$"
)
_FACTOR = re.compile(r"\b(?:dikali(?:kan)?|dibagi(?:kan)?|berbobot|bobot)\s+$")
_FEWER = re.compile(r"\b(?:kurang|kekurangan|lebih|kelebihan)(?:nya)?\s*$")
_THAN = re.compile(r"\s*(?:[a-z]+\s+){0,2}dari target\b")


def key_of(name: str) -> str:
    """Reduce a name to what makes it the same name: letters and digits, small."""
    bare = re.sub(
        r"\([^)]*\)|^(?:[a-z]{1,4}[ .-]?[0-9]+(?:\.[0-9]+)*[.:)]?\s+)?"
        r"(?:(?:jumlah|persentase|nilai minimal|nilai|indeks|tingkat)\b)?",
        "",
        name.casefold(),
    )
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


_WHEN = re.compile(
    rf"(?:(?:triwulan|tw|semester|tahun|ta|bulan|akhir|ini|kumulatif|[ivx]+|[0-9]+|{'|'.join(MONTHS)})"
    r"(?:\s+|$))*",
    re.IGNORECASE,
)


@dataclass
class Subjects:
    """The subjects of a report: their keys by each name they go by."""

    names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)

    def learn(self, code: str, name: str) -> str:
        """Take in a subject and give its key."""
        bare = key_of(name)
        if not code and _WHEN.fullmatch(bare):
            return ""  # “Nilai triwulan II” is of whatever the table is of
        key = (self.names.get(_code(code)) if code else None) or self.names.get(bare)
        key = key or (_code(code) if code else self._alike(name, bare))
        if not key:
            return ""
        self.titles.setdefault(key, name or code)
        if code:
            self.names.setdefault(_code(code), key)
        if len(bare) > _FEW:
            self.names.setdefault(bare, key)
        alone = [one for one in name.split()[-1:] if one.isupper() and one.casefold() == bare]
        for one in (*_SHORT.findall(name), *alone):
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

    def named(self, code: str) -> bool:
        """Tell whether a code is that of a subject."""
        return _code(code) in self.names

    def called(self, code: str) -> Iterator[str]:
        """Give the names, of several words, of what has a code."""
        key = self.names.get(_code(code), "")
        return (name for name, told in self.names.items() if told == key and " " in name)

    def of(self, text: str) -> list[tuple[int, str]]:
        """Find the subjects a text names, with where each is named, in order."""
        found: dict[str, int] = {}
        for short, key in self.short.items():
            match = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text)
            if match:
                found[key] = min(match.start(), found.get(key, len(text)))
        for one in CODE.finditer(text):
            code = _code(one[0])
            if one[0][-1].islower():  # “IKU 1b” is 1b
                code = code.lstrip(ascii_uppercase)
            coded = self.names.get(code)
            if coded:
                found[coded] = min(one.start(), found.get(coded, len(text)))
        bare = key_of(text)
        for name, key in self.names.items():
            if key not in found and " " in name and name in bare:
                match = re.search(r"\W+".join(map(re.escape, name.split())), text.casefold())
                found[key] = match.start() if match else 0
        return sorted((at, key) for key, at in found.items())


def _code(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).upper()


def learnt(report: Typed, words: Vocabulary) -> Subjects:
    """Learn the subjects from a profile (code, name, short name) and from the report's tables."""
    subjects = Subjects()
    for code, title, short in words.indicators:
        key = subjects.learn(code, title)
        if short:
            subjects.learn(code, short)
            subjects.short.setdefault(short, key)
    for grid in report.grids:
        place, name = naming(grid, words)
        if name is None:
            continue
        for row in grid.rows:
            told = row[place] if place is not None else ""
            if row[name] and CODE.fullmatch(told):
                subjects.learn(told, row[name])
            elif not row[name] or row[name].endswith("."):
                continue  # a sentence names nothing
            elif _SHORT.search(row[name]) or _of_indicators(grid, name):
                subjects.learn("", row[name])
    _shorten(subjects)
    return subjects


def _shorten(subjects: Subjects) -> None:
    """Let long names also be known by how they begin, where no other begins so."""
    for name, key in list(subjects.names.items()):
        words = name.split()
        start = " ".join(words[:_BEGIN])
        others = {k for one, k in subjects.names.items() if one.startswith(start)}
        if len(words) > _BEGIN and len(start) > _LONG and others == {key}:
            subjects.names.setdefault(start, key)


def naming(grid: Grid, words: Vocabulary) -> tuple[int | None, int | None]:
    """Find the column of codes and that of names."""
    heads = list(enumerate(grid.head))
    code = next((n for n, head in heads if words.says("kode", head)), None)
    if code is None:
        code = next((n for n, _ in heads[:2] if _coded(grid, n)), None)
    named = [
        number
        for number, head in enumerate(grid.head)
        if number != code and words.says("nama", head) and _wordy(grid, number)
    ]
    wordy = [n for n in range(len(grid.head)) if n != code and _wordy(grid, n)]
    # A merged head may stand over a list number and, without words, over the name.
    indicator = [
        n if n in wordy else n + 1
        for n, head in enumerate(grid.head)
        if "indikator" in head.casefold()
        and (n in wordy or (n + 1 in wordy and not grid.head[n + 1]))
    ]
    if code is not None:  # what repeats is a state of the coded, and not its name
        wordy = [n for n in wordy if len({row[n] for row in grid.rows}) * 2 > len(grid.rows)]
    return code, next(iter((*indicator, *named, *wordy)), code)


def _coded(grid: Grid, column: int) -> bool:
    """Tell whether most cells of a column are codes of the budget, whatever its head says."""
    told = [row[column] for row in grid.rows if row[column]]
    return sum(bool(RO.fullmatch(one)) for one in told) * 2 > len(told)


def _of_indicators(grid: Grid, name: int) -> bool:
    """Tell whether a table is one of indicators, whose names mean the same everywhere."""
    return bool(re.search(r"indikator|\b(?:iku|ikk|iksk|ikp)\b", grid.head[name].casefold()))


def _wordy(grid: Grid, column: int) -> bool:
    told = [row[column] for row in grid.rows if row[column]]
    return bool(told) and sum(bool(re.search("[A-Za-z]{3}", one)) for one in told) > len(told) / 2


def own_period(report: Typed) -> tuple[int, int]:
    """Find year and quarter of the report itself: those it names first and most; 0 where none."""
    years: Counter[int] = Counter()
    quarters: Counter[int] = Counter()
    for number, (text, _) in enumerate(report.texts()):
        # A title says what the report is; a sentence may speak of the next quarter.
        title = len(text.split()) <= _TITLE and not text.endswith(".")
        weight = (20 if title else 5) if number < _BEGINNING else 1
        told = mentions(without_laws(text))
        for year in told.years:
            years[year] += weight
        for quarter, _year in told.quarters:
            quarters[quarter] += weight
    year = years.most_common(1)[0][0] if years else 0
    quarter = quarters.most_common(1)[0][0] if quarters else 0
    return year, quarter


def without_laws(text: str) -> str:
    """Take the years of laws out of a text, which are no period of it."""
    return _LAW.sub("", text)


def scale_in(unit: str) -> int:
    """Tell in how many rupiah a row counts by its unit: “ribu rupiah”."""
    found = re.fullmatch(r"\(?(ribu|juta|mil[iy]ar)(?: rupiah| rp)?\)?", unit.casefold().strip())
    return SCALES[found[1]] if found else 1


def scale_of(grid: Grid, column: int) -> int:
    """Tell in how many rupiah a column counts: “(juta rupiah)” in its head or the title."""
    for told in (grid.head[column], grid.caption):
        found = re.search(
            r"\((?:dalam|rp|x)?[\s.]*(ribu|juta|miliar|milyar)\w*\b[^)]*\)|\b(?:rp|dalam)\.?\s*(ribu|juta"
            r"|miliar|milyar)",
            told.casefold(),
        )
        if found:
            return SCALES[found[1] or found[2]]
    return 1


def sayings(report: Typed, subjects: Subjects, words: Vocabulary) -> Iterator[Said]:
    """Turn tables and prose into figures with their subjects."""
    for number, grid in enumerate(report.grids):
        yield from _of_grid(grid, subjects, number, words)
    about, level = "", 0
    for one in report.passages:
        if one.kind not in PROSE:
            told = subjects.of(one.text) if one.kind == "judul" else []
            if len(told) == 1:
                about, level = told[0][1], one.level
            elif one.kind == "judul" and one.level <= level:
                about = ""
            continue
        yield from _of_prose(one, subjects, about, words)


def _of_grid(grid: Grid, subjects: Subjects, number: int, words: Vocabulary) -> Iterator[Said]:
    code, name = naming(grid, words)
    if name is None or not any(map(words.measure, grid.head)):
        return
    whole = mentions(grid.caption)
    # Columns “menurut” several documents are there to show how these differ.
    beside = {n for n, head in enumerate(grid.head) if re.search(r"\bmenurut\b", head.casefold())}
    beside = beside if len(beside) > 1 else set()
    # Beside “Realisasi TW II”, “Realisasi s.d. TW II” is another measure.
    heads = [head.casefold() for head in grid.head]
    summed = {
        n
        for n, head in enumerate(heads)
        if _UNTIL.search(head) and " ".join(_UNTIL.sub(" ", head).split()) in heads
    }
    units = [n for n, head in enumerate(grid.head) if words.measure(head) == "satuan"]
    for row_number, row in enumerate(grid.rows):
        label = row[name]
        unit = row[units[0]] if units else label
        percent = bool(re.match(r"persen|%", unit.casefold()))
        if not label or words.says("jumlah", label) or words.says("rata", label):
            continue
        if re.fullmatch(
            r"(?:tw|triwulan|semester|tahun|bulan)?\s*(?:[ivx]+|[0-9]+)", label.casefold()
        ):
            continue  # a time, not a subject
        told = row[code] if code is not None else ""
        subject = subjects.learn(told if CODE.fullmatch(told or "") else "", label)
        if subject == key_of(label) and not _of_indicators(grid, name):
            # A bare label means something only under the title of its table.
            subject = f"{subject} ({key_of(grid.caption)})"
        for column, head in enumerate(grid.head):
            measure = "" if column in beside else words.measure(head) or _own_measure(head)
            if (
                column in (code, name)
                or not row[column]
                or not measure
                or words.says("nomor", head)
            ):
                continue
            printed = printed_in(row[column])
            if printed is None:
                continue
            if column in summed:
                measure = f"{measure} kumulatif"
            period = _period(head, _period_of(whole.years, whole.quarters, ()))
            measure = re.sub(r"^target (?:revisi|akhir|menjadi)$", "target", measure)
            if measure == "target" and not mentions(head).quarters:
                # A target without a quarter is that of the year, or one of the quarter told above.
                yearly = period.quarter == len(_ROMAN) or re.search(
                    r"20[0-9]{2}|\b(?:se)?tahun", head.casefold()
                )
                period = Period(period.year) if yearly else period
            counted = measure.split(" ")[0] in ("target", "realisasi") and printed.value < 10**6
            if percent and counted:
                printed = replace(printed, percent=1)
            scale = max(scale_of(grid, column), scale_in(unit)) if not printed.percent else 1
            yield Said(
                subject,
                measure,
                period,
                replace(printed, value=printed.value * scale),
                row[column],
                grid.at(row_number, column),
                head,
                number,
                step=Fraction(scale, 10**printed.decimals)
                if printed.decimals or scale > 1
                else Fraction(0),
            )


def _own_measure(head: str) -> str:
    """Name what a column measures by its own head, where that is no known word and no time."""
    told = key_of(head)
    when = mentions(head)
    return "" if when.months or when.quarters or not re.search("[a-z]{5,}", told) else told


def _of_prose(
    passage: Passage, subjects: Subjects, about: str, words: Vocabulary
) -> Iterator[Said]:
    for sentence in sentences(passage.text):
        told = [
            (at, "" if _ACTION.search(sentence[:at].casefold()) else key)
            for at, key in subjects.of(sentence)
        ]
        coded = [one.span() for one in CODE.finditer(sentence) if subjects.named(one[0])]
        for figure in figures(sentence):
            at = figure.start
            if any(start < at < end for start, end in coded):
                continue  # “IKU 3” counts nothing
            lead = sentence[:at].casefold()
            if _FACTOR.search(lead):
                continue  # “dikalikan 25” is a step of a formula
            if _LISTED.match(sentence[figure.end :]) or _EARLIER.search(lead):
                continue
            before = [key for start, key in told if start <= at]
            other = told or _ACTION.search(sentence.casefold())
            subject = before[-1] if before else ("" if other else about)
            clause = re.split(
                r"[,;:]|\b(?:dari|dengan|dan|sedangkan|karena|sehingga|akibat|terdapat|namun|tetapi)\b",
                lead,
            )[-1]
            if subject:
                name = subjects.title(subject).casefold()
                clause = clause.replace(name, "nilai" if name.startswith("nilai") else " ")
            clause = " ".join(clause.split()[-_NEAR:])
            measure = "" if clause.endswith("(") else measure_of(clause, words)
            if _FEWER.search(clause) and _THAN.match(sentence[figure.end :]):
                measure = MARGIN
            if not subject or not measure or "target antara" in clause:
                continue
            if measure == "realisasi" and is_summed(sentence, figure):
                measure = "realisasi kumulatif"
            yield Said(
                subject,
                measure,
                _period(clause if measure == "target" else sentence[:at][-60:], Period()),
                replace(figure.printed, value=figure.value),
                figure.text,
                passage.place,
                sentence,
                step=figure.step,
                noun=figure.noun if figure.kind == "angka" and not figure.step else "",
            )


def is_summed(sentence: str, figure: Figure) -> bool:
    """Tell by the words around a figure that it adds up what was done since the year began."""
    before = sentence[: figure.start].casefold().rpartition(";")[2]
    behind = sentence[figure.end :].casefold().lstrip()
    return bool(_SINCE.search(before) or _SINCE.match(behind))


def measure_of(clause: str, words: Vocabulary) -> str:
    """Tell what the last figure of a clause measures; empty where it does not say."""
    if _BEYOND.search(clause):
        return MARGIN
    found = sorted((end, name) for end, _, name in words.measures(clause) if name != "satuan")
    strong = [one for one in found if one[1] != "realisasi"]
    if not found:
        return ""
    end, name = (strong or found)[-1]
    kind = words.find("ragam", clause[end:].partition(" ")[2].partition(" ")[0])
    return f"{name} {kind[0]}" if kind else name


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
