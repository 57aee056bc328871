"""Showing blocks in a notebook."""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import display

from pp39.report.block import Block

__all__ = ["tampil"]


def tampil(*bagian: Iterable[Block]) -> None:
    """Show the blocks of one or more sections, one output each, in order.

    Parameters
    ----------
    *bagian : iterable of Block
        What the functions of this package return.
    """
    for blocks in bagian:
        for block in blocks:
            display(block)  # type: ignore[no-untyped-call]
