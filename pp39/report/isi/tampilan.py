"""Showing blocks in a notebook."""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import display

from pp39.report.block import Block
from pp39.report.inline import Rujukan, Teks
from pp39.report.isi.bahan import Bahan
from pp39.report.isi.sumber import bersumber
from pp39.report.table import Tabel

__all__ = ["tampil"]


def tampil(b: Bahan, *bagian: Iterable[Block]) -> None:
    """Show the blocks of one or more sections, one output each, in order.

    A figure of a table that a finding speaks of gets a mark that links to the finding; a table of
    raw figures gets a note on where they stand.

    Parameters
    ----------
    b : Bahan
        The material.
    *bagian : iterable of Block
        What the functions of this package return.
    """
    marks = b.tanda()
    note = Teks("* Angka ini menjadi pokok temuan; lihat ", Rujukan("lampiran-temuan"), ".")
    for blocks in bagian:
        for block in blocks:
            shown = bersumber(block.marked(marks, note)) if isinstance(block, Tabel) else block
            # IPython would look for a dozen other ways to show the block.
            display(shown.bundle(), raw=True)  # type: ignore[no-untyped-call]
