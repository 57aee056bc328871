"""Publishing a run: both folders or neither, whatever the file system refuses."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from privileges import unprivileged

from pp39.errors import Pp39Error
from pp39.run import stage as stages
from pp39.run.stage import Stage, open_stage
from pp39.run.workspace import Workspace

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run(tmp_path: Path) -> Workspace:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "data" / "raw" / "bspji-ambon" / "2025").mkdir(parents=True)
    return Workspace.locate("bspji-ambon", 2025, "IV", root=tmp_path)


def write(stage: Stage, text: str) -> None:
    for folder in (stage.workspace.processed, stage.workspace.report):
        (folder / "dalam").mkdir()
        (folder / "dalam" / "hasil.txt").write_text(text)


def publish(run: Workspace, text: str) -> None:
    with open_stage(run) as stage:
        write(stage, text)
        stage.publish()


def published(run: Workspace) -> list[str]:
    """Give what stands in both places; nothing else may stand beside them."""
    texts = []
    for place in (run.processed, run.report):
        path = place / "dalam" / "hasil.txt"
        texts.append(path.read_text() if path.is_file() else "")
        beside = [one.name for one in place.parent.iterdir()] if place.parent.is_dir() else []
        assert set(beside) <= {place.name}
    return texts


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, BaseException], list[str]]:
    """Make the n-th renaming of folders fail, once; gives the list of all renamings."""

    def prepare(number: int, error: BaseException) -> list[str]:
        seen: list[str] = []
        rename = Path.replace

        def replace(self: Path, target: Path) -> Path:
            seen.append(f"{self.name} -> {target.name}")
            if len(seen) == number:
                raise error
            return rename(self, target)

        monkeypatch.setattr(Path, "replace", replace)
        return seen

    return prepare


#: Two folders are brought, two old ones go, two new ones come.
RENAMINGS = range(1, 7)
#: What stood there before, and the renaming; the first publication has no old folders.
CASES = [*(("", number) for number in range(1, 5)), *(("lama", number) for number in RENAMINGS)]


@pytest.mark.parametrize(("before", "number"), CASES)
def test_a_refused_renaming_leaves_both_folders_as_they_were(
    run: Workspace, refuse: Callable[[int, BaseException], list[str]], before: str, number: int
) -> None:
    if before:
        publish(run, before)
    refuse(number, PermissionError(errno.EACCES, "Permission denied", "x"))
    with pytest.raises(Pp39Error) as caught:
        publish(run, "baru")
    assert type(caught.value) is Pp39Error
    assert caught.value.exit_code == 1
    assert caught.value.sentence in {
        f"{folder}/bspji-ambon/2025/IV/dasar cannot be written: permission denied;"
        " give yourself permission to write there"
        for folder in ("data/processed", "reports")
    }
    assert published(run) == [before, before]
    publish(run, "baru")
    assert published(run) == ["baru", "baru"]


@pytest.mark.parametrize("number", RENAMINGS)
def test_an_interruption_leaves_both_folders_as_they_were(
    run: Workspace, refuse: Callable[[int, BaseException], list[str]], number: int
) -> None:
    publish(run, "lama")
    refuse(number, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        publish(run, "baru")
    assert published(run) == ["lama", "lama"]


@pytest.mark.parametrize(("before", "number"), CASES)
def test_a_kill_at_any_renaming_is_settled_by_the_next_run(
    run: Workspace, refuse: Callable[[int, BaseException], list[str]], before: str, number: int
) -> None:
    if before:
        publish(run, before)
    with pytest.MonkeyPatch.context() as killed:
        # A kill takes nothing back.
        killed.setattr(Stage, "_take_back", lambda self, renames: None)
        refuse(number, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            publish(run, "baru")
    with open_stage(run):
        pass
    assert published(run) in (["baru", "baru"], [before, before])


def test_what_cannot_be_taken_back_is_settled_by_the_next_run(
    run: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(run, "lama")
    rename, seen = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        seen.append(self)
        if len(seen) >= 6:
            raise OSError(errno.EIO, "Input/output error", str(self))
        return rename(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", replace)
        with pytest.raises(Pp39Error, match="input/output error; check the disk"):
            publish(run, "baru")
    with open_stage(run):
        pass
    assert published(run) == ["baru", "baru"]


@pytest.mark.parametrize("folder", ["data/processed", "reports"])
def test_another_file_system_is_copied_to(
    run: Workspace, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    publish(run, "lama")
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        mounted = run.root / folder
        if target.is_relative_to(mounted / "bspji-ambon") and ".stage" in self.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    publish(run, "baru")
    assert published(run) == ["baru", "baru"]
    full = OSError(errno.ENOSPC, "No space left on device", "x")
    monkeypatch.setattr(stages.shutil, "copyfile", _raising(full))
    with pytest.raises(Pp39Error, match=r"no space left on device; make room and run again$"):
        publish(run, "terbaru")
    assert published(run) == ["baru", "baru"]


def _raising(error: BaseException) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise error

    return refuse


@pytest.mark.parametrize("name", ["reports", "data/processed", "reports/bspji-ambon"])
def test_a_file_in_the_way_is_told_before_the_work(run: Workspace, name: str) -> None:
    path = run.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    with pytest.raises(Pp39Error) as caught, open_stage(run):
        pytest.fail("the stage was opened")
    assert caught.value.sentence == f"{name} is a file where a folder must be; move it away"


def test_a_folder_that_cannot_be_written_is_told_before_the_work(run: Workspace) -> None:
    publish(run, "lama")
    locked = run.report.parent
    code = (
        "from pathlib import Path; from pp39.errors import Pp39Error;"
        "from pp39.run.stage import open_stage; from pp39.run.workspace import Workspace\n"
        f"run = Workspace.locate('bspji-ambon', 2025, 'IV', root=Path({str(run.root)!r}))\n"
        "try:\n    open_stage(run).__enter__()\n"
        "except Pp39Error as error:\n    print(error.exit_code, error.sentence)"
    )
    locked.chmod(0o555)
    try:
        told = subprocess.run(
            [*unprivileged(), sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    finally:
        locked.chmod(0o755)
    assert told == (
        "1 reports/bspji-ambon/2025/IV cannot be written: permission denied;"
        " give yourself permission to write there\n"
    )
    assert published(run) == ["lama", "lama"]


def test_the_next_run_of_any_report_clears_away_what_a_killed_one_left(run: Workspace) -> None:
    publish(run, "lama")
    code = (
        "import os, signal; from pathlib import Path\n"
        "from pp39.run.stage import open_stage; from pp39.run.workspace import Workspace\n"
        f"run = Workspace.locate('bspji-ambon', 2025, 'IV', root=Path({str(run.root)!r}))\n"
        "with open_stage(run) as stage:\n"
        "    (stage.workspace.report / 'setengah.txt').write_text('setengah')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    aside = run.root / "data" / "processed" / ".stage"
    assert (aside / "bspji-ambon-2025-IV-dasar").is_dir()
    assert published(run) == ["lama", "lama"]
    other = Workspace.locate("bspji-ambon", 2025, "III", root=run.root)
    with open_stage(other) as stage:
        # One that is being written is left alone.
        publish(Workspace.locate("bspji-ambon", 2025, "II", root=run.root), "kedua")
        assert stage.folder.is_dir()
        assert {one.name for one in aside.iterdir() if one.is_dir()} == {stage.folder.name}
    publish(run, "baru")
    assert published(run) == ["baru", "baru"]
