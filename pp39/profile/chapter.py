"""What a profile says of the report: its chapters and sections in order, and when each appears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from pp39.profile.base import Bagian, Teks, Ya


class Syarat(Bagian):
    """When a section appears: everything that is given here must hold."""

    ada: tuple[Teks, ...] = Field(
        default=(),
        description="sources with rows, or figures by id or its beginning: one of them is enough",
    )
    triwulan: tuple[Literal["I", "II", "III", "IV"], ...] = Field(
        default=(), description="quarters; none: every one"
    )
    parameter: tuple[Teks, ...] = Field(
        default=(), description="parameters that must be set, such as unit.struktur"
    )


class Bab(Bagian):
    """A chapter, a section, or an annex."""

    judul: Teks | None = Field(default=None, description="heading; none for a part without one")
    jenis: Literal["bab", "depan", "lampiran"] = Field(
        default="bab", description="kind of chapter: depan and lampiran have numbers of their own"
    )
    label: Teks | None = Field(default=None, description="name that sentences refer to it by")
    bila: Syarat = Field(default=Syarat(), description="when it appears")
    audit: Ya = Field(
        default=False, description="whether it is for the audit alone: in HTML, not in the PDF"
    )
    isi: Teks | None = Field(default=None, description="section of pp39 that fills it")
    paragraf: tuple[Teks, ...] = Field(
        default=(),
        description="paragraphs of its own, above the rest; figures in braces, such as"
        ' {"IKU 1".realisasi}',
    )
    bagian: Mapping[Teks, Bab] = Field(default={}, description="sections below it, by name")
    sesudah: Teks | None = Field(
        default=None, description="name of the section it stands behind; by default it comes last"
    )


def in_sequence(sections: Mapping[str, Bab]) -> dict[str, Bab]:
    """Put sections in the order of the report: each with ``sesudah`` behind the one it names."""
    order = [name for name, one in sections.items() if one.sesudah not in sections]
    waiting = [name for name in sections if name not in order]
    while waiting:
        placed = [name for name in waiting if sections[name].sesudah in order]
        for name in placed or list(waiting):
            after = sections[name].sesudah
            order.insert(order.index(after) + 1 if after in order else len(order), name)
            waiting.remove(name)
    return {name: sections[name] for name in order}
