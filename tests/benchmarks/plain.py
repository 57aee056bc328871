"""The reference: plain Papermill and plain nbconvert, as anybody would call them."""

from __future__ import annotations

import sys
from pathlib import Path

from .made import Made, Subject
from .sandbox import Sandbox

__all__ = ["plain_report"]

_PROGRAMS = Path(sys.executable).parent
_NOTEBOOKS = ("01_clean", "02_validate", "03_indicators", "04_report")
_MINUTES = 60.0


def plain_report(sandbox: Sandbox, project: Path, subject: Subject) -> Made:
    """Make a report the plain way: a fresh kernel for every notebook, then the exporters.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    project : pathlib.Path
        A copy of the project in it.
    subject : Subject
        Which report; a parameter is passed only where it is not the notebooks' default.

    Returns
    -------
    Made
        Its time is that of all commands together.
    """
    out = project.parent / f"plain-{subject.unit}-{subject.quarter}"
    out.mkdir()
    unit = () if subject.unit == "bspji-ambon" else ("-p", "unit", subject.unit)
    commands: list[list[str | Path]] = [
        [
            *(_PROGRAMS / "papermill", f"notebooks/{name}.ipynb", out / f"{name}.ipynb"),
            *(*unit, "-p", "quarter", subject.quarter),
        ]
        for name in _NOTEBOOKS
    ]
    for kind in ("html", "pdf"):
        commands.append(
            [
                *(_PROGRAMS / "jupyter", "nbconvert", "--to", f"pp39-{kind}"),
                *("--output-dir", out, "--output", "laporan", out / "04_report.ipynb"),
            ]
        )
    # One call for all four, which is the quickest plain way.
    papers = [out / f"{name}.ipynb" for name in _NOTEBOOKS]
    commands.append([_PROGRAMS / "jupyter", "nbconvert", "--to", "pp39-kertas-kerja", *papers])
    seconds = sum(
        sandbox.run(command, project, timeout=20 * _MINUTES).seconds for command in commands
    )
    return Made(
        seconds,
        out / "laporan.html",
        out / "laporan.pdf",
        tuple(one.with_suffix(".html") for one in papers),
        project / "data" / "processed" / subject.inside,
    ).insist()
