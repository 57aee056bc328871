"""How a batch ended, as JSON: for ``--json``, and for the command that is run when it has ended."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pp39.batch.conductor import State, Watcher
from pp39.batch.outcome import Outcome
from pp39.errors import ParameterError, Pp39Error
from pp39.told import told
from pp39.voice import say

#: Seconds a hook may take.
_PATIENCE = 300
_INTERRUPTED = 130


@dataclass
class Ending:
    """What is known of a batch; it hears of the reports in the place of a watcher."""

    watcher: Watcher | None = None
    #: What became of the reports so far.
    outcomes: Sequence[Outcome] = field(default_factory=list)
    #: A sentence for everything that was asked for by name and has no source data.
    lacking: tuple[str, ...] = ()
    #: The list of all reports, from the project; empty where it was not written.
    index: str = ""

    def changed(self, state: State) -> None:
        """Hear where the batch stands."""
        if self.watcher is not None:
            self.watcher.changed(state)

    def ended(self, outcome: Outcome, state: State) -> None:
        """Hear that a report is dealt with."""
        self.outcomes = [*self.outcomes, outcome]
        if self.watcher is not None:
            self.watcher.ended(outcome, state)

    def summary(self, error: BaseException | None) -> dict[str, Any]:
        """Tell it in JSON types.

        Parameters
        ----------
        error : BaseException or None
            What ended the batch before its time, or tells that it did not succeed.
        """
        status, code, sentence = "done", 0, ""
        if isinstance(error, Pp39Error):
            status, code, sentence = "failed", error.exit_code, error.sentence
        elif isinstance(error, Exception):
            status, code, sentence = "failed", 1, f"unexpected {type(error).__name__}: {error}"
        elif error is not None:
            status, code, sentence = "interrupted", _INTERRUPTED, "interrupted"
        counts = Counter(one.status for one in self.outcomes)
        return {
            "status": status,
            "exit_code": code,
            "sentence": sentence,
            **{name: counts[name] for name in ("made", "current", "failed")},
            "lacking": list(self.lacking),
            "index": self.index,
            "reports": [_written(one) for one in self.outcomes],
        }


@contextmanager
def ending(root: Path, hook: Sequence[str], *, as_json: bool) -> Iterator[Ending]:
    """Tell how the block ended: print it, and hand it to a hook; what that does changes nothing.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project, in which the hook is run.
    hook : sequence of str
        Words of the command; none where there is no hook.
    as_json : bool
        Whether to print it, if a report was dealt with.
    """
    end, error = Ending(), None
    try:
        yield end
    except BaseException as caught:
        error = caught
        raise
    finally:
        summary = json.dumps(end.summary(error), ensure_ascii=False, indent=2)
        if as_json and end.outcomes:
            print(summary)
        if hook:
            _run(root, hook, summary)


def hook_words(command: str, where: str) -> tuple[str, ...]:
    """Split the command of a hook as a shell does.

    Raises
    ------
    ParameterError
        When a quotation mark in it is not closed.

    Examples
    --------
    >>> hook_words("./tell.sh 'all units'", "--hook")
    ('./tell.sh', 'all units')
    """
    try:
        return tuple(shlex.split(command))
    except ValueError:
        raise ParameterError(f"{where} {told(command)}: a quotation mark is not closed") from None


def _run(root: Path, hook: Sequence[str], summary: str) -> None:
    named = told(shlex.join(hook))
    try:
        done = subprocess.run(
            hook,
            cwd=root,
            input=summary,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PATIENCE,
            check=False,
        )
    except OSError as error:
        reason = (error.strerror or "it cannot be run").lower()
        say("warning", f"the hook {named} cannot be run: {reason}; the batch is as it was")
        return
    except subprocess.TimeoutExpired:
        say("warning", f"the hook {named} took longer than {_PATIENCE} s; the batch is as it was")
        return
    lines = done.stdout.split("\n")
    for line in filter(None, lines):
        say("debug", f"hook: {line}")
    if done.returncode:
        last = next((one for one in reversed(lines) if one.strip()), "")
        said = f", saying {told(last)}" if last else ""
        say(
            "warning",
            f"the hook {named} ended with {done.returncode}{said}; the batch is as it was",
        )


def _written(outcome: Outcome) -> dict[str, Any]:
    at = outcome.address
    return {
        "report": outcome.name,
        "unit": at.unit,
        "year": at.year,
        "quarter": str(at.period),
        "run": at.run,
        "status": outcome.status,
        "seconds": round(outcome.seconds, 3),
        "exit_code": outcome.code,
        "sentence": outcome.sentence,
    }
