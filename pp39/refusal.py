"""What the operating system refuses, told in one plain sentence: which file, why, what to do."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pp39.errors import MissingInput, Pp39Error, UnreadableInput

#: What a user can do about a refusal; an error of another kind is one we did not foresee.
_REMEDIES: Mapping[int, str] = MappingProxyType(
    {
        errno.EACCES: "give yourself permission to write there",
        errno.EPERM: "give yourself permission to write there",
        errno.EROFS: "mount it for writing",
        errno.ENOSPC: "make room and run again",
        errno.EDQUOT: "make room and run again",
        errno.ENOTDIR: "move away the file that stands where a folder must be",
        errno.EEXIST: "move it away",
        errno.EISDIR: "move away the folder that stands where a file must be",
        errno.ENOTEMPTY: "move it away",
        errno.EXDEV: "keep the folder and those in it on one file system",
        errno.EIO: "check the disk",
    }
)
#: As Python writes one.
_TEXT = re.compile(r"\[Errno (\d+)\](?:[^:]*: '(.+)')?")
#: Folders of the project that runs only read.
_INPUTS = ("data/raw", "params", "notebooks")


_FOREIGN = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def content_of(path: Path, name: str = "") -> bytes:
    """Read the bytes of an input, which must be a file; nothing else is waited for.

    Parameters
    ----------
    path : Path
        The input.
    name : str
        What to call it; by default its name without folders.

    Raises
    ------
    MissingInput
        If nothing of this name is there.
    UnreadableInput
        If it is a folder, a pipe, a socket, a device or a link to nothing, or cannot be opened.
    """
    name = name or path.name
    if not os.path.lexists(path):
        raise MissingInput(f"{name} is not there")
    try:
        mode = path.stat().st_mode
        for is_kind, what in _FOREIGN:
            if is_kind(mode):
                raise UnreadableInput(
                    f"{name} is {what} where a file must be; put the file in its place"
                )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput(
            f"{name} is a link to a file that is not there; put the file itself in its place"
        ) from None
    except OSError as error:
        remedy = (
            "give yourself permission to read it"
            if error.errno in (errno.EACCES, errno.EPERM)
            else "put the file itself in its place"
        )
        raise UnreadableInput(f"{name} cannot be read: {reason(error)}; {remedy}") from None


def explained(error: OSError, root: Path) -> Pp39Error | None:
    """Word an error of the operating system; None for one that nobody foresaw.

    Parameters
    ----------
    error : OSError
        As it was raised.
    root : Path
        Folder of the project; names in the sentence start there.
    """
    if isinstance(error, FileNotFoundError) and error.filename is None:
        # The system names no file where it is the current folder that is asked for.
        return MissingInput("the current folder has been removed; change to one that is there")
    if error.errno is None or error.errno not in _REMEDIES:
        return None
    if error.filename is None:
        return Pp39Error(f"a file cannot be written: {reason(error)}; {_REMEDIES[error.errno]}")
    path = Path(os.fsdecode(error.filename))
    if _was_read(path, root):
        return UnreadableInput(
            f"{_shown(path, root)} cannot be read: {reason(error)};"
            " give yourself permission to read it"
        )
    return unwritable(path, error, root)


def explained_text(text: str, root: Path) -> Pp39Error | None:
    """Word an error of the operating system of which another process told the text alone.

    Parameters
    ----------
    text : str
        Such as ``[Errno 28] No space left on device: '/a/b'``.
    root : Path
        As of `explained`.
    """
    told = _TEXT.match(text)
    if told is None:
        return None
    number = int(told[1])
    return explained(OSError(number, os.strerror(number), told[2]), root)


def reason(error: OSError) -> str:
    """Give what the system says, such as ``permission denied``."""
    told = error.strerror or type(error).__name__
    return told[:1].lower() + told[1:]


def unwritable(path: Path, error: OSError, root: Path) -> Pp39Error:
    """Word an error about an output: a file or folder that cannot be written.

    Parameters
    ----------
    path : Path
        What was to be written; a file in its way is named instead.
    error : OSError
        Why not.
    root : Path
        Folder of the project; names in the sentence start there.
    """
    there = _nearest_existing(path)
    if there != path and not there.is_dir():
        return _in_the_way(there, root)
    remedy = _REMEDIES.get(error.errno or 0, "make sure that it can be written")
    return Pp39Error(f"{_shown(path, root)} cannot be written: {reason(error)}; {remedy}")


def require_writable(folder: Path, root: Path) -> None:
    """Make sure that a folder, or the one it is going to be made in, can be written into.

    Raises
    ------
    Pp39Error
        When it cannot; says why and what would be right.
    """
    there = _nearest_existing(folder)
    if not there.is_dir():
        raise _in_the_way(there, root)
    if not os.access(there, os.W_OK | os.X_OK):
        locked = os.statvfs(there).f_flag & os.ST_RDONLY
        code = errno.EROFS if locked else errno.EACCES
        raise unwritable(there, OSError(code, os.strerror(code)), root)


def _was_read(path: Path, root: Path) -> bool:
    shown = _shown(path, root)
    if any(shown == one or shown.startswith(f"{one}/") for one in _INPUTS):
        return True
    return os.path.lexists(path) and not os.access(path, os.R_OK)


def _in_the_way(path: Path, root: Path) -> Pp39Error:
    return Pp39Error(f"{_shown(path, root)} is a file where a folder must be; move it away")


def _nearest_existing(path: Path) -> Path:
    return next(one for one in (path, *path.parents) if os.path.lexists(one))


def _shown(path: Path, root: Path) -> str:
    """Name a path from the project, with slashes; one outside as it is."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
