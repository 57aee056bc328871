"""Files that belong to a report and lie elsewhere: the page offers them, print does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from pp39.report.block import Block, Description
from pp39.report.text import html_text

__all__ = ["Downloads"]

_FILES = {
    "Temuan (CSV)": "temuan.csv",
    "Indikator (CSV)": "indikator.csv",
    "Buku angka (JSON)": "ledger.json",
    "Perbaikan data (CSV)": "perbaikan.csv",
    "Hasil pemeriksaan (JSON)": "pemeriksaan.json",
}


@dataclass(frozen=True)
class Downloads(Block):
    """What a reader of the page may take away besides the PDF.

    Parameters
    ----------
    files : mapping of str to str
        Address of each file, relative to the report's folder, by what it is called.
    """

    files: Mapping[str, str]

    @classmethod
    def of(cls, run: PurePath) -> Downloads:
        """Offer what a run leaves among the processed files, from where its report is published.

        Parameters
        ----------
        run : pathlib.PurePath
            Folder of the run below ``reports`` and ``data/processed``.

        Examples
        --------
        >>> Downloads.of(PurePath("unit", "2025", "IV", "dasar")).files["Temuan (CSV)"]
        '../../../../../data/processed/unit/2025/IV/dasar/temuan.csv'
        """
        below = PurePath(*[".."] * (len(run.parts) + 1), "data", "processed", run)
        return cls({name: quote((below / file).as_posix()) for name, file in _FILES.items()})

    def html(self) -> str:
        """Render as links."""
        items = "".join(
            f'<li><a href="{html_text(address)}">{html_text(name)}</a></li>'
            for name, address in self.files.items()
        )
        return f"<ul>{items}</ul>"

    def typst(self) -> str:
        """Render nothing: what belongs to a printed report travels inside the PDF."""
        return ""

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("unduhan", extra={"files": list(self.files.items())})
