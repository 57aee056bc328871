"""The signature of the head of the unit."""

from __future__ import annotations

from pp39.report.document import Signature
from pp39.report.sections.bahan import Bahan


def tanda_tangan(b: Bahan, *, wide: bool = False) -> Signature:
    """Compose the signature; room is left where name and NIP are not set."""
    laporan = b.params.laporan
    siapa = laporan.penanda_tangan
    return Signature(
        laporan.tempat,
        laporan.tanggal,
        laporan.jabatan_penanda_tangan,
        siapa.nama or "",
        siapa.nip or "",
        wide,
    )
