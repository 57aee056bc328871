"""What a sentence says of a row or a column of a table, held against the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from pp39.characters import exchanged
from pp39.findings.printed import Printed
from pp39.mentions import mentions
from pp39.periods import MONTHS
from pp39.review.figure import CODE, Figure, figures, sentences
from pp39.review.hit import Hit, Look, Rule
from pp39.review.lines import MONTH, month_of
from pp39.review.saying import is_summed, key_of, measure_of, scale_in, scale_of
from pp39.review.typed import PROSE, Grid, Passage

_CLAUSE = re.compile(
    r";|\b(?:sedangkan|sementara|adapun|namun|tetapi|dibanding\w*|dari total|terhadap)\b"
)
_BETWEEN = re.compile(
    r"[\s,(]*(?:(?:sebesar|mencapai|sebanyak|adalah|yaitu|yakni|dengan|senilai|tercatat|hanya|baru"
    r"|terealisasi|terserap||menjadi|pada|berjumlah|masing-masing|ini|telah|sudah)[\s(]+)*"
)
"""What may stand between the name of a row and its figure."""
_OTHER = re.compile(
    r"\b(?:skala|lalu|sebelumnya|yang sama|selisih|rata-rata|tambahan|kurang|sisanya|semula"
    r"|diubah)\b|\bdari $"
)
"""What tells that a figure is not that of the cell."""
_TIME = re.compile(rf"(?:{MONTH}|(?:tw|triwulan|semester) [ivx0-9]+|(?:tahun )?20[0-9]{{2}})\b")
_UNTIL = re.compile(r"\b(?:sampai|hingga|s\.?d|kumulatif|akhir)\b")
_PARTNER = re.compile(r"[\s.,]*(?:\([^)]*\)\s*)?(?:rupiah\s+)?dari\s+(target|pagu)\b")
_OUT_OF = re.compile(r"(?: \([a-z ]+\))? dari ([0-9]{1,3})\b(?![.,%])")
_WORDS = 3
"""Words of a name by which it is known in another section."""
_HALF = Fraction(1, 2)
_SHIFTED = (10, 100, 1000)
_QUALIFIED = re.compile(
    r"[^.;]*\b(?:triwulan|tw|bulan|tahun|semester|lalu|sebelumnya|awal|target|rencana|20[0-9]{2}"
    rf"|dari|{MONTH})\b"
)
"""What follows a figure that may be another one than that of the report’s time."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table with the name it goes by in sentences."""

    name: str
    pattern: re.Pattern[str]
    grid: Grid
    number: int

    @property
    def time(self) -> bool:
        """Whether its name is a month, a quarter or a year."""
        return bool(_TIME.match(self.name))


_WHOLE = re.compile(r"\b(?:anggaran|pagu|dana|realisasi|serapan|penyerapan|seluruhnya)\b")
"""What a sentence calls the row of totals."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Find a name in small letters, whatever stands between its words; months also in full."""
    if re.fullmatch(MONTH, name):
        return re.compile(rf"\b(?:{name}|{MONTHS[month_of(name) - 1].casefold()})\b")
    return re.compile(r"\b" + r"\W+".join(map(re.escape, name.split())) + r"\b")


def _lines(grid: Grid, look: Look) -> Iterator[_Line]:
    """Give the rows that have a name."""
    name = look.naming(grid)[1] or 0
    for number, row in enumerate(grid.rows):
        told = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)", "", row[name].casefold())).strip()
        bare = key_of(row[name])
        told = bare if len(bare.split()) >= _WORDS else told
        if look.is_total(row):
            yield _Line("jumlah", _WHOLE, grid, number)
        elif len(told) > 1 and re.match("[a-z]", told):
            # A row that has but a code goes by the names that other tables give to it.
            for one in (
                told,
                *([bare] if bare != told and " " in bare else ()),
                *(look.subjects.called(row[name]) if CODE.fullmatch(row[name]) else ()),
            ):
                yield _Line(one, _pattern(one), grid, number)


def told_cells(look: Look) -> Iterator[Hit]:
    """Hold a figure behind the name of a row against the cell that it must be."""
    every = {id(grid): list(_lines(grid, look)) for grid in look.report.grids}
    # In another section a row is known by a name that is long.
    far = [one for lines in every.values() for one in lines if len(one.name.split()) >= _WORDS]
    for section in look.by_section:
        own = [id(one) for one in section if isinstance(one, Grid)]
        lines = [*far, *(one for grid in own for one in every[grid])]
        lines = list({id(one): one for one in lines}.values())
        for passage in section:
            if isinstance(passage, Passage) and passage.kind in PROSE:
                for sentence in sentences(passage.text):
                    yield from _sentence(look, passage, sentence, lines)


