"""What a sentence calls its first figure: the words before it, without time and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pp39.findings.statement import mentions
from pp39.review.figure import Figure, figures
from pp39.review.saying import Period

__all__ = ["BUDGET", "labelled"]

BUDGET = "realisasi anggaran"
"""What the realisation of the whole budget is called, however a report says it."""

_VERB = re.compile(
    r"\b(?:sebesar|sebanyak|adalah|mencapai|berjumlah|senilai|yaitu|yakni|tercatat|ialah|menjadi)\b"
)
_TIME = re.compile(
    r"\b(?:sampai dengan|s\.?\s?/?d\.?|hingga|per|pada|selama|akhir|posisi|untuk)?\s*"
    r"(?:\b(?:akhir|bulan|periode|tanggal)\s+)?"
    r"(?:(?:triwulan|tw|semester)\s+[ivx0-9]+\b|\b(?:tahun(?: anggaran)?|ta)?\s*(?:19|20)[0-9]{2}\b"
    r"|[0-9]{1,2}\s+[a-z]+\s+(?:19|20)[0-9]{2}|\btahun ini\b|\btriwulan ini\b)"
)
_FILLER = re.compile(
    r"\b(?:adapun|secara|keseluruhan|total|jumlah|seluruh|telah|sudah|baru|dapat|ini|tersebut|kami"
    r"|hingga|saat|sampai|dengan|pada|untuk|tahun|sehingga|dan|tingkat|persentase)\b"
)
_BUDGET = {
    "realisasi",
    "anggaran",
    "keuangan",
    "terserap",
    "serapan",
    "penyerapan",
    "daya",
    "serap",
}
_MORE = re.compile(r"\s*(?:atau|\(|setara|sebesar|atau sebesar)\s*\(?")
_LONG = 8


def labelled(sentence: str) -> Iterator[tuple[str, Period, Figure]]:
    """Give the figures that a sentence is about, with their name and their time.

    Only a figure whose name is the whole of what stands before it is given, and what stands in
    apposition to it: “Realisasi anggaran sampai dengan triwulan II sebesar Rp5.000 (50%)”.
    """
    told = list(figures(sentence))
    if not told:
        return
    first = told[0]
    lead = sentence[: first.start].casefold()
    if re.search(r"[,;:(]|\b(?:target|dari|banding|naik|turun|sisa|rata-rata|masing)\b", lead):
        return
    name = _FILLER.sub(" ", _VERB.sub(" ", _TIME.sub(" ", lead)))
    name = " ".join(re.findall(r"[a-z]+(?:-[a-z]+)*", name))
    parts = name.split()
    if not parts or len(parts) > _LONG or not (_VERB.search(lead) or set(parts) <= _BUDGET):
        return
    if set(parts) <= _BUDGET:
        if set(parts) <= {"anggaran", "keuangan"}:
            return
        name = BUDGET
    found = mentions(lead)
    period = Period(
        found.years[-1] if found.years else 0,
        found.quarters[-1][0] if found.quarters else 0,
        found.months[-1] if len(found.months) == 1 else 0,
    )
    yield name, period, first
    if len(told) > 1 and _MORE.fullmatch(sentence[first.end : told[1].start]):
        yield name, period, told[1]
