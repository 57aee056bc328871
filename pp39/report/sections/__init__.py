"""The content of the report: chapters and annexes, composed from figures, statuses and sources.

A section is a function that takes the material (`Bahan`) and gives blocks in order, none where it
has nothing to say. The profile says which sections make a chapter (`bab_laporan`); the report
notebook shows one chapter after the other (`tampil`).
"""

from pp39.report.sections.bahan import Bahan
from pp39.report.sections.berkas import tulis_lampiran
from pp39.report.sections.outline import SECTIONS, Chapter, bab_laporan, compose
from pp39.report.sections.tampilan import tampil

__all__ = ["SECTIONS", "Bahan", "Chapter", "bab_laporan", "compose", "tampil", "tulis_lampiran"]
