"""Claims against figures: reached, without obstacles, highest and lowest, how many were reached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from pp39.findings.printed import digits
from pp39.mentions import mentions
from pp39.review.facts import status_of
from pp39.review.figure import COUNT, Figure, count_of, figures, printed_in, sentences, series
from pp39.review.hit import Hit, Look, Rule, label_of
from pp39.review.lines import MONTH, PLAN, time_of
from pp39.review.saying import Period, scale_of
from pp39.review.typed import Grid, Passage, Place

_COUNTED = re.compile(
    rf"\b(?P<count>{COUNT})\b(?:\s*\([a-z ]+\))?\s+"
    rf"(?:(?:dari|di antara)\s+{COUNT}\s+(?:\([a-z ]+\)\s+)?)?"
    rf"(?:indikator|iku|ikk|ik)\b(?P<missed>)",
    re.IGNORECASE,
)
_OF_ALL = re.compile(rf"\bdari (?P<count>{COUNT}) (?:indikator|iku|ikk|ik)\b", re.IGNORECASE)
_SOME = re.compile(
    rf"\s*(?P<count>{COUNT}) (?:di antaranya |lainnya )?(?P<missed>(?:belum|tidak)\b\W*$)?",
    re.IGNORECASE,
)
"""What a sentence tells of some of the indicators that it has named."""
_COMPARED = re.compile(
    r"\b(?:(?P<more>lebih (?:tinggi|besar|banyak|lama|lambat)|(?P<at>melampaui|melebihi)|di atas"
    r"|naik|meningkat|bertambah|kenaikan|peningkatan)|lebih (?:rendah|kecil|sedikit|cepat|singkat)"
    r"|di bawah|turun|menurun|berkurang|penurunan)"
    r"(?=(?P<by>(?: \S+){0,4}?) (?P<basis>dari|daripada|dibanding\w*|terhadap)\b| )"
)
"""More and less, by how much, and than what; what has no basis compares by itself."""
_COUNTS = re.compile(r"\s+(?:sebanyak |sebesar |sejumlah )?[0-9]")
_ALONE = re.compile(r"melampaui|melebihi|di (?:atas|bawah)")
_THAT = re.compile(
    r"^(?:angka|nilai|jumlah|capaian|hal|realisasi) (?:ini|itu|tersebut)\b", re.IGNORECASE
)
_SUPPOSED = re.compile(
    r"\b(?:tanpa \w+ itu|dengan (?:angka|cara|dasar|hitungan) itu|apabila|jika|bila|seandainya"
    r"|kalau|andaikata)\b"
)
_GOAL = re.compile(
    r"(\b[Dd]ibanding\w* (?:dengan )?)?\b(?:target(?:nya)?|rencana)\b(?! aksi)", re.IGNORECASE
)
_EACH = re.compile(r"\b(?:per|tiap|setiap)\b[^,;.]*$")
_WHOLE = re.compile(r"\b[Dd]ari $")
_APART = re.compile(r"[;:]|\b(?:dan|karena|sebab|akibat)\b|,\s")
_MEASURED = {"target", "sebesar", "realisasi", "triwulan", "capaian", "tahun"}
_EXCEPT = re.compile(
    r"\b(?:kecuali|selain|hampir|jauh|sebagian|akan|agar|diharapkan|apabila|jika|sesuai jalur)\b"
)
"""What makes a claim one of a part, or of what is yet to come."""
_BOUND = re.compile(
    r"(?P<sign>[<>≤≥]=?|maks(?:imal|imum)?\.?|min(?:imal|imum)?\.?"
    r"|paling (?:lama|tinggi|banyak|sedikit|rendah)|(?=[0-9.,]+\s*[-–]))\s*"
    r"(?P<low>[0-9][0-9.,]*)(?:\s*[-–]\s*(?P<high>[0-9][0-9.,]*))?(?:\s*(?:%|[a-z]+))?",
    re.IGNORECASE,
)
"""A bound, or a range, that a cell states."""
_KEPT = re.compile(
    r"(?P<no>tidak |belum |di (?:luar|bawah|atas) )?"
    r"(?:(?:sesuai|memenuhi|dalam)(?: (?:standar|target|batas))?|standar|target|batas|tercapai)",
    re.IGNORECASE,
)
"""What a cell says of its bound."""
_RANKED = re.compile(
    r"\b(?:ter\w+|paling \w+) setelah\b|\b(?:di luar|selain|kecuali|tidak termasuk)\b"
)
"""The highest of some, not of all."""
_PLACES = ("kedua", "ketiga", "keempat", "kelima")
_PLACE = re.compile(rf"\b(?:ter\w+|paling \w+|urutan|peringkat) ({'|'.join(_PLACES)})\b")
_NEXT = re.compile(r",?\s*\b(?:disusul|diikuti)(?: oleh| dengan)?\b")
"""What stands before the next after the highest or the lowest."""
_BESIDE = 24
"""Letters between a comparison and the figure that it is with."""
_CLAUSES = re.compile(
    r";|\bsedangkan\b|\bsementara\b"
    r"|,\s+(?=yang ter[a-z]+(?: ialah| adalah|,)? (?:[A-Z]|[a-z ]+\())"
    r"|,?\s+dan (?=(?:\w+ ){0,3}"
    r"(?:ter(?:tinggi|endah|besar|kecil|banyak|sedikit)|paling|rata-rata))"
)
_SPOKEN = "Yang disebut"
"""Head of what a sentence lists."""
_LISTED = 3
"""Things with a figure each that make a list."""
_NEAR = 7
"""Words between a comparison and its figure."""
_OBSTACLE = re.compile(r"(?:kendala|hambatan|permasalahan|masalah)\b")
_OF_SOME = re.compile(r"^(?:Pada|Untuk|Dalam)\b|\b(?:lain|selain|kecuali|di luar|khusus)\b")
"""What tells that some have no obstacles, or no others."""
_NAMED = re.compile(
    r"(?: target\w*)?(?: (?:pada|s\.?d\.?|sampai|dengan|triwulan|tw|tahun|[ivx0-9]+))*"
    r" (?:adalah|yaitu|yakni|ialah)\b",
    re.IGNORECASE,
)
"""What stands between a claim and those of which it is made."""
_PERIODS = re.compile(rf"{MONTH}|\b(?:tw|triwulan|semester|20[0-9]{{2}})")


def claims(look: Look) -> Iterator[Hit]:
    """Words such as “tercapai” against the target and the realisation known from anywhere."""
    for passage, sentence, subject in look.about:
        if _COUNTED.search(sentence):
            continue
        missed = look.words.find("belum", sentence)
        # “Tanpa itu target tidak tercapai”; “layanan yang belum mencapai target” is a part.
        if _SUPPOSED.search(sentence.casefold()):
            continue
        if missed and (
            re.search(r"\byang(?: \w+)? $", sentence[: missed.start()])
            or sentence[missed.end() :].startswith(":")
        ):
            continue
        reached = missed is None and look.words.says("tercapai", sentence)
        if not reached and not missed:
            continue
        status = status_of(look, subject)
        if status is None:
            continue
        over, told = status
        if missed and over and missed[0].startswith("di bawah ") and _below(look, subject):
            continue  # less is better
        if reached != over:
            claim = "belum tercapai" if missed else "tercapai"
            yield Hit(
                claim,
                told,
                f"“{look.subjects.title(subject)}” disebut {claim}, sedangkan {told}.",
                passage.place,
                f"{subject}/status",
            )


def named(look: Look) -> Iterator[Hit]:
    """“Indikator yang belum tercapai adalah A dan B” against the achievement of each."""
    for passage, sentence in look.sentences:
        missed = look.words.find("belum", sentence)
        word = missed or look.words.find("tercapai", sentence)
        lead = _NAMED.match(sentence, word.end()) if word else None
        if not lead or _SUPPOSED.search(sentence.casefold()):
            continue
        for _, subject in look.subjects.of(sentence[lead.end() :]):
            status = status_of(look, subject)
            if status and status[0] == bool(missed) and status[1].startswith("capaian"):
                claim = "belum tercapai" if missed else "tercapai"
                yield Hit(
                    claim,
                    status[1],
                    f"“{look.subjects.title(subject)}” disebut {claim}, sedangkan {status[1]}.",
                    passage.place,
                    f"{subject}/status",
                )


def _below(look: Look, subject: str) -> bool:
    """Tell whether all that was realised of a subject is less than its targets."""
    goals, reals = (look.facts.get((subject, one), ()) for one in ("target", "realisasi"))
    least = min((one.printed.value for one in goals), default=Fraction(0))
    return bool(reals) and all(one.printed.value < least for one in reals)


def weighed(look: Look) -> Iterator[Hit]:
    """Hold what is said of a target that a sentence tells against the figure told before it.

    “3 dari target 3, belum tercapai”, “91,67% terbit sehingga target 95% terlampaui”, and
    “Dibandingkan dengan rencana Rp5 juta, realisasi tersebut belum mencapai rencana”.
    """
    before = ""
    for passage, sentence in look.sentences:
        earlier, before = before, sentence
        missed = look.words.find("belum", sentence)
        word = missed or look.words.find("tercapai", sentence)
        if word and _COUNTS.match(sentence[word.end() :]):
            continue  # “tercapai 24 dokumen” says how many, and not that it is enough
        named = _GOAL.search(sentence)
        told = [one for one in figures(sentence) if named and one.start >= named.end()]
        if not word or not named or not told or _SUPPOSED.search(sentence.casefold()):
            continue
        goal, lead = told[0], sentence[named.end() : told[0].start]
        if len(lead.split()) > _NEAR or re.search(r"[,;:]|\b(?:dan|serta)\b", lead):
            continue
        if (
            missed
            and missed[0].endswith("dari target")
            and re.search(r"\bse(?:banyak|besar)\b", lead)
        ):
            continue  # by how much, and not the target
        alike = [
            one
            for one in figures(sentence[: named.start()])
            if _alike(one, goal) and not _EACH.search(sentence[: one.start])
        ]
        if not alike and (named[1] or _shared(earlier, sentence) or goal.noun):
            first = [one for one in figures(earlier) if _alike(one, goal)]
            alike = first[:1] if named[1] or len(first) == 1 else []
        behind = (
            told[1:2]
            if re.search(r"\b(?:realisasi|capaian|hasil)\w*\b[^0-9;]*$", sentence[: told[-1].start])
            else []
        )
        if not alike and behind and _alike(behind[0], goal):
            alike, told = behind, told[:1]
        if not alike or len(told) > 1 + bool(named[1]):
            continue
        real = alike[-1]
        if (real.value >= goal.value) != bool(missed):
            continue
        claim = "belum tercapai" if missed else "tercapai"
        yield Hit(
            claim,
            f"{real.text} dari target {goal.text}",
            f"Target {goal.text} disebut {claim}, sedangkan realisasinya {real.text}.",
            passage.place,
        )


def _alike(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind and (one.kind != "angka" or one.noun == other.noun != "")


def _shared(earlier: str, sentence: str) -> bool:
    """Tell that two sentences speak of the same: they share words that are no measures."""
    both = [set(re.findall(r"[a-z]{5,}", one.casefold())) for one in (earlier, sentence)]
    return len(both[0] & both[1] - _MEASURED) > 1


def obstacles(look: Look) -> Iterator[Hit]:
    """“Tidak ada kendala” where the target was missed."""
    for passage, sentence, subject in look.about:
        if not look.words.says("tanpa_kendala", sentence):
            continue
        status = status_of(look, subject)
        if status and not status[0]:
            yield Hit(
                sentence[:80],
                status[1],
                f"Untuk “{look.subjects.title(subject)}” disebut tidak ada kendala, sedangkan"
                f" {status[1]}.",
                passage.place,
                f"{subject}/kendala",
            )


def told_obstacles(look: Look) -> Iterator[Hit]:
    """“Tidak ada kendala” where the same section, or what the closing sums up, tells some."""
    told = [
        (passage, sentence)
        for passage, sentence in look.sentences
        if look.words.says("rincian_kendala", sentence)
        and not look.words.says("tanpa_kendala", sentence)
    ]
    named = [(one.place, sentence) for one, sentence in told]
    for grid in look.report.grids:
        column = next((n for n, one in enumerate(grid.head) if _OBSTACLE.match(one.casefold())), -1)
        rows = [
            n for n, row in enumerate(grid.rows) if len(row[column].split()) > 2 and column >= 0
        ]
        named += [(grid.at(n, column), grid.rows[n][column]) for n in rows[:1]]
    for passage, sentence in look.sentences:
        if (
            not look.words.says("tanpa_kendala", sentence)
            or look.subjects.of(sentence)
            or _OF_SOME.search(sentence)
        ):
            continue
        here = passage.place.section
        framed = look.words.says("bingkai", here)
        against = next((one for one in named if framed or one[0].section == here), None)
        if against:
            yield Hit(
                sentence[:80],
                against[1][:80],
                f"Disebut “{sentence[:80]}”, sedangkan laporan ini menyebut “{against[1][:80]}”.",
                [passage.place, against[0]],
            )


def reached(look: Look) -> Iterator[Hit]:
    """How many indicators are told to be reached or missed, against the table of achievements."""
    every_table = [
        (told, _outputs(look, grid))
        for grid in look.report.grids
        for told in (*_achievements(look, grid), *_states(look, grid))
    ]
    sizes = {
        sum(bool(row[name]) and not look.is_total(row) for row in grid.rows)
        for grid in look.report.grids
        if (name := look.naming(grid)[1]) is not None and any(_achievements(look, grid))
        if not _outputs(look, grid)
    }
    for passage, sentence in look.sentences:
        if re.search(rf"\b{COUNT}\b[^.;,]*\b(?:sasaran|kegiatan|program)\b", sentence.casefold()):
            continue
        of_all = _OF_ALL.search(sentence)
        size = count_of(of_all["count"].casefold()) if of_all and len(sizes) == 1 else None
        if of_all and size and size > _LISTED and size not in sizes:
            (right,) = sizes
            yield Hit(
                of_all["count"],
                str(right),
                f"Disebut “{of_all[0]}”, sedangkan tabelnya memuat {right} indikator.",
                passage.place,
                f"{passage.place}/{of_all[0]}",
            )
        claimed: list[tuple[int, bool, str]] = []
        of_them = re.search(rf"\b[Dd]ari {COUNT} (?:indikator|iku|ikk|ik)\b", sentence)
        third = False  # some are told to be neither reached nor missed
        for one in re.split(r"[,;:]|\bdan\b|\bsedangkan\b|\bserta\b", sentence):
            every_count = [a for a in _COUNTED.finditer(one) if not _WHOLE.search(one[: a.start()])]
            every_count = every_count or [a for a in [_SOME.match(one)] if a and of_them]
            found = every_count[-1] if every_count and not _EXCEPT.search(one.casefold()) else None
            count = count_of(found["count"].casefold()) if found else None
            missed = look.words.says("belum", one) or (found and found["missed"])
            if count is not None and (missed or look.words.says("tercapai", one)):
                claimed.append((count, not missed, one.strip()))
            elif _COUNTED.search(one):
                third = True
        every = re.search(r"\b(?:seluruh|semua)\b", sentence.casefold())
        whole = re.search(
            r"\b(?:seluruh|semua) (?:target )?(?:indikator|iku|ikk|kinerja"
            r"|(?P<ro>ro|rincian output))\b",
            sentence.casefold(),
        )
        tables = [told for told, outputs in every_table if not whole or not whole["ro"] or outputs]
        if not tables:
            continue
        over_all = look.words.says("tercapai", sentence) and not look.words.says("belum", sentence)
        if whole and over_all and not claimed and not _EXCEPT.search(sentence.casefold()):
            short = min(len(told) - sum(told) for told in tables)
            if short:
                said = sentence[whole.start() : whole.end()]
                yield Hit(
                    said,
                    str(short),
                    f"Disebut {said} mencapai target, sedangkan menurut tabelnya {short} di"
                    " antaranya tidak mencapai target.",
                    passage.place,
                )
            continue
        for count, over, text in claimed:
            totals = [
                (len(told) if every and over else sum(one is over for one in told))
                for told in tables
            ]
            if count in totals or (third and not over):
                continue
            shown = str(totals[-1])
            state = "mencapai target" if over else "tidak mencapai target"
            yield Hit(
                str(count),
                shown,
                f"Disebut “{text}”, sedangkan menurut tabel {shown} indikator {state}.",
                passage.place,
                f"{passage.place}/{text[:40]}",
            )


def _achievements(look: Look, grid: Grid) -> Iterator[list[bool]]:
    """Tell of each row whether its target was reached, by each column of achievements."""
    name = look.naming(grid)[1]
    columns = range(len(grid.head))
    made = [n for n in columns if look.words.measure(grid.head[n]) == "capaian"]
    for column in made or [n for n in columns if _behind(look, grid, n)][-1:]:
        told = [
            printed.value >= 100
            for row in grid.rows
            if name is not None
            if (printed := printed_in(row[column])) and not look.is_total(row) and row[name]
        ]
        if len(told) > 1:
            yield told


def _outputs(look: Look, grid: Grid) -> bool:
    """Tell a table of outputs (rincian output) against the targets of the report's period."""
    own = look.period[1] in (0, 4) or mentions(" ".join(grid.head)).quarters
    return bool(own) and any(re.match(r"ro\b|rincian output", one.casefold()) for one in grid.head)


