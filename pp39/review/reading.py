"""Reading typed reports: Word, PDF with a text layer, and text as converters leave it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pp39.errors import MissingInput, UnreadableInput
from pp39.review.pdf import read_pdf
from pp39.review.text import read_text
from pp39.review.typed import Typed
from pp39.review.word import read_word

_MEGABYTE = 2**20
_MOST = 100
"""Megabytes of a report that are read."""
SUFFIXES: dict[str, Callable[[Path], Typed]] = {
    ".docx": read_word,
    ".pdf": read_pdf,
    ".md": read_text,
    ".txt": read_text,
}


def read_report(path: Path) -> Typed:
    """Read a typed report.

    Parameters
    ----------
    path : pathlib.Path
        ``.docx``, ``.pdf``, ``.md`` or ``.txt``.

    Returns
    -------
    Typed
        Passages and tables in the order of reading; personal data masked.

    Raises
    ------
    pp39.errors.MissingInput
        If there is no such file.
    pp39.errors.UnreadableInput
        If it is none of these, is damaged, or has no text.
    """
    if not path.is_file():
        raise MissingInput(f"{path} is not there; give a .docx, .pdf, .md or .txt file")
    read = SUFFIXES.get(path.suffix.casefold())
    if read is None:
        raise UnreadableInput(
            f"{path.name} is not a report that can be read; right would be one of"
            f" {', '.join(SUFFIXES)}"
        )
    size = path.stat().st_size // _MEGABYTE
    if size > _MOST:
        raise UnreadableInput(
            f"{path.name} has {size} MB; right would be at most {_MOST}, as without its pictures"
        )
    made = read(path)
    if not made.parts:
        raise UnreadableInput(
            f"{path.name} holds no text; if it is a scan, let a text layer be recognised first"
        )
    return made
