"""Figures in prose: how each is written, what it says, how exactly, and of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from pp39.findings.printed import Printed, read_printed, read_words
from pp39.numbers import SCALES
from pp39.periods import MONTHS

Kind = Literal["uang", "persen", "poin", "angka"]

CODE = re.compile(
    r"[A-Z]{1,4}[\s-]?[0-9]+(?:[a-z]\b|(?:\.[0-9]+)*)|[0-9]{1,2}[a-z]\b|[0-9]{4}(?:\.[A-Z]{3}(?:\.[0-9]{3})?)?|[A-Z]{3}\.[0-9]{3}"
)
RO = re.compile(r"(?:[0-9]{4}\.)?[A-Z]{3}\.[0-9]{3}")
"""Code of an output, with or without that of its activity."""
COUNT = (
    r"(?:[0-9]{1,3}|(?:se|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\s?(?:belas|puluh)"
    r"|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)"
)
"""A small number, in digits or words."""
_AMOUNT = re.compile(
    r"(?<![\w./,-])(?P<money>rp\.?\s*)?(?P<number>-?[0-9][0-9.,]*[0-9]|[0-9])(?P<tail>,-)?"
    r"(?P<scale>\s*(?:ribu|juta|miliar|milyar|triliun)\b)?"
    r"(?P<points>\s*(?:%|persen)?\s*poin(?:\s+persen(?:tase)?|\s*%)?\b)?"
    r"(?P<percent>\s?%+|\s+persen\b)?(?![\w/]|-[0-9A-Za-z])",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"\b(?:nomor|no\.?|tahun|ta|tabel|gambar|grafik|bab|pasal|ayat|tw|triwulan|semester|dipa|satker"
    r"|lampiran|halaman|tanggal|kode|akun|subbab|bagian|huruf|angka|revisi ke|pukul|tipe|kelas"
    r"|iku|ik[ksp]{1,3})"
    r"\s*[-.]?\s*$"
)
_COINED = re.compile(r"\b[A-Z]{1,4}[- .]?$")
"""What stands before the number of an indicator."""
_OF = re.compile(r"\b[Dd]ari\b")
_SENTENCE = re.compile(
    r"(?<=[.;!?])(?<!\bs\.d\.)(?<!\bdr\.)(?<!\bNo\.)(?<!\bIr\.)(?<!\bDr\.)\s+(?=[A-Z(])"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence."""

    start: int
    end: int
    text: str
    printed: Printed
    value: Fraction
    """What it says, in rupiah where it is told in juta or miliar."""
    step: Fraction
    """One unit of its last printed digit; 0 where it was counted or told to the rupiah."""
    kind: Kind
    noun: str
    """The word behind it, such as ``orang``; small letters."""

    def near(self, exact: Fraction, slack: Fraction = Fraction(0)) -> bool:
        """Tell whether it can be an exact value, rounded or cut off as it was printed."""
        apart = abs(self.value - exact)
        return not apart or apart < slack + self.step


def sentences(text: str) -> list[str]:
    """Split a passage into sentences."""
    return [one.strip() for one in _SENTENCE.split(text) if one.strip()]


def figures(text: str) -> Iterator[Figure]:
    """Find the figures of a text.

    Numbers of laws, letters and tables, dates and years are none.

    Examples
    --------
    >>> [one.text for one in figures("capaian 92,65% dari 80 pada 2025")]
    ['92,65%', '80']
    >>> [(one.kind, int(one.value)) for one in figures("Rp6,4 miliar, naik 8 poin persen")]
    [('uang', 6400000000), ('poin', 8)]
    """
    for one in _AMOUNT.finditer(text):
        bare, before = one["number"], text[: one.start()].casefold()
        plain = not (one["money"] or one["percent"] or one["points"] or one["scale"])
        if _NO_FIGURE.search(before) or (plain and _is_none(text, one, before)):
            continue
        percent = "%" * (one["percent"] or "").count("%") or ("%" if one["percent"] else "")
        money = one["money"] if one["money"] and not one["scale"] else ""
        printed = read_printed(f"{money}{bare}{percent}")
        if printed is None:
            continue
        scale = SCALES[one["scale"].strip().casefold()] if one["scale"] else 1
        step = Fraction(scale, 10**printed.decimals) if scale > 1 or printed.decimals else 0
        kind: Kind = (
            "poin"
            if one["points"]
            else "persen"
            if printed.percent
            else "uang"
            if one["money"] or (printed.value >= 10**6 and printed.grouping)
            else "angka"
        )
        noun = re.match(r"\s*(?:\([a-z\s]+\)\s*)?([a-z]{3,})", text[one.end() :])
        yield Figure(
            one.start(),
            one.end(),
            one[0].strip(),
            printed,
            printed.value * scale,
            Fraction(step),
            kind,
            noun[1] if noun else "",
        )


