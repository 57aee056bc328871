"""The errors a user can meet, and the exit code each one ends a command with.

::

    Exception
    └── Pp39Error                    1  an output cannot be written, or nothing below fits
        ├── ParameterError           2  a parameter or the usage is wrong   (also a ValueError)
        ├── CheckFailed              3  a data check stopped the run
        ├── InputError               4  an input cannot be used
        │   ├── MissingInput         4  …because it is not there     (also a FileNotFoundError)
        │   └── UnreadableInput      4  …because it cannot be read   (also a ValueError)
        ├── VerificationFailed       5  the files are not what the record says
        └── NotebookFailed           *  a cell raised; carries the code of what was raised

Every error takes one plain sentence: what is wrong, where (file, row, column), and what would be
right. The sentence is all a user sees, so it must stand on its own. An error about several things
takes a sentence for each, and tells them in lines; `pp39.together` collects them. A sentence never
repeats more than 100 letters of a value, whatever was found in a file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

__all__ = [
    "CheckFailed",
    "InputError",
    "MissingInput",
    "NotebookFailed",
    "ParameterError",
    "Pp39Error",
    "UnreadableInput",
    "VerificationFailed",
    "exit_code_of",
    "is_slip",
    "near",
    "nearest",
]


# Sentences that one error shows; letters of a value that a sentence repeats, and of a sentence.
_SHOWN = 20
_VALUE = 100
_LONGEST = 1000
_TAIL = re.compile(r"and ([0-9]+) more")
# What stands between quotation marks that open a word and close one.
_QUOTED = re.compile(r'(?<![^\s(])"(.*?)"(?=[\s,;:.)]|$)', re.DOTALL)
# A path may be longer than a value, but not much.
_LONG_WORD = re.compile(rf'[^\s"]{{{2 * _VALUE + 1},}}')


class Pp39Error(Exception):
    """Root of the tree.

    Parameters
    ----------
    sentence : str
        One plain sentence for the user.
    *more : str
        Further sentences where several things are wrong at once.
    """

    exit_code: int = 1

    def __init__(self, sentence: str, *more: str) -> None:
        super().__init__(*map(_shortened, (sentence, *more)))

    @property
    def sentence(self) -> str:
        """What the user is shown: the sentence, or the first of several in a line each."""
        shown, hidden = self.sentences[:_SHOWN], self.sentences[_SHOWN:]
        if hidden:
            # The last may itself only count others.
            counted = _TAIL.fullmatch(hidden[-1])
            left = len(hidden) + (int(counted[1]) - 1 if counted else 0)
            shown = (*shown, f"and {left} more")
        return "\n".join(shown)

    @property
    def brief(self) -> str:
        """The first sentence, and how many more there are; for a list of many runs."""
        first, *others = self.sentence.splitlines()
        counted = _TAIL.fullmatch(others[-1]) if others else None
        more = len(others) + (int(counted[1]) - 1 if counted else 0)
        return f"{first} (and {more} more)" if more else first

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, however many."""
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return self.sentence

    def __reduce__(self) -> tuple[Any, ...]:
        # A class may take something else than its sentences.
        return _remade, (type(self), self.args, vars(self))


class ParameterError(Pp39Error, ValueError):
    """A parameter, its value or the usage of a command is wrong."""

    exit_code = 2


class CheckFailed(Pp39Error):
    """A critical data check failed, so nothing is rendered."""

    exit_code = 3


class InputError(Pp39Error):
    """An input cannot be used."""

    exit_code = 4


class MissingInput(InputError, FileNotFoundError):
    """An input file, folder or run is not there."""


class UnreadableInput(InputError, ValueError):
    """An input is there but cannot be read as what it should be."""


class VerificationFailed(Pp39Error):
    """Files differ from what the record of the run says."""

    exit_code = 5


