"""The same fact at several places: figures and units of measure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

from pp39.characters import exchanged
from pp39.findings.printed import read_printed
from pp39.review.figure import Figure, figures
from pp39.review.hit import Hit, Look, Rule, label_of, of_one_thing
from pp39.review.labels import BUDGET, labelled, repeated
from pp39.review.saying import Period, Said, scale_of
from pp39.review.tables import fits
from pp39.review.typed import Grid, Passage, Place

_UNIT = re.compile(r"\s*([A-Za-z]+[2²]?)")
_THOUSANDS = re.compile(r"\bribu(?:an)? (?:rp|rupiah)\b[\s).:=]*$")
_DIGITS = 4
"""Digits of an amount by which it is known again."""
_TELLING = 100
"""More than which the digits of a rounded amount tell which one it is."""
_SUMMED = re.compile(r"\b(?:s\.?\s?/?d|sampai|kumulatif)\b")
_ALONE = re.compile(r"\b(?:pada|selama|dalam) (?:triwulan|tw|bulan)\b|\btriwulan ini\b", re.I)
"""How a sentence tells of a quarter or a month alone."""
_STEP = re.compile(
    r"\b(?:bertambah|berkurang|selisih\w*|naik|turun|kenaikan|penurunan|(?:men|pen)ingkat\w*|menurun)"
    r"\s+(?:sebanyak |sebesar )?$",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"se(?:besar|banyak)|mencapai|adalah|senilai|tercatat|berjumlah|yaitu|yakni|ialah|tahun|anggaran"
    r"|dari|sampai|triwulan"
)
_NAMED = 3
"""Words before an amount that name it."""
_YEARLY = ("target", "pagu")
_LAST = 4
"""The quarter whose targets are those of the year."""


def _agree(a: Said, b: Said) -> bool:
    apart = abs(a.printed.value - b.printed.value)
    return apart == 0 or apart < max(a.step, b.step)


def twice(look: Look) -> Iterator[Hit]:
    """One subject, one measure, one period, several values."""
    yearly, own = _yearly(look), Period(*look.period)
    quarterly = _quarterly(look)
    summed = {
        number
        for number, grid in enumerate(look.report.grids)
        if _SUMMED.search(f"{grid.caption} {' '.join(grid.head)}".casefold())
    }
    for (subject, measure), told_ in look.facts.items():
        if measure == "persen":
            continue  # of what, nobody says
        said = [
            replace(one, period=own if one.table in quarterly else Period(own.year))
            if measure == "target" and quarterly and one.table >= 0 and not one.period.quarter
            # What adds up to the year is that of the year.
            else replace(one, period=Period(own.year))
            if measure == "target" and one.table in summed and one.period.quarter == _LAST
            # A quarter without a year is one of the report's own year.
            else replace(one, period=replace(one.period, year=own.year))
            if one.period.quarter and not one.period.year
            else one
            for one in _counted(told_)
        ]
        named = {id(one) for one in said if one.table >= 0 or _names(look, one)}
        groups = _by_period(said, yearly - quarterly, own, named)
        for group in (_single(same) for one in groups for same in _by_kind(one)):
            values: list[Said] = []
            for one in group:
                if not look.noted(one.text) and not any(_agree(one, other) for other in values):
                    values.append(one)
            # Rows of one table that go by one name are rows, not contradictions.
            tables = {one.table for one in group}
            if len(values) < 2 or (len(tables) == 1 and -1 not in tables) or _parted(values):
                continue
            told = "; ".join(dict.fromkeys(one.text.strip() for one in values[1:]))
            name = look.subjects.title(subject)
            time = f" ({group[0].period})" if str(group[0].period) else ""
            yield Hit(
                values[0].text.strip(),
                told,
                f"{measure.capitalize()} “{name}”{time} tertulis {values[0].text.strip()} di satu"
                f" tempat dan {told} di tempat lain.",
                [one.place for one in group if not look.noted(one.text)],
                f"{subject}/{measure}",
            )


def _single(group: Sequence[Said]) -> Sequence[Said]:
    """Leave out the tables of which two rows, of one code or name, have several values."""
    rows: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one in group:
        rows[one.table, one.place.column].add(one.place.row)
    several = {table for (table, _), told in rows.items() if table >= 0 and len(told) > 1}
    return [one for one in group if one.table not in several]


def _counted(said: Sequence[Said]) -> Iterator[Said]:
    """Leave out what a sentence counts of a thing that tables only give scores of.

    So is what it tells of the quarter alone, where they give what was done since January.
    """
    summed = [one for one in said if one.table >= 0 and _SUMMED.search(one.context.casefold())]
    said = [one for one in said if one.table >= 0 or not summed or not _ALONE.search(one.context)]
    scores = [bool(one.printed.decimals) for one in said if one.table >= 0]
    scored = bool(scores) and all(scores)
    yield from (one for one in said if one.table >= 0 or not scored or not one.noun)


def _parted(values: Sequence[Said]) -> bool:
    """Tell that one of several values is the sum of the others: parts and their whole."""
    amounts = [one.printed.value for one in values]
    return len(amounts) > 2 and 2 * max(amounts) == sum(amounts)


def _quarterly(look: Look) -> Set[int]:
    """Find the tables whose targets are of the report's quarter: only ever less than the year's.

    They stand beside what was realised; the others are those of a plan for the year.
    """
    quarter = look.period[1]
    realised = {
        one.table for (_, what), said in look.facts.items() for one in said if what == "realisasi"
    }
    less: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (_, measure), said in look.facts.items():
        whole = [one for one in said if measure == "target" and not one.period.quarter]
        for a, b in permutations(whole, 2) if 0 < quarter < _LAST else ():
            if a.table in realised and b.table >= 0 and b.table not in realised:
                apart = b.printed.value - a.printed.value
                less[a.table, b.table].append((apart > 0) - (apart < 0))
    return {a for (a, _), told in less.items() if min(told) >= 0 and sum(told) > 1}


def _names(look: Look, one: Said) -> bool:
    """Tell whether the sentence of a figure itself names its subject."""
    return any(key == one.subject for _, key in look.subjects.of(one.context))


def _by_period(
    said: Sequence[Said], yearly: Set[int], own: Period, named: Set[int]
) -> Iterator[list[Said]]:
    """Part figures by their periods; what says none belongs to the only year, if to any."""
    groups: dict[Period, list[Said]] = defaultdict(list)
    for one in said:
        whole = one.measure in _YEARLY and (not one.period.quarter or one.table in yearly)
        groups[Period(one.period.year) if whole else one.period].append(one)
    bare = groups.pop(Period(), [])
    if not groups:
        yield bare
    years = {one.year for one in groups if one.year}
    dated = [one for group in groups.values() for one in group]
    bare = [one for one in bare if not any(_agree(one, other) for other in dated)]
    for period, group in groups.items():
        lone = not period.quarter and not period.month and len(years) == 1
        only = len(groups) == 1
        near = [one for one in bare if lone or only or id(one) in named]
        if period.quarter:
            near = [one for one in near if not re.search(r"\btarget (?:se)?tahun", one.context)]
        now = period.quarter == own.quarter > 0 and period.year in (0, own.year)
        yield [*near, *group] if lone or now else group


def _yearly(look: Look) -> Set[int]:
    """Find the tables of a quarter whose targets are those of the year: most agree with these."""
    same: dict[int, list[bool]] = defaultdict(list)
    others: set[int] = set()
    for (_, measure), said in look.facts.items():
        whole = [one for one in said if measure == "target" and not one.period.quarter]
        own = {one.table for one in whole}
        for one in said if whole else ():
            if one.table >= 0 and one.period.quarter and measure == "target":
                if one.table in own:
                    continue  # it tells both
                same[one.table].append(any(_agree(one, other) for other in whole))
                twins = [o for o in said if o.table != one.table and o.period.quarter]
                twins = [o for o in twins if o.period.quarter == one.period.quarter]
                if not same[one.table][-1] and any(_agree(one, other) for other in twins):
                    others.add(one.table)  # another table tells the same of that quarter
    return {
        table for table, told in same.items() if sum(told) > 1 and sum(told) * 3 > len(told) * 2
    } - others


def _by_kind(group: Sequence[Said]) -> Iterator[list[Said]]:
    """Part percentages, amounts of money and other numbers."""
    kinds: dict[str, list[Said]] = defaultdict(list)
    for one in group:
        kinds[_kind(one)].append(one)
    # One table may have a column for the unit, and another leave it out.
    plain = [one for one in kinds["persen"] if one.table >= 0 and "%" not in one.text]
    if plain and all(one.table >= 0 for one in kinds["angka"]):
        kinds["persen"] += kinds.pop("angka", [])
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
    made, goals, reals = (_now(look, subject, one) for one in ("capaian", "target", "realisasi"))
    values = {one.printed.value for one in made}
    parts = [goals[0].printed, reals[0].printed] if len(goals) == len(reals) == 1 else []
    apart = parts and values and (min(values) >= 100) != (parts[1].value >= parts[0].value)
    if apart and not fits(made[0].printed, parts) and _same_kind([goals[0], reals[0]]):
        values = set()  # the achievement is what is wrong, and told as such
    if values and (min(values) >= 100 or max(values) < 100):
        one = made[0]
        return one.printed.value >= 100, f"capaiannya tertulis {one.text.strip()}"
    if (
        len({one.printed.value for one in goals}) == 1
        and len({one.printed.value for one in reals}) == 1
    ):
        goal, real = goals[0], reals[0]
        if _same_kind([goal, real]):
            over = real.printed.value >= goal.printed.value
            return over, f"realisasinya {real.text.strip()} dari target {goal.text.strip()}"
    return None


def _now(look: Look, subject: str, measure: str) -> Sequence[Said]:
    """Give the figures of the report's own quarter, where some are told to be of it."""
    said = look.facts.get((subject, measure), ())
    own = [one for one in said if one.period.quarter == look.period[1]]
    return own or said


