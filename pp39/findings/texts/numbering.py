"""Rules about numbers that count or order things: gaps, repeats, references, headings, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pp39.findings.evidence import Evidence, places
from pp39.findings.printed import read_words
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.numbers import format_rupiah, terbilang


@shape_of("terbilang")
def amounts_in_words(evidence: Evidence) -> Iterator[Hit]:
    """Find an amount in words that is not the amount."""
    for _, group in evidence.subjects(r".+"):
        subject = group[0].subjek
        worded = [
            one for one in group if one.jenis == "terbilang" and not re.search(r"\d", one.nilai)
        ]
        figure = next((one for one in group if one.printed is not None), None)
        quantity = evidence.computed(subject)
        if not worded or (figure is None and quantity is None):
            continue
        printed = figure.printed if figure is not None else None
        value = printed.value if printed is not None else quantity.value if quantity else None
        if value is None:
            continue
        off = [one for one in worded if read_words(one.nilai) != value]
        if off and value.denominator == 1:
            read = read_words(off[0].nilai)
            reading = format_rupiah(read) if read is not None else "tidak terbaca"
            yield Hit(
                subject,
                places(off),
                off[0].nilai,
                f"{terbilang(int(value))} rupiah",
                f"Jumlah dengan huruf berarti {reading}, sedangkan angkanya"
                f" {format_rupiah(value)}; ada kata yang hilang atau keliru.",
                quantity.id or "" if quantity is not None else "",
            )


@shape_of("terbilang-baku")
def standard_words(evidence: Evidence) -> Iterator[Hit]:
    """Find number words in an outdated spelling."""
    for _, group in evidence.subjects(r".+"):
        off = [
            one
            for one in group
            if one.jenis == "terbilang" and re.search(r"\b(?:milyar|trilyun)\b", one.nilai)
        ]
        if off:
            word = "milyar" if "milyar" in off[0].nilai else "trilyun"
            right = {"milyar": "miliar", "trilyun": "triliun"}[word]
            yield Hit(
                off[0].subjek,
                places(off),
                word,
                right,
                f"Kata bilangan “{word}” tidak baku; bentuk bakunya “{right}”.",
            )


@shape_of("angka-huruf")
def figure_and_word(evidence: Evidence) -> Iterator[Hit]:
    """Find ``15 (lima belas)`` whose two halves differ."""
    for one in evidence.statements:
        match = re.fullmatch(r"(\d+)\s*\(([a-z ]+)\)", one.nilai.strip(), re.IGNORECASE)
        if match and read_words(match[2]) is not None and read_words(match[2]) != int(match[1]):
            yield Hit(
                one.subjek,
                one.letak,
                one.nilai,
                terbilang(int(match[1])),
                f"Angka {match[1]} ditulis dengan huruf “{match[2]}”.",
            )
