"""Personal data that a typed report prints: masked before anything looks at it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pp39.sources.mask import masked

MASKED = " disamarkan]"
"""How what stands in place of personal data ends."""
_NAMED = re.compile(
    r"\b((?:[Bb]ernama|[Aa]tas nama|[Aa]\.\s?n\.|[Rr]esponden|[Ss]dri?\.|[Ss]audar[ai]|[Pp]elapor"
    r"|[Pp]emohon)\s+)[A-Z][a-z']+\.?(?:\s+[A-Z][a-z']+\.?){0,3}"
)
_OFFICE = re.compile(r"\b(?:Triwulan|Tahun|Survei|Internal|Eksternal|Laki|Perempuan|Rawat)\b")
_CONTACT = re.compile(
    r"\b(?:nik|nip|npwp|telepon|telp|tlp|hp|ponsel|whatsapp|wa|e-?mail|surel|alamat|umur|usia)\b"
)
_PERSON = re.compile(r"\bnama\b.*\b(?:responden|pemohon|pelapor|orang|lengkap|jelas)")


def without_persons(text: str) -> str:
    """Mask numbers, addresses and names that a text tells of persons.

    Examples
    --------
    >>> without_persons("Keluhan responden Budi Santoso, telepon 0812-0000-1234, ditindaklanjuti.")
    'Keluhan responden [nama disamarkan], telepon [nomor telepon disamarkan], ditindaklanjuti.'
    >>> without_persons("Responden Triwulan II sebanyak 40 orang.")
    'Responden Triwulan II sebanyak 40 orang.'
    """

    def mask(match: re.Match[str]) -> str:
        if _OFFICE.search(match[0]):
            return match[0]
        return f"{match[1]}[nama{MASKED}"

    return _NAMED.sub(mask, masked(text)[0])


def without_names(head: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Mask the columns of a table that hold names of persons and how to reach them."""
    small = [one.casefold() for one in head]
    contact = {n for n, one in enumerate(small) if _CONTACT.search(one)}
    named = {n for n, one in enumerate(small) if _PERSON.search(one)}
    if contact:
        named |= {n for n, one in enumerate(small) if re.fullmatch("nama|responden", one)}
    if not named:
        return list(rows)
    hidden = named | contact
    return [
        tuple(f"[nama{MASKED}" if n in hidden and cell else cell for n, cell in enumerate(row))
        for row in rows
    ]
