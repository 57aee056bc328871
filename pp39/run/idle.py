"""What ``pp39 report`` said when all was up to date, kept with what it was said of.

To find that nothing is to be done, a command reads parameters and profile, which takes most of its
time. Where not a byte has changed since it last said so, it says the same again. Contents count,
never times, and a name too many or too few counts as well: then everything is looked at as ever.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pp39 import handout
from pp39.run.fingerprint import digest, digest_of, made_of, raw_state
from pp39.run.store import SHELF

_FOLDER = SHELF / ".terakhir"

Words = list[tuple[str, str]]
"""Texts in order, each after the name of its stream."""


@dataclass(frozen=True)
class Idle:
    """A command that has nothing to do, and what it says."""

    #: Of the steps that are up to date.
    titles: Sequence[str]
    #: What it tells when they are.
    words: Words

    def keep(
        self, root: Path, asked: Sequence[str | None], inputs: Inputs, outputs: Sequence[Path]
    ) -> None:
        """Keep it.

        Parameters
        ----------
        root : pathlib.Path
            Folder of the project.
        asked : sequence of str or None
            Options of the command.
        inputs : Inputs
            What it was made from, measured before that was read.
        outputs : sequence of pathlib.Path
            Folders of what was made.
        """
        place = _place(root, asked)
        place.parent.mkdir(parents=True, exist_ok=True)
        told: dict[str, Any] = {
            "tahap": [*self.titles],
            "kata": self.words,
            "mentah": inputs.raw,
            "berkas": [*inputs.files],
            "masukan": inputs.digest,
            "folder": [one.relative_to(root).as_posix() for one in outputs],
            "keluaran": _whole(outputs),
        }
        handout.put(place, json.dumps(told))


@dataclass(frozen=True)
class Inputs:
    """What a report is made from: where it is, and what is in it."""

    raw: str
    files: Sequence[str]
    digest: str


def state_of(root: Path, raw: Path, files: Iterable[str]) -> Inputs:
    """Measure what a report is made from.

    Parameters
    ----------
    root, raw : pathlib.Path
        Folders of the project and of the source data.
    files : iterable of str
        Parameter files that were read, relative to `root`; all others count as well. So do files
        that are not there yet.
    """
    read = sorted(files)
    found = {path.relative_to(root).as_posix() for path in (root / "params").rglob("*")}
    params = [name for name in {*found, *read} if (root / name).is_file()]
    groups = made_of(root, params)
    parts = [
        sys.version,
        *(digest(groups[name]) for name in sorted(groups)),
        *sorted(found),
        raw_state(raw),
    ]
    return Inputs(raw.relative_to(root).as_posix(), read, digest_of(*parts))


def recalled(root: Path, asked: Sequence[str | None]) -> Idle | None:
    """Give what the same command said of the same bytes; None if it has to look."""
    try:
        told = json.loads(_place(root, asked).read_bytes())
        inputs = state_of(root, root / told["mentah"], told["berkas"])
        outputs = [root / one for one in told["folder"]]
        if inputs.digest != told["masukan"] or _whole(outputs) != told["keluaran"]:
            return None
        return Idle(told["tahap"], [(stream, text) for stream, text in told["kata"]])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def overheard() -> Iterator[Words]:
    """Note what is told on both streams while the block runs."""
    words: Words = []
    with (
        redirect_stdout(_Tee(sys.stdout, lambda text: words.append(("stdout", text)))),
        redirect_stderr(_Tee(sys.stderr, lambda text: words.append(("stderr", text)))),
    ):
        yield words


class _Tee:
    """A stream that passes on what is written, and lets it be heard."""

    def __init__(self, stream: TextIO, hear: Callable[[str], object]) -> None:
        self._stream = stream
        self._hear = hear

    def write(self, text: str) -> int:
        self._hear(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _place(root: Path, asked: Sequence[str | None]) -> Path:
    name = digest_of(json.dumps(asked))[:32]
    return root / _FOLDER / f"{name}.json"


def _whole(folders: Iterable[Path]) -> str:
    """Give one key of all files in some folders."""
    found = {
        f"{number}/{path.relative_to(folder).as_posix()}": path
        for number, folder in enumerate(folders)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return digest(found)
