"""Rendering of executed notebooks by a warm process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from . import ours
from .made import REAL, tree
from .measurement import Row
from .sandbox import BenchmarkFailed, Sandbox
from .sizes import Sizes

__all__ = ["measure"]


def measure(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Render the report alone, and with the page of its notebook, as the command does.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How many times.
    tell : callable
        Is told how it goes.
    """
    with sandbox.project(sandbox.base) as project:
        folder = ours.report(sandbox, project, REAL).html.parent
        report = tree(folder, "laporan.html") | tree(folder, "laporan.pdf")
        page = tree(folder, "04_report.html")
        alone = _rendered(sandbox, project, "report", sizes.render_rounds, report)
        tell("the report alone: " + ", ".join(f"{one:.2f} s" for one in alone))
        whole = _rendered(sandbox, project, "all", sizes.render_rounds, report | page)
        tell("with the page of its notebook: " + ", ".join(f"{one:.2f} s" for one in whole))
    return [
        Row(
            "render",
            "Rendering HTML and PDF of an executed report notebook in warm processes",
            alone,
            note="a fresh fork each time, so that nothing is kept from the one before",
        ),
        Row(
            "render-papers",
            "The same with the page of the notebook itself, as `pp39 report` does",
            whole,
        ),
    ]


def _rendered(
    sandbox: Sandbox, project: Path, parts: str, rounds: int, wanted: dict[str, str]
) -> list[float]:
    """Render in a process of its own and make sure of the bytes; gives the seconds."""
    with sandbox.scratch() as out:
        module = f"{__package__}.renderer"
        command = [sys.executable, "-m", module, parts, str(rounds), str(out)]
        done = sandbox.run(command, project, timeout=120 + 60 * rounds, cwd=sandbox.root)
        for number in range(rounds):
            if _pages(out / str(number)) != wanted:
                raise BenchmarkFailed("what was rendered is not what the command makes")
    seconds: list[float] = json.loads(done.stdout)
    return seconds


def _pages(folder: Path) -> dict[str, str]:
    return tree(folder, "*.html") | tree(folder, "*.pdf")
