"""The project: its folder, and the unit and year meant where a command names none."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pp39.errors import MissingInput, ParameterError, near, nearest
from pp39.run.naming import checked_unit, checked_year
from pp39.told import listed, told
from pp39.variables import ROOT

#: Holds the choices of the project, relative to its folder; it need not be there.
SETTINGS = "params/proyek.yaml"
#: So much of a name is compared with others.
_LONGEST = 100
_NAMES = ("unit", "tahun", "kait", "indikator_hasil")


@dataclass(frozen=True, slots=True)
class Project:
    """What is meant where nothing is said."""

    #: Slug of the unit.
    unit: str | None = None
    #: Budget year (tahun anggaran).
    year: int | None = None
    #: Command to run when a batch has ended; empty where there is none.
    hook: str = ""
    #: Outcome indicators (indikator hasil) by eselon I, then by code of its program.
    outcomes: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def unit_or(self, unit: str | None) -> str:
        """Give the unit that was named, or else the project's.

        Raises
        ------
        ParameterError
            When there is neither.
        """
        named = self.unit if unit is None else unit
        if named is None:
            raise ParameterError(f"which unit? name it with --unit, or as 'unit' in {SETTINGS}")
        return named

    def year_or(self, year: int | str | None) -> int:
        """Give the year that was named, or else the project's.

        Raises
        ------
        ParameterError
            When there is neither, or it is no year.
        """
        named = self.year if year is None else year
        if named is None:
            raise ParameterError(f"which year? name it with --year, or as 'tahun' in {SETTINGS}")
        return checked_year(named)


def read_project(root: Path) -> Project:
    """Read the choices of the project at `root`; none where it has no file of them.

    Raises
    ------
    ParameterError
        When the file holds anything but ``unit``, ``tahun``, ``kait`` and ``indikator_hasil``.
    UnreadableInput
        When it cannot be read.
    """
    path = root / SETTINGS
    if not os.path.lexists(path):
        return Project()
    from pp39.yamlfile import read_yaml  # noqa: PLC0415  not where results are only read

    said = read_yaml(path, SETTINGS).data
    for name in said:
        if name not in _NAMES:
            raise ParameterError(f"{SETTINGS} has no setting {told(name)}; {near(name, _NAMES)}")
    try:
        unit, year, hook, outcomes = (said.get(name) for name in _NAMES)
        if not isinstance(hook, str | None):
            raise ParameterError(
                f"kait is {told(hook)}; write a command in quotes, such as ./tell.sh"
            )
        return Project(
            None if unit is None else checked_unit(unit),
            None if year is None else checked_year(year),
            hook or "",
            _outcomes(outcomes),
        )
    except ParameterError as error:
        raise ParameterError(f"{SETTINGS}: {error.sentence}") from None


def _outcomes(said: object) -> Mapping[str, Mapping[str, Sequence[str]]]:
    if not said:
        return {}
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415  seldom needed

    try:
        return TypeAdapter(dict[str, dict[str, list[str]]]).validate_python(said)
    except ValidationError:
        raise ParameterError(
            f"indikator_hasil is {told(said)}; write lists by eselon I and code of the program,"
            " such as {Badan A: {WA: [Indeks tata kelola (nilai)]}}"
        ) from None


def project_root(start: Path | None = None) -> Path:
    """Find the folder of the project: the one that holds ``params/regulasi``.

    Parameters
    ----------
    start : Path, optional
        It, or a folder below it. By default ``PP39_ROOT`` names it, or it is the current folder or
        one above it.

    Raises
    ------
    MissingInput
        When there is none.
    """
    named = os.environ.get(ROOT)
    if start is not None:
        folders = [start.resolve(), *start.resolve().parents]
    elif named:
        folders = [Path(named)]
    else:
        here = _here()
        folders = [here, *here.parents, Path(__file__).resolve().parents[2]]
    for folder in folders:
        # Unlike a path, it takes a name that cannot be one for that of no folder.
        if os.path.isdir(folder / "params" / "regulasi"):  # noqa: PTH112
            return folder.resolve()
    where = f"{ROOT} names a folder" if named else "this folder and those above it are"
    if start is not None:
        where = f"{told(str(start))} and the folders above it are"
    raise MissingInput(
        f"{where} without params/regulasi; run from the folder of the"
        " project, or make one with: pp39 new DIR"
    )


def _here() -> Path:
    """Give the current folder; the outermost one where it has been removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path("/")


def known_unit(root: Path, unit: str) -> str:
    """Give the unit's name back when it has both of what a unit consists of.

    Otherwise say which of the two is missing, and name a unit that has both.
    """
    has_data = set(folders_of(root / "data" / "raw"))
    has_params = {path.stem for path in (root / "params" / "unit").glob("*.yaml")}
    whole = sorted(has_data & has_params)
    found = nearest(unit[:_LONGEST], whole) if isinstance(unit, str) else None
    hint = f"the nearest is {found}" if found else f"there are {listed(whole)}"
    try:
        checked_unit(unit)
    except ParameterError as error:
        raise ParameterError(f"{error.sentence}; {hint}") from None
    lacking = [
        *([] if unit in has_params else [f"params/unit/{unit}.yaml"]),
        *([] if unit in has_data else [f"data/raw/{unit}"]),
    ]
    if len(lacking) == 1:
        raise ParameterError(
            f"unit {told(unit)} has no {lacking[0]}; add it, or have pp39 init make it; {hint}"
        )
    if lacking:
        raise ParameterError(
            f"there is no unit {told(unit)}: {' and '.join(lacking)} are not there; {hint}"
        )
    return unit


def folders_of(folder: Path) -> list[str]:
    """Name the folders in a folder, hidden ones aside; none where it is not there."""
    if not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if one.is_dir() and one.name[0] != ".")