def _behind(look: Look, grid: Grid, column: int) -> bool:
    """Tell whether a column is a share right behind a target and its realisation."""
    heads = [look.words.measure(head).split(" ")[0] for head in grid.head[: column + 1]]
    told = [one for one in heads if one != "satuan"]
    return told[-3:] == ["target", "realisasi", "persen"]


def _states(look: Look, grid: Grid) -> list[list[bool]]:
    """Tell of each row of a table whose last column says so whether its target was reached."""
    says = look.words.says
    last = [row[-1] for row in grid.rows if row]
    missed = [says("belum", one) for one in last]
    told = [not no and says("tercapai", one) for no, one in zip(missed, last, strict=True)]
    return [told] if sum(told) + sum(missed) > 1 else []


def states(look: Look) -> Iterator[Hit]:
    """Hold a cell that says “tercapai” against the achievement in the same row."""
    says = look.words.says
    for grid in look.report.grids:
        made = [n for n, head in enumerate(grid.head) if look.words.measure(head) == "capaian"]
        wrong, right = list[tuple[int, int]](), Counter[str]()
        for number, row in enumerate(grid.rows if len(made) == 1 else ()):
            cell = look.numbers(grid)[number][made[0]]
            told = [
                (n, not says("belum", one))
                for n, one in enumerate(row)
                if len(one.split()) <= _NEAR
                and (says("belum", one) or says("tercapai", one))
                and not re.search("[0-9]", one)
            ]
            if cell is None or len(told) != 1:
                continue
            ((column, over),) = told
            if over == (cell.value >= 100):
                right[row[column]] += 1
            else:
                wrong.append((number, column))
        several = Counter(grid.rows[number][column] for number, column in wrong)
        for number, column in wrong:
            row = grid.rows[number]
            if several[row[column]] > max(1, right[row[column]]):
                continue  # the word is of another target than the figures
            yield Hit(
                row[column],
                row[made[0]],
                f"Disebut {row[column]}, sedangkan {grid.head[made[0]]} {row[made[0]]}.",
                grid.at(number, column),
                f"{row[column]}/{number}",
            )


