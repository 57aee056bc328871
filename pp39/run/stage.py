"""Outputs are written aside and put in place by renaming, all or none.

A failed or interrupted run leaves the last good outputs where they are. Only one run at a time
writes a report; another one for the same report is turned away, not mixed in.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pp39.errors import Pp39Error
from pp39.run.workspace import Workspace

__all__ = ["FAILED_FOLDER", "Stage", "open_stage"]

#: Folder, among the processed files, with the notebooks of a failed run up to the error.
FAILED_FOLDER = "gagal"
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

    def publish(self) -> None:
        """Put what was written in place of what was there."""
        for new, place in self._moves():
            old = _old(place)
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                place.replace(old)
            new.replace(place)
            shutil.rmtree(old, ignore_errors=True)

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
        """Empty the folder aside, and finish a publication that was cut off half way."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.workspace.processed.mkdir(parents=True)
        self.workspace.report.mkdir(parents=True)
        for _, place in self._moves():
            old = _old(place)
            if old.exists() and not place.exists():
                old.replace(place)
            shutil.rmtree(old, ignore_errors=True)

    def _moves(self) -> list[tuple[Path, Path]]:
        # The report last: when it is there, what it was made from is there.
        return [
            (self.workspace.processed, self.final.processed),
            (self.workspace.report, self.final.report),
        ]


@contextmanager
def open_stage(final: Workspace) -> Iterator[Stage]:
    """Open the folder aside of a run, alone; it is removed at the end.

    Raises
    ------
    Pp39Error
        When another run is writing the same report.
    """
    name = f"{final.unit}-{final.year}-{final.quarter}-{final.scenario}"
    parent = final.root / "data" / "processed" / ".stage"
    parent.mkdir(parents=True, exist_ok=True)
    # The lock goes when its process does, so a stage found under a free lock is a dead one's.
    with (parent / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Pp39Error(f"another run is writing {name}; wait for it to end") from None
        stage = Stage(final, parent / name)
        stage.prepare()
        try:
            yield stage
        finally:
            shutil.rmtree(stage.folder, ignore_errors=True)


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.lama")
