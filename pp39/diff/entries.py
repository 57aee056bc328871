"""What differs between two mappings of entries, in time linear in their size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "changed"]


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
    """Give the entries that differ, in the order of the first run, new ones last.

    Parameters
    ----------
    before, after : mapping of str to mapping
        Entries by key.
    names : sequence of str
        Values to compare.
    label : str
        Value that says what an entry is.
    """
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