def bounded(look: Look) -> Iterator[Hit]:
    """“≤ 60 | 82 | sesuai standar”: what a row says of its value against the bound beside it."""
    own = look.period[1]
    for grid in look.report.grids:
        columns = range(len(grid.head))
        bounds = [n for n in columns if any(_BOUND.fullmatch(row[n].strip()) for row in grid.rows)]
        numbers = [
            n
            for n in columns
            if n not in bounds and sum(line[n] is not None for line in look.numbers(grid)) > 1
        ]
        now = [n for n in numbers if own in {q for q, _ in mentions(grid.head[n]).quarters}]
        now = now or [n for n in numbers if look.words.measure(grid.head[n]) == "realisasi"]
        for number, row in enumerate(grid.rows if len(bounds) == len(now) == 1 else ()):
            bound, cell = (
                _BOUND.fullmatch(row[bounds[0]].strip()),
                look.numbers(grid)[number][now[0]],
            )
            said = next((m for one in row if (m := _KEPT.fullmatch(one.strip()))), None)
            if bound is None or cell is None or said is None:
                continue
            kept = _within(bound, cell.value)
            if kept is None or kept == (said["no"] is None):
                continue
            yield Hit(
                said[0],
                row[now[0]],
                f"Disebut {said[0]}, sedangkan {grid.head[now[0]]} {row[now[0]]} dan"
                f" {grid.head[bounds[0]]} {row[bounds[0]]}.",
                grid.at(number, now[0]),
                f"{said[0]}/{number}",
            )


