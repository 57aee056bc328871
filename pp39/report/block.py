"""A block of the report, and how it travels in a notebook.

A notebook cell displays blocks. The output of each holds the block rendered twice, as HTML and as
Typst source, and a small JSON description by which the exporters number it, list it in the contents
and check its links. Numbers are not in the block: they follow from the order of the notebook.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from pp39.report.inline import Uses

HTML_MIME = "text/html"
TYPST_MIME = "application/vnd.pp39.typst"
BLOCK_MIME = "application/vnd.pp39.block+json"


@dataclass(frozen=True, slots=True)
class Description:
    """What the exporters need to know about a block."""

    #: Class of the block in lower case, such as ``"judul"`` or ``"tabel"``.
    kind: str
    #: Anchor of the block; empty if nothing can refer to it.
    label: str = ""
    #: Heading or caption as plain text; empty if it is in no list.
    title: str = ""
    #: Whether it stands on a landscape page.
    wide: bool = False
    #: Figures it prints, labels it links to, further anchors it defines.
    uses: Uses = field(default_factory=Uses)
    #: JSON data of this kind of block.
    extra: dict[str, Any] = field(default_factory=dict)
    #: The block as plain text, for front ends that show nothing else; by default kind and title.
    plain: str | None = None
    #: Whether it is for the audit alone: printed in HTML, left out of the PDF.
    audit: bool = False

    def json(self) -> dict[str, Any]:
        """Write as JSON data, sorted."""
        return {
            "kind": self.kind,
            "label": self.label,
            "title": self.title,
            "wide": self.wide,
            "audit": self.audit,
            "ids": sorted(self.uses.ids),
            "targets": sorted(self.uses.targets),
            "anchors": list(self.uses.anchors),
            **self.extra,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Description:
        """Read back what `json` wrote."""
        rest = dict(data)
        uses = Uses(
            frozenset(rest.pop("ids")), frozenset(rest.pop("targets")), tuple(rest.pop("anchors"))
        )
        audit = rest.pop("audit", False)
        kind, label = rest.pop("kind"), rest.pop("label")
        return cls(kind, label, rest.pop("title"), rest.pop("wide"), uses, rest, audit=audit)


class Block(ABC):
    """A block-level object of the report."""

    @abstractmethod
    def html(self) -> str:
        """Render as HTML flow content; numbers stand as ``<!--nomor:label-->…<!--/nomor-->``."""

    @abstractmethod
    def typst(self) -> str:
        """Render as Typst markup that calls the functions of ``laporan.typ``."""

    @abstractmethod
    def describe(self) -> Description:
        """Describe the block for the exporters."""

    def bundle(self) -> dict[str, Any]:
        """Render the block in every way, by MIME type."""
        told = self.describe()
        plain = f"{told.kind}: {told.title}" if told.title else told.kind
        return {
            "text/plain": plain if told.plain is None else told.plain,
            HTML_MIME: self.html(),
            TYPST_MIME: self.typst(),
            BLOCK_MIME: told.json(),
        }

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        return {
            mime: data
            for mime, data in self.bundle().items()
            if (not include or mime in include) and mime not in (exclude or ())
        }
