"""How messages repeat what somebody wrote: short, and without anything a terminal would act on."""

from collections.abc import Sequence
from typing import Any


def told(value: Any, room: int = 60, *, quoted: bool = True) -> str:
    r"""Write a value for a message.

    Parameters
    ----------
    value : object
        Text, number, list or mapping as read.
    room : int
        Letters to show at most.
    quoted : bool
        Whether a text stands in quotes.

    Examples
    --------
    >>> told("a" * 100, 5), told(True), told(None), told("ya\x1b[31m", quoted=False)
    ("'aaaa…'", 'true', 'empty', 'ya\\x1b[31m')
    """
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    text = value if isinstance(value, str) else str(value)[: 2 * room]
    if len(text) > room:
        text = f"{text[: room - 1]}…"
    text = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
    return f"'{text}'" if quoted and isinstance(value, str) else text


def listed(names: Sequence[str], most: int = 5) -> str:
    """List names for a message, a few of them where there are many.

    Examples
    --------
    >>> listed([]), listed(["a", "b", "c"], 2)
    ('none', 'a, b and 1 more')
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return (", ".join(names[:most]) or "none") + more
