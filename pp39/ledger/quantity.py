"""A number that knows its exact value, its unit and how it came about.

Arithmetic on quantities builds the expression while it computes, so the formula an auditor reads is
the calculation itself and cannot drift from it. Nothing is rounded before it is printed.

>>> promoters = Quantity.constant(54).named("Promotor", "orang")
>>> detractors = Quantity.constant(0).named("Detraktor", "orang")
>>> answers = Quantity.constant(57).named("Responden", "orang")
>>> score = ((promoters - detractors) / answers * 100).named("Nilai", "nilai")
>>> print(score.formula(), "=", score.formula_numbers(), "=", score.text())
(Promotor − Detraktor) ÷ Responden × 100 = (54 − 0) ÷ 57 × 100 = 94,74
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pp39.ledger.origin import Cell, Computed, Constant, Operation, Origin, Parameter, Rows
from pp39.numbers import format_number, format_percent, format_rupiah, round_half_up

_ARITHMETIC: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "tambah": operator.add,
    "kurang": operator.sub,
    "kali": operator.mul,
    "bagi": operator.truediv,
}
_SYMBOLS = {"tambah": "+", "kurang": "−", "kali": "×", "bagi": "÷"}
_STRENGTH = {"tambah": 1, "kurang": 1, "jumlah": 1, "kali": 2, "bagi": 2, "rata-rata": 2}
_SHOWN = 12
RATIO_TO_ONE = "1 :"
"""Unit of a ratio that is printed as ``1 : 15,30``."""
# Rupiah, or so many thousands or millions of them, and what one of them is for.
_MONEY = re.compile(
    r"(?:(?P<scale>ribu|juta|miliar|triliun)(?:an)? )?(?:Rp|rupiah)"
    r"(?: (?P<behind>ribu|juta|miliar|triliun)(?:an)?)?(?:(?: ?/ ?| per )(?P<per>.+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number with a label, a unit and an origin."""

    #: Exact value, in `unit`.
    value: Fraction
    #: Name in Indonesian; empty for a step inside a formula that has no name of its own.
    label: str
    #: ``"Rp"``, ``"%"`` (percent units) or a word such as ``"orang"``; empty if it has none.
    unit: str
    #: Where the value comes from.
    origin: Origin
    #: Decimals to print; by default none for rupiah and whole numbers, otherwise two.
    decimals: int | None = None
    #: Ledger id, given by `pp39.ledger.Ledger.add`.
    id: str | None = None
    #: Remark for the reader of the calculation.
    note: str = ""
    #: The lower end, where it stands for a range that `value` is the upper end of.
    low: Fraction | None = None

    @classmethod
    def cell(
        cls, value: Fraction | int, label: str, unit: str, cell: Cell, decimals: int | None = None
    ) -> Quantity:
        """Make the quantity that stands in one cell of a raw file."""
        return cls(_exactly(value), label, unit, cell, decimals)

    @classmethod
    def rows(
        cls, value: Fraction | int, label: str, unit: str, rows: Rows, decimals: int | None = None
    ) -> Quantity:
        """Make a quantity that many rows were reduced to."""
        return cls(_exactly(value), label, unit, rows, decimals)

    @classmethod
    def parameter(
        cls, value: Fraction | int, label: str, unit: str, path: str, layer: str = ""
    ) -> Quantity:
        """Make the quantity that a parameter sets."""
        return cls(Fraction(value), label, unit, Parameter(path, layer))

    @classmethod
    def constant(cls, value: Fraction | int) -> Quantity:
        """Make a number of the formula itself."""
        return cls(_exactly(value), "", "", Constant())

    def named(
        self,
        label: str,
        unit: str | None = None,
        decimals: int | None = None,
        note: str | None = None,
    ) -> Quantity:
        """Close the expression under a name: formulas that use it show the name from here on."""
        # Thousands are named, and `replace` takes twice as long.
        return Quantity(
            self.value,
            label,
            self.unit if unit is None else unit,
            self.origin,
            self.decimals if decimals is None else decimals,
            None,
            self.note if note is None else note,
            self.low,
        )

    def __add__(self, other: Quantity | Fraction | int) -> Quantity:
        return _combined("tambah", self, other)

    def __radd__(self, other: Fraction | int) -> Quantity:
        return _combined("tambah", other, self)

    def __sub__(self, other: Quantity | Fraction | int) -> Quantity:
        return _combined("kurang", self, other)

    def __rsub__(self, other: Fraction | int) -> Quantity:
        return _combined("kurang", other, self)

    def __mul__(self, other: Quantity | Fraction | int) -> Quantity:
        return _combined("kali", self, other)

    def __rmul__(self, other: Fraction | int) -> Quantity:
        return _combined("kali", other, self)

    def __truediv__(self, other: Quantity | Fraction | int) -> Quantity:
        return _combined("bagi", self, other)

    def __rtruediv__(self, other: Fraction | int) -> Quantity:
        return _combined("bagi", other, self)

    def text(self) -> str:
        """Print the value, rounded half up, with ``Rp`` or ``%`` but without other units."""
        if self.unit == "Rp":
            return self._from_low(format_rupiah(self.value))
        if self.unit == "%":
            places = 2 if self.decimals is None else self.decimals
            return self._from_low(format_percent(self.value, places))
        if self.unit == RATIO_TO_ONE:
            return f"{RATIO_TO_ONE} {self.plain()}"
        money = _MONEY.fullmatch(self.unit)
        if money is None:
            return self.plain()
        scale = money["scale"] or money["behind"]
        sign = "−" if self.value < 0 else ""
        shown = f"{sign}Rp{self.plain().removeprefix('−')}"
        return f"{shown} {scale.lower()}" if scale else shown

    def plain(self) -> str:
        """Print the value, rounded half up, without any unit."""
        return self._from_low(format_number(self.value, self._places))

    def _from_low(self, high: str) -> str:
        """Put the lower end of a range before the upper, both as sentences write ranges."""
        return high if self.low is None else f"{format_number(self.low, self._places)}–{high}"

    @property
    def printed(self) -> Fraction:
        """The value as it is printed, rounded half up."""
        return round_half_up(self.value, self._places)

    @property
    def _places(self) -> int:
        if self.decimals is not None:
            return self.decimals
        return 0 if self.unit == "Rp" or self.value.denominator == 1 else 2

    def with_unit(self) -> str:
        """Print the value with its unit, such as ``57 orang`` or ``Rp125 per orang``."""
        if self.unit in ("Rp", "%", RATIO_TO_ONE, ""):
            return self.text()
        money = _MONEY.fullmatch(self.unit)
        if money is None:
            return f"{self.text()} {self.unit}"
        return f"{self.text()} per {money['per']}" if money["per"] else self.text()

    def formula(self) -> str:
        """Write the formula in words; the place of the value where nothing was computed."""
        if not isinstance(self.origin, Computed):
            return self.origin.place
        return _written(self, top=True, numbers=False)

    def formula_numbers(self) -> str:
        """Write the formula with the numbers put in, each as exact as it is printed elsewhere."""
        if not isinstance(self.origin, Computed):
            return self.text()
        return _written(self, top=True, numbers=True)

    def explain(self) -> str:
        """Tell the whole calculation, as ``pp39 explain`` does.

        Examples
        --------
        >>> answers = Quantity.constant(57).named("Responden", "orang")
        >>> print((answers / 3).named("Rata-rata", "orang").explain())
        Rata-rata = 19 orang
          formula  Responden ÷ 3
          numbers  57 ÷ 3
          exact    19
          printed  19 orang
          Responden = 57 orang ← tetapan rumus
        """
        from pp39.ledger.trace import traced  # noqa: PLC0415  it needs this module

        return "\n".join(traced(self, set()).told())

    def inputs(self) -> tuple[Quantity, ...]:
        """Give the named quantities the formula is made of, each once, in the formula's order."""
        found: dict[object, Quantity] = {}
        for operand in self.operands:
            for one in (operand,) if operand.label else operand.inputs():
                found.setdefault(one.id or id(one), one)
        return tuple(found.values())

    def leaves(self) -> tuple[Quantity, ...]:
        """Give all cells, rows and parameters below, each once."""
        every = self.walk()
        return tuple(
            dict.fromkeys(one for one in every if not isinstance(one.origin, Computed | Constant))
        )

    @property
    def operands(self) -> tuple[Quantity, ...]:
        """Give what it was computed from, step by step; nothing where it was not computed."""
        return self.origin.operands if isinstance(self.origin, Computed) else ()

    def walk(self, into: Callable[[Quantity], bool] = lambda one: True) -> Iterator[Quantity]:
        """Give it and all below, each once, in the formula's order; below some others nothing."""
        seen: set[int] = set()
        waiting = [self]
        while waiting:
            one = waiting.pop()
            if id(one) not in seen:
                seen.add(id(one))
                yield one
                if one is self or into(one):
                    waiting.extend(reversed(one.operands))


