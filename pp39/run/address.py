"""Which run is meant, and where its files are: for commands that use runs that are already there.

Unlike `pp39.run.workspace`, nothing here reads parameters, so that a command that only looks at
results starts at once and still works after ``params/`` has changed.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pp39 import handout
from pp39.errors import MissingInput, ParameterError, Pp39Error
from pp39.periods import Period
from pp39.run.naming import BASE, checked_run, checked_unit, checked_year, run_name
from pp39.run.project import Project, known_unit, read_project
from pp39.told import told


@dataclass(frozen=True, slots=True)
class RunFolders:
    """The two folders of a run and what to call it."""

    #: Folder of the clean tables, the indicators and the ledger.
    processed: Path
    #: Folder of the report, the working papers and ``run.json``.
    report: Path
    #: What messages call the run.
    name: str
    #: The command that makes it; empty where none is known.
    command: str = ""
    #: Name of the run that belongs there; empty where any may lie there.
    run: str = ""
    #: Project and unit that it belongs to; None for a folder that may lie anywhere.
    of: tuple[Path, str] | None = None

    def existing(self) -> RunFolders:
        """Give itself when the run is there, and is the one that belongs there.

        Raises
        ------
        MissingInput
            If neither folder holds anything, or the run there was made with other parameters; the
            sentence gives the command that makes the run.
        """
        folders = (self.processed, self.report)
        if any(folder.is_dir() and any(folder.iterdir()) for folder in folders):
            return self.own()
        raise self.missing(f"{self.name} has not been run")

    def own(self) -> RunFolders:
        """Give itself unless the record there tells of a run with other parameters.

        Raises
        ------
        MissingInput
            If it does, as of `existing`.
        """
        of = self.identity()
        if not self.run or not of:
            return self
        overrides, scenario = of.get("ubahan", []), of.get("skenario", "")
        if run_name(str(scenario), [*map(str, overrides)]) == self.run:
            return self
        made = " ".join(map(str, overrides)) or "no overrides"
        aside = "" if scenario in (BASE, self.run) else f" of scenario {scenario}"
        raise self.missing(f"what lies in {self.name} was made with {told(made)}{aside}")

    def identity(self) -> dict[str, Any]:
        """Read from the record which run lies there; empty where no record tells."""
        try:
            told = handout.read_json(self.report / "run.json")["identitas"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return told if isinstance(told, dict) else {}

    def missing(self, what: str) -> MissingInput:
        """Word an error about something of the run that is not there.

        Raises
        ------
        ParameterError
            If there is not even such a unit.
        """
        if self.of and not self.processed.parents[2].is_dir() and (self.of[0] / "params").is_dir():
            known_unit(*self.of)
        return MissingInput(f"{what}; make it with: {self.command}" if self.command else what)


@dataclass(frozen=True, slots=True)
class Address:
    """Unit, year, period and name of a run."""

    #: Slug of the unit.
    unit: str
    #: Budget year (tahun anggaran).
    year: int
    #: What the report covers.
    period: Period
    #: ``dasar``, the scenario's name, or the name of a run with overrides.
    run: str = BASE
    #: Overrides that the name stands for, where they are known.
    overrides: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, text: str, unit: str | None = None, year: int | None = None) -> Address:
        """Read ``[unit/][year/]quarter[/run]``.

        Parameters
        ----------
        text : str
            For instance ``IV``, ``2025/4``, ``IV/target-naik``, ``unit-contoh/2025/III`` or
            ``IV/dasar+capaian-batas-120``.
        unit, year :
            Used where the text names none; None where there is none to use.

        Raises
        ------
        ParameterError
            If it is not of this form, or one of its parts can be none.

        Examples
        --------
        >>> Address.parse("unit-contoh/2024/4/target-naik").inside.as_posix()
        'unit-contoh/2024/IV/target-naik'
        """
        parts = [part.strip() for part in text.strip().strip("/").split("/")]
        at = next((n for n, part in enumerate(parts) if _is_quarter(part)), None)
        before = parts[:at] if at is not None else []
        years = [part for part in before if part.isdecimal()]
        units = [part for part in before if part not in years]
        well_formed = at is not None and at >= len(parts) - 2 and before == units[:1] + years[:1]
        if at is None or not well_formed or not all(parts):
            raise ParameterError(
                f"{told(text)} names no run; write [unit/][year/]quarter[/run], such as IV, "
                "2025/III or IV/dasar, or give a folder"
            )
        project = Project(unit, year)
        return cls(
            checked_unit(project.unit_or(units[0] if units else None)),
            project.year_or(checked_year(years[0]) if years else None),
            Period.parse(parts[at]),
            checked_run(parts[at + 1]) if at + 1 < len(parts) else BASE,
        )

    @property
    def scenario(self) -> str:
        """The scenario, or ``dasar``, that the run is a variant of."""
        return self.run.partition("+")[0]

    @property
    def inside(self) -> Path:
        """The run's folder below ``data/processed`` and ``reports``."""
        return Path(self.unit, str(self.year), str(self.period), self.run)

    @property
    def short(self) -> str:
        """The run as ``pp39 diff`` takes it beside one of the same unit and year."""
        return str(self.period) if self.run == BASE else f"{self.period}/{self.run}"

    def command(self, project: Project) -> str:
        """Give the command that makes the run; empty where its overrides are not known."""
        scenario = self.scenario if self.scenario != BASE else ""
        unit = self.unit if self.unit != project.unit else ""
        year = str(self.year) if self.year != project.year else ""
        if not self.overrides and self.run != self.scenario:
            return ""
        options = (("-u", unit), ("-y", year), ("-s", scenario))
        words = ["pp39", "report", "-q", str(self.period)]
        words += [word for name, value in options if value for word in (name, value)]
        return shlex.join([*words, *(word for one in self.overrides for word in ("-p", one))])

    def folders(self, root: Path) -> RunFolders:
        """Give the run's folders in the project at `root`, whether they exist or not."""
        try:
            project = read_project(root)
        except Pp39Error:
            project = Project()
        return RunFolders(
            processed=root / "data" / "processed" / self.inside,
            report=root / "reports" / self.inside,
            name=self.inside.as_posix(),
            command=self.command(project),
            run=self.run,
            of=(root, self.unit),
        )


def _is_quarter(text: str) -> bool:
    try:
        Period.parse(text)
    except ParameterError:
        return False
    return True
