"""Rules about printed figures among themselves: totals and ratios against the parts beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.printed import Printed, digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated

__all__ = ["CapaianTarget"]


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
