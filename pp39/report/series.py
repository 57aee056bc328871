"""Order in the annex of calculations: groups of entries, and series over months or quarters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pp39.periods import MONTHS, Quarter
from pp39.report.entry import Entry

_PERIOD = "0[1-9]|1[0-2]|I|II|III|IV"
_MEMBER = re.compile(f"(.+)/({_PERIOD})")
_SPAN = re.compile(rf"(.+/)({_PERIOD})(?:…|\.\.\.?)({_PERIOD})", re.IGNORECASE)
# With fewer months than this a series takes less room on a line of its own.
_TABLE = 7


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind, one per month or quarter."""

    #: What their ids share, up to the slash before the period.
    prefix: str
    #: label, unit, note: what they share in words.
    label: str
    unit: str
    note: str
    #: In the order of the periods.
    members: tuple[Entry, ...]
    #: Where all of them stand, in words, with ``‹bulan›`` or ``‹triwulan›`` in the place of the
    #: period; empty for a running total.
    origin: str = ""
    #: Label of the series a running total adds up; empty for raw figures.
    base: str = ""

    @property
    def monthly(self) -> bool:
        """Whether its periods are months."""
        return self.members[0].id[-1].isdigit()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    #: Heading.
    title: str
    #: Series that share one table with the months as columns.
    tables: tuple[Series, ...]
    #: Everything else.
    lines: tuple[Series | Entry, ...]


def grouped(entries: Mapping[str, Entry]) -> list[Group]:
    """Arrange entries in groups.

    Parameters
    ----------
    entries : mapping of str to Entry
        Entries by id, in the order of the ledger.
    """
    members: dict[str, dict[str, list[Entry]]] = {}
    for one in entries.values():
        topic, key = _keys(one.id)
        members.setdefault(topic, {}).setdefault(key, []).append(one)
    return [_group(key, many) for topic in members.values() for key, many in topic.items()]


def condensed(ids: Sequence[str]) -> str:
    """Write the ids of a series short; `spread` reads it.

    Examples
    --------
    >>> condensed(["ro/x/progres/01", "ro/x/progres/02", "ro/x/progres/09"])
    'ro/x/progres/01…09'
    """
    return f"{ids[0]}…{ids[-1].rpartition('/')[2]}"


def spread(notation: str, known: Iterable[str]) -> list[str]:
    """Give the ids that a short one stands for, in the order of the periods.

    Parameters
    ----------
    notation : str
        As `condensed` writes it, in any case; points may stand for ``…``.
    known : iterable of str
        The ids there are.

    Returns
    -------
    list of str
        None if it is no short id, or stands for none of those known.

    Examples
    --------
    >>> spread("ro/x/progres/01…09", ["ro/x/progres/09", "ro/x/progres/01", "ro/x/progres/12"])
    ['ro/x/progres/01', 'ro/x/progres/09']
    """
    match = _SPAN.fullmatch(notation)
    if match is None or match[2].isdigit() != match[3].isdigit():
        return []
    prefix, first, last = match[1], *(_number(f"/{one.upper()}") for one in match.groups()[1:])
    found = [
        id
        for id in known
        if id.casefold().startswith(prefix.casefold())
        and re.fullmatch(_PERIOD, id[len(prefix) :])
        and id[-1].isdigit() == match[2].isdigit()
        and first <= _number(id) <= last
    ]
    return sorted(found, key=_number)


def period_name(id: str) -> str:
    """Give the period an id ends in: the month in three letters, or the quarter."""
    token = id.rpartition("/")[2]
    return MONTHS[int(token) - 1][:3] if token.isdigit() else token


def unit_behind(unit: str) -> str:
    """Put a unit in brackets behind a name."""
    return f" ({unit})" if unit else ""


def _keys(id: str) -> tuple[str, str]:
    """Give the topic of an id, and its group within the topic."""
    parts = id.split("/")
    if any(one.isdigit() for one in parts[0]) or len(parts) < 3:
        return parts[0], parts[0]
    return parts[0], f"{parts[0]}/{parts[1]}"


