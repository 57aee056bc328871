"""A command says again what it said of the same bytes, and of no others."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pp39.run import fingerprint, idle

ASKED = ["unit-a", None, "IV", "dasar"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = ("params/unit/a.yaml", "notebooks/01.ipynb", "requirements.lock", "logo.svg")
    for name in (*files, "data/raw/a/2025/sla.csv", "olahan/angka.csv", "laporan/a/laporan.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    _kept(tmp_path)
    return tmp_path


def _kept(root: Path) -> None:
    inputs = idle.state_of(root, root / "data/raw/a/2025", ["params/unit/a.yaml", "logo.svg"])
    with idle.overheard() as words:
        print("jadi", file=sys.stderr)
        print("laporan.pdf")
    said = idle.Idle(["Satu", "Dua"], words)
    said.keep(root, ASKED, inputs, (root / "olahan", root / "laporan"))


def test_the_same_is_said_in_the_same_order(project: Path) -> None:
    said = idle.recalled(project, ASKED)
    assert said is not None
    assert said.titles == ["Satu", "Dua"]
    assert "".join(text for _, text in said.words) == "jadi\nlaporan.pdf\n"
    assert {stream for stream, text in said.words if "jadi" in text} == {"stderr"}
    assert idle.recalled(project, [*ASKED, "a=1"]) is None


def test_a_touched_file_is_the_same_file(project: Path) -> None:
    for path in project.rglob("*"):
        if path.is_file():
            path.touch()
    assert idle.recalled(project, ASKED) is not None


@pytest.mark.parametrize(
    "name",
    [
        *("params/unit/a.yaml", "notebooks/01.ipynb", "requirements.lock", "logo.svg"),
        *("data/raw/a/2025/sla.csv", "olahan/angka.csv", "laporan/a/laporan.pdf"),
    ],
)
def test_whatever_changes_or_goes_is_looked_at(project: Path, name: str) -> None:
    before = (project / name).read_text()
    (project / name).write_text("x")
    assert idle.recalled(project, ASKED) is None
    (project / name).write_text(before)
    assert idle.recalled(project, ASKED) is not None
    (project / name).unlink()
    assert idle.recalled(project, ASKED) is None


@pytest.mark.parametrize(
    "name",
    [
        *("params/tahun/2025.yaml", "notebooks/02.ipynb", "data/raw/a/2025/catatan.txt"),
        *("olahan/gagal/kegagalan.json", "pylock.toml"),
    ],
)
def test_whatever_comes_is_looked_at(project: Path, name: str) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("x")
    assert idle.recalled(project, ASKED) is None


def test_another_package_is_looked_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "package_files", lambda: {"pp39/x.py": project / "logo.svg"})
    assert idle.recalled(project, ASKED) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"mentah": 1}'])
def test_what_is_damaged_says_nothing(project: Path, damage: str) -> None:
    (place,) = (project / "data/processed/.simpanan/.terakhir").iterdir()
    place.write_text(damage)
    assert idle.recalled(project, ASKED) is None