def units(look: Look) -> Iterator[Hit]:
    """Compare the unit of measure of one subject over the tables."""
    told: dict[str, list[tuple[str, Place]]] = defaultdict(list)
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
                if any(place.table == grid.caption != "" for _, place in told[subject]):
                    continue  # two rows of one code are told by that
                told[subject].append((row[column], grid.at(number, column)))
        yield from _unfitting(grid, name, column)
    for subject, group in told.items():
        kinds = {re.sub(r"[^a-z]+", " ", word.casefold()).strip(): word for word, _ in group}
        if len(kinds) > 1:
            first, *others = kinds.values()
            yield Hit(
                first,
                "; ".join(others),
                f"Satuan “{look.subjects.title(subject)}” tertulis {first} di satu tempat dan"
                f" {'; '.join(others)} di tempat lain.",
                [place for _, place in group],
                f"{subject}/satuan",
            )


def _unfitting(grid: Grid, name: int, column: int) -> Iterator[Hit]:
    """“Jumlah …” in percent, and “Persentase …” in anything else."""
    for number, row in enumerate(grid.rows):
        count = re.match(r"(?:[a-z]+ ?[0-9.]+ )?(jumlah|persentase)\b", row[name].casefold())
        unit = row[column].casefold().strip(" .()")
        percent = bool(re.match(r"persen|%", unit))
        if count and re.search("[a-z%]", unit) and percent == (count[1] == "jumlah"):
            yield Hit(
                row[column],
                "persen" if not percent else "satuan jumlahnya",
                f"“{row[name]}” bersatuan {row[column]}, padahal namanya {count[1]}.",
                grid.at(number, column),
                f"{row[name]}/satuan",
            )


