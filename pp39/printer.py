"""All that is printed goes through here: no text from outside reaches the terminal raw.

`install` puts a `Printer` in the place of the standard streams, so that `print` is safe, and
`rich_console` gives Rich a console that writes to it and is as safe. What the encoding of the
terminal lacks is written out; nothing that is printed can end a command with an error of its own,
but for a disk that is full.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from pp39.characters import ESCAPING, visible
from pp39.errors import Pp39Error

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


class ReaderGone(Exception):
    """Whoever read the standard output has enough of it."""


class Printer(io.TextIOWrapper):
    """A standard stream that writes out what would not be seen."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        super().__init__(
            stream.buffer,
            encoding=stream.encoding,
            errors=ESCAPING,
            newline="\n",
            line_buffering=stream.line_buffering,
        )
        self._lost = stream.fileno() == 2
        # It would close what they share when nobody holds it any more.
        self._replaced = stream

    def write(self, text: str, /) -> int:
        """Write a text, made visible."""
        return self.styled(visible(text))

    def styled(self, text: str) -> int:
        """Write a text as it is: only for what Rich has made of visible text."""
        try:
            return super().write(text)
        except OSError as error:
            return self._failed(error, len(text))

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            super().flush()
        except OSError as error:
            self._failed(error, 0)

    def _failed(self, error: OSError, count: int) -> int:
        # What is left in the buffer would fail again when the process ends.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
        if self._lost:
            return count  # there is nobody to tell
        if error.errno == errno.EPIPE:
            raise ReaderGone from None
        told = (error.strerror or "unknown reason").lower()
        raise Pp39Error(
            f"the standard output cannot be written: {told}; make room or choose another place"
        ) from None


#: Columns that are printed to, however few or many there are.
_NARROWEST, _WIDEST = 20, 500


class _Styled:
    """A printer as Rich sees it."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self.encoding = printer.encoding

    def write(self, text: str) -> int:
        return self._printer.styled(text)

    def flush(self) -> None:
        self._printer.flush()

    def isatty(self) -> bool:
        return self._printer.isatty()

    def fileno(self) -> int:
        return self._printer.fileno()


def install() -> None:
    """Make the standard streams safe, those that were closed included."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # Otherwise the next file to be opened would be taken for it.
            os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            number = 1 if name == "stdout" else 2
            stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        setattr(sys, name, Printer(stream))


def finish() -> None:
    """Hand over what is left when the process is about to end, whatever comes of it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(ReaderGone, Pp39Error, ValueError):
            stream.flush()


def rich_console(stream: TextIO | None = None, width: int | None = None) -> Console:
    """Give a console of Rich; standard output is its stream if none is named."""
    # Rich takes a tenth of a second to import, and most commands do without.
    from rich.console import Console  # noqa: PLC0415
    from rich.segment import Segment  # noqa: PLC0415

    class Visible(Console):
        """Makes visible what is not made of `words`; a table may cut that off."""

        def render(self, renderable: Any, options: Any = None) -> Iterable[Segment]:
            for one in super().render(renderable, options):
                yield one if one.control else Segment(visible(one.text), one.style)

    file: Any = sys.stdout if stream is None else stream
    if isinstance(file, Printer):
        file = _Styled(file)
    console = Visible(file=file, width=width)
    # In the columns that an environment claims nothing may be printed, or gigabytes of blanks.
    console.width = min(max(console.width, _NARROWEST), _WIDEST)
    return console


def words(text: str, style: str = "") -> Text:
    """Give a text for Rich: made visible before it is measured, and never taken for markup."""
    from rich.text import Text  # noqa: PLC0415

    return Text(visible(text), style=style)
