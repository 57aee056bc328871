"""SHA-256 and size of files: one, a folder, or everything a run is made of and makes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pp39
from pp39.run.naming import FAILED_FOLDER
from pp39.variables import KEY

if TYPE_CHECKING:
    from pp39.sources import Delivery

#: What the report folder holds besides outputs: the record itself and what is different every time.
UNHASHED = frozenset({"run.json", "jejak-waktu.json", "run.log"})

#: What pins the packages, and so decides about bytes as much as the code does.
_LOCKS = ("pyproject.toml", "*.lock", "pylock*.toml", "requirements*.txt")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file is known by."""

    #: In hexadecimal.
    sha256: str
    #: Bytes.
    size: int


Groups = Mapping[str, Mapping[str, Path]]
"""Files by group and name: names use slashes and start at the group's own base."""


def fingerprint(path: Path) -> Mark:
    """Measure one file, reading it in pieces.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        return Mark(digest.hexdigest(), stream.tell())


def digest(files: Mapping[str, Path]) -> str:
    """Give one SHA-256, in hexadecimal, of files and their names."""
    lines = [f"{name} {fingerprint(path).sha256}" for name, path in sorted(files.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def digest_of(*texts: str) -> str:
    """Give one SHA-256, in hexadecimal, of texts in their order; names of files may be among them.

    Examples
    --------
    >>> digest_of("a", "b") == digest_of("ab")
    False
    """
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogateescape")).hexdigest()


def package_files() -> dict[str, Path]:
    """Find the files of this package, by their names from its own folder.

    What a wheel carries for new projects is no part of it: a project has its own.
    """
    package = Path(pp39.__file__).parent
    return {
        path.relative_to(package.parent).as_posix(): path
        for path in _files(package)
        if path.suffix != ".pyc" and not path.is_relative_to(package / "proyek")
    }


def input_groups(root: Path, found: Delivery | None, parameter_files: Iterable[str]) -> Groups:
    """Find what decides about a run.

    Parameters
    ----------
    root : Path
        Folder of the project; the names start there, those of the code at the package's folder.
    found : Delivery or None
        What lies in the folder of the source data, of which only what is some source's file counts;
        None without such a folder.
    parameter_files : iterable of str
        The parameter files read, relative to `root`.

    Returns
    -------
    mapping
        ``masukan`` (source data), ``parameter``, ``notebook``, ``kode`` (the package), ``kunci``
        (what pins the packages).
    """
    files = found.paths if found else ()
    named = {path.relative_to(root).as_posix(): path for path in files if path.is_file()}
    return {"masukan": dict(sorted(named.items())), **made_of(root, parameter_files)}


def made_of(root: Path, parameter_files: Iterable[str]) -> Groups:
    """Find what decides about a run besides the source data; see `input_groups`."""
    locks = {path for pattern in _LOCKS for path in root.glob(pattern) if path.is_file()}
    return {
        "parameter": {name: root / name for name in sorted(set(parameter_files))},
        "notebook": {
            path.relative_to(root).as_posix(): path
            for path in sorted((root / "notebooks").glob("[0-9]*.ipynb"))
        },
        "kode": package_files(),
        "kunci": {path.name: path for path in sorted(locks)},
    }


def names_in(folder: Path) -> list[str]:
    """Name everything in a folder, with the bytes of what may be a table; hidden files apart.

    A file that no source uses is told of by its name, so the names count. Whether one is a table
    that some source uses is not known here, for that would take as long as an idle run may.
    """
    told = []
    for path in sorted(folder.iterdir()):
        if not path.name.startswith((".", "~$")):
            table = path.suffix.casefold() in (".csv", ".xlsx") and path.is_file()
            name = os.fsencode(path.name).hex()
            told.append(f"{name} {fingerprint(path).sha256 if table else ''}")
            if path.is_dir() and not path.is_symlink():
                told += [f"{name}/{one}" for one in names_in(path)]
    return told


def raw_state(folder: Path, before: Iterable[Path] = ()) -> str:
    """Give one SHA-256 of source data, and of the secret that hashes of persons are made with.

    Parameters
    ----------
    folder : pathlib.Path
        The raw folder.
    before : iterable of pathlib.Path
        What the report of the quarter before said.
    """
    parts = [*names_in(folder), os.environ.get(KEY, "")]
    parts += [fingerprint(one).sha256 for one in before]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def output_groups(processed: Path, report: Path) -> Groups:
    """Find what a run made.

    Returns
    -------
    mapping
        ``olahan`` (names start at `processed`) and ``laporan`` (names start at `report`; without
        the record and the logs).
    """
    # What a failed attempt left for its user is no output of the run that stands beside it.
    made = (path for path in _files(processed) if path.parent != processed / FAILED_FOLDER)
    published = {path.relative_to(report).as_posix(): path for path in _files(report)}
    return {
        "olahan": {path.relative_to(processed).as_posix(): path for path in made},
        "laporan": {name: path for name, path in published.items() if name not in UNHASHED},
    }


def _files(folder: Path) -> Iterator[Path]:
    """Give the files below a folder by name, without hidden ones and locks of open workbooks."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.name.startswith((".", "~$")) or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path