def _within(bound: re.Match[str], value: Fraction) -> bool | None:
    """Tell whether a value keeps a bound; None where the bound cannot be read."""
    low, high = (printed_in(one) if one else None for one in bound.group("low", "high"))
    if low is None:
        return None
    if high is not None:
        return low.value <= value <= high.value
    sign = bound["sign"].casefold()
    if sign.startswith(("<", "≤", "mak", "paling l", "paling t", "paling b")):
        return value < low.value if sign == "<" else value <= low.value
    return value > low.value if sign == ">" else value >= low.value


def extremes(look: Look) -> Iterator[Hit]:
    """“Tertinggi”, “terendah” and “terbanyak kedua” against where the figure stands."""
    grids = list(look.report.grids)
    for passage, sentence in look.sentences:
        if _RANKED.search(sentence):
            continue
        for clause in _CLAUSES.split(sentence):
            every = [*grids, *spoken(passage)]
            for rank, named in enumerate(_NEXT.split(clause)[:2]):
                yield from _extreme(look, every, passage, (clause, named, rank))


def _extreme(
    look: Look, grids: list[Grid], passage: Passage, told_of: tuple[str, str, int]
) -> Iterator[Hit]:
    clause, named, rank = told_of
    high, low = (look.words.find(word, clause) for word in ("tertinggi", "terendah"))
    if (high is None) == (low is None):
        return
    word = (high or low)[0]  # type: ignore[index]
    if look.words.says("naik", clause) or look.words.says("turun", clause):
        # Growth is in no table of amounts, but may be told in the sentence before.
        grids = [one for one in grids if one.head[0] == _SPOKEN]
    later = _PLACE.search(clause)
    rank = _PLACES.index(later[1]) + 1 if later else rank
    # “198 dari 210 (94%)” is the most by its share.
    kinds = ("persen",) if re.search(r"[0-9] dari [0-9]", named) else ("persen", "uang", "angka")
    told = list(figures(named))
    values = {one.value: one.text for one in told if one.kind in kinds}
    if told and not values:
        return  # a difference or a part, which no table gives
    found: list[tuple[int, bool, str, Place]] = []
    for grid in grids:
        found += _ranked(
            look, grid, clause, named, values, word=word, highest=bool(high), rank=rank
        )
    found = [one for one in found if one[0] == max(one[0] for one in found)]
    if not found or any(right for _, right, _, _ in found):
        return
    *_, better, place = found[-1]
    nth = f" ke{_PLACES[rank - 1].removeprefix('ke')}" if rank else ""
    yield Hit(
        clause.strip(" ,.")[:90],
        better,
        f"“{clause.strip(' ,.')[:110]}”: yang {word}{nth} menurut tabel adalah {better}.",
        [passage.place, place],
        f"{passage.place}/{word}{nth}",
    )


