"""Which runs are compared: an address such as ``2025/IV/target-naik``, or a folder."""

from __future__ import annotations

from pathlib import Path

from pp39.errors import ParameterError
from pp39.run.address import Address, RunFolders
from pp39.run.naming import checked_year
from pp39.run.project import read_project
from pp39.told import told


def resolve(
    root: Path, text: str, unit: str | None = None, year: int | str | None = None
) -> RunFolders:
    """Find the folders of a run.

    Parameters
    ----------
    root : Path
        Folder of the project, for addresses.
    text : str
        ``[unit/][year/]quarter[/run]``; or the folder of a report, the folder of its processed
        files, or a folder that holds both as ``report`` and ``processed``.
    unit, year :
        For addresses that name none; the project's own by default.

    Raises
    ------
    ParameterError
        If it is neither.
    MissingInput
        If the run is not there; the sentence gives the command that makes it.
    """
    folder = Path(text)
    if text.strip() and _is_folder(folder):
        found = _folders(folder.resolve(), text)
        if found is not None:
            return found.existing()
        if folder.is_absolute() or text.startswith("."):
            raise ParameterError(
                f"{told(text)} is no folder of a run; it should hold run.json or ledger.json"
            )
    project = read_project(root)
    year = project.year if year is None else checked_year(year)
    return Address.parse(text, unit or project.unit, year).folders(root).existing()


def _is_folder(path: Path) -> bool:
    """Tell whether a folder is there; a text that can be no path is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _folders(folder: Path, name: str) -> RunFolders | None:
    if (folder / "report").is_dir() or (folder / "processed").is_dir():
        return RunFolders(folder / "processed", folder / "report", name)
    if (folder / "run.json").is_file() or (folder / "laporan.html").is_file():
        return RunFolders(_beside(folder, "reports", "data/processed"), folder, name)
    if (folder / "ledger.json").is_file():
        return RunFolders(folder, _beside(folder, "data/processed", "reports"), name)
    return None


def _beside(folder: Path, mine: str, other: str) -> Path:
    """Find the other folder of a run: in the project's layout, else next to this one."""
    inside = Path(*folder.parts[-4:])  # unit, year, quarter, run
    above = folder.parents[3] if len(folder.parts) > 4 else folder
    if above.as_posix().endswith(f"/{mine}"):
        project = Path(above.as_posix().removesuffix(f"/{mine}"))
        return project / other / inside
    return folder.parent / ("processed" if mine == "reports" else "report")
