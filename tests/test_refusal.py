"""What the operating system refuses: one sentence, and the code of an input or an output."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from privileges import unprivileged

from pp39.batch.outcome import Task
from pp39.batch.worker import failed
from pp39.errors import Pp39Error, UnreadableInput
from pp39.refusal import explained, explained_text, require_writable
from pp39.run.address import Address
from pp39.run.render import RenderFailed

ROOT = Path(__file__).parents[1]
RAW = "data/raw/bspji-ambon/2025"
LEDGER = "data/processed/bspji-ambon/2025/IV/dasar/ledger.json"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("proyek")
    for name in ("params", "notebooks", RAW):
        shutil.copytree(ROOT / name, root / name)
    (root / LEDGER).parent.mkdir(parents=True)
    (root / LEDGER).write_text("{}")
    (root / "reports").mkdir()
    return root


@pytest.fixture
def locked(project: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    path = project / request.param
    mode = path.stat().st_mode
    path.chmod(0o555 if path.is_dir() and not request.param.startswith("data/raw") else 0)
    yield path
    path.chmod(mode)


READ = "cannot be read: permission denied; give yourself permission to read it"
WRITE = "cannot be written: permission denied; give yourself permission to write there"


@pytest.mark.parametrize(
    ("locked", "command", "code", "told"),
    [
        (f"{RAW}/ikpa.csv", "report", 4, f"{RAW}/ikpa.csv {READ}"),
        (RAW, "report", 4, f"{RAW} {READ}"),
        ("params/unit/bspji-ambon.yaml", "report", 4, f"params/unit/bspji-ambon.yaml {READ}"),
        ("notebooks/01_clean.ipynb", "report", 4, f"notebooks/01_clean.ipynb {READ}"),
        (LEDGER, "explain IKK-6.1.2", 4, f"{LEDGER} {READ}"),
        ("data/processed", "report", 1, f"data/processed {WRITE}"),
        ("reports", "report", 1, f"reports {WRITE}"),
    ],
    indirect=["locked"],
)
def test_permissions(project: Path, locked: Path, command: str, code: int, told: str) -> None:
    done = subprocess.run(
        [*unprivileged(), sys.executable, "-m", "pp39.cli", *command.split(), "-q", "IV"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PP39_ROOT": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, f"pp39: {told}\n")
    assert locked.exists()
    assert not (project / "build").exists()


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        (errno.ENOSPC, None, "a file cannot be written: no space left on device; make room"),
        (errno.EROFS, "reports/x", "reports/x cannot be written: read-only file system; mount it"),
        (errno.EXDEV, "reports/x", "reports/x cannot be written: invalid cross-device link; keep"),
    ],
)
def test_outputs(tmp_path: Path, code: int, name: str | None, told: str) -> None:
    where = (str(tmp_path / name),) if name else ()
    plain = explained(OSError(code, os.strerror(code), *where), tmp_path)
    assert type(plain) is Pp39Error
    assert plain.exit_code == 1
    assert plain.sentence.startswith(told)


def test_inputs_are_never_written(tmp_path: Path) -> None:
    error = OSError(errno.EACCES, "Permission denied", str(tmp_path / "data/raw/u/2025/a.csv"))
    assert isinstance(explained(error, tmp_path), UnreadableInput)


def test_what_nobody_foresaw_is_left_alone(tmp_path: Path) -> None:
    assert explained(FileNotFoundError(errno.ENOENT, "x", "y"), tmp_path) is None
    assert explained(OSError("no number"), tmp_path) is None


def test_a_folder_that_is_going_to_be_made(tmp_path: Path) -> None:
    require_writable(tmp_path / "reports" / "u" / "2025", tmp_path)
    (tmp_path / "reports").write_text("x")
    with pytest.raises(
        Pp39Error, match=r"^reports is a file where a folder must be; move it away$"
    ):
        require_writable(tmp_path / "reports" / "u" / "2025", tmp_path)


def test_a_batch_tells_it_as_the_command_does(tmp_path: Path) -> None:
    error = OSError(errno.EROFS, "Read-only file system", str(tmp_path / "reports"))
    outcome = failed(Task(tmp_path, Address.parse("IV", "bspji-ambon", 2025), ""), error)
    assert outcome.code == 1
    assert outcome.sentence.startswith("reports cannot be written: read-only file system")
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[Errno 28] No space left on device: '{root}/reports/x'",
            "reports/x cannot be written: no space left on device; make room and run again",
        ),
        (
            "[Errno 28] Error writing bytes to file. Detail: [errno 28] No space left on device",
            "a file cannot be written: no space left on device; make room and run again",
        ),
        ("[Errno 2] No such file or directory: 'x'", None),
        ("KeyError: 28", None),
    ],
)
def test_what_another_process_told_of_it(tmp_path: Path, text: str, told: str | None) -> None:
    (tmp_path / "reports").mkdir()
    error = explained_text(text.format(root=tmp_path), tmp_path)
    assert (error and error.sentence) == told
    assert RenderFailed.of(
        "OSError", f"OSError: {text.format(root=tmp_path)}", tmp_path
    ).sentence == (told or f"the report cannot be rendered: OSError: {text}")
