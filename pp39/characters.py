r"""Characters that are not seen but do something: they are shown as what they are, or left out.

A cell, a header, a file's name or an option may hold an escape that moves the cursor of a terminal,
a mark that turns the direction of the text round it, or half of a surrogate pair. `visible` is for
people who look into what is wrong (terminal, lists, working papers); `stripped` is for a document.
"""

from __future__ import annotations

import codecs
import re

#: Name of an error handler of codecs: what an encoding lacks is written as `visible` writes it.
ESCAPING = "pp39-escaping"

#: Ranges for a pattern: controls, format marks (bidirectional, of no width, soft hyphen),
#: surrogates, line separators; fixed here, so that no version of Python says otherwise. A line
#: feed is seen.
UNSEEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd"
    "\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f"
)
_UNSEEN = re.compile(f"[{UNSEEN}]")


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def stripped(text: str) -> str:
    r"""Leave out what is not seen.

    Examples
    --------
    >>> stripped("to\u202etal\u200b")
    'total'
    """
    return text if text.isprintable() else _UNSEEN.sub("", text)


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
    return _UNSEEN.sub(lambda one: one[0] if one[0] in kept else _escaped(one[0]), text)


def shown(value: object) -> object:
    """Make what a page prints visible; for ``finalize`` of a Jinja environment.

    What is markup already keeps its kind.
    """
    if not isinstance(value, str) or value.isprintable():
        return value
    return type(value)(visible(value, "\n\t"))


def exchanged(one: str, other: str) -> bool:
    """Tell whether two texts differ by two neighbouring characters that changed places.

    Examples
    --------
    >>> exchanged("1523", "1253"), exchanged("1523", "3521"), exchanged("15", "15")
    (True, False, False)
    """
    if len(one) != len(other):
        return False
    apart = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )


def _escaped(one: str) -> str:
    units = one.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _handled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_escaped, error.object[error.start : error.end])), error.end


codecs.register_error(ESCAPING, _handled)
