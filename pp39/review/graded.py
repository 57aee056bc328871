"""Classes of scores: “93,84, kategori sangat baik” against the scale of what is scored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from pp39.profile.vocabulary import Telaah
from pp39.review.figure import figures, printed_in
from pp39.review.hit import Hit, Look, Rule, label_of
from pp39.review.tables import is_number_column, is_ratio
from pp39.review.typed import Grid, Place

_CLASS = (
    r"(?:(?:ber)?(?:predikat|kategori)|kelas|mutu(?: pelayanan)?|kriteria|klasifikasi|kualifikasi"
    r"|peringkat|tergolong|interpretasi)"
)
_WHAT = re.compile(_CLASS)
_NEAR = re.compile(r"[\s,(]*(?:[a-z]+\s+){0,3}")
"""What may stand between a score and its class."""


def _scale(look: Look, text: str) -> Telaah | None:
    """Find the scale of the score that a text names last."""
    told = text.casefold()
    found = [
        (match.end(), number)
        for number, one in enumerate(look.words.scales)
        for match in re.finditer(one.pola, told)
    ]
    return look.words.scales[max(found)[1]] if found else None


def _right(scale: Telaah, score: Fraction) -> str:
    """Tell the class of a score; empty for one that is of another range."""
    names = [
        name
        for name, least in scale.jenjang.items()
        if score > Fraction(str(least)) or (score == Fraction(str(least)) and not scale.lewat)
    ]
    return names[0] if names and 100 >= score > len(scale.jenjang) else ""


def _classes(scale: Telaah) -> str:
    names = (name for one in scale.jenjang for name in one.split("|"))
    return "|".join(sorted(names, key=len, reverse=True))


@cache
def _behind(classes: str) -> re.Pattern[str]:
    """Give how one of some classes is told right behind a score."""
    return re.compile(rf"{_NEAR.pattern}{_CLASS}[\s“\"(]+(?P<class>{classes})\b")


def _columns(grid: Grid) -> list[int]:
    """Find the columns of classes."""
    return [n for n, head in enumerate(grid.head) if _WHAT.match(head.casefold())]


def graded(look: Look) -> Iterator[Hit]:
    """Hold the class told of a score, behind it or before, against its scale."""
    for passage in look.prose:
        for one in figures(passage.text):
            before, behind = passage.text[: one.start], passage.text[one.end :]
            scale = _scale(look, before)
            right = _right(scale, one.value) if scale and one.kind == "angka" else ""
            if not scale or not right:
                continue
            after = _behind(_classes(scale)).match(behind.casefold())
            told = after or re.search(
                rf"\bpredikat[\s“\"(]+(?P<class>{_classes(scale)})\b[”\"]? (?:dengan nilai |\()$",
                before.casefold(),
            )
            if told and told["class"] not in right.split("|"):
                yield _hit(told["class"], right, one.text, [passage.place])
    for grid in look.report.grids:
        classes = _columns(grid)
        for number, row in enumerate(grid.rows if len(classes) == 1 else ()):
            scale = _scale(look, f"{grid.caption} {label_of(row)}")
            scores = [
                (cell, read.value)
                for head, cell in zip(grid.head, row, strict=True)
                if look.words.measure(head).split(" ")[0] == "realisasi"
                and (read := printed_in(cell))
            ]
            told_class = row[classes[0]].casefold().strip(' “”"()')
            if not scale or len(scores) != 1 or told_class not in _classes(scale).split("|"):
                continue
            right = _right(scale, scores[0][1])
            if right and told_class not in right.split("|"):
                yield _hit(told_class, right, scores[0][0], [grid.at(number, classes[0])])


def _hit(told: str, right: str, score: str, places: Sequence[Place]) -> Hit:
    def shown(name: str) -> str:
        return name.upper() if len(name) < 3 else name

    names = " atau ".join(map(shown, right.split("|")))
    return Hit(
        shown(told),
        names,
        f"Nilai {score} disebut {shown(told)}, sedangkan menurut skalanya {names}.",
        places,
        f"{places[0]}/{score}",
    )


_CHANGE = r"(?:dari|dibanding\w*|daripada)(?: dengan)?(?: \w+){0,2}? predikat (?P<from>{0})\b"


def moved(look: Look) -> Iterator[Hit]:
    """“Predikat BB, menurun dari predikat B”: which of two classes is the higher one."""
    for passage, sentence in look.sentences:
        scale = _scale(look, sentence)
        told = sentence.casefold()
        first = (
            re.search(rf"\bpredikat (?:\w+ )?(?P<to>{_classes(scale)})\b", told) if scale else None
        )
        second = (
            re.compile(_CHANGE.replace("{0}", _classes(scale))).search(told, first.end())
            if scale and first
            else None
        )
        between = told[first.end() : second.start()] if first and second else ""
        up, down = (look.words.says(one, between) for one in ("naik", "turun"))
        if not scale or not first or not second or up == down:
            continue
        order = [name for names in scale.jenjang for name in [names.split("|")]]
        to, from_ = (
            next(n for n, names in enumerate(order) if one in names)
            for one in (first["to"], second["from"])
        )
        if (to < from_) != up:
            right = "naik" if to < from_ else "turun" if to > from_ else "tetap"
            yield Hit(
                "naik" if up else "turun",
                right,
                f"Predikat {first['to'].upper()} disebut {'naik' if up else 'turun'} dari"
                f" {second['from'].upper()}, sedangkan menurut skalanya {right}.",
                passage.place,
            )


_RANGE = re.compile(
    r"(?P<low>[0-9]+(?:[.,][0-9]+)?)\s*(?:[-–—]|s\.?\s?d\.?|sampai(?: dengan)?)\s*"
    r"(?P<high>[0-9]+(?:[.,][0-9]+)?)"
    r"|(?:<|≤|di bawah|kurang dari)\s*(?P<below>[0-9]+(?:[.,][0-9]+)?)"
    r"|(?:>|≥|di atas|lebih dari)\s*(?P<above>[0-9]+(?:[.,][0-9]+)?)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?P<name>[A-Z][A-Za-z]*(?: [A-Za-z]+){0,2})\s*\((?P<range>[^()]{2,40})\)")
_FEW = 3
"""Classes that a scale has at least."""

Own = dict[str, Fraction]
"""Classes of a scale that a report itself tells, each with the score it begins with."""


def _least(told: str) -> Fraction | None:
    """Read where a range begins; None where it is none."""
    found = _RANGE.fullmatch(told.strip(" %"))
    if found is None:
        return None
    read = printed_in(found["low"] or found["above"] or "0")
    return read.value if read else None


def own_scales(look: Look) -> Iterator[tuple[Own, Grid | None]]:
    """Give the scales that a report tells, in a sentence or in a table of ranges."""
    for passage in look.prose:
        told = {
            one["name"].casefold(): least
            for one in _LISTED.finditer(passage.text)
            if (least := _least(one["range"])) is not None
        }
        if len(told) >= _FEW:
            yield told, None
    for grid in look.report.grids:
        if len(grid.rows) < _FEW:
            continue
        read = [[_least(cell) for cell in column] for column in zip(*grid.rows, strict=True)]
        ranges = [
            some for told in read if len(some := [a for a in told if a is not None]) == len(told)
        ]
        names = _columns(grid)
        if len(ranges) == len(names) == 1:
            called = (row[names[0]].casefold() for row in grid.rows)
            yield dict(zip(called, ranges[0], strict=True)), grid


def own_graded(look: Look) -> Iterator[Hit]:
    """Hold classes in tables and sentences against the one scale that a report tells itself."""
    scales = list(own_scales(look))
    if len(scales) != 1:
        return
    ((scale, source),) = scales
    order = sorted(scale.items(), key=lambda one: one[1], reverse=True)

    def right(score: Fraction) -> str:
        return next((name for name, least in order if score >= least), order[-1][0])

    for grid in look.report.grids:
        classes = _columns(grid)
        if grid is source or len(classes) != 1:
            continue
        (column,) = classes
        scores = [
            n
            for n in range(1, len(grid.head))
            if n != column and is_number_column(look, grid, n) and not is_ratio(look, grid.head[n])
        ]
        told = [row[column].casefold().strip() for row in grid.rows]
        known = sum(one in scale for one in told)
        if len(scores) != 1 or known < _FEW - 1 or known * 2 <= sum(map(bool, told)):
            continue
        for number, row in enumerate(grid.rows):
            read = look.numbers(grid)[number][scores[0]]
            if read is None or not told[number] or told[number] == right(read.value):
                continue
            score = row[scores[0]]
            yield _hit(told[number], right(read.value), score, [grid.at(number, column)])
    behind = _behind("|".join(map(re.escape, scale)))
    for passage in look.prose:
        for one in figures(passage.text):
            after = one.kind == "angka" and behind.match(passage.text[one.end :].casefold())
            if not after or _scale(look, passage.text[: one.start]):
                continue
            if after["class"] != right(one.value) and one.value >= order[-1][1]:
                yield _hit(after["class"], right(one.value), one.text, [passage.place])


RULES = (
    Rule("kelas-nilai", "material", "kelas yang disebut dengan skala laporan itu", own_graded),
    Rule("kelas-nilai", "material", "kelas yang disebut dengan skala nilainya", graded),
    Rule("kelas-nilai", "material", "perubahan kelas yang disebut dengan skalanya", moved),
)
