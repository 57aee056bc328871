r"""Personal data in free text: telephone numbers, NIK, NIP and e-mail addresses are masked.

A text column is meant for prose, and people write into prose whom to call. What is recognisable is
replaced by words in brackets before anything else looks at the cell, so that no table, log or error
ever holds it. Figures of a report are not touched: an amount, a code, a date, the number of a
letter or of a DIPA has no form that a telephone number of Indonesia has. Names have no form at all.

How closely a cell is searched depends on what belongs there (`Scope`): a number given by an office
may hold any digits, so only a cell that is a telephone number, a NIK or a NIP as a whole, or holds
an e-mail address, is taken; a figure never starts with 08 or +62 and never has the form of these.

>>> masked("hubungi Sdr. Budi 0812-0000-1234")
('hubungi Sdr. Budi [nomor telepon disamarkan]', ('nomor telepon',))
>>> masked("SP DIPA-019.07.2.248145/2025 senilai Rp1.248.776.737")[1]
()
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple
from unicodedata import decimal

from pp39.sources.declaration import Source
from pp39.sources.raw import locate
from pp39.sources.texts import matching, plain

if TYPE_CHECKING:
    import pandas as pd

Scope = Literal["teks", "nomor", "angka"]
"""Prose; a number given by an office; a figure."""

_PHONE, _NIK, _NIP, _MAIL = "nomor telepon", "NIK", "NIP", "alamat surel"
_NPWP = "NPWP"

# Blanks and dashes of any width, and brackets: the same for `re` and for RE2.
_GAP = r"[\s.()_\-" + "\u00a0\u2010-\u2015]"
_CALLED = "(?:hp|wa|whatsapp|telp|tlp|telepon|telpon|ponsel|handphone|fax|faks)"
_AREA = "(?:2[1249]|31|61|[2-79][0-9]{2})"
_MOBILE = rf"8[0-9]{{2}}(?:{_GAP}{{0,2}}[0-9]){{6,9}}(?![0-9])(?!\.[0-9])"
# Ranges that mobile numbers of Indonesia have; without a zero before them only these are one.
_RANGES = "8(?:1[1-9]|2[1-38]|3[1-38]|5[1-9]|68|7[7-9]|8[1-9]|9[5-9])"
_AMOUNTS = "rp|idr|rupiah|senilai|sebesar|sejumlah|nilai|jumlah|total|pagu|realisasi|target|saldo"
_INLAND = rf"(?:\+{_GAP}?62{_GAP}{{0,3}}|0062{_GAP}?|0)"
_START = r"(?<![0-9])(?<![0-9][.\-])"
_END = r"(?![0-9])(?![.,\-][0-9])"
# An area code has no letter or code before it and no number of a letter behind it.
_AREA_START = r"(?<![\w\-])(?<![0-9]\.)"
_AREA_END = _END + "(?!/[^0])"


class _Form(NamedTuple):
    """A form of personal data; of the pattern the group ``it``, or else all of it, is masked."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool]


def masked(text: str, scope: Scope = "teks") -> tuple[str, tuple[str, ...]]:
    """Mask the personal data in a text.

    Returns
    -------
    str
        The text, with words in brackets where personal data stood.
    tuple of str
        What was masked, in Indonesian, each kind once.
    """
    found: dict[str, None] = {}
    given = text
    if not text.isascii():
        # Digits of any script are digits; each is one character in all of them.
        text = "".join(str(decimal(one)) if one.isdecimal() else one for one in text)
    for form in _FORMS[scope]:

        def mask(match: re.Match[str], form: _Form = form) -> str:
            group = "it" if "it" in form.pattern.groupindex else 0
            if not form.holds(match[group]):
                return match[0]
            found[form.kind] = None
            before = match.start(group) - match.start()
            after = match.end(group) - match.start()
            return f"{match[0][:before]}[{form.kind} disamarkan]{match[0][after:]}"

        text = form.pattern.sub(mask, text)
    return (text, tuple(found)) if found else (given, ())


def suspect(texts: pd.Series[str], scope: Scope) -> pd.Series[bool]:
    """Tell in compiled code which texts are worth a closer look."""
    return matching(texts, _SUSPECT[scope])


def unheaded(source: Source, headers: Sequence[str]) -> list[str]:
    """Spell the headers of a file so that they can be told to anybody.

    Where the header row is missing, the first row of data stands in its place. In a source with
    personal columns a header that is not declared is therefore called by its place; elsewhere
    personal data in one are masked.

    Parameters
    ----------
    source : Source
        Declaration.
    headers : sequence of str
        As they stand in the file, in order; blank ones stay blank.
    """
    if not source.personal:
        return [masked(header)[0] for header in headers]
    return [
        header
        if not header or any(locate(one, [plain(header)]) is not None for one in source.columns)
        else f"kolom {place}"
        for place, header in enumerate(headers, 1)
    ]


def _digits(found: str) -> str:
    return re.sub("[^0-9]", "", found)


def _born(found: str) -> bool:
    """Tell whether the digits of a NIK or KK hold a day, as all of them do."""
    digits = _digits(found)
    day, month = int(digits[6:8]), int(digits[8:10])
    # A woman's day has 40 added to it.
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _no_amount(found: str) -> bool:
    """Tell a telephone number from an amount such as 62.812.345.678 and from a list of years."""
    bare = found.strip("+( )")
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+", bare):
        return False
    return not all(re.fullmatch("(?:19|20)[0-9]{2}", one) for one in re.split("[^0-9]+", bare))


def _called(found: str) -> bool:
    return _no_amount(found) and len(_digits(found)) > 6


