"""Good bytes made bad: flipped, cut, swapped, and strewn with what readers stumble over."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

__all__ = ["damaged"]

_TOKENS = (
    *("=1+1", "@x", "-", "+", "'", '"', ";", ",", "\t", "\r", "\n", "\x00", "\x1b[2J", "\u202e"),
    *("\u200b", "\ufeff", "\ud7ff", "1e308", "-1e308", "9" * 20, "9" * 400, "9" * 5000, "0x1f"),
    *("NaN", "inf", "#N/A", "Rp-", "(1.000)", "31-12-2025", "2025-02-30", "8,13E+10", "٣", "Ⅳ"),
    *("[" * 3000, "{" * 3000, "- " * 2000, "&a [*a]", "*a", "!!timestamp x", "!!python/none", "<<"),
    *("<fill/>", "&#x0b;", "&amp;", "]]>", "<!--", "sep=;\n", "x" * 200_000, "null", "99999", ": "),
)


def damaged(data: bytes, name: str, chance: random.Random) -> bytes:
    """Damage the content of a file in one way or a few.

    Parameters
    ----------
    data : bytes
        A good file.
    name : str
        Its name: a workbook is mostly damaged inside of its archive.
    chance : random.Random
        Decides all.
    """
    if name.endswith(".xlsx") and chance.random() < 0.8:
        return _inside(data, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Damage one member of an archive and pack it anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {one.filename: archive.read(one) for one in archive.infolist()}
    name = chance.choice(sorted(members))
    if chance.random() < 0.1:
        del members[name]
    else:
        members[name] = chance.choice(_WAYS)(members[name], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in members.items():
            # A member dated now would make the same seed another case.
            archive.writestr(zipfile.ZipInfo(one), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 3)) + data[end:]


def _swapped(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    first, last = _span(data[end:], chance)
    rest = data[end:]
    return data[:start] + rest[first:last] + rest[:first] + data[start:end] + rest[last:]


def _strewn(data: bytes, chance: random.Random) -> bytes:
    token = chance.choice(_TOKENS).encode("utf-8", "surrogatepass")
    at = chance.randrange(len(data) + 1)
    # Rather in place of a cell or a value than within one.
    ends = [data.find(one, at) for one in (b",", b"\n", b"<", b" ") if data.find(one, at) >= 0]
    end = min(ends, default=at) if chance.random() < 0.6 else at
    return data[:at] + token + data[end:]


def _revalued(data: bytes, chance: random.Random) -> bytes:
    """Put something else in the place of one cell, text of an element, or value of a key."""
    starts = [one.end() for one in re.finditer(rb": |[,;>=\n]\"?", data)]
    if not starts:
        return data
    start = chance.choice(starts)
    end = re.compile(rb"[,;<\n\"]|$").search(data, start)
    token = chance.choice(_TOKENS).encode("utf-8", "surrogatepass")
    return data[:start] + token + data[end.start() if end else start :]


def _renamed(data: bytes, chance: random.Random) -> bytes:
    """Put one line in the place of another."""
    lines = data.split(b"\n")
    lines[chance.randrange(len(lines))] = lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _other(data: bytes, chance: random.Random) -> bytes:
    """Give something else altogether."""
    return chance.choice(
        (
            b"",
            b"\x00" * 100,
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
            b"<html><body>404</body></html>",
            b'{"a": [1, 2]}',
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            data.decode("utf-8", "replace").encode("utf-16"),
            data.decode("utf-8", "replace").encode("utf-32"),
            zlib.compress(data),
            data.replace(b"\n", b"\r"),
            data.replace(b",", b";"),
        )
    )


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 4, 30, 300, 5000)))


_Way = Callable[[bytes, random.Random], bytes]
_WAYS: tuple[_Way, ...] = (
    *(_flipped, _flipped, _cut, _without, _repeated, _swapped),
    *(_strewn, _strewn, _revalued, _revalued, _revalued, _renamed, _other),
)
