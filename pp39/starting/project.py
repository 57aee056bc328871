"""A new project: a folder with all that a report needs besides the installed package."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pp39.errors import ParameterError
from pp39.profile.files import SHIPPED
from pp39.refusal import unwritable
from pp39.yamlfile import read_yaml

_PACKAGE = Path(__file__).resolve().parents[1]


def _origin() -> Path:
    """Find where the template lies: in the package as a wheel installs it, or in its repository."""
    shipped = _PACKAGE / "proyek"
    return shipped if shipped.is_dir() else _PACKAGE.parent


def _made_up() -> str:
    """Name the made-up unit of the template: that of a shipped profile, where it adds nothing."""
    files = sorted((_origin() / "params" / "unit").glob("*.yaml"))
    said = {path.stem: read_yaml(path, path.name).data for path in files}
    return next(name for name, one in said.items() if _sample(one))


def _sample(said: Mapping[str, Any]) -> bool:
    unit, profile = said.get("unit"), said.get("profil")
    name = profile.get("memperluas") if isinstance(profile, dict) else profile
    made_up = isinstance(unit, dict) and unit.get("sintetis") is True
    return made_up and isinstance(name, str) and (SHIPPED / name).is_dir()


SAMPLE_UNIT = _made_up()
"""The made-up unit of a new project."""

TEMPLATE = (
    "notebooks",
    "params/regulasi",
    "params/scenarios/ikpa-bulan-terakhir.yaml",
    f"params/unit/{SAMPLE_UNIT}.yaml",
    f"data/raw/{SAMPLE_UNIT}",
    "requirements.lock",
)
"""What a project takes over; a wheel carries it in ``pp39/proyek``."""

_YEAR = 2025
_CHOICES = f"""\
# What is meant where a command names no unit and no year.

unit: {SAMPLE_UNIT}
tahun: {_YEAR}
"""
_README = (
    Path(__file__).with_name("project.md").read_text("utf-8").replace("UNIT-CONTOH", SAMPLE_UNIT)
)
_IGNORED = "/data/processed/\n/reports/\n"


def new_project(folder: Path) -> None:
    """Make a project in a folder that is empty or not there yet.

    Raises
    ------
    ParameterError
        If it is something else, or holds something.
    Pp39Error
        If it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "is not empty" if folder.is_dir() else "is a file"
        raise ParameterError(f"{folder} {what}; name a new folder for the project")
    try:
        for name in TEMPLATE:
            _copy(_origin() / name, folder / name)
        for name, text in (
            ("params/proyek.yaml", _CHOICES),
            ("README.md", _README),
            (".gitignore", _IGNORED),
        ):
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        # Half a project would look like one.
        shutil.rmtree(folder, ignore_errors=True)
        raise unwritable(folder, error, folder.parent) from error


def _copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder without checkpoints and locks of open workbooks."""
    files = [source] if source.is_file() else sorted(source.rglob("*"))
    for file in files:
        inside = file.relative_to(source)
        if file.is_file() and not any(part.startswith((".ipynb", "~$")) for part in inside.parts):
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / inside)