def total(quantities: Iterable[Quantity], label: str, unit: str | None = None) -> Quantity:
    """Add quantities of one unit up.

    Raises
    ------
    ValueError
        If there are none: the sum of no data is not 0 but unknown.
    """
    return _reduced("jumlah", quantities, _sum, label, unit)


def mean(quantities: Iterable[Quantity], label: str, unit: str | None = None) -> Quantity:
    """Take the arithmetic mean.

    Raises
    ------
    ValueError
        If there are none.
    """
    return _reduced("rata-rata", quantities, lambda values: _sum(values) / len(values), label, unit)


def last(quantities: Iterable[Quantity], label: str, unit: str | None = None) -> Quantity:
    """Take the last of a series, which stays whole in the formula.

    Raises
    ------
    ValueError
        If there are none.
    """
    return _reduced("terakhir", quantities, lambda values: values[-1], label, unit)


def smallest(quantities: Iterable[Quantity], label: str, unit: str | None = None) -> Quantity:
    """Take the smallest value.

    Raises
    ------
    ValueError
        If there are none.
    """
    return _reduced("terkecil", quantities, min, label, unit)


def largest(quantities: Iterable[Quantity], label: str, unit: str | None = None) -> Quantity:
    """Take the largest value.

    Raises
    ------
    ValueError
        If there are none.
    """
    return _reduced("terbesar", quantities, max, label, unit)


