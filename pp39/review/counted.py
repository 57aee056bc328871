"""How many of what: each number of things that a sentence tells, against all that tell of them.

Tables tell it by their rows, their columns and their totals, lists by their items and what these
add up to. What one of them confirms is right; what stands beside all that speak of the same thing
nearby is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pp39.findings.printed import digits
from pp39.mentions import mentions
from pp39.review.figure import COUNT, RO, count_of, figures, sentences
from pp39.review.hit import Hit, Look, Rule, label_of
from pp39.review.saying import scale_of
from pp39.review.tables import is_number_column, is_ratio
from pp39.review.typed import Grid, Passage, Place, is_caption, ordinal

_SMALL = re.compile(rf"\b(?P<nth>ke)?(?P<count>{COUNT})\b(?! ?%|[.,][0-9])", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:\s*\([a-z ]+\))?\s+(?P<what>[A-Za-z]{2,}(?:/[a-z]+)?(?: [a-z]{3,}){0,2})", re.IGNORECASE
)
_SCALE = re.compile(
    r"(?:ribu|juta|mil[iy]ar|triliun|ratus|puluh|belas|persen|poin|rupiah|tahun|bulan|hari|jam"
    r"|menit|kali lipat|nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|dan|serta|atau"
    r"|sampai)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b[Jj]umlah (?P<what>[a-z/]{3,}(?: [a-z]{3,})?)\b[^.;,0-9]*$")
_NUMBERING = re.compile(
    r"(?:[0-9][.,]|\b(?:rp\.?|tahun|triwulan|tw|semester|nomor|no\.?|tabel|bab|tanggal|ke|tipe"
    r"|kelas|pasal|ayat|grafik|ribu|ratus|juta|mil[iy]ar|gambar|skala|peringkat|minus|angka|butir|huruf|pukul|lampiran"
    r"|revisi))[ -]*$",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\btabel\s+([0-9IVX]+(?:[.-][0-9]+)*[a-z]?)", re.IGNORECASE)
_AMONG = re.compile(r"\b[Dd]ari (?P<count>[0-9]{1,3}) (?P<what>[a-z]{4,} [a-z]{4,})\b")
_IN_ALL = re.compile(
    r"\b(?P<what>[A-Za-z]{4,})\b[^.;,0-9]{0,40}\b(?:ber|se)jumlah (?P<count>[0-9]{1,3})\b(?![.,])"
)
_DATED = re.compile(r"[0-9]{1,2} [A-Za-z]+ (?:19|20)[0-9]{2}|\bakan\b.*")
_TIMES = re.compile(r"(?:bulan|periode|triwulan|tw|tahun)\b", re.IGNORECASE)
_JOINED = re.compile(r"[;,] (?:dan |serta )?[a-z0-9]{1,2}[.)] ")
_WORD = re.compile(r"[a-z]{2,}(?:/[a-z]+)?")
_TITLE = re.compile(r"^(?:tabel|lampiran|gambar|grafik)\s+[0-9ivx.-]+[a-z]?[.:]?\s*", re.IGNORECASE)
_NEARLY = Fraction(1, 3)
"""Part of a count by which what is told may miss it and still be taken for it."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things that a table or a list has."""

    value: Fraction
    nouns: frozenset[str]
    """Words for what is counted; a sentence must tell one of them next to its number."""
    needed: frozenset[str]
    """Words that a sentence must tell as well."""
    place: Place
    listed: bool
    """Whether its things are listed, so that their number is theirs alone."""
    name: str
    """How a finding calls it."""


def words_of(text: str, look: Look) -> frozenset[str]:
    """Give the words of a text by which a thing is known."""
    told = (one.removesuffix("nya") for one in _WORD.findall(text.casefold()))
    return frozenset(one for one in told if not look.words.says("umum", one))


def _counts(look: Look) -> Iterator[Count]:
    """Give all numbers of things that tables and lists have."""
    for grid in look.report.grids:
        yield from _of_grid(look, grid)
    parts = [one for one in look.report.parts if isinstance(one, Grid) or one.kind != "isi"]
    for number, lead in enumerate(parts):
        if isinstance(lead, Passage) and lead.kind != "butir":
            yield from _of_list(look, lead, parts[number + 1 :])
    yield from _spoken(look)


def _spoken(look: Look) -> Iterator[Count]:
    """Give the wholes of sentences: “pegawai berjumlah 48”, twice “dari 26 kapal nelayan”."""
    among: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for one in look.prose:
        for found in _AMONG.finditer(one.text):
            among[found["what"]].append((found["count"], one.place))
        for found in _IN_ALL.finditer(one.text):
            nouns = words_of(found["what"], look)
            yield Count(Fraction(found["count"]), nouns, nouns, one.place, False, found["what"])
    for what, told in among.items():
        if len(told) > 1 and len({count for count, _ in told}) == 1:
            nouns = words_of(what, look)
            yield Count(Fraction(told[0][0]), nouns, nouns, told[0][1], False, what)