def spoken(passage: Passage) -> Iterator[Grid]:
    """Give the tables that sentences tell: “Januari 312, Februari 268, dan Maret 341”."""
    for sentence in sentences(passage.text):
        for kinds in (("uang", "angka"), ("persen",)):
            told = [(one.label, one.figure.text) for one in series(sentence, kinds)]
            if len(told) >= _LISTED and all(label for label, _ in told):
                yield Grid(passage.place, (_SPOKEN, sentence), tuple(told))


def _ranked(
    look: Look,
    grid: Grid,
    clause: str,
    part: str,
    values: dict[Fraction, str],
    *,
    word: str,
    highest: bool,
    rank: int,
) -> Iterator[tuple[int, bool, str, Place]]:
    """Give of each cell a clause means: how surely, whether it is the extreme, and which one is."""
    code, name = look.naming(grid)
    cells = look.numbers(grid)
    rows = [
        n
        for n, row in enumerate(grid.rows)
        if not look.is_total(row) and "rata-rata" not in label_of(row).casefold()
    ]
    small, named = clause.casefold(), part.casefold()

    def pick(told: Sequence[tuple[Fraction, int]]) -> tuple[Fraction, int]:
        return sorted(told, reverse=highest)[min(rank, len(told) - 1)]

    share = look.words.says("serapan", named) or look.words.says("capaian", named)
    # What stands behind “tertinggi” is what is meant, if it is named there.
    labels = [grid.rows[n][name].casefold() for n in rows if name is not None]
    ending = (
        named.rpartition(word)[2]
        if any(len(one) > 2 and one in named.rpartition(word)[2] for one in labels)
        else named
    )
    if name is not None and len(rows) > max(1, rank):
        for number in rows:
            label = grid.rows[number][name].casefold()
            coded = "" if code is None else grid.rows[number][code].casefold()
            short = _ABBREVIATED.search(label)
            codes = (coded, short[1] if short else "")
            if not (len(label) > 2 and re.search(rf"\b{re.escape(label)}", ending)) and not any(
                len(one) > 2 and re.search(rf"\b{re.escape(one)}(?!\.?\w)", ending) for one in codes
            ):
                continue
            for column in range(len(grid.head)):
                cell = cells[number][column]
                scale = scale_of(grid, column)
                if share and not (cell and cell.percent) and not _is_share(grid.head[column]):
                    continue
                if cell is None or (values and cell.value * scale not in values) or column == 0:
                    continue
                told = [(c.value, n) for n in rows if (c := cells[n][column]) is not None]
                if len(told) < 2 + bool(rank):
                    continue
                own = _quarter_of(label)
                own = own if own in {look.period[1], *_quarters(clause)} else 0
                within = [
                    one for one in told if own and _quarter_of(grid.rows[one[1]][name]) == own
                ]
                told_value = cell.value
                ends = (pick(told), pick(within or told))
                best = next((one for one in ends if one[0] == told_value), ends[0])
                shown = f"{grid.rows[best[1]][name]} ({grid.rows[best[1]][column]})"
                sure = _meant(grid.head[column], small)
                yield sure, told_value == best[0], shown, grid.at(best[1], column)
    if not rank:
        yield from _times(look, grid, (small, word), values, pick)


