"""The bytes of a text file: their encoding, and what they are where they are no text."""

from __future__ import annotations

import re

from pp39.errors import UnreadableInput

#: What `nature` calls a page of HTML.
PAGE = "an HTML page"

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"PK\x03\x04", "an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"version https://git-lfs.github.com/spec/", "a pointer of Git LFS, not the file itself"),
)
_WORDS = (
    (re.compile(rb"<!doctype html|<html|<head|<body|<table", re.IGNORECASE), PAGE),
    (re.compile(rb"<\?xml|<[a-z][\w:.-]*[\s>/]", re.IGNORECASE), "XML"),
    (re.compile(rb'\{\s*"|\[\s*[\[{"]'), "JSON"),
)
_BOM = "\ufeff"
_PHASES = range(4)


def nature(content: bytes) -> str:
    """Say what a file is whose bytes are not those of a text with cells; empty if they may be.

    Examples
    --------
    >>> nature(b"%PDF-1.7"), nature(b'[{"nilai": 1}]'), nature(b"Bulan,Nilai")
    ('a PDF', 'JSON', '')
    """
    for mark, what in _MARKS:
        if content.startswith(mark):
            return what
    head = content[:4096]
    if wide := _wide(head):
        return wide
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((what for pattern, what in _WORDS if pattern.match(start)), "")


def decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Read UTF-8 text; marks of byte order before it and of a file's end behind it are no text.

    Returns
    -------
    tuple
        The text, and in Indonesian what was left out of it.

    Raises
    ------
    UnreadableInput
        If it is something else; says what.
    """
    what = nature(content)
    if what:
        raise UnreadableInput(_refused(name, what))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = _row(content[: error.start].decode("latin-1"))
        raise UnreadableInput(
            f"{name}, row {row}: byte 0x{content[error.start]:02X} is not UTF-8 text; "
            "save the file as CSV UTF-8"
        ) from None
    if "\x00" in text:
        row = _row(text[: text.index("\x00")])
        raise UnreadableInput(f"{name}, row {row}: a NUL byte; save the file as CSV UTF-8")
    left_out = []
    if text.startswith(_BOM):
        text = text.lstrip(_BOM)
        left_out.append("tanda urutan bita yang berulang dibuang")
    if text.rstrip("\r\n").endswith("\x1a"):
        text = text.rstrip("\r\n\x1a") + "\n"
        left_out.append("tanda akhir berkas (0x1A) dibuang")
    return text, tuple(left_out)


def _wide(head: bytes) -> str:
    """Tell text in an encoding of wide letters: they lie among zeros even where no mark says so."""
    if len(head) < len(_PHASES) or not head.strip(b"\x00"):
        return ""
    # Of four bytes in a row, which are hardly ever anything but zero.
    zeros = [4 * head[at::4].count(0) > 3 * len(head[at::4]) for at in _PHASES]
    if sum(zeros) == len(_PHASES) - 1:
        return "UTF-32 text"
    return "UTF-16 text" if zeros in ([True, False] * 2, [False, True] * 2) else ""


def _refused(name: str, what: str) -> str:
    if what.endswith("workbook"):
        return f"{name} is {what} with the name of a CSV; save it as CSV UTF-8"
    if what.startswith("UTF"):
        return f"{name} is {what.removesuffix(' text')}, not UTF-8 text; save it as CSV UTF-8"
    if "LFS" in what:
        return f"{name} is {what}; fetch it with git lfs pull"
    return f"{name} is {what}, not a CSV; export the table again and save it as CSV UTF-8"


def _row(before: str) -> int:
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1
