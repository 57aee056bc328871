"""One report: what it is of, what it consists of, and that two of them are the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from .sandbox import BenchmarkFailed

__all__ = ["REAL", "Made", "Subject", "insist_same", "pages", "tree"]

_YEAR = "2025"
#: No report is smaller.
_LEAST_BYTES = 50_000


@dataclass(frozen=True)
class Subject:
    """What a report is of.

    Attributes
    ----------
    unit : str
        Slug of the unit.
    quarter : str
        ``I``-``IV``.
    """

    unit: str
    quarter: str

    @property
    def inside(self) -> Path:
        """Its folder within the reports of a project, and within the processed data."""
        return Path(self.unit, _YEAR, self.quarter, "dasar")


REAL = Subject("bspji-ambon", "IV")


@dataclass(frozen=True)
class Made:
    """A report that was made.

    Attributes
    ----------
    seconds : float
        How long it took.
    html, pdf : pathlib.Path
        The report.
    papers : tuple of pathlib.Path
        Pages of the working papers.
    processed : pathlib.Path
        Folder of clean tables, ledger, indicators, findings.
    """

    seconds: float
    html: Path
    pdf: Path
    papers: tuple[Path, ...]
    processed: Path

    def insist(self) -> Made:
        """Give the report itself when it is whole.

        Raises
        ------
        BenchmarkFailed
            If a part is missing or cannot be what it is called.
        """
        for path, head in ((self.html, b"<!doctype html"), (self.pdf, b"%pdf-")):
            content = path.read_bytes() if path.is_file() else b""
            if len(content) < _LEAST_BYTES or not content[:20].lower().startswith(head):
                raise BenchmarkFailed(f"{path} is missing or broken")
        names = [one.stem for one in self.papers if one.is_file()]
        if names != ["01_clean", "02_validate", "03_indicators", "04_report"]:
            raise BenchmarkFailed(f"the working papers of {self.html} are {names}")
        return self


def insist_same(ours: Made, plain: Made) -> None:
    """Compare HTML, pages of the PDF and processed data of the two sides, to the byte.

    Raises
    ------
    BenchmarkFailed
        If they differ; the PDF may by its attachment, which plain nbconvert does not make.
    """
    if ours.html.read_bytes() != plain.html.read_bytes():
        raise BenchmarkFailed(f"{ours.html} and {plain.html} differ")
    if pages(ours.pdf) != pages(plain.pdf):
        raise BenchmarkFailed(f"{ours.pdf} and {plain.pdf} have different pages")
    mine, theirs = tree(ours.processed), tree(plain.processed)
    if "indikator.csv" not in mine or "ledger.json" not in mine or mine != theirs:
        different = sorted(
            name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)
        )
        raise BenchmarkFailed(f"{ours.processed} and {plain.processed} differ in {different}")


def pages(pdf: Path) -> list[str]:
    """Give a digest of what each page of a PDF draws."""
    from pypdf import PdfReader  # noqa: PLC0415  only what compares needs it

    found = []
    for page in PdfReader(pdf).pages:
        drawn = page.get_contents()
        found.append(hashlib.sha256(drawn.get_data() if drawn else b"").hexdigest())
    return found


def tree(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Give the SHA-256 of the files below a folder, by their names from it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob(pattern))
        if path.is_file()
    }