_ABBREVIATED = re.compile(r"\(([a-z]{2,8})\)")


def _times(
    look: Look,
    grid: Grid,
    told: tuple[str, str],
    values: dict[Fraction, str],
    pick: Callable[[Sequence[tuple[Fraction, int]]], tuple[Fraction, int]],
) -> Iterator[tuple[int, bool, str, Place]]:
    """Give the cells of the time that a clause means, each with the extreme of its row."""
    clause, word = told
    cells = look.numbers(grid)
    periods = [n for n, head in enumerate(grid.head) if _PERIODS.match(_when(head))]
    meant = time_of(clause.rpartition(word)[2])
    measures = [look.words.measure(one).split(" ")[0] for one in grid.head]
    for column in periods if len(periods) > 2 else ():
        if PLAN.search(grid.head[column]) and not PLAN.search(clause):
            continue  # a plan has done nothing
        same = meant == time_of(grid.head[column]) and meant != Period()
        if not same and not re.search(rf"\b{re.escape(_when(grid.head[column]))}\b", clause):
            continue
        for number, row in enumerate(grid.rows):
            cell = cells[number][column]
            alike = [n for n in periods if measures[n] == measures[column]]
            line = [(c.value, n) for n in alike if (c := cells[number][n]) is not None]
            # “7.200 mahasiswa, terbanyak pada April”: what is told may be the sum of the row.
            own = {one.value for one in cells[number] if one}
            if cell is None or len(line) < 3 or (values and not own & set(values)):
                continue
            if not values and not look.is_total(row):
                continue
            best = pick(line)
            shown = f"{grid.head[best[1]]} ({row[best[1]]})"
            yield 0, cell.value == best[0], shown, grid.at(number, best[1])


