"""Lists against their announced number: items in lines, in a sentence, and rows of a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pp39.findings.printed import read_words
from pp39.periods import MONTHS
from pp39.review.build import ITEM
from pp39.review.figure import COUNT, RO, count_of, figures, sentences
from pp39.review.hit import Hit, Look, Rule
from pp39.review.typed import PROSE, Grid, Passage, is_caption

_JOINS = rf"(?:dan|serta|atau|yaitu|yakni|meliputi|sebagaimana|yang|{COUNT})\b"
_ANNOUNCED = re.compile(
    rf"\b(?P<count>{COUNT})\b(?:\s*\([a-z ]+\))?"
    rf"\s+(?P<what>(?!{_JOINS})[a-z/]{{3,}}(?: (?!{_JOINS})[a-z/]+){{0,2}})",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\b(?:yaitu|yakni|adalah|(?:sebagai )?berikut(?: ini)?|meliputi|mencakup"
    r"|terdiri (?:dari|atas)|antara lain|ialah)\b\s*[:,]?|:)\s*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\bke(dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\s+([a-z]{4,})", re.I
)
_MARK = re.compile(r"(?:(?<=\s)|^)\(?(?:[0-9]{1,2}|[a-z])[).]\s")
_ITEM = re.compile(r"\(?([0-9]{1,2}|[a-z])([.)])\s")
_OPEN = re.compile(r"antara lain|di antaranya|misalnya|seperti", re.IGNORECASE)
_AFTER_NUMBER = (
    rf"(?:{'|'.join(MONTHS)}|tahun|persen|belas|puluh|ratus|juta|miliar|milyar|ribu|triliun|poin|bulan|hari|jam|menit"
    r"|kali lipat|rupiah|orang dari)"
)
_IN_WORDS = re.compile(r"\b(?P<count>[0-9]{1,3}) \([a-z ]+\) (?P<what>[a-z]{4,} [a-z]{4,})\b")
_OF_THINGS = re.compile(r"\b[Dd]ari (?P<count>[0-9]{1,3}) (?P<what>[a-z]{4,} [a-z]{4,})\b")
_AMONG = re.compile(
    r"\bDari (?:seluruh |total )?(?P<count>[0-9]{1,3}(?:\.[0-9]{3})*) (?P<what>[a-z]{4,})"
    r"(?=,| tersebut| itu)"
)
_DATED = re.compile(
    rf"\b[0-9]{{1,2}}(?:\s?[-–]\s?[0-9]{{1,2}})? (?:{'|'.join(MONTHS)})(?: [0-9]{{4}})?"
)
_LEVELS = {
    "ro": RO,
    "kro": re.compile(r"(?:[0-9]{4}\.)?[A-Z]{3}"),
}
"""Codes of outputs and of their classes."""
_IN_ALL = re.compile(
    r"(?i:\b(?:terdiri (?:dari|atas)|(?:di|ter)bagi (?:ke )?(?:dalam|menjadi|atas)|memuat"
    r"|mencakup)\b)"
    rf"(?:[^.;:]{{0,40}}? (?:dan|serta))? (?P<count>{COUNT})(?: \([a-z ]+\))?"
    r" (?P<what>(?i:indikator(?= kinerja\b|,| dan\b|\.|$)|sasaran)|RO|KRO)\b"
    rf"|(?i:\bjumlah) (?P<of>indikator|sasaran|RO|KRO)\b[^.;0-9]{{0,60}}? (?:adalah|sebanyak)"
    rf" (?P<all>{COUNT})"
)
_NAME = r"[A-Z][a-z]+(?: [A-Z][a-z]+)*"
_NAMES = re.compile(rf"{_NAME}(?:, {_NAME}){{2,}},? (?:dan|serta) {_NAME}")
_EITHER = re.compile(
    rf"\b(?P<count>{COUNT})\b(?: \([a-z ]+\))?(?: [A-Z][A-Za-z]+)?"
    r" (?P<a>[a-z]{4,})/(?P<b>[a-z]{4,})",
    re.IGNORECASE,
)
_MANY_WORDS = 9
_MOST = 60
"""Things that a sentence counts and a table lists."""


def _announced(text: str) -> list[tuple[int, str, str]]:
    """Find the numbers of things that a lead announces; how each is written, of what."""
    found = [
        one
        for one in _ANNOUNCED.finditer(text)
        if not re.match(_AFTER_NUMBER, one["what"], re.IGNORECASE)
        and not re.search(r"\b(?:ribu|juta|miliar|milyar|ratus)\b", one["what"], re.IGNORECASE)
        and not re.search(
            r"(?:\b[A-Z]{3,}\s|(?i:[0-9][.,]|rp\.?\s?|tahun|triwulan|tw|nomor|no\.?|tabel|bab|tanggal)\s?)$",
            text[: one.start()],
        )
    ]
    counted = [(count_of(re.sub(r"\s+", " ", one["count"].casefold())), one) for one in found]
    return [(count, one["count"], one["what"].strip()) for count, one in counted if count]


def listed(look: Look) -> Iterator[Hit]:
    """Hold an announced number of items against the items that follow, in lines or in the text."""
    parts = [one for one in look.report.parts if isinstance(one, Passage) and one.kind != "isi"]
    for number, one in enumerate(parts):
        if one.kind in ("judul", "keterangan"):
            continue
        items = _items(parts[number + 1 :])
        *_, last = sentences(one.text) or [""]
        lead = next(iter(_LEAD.finditer(last)), None)
        if (
            items
            and lead
            and one.kind != "butir"
            and last.rstrip().endswith(
                (":", "yaitu", "yakni", "berikut", "berikut.", "meliputi", "lain", "dari", "atas")
            )
        ):
            told = next(reversed(_announced(last)), None)
            below = parts[number + 1 : number + 1 + items]
            # Each with a number of its own they are parts of a sum, not what is counted.
            summed = all(len([*figures(_DATED.sub("", item.text))]) == 1 for item in below)
            if told and told[0] != items and not summed and not _OPEN.search(last):
                yield _count(one, told, items)
            continue
        for sentence in sentences(one.text):
            yield from _inline(one, sentence)


def _items(after: Sequence[Passage]) -> int:
    """Count the items of the list that begins, on its own level."""
    count = 0
    for one in after:
        if one.kind != "butir":
            break
        if one.level <= after[0].level:
            count += 1
    return count


def _inline(passage: Passage, sentence: str) -> Iterator[Hit]:
    for lead in _LEAD.finditer(sentence):
        every = _announced(sentence[: lead.start()])
        told = every[-1] if every else None
        if told is None or told[0] > 12 or _OPEN.search(lead[0]):
            continue
        # “3 modul dan 2 dokumen, yaitu …” may list the five, or the two.
        both = re.search(rf"\b(?:dan|serta) {re.escape(told[1])}\b", sentence[: lead.start()])
        whole = sum(one[0] for one in every[-2:]) if both and len(every) > 1 else told[0]
        # The number and its list belong together only if little stands between.
        between = sentence[: lead.start()].rpartition(told[2])[2]
        if len(between.split()) > 6 or re.search("[0-9]", between):
            continue
        rest = sentence[lead.end() :]
        counts = _dates(rest) or _spoken(rest)
        if counts and not any(counts[0] <= one <= counts[1] for one in (told[0], whole)):
            yield _count(passage, told, counts[0])
        return


def _dates(text: str) -> tuple[int, int] | None:
    """Count the dates of a list of dates."""
    day = rf"[0-9]{{1,2}} (?:{'|'.join(MONTHS)}) (?:19|20)[0-9]{{2}}"
    found = re.match(rf"(?:pada )?(?:tanggal )?{day}(?:,? (?:dan )?{day})+", text, re.IGNORECASE)
    count = len(re.findall(day, found[0], re.IGNORECASE)) if found else 0
    return (count, count) if count else None


def _spoken(text: str) -> tuple[int, int] | None:
    """Count the items of a list in a sentence: at least and at most; None where unsure."""
    marks = _MARK.findall(text)
    if len(marks) > 1:
        return len(marks), len(marks)
    told = re.sub(r"\([^)]*\)", "", text).strip(" .")
    clause = r"\b(?:yang|sehingga|karena|dengan|untuk|agar|masih|telah|sudah|belum|tidak)\b"
    if _LEAD.search(told) or re.search(clause, told):
        return None
    # “Seksi A, Seksi B dan C serta Seksi D”: each begins with what is counted.
    kind = told.partition(" ")[0]
    named = re.split(r",\s*(?:dan |serta )?|\s(?:dan|serta)\s", told)
    begun = [one.startswith(f"{kind} ") for one in named]
    if kind.istitle() and sum(begun) > 1 and begun[-1] | (len(named) - sum(begun) < 2):
        return sum(begun), sum(begun)
    separator = ";" if ";" in told else ","
    pieces = [one.strip() for one in re.split(rf"{separator}(?![0-9])", told) if one.strip()]
    if any(len(one.split()) > _MANY_WORDS for one in pieces) or re.search(r"\b[0-9]", told):
        return None
    pieces = [re.sub(r"^(?:dan|serta)\s+", "", one) for one in pieces]
    joined = [len(re.findall(r"\b(?:dan|serta)\b|&", one)) for one in pieces]
    if len(pieces) == 1:
        return (2, 1 + joined[0]) if joined[0] else None
    return (len(pieces), len(pieces) + sum(joined)) if pieces else None


def _count(one: Passage, told: tuple[int, str, str], items: int) -> Hit:
    return Hit(
        told[1],
        str(items),
        f"Disebut {told[1]} {told[2]}, sedangkan daftarnya memuat {items}.",
        one.place,
        f"{one.place}/{told[2]}",
    )


def marks(look: Look) -> Iterator[Hit]:
    """Letters and numbers of the items of a list: left out and repeated."""
    before: tuple[str, int] = ("", 0)
    for one in look.report.parts:
        found = _ITEM.match(one.text) if isinstance(one, Passage) and one.kind == "butir" else None
        if found is None or not isinstance(one, Passage):
            before = ("", 0)
            continue
        now = int(found[1]) if found[1].isdecimal() else ord(found[1]) - ord("a") + 1
        form = f"{'1' if found[1].isdecimal() else 'a'}{found[2]}"
        if before[0] == form and now not in (before[1] + 1, 1):
            last = str(before[1]) if form[0] == "1" else chr(ord("a") + before[1] - 1)
            yield Hit(
                found[1],
                last,
                f"Butir {last} diikuti butir {found[1]}.",
                one.place,
            )
        before = (form, now)


def repeats(look: Look) -> Iterator[Hit]:
    """Items that stand twice in one list."""
    seen: dict[str, Passage] = {}
    for one in look.report.parts:
        if not isinstance(one, Passage) or one.kind != "butir":
            seen = {}
            continue
        told = re.sub(r"[^a-z0-9]+", " ", ITEM.sub("", one.text, count=1).casefold()).strip()
        if told in seen and len(told.split()) > 2:
            yield Hit(
                one.text[:80],
                "satu kali",
                f"Butir “{one.text[:90]}” tertulis dua kali dalam daftar yang sama.",
                [seen[told].place, one.place],
            )
        seen[told] = one


def back(look: Look) -> Iterator[Hit]:
    """“Ketiga permasalahan tersebut” against the list right before."""
    count, what = 0, ""
    lead = ""
    for one in look.report.parts:
        if isinstance(one, Grid) or one.kind in ("judul", "keterangan"):
            count, lead = 0, ""
            continue
        if one.kind == "butir":
            count += 1
            continue
        found = _BACK.match(one.text)
        if found and count > 1 and found[2].casefold() in lead.casefold():
            told = read_words(found[1].casefold())
            what = f"Ke{found[1]} {found[2]}"
            if told and told != count:
                yield Hit(
                    what,
                    str(count),
                    f"Disebut “{what}”, sedangkan daftar di atasnya memuat {count}.",
                    one.place,
                )
        count, lead = 0, one.text


def rows(look: Look) -> Iterator[Hit]:
    """Announced numbers against the rows of the table that the sentence refers to or leads to."""
    tables: dict[str, Grid] = {}
    for one_grid in look.report.grids:
        caption = is_caption(one_grid.caption)
        if caption and caption[0] == "Tabel":
            tables[caption[1]] = one_grid
    parts = list(look.report.parts)
    for number, one in enumerate(parts):
        if not isinstance(one, Passage) or one.kind not in PROSE:
            continue
        for sentence in sentences(one.text):
            named = re.search(r"\btabel\s+([0-9IVX]+(?:[.-][0-9]+)*)", sentence, re.IGNORECASE)
            grid = tables.get(named[1]) if named else None
            if grid is None and re.search(
                r"(?:yaitu|berikut(?: ini)?|rincian(?:nya)?|:)\s*[:.]?$", sentence
            ):
                grid = next(
                    (part for part in parts[number + 1 : number + 3] if isinstance(part, Grid)),
                    None,
                )
            if grid is None:
                continue
            around = (sentence[: named.start()], sentence[named.end() :]) if named else (sentence,)
            every = next(filter(None, map(_announced, around)), [])
            count, (_, name) = _rows(look, grid), look.naming(grid)
            heads = f"{grid.caption} {' '.join(grid.head)}".casefold()
            # Of several numbers that of what names the rows is meant.
            own = (grid.head[name] if name is not None and len(every) > 1 else heads).casefold()
            told = next((a for a in reversed(every) if _topic(a[2], sentence) in own), None)
            if told is None or told[0] < 2:
                continue
            shown = {
                cell
                for row in grid.rows
                for head, cell in zip(grid.head, row, strict=True)
                if not look.words.says("nomor", head)
            }
            said = {count_of(one[0].casefold()) for one in re.finditer(COUNT, sentence, re.I)}
            fits = count in said or told[1] in shown or told[0] > _MOST
            if count > 1 and not fits:
                yield Hit(
                    told[1],
                    str(count),
                    f"Disebut {told[1]} {told[2]}, sedangkan {grid.caption or 'tabelnya'} memuat"
                    f" {count}.",
                    one.place,
                    f"{one.place}/{told[2]}",
                )


def _topic(what: str, sentence: str) -> str:
    """Give the word by which the head of a table knows what is counted."""
    first = what.casefold().split()[0]
    if first == "kali":
        told = re.search(r"\b(?:revisi|perubahan|adendum|pergeseran)\b", sentence)
        return told[0] if told else what
    return first


def twins(look: Look) -> Iterator[Hit]:
    """“Desa Ulu, Hilir, Tengah, dan Ulu”: one name twice in what a sentence lists."""
    for passage, sentence in look.sentences:
        for found in _NAMES.finditer(sentence):
            first, *rest = re.split(r",? (?:dan|serta) |, ", found[0])
            # The first may bear what all of them are.
            names = [next((a for a in rest if first.endswith(f" {a}")), first), *rest]
            for name in {one for one in names if names.count(one) > 1}:
                yield Hit(
                    found[0],
                    "satu kali",
                    f"“{name}” tertulis dua kali dalam “{found[0]}”.",
                    passage.place,
                )


def either(look: Look) -> Iterator[Hit]:
    """“8 kabupaten dan 2 kota” against “11 kabupaten/kota” of the same section."""
    for section in look.by_section:
        prose = [one for one in section if isinstance(one, Passage) and one.kind in PROSE]
        text = " ".join(one.text for one in prose)
        for passage in prose:
            for one in _EITHER.finditer(passage.text):
                each = rf"\b({COUNT})\b(?: \([a-z ]+\))? "
                both = rf"{each}{one['a']} (?:dan|serta) {each}{one['b']}\b"
                sums = {
                    sum(count_of(part.casefold()) or 0 for part in told.groups())
                    for told in re.finditer(both, text, re.IGNORECASE)
                }
                said = count_of(one["count"].casefold()) or 0
                # Fewer are some of them, unless the sentence itself parts them.
                if len(sums) == 1 and (
                    said > min(sums) or re.search(both, passage.text[one.end() :])
                ):
                    (right,) = sums
                    if said != right:
                        yield Hit(
                            one[0],
                            str(right),
                            f"Disebut {one[0]}, sedangkan {one['a']} dan {one['b']} berjumlah"
                            f" {right}.",
                            passage.place,
                        )


def wholes(look: Look) -> Iterator[Hit]:
    """“28 (dua puluh delapan) program studi”, where shares are told “dari 26 program studi”."""
    told: dict[str, list[tuple[int, Passage]]] = defaultdict(list)
    for one in look.prose:
        for found in _OF_THINGS.finditer(one.text):
            told[found["what"]].append((int(found["count"]), one))
    for one in look.prose:
        for found in _IN_WORDS.finditer(one.text):
            among = told.get(found["what"], [])
            counts = {count for count, _ in among}
            if len(among) < 2 or len(counts) != 1 or int(found["count"]) <= min(counts):
                continue
            yield Hit(
                found["count"],
                str(min(counts)),
                f"Disebut {found['count']} {found['what']}, sedangkan di tempat lain dihitung dari"
                f" {min(counts)} {found['what']}.",
                [one.place, among[0][1].place],
                f"{one.place}/{found['what']}",
            )


def parts(look: Look) -> Iterator[Hit]:
    """“Pegawai berjumlah 48 orang. Dari 52 pegawai …”: one whole, and another one right behind."""
    for passage in look.prose:
        for one in _AMONG.finditer(passage.text):
            said = re.compile(
                rf"\b{one['what']}\b[^.;0-9]{{0,40}}\b(?:berjumlah|sebanyak|sejumlah)\s+([0-9.]+) ",
                re.IGNORECASE,
            )
            told = [a[1] for a in said.finditer(passage.text, 0, one.start())]
            if told and one["count"] not in told:
                yield Hit(
                    one["count"],
                    told[-1],
                    f"Disebut {one[0]}, sedangkan {one['what']} berjumlah {told[-1]}.",
                    passage.place,
                )


def things(look: Look) -> Iterator[Hit]:
    """“Jumlah indikator … adalah 8” and “dibagi dalam 9 RO”, against all tables that list them."""
    counts: dict[str, set[int]] = defaultdict(set)
    for grid in look.report.grids:
        _, name = look.naming(grid)
        listed = (
            re.match(r"indikator|sasaran", grid.head[name].casefold()) if name is not None else None
        )
        if listed:
            counts[listed[0]].add(_rows(look, grid))
        for what, pattern in _LEVELS.items():
            codes = {cell for row in grid.rows for cell in row[:2] if pattern.fullmatch(cell)}
            counts[what].add(len(codes))
    for passage, sentence in look.sentences:
        for one in _IN_ALL.finditer(sentence):
            what, told = one["what"] or one["of"], one["count"] or one["all"]
            count = count_of(told.casefold())
            there = counts[what.casefold()] - {0, 1}
            if len(there) == 1 and count and count not in there:
                (found,) = there
                yield Hit(
                    told,
                    str(found),
                    f"Disebut {told} {what}, sedangkan tabelnya memuat {found}.",
                    passage.place,
                    f"{passage.place}/{what}",
                )


def _rows(look: Look, grid: Grid) -> int:
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


RULES = (
    Rule("banyaknya", "minor", "banyaknya yang disebut dengan yang didaftar", listed),
    Rule("banyaknya", "minor", "banyaknya yang disebut dengan yang didaftar", back),
    Rule("butir-ganda", "minor", "butir dengan butir lain dalam daftarnya", repeats),
    Rule("butir-ganda", "minor", "nama dengan nama lain dalam daftarnya", twins),
    Rule("banyaknya", "minor", "banyaknya dengan jumlah bagiannya", either),
    Rule("nomor-butir", "editorial", "nomor butir dengan butir sebelumnya", marks),
    Rule("banyaknya", "minor", "banyaknya yang disebut dengan baris tabelnya", rows),
    Rule("banyaknya", "minor", "banyaknya yang disebut dengan isi tabelnya", things),
    Rule("banyaknya", "minor", "banyaknya yang disebut di beberapa tempat", wholes),
    Rule("banyaknya", "minor", "banyaknya yang disebut di beberapa tempat", parts),
)