def areas(look: Look) -> Iterator[Hit]:
    """“Luas …” counted in what is no unit of area."""
    for passage, sentence in look.sentences:
        for one in figures(sentence):
            named = re.search(
                r"\bluas(?: [a-z]+){0,2}(?: (?:adalah|sebesar|mencapai|seluas))?\s$",
                sentence[: one.start].casefold(),
            )
            unit = _UNIT.match(sentence, one.end)
            if not named or one.kind != "angka" or not unit:
                continue
            if look.words.says("luas", unit[1]):
                yield from _other_unit(look, passage, one, unit[1])
            elif one.noun:
                yield Hit(
                    f"{one.text} {one.noun}",
                    "satuan luas",
                    f"Luas tertulis {one.text} {one.noun}, padahal {one.noun} bukan satuan luas.",
                    passage.place,
                )


def _other_unit(look: Look, passage: Passage, one: Figure, own: str) -> Iterator[Hit]:
    """Hold an area in prose against the unit above the same amount in a table."""
    for grid in look.report.grids:
        for column, head in enumerate(grid.head):
            unit = re.search(r"\(([^)]+)\)", head)
            if not unit or not look.words.says("luas", unit[1]) or _area(own) == _area(unit[1]):
                continue
            for number, line in enumerate(look.numbers(grid)):
                if (cell := line[column]) and cell.value == one.value:
                    yield Hit(
                        f"{one.text} {own}",
                        f"{grid.rows[number][column]} {unit[1]}",
                        f"Luas tertulis {one.text} {own}, sedangkan {head} dalam tabel"
                        f" {grid.rows[number][column]}.",
                        [passage.place, grid.at(number, column)],
                    )
                    return