def _is_share(head: str) -> bool:
    return "%" in head or bool(re.search(r"persen|capaian|serap", head.casefold()))


def _meant(head: str, clause: str) -> int:
    """Tell how surely a clause means a column: by its head, or because it holds the totals."""
    small = head.casefold()
    share = "%" in small or "persen" in small
    named = sum(one in clause for one in re.findall(r"[a-z]{5,}", small) if one != "persen")
    if share and re.search(r"realisasi|serap|capai", clause):
        named = max(named, 1)
    both = named + 2 * (share and "persen" in clause)
    return both or (1 if re.search(r"\b(?:jumlah|total)\b", small) else 0)


def _quarter_of(label: str) -> int:
    """Tell the quarter of a row that is a month; 0 of any other."""
    told = mentions(label).months
    return (told[0] + 2) // 3 if len(told) == 1 else 0


def _quarters(clause: str) -> set[int]:
    return {one for one, _ in mentions(clause).quarters}


def _when(head: str) -> str:
    return re.sub(r"^(?:realisasi|pendapatan|penerimaan)\s+", "", head.casefold()).strip()


def compared(look: Look) -> Iterator[Hit]:
    """“Lebih tinggi daripada b”, “melampaui b”, “turun 2 dari b” against the figure told before."""
    before = ""
    for passage, sentence in look.sentences:
        earlier, before = before, sentence
        told = list(figures(sentence))
        for word in _COMPARED.finditer(sentence):
            start = word.end("basis") if word["basis"] else word.end()
            first = [one for one in told if one.end <= word.start()]
            if not first and _THAT.match(sentence):
                first = list(figures(earlier))[:1]
            after = [one for one in told if one.start >= start]
            if not first or not after or not (word["basis"] or _ALONE.match(word[0])):
                continue
            a, b = first[-1], after[0]
            between = sentence[start : b.start]
            if a.kind != b.kind or len(between.split()) > _NEAR or _APART.search(between):
                continue
            yield from _by(passage, a, b, [one for one in told if one not in (a, b)], word)
            # “Bertambah 2 dari hibah menjadi 20” has what it became, and no basis.
            # “Kurang (di bawah 70)” names a class.
            if sentence[: word.start()].endswith("("):
                continue
            if _APART.search(word["by"] or "") or re.search(r"\bmenjadi\b", sentence[start:]):
                continue
            more = word["more"] is not None
            if (a.value > b.value) == more or (a.value == b.value and word["at"]):
                continue
            yield Hit(
                word[0],
                f"{a.text} dan {b.text}",
                f"Disebut {word[0]}, sedangkan angkanya {a.text} dan {b.text}.",
                passage.place,
            )


