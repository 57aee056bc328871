"""Where one run reads and writes, and with which parameters.

This is the first thing every notebook opens, so it imports nothing heavy.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pp39.errors import MissingInput, ParameterError, nearest
from pp39.params import DEFAULT_SCENARIO, Params, Settings, load
from pp39.periods import Quarter

if TYPE_CHECKING:
    from pp39.sources import Sources

__all__ = ["Workspace", "project_root"]

#: Set by the engine: a folder with ``processed`` and ``report`` to write into instead.
STAGE_VARIABLE = "PP39_STAGE"
#: May name the project when it is not the current folder or one above it.
ROOT_VARIABLE = "PP39_ROOT"


def project_root(start: Path | None = None) -> Path:
    """Find the folder of the project: the one that holds ``params/regulasi``.

    Parameters
    ----------
    start : Path, optional
        Where to look, upwards; the current folder by default.

    Raises
    ------
    MissingInput
        When there is none.
    """
    named = os.environ.get(ROOT_VARIABLE)
    if named:
        folders = [Path(named)]
    else:
        here = (start or Path.cwd()).resolve()
        folders = [here, *here.parents, Path(__file__).resolve().parents[2]]
    for folder in folders:
        if (folder / "params" / "regulasi").is_dir():
            return folder.resolve()
    where = f"{ROOT_VARIABLE} names a folder" if named else "this folder and those above it are"
    raise MissingInput(f"{where} without params/regulasi; run from the folder of the project")


@dataclass(frozen=True)
class Workspace:
    """Parameters and folders of one run.

    Attributes
    ----------
    root : Path
        Folder of the project.
    settings : Settings
        Parameters with their provenance.
    raw : Path
        Source data; read only.
    processed : Path
        Clean tables, ledger, indicators.
    report : Path
        Report and working papers.
    """

    root: Path
    settings: Settings
    raw: Path
    processed: Path
    report: Path

    @classmethod
    def open(
        cls,
        unit: str,
        year: int,
        quarter: Quarter | str | int,
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
        quarter : Quarter, str or int
            ``I``-``IV`` or 1-4.
        scenario : str
            ``dasar``, or a file of ``params/scenarios``.
        param : sequence of str
            Overrides, ``path=value`` each.
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
        stage = os.environ.get(STAGE_VARIABLE)
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
        quarter: Quarter | str | int,
        scenario: str = DEFAULT_SCENARIO,
        param: Sequence[str] = (),
        *,
        root: Path | None = None,
    ) -> "Workspace":
        """Find the folders of a run without making any; arguments as in `open`."""
        root = (root or project_root()).resolve()
        which = Quarter.parse(quarter)
        raw = _raw_folder(root, unit, year)
        settings = load(root, unit, year, which, scenario, overrides=param)
        inside = Path(unit, str(year), str(which), scenario)
        return cls(
            root=root,
            settings=settings,
            raw=raw,
            processed=root / "data" / "processed" / inside,
            report=root / "reports" / inside,
        )

    def staged(self, stage: Path) -> "Workspace":
        """Give the same run, writing below `stage`."""
        return Workspace(self.root, self.settings, self.raw, stage / "processed", stage / "report")

    @property
    def params(self) -> Params:
        """The typed parameters."""
        return self.settings.params

    @property
    def sources(self) -> "Sources":
        """The raw sources that the profile of the unit declares."""
        from pp39.sources import sources_of  # noqa: PLC0415  pandas takes a while to import

        return sources_of(self.settings.profile)

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
        """Quarter of the report."""
        return self.settings.quarter

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self.settings.scenario

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
    units = _folders(root / "data" / "raw")
    if unit not in units:
        near = nearest(unit, units)
        hint = f"the nearest is {near}" if near else f"there are {', '.join(units) or 'none'}"
        raise ParameterError(f"there is no unit '{unit}' in data/raw; {hint}")
    folder = root / "data" / "raw" / unit
    years = _folders(folder)
    if str(year) not in years:
        raise MissingInput(
            f"no source data for {year}: data/raw/{unit} has {', '.join(years) or 'no years'}"
        )
    return folder / str(year)


def _folders(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if one.is_dir() and one.name[0] != ".")