def _group(key: str, entries: Sequence[Entry]) -> Group:
    lines: list[Series | Entry] = []
    tables: list[Series] = []
    found = _all_series(entries)
    tabular = any(one.monthly and len(one.members) >= _TABLE for one in found)
    inside = {one.id: series for series in found for one in series.members}
    done: set[str] = set()
    for one in entries:
        series = inside.get(one.id)
        if series is None:
            lines.append(one)
        elif series.prefix not in done:
            done.add(series.prefix)
            (tables if tabular and series.monthly else lines).append(series)
    return Group(_title(key), tuple(tables), tuple(lines))


def _title(key: str) -> str:
    first, _, second = key.partition("/")
    if any(one.isdigit() for one in first):
        return first.replace("-", " ", 1)
    coded = any(one.isdigit() for one in second)
    named = (first.replace("-", " "), second if coded else second.replace("-", " "))
    words = [
        re.sub(r"^\w{1,3}$|\b\w$", lambda found: found[0].upper(), one) for one in named if one
    ]
    joint = " " if coded else " – "
    title = joint.join(words)
    return title[0].upper() + title[1:]


def _all_series(entries: Sequence[Entry]) -> list[Series]:
    members: dict[str, list[Entry]] = {}
    for one in entries:
        match = _MEMBER.fullmatch(one.id)
        if match:
            members.setdefault(match[1], []).append(one)
    found: dict[str, Series] = {}
    for prefix, many in members.items():
        many.sort(key=lambda one: _number(one.id))
        made = _raw(prefix, many) or _running(prefix, many, members)
        if made is not None and len(many) > 1:
            found[prefix] = made
    return list(found.values())


def _number(id: str) -> int:
    token = id.rpartition("/")[2]
    return int(token) if token.isdigit() else Quarter[token].number


def _without_period(text: str, id: str) -> str:
    """Put a general word in the place of the period, if the text names it."""
    token = id.rpartition("/")[2]
    name, general = (
        (MONTHS[int(token) - 1], "‹bulan›") if token.isdigit() else (token, "‹triwulan›")
    )
    return re.sub(rf"\b{name}\b", general, text)


def _shared(values: Sequence[str]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


def _label(many: Sequence[Entry]) -> str | None:
    """Give what the labels share; None if they differ by more than the period."""
    general = _shared([_without_period(one.label, one.id) for one in many])
    alike = len({(one.unit, one.note) for one in many}) == 1
    if general is None or not alike or "‹" not in general:
        return None
    return " ".join(re.sub(r"(TW )?‹\w+›", "", general).split())


def _raw(prefix: str, many: Sequence[Entry]) -> Series | None:
    """Recognise single cells of one file that differ by period and row only."""
    places = [one.place for one in many]
    label = _label(many)
    if label is None or any(one is None for one in places):
        return None
    known = [one for one in places if one is not None]
    file = _shared([one.file for one in known])
    sheet = _shared([one.sheet for one in known])
    pairs = zip(known, many, strict=True)
    column = _shared([_without_period(place.column, one.id) for place, one in pairs])
    if file is None or sheet is None or column is None:
        return None
    rows = [str(one.row) for one in known]
    same = _shared(rows)
    where = f"baris {same}" if same else f"baris {', '.join(rows)} (berurutan)"
    parts = [file, f"lembar {sheet}" if sheet else "", where, f"kolom {column}"]
    origin = ", ".join(one for one in parts if one)
    return Series(prefix, label, many[0].unit, many[0].note, tuple(many), origin)


def _running(
    prefix: str, many: Sequence[Entry], members: Mapping[str, Sequence[Entry]]
) -> Series | None:
    """Recognise running totals: each adds one more figure of another series."""
    label = _label(many)
    first = many[0].inputs[0].id if many[0].inputs else ""
    below = members.get(first.rpartition("/")[0], ())
    of = _label(below) if below else None
    if label is None or of is None:
        return None
    for one in many:
        added = [each for each in below if _number(each.id) <= _number(one.id)]
        if (
            [each.id for each in one.inputs] != [each.id for each in added]
            or one.formula != " + ".join(each.label for each in added)
            or one.numbers != " + ".join(each.text for each in added)
        ):
            return None
    return Series(prefix, label, many[0].unit, many[0].note, tuple(many), base=of)