def _area(unit: str) -> str:
    """Reduce the name of a unit of area to what it means."""
    return re.sub(r"^hekt.*", "ha", unit.casefold().replace("²", "2"))


def _budget(look: Look) -> list[Said]:
    """Find the absorption that a table of ceilings and realisations tells below."""
    found = []
    for grid in look.report.grids:
        kinds = [look.words.measure(head) for head in grid.head]
        shares = [n for n, kind in enumerate(kinds) if kind == "serapan"]
        shares = shares or [n for n, kind in enumerate(kinds) if kind == "persen"]
        if len(shares) != 1 or "pagu" not in kinds or "realisasi" not in kinds:
            continue
        for number, row in enumerate(grid.rows):
            cell = look.numbers(grid)[number][shares[0]]
            if cell is not None and number == len(grid.rows) - 1 and look.is_total(row):
                at = grid.at(number, shares[0])
                cell = replace(cell, percent=1)
                step = Fraction(1, 10**cell.decimals)
                found.append(Said(BUDGET, "", Period(), cell, row[shares[0]], at, step=step))
    return found


def labels(look: Look) -> Iterator[Hit]:
    """Compare figures behind the same words: “realisasi anggaran” and “anggaran terserap”."""
    told: dict[tuple[str, str, Period], list[Said]] = defaultdict(list)
    year, quarter = look.period
    for passage, sentence in look.sentences:
        for label, period, one in labelled(sentence):
            when = Period(period.year or year, period.quarter or quarter, period.month)
            printed = replace(one.printed, value=one.value)
            told[label, one.kind, when].append(
                Said(label, "", when, printed, one.text, passage.place, step=one.step)
            )
    names = sorted({label for label, _, _ in told if " " in label and label != BUDGET})
    short = {
        found[1].casefold(): name
        for name in names
        for _, sentence in look.sentences
        if (found := re.search(rf"\b{re.escape(name)} \(([A-Z]{{3,}})\)", sentence, re.IGNORECASE))
    }
    names += sorted(short)
    when = Period(year, quarter)
    for passage, sentence in look.sentences:
        if look.words.says("bingkai", passage.place.section):
            for label, one in repeated(sentence, names):
                printed = replace(one.printed, value=one.value)
                known = short.get(label, label)
                told[known, one.kind, when].append(
                    Said(known, "", when, printed, one.text, passage.place, step=one.step)
                )
    whole = _budget(look)
    for (label, kind, when), said in told.items():
        first = said[0]
        if label == BUDGET and len(whole) == 1 and when == Period(year, quarter):
            (row,) = whole
            said.insert(0, row) if _kind(row) == kind else None
            first = said[0]
        others = [one for one in said[1:] if not _agree(first, one)]
        if others:
            shown = "; ".join(dict.fromkeys(one.text for one in others))
            yield Hit(
                first.text,
                shown,
                f"{label[:1].upper()}{label[1:]} tertulis {first.text} di satu tempat dan {shown}"
                " di tempat lain.",
                [first.place, *(one.place for one in others)],
                f"{label}/{when}",
            )


