"""The display of progress: a live one on a terminal, plain lines everywhere else."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from pp39.printer import rich_console
from pp39.voice import is_live, say, voice

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Lines:
    """One plain line when a step begins, its time when it ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._running = False

    def started(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` begins."""
        self._running = True
        print(f"[{number}/{count}] {title} ... ", end="", file=self._stream, flush=True)

    def ended(self, seconds: float) -> None:
        """Hear that the step that began last is done."""
        self._running = False
        print(f"{seconds:.1f} s", file=self._stream, flush=True)

    def reused(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` is up to date and need not be done."""
        print(f"[{number}/{count}] {title} ... up to date", file=self._stream, flush=True)

    def stopped(self) -> None:
        """Hear that nothing more will be done, whether or not a step has begun."""
        if self._running:
            print("stopped", file=self._stream, flush=True)


class Told:
    """What is said of each step, in the form and as loud as the process speaks."""

    def __init__(self) -> None:
        self._at: tuple[str, int, int] = ("", 0, 0)

    def started(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` begins."""
        self._at = (title, number, count)
        say("info", title, event="started", step=number, steps=count)

    def ended(self, seconds: float) -> None:
        """Hear that the step that began last is done."""
        title, number, count = self._at
        took = round(seconds, 3)
        say("info", title, event="ended", step=number, steps=count, seconds=took)

    def reused(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` is up to date and need not be done."""
        say("info", title, event="reused", step=number, steps=count)

    def stopped(self) -> None:
        """Hear that nothing more will be done; the error that follows tells."""


class Live:
    """A spinner with running time per step."""

    def __init__(self, shown: "Progress") -> None:
        self._shown = shown
        self._task: TaskID | None = None

    def started(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` begins."""
        self._task = self._shown.add_task(f"[{number}/{count}] {title}", total=1)

    def ended(self, seconds: float) -> None:
        """Hear that the step that began last is done."""
        del seconds  # the display keeps its own time
        if self._task is not None:
            self._shown.update(self._task, completed=1)
            self._task = None

    def reused(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` is up to date and need not be done."""
        self.started(f"{title} (up to date)", number, count)
        self.ended(0)

    def stopped(self) -> None:
        """Hear that nothing more will be done, whether or not a step has begun."""
        if self._task is not None:
            self._shown.stop_task(self._task)


@contextmanager
def progress() -> Iterator[Lines | Live | Told]:
    """Show progress on standard error while the block runs."""
    if not voice().says_progress:
        yield from _told(Told())
        return
    if not is_live(sys.stderr, os.environ):
        yield from _told(Lines(sys.stderr))
        return
    # Rich takes a tenth of a second to import; only a terminal needs it.
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=rich_console(sys.stderr)) as shown:
        yield from _told(Live(shown))


def _told(watcher: Lines | Live | Told) -> Iterator[Lines | Live | Told]:
    try:
        yield watcher
    except BaseException:
        watcher.stopped()
        raise
