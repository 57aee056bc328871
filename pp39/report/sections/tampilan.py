"""Showing chapters in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from IPython.display import display

from pp39.processes import map_forked, uncollected
from pp39.report.block import BLOCK_MIME, Block
from pp39.report.inline import Phrase, Reference
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.outline import Chapter
from pp39.report.sections.sumber import bersumber
from pp39.report.table import Mark, Table

Bundle = dict[str, Any]
_MEANING = Phrase("* Angka ini menjadi pokok temuan; lihat ", Reference("lampiran-mutu"), ".")


def tampil(b: Bahan, laporan: Sequence[Chapter]) -> None:
    """Show the blocks of chapters, one output each, in order.

    The sections of all of them are composed at the same time where that is possible. A figure of a
    table that a finding speaks of gets a mark that links to the finding; a table of raw figures
    gets a note on where they stand.
    """
    chapters = [
        [(one.name, task) for one in bab.walk() for task in one.tasks(b)] for bab in laporan
    ]
    marks, titles = b.tanda(), b.documents
    with uncollected():
        made = iter(
            map_forked(
                lambda task: [_shown(one, marks, titles) for one in task()],
                [task for tasks in chapters for _, task in tasks],
            )
        )
    for bab, tasks in zip(laporan, chapters, strict=True):
        bundles: dict[tuple[str, ...], list[Bundle]] = {one.name: [] for one in bab.walk()}
        for (name, _), shown in zip(tasks, islice(made, len(tasks)), strict=True):
            bundles[name] += shown
        for bundle in _assembled(bab, bundles):
            # IPython would look for a dozen other ways to show the block.
            display(bundle, raw=True)  # type: ignore[no-untyped-call]


def _assembled(bab: Chapter, made: dict[tuple[str, ...], list[Bundle]]) -> list[Bundle]:
    """Put headings above what was composed; a section without content has none."""
    own = made[bab.name]
    parts = [(below, shown) for below in bab.below if (shown := _assembled(below, made))]
    alone = None if own else bab.alone([below for below, _ in parts])
    inside = [*own, *(one for _, shown in parts for one in shown)]
    if alone is not None:
        inside = inside[1:]
        for one in inside:
            if one[BLOCK_MIME]["kind"] == "judul":
                one[BLOCK_MIME]["level"] -= 1
    heading = bab.heading_over(bool(inside) and inside[0][BLOCK_MIME]["wide"], alone)
    whole = [heading.bundle(), *inside] if heading is not None and inside else inside
    for one in whole if bab.given.audit else ():
        one[BLOCK_MIME]["audit"] = True
    return whole


def _shown(block: Block, marks: Mapping[str, Mark], titles: Mapping[str, str]) -> Bundle:
    """Give a block to show; below a table with marks stands what they mean."""
    if isinstance(block, Table):
        block = bersumber(block.marked(marks, _MEANING), titles)
    return block.bundle()
