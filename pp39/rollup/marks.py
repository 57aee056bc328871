"""Units whose own figures do not fit together: they are marked, never smoothed over."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from pp39.numbers import format_rupiah

#: A level, and the one above it that it must add up to.
_LEVELS = (("program", "total"), ("kegiatan", "program"), ("kro", "kegiatan"))
_NAMES = {"total": "satuan kerja", "program": "program", "kegiatan": "kegiatan", "kro": "KRO"}


def contradictions(budget: pa.Table) -> dict[int, list[str]]:
    """Find units that contradict their own totals.

    Parameters
    ----------
    budget : pyarrow.Table
        Budgets as `pp39.rollup.activities.read_budget` gives them.

    Returns
    -------
    dict of int to list of str
        A sentence for each thing that does not fit, by the number of the unit.
    """
    found: dict[int, list[str]] = {}
    for child, parent in _LEVELS:
        for column in ("pagu", "realisasi"):
            _against(budget, child, parent, column, found)
    _against_dipa(budget, found)
    _without_ceiling(budget, found)
    return {number: found[number] for number in sorted(found)}


def _against(
    budget: pa.Table, child: str, parent: str, column: str, found: dict[int, list[str]]
) -> None:
    """Hold what stands at a level against the sum of the level below it, where both are known."""
    lower = _of(budget, child)
    if column == "realisasi":
        # What was spent without a ceiling is in no total; it is told by itself.
        lower = lower.filter(pc.is_valid(lower["pagu_berdata"]))
    lower = lower.filter(pc.is_valid(lower[column]))
    above = [] if parent == "total" else [parent]
    summed = lower.group_by(["nomor", *above], use_threads=False).aggregate([(column, "sum")])
    sums = _by_code(summed, above[0] if above else None, f"{column}_sum")
    for (number, code), stated in _by_code(
        _of(budget, parent), "kode" if above else None, column
    ).items():
        total = sums.get((number, code))
        if stated is None or total is None or stated == total:
            continue
        of = f"{_NAMES[parent]} {code}" if code else _NAMES[parent]
        found.setdefault(number, []).append(
            f"{column.capitalize()} {of} {_money(stated)}, sedangkan jumlah {_NAMES[child]}"
            f" {_money(total)}."
        )


def _against_dipa(budget: pa.Table, found: dict[int, list[str]]) -> None:
    """Hold the sum of all outputs against the ceilings of the DIPA, before and after revisions."""
    dipa = _of(budget, "dipa")
    known = _by_code(dipa, "kode", "pagu")
    for (number, _), total in _by_code(_of(budget, "total"), None, "pagu").items():
        ceilings = {
            name: amount
            for name in ("awal", "akhir")
            if (amount := known.get((number, name))) is not None
        }
        if total is None or not ceilings or total in ceilings.values():
            continue
        told = " dan ".join(f"pagu {name} DIPA {_money(one)}" for name, one in ceilings.items())
        found.setdefault(number, []).append(
            f"Pagu menurut rincian output {_money(total)}, sedangkan {told}."
        )


def _without_ceiling(budget: pa.Table, found: dict[int, list[str]]) -> None:
    kro = _of(budget, "kro")
    spent = pc.or_(pc.is_valid(kro["realisasi"]), pc.is_valid(kro["serapan"]))
    for row in kro.filter(pc.and_(spent, pc.is_null(kro["pagu"]))).to_pylist():
        found.setdefault(row["nomor"], []).append(
            f"KRO {row['kode']} memiliki serapan, tetapi tidak memiliki pagu."
        )


def _of(budget: pa.Table, level: str) -> pa.Table:
    return budget.filter(pc.equal(budget["jenjang"], level))


def _by_code(
    table: pa.Table, code: str | None, column: str
) -> Mapping[tuple[int, str], Decimal | None]:
    codes = table[code].to_pylist() if code else [""] * table.num_rows
    numbers, amounts = table["nomor"].to_pylist(), table[column].to_pylist()
    return {
        (number, one or ""): amount
        for number, one, amount in zip(numbers, codes, amounts, strict=True)
    }


def _money(amount: Decimal) -> str:
    return format_rupiah(Fraction(amount))
