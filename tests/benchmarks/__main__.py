"""The command: measures, prints the table and writes it to ``build/bench.md`` and ``.json``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from . import batches, cold, distributed, memory, ours, rendering, reviewing, rollups, scale
from .machine import Machine, Others, code_digest
from .made import REAL
from .measurement import Row
from .sandbox import BenchmarkFailed, Sandbox
from .sizes import QUICK, WHOLE, Sizes
from .table import pairs, to_json, to_markdown

ROOT = Path(__file__).resolve().parents[2]
Suite = Callable[[Sandbox, Sizes, Callable[[str], None]], list[Row]]
#: In the order they run.
SUITES: Mapping[str, Suite] = {
    "cold": cold.measure,
    "render": rendering.measure,
    "review": reviewing.measure,
    "batch": batches.measure_batch,
    "workers": batches.measure_workers,
    "memory": memory.measure,
    "scale": scale.measure,
    "rollup": rollups.measure,
    "distributed": distributed.measure,
}
#: Above this load average something else is running.
_IDLE = 0.5
#: The same while it runs: the part of all processors that others have.
_DISTURBED = 0.05
_FAILED, _MISSED, _INTERRUPTED = 2, 1, 130


def main(arguments: Sequence[str]) -> int:
    """Measure; gives 0, 1 when a goal was missed, 2 when the figures cannot be trusted."""
    asked = _parser().parse_args(arguments)
    try:
        suites = _chosen(asked.only)
        sizes = (QUICK if asked.quick else WHOLE).changed(asked.size)
    except ValueError as error:
        print(f"bench: {error}", file=sys.stderr)
        return _FAILED
    machine, others, digest = Machine.here(ROOT), Others(), code_digest(ROOT)
    remarks = _remarks(machine, sizes, asked.only)
    name = "bench-quick" if asked.quick else "bench"
    rows: list[Row] = []
    text = ""
    try:
        with Sandbox(ROOT) as sandbox:
            _warm_up(sandbox)
            for suite in suites:
                rows += _measured(suite, sandbox, sizes)
                if code_digest(ROOT) != digest:
                    raise BenchmarkFailed("the code has changed while it was being measured")
                told = remarks + _disturbed(others)
                text = _write(asked.out, name, machine, rows, told)
    except (BenchmarkFailed, ValueError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return _FAILED
    except KeyboardInterrupt:
        print("bench: interrupted; only what was measured whole is written", file=sys.stderr)
        return _INTERRUPTED
    print(text)
    missed = any(row.met is False for row in rows)
    return _MISSED if missed and not asked.quick else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run of a few minutes; goals do not count"
    )
    parser.add_argument("--only", default=",".join(SUITES), help="some of %(default)s")
    parser.add_argument(
        "--size",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="change a size: " + ", ".join(vars(WHOLE)),
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="folder of the results")
    return parser


def _chosen(names: str) -> list[str]:
    chosen = [one.strip() for one in names.split(",") if one.strip()]
    for one in chosen:
        if one not in SUITES:
            raise ValueError(f"there is no '{one}' to measure; there are {', '.join(SUITES)}")
    return chosen


def _remarks(machine: Machine, sizes: Sizes, only: str) -> list[str]:
    """Give what a reader of the table has to know first."""
    remarks = []
    if sizes == QUICK:
        remarks.append(
            "Smoke run with small sizes: the figures say little, and goals do not count."
        )
    elif sizes != WHOLE:
        remarks.append(f"Sizes were changed: {sizes}.")
    if set(_chosen(only)) != set(SUITES):
        remarks.append(f"Only a part was measured: {only}.")
    if machine.load > _IDLE:
        remarks.append(f"The machine was not idle: load average {machine.load:.2f} at the start.")
    return remarks


def _disturbed(others: Others) -> list[str]:
    share = others.share()
    if share <= _DISTURBED:
        return []
    return [f"Others had {share:.0%} of the processors while it was measured."]


def _warm_up(sandbox: Sandbox) -> None:
    """Make a report that is not measured, so that files are read and compiled for both sides."""
    with sandbox.project(sandbox.base) as project:
        ours.report(sandbox, project, REAL)


def _measured(suite: str, sandbox: Sandbox, sizes: Sizes) -> list[Row]:
    def tell(text: str) -> None:
        print(f"{suite}: {text}", file=sys.stderr, flush=True)

    rows = SUITES[suite](sandbox, sizes, tell)
    for row in rows:
        for line in pairs(row):
            print(f"  {line}", file=sys.stderr, flush=True)
    return rows


def _write(
    folder: Path, name: str, machine: Machine, rows: Sequence[Row], remarks: Sequence[str]
) -> str:
    text = to_markdown(machine, rows, remarks)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / f"{name}.json").write_text(to_json(machine, rows, remarks), encoding="utf-8")
    return text


def _interrupt(number: int, _: object) -> NoReturn:
    # A second one must not interrupt the clearing up after the first.
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    # A polite kill clears up like Ctrl-C, which a shell may have let processes ignore.
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    sys.exit(main(sys.argv[1:]))