def _of_grid(look: Look, grid: Grid) -> Iterator[Count]:
    topic = words_of(" ".join(_topic(grid).split()[:_FEW]), look)
    name = look.naming(grid)[1]
    called = grid.caption or "tabelnya"
    if name is not None:
        head = words_of(grid.head[name], look) - {"uraian", "nama"}
        rows = rows_of(look, grid)
        across = sum(bool(ordinal(one.upper().rstrip("."))) for one in grid.head[1:])
        if max(rows, across) > 1:
            count = Fraction(across if across > 1 else rows)
            nouns = head if _TIMES.match(grid.head[name]) else head | topic
            yield Count(count, nouns, frozenset(), grid.place, True, called)
    for level, pattern in _LEVELS.items():
        codes = {cell for row in grid.rows for cell in row[:2] if pattern.fullmatch(cell)}
        if len(codes) > 1:
            count = Fraction(len(codes))
            yield Count(count, frozenset({level}), frozenset(), grid.place, True, called)
    last = grid.rows[-1] if grid.rows else ()
    if len(grid.rows) < _FEW or not look.words.says("jumlah", label_of(last)):
        return
    for column, cell in enumerate(look.numbers(grid)[-1]):
        title = grid.head[column]
        if cell is None or cell.percent or cell.decimals or is_ratio(look, title):
            continue
        if not is_number_column(look, grid, column) or scale_of(grid, column) > 1:
            continue
        if cell.value >= 10**6 or look.words.measure(title).split(" ")[0] in ("target", "pagu"):
            continue
        own = words_of(title, look) - {"jumlah", "total", "jml"}
        at = grid.at(len(grid.rows) - 1, column)
        yield Count(cell.value, own or topic, own, at, False, called)


_LEVELS = {"ro": RO, "kro": re.compile(r"(?:[0-9]{4}\.)?[A-Z]{3}")}
"""Codes of outputs and of their classes."""


def _topic(grid: Grid) -> str:
    bare = _TITLE.sub("", grid.caption)
    return re.split(r"\b(?:menurut|per|berdasarkan|tahun|triwulan|tw|bulan)\b", bare.casefold())[0]


def _of_list(look: Look, lead: Passage, after: Sequence[Passage | Grid]) -> Iterator[Count]:
    items: list[Passage] = []
    for one in after:
        if not isinstance(one, Passage) or one.kind != "butir":
            break
        if not items or one.level <= items[0].level:
            items.append(one)
    if len(items) < 2:
        return
    said = [next(reversed(sentences(lead.text)), lead.text)]
    nouns = words_of(" ".join(said), look)
    # The last of them may stand behind the one before, in one line.
    several = sum(1 + len(_JOINED.findall(one.text)) for one in items)
    yield Count(Fraction(several), nouns, frozenset(), lead.place, True, "daftarnya")
    counts = [[one for one in figures(item.text) if one.noun] for item in items]
    for noun in {one.noun for one in counts[0]}:
        each = [[one for one in told if one.noun == noun] for told in counts]
        if all(len(one) == 1 for one in each):
            whole = sum(one[0].value for one in each)
            yield Count(
                Fraction(whole), frozenset({noun}), frozenset(), lead.place, False, "daftarnya"
            )


def rows_of(look: Look, grid: Grid) -> int:
    """Count the things a table lists: by its running numbers where it has some."""
    column = next((n for n, head in enumerate(grid.head) if look.words.says("nomor", head)), None)
    code, name = look.naming(grid)
    if column is not None:
        told = [row[column] for row in grid.rows if re.fullmatch(r"[0-9]{1,3}\.?", row[column])]
        coded = [row[code] for row in grid.rows if code is not None and row[code]]
        if told and not (name != code and len(coded) == len(set(coded)) > len(told)):
            # Of a choice of numbered things nobody knows the count.
            whole = [int(one.rstrip(".")) for one in told] == list(range(1, len(told) + 1))
            return len(told) if whole else 0
    if name is None:
        return 0
    if code is not None and len({row[code].count(".") for row in grid.rows if row[code]}) > 1:
        return 0
    return sum(bool(row[name]) and not look.is_total(row) for row in grid.rows)


@dataclass(frozen=True, slots=True)
class Telling:
    """A number of things in a sentence: how many, as it is written, and of what."""

    value: Fraction
    text: str
    what: tuple[str, ...]
    start: int
    end: int
    formal: bool
    """Whether the number stands in digits and in words."""


def tellings(sentence: str) -> Iterator[Telling]:
    """Find the numbers of things in a sentence, in digits or in words.

    Examples
    --------
    >>> [(int(one.value), one.what) for one in tellings("Keempat pos melayani 1.250 kapal.")]
    [(4, ('pos', 'melayani')), (1250, ('kapal',))]
    """
    found: dict[int, tuple[Fraction, str, int]] = {}
    for one in figures(sentence):
        if one.kind == "angka" and not one.step:
            found[one.start] = (one.value, one.text, one.end)
    for match in _SMALL.finditer(sentence):
        count = count_of(match["count"].casefold())
        near = any(a <= match.start() < b for a, (_, _, b) in found.items())
        if count and not near and not match["count"].isdecimal():
            found[match.start()] = (Fraction(count), match[0], match.end())
    for start, (value, text, end) in sorted(found.items()):
        behind = _BEHIND.match(sentence, end) or _BEFORE.search(sentence, 0, start)
        scaled = behind and _SCALE.match(behind["what"])
        if behind and not scaled and not _NUMBERING.search(sentence[:start]):
            formal = sentence[end : behind.start("what")].strip().startswith("(")
            what = tuple(_WORD.findall(behind["what"].casefold()))
            yield Telling(value, text, what, start, max(end, behind.end()), formal)


