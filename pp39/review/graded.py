"""Classes of scores: “93,84, kategori sangat baik” against the scale of what is scored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pp39.profile.vocabulary import Telaah
from pp39.review.figure import figures, printed_in
from pp39.review.hit import Hit, Look, Rule, label_of
from pp39.review.typed import Place

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


def graded(look: Look) -> Iterator[Hit]:
    """Hold the class told of a score, behind it or before, against its scale."""
    for passage in look.prose:
        for one in figures(passage.text):
            before, behind = passage.text[: one.start], passage.text[one.end :]
            scale = _scale(look, before)
            right = _right(scale, one.value) if scale and one.kind == "angka" else ""
            if not scale or not right:
                continue
            after = re.match(
                rf"{_NEAR.pattern}{_CLASS}[\s“\"(]+(?P<class>{_classes(scale)})\b",
                behind.casefold(),
            )
            told = after or re.search(
                rf"\bpredikat[\s“\"(]+(?P<class>{_classes(scale)})\b[”\"]? (?:dengan nilai |\()$",
                before.casefold(),
            )
            if told and told["class"] not in right.split("|"):
                yield _hit(told["class"], right, one.text, [passage.place])
    for grid in look.report.grids:
        classes = [n for n, head in enumerate(grid.head) if _WHAT.match(head.casefold())]
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


RULES = (
    Rule("kelas-nilai", "material", "kelas yang disebut dengan skala nilainya", graded),
    Rule("kelas-nilai", "material", "perubahan kelas yang disebut dengan skalanya", moved),
)