def _by(
    passage: Passage, a: Figure, b: Figure, others: Sequence[Figure], word: re.Match[str]
) -> Iterator[Hit]:
    """“5,40 jam, lebih cepat 0,40 jam daripada 6,00 jam”: by how much against both figures."""
    by = [one for one in others if word.start() <= one.start < word.end("basis")]
    if (
        len(by) != 1
        or b.start - word.end("basis") > _BESIDE
        or any((one.kind, one.noun) != (a.kind, a.noun) for one in (*by, b))
    ):
        return
    apart = abs(a.value - b.value)
    if not by[0].near(apart, a.step):
        shown = digits(apart, by[0].printed)
        yield Hit(
            by[0].text,
            shown,
            f"Selisih tertulis {by[0].text}, sedangkan antara {a.text} dan {b.text} {shown}.",
            passage.place,
        )


RULES = (
    Rule("klaim", "material", "keterangan dengan batas pada barisnya", bounded),
    Rule("perbandingan", "material", "perbandingan dalam kata dengan kedua angkanya", compared),
    Rule("klaim", "material", "pernyataan tercapai dengan angkanya", claims),
    Rule("klaim", "material", "pernyataan tercapai dengan angkanya", weighed),
    Rule("klaim", "material", "pernyataan tercapai dengan angkanya", named),
    Rule("klaim", "material", "keterangan tercapai dengan capaian sebarisnya", states),
    Rule("tanpa-kendala", "material", "pernyataan tanpa kendala dengan angkanya", obstacles),
    Rule("tanpa-kendala", "material", "pernyataan tanpa kendala dengan uraiannya", told_obstacles),
    Rule("banyak-tercapai", "material", "banyaknya indikator tercapai dengan tabelnya", reached),
    Rule("tertinggi", "material", "sebutan tertinggi dan terendah dengan tabelnya", extremes),
)
