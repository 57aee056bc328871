"""The errors of one step, collected so that they are told together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pp39.errors import InputError

# Sentences that are kept; further ones are counted.
_KEPT = 1000


class Together:
    """The errors of one step, to be told together.

    Examples
    --------
    >>> from pp39.errors import UnreadableInput
    >>> found = Together()
    >>> for name in ("dipa_ro.csv", "ikpa.csv"):
    ...     with found.noted():
    ...         raise UnreadableInput(f"{name} is empty")
    >>> found.insist()
    Traceback (most recent call last):
    pp39.errors.UnreadableInput: dipa_ro.csv is empty
    ikpa.csv is empty
    """

    def __init__(self) -> None:
        self._sentences: list[str] = []
        self._kinds: set[type[InputError]] = set()
        self._left = 0

    def __bool__(self) -> bool:
        return bool(self._sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Those noted so far."""
        return tuple(self._sentences)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note an error about an input that the block raises, and go on behind it."""
        try:
            yield
        except InputError as error:
            self.add(error)

    def add(self, error: InputError) -> None:
        """Note an error; of very many only the first are kept, the others are counted."""
        self._kinds.add(type(error))
        room = _KEPT - len(self._sentences)
        self._sentences += error.sentences[:room]
        self._left += len(error.sentences[room:])

    def insist(self) -> None:
        """Raise one error that tells all that were noted, if any were.

        Raises
        ------
        InputError
            Of the class of those noted, where that is one.
        """
        if not self._sentences:
            return
        kind = self._kinds.pop() if len(self._kinds) == 1 else InputError
        tail = (f"and {self._left} more",) if self._left else ()
        raise kind(*self._sentences, *tail)


def and_rows(count: int) -> str:
    """Say in how many more rows something is wrong.

    Examples
    --------
    >>> and_rows(0), and_rows(1), and_rows(41)
    ('', ' (and in 1 more row)', ' (and in 41 more rows)')
    """
    return f" (and in {count} more row{'s' if count > 1 else ''})" if count else ""
