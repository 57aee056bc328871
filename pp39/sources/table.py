"""A clean table: typed columns, what was fixed, and every cell as a traced quantity."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pp39.errors import MissingInput, UnreadableInput
from pp39.ledger import Cell, Quantity, Rows, total
from pp39.numbers import exact
from pp39.periods import MONTHS
from pp39.sources.declaration import Source
from pp39.sources.fixes import GLUED, Fix
from pp39.sources.provenance import Part, Provenance
from pp39.sources.selection import Selection

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionArray

    Mask = pd.Series[bool]
    _Numbers = npt.NDArray[np.int64]

_META = b"pp39"
_MANY = 20_000


class Record(dict[str, Any]):
    """The cells of a clean row by column, blank ones None; `at` is its index in the table."""

    __slots__ = ("at",)

    def __init__(self, cells: Mapping[str, Any], at: int = 0) -> None:
        super().__init__(cells)
        self.at = at


@dataclass(frozen=True)
class CleanTable:
    """The clean rows of one source."""

    #: Declaration.
    source: Source
    #: Columns of `Source.schema`; the index runs from 0. Do not change it.
    frame: pd.DataFrame
    #: Sheet the rows were read from.
    sheet: str | None
    #: Clean column -> header as it stands in the raw file; ``{bulan}`` in it stands for the name of
    #: the row's month.
    headers: Mapping[str, str]
    #: What was changed; of a table loaded from a file only what gave a blank cell its value.
    fixes: tuple[Fix, ...] = field(default=())
    #: Where the cells stand, of a table made from exports.
    provenance: Provenance | None = field(default=None)
    #: What is hidden in the workbook and was read: rows by number, clean columns, or with neither
    #: the whole sheet.
    hidden: tuple[tuple[int, str], ...] = field(default=())
    _arrays: dict[str, ExtensionArray] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _values: dict[str, npt.NDArray[np.object_]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _together: dict[tuple[str, tuple[str, ...]], list[tuple[str | int, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _masks: dict[str, npt.NDArray[np.bool_]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _groups: dict[tuple[str, ...], dict[tuple[object, ...], list[int]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def months(self) -> set[int] | None:
        """The months there are data of; None where no row, and no column, is of a month."""
        beside = [name for one in self.source.columns if one.monthly for name in one.names]
        if not (beside or self.source.by_month):
            return None
        frame = self.frame.dropna(subset=beside, how="all") if beside else self.frame
        return {int(one) for one in frame["bulan"].dropna()}

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All rows, cell by cell."""
        return records_of(self.frame)

    def records_with(self, words: Mapping[str, Collection[str | int]]) -> tuple[Record, ...]:
        """Give the rows that have one of some words in each column that is named, cell by cell."""
        if not words:
            return self.records
        if len(self.frame) > _MANY:
            # Only these are taken apart: a million rows as records fill the memory.
            picked = self.where()
            for column, known in words.items():
                picked = picked.among(column, known)
            return records_of(self.frame[picked.mask])
        return tuple(
            one for one in self.records if all(one.get(name) in words[name] for name in words)
        )

    def rows(self, **equal: str | int) -> list[int]:
        """Give the rows in which all the columns have the values given; all rows without any."""
        if not equal:
            return list(range(len(self.frame)))
        columns = tuple(equal)
        if columns not in self._groups:
            # One pass over the rows instead of one for each question asked of them.
            groups: dict[tuple[object, ...], list[int]] = {}
            listed = (self.frame[one].tolist() for one in columns)
            for row, key in enumerate(zip(*listed, strict=True)):
                groups.setdefault(key, []).append(row)
            self._groups[columns] = groups
        return list(self._groups[columns].get(tuple(equal.values()), ()))

    def called(self, column: str) -> str:
        """Name a column as people know it: by its label, else its header, else its own name."""
        try:
            label = self.source.column_of(column).label
        except KeyError:
            label = ""
        return label or self.headers.get(column) or column.replace("_", " ")

    def value(self, index: int, column: str) -> Any:
        """Give what stands in one cell; None if it is blank."""
        # A ledger asks for thousands of cells; looking the column up takes longest.
        if column not in self._arrays:
            self._arrays[column] = self.frame[column].array
        found: Any = self._arrays[column][index]
        return None if pd.isna(found) else found

    def cell(
        self,
        index: int,
        column: str,
        label: str | None = None,
        unit: str | None = None,
        decimals: int | None = None,
    ) -> Quantity | None:
        """Give the number in one cell.

        Parameters
        ----------
        index : int
            Row of `frame`.
        column : str
            Clean column; must hold numbers.
        label : str, optional
            Name of the quantity; by default that of the declaration.
        unit : str, optional
            Unit; by default that of the declaration, or of the row where each row has its own.
        decimals : int, optional
            Decimals to print; by default as the ledger prints, but never fewer than the raw value
            has beyond two.

        Returns
        -------
        Quantity or None
            None for a blank cell: no data is not zero.
        """
        value = self.value(index, column)
        if value is None:
            return None
        number = exact(value)
        declared = self.source.column_of(column)
        name = label if label is not None else declared.label or self.header_of(index, column)
        unit = unit if unit is not None else self._unit_of(index, column)
        decimals = decimals if decimals is not None else _long_decimals(number)
        part, rows = self._place(index, column)
        if len(rows) > 1:
            header, how = part.headers.get(column, column), f"jumlah {name}"
            source = self.source.name
            origin = Rows.of(source, part.file, rows, how, sheet=part.sheet, column=header)
            return Quantity.rows(number, name, unit, origin, decimals)
        return Quantity.cell(number, name, unit, self.origin(index, column), decimals)

    def combinations(self, where: Selection, *columns: str) -> list[tuple[str | int, ...]]:
        """Give what stands together in columns of the rows selected, each once, as it comes first.

        Rows in which one of the columns is blank are left out.
        """
        key = (where.condition, columns)
        if key not in self._together:
            if where.size > _MANY:
                found = self.frame.loc[where.mask, list(columns)].drop_duplicates().dropna()
                rows: Iterable[tuple[Any, ...]] = found.itertuples(index=False, name=None)
            else:
                listed = (self._listed(one)[where.mask].tolist() for one in columns)
                rows = zip(*listed, strict=True)
            unique = dict.fromkeys(rows)
            self._together[key] = [row for row in unique if not any(map(pd.isna, row))]
        return self._together[key]

    def _listed(self, column: str) -> npt.NDArray[np.object_]:
        if column not in self._values:
            self._values[column] = self.frame[column].to_numpy(dtype=object)
        return self._values[column]

    def where(self, **equal: str | int) -> Selection:
        """Select the rows in which all the columns have the values given; all rows without any."""
        picked = Selection.of(self.frame, self._masks)
        for column, value in equal.items():
            picked = picked.equal(column, value)
        return picked

    def count(
        self,
        where: Mask | Selection | None,
        label: str,
        unit: str,
        how: str,
        column: str | None = None,
    ) -> Quantity:
        """Count rows.

        Parameters
        ----------
        where : Selection or pandas.Series of bool, optional
            Rows to count; all by default. Only a selection can say how to find many rows again.
        label, unit : str
            Of the quantity.
        how : str
            What was counted, in Indonesian, such as ``"banyaknya baris dengan nilai 9–10"``.
        column : str, optional
            Clean column the rows were picked by.
        """
        made = self.counts(where, label, unit, how, column)
        return made[0] if len(made) == 1 else total(made, label, unit)

    def counts(
        self,
        where: Mask | Selection | None,
        label: str,
        unit: str,
        how: str,
        column: str | None = None,
    ) -> list[Quantity]:
        """Count rows as `count` does, those of each file by themselves."""
        return [
            Quantity.rows(
                int(mask.sum()), label, unit, self._origin(mask, how, column, where, part)
            )
            for part, mask in self._by_part(_mask(self.frame, where))
        ]

    def sum(
        self, where: Mask | Selection | None, column: str, label: str, unit: str, how: str
    ) -> Quantity:
        """Add up a column over many rows, exactly; blank cells add nothing.

        Parameters
        ----------
        where : Selection or pandas.Series of bool, optional
            Rows to add; all by default.
        column : str
            Clean column; must hold numbers.
        label, unit, how : str
            As in `count`.
        """
        mask = _mask(self.frame, where) & self.frame[column].notna().to_numpy(dtype=bool)
        filled = where.filled(column) if isinstance(where, Selection) else None
        made = []
        for part, chosen in self._by_part(mask):
            # Each distinct value once: exact, and as quick as counting.
            counts = self.frame[column][chosen].value_counts()
            value = sum((exact(one) * int(times) for one, times in counts.items()), Fraction(0))
            origin = self._origin(chosen, how, column, filled, part)
            made.append(Quantity.rows(value, label, unit, origin))
        return made[0] if len(made) == 1 else total(made, label, unit)

    def distinct(self, where: Selection, column: str, label: str, unit: str, how: str) -> Quantity:
        """Count the different values of a column over many rows; a blank is none."""
        filled = where.filled(column)
        value = int(self.frame[column][filled.mask].nunique())
        origin = self._origin(filled.mask, how, column, filled, self.whole)
        return Quantity.rows(value, label, unit, origin)

    def reduced(
        self, where: Selection, value: Fraction, label: str, unit: str, how: str
    ) -> Quantity:
        """Give a number that was made of many rows in a way that `how` tells."""
        origin = self._origin(where.mask, how, None, where, self.whole)
        return Quantity.rows(value, label, unit, origin)

    def origin(self, index: int, column: str) -> Cell:
        """Give the raw cell a clean one was read from."""
        part, rows = self._place(index, column)
        header = self.header_of(index, column)
        return Cell(self.source.name, part.file, part.sheet, rows[0], header)

    def header_of(self, index: int, column: str) -> str:
        """Give the header, in the raw file, of the column a clean cell was read from."""
        header = self._place(index, column)[0].headers.get(column, column)
        if "{bulan}" in header:
            month = self.value(index, "bulan")
            return header.replace("{bulan}", MONTHS[int(month) - 1])
        return header

    @property
    def files(self) -> list[str]:
        """Name the file that each row stands in."""
        if self.provenance is None:
            return [self.source.file] * len(self.frame)
        return [self.provenance.parts[one].file for one in self.provenance.rows]

    def file_of(self, row: Mapping[Any, Any]) -> Part:
        """Give the file in which a row stands, from its number and what tells rows apart."""
        if self.provenance is None or "baris" not in row:
            return self.whole
        same = self.frame["baris"] == row["baris"]
        for column in self.source.key:
            if row.get(column) is not None and column in self.frame:
                same &= (self.frame[column] == row[column]).fillna(False)
        found = np.flatnonzero(same.to_numpy(dtype=bool))
        return self.provenance.parts[self.provenance.rows[found[0]]] if found.size else self.whole

    def save(self, folder: Path) -> Path:
        """Write ``<folder>/<source>.parquet``: same table, same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        trace: dict[str, Any] = {
            **{"file": self.source.file, "headers": dict(self.headers), "sheet": self.sheet}
        }
        if self.provenance is not None:
            trace["provenance"] = self.provenance.as_json()
        given = [[one.row, one.column, one.after] for one in self.fixes if one.gives]
        if given:
            trace["given"] = given
        if self.hidden:
            trace["hidden"] = self.hidden
        table = pa.Table.from_pandas(self.frame, preserve_index=False)
        table = table.replace_schema_metadata(
            {_META: json.dumps(trace, ensure_ascii=False, sort_keys=True).encode()}
        )
        path = folder / f"{self.source.name}.parquet"
        pq.write_table(table, path)
        return path

    @cached_property
    def _numbers(self) -> _Numbers:
        found: _Numbers = self.frame["baris"].to_numpy(dtype="int64")
        return found

    @cached_property
    def whole(self) -> Part:
        """The file, or all of them where there are several."""
        parts = self.provenance.parts if self.provenance else ()
        files = ", ".join(dict.fromkeys(one.file for one in parts)) or self.source.file
        return Part(files, self.sheet, self.headers)

    def _place(self, index: int, column: str) -> tuple[Part, tuple[int, ...]]:
        known = self.provenance
        if known is None:
            return self.whole, (int(self._numbers[index]),)
        usual = (known.rows[index], (int(self._numbers[index]),))
        part, rows = known.cells.get(column, {}).get(index, usual)
        return known.parts[part], rows

    def _by_part(self, mask: npt.NDArray[np.bool_]) -> list[tuple[Part, npt.NDArray[np.bool_]]]:
        """Split rows by the file they stand in."""
        known = self.provenance
        if known is None:
            return [(self.whole, mask)]
        of = np.array(known.rows, dtype=np.int64)
        used = np.unique(of[mask]).tolist()
        return [(known.parts[one], mask & (of == one)) for one in used] or [(self.whole, mask)]

    def _origin(
        self, mask: npt.NDArray[np.bool_], how: str, column: str | None, where: object, part: Part
    ) -> Rows:
        header = None if column is None else part.headers.get(column, column)
        condition = where.condition if isinstance(where, Selection) else ""
        return Rows.of(
            self.source.name,
            part.file,
            self._numbers[mask],
            how,
            sheet=part.sheet,
            column=header,
            selection=condition,
        )

    def _unit_of(self, index: int, column: str) -> str:
        declared = self.source.column_of(column)
        if declared.unit_column:
            found = self.value(index, declared.unit_column)
            return "" if found is None else str(found)
        return declared.unit


def read_table(source: Source, folder: Path) -> CleanTable:
    """Read a table that `CleanTable.save` wrote.

    Raises
    ------
    MissingInput
        If it was not written.
    UnreadableInput
        If it is not such a table.
    """
    path = folder / f"{source.name}.parquet"
    if not path.is_file():
        raise MissingInput(f"{path.name} is missing among the clean tables; run 01_clean first")
    try:
        # `pyarrow.parquet.read_table` sets up a data set of many files, even for one.
        with pq.ParquetFile(path) as file:
            # Threads take longer to start than a small table to read.
            threads = file.metadata.num_rows > _MANY
            table = file.read(use_threads=threads)
        trace: dict[str, Any] = json.loads((table.schema.metadata or {})[_META])
        source = replace(source, file=trace["file"])
    except (pa.ArrowInvalid, KeyError, ValueError):
        raise UnreadableInput(f"{path.name} is not a clean table; run 01_clean again") from None
    frame = table.to_pandas(types_mapper=_pandas_type, use_threads=threads)
    known = Provenance.of_json(trace.get("provenance"))
    given = (
        Fix(source.name, row, column, "", after, GLUED)
        for row, column, after in trace.get("given", ())
    )
    hidden = tuple((row, column) for row, column in trace.get("hidden", ()))
    return CleanTable(source, frame, trace["sheet"], trace["headers"], tuple(given), known, hidden)


def raw_files(folder: Path) -> dict[str, str]:
    """Name the raw file of each clean table in a folder, whatever the profile says by now."""
    found = {}
    for path in sorted(folder.glob("*.parquet")):
        try:
            metadata = pq.read_schema(path).metadata or {}
            found[path.stem] = str(json.loads(metadata[_META])["file"])
        except (pa.ArrowInvalid, KeyError, ValueError):
            raise UnreadableInput(f"{path.name} is not a clean table; run 01_clean again") from None
    return found


def _mask(
    frame: pd.DataFrame, where: Mask | Selection | npt.NDArray[np.bool_] | None
) -> npt.NDArray[np.bool_]:
    if where is None:
        return np.ones(len(frame), dtype=bool)
    if isinstance(where, Selection):
        return where.mask
    if isinstance(where, np.ndarray):
        return where
    return where.fillna(False).to_numpy(dtype=bool)


def _pandas_type(kind: pa.DataType) -> Any:
    if pa.types.is_integer(kind):
        return pd.Int64Dtype()
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pd.StringDtype(na_value=float("nan"))
    return None


def _long_decimals(number: Fraction) -> int | None:
    """Give the decimals of a decimal number where they are more than the two usually printed."""
    if 100 % number.denominator == 0:
        return None
    return next((one for one in range(3, 16) if 10**one % number.denominator == 0), None)


def records_of(frame: pd.DataFrame) -> tuple[Record, ...]:
    """Give the rows of a frame, cell by cell."""
    # By column: asking every single cell whether it is blank takes longer than all the rest.
    cells = [
        [
            None if blank else value
            for value, blank in zip(column.tolist(), column.array.isna(), strict=True)
        ]
        for _, column in frame.items()
    ]
    names = [str(name) for name in frame]
    rows = zip(frame.index.tolist(), zip(*cells, strict=True), strict=True)
    return tuple(Record(dict(zip(names, row, strict=True)), at) for at, row in rows)
