"""Which rows of a table, or entries of a mapping, differ: in time linear in their number.

Rows are compared by what they say, not by where they stand: a row inserted at the top changes one
row and not all below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pp39.errors import UnreadableInput

if TYPE_CHECKING:
    import pandas as pd

_PLACE = "baris"
#: Numbers that tell rows apart rather than say something about them.
_KEYS = frozenset({"bulan", "tahun", "no", "urut"})
#: A hash of personal data says nothing outside its own run.
_KEYLESS = "_hash"
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    values: tuple[Any, ...]


def compare_tables(before: Path, after: Path) -> Iterator[Change]:
    """Compare two clean tables.

    Parameters
    ----------
    before, after : Path
        Parquet files with a column ``baris``, the row in the raw file; either may be missing.

    Yields
    ------
    Change
        Rows only in one table, and rows that say something else; the key is the row in the raw file
        (of the second run, where there are two).
    """
    old = _read(before) if before.is_file() else None
    new = _read(after) if after.is_file() else None
    if old is None and new is None:
        return
    old = new.iloc[:0] if old is None and new is not None else old
    new = old.iloc[:0] if new is None and old is not None else new
    assert old is not None
    assert new is not None
    yield from _changed_columns(list(old.columns), list(new.columns))
    columns = [
        name
        for name in new.columns
        if name in old.columns and name != _PLACE and not name.endswith(_KEYLESS)
    ]
    left, right = _different(_rows(old, columns), _rows(new, columns))
    names = [n for n, name in enumerate(columns) if _identifies(old, new, name)]

    def identity(row: _Row) -> tuple[Any, ...]:
        return tuple(row.values[n] for n in names)

    pairs = _paired(left, right, identity)
    met = set(pairs.values())
    rest = [one for one in left if one not in pairs], [one for one in right if one not in met]
    pairs |= _paired(*rest, key=lambda row: (row.place,))
    met = set(pairs.values())
    for row in left:
        yield _change(columns, row, pairs.get(row))
    for row in right:
        if row not in met:
            yield _change(columns, None, row)


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  takes a while, and only changed tables need it

    try:
        return pd.read_parquet(path)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableInput(
            f"bersih/{path.name} of {path.parents[2].name}/{path.parents[1].name} is damaged;"
            " make the report again with --force"
        ) from error


def _changed_columns(old: list[str], new: list[str]) -> Iterator[Change]:
    told = tuple(Field("kolom", one, None) for one in old if one not in new)
    told += tuple(Field("kolom", None, one) for one in new if one not in old)
    if told:
        yield Change("kolom", "changed", "", told)


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> list[_Row]:
    values = frame[list(columns)].astype(object)
    plain = values.where(values.notna(), None).to_numpy().tolist()
    places = frame[_PLACE].tolist()
    return [_Row(int(place), tuple(row)) for place, row in zip(places, plain, strict=True)]


def _different(old: list[_Row], new: list[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Leave out what both tables say, as often as both say it."""
    same = Counter(row.values for row in old) & Counter(row.values for row in new)

    def rest(rows: list[_Row]) -> list[_Row]:
        met = same.copy()
        kept = []
        for row in rows:
            if met[row.values] > 0:
                met[row.values] -= 1
            else:
                kept.append(row)
        return kept

    return rest(old), rest(new)


def _identifies(old: pd.DataFrame, new: pd.DataFrame, name: str) -> bool:
    from pandas.api.types import is_numeric_dtype  # noqa: PLC0415

    return name in _KEYS or not (is_numeric_dtype(old[name]) or is_numeric_dtype(new[name]))


def _paired(
    left: list[_Row], right: list[_Row], key: Callable[[_Row], tuple[Any, ...]]
) -> dict[_Row, _Row]:
    """Pair rows of the same key, where the key is that of one row on each side."""
    olds = Counter(map(key, left))
    news = Counter(map(key, right))
    of = {key(row): row for row in right}
    return {row: of[key(row)] for row in left if olds[key(row)] == 1 and news.get(key(row), 0) == 1}


def _change(columns: Sequence[str], old: _Row | None, new: _Row | None) -> Change:
    row = new or old
    assert row is not None
    if old is not None and new is not None:
        both = zip(columns, old.values, new.values, strict=True)
        fields = tuple(Field(*one) for one in both if one[1] != one[2])
        return Change(str(row.place), "changed", "", fields)
    fields = tuple(
        Field(name, value if old else None, value if new else None)
        for name, value in zip(columns, row.values, strict=True)
        if value is not None
    )
    return Change(str(row.place), "removed" if old else "added", "", fields)


@dataclass(frozen=True, slots=True)
class Field:
    """One value of an entry, before and after."""

    #: Name of the value.
    name: str
    #: before, after: in JSON types; None where there is none.
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is not the same in both runs."""

    #: What identifies the entry, such as a ledger id.
    key: str
    #: ``added``: only in the second run.
    kind: Kind
    #: What the entry is, in Indonesian; may be empty.
    label: str
    #: The values that differ; of an entry in one run only, all that say something.
    fields: tuple[Field, ...]


def compared(
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
    names: Sequence[str],
    label: str = "",
) -> Iterator[Change]:
    """Give the entries that differ, in the order of the first run, new ones last."""
    for key, old in before.items():
        new = after.get(key)
        fields = tuple(_fields(old, new or {}, names))
        if new is None or fields:
            yield Change(key, "removed" if new is None else "changed", _label(old, label), fields)
    for key, new in after.items():
        if key not in before:
            yield Change(key, "added", _label(new, label), tuple(_fields({}, new, names)))


def _fields(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Sequence[str]
) -> Iterator[Field]:
    for name in names:
        old, new = before.get(name), after.get(name)
        if old != new:
            yield Field(name, old, new)


def _label(entry: Mapping[str, Any], name: str) -> str:
    return str(entry.get(name) or "") if name else ""
