"""The same fact at several places, and claims against the figures beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pp39.findings.printed import Printed, agreement, digits, read_printed
from pp39.review.hit import Hit, Look, Rule
from pp39.review.saying import (
    Period,
    Said,
    column_measure,
    figures,
    is_word,
    naming,
)
from pp39.review.tables import fits
from pp39.review.typed import Passage

__all__ = ["RULES"]

_YEARLY = ("target", "pagu")


def _agree(a: Printed, b: Printed) -> bool:
    fine, rough = (a, b) if a.decimals >= b.decimals else (b, a)
    return agreement(rough, fine.value) in ("sama", "pembulatan")


def twice(look: Look) -> Iterator[Hit]:
    """One subject, one measure, one period, several values."""
    for (subject, measure), said in look.facts.items():
        if measure == "persen":
            continue  # of what, nobody says
        for group in (same for one in _by_period(said) for same in _by_kind(one)):
            values: list[Said] = []
            for one in group:
                if not any(_agree(one.printed, other.printed) for other in values):
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
    return "uang" if _is_money(one.text, one.printed) else "angka"


def _same_kind(values: Sequence[Said]) -> bool:
    """Percent against percent, money against money: anything else is another measure."""
    return len({_kind(one) for one in values}) == 1


def achievements(look: Look) -> Iterator[Hit]:
    """Hold an achievement in prose against target and realisation of the same passage."""
    by_passage: dict[str, list[Said]] = defaultdict(list)
    for one in look.said:
        if one.table < 0:
            by_passage[f"{one.place.page}/{one.place.line}/{one.subject}"].append(one)
    for group in by_passage.values():
        goal = _only(group, "target")
        real = _only(group, "realisasi")
        made = _only(group, "capaian")
        if goal is None or real is None or made is None or not goal.printed.value:
            continue
        exact = real.printed.value / goal.printed.value * 100
        if made.printed.percent and not fits(made.printed, [goal.printed, real.printed]):
            shown = f"{digits(exact, made.printed, least=2)}%"
            yield (
                f"{made.subject}/capaian",
                made.text.strip(),
                shown,
                f"Capaian “{look.subjects.title(made.subject)}” tertulis {made.text.strip()},"
                f" sedangkan realisasi {real.text.strip()} dari target {goal.text.strip()}"
                f" menghasilkan {shown}.",
                [made.place],
            )


def _only(group: Sequence[Said], measure: str) -> Said | None:
    found = [one for one in group if one.measure == measure]
    return found[0] if len({one.printed.value for one in found}) == 1 else None


def claims(look: Look) -> Iterator[Hit]:
    """Words such as “tercapai” against the target and the realisation known from anywhere."""
    for passage, sentence, subject in look.about:
        reached, missed = is_word("tercapai", sentence), is_word("belum", sentence)
        if not reached and not missed:
            continue
        status = _status(look.facts, subject)
        if status is None:
            continue
        over, told = status
        if (missed and over) or (reached and not missed and not over):
            claim = "belum tercapai" if missed else "tercapai"
            yield (
                f"{subject}/status",
                claim,
                told,
                f"“{look.subjects.title(subject)}” disebut {claim}, sedangkan {told}.",
                [passage.place],
            )


def _status(
    known: Mapping[tuple[str, str], Sequence[Said]], subject: str
) -> tuple[bool, str] | None:
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


def obstacles(look: Look) -> Iterator[Hit]:
    """“Tidak ada kendala” where the target was missed."""
    for passage, sentence, subject in look.about:
        if not is_word("kendala", sentence):
            continue
        status = _status(look.facts, subject)
        if status and not status[0]:
            yield (
                f"{subject}/kendala",
                sentence[:80],
                status[1],
                f"Untuk “{look.subjects.title(subject)}” disebut tidak ada kendala, sedangkan"
                f" {status[1]}.",
                [passage.place],
            )


def listed_amounts(look: Look) -> Iterator[Hit]:
    """Amounts of a list against the amount in the sentence that leads to it."""
    lead: tuple[str, Printed, Passage] | None = None
    told: list[tuple[str, Printed]] = []
    last: tuple[str, Printed, Passage] | None = None

    def close() -> Iterator[Hit]:
        if lead is None or len(told) < 2:
            return
        summed = Fraction(sum(one.value for _, one in told))
        if agreement(lead[1], summed) != "sama":
            shown = digits(summed, lead[1])
            yield (
                f"rincian/{lead[0].strip()}",
                lead[0].strip(),
                shown,
                f"Rincian {', '.join(text.strip() for text, _ in told)} berjumlah {shown},"
                f" sedangkan jumlah yang disebut sebelumnya {lead[0].strip()}.",
                [lead[2].place],
            )

    for one in look.report.parts:
        if not isinstance(one, Passage):
            continue
        money = [(word, value) for _, word, value in figures(one.text) if _is_money(word, value)]
        if one.kind == "butir":
            if len(money) == 1 and lead is not None:
                told.append(money[0])
            continue
        yield from close()
        told = []
        if one.kind == "judul":
            last = lead = None
            continue
        if money:
            last = (*money[-1], one)
        lead = last
    yield from close()


def _is_money(word: str, value: Printed) -> bool:
    return word.casefold().startswith("rp") or (value.value >= 10**6 and bool(value.grouping))


def units(look: Look) -> Iterator[Hit]:
    """Compare the unit of measure of one subject over the tables."""
    told: dict[str, list[tuple[str, object]]] = defaultdict(list)
    for grid in look.report.grids:
        code, name = naming(grid)
        column = next(
            (n for n, head in enumerate(grid.head) if column_measure(head) == "satuan"), None
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
    Rule(
        "capaian-narasi", "material", "capaian dengan target dan realisasi sekalimat", achievements
    ),
    Rule("klaim", "material", "pernyataan tercapai dengan angkanya", claims),
    Rule("tanpa-kendala", "material", "pernyataan tanpa kendala dengan angkanya", obstacles),
    Rule("rincian-narasi", "material", "jumlah yang disebut dengan rinciannya", listed_amounts),
    Rule("satuan-ganda", "minor", "satuan suatu indikator di beberapa tabel", units),
)
