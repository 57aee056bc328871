"""Lists against their announced number: items in lines, in a sentence, and rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from pp39.findings.printed import read_words
from pp39.periods import MONTHS
from pp39.review.build import ITEM
from pp39.review.figure import COUNT, count_of, sentences
from pp39.review.hit import Hit, Look, Rule
from pp39.review.typed import PROSE, Grid, Passage, Place

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
_THERE_ARE = re.compile(
    rf"\b(?:ada|sebanyak|berjumlah|menjadi) (?P<count>{COUNT})(?: \([a-z ]+\))?"
    r"(?:,? *(?:yaitu|yakni))?[:,]? *$",
    re.IGNORECASE,
)
"""How a lead ends that names what it counts before the number."""
_BACK = re.compile(
    r"\bke(dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\s+([a-z]{4,})"
    r"( (?:tersebut|ini|itu))?",
    re.I,
)
_MARK = re.compile(r"(?:(?<=\s)|^)\(?(?:[0-9]{1,2}|[a-z])[).]\s")
_ITEM = re.compile(r"\(?([0-9]{1,2}|[a-z])([.)])\s")
_OPEN = re.compile(r"antara lain|di antaranya|misalnya|seperti", re.IGNORECASE)
_AFTER_NUMBER = (
    rf"(?:{'|'.join(MONTHS)}|tahun|persen|belas|puluh|ratus|juta|miliar|milyar|ribu|triliun|poin|bulan|hari|jam|menit"
    r"|kali lipat|rupiah|orang dari)"
)
_NAME = r"[A-Z][a-z]+(?: [A-Z][a-z]+)*"
_NAMES = re.compile(rf"{_NAME}(?:, {_NAME}){{2,}},? (?:dan|serta) {_NAME}")
_EITHER = re.compile(
    rf"\b(?P<count>{COUNT})\b(?: \([a-z ]+\))?(?: [A-Z][A-Za-z]+)?"
    r" (?P<a>[a-z]{4,})/(?P<b>[a-z]{4,})",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?:rencana )?(?:tindak lanjut|rekomendasi|upaya|solusi|penyelesaian)", re.I)
_ANSWERED = re.compile(rf"\b{_ANSWER.pattern}\b(?: [a-z]+)?: *(.+)", re.IGNORECASE)
_LABEL = re.compile(r"[-•\s]*([A-Z]{2,5}[ .-]?[0-9]+(?:\.[0-9]+)*[a-z]?)[:.]? (.+)")
_REMEDY = 3
_MANY_WORDS = 9


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
        ending = _THERE_ARE.search(one.text)
        after = takewhile(lambda below: below.kind == "butir", parts[number + 1 :])
        items = sum(1 for below in after if below.level <= parts[number + 1].level)
        count = count_of(ending["count"].casefold()) if ending else None
        if ending and count and items > 1 and items != count:
            yield _count(one, (count, ending["count"], "hal"), items)
        for sentence in sentences(one.text):
            yield from _inline(one, sentence)


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
    if _LEAD.search(told) or re.search(clause, told) or re.match(rf"(?:{COUNT})\b", told):
        return None  # of a sum its parts are told, and not its members
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


def answers(look: Look) -> Iterator[Hit]:
    """One remedy, word for word, for two obstacles of a table or a list."""
    told: list[list[tuple[str, Place]]] = [[]]
    for part in look.report.parts:
        if isinstance(part, Grid):
            columns = [n for n, head in enumerate(part.head) if _ANSWER.match(head)]
            told += [[(row[n], part.at(m, n)) for m, row in enumerate(part.rows)] for n in columns]
        elif part.kind == "butir":
            told[-1] += [(one[1], part.place) for one in [_ANSWERED.search(part.text)] if one]
        else:
            told.append([])
    for line in told:
        seen: dict[str, Place] = {}
        for text, place in line:
            bare = " ".join(re.findall(r"\w+", text.casefold()))
            if bare in seen and len(bare.split()) > _REMEDY:
                yield Hit(
                    text[:80],
                    "tindak lanjutnya sendiri",
                    f"“{text[:90]}” tertulis sama untuk dua kendala.",
                    [seen[bare], place],
                )
            seen.setdefault(bare, place)


def labels(look: Look) -> Iterator[Hit]:
    """“IKU 2: …” that begins two items of a list of which each begins with a code of its own."""
    run: dict[str, tuple[str, Place]] = {}
    for one in look.report.passages:
        found = _LABEL.match(one.text) if one.kind in PROSE else None
        if found is None:
            run = {}
            continue
        code = found[1].upper()
        if code in run and len(run) > 1 and run[code][0] != found[2]:
            said = f"Sebutan {found[1]} dipakai untuk dua hal dalam satu daftar."
            yield Hit(found[1], "satu sebutan, satu hal", said, [run[code][1], one.place])
        run[code] = (found[2], one.place)


def back(look: Look) -> Iterator[Hit]:
    """“Ketiga permasalahan tersebut” against the list, in lines or a sentence, right before."""
    count, lead = 0, ""
    for one in look.report.parts:
        if isinstance(one, Grid) or one.kind in ("judul", "keterangan"):
            count, lead = 0, ""
            continue
        if one.kind == "butir":
            count += 1
            continue
        for sentence in sentences(one.text):
            found, told = _BACK.match(sentence), (count, count)
            if found and count < 2:
                names = _LEAD.split(lead)[1:] if found[3] else []
                told = (names and _spoken(names[-1])) or (0, 0)
            elif found and found[2].casefold() not in lead.casefold():
                told = (0, 0)
            said = (read_words(found[1].casefold()) if found else None) or 0
            if told[0] > 1 and said and not told[0] <= said <= told[1]:
                yield Hit(
                    f"Ke{said}",
                    str(told[1]),
                    f"Disebut “{found and found[0]}”, sedangkan yang didaftar {told[1]}.",
                    one.place,
                )
            count, lead = 0, sentence


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


RULES = (
    Rule("banyaknya", "minor", "banyaknya yang disebut dengan yang didaftar", listed),
    Rule("banyaknya", "minor", "banyaknya yang disebut dengan yang didaftar", back),
    Rule("butir-ganda", "minor", "butir dengan butir lain dalam daftarnya", repeats),
    Rule("kode-ganda", "minor", "sebutan dengan sebutan lain dalam daftarnya", labels),
    Rule("salinan", "minor", "tindak lanjut dengan tindak lanjut lain", answers),
    Rule("butir-ganda", "minor", "nama dengan nama lain dalam daftarnya", twins),
    Rule("banyaknya", "minor", "banyaknya dengan jumlah bagiannya", either),
    Rule("nomor-butir", "editorial", "nomor butir dengan butir sebelumnya", marks),
)
