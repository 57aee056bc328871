"""Logos on the cover: picture files of the unit, carried inside the document."""

from __future__ import annotations

import struct
from base64 import b64encode
from dataclasses import dataclass

from pp39.report.text import html_text, typst_string

_PNG = b"\x89PNG"


@dataclass(frozen=True, slots=True)
class Emblem:
    """A logo."""

    #: A PNG or SVG picture, as `pp39.params.emblem.read_emblems` makes sure of.
    content: bytes
    #: What it is, for those who do not see it.
    alt: str

    def html(self) -> str:
        """Render as an image, in which nothing can act or reach for another file."""
        kind = "png" if self.content.startswith(_PNG) else "svg+xml"
        return f'<img alt="{html_text(self.alt)}" src="{self._data(kind)}">'

    def typst(self) -> str:
        """Render as a call of ``#lambang``; a PNG travels inside an SVG, which is text."""
        if self.content.startswith(_PNG):
            width, height = struct.unpack_from(">II", self.content, 16)
            svg = (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
                f'<image width="{width}" height="{height}" href="{self._data("png")}"/></svg>'
            )
        else:
            svg = self.content.decode("utf-8-sig")
        return f"lambang({typst_string(svg)}, {typst_string(self.alt)})"

    def _data(self, kind: str) -> str:
        return f"data:image/{kind};base64,{b64encode(self.content).decode()}"
