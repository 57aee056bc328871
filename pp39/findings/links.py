"""Which findings follow from one fault.

Two findings are of one cause where one of these holds. None of them knows a rule or a code by name.

- They are about the same figure, or say the same of the same thing, or one says the words of the
  other and more.
- What one of them is about is computed from what the other is about, within one indicator. A sum
  that is off by another amount than the other is off for another reason, here as in the others.
- They are about the unit of measure of one thing.
- They differ from what is right by the same amount, or one by the amount the other is about.
- They are of one rule at one place, and their subjects differ in one part: a column of a table, but
  a text only where it is about one thing or says the same; or the place is a source, and they are
  about its rows.
- They are of one rule about how something is written: one habit.
- One is about a column or a list as a whole and the other about a cell of it.
- They say in words what the same figure belies.
- One says of a source as a whole what the other says of a row of it.
- They hold the same words against the same words, of one rule or about one indicator.
- Of those that nothing else joins: of one rule, they hold other words about one thing against the
  same words.
- Both tell that something is missing, and one of the things is a part of the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, pairwise, permutations
from typing import Any, TypeAlias

from pp39.findings.finding import Finding
from pp39.findings.printed import read_printed
from pp39.findings.wording import plain
from pp39.ledger import Computed, Ledger

_Key: TypeAlias = "Callable[[Finding], Iterable[Hashable]]"

ROWS = re.compile(r",?\s+baris\s+[0-9–,\s-]+$")
"""The rows at the end of a place."""
# Of a table that a document has once for each goal, and of a text it has for each indicator.
_REPEATED = re.compile(r"\b[IVX]+$|\b[a-z] (?=\w+ [0-9]+$)|(?<=[a-z] )[0-9]+$")
_TABLE = re.compile(r"\btabel\b|\bdaftar\b|\blampiran\b|\.(?:csv|xlsx)\b", re.IGNORECASE)
_SOURCE = re.compile(r"\S+\.(?:csv|xlsx)(?:, lembar .+)?")
# Fewer telling digits, or letters, may agree by chance.
_TELLING = 4
_WORDS = 30
# How subjects call a list as a whole.
_LIST = "daftar"
# How they call the unit of measure of a thing, whoever says it.
_OF_MEASURE = re.compile(r"^([^/]+)/(?:target/|realisasi/)?(?:satuan|skala)(?:/|$)")
# How ids begin of what findings entered in the ledger.
_OWN = "temuan/"


class Ancestry:
    """From which entries of a ledger each other entry is computed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, frozenset[str]] = {}

    def of(self, id: str) -> frozenset[str]:
        """Give the ids of all entries that an entry is computed from."""
        if id not in self._known:
            found: set[str] = set()
            waiting = list(self._ledger[id].inputs())
            while waiting:
                one = waiting.pop()
                if one.id is None or one.id not in self._ledger:
                    waiting.extend(one.inputs())
                elif one.id not in found:
                    found |= {one.id, *self.of(one.id)}
            self._known[id] = frozenset(found)
        return self._known[id]


def linked(findings: Sequence[Finding], ledger: Ledger) -> tuple[tuple[Finding, ...], ...]:
    """Put findings that follow from one fault together.

    Returns
    -------
    tuple of tuple of Finding
        Every finding once; the members in the given order, the groups in the order of their first.
    """
    groups = _Groups(findings, ledger)
    ancestry = Ancestry(ledger)
    told = [one for one in findings if one.tingkat != "editorial"]

    groups.join(told, lambda one: figures_of(one, ledger))
    groups.join(findings, lambda one: [(one.subjek, one.dinyatakan)])
    groups.join(findings, _said)
    groups.join(findings, _columns)
    groups.join(told, lambda one: _OF_MEASURE.findall(one.subjek))
    groups.join((one for one in findings if one.tingkat == "editorial"), lambda one: [one.aturan])
    groups.join(told, lambda one: _belied(one, ledger))
    groups.join(told, _amounts)
    for first, second in _consequences(told, ledger, ancestry):
        groups.unite(first, second)
    for first, second in _wholes(told):
        groups.unite(first, second)
    for first, second in chain(_parts(told), _rows_of(told)):
        groups.unite(first, second)
    for first, second in _missing(told, ledger):
        groups.unite(first, second)
    groups.join((one for one, *more in groups.sorted() if not more), _reworded)
    return groups.sorted()