class NotebookFailed(Pp39Error):
    """A cell of a notebook raised.

    Parameters
    ----------
    notebook : str
        Name of the notebook, without folders.
    cell : int
        Number of the cell, counted from 1 over all cells as JupyterLab shows them.
    ename : str
        Class name of what the cell raised.
    evalue : str
        Its sentence.
    """

    def __init__(self, notebook: str, cell: int, ename: str, evalue: str) -> None:
        # A sentence of ours says where the fault is, and that is never the cell.
        foreseen = ename in _codes()
        place = f"{notebook}, cell {cell}: {ename}: "
        super().__init__(*(evalue.split("\n") if foreseen else [place + evalue]))
        self.notebook = notebook
        self.cell = cell
        self.ename = ename
        self.evalue = evalue
        self.exit_code = exit_code_of(ename)


def exit_code_of(ename: str) -> int:
    """Give the exit code of an error known only by its class name, as a kernel reports it.

    Parameters
    ----------
    ename : str
        Class name, such as ``"CheckFailed"``.

    Returns
    -------
    int
        The documented exit code; 1 for a class that is no error of ours.

    Examples
    --------
    >>> exit_code_of("MissingInput"), exit_code_of("ZeroDivisionError")
    (4, 1)
    """
    return _codes().get(ename, 1)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Find the known word most like one that is not known.

    Parameters
    ----------
    word : str
        What was written.
    words : iterable of str
        What could have been meant.

    Returns
    -------
    str or None
        The nearest word, or None when nothing is near.

    Examples
    --------
    >>> nearest("capaian.bats", ["capaian.batas", "status.ambang"])
    'capaian.batas'
    """
    known = sorted(set(words))
    folded = {one.casefold(): one for one in reversed(known)}
    found = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.5)
    return folded[found[0]] if found else None


def is_slip(word: str, right: str) -> bool:
    """Tell that one letter too many, too few, other or swapped makes one word of the other.

    Examples
    --------
    >>> [is_slip(one, "pagu") for one in ("pgu", "paggu", "pabu", "paug", "apug")]
    [True, True, True, True, False]
    """
    if len(word) == len(right):
        differ = [(a, b) for a, b in zip(word, right, strict=True) if a != b]
        return len(differ) < 2 or (len(differ) == 2 and differ[0] == differ[1][::-1])
    longer, shorter = sorted((word, right), key=len, reverse=True)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def near(word: str, words: Iterable[str]) -> str:
    """Name the nearest of some words, or all of them, for the end of a sentence.

    Examples
    --------
    >>> near("tahum", ["unit", "tahun"]), near("x", ["unit", "tahun"]), near("x", [])
    ('the nearest is tahun', 'there are unit, tahun', 'there are none')
    """
    known = list(words)
    found = nearest(word, known)
    return f"the nearest is {found}" if found else f"there are {', '.join(known) or 'none'}"


def _shortened(sentence: str) -> str:
    """Give a sentence in one line, with long values and one that is long itself cut."""

    def cut(value: str) -> str:
        return value if len(value) <= _VALUE else f"{value[: _VALUE - 1]}…"

    # What a value holds may break lines, or hold quotation marks itself.
    told = _LONG_WORD.sub(lambda match: cut(match[0]), " ".join(sentence.split()))
    told = _QUOTED.sub(lambda match: f'"{cut(match[1])}"', told)
    half = _LONGEST // 2
    return told if len(told) <= _LONGEST else f"{told[: half - 1]}…{told[-half:]}"


def _remade(kind: type[Pp39Error], sentences: tuple[str, ...], known: Any) -> Pp39Error:
    error = kind.__new__(kind)
    error.args = sentences
    vars(error).update(known)
    return error


def _tree(root: type[Pp39Error]) -> Iterable[type[Pp39Error]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)


def _codes() -> dict[str, int]:
    # Other modules add kinds of their own.
    return {kind.__name__: kind.exit_code for kind in _tree(Pp39Error)}
