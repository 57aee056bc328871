"""What a sentence lists against the whole it names, and steps against what they start from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pp39.findings.printed import digits, read_printed
from pp39.review.figure import Figure, figures
from pp39.review.hit import Hit, Look, Rule
from pp39.review.saying import scale_of
from pp39.review.typed import Passage

_NUMBER = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*"
_TIMES = r"(?:hari|jam|menit|bulan|tahun|kali|persen|juta|miliar|ribu)\b"
_THING = rf"{_NUMBER} (?!{_TIMES})(?!dari\b)[A-Za-z/-]+(?: (?!dan\b|serta\b)[A-Za-z/-]+){{0,4}}"
_LISTED = re.compile(rf"(?:{_THING})(?:, (?:{_THING}))*,? (?:dan|serta) {_THING}")
_WHOLE = re.compile(
    rf"(?P<whole>{_NUMBER})(?: \([a-z ]+\))?(?: (?!{_TIMES})[a-z/-]+){{1,2}}"
    r"(?:,? (?:yaitu|yakni|terdiri (?:dari|atas)|meliputi) | ?\()"
)
_OUT_OF = re.compile(rf"\bDari (?P<whole>{_NUMBER})(?: [a-z-]+){{1,2}}, (?:sebanyak )?")
_SURE = 3
"""Parts of a whole after which the last, behind “dan”, is taken to complete it."""
_NEARLY = Fraction(1, 20)
_STEP = re.compile(
    r"\b(?P<word>bertambah|penambahan|naik|kenaikan|(?:men|pen)ingkat(?:an)?|berkurang|pengurangan"
    r"|turun|(?:men|pen)urun(?:an)?)\s+(?:sebanyak |sebesar )?"
    rf"(?P<by>{_NUMBER})(?: (?P<noun>[a-z]+))? (?:atau |\()(?:sebesar )?"
    r"(?P<share>[0-9]+(?:,[0-9]+)?)(?: ?%| persen)",
    re.IGNORECASE,
)
_UP = re.compile(r"tambah|naik|ningkat", re.IGNORECASE)


def _value(text: str) -> Fraction:
    return Fraction(text.replace(".", ""))


def lists_of(sentence: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Find wholes with the list of their parts right behind."""
    for opening in (*_WHOLE.finditer(sentence), *_OUT_OF.finditer(sentence)):
        if (listed := _LISTED.match(sentence, opening.end())) is not None:
            yield opening, listed


def enumerated(look: Look) -> Iterator[Hit]:
    """“52 orang (38 PNS dan 16 PPPK)”, and “Dari 380 korban, 326 selamat, 42 … dan 10 …”."""
    for passage, sentence in look.sentences:
        for opening, listed in lists_of(sentence):
            parts = re.findall(rf"(?:^|(?<=, )|(?<=dan )|(?<=serta )){_NUMBER}", listed[0])
            whole, summed = _value(opening["whole"]), sum(map(_value, parts), Fraction())
            some = opening.re is _OUT_OF
            if summed == whole or whole < 2 or len(parts) < (_SURE if some else 2):
                continue
            if some and whole - summed > whole * _NEARLY:
                continue  # some of them, and not all
            shown = digits(summed)
            yield Hit(
                opening["whole"],
                shown,
                f"Jumlah tertulis {opening['whole']}, sedangkan rinciannya ({', '.join(parts)})"
                f" berjumlah {shown}.",
                passage.place,
            )


def _known(look: Look) -> set[Fraction]:
    """Give every number of the tables, in rupiah where they count thousands."""
    return {
        cell.value * scale_of(grid, column)
        for grid in look.report.grids
        for line in look.numbers(grid)
        for column, cell in enumerate(line)
        if cell is not None
    }


def steps(look: Look) -> Iterator[Hit]:
    """“58 operasi … bertambah 8 atau 12,12%”, and “8.462 … penurunan sebanyak 643”."""
    known = _known(look) if any(_STEP.search(one) for _, one in look.sentences) else set()
    before = ""
    for passage, sentence in look.sentences:
        earlier, before = before, sentence
        for one in _STEP.finditer(sentence):
            bases = [
                figure
                for figure in (*figures(sentence[: one.start()]), *figures(earlier))
                if figure.kind == "angka" and figure.value > 1
            ]
            yield from _step(passage, one, bases, known)


def _step(
    passage: Passage, told: re.Match[str], bases: list[Figure], known: set[Fraction]
) -> Iterator[Hit]:
    by, share = _value(told["by"]), read_printed(told["share"])
    if share is None or not bases:
        return
    slack = Fraction(1, 10**share.decimals)
    up = bool(_UP.search(told["word"]))
    fits = [one for one in bases if abs(by / one.value * 100 - share.value) < slack]
    if fits:
        base = fits[0].value
        now, other = (base + by, base - by) if up else (base - by, base + by)
        if other in known and now not in known:
            right = "turun" if up else "naik"
            yield Hit(
                f"{told['word']} {told['by']}",
                right,
                f"Disebut {told['word']} {told['by']} dari {fits[0].text}, sedangkan angka"
                f" sesudahnya, {digits(other)}, menunjukkan {right}.",
                passage.place,
            )
        return
    for one in bases:
        now = one.value + by if up else one.value - by
        if now > 0 and abs(by / now * 100 - share.value) < slack:
            shown = f"{digits(by / one.value * 100, share, least=2)}%"
            yield Hit(
                f"{told['share']}%",
                shown,
                f"Perubahan {told['by']} dari {one.text} tertulis {told['share']}%, seharusnya"
                f" {shown}; persentase itu dihitung terhadap nilai sesudahnya.",
                passage.place,
            )
            return


RULES = (
    Rule("rincian-narasi", "material", "jumlah yang disebut dengan rinciannya", enumerated),
    Rule("perubahan", "material", "perubahan yang disebut dengan angka asalnya", steps),
)