def capped(quantity: Quantity, cap: Quantity) -> Quantity:
    """Limit a quantity from above; the cap shows in the formula."""
    return smallest([quantity, cap], quantity.label, quantity.unit)


def counted(quantities: Iterable[Quantity], label: str, unit: str) -> Quantity:
    """Count quantities, such as those that reached their target; none at all counts 0.

    Examples
    --------
    >>> behind = [Quantity.constant(-2).named("Selisih RO 1"), Quantity.constant(-5).named("RO 2")]
    >>> counted(behind, "RO di bawah rencana", "RO").formula()
    'banyaknya (Selisih RO 1; RO 2)'
    >>> counted([], "RO di bawah rencana", "RO").formula()
    'tidak ada yang termasuk hitungan'
    """
    operands = tuple(quantities)
    value = Fraction(len(operands))
    return Quantity(value, label, unit, Computed("banyaknya", operands))


def _exactly(value: Fraction | int) -> Fraction:
    return value if type(value) is Fraction else Fraction(value)


def _sum(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _reduced(
    operation: Operation,
    quantities: Iterable[Quantity],
    reduce: Callable[[Sequence[Fraction]], Fraction],
    label: str,
    unit: str | None,
) -> Quantity:
    operands = tuple(quantities)
    if not operands:
        raise ValueError(f'"{label}" cannot be computed from no values; leave it out instead')
    value = reduce([one.value for one in operands])
    common = operands[0].unit if unit is None else unit
    return Quantity(value, label, common, Computed(operation, operands))


def _combined(
    operation: Operation, left: Quantity | Fraction | int, right: Quantity | Fraction | int
) -> Quantity:
    a = left if isinstance(left, Quantity) else Quantity.constant(left)
    b = right if isinstance(right, Quantity) else Quantity.constant(right)
    if operation == "bagi" and b.value == 0:
        raise ZeroDivisionError(
            f'"{a.label or a.text()}" cannot be divided by "{b.label or "0"}", which is 0'
        )
    unit = a.unit if operation in ("tambah", "kurang") and a.unit == b.unit else ""
    value = _ARITHMETIC[operation](a.value, b.value)
    return Quantity(value, "", unit, Computed(operation, (a, b)))


def _written(quantity: Quantity, *, top: bool, numbers: bool) -> str:
    """Write an expression; below the top, whatever has a name stands as that name or its number."""
    origin = quantity.origin
    if not isinstance(origin, Computed) or (quantity.label and not top):
        bare = isinstance(origin, Constant) and not quantity.label
        return _number(quantity) if numbers or bare else quantity.label
    operands = origin.operands
    match origin.operation:
        case "jumlah" | "rata-rata":
            written = _joined(operands, numbers=numbers)
            if origin.operation == "jumlah":
                return written
            return f"({written}) ÷ {len(operands)}" if len(operands) > 1 else f"{written} ÷ 1"
        case "terakhir" | "terkecil" | "terbesar":
            listed = [_written(one, top=False, numbers=numbers) for one in _cut(operands)]
            if len(operands) > _SHOWN:
                listed[_SHOWN - 1 : _SHOWN - 1] = [_left_out(operands)]
            return f"nilai {origin.operation} dari ({'; '.join(listed)})"
        case "banyaknya":
            return _count(quantity, operands, numbers=numbers)
        case _:
            left = _wrapped(operands[0], origin.operation, right=False, numbers=numbers)
            right = _wrapped(operands[1], origin.operation, right=True, numbers=numbers)
            return f"{left} {_SYMBOLS[origin.operation]} {right}"


def is_money(unit: str) -> bool:
    """Tell whether a figure in the unit is printed with ``Rp``.

    Examples
    --------
    >>> is_money("Rp"), is_money("juta rupiah"), is_money("Rp per orang"), is_money("orang")
    (True, True, True, False)
    """
    return _MONEY.fullmatch(unit) is not None


def differs_as_printed(
    quantity: Quantity, shown: Callable[[Quantity], Fraction] = lambda one: one.printed
) -> bool:
    """Tell whether the printed terms of a formula give another figure than the one printed.

    Examples
    --------
    >>> third = Quantity.constant(Fraction(1, 3)).named("Sepertiga", "%")
    >>> differs_as_printed(total([third] * 3, "Semua"))
    True
    """
    again = _as_printed(quantity, shown, top=True)
    return again is not None and shown(replace(quantity, value=again)) != shown(quantity)


def _as_printed(
    quantity: Quantity, shown: Callable[[Quantity], Fraction], *, top: bool
) -> Fraction | None:
    origin = quantity.origin
    if not isinstance(origin, Computed) or (quantity.label and not top):
        bare = isinstance(origin, Constant) and not quantity.label
        return quantity.value if bare else shown(quantity)
    values = [_as_printed(one, shown, top=False) for one in origin.operands]
    known = [one for one in values if one is not None]
    if len(known) < len(values) or not known:
        return None
    match origin.operation:
        case "jumlah" | "rata-rata":
            return _sum(known) / (1 if origin.operation == "jumlah" else len(known))
        case "bagi" if not known[1]:
            return None
        case "tambah" | "kurang" | "kali" | "bagi":
            return _ARITHMETIC[origin.operation](*known)
        case _:
            return None


def _count(quantity: Quantity, operands: Sequence[Quantity], *, numbers: bool) -> str:
    if not operands:
        return quantity.text() if numbers else "tidak ada yang termasuk hitungan"
    listed = [_written(one, top=False, numbers=numbers) for one in operands]
    return f"banyaknya ({'; '.join(listed)})"


def _number(quantity: Quantity) -> str:
    text = quantity.text()
    return f"({text})" if quantity.value < 0 else text


def _cut(operands: Sequence[Quantity]) -> Sequence[Quantity]:
    return operands if len(operands) <= _SHOWN else (*operands[: _SHOWN - 1], operands[-1])


def _left_out(operands: Sequence[Quantity]) -> str:
    return f"… ({len(operands) - _SHOWN} nilai lagi, semuanya {len(operands)}) …"


def _joined(operands: Sequence[Quantity], *, numbers: bool) -> str:
    parts = [_wrapped(one, "tambah", right=False, numbers=numbers) for one in _cut(operands)]
    if len(operands) > _SHOWN:
        parts[_SHOWN - 1 : _SHOWN - 1] = [_left_out(operands)]
    return " + ".join(parts)


def _wrapped(operand: Quantity, outer: Operation, *, right: bool, numbers: bool) -> str:
    text = _written(operand, top=False, numbers=numbers)
    if operand.label or not isinstance(operand.origin, Computed):
        return text
    inner = _STRENGTH.get(operand.origin.operation, 3)
    needed = _STRENGTH.get(outer, 3)
    weaker = inner < needed or (right and inner == needed and outer in ("kurang", "bagi"))
    return f"({text})" if weaker else text