def _form(kind: str, pattern: str, holds: Callable[[str], bool] = bool) -> _Form:
    return _Form(kind, re.compile(pattern, re.IGNORECASE), holds)


_GIVEN_NIP = (
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[\s.\-]?"
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[\s.\-]?[12][\s.\-]?[0-9]{3}"
)
_ADDRESS = _form(
    _MAIL,
    # Beginning only where a run begins, a run of any length is read once.
    r"(?<![\w.%+\-])[\w.%+\-]+(?:\s?@\s?|\s?[(\[]\s?at\s?[)\]]\s?)[\w\-]+(?:\.[\w\-]+)*\.[^\W\d_]{2,}"
    r"|(?<![\w.%+\-])[\w.%+\-]{2,}@[^\W\d_][\w\-]{2,}",
)
# A bracket belongs to the number only if it closes inside of it.
_STRICT = _form(_PHONE, rf"{_START}(?:\((?=[^()]{{1,7}}\)))?{_INLAND}{_MOBILE}")
_FORMS: Mapping[Scope, tuple[_Form, ...]] = MappingProxyType(
    {
        "teks": (
            _ADDRESS,
            _form(
                _NPWP,
                rf"{_START}[0-9]{{2}}\.[0-9]{{3}}\.[0-9]{{3}}\.[0-9]-[0-9]{{3}}\.[0-9]{{3}}{_END}",
            ),
            _form(_NIP, rf"{_START}{_GIVEN_NIP}(?![0-9])"),
            _form(_NIP, rf"{_START}[0-9]{{18}}(?![0-9])(?!\.[0-9])"),
            _form(_NIK, rf"{_START}[0-9]{{16}}(?![0-9])(?!\.[0-9])"),
            _form(
                _NIK,
                rf"{_START}(?:[0-9]{{4}}(?:[ .\-][0-9]{{4}}){{3}}"
                r"|[0-9]{6}[ .\-][0-9]{6}[ .\-][0-9]{4}"
                r"|[0-9]{2}[ .\-]?[0-9]{2}[ .\-]?[0-9]{2}[ .\-][0-9]{6}[ .\-][0-9]{4})" + _END,
                _born,
            ),
            _STRICT,
            _form(_PHONE, rf"{_START}(?<!rp)(?<!rp[ .])62{_GAP}{{0,3}}{_MOBILE}", _no_amount),
            _form(_PHONE, rf"\+{_GAP}?62(?:{_GAP}{{0,3}}[0-9]){{7,12}}(?![0-9])"),
            _form(
                _PHONE,
                r"\+[0-9]{9,15}(?![0-9])|\+[0-9]{1,3}(?:[ \-][0-9]{2,5}){2,4}(?![0-9]|[.,][0-9])",
                _no_amount,
            ),
            _form(_PHONE, r"\(\s?0[0-9]{2,3}\s?\)[\s.\-]{0,3}[0-9](?:[\s.\-]?[0-9]){4,8}(?![0-9])"),
            _form(
                _PHONE,
                rf"{_AREA_START}0{_AREA}(?:\s?[-\u2010-\u2015]\s?|\s)(?!20[0-9]{{2}}\b)"
                r"[0-9]{3,4}[\s.\-]?[0-9]{3,4}" + _AREA_END,
            ),
            _form(_PHONE, rf"{_AREA_START}0[2-79][0-9]{{2}}\.[0-9]{{5,8}}{_AREA_END}"),
            _form(
                _PHONE,
                rf"\b(?!(?:{_AMOUNTS})\b)[^\W\d_]{{2,}}[\s.:(]{{1,3}}(?P<it>{_RANGES}[0-9]{{6,9}}){_END}",
            ),
            _form(
                _PHONE,
                rf"\b{_CALLED}\b[^0-9A-Za-z]{{0,5}}"
                r"(?P<it>[0-9]{3,15}(?:[\s.\-][0-9]{3,5}){0,4})(?![0-9])",
                _called,
            ),
        ),
        "nomor": (
            _ADDRESS,
            _form(_PHONE, rf"^\s*\(?{_INLAND}{_MOBILE}\s*$"),
            _form(_NIK, r"^\s*[0-9]{16}\s*$", _born),
            _form(_NIP, rf"^\s*{_GIVEN_NIP}\s*$"),
        ),
        "angka": (
            _ADDRESS,
            _STRICT,
            _form(_NIP, rf"{_START}{_GIVEN_NIP}(?![0-9.,])"),
            _form(_NIK, rf"{_START}[0-9]{{16}}(?![0-9.,])", _born),
        ),
    }
)
# What every form of a scope has, in RE2.
_SUSPECT: Mapping[Scope, str] = MappingProxyType(
    {
        "teks": rf"@|(?i:[(\[]\s?at\s?[)\]])|\p{{Nd}}(?:{_GAP}{{0,3}}\p{{Nd}}){{6}}",
        "nomor": rf"@|^[\s(]*(?:\+{_GAP}?62|0){_GAP}{{0,3}}(?:8|062)|^\s*[0-9]{{16}}\s*$"
        r"|^\s*(?:19|20)[0-9]{6}[\s.\-]?[0-9]{6}[\s.\-]?[0-9][\s.\-]?[0-9]{3}\s*$",
        "angka": r"@|\+|(?:^|[^0-9])\(?0(?:062)?8[0-9]{2}|[0-9]{16}"
        r"|[0-9]{8}[\s.\-][0-9]{6}[\s.\-]?[0-9][\s.\-]?[0-9]{3}",
    }
)
