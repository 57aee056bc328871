"""Rules about targets and units: the same target in every document, a unit that fits the number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.printed import Printed, digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat
from pp39.findings.shapes.statements import unit_word
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated
from pp39.formula.template import enumeration
from pp39.ledger import Quantity
from pp39.profile.base import Pola

_PERCENT = "%"


class TargetDokumen(Stated):
    """A target that differs from that of the document in whose name ``acuan`` is found."""

    gives: ClassVar = ("target", "seharusnya", "di", "acuan")
    bentuk: Literal["target-dokumen"]
    acuan: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            found = evidence.targets(code)
            if not found:
                continue
            official = (v for name, v in found if re.search(self.acuan, name, re.IGNORECASE))
            usual = Counter(value for _, value in found).most_common(1)[0][0]
            base = next(official, usual)
            right = [name for name, value in found if value == base]
            for value in dict.fromkeys(value for _, value in found if value != base):
                wrong = [name for name, other in found if other == value]
                yield self.tell(
                    evidence,
                    code,
                    (*wrong, *right),
                    target=digits(value),
                    seharusnya=digits(base),
                    di=self._named(evidence, code, wrong),
                    acuan=self._named(evidence, code, right),
                    numbers=[
                        *self._official(evidence, code),
                        *(o for _, o in evidence.documented(code)),
                    ],
                )

    def _named(self, evidence: Evidence, code: str, names: Sequence[str]) -> str:
        """Name documents as a sentence does; places inside one report are one of them."""
        places = {one.letak for one in evidence.stated(f"{code}/target")}
        inside = "; ".join(one for one in names if one in places)
        documents = (one for one in names if one not in places)
        return enumeration(list(filter(None, (*documents, inside))), "serta")

    def _official(self, evidence: Evidence, code: str) -> Iterator[Quantity]:
        """Give the targets of an indicator that the ledger has."""
        for source in evidence.documents:
            name = source.removeprefix("target_")
            if (found := evidence.computed(f"{code}/target/{name}")) is not None:
                yield found


class SatuanHasil(Stated):
    """A result in several units, or in percent beside a target in which ``target`` is found."""

    gives: ClassVar = ("satuan", "rincian", "resmi", "target", "realisasi")
    bentuk: Literal["satuan-hasil"]
    target: Pola | None = None

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            results = [one for one in evidence.stated(f"{code}/realisasi") if one.printed]
            kinds: dict[str, list[Statement]] = {}
            for one in results:
                unit = _counted(one)
                if unit:
                    kinds.setdefault(unit, []).append(one)
            percent = kinds.pop(_PERCENT, [])
            said = {"kode": code, "indikator": evidence.short(code)}
            if self.target is None:
                registered = evidence.indicator(code)
                if len(kinds) > 1 and registered.bentuk == "jumlah":
                    yield self.hit(
                        evidence,
                        places(results),
                        said=said,
                        satuan="; ".join(kinds),
                        resmi=str(registered.satuan),
                        rincian="; ".join(f"{unit} ({places(g)})" for unit, g in kinds.items()),
                    )
                continue
            others = [
                one
                for one in evidence.stated(f"{code}/target")
                if re.search(self.target, one.nilai, re.IGNORECASE)
            ]
            if percent and others:
                yield self.hit(
                    evidence,
                    places([*others, *percent]),
                    said=said,
                    target=others[0].nilai,
                    realisasi=percent[0].nilai,
                )


class SkalaRasio(Stated):
    """A ratio whose unit is percent."""

    gives: ClassVar = ("satuan", "persen")
    bentuk: Literal["skala-rasio"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            word, units = _unit(evidence, code)
            goal = evidence.documented(code)
            ratio = evidence.indicator(code).bentuk == "rasio"
            if (
                goal
                and ratio
                and unit_word(word) == _PERCENT
                and max(one.value for _, one in goal) <= 1
            ):
                stated = [one for one in evidence.stated(f"{code}/target") if one.printed]
                figure = goal[0][1]
                percent = (figure * 100).named("Target dalam persen", "%")
                yield self.tell(
                    evidence,
                    code,
                    places([*units, *stated]) or [name for name, _ in goal],
                    nilai=digits(figure.value, least=2),
                    satuan=word,
                    persen=digits(percent.value),
                    numbers=[figure, percent],
                )


def _unit(evidence: Evidence, code: str) -> tuple[str, tuple[Statement, ...]]:
    """Give the unit of an indicator, as stated first or as registered, and where it is stated."""
    stated = evidence.stated(f"{code}/satuan")
    return (stated[0].nilai if stated else evidence.indicator(code).satuan), tuple(stated)


def _counted(one: Statement) -> str:
    printed = one.printed
    if printed is not None and printed.percent:
        return _PERCENT
    unit = printed.unit if printed is not None else ""
    return unit if re.fullmatch(r"[A-Za-z ]+", unit) else ""


class CapaianTarget(Stated):
    """A printed capaian against the target and realisation printed in the same row.

    Where another document's target gives the printed percentage, the finding names it (``target``
    and ``di``).
    """

    gives: ClassVar = ("capaian", "hasil", "sasaran", "seharusnya", "target", "di")
    bentuk: Literal["capaian-target"]
    tanpa: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, stated in evidence.subjects(r"([^/]+)/capaian"):
            code = match[1]
            targets = evidence.stated(f"{code}/target")
            for one in stated:
                target = _same_place(one, targets)
                result = _same_place(one, evidence.stated(f"{code}/realisasi"))
                if one.printed is None or target is None or result is None:
                    continue
                goal = target.printed
                if goal is None or goal.value == 0 or result.printed is None:
                    continue
                if _explains(one.printed, result.printed, goal.value):
                    continue
                used = [
                    other
                    for other in targets
                    if other.printed is not None
                    and other.printed.value not in (0, goal.value)
                    and _explains(one.printed, result.printed, other.printed.value)
                ]
                ratio = evidence.stated_number(result) / evidence.stated_number(target) * 100
                quantity = evidence.computed(one.subjek)
                again = [s for s in stated if s.printed and s.printed.value == one.printed.value]
                yield self.tell(
                    evidence,
                    one,
                    "; ".join((one.letak, places(again), *(s.letak for s in used))),
                    quantity.id or "" if quantity is not None else "",
                    kalimat="" if used else self.tanpa,
                    capaian=one.nilai,
                    hasil=result.nilai,
                    sasaran=target.nilai,
                    seharusnya=digits(ratio.value, one.printed, 2),
                    target=used[0].nilai if used else "",
                    di=places(used),
                    numbers=[ratio.named("Capaian menurut angka yang dicetak", "%")],
                )


def _same_place(one: Statement, others: Sequence[Statement]) -> Statement | None:
    return next((other for other in others if other.letak == one.letak), None)


def _explains(stated: Printed, result: Printed, goal: Fraction) -> bool:
    """Tell whether some result that prints as `result` gives the stated percentage."""
    half = Fraction(1, 2 * 10**result.decimals)
    slack = Fraction(1, 10**stated.decimals)
    ends = sorted(((result.value + side) / goal * 100) for side in (-half, half))
    whole = result.decimals == 0
    low, high = (result.value / goal * 100,) * 2 if whole else (ends[0], ends[1])
    return low - slack < stated.value < high + slack
