"""The first cell of a notebook: the run that its cell of parameters describes, or a plain refusal.

Papermill only warns about a name that a notebook does not have, and the run goes on with what the
notebook says itself. So the names are looked at that the cell of parameters assigns, and the cell
that Papermill adds behind it. Cells are known by what IPython has kept of them, so that names which
other cells have left, or somebody has tried out, do not matter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pp39.errors import ParameterError, near
from pp39.params import split_overrides
from pp39.run.workspace import Workspace
from pp39.told import told

PARAMETERS = ("unit", "year", "quarter", "scenario", "param")
#: How the cell begins that Papermill adds.
_ADDED = "# Parameters"


def opened(names: Mapping[str, Any]) -> Workspace:
    """Open the run of a notebook.

    Parameters
    ----------
    names : mapping
        ``globals()`` of the notebook.

    Raises
    ------
    ParameterError
        When a parameter was given that there is not, or one is missing or wrong.
    MissingInput
        As of ``Workspace.open``.
    """
    for name in _assigned(names.get("In", [])):
        if name not in PARAMETERS:
            hint = near(name, PARAMETERS)
            raise ParameterError(f"this notebook has no parameter {told(name)}; {hint}")
    for name in PARAMETERS:
        if name not in names:
            raise ParameterError(f"parameter {name} is missing; run the cell of parameters first")
    unit, year, quarter, scenario, param = (names[name] for name in PARAMETERS)
    if isinstance(quarter, bool):
        raise ParameterError(f"quarter is {quarter}; use I, II, III, IV, 1 to 4 or tahunan")
    return Workspace.open(unit, year, quarter, scenario, overrides_of(param))


def overrides_of(param: object) -> tuple[str, ...]:
    """Read what ``param`` was given: a list of overrides, or a text with one or several of them.

    Raises
    ------
    ParameterError
        When it is neither.

    Examples
    --------
    >>> overrides_of("status.ambang=95 capaian.batas=120")
    ('status.ambang=95', 'capaian.batas=120')
    >>> overrides_of(["laporan.tempat=Kota Baru"])
    ('laporan.tempat=Kota Baru',)
    """
    if param is None:
        return ()
    if isinstance(param, str):
        words = split_overrides(param)
        if any("=" not in word for word in words):
            raise ParameterError(
                f"param is {told(param)}, which can be read in several ways; give a list with one"
                ' "name=value" for each, such as ["capaian.batas=120"]'
            )
        return words
    if isinstance(param, list | tuple) and all(isinstance(one, str) for one in param):
        return tuple(param)
    raise ParameterError(
        f'param is {told(param)}; give a list of "name=value", such as ["capaian.batas=120"]'
    )


def _assigned(cells: Sequence[str]) -> Iterator[str]:
    """Give the names that the latest cell of parameters assigns, and what Papermill added to it."""
    named = [_names_of(cell) for cell in cells]
    starts = [at for at, names in enumerate(named) if set(PARAMETERS) <= {*names}]
    if starts:
        yield from named[starts[-1]]
        for at in range(starts[-1] + 1, len(cells)):
            if cells[at].startswith(_ADDED):
                yield from named[at]


def _names_of(cell: str) -> list[str]:
    """Give the names a cell assigns; none when it does anything else."""
    try:
        statements = ast.parse(cell).body
    except (SyntaxError, ValueError):
        return []
    names = []
    for one in statements:
        targets: list[ast.expr] = one.targets if isinstance(one, ast.Assign) else []
        if isinstance(one, ast.AnnAssign):
            targets = [one.target]
        names += [target.id for target in targets if isinstance(target, ast.Name)]
        if not targets:
            return []
    return names
