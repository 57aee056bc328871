"""Arithmetic of the tables of a typed report: totals, parts of codes, relations of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from pp39.findings.printed import Printed, agreement, digits
from pp39.review.hit import Hit, Look, Rule
from pp39.review.saying import column_measure, is_word, printed_in
from pp39.review.typed import Grid

__all__ = ["RULES", "fits"]

_SURE = 3
"""Rows in which a relation of columns must hold before a row that breaks it is told."""

Cells = list[list[Printed | None]]


def _numbers(grid: Grid) -> Cells:
    return [[printed_in(cell) for cell in row] for row in grid.rows]


def _is_number_column(grid: Grid, cells: Cells, column: int) -> bool:
    head = grid.head[column]
    if is_word("nomor", head) or is_word("kode", head) or re.fullmatch(r"(?:19|20)[0-9]{2}", head):
        return False
    told = [row[column] for row in grid.rows if row[column]]
    read = sum(line[column] is not None for line in cells)
    return bool(told) and read * 2 > len(told)


def _label(row: Sequence[str]) -> str:
    return next((cell for cell in row if re.search("[A-Za-z]{3}", cell)), "")


def totals(look: Look) -> Iterator[Hit]:
    """Rows that call themselves totals, against the rows above them."""
    for grid in look.report.grids:
        cells = _numbers(grid)
        for column, head in enumerate(grid.head):
            if not _is_number_column(grid, cells, column) or _is_share(grid, cells, column):
                continue
            yield from _totals(grid, cells, column, head)


def _totals(grid: Grid, cells: Cells, column: int, head: str) -> Iterator[Hit]:
    since: list[Fraction] = []
    subtotals: list[Fraction] = []
    everything: list[tuple[str, Fraction]] = []
    for number, row in enumerate(grid.rows):
        printed, label = cells[number][column], _label(row)
        if is_word("rata", label):
            continue
        if not is_word("jumlah", label):
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
        for values in (since, [value for _, value in everything]):
            tried += [sum(_tops(values)), sum(_tops(values[::-1]))]
        right = any(agreement(printed, Fraction(one)) == "sama" for one in tried if one)
        if since or subtotals:
            against = tried[0] if since else tried[1]
            if not right and len(since or subtotals) > 1:
                shown = digits(Fraction(against), printed)
                yield (
                    f"{grid.caption or 'tabel'}/{head or 'kolom'}",
                    row[column],
                    shown,
                    f"“{label}” tertulis {row[column]}, sedangkan baris di atasnya berjumlah"
                    f" {shown}.",
                    [grid.at(number, column)],
                )
        subtotals.append(printed.value)
        since = []


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


def _is_share(grid: Grid, cells: Cells, column: int) -> bool:
    """Tell shares and scores, which do not add up, from amounts."""
    told = [line[column] for line in cells if line[column] is not None]
    measure = column_measure(grid.head[column])
    share = "%" in grid.head[column] or "persen" in grid.head[column].casefold()
    if share or any(one.percent for one in told if one) or measure == "capaian":
        whole = [
            line
            for line, row in zip(cells, grid.rows, strict=True)
            if is_word("jumlah", _label(row))
        ]
        sums = [line[column] for line in whole]
        return not any(one.value == 100 for one in sums if one)
    return bool(re.search("indeks|nilai(?! pagu)|rata|satuan|harga", grid.head[column].casefold()))


def _child(parent: str, code: str) -> bool:
    """Tell whether a code stands directly or deeper below another one."""
    tail = parent.rpartition(".")[2]
    return code.startswith(parent + ".") or (
        "." in parent
        and re.fullmatch(r"[A-Z]{3}", tail) is not None
        and code.startswith(tail + ".")
    )


def parts_of_codes(look: Look) -> Iterator[Hit]:
    """Amounts of a code against those of the codes one step below it."""
    for grid in look.report.grids:
        place = next((n for n, head in enumerate(grid.head) if is_word("kode", head)), None)
        if place is None:
            continue
        cells = _numbers(grid)
        codes = [row[place].strip() for row in grid.rows]
        for column, head in enumerate(grid.head):
            money = column_measure(head).split(" ")[0] in ("pagu", "realisasi", "blokir", "serapan")
            if column == place or not money or not _is_number_column(grid, cells, column):
                continue
            yield from _below(grid, cells, codes, column)


def _below(grid: Grid, cells: Cells, codes: Sequence[str], column: int) -> Iterator[Hit]:
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
        if len(values) < 1 or any(one is None for one in values):
            continue
        summed = Fraction(sum(one.value for one in values if one is not None))
        if agreement(total, summed) != "sama":
            shown = digits(summed, total)
            yield (
                f"{code}/{column_measure(grid.head[column])}",
                grid.rows[number][column],
                shown,
                f"{code} tertulis {grid.rows[number][column]}, sedangkan rinciannya"
                f" ({codes[under[0]]}–{codes[under[-1]]}) berjumlah {shown}.",
                [grid.at(number, column)],
            )


def _deeper(codes: Sequence[str], top: int, at: int) -> bool:
    return any(_child(codes[one], codes[at]) for one in range(top + 1, at))


def _ratio(values: Sequence[Fraction]) -> Fraction | None:
    return values[1] / values[0] * 100 if values[0] else None


def fits(printed: Printed, parts: Sequence[Printed]) -> bool:
    """Tell whether a percentage can come from target and realisation, all as rounded in print.

    Higher is better (R/T) and lower is better (2 − R/T), as a percentage or as a ratio.
    """
    goal, real = ([one.value - _half(one), one.value + _half(one)] for one in parts)
    made = [r / g * 100 for r in (*real, parts[1].value) for g in (*goal, parts[0].value) if g]
    for one in (made, [200 - value for value in made], [value / 100 for value in made]):
        if one and min(one) - _half(printed) <= printed.value <= max(one) + _half(printed):
            return True
    return False


def _half(printed: Printed) -> Fraction:
    """Half a unit of the last printed decimal; whole numbers are taken as counted."""
    return Fraction(1, 2 * 10**printed.decimals) if printed.decimals else Fraction(0)


def ratios(look: Look) -> Iterator[Hit]:
    """Achievement against target and realisation of the same row."""
    for grid in look.report.grids:
        cells = _numbers(grid)
        kinds = [column_measure(head).split(" ")[0] for head in grid.head]
        for column, kind in enumerate(kinds):
            if (
                kind not in ("capaian", "serapan")
                or grid.head[column].casefold() == "indikasi capaian"
            ):
                continue
            real = _nearest(kinds, column, ("realisasi",))
            goal = _nearest(kinds, column, ("target", "pagu"))
            if real is None or goal is None:
                continue
            yield from _unfit(grid, cells, column, [goal, real])


def _nearest(kinds: Sequence[str], column: int, wanted: Sequence[str]) -> int | None:
    places = [n for n, kind in enumerate(kinds) if kind in wanted and n != column]
    before = [n for n in places if n < column]
    return max(before) if before else (min(places) if places else None)


def _unfit(grid: Grid, cells: Cells, column: int, parts: Sequence[int]) -> Iterator[Hit]:
    for number, line in enumerate(cells):
        printed = line[column]
        values = [line[one] for one in parts]
        if printed is None or any(one is None or one.gap for one in values):
            continue
        exact = [one.value for one in values if one is not None]
        made = _ratio(exact)
        if made is None or fits(printed, [one for one in values if one is not None]):
            continue
        if printed.value == 100 and made > 100:
            continue  # capped
        shown = digits(made, printed, least=2)
        label = _label(grid.rows[number])
        against = " dan ".join(f"{grid.head[one]} {grid.rows[number][one]}" for one in parts)
        yield (
            f"{look_key(label)}/capaian",
            grid.rows[number][column],
            f"{shown}%",
            f"“{label}”: {grid.head[column]} tertulis {grid.rows[number][column]}, sedangkan"
            f" menurut {against} seharusnya {shown}%.",
            [grid.at(number, column)],
        )


def look_key(label: str) -> str:
    """Shorten a label for a subject."""
    return re.sub(r"\s+", " ", label)[:60]


def relations(look: Look) -> Iterator[Hit]:
    """Find sums and differences of columns that hold in most rows, and rows that break them."""
    for grid in look.report.grids:
        cells = _numbers(grid)
        columns = [n for n in range(len(grid.head)) if _is_number_column(grid, cells, n)]
        for column in columns:
            head = grid.head[column].casefold()
            if not re.search(r"\b(?:jumlah|total|sisa|selisih|saldo)\b", head):
                continue
            others = [n for n in columns if n < column]
            yield from _broken(
                grid, cells, column, others, subtract="sisa" in head or "selisih" in head
            )


def _broken(
    grid: Grid, cells: Cells, column: int, others: Sequence[int], *, subtract: bool
) -> Iterator[Hit]:
    tried: list[tuple[int, ...]] = list(combinations(others, 2)) if subtract else []
    tried += [tuple(others[start:]) for start in range(len(others) - 1)]
    best: tuple[int, tuple[int, ...], list[tuple[int, Fraction]]] | None = None
    for parts in tried:
        right, wrong = 0, []
        for number, line in enumerate(cells):
            printed = line[column]
            told = [one.value for one in (line[part] for part in parts) if one is not None]
            if printed is None or not told or (subtract and len(told) < len(parts)):
                continue
            difference = subtract and len(parts) == 2
            made = told[0] - told[1] if difference else sum(told, Fraction())
            if abs(made) == abs(printed.value):
                right += 1
            else:
                wrong.append((number, made))
        if right >= _SURE and right > len(wrong) and (best is None or right > best[0]):
            best = (right, parts, wrong)
    if best is None:
        return
    for number, made in best[2]:
        shown = digits(made, cells[number][column])
        label = _label(grid.rows[number])
        yield (
            f"{look_key(label)}/{grid.head[column]}",
            grid.rows[number][column],
            shown,
            f"“{label}”: {grid.head[column]} tertulis {grid.rows[number][column]}, sedangkan dari"
            f" {', '.join(grid.head[one] for one in best[1])} seharusnya {shown}.",
            [grid.at(number, column)],
        )


def numbering(look: Look) -> Iterator[Hit]:
    """Follow the running numbers of rows: holes and repeats."""
    for grid in look.report.grids:
        for column, head in enumerate(grid.head):
            if not is_word("nomor", head):
                continue
            told = [
                (int(row[column].rstrip(".")), number)
                for number, row in enumerate(grid.rows)
                if re.fullmatch(r"[0-9]{1,3}\.?", row[column])
            ]
            for (one, _), (two, at) in pairwise(told):
                if two not in (one + 1, 1):
                    yield (
                        f"{grid.caption or 'tabel'}/nomor",
                        str(two),
                        str(one + 1),
                        f"Nomor urut {one} diikuti {two}.",
                        [grid.at(at, column)],
                    )


def falls(look: Look) -> Iterator[Hit]:
    """Cumulative series by month that fall."""
    for grid in look.report.grids:
        months = [n for n, head in enumerate(grid.head) if _month(head)]
        told = f"{grid.caption} {' '.join(grid.head)}".casefold()
        if len(months) < _SURE or not re.search(r"kumulatif|pcro|rvro|s\.?d\.?", told):
            continue
        cells = _numbers(grid)
        for number, row in enumerate(grid.rows):
            line = [(n, cells[number][n]) for n in months if cells[number][n] is not None]
            for (a, before), (b, after) in pairwise(line):
                if before and after and after.value < before.value:
                    yield (
                        f"{look_key(_label(row))}/{grid.head[b]}",
                        row[b],
                        f"sekurang-kurangnya {row[a]}",
                        f"“{_label(row)}” turun dari {row[a]} ({grid.head[a]}) menjadi {row[b]}"
                        f" ({grid.head[b]}), padahal nilainya kumulatif.",
                        [grid.at(number, b)],
                    )


def _month(head: str) -> bool:
    return bool(
        re.search(r"\b(?:jan|feb|mar|apr|mei|jun|jul|agu|agt|sep|okt|nov|nop|des)", head.casefold())
    )


def chains(look: Look) -> Iterator[Hit]:
    """Ceilings after one revision against those before the next one."""
    for grid in look.report.grids:
        kinds = [column_measure(head) for head in grid.head]
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
        cells = _numbers(grid)
        for number in range(1, len(cells)):
            before, after = cells[number - 1][end], cells[number][start]
            if before and after and before.value != after.value:
                yield (
                    f"{look_key(_label(grid.rows[number]))}/pagu awal",
                    grid.rows[number][start],
                    grid.rows[number - 1][end],
                    f"“{_label(grid.rows[number])}” bermula dari {grid.rows[number][start]},"
                    f" sedangkan “{_label(grid.rows[number - 1])}” berakhir pada"
                    f" {grid.rows[number - 1][end]}.",
                    [grid.at(number, start)],
                )


RULES = (
    Rule("jumlah-tabel", "material", "baris jumlah dengan baris di atasnya", totals),
    Rule("rincian-kode", "material", "pagu suatu kode dengan pagu rinciannya", parts_of_codes),
    Rule("capaian-tabel", "material", "persentase dengan target dan realisasi sebaris", ratios),
    Rule("hubungan-kolom", "material", "kolom jumlah dan selisih dengan kolom asalnya", relations),
    Rule(
        "rantai-revisi",
        "material",
        "pagu sebelum revisi dengan pagu sesudah revisi terdahulu",
        chains,
    ),
    Rule("kumulatif-turun", "minor", "nilai kumulatif dengan bulan sebelumnya", falls),
    Rule("nomor-baris", "editorial", "nomor urut baris", numbering),
)