def counted(look: Look) -> Iterator[Hit]:
    """Hold each number of things against all that tell of them."""
    every: dict[str, list[Count]] = defaultdict(list)
    for count in _counts(look):
        for noun in count.nouns:
            every[noun].append(count)
    told = [
        (passage, sentence, one)
        for passage, sentence in look.sentences
        for one in tellings(sentence)
    ]
    spoken: dict[tuple[str, Fraction], int] = defaultdict(int)
    for _, _, one in told:
        spoken[one.what[0], one.value] += 1
    cells = _cells(look)
    for passage, sentence, one in told:
        noun = one.what[0]
        if not every[noun] or _is_part(look, sentence, one):
            continue
        words = words_of(sentence, look)
        fits = [a for a in every[noun] if a.needed <= words and _near(a, one)]
        own = [a for a in fits if a.listed and a.place == passage.place]
        meant = own or [a for a in fits if _meant(look, passage, sentence, one, a)]
        values = {a.value for a in meant}
        right = (a for a in fits if a.listed or a.place != passage.place)
        known = spoken[noun, one.value] > 1 or (one.value, noun) in cells
        # Its own list is against it, whatever else there is of that number.
        known = not own and (known or any(a.value == one.value for a in right))
        if len(values) != 1 or known or one.value in values:
            continue
        (value,) = values
        shown = digits(value)
        yield Hit(
            one.text,
            shown,
            f"Disebut {one.text} {' '.join(one.what)}, sedangkan {meant[0].name}"
            f" {'memuat' if meant[0].listed else 'berjumlah'} {shown}.",
            [passage.place, meant[0].place],
            f"{passage.place}/{noun}",
        )


def _near(count: Count, one: Telling) -> bool:
    return abs(count.value - one.value) <= max(Fraction(2), count.value * _NEARLY)


def _cells(look: Look) -> set[tuple[Fraction, str]]:
    """Give the numbers of tables, each with the words that name it."""
    found: set[tuple[Fraction, str]] = set()
    for grid in look.report.grids:
        topic = _WORD.findall(grid.caption.casefold())
        for row, line in zip(grid.rows, look.numbers(grid), strict=True):
            label = _WORD.findall(" ".join(row).casefold())
            for head, cell in zip(grid.head, line, strict=True):
                if cell and not cell.percent and not look.words.says("nomor", head):
                    told = (*topic, *label, *_WORD.findall(head.casefold()))
                    found.update((cell.value, word) for word in told)
    return found


_AFTER = re.compile(
    r"\s*(?:lain\w*\b|(?:di antaranya|yang|tidak|belum|telah|sudah|masih|baru|per|pertama|terakhir|"
    r"sebelum\w*|sesudah|setelah|dari)\b|\(?(?:atau )?[0-9.,]+ ?%)"
)


def _is_part(look: Look, sentence: str, one: Telling) -> bool:
    """Tell that a number is of some of the things, of what is planned, or of another time."""
    before, behind = sentence[: one.start].casefold(), sentence[one.end :].casefold()
    year, quarter = look.period
    around = re.split(r"[,;(]", before)[-1], re.split(r"[,;(.]", sentence[one.start :])[0]
    # What is dated, and what is yet to come, is told now.
    when = mentions(_DATED.sub("", " ".join(around)))
    other = set(when.years) - {year} or {q for q, _ in when.quarters} - {quarter}
    claim = look.words.says("tercapai", sentence) or look.words.says("belum", sentence)
    return bool(other or claim or look.words.says("sebagian", before) or _AFTER.match(behind))


def _meant(look: Look, passage: Passage, sentence: str, one: Telling, count: Count) -> bool:
    """Tell whether a sentence speaks of all the things that a table or a list has."""
    named = {number.upper() for number in _TABLE.findall(sentence)}
    title = is_caption(count.place.table)
    here = passage.place.section == count.place.section
    framed = look.words.says("bingkai", passage.place.section)
    if named:
        return bool(title and title[1] in named)
    more = [word for word in one.what[1:2] if word not in count.nouns]
    if more and not count.listed and not look.words.says("umum", more[0]):
        return False  # some of them, which have a name of their own
    lead = bool(
        passage.place == count.place
        or one.formal
        or look.words.says("memuat", sentence[: one.start])
    )
    known = one.what[0] in _EVERYWHERE or (one.formal and len(count.needed) > 1)
    return lead and (here or framed or known)


_EVERYWHERE = {"indikator", "sasaran", "ro", "kro"}
"""What a report has but one number of, wherever it tells it."""

RULES = (Rule("banyaknya", "minor", "banyaknya yang disebut dengan yang ada", counted),)
