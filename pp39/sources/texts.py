"""Operations on whole columns of text that run in compiled code.

The text methods of pandas fall back to one Python call per row for several of these; over a million
rows that is the difference between one second and ten. Each text is looked at by itself: in a long
column once where it occurs often, or else by all processors. Patterns are RE2: no look-around.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from pp39.characters import UNSEEN
from pp39.processes import processors

# A column with more texts is long; if half of a sample are different ones, few occur often.
_LONG = 50_000
_SAMPLE = 1000
# Letters without a picture, and characters that are none.
_NOTHING = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff"
# What is not seen, those, and what only one font has a picture of (the bullets of a word
# processor). Some controls stand for a line break instead.
_UNSEEN = re.compile(
    f"(?![\t\r])[{UNSEEN}{_NOTHING}\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
# How workbooks write a character that XML cannot hold.
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# What keeps a number a text in a spreadsheet, left there by an export.
_KEPT_TEXT = re.compile(r"\s*['’‘`´]\s*([-+(]?\s*(?:Rp\.?\s*)?[0-9][^'’‘`´\"]*)", re.IGNORECASE)
# Where there may be something for `plain` or `is_error` to do; RE2.
_SOILED = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cf}\p{Co}\x{2028}\x{2029}\x{34f}\x{115f}\x{1160}"
    r"\x{17b4}\x{17b5}\x{2800}\x{3164}\x{ffa0}\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_"
    r"|^\s*(?:['‘’`´#]|Err:)"
)
# What a spreadsheet shows, or exports, where it has no value.
_ERROR = re.compile(r"#(?:N/A(?: N/A)?|DIV/0!?|[A-Z]{2,20}[!?]|GETTING_DATA|##+)|Err:[0-9]{3}")


def blanks(texts: pd.Series[str]) -> pd.Series[bool]:
    r"""Tell where a text is empty or holds nothing but blanks.

    Examples
    --------
    >>> blanks(pd.Series(["", " \t", "0"], dtype="str")).tolist()
    [True, True, False]
    """
    return _marked(texts, lambda some: pc.equal(pc.utf8_trim_whitespace(some), ""))


def matching(texts: pd.Series[str], pattern: str) -> pd.Series[bool]:
    """Tell where a pattern is found in a text.

    Parameters
    ----------
    texts : pandas.Series of str
        Without nulls.
    pattern : str
        RE2; anchor it with ``^`` and ``$`` to match whole texts.
    """
    return _marked(texts, lambda some: pc.match_substring_regex(some, pattern))


def plain(text: str) -> str:
    r"""Leave out of a text what no one sees or typed.

    Escaped characters (``_x000D_``) are written out; controls, marks of no width and of direction
    are left out; so is an apostrophe before a number. Blanks and line ends stay.

    Parameters
    ----------
    text : str
        Text of a cell, from whatever kind of file.

    Examples
    --------
    >>> [plain(one) for one in ("\u202eInspeksi_x000D_", "'250001", "\ufeffKode", "'Aisyah")]
    ['Inspeksi\r', '250001', 'Kode', "'Aisyah"]
    """
    text = _seen(text)
    match = _KEPT_TEXT.fullmatch(text)
    return match[1] if match else text


def is_error(text: str) -> bool:
    """Tell whether a text is what a spreadsheet shows for a value it could not compute.

    Examples
    --------
    >>> is_error("#DIV/0!"), is_error("#1")
    (True, False)
    """
    return _ERROR.fullmatch(text.strip()) is not None


def removed(text: str) -> str:
    r"""Name what `plain` takes out of a text, and nothing else of it: it may be about a person.

    Examples
    --------
    >>> removed("'0811\u200b_x000D_")
    "\\u200b _x000D_ '"
    """
    unseen = [f"\\u{ord(one):04x}" for one in _UNSEEN.findall(text)]
    mark = text.strip()[:1] if _KEPT_TEXT.fullmatch(_seen(text)) else ""
    return " ".join((*unseen, *(match[0] for match in _ESCAPE.finditer(text)), *mark))


def soiled(texts: pd.Series[str]) -> pd.Series[bool]:
    """Tell which texts may be other than `plain`, or errors."""
    return matching(texts, _SOILED)


def replaced(texts: pd.Series[str], pattern: str, by: str) -> pd.Series[str]:
    r"""Replace every match of a pattern.

    Parameters
    ----------
    texts : pandas.Series of str
        Without nulls.
    pattern : str
        RE2.
    by : str
        Replacement; ``\1`` is the first group.

    Examples
    --------
    >>> replaced(pd.Series(["0800-1"], dtype="str"), "[^0-9]", "").tolist()
    ['08001']
    """

    def made(some: pa.Array) -> pa.Array:
        # To tell that there is no match takes a tenth of what it takes to replace one.
        found = pc.match_substring_regex(some, pattern)
        other = pc.replace_substring_regex(some.filter(found), pattern, by)
        return pc.replace_with_mask(some, found, other)

    return _series(_shared(texts, made), texts)


def lowered(texts: pd.Series[str]) -> pd.Series[str]:
    """Spell texts in lower case."""
    return _series(_shared(texts, pc.utf8_lower), texts)


def as_counts(texts: pd.Series[str]) -> pd.Series[Any]:
    """Read texts of at most 15 digits as whole numbers; an empty text is null."""
    array = _arrow(texts)
    numbers = pc.cast(pc.if_else(pc.equal(array, ""), None, array), pa.int64())
    found: pd.Series[Any] = numbers.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    found.index = texts.index
    return found


def _seen(text: str) -> str:
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        # Two escapes may be the halves of one character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNSEEN.sub("", text.translate(_BREAKS))


def _arrow(texts: pd.Series[str]) -> pa.Array:
    array = pa.array(texts.array, pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _shared(texts: pd.Series[str], do: Callable[[pa.Array], pa.Array]) -> pa.ChunkedArray:
    whole, count = _arrow(texts), processors()
    if len(whole) < _LONG:
        return pa.chunked_array([do(whole)])
    if len(whole[:: len(whole) // _SAMPLE].unique()) <= _SAMPLE // 2:
        coded = whole.dictionary_encode()
        return pa.chunked_array([do(coded.dictionary).take(coded.indices)])
    # Few long parts: a pattern is understood anew for each.
    size = -(-len(whole) // count)
    parts = [whole.slice(at, size) for at in range(0, len(whole), size)]
    with ThreadPoolExecutor(count) as pool:
        return pa.chunked_array(list(pool.map(do, parts)))


def _marked(texts: pd.Series[str], do: Callable[[pa.Array], pa.Array]) -> pd.Series[bool]:
    return pd.Series(_shared(texts, do).to_numpy(), index=texts.index)


def _series(array: pa.ChunkedArray, like: pd.Series[str]) -> pd.Series[str]:
    found: pd.Series[str] = array.to_pandas()
    found.index = like.index
    return found.astype("str")
