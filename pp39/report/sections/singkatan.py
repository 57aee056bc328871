"""The list of abbreviations."""

from __future__ import annotations

from pp39.report.abbreviations import Abbreviations
from pp39.report.block import Block
from pp39.report.sections.bahan import Bahan


def singkatan(b: Bahan) -> list[Block]:
    """Give the abbreviations of the profile, the unit and the body above it."""
    unit = b.params.unit
    own = {unit.singkatan: unit.nama} if " " not in unit.singkatan else {}
    if unit.badan and unit.singkatan_badan:
        own[unit.singkatan_badan] = unit.badan
    meanings = {**b.settings.profile.isi.singkatan, **own}
    return [Abbreviations(meanings)] if meanings else []