def _sentence(look: Look, passage: Passage, sentence: str, lines: Sequence[_Line]) -> Iterator[Hit]:
    text = sentence.casefold()
    words = {one[:3] for one in re.findall(r"\w+", text)}
    known = [one for one in lines if one.pattern is _WHOLE or one.name[:3].split()[0] in words]
    named = [(m.start(), m.end(), one) for one in known for m in one.pattern.finditer(text)]
    named = [
        (a, b, one)
        for a, b, one in named
        if not any(c <= a and b <= d and d - c > b - a for c, d, _ in named)
    ]
    named = [one for one in named if not re.search(r"\bdari [0-9.,]+ $", text[: one[0]])]
    for figure in figures(sentence):
        start = max([0, *(m.end() for m in _CLAUSE.finditer(text, 0, figure.start))])
        before = [told for told in named if start <= told[0] and told[1] <= figure.start]
        before = [one for one in before if one[2].pattern is not _WHOLE] or before
        if not before:
            continue
        end = max(b for _, b, _ in before)
        rows = [one for _, b, one in before if b == end]
        clause = text[start : figure.start]
        other = clause.replace(text[min(a for a, b, _ in before if b == end) : end], " ")
        if _OTHER.search(clause) or _elsewhen(look, other):
            continue
        heads = " ".join(f"{one.grid.caption} {' '.join(one.grid.head)}" for one in rows)
        if is_summed(sentence, figure) and not _UNTIL.search(heads.casefold()):
            continue
        lead = (clause, text[end : figure.start], text[figure.end :])
        yield from _held(look, passage, figure, rows, lead)


def _elsewhen(look: Look, clause: str) -> bool:
    """Tell that a clause speaks of another time than the report."""
    year, quarter = look.period
    told = mentions(clause)
    other = {one for one, _ in told.quarters} - {quarter}
    return bool(other or set(told.years) - {year})


def _held(
    look: Look, passage: Passage, figure: Figure, rows: Sequence[_Line], lead: tuple[str, str, str]
) -> Iterator[Hit]:
    """Hold a figure against the rows named before it; its clause, and what is around it."""
    clause, between, tail = lead
    cells = [
        (one, column, cell)
        for one in rows
        for column, cell in _of_kind(look, one.grid, one.number, figure)
    ]
    same = [one for one, _, cell in cells if figure.near(cell.value, _step(cell))]
    if not same and figure.kind == "persen":
        # A table of indicators may leave out that its target and realisation are percentages.
        plain = ((one, cell) for one in rows for cell in look.numbers(one.grid)[one.number] if cell)
        same = [one for one, cell in plain if cell.decimals and cell.value == figure.value]
    if not cells or same:
        if figure.kind != "persen":
            rows = same[:1]
        elif not all(_is_result(look, one, figure) for one in same):
            rows = ()  # a share of a target, whatever that is counted in
        yield from (hit for one in rows if same for hit in _unit(look, passage, figure, one))
        return
    measure = measure_of(clause, look.words)
    right = bool(_BETWEEN.fullmatch(between))
    partner = _PARTNER.match(tail)
    for row in rows if partner is None else _with(look, rows, partner[1]):
        told = [(column, cell) for one, column, cell in cells if one is row]
        if row.time and not _UNTIL.search(row.grid.caption.casefold()):
            until = bool(_UNTIL.search(clause))
            told = [o for o in told if bool(_UNTIL.search(row.grid.head[o[0]].casefold())) == until]
        meant = [one for one in told if _means(look, row.grid, one[0], measure, clause)]
        slip = [one for one in told if exchanged(str(int(figure.value)), str(int(one[1].value)))]
        alone = len(told) == 1 and (_titled(look, row.grid, clause) if row.time else right)
        sums = [one for one in told if look.words.says("jumlah", row.grid.head[one[0]])]
        beside = any(
            _tail(head) in clause for n, head in enumerate(row.grid.head) if n and _tail(head)
        )
        if not meant and right and len(told) > 1 and len(sums) == 1 and not beside:
            meant = sums  # “sarjana 56 orang” is said of the sum of its row
        if not meant and right and not measure and not _QUALIFIED.match(tail):
            # What nothing is said of but its figure is what was realised.
            meant = [o for o in told if look.words.measure(row.grid.head[o[0]]) == "realisasi"]
        sure = meant if len(meant) == 1 else told if alone else slip
        whole = _OUT_OF.match(tail)
        if whole and not sure and any(cell.value == int(whole[1]) for _, cell in told):
            # “7 dari 10 ruang”: of the row that counts ten, the other cell is meant.
            sure = [one for one in told if one[1].value != int(whole[1])]
        sure = slip if row.pattern is _WHOLE else sure  # what else it may be of is not said
        if len(sure) != 1:
            continue
        ((column, cell),) = sure
        others = (line[column] for line in look.numbers(row.grid))
        swapped = (
            measure and right and figure.kind == "persen" and not _comparable(figure, cell.value)
        )
        if swapped and any(one and one.value == figure.value for one in others):
            pass  # it is the cell of another row
        elif not _comparable(figure, cell.value) or _elsewhere(look, row, figure):
            continue
        shown = row.grid.rows[row.number][column]
        yield Hit(
            figure.text,
            shown,
            f"“{row.name}” disebut {figure.text}, sedangkan {row.grid.head[column]} dalam tabel"
            f" {shown}.",
            [passage.place, row.grid.at(row.number, column)],
            f"{row.name}/{row.grid.head[column]}",
        )
        return


