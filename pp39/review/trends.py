"""Words of change against the tables: rising or falling, since when, always, by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from pp39.findings.printed import digits
from pp39.mentions import mentions
from pp39.review.figure import Figure, figures, printed_in
from pp39.review.hit import Hit, Look, Rule, label_of
from pp39.review.lines import At, Line, known_by, lines, meant, told_lines
from pp39.review.saying import Period
from pp39.review.typed import Grid, Passage, turned

_SIDES = re.compile(
    r";|\b(?:sedangkan|sementara|namun|tetapi|karena|akibat|disebabkan|sehingga|seiring|didukung)\b"
    r"|\bdan(?= [0-9][0-9.,]*(?: \w+)? (?:sejak|dari|dibanding))"
)
_BASIS = re.compile(r"\b(?:dibanding\w*|daripada|dari|terhadap|banding)\b")
_LAST_YEAR = re.compile(r"\btahun (?:lalu|sebelumnya|yang lalu)|\byang sama\b|\bperiode sebelumnya")
_BEFORE = re.compile(r"\b(?:triwulan|bulan|semester) (?:lalu|sebelumnya|yang lalu)\b")
_SPAN = re.compile(r"\bcenderung\b|\b(?:dua|tiga|empat|lima|[2-5]) (?:tahun|triwulan|bulan) ter")
"""How a change over all the times of a table is told."""
_OTHER = re.compile(r"^\s*(?:dari(?:pada)? )?(?:jumlah|banyaknya|target|rencana|pagu|kapasitas)\b")
_BY = re.compile(r"^\s*(?:sebesar |sebanyak |sekitar )?$")


def trends(look: Look) -> Iterator[Hit]:
    """“Nilai B turun dibandingkan tahun lalu” against the figures of B in the tables."""
    # A line that is itself one of changes has their words for its name.
    every = [one for one in (*lines(look), *told_lines(look)) if not _is_named(look, one)]
    last: Passage | None = None
    before = earlier = ""
    for passage, sentence in look.sentences if every else ():
        before = f"{before} {earlier}" if passage is last else ""
        last, earlier = passage, sentence
        about = ""
        for clause in _SIDES.split(sentence):
            up = look.words.find("naik", clause) or look.words.find("lebih", clause)
            down = look.words.find("turun", clause) or look.words.find("kurang", clause)
            word = up or down
            again = word and look.words.find("naik" if up else "turun", clause[word.end() :])
            if word is None or (up and down) or again or look.words.says("niat", clause):
                about = about or clause
                continue
            if _OTHER.search(clause[word.end() :]):
                continue  # than another thing, and not than before
            # What a clause leaves out stands before it in its sentence, or in those before.
            short = len(known_by(clause[: word.start()], look)) < 2
            leads = [clause, f"{about} {clause}", f"{before} {about} {clause}" * short]
            found = next(filter(None, (meant(every, one) for one in leads)), [])
            pairs = [
                (line, pair) for line in found if (pair := _pairs(look, line, clause, word.start()))
            ]
            yield from _against(passage, clause, word, up is not None, pairs)


def _is_named(look: Look, line: Line) -> bool:
    """Tell a line that is itself one of changes."""
    return look.words.says("naik", line.title) or look.words.says("turun", line.title)


def _pairs(look: Look, line: Line, clause: str, at: int) -> list[tuple[At, At]]:
    """Give the pairs of times that a clause compares, the earlier first."""
    small, times = clause.casefold(), line.times
    if look.words.says("selalu", small) or _SPAN.search(small):
        every = list(pairwise(times))
        return every if look.words.says("selalu", small) else [(times[0], times[-1])]
    told = mentions(clause)
    asked = [Period(year or 0, quarter) for quarter, year in told.quarters]
    within = {year for _, year in told.quarters}
    asked += [Period(0, 0, month) for month in told.months]
    asked += [Period(year) for year in told.years if year not in within]
    places = sorted({n for one in asked if (n := line.at(one)) is not None})
    own = line.at(Period(*look.period))
    own = own if own is not None else line.at(Period(look.period[0]))
    own = len(times) - 1 if own is None else own
    basis = [one for one in _BASIS.finditer(small) if one.start() >= at or one[0] != "dari"]
    behind = mentions(clause[basis[-1].end() :]) if basis else mentions("")
    if len(places) > 1:
        return [(times[places[0]], times[places[-1]])]
    if _LAST_YEAR.search(small):
        here = times[places[0] if places and not behind.years else own]
        then = line.at(replace(here.time, year=here.time.year - 1)) if here.time.year else None
        return [(times[then], here)] if then is not None else []
    if places and places[0] < own and (behind.years or behind.quarters or behind.months):
        return [(times[places[0]], times[own])]
    if _BEFORE.search(small) or (not asked and len(times) == 2):
        now = places[0] if places else own
        return [(times[now - 1], times[now])] if now else []
    return []


def _against(
    passage: Passage,
    clause: str,
    word: re.Match[str],
    up: bool,
    pairs: Sequence[tuple[Line, Sequence[tuple[At, At]]]],
) -> Iterator[Hit]:
    wrong = [
        (line, next((a, b) for a, b in told if (b.value > a.value) != up and a.value != b.value))
        for line, told in pairs
        if any((b.value > a.value) != up and a.value != b.value for a, b in told)
    ]
    if wrong and len(wrong) == len(pairs):
        line, (a, b) = wrong[0]
        yield _hit(passage, word[0], line, (a, b), "turun" if up else "naik")
        return
    after = (one for one in figures(clause) if one.start >= word.end())
    by = next((one for one in after if _BY.match(clause[word.end() : one.start])), None)
    # A table of a plan may have shares of its own for the same name: amounts only.
    if by is None or by.kind in ("poin", "persen") or any(len(told) > 1 for _, told in pairs):
        return
    made = [(line, a, b) for line, ((a, b),) in pairs if a.value]
    if made and not any(_explains(by, a, b) for _, a, b in made):
        line, a, b = made[0]
        apart = abs(b.value - a.value)
        shown = digits(apart, by.printed)
        yield _hit(passage, f"{word[0]} {by.text}", line, (a, b), shown)


def _explains(by: Figure, a: At, b: At) -> bool:
    return by.near(abs(b.value - a.value), Fraction(1, 10) if by.step else Fraction(1))


def _hit(passage: Passage, said: str, line: Line, pair: tuple[At, At], right: str) -> Hit:
    a, b = pair
    return Hit(
        said,
        right,
        f"“{line.title}” disebut {said}, sedangkan {a.text} ({a.time}) dan {b.text} ({b.time})"
        f" menunjukkan {right}.",
        [passage.place, a.place, b.place],
        f"{line.title}/{said}",
    )


_THAN = re.compile(
    r"(?P<a>[^,;:]+?) (?P<said>lebih (?:(?P<more>tinggi|besar|banyak)|rendah|kecil|sedikit))"
    r" (?:dari|dibanding\w*)(?:pada)?(?: dengan)? (?P<b>[^,;:]+)",
    re.IGNORECASE,
)


def rather(look: Look) -> Iterator[Hit]:
    """“Penumpang naik lebih banyak daripada penumpang turun” against the totals of both."""
    for passage, sentence in look.sentences:
        found = _THAN.search(sentence)
        if found is None or next(figures(sentence), None):
            continue
        sides = [known_by(found[one], look) for one in "ab"]
        for grid in look.report.grids:
            if not known_by(grid.caption, look) & (sides[0] | sides[1]):
                continue
            a, b = (_total_of(look, grid, one, other) for one, other in (sides, sides[::-1]))
            if a and b and a.value != b.value and (a.value > b.value) != bool(found["more"]):
                yield Hit(
                    found["said"],
                    f"{a.text} dan {b.text}",
                    f"Disebut “{found[0].strip()[:90]}”, sedangkan angkanya {a.text} dan {b.text}.",
                    [passage.place, a.place, b.place],
                )


def _total_of(look: Look, grid: Grid, words: frozenset[str], others: frozenset[str]) -> At | None:
    """Find the total of the one row, or else column, that some words name and others do not."""
    for one in (grid, turned(grid)):
        rows = [
            row
            for row in enumerate(one.rows)
            if (name := known_by(label_of(row[1]), look)) and name <= words and not name <= others
        ]
        sums = [n for n, head in enumerate(one.head) if look.words.says("jumlah", head)]
        last = len(one.head) - 1
        whole = sums or ([last] if last == 1 or mentions(one.head[last]).quarters else [])
        cell = printed_in(rows[0][1][whole[0]]) if len(rows) == len(whole) == 1 else None
        if cell:
            (number, row), column = rows[0], whole[0]
            return At(Period(), cell.value, row[column], one.at(number, column))
    return None


RULES = (
    Rule("perubahan", "material", "perubahan yang disebut dengan tabelnya", trends),
    Rule("perbandingan", "material", "perbandingan dalam kata dengan kedua jumlahnya", rather),
)
