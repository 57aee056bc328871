"""The ledger: every figure of a run under a stable id, kept with its whole calculation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from fractions import Fraction
from itertools import count
from operator import attrgetter
from pathlib import Path
from typing import Any

from pp39 import handout
from pp39.errors import MissingInput, UnreadableInput, nearest
from pp39.ledger.origin import Cell, Computed, Constant, Origin, Parameter, Rows, Summary
from pp39.ledger.quantity import Quantity
from pp39.numbers import plain_decimal

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_VERSION = 1
#: What the file calls the fields of places, in their order.
_CELL = ("sumber", "berkas", "lembar", "baris", "kolom")
_ROWS = ("sumber", "berkas", "lembar", "kolom", "baris", "cara")
_SUMMARY = ("banyak", "runtun", "pertama", "terakhir", "sha256", "pilihan")
_of_cell = attrgetter("source", "file", "sheet", "row", "column")


class Ledger:
    """An ordered book of quantities.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.add("IKU-1.1/responden", Quantity.constant(57).named("Responden", "orang")).id
    'IKU-1.1/responden'
    """

    def __init__(self) -> None:
        self._entries: dict[str, Quantity] = {}

    def add(self, id: str, quantity: Quantity) -> Quantity:
        """Enter a quantity.

        Parameters
        ----------
        id : str
            Path-like id of letters, digits and ``._-``, such as ``IKU-1.1/realisasi``.
        quantity : Quantity
            A named quantity.

        Returns
        -------
        Quantity
            The same, carrying its id; use this one in what is computed next.

        Raises
        ------
        ValueError
            If the id is malformed or taken, or the quantity has no label.
        """
        if _ID.fullmatch(id) is None:
            raise ValueError(f'ledger id "{id}" is malformed; use letters, digits and ._- with /')
        if id in self._entries:
            raise ValueError(f'ledger id "{id}" is taken by "{self._entries[id].label}"')
        if not quantity.label:
            raise ValueError(f'ledger id "{id}" needs a quantity with a label')
        entered = replace(quantity, id=id)
        self._entries[id] = entered
        return entered

    def __getitem__(self, id: str) -> Quantity:
        try:
            return self._entries[id]
        except KeyError:
            near = nearest(id, self._entries)
            hint = f'; the nearest is "{near}"' if near else ""
            raise KeyError(f'the ledger has no "{id}"{hint}') from None

    def get(self, id: str) -> Quantity | None:
        """Give the quantity, or None where there is no data."""
        return self._entries.get(id)

    def __contains__(self, id: object) -> bool:
        return id in self._entries

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> list[Quantity]:
        """Find entries by id, else by the start of an id, else by a fragment of id or label.

        Parameters
        ----------
        text : str
            What to look for; case does not matter, and blanks in a code stand for ``-``.
        """
        wanted = text.strip().casefold()
        coded = dashed(wanted)
        folded = [(id.casefold(), one) for id, one in self._entries.items()]
        return (
            [one for id, one in folded if id == coded]
            or [one for id, one in folded if id.startswith(coded + "/")]
            or [one for id, one in folded if coded in id or wanted in one.label.casefold()]
        )

    def save(self, path: Path) -> None:
        """Write the ledger as JSON, a line for each entry; the same bytes for the same entries."""
        writer = _Writer()
        entries = {id: writer.entry(quantity) for id, quantity in self._entries.items()}
        parts = {"angka": entries, "sel": dict(sorted(writer.cells.items()))}
        # With an indent Python's own encoder would be used, which takes many times as long.
        blocks = (f'"{name}": {{\n{_lines(some)}\n}}' for name, some in parts.items())
        text = ",\n".join((f'{{"versi": {_VERSION}', *blocks)) + "\n}\n"
        path.write_text(text, encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path) -> Ledger:
        """Read a ledger back, with the whole calculation of every entry.

        Raises
        ------
        MissingInput
            If there is no such file.
        UnreadableInput
            If it is not a ledger.
        """
        try:
            document = handout.read_json(path)
        except FileNotFoundError:
            raise MissingInput(
                f"{path.name} is not there; run 03_indicators before what reads its results"
            ) from None
        except ValueError as error:
            raise UnreadableInput(f"{path.name} is not valid JSON: {error}") from None
        if not isinstance(document, dict) or document.get("versi") != _VERSION:
            raise UnreadableInput(f"{path.name} is not a ledger of version {_VERSION}")
        reader = _Reader(document)
        ledger = cls()
        try:
            ledger._entries = {id: reader.entry(id) for id in document["angka"]}
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise UnreadableInput(
                f"{path.name} is damaged; make the report again with --force"
            ) from error
        return ledger


def _lines(entries: Mapping[str, Any]) -> str:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return ",\n".join(f"{encode(name)}: {encode(one)}" for name, one in entries.items())


def dashed(code: object) -> str:
    """Write the code of an indicator as ledger ids do.

    Examples
    --------
    >>> dashed("IKU 1.1")
    'IKU-1.1'
    """
    return str(code).strip().replace(" ", "-")


def slug(id: str) -> str:
    """Turn a ledger id into one that HTML ids and Typst labels allow.

    Examples
    --------
    >>> slug("IKU-1.1/realisasi")
    'IKU-1.1:realisasi'
    """
    return id.replace("/", ":")


class _Writer:
    def __init__(self) -> None:
        self.cells: dict[str, dict[str, Any]] = {}

    def entry(self, quantity: Quantity) -> dict[str, Any]:
        written = self._node(quantity)
        if isinstance(quantity.origin, Computed):
            written["rumus"] = quantity.formula()
            written["rumus_angka"] = quantity.formula_numbers()
        written["cetak"] = quantity.text()
        written["desimal6"] = plain_decimal(quantity.value)
        return written

    def reference(self, quantity: Quantity) -> str | dict[str, Any]:
        """Refer to an entry by its id and to a cell by its place; write anything else in full."""
        if quantity.id is not None:
            return quantity.id
        if isinstance(quantity.origin, Cell):
            cell = quantity.origin
            node = self._node(quantity)
            place = f"{cell.source}!{cell.row}!{cell.column}"
            # The same cell may be read under two labels; each reading is kept.
            keys = (place if n == 1 else f"{place}#{n}" for n in count(1))
            key = next(key for key in keys if self.cells.setdefault(key, node) == node)
            return f"sel:{key}"
        return self._node(quantity)

    def _node(self, quantity: Quantity) -> dict[str, Any]:
        node: dict[str, Any] = {
            "label": quantity.label,
            "satuan": quantity.unit,
            "nilai": str(quantity.value),
            "asal": self._origin(quantity.origin),
        }
        if quantity.decimals is not None:
            node["tempat_desimal"] = quantity.decimals
        if quantity.note:
            node["catatan"] = quantity.note
        if quantity.low is not None:
            node["bawah"] = str(quantity.low)
        return node

    def _origin(self, origin: Origin) -> dict[str, Any]:
        match origin:
            case Cell():
                return {"jenis": "sel", **dict(zip(_CELL, _of_cell(origin), strict=True))}
            case Rows(source, file, sheet, column, ranges, how, summary):
                rows = ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)
                place = dict(zip(_ROWS, (source, file, sheet, column, rows, how), strict=True))
                told = (
                    {}
                    if summary is None
                    else {"ringkasan": dict(zip(_SUMMARY, astuple(summary), strict=True))}
                )
                return {"jenis": "baris", **place, **told}
            case Parameter(path, layer):
                return {"jenis": "parameter", "jalur": path, "lapis": layer}
            case Constant():
                return {"jenis": "tetapan"}
            case Computed(operation, operands):
                references = [self.reference(one) for one in operands]
                return {"jenis": "hitung", "operasi": operation, "operan": references}


class _Reader:
    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._read: dict[str, Quantity] = {}

    def entry(self, id: str) -> Quantity:
        if id not in self._read:
            self._read[id] = replace(self._node(self._document["angka"][id]), id=id)
        return self._read[id]

    def _reference(self, reference: str | dict[str, Any]) -> Quantity:
        if isinstance(reference, dict):
            return self._node(reference)
        if not reference.startswith("sel:"):
            return self.entry(reference)
        if reference not in self._read:
            self._read[reference] = self._node(self._document["sel"][reference[4:]])
        return self._read[reference]

    def _node(self, node: dict[str, Any]) -> Quantity:
        return Quantity(
            Fraction(node["nilai"]),
            node["label"],
            node["satuan"],
            self._origin(node["asal"]),
            node.get("tempat_desimal"),
            None,
            node.get("catatan", ""),
            None if "bawah" not in node else Fraction(node["bawah"]),
        )

    def _origin(self, origin: dict[str, Any]) -> Origin:
        match origin["jenis"]:
            case "sel":
                return Cell(*(origin[one] for one in _CELL))
            case "baris":
                source, file, sheet, column, rows, how = (origin[one] for one in _ROWS)
                runs = [run.split("-") for run in rows.split(",") if run]
                ranges = tuple((int(run[0]), int(run[-1])) for run in runs)
                summary = origin.get("ringkasan")
                told = summary and Summary(*(summary[one] for one in _SUMMARY))
                return Rows(source, file, sheet, column, ranges, how, told)
            case "parameter":
                return Parameter(origin["jalur"], origin["lapis"])
            case "tetapan":
                return Constant()
            case _:
                operands = tuple(self._reference(one) for one in origin["operan"])
                return Computed(origin["operasi"], operands)