def _with(look: Look, rows: Sequence[_Line], measure: str) -> list[_Line]:
    """Choose the rows that have a measure: “15 dari target 14” is of what has a target."""
    return [
        one
        for one in rows
        if any(look.words.measure(head).startswith(measure) for head in one.grid.head)
    ]


def _elsewhere(look: Look, row: _Line, figure: Figure) -> bool:
    """Tell whether a row of the same name in any table, or any at all, has just this figure."""
    telling = figure.kind == "persen" and figure.printed.decimals > 1
    return any(
        cell is not None and cell.value == figure.value
        for grid in look.report.grids
        for told, line in zip(grid.rows, look.numbers(grid), strict=True)
        if telling or row.name.casefold() in " ".join(told).casefold()
        for cell in line
    )


def _is_result(look: Look, row: _Line, figure: Figure) -> bool:
    """Tell whether a figure stands in its row as target or realisation."""
    cells = zip(row.grid.head, look.numbers(row.grid)[row.number], strict=True)
    heads = [head for head, cell in cells if cell and cell.value == figure.printed.value]
    return all(look.words.measure(head) in ("target", "realisasi") for head in heads)


def _unit(look: Look, passage: Passage, figure: Figure, row: _Line) -> Iterator[Hit]:
    """Hold the noun behind a figure against the unit of its row: “20 kapal”, not orang."""
    column = next(
        (n for n, one in enumerate(row.grid.head) if look.words.says("satuan", one)), None
    )
    noun = "persen" if figure.kind == "persen" else figure.noun
    if column is None or not noun:
        return
    units = {line[column].casefold(): line[column].casefold().split()[:1] for line in row.grid.rows}
    own = row.grid.rows[row.number][column]
    if [noun] in units.values() and units[own.casefold()] not in ([noun], []):
        yield Hit(
            own,
            noun,
            f"Satuan “{row.name}” dalam tabel {own}, sedangkan {figure.text} disebut dalam {noun}.",
            [passage.place, row.grid.at(row.number, column)],
            f"{row.name}/satuan",
        )


def _means(look: Look, grid: Grid, column: int, measure: str, clause: str) -> bool:
    """Tell whether a clause names the measure of a column, or its quarter or month."""
    head = grid.head[column]
    when, told = mentions(head), mentions(clause)
    if when.quarters or when.months:
        same = (when.quarters, when.months) == (told.quarters, told.months)
        until = bool(_UNTIL.search(head.casefold())) == bool(_UNTIL.search(clause))
        return same and until and look.words.measure(f"{grid.caption} {head}").startswith(measure)
    return bool(measure) and look.words.measure(head).removesuffix(" persen") == measure


def _tail(head: str) -> str:
    return head.casefold().split()[-1] if head.split() else ""


def _titled(look: Look, grid: Grid, clause: str) -> bool:
    """Tell whether a clause speaks of what a table with one column of figures is about."""
    measure = measure_of(clause, look.words).split(" ")[0]
    return len(grid.head) == 2 and measure == look.words.measure(grid.caption).split(" ")[0] != ""


def _comparable(figure: Figure, cell: Fraction) -> bool:
    """Tell that a figure may be meant for a cell: near it, or with noughts more or less."""
    told = figure.value
    shifted = not figure.step and any(told in (cell * n, cell / n) for n in _SHIFTED)
    return bool(cell) and (shifted or _HALF <= abs(told / cell) <= 2)


def _step(cell: Printed) -> Fraction:
    return Fraction(1, 10**cell.decimals) if cell.decimals else Fraction(0)


def _of_kind(look: Look, grid: Grid, number: int, figure: Figure) -> Iterator[tuple[int, Printed]]:
    """Give the cells of a row that count what a figure counts, at the same scale."""
    unit = next((n for n, one in enumerate(grid.head) if look.words.measure(one) == "satuan"), None)
    persen = unit is not None and bool(re.match("persen|%", grid.rows[number][unit].casefold()))
    for column, cell in enumerate(look.numbers(grid)[number]):
        head = grid.head[column].casefold()
        if cell is None or look.words.says("nomor", head) or look.words.says("kode", head):
            continue
        scale = max(
            scale_of(grid, column), 1 if unit is None else scale_in(grid.rows[number][unit])
        )
        share = (
            bool(cell.percent)
            or "%" in head
            or "persen" in head
            or look.words.measure(head) in ("capaian", "serapan")
        )
        share = share or (
            persen and look.words.measure(head).split(" ")[0] in ("target", "realisasi")
        )
        money = not share and (scale > 1 or cell.value >= 10**6 or "rp" in head)
        kind = "persen" if share else "uang" if money else "angka"
        if kind == figure.kind:
            factor = scale if money else 1
            yield (
                column,
                replace(
                    cell,
                    value=abs(cell.value * factor),
                    decimals=0 if factor > 1 else cell.decimals,
                ),
            )


RULES = (Rule("nilai-ganda", "material", "angka yang disebut dengan baris tabelnya", told_cells),)
