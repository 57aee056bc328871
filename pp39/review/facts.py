"""The same fact at several places: figures and units of measure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pp39.findings.printed import read_printed
from pp39.review.hit import Hit, Look, Rule
from pp39.review.saying import Period, Said

__all__ = ["RULES", "status_of"]

_YEARLY = ("target", "pagu")


def _agree(a: Said, b: Said) -> bool:
    apart = abs(a.printed.value - b.printed.value)
    return apart == 0 or apart < max(a.step, b.step)


def twice(look: Look) -> Iterator[Hit]:
    """One subject, one measure, one period, several values."""
    for (subject, measure), said in look.facts.items():
        if measure == "persen":
            continue  # of what, nobody says
        for group in (same for one in _by_period(said) for same in _by_kind(one)):
            values: list[Said] = []
            for one in group:
                if not any(_agree(one, other) for other in values):
                    values.append(one)
            # Rows of one table that go by one name are rows, not contradictions.
            tables = {one.table for one in group}
            if len(values) < 2 or (len(tables) == 1 and -1 not in tables):
                continue
            told = "; ".join(dict.fromkeys(one.text.strip() for one in values[1:]))
            name = look.subjects.title(subject)
            time = f" ({group[0].period})" if str(group[0].period) else ""
            yield (
                f"{subject}/{measure}",
                values[0].text.strip(),
                told,
                f"{measure.capitalize()} “{name}”{time} tertulis {values[0].text.strip()} di satu"
                f" tempat dan {told} di tempat lain.",
                [one.place for one in group],
            )


def _by_period(said: Sequence[Said]) -> Iterator[list[Said]]:
    groups: dict[Period, list[Said]] = defaultdict(list)
    for one in said:
        period = (
            Period(one.period.year)
            if one.measure in _YEARLY and not one.period.quarter
            else one.period
        )
        groups[period].append(one)
    bare = groups.pop(Period(), [])
    if not groups:
        yield bare
    years = {one.year for one in groups if one.year}
    for period, group in groups.items():
        lone = not period.quarter and not period.month and len(years) == 1
        yield [*bare, *group] if lone else group


def _by_kind(group: Sequence[Said]) -> Iterator[list[Said]]:
    """Part percentages, amounts of money and other numbers."""
    kinds: dict[str, list[Said]] = defaultdict(list)
    for one in group:
        kinds[_kind(one)].append(one)
    yield from kinds.values()


def _kind(one: Said) -> str:
    if one.printed.percent or one.measure.endswith("persen") or one.measure == "capaian":
        return "persen"
    return "uang" if one.text.casefold().startswith("rp") or one.printed.value >= 10**6 else "angka"


def _same_kind(values: Sequence[Said]) -> bool:
    """Percent against percent, money against money: anything else is another measure."""
    return len({_kind(one) for one in values}) == 1


def status_of(look: Look, subject: str) -> tuple[bool, str] | None:
    """Tell whether a subject reached its target, by figures on which the report agrees."""
    known = look.facts
    made = known.get((subject, "capaian"), [])
    values = {one.printed.value for one in made}
    if values and (min(values) >= 100 or max(values) < 100):
        one = made[0]
        return one.printed.value >= 100, f"capaiannya tertulis {one.text.strip()}"
    goals, reals = known.get((subject, "target"), []), known.get((subject, "realisasi"), [])
    if (
        len({one.printed.value for one in goals}) == 1
        and len({one.printed.value for one in reals}) == 1
    ):
        goal, real = goals[0], reals[0]
        if _same_kind([goal, real]):
            over = real.printed.value >= goal.printed.value
            return over, f"realisasinya {real.text.strip()} dari target {goal.text.strip()}"
    return None


def units(look: Look) -> Iterator[Hit]:
    """Compare the unit of measure of one subject over the tables."""
    told: dict[str, list[tuple[str, object]]] = defaultdict(list)
    for grid in look.report.grids:
        code, name = look.naming(grid)
        column = next(
            (n for n, head in enumerate(grid.head) if look.words.measure(head) == "satuan"), None
        )
        if name is None or column is None:
            continue
        for number, row in enumerate(grid.rows):
            if row[name] and row[column] and not read_printed(row[column]):
                subject = look.subjects.learn(row[code] if code is not None else "", row[name])
                told[subject].append((row[column], grid.at(number, column)))
    for subject, group in told.items():
        kinds = {re.sub(r"[^a-z]+", " ", word.casefold()).strip(): word for word, _ in group}
        if len(kinds) > 1:
            first, *others = kinds.values()
            yield (
                f"{subject}/satuan",
                first,
                "; ".join(others),
                f"Satuan “{look.subjects.title(subject)}” tertulis {first} di satu tempat dan"
                f" {'; '.join(others)} di tempat lain.",
                [place for _, place in group],  # type: ignore[misc]
            )


RULES = (
    Rule("nilai-ganda", "material", "angka yang sama di beberapa tempat", twice),
    Rule("satuan-ganda", "minor", "satuan suatu indikator di beberapa tabel", units),
)
