"""Reading typed reports: Word, PDF with a text layer, and text as converters leave it.

Those that write 1,372.50 for 1.372,50 are read in our marks, and told in their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from pp39.errors import MissingInput, UnreadableInput
from pp39.findings import Finding
from pp39.review.pdf import read_pdf
from pp39.review.text import read_text
from pp39.review.typed import Grid, Passage, Typed
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
_GROUPED = re.compile(r"(?<![\w.,/-])-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9]|[.,/-][0-9])")
_OURS = re.compile(
    r"(?<![\w.,/-])-?(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+,[0-9]+)(?![0-9]|[.,/-][0-9])"
)
_TURNED = str.maketrans(".,", ",.")
_OFTEN = 4
"""Times that a report must write numbers one way for each time it writes them the other."""


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


def is_english(report: Typed) -> bool:
    """Tell whether a report has commas between thousands, by numbers that are read one way only."""
    texts = [text for text, _ in report.texts()]
    theirs = sum(
        one[0].count(",") > 1 or "." in one[0] for t in texts for one in _GROUPED.finditer(t)
    )
    ours = sum(
        one[0].count(".") > 1 or re.search(r"\.[0-9]+,", one[0]) is not None
        for t in texts
        for one in _OURS.finditer(t)
    )
    return theirs > _OFTEN * ours


def respelt(report: Typed) -> Typed:
    """Write the numbers of an English report with our marks."""

    def ours(text: str) -> str:
        return _GROUPED.sub(lambda one: one[0].translate(_TURNED), text)

    def part(one: Passage | Grid) -> Passage | Grid:
        if isinstance(one, Passage):
            return replace(one, text=ours(one.text))
        return replace(one, rows=tuple(tuple(map(ours, row)) for row in one.rows))

    return replace(report, parts=[part(one) for one in report.parts])


def spelt_back(findings: Iterable[Finding]) -> list[Finding]:
    """Tell findings with the marks that the report has."""

    def theirs(text: str) -> str:
        return _OURS.sub(lambda one: one[0].translate(_TURNED), text)

    return [
        replace(
            one,
            dinyatakan=theirs(one.dinyatakan),
            dihitung=theirs(one.dihitung),
            penjelasan=theirs(one.penjelasan),
        )
        for one in findings
    ]