def figures_of(finding: Finding, ledger: Ledger) -> tuple[str, ...]:
    """Give the id of the figure that a finding says another value of, or that lacks one."""
    return (finding.subjek,) if finding.subjek in ledger and _contradicts(finding) else ()


def stated_value(text: str) -> Fraction | None:
    """Give the number a text begins with, None where it begins with none."""
    number = read_printed(text)
    return number.value if number is not None else None


class _Groups:
    """Findings by the cause they are of, joined pair by pair."""

    def __init__(self, findings: Sequence[Finding], ledger: Ledger) -> None:
        self._findings = findings
        self._ledger = ledger
        self._first = {one.id: one.id for one in findings}

    def _root(self, id: str) -> str:
        while self._first[id] != id:
            id = self._first[id]
        return id

    def unite(self, one: Finding, other: Finding) -> None:
        """Let two findings be of one cause."""
        self._first[self._root(other.id)] = self._root(one.id)

    def join(self, findings: Iterable[Finding], keys: _Key) -> None:
        """Unite findings that have a key in common, and sums only where they are off alike."""
        shared: dict[Hashable, list[Finding]] = defaultdict(list)
        for one in findings:
            for key in keys(one):
                shared[key, _off(one, self._ledger)].append(one)
        for same in shared.values():
            for one, other in pairwise(same):
                self.unite(one, other)

    def sorted(self) -> tuple[tuple[Finding, ...], ...]:
        """Give the groups."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in self._findings:
            found[self._root(one.id)].append(one)
        return tuple(map(tuple, found.values()))


def _contradicts(finding: Finding) -> bool:
    """Tell whether another number was stated, or none."""
    stated, computed = stated_value(finding.dinyatakan), stated_value(finding.dihitung)
    return computed is not None and stated != computed


def _gap(finding: Finding) -> Fraction | None:
    """Give by how much a stated number is off; all of the number where none was stated."""
    stated, computed = stated_value(finding.dinyatakan), stated_value(finding.dihitung)
    if computed is None or stated == computed:
        return None
    return abs(computed - stated) if stated is not None else abs(computed)


def _off(finding: Finding, ledger: Ledger) -> Fraction | None:
    """Give by how much a sum is off where that tells its fault from others, else None."""
    figure, gap = ledger.get(finding.subjek), _gap(finding)
    origin = figure.origin if figure is not None else None
    summed = isinstance(origin, Computed) and origin.operation == "jumlah"
    return gap if summed and gap is not None and _telling(gap) else None


def _telling(value: Fraction) -> bool:
    return len(str(value.numerator).strip("0")) >= _TELLING


def _amounts(finding: Finding) -> Iterator[Hashable]:
    """Give what two findings have in common that are off by the same amount."""
    gap = _gap(finding)
    if gap is None or stated_value(finding.dinyatakan) is None:
        return
    if _telling(gap):
        yield gap
    elif gap > 1:
        # A small amount tells something only of neighbours.
        yield finding.subjek.rpartition("/")[0] or finding.subjek, gap


def _said(finding: Finding) -> Iterator[Hashable]:
    """Give rule and words, where the finding is about words on both sides."""
    if stated_value(finding.dinyatakan) is None and stated_value(finding.dihitung) is None:
        said, right = plain(finding.dinyatakan), plain(finding.dihitung)
        yield finding.aturan, said, right
        yield finding.subjek.partition("/")[0], said, "", right


def _reworded(finding: Finding) -> Iterator[Hashable]:
    """Give rule, subject and right words, where the finding is about words on both sides."""
    if stated_value(finding.dinyatakan) is None and stated_value(finding.dihitung) is None:
        yield finding.aturan, finding.subjek, plain(finding.dihitung)


def _columns(finding: Finding) -> Iterator[Hashable]:
    """Give the columns of a table that a finding may be about a cell of."""
    parts = finding.subjek.split("/")
    place = _first_place(finding)
    for number in range(len(parts) if len(parts) > 1 else 0):
        others = (number, *parts[:number], *parts[number + 1 :])
        if not number and not _TABLE.search(place):
            # Sentences about different things have slips of their own, unless they say the same.
            others = (*others, plain(finding.dinyatakan))
        yield finding.aturan, place, *others
        # Where a document has the table once for each goal, the column goes through all of them.
        if number + 1 < len(parts) and not _contradicts(finding):
            yield finding.aturan, _REPEATED.sub("", place), *others
    if _SOURCE.fullmatch(place) and "; " not in finding.lokasi:
        yield finding.aturan, place, parts[0], len(parts)


def _first_place(finding: Finding) -> str:
    return ROWS.sub("", finding.lokasi.split("; ")[0])


def _belied(finding: Finding, ledger: Ledger) -> Iterator[Hashable]:
    """Give the figure that words are held against."""
    id = finding.ledger_id
    own = id == finding.subjek or id.startswith(_OWN)
    if id in ledger and not own and stated_value(finding.dinyatakan) is None:
        yield id, finding.dihitung


def _parts(findings: Sequence[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Give pairs about one thing of which one says words that the other says with more."""
    about: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if stated_value(one.dinyatakan) is None:
            about[one.subjek.partition("/")[0]].append(one)
    for some in about.values():
        for one, other in permutations(some, 2):
            if (
                len(one.dinyatakan) >= _WORDS
                and one.dinyatakan != other.dinyatakan
                and one.dinyatakan in other.dinyatakan
            ):
                yield one, other


