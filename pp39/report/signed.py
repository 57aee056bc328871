"""What of a report is printed and signed: without what is for the audit alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pp39.ledger import slug
from pp39.report.collect import Placed, Report
from pp39.report.inline import Uses


def signed(report: Report) -> tuple[Report, tuple[str, ...]]:
    """Leave out what is for the audit alone, with headings that lose all that stood below them.

    Of the calculations those of figures are kept that are printed before the annexes; an input of
    one is told with it.

    Returns
    -------
    report : Report
        What is printed; a reference to what is not says where it can be read.
    absent : tuple of str
        Anchors that are not in it; the HTML beside the PDF has them.
    """
    blocks = report.blocks
    kept = [not one.told.audit for one in blocks]
    for place in reversed(range(len(blocks))):
        if blocks[place].told.kind == "judul" and not all(kept):
            below = _below(blocks, place)
            kept[place] = kept[place] and (not below or any(kept[one] for one in below))
    printed = [one for one, stays in zip(blocks, kept, strict=True) if stays]
    absent = [one for one, stays in zip(blocks, kept, strict=True) if not stays]
    figures = _figures(printed)
    anchors = [name for one in absent for name in _anchors(one)]
    for place, one in enumerate(printed):
        if one.told.kind == "jejak":
            printed[place] = _of(one, figures)
            anchors += sorted({*_anchors(one)} - {*_anchors(printed[place])})
    numbers = {
        label: f"{number} versi HTML" if label in anchors else number
        for label, number in report.numbers.items()
    }
    return replace(report, blocks=printed, numbers=numbers), tuple(anchors)


def _below(blocks: Sequence[Placed], place: int) -> range:
    """Give the places of the blocks that stand under a heading."""
    level = blocks[place].level
    after = range(place + 1, len(blocks))
    end = next((one for one in after if 0 < blocks[one].level <= level), len(blocks))
    return range(place + 1, end)


def _anchors(block: Placed) -> tuple[str, ...]:
    own = (block.told.label,) if block.told.label else ()
    return own + block.told.uses.anchors


def _figures(blocks: Sequence[Placed]) -> frozenset[str]:
    """Give the ids of the figures that are printed before the annexes."""
    annexes = (n for n, one in enumerate(blocks) if one.told.extra.get("style") == "lampiran")
    body = blocks[: next(annexes, len(blocks))]
    return frozenset().union(*(one.told.uses.ids for one in body))


def _of(block: Placed, figures: frozenset[str]) -> Placed:
    """Keep the calculations of some figures; the rest is there for series to be known by."""
    entries = block.told.extra["entries"]
    shown = [id_ for id_ in entries if id_ in figures]
    anchors = tuple(f"jejak-{slug(id_)}" for id_ in shown)
    extra = block.told.extra | {"shown": frozenset(shown)}
    return replace(block, told=replace(block.told, uses=Uses(anchors=anchors), extra=extra))
