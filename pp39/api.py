"""What other programs call: make a run, compute one, open one, and read its results.

Everything that can go wrong is a `pp39.Pp39Error` of one plain sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pp39.errors import ParameterError, Pp39Error
from pp39.explain import explain
from pp39.explain.display import as_text
from pp39.findings.finding import COLUMNS, SEVERITIES, load_findings
from pp39.ledger import Computed, Ledger, Quantity
from pp39.refusal import explained
from pp39.run.address import Address, RunFolders
from pp39.run.bench import Lend, Silent, bench
from pp39.run.naming import BASE
from pp39.run.overriding import written_value
from pp39.run.wanted import Wanted
from pp39.told import told
from pp39.yamlfile import decimal

if TYPE_CHECKING:
    import pandas as pd

    from pp39.run.workspace import Workspace

__all__ = ["Params", "Run", "compute", "open_run", "report"]

Params = Mapping[str, object] | Sequence[str]
"""Overrides: values by name, or ``name=value`` each as ``-p`` takes them."""


@dataclass(frozen=True)
class Run:
    """The results of one run; each is read when it is first asked for.

    Examples
    --------
    >>> import pp39
    >>> run = pp39.open_run("IV")
    >>> sorted(set(run.indicators["triwulan"])), len(run.figures) > len(run.indicators)
    (['IV'], True)
    """

    #: Which run it is.
    address: Address
    #: Where its files are.
    folders: RunFolders

    @property
    def name(self) -> str:
        """The run as messages name it: ``unit/year/quarter/run``."""
        return self.folders.name

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """A row for each indicator, with the columns of ``indikator.csv``.

        Examples
        --------
        >>> import pp39
        >>> pp39.open_run("IV").indicators[["kode", "target", "status"]].dtypes.astype(str).tolist()
        ['str', 'float64', 'str']
        """
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415  as below

        path = self._file("indikator.parquet")
        with _plainly(path):
            frame: pd.DataFrame = pq.read_table(path).to_pandas()
        return frame

    @cached_property
    def figures(self) -> pd.DataFrame:
        """A row for each figure of the ledger.

        The columns are ``id``, ``label``, ``satuan``, ``nilai`` (a number), ``tepat`` (the exact
        `fractions.Fraction`), ``cetak`` (as it is printed) and ``rumus`` (blank where it was not
        computed).

        Examples
        --------
        >>> import pp39
        >>> figures = pp39.open_run("IV").figures
        >>> bool((figures["nilai"] == figures["tepat"].astype("float64")).all())
        True
        """
        import pandas as pd  # noqa: PLC0415  takes half a second, and not everybody wants tables

        rows = [
            (
                *(one.id, one.label, one.unit, float(one.value), one.value, one.text()),
                one.formula() if isinstance(one.origin, Computed) else "",
            )
            for one in self.ledger
        ]
        names = ("id", "label", "satuan", "nilai", "tepat", "cetak", "rumus")
        kinds = dict.fromkeys(names, "str") | {"nilai": "float64", "tepat": "object"}
        return pd.DataFrame(rows, columns=list(names)).astype(kinds)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """A row for each finding, with the columns of ``temuan.csv``; ``tingkat`` is ordered.

        Examples
        --------
        >>> import pp39
        >>> found = pp39.open_run("IV").findings
        >>> bool((found["tingkat"] == "material").any()), found["tingkat"].cat.ordered
        (True, True)
        """
        import pandas as pd  # noqa: PLC0415  as above

        with _plainly(self.folders.processed):
            found = load_findings(self._file("temuan.csv"))
        rows = [[getattr(one, name) for name in COLUMNS] for one in found]
        frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
        graver_first = pd.CategoricalDtype(list(SEVERITIES), ordered=True)
        return frame.astype({"tingkat": graver_first})

    @cached_property
    def ledger(self) -> Ledger:
        """All figures, in the order they were computed."""
        return Ledger.load(self._file("ledger.json"))

    def __getitem__(self, id: str) -> Quantity:
        """Give the figure with a ledger id.

        Raises
        ------
        ParameterError
            When there is none; the sentence names the nearest.

        Examples
        --------
        >>> import pp39
        >>> run = pp39.open_run("IV")
        >>> id = run.indicators["ledger_id"].iloc[0]
        >>> run[id].explain().startswith(f"{id}  ")
        True
        >>> id in run, f"{id}x" in run
        (True, False)
        >>> run[f"{id}x"]  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        pp39.errors.ParameterError: the ledger has no "...x"; the nearest is "..."
        """
        try:
            return self.ledger[id]
        except KeyError as error:
            raise ParameterError(str(error.args[0])) from None

    def __contains__(self, id: object) -> bool:
        """Tell whether there is a figure with a ledger id."""
        return id in self.ledger

    def explain(self, reference: str) -> str:
        """Explain what a reference stands for, as ``pp39 explain`` does.

        Parameters
        ----------
        reference : str
            An indicator, a ledger id, part of a name, a finding (``T-…``) or a raw cell
            (``dipa_ro.csv!7``).
        """
        return as_text(explain(self.folders, reference))

    def __repr__(self) -> str:
        return f"<Run {self.name}>"

    def _file(self, name: str) -> Path:
        path = self.folders.processed / name
        if not path.is_file():
            raise self.folders.missing(f"{self.name} has no {name}")
        return path


def report(
    quarter: str,
    *,
    unit: str | None = None,
    year: int | None = None,
    scenario: str = BASE,
    param: Params = (),
    project: str | Path | None = None,
    force: bool = False,
) -> Run:
    """Make the report of one quarter; what is up to date is not made again.

    Parameters
    ----------
    quarter : str
        ``I``, ``II``, ``III``, ``IV`` or 1-4.
    unit, year : optional
        Those of ``params/proyek.yaml`` by default.
    scenario : str
        ``dasar``, or a file of ``params/scenarios``.
    param : mapping or sequence of str
        Overrides: values by name, or ``name=value`` each.
    project : str or pathlib.Path, optional
        Folder of the project; found as the command finds it by default.
    force : bool
        Whether to do every step, also those that are up to date.

    Returns
    -------
    Run
        Its results; ``folders.report`` holds the report.

    Raises
    ------
    Pp39Error
        As the command tells it.

    Examples
    --------
    >>> import pp39
    >>> made = pp39.report("IV")
    >>> sorted(path.suffix for path in made.folders.report.glob("laporan.*"))
    ['.docx', '.html', '.pdf', '.xlsx']
    """
    from pp39.run.steps import make_report, own_store_of, store_of  # noqa: PLC0415  as below

    def made(run: Workspace, lend: Lend) -> None:
        store = own_store_of(run) if force else store_of(run)
        if force:
            store.clear()
        make_report(run, Silent(), store=store, runner=lend)

    named = {"unit": unit, "year": year, "scenario": scenario}
    wanted = _wanted("report", quarter, param, project, **named)
    return _done(replace(wanted, anew=force), made)


def compute(
    quarter: str,
    *,
    unit: str | None = None,
    year: int | None = None,
    scenario: str = BASE,
    param: Params = (),
    project: str | Path | None = None,
) -> Run:
    """Compute indicators, ledger and findings of one quarter, without rendering a report.

    The first call of a process loads what calculations need; those that follow find it loaded.

    Parameters
    ----------
    quarter, unit, year, scenario, param, project :
        As of `report`.

    Returns
    -------
    Run
        Its results.

    Raises
    ------
    Pp39Error
        As the command tells it.

    Examples
    --------
    >>> import pp39
    >>> tested = pp39.compute("IV", param={"capaian.batas": 110})
    >>> bool(tested.indicators["capaian"].max() <= 110)
    True
    """
    from pp39.run.steps import compute as computed  # noqa: PLC0415  only where runs are made
    from pp39.run.steps import store_of  # noqa: PLC0415

    def made(run: Workspace, lend: Lend) -> None:
        computed(run, Silent(), store=store_of(run), runner=lend)

    named = {"unit": unit, "year": year, "scenario": scenario}
    return _done(_wanted("compute", quarter, param, project, **named), made)


def open_run(
    quarter: str,
    *,
    unit: str | None = None,
    year: int | None = None,
    scenario: str = BASE,
    param: Params = (),
    project: str | Path | None = None,
) -> Run:
    """Open a run that has been made.

    Parameters
    ----------
    quarter, unit, year, scenario, param, project :
        As of `report`.

    Returns
    -------
    Run
        Its results.

    Raises
    ------
    MissingInput
        When it has not been made; the sentence gives the command that makes it.
    ParameterError
        When one of the arguments is wrong.

    Examples
    --------
    >>> import pp39
    >>> len(pp39.open_run("iv").indicators) > 10
    True
    """
    named = {"unit": unit, "year": year, "scenario": scenario}
    wanted = _wanted("open_run", quarter, param, project, **named)
    with _plainly(wanted.root()):
        return _opened(wanted.root(), wanted.address())


def _opened(root: Path, address: Address) -> Run:
    folders = address.folders(root).existing()
    if not (folders.processed / "ledger.json").is_file():
        raise folders.missing(f"{folders.name} has no ledger.json, so nothing can be read of it")
    return Run(address, folders)


def _done(wanted: Wanted, make: Callable[[Workspace, Lend], None]) -> Run:
    with _plainly(wanted.root()):
        workspace = wanted.workspace()
        bench().do(lambda lend: make(workspace, lend))
        return _opened(workspace.root, workspace.address)


def _wanted(
    command: str, quarter: str, param: Params, project: str | Path | None, **named: Any
) -> Wanted:
    at = None if project is None else Path(project)
    overrides = tuple(_overrides(param))
    return Wanted(command, quarter=str(quarter), overrides=overrides, project=at, **named)


def _overrides(param: Params) -> Iterator[str]:
    if not isinstance(param, Mapping):
        yield from (param,) if isinstance(param, str) else param
        return
    for name, value in param.items():
        if isinstance(value, Decimal | date):
            yield f"{name}={decimal(str(value))}"
            continue
        try:
            plain = json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False))
            yield f"{name}={written_value(plain)}"
        except (TypeError, ValueError):
            raise ParameterError(
                f"{told(name)} is given a {type(value).__name__}; give a number, a text, true,"
                " false, a date, None, or a list or dict of these"
            ) from None


@contextmanager
def _plainly(root: Path) -> Iterator[None]:
    """Tell what the operating system refuses as the command does."""
    try:
        yield
    except Pp39Error:
        raise
    except OSError as error:
        plain = explained(error, root)
        if plain is None:
            raise
        raise plain from error
