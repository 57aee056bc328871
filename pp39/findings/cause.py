"""Causes (sebab): what is behind findings that follow from one fault, and which of them matter.

A finding is a symptom; one wrong cell shows in the sum, in the percentage of the sum and in the
sentence about it. What a person has to put right is the cause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations

from pp39.findings.finding import SEVERITIES, Finding, Severity
from pp39.findings.links import ROWS, Ancestry, figures_of, linked, stated_value
from pp39.findings.printed import agrees, read_printed
from pp39.ledger import Cell, Ledger, Origin, Quantity, dashed
from pp39.numbers import terbilang

Judge = Callable[[str, Fraction | None, Fraction | None], str]
"""Gives the status of an indicator, by its code, with another realisation and target if given."""

# A sentence ends before a capital letter, not behind the point of an abbreviation.
_END = re.compile(r"(?:(?<=[a-z0-9)%”])|(?<=\b[A-Z]{2}))\.\s+(?=[A-Z“])")
# What decides the status of an indicator, as its ledger ids end.
_DECISIVE = ("realisasi", "target")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
# More statements of other values of one figure only repeat themselves.
_MOST = 5


@dataclass(frozen=True)
class Cause:
    """A fault and the findings that follow from it."""

    #: ``S-`` and the id of its first finding without ``T-``.
    id: str
    #: What is wrong, in one Indonesian sentence.
    kalimat: str
    #: Its findings; the first is the one the others follow from, or the first of its kind.
    temuan: tuple[Finding, ...]
    #: Codes of the indicators whose realisation, target or achievement it touches.
    indikator: tuple[str, ...] = ()

    @property
    def tingkat(self) -> Severity:
        """Severity of its gravest finding."""
        return min((one.tingkat for one in self.temuan), key=SEVERITIES.index)

    @property
    def tempat(self) -> tuple[str, ...]:
        """All places of its findings, each once; rows of a file that differ are left out."""
        every = [one.split("; ") for one in (finding.lokasi for finding in self.temuan)]
        if len(self.temuan) > 1:
            every = [[ROWS.sub("", one) for one in places] for places in every]
        return tuple(dict.fromkeys(filter(None, chain.from_iterable(every))))

    def led_by(self, finding: Finding, told: str) -> Cause:
        """Give the same cause with another first finding and what it says."""
        rest = (one for one in self.temuan if one is not finding)
        return replace(self, kalimat=told, temuan=(finding, *rest))

    @property
    def rank(self) -> tuple[int, bool, int, tuple[int, str, str, str]]:
        """Sort key: material first, then what touches a status, then what shows most often."""
        first = self.temuan[0].order
        return SEVERITIES.index(self.tingkat), not self.indikator, -len(self.temuan), first


def with_causes(findings: Sequence[Finding], ledger: Ledger) -> tuple[Finding, ...]:
    """Write into each finding the cause it belongs to, as of `linked`; the order stays."""
    ancestry = Ancestry(ledger)
    causes = {
        one.id: _id(_first(group, ledger, ancestry))
        for group in linked(findings, ledger)
        for one in group
    }
    return tuple(replace(one, sebab=causes[one.id]) for one in findings)


def causes_of(
    findings: Iterable[Finding], ledger: Ledger, codes: Iterable[str]
) -> tuple[Cause, ...]:
    """Gather findings into their causes.

    Parameters
    ----------
    findings : iterable of Finding
        As of `with_causes`; where it has not been asked it is now.
    ledger : Ledger
        Figures of the run.
    codes : iterable of str
        Codes of the indicators.
    """
    known = tuple(findings)
    known = known if all(one.sebab for one in known) else with_causes(known, ledger)
    groups: dict[str, list[Finding]] = defaultdict(list)
    for one in known:
        groups[one.sebab].append(one)
    reach = _reach(ledger, codes)
    made = [_cause(group, ledger, reach) for group in groups.values()]
    return tuple(sorted(made, key=lambda one: one.rank))


def overturning(
    causes: Collection[Cause], code: str, ledger: Ledger, judge: Judge
) -> tuple[Cause, ...]:
    """Give the material causes that could make the status of an indicator another one.

    A finding is about the realisation or the target of the indicator where that is its subject, or
    where one of its two numbers is that figure. The other number is tried in its place, alone and
    together with those of other findings: a finding counts where its number makes a difference. One
    that doubts the realisation itself, such as a value beyond its scale, always counts.

    Returns
    -------
    tuple of Cause
        In the given order; the decisive finding is the first, and `Cause.kalimat` what it says.
    """
    slug = dashed(code)
    tried = [
        (cause, finding, name, value)
        for cause in causes
        for finding in cause.temuan
        if finding.tingkat == "material"
        for name, value in _others(finding, slug, ledger)
    ][:_MOST]
    values = {number: (name, value) for number, (_, _, name, value) in enumerate(tried)}
    decisive: dict[str, Cause] = {}
    for number, (cause, finding, name, value) in enumerate(tried):
        if cause.id not in decisive and _matters(number, values, code, judge):
            alone = judge(code, *_pair([values[number]]))
            told = _told(finding.penjelasan)
            since = ledger.get(f"{slug}/kumulatif")
            if name == "target" and since is not None:
                told = f"{told.rstrip('.')}; {_since(since, value, code, judge)}."
            elif alone != judge(code, None, None) and alone not in finding.penjelasan:
                by = f"{name} {_shown(finding, value)}"
                told = f"{told.rstrip('.')}; dengan {by} statusnya {alone}"
                besides = [
                    (which, its, _shown(other, its))
                    for there, other, which, its in tried
                    if there is not cause
                ]
                told += f"{_together(values[number], besides, code, judge)}."
            decisive[cause.id] = cause.led_by(finding, told)
    for cause in causes:
        doubts = (one for one in cause.temuan if _unfit(one, slug, ledger))
        if cause.id not in decisive and (doubt := next(doubts, None)) is not None:
            decisive[cause.id] = cause.led_by(doubt, _told(doubt.penjelasan))
    return tuple(decisive.values())


def decided_by(cause: Cause, code: str, ledger: Ledger) -> tuple[str, ...]:
    """Give the ledger ids of the figures of an indicator that a cause of `overturning` is about."""
    slug = dashed(code)
    return tuple(f"{slug}/{name}" for name, _ in _others(cause.temuan[0], slug, ledger))


def spoken_of(findings: Iterable[Finding], ledger: Ledger) -> dict[str, Finding]:
    """Give for each figure that findings are about the first of them, by ledger id.

    A finding is about the figure that is its subject and has its value. A material one is also
    about those whose numbers it says: read from the cells it names, or parts of its subject.
    """
    cells: dict[Origin, list[Quantity]] = defaultdict(list)
    parts: dict[str, list[Quantity]] = defaultdict(list)
    for one in ledger:
        head, _, _ = (one.id or "").rpartition("/")
        if isinstance(one.origin, Cell) and not head.startswith("temuan"):
            cells[one.origin].append(one)
            parts[head].append(one)
    found: dict[str, Finding] = {}
    for finding in findings:
        about = [one for one in (ledger.get(finding.subjek),) if one and _is(finding.dihitung, one)]
        if finding.tingkat == "material":
            named = [known for name in finding.figures if (known := ledger.get(name)) is not None]
            read = [one for known in named for one in cells.get(known.origin, ())]
            about += _said(finding, [*read, *parts.get(finding.subjek, ())])
        for one in about:
            found.setdefault(one.id or "", finding)
    return found


def _said(finding: Finding, figures: Sequence[Quantity]) -> list[Quantity]:
    """Choose the figures whose numbers a finding holds against one another."""
    both = [_NUMBER.findall(text) for text in (finding.dinyatakan, finding.dihitung)]
    if not figures or not all(both):
        return []
    said = [number for number in map(read_printed, chain(*both)) if number is not None]
    return [one for one in figures if any(agrees(number, one.value) for number in said)]


def _cause(group: Sequence[Finding], ledger: Ledger, reach: Mapping[str, tuple[str, ...]]) -> Cause:
    id = group[0].sebab
    first = next((one for one in group if _id(one) == id), group[0])
    members = (first, *(one for one in group if one is not first))
    touched = [
        code
        for one in members
        if one.tingkat != "editorial"
        for code in (*_codes(one, ledger, reach), *_codes_by_value(one, ledger, reach))
    ]
    return Cause(id, _sentence(members), members, tuple(dict.fromkeys(touched)))


def _id(finding: Finding) -> str:
    return f"S-{finding.id.removeprefix('T-')}"


def _first(group: Sequence[Finding], ledger: Ledger, ancestry: Ancestry) -> Finding:
    """Give the gravest finding that follows from as few of the others as possible."""
    about = {one.id: figures_of(one, ledger) for one in group}
    figures = set(chain.from_iterable(about.values()))

    def key(one: Finding) -> tuple[int, bool, int, tuple[int, str, str, str]]:
        above = sum(len(ancestry.of(id) & figures) for id in about[one.id])
        return SEVERITIES.index(one.tingkat), not about[one.id], above, one.order

    return min(group, key=key)


def _sentence(members: Sequence[Finding]) -> str:
    """Say what the first finding says, and how often the same and what follows is found."""
    first, *others = members
    alike = sum(one.aturan == first.aturan for one in others)
    told = _told(first.penjelasan).rstrip(".")
    counts = {"hal serupa": alike, "temuan terkait": len(others) - alike}
    also = [f"{terbilang(count)} {name}" for name, count in counts.items() if count]
    return f"{told}; ada pula {' dan '.join(also)}." if also else f"{told}."


def _told(text: str) -> str:
    """Give the first sentence of a text."""
    return _END.split(text, maxsplit=1)[0].rstrip(".") + "."


def _reach(ledger: Ledger, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the codes of the indicators that each figure of the ledger goes into."""
    ancestry = Ancestry(ledger)
    found: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        slug = dashed(code)
        own = [f"{slug}/{name}" for name in (*_DECISIVE, "capaian")]
        there = [id for id in own if id in ledger]
        for id in {*there, *chain.from_iterable(map(ancestry.of, there))}:
            found[id].append(code)
    return {id: tuple(every) for id, every in found.items()}


