"""What steps have made before, kept by the key of what they were made from.

The store knows nothing about why a key is what it is (`pp39.run.keys` does): it keeps files under a
key and gives the same bytes back, or nothing at all.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pp39 import handout
from pp39.run.fingerprint import Mark, fingerprint

#: Where a project keeps what can be made again.
SHELF = Path("data", "processed", ".simpanan")
_INDEX = "isi.json"


@dataclass(frozen=True)
class Store:
    """Files made by the steps of one report, by step and key."""

    #: Where they are kept; made when first needed.
    folder: Path
    #: How many keys of a step are kept, the latest used ones.
    kept: int = 3
    #: Looked into where nothing is kept here, and never written.
    lender: Store | None = None
    #: Folder of what parts of steps keep for all runs that meet the same content.
    common: Path | None = None

    def marks(self, step: str, key: str) -> dict[str, Mark] | None:
        """Say what is kept under a key.

        Returns
        -------
        dict of str to Mark, or None
            SHA-256 and size by file name, relative to the stage; None when nothing is kept.
        """
        own = self._own(step, key)
        return self.lender.marks(step, key) if own is None and self.lender is not None else own

    def restore(self, step: str, key: str, stage: Path) -> bool:
        """Put what is kept under a key into the stage.

        Parameters
        ----------
        step, key : str
            As given to `keep`.
        stage : pathlib.Path
            Folder to write into.

        Returns
        -------
        bool
            False when nothing is kept, or a kept file is not what it was; the stage may then hold
            a part of it, which the step is going to write over.
        """
        marks = self._own(step, key)
        entry = self._entry(step, key)
        if marks is None:
            return self._borrowed(step, key, stage)
        for name, mark in marks.items():
            kept, target = entry / name, stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                # A copy and not a link: whoever writes into a report must not write in here.
                shutil.copyfile(kept, target)
            except OSError:
                return False
            if fingerprint(target) != mark:
                return False
        # Whoever lends may have it cleared away meanwhile.
        with suppress(OSError):
            os.utime(entry)
        return True

    def keep(self, step: str, key: str, stage: Path, names: Iterable[str]) -> dict[str, Mark]:
        """Keep what a step has made.

        Parameters
        ----------
        step : str
            Name of the step.
        key : str
            What it was made from.
        stage : pathlib.Path
            Folder the step wrote into.
        names : iterable of str
            Files the step made, relative to `stage`.

        Returns
        -------
        dict of str to Mark
            SHA-256 and size by file name.
        """
        entry = self._entry(step, key)
        aside = entry.with_name(f"{entry.name}.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        marks = {}
        for name in sorted(names):
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(stage / name, aside / name)
            marks[name] = fingerprint(aside / name)
        index = {name: {"sha256": mark.sha256, "ukuran": mark.size} for name, mark in marks.items()}
        (aside / _INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(entry, ignore_errors=True)
        aside.replace(entry)
        self._prune(step)
        return marks

    def shared(self, state: str) -> Path | None:
        """Give the folder of what is kept for all runs of one state of the code; no other stays."""
        if self.common is None:
            return None
        for other in self.common.glob("*"):
            if other.name != state:
                shutil.rmtree(other, ignore_errors=True)
        return self.common / state

    def clear(self) -> None:
        """Forget everything."""
        for one in (self.folder, self.common):
            if one is not None:
                shutil.rmtree(one, ignore_errors=True)

    def _own(self, step: str, key: str) -> dict[str, Mark] | None:
        try:
            written = handout.read_json(self._entry(step, key) / _INDEX)
            return {name: Mark(one["sha256"], one["ukuran"]) for name, one in written.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _borrowed(self, step: str, key: str, stage: Path) -> bool:
        """Restore from the lender, and keep it here: it may be cleared away there."""
        marks = self.lender.marks(step, key) if self.lender is not None else None
        if self.lender is None or marks is None or not self.lender.restore(step, key, stage):
            return False
        self.keep(step, key, stage, marks)
        return True

    def _entry(self, step: str, key: str) -> Path:
        return self.folder / step / key[:32]

    def _prune(self, step: str) -> None:
        entries = [path for path in (self.folder / step).iterdir() if path.is_dir()]
        entries.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in entries[: -self.kept]:
            shutil.rmtree(path, ignore_errors=True)
