"""Cells of a source that leave open what they say: values from elsewhere, blanks, shared items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.shapes.rows import Baris, Nilai
from pp39.findings.wording import plain
from pp39.profile.base import Teks
from pp39.sources.table import Record as Row

# More examples than this help nobody.
_SHOWN = 20


class GivenValues(Telling):
    """Blank cells of any source that cleaning filled with what stuck to the cell before them."""

    gives: ClassVar = ("sumber", "kolom", "judul", "dari", "banyak", "nilai")
    bentuk: Literal["nilai-menempel"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for name, table in evidence.tables.items():
            glued = table.source.glued
            lines = {one.row for one in table.fixes if one.gives}
            rows = evidence.at(name, lines) if glued is not None and lines else ()
            if glued is None or not rows:
                continue
            columns = {column.header: column.names[0] for column in table.source.columns}
            column = columns[glued.ke]
            filled = [row for row in rows if row.get(column) is not None]
            cells = [evidence.cell(name, row, column) for row in filled]
            yield self.hit(
                evidence,
                evidence.place(name, rows),
                cells[0] if cells else None,
                sumber=name,
                kolom=column,
                judul=glued.ke,
                dari=glued.dari,
                banyak=evidence.counted(name, rows, len(rows)),
                nilai=_listed(digits(one.value) for one in cells),
                numbers=cells[:_SHOWN],
            )


class BlankAndZero(Telling):
    """A table in which some cells without a result say zero and others are blank.

    Blanks behind the last filled cell of a row are left to the shape about these; ``kunci`` is what
    a row is called by.
    """

    gives: ClassVar = ("sumber", "nol", "kosong")
    bentuk: Literal["kosong-dan-nol"]
    nilai: Nilai
    kunci: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        names = evidence.columns(str(self.nilai.kolom))
        rows = self.nilai.rows(evidence)
        zero = {n: [one for one in names if row.get(one) == 0] for n, row in enumerate(rows)}
        blank = {
            n: [one for at, one in enumerate(names) if _left_out(row, names, at)]
            for n, row in enumerate(rows)
        }
        if any(zero.values()) and any(blank.values()):
            told = [n for n in range(len(rows)) if zero[n] or blank[n]]
            yield self.hit(
                evidence,
                self.nilai.place(evidence, [rows[n] for n in told]),
                sumber=self.nilai.sumber,
                nol=self._told(evidence, rows, zero),
                kosong=self._told(evidence, rows, blank),
                numbers=[
                    evidence.cell(self.nilai.sumber, rows[n], one)
                    for n, some in zero.items()
                    for one in some[:1]
                ],
            )

    def _told(self, evidence: Evidence, rows: tuple[Row, ...], cells: dict[int, list[str]]) -> str:
        return "; ".join(
            f"{evidence.name(rows[n][self.kunci])} {', '.join(_titled(one) for one in some)}"
            for n, some in cells.items()
            if some
        )


class SharedItems(Telling):
    """Items of a list that stand under several keys: the first filled column of ``kunci``."""

    gives: ClassVar = ("sumber", "banyak", "daftar")
    bentuk: Literal["butir-bersama"]
    baris: Baris
    kunci: tuple[Teks, ...]
    butir: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        under: dict[str, dict[str, list[Row]]] = {}
        for row in self.baris.rows(evidence):
            key = next((str(row[one]) for one in self.kunci if row.get(one) is not None), "")
            text = plain(str(row.get(self.butir) or ""))
            # One word names a kind of thing, not an activity.
            if key and " " in text:
                under.setdefault(text, {}).setdefault(key, []).append(row)
        shared = [keys for keys in under.values() if len(keys) > 1]
        if shared:
            rows = [row for keys in shared for some in keys.values() for row in some]
            yield self.hit(
                evidence,
                self.baris.place(evidence, rows),
                sumber=self.baris.sumber,
                banyak=evidence.counted(self.baris.sumber, rows, len(shared)),
                daftar=_listed(
                    (
                        f"“{next(iter(keys.values()))[0][self.butir]}” ({', '.join(keys)})"
                        for keys in shared
                    ),
                    "; ",
                ),
            )


def _left_out(row: Row, names: tuple[str, ...], at: int) -> bool:
    """Tell whether a cell is blank though the row has a later one, or none at all."""
    filled = [n for n, one in enumerate(names) if row.get(one) is not None]
    return row.get(names[at]) is None and (not filled or at < filled[-1])


def _titled(column: str) -> str:
    return column.replace("_", " ").upper()


def _listed(words: Iterable[str], mark: str = ", ") -> str:
    every = list(dict.fromkeys(words))
    return mark.join(every[:_SHOWN]) + (f"{mark}…" if len(every) > _SHOWN else "")
