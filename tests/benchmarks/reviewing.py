"""Reviewing a long typed report: a PDF of a hundred pages and more, as an evaluator gets it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from ..typed_reports import Report, as_pdf, hospital
from .made import pages
from .measurement import Row
from .sandbox import Sandbox
from .sizes import Sizes

__all__ = ["measure"]

_MOST = 600
"""Seconds a review may take before it is given up."""


def measure(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Review a report of many pages by ``pp39 review``.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How often, and how many pages at least.
    tell : callable
        Is told how it goes.
    """
    with sandbox.project(sandbox.base) as project:
        path = project / "laporan.pdf"
        as_pdf(hospital(), path)
        times = -(-sizes.review_pages // len(pages(path)))
        as_pdf(Report(hospital().parts * times), path)
        count = len(pages(path))
        command = [sys.executable, "-m", "pp39.cli", "review", path.name, "--json"]
        taken = [
            sandbox.run(command, project, timeout=_MOST).seconds for _ in range(sizes.render_rounds)
        ]
    tell(f"{count} pages in {', '.join(f'{one:.1f} s' for one in taken)}")
    return [Row("review", f"Review of a typed report of {count} pages (PDF)", taken)]
