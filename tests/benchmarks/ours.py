"""Our side: the command ``pp39``, and ``make`` where it may be called."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from pp39.run.naming import run_name

from ..synth import generate
from .made import Made, Subject
from .sandbox import BenchmarkFailed, Finished, Sandbox, Watch

__all__ = [
    "QUARTERS",
    "STEPS",
    "batch",
    "made",
    "make",
    "report",
    "rollup",
    "step_seconds",
    "synthetic",
    "unit_names",
    "written",
]

_PP39 = (sys.executable, "-m", "pp39.cli")
_MINUTES = 60.0
#: Steps of a run, in order, as its log names them.
STEPS = ("01_clean", "02_validate", "03_indicators", "papers", "04_report", "render", "record")
QUARTERS = ("I", "II", "III", "IV")


def report(
    sandbox: Sandbox,
    project: Path,
    subject: Subject,
    *params: str,
    watch: Watch | None = None,
) -> Made:
    """Make a report by ``pp39 report``.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    project : pathlib.Path
        A copy of the project in it.
    subject : Subject
        Which report.
    *params : str
        Overrides, ``name=value`` each, that differ from the base.
    watch : Watch, optional
        Looks at the command while it runs.
    """
    chosen = [word for one in params for word in ("-p", one)]
    command = [*_PP39, "report", "-u", subject.unit, "-q", subject.quarter, *chosen]
    done = sandbox.run(command, project, timeout=40 * _MINUTES, watch=watch)
    return made(project, subject, done.seconds, *params)


def made(project: Path, subject: Subject, seconds: float, *params: str) -> Made:
    """Describe the report that the command has made."""
    inside = subject.inside.with_name(run_name(subject.inside.name, params))
    folder = project / "reports" / inside
    return Made(
        seconds,
        folder / "laporan.html",
        folder / "laporan.pdf",
        tuple(sorted((folder / "kertas-kerja").glob("*.html"))),
        project / "data" / "processed" / inside,
    ).insist()


def make(sandbox: Sandbox, project: Path, subject: Subject) -> Made | None:
    """Make a report by ``make report`` in the project itself, but written into the copy.

    Returns
    -------
    Made or None
        None when make would install something first, or use another Python.
    """
    stamp = ".venv/.installed"
    question = subprocess.run(
        ["make", "--question", stamp],
        cwd=sandbox.root,
        env=sandbox.environment(project),
        capture_output=True,
        timeout=60,
        check=False,
    )
    if question.returncode != 0 or Path(sys.prefix).resolve() != (sandbox.root / ".venv").resolve():
        return None
    command = ["make", "report", f"Q={subject.quarter}", f"UNIT={subject.unit}"]
    done = sandbox.run(command, project, timeout=10 * _MINUTES, cwd=sandbox.root)
    return made(project, subject, done.seconds)


def step_seconds(report: Made) -> dict[str, float]:
    """Read how long each step took in the run that made a report; only those that were done."""
    log = json.loads(_timings(report).read_text(encoding="utf-8"))
    return {str(step): float(seconds) for step, seconds in log["detik"].items()}


def written(report: Made) -> int:
    """Tell when a report was made last, in nanoseconds; an up-to-date one is not made again."""
    return _timings(report).stat().st_mtime_ns


def batch(
    sandbox: Sandbox,
    project: Path,
    units: int,
    workers: int,
    watch: Watch | None = None,
) -> Finished:
    """Make all four reports of all units of a synthetic project by ``pp39 batch``.

    Raises
    ------
    BenchmarkFailed
        If a report is missing, or was not made now.
    """
    command = [*_PP39, "batch", "--workers", str(workers)]
    done = sandbox.run(command, project, timeout=90 * _MINUTES, watch=watch)
    expected = units * len(QUARTERS)
    now = len(re.findall(r"^\[ *\d+/\d+\] .* \.\.\. made ", done.stderr, re.MULTILINE))
    if now != expected:
        raise BenchmarkFailed(f"the batch made {now} reports, not {expected}")
    for unit in unit_names(units):
        for quarter in QUARTERS:
            made(project, Subject(unit, quarter), 0)
    return done


def rollup(sandbox: Sandbox, project: Path, watch: Watch | None = None) -> float:
    """Roll all runs of TW IV up by ``pp39 rollup``; gives how many seconds it took."""
    command = [*_PP39, "rollup", "-q", "IV"]
    return sandbox.run(command, project, timeout=20 * _MINUTES, watch=watch).seconds


def synthetic(sandbox: Sandbox, target: Path, units: int, rows: int) -> Path:
    """Make a project of synthetic units; gives its folder."""
    generate(sandbox.base, target, units=units, seed=39, rows=rows, year=2025)
    found = sorted(one.name for one in (target / "data" / "raw").iterdir())
    if found != unit_names(units):
        raise BenchmarkFailed(f"the synthetic project holds {found}")
    return target


def unit_names(units: int) -> list[str]:
    """Give the slugs of synthetic units."""
    return [f"sintetis-{number:03d}" for number in range(1, units + 1)]


def _timings(report: Made) -> Path:
    return report.html.with_name("jejak-waktu.json")
