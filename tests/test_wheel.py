"""The package as a wheel installs it: a project, and in it a report, without the repository."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from pp39.starting import TEMPLATE

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it into an environment of its own, with the packages it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    uv = [sys.executable, "-m", "uv", "--quiet", "--offline"]
    home = folder / "venv"
    subprocess.run([*uv, "venv", "--python", sys.executable, str(home)], check=True)
    install = [*uv, "pip", "install", "--no-deps", "--python", str(home / "bin" / "python")]
    subprocess.run([*install, str(wheel)], check=True)
    (site,) = home.glob("lib/python*/site-packages")
    # It comes behind what is installed there, and its own links are not followed.
    (site / "packages.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    # What they keep beside their modules, such as templates.
    (home / "share").mkdir(exist_ok=True)
    (home / "share" / "jupyter").symlink_to(Path(sys.prefix, "share", "jupyter"))
    return home


def pp39(installed: Path, here: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(here, [str(installed / "bin" / "pp39"), *words])


def run(here: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PP39_")}
    return subprocess.run(
        command, cwd=here, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_a_wheel_carries_what_a_project_is_made_of(installed: Path) -> None:
    (package,) = installed.glob("lib/python*/site-packages/pp39")
    for name in TEMPLATE:
        carried, own = package / "proyek" / name, ROOT / name
        files = [own] if own.is_file() else sorted(own.glob("**/*.*"))
        for file in (
            one for one in files if one.is_file() and ".ipynb_checkpoints" not in one.parts
        ):
            place = carried if own.is_file() else carried / file.relative_to(own)
            assert place.read_bytes() == file.read_bytes(), file
    assert (package / "profil" / "sekolah" / "profil.yaml").is_file()
    assert (package / "py.typed").is_file()


@pytest.mark.slow
def test_a_report_is_made_with_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    command = f"{installed}/bin/pp39 new laporan && cd laporan && {installed}/bin/pp39 report -q IV"
    made = run(tmp_path, ["sh", "-c", command])
    assert made.returncode == 0, made.stderr
    report = tmp_path / "laporan" / "reports" / "smkn-1-contoh" / "2025" / "IV" / "dasar"
    assert (report / "laporan.pdf").read_bytes().startswith(b"%PDF")
    assert "SMK Negeri 1 Contoh" in (report / "laporan.html").read_text(encoding="utf-8")
    assert pp39(installed, tmp_path / "laporan", "verify", "-q", "IV").returncode == 0


#: What each command is given; those that are not here need a project for nothing.
_GIVEN = {"explain": ["x"], "diff": ["I", "II"], "init": ["x"]}
_ANYWHERE = {"new", "review"}


def test_every_command_says_where_there_is_no_project_how_to_get_one(
    installed: Path, tmp_path: Path
) -> None:
    code = (
        "import sys\nfrom pp39.cli import COMMANDS, run\n"
        f"given, anywhere = {_GIVEN!r}, {_ANYWHERE!r}\n"
        "for name in COMMANDS:\n"
        "    if name not in anywhere:\n"
        "        words = given.get(name, [])\n"
        "        if name not in ('batch', 'index', 'diff', 'init', 'params', 'sources', 'check'):\n"
        "            words = [*words, '-q', 'IV']\n"
        "        print(name, run([name, *words]), file=sys.stderr)\n"
    )
    done = run(tmp_path, [str(installed / "bin" / "python"), "-c", code])
    assert done.stdout == ""
    told = done.stderr.splitlines()
    sentences, codes = told[::2], told[1::2]
    assert len(codes) >= 14
    for sentence, ended in zip(sentences, codes, strict=True):
        assert ended.endswith(" 4"), (sentence, ended)
        assert sentence.endswith("make one with: pp39 new DIR")
    assert list(tmp_path.iterdir()) == []