def slips(look: Look) -> Iterator[Hit]:
    """Find amounts told once that are another one with digits swapped or thousands left out."""
    amounts: dict[str, dict[int, list[tuple[str, Place]]]] = defaultdict(lambda: defaultdict(list))
    for text, place in look.report.texts():
        for one in figures(text):
            kind = one.kind if one.kind == "uang" else one.noun if one.kind == "angka" else ""
            counted = kind and not one.step and one.value.denominator == 1
            counted = counted and not _THOUSANDS.search(text[: one.start].casefold())
            if counted and len(str(int(one.value)).rstrip("0")) >= _DIGITS:
                amounts[kind][int(one.value)].append((one.text, place))
    for kind, places in sorted(amounts.items()):
        yield from _slips(kind, places)


def _slips(kind: str, places: Mapping[int, list[tuple[str, Place]]]) -> Iterator[Hit]:
    for value, told in sorted(places.items()):
        likely = [
            other
            for other, found in sorted(places.items())
            if (value * 1000 == other and kind == "uang")
            or (len(found) > 1 and exchanged(str(value), str(other)))
        ]
        if likely and len(told) == 1 and not told[0][1].row:
            (text, place), (right, there) = told[0], places[likely[0]][0]
            yield Hit(
                text,
                right,
                f"{text} hanya tertulis sekali dan tampaknya {right}, yang tertulis di tempat"
                " lain.",
                [place, there],
                f"salah ketik/{text}",
            )


def transposed(look: Look) -> Iterator[Hit]:
    """Find figures of prose that are, with two digits exchanged, one of a table it speaks of."""
    cells: dict[str, list[tuple[str, str, set[str], set[str], Place]]] = defaultdict(list)
    every: set[Fraction] = set()
    for grid in look.report.grids:
        for number, line in enumerate(look.numbers(grid)):
            row = grid.rows[number]
            for column, cell in enumerate(line):
                if cell and not cell.percent:
                    every.add(cell.value * scale_of(grid, column))
                if cell and not cell.percent and not cell.decimals and cell.value >= _TELLING:
                    told = f"{label_of(row)} {grid.head[column]} {grid.caption}".casefold()
                    words = set(re.findall(r"[a-z]{4,}", told))
                    value = str(int(cell.value * scale_of(grid, column)))
                    key = "".join(sorted(value))
                    label = set(re.findall(r"[a-z]{4,}", label_of(row).casefold()))
                    label -= {"jumlah", "total"}
                    place = grid.at(number, column)
                    cells[key].append((row[column], value, label, words, place))
    known = {
        (one.place, one.text)
        for said in look.facts.values()
        for one in said
        if one.table < 0 and any(other.table >= 0 for other in said)
    }
    for passage, sentence in look.sentences:
        for one in figures(sentence):
            if one.kind not in ("uang", "angka") or one.step or one.value in every:
                continue
            value = str(int(one.value))
            likely = cells.get("".join(sorted(value)), ())
            # Told where it is held against its subject; a difference in no table.
            elsewhere = (passage.place, one.text) in known or _STEP.search(sentence[: one.start])
            if not likely or elsewhere:
                continue
            # What a sentence leaves out stands before it.
            lead = passage.text.partition(sentence)[0] + sentence
            words = set(re.findall(r"[a-z]{4,}", lead.casefold()))
            for text, right, label, named, place in likely:
                if label and words >= label:
                    continue  # a row that is named whole is held against its cells
                if exchanged(value, right) and len(words & named) > 1:
                    yield Hit(
                        one.text,
                        text,
                        f"{one.text} tampaknya {text}, yang tertulis dalam tabel.",
                        [passage.place, place],
                        f"salah ketik/{one.text}",
                    )
                    break