def _is_none(text: str, one: re.Match[str], before: str) -> bool:
    """Tell that a bare number is a year, a day, a code or the number of an item."""
    bare, behind = one["number"], text[one.end() :]
    return bool(
        re.fullmatch(r"(?:19|20)[0-9]{2}", bare)
        or re.match(rf"[\s-]+(?:{'|'.join(MONTHS)}|Nopember)\b", behind, re.IGNORECASE)
        or (CODE.fullmatch(bare) and not one["tail"])
        or re.search(r"[×÷]\s*$", before)
        or re.match(r"\s*[×÷]", behind)
        or (
            re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,2})+", bare)
            and _COINED.search(text[: one.start()])
        )
        or (re.match(r"[.)]\s", behind) and not before.strip())
        or (re.match(r"\)", behind) and re.search(r"[;:,]\s*$|^\s*$", before))
    )


class Listed(NamedTuple):
    """A thing that a sentence lists with its figure."""

    label: str
    figure: Figure


_APART = re.compile(r";|,(?![0-9])|\b(?:dan|serta|sedangkan)\b")
_LEADS = re.compile(
    r"\b(?:terdiri (?:atas|dari)|yaitu|yakni|meliputi|berturut-turut|masing-masing|berikut"
    r"|adalah)\b|:\s"
)
_VERBS = re.compile(
    r"\b(?:sebesar|sebanyak|mencapai|tercatat|adalah|menjadi|senilai|(?:dalam )?kondisi)\b"
    r"|^\s*(?:dan|serta|sedangkan)\b|\b(?:dan|serta|sedangkan)\s*$|[^\w\s/-]"
)


def series(sentence: str, kinds: Sequence[str] = ("uang", "angka")) -> list[Listed]:
    """Read what a sentence lists: things of one kind with a figure each, before or behind it.

    Examples
    --------
    >>> [(one.label, one.figure.text) for one in series("Curah hujan Mei 3,5 mm dan Juni 4 mm.")]
    [('curah hujan mei', '3,5'), ('juni', '4')]
    >>> [one.label for one in series("Dari 9 unit, 6 unit baik (67%), 2 unit rusak, 1 unit hilang")]
    ['baik', 'rusak', 'hilang']
    """
    every = [one for one in figures(sentence) if one.kind in kinds]
    best: list[Listed] = []
    run: list[Listed] = []
    start = 0
    for end in (*(one.end() for one in _APART.finditer(sentence)), len(sentence)):
        told = [one for one in every if start <= one.start < end]
        if len(told) > 1 or (told and _OF.search(sentence[start : told[0].start])):
            run, start = [], end
            continue
        if not told:
            continue  # “dan” stands in the name of a thing
        (figure,) = told
        lead = next(reversed([*_LEADS.finditer(sentence, start, figure.start)]), None)
        before = sentence[lead.end() if lead else start : figure.start]
        behind = re.sub(r"\([^)]*\)", "", sentence[figure.end : end]).strip()
        label = _bare(before) or _bare(behind.removeprefix(figure.noun))
        alike = run and (run[-1].figure.kind, run[-1].figure.noun) == (figure.kind, figure.noun)
        run = [*(run if alike or not figure.noun else []), Listed(label, figure)]
        best = max(best, run, key=len)
        start = end
    return best if len(best) > 1 else []


def _bare(label: str) -> str:
    """Leave the words by which a thing in a list is named."""
    return " ".join(_VERBS.sub(" ", label.casefold()).split())


def printed_in(cell: str) -> Printed | None:
    """Read a cell that is a number, without the mark of a note behind it."""
    return read_printed(re.sub(r"\s*[*†¹²³]+\)?$", "", cell)) if cell else None


def count_of(text: str) -> int | None:
    """Read a small number, in digits or words.

    Examples
    --------
    >>> count_of("3"), count_of("lima belas"), count_of("beberapa")
    (3, 15, None)
    """
    return (
        int(text) if text.isdecimal() else read_words(re.sub(r"^se\s?(?=belas|puluh)", "se", text))
    )