def _codes(finding: Finding, ledger: Ledger, reach: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for id in figures_of(finding, ledger):
        yield from reach.get(id, ())


def _codes_by_value(
    finding: Finding, ledger: Ledger, reach: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    slug = finding.subjek.partition("/")[0]
    if any(True for _ in _others(finding, slug, ledger)):
        yield from reach.get(f"{slug}/realisasi", reach.get(f"{slug}/target", ()))[:1]


def _others(finding: Finding, slug: str, ledger: Ledger) -> Iterator[tuple[str, Fraction]]:
    """Give the number that stands against the realisation or target, if one does."""
    stated, computed = stated_value(finding.dinyatakan), stated_value(finding.dihitung)
    if stated is None or computed is None or stated == computed:
        return
    if finding.subjek.partition("/")[0] != slug:
        return
    for name in _DECISIVE:
        figure = ledger.get(f"{slug}/{name}")
        about = any(finding.subjek == f"{slug}/{other}" for other in _DECISIVE)
        if figure is None or (
            finding.subjek != figure.id if about else finding.tingkat != "material"
        ):
            continue
        ours = [_is(text, figure) for text in (finding.dinyatakan, finding.dihitung)]
        if ours[0] != ours[1]:
            yield name, computed if ours[0] else stated


def _unfit(finding: Finding, slug: str, ledger: Ledger) -> bool:
    """Tell whether the realisation itself is doubted, with no other number in its place."""
    figure = ledger.get(f"{slug}/realisasi")
    return (
        figure is not None
        and finding.tingkat == "material"
        and finding.subjek == figure.id
        and _is(finding.dinyatakan, figure)
        and stated_value(finding.dihitung) is None
    )


def _is(text: str, figure: Quantity) -> bool:
    number = read_printed(text)
    return number is not None and agrees(number, figure.value)


def _matters(
    number: int, values: Mapping[int, tuple[str, Fraction]], code: str, judge: Judge
) -> bool:
    """Tell whether one value changes the status, whatever others are taken besides."""
    others = [one for key, one in values.items() if key != number]
    for size in range(len(others) + 1):
        for taken in combinations(others, size):
            names = [name for name, _ in (*taken, values[number])]
            if len(set(names)) < len(names):
                continue
            if judge(code, *_pair(taken)) != judge(code, *_pair((*taken, values[number]))):
                return True
    return False


def _together(
    mine: tuple[str, Fraction],
    besides: Iterable[tuple[str, Fraction, str]],
    code: str,
    judge: Judge,
) -> str:
    """Say which other number, taken as well, gives another status; nothing where none does."""
    alone = judge(code, *_pair([mine]))
    for other, value, shown in besides:
        if other != mine[0]:
            both = judge(code, *_pair([mine, (other, value)]))
            if both != alone:
                return f", tetapi {both} apabila dipakai juga {other} {shown}"
    return ""


def _since(since: Quantity, target: Fraction, code: str, judge: Judge) -> str:
    """Say which status what adds up since January has by the target and by another one."""
    ours, others = (judge(code, since.value, one) for one in (None, target))
    apart = f"target yang dipakai, tetapi {others} menurut yang lain"
    told = f"dengan realisasi sejak Januari, {since.plain()}, statusnya {ours} menurut "
    return told + ("keduanya" if ours == others else apart)


def _shown(finding: Finding, value: Fraction) -> str:
    return next(
        text for text in (finding.dihitung, finding.dinyatakan) if stated_value(text) == value
    )


def _pair(taken: Iterable[tuple[str, Fraction]]) -> tuple[Fraction | None, Fraction | None]:
    given = dict(taken)
    return given.get("realisasi"), given.get("target")
