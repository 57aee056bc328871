"""What a user sees of a batch: progress while it runs, a table at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from pp39.batch.conductor import State
from pp39.batch.outcome import Outcome
from pp39.periods import Period
from pp39.printer import rich_console, words
from pp39.voice import is_live, say, voice

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WORDS = {"made": "made", "current": "up to date", "failed": "FAILED"}


class Lines:
    """One plain line for every report that is dealt with."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def changed(self, state: State) -> None:
        """Hear where the batch stands."""

    def ended(self, outcome: Outcome, state: State) -> None:
        """Hear that a report is dealt with."""
        width = len(str(state.total))
        line = f"[{state.done:>{width}}/{state.total}] {outcome.name} ... {_told(outcome)}"
        if state.estimate is not None and state.done < state.total:
            line += f" (about {duration(state.estimate)} left)"
        print(line, file=self._stream, flush=True)
        if outcome.sentence:
            print(f"{'':>{2 * width + 3}} {outcome.sentence}", file=self._stream, flush=True)


class Told:
    """What is said of each report, in the form and as loud as the process speaks."""

    def changed(self, state: State) -> None:
        """Hear where the batch stands."""

    def ended(self, outcome: Outcome, state: State) -> None:
        """Hear that a report is dealt with."""
        lost = outcome.status == "failed"
        told = f"{outcome.name}: {outcome.sentence}" if lost else outcome.name
        say(
            "error" if lost else "info",
            told,
            event="report",
            step=state.done,
            steps=state.total,
            report=outcome.name,
            status=outcome.status,
            seconds=round(outcome.seconds, 3),
            exit_code=outcome.code,
        )


@contextmanager
def watching() -> Iterator[Lines | Live | Told]:
    """Tell on standard error how a batch goes while the block runs."""
    if not voice().says_progress:
        yield Told()
    elif not is_live(sys.stderr, os.environ):
        yield Lines(sys.stderr)
    else:
        with live() as watcher:
            yield watcher


class Live:
    """A table that is drawn anew: counts, what is running, what has failed."""

    #: So many names of running and failed reports are shown.
    shown = 8

    def __init__(self) -> None:
        self._state = State(0)
        self._failed: list[Outcome] = []

    def changed(self, state: State) -> None:
        """Hear where the batch stands."""
        self._state = state

    def ended(self, outcome: Outcome, state: State) -> None:
        """Hear that a report is dealt with."""
        self._state = state
        if outcome.status == "failed":
            self._failed.append(outcome)

    def __rich__(self) -> Table:
        """Draw it."""
        from rich.progress_bar import ProgressBar  # noqa: PLC0415  only a terminal needs it
        from rich.table import Table  # noqa: PLC0415

        state = self._state
        grid = Table.grid(padding=(0, 1))
        left = f"about {duration(state.estimate)} left" if state.estimate is not None else ""
        grid.add_row(
            ProgressBar(total=max(1, state.total), completed=state.done, width=30),
            words(f"{state.done}/{state.total} {total(state)} {left}"),
        )
        lines = [("running", name) for name in state.running]
        lines += [("FAILED", f"{one.name}: {one.sentence}") for one in self._failed[-self.shown :]]
        for what, name in lines[: 2 * self.shown]:
            grid.add_row(words(what, "red" if what == "FAILED" else ""), words(name))
        return grid


@contextmanager
def live() -> Iterator[Live]:
    """Draw progress on standard error while the block runs."""
    from rich.live import Live as Drawn  # noqa: PLC0415  only a terminal needs it

    watcher = Live()
    with Drawn(watcher, console=rich_console(sys.stderr), refresh_per_second=4):
        yield watcher


def total(state: State) -> str:
    """Put the counts of a batch into words.

    Examples
    --------
    >>> total(State(96, made=3, current=90, failed=1, running=("a", "b")))
    '3 made, 90 up to date, 1 failed, 2 running'
    """
    parts = (
        (state.made, "made"),
        (state.current, "up to date"),
        (state.failed, "failed"),
        (len(state.running), "running"),
    )
    return ", ".join(f"{count} {what}" for count, what in parts if count) or "nothing yet"


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    """Print a row for each unit, year and run, and below it why reports failed."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    rows: dict[tuple[str, str, str], dict[Period, str]] = {}
    for one in outcomes:
        at = one.address
        rows.setdefault((at.unit, str(at.year), at.run), {})[at.period] = _told(one)
    quarters = [one for one in Period if any(one in row for row in rows.values())]
    table = Table(box=SIMPLE_HEAD, show_edge=False)
    for name in ("unit", "year", "run", *map(str, quarters)):
        table.add_column(name)
    for head, row in rows.items():
        table.add_row(*map(words, (*head, *(row.get(quarter, "") for quarter in quarters))))
    console.print(table)
    for one in outcomes:
        if one.status == "failed":
            console.print(words(f"{one.name}: {one.sentence}"))


def duration(seconds: float) -> str:
    """Put a duration into words.

    Examples
    --------
    >>> duration(3.25), duration(95), duration(7300)
    ('3.2 s', '1 min 35 s', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def _told(outcome: Outcome) -> str:
    word = _WORDS[outcome.status]
    return f"{word} {duration(outcome.seconds)}" if outcome.status == "made" else word
