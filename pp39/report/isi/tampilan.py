"""Showing blocks in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from IPython.display import display

from pp39.processes import map_forked
from pp39.report.block import Block
from pp39.report.inline import Rujukan, Teks
from pp39.report.isi.bahan import Bahan
from pp39.report.isi.sumber import bersumber
from pp39.report.table import Tabel

__all__ = ["tampil", "tampil_setiap"]

T = TypeVar("T")


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
    for blocks in bagian:
        _tunjukkan(_rupa(b, blocks))


def tampil_setiap(
    b: Bahan, susun: Callable[[Bahan, T], Iterable[Block]], pokok: Sequence[T]
) -> None:
    """Compose a section for each of several subjects, where it can be at the same time; show all.

    Parameters
    ----------
    b : Bahan
        The material.
    susun : callable
        Function of this package that composes the section of a subject.
    pokok : sequence
        The subjects, in the order of their sections.
    """
    for bundles in map_forked(lambda satu: _rupa(b, susun(b, satu)), pokok):
        _tunjukkan(bundles)


def _rupa(b: Bahan, blocks: Iterable[Block]) -> list[dict[str, Any]]:
    marks = b.tanda()
    note = Teks("* Angka ini menjadi pokok temuan; lihat ", Rujukan("lampiran-temuan"), ".")
    return [
        (bersumber(one.marked(marks, note)) if isinstance(one, Tabel) else one).bundle()
        for one in blocks
    ]


def _tunjukkan(bundles: Iterable[dict[str, Any]]) -> None:
    for bundle in bundles:
        # IPython would look for a dozen other ways to show the block.
        display(bundle, raw=True)  # type: ignore[no-untyped-call]
