"""The package as a wheel installs it: a project, and in it a report, without the repository."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pp39.starting import TEMPLATE

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it into a folder that holds nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    target = ["--target", str(folder / "site"), str(wheel)]
    subprocess.run([*install, *target], check=True, capture_output=True)
    return folder / "site"


def pp39(installed: Path, here: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PP39_")}
    environment["PYTHONPATH"] = str(installed)
    command = [sys.executable, "-c", "from pp39.cli import main; main()", *words]
    return subprocess.run(
        command, cwd=here, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_a_wheel_carries_what_a_project_is_made_of(installed: Path) -> None:
    for name in TEMPLATE:
        carried, own = installed / "pp39" / "proyek" / name, ROOT / name
        files = [own] if own.is_file() else sorted(own.glob("**/*.*"))
        for file in (
            one for one in files if one.is_file() and ".ipynb_checkpoints" not in one.parts
        ):
            place = carried if own.is_file() else carried / file.relative_to(own)
            assert place.read_bytes() == file.read_bytes(), file
    assert (installed / "pp39" / "profil" / "sekolah" / "profil.yaml").is_file()


@pytest.mark.slow
def test_a_report_is_made_with_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    outside = pp39(installed, tmp_path, "report", "-q", "IV")
    assert outside.returncode == 4
    assert outside.stderr.count("\n") == 1
    assert "make one with: pp39 new DIR" in outside.stderr
    assert pp39(installed, tmp_path, "new", "laporan").returncode == 0
    made = pp39(installed, tmp_path / "laporan", "report", "-q", "IV")
    assert made.returncode == 0, made.stderr
    report = tmp_path / "laporan" / "reports" / "smkn-1-contoh" / "2025" / "IV" / "dasar"
    assert (report / "laporan.pdf").read_bytes().startswith(b"%PDF")
    assert "SMK Negeri 1 Contoh" in (report / "laporan.html").read_text(encoding="utf-8")
    assert pp39(installed, tmp_path / "laporan", "verify", "-q", "IV").returncode == 0
