r"""Characters that are not seen but do something: they are shown as what they are, or left out.

A cell, a header, a file's name or an option may hold an escape that moves the cursor of a terminal,
a mark that turns the direction of the text round it, or half of a surrogate pair. `visible` is for
people who look into what is wrong (terminal, lists, working papers); `unseen` says which they are.
"""

from __future__ import annotations

import codecs
import unicodedata

__all__ = ["ESCAPING", "unseen", "visible"]

#: Name of an error handler of codecs: what an encoding lacks is written as `visible` writes it.
ESCAPING = "pp39-escaping"

#: Controls, format marks (bidirectional, of no width, soft hyphen), surrogates, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def unseen(one: str) -> bool:
    r"""Tell whether a character is not printed itself but changes how others are.

    Examples
    --------
    >>> [unseen(one) for one in "a\u202e\x1b \xa0"]
    [False, True, True, False, False]
    """
    return not one.isprintable() and unicodedata.category(one) in _UNSEEN


def visible(text: str, kept: str = "\n") -> str:
    r"""Write what is not seen as JSON and Python do; a text without it stays as it is.

    Parameters
    ----------
    text : str
        Any text, halves of surrogate pairs included.
    kept : str
        Characters to leave alone; the line feed by default.

    Examples
    --------
    >>> print(visible("to\x1b[2Jtal\u202e"))
    to\u001b[2Jtal\u202e
    """
    if text.isprintable():
        return text
    return "".join(_escaped(one) if one not in kept and unseen(one) else one for one in text)


def _escaped(one: str) -> str:
    units = one.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _handled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_escaped, error.object[error.start : error.end])), error.end


codecs.register_error(ESCAPING, _handled)
