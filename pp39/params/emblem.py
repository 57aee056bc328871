"""Logos of unit and ministry: files that the parameters name, read and made sure of."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from pp39.errors import InputError, MissingInput, UnreadableInput

if TYPE_CHECKING:
    from pp39.params.model import Params

_LARGEST = 1 << 20
_PNG = b"\x89PNG\r\n\x1a\n"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
#: What acts, or shows what another file holds.
_REFUSED = ("script", "foreignObject")


def read_emblems(root: Path, params: Params) -> dict[str, bytes]:
    """Read the logos that the parameters name.

    Returns
    -------
    dict of str to bytes
        Contents by path, as the parameters write it.

    Raises
    ------
    InputError
        If a file is missing, too large, or no picture that stands by itself.
    """
    emblems = params.laporan.lambang
    named = (("kementerian", emblems.kementerian), ("unit", emblems.unit))
    return {path: _read(root, name, path) for name, path in named if path is not None}


def _read(root: Path, name: str, path: str) -> bytes:
    told = f"parameter laporan.lambang.{name} names {path}, which"
    try:
        with (root / path).open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise MissingInput(
            f"{told} is not there; put the logo there or take the name out"
        ) from None
    except OSError as error:
        raise InputError(f"{told} cannot be read: {error.strerror}") from None
    if len(content) > _LARGEST:
        raise UnreadableInput(f"{told} has more than 1 MiB; a logo of a cover needs far less")
    faults = _png_faults(content) if path.endswith(".png") else _svg_faults(content)
    for fault in faults:
        raise UnreadableInput(f"{told} {fault}; save the logo anew as PNG or plain SVG")
    return content


def _png_faults(content: bytes) -> Iterator[str]:
    if not content.startswith(_PNG):
        yield "is no PNG picture"
        return
    place, seen = len(_PNG), b""
    while place + 12 <= len(content):
        length, seen = struct.unpack_from(">I4s", content, place)
        end = place + 8 + length
        if content[end : end + 4] != zlib.crc32(content[place + 4 : end]).to_bytes(4):
            break
        place = end + 4
    if seen != b"IEND" or place != len(content):
        yield "is a PNG picture that is damaged"


def _svg_faults(content: bytes) -> Iterator[str]:
    # Entities can name files, and grow without end.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield "is an SVG picture with a document type, which may not be"
        return
    try:
        root = ElementTree.fromstring(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield "is no SVG picture in UTF-8"
        return
    except ElementTree.ParseError as error:
        yield f"is no SVG picture (line {error.position[0]})"
        return
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        yield "is no SVG picture"
        return
    for one in root.iter():
        tag = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
        if tag in _REFUSED:
            yield f"is an SVG picture with <{tag}>, which may not be"
        for href in (one.get(name, "") for name in _HREF):
            if href and not href.startswith(("#", "data:image/")):
                yield "is an SVG picture that shows what is in another file"