def magnitudes(look: Look) -> Iterator[Hit]:
    """“Rp37,30 juta”, where nothing is so much and one amount is Rp37.298.000.000.

    The other way round only a table that tells its scale is sure: others may leave it out.
    """
    scaled = [
        (one, passage.place)
        for passage in look.prose
        for one in figures(passage.text)
        if one.kind == "uang" and one.step and one.printed.value.numerator > _TELLING
    ]
    amounts: dict[Fraction, tuple[str, Place]] = {}
    thousands: set[Fraction] = set()
    for grid in look.report.grids if scaled else ():
        for number, line in enumerate(look.numbers(grid)):
            for column, cell in enumerate(line):
                if cell and not cell.percent:
                    value = cell.value * scale_of(grid, column)
                    amounts[value] = (grid.rows[number][column], grid.at(number, column))
                    if value != cell.value:
                        thousands.add(value)
    for one, place in scaled:
        told = {value for value in amounts if abs(one.value * 1000 - value) < one.step * 1000}
        told |= {value for value in thousands if abs(one.value - value * 1000) < one.step}
        if len(told) == 1 and not any(one.near(value) for value in amounts):
            right, there = amounts[told.pop()]
            yield Hit(
                one.text,
                right,
                f"{one.text} tampaknya salah besaran: di tempat lain tertulis {right}.",
                [place, there],
                f"salah ketik/{one.text}",
            )


def swapped(look: Look) -> Iterator[Hit]:
    """“Pagu Rp28,63 miliar” and elsewhere “pagu Rp26,83 miliar”: two digits changed places."""
    told = [
        (one, _called(passage.text[: one.start]), passage.place)
        for passage in look.prose
        for one in figures(passage.text)
        if one.kind == "uang" and one.step and len(_bare(one.text)) > 2
    ]
    told = of_one_thing(told, lambda one: one[1], lambda one: one[0].value)
    for (a, first, here), (b, second, there) in combinations(told, 2):
        alike = first and second and (first <= second or second <= first)
        if here != there and a.step == b.step and alike and exchanged(_bare(a.text), _bare(b.text)):
            yield Hit(
                a.text,
                b.text,
                f"{a.text} di satu tempat dan {b.text} di tempat lain: dua angka tertukar.",
                [here, there],
                f"salah ketik/{a.text}",
            )


def _bare(amount: str) -> str:
    return re.sub("[^0-9]", "", amount)


def _called(lead: str) -> frozenset[str]:
    """Give the words right before an amount that say what it is."""
    clause = re.split(r"[,;.]\s|\b(?:dan|sedangkan|menjadi|dengan|telah)\b", lead.casefold())[-1]
    words = [one for one in re.findall(r"[a-z]{4,}", clause) if not _SAYING.fullmatch(one)]
    return frozenset(words[-_NAMED:])


RULES = (
    Rule("salah-ketik", "material", "jumlah uang dengan jumlah yang sama", swapped),
    Rule("salah-ketik", "material", "jumlah uang yang disebut sekali dengan yang lain", slips),
    Rule("salah-ketik", "material", "besaran uang yang disebut dengan tabelnya", magnitudes),
    Rule("salah-ketik", "material", "angka yang disebut dengan tabelnya", transposed),
    Rule("nilai-ganda", "material", "angka yang sama di beberapa tempat", twice),
    Rule("nilai-ganda", "material", "angka yang sama di beberapa tempat", labels),
    Rule("satuan-ganda", "minor", "satuan suatu indikator di beberapa tabel", units),
    Rule("satuan-ganda", "minor", "satuan dengan yang diukur", areas),
)
