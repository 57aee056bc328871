"""Parameter files that no run reads, because of how they are called or where they lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pp39.errors import ParameterError, near
from pp39.periods import Period

_YEAR = "[0-9]{4}"
_TIME = rf"{_YEAR}-(?:IV|I{{1,3}}|tahunan)"
_NAME = "[a-z0-9][a-z0-9_-]*"
#: Names of files by their folder, and how one is called.
_READ = (
    ("", "proyek", "proyek.yaml"),
    ("regulasi", _YEAR, "2025.yaml"),
    ("tahun", _YEAR, "2025.yaml"),
    ("triwulan", _TIME, "2025-IV.yaml"),
    ("scenarios", _NAME, "lain-batas.yaml"),
    ("unit", _NAME, "smkn-2.yaml"),
    (f"unit/{_NAME}", f"{_YEAR}|{_TIME}", "2025.yaml or 2025-IV.yaml"),
)
_DATED = re.compile(rf"({_YEAR})[\W_]*(.*)")


def misnamed(root: Path, unit: str) -> list[str]:
    """Say of what lies among the files of quarters and of a unit, and no run reads, its name."""
    folder = root / "params"
    near_by = [*folder.glob("triwulan/*"), *folder.glob(f"unit/{unit}/*")]
    return [*_unread(folder, near_by)]


def unread(root: Path, unit: str) -> list[str]:
    """Say of all other YAML files below ``params/`` that no run of a unit reads what is right.

    Profiles tell of their own files; what lies in the folder of another unit is told there.
    """
    folder = root / "params"
    units = sorted(path.stem for path in folder.glob("unit/*.yaml"))
    found = []
    for owner in sorted(folder.glob("unit/*/")):
        if owner.is_dir() and owner.name not in units:
            said = f"params/unit/{owner.name}/ is of no unit and read by no run"
            found.append(f"{said}; {near(owner.name, units)}")
    # There may be thousands of other units: their folders are not gone into.
    own = [*folder.glob("*"), *folder.glob("unit/*"), *folder.glob(f"unit/{unit}/**/*")]
    for one in folder.glob("*/"):
        own += one.rglob("*") if one.name not in ("profil", "unit") else ()
    told = misnamed(root, unit)
    return [*found, *(one for one in _unread(folder, own) if one not in told)]


def _unread(folder: Path, paths: Iterable[Path]) -> Iterator[str]:
    for path in sorted(paths):
        name = path.relative_to(folder)
        if path.suffix.casefold() in (".yaml", ".yml"):
            place = "" if name.parent == Path() else name.parent.as_posix()
            if right := _right(place, name.stem, path.suffix):
                yield f"params/{name.as_posix()} is read by no run; {right}"


def _right(place: str, stem: str, suffix: str) -> str:
    """Say how a file would have to be called; nothing where it is read."""
    known = next((one for one in _READ if re.fullmatch(one[0], place)), None)
    if known is None:
        if place.startswith("unit/"):
            return f"move it up into params/{'/'.join(place.split('/')[:2])}"
        folders = [one for one, _, _ in _READ if one.isalpha()]
        return f"params/{place} is no folder of parameters; {near(place, folders)}"
    _, form, called = known
    meant = stem
    if dated := _DATED.fullmatch(stem):
        year, period = dated.groups()
        try:
            meant = f"{year}-{Period.parse(period)}" if period else year
        except ParameterError:
            meant = ""
    if not re.fullmatch(form, meant):
        return f"give it a name such as {called}"
    return "" if (meant, suffix) == (stem, ".yaml") else f"give it a name such as {meant}.yaml"
