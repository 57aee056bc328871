"""Parameter files that no run reads, because of how they are called or where they lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    ("triwulan", _TIME, "2025-III.yaml"),
    ("scenarios", _NAME, "lain-batas.yaml"),
    ("unit", _NAME, "smkn-2.yaml"),
    (f"unit/{_NAME}", f"{_YEAR}|{_TIME}", "2025.yaml or 2025-III.yaml"),
)
_DATED = re.compile(rf"({_YEAR})[\W_]*(.*)")


def unread(root: Path, unit: str) -> Iterator[str]:
    """Say of each YAML file below ``params/`` that no run of a unit reads what would be right.

    Profiles tell of their own files; what lies in the folder of another unit is told there.
    """
    folder = root / "params"
    units = sorted(path.stem for path in (folder / "unit").glob("*.yaml"))
    for owner in sorted(folder.glob("unit/*/")):
        if owner.is_dir() and owner.name not in units:
            yield f"params/unit/{owner.name}/ is of no unit and not read; {near(owner.name, units)}"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        top, *below = name.parts
        elsewhere = top == "profil" or (top == "unit" and len(below) > 1 and below[0] != unit)
        if path.suffix.casefold() in (".yaml", ".yml") and not elsewhere:
            place = "" if name.parent == Path() else name.parent.as_posix()
            if right := _right(place, name.stem, path.suffix):
                yield f"params/{name.as_posix()} is not read; {right}"


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
        return f"a file here is called {called}"
    return "" if (meant, suffix) == (stem, ".yaml") else f"call it {meant}.yaml if it is that"
