"""Text made safe for HTML and for Typst.

In Typst every user text travels as a string literal, never as markup, so that no character of it
can act as syntax.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from pp39.characters import stripped

#: Halves of surrogate pairs, and what Unicode will never assign.
_NO_CHARACTER = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr((plane << 16) | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_BREAKING = re.compile(r"[\t\v\f\r\x1c-\x1f\x85\u2028\u2029]")


def cleaned(text: str) -> str:
    r"""Normalise a text: NFC, nothing that is not seen, no halves of surrogate pairs.

    Line feeds stay, since they are printed as line breaks. Marks that turn the direction of the
    text, that have no width, or that offer a hyphen are left out: they would make what is read
    differ from what is found and copied.

    Examples
    --------
    >>> cleaned("a\tb\x00c\r\nd")
    'a bc\nd'
    """
    # Nearly every text of a report is plain, and there are a hundred thousand of them.
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKING.sub(" ", text.replace("\r\n", "\n"))
    if not text.isprintable():
        text = stripped(_NO_CHARACTER.sub("\ufffd", text))
    return unicodedata.normalize("NFC", text)


def html_text(text: str) -> str:
    """Escape a text for element content and quoted attributes."""
    return html.escape(cleaned(text), quote=True)


def typst_string(text: str) -> str:
    r"""Write a text as a Typst string literal; a character no font has is spelt out.

    Examples
    --------
    >>> typst_string('a "b" \\ #c')
    '"a \\"b\\" \\\\ #c"'
    """
    return _literal(_spelt(cleaned(text)))


def typst_text(text: str) -> str:
    """Write a text as Typst markup that shows exactly this text."""
    return _markup(cleaned(text))


def slugged(text: str) -> str:
    """Turn a text into a label of lower-case letters, digits and hyphens.

    Examples
    --------
    >>> slugged("Realisasi KRO (Rp)")
    'realisasi-kro-rp'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@lru_cache(maxsize=1)
def font_folder() -> Path:
    """Give the folder of DejaVu, which comes with matplotlib, without importing it."""
    found = find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).with_name("mpl-data") / "fonts" / "ttf"


def _markup(text: str) -> str:
    lines = _spelt(text).split("\n")
    return "#linebreak()".join(f"#{_literal(line)}" for line in lines if line or len(lines) == 1)


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _spelt(text: str) -> str:
    """Spell out what the fonts lack, since PDF/A forbids missing glyphs."""
    if text.isascii():
        return text
    return "".join(map(_shown, text))


@lru_cache(maxsize=4096)
def _shown(one: str) -> str:
    return one if _drawable(one) else f"[U+{ord(one):04X}]"


def _drawable(one: str) -> bool:
    code = ord(one)
    if code < 0x7F or one in "\u00a0\u202f\u2009":
        return True
    if unicodedata.category(one) in ("Co", "Cn", "Cf"):
        return False
    return code in _glyphs()


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 -- as in `font_folder`

    return frozenset(FT2Font(str(font_folder() / "DejaVuSans.ttf")).get_charmap())
