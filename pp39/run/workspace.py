"""Where one run reads and writes, and with which parameters.

This is the first thing every notebook opens, so it imports nothing heavy.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pp39.errors import MissingInput, ParameterError
from pp39.params import DEFAULT_SCENARIO, Params, Settings
from pp39.periods import Period, Quarter
from pp39.run.address import Address
from pp39.run.earlier import with_last_report
from pp39.run.lacking import unfinished
from pp39.run.naming import checked_run, checked_year, run_name
from pp39.run.overriding import settled
from pp39.run.project import folders_of, known_unit, project_root
from pp39.showing import ABOUT_MIME
from pp39.told import listed
from pp39.variables import STAGE

if TYPE_CHECKING:
    from pp39.sources import Sources


@dataclass(frozen=True)
class Workspace:
    """Parameters and folders of one run."""

    #: Folder of the project.
    root: Path
    #: Parameters with their provenance.
    settings: Settings
    #: Source data; read only.
    raw: Path
    #: Clean tables, ledger, indicators.
    processed: Path
    #: Report and working papers.
    report: Path

    @classmethod
    def open(
        cls,
        unit: str,
        year: int,
        quarter: Period | Quarter | str | int,
        scenario: str = DEFAULT_SCENARIO,
        param: Sequence[str] = (),
        *,
        root: Path | None = None,
    ) -> "Workspace":
        """Open a run for writing: its folders are made when they are not there.

        Parameters
        ----------
        unit : str
            Slug of the unit.
        year : int
            Budget year (tahun anggaran).
        quarter : Period, Quarter, str or int
            ``I``-``IV`` or 1-4, or ``tahunan``.
        scenario : str
            ``dasar``, or a file of ``params/scenarios``.
        param : sequence of str
            Overrides, ``path=value`` each. A run lives where its parameters lie: those that change
            something give it folders of its own, see `pp39.run.naming`.
        root : Path, optional
            Folder of the project; found from the current folder by default.

        Raises
        ------
        ParameterError
            When a parameter, the unit, the quarter or the scenario is wrong.
        MissingInput
            When there is no source data for the year.
        """
        workspace = cls.locate(unit, year, quarter, scenario, param, root=root)
        stage = os.environ.get(STAGE)
        if stage:
            workspace = workspace.staged(Path(stage))
        workspace.processed.mkdir(parents=True, exist_ok=True)
        workspace.report.mkdir(parents=True, exist_ok=True)
        return workspace

    @classmethod
    def locate(
        cls,
        unit: str,
        year: int,
        quarter: Period | Quarter | str | int,
        scenario: str = DEFAULT_SCENARIO,
        param: Sequence[str] = (),
        *,
        root: Path | None = None,
    ) -> "Workspace":
        """Find the folders of a run without making any; arguments as in `open`."""
        root = (root or project_root()).resolve()
        which = Period.parse(quarter)
        unit, year, scenario = known_unit(root, unit), checked_year(year), checked_run(scenario)
        raw = _raw_folder(root, unit, year)
        try:
            settings = settled(root, unit, year, which, scenario, overrides=param)
        except ParameterError as error:
            raise unfinished(root, unit, year, error) from None
        run = run_name(scenario, settings.overrides)
        folders = Address(unit, year, which, run, settings.overrides).folders(root)
        return cls(root, settings, raw, folders.processed, folders.report)

    def staged(self, stage: Path) -> "Workspace":
        """Give the same run, writing below `stage`."""
        return Workspace(self.root, self.settings, self.raw, stage / "processed", stage / "report")

    @property
    def params(self) -> Params:
        """The typed parameters."""
        return self.settings.params

    @property
    def sources(self) -> "Sources":
        """The sources that the profile of the unit declares, the last report among them."""
        from pp39.sources import sources_of  # noqa: PLC0415  pandas takes a while to import

        given = sources_of(self.settings.profile)
        return with_last_report(given, self.root, self.unit, self.year, self.quarter)

    @property
    def unit(self) -> str:
        """Slug of the unit."""
        return self.settings.unit

    @property
    def year(self) -> int:
        """Budget year (tahun anggaran)."""
        return self.settings.year

    @property
    def quarter(self) -> Quarter:
        """Quarter at whose end the report tells how things stand."""
        return self.settings.quarter

    @property
    def period(self) -> Period:
        """What the report covers."""
        return self.settings.period

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self.settings.scenario

    @property
    def address(self) -> Address:
        """Which run it is."""
        settings = self.settings
        run = run_name(settings.scenario, settings.overrides)
        return Address(self.unit, self.year, self.period, run, settings.overrides)

    def __str__(self) -> str:
        """Name the run in words."""
        settings = self.settings
        aside = "" if self.scenario == DEFAULT_SCENARIO else f", skenario {self.scenario}"
        changed = f", dengan {'; '.join(settings.overrides)}" if settings.overrides else ""
        name = settings.params.unit.nama
        return f"{name}, {self.period.title(str(self.year))}{aside}{changed}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": str(self), ABOUT_MIME: str(self)}

    @property
    def clean(self) -> Path:
        """Folder of the clean tables."""
        return self.processed / "bersih"

    def relative(self, path: Path) -> str:
        """Name `path` the way messages and outputs do: from the project, with slashes."""
        # A folder of outputs may be a link to another disk; its name is the one in the project.
        inside = path if path.is_relative_to(self.root) else path.resolve()
        return inside.relative_to(self.root).as_posix()


def _raw_folder(root: Path, unit: str, year: int) -> Path:
    folder = root / "data" / "raw" / unit
    years = folders_of(folder)
    if str(year) not in years:
        raise MissingInput(f"no source data for {year}: data/raw/{unit} has {listed(years)}")
    return folder / str(year)
