"""How a raw source is declared: its file, its columns and their kinds, what is special about it.

A kind turns the text of a cell into clean values, or raises `ValueError` with a sentence that says
what is wrong and what to write instead. It also names the rule it applied when the clean value is
not spelled as the text was, so that the change can be logged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from pp39.profile.column import CONTACTS, STATED, Personal
from pp39.sources.context import Context

if TYPE_CHECKING:
    from pathlib import Path

    from pp39.profile.export import Ekspor
    from pp39.profile.source import Induk, Posisi, Tempelan, Turunan, Wajib

Storage = Literal["text", "count", "number"]
Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """One column of the raw file, and the clean columns made from it."""

    #: Header in the raw file. Levels of a merged header are joined by ``" / "``; the lowest level
    #: alone is enough where it is unique. A header with ``{bulan}`` stands for one column per
    #: month, which become rows.
    header: str
    #: Clean column names, one for each value of the kind; a name that starts with ``_`` is only a
    #: part of a composed code.
    names: tuple[str, ...]
    #: How a cell is read.
    kind: Kind
    #: Unit of the first clean value, if it is a quantity.
    unit: str = ""
    #: Clean column that holds the unit instead.
    unit_column: str = ""
    #: Indonesian name of the quantity; by default the header.
    label: str = ""
    #: Other accepted headers.
    spellings: tuple[str, ...] = ()
    #: low, high: bounds of the first clean value; None where there is none.
    low: int | float | None = None
    high: int | float | None = None
    #: Clean column of dates that a quarter follows from.
    dated_by: str = ""
    #: Whether a blank cell is an error.
    required: bool = False
    #: Whether the file may do without the column.
    may_lack: bool = False
    #: Whether a blank cell repeats the one above (merged cells).
    fill: bool = False
    #: Set for personal data, which never pass cleaning.
    personal: Personal | None = None
    #: Whether the text is a number given by an office, whose digits are nobody's telephone.
    identifier: bool = False

    @property
    def monthly(self) -> bool:
        """Whether the header stands for one column per month."""
        return "{bulan}" in self.header


@dataclass(frozen=True)
class Source:
    """Declaration of one raw source."""

    #: Name of the source; also of its clean table.
    name: str
    #: File name in the raw folder; its suffix tells the format.
    file: str
    #: What the source holds, in Indonesian.
    title: str
    #: In the order of the clean table.
    columns: tuple[Column, ...]
    #: Rows of the header of a sheet.
    levels: int = 1
    #: How a row that ends the table may start, whatever else stands in it.
    ends: tuple[str, ...] = ()
    #: Rows that head others.
    section: Induk | None = None
    #: Date above the header.
    position: Posisi | None = None
    #: Known accident of the export; of its columns the headers.
    glued: Tempelan | None = None
    #: Codes put together from several columns, each able to use those before it; columns of parts
    #: that start with ``_`` are not kept themselves.
    composed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Columns that follow from the others, all of them text.
    derived: Turunan | None = None
    #: Clean columns that together tell its rows apart; none for lists of free text.
    key: tuple[str, ...] = ()
    #: Clean columns that the workbook of the unit has filled beforehand; a row with nothing in
    #: others was not filled in.
    prefilled: tuple[str, ...] = ()
    #: When the file must be there, as the profile says.
    asked: Wajib = "ya"
    #: Names of sources by rows; with any of them the unit may do without this file.
    instead: tuple[str, ...] = ()
    #: Exports that say something for it, by name.
    exports: tuple[tuple[str, Ekspor], ...] = ()
    #: Of which file of the report of the quarter before it is, and where that lies, if it does.
    last_report: str | None = None
    elsewhere: Path | None = None

    @cached_property
    def below(self) -> re.Pattern[str]:
        """How a row below the table may start that has no other text."""
        return _beginning(*self.ends, "Sumber", "Catatan", "Dicetak")

    @cached_property
    def total(self) -> re.Pattern[str]:
        """How a row below the table may start that has more than one cell."""
        return _beginning(*self.ends)

    @property
    def by_month(self) -> bool:
        """Whether each row is one of a month; months that stand side by side are no rows."""
        return "bulan" in self.key and not any(one.monthly for one in self.columns)

    @property
    def optional(self) -> bool:
        """Whether a unit may do without the file."""
        return self.asked != "ya"

    @property
    def personal(self) -> tuple[Column, ...]:
        """The columns with personal data."""
        return tuple(column for column in self.columns if column.personal)

    @property
    def schema(self) -> dict[str, Storage]:
        """Clean columns in order, with how each is stored; ``baris`` first."""
        found: dict[str, Storage] = {"baris": "count"}
        if self.position:
            found[self.position.jadi] = "text"
        found |= dict.fromkeys(self.section.jadi if self.section else (), "text")
        found |= dict.fromkeys((name for name, _ in self.composed), "text")
        for column in self.columns:
            if column.monthly and "bulan" not in found:
                found["bulan"] = "count"
            if not column.personal:
                found |= dict(zip(column.names, column.kind.stores, strict=True))
        if any(column.personal in CONTACTS for column in self.personal):
            found["responden"] = "count"
        stated = [one.personal for one in self.personal if one.personal in STATED]
        found |= dict.fromkeys((f"{kind}_keadaan" for kind in stated), "text")
        alike = [one.personal for one in self.personal if one.personal != "lain"]
        found |= dict.fromkeys((f"{kind}_sama" for kind in alike), "count")
        found |= dict.fromkeys(self.derived.jadi if self.derived else (), "text")
        return {name: storage for name, storage in found.items() if not name.startswith("_")}

    def column_of(self, name: str) -> Column:
        """Find the declaration of a clean column.

        Raises
        ------
        KeyError
            If no raw column is behind it (``baris``, ``bulan``, section and group columns).
        """
        for column in self.columns:
            if name in column.names:
                return column
        raise KeyError(name)


def _beginning(*words: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, words))
    return re.compile(rf"\s*(?:{known})\b" if known else r"(?!)", re.IGNORECASE)


class Parsed(NamedTuple):
    """Clean values of one cell, and the rule that changed its spelling (empty if none did)."""

    values: tuple[Value, ...]
    rule: str = ""


class Kind(Protocol):
    """What every kind offers."""

    @property
    def stores(self) -> tuple[Storage, ...]:
        """How each clean value is stored."""

    @property
    def expected(self) -> str:
        """What to write into such a cell, for the sentence about an empty one."""

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the text of a cell that is not blank."""
