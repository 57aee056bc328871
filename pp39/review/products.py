"""Products: so many times so much, in a sentence and in the columns of a table; and rates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from pp39.findings.printed import digits
from pp39.review.arithmetic import amiss
from pp39.review.figure import Figure, figures
from pp39.review.hit import Hit, Look, Rule
from pp39.review.labels import BUDGET, labelled
from pp39.review.saying import MARGIN, scale_of
from pp39.review.tables import amiss_in, amounts_of, is_number_column, is_ratio
from pp39.review.typed import Grid

_EACH = re.compile(r"\b(?:masing-masing|setiap|tiap|per|@)(?!\s+(?:triwulan|bulan|tahun|hari)\b)")
_MAKES = re.compile(
    r"\b(?:sehingga|atau|seluruhnya|semuanya|total|jumlah(?:nya)?|berjumlah|menghasilkan|yaitu|yakni"
    r"|diperoleh|menjadi)\b|="
)
_ABOUT = re.compile(
    r"\b(?:sekitar|rata-rata|minimal|maksimal|paling|hampir|lebih|kurang|kira-kira|antara|hingga"
    r"|sampai|kecuali|belum|target|dari|dan|serta)\b|[;:]"
)
_PRICE = re.compile(r"\b(?:harga|tarif|biaya satuan|satuan biaya|sbm|bobot)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:(?P<up>naik|meningkat|bertambah|tumbuh)|turun|menurun|berkurang)\b"
    r"(?: sebesar| sebanyak)?\s*$",
    re.IGNORECASE,
)
_RATE = re.compile(r"\s*\w*\s*(?:atau(?: sebesar)?|\()\s*$")
_OTHER = re.compile(r"\b(?:dari|menjadi|dibanding\w*|terhadap|daripada)\b[^.;]*[0-9]")
_REST = re.compile(
    r"\bsisa (?:anggaran|pagu|dana)(?: (?:yang|per|pada)\b[^0-9,;]*)?(?: sebesar|:)?\s*$"
)
_THAT = re.compile(r"\b(?:itu|ini|tersebut|ia)\b")
_SURE = 2
_CLOSE = 3
"""Words between a figure and its change up to which it is what it became."""


def spoken(look: Look) -> Iterator[Hit]:
    """“12 kelas masing-masing 30 orang, atau 370 orang”, and “Rp5 per sampel untuk 20 sampel”."""
    for passage, sentence in look.sentences:
        told = [one for one in figures(sentence) if one.kind in ("angka", "uang")]
        for a, b, c in zip(told, told[1:], told[2:], strict=False):
            first, second = (
                sentence[a.end : b.start].casefold(),
                sentence[b.end : c.start].casefold(),
            )
            each = _EACH.search(first) or _EACH.search(second.partition(",")[0])
            if not each or not _MAKES.search(second) or _ABOUT.search(first + second):
                continue
            kinds = [one.kind for one in (a, b)]
            if kinds.count("uang") != (c.kind == "uang") or any(one.step for one in (a, b, c)):
                continue
            made = a.value * b.value
            if c.value == made or not _near(c.value, made) or c.noun not in _nouns(a, b, c):
                continue
            shown, source = digits(made, c.printed), f"{a.text} kali {b.text}"
            yield amiss(passage, c, shown, f"Tertulis {c.text}", source)


def _near(told: Fraction, made: Fraction) -> bool:
    return bool(made) and Fraction(1, 2) <= told / made <= 2


def _nouns(a: Figure, b: Figure, c: Figure) -> set[str]:
    """Give the nouns that a product may be counted in; any of money."""
    return {c.noun} if c.kind == "uang" else {a.noun, b.noun, ""}


def columns(look: Look) -> Iterator[Hit]:
    """Find columns that are the product of two others in most rows, and the rows that break it."""
    for grid in look.report.grids:
        numbers = [
            n
            for n, head in enumerate(grid.head)
            if is_number_column(look, grid, n)
            and (not is_ratio(look, head) or "bobot" in head.casefold())
        ]
        for made in numbers:
            for a, b in combinations([n for n in numbers if n != made], 2):
                yield from _column(look, grid, (a, b), made)


def _column(look: Look, grid: Grid, parts: tuple[int, int], made: int) -> Iterator[Hit]:
    right, wrong = 0, list[tuple[int, Fraction]]()
    priced = any(_PRICE.search(grid.head[n]) for n in parts)
    scale = Fraction(1, scale_of(grid, made))
    scale *= scale_of(grid, parts[0]) * scale_of(grid, parts[1])
    if any("%" in grid.head[n] or "bobot" in grid.head[n].casefold() for n in parts):
        scale /= 100
    for number, line in enumerate(look.numbers(grid)):
        told = [line[n] for n in (*parts, made)]
        if look.is_total(grid.rows[number]) or any(one is None or not one.value for one in told):
            continue
        a, b, c = (one for one in told if one is not None)
        exact = a.value * b.value * scale
        if abs(exact - c.value) < Fraction(1, 10**c.decimals):
            right += 1 not in (a.value, b.value)
        else:
            wrong.append((number, exact))
    if right < (_SURE if priced else 2 * _SURE) or len(wrong) * 2 > right:
        return
    for number, exact in wrong:
        shown = digits(exact, look.numbers(grid)[number][made])
        source = f"{grid.head[parts[0]]} kali {grid.head[parts[1]]} adalah"
        yield amiss_in(grid, (number, made), shown, source)


def rates(look: Look) -> Iterator[Hit]:
    """“250 orang, naik 50 orang atau 20 persen”: the percentage of what it was before."""
    for passage, sentence in look.sentences:
        told = list(figures(sentence))
        for now, by, rate in zip(told, told[1:], told[2:], strict=False):
            change = _CHANGED.search(sentence[now.end : by.start])
            if change is None or rate.kind != "persen" or now.kind != by.kind:
                continue
            if not _RATE.fullmatch(sentence[by.end : rate.start]) or now.noun != by.noun:
                continue
            if _OTHER.search(sentence[rate.end :]) or by.value >= now.value:
                continue
            earlier = [one for one in told if one.end <= now.start]
            before = now.value - by.value if change["up"] else now.value + by.value
            if any(one.noun == now.noun and one.kind == now.kind for one in earlier):
                continue  # it is told what it was before
            between = sentence[now.end : by.start]
            if _THAT.search(between):
                continue  # “jumlah itu naik” is of what was told before it
            sure = ";" not in between and len(between.split()) <= _CLOSE
            exact = by.value / before * 100
            made = [exact] if sure else [exact, by.value / now.value * 100]
            slack = (by.step + now.step) / before * 100
            if any(
                rate.near(a, slack) or (not rate.step and abs(rate.value - a) < 1) for a in made
            ):
                continue
            shown = f"{digits(exact, rate.printed, least=2)}%"
            yield Hit(
                rate.text,
                shown,
                f"Perubahan {by.text} menjadi {now.text} disebut {rate.text}, sedangkan terhadap"
                f" nilai semula {shown}.",
                passage.place,
            )


def left_over(look: Look) -> Iterator[Hit]:
    """“Sisa anggaran Rp3 miliar” against the one ceiling and the one realisation of a report."""
    named: dict[str, set[Fraction]] = {"pagu": set(), BUDGET: set()}
    for _, sentence in look.sentences:
        for name, _, figure in labelled(sentence):
            kind = "pagu" if re.match(r"pagu\b", name) else name
            if figure.kind == "uang" and kind in named:
                named[kind].add(figure.value)
    if any(len(one) != 1 for one in named.values()):
        return
    exact = named["pagu"].pop() - named[BUDGET].pop()
    grids = list(look.report.grids)
    pool = {a.value for part in look.prose for a in figures(part.text) if a.kind == "uang"}
    pool |= {one.value for grid in grids for one in amounts_of(grid, grid.rows)}
    for passage, sentence in look.sentences:
        for one in figures(sentence):
            if one.kind != "uang" or not _REST.search(sentence[: one.start].casefold()):
                continue
            others = sorted(pool - {one.value})
            explained = any(
                one.near(others[at] - less, one.step)
                for less in others
                for near in [bisect_left(others, less + one.value)]
                for at in (near - 1, near)
                if 0 <= at < len(others)
            )
            cells = any(
                look.words.says("sisa", head)
                and cell
                and cell.value * scale_of(grid, n) == one.value
                for grid in grids
                for line in look.numbers(grid)
                for n, (head, cell) in enumerate(zip(grid.head, line, strict=True))
            )
            if not explained and not cells and _near(one.value, exact):
                shown = digits(exact, one.printed)
                yield Hit(
                    one.text,
                    shown,
                    f"Sisa tertulis {one.text}, sedangkan dari pagu dan realisasi yang disebut"
                    f" seharusnya {shown}.",
                    passage.place,
                )


def margins(look: Look) -> Iterator[Hit]:
    """“Kurang 22 orang dari target”, “melampaui target sebanyak 20” against both figures."""
    for (subject, measure), said in look.facts.items():
        sides = [
            {one.printed.value for one in look.facts.get((subject, name), ())}
            for name in ("target", "realisasi")
        ]
        if measure != MARGIN or any(len(one) != 1 for one in sides):
            continue
        target, real = (one.pop() for one in sides)
        for one in said:
            value = one.printed.value
            if any(abs(value - fit) <= one.step for fit in (abs(real - target), target)):
                continue  # “melampaui target sebanyak 20” may tell the target itself
            shown = digits(abs(real - target), one.printed)
            yield Hit(
                one.text.strip(),
                shown,
                f"Selisih “{look.subjects.title(subject)}” dari targetnya tertulis"
                f" {one.text.strip()}, sedangkan menurut target dan realisasinya {shown}.",
                one.place,
                f"{subject}/{MARGIN}",
            )


RULES = (
    Rule("rincian-narasi", "material", "hasil kali yang disebut dengan hitungannya", spoken),
    Rule("hubungan-kolom", "material", "kolom hasil kali dengan kolom asalnya", columns),
    Rule("perubahan", "material", "perubahan yang disebut dengan persentasenya", rates),
    Rule("sisa", "material", "sisa yang disebut dengan pagu dan realisasi", left_over),
    Rule("sisa", "material", "selisih dari target dengan kedua angkanya", margins),
)
