"""Arithmetic of the tables of a typed report: totals, parts of codes, relations of columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise, permutations

from pp39.characters import exchanged
from pp39.findings.printed import Printed, agrees, digits, read_printed
from pp39.review.crossing import crossings
from pp39.review.figure import RO, Figure, figures
from pp39.review.hit import Cells, Hit, Look, Rule, label_of
from pp39.review.lines import has_month, known_by, time_of
from pp39.review.saying import scale_of
from pp39.review.typed import Grid, Place, turned

_SUMMED = re.compile(r"kumulatif|\bs\.?\s?/?d\b")
"""What the head of a column says that adds up those before it."""
_KEPT = re.compile(r"kumulatif|pcro|rvro|\bs\.?\s?d\b")
_ADDED = re.compile(r"kumulatif|pcro|rvro")
_QUARTER = re.compile(r"(?:.*\s)?(?:tw|triwulan) [iv]+", re.IGNORECASE)
_YEARLY = re.compile(r"(?:se)?tahun(?:an)?$", re.IGNORECASE)
_LONG = 6
"""Times after which two series that only rise are cumulative both."""
_ROUNDED = 10_000
"""More than which a whole number may have been rounded to thousands before it was added up."""
_PLAN = re.compile(r"rencana|sasaran", re.IGNORECASE)
_SURE = 3
"""Rows in which a relation of columns must hold before a row that breaks it is told."""


def is_number_column(look: Look, grid: Grid, column: int) -> bool:
    """Tell a column of amounts from one of numbers that are names, such as codes and years."""
    head, cells = grid.head[column], look.numbers(grid)
    if (
        look.words.says("nomor", head)
        or look.words.says("kode", head)
        or re.fullmatch(r"(?:19|20)[0-9]{2}", head)
    ):
        return False
    told = [row[column] for row in grid.rows if row[column]]
    if any(re.search(r"[0-9]([.,])[0-9]{3}(?:\1[0-9]{1,2}|[.,])$", cell) for cell in told):
        return False  # cells were cut, and what is left of them is no amount
    read = sum(line[column] is not None for line in cells)
    return bool(told) and read * 2 > len(told)


def amounts_of(grid: Grid, rows: Sequence[Sequence[str]]) -> list[Figure]:
    """Give the numbers of a table, or some rows, as figures; in rupiah where it counts millions."""
    found = []
    for row in rows:
        for column, cell in enumerate(row):
            scale = scale_of(grid, column)
            for one in figures(cell) if cell[:1].isdecimal() or cell[:2] == "Rp" else ():
                plain = scale > 1 and one.kind in ("angka", "uang")
                found.append(
                    replace(one, value=one.value * scale, step=Fraction(scale), kind="uang")
                    if plain
                    else one
                )
    return found


def totals(look: Look) -> Iterator[Hit]:
    """Rows that call themselves totals, against the rows above them."""
    for grid in look.report.grids:
        told = {one.column for one in crossings(look, grid)}
        for column, head in enumerate(grid.head):
            if not is_number_column(look, grid, column) or _is_share(look, grid, column):
                continue
            if column not in told:
                yield from _totals(look, grid, column, head)


def _totals(look: Look, grid: Grid, column: int, head: str) -> Iterator[Hit]:
    since: list[Fraction] = []
    subtotals: list[Fraction] = []
    everything: list[tuple[str, Fraction]] = []
    flat = _is_flat(look, grid)
    cells = look.numbers(grid)
    for number, row in enumerate(grid.rows):
        printed, label = cells[number][column], label_of(row)
        if look.words.says("rata", label):
            continue
        if not look.words.says("jumlah", label):
            if printed is not None:
                since.append(printed.value)
                everything.append((row[0], printed.value))
            continue
        if printed is None:
            since = []
            continue
        leaves = _leaves(everything)
        tried = [sum(since), sum(subtotals), sum(subtotals) + sum(since), sum(leaves)]
        steps = [code.count(".") for code, _ in everything]
        tried.append(
            sum(v for (_, v), step in zip(everything, steps, strict=True) if step == min(steps))
        )
        for more in ("+", ""):  # codes of one level may differ in length
            shapes = [
                re.sub(f"[0-9]{more}", "9", re.sub(f"[A-Za-z]{more}", "A", code))
                for code, _ in everything
            ]
            tried += [
                sum(v for (_, v), shape in zip(everything, shapes, strict=True) if shape == one)
                for one in {shape for shape in shapes if shape}
            ]
        levels = () if flat else (since, [value for _, value in everything])
        for values in levels:
            tried += [sum(_tops(values)), sum(_tops(values[::-1]))]
        # Each part may have been rounded by half a unit of its last digit.
        exact = max(printed.decimals, *(one.decimals for line in cells if (one := line[column])))
        rounded = exact or "bulat" in head.casefold()
        slack = Fraction(len(since) + 1, 2 * 10**exact) if rounded else 0
        right = any(abs(printed.value - one) <= slack for one in tried if one or since)
        if since or subtotals:
            against = tried[0] if since else tried[1]
            if len(leaves) < len(everything):
                against = tried[3]
            if not right and len(since or subtotals) > 1:
                shown = digits(Fraction(against), printed)
                yield Hit(
                    row[column],
                    shown,
                    f"“{label}” tertulis {row[column]}, sedangkan baris di atasnya berjumlah"
                    f" {shown}.",
                    grid.at(number, column),
                    f"{grid.caption or 'tabel'}/{head or 'kolom'}",
                )
        subtotals.append(printed.value)
        since = []


def _is_flat(look: Look, grid: Grid) -> bool:
    """Tell that no row stands below another: all but the totals are numbered one after another."""
    column = next((n for n, head in enumerate(grid.head) if look.words.says("nomor", head)), None)
    told = [
        row[column].rstrip(".")
        for row in grid.rows
        if column is not None and not look.is_total(row)
    ]
    return bool(told) and told == [str(n) for n in range(1, len(told) + 1)]


def _tops(values: Sequence[Fraction]) -> list[Fraction]:
    """Leave out rows that stand below a row which is their sum, level by level."""
    tops: list[Fraction] = []
    for value in reversed(values):
        summed, below = Fraction(0), 0
        for number, one in enumerate(reversed(tops), 1):
            summed += one
            if summed == value and value:
                below = number
                break
        if below:
            del tops[-below:]
        tops.append(value)
    return tops


def _leaves(rows: Sequence[tuple[str, Fraction]]) -> list[Fraction]:
    codes = [code for code, _ in rows if code]
    return [
        value
        for code, value in rows
        if not code or not any(_child(code, one) for one in codes if one != code)
    ]


def _is_share(look: Look, grid: Grid, column: int) -> bool:
    """Tell shares and scores, which do not add up, from amounts."""
    cells, head = look.numbers(grid), grid.head[column]
    told = [line[column] for line in cells if line[column] is not None]
    share = "%" in head or "persen" in head.casefold()
    if share or any(one.percent for one in told if one) or look.words.measure(head) == "capaian":
        # A hundred below is the sum of its shares only if it is near what they make.
        whole = [look.words.says("jumlah", label_of(row)) for row in grid.rows]
        sums = [
            one.value
            for one, total in zip((line[column] for line in cells), whole, strict=True)
            if one and total
        ]
        single = [
            one.value
            for one, total in zip((line[column] for line in cells), whole, strict=True)
            if one and not total
        ]
        return sums != [100] or not 85 < sum(single) < 115
    return look.words.says("lepas", head)


def _child(parent: str, code: str) -> bool:
    """Tell whether a code stands directly or deeper below another one."""
    tail = parent.rpartition(".")[2]
    return code.startswith(parent + ".") or (
        "." in parent
        and re.fullmatch(r"[A-Z]{3}", tail) is not None
        and code.startswith(tail + ".")
    )


def mean_rows(look: Look) -> Iterator[Hit]:
    """Find the one cell of a row of means that is none, where the others of its row are."""
    for grid in look.report.grids:
        cells = look.numbers(grid)
        for number, row in enumerate(grid.rows):
            label = label_of(row)
            if not look.words.says("rata", label) or "timbang" in label.casefold():
                continue
            above = [
                line for n, line in enumerate(cells[:number]) if not look.is_total(grid.rows[n])
            ]
            right, wrong = 0, list[tuple[int, Fraction]]()
            for column in range(1, len(grid.head)):
                told = [one.value for line in above if (one := line[column])]
                printed = cells[number][column]
                if printed is None or len(told) != len(above) or len(told) < 2:
                    continue
                mean = sum(told, Fraction()) / len(told)
                fit = abs(mean - printed.value) <= _half(printed) * 2
                right += fit
                wrong += [] if fit else [(column, mean)]
            if right and len(wrong) == 1:
                column, mean = wrong[0]
                shown = digits(mean, cells[number][column])
                yield Hit(
                    row[column],
                    shown,
                    f"“{label}” {grid.head[column]} tertulis {row[column]}, sedangkan"
                    f" rata-rata baris di atasnya {shown}.",
                    grid.at(number, column),
                    f"{look_key(label)}/{grid.head[column]}",
                )


def parts_of_codes(look: Look) -> Iterator[Hit]:
    """Amounts of a code against those of the codes one step below it."""
    for grid in look.report.grids:
        place = next((n for n, head in enumerate(grid.head) if look.words.says("kode", head)), None)
        if place is None:
            continue
        look.numbers(grid)
        codes = [row[place].strip() for row in grid.rows]
        for column, head in enumerate(grid.head):
            measure = look.words.measure(head) or look.words.measure(grid.caption)
            money = measure.split(" ")[0] in (
                "pagu",
                "realisasi",
                "blokir",
                "serapan",
            )
            if column == place or not money or not is_number_column(look, grid, column):
                continue
            if _is_share(look, grid, column):
                continue
            yield from _below(look, grid, codes, column)


def _below(look: Look, grid: Grid, codes: Sequence[str], column: int) -> Iterator[Hit]:
    cells = look.numbers(grid)
    for number, code in enumerate(codes):
        total = cells[number][column]
        if not code or total is None or total.percent:
            continue
        under = []
        for other in range(number + 1, len(codes)):
            if (
                codes[other]
                and not _child(code, codes[other])
                and not _deeper(codes, number, other)
            ):
                break
            if _child(code, codes[other]) and not any(
                _child(codes[between], codes[other]) for between in range(number + 1, other)
            ):
                under.append(other)
        values = [cells[one][column] for one in under]
        noted = any(look.noted(grid.rows[one][column]) for one in (number, *under))
        if not values or noted or any(one is None for one in values):
            continue
        summed = Fraction(sum(one.value for one in values if one is not None))
        if not agrees(total, summed):
            shown = digits(summed, total)
            yield Hit(
                grid.rows[number][column],
                shown,
                f"{code} tertulis {grid.rows[number][column]}, sedangkan rinciannya"
                f" ({codes[under[0]]}–{codes[under[-1]]}) berjumlah {shown}.",
                grid.at(number, column),
                f"{code}/{look.words.measure(grid.head[column])}",
            )


def _deeper(codes: Sequence[str], top: int, at: int) -> bool:
    return any(_child(codes[one], codes[at]) for one in range(top + 1, at))


def _ratio(values: Sequence[Fraction]) -> Fraction | None:
    return values[1] / values[0] * 100 if values[0] else None


def fits(printed: Printed, parts: Sequence[Printed], *, less: bool = True) -> bool:
    """Tell whether a percentage can come from target and realisation, all as rounded in print.

    Higher is better (R/T), as a percentage or as a ratio, and unless told otherwise lower is
    better (2 − R/T).
    """
    goal, real = ([one.value - _half(one), one.value + _half(one)] for one in parts)
    made = [r / g * 100 for r in (*real, parts[1].value) for g in (*goal, parts[0].value) if g]
    for one in (made, [value / 100 for value in made], [200 - value for value in made] * less):
        if one and min(one) - _half(printed) <= printed.value <= max(one) + _half(printed):
            return True
    return False


def _half(printed: Printed) -> Fraction:
    """Half a unit of the last printed decimal; whole numbers are taken as counted."""
    return Fraction(1, 2 * 10**printed.decimals) if printed.decimals else Fraction(0)


def ratios(look: Look) -> Iterator[Hit]:
    """Percentages against two columns of the same row, or against the total of one.

    Which columns they come from, the rows tell that fit; where too few do, the heads.
    """
    for grid in look.report.grids:
        kinds = [look.words.measure(head).split(" ")[0] for head in grid.head]
        cells = look.numbers(grid)
        for column, head in enumerate(grid.head):
            kind, told = kinds[column], [line[column] for line in cells if line[column]]
            share = is_ratio(look, head) or (bool(told) and all(one.percent for one in told if one))
            if not share or not told or head.casefold() == "indikasi capaian":
                continue
            if _PLAN.match(head):
                continue  # what was planned is no ratio of what was done
            if (group := _group(head)) and any(
                group == _group(one) for n, one in enumerate(grid.head) if n != column
            ):
                continue  # below one head stand plan and progress in percent, no ratios
            others = [
                n for n in range(len(kinds)) if n != column and is_number_column(look, grid, n)
            ]
            parts = _pair(grid, cells, column, others)
            taken = [_pair(grid, cells, n, others) for n, one in enumerate(kinds) if one == kind]
            if parts is None and kind in ("capaian", "serapan") and not any(taken):
                real = _nearest(kinds, column, ("realisasi",))
                goal = _nearest(kinds, column, ("target", "pagu"))
                parts = (goal, real) if real is not None and goal is not None else None
            if parts and "tahun" in head.casefold() and time_of(grid.head[parts[0]]).quarter:
                continue  # of the target of the year, which is not in the table
            if parts is not None:
                yield from _unfit(look, grid, column, parts)
            elif told_of := list(_of_one_whole(look, grid, column, others)):
                yield from told_of
            else:
                yield from _parts_of_total(look, grid, column, others)


def _pair(grid: Grid, cells: Cells, column: int, others: Sequence[int]) -> tuple[int, int] | None:
    """Find the two columns of which most rows of a percentage are the ratio."""
    best: tuple[tuple[int, int], tuple[int, int]] | None = None
    for pair in permutations(others, 2):
        right = wrong = 0
        for line in cells:
            printed, *told = (line[one] for one in (column, *pair))
            if printed is None or any(one is None for one in told):
                continue
            both = [one for one in told if one is not None]
            if not both[0].value or both[0].value == both[1].value or not both[1].value:
                continue
            if fits(printed, both):
                right += 1
            else:
                wrong += 1
        if right > 1 and right > wrong and (best is None or (right, -wrong) > best[0]):
            best = (right, -wrong), (pair[0], pair[1])
    return best[1] if best else None


def _of_one_whole(look: Look, grid: Grid, column: int, others: Sequence[int]) -> Iterator[Hit]:
    """Shares of a whole that the table does not tell: all rows but one agree on it."""
    cells = look.numbers(grid)
    for other in others:
        told = [
            (n, a, b)
            for n, line in enumerate(cells)
            if (a := line[column]) and (b := line[other]) and a.value and b.value
        ]
        spans = [
            (b.value / (a.value + step) * 100, b.value / (a.value - step) * 100)
            for _, a, b in told
            if (step := Fraction(1, 10**a.decimals)) < a.value
        ]
        if len(spans) < len(told) or len(told) <= _SURE:
            continue
        middles = sorted(((a + b) / 2 for a, b in spans), reverse=True)
        base = max(middles, key=lambda one: sum(low <= one <= high for low, high in spans))
        wrong = [at for at, (low, high) in enumerate(spans) if not low <= base <= high]
        if len(wrong) != 1:
            continue
        number, a, b = told[wrong[0]]
        shown = f"{digits(b.value / base * 100, a, least=1)}%"
        label = label_of(grid.rows[number])
        yield Hit(
            grid.rows[number][column],
            shown,
            f"“{label}”: {grid.head[column]} tertulis {grid.rows[number][column]}, sedangkan"
            f" menurut perbandingan baris lain {grid.rows[number][other]} adalah {shown}.",
            grid.at(number, column),
            f"{look_key(label)}/{grid.head[column]}",
        )
        return


def _parts_of_total(look: Look, grid: Grid, column: int, others: Sequence[int]) -> Iterator[Hit]:
    """Shares that each row has of the total of a column."""
    cells = look.numbers(grid)
    total = next(
        (n for n, row in enumerate(grid.rows) if look.words.says("jumlah", label_of(row))), None
    )
    lines = [n for n in range(len(cells)) if n != total and cells[n][column] is not None]
    if len(lines) < _SURE or any(look.is_total(grid.rows[n]) for n in lines):
        return
    for other in others:
        told = [one for n in lines if (one := cells[n][other])]
        whole = Fraction(sum(one.value for one in told))
        if len(told) < len(lines) or not whole:
            continue
        sums = {whole, *(one.value for n in (total,) if n is not None and (one := cells[n][other]))}
        for base in sums:
            made = [(n, cells[n][other].value / base * 100) for n in lines if base]  # type: ignore[union-attr]
            wrong = [(n, one) for n, one in made if not _rounded(cells[n][column], one)]
            if len(lines) - len(wrong) < 2 or len(wrong) > len(lines) / 2:
                continue
            for number, exact in wrong:
                shown = f"{digits(exact, cells[number][column], least=1)}%"
                label = label_of(grid.rows[number])
                yield Hit(
                    grid.rows[number][column],
                    shown,
                    f"“{label}”: {grid.head[column]} tertulis {grid.rows[number][column]},"
                    f" sedangkan {grid.rows[number][other]} dari {digits(base)} adalah {shown}.",
                    grid.at(number, column),
                    f"{look_key(label)}/{grid.head[column]}",
                )
            return


def _rounded(printed: Printed | None, exact: Fraction) -> bool:
    step = Fraction(1, 10**printed.decimals) if printed else Fraction(0)
    return printed is not None and abs(printed.value - exact) < step


def _nearest(kinds: Sequence[str], column: int, wanted: Sequence[str]) -> int | None:
    places = [n for n, kind in enumerate(kinds) if kind in wanted and n != column]
    before = [n for n in places if n < column]
    return max(before) if before else (min(places) if places else None)


def _unfit(look: Look, grid: Grid, column: int, parts: Sequence[int]) -> Iterator[Hit]:
    for number, line in enumerate(look.numbers(grid)):
        printed = line[column]
        values = [line[one] for one in parts]
        if printed is None or any(one is None or one.gap for one in values):
            continue
        both = [one for one in values if one is not None]
        if look.words.measure(grid.head[parts[0]]).startswith("target"):
            both[0] = replace(both[0], decimals=0)  # nobody rounds what is to be reached
        made = _ratio([one.value for one in both])
        if made is None or (
            fits(printed, both) and not _reversed(look, grid, column, parts, number)
        ):
            continue
        if printed.value == 100 and made > 100:
            continue  # capped
        if any(look.noted(grid.rows[number][one]) for one in (column, *parts)):
            continue
        shown = digits(made, printed, least=2)
        label = label_of(grid.rows[number])
        against = " dan ".join(f"{grid.head[one]} {grid.rows[number][one]}" for one in parts)
        yield Hit(
            grid.rows[number][column],
            f"{shown}%",
            f"“{label}”: {grid.head[column]} tertulis {grid.rows[number][column]}, sedangkan"
            f" menurut {against} seharusnya {shown}%.",
            grid.at(number, column),
            f"{look_key(label)}/capaian",
        )


def _reversed(look: Look, grid: Grid, column: int, parts: Sequence[int], number: int) -> bool:
    """Tell that one achievement alone is counted as if less were better, which nothing says."""
    told = [
        (n, printed, both)
        for n, line in enumerate(look.numbers(grid))
        if (printed := line[column]) and all(both := [line[one] for one in parts])
        if both[0].value != both[1].value  # type: ignore[union-attr]
    ]
    back = [
        n
        for n, printed, both in told
        if fits(printed, both) and not fits(printed, both, less=False)  # type: ignore[arg-type]
    ]
    words = known_by(label_of(grid.rows[number]), look)
    lower = any(
        look.words.says("mengecil", sentence) and words & known_by(sentence, look)
        for _, sentence in look.sentences
    )
    row = grid.rows[number]
    called = (name for cell in row if cell for name in look.subjects.called(cell))
    named = look.words.says("mengecil", " ".join((*row, *called)))
    return back == [number] and len(told) > _SURE and not named and not lower


def look_key(label: str) -> str:
    """Shorten a label for a subject."""
    return re.sub(r"\s+", " ", label)[:60]


def amiss_in(grid: Grid, at: tuple[int, int], shown: str, source: str) -> Hit:
    """Hold a cell, by row and column, against what its source makes of it."""
    row, head, label = grid.rows[at[0]], grid.head[at[1]], label_of(grid.rows[at[0]])
    told = f"“{label}”: {head} tertulis {row[at[1]]}, sedangkan {source} {shown}."
    return Hit(row[at[1]], shown, told, grid.at(*at), f"{look_key(label)}/{head}")


@dataclass(frozen=True, slots=True)
class _Relation:
    """A column that is the sum or the difference of others."""

    column: int
    parts: tuple[int, ...]
    wrong: Mapping[int, Fraction]
    """What it would be in the rows where it is not."""
    rest: bool

    def would_be(self, column: int, row: Sequence[Printed | None]) -> Fraction:
        """Tell what one of its columns would be by the others."""
        told = {one: cell.value if (cell := row[one]) else Fraction() for one in self.parts}
        mine = cell.value if (cell := row[self.column]) else Fraction()
        signs = [1, -1] if self.rest else [1] * len(self.parts)
        made = sum(sign * told[one] for sign, one in zip(signs, self.parts, strict=True))
        if column == self.column:
            return Fraction(made)
        return told[column] + signs[self.parts.index(column)] * (mine - made)


def relations(look: Look) -> Iterator[Hit]:
    """Find sums and differences of columns that hold in most rows, and rows that break them."""
    for grid in look.report.grids:
        columns = [
            n
            for n in range(len(grid.head))
            if is_number_column(look, grid, n) and not is_ratio(look, grid.head[n])
        ]
        named = {
            n: bool(re.search(r"\b(?:jumlah|total)\b", grid.head[n].casefold())) for n in columns
        }
        told: list[_Relation] = []
        for column in sorted(columns, key=lambda n: not (named[n] or _is_rest(look, grid, n))):
            rest = _is_rest(look, grid, column)
            if has_month(grid.head[column]) and not named[column] and not rest:
                continue  # a month is no sum of those before it
            left = columns
            # A sum may have parts of two kinds: its quarters, and what was found in them.
            while one := _relation(
                look, grid, left, column, rest=rest, named=named[column] or rest
            ):
                if all({column, *one.parts} != {t.column, *t.parts} for t in told):
                    # What is but a part of a named sum is no sum of its own.
                    inside = not named[column] and not rest and any(column in t.parts for t in told)
                    if not inside or len(one.wrong) * 3 < len(grid.rows):
                        told.append(one)
                left = [n for n in left if n not in one.parts]
        yield from _broken(look, grid, told)


def is_ratio(look: Look, head: str) -> bool:
    """Tell whether a head is one of shares."""
    share = "%" in head or "persen" in head.casefold()
    return share or look.words.measure(head).split(" ")[0] in ("capaian", "serapan")


def _group(head: str) -> str:
    """Give the head above that of a share: “Progres” of “Progres (%) Rencana”."""
    return head.partition("(%) ")[0] if "(%) " in head else ""


def _is_rest(look: Look, grid: Grid, column: int) -> bool:
    return look.words.says("sisa", grid.head[column])


def _relation(
    look: Look, grid: Grid, columns: Sequence[int], column: int, *, rest: bool, named: bool
) -> _Relation | None:
    """Find the columns of which one is the sum or the difference, and the rows that break it."""
    cells = look.numbers(grid)
    before, after = ([n for n in columns if n < column], [n for n in columns if n > column])
    runs = [side[a:b] for side in (before, after) for a, b in combinations(range(len(side) + 1), 2)]
    tried = [tuple(one) for one in runs if len(one) > 1 and not rest]
    tried += list(permutations([n for n in columns if n != column], 2)) if rest else []
    best: tuple[int, tuple[int, ...], list[tuple[int, Fraction]]] | None = None
    rounded = scale_of(grid, column) > 1
    signed = any(row[column].startswith(("+", "-", "−")) for row in grid.rows)
    for parts in tried:
        right, wrong, turned_ = 0, [], list[tuple[int, Fraction]]()
        for number, line in enumerate(cells):
            printed = line[column]
            told = [one.value for one in (line[part] for part in parts) if one is not None]
            if printed is None or not told or (rest and len(told) < 2):
                continue
            if is_ratio(look, label_of(grid.rows[number])):
                continue  # a row of shares does not add up
            # Amounts rounded to thousands each may miss their sum by half a unit.
            slack = Fraction(len(told) + 1, 2) if rounded and not printed.decimals else 0
            made = told[0] - told[1] if rest else sum(told, Fraction())
            if abs(made - printed.value) <= slack or (rest and abs(made) == abs(printed.value)):
                right += sum(map(bool, told)) > 1
                if made != printed.value and rest and made:
                    turned_.append((number, made))
            elif not named and printed.value in (told[-1], max(told), sum(told) / len(told)):
                continue  # a state, or a mean, not a sum
            else:
                wrong.append((number, made))
        if signed:  # one of several differences alone has its sign turned round
            right -= len(turned_)
            wrong += turned_ if len(turned_) == 1 and right > 1 else []
        enough = right >= 2 and right >= len(wrong) if named else right >= max(2, 2 * len(wrong))
        enough = enough or (named and right == len(wrong) == 1 and len(parts) > _SURE)
        if not named and (len(parts) < _SURE or right + len(wrong) < _SURE):
            enough = right >= _SURE and right > 2 * len(wrong)
        if enough and (best is None or (right, len(parts)) > (best[0], len(best[1]))):
            best = (right, parts, wrong)
    return _Relation(column, best[1], dict(best[2]), rest) if best else None


def _broken(look: Look, grid: Grid, told: Sequence[_Relation]) -> Iterator[Hit]:
    """Tell each row once that breaks relations: of several, by the column that they share."""
    cells = look.numbers(grid)
    known = {(one.row, one.across) for one in crossings(look, grid)}
    for number in range(len(grid.rows)):
        broken = [a for a in told if number in a.wrong and (number, a.column) not in known]
        if not broken:
            continue
        shared = set.intersection(*({one.column, *one.parts} for one in broken))
        several = len(broken) > 1 and shared
        for one in broken[:1] if several else broken:
            column = min(shared) if several else one.column
            exact = one.would_be(column, cells[number])
            printed = cells[number][column]
            plain = printed and printed.value >= 0 and abs(exact) != printed.value
            shown = digits(abs(exact) if plain else exact, printed)
            others = [part for part in (*one.parts, one.column) if part != column]
            source = f"dari {', '.join(grid.head[part] for part in others)} seharusnya"
            yield amiss_in(grid, (number, column), shown, source)


def numbering(look: Look) -> Iterator[Hit]:
    """Follow the running numbers of rows: holes and repeats."""
    for grid in look.report.grids:
        for column, head in enumerate(grid.head):
            if not look.words.says("nomor", head):
                continue
            told = [
                (int(row[column].rstrip(".")), number)
                for number, row in enumerate(grid.rows)
                if re.fullmatch(r"[0-9]{1,3}\.?", row[column])
            ]
            wrong = [(a, b) for a, b in pairwise(told) if b[0] not in (a[0] + 1, 1)]
            rising = all(a < b for (a, _), (b, _) in pairwise(told))
            if rising and len(wrong) * 2 >= len(told):
                continue  # a choice of numbered things
            for (one, _), (two, at) in wrong:
                yield Hit(
                    str(two),
                    str(one + 1),
                    f"Nomor urut {one} diikuti {two}.",
                    grid.at(at, column),
                    f"{grid.caption or 'tabel'}/nomor",
                )


def falls(look: Look) -> Iterator[Hit]:
    """Cumulative series that fall: by their names, or because all beside them only ever rise."""
    for one in look.report.grids:
        down_rows = sum(has_month(row[0]) for row in one.rows)
        grid = turned(one) if down_rows * 2 > len(one.rows) >= _SURE else one
        months = [n for n, head in enumerate(grid.head) if has_month(head)]
        # What stands behind months for their quarter is another measure.
        times = months or [
            n
            for n, head in enumerate(grid.head)
            if _QUARTER.fullmatch(head) and not _PLAN.match(head)
        ]
        if len(times) >= _SURE:
            yield from _falls(look, grid, times)


def _falls(look: Look, grid: Grid, times: Sequence[int]) -> Iterator[Hit]:
    heads = [grid.head[n].casefold() for n in times]
    if any(map(has_month, heads)):
        # A title says “sampai” of the months it has; only these say that each adds up.
        named = any(map(_KEPT.search, heads)) or bool(_ADDED.search(grid.caption.casefold()))
    else:
        # Of quarters every head must say so, and say it of the same.
        if len({re.sub(r"\b[iv]+$", "", one) for one in heads}) > 1:
            return
        named = all(map(_KEPT.search, heads))
    series = {
        number: [(n, line[n].value) for n in times if line[n]]  # type: ignore[union-attr]
        for number, line in enumerate(look.numbers(grid))
        if not look.words.says("sisa", label_of(grid.rows[number]))
        if not re.search(r"\bbulan\b|\bbulanan\b", label_of(grid.rows[number]).casefold())
    }
    down = {
        number: [(a, b) for (a, x), (b, y) in pairwise(line) if y < x]
        for number, line in series.items()
        if line
    }
    rising = [n for n, back in down.items() if not back and series[n][-1][1] > series[n][0][1]]
    once = [n for n, back in down.items() if len(back) == 1 and _but_one(series[n], back[0][1])]
    goal = next((n for n, head in enumerate(grid.head) if look.words.measure(head) == "target"), -1)
    ends = [
        n
        for n, line in series.items()
        if line and (cell := look.numbers(grid)[n][goal]) and cell.value == line[-1][1]
    ]
    # Months that only rise in all rows add up; quarters do where they end at the target.
    summed = len(times) > _LONG or (goal >= 0 and goal not in times and len(ends) >= len(down) - 1)
    others = summed and len(rising) == len(down) - 1 and rising
    for number, back in down.items():
        row = grid.rows[number]
        own = "kumulatif" in label_of(row).casefold()
        if not (named or own or (others and once == [number])):
            continue
        for a, b in back:
            if look.noted(row[a]) or look.noted(row[b]):
                continue
            yield Hit(
                row[b],
                f"sekurang-kurangnya {row[a]}",
                f"“{label_of(row)}” turun dari {row[a]} ({grid.head[a]}) menjadi {row[b]}"
                f" ({grid.head[b]}), padahal nilainya kumulatif.",
                grid.at(number, b),
                f"{look_key(label_of(row))}/{grid.head[b]}",
            )


def last_targets(look: Look) -> Iterator[Hit]:
    """Hold the last of the targets by quarter against that of the year, where others agree."""
    for grid in look.report.grids:
        heads = [time_of(head) for head in grid.head]
        last = [n for n, one in enumerate(heads) if one.quarter == 4]
        goal = [
            n
            for n, head in enumerate(grid.head)
            if look.words.measure(head) == "target" or _YEARLY.match(head)
            if not heads[n].quarter
            if any(line[n] for line in look.numbers(grid))
        ]
        if len(last) != 1 or len(goal) != 1 or sum(one.quarter > 0 for one in heads) < 4:
            continue
        told = [
            (number, a.value == b.value)
            for number, line in enumerate(look.numbers(grid))
            if (a := line[goal[0]]) and (b := line[last[0]])
        ]
        wrong = [number for number, same in told if not same]
        for number in wrong if len(wrong) == 1 and len(told) > _SURE else ():
            row = grid.rows[number]
            yield Hit(
                row[last[0]],
                row[goal[0]],
                f"“{label_of(row)}”: {grid.head[last[0]]} tertulis {row[last[0]]}, sedangkan"
                f" {grid.head[goal[0]]} {row[goal[0]]}.",
                grid.at(number, last[0]),
                f"{look_key(label_of(row))}/target",
            )


def codes(look: Look) -> Iterator[Hit]:
    """Codes that two things of one table have, and things whose code has letters exchanged."""
    known: dict[str, tuple[str, Place]] = {}
    for grid in look.report.grids:
        place, name = look.naming(grid)
        told = [
            (row[place], row[name], grid.at(number, place))
            for number, row in enumerate(grid.rows)
            if place is not None and name is not None and row[place] and row[name]
        ]
        count = Counter(code for code, _, _ in told if re.search(r"[A-Z].*[0-9]|\.[A-Z]", code))
        twice = [code for code, times in count.items() if times > 1]
        for code in (
            twice if len(twice) == 1 and count[twice[0]] == 2 and len(count) > _SURE else ()
        ):
            places = [(label, at) for one, label, at in told if one == code]
            if places[0][0] != places[1][0]:
                yield Hit(
                    code,
                    "satu kode, satu nama",
                    f"Kode {code} dipakai dua kali: “{places[0][0]}” dan “{places[1][0]}”.",
                    [at for _, at in places],
                    f"kode/{code}",
                )
        for code, label, at in told:
            other, there = known.setdefault(label.casefold(), (code, at))
            if exchanged(code, other):
                yield Hit(
                    code,
                    other,
                    f"Kode “{label}” tertulis {code} dan {other}.",
                    [at, there],
                    f"kode/{code}",
                )


def codes_apart(look: Look) -> Iterator[Hit]:
    """Find a code that one table has, and others in its place with letters exchanged."""
    told: dict[str, list[tuple[Grid, Place]]] = defaultdict(list)
    for grid in look.report.grids:
        for number, row in enumerate(grid.rows):
            for column, cell in enumerate(row[:3]):
                if RO.fullmatch(cell):
                    told[cell].append((grid, grid.at(number, column)))
    for code, found in told.items():
        (grid, at), *more = found
        for other, there in told.items() if not more else ():
            first = len(there) == 1 and there[0][0] is not grid and code < other
            if exchanged(code, other) and not first and all(one is not grid for one, _ in there):
                told_of = f"Kode {code} tampaknya {other}, yang tertulis dalam tabel lain."
                yield Hit(code, other, told_of, [at, there[0][1]], f"kode/{code}")


def _but_one(line: Sequence[tuple[int, Fraction]], column: int) -> bool:
    """Tell that a series only rises without one of its figures, and from little to much."""
    rest = [value for n, value in line if n != column]
    return all(a <= b for a, b in pairwise(rest)) and rest[-1] > 2 * rest[0]


def running(look: Look) -> Iterator[Hit]:
    """Columns, or rows, of cumulative amounts against the amounts that they add up."""
    for one in look.report.grids:
        lying = sum(map(has_month, one.head)) >= _SURE and any(map(_SUMMED.search, _labels(one)))
        grid = turned(one) if lying else one
        cells = look.numbers(grid)
        columns = [n for n in range(len(grid.head)) if is_number_column(look, grid, n)]
        for column in columns:
            if not _SUMMED.search(grid.head[column].casefold()):
                continue
            for part in columns:
                told = [
                    (n, cells[n][column], cells[n][part])
                    for n, row in enumerate(grid.rows)
                    if not look.is_total(row) and cells[n][column] and cells[n][part]
                ]
                more = part != column and not _SUMMED.search(grid.head[part].casefold())
                yield from _running(grid, column, told) if more else ()


def _labels(grid: Grid) -> list[str]:
    return [label_of(row).casefold() for row in grid.rows]


def _running(
    grid: Grid, column: int, told: Sequence[tuple[int, Printed | None, Printed | None]]
) -> Iterator[Hit]:
    steps = [
        (n, b, a.value + more.value)
        for (_, a, _), (n, b, more) in pairwise([(-1, read_printed("0"), None), *told])
        if a and b and more
    ]
    slack = [
        Fraction(1, 10**b.decimals) if b.decimals or b.value > _ROUNDED else 0 for _, b, _ in steps
    ]
    wrong = [at for at, (_, b, made) in enumerate(steps) if abs(b.value - made) > slack[at]]
    later = 0 in wrong  # it does not begin with the year
    still = sum(more is not None and not more.value for _, _, more in told)  # which tell nothing
    if len(steps) - len(wrong) - still < _SURE - (not later) or len(wrong) * 2 > len(steps):
        return
    for at in wrong[later:]:
        if at - 1 in wrong[later:]:
            continue  # the row before was wrong, and so is the step from it
        number, printed, made = steps[at]
        shown = digits(made, printed)
        yield Hit(
            grid.rows[number][column],
            shown,
            f"“{label_of(grid.rows[number])}”: {grid.head[column]} tertulis"
            f" {grid.rows[number][column]}, sedangkan dari baris sebelumnya seharusnya {shown}.",
            grid.at(number, column),
            f"{look_key(label_of(grid.rows[number]))}/{grid.head[column]}",
        )


def beyond(look: Look) -> Iterator[Hit]:
    """More realised than the ceiling of the same row allows."""
    for grid in look.report.grids:
        kinds = [look.words.measure(head) for head in grid.head]
        goal, real = (
            [n for n, kind in enumerate(kinds) if kind.split(" ")[0] == one]
            for one in ("pagu", "realisasi")
        )
        if len(goal) != 1 or len(real) != 1:
            continue
        for number, line in enumerate(look.numbers(grid)):
            limit, spent = line[goal[0]], line[real[0]]
            if limit and spent and not limit.percent and 0 < limit.value < spent.value:
                row = grid.rows[number]
                yield Hit(
                    row[real[0]],
                    row[goal[0]],
                    f"“{label_of(row)}”: {grid.head[real[0]]} {row[real[0]]} melebihi"
                    f" {grid.head[goal[0]]} {row[goal[0]]}.",
                    grid.at(number, real[0]),
                    f"{look_key(label_of(row))}/melebihi pagu",
                )


def chains(look: Look) -> Iterator[Hit]:
    """Ceilings after one revision against those before the next one."""
    for grid in look.report.grids:
        kinds = [look.words.measure(head) for head in grid.head]
        start = next(
            (n for n, kind in enumerate(kinds) if re.fullmatch("pagu (awal|semula|sebelum)", kind)),
            None,
        )
        end = next(
            (
                n
                for n, kind in enumerate(kinds)
                if re.fullmatch("pagu (akhir|menjadi|sesudah)", kind)
            ),
            None,
        )
        if start is None or end is None:
            continue
        cells = look.numbers(grid)
        links = [
            (number, before.value == after.value)
            for number in range(1, len(cells))
            if (before := cells[number - 1][end]) and (after := cells[number][start])
        ]
        if sum(held for _, held in links) * 2 < len(links):
            continue  # its rows are things side by side, not one after another
        for number, held in links:
            if not held:
                yield Hit(
                    grid.rows[number][start],
                    grid.rows[number - 1][end],
                    f"“{label_of(grid.rows[number])}” bermula dari {grid.rows[number][start]},"
                    f" sedangkan “{label_of(grid.rows[number - 1])}” berakhir pada"
                    f" {grid.rows[number - 1][end]}.",
                    grid.at(number, start),
                    f"{look_key(label_of(grid.rows[number]))}/pagu awal",
                )


RULES = (
    Rule("jumlah-tabel", "material", "baris jumlah dengan baris di atasnya", totals),
    Rule("rata-rata", "minor", "baris rata-rata dengan baris di atasnya", mean_rows),
    Rule("rincian-kode", "material", "pagu suatu kode dengan pagu rinciannya", parts_of_codes),
    Rule("capaian-tabel", "material", "persentase dengan target dan realisasi sebaris", ratios),
    Rule("hubungan-kolom", "material", "kolom jumlah dan selisih dengan kolom asalnya", relations),
    Rule(
        "rantai-revisi",
        "material",
        "pagu sebelum revisi dengan pagu sesudah revisi terdahulu",
        chains,
    ),
    Rule("kumulatif", "material", "nilai kumulatif dengan penambahannya", running),
    Rule("melebihi-pagu", "material", "realisasi dengan pagunya", beyond),
    Rule("kumulatif-turun", "minor", "nilai kumulatif dengan bulan sebelumnya", falls),
    Rule("nilai-ganda", "material", "target triwulan terakhir dengan target setahun", last_targets),
    Rule("kode-ganda", "minor", "kode dengan kode lain dalam tabelnya", codes),
    Rule("kode-ganda", "minor", "kode dengan kode dalam tabel lain", codes_apart),
    Rule("nomor-baris", "editorial", "nomor urut baris", numbering),
)
