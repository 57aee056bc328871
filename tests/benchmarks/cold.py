"""One report: cold, up to date, with one parameter changed; each against plain notebooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import ours
from .made import REAL, Made, insist_same
from .measurement import Row
from .peer import Peer
from .plain import plain_report
from .sandbox import BenchmarkFailed, Sandbox
from .sizes import Sizes

__all__ = ["measure"]

_CHANGE = "nps.promoter_min=8"
#: Steps that the changed parameter must lead to again.
_TOUCHED = {"03_indicators", "papers", "04_report", "render", "record"}
_HTML_PDF = "HTML and PDF"


def measure(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Measure in rounds: plain, one process, cold, up to date, that through make, changed.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How many rounds.
    tell : callable
        Is told how it goes.
    """
    seconds: dict[str, list[float]] = {
        name: [] for name in ("plain", "peer", "cold", "current", "make", "changed")
    }
    peer = Peer(sandbox, tell)
    for number in range(1, sizes.rounds + 1):
        with sandbox.project(sandbox.base) as theirs, sandbox.project(sandbox.base) as mine:
            for name, value in _round(sandbox, theirs, mine).items():
                seconds[name].append(value)
        if peer.there:
            with sandbox.project(sandbox.base) as third:
                seconds["peer"].append(peer.report(third, REAL).seconds)
        told = ", ".join(f"{name} {values[-1]:.2f} s" for name, values in seconds.items() if values)
        tell(f"round {number} of {sizes.rounds}: {told}")
    plain = seconds["plain"]
    rows = [
        Row("cold", f"`pp39 report -q IV`, cold: {_HTML_PDF}", seconds["cold"], plain),
        Row("current", "`pp39 report -q IV` again, up to date", seconds["current"], plain),
    ]
    if seconds["peer"]:
        note = "ploomber-engine for the same notebooks, and the same exporters, in one process"
        rows.append(Row("peer", "the same, cold", seconds["cold"], seconds["peer"], note=note))
    if len(seconds["make"]) == len(plain):
        rows.append(Row("make", "`make report Q=IV` again, up to date", seconds["make"], plain))
    else:
        tell("make would install something first, so it was not measured")
    note = "in a copy made anew each round, so that no step of it is kept from before"
    rows.append(Row("changed", f"`-p {_CHANGE}` after that", seconds["changed"], plain, note=note))
    return rows


def _round(sandbox: Sandbox, theirs: Path, mine: Path) -> dict[str, float]:
    plain = plain_report(sandbox, theirs, REAL)
    cold = ours.report(sandbox, mine, REAL)
    _insist_steps(cold, set(ours.STEPS))
    insist_same(cold, plain)
    page, time = cold.html.read_bytes(), ours.written(cold)

    def unchanged(again: Made) -> float:
        if ours.written(again) != time or again.html.read_bytes() != page:
            raise BenchmarkFailed(f"{again.html} was made anew, and should have been up to date")
        return again.seconds

    seconds = {"plain": plain.seconds, "cold": cold.seconds}
    seconds["current"] = unchanged(ours.report(sandbox, mine, REAL))
    if (through_make := ours.make(sandbox, mine, REAL)) is not None:
        seconds["make"] = unchanged(through_make)
    changed = ours.report(sandbox, mine, REAL, _CHANGE)
    _insist_steps(changed, _TOUCHED)
    if changed.html.read_bytes() == page:
        raise BenchmarkFailed(f"{_CHANGE} changed nothing in {changed.html}")
    return seconds | {"changed": changed.seconds}


def _insist_steps(report: Made, steps: set[str]) -> None:
    done = ours.step_seconds(report).keys()
    if not steps <= done:
        raise BenchmarkFailed(f"{report.html}: only {sorted(done)} were done, not {sorted(steps)}")
