"""Which run is meant, and where its files are: for commands that use runs that are already there.

Unlike `pp39.run.workspace`, nothing here reads parameters, so that a command that only looks at
results starts at once and still works after ``params/`` has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pp39.errors import MissingInput, ParameterError
from pp39.periods import Quarter

__all__ = ["DEFAULT_UNIT", "DEFAULT_YEAR", "Address", "RunFolders"]

DEFAULT_UNIT = "bspji-ambon"
DEFAULT_YEAR = 2025
_SCENARIO = "dasar"


@dataclass(frozen=True, slots=True)
class RunFolders:
    """The two folders of a run and what to call it.

    Parameters
    ----------
    processed : Path
        Folder of the clean tables, the indicators and the ledger.
    report : Path
        Folder of the report, the working papers and ``run.json``.
    name : str
        What messages call the run.
    command : str
        The command that makes it; empty where none is known.
    """

    processed: Path
    report: Path
    name: str
    command: str = ""

    def existing(self) -> RunFolders:
        """Give itself when the run is there.

        Raises
        ------
        MissingInput
            If neither folder holds anything; the sentence gives the command that makes the run.
        """
        if any(folder.is_dir() and any(folder.iterdir()) for folder in self._folders()):
            return self
        raise self.missing(f"{self.name} has not been run")

    def missing(self, what: str) -> MissingInput:
        """Word an error about something of the run that is not there."""
        return MissingInput(f"{what}; make it with: {self.command}" if self.command else what)

    def _folders(self) -> tuple[Path, Path]:
        return self.processed, self.report


@dataclass(frozen=True, slots=True)
class Address:
    """Unit, year, quarter and scenario of a run.

    Parameters
    ----------
    unit : str
        Slug of the unit.
    year : int
        Budget year (tahun anggaran).
    quarter : Quarter
        Quarter of the report.
    scenario : str
        Name of the scenario.
    """

    unit: str
    year: int
    quarter: Quarter
    scenario: str = _SCENARIO

    @classmethod
    def parse(cls, text: str, unit: str = DEFAULT_UNIT, year: int = DEFAULT_YEAR) -> Address:
        """Read ``[unit/][year/]quarter[/scenario]``.

        Parameters
        ----------
        text : str
            For instance ``IV``, ``2025/4``, ``IV/spbe-rencana-aksi`` or ``bspji-ambon/2025/III``.
        unit, year :
            Used where the text names none.

        Raises
        ------
        ParameterError
            If it is not of this form or the quarter is none.

        Examples
        --------
        >>> Address.parse("2024/4/spbe-rencana-aksi").inside.as_posix()
        'bspji-ambon/2024/IV/spbe-rencana-aksi'
        """
        parts = [part.strip() for part in text.strip().strip("/").split("/")]
        at = next((n for n, part in enumerate(parts) if _is_quarter(part)), None)
        before = parts[:at] if at is not None else []
        years = [part for part in before if len(part) == 4 and part.isdigit()]
        units = [part for part in before if part not in years]
        well_formed = at is not None and at >= len(parts) - 2 and before == units[:1] + years[:1]
        if at is None or not well_formed or not all(parts):
            raise ParameterError(
                f'"{text}" names no run; write [unit/][year/]quarter[/scenario], such as IV, '
                "2025/III or IV/dasar, or give a folder"
            )
        scenario = parts[at + 1] if at + 1 < len(parts) else _SCENARIO
        which = Quarter.parse(parts[at])
        return cls(units[0] if units else unit, int(years[0]) if years else year, which, scenario)

    @property
    def inside(self) -> Path:
        """The run's folder below ``data/processed`` and ``reports``."""
        return Path(self.unit, str(self.year), str(self.quarter), self.scenario)

    @property
    def command(self) -> str:
        """The command that makes the run."""
        words = [f"make report Q={self.quarter}"]
        if self.unit != DEFAULT_UNIT:
            words.append(f"UNIT={self.unit}")
        if self.year != DEFAULT_YEAR:
            words.append(f"YEAR={self.year}")
        if self.scenario != _SCENARIO:
            words.append(f"SCENARIO={self.scenario}")
        return " ".join(words)

    def folders(self, root: Path) -> RunFolders:
        """Give the run's folders in the project at `root`, whether they exist or not."""
        return RunFolders(
            processed=root / "data" / "processed" / self.inside,
            report=root / "reports" / self.inside,
            name=self.inside.as_posix(),
            command=self.command,
        )


def _is_quarter(text: str) -> bool:
    try:
        Quarter.parse(text)
    except ParameterError:
        return False
    return True
