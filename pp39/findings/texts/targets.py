"""Rules about targets and units: the same target in every document, a unit that fits the number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shapes.statements import unit_word
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated
from pp39.ledger import Quantity
from pp39.profile.base import Pola

__all__ = ["SatuanHasil", "SkalaRasio", "TargetDokumen"]

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
                    di="; ".join(wrong),
                    acuan="; ".join(right),
                    numbers=[
                        *self._official(evidence, code),
                        *(o for _, o in evidence.documented(code)),
                    ],
                )

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
