"""Ways to compute an indicator, by the name that the parameter ``hitung`` gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pp39.errors import ParameterError, nearest
from pp39.indicators.job import Job
from pp39.ledger import Quantity

__all__ = ["Method", "indicator", "method_of", "registry"]

Compute = Callable[[Job, str], Quantity | None]


@dataclass(frozen=True)
class Method:
    """A way to compute an indicator.

    Parameters
    ----------
    name : str
        What ``hitung`` names.
    compute : callable
        Takes the job and the slug of the indicator's code (``IKU-1.1``), enters the details
        below that id and returns the realisation, not yet entered; None if there is no data.
    sources : tuple of str
        Sources without which it has no data.
    """

    name: str
    compute: Compute
    sources: tuple[str, ...] = ()

    def __call__(self, job: Job, slug: str) -> Quantity | None:
        """Compute the realisation."""
        return self.compute(job, slug)


def indicator(name: str, *sources: str) -> Callable[[Compute], Method]:
    """Make a function that reads these sources a method that ``hitung`` can name."""

    def decorate(compute: Compute) -> Method:
        made = Method(name, compute, sources)
        # The class' own docstring says nothing about the formula; the function's does.
        object.__setattr__(made, "__doc__", compute.__doc__)
        return made

    return decorate


def registry(*methods: Method) -> Mapping[str, Method]:
    """Build the closed table of methods.

    Raises
    ------
    ValueError
        If two methods have one name.
    """
    table = {one.name: one for one in methods}
    if len(table) != len(methods):
        raise ValueError("two indicator methods have one name")
    return MappingProxyType(table)


def method_of(methods: Mapping[str, Method], name: str, code: str) -> Method:
    """Find a method.

    Parameters
    ----------
    methods : mapping of str to Method
        The table.
    name : str
        Name wanted.
    code : str
        Indicator that names it, for the sentence.

    Raises
    ------
    ParameterError
        If there is no such method; names the nearest.
    """
    if name in methods:
        return methods[name]
    near = nearest(name, methods)
    hint = f"the nearest is {near}" if near else f"there are {', '.join(sorted(methods))}"
    raise ParameterError(
        f'indikator."{code}".hitung names "{name}", which is no way to compute; {hint}'
    )
