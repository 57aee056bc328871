"""What a command says beside its result, on standard error: sentences, or one JSON object a line.

A line of JSON holds ``level`` and ``message``, and of `Facts` what is known, nothing else. What
keeps such lines puts the time to them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TextIO, TypedDict, Unpack

from pp39.errors import ParameterError
from pp39.told import told
from pp39.variables import LOG

Level = Literal["debug", "info", "warning", "error"]
LEVELS: tuple[Level, ...] = ("debug", "info", "warning", "error")
_PREFIX: Mapping[str, str] = MappingProxyType({"warning": "pp39: warning: "})


class Facts(TypedDict, total=False):
    """What a line may tell beside its sentence."""

    event: Literal["started", "ended", "reused", "report"]
    step: int
    steps: int
    report: str
    status: Literal["made", "current", "failed"]
    seconds: float
    exit_code: int


@dataclass(frozen=True, slots=True)
class Voice:
    """How loud a command is, and in which form."""

    #: What is less than this is not said.
    least: Level = "info"
    #: Whether each line is a JSON object.
    as_json: bool = False

    @property
    def says_progress(self) -> bool:
        """Whether progress is told, in a form that is for people."""
        return not self.as_json and LEVELS.index(self.least) <= LEVELS.index("info")

    def hears(self, level: Level) -> bool:
        """Tell whether something of this level is said."""
        return LEVELS.index(level) >= LEVELS.index(self.least)


_current = Voice()


def speak(chosen: Voice) -> None:
    """Choose how this process speaks from now on."""
    global _current  # noqa: PLW0603  standard error is one for a process, too
    _current = chosen


def voice() -> Voice:
    """Give how this process speaks."""
    return _current


def voice_of(arguments: Sequence[str]) -> Voice:
    """Read from the words of a command, and from ``PP39_LOG``, how it is to speak.

    They are looked at before anything else is, so that a mistake in the others is told in this
    form, too.

    Raises
    ------
    ParameterError
        When they ask for two things at once, or for a form there is not.

    Examples
    --------
    >>> voice_of(["report", "-q", "IV", "--quiet", "--log", "json"])
    Voice(least='warning', as_json=True)
    """
    words = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    form, where = os.environ.get(LOG) or "text", LOG
    for number, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--log" and (equals or number + 1 < len(words)):
            form, where = value if equals else words[number + 1], "--log"
    if form not in ("text", "json"):
        raise ParameterError(f"{where} is {told(form)}; use text or json")
    if "--quiet" in words and "--verbose" in words:
        raise ParameterError("--quiet and --verbose were given together; give one of them")
    least: Level = "info"
    if "--quiet" in words:
        least = "warning"
    elif "--verbose" in words:
        least = "debug"
    return Voice(least, form == "json")


def say(level: Level, message: str, **facts: Unpack[Facts]) -> None:
    """Say a sentence on standard error, if it is loud enough.

    Parameters
    ----------
    level : {"debug", "info", "warning", "error"}
        How much it matters.
    message : str
        One plain sentence; several stand in a line each.
    **facts
        What a line of JSON holds beside it.
    """
    if not _current.hears(level):
        return
    if _current.as_json:
        line = json.dumps({"level": level, "message": message, **facts}, ensure_ascii=False)
    else:
        line = _PREFIX.get(level, "pp39: ") + message
    print(line, file=sys.stderr, flush=True)


def is_live(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Tell whether a live display suits the stream.

    Examples
    --------
    >>> import io
    >>> is_live(io.StringIO(), {})
    False
    """
    plain = ("CI", "NO_COLOR")
    if any(environment.get(name) for name in plain) or environment.get("TERM") == "dumb":
        return False
    return stream.isatty()
