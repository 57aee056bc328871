"""Outputs are written aside and put in place by renaming, all or none.

A failed or interrupted run leaves the last good outputs where they are. Only one run at a time
writes a report; another one for the same report is turned away, not mixed in.

No file system replaces two folders at once, so publishing goes in steps, each of which can be taken
back: both new folders are brought beside their places (``.dasar.baru``; a copy, where the place is
on another file system), both old ones are renamed (``.dasar.lama``), both new ones are renamed into
place. What a crash leaves half done is finished, or taken back, by the next run of the report.
"""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pp39.errors import Pp39Error
from pp39.refusal import require_writable, unwritable
from pp39.run.naming import FAILED_FOLDER
from pp39.run.workspace import Workspace

#: The two folders of a run.
PARTS = ("processed", "report")

#: Kept of a failed run besides its notebooks, because they say what was wrong with the data.
_TELLING = ("pemeriksaan.json", "perbaikan.csv")


class Stage:
    """A folder aside, where one run writes.

    Parameters
    ----------
    final : Workspace
        The run with its final folders.
    folder : Path
        The folder aside, on the same file system.
    """

    def __init__(self, final: Workspace, folder: Path) -> None:
        self.final = final
        self.folder = folder
        self.workspace = final.staged(folder)

    @property
    def papers(self) -> Path:
        """Folder of the executed notebooks."""
        return self.workspace.report / "kertas-kerja"

    def publish(self, parts: Sequence[str] = PARTS) -> None:
        """Put what was written in place of what was there: both folders, or neither.

        Parameters
        ----------
        parts : sequence of str
            Folders that are put in place, of `PARTS`; any other stays as it was.

        Raises
        ------
        Pp39Error
            When a folder cannot be written; what was there is there again.
        """
        renames: list[tuple[Path, Path]] = []
        moves = [
            (getattr(self.workspace, one), getattr(self.final, one))
            for one in PARTS
            if one in parts
        ]
        places = [place for _, place in moves]
        place = self.final.processed
        try:
            for new, place in moves:
                _bring(new, place)
            # Both old ones go before either new one comes, so that two runs never stand together.
            for place in places:
                if place.exists():
                    renames.append((place, _old(place)))
                    place.replace(_old(place))
            for place in places:
                renames.append((_new(place), place))
                _new(place).replace(place)
        except BaseException as error:
            self._take_back(renames)
            if isinstance(error, OSError):
                raise unwritable(place, error, self.final.root) from error
            raise
        for place in places:
            shutil.rmtree(_old(place), ignore_errors=True)

    def keep_failed(self) -> Path | None:
        """Keep the executed notebooks up to the error; returns their folder, None without any."""
        if not any(self.papers.glob("*.ipynb")):
            return None
        kept = self.final.processed / FAILED_FOLDER
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for path in sorted(self.papers.glob("*.ipynb")):
            shutil.copyfile(path, kept / path.name)
        for name in _TELLING:
            if (self.workspace.processed / name).is_file():
                shutil.copyfile(self.workspace.processed / name, kept / name)
        return kept

    def prepare(self) -> None:
        """Empty the folder aside, and settle a publication that was cut off half way.

        Raises
        ------
        Pp39Error
            When a final folder cannot be written: better now than after all the work.
        """
        for place in self._places():
            require_writable(place.parent, self.final.root)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.workspace.processed.mkdir(parents=True)
        self.workspace.report.mkdir(parents=True)
        self._settle()

    def _settle(self) -> None:
        # The report is brought last and put in place last, so as long as it stands beside its place
        # both folders are whole and not both are in place.
        if _new(self.final.report).exists():
            for place in self._places():
                if _new(place).exists():
                    if place.exists():
                        shutil.rmtree(_old(place), ignore_errors=True)
                        place.replace(_old(place))
                    _new(place).replace(place)
        for place in self._places():
            if _old(place).exists() and not place.exists():
                _old(place).replace(place)
            for left in (_old(place), _new(place), _copy(place)):
                shutil.rmtree(left, ignore_errors=True)

    def _take_back(self, renames: Sequence[tuple[Path, Path]]) -> None:
        try:
            for before, after in reversed(renames):
                if not before.exists():
                    after.replace(before)
        except OSError:
            # What is left beside the places is enough for the next run to settle it.
            return
        for place in self._places():
            for left in (_new(place), _copy(place)):
                shutil.rmtree(left, ignore_errors=True)

    def _places(self) -> list[Path]:
        # The report last: when it is there, what it was made from is there.
        return [getattr(self.final, one) for one in PARTS]


class StageTaken(Pp39Error):
    """Another run is writing the same report."""


@contextmanager
def open_stage(final: Workspace) -> Iterator[Stage]:
    """Open the folder aside of a run, alone; it is removed at the end.

    Raises
    ------
    StageTaken
        When another run is writing the same report.
    Pp39Error
        When a folder cannot be written.
    """
    name = "-".join(final.address.inside.parts)
    parent = final.root / "data" / "processed" / ".stage"
    require_writable(parent, final.root)
    parent.mkdir(parents=True, exist_ok=True)
    path = parent / f"{name}.lock"
    # The lock goes when its process does, so a stage found under a free lock is a dead one's.
    with path.open("w") as lock:
        if not _locked(lock):
            raise StageTaken(f"another run is writing {name}; wait for it to end")
        stage = Stage(final, parent / name)
        stage.prepare()
        try:
            _clear_dead(parent, stage.folder)
            yield stage
        finally:
            shutil.rmtree(stage.folder, ignore_errors=True)


def _clear_dead(parent: Path, own: Path) -> None:
    """Remove what runs of other reports have left aside that were killed."""
    for folder in parent.iterdir():
        lock = parent / f"{folder.name.partition('~')[0]}.lock"
        if folder == own or not folder.is_dir() or not lock.is_file():
            continue
        with lock.open("a") as held, suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Renamed first, so that its next run waits for the lock no longer than for that.
            left = folder.with_name(f"{lock.stem}~{os.getpid()}")
            folder.rename(left)
            fcntl.flock(held, fcntl.LOCK_UN)
            shutil.rmtree(left, ignore_errors=True)


def _locked(file: IO[str]) -> bool:
    """Lock a file, unless another process has it for more than a moment."""
    for _ in range(10):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        # Whoever clears up after a run that was killed has it for a moment.
        time.sleep(0.02)
    return False


def _bring(new: Path, place: Path) -> None:
    """Put a new folder beside its place, on the same file system."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.replace(_new(place))
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Only a whole copy gets the name that counts.
        _copy_tree(new, _copy(place))
        _copy(place).replace(_new(place))


def _copy_tree(source: Path, target: Path) -> None:
    # Unlike shutil.copytree it stops at the first file that cannot be written, and says why.
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy_tree(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.lama")


def _new(place: Path) -> Path:
    return place.with_name(f".{place.name}.baru")


def _copy(place: Path) -> Path:
    return place.with_name(f".{place.name}.salinan")