def _rows_of(findings: Sequence[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Give pairs of which the first says of a source what the second says of a row of it."""
    wholes = {}
    for one in findings:
        source, _, what = one.subjek.partition("/")
        if (place := _first_place(one)).startswith(f"{source}."):
            wholes[place, what] = one
    for other in findings:
        whole = wholes.get((_first_place(other), other.subjek.rpartition("/")[2]))
        if whole is not None:
            yield whole, other


def _consequences(
    findings: Sequence[Finding], ledger: Ledger, ancestry: Ancestry
) -> Iterator[tuple[Finding, Finding]]:
    """Give pairs of which the second is about what is computed from what the first is about."""
    about: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        for id in figures_of(one, ledger):
            about[id].append(one)
    for id, effects in about.items():
        for source in ancestry.of(id) & about.keys():
            if source.partition("/")[0] != id.partition("/")[0]:
                continue
            for cause in about[source]:
                for effect in effects:
                    # What is left blank explains a sum only where that lacks just as much.
                    exact = _blank(cause) or _off(effect, ledger) is not None
                    if not _blank(effect) and (not exact or _gap(cause) == _gap(effect)):
                        yield cause, effect


def _blank(finding: Finding) -> bool:
    return stated_value(finding.dinyatakan) is None


def _wholes(findings: Sequence[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Give pairs of which the first is about a column and the second about a cell of it."""
    columns: dict[str, list[Finding]] = defaultdict(list)
    worded = [one for one in findings if not _contradicts(one)]
    for one in worded:
        if "/" in one.subjek:
            columns[one.subjek].append(one)
    for one in worded:
        head, _, tail = one.subjek.partition("/")
        for whole in columns.get(tail, ()):
            yield whole, one
        for whole in columns.get(f"{head}/{_LIST}", ()):
            if whole.lokasi == one.lokasi:
                yield whole, one


def _missing(findings: Sequence[Finding], ledger: Ledger) -> Iterator[tuple[Finding, Finding]]:
    """Give pairs about one thing that is missing: as such, as a part, or by its amount."""
    words = [one for one in findings if one.tingkat == "material" and _about_words(one)]
    keys = {one.id: _code(one.subjek) for one in words}
    for one in words:
        for other in words:
            if keys[one.id] and keys[other.id].startswith(f"{keys[one.id]}."):
                yield one, other
    amounts: dict[Fraction, list[Finding]] = defaultdict(list)
    for one in findings:
        gap = _gap(one)
        if gap is not None and _telling(gap):
            amounts[gap].append(one)
    values: dict[str, list[Any]] = defaultdict(list)
    for entry in ledger:
        values[(entry.id or "").rpartition("/")[0]].append(entry.value)
    for one in words:
        for value in values.get(one.subjek, ()):
            for other in amounts.get(value, ()):
                yield one, other


def _about_words(finding: Finding) -> bool:
    return stated_value(finding.dinyatakan) is None and stated_value(finding.dihitung) is None


def _code(subject: str) -> str:
    """Give the last part of a subject if it is a code of several parts."""
    last = subject.rpartition("/")[2]
    return last if "." in last else ""
