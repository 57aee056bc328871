"""What a sentence calls its first figure: the words before it, without time and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pp39.mentions import mentions
from pp39.review.figure import Figure, figures
from pp39.review.saying import Period

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
    r"|hingga|saat|sampai|dengan|pada|untuk|tahun|sehingga|dan|tingkat|persentase|yang"
    r"|grafik|gambar|diagram|memperlihatkan|menunjukkan|kumulatif)\b"
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
_SHORT = re.compile(r"\s*\([A-Z][A-Za-z]*[A-Z]\)")
_MORE = re.compile(r"\s*(?:atau|\(|setara|sebesar|atau sebesar)\s*\(?")
_WHEN_FIRST = re.compile(r"^(?:sampai dengan|s\.?d\.?|hingga|pada|selama)\b[^,;:(]{3,40},\s*")
_THAT_IS = re.compile(r",?\s*(?:yaitu|yakni)\s*")
_UNTIL = re.compile(r"\b(?:kumulatif|sampai dengan|s\.?d)\b")
_SPENT = re.compile(
    r"\b(?:dengan|dan)"
    r" (?:realisasi (?:anggaran|keuangan)|serapan|anggaran ter(?:serap|ealisasi))$"
)
_LONG = 8


_JOINED = re.compile(
    r"\b(?:dan|serta|sedangkan)\s+((?:realisasi|progres|kemajuan|capaian)\s+[a-z]+)"
    r"\s+(?:sebesar\s+|mencapai\s+|adalah\s+)?$"
)
"""A second name in a sentence, with its figure right behind: “… dan realisasi fisik 51%”."""


def labelled(sentence: str) -> Iterator[tuple[str, Period, Figure]]:
    """Give the figures that a sentence is about, with their name and their time.

    Only a figure whose name is the whole of what stands before it is given, and what stands in
    apposition to it: “Realisasi anggaran sampai dengan triwulan II sebesar Rp5.000 (50%)”.
    """
    told = list(figures(sentence))
    if not told:
        return
    for one in told[1:]:
        found = _JOINED.search(sentence[: one.start].casefold())
        if found:
            yield (BUDGET if set(found[1].split()) <= _BUDGET else found[1]), _when(found[1]), one
    first = told[0]
    whole = _SHORT.sub("", sentence[: first.start]).casefold()
    lead = _WHEN_FIRST.sub("", whole)
    if re.search(r"[,;:(]|\b(?:target|dari|banding|naik|turun|sisa|rata-rata|masing)\b", lead):
        return
    if (
        re.fullmatch(r"(?:\W*realisasi )?(?:triwulan|tw) [ivx0-9]+\b.*", lead)
        and "anggaran" not in lead
    ):
        return  # of the quarter alone
    if _UNTIL.search(sentence[first.end :].casefold()) and not _UNTIL.search(lead):
        return  # of the quarter alone, and behind it what it adds up to
    name = _FILLER.sub(" ", _VERB.sub(" ", _TIME.sub(" ", lead)))
    name = " ".join(re.findall(r"[a-z]+(?:-[a-z]+)*", name))
    parts = name.split()
    if not parts or len(parts) > _LONG or not (_VERB.search(lead) or set(parts) <= _BUDGET):
        return
    if set(parts) <= _BUDGET:
        if set(parts) <= {"anggaran", "keuangan"} or first.kind == "angka":
            return
        name = BUDGET
    period = _when(whole)
    yield name, period, first
    between = sentence[first.end : told[1].start] if len(told) > 1 else ""
    if len(told) > 1 and (
        _MORE.fullmatch(between)
        or (told[1].kind == "persen" != first.kind and _THAT_IS.fullmatch(between))
    ):
        yield name, period, told[1]


def _when(lead: str) -> Period:
    found = mentions(lead)
    month = found.months[-1] if len(found.months) == 1 else 0
    ended = 0 if found.quarters or month % 3 else month // 3  # “hingga 30 Juni”
    return Period(
        found.years[-1] if found.years else 0,
        found.quarters[-1][0] if found.quarters else ended,
        0 if ended else month,
    )


def repeated(sentence: str, names: Sequence[str]) -> Iterator[tuple[str, Figure]]:
    """Give the figures that stand right behind a name told elsewhere: “dengan serapan 72%”."""
    for one in figures(sentence):
        lead = re.sub(r"\s+(?:sebesar|mencapai|adalah)?\s*$", "", sentence[: one.start].casefold())
        budget = _SPENT.search(lead)
        if budget:
            yield BUDGET, one
        else:
            yield from ((name, one) for name in names if lead.endswith(f" {name}"))
