"""Arithmetic of sentences: shares, growth, remainders, parts of a sum, shares of a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, combinations, pairwise

from pp39.findings.printed import digits
from pp39.review.enumeration import lists_of
from pp39.review.figure import Figure, figures, sentences, series
from pp39.review.hit import Hit, Look, Rule, label_of
from pp39.review.saying import scale_of
from pp39.review.tables import amounts_of
from pp39.review.typed import PROSE, Grid, Passage

_APPOSED = re.compile(
    r"\s*(?:[a-z/-]+(?:\s|(?=,))){0,4}(?:\([a-z\s]+\)\s*)?[,(]?\s*"
    r"(?:(?:atau|sebesar|setara|yaitu|yakni|dengan|capaian(?:nya)?|persentase|menyumbang|mencapai"
    r"|mewakili|sehingga|serapan|tingkat|realisasi|adalah|hanya|dari total)\s+){0,5}\(?",
    re.IGNORECASE,
)
"""What may stand between an amount and the share that it is."""
_OF = re.compile(r"\b(?:(?<!terdiri )dari(?!\s+tanggal)|terhadap)\b", re.IGNORECASE)
_UNIT = re.compile(r"\s*(?:k?m[23²³]?|ha|kg|g|ton|kuintal|l|ml|liter|jam|menit|hari|bulan)\b")
_EVERY = re.compile(r"\s*dari (?:seluruh|semua|keseluruhan)\b")
_AMONG_THEM = re.compile(r"\((?:termasuk|di antaranya|antara lain)\b[^)]*\)")
_WHOLES = re.compile(
    r"\b(?:terdiri|terbagi|meliputi|mencakup|rincian|komposisi|yaitu|yakni|berasal|bersumber)\b|:\s"
)
_THUS = re.compile(
    r"\bsehingga\b(?:\s+\w+){0,4}\s+(?:menjadi|jumlah(?:nya)?|total(?:nya)?|keseluruhan(?:nya)?)\b"
)
_PLANNED = re.compile(r"\bsehingga\b(?:\s+\w+){0,2}\s+(?:target|rencana|jadwal)\b")
_AGAINST = re.compile(r"\b(?:dari|target|rencana|terhadap|dibanding\w*|kebutuhan|kapasitas)\b")
"""What stands between two figures that are held against one another."""
_CHANGES = re.compile(r"\b(?:naik|turun|meningkat|menurun|bertambah|berkurang|tumbuh)\b")
_GROWTH = re.compile(r"\bdari\b(.*?)\bmenjadi\b(.*)")
_CHANGED = re.compile(
    r"\b(?:efisiensi|pemotongan|pengurangan|penghematan|penambahan|tambahan|blokir\w*)\b"
)
_BASIS = re.compile(
    r"\b(?:di)?banding\w*|\btahun (?:lalu|sebelumnya)|\bsebelumnya|\byang sama"
    r"|\b(?:semester|triwulan) [iv0-9]+ tahun|\btahun (?:19|20)[0-9]{2}"
)
"""What stands before the amount of an earlier time."""
_EMPTY = re.compile(
    r"ter(?:dapat|jadi|catat)|meng\w+|artinya|dengan|sehingga|tersebut|sebesar|sebanyak|berarti|demikian"
    r"|(?:men|pen|ke)(?:ingkat|urun|naik|aik)\w*|bertambah|berkurang|dibanding\w*|triwulan|angka"
)
"""Words of a step that do not say of what it is one."""
_OF_SO_MANY = re.compile(
    r"\b[Dd]ari (?P<whole>[1-9][0-9]{0,2}) (?:\([a-z ]+\) )?[a-z]+(?: [a-z]+)?,?"
    r" (?:sebanyak |sebesar |terdapat )?(?P<share>[0-9]{1,2},[0-9]+)(?: ?%| persen)(?! dari\b)"
    r"(?! (?:nilai|anggaran|pagu|dana|volume|target|waktu))"
)
_AMONG = re.compile(
    r"\b(?P<whole>[1-9][0-9]{0,2}) (?:\([a-z ]+\) )?(?:orang|responden|peserta|pegawai|siswa)\b"
    r"[^.0-9]{0,40}?(?P<share>[0-9]{1,2},[0-9]+)(?: ?%| persen)"
    r" (?:di antara(?:nya| mereka)|dari mereka)\b"
)
_BASE = re.compile(
    r"\s*dari (?:total |jumlah |nilai )?([a-z]{3,}(?: [a-z]{3,}){0,2}?)"
    r"(?=[.,;)]|$| (?:atau|dan|sedangkan|serta)\b)"
)
"""What follows a share and names of what it is one."""
_ONE_TO = re.compile(
    r"\brasio (?P<a>[a-z]{4,}) (?:terhadap|dengan|dan|per|banding) (?P<b>[a-z]{4,})"
    r"(?: (?:adalah|sebesar|mencapai|yaitu|tercatat))* (?P<ratio>1 ?: ?(?P<to>[0-9]+(?:,[0-9]+)?))"
)
_FROM = re.compile(r"\s*\(dari\b")
_LEAD = 30
"""Letters before a share in which a word for it stands."""
_AROUND = 10
"""Points within which a share is taken for one of a whole named elsewhere."""
_FAR = 9
"""Words between a share and the amounts beyond which it is of something else."""
_SURE = 3
"""Counts with a share each that are told to be parts of one whole."""
_CLOSE = Fraction(1, 4)
"""Part of a sum by which its parts may miss it and still be taken for them."""


def _percent(part: Fraction, whole: Fraction) -> Fraction:
    return part / whole * 100


def _fits(share: Figure, part: Figure, whole: Figure) -> bool:
    """Tell whether a share can come from two amounts, all as rounded in print."""
    if not whole.value:
        return True
    ends = [
        _percent(part.value + a, whole.value + b)
        for a in (-part.step / 2, part.step / 2)
        for b in (-whole.step / 2, whole.step / 2)
        if whole.value + b
    ]
    if share.step:
        return min(ends) - share.step <= share.value <= max(ends) + share.step
    return min(ends) - 1 < share.value < max(ends) + 1


def shares(look: Look) -> Iterator[Hit]:
    """Percentages against the two amounts they come from: “144 dari 320 dosen (45%)”."""
    for passages, grids, wholes in _with_totals(look):
        wholes_of = dict(_totals_beside(look, grids))
        for passage in passages:
            yield from _shares(look, passage, wholes)
            yield from _of_totals(passage, wholes_of)


def _totals_beside(
    look: Look, grids: Sequence[Grid]
) -> Iterator[tuple[Fraction, list[tuple[Fraction, bool]]]]:
    """Give the amounts of tables, each with the totals of its column and its row."""
    found: dict[Fraction, list[tuple[Fraction, bool]]] = defaultdict(list)
    for grid in grids:
        cells = look.numbers(grid)
        sums = [n for n, row in enumerate(grid.rows) if look.words.says("jumlah", label_of(row))]
        last = [n for n, head in enumerate(grid.head) if look.words.says("jumlah", head)]
        for number, line in enumerate(cells):
            shares_ = any(cell and cell.percent for cell in line)
            for column, cell in enumerate(line):
                scale = scale_of(grid, column)
                beside = [cells[n][column] for n in sums if n != number]
                beside += [line[n] for n in last if n != column]
                if cell and not cell.percent:
                    found[cell.value * scale] += [
                        (one.value * scale, shares_) for one in beside if one and one.value
                    ]
    return iter(found.items())


def _of_totals(
    passage: Passage, wholes: Mapping[Fraction, Sequence[tuple[Fraction, bool]]]
) -> Iterator[Hit]:
    """“79 orang (62,7%)” against the totals of the table in which the 79 stand."""
    every = [(one, list(figures(one))) for one in sentences(passage.text)]
    for sentence, told in every:
        for part, share in pairwise(told):
            between = sentence[part.end : share.start]
            if share.kind == "persen" and re.fullmatch(r"[\sa-z]*\(", between):
                yield from _of_total(
                    passage, part, share, (told, [a for _, b in every for a in b]), wholes
                )


def _of_total(
    passage: Passage,
    part: Figure,
    share: Figure,
    around: tuple[Sequence[Figure], Sequence[Figure]],
    wholes: Mapping[Fraction, Sequence[tuple[Fraction, bool]]],
) -> Iterator[Hit]:
    told, every = around
    bases = wholes.get(part.value, ()) if part.kind in ("uang", "angka") else ()
    made = [_percent(part.value, one) for one, beside in bases if not beside]
    passed = [
        _percent(part.value, one.value) for one in every if one.kind == part.kind and one.value
    ]
    # “Rp600 (60%) dan Rp400 (40%)”: of the sum of all that have a share.
    whole = sum(a.value for a, b in pairwise(told) if a.kind == part.kind and b.kind == "persen")
    passed.append(_percent(part.value, whole or Fraction(1)))
    if not made or any(_says(share, one) for one in (*made, *passed)):
        return
    nearest = min(made, key=lambda one: abs(one - share.value))
    if abs(nearest - share.value) < _AROUND and part.value > _AROUND:
        base = part.value * 100 / nearest
        yield _told(passage, share, nearest, f"{part.text} dari {digits(base)}")


def _shares(look: Look, passage: Passage, wholes: list[Figure]) -> Iterator[Hit]:
    every = sentences(passage.text)
    for number, sentence in enumerate(every):
        told = list(figures(sentence))
        earlier = [one for text in every[:number] for one in figures(text)]
        for share in told:
            if share.kind == "persen" and not _grows(look, sentence, share):
                earlier = [] if len(_paired(sentence)) >= _SURE else earlier
                yield from _share(passage, sentence, told, share, earlier, wholes=wholes)


def pairs(look: Look) -> Iterator[Hit]:
    """Hold the only percentage of a sentence against its only two amounts, however told.

    “Persentase 92%, yaitu 11 dari 12 kasus” and “dari target 12, telah selesai 11, atau 92%”; or
    against the two of the sentence before, whose words it takes up.
    """
    for passage in look.prose:
        every = sentences(passage.text)
        for before, sentence, after in zip(["", *every], every, [*every[1:], ""], strict=False):
            yield from _pair_of(look, passage, before, sentence, after)


def _pair_of(look: Look, passage: Passage, before: str, sentence: str, after: str) -> Iterator[Hit]:
    told = list(figures(sentence))
    shares_ = [
        one
        for one in told
        if one.kind == "persen"
        and not look.words.says("target", " ".join(sentence[: one.start].split()[-3:]))
    ]
    if len(shares_) != 1 or any(one.kind == "poin" for one in told):
        return
    (share,) = shares_
    lead = " ".join(sentence[: share.start].split()[-3:])
    grows = look.words.says("naik", lead) or look.words.says("turun", lead)
    if grows or _OF.match(sentence[share.end :].lstrip()):
        return
    amounts = [one for one in told if one.kind in ("uang", "angka")]
    for other in (before, after) if not amounts else ():
        near = [one for one in figures(other) if one.kind in ("uang", "angka")]
        if _shared(other, sentence) and len(near) == len(list(figures(other))) == 2:
            sentence, amounts = other, amounts or near
    whole = _whole(sentence, amounts) if len(amounts) == 2 else None
    part = next((one for one in amounts if one is not whole), None)
    if not whole or not part or not whole.value or part.kind != whole.kind or not part.value:
        return
    made = _percent(part.value, whole.value)
    rest = 100 - made if re.search(r"\b(?:belum|tidak|sisa)\b", sentence) else made
    right = share.near(made, share.step) or share.near(rest, share.step)
    apart = any(one in told and _apart(sentence, one, share) for one in (part, whole))
    likely = abs(made - share.value) < _AROUND and not apart
    if likely and not right and not _fits(share, part, whole):
        yield _told(passage, share, made, f"{part.text} dari {whole.text}")


def _apart(sentence: str, one: Figure, other: Figure) -> bool:
    """Tell that what stands between two figures keeps them apart."""
    a, b = sorted((one, other), key=lambda each: each.start)
    return ";" in sentence[a.end : b.start] or len(sentence[a.end : b.start].split()) > _FAR


def _whole(sentence: str, amounts: Sequence[Figure]) -> Figure | None:
    """Find the whole of two amounts: what stands behind “dari”, or is told before it."""
    a, b = amounts[:2]
    between = sentence[a.end : b.start]
    if re.search(r"\bdari\b", between):
        return b if not re.search(r"\bmenjadi\b", sentence[b.end :]) else None
    if re.search(r"\bdari\b(?! (?:tanggal|bulan|tahun))", sentence[: a.start].casefold()) or (
        re.match(r"\W*(?:pagu|jumlah|total|target|anggaran)\b", sentence.casefold())
    ):
        return a if a.value >= b.value or "target" in sentence.casefold() else None
    return None


def _shared(earlier: str, sentence: str) -> bool:
    both = [set(re.findall(r"[a-z]{5,}", one.casefold())) for one in (earlier, sentence)]
    return len((both[0] & both[1]) - {"persen", "sebesar", "sebanyak", "adalah"}) > 0


def _share(
    passage: Passage,
    sentence: str,
    told: Sequence[Figure],
    share: Figure,
    earlier: Sequence[Figure],
    *,
    wholes: Sequence[Figure],
) -> Iterator[Hit]:
    made = "capaian" in sentence[max(0, share.start - _LEAD) : share.start].casefold()
    amounts = [one for one in told if one.kind in ("uang", "angka", *(["persen"] * made))]
    before = [one for one in amounts if one.end <= share.start]
    part = before[-1] if before else None
    if (
        part is None
        or _base_of(passage, sentence, share, part)
        or not _is_apposed(sentence, part, share)
    ):
        return
    of = _OF.search(sentence, share.end)
    after = [
        one
        for one in amounts
        if of and one.start >= of.end() and one.kind == part.kind
        if not re.search(r"[,;]\s|\b(?:sehingga|sisa)\b", sentence[of.end() : one.start])
    ]
    if after and of and of.start() - share.end < 4:
        # “25 (62,5%) dari 40”
        whole: Figure | None = after[0]
    else:
        # “25 dari 40 (62,5%)” and “Dari 40 orang, 25 orang (62,5%)”
        twin = before[-2] if len(before) > 1 and before[-2].kind == part.kind else None
        whole = None
        if twin and _OF.search(sentence, twin.end, part.start):
            part, whole = twin, part
        elif twin and _OF.search(sentence, 0, twin.start) and twin is before[0]:
            own = any(twin.end <= one.start < part.start for one in told if one.kind == "persen")
            whole = None if own or _GROWTH.search(sentence) else twin
    if whole is not None:
        if not whole.value or _other_unit(sentence, part, whole):
            return
        ratio = _percent(part.value, whole.value)
        if not (
            _fits(share, part, whole)
            or (made and share.near(200 - ratio, part.step * 100 / whole.value))
        ):
            yield _told(passage, share, ratio, f"{part.text} dari {whole.text}")
        return
    behind = not after and of and of.start() - share.end < 4
    named = re.match(r"\s*dari ([a-z]{4,})\b", sentence[share.end :])
    if named and _called(sentence.casefold(), part, named[1]):
        return  # the amount before it is the whole, and not the part
    alone = sum(one.kind == "persen" for one in told) == 1
    beside = alone and len(before) == 2 and before[0].noun == part.noun
    beside = beside and not _CHANGES.search(sentence[before[0].end : part.start].casefold())
    if behind or (part.kind == "uang" and earlier) or (part.noun and (earlier or beside)):
        # “Rp750 juta atau 40% dari nilai barang”: the whole stands before it, or in a total.
        shared = {
            a.start for a, b in pairwise(told) if b.kind == "persen" and _is_apposed(sentence, a, b)
        }
        alone_ = [one for one in before[:-1] if one.start not in shared]
        pool = [*alone_, *earlier, *(wholes if behind else ())]
        pool = [one for one in pool if one.kind == part.kind]
        if part.kind == "angka" and not behind:
            pool = [one for one in pool if one.noun == part.noun]
        every = behind and _EVERY.match(sentence, share.end)
        largest = max(pool, key=lambda one: one.value, default=None)
        nearest = largest if every and largest in wholes else _nearest(pool, share, part)
        if nearest and not any(_fits(share, part, one) for one in (*pool, *wholes)):
            ratio = _percent(part.value, nearest.value)
            yield _told(passage, share, ratio, f"{part.text} dari {nearest.text}")


def _is_apposed(sentence: str, part: Figure, share: Figure) -> bool:
    return bool(_APPOSED.fullmatch(sentence[part.end : share.start]))


def _other_unit(sentence: str, a: Figure, b: Figure) -> bool:
    """Tell “1.824 m dari 12 km”: units of one kind, of which one is the larger."""
    told = [_UNIT.match(sentence, one.end) for one in (a, b)]
    return all(told) and len({one[0].strip() for one in told if one}) > 1


def shares_of_named(look: Look) -> Iterator[Hit]:
    """“48% dari pagu efektif atau 43% dari pagu awal”: of the amounts that bear these names."""
    for passage, sentence in look.sentences:
        told = list(figures(sentence))
        for number, share in enumerate(told):
            part = next((one for one in reversed(told[:number]) if one.kind != "persen"), None)
            whole = _base_of(passage, sentence, share, part) if part else None
            if part and whole and not _fits(share, part, whole):
                ratio = _percent(part.value, whole.value)
                yield _told(passage, share, ratio, f"{part.text} dari {whole.text}")


def _base_of(passage: Passage, sentence: str, share: Figure, part: Figure) -> Figure | None:
    """Find the one amount of a passage with the name of which a share is told to be."""
    named = _BASE.match(sentence.casefold(), share.end) if share.kind == "persen" else None
    if named is None:
        return None
    name = re.compile(rf"\b{re.escape(named[1])}(?: sebesar| senilai| berjumlah)?\s*$")
    bases = {
        one.value: one
        for one in figures(passage.text)
        if one.kind == part.kind != "poin" and one.value
        if name.search(passage.text[: one.start].casefold())
    }
    return next(iter(bases.values())) if len(bases) == 1 and part.value not in bases else None


def _nearest(pool: Iterable[Figure], share: Figure, part: Figure) -> Figure | None:
    near = [
        one
        for one in pool
        if one.value and abs(_percent(part.value, one.value) - share.value) < _AROUND
    ]
    return min(
        near, key=lambda one: abs(_percent(part.value, one.value) - share.value), default=None
    )


def _told(passage: Passage, share: Figure, made: Fraction, source: str) -> Hit:
    shown = f"{digits(made, share.printed, least=2)}%"
    return amiss(passage, share, shown, f"Tertulis {share.text}", source)


def amiss(passage: Passage, figure: Figure, shown: str, said: str, source: str) -> Hit:
    """Hold what is said of a figure against what its source makes of it."""
    told = f"{said}, sedangkan {source} adalah {shown}."
    return Hit(figure.text, shown, told, passage.place)


def _says(figure: Figure, exact: Fraction, slack: Fraction = Fraction(0)) -> bool:
    """Tell whether a figure is an exact value, as it was printed; a whole one within 1."""
    return figure.near(exact, slack) or (not figure.step and abs(figure.value - exact) < 1)


def apposed(look: Look) -> Iterator[Hit]:
    """Hold an amount against the same one told otherwise: “Rp120.000 ribu atau Rp12 juta”."""
    for passage in look.prose:
        for a, b in pairwise(figures(passage.text)):
            between = passage.text[a.end : b.start]
            same = re.fullmatch(r",?\s*\(?(?:atau|setara)(?: sekitar)?\s*|\s*\(", between)
            if a.kind != "uang" or b.kind != "uang" or not same or b.near(a.value, a.step):
                continue
            if re.match(r"\s*(?:per|setiap|tiap)\b", passage.text[b.end :]) or b.step <= a.step:
                continue
            shown = f"Rp{digits(a.value)}"
            told = f"{b.text} tertulis untuk {a.text}, padahal keduanya bukan jumlah yang sama."
            yield Hit(b.text, shown, told, passage.place)


def shares_of_parts(look: Look) -> Iterator[Hit]:
    """Several amounts, each with its share of their whole: “30 (75%), 8 (20%), dan 2 (5%)”."""
    for passage in look.prose:
        told, paired = list(figures(passage.text)), _paired(passage.text)
        if len(paired) < 2:
            continue
        summed = Fraction(sum(part.value for part, _ in paired))
        # Two that make a hundred, but for a slip, are the parts of their sum.
        apart = abs(Fraction(sum(share.value for _, share in paired)) - 100)
        together = ". " not in passage.text[paired[0][0].end : paired[-1][0].start]
        sums = len(paired) == 2 and (
            any(one.value == summed for one in told)
            or (together and apart < 2 and sum(_of_whole(*pair, summed) for pair in paired) == 1)
        )
        if len(paired) < _SURE and not sums:
            continue
        wholes = [summed, *(one.value for one in told if one.kind == "angka" and one.value)]
        best = max(wholes, key=lambda one: sum(_of_whole(*pair, one) for pair in paired))
        paired = [pair for pair in paired if pair[0].value != best]
        wrong = [pair for pair in paired if not _of_whole(*pair, best)]
        if not sums and (len(paired) - len(wrong) < 2 or len(wrong) >= len(paired) - 1):
            continue
        for part, share in wrong:
            made = _percent(part.value, best)
            yield _told(passage, share, made, f"{part.text} dari {digits(best)}")


def impossible_shares(look: Look) -> Iterator[Hit]:
    """Shares that no number of the things gives: “dari 26 rumah sakit, 37,50 persen”."""
    for passage, sentence in look.sentences:
        for one in (*_OF_SO_MANY.finditer(sentence), *_AMONG.finditer(sentence)):
            whole = int(one["whole"])
            share = next(f for f in figures(sentence) if f.start >= one.start("share"))
            near = round(share.value * whole / 100)
            made = _percent(Fraction(near), Fraction(whole))
            if share.step and not _says(share, made):
                yield _told(passage, share, made, f"yang terdekat, {near} dari {whole},")


def one_to(look: Look) -> Iterator[Hit]:
    """“Rasio dosen terhadap mahasiswa 1 : 31” against the totals of both in its section."""
    for prose, grids, _ in _with_totals(look):
        for passage in prose:
            for one in _ONE_TO.finditer(passage.text.casefold()):
                sums = [made for name in one.group("a", "b") for made in _sums(look, grids, name)]
                told = next(figures(one["to"]), None)
                if len(sums) != 2 or not all(sums) or told is None:
                    continue
                exact = max(sums) / min(sums)
                if _says(told, exact):
                    continue
                shown = f"1 : {digits(exact, told.printed)}"
                yield Hit(
                    one["ratio"],
                    shown,
                    f"Rasio tertulis {one['ratio']}, sedangkan {digits(min(sums))} dan"
                    f" {digits(max(sums))} adalah {shown}.",
                    passage.place,
                )


def _sums(look: Look, grids: Sequence[Grid], name: str) -> Iterator[Fraction]:
    """Give the totals of the columns with a name in their heads."""
    for grid in grids:
        for number, row in enumerate(grid.rows):
            line = look.numbers(grid)[number] if look.words.says("jumlah", label_of(row)) else []
            for head, cell in zip(grid.head, line, strict=False):
                if cell and name in head.casefold().split():
                    yield cell.value


def _called(text: str, figure: Figure, name: str) -> bool:
    """Tell whether a name is the last one before a figure, with no other figure between."""
    lead = re.split(r"[.;]\s", text[: figure.start])[-1]
    return bool(re.search(rf"\b{re.escape(name)}\b(?:(?! menjadi )[^;])*$", lead[-60:]))


def _paired(text: str) -> list[tuple[Figure, Figure]]:
    """Find the counts that have their share right behind them."""
    return [
        (part, share)
        for part, share in pairwise(figures(text))
        if part.kind == "angka" and share.kind == "persen" and _is_apposed(text, part, share)
    ]


def _of_whole(part: Figure, share: Figure, whole: Fraction) -> bool:
    return _says(share, _percent(part.value, whole))


def hundred(look: Look) -> Iterator[Hit]:
    """Shares that are told to be all parts of a whole and do not make a hundred."""
    for passage, sentence in look.sentences:
        told = [one for one in figures(sentence) if one.kind == "persen"]
        least = 2 if look.words.says("berdua", sentence) else _SURE
        if len(told) < least or not look.words.says("pembagian", sentence):
            continue
        if len(told) < _SURE and any(one.kind == "angka" for one in figures(sentence)):
            continue  # the amounts themselves tell their shares
        if re.search(r"\b(?:target|capaian|tercapai|serapan|naik|turun)\b", sentence.casefold()):
            continue
        summed = Fraction(sum(one.value for one in told))
        slack = sum(one.step or 1 for one in told) / 2
        others = [one for one in told if abs(summed - one.value - 100) <= slack]
        if abs(summed - 100) <= slack or abs(summed - 100) > _AROUND or others:
            continue
        shown = f"{digits(summed, told[0].printed)}%"
        parts = ", ".join(one.text for one in told)
        yield Hit(
            parts,
            "100%",
            f"Bagian {parts} berjumlah {shown}, bukan 100%.",
            passage.place,
            f"{passage.place}/persen",
        )


def _grows(look: Look, sentence: str, figure: Figure) -> bool:
    """Tell whether a figure is one of growth: a word for it stands right before."""
    before = " ".join(sentence[: figure.start].split()[-3:])
    grows = look.words.says("naik", before) or look.words.says("turun", before)
    # “Naik menjadi 77” tells what it became, and “tumbuh 4% (dari 17.420)” from where.
    return (
        grows
        and not before.endswith(("menjadi", "dari"))
        and not _FROM.match(sentence[figure.end :])
    )


def growth(look: Look) -> Iterator[Hit]:
    """“Naik dari a menjadi b” and “naik d” against a and b, and the direction of both."""
    for section in look.by_section:
        pool = [
            *(
                one
                for part in section
                if isinstance(part, Passage)
                for one in figures(part.text)
                if one.kind != "poin"
            ),
            *(
                one
                for part in section
                if isinstance(part, Grid)
                for one in amounts_of(part, part.rows)
            ),
        ]
        for passage in section:
            if isinstance(passage, Passage) and passage.kind in PROSE:
                yield from _growth(look, passage, pool)


def _growth(look: Look, passage: Passage, pool: Sequence[Figure]) -> Iterator[Hit]:
    every = sentences(passage.text)
    for number, sentence in enumerate(every):
        up, down = (look.words.find(word, sentence) for word in ("naik", "turun"))
        ranked = all(look.words.says(one, sentence) for one in ("tertinggi", "terendah"))
        told = list(figures(sentence))
        yield from _directions(look, passage, sentence, [*every[:number], sentence])
        single = (up is None) != (down is None)
        if ranked:
            continue
        pair = _pair(sentence, told, (up or down)) if single else None  # type: ignore[arg-type]
        if pair and pair[0].value != pair[1].value and (pair[1].value > pair[0].value) != bool(up):
            word = (up or down)[0]  # type: ignore[index]
            yield Hit(
                word,
                "turun" if up else "naik",
                f"Disebut {word}, sedangkan dari {pair[0].text} ke {pair[1].text}"
                f" {'turun' if up else 'naik'}.",
                passage.place,
                f"{passage.place}/{pair[0].text}",
            )
        for figure in told:
            if not _grows(look, sentence, figure) or (pair and figure in pair):
                continue
            steps = len(re.findall(r"\b(?:bertambah|berkurang|naik|turun)\b", sentence.casefold()))
            if figure.kind != "persen" and (not single or (steps > 1 and not pair)):
                continue
            # What another subject made before is no step of this one.
            own = {key for _, key in look.subjects.of(sentence)}
            earlier = [
                one
                for text in every[: number + 1]
                if not own or not (of := {key for _, key in look.subjects.of(text)}) or own & of
                for one in figures(text)
            ]
            if len(told) == 1 and _is_new(sentence[: figure.start], " ".join(every[:number])):
                continue
            nearer = [one for one in earlier if one.text != figure.text and one.kind != "poin"]
            more = look.words.says("naik", " ".join(sentence[: figure.start].split()[-3:]))
            yield from _step(passage, figure, pair, nearer, pool, up=more)


def _is_new(lead: str, before: str) -> bool:
    """Tell that what a sentence says before its step is all of something not spoken of before."""
    words = {one for one in re.findall(r"[a-z]{5,}", lead.casefold()) if not _EMPTY.match(one)}
    return bool(words) and not any(one in before.casefold() for one in words)


def _directions(
    look: Look, passage: Passage, sentence: str, before: Sequence[str]
) -> Iterator[Hit]:
    """“Turun Rp5 juta” behind two amounts of which the later one is Rp5 juta more."""
    text = " ".join(before)
    at = len(text) - len(sentence)
    every = [one for one in figures(text) if one.kind in ("uang", "angka", "persen")]
    for figure in (one for one in figures(text) if one.start >= at):
        lead = " ".join(text[: figure.start].split()[-3:])
        up, down = (look.words.says(word, lead) for word in ("naik", "turun"))
        earlier = [
            one
            for one in every
            if one.end <= figure.start and (one.kind != "persen" or figure.kind == "persen")
        ]
        pairs = [one for one in pairwise(earlier) if _alike(*one)] if up != down else []
        if figure.kind not in ("uang", "angka") or not pairs:
            continue
        a, b = pairs[-1]
        between = text[a.end : b.start].casefold()
        back = re.search(r"\bmenjadi\b", between) is None
        if back and not _BASIS.search(between):
            continue
        first, last = (b, a) if back else (a, b)
        made = last.value - first.value
        if (made > 0) == up or not _says(figure, abs(made), figure.step):
            continue
        word, right = ("naik", "turun") if up else ("turun", "naik")
        yield Hit(
            f"{word} {figure.text}",
            right,
            f"Disebut {word} {figure.text}, sedangkan dari {first.text} ke {last.text} {right}.",
            passage.place,
        )


def _pair(
    sentence: str, told: Sequence[Figure], word: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """Find what grew from what to what."""
    found = _GROWTH.search(sentence, word.end())
    become = re.compile(r"\bmenjadi\b").search(sentence, word.end())
    if found is not None:
        first = [one for one in told if found.start(1) <= one.start < found.end(1)]
        second = [one for one in told if one.start >= found.start(2)]
    else:  # “Pagu Rp10 juta dipotong 5% menjadi Rp9,5 juta”
        first = [one for one in told if one.end <= word.start()][-1:]
        second = [one for one in told if become and one.start >= become.end()]
        if first and second and first[0].kind == "angka" and first[0].noun != second[0].noun:
            return None
    if not first or not second or first[0].kind != second[0].kind:
        return None
    return first[0], second[0]


def _step(
    passage: Passage,
    figure: Figure,
    pair: tuple[Figure, Figure] | None,
    nearer: Sequence[Figure],
    pool: Sequence[Figure],
    *,
    up: bool,
) -> Iterator[Hit]:
    """Hold an amount of growth against the figures it can come from, nearest first."""
    pairs = [pair] if pair else [(a, b) for a in nearer for b in nearer if a is not b]
    money = figure.kind == "uang"
    likely = [one for one in pairs if _alike(*one) and (one[0].kind == "uang" or not money)]
    if not likely and not pair and figure.kind in ("persen", "uang"):
        near = [one for one in nearer if one.kind == "uang" or not money]
        likely = [two for a in near for b in pool if _alike(a, b) for two in ((a, b), (b, a))]
    if figure.kind == "angka":
        same = (figure.kind, bool(figure.step))
        likely = [two for two in likely if all((one.kind, bool(one.step)) == same for one in two)]
        likely = [(a, b) for a, b in likely if a.noun == b.noun]
    made = [(abs(_change(figure, a, b)), a, b) for a, b in likely if a.value]
    if not made:
        return
    right = [(a, b) for value, a, b in made if _explains(figure, value, a, b)]
    if right:
        # Of a percentage the amounts themselves tell which was the earlier one.
        a, b = right[0]
        if (
            figure.kind == "persen"
            and all((y.value > x.value) != up for x, y in right)
            and not pair
        ):
            word, other = ("naik", "turun") if up else ("turun", "naik")
            told = f"Disebut {word} {figure.text}, sedangkan dari {a.text} ke {b.text} {other}."
            yield Hit(f"{word} {figure.text}", other, told, passage.place)
        return
    value, a, b = min(made, key=lambda one: abs(one[0] - figure.value))
    if money and not pair and abs(value - figure.value) > figure.value * _CLOSE:
        return
    around = max(Fraction(_AROUND), figure.value) / (1 if figure.kind == "persen" else 2)
    if not pair and abs(value - figure.value) > around:
        return
    relative = figure.kind == "persen"
    points = relative and a.kind == "persen" and figure.near(abs(b.value - a.value))
    unit = "%" if relative else " poin persen" if figure.kind == "poin" else ""
    shown = f"{digits(value, figure.printed, least=2 if relative else 0)}{unit}"
    first, second = sorted((a, b), key=lambda one: one.start) if not pair else (a, b)
    told = (
        f"Perubahan {figure.text} dari {first.text} ke {second.text} adalah poin persen, bukan"
        " persen."
        if points
        else f"Perubahan tertulis {figure.text}, sedangkan antara {first.text} dan"
        f" {second.text} terdapat {shown}."
    )
    yield Hit(figure.text, shown, told, passage.place)


def _alike(a: Figure, b: Figure) -> bool:
    if a.kind != b.kind or a.value == b.value or not a.value or not b.value:
        return False
    return a.kind != "angka" or a.noun == b.noun or not (a.noun and b.noun) or bool(a.step)


def _change(figure: Figure, a: Figure, b: Figure) -> Fraction:
    return _percent(b.value - a.value, a.value) if figure.kind == "persen" else b.value - a.value


def _explains(figure: Figure, value: Fraction, a: Figure, b: Figure) -> bool:
    slack = (a.step + b.step) / 2
    if figure.kind == "persen":
        slack = slack / a.value * 100 * 2
    return _says(figure, value, slack)


def _with_totals(look: Look) -> Iterator[tuple[list[Passage], list[Grid], list[Figure]]]:
    """Give the prose of each section, its tables, and the amounts in their rows of totals."""
    for section in look.by_section:
        grids = [one for one in section if isinstance(one, Grid)]
        prose = [one for one in section if isinstance(one, Passage) and one.kind in PROSE]
        sums = [(grid, [row for row in grid.rows if look.is_total(row)]) for grid in grids]
        yield prose, grids, [one for grid, rows in sums for one in amounts_of(grid, rows)]


def remainders(look: Look) -> Iterator[Hit]:
    """Hold a remainder against ceiling and realisation of the same passage."""
    told = ((one, wholes) for prose, _, wholes in _with_totals(look) for one in prose)
    for passage, wholes in told:
        money = [one for one in figures(passage.text) if one.kind == "uang"]
        spent = [one for one in money if any(one.near(total.value) for total in wholes)]
        for number, one in enumerate(money):
            lead = " ".join(passage.text[: one.start].split()[-7:])
            lead = re.split(r"[,;]|\.\s", lead)[-1]
            found = look.words.find("sisa", lead)
            if found is None and _CHANGED.search(passage.text[: one.start].casefold()):
                found = re.search(r"\b(?:menjadi|sehingga)\b", lead.casefold())
            earlier = money[:number]
            if len(earlier) == 1 and earlier[0] in spent:
                larger = [total for total in wholes if total.value > earlier[0].value]
                earlier = [larger[0], *earlier] if len({a.value for a in larger}) == 1 else earlier
            behind = passage.text[one.end :].split(". ")[0]
            if found and not earlier and re.match(r"\s+(?:dari|adalah|merupakan)\b", behind):
                earlier = money[number + 1 : number + 3]
            if found is None or len(earlier) < 2 or "dari" in lead[found.end() :].split():
                continue
            pairs = [*pairwise(earlier), (earlier[0], earlier[-1])]
            if found[0] in ("menjadi", "sehingga"):
                pairs = [*combinations(earlier, 2)]
            made = [(abs(a.value - b.value), a, b) for a, b in pairs]
            if found[0] in ("menjadi", "sehingga"):
                made += [(a.value + b.value, a, b) for a, b in pairwise(earlier)]
            if any(one.near(value, one.step) for value, _, _ in made):
                continue
            nearest, first, last = min(made, key=lambda told: abs(told[0] - one.value))
            if abs(nearest - one.value) > one.value * _CLOSE:
                continue
            shown = digits(nearest, one.printed)
            yield Hit(
                one.text,
                shown,
                f"Tertulis {found[0]} {one.text}, sedangkan dari"
                f" {first.text} dan {last.text} seharusnya {shown}.",
                passage.place,
            )


def shortfalls(look: Look) -> Iterator[Hit]:
    """“1.388 dari target 1.400. Kekurangan 22 orang”: the difference of the two right before."""
    for passage in look.prose:
        told = [one for one in figures(passage.text) if one.kind == "angka" and one.noun]
        for a, b, one in zip(told, told[1:], told[2:], strict=False):
            lead = passage.text[b.end : one.start].casefold()
            if not re.search(
                r"\b(?:kekurangan|selisih|kelebihan|kurang(?! dari))(?:nya)?(?: \w+)?\s+$", lead
            ):
                continue
            known = any(one.near(abs(x.value - y.value)) for x, y in combinations(told, 2))
            held = _AGAINST.search(passage.text[a.end : b.start].casefold())
            if len({a.noun, b.noun, one.noun}) == 1 and held and not known:
                shown = digits(abs(a.value - b.value), one.printed)
                source = f"selisih {a.text} dan {b.text}"
                yield amiss(passage, one, shown, f"Selisih tertulis {one.text}", source)


def deviations(look: Look) -> Iterator[Hit]:
    """“48,2 persen; target 50 persen, sehingga deviasi 1,8 poin”: the difference of the two."""
    for passage, sentence in look.sentences:
        told = list(figures(sentence))
        for a, b, one in zip(told, told[1:], told[2:], strict=False):
            lead = sentence[b.end : one.start].casefold()
            held = _AGAINST.search(sentence[a.end : b.start].casefold())
            if [a.kind, b.kind, one.kind] != ["persen", "persen", "poin"] or not held:
                continue
            apart = abs(a.value - b.value)
            slack = a.step + b.step
            if re.search(r"\b(?:deviasi|selisih|gap)\b", lead) and not _says(one, apart, slack):
                source = f"selisih {a.text} dan {b.text}"
                shown = digits(apart, one.printed)
                yield amiss(passage, one, shown, f"Selisih tertulis {one.text}", source)


def parts(look: Look) -> Iterator[Hit]:
    """Hold a sum against, in the same sentence or the next, the parts it consists of."""
    for passage in look.prose:
        before: list[Figure] = []
        earlier: list[Figure] = []
        for sentence in sentences(passage.text):
            earlier += before
            told = [one for one in figures(sentence) if one.kind in ("uang", "angka")]
            if any(lists_of(sentence)):
                before = told
                continue  # its parts are known, and what else it tells is none
            split = _WHOLES.search(sentence)
            after = [one for one in told if split and one.start >= split.end()]
            inside = [one.span() for one in _AMONG_THEM.finditer(sentence)]
            after = [one for one in after if not any(a < one.start < b for a, b in inside)]
            lead = [one for one in told if split and one.end <= split.start()]
            if not split and len(told) > 1:
                # “Jumlah pegawai 75 orang. Menurut pendidikan, 30 orang (40%) …”
                paired = re.findall(r"\([0-9]+(?:,[0-9]+)?\s?%\)", sentence)
                if len(paired) == len(told) and not _OF.search(sentence):
                    summed, step = (sum(a.value for a in told), sum(a.step for a in told))
                    known = any(abs(one.value - summed) <= step + one.step for one in before)
                    after, lead = told, [] if known else before[-1:]
            if split and not lead and len({one.noun for one in after}) == 1 and after[0].noun:
                summed = sum(one.value for one in after)
                near = [one for one in earlier if one.noun == after[0].noun]
                lead = sorted(near, key=lambda one: -abs(one.value - summed))
            goal = lead and re.search(r"\bdari target\W*$", sentence[: lead[-1].start])
            yield from _sum(passage, lead[:-1] if goal else lead[-1:], after)
            listed = [one.figure for one in series(sentence)]
            whole = [one for one in told if listed and one.end <= listed[0].start]
            if len(whole) == 1 and re.search(r"\b[Dd]ari (?:\w+ )?$", sentence[: whole[0].start]):
                # “Dari 20 unit, 16 baik, 3 rusak ringan, dan 2 rusak berat” are too many.
                over = sum(one.value for one in listed) > whole[0].value
                yield from _sum(passage, whole if over else [], listed)
            thus = None if _PLANNED.search(sentence) else _THUS.search(sentence)
            made = [one for one in told if thus and one.start >= thus.end()]
            from_ = [one for one in (*before, *told) if made and one not in made]
            if made and len(from_) > 1 and from_[-1].kind == from_[-2].kind:
                a, b = from_[-2:]
                rest = made[0].near(abs(a.value - b.value), a.step + b.step)
                if not rest:
                    yield from _sum(passage, made[:1], [a, b])
            before = told


def _sum(passage: Passage, lead: Sequence[Figure], told: Sequence[Figure]) -> Iterator[Hit]:
    if not lead:
        return
    whole = lead[-1]
    under = [one for one in told if one.kind == whole.kind]
    if whole.kind == "angka" and whole.noun:
        same = [one for one in under if one.noun == whole.noun]
        under = same if len(same) > 1 else under
    summed = Fraction(sum(one.value for one in under))
    slack = Fraction(sum(one.step for one in under)) + whole.step
    missed = abs(summed - whole.value)
    if len(under) < 2 or missed <= slack or missed > whole.value * _CLOSE:
        return
    if whole.value in accumulate(one.value for one in under):
        return  # the first of them are its parts, and what follows stands beside
    if any(one.value > whole.value for one in under) or whole.value < 4:
        return
    shown = digits(summed, whole.printed)
    yield Hit(
        whole.text,
        shown,
        f"Jumlah tertulis {whole.text}, sedangkan rinciannya"
        f" ({', '.join(one.text for one in under)}) berjumlah {shown}.",
        passage.place,
    )


def listed_amounts(look: Look) -> Iterator[Hit]:
    """Amounts of a list against the amount in the sentence that leads to it."""
    lead: tuple[Figure, Passage] | None = None
    told: list[Figure] = []
    last: tuple[Figure, Passage] | None = None

    def close() -> Iterator[Hit]:
        if lead is None or len(told) < 2:
            return
        summed = Fraction(sum(one.value for one in told))
        whole, passage = lead
        if whole.kind == "angka" and abs(whole.value - summed) > whole.value * _CLOSE:
            return
        if abs(whole.value - summed) <= whole.step + sum(one.step for one in told):
            return
        shown = digits(summed)
        yield Hit(
            whole.text,
            shown,
            f"Rincian {', '.join(one.text for one in told)} berjumlah {shown},"
            f" sedangkan jumlah yang disebut sebelumnya {whole.text}.",
            passage.place,
            f"rincian/{whole.text}",
        )

    for one in look.report.parts:
        if not isinstance(one, Passage):
            continue
        every = [figure for figure in figures(one.text) if figure.kind in ("uang", "angka")]
        money = [figure for figure in every if figure.kind == "uang"]
        if one.kind == "butir":
            own = [a for a in every if lead is not None and a.kind == lead[0].kind]
            if len(own) == 1 and (not told or own[0].noun == told[0].noun):
                told.append(own[0])
            continue
        yield from close()
        told = []
        if one.kind == "judul":
            last = lead = None
            continue
        if money:
            last = (money[-1], one)
        counted = every and not money and one.text.endswith((":", "yaitu", "dari", "atas"))
        lead = (every[-1], one) if counted else last
    yield from close()


def means(look: Look) -> Iterator[Hit]:
    """Hold a mean against the means of the columns of the tables in its section."""
    for section in look.by_section:
        made = [
            (Fraction(sum(told), len(told)), head)
            for grid in section
            if isinstance(grid, Grid)
            for head, told in _columns(look, grid)
        ]
        for passage in section if made else ():
            if not isinstance(passage, Passage) or passage.kind not in PROSE:
                continue
            for one in figures(passage.text):
                lead = re.search(r"\brata-rata\b([^.;]*)$", passage.text[: one.start].casefold())
                if (
                    lead is None
                    or len(lead[1].split()) > 7
                    or re.search(r"[0-9]|\b(?:per|tiap|setiap)\b", lead[1])
                ):
                    continue
                value, head = min(made, key=lambda told: abs(told[0] - one.value))
                if one.near(value) or abs(value - one.value) * 20 > abs(one.value):
                    continue
                shown = digits(value, one.printed, least=2)
                said = f"Rata-rata tertulis {one.text}"
                yield amiss(passage, one, shown, said, f"rata-rata kolom {head}")


def means_of_lists(look: Look) -> Iterator[Hit]:
    """Hold a mean against what its sentence lists: “3,4; 3,5; dan 3,6, rata-rata 3,7”."""
    for passage in look.prose:
        told = list(figures(passage.text))
        run: list[Figure] = []
        last: list[Figure] = []
        for number, one in enumerate(told):
            lead = re.search(r"\brata-rata\b[^.;0-9]*$", passage.text[: one.start].casefold())
            apart = passage.text[told[number - 1].end : one.start] if number else "."
            goes_on = re.fullmatch(r"\s*[;,]?\s*(?:dan\s+)?", apart)
            run = [*run, one] if goes_on else [one]
            last = run if len(run) >= _SURE else [] if re.search(r"[.]\s", apart) else last
            if lead is None or len(last) < _SURE or one in last or one.kind != last[0].kind:
                continue
            exact = Fraction(sum(a.value for a in last), len(last))
            if not _says(one, exact, Fraction(sum(a.step for a in last))):
                source = f"rata-rata {', '.join(a.text for a in last)}"
                shown = digits(exact, one.printed)
                yield amiss(passage, one, shown, f"Rata-rata tertulis {one.text}", source)


def closing_sums(look: Look) -> Iterator[Hit]:
    """Hold a sum against what its sentence lists before it: “12 pria dan 9 wanita, total 22”."""
    for passage, sentence in look.sentences:
        told = list(figures(sentence))
        for number, one in enumerate(told):
            lead = sentence[told[number - 1].end if number else 0 : one.start].casefold()
            made = [a for a in told[:number] if a.kind == one.kind]
            thus = one.kind == "uang" and re.match(r"\s*,?\s*sehingga\b", lead)
            alike = [a for a in made if a.noun == one.noun or not (a.noun and one.noun)]
            apart = len({a.noun for a in made}) == len(made) == 2 and "sehingga" in lead
            made = alike if one.kind == "angka" and (len(alike) > 1 or not apart) else made
            if (
                len(made) < 2
                or not (look.words.says("seluruhnya", lead) or (thus and len(made) >= _SURE))
                or _OF.search(sentence, 0, made[-1].end)
            ):
                continue
            slack = one.step + sum(a.step for a in made)
            sums = [Fraction(sum(a.value for a in made[n:])) for n in range(len(made) - 1)]
            others = [a.value for a in figures(passage.text) if a.kind == one.kind]
            sums += [a + b for n, a in enumerate(others) for b in others[n + 1 :]]
            if any(abs(a - one.value) <= slack for a in sums) or any(
                a.value > one.value for a in made
            ):
                continue
            if abs(sums[0] - one.value) < one.value * _CLOSE:
                source = f"jumlah {', '.join(a.text for a in made)}"
                yield amiss(
                    passage,
                    one,
                    digits(sums[0], one.printed),
                    f"Jumlah tertulis {one.text}",
                    source,
                )


def _columns(look: Look, grid: Grid) -> Iterator[tuple[str, list[Fraction]]]:
    cells = look.numbers(grid)
    for column, head in enumerate(grid.head):
        told = [
            one.value
            for row, line in zip(grid.rows, cells, strict=True)
            if (one := line[column]) is not None and not look.is_total(row)
        ]
        if len(told) > 1 and not look.words.says("nomor", head):
            yield head, told


_FIGURES = "angka yang disebut dengan hitungan dari angka di sekitarnya"
RULES = (
    Rule("rasio-narasi", "material", _FIGURES, shares),
    Rule("rasio-narasi", "material", _FIGURES, shares_of_named),
    Rule("rasio-narasi", "material", _FIGURES, pairs),
    Rule("rasio-narasi", "material", _FIGURES, shares_of_parts),
    Rule("salah-ketik", "material", "jumlah uang dengan tulisannya yang lain", apposed),
    Rule("rasio-narasi", "material", "bagian yang disebut dengan banyaknya", impossible_shares),
    Rule("rasio-narasi", "material", "rasio yang disebut dengan jumlah dalam tabel", one_to),
    Rule("bagian-seratus", "minor", "bagian-bagian dengan keseluruhannya", hundred),
    Rule("perubahan", "material", "perubahan yang disebut dengan kedua angkanya", growth),
    Rule("rata-rata", "minor", "rata-rata yang disebut dengan tabelnya", means),
    Rule("rata-rata", "minor", "rata-rata yang disebut dengan hitungannya", means_of_lists),
    Rule("rincian-narasi", "material", "jumlah yang disebut dengan rinciannya", closing_sums),
    Rule("sisa", "material", "sisa yang disebut dengan selisihnya", remainders),
    Rule("sisa", "material", "selisih yang disebut dengan hitungannya", shortfalls),
    Rule("sisa", "material", "selisih yang disebut dengan hitungannya", deviations),
    Rule("rincian-narasi", "material", "jumlah yang disebut dengan rinciannya", parts),
    Rule("rincian-narasi", "material", "jumlah yang disebut dengan rinciannya", listed_amounts),
)
