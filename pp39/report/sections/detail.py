"""Tables and charts of an indicator's figures, laid out by the shapes its profile names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pp39.characters import capital
from pp39.formula import Word
from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.profile.detail import Grafik, Lajur, TabelRincian
from pp39.report.block import Block
from pp39.report.charts import (
    Chart,
    Group,
    bars_against_target,
    distribution,
    fields_by_quarter,
    monthly_line,
    stacked_bars,
)
from pp39.report.column import Column, ColumnGroup
from pp39.report.figure import Picture
from pp39.report.inline import Part, Phrase
from pp39.report.sections import pesan
from pp39.report.sections.bahan import Bahan, Capaian
from pp39.report.sections.kalimat import kutip
from pp39.report.sections.penilaian import klasifikasi
from pp39.report.sections.story import Story, Words, word_part
from pp39.report.table import Row, Table

Figures = Sequence[tuple[Words, Quantity]]
#: A chart and what it says.
Drawn = tuple[Chart, Part]

# With fewer quarters there is nothing to compare.
_POINTS = 2

# A unit of a figure that its values show already.
_SHOWN = {"%", "Rp"}


def details(b: Bahan, c: Capaian) -> list[Block]:
    """Give the tables and charts of an indicator, each where it has figures."""
    blocks: list[Block] = []
    for number, spec in enumerate(c.indikator.rincian):
        at = ("rincian", str(number))
        made = (
            _Table(b, c, spec, at).block()
            if isinstance(spec, TabelRincian)
            else _Drawing(b, c, spec, at).block()
        )
        blocks += [] if made is None else [made]
    return blocks


class _Laid:
    """What table and chart share: figures by word, captions, notes, labels."""

    def __init__(
        self, b: Bahan, c: Capaian, spec: TabelRincian | Grafik, at: tuple[str, ...]
    ) -> None:
        self._b, self._c, self._given, self._at = b, c, spec, at
        self._story: Story = b.stories[c.kode]

    def figures(self, formula: str | None) -> Figures:
        return [] if formula is None else self._story.figures(formula, *self._at)

    def one(self, formula: str | None) -> Quantity | None:
        return None if formula is None else self._story.one(formula, None, *self._at)

    def words(self, name: str, *among: Figures) -> list[Word]:
        """Give the words of a name that any of the figures has, in order."""
        found = [words[name] for figures in among for words, _ in figures if name in words]
        return self._story.in_order(found)

    def caption(self) -> str:
        told = self._story.sentence(self._given.judul, *self._at)
        text = "".join(part if isinstance(part, str) else part.plain() for part in told)
        if not self._b.period.is_year:
            return text
        # What adds up to the last quarter is of the year.
        last, year = f"Triwulan {self._b.quarter}", f"Tahun {self._b.year}"
        text = text.replace(f"sampai dengan {last} {year}", year).replace(f"{year} {year}", year)
        return (
            text
            if self._c.indikator.sifat == "triwulan"
            else text.replace(f", {last}", f", {year}")
        )

    def notes(self) -> list[Part]:
        told = [self._story.sentence(one, *self._at) for one in self._given.catatan]
        return [Phrase(*parts) for parts in told if Phrase(*parts).plain().strip()]

    def label(self, kind: str, name: str) -> str:
        """Name a table or chart; a second indicator with one of the same name has its own."""
        same = (
            code
            for code, one in self._b.params.indikator.items()
            if any(name == getattr(other, kind, None) for other in one.rincian)
        )
        prefix = {"tabel": "tabel", "grafik": "gambar"}[kind]
        own = "" if next(same) == self._c.kode else f"-{self._c.kunci}".replace(".", "-")
        return f"{prefix}-{name}{own}"


class _Table(_Laid):
    def __init__(self, b: Bahan, c: Capaian, spec: TabelRincian, at: tuple[str, ...]) -> None:
        super().__init__(b, c, spec, at)
        self._spec = spec

    def block(self) -> Block | None:
        spec = self._spec
        columns = [(one, self.figures(one.isi)) for one in spec.kolom]
        rows = self.words(spec.baris, *(figures for _, figures in columns))
        # A column without any figure is left out, as where nobody set a target.
        columns = [(one, figures) for one, figures in columns if figures]
        columns = [one for one in columns if not self._repeated(*one, columns)]
        if not rows:
            return None
        body = [self._row(row, columns) for row in rows]
        last = [cell for one, figures in columns for cell in self._last(one, figures)]
        if spec.jumlah and any(isinstance(cell, Quantity) for cell in last) and len(rows) > 1:
            named = self._story.sentence(spec.jumlah, *self._at)
            body.append(Row(Phrase(*named), *last, kind="jumlah"))
        headers: list[Column | ColumnGroup] = [Column(spec.kepala, width=2.2)]
        headers += [self._header(one, figures) for one, figures in columns]
        # A table of one row says what the sentences above it say; the page has it for the audit.
        label, alone = self.label("tabel", spec.tabel), len(body) == 1
        return Table(label, self.caption(), headers, body, notes=self.notes(), audit=alone)

    def _repeated(
        self, column: Lajur, figures: Figures, columns: Sequence[tuple[Lajur, Figures]]
    ) -> bool:
        """Tell whether a column sums up another that is split into one period alone."""
        row = self._spec.baris
        split = (other for one, other in columns if one.mendatar and one.sebagai == column.sebagai)
        mine = [(words.get(row), one.value) for words, one in figures]
        return (
            column.jumlah is not None
            and column.mendatar is None
            and any(
                len({tuple(words.items()) for words, _ in other}) == len(other)
                and len({words.get(row) for words, _ in other}) == len(other)
                and mine == [(words.get(row), one.value) for words, one in other]
                for other in split
            )
        )

    def _header(self, column: Lajur, figures: Figures) -> Column | ColumnGroup:
        if column.sebagai != "angka":
            return Column(column.judul, width=1.1)
        if column.mendatar is None:
            return Column(column.judul, "kanan", 1.0, "polos")
        below = self.words(column.mendatar, figures)
        leaves = [Column(_heading(one), "kanan", 0.9, "polos") for one in below]
        return ColumnGroup(column.judul, leaves)

    def _row(self, row: Word, columns: Sequence[tuple[Lajur, Figures]]) -> Row:
        cells: list[Part | None] = []
        for column, figures in columns:
            mine = [pair for pair in figures if pair[0].get(self._spec.baris) == row]
            if column.mendatar is None:
                cells.append(self._cell(column, mine[0][1] if mine else None))
                continue
            across = {words[column.mendatar]: figure for words, figure in mine}
            cells += [across.get(one) for one in self.words(column.mendatar, figures)]
        return Row(word_part(row, "besar"), *cells)

    def _cell(self, column: Lajur, figure: Quantity | None) -> Part | None:
        if figure is None:
            return None
        match column.sebagai:
            case "satuan":
                unit = figure.unit or ""
                return None if unit in _SHOWN else kutip(capital(unit))
            case "predikat":
                return self._class(figure)
            case _:
                return figure

    def _class(self, figure: Quantity) -> Part | None:
        rule = klasifikasi(self._b, self._c.kode)
        key = None if rule is None else rule[1].classify(figure.value)
        return None if rule is None or key is None else kutip(capital(rule[1].kelas[key].predikat))

    def _last(self, column: Lajur, figures: Figures) -> list[Part | None]:
        if column.jumlah is None:
            many = 1 if column.mendatar is None else len(self.words(column.mendatar, figures))
            return [""] * many
        if column.mendatar is None:
            return [self._cell(column, self.one(column.jumlah))]
        sums = {words[column.mendatar]: one for words, one in self.figures(column.jumlah)}
        return [sums.get(one) for one in self.words(column.mendatar, figures)]


class _Drawing(_Laid):
    def __init__(self, b: Bahan, c: Capaian, spec: Grafik, at: tuple[str, ...]) -> None:
        super().__init__(b, c, spec, at)
        self._spec = spec

    def block(self) -> Block | None:
        spec = self._spec
        shown = self.figures(spec.isi)
        if not shown:
            return None
        made = {
            "batang": self._bars,
            "bertumpuk": self._stacked,
            "terhadap_target": self._against_target,
            "menurut_triwulan": self._by_quarter,
            "bulanan": self._monthly,
            "sebaran": self._distribution,
        }[spec.bentuk](shown)
        label = self.label("grafik", spec.grafik)
        if made is None:
            return None
        chart, told = made
        return Picture.of(label, self.caption(), chart, notes=self.notes(), message=told)

    @property
    def _subject(self) -> str:
        """What the alternative text calls the figures: the caption up to where a period begins."""
        caption = re.split(r"[,{\[]", self._spec.judul)[0].strip().removesuffix(" Tahun")
        return caption[:1].lower() + caption[1:] if caption[1:2].islower() else caption

    def _by_word(self, formula: str | None) -> dict[Word, Quantity]:
        return {words[self._spec.baris]: one for words, one in self.figures(formula)}

    def _grid(self, shown: Figures) -> dict[tuple[Word, Word], Quantity]:
        row, across = self._spec.baris, self._spec.mendatar
        if across is None:
            name = self._c.singkat or self._c.indikator.nama
            return {(Word("", name), words[row]): one for words, one in shown}
        return {(words[row], words[across]): one for words, one in shown}

    def _stacked(self, shown: Figures) -> Drawn:
        grid, sums = self._grid(shown), self._by_word(self._spec.jumlah)
        rows = self.words(self._spec.baris, shown)
        kinds = self.words(self._spec.mendatar or "", shown)
        chart = stacked_bars(
            [one.name for one in rows],
            [one.name for one in kinds],
            [[grid.get((row, kind)) for kind in kinds] for row in rows],
            [sums.get(row) for row in rows],
            self._subject,
        )
        said = self._story.said
        return chart, pesan.terbanyak([(said(one), sums[one]) for one in rows if one in sums])

    def _bars(self, shown: Figures) -> Drawn:
        rows, made = self.words(self._spec.baris, shown), self._by_word(self._spec.isi)
        figures, none = [made.get(row) for row in rows], [None] * len(rows)
        chart = bars_against_target([one.name for one in rows], none, figures, None, self._subject)
        said = self._story.said
        return chart, pesan.tertinggi([(said(one), made[one]) for one in rows if one in made])

    def _against_target(self, shown: Figures) -> Drawn:
        rows = self.words(self._spec.baris, shown)
        columns = [dict(self._by_word(one)) for one in (self._spec.target, self._spec.persen)]
        made = self._by_word(self._spec.isi)
        chart = bars_against_target(
            [one.name for one in rows],
            [columns[0].get(row) for row in rows],
            [made.get(row) for row in rows],
            [columns[1].get(row) for row in rows],
            self._subject,
        )
        shares = [(self._story.said(row), columns[1][row]) for row in rows if row in columns[1]]
        due, goal = self._c.q("jalur"), self._c.target
        # Before the year ends, what grows through it has not missed the target of the year.
        early = due is not None and goal is not None and due.value != goal.value
        falling = self._c.indikator.polaritas
        return chart, pesan.menuju(shares) if early else pesan.terhadap_target(shares, falling)

    def _by_quarter(self, shown: Figures) -> Drawn | None:
        grid = {(row, time.value): one for (row, time), one in self._grid(shown).items()}
        if len({time for _, time in grid}) < _POINTS:
            return None
        rows = self._story.in_order(row for row, _ in grid)
        quarters = list(Quarter)[: self._b.quarter.number]
        units = [next((q.unit for (one, _), q in grid.items() if one == row), "") for row in rows]
        chart = fields_by_quarter(
            [one.name for one in rows],
            [unit or "" for unit in units],
            [[grid.get((row, str(time))) for time in quarters] for row in rows],
            self._subject,
        )
        now = self._b.quarter
        before = Quarter(now.number - 1)
        both = [
            (self._story.said(row), grid[row, str(before)], grid[row, str(now)])
            for row in rows
            if (row, str(before)) in grid and (row, str(now)) in grid
        ]
        return chart, pesan.menurut_triwulan(both, before, now)

    def _monthly(self, shown: Figures) -> Drawn:
        values = {words[self._spec.baris].value: one for words, one in shown}
        asked = self._story.asked(self._spec.isi, self._spec.baris, *self._at)
        # Of months before the first that is asked for, nobody says that they lack data.
        first = min(int(one.value) for one in asked)
        months = [month for month in self._b.quarter.upto if month >= first]
        scores, goal = [values.get(month) for month in months], self.one(self._spec.target)
        chart = monthly_line(months, scores, goal, self._subject)
        return chart, pesan.bulanan(months, scores, goal, self._c.indikator.polaritas)

    def _distribution(self, shown: Figures) -> Drawn | None:
        answers = {int(words[self._spec.baris].value): one for words, one in shown}
        everybody = self.one(self._spec.jumlah)
        groups = []
        for name, title in self._spec.golongan.items():
            lowest, highest = (self.one(f"{name}_{end}") for end in ("min", "maks"))
            if lowest is None or highest is None:
                return None
            inside = {n: q for n, q in answers.items() if lowest.value <= n <= highest.value}
            groups.append(Group(title, self.one(name), self.one(f"{name}_persen"), inside))
        if everybody is None:
            return None
        chart = distribution(groups, everybody, self._c.realisasi, self._subject)
        best = groups[-1]
        return chart, pesan.golongan(everybody, (best.name, best.count, best.share))


def _heading(word: Word) -> str:
    """Write a word as the header of a column."""
    if word.vocabulary == "triwulan":
        return f"TW {word.value}"
    return capital(word.name)
