"""A PDF made small: what describes its structure goes, compressed, into object streams.

A tagged PDF holds a small dictionary for each paragraph, cell and link. Typst writes each as an
object of its own, uncompressed, with twenty bytes in the table of objects: most of the file. Object
streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8) hold the same objects in a tenth
of the room. The content of pages, fonts and attachments stays as it is.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

import pyarrow as pa  # type: ignore[import-untyped]

__all__ = ["packed"]

_TABLE = re.compile(rb"xref\s+0 ([0-9]+)\s+")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+[0-9]+\s+%%EOF\s*\Z", re.DOTALL)
_START = re.compile(rb"startxref\s+([0-9]+)\s+%%EOF\s*\Z")
_MANY = 500


def packed(pdf: bytes) -> bytes:
    """Write a PDF of Typst again with object streams.

    Parameters
    ----------
    pdf : bytes
        A PDF of one revision with a classic table of objects.

    Returns
    -------
    bytes
        The same document; the same bytes for the same input. A PDF of any other build comes back
        as it is.
    """
    start, trailer = _START.search(pdf), _TRAILER.search(pdf)
    if start is None or trailer is None or not _TABLE.match(pdf, int(start[1])):
        return pdf
    at = int(start[1])
    objects = dict(_objects(pdf, at))
    loose = [number for number, body in sorted(objects.items()) if not body.endswith(b"endstream")]
    size = max(objects) + 1
    # Type, offset or stream, index within the stream: ISO 32000-1, table 18.
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    head = re.match(rb"%PDF[^\n]*\n%[^\n]*\n", pdf)
    parts = [head[0] if head else b"%PDF-1.7\n"]
    length = len(parts[0])

    def put(number: int, body: bytes) -> None:
        nonlocal length
        places[number] = (1, length, 0)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        length += len(parts[-1])

    for number, body in sorted(objects.items()):
        if body.endswith(b"endstream"):
            put(number, body)
    for first in range(0, len(loose), _MANY):
        members = loose[first : first + _MANY]
        for index, number in enumerate(members):
            places[number] = (2, size, index)
        put(size, _object_stream([(number, objects[number]) for number in members]))
        size += 1
    places[size] = (1, length, 0)
    table = b"".join(
        struct.pack(">BIH", *places.get(number, (0, 0, 65535))) for number in range(size + 1)
    )
    kept = re.sub(rb"/Size [0-9]+", b"", trailer[1])
    about = b"/Type/XRef/W[1 4 2]/Size %d%b" % (size + 1, kept)
    parts.append(
        b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size, _stream(about, table), length)
    )
    return b"".join(parts)


def _objects(pdf: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Cut the file at the places its table of objects names: number and body of each."""
    table = _TABLE.match(pdf, at)
    assert table is not None
    begin, count = table.end(), int(table[1])
    lines = (pdf[begin + 20 * n : begin + 20 * n + 20] for n in range(count))
    places = sorted(int(line[:10]) for line in lines if line[17:18] == b"n")
    for begin, end in zip(places, [*places[1:], at], strict=True):
        number, found, _ = pdf[begin : begin + 24].partition(b" 0 obj")
        last = pdf.rfind(b"endobj", begin, end)
        if not found or last < 0:
            raise ValueError(f"the PDF has no object at byte {begin}, where its table names one")
        yield int(number), pdf[begin + len(number) + len(found) : last].strip()


def _object_stream(members: list[tuple[int, bytes]]) -> bytes:
    index, offset = [], 0
    for number, body in members:
        index.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    head = b" ".join(index) + b"\n"
    content = head + b"\n".join(body for _, body in members)
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(members), len(head)), content)


def _stream(about: bytes, content: bytes) -> bytes:
    squeezed = _deflated(content)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (
        about,
        len(squeezed),
        squeezed,
    )


def _deflated(content: bytes) -> bytes:
    """Compress in the zlib format (RFC 1950).

    By the deflate that Arrow brings along, not Python's: builds of Python differ in theirs, and the
    same report must have the same bytes everywhere.
    """
    zipped: bytes = pa.Codec("gzip", compression_level=6).compress(content, asbytes=True)
    checksum = zlib.adler32(content)
    # A gzip file is ten bytes of header, the deflated data, and eight bytes of checksum and length.
    return b"\x78\x9c" + zipped[10:-8] + struct.pack(">I", checksum)
