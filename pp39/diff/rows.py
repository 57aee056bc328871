"""Which rows of a table differ, in time linear in the rows.

Rows are compared by what they say, not by where they stand: a row inserted at the top changes one
row and not all below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pp39.diff.entries import Change, Field
from pp39.errors import UnreadableInput

if TYPE_CHECKING:
    import pandas as pd

_PLACE = "baris"
#: Numbers that tell rows apart rather than say something about them.
_KEYS = frozenset({"bulan", "tahun", "no", "urut"})
#: A hash of personal data says nothing outside its own run.
_KEYLESS = "_hash"


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
