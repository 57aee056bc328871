"""Numbers of headings, tables and pictures, references to them, and the lists of contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from pp39.review.figure import COUNT, count_of
from pp39.review.hit import Hit, Look, Rule
from pp39.review.typed import PROSE, Passage, Place, entry_of, heading_number, is_caption, ordinal

_REFERENCE = re.compile(
    r"\b(tabel|gambar|grafik|diagram|lampiran)\s+"
    r"([0-9]+(?:[.-][0-9]+)*[a-z]?|[IVX]+(?:[.-][0-9]+)*)(?![\w-]|\.[0-9])",
    re.IGNORECASE,
)
_CHAPTERS = re.compile(
    r"\b(?:(bab)\s+([IVX]+|[0-9]+)|(?:sub\s?bab|subbagian|bagian|butir|poin)\s+"
    r"([0-9]+(?:\.[0-9]+)+))(?![\w.]*[0-9])",
    re.IGNORECASE,
)
_APPENDED = re.compile(
    r"^lampiran|\blampiran (?:dimuat|disajikan|disampaikan|tersedia|terpisah)\b", re.IGNORECASE
)
"""What begins an annex, or says in which other document the annexes are."""
_PARTS = re.compile(rf"\b({COUNT})(?: \([a-z ]+\))? (bab|lampiran)\b", re.IGNORECASE)
_CONSISTS = re.compile(r"\b(?:terdiri|terbagi|dibagi|disusun dalam|memuat)\b")
_ALIKE = 0.85
_SURE = 3
"""Entries of the contents that agree on where pages begin to be counted."""


def references(look: Look) -> Iterator[Hit]:
    """Find references that lead nowhere, and captions told twice or out of turn."""
    captions: dict[tuple[str, str], list[Place]] = defaultdict(list)
    order: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for one in look.report.passages:
        told = is_caption(one.text) if one.kind == "keterangan" else None
        if told:
            captions[told[0].casefold(), told[1]].append(one.place)
            order[told[0]].append((told[1], one.place))
    kinds = {kind for kind, _ in captions}
    appended = any(_APPENDED.search(one.text) for one in look.report.passages if one.kind != "isi")
    for passage in look.prose:
        for match in _REFERENCE.finditer(passage.text):
            key = (match[1].casefold(), match[2].upper())
            outside = re.match(
                r"\s+(?:Surat|Peraturan|Keputusan|SK|PMK|Perpres|dari|versi|dokumen|laporan)\b",
                passage.text[match.end() :],
            )
            if key[0] == "lampiran" and not outside and not appended and len(captions) > _SURE:
                yield _nowhere(passage, match[0], ())
            pointed = re.match(r"\s+(?:berikut|di bawah)\b", passage.text[match.end() :])
            lost = pointed and len(captions) >= _SURE  # of a kind of which there is none
            if (key[0] not in kinds and not lost) or key in captions or outside:
                continue
            near = [number for kind, number in captions if kind == key[0]]
            yield _nowhere(passage, match[0], near)
    yield from _sides(look)
    for (kind, number), places in captions.items():
        if len(places) > 1:
            yield Hit(
                f"{kind.capitalize()} {number}",
                f"{len(places)} kali",
                f"Nomor {kind} {number} dipakai {len(places)} kali.",
                places,
                f"judul/{kind} {number}",
            )
    for kind, numbers in order.items():
        yield from _turns(kind, numbers)


def announced(look: Look) -> Iterator[Hit]:
    """“Laporan terdiri atas empat bab dan tiga lampiran” against those that are there."""
    there = {
        "bab": {
            told[0]
            for one in look.report.passages
            if one.kind == "judul"
            if (told := heading_number(one.text)) and told[0].startswith("BAB")
        },
        "lampiran": {
            number
            for one in look.report.passages
            for kind, number, _ in [is_caption(one.text) or ("", "", "")]
            if kind.casefold() == "lampiran" and one.kind != "isi"
        },
    }
    for passage, sentence in look.sentences:
        for one in _PARTS.finditer(sentence) if _CONSISTS.search(sentence.casefold()) else ():
            count, found = count_of(one[1].casefold()), len(there[one[2].casefold()])
            if count and found > 1 and count != found:
                yield Hit(
                    one[0],
                    str(found),
                    f"Disebut {one[0]}, sedangkan laporan ini memuat {found}.",
                    passage.place,
                    f"banyaknya/{one[2].casefold()}",
                )


def _sides(look: Look) -> Iterator[Hit]:
    """“Tabel 3 di atas” that stands below, and the other way round."""
    parts = [one for one in look.report.parts if isinstance(one, Passage)]
    at: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(parts):
        told = is_caption(one.text) if one.kind == "keterangan" else None
        if told:
            at[told[0].casefold(), told[1]].append(number)
    for number, one in enumerate(parts):
        for match in _REFERENCE.finditer(one.text) if one.kind in PROSE else ():
            side = re.match(r"\s+di (atas|bawah)\b", one.text[match.end() :])
            there = at[match[1].casefold(), match[2].upper()]
            if side and len(there) == 1 and (there[0] > number) == (side[1] == "atas"):
                right = "di bawah" if side[1] == "atas" else "di atas"
                yield Hit(
                    f"{match[0]} di {side[1]}",
                    right,
                    f"Disebut {match[0]} di {side[1]}, sedangkan letaknya {right}.",
                    [one.place, parts[there[0]].place],
                )


def _nowhere(passage: Passage, told: str, near: Sequence[str]) -> Hit:
    shown = f"{', '.join(near[:8])}{' …' if len(near) > 8 else ''}"
    others = f"; yang ada: {shown}" if near else ""
    return Hit(
        told,
        "tidak ada",
        f"{told[:1].upper()}{told[1:]} dirujuk, tetapi tidak ada{others}.",
        passage.place,
        f"rujukan/{told}",
    )


def chapters(look: Look) -> Iterator[Hit]:
    """Find references to chapters and sections that are not there."""
    numbers = [told[0] for _, told in _headings(look)]
    bare = {one.removeprefix("BAB ").rstrip(".") for one in numbers}
    steps = {ordinal(one) for one in bare if ordinal(one)}
    for passage in look.prose:
        for match in _CHAPTERS.finditer(passage.text):
            number = match[2] or match[3]
            law = re.match(
                r"\s+(?:[a-z]+\s+)?(?:Undang|Peraturan|Keputusan|Permen|UU|PP|PMK)\b",
                passage.text[match.end() :],
            )
            fitting = steps if match[2] else {one for one in bare if "." in one}
            if len(fitting) < 2 or law:
                continue
            there = ordinal(number.upper()) in steps if match[2] else number in bare
            if not there:
                near = [one for one in numbers if ("." in one) == ("." in number)]
                yield _nowhere(passage, match[0], near)


def _turns(kind: str, told: Sequence[tuple[str, Place]]) -> Iterator[Hit]:
    before: tuple[int, ...] = ()
    for number, place in told:
        # 3.1a and 3.1b are both the first of chapter 3.
        plain = re.sub("(?<=[0-9])[A-Z]$", "", number)
        now = tuple(ordinal(one) or 0 for one in re.split("[.-]", plain))
        same = before and now[:-1] == before[:-1]
        first = len(now) > 1 and not same and now[-1] > 1
        if (same and now[-1] > before[-1] + 1) or first:
            missing = re.sub(r"[0-9]+$|[IVXLC]+$", "", number) + str(now[-1] - 1)
            yield Hit(
                f"{kind} {number}",
                f"{kind} {missing}",
                f"{kind} {number} tidak didahului {kind} {missing}.",
                place,
                f"judul/{kind} {missing}",
            )
        before = now


def _headings(look: Look) -> Iterator[tuple[Passage, tuple[str, str]]]:
    for one in look.report.passages:
        told = heading_number(one.text) if one.kind == "judul" else None
        if told is not None:
            yield one, told


def headings(look: Look) -> Iterator[Hit]:
    """Numbers of headings: repeated, left out, or below a chapter of another number."""
    last: dict[tuple[object, ...], int] = {}
    slipped: dict[tuple[object, ...], int] = {}
    chapter = 0
    for one, (number, title) in _headings(look):
        bare = number.removeprefix("BAB ")
        pieces = bare.split(".")
        now = [ordinal(piece) or 0 for piece in pieces]
        deep = len(pieces) > 1
        kind = "." if deep else ("BAB" if number != bare else _form(bare))
        key: tuple[object, ...] = (kind, *now[:-1])
        before = last.get(key, 0)
        if now[-1] == slipped.get(key):
            before = now[-1] - 1  # the one before was a slip of its own
        if not deep:
            # What is below begins anew.
            order = ["BAB", "I", "A", "1", "."]
            for known in [
                k for k in last if order.index(str(k[0])) > order.index(kind) and k[0] != "."
            ]:
                del last[known]
        wrong = now[-1] != before + 1 and (before or deep) and not (not deep and now[-1] == 1)
        if deep and chapter and now[0] != chapter and len(set(_tops(look))) > 1:
            yield _heading(one, number, title, f"di bawah bab {chapter}")
        elif wrong:
            right = _written(kind, pieces, before + 1)
            yield _heading(one, number, title, right)
        if (
            kind == "BAB"
            or (kind == "I" and chapter == 0)
            or (kind == "I" and ("BAB",) not in last)
        ):
            chapter = now[-1]
        slipped[key] = before + 2 if wrong else 0
        last[key] = now[-1]


def _tops(look: Look) -> Iterator[int]:
    """Give the first numbers of all deeper headings."""
    for _, (number, _) in _headings(look):
        if "." in number:
            yield ordinal(number.removeprefix("BAB ").split(".")[0]) or 0


def _form(number: str) -> str:
    return "1" if number.isdecimal() else "I" if re.fullmatch("[IVX]+", number) else "A"


def _written(kind: str, pieces: Sequence[str], number: int) -> str:
    roman = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
    if kind == "A":
        return chr(ord("A") + number - 1)
    shown = str(number)
    if not pieces[-1].isdecimal() and number < len(roman):
        shown = roman[number]
    if kind == "BAB":
        return f"BAB {shown}"
    return ".".join((*pieces[:-1], shown))


def _heading(one: Passage, number: str, title: str, right: str) -> Hit:
    under = right.startswith("di bawah")
    told = f"berada {right}" if under else f"seharusnya {right}"
    return Hit(number, right, f"Nomor {number} “{title}” {told}.", one.place, f"bab/{number}")


def contents(look: Look) -> Iterator[Hit]:
    """Hold lists of contents against headings and captions, and their pages."""
    there: dict[str, list[Passage]] = {"judul": [], "keterangan": []}
    for one in look.report.passages:
        if one.kind in there and not re.match(r"daftar (?:isi|tabel|gambar)", one.text.casefold()):
            there[one.kind].append(one)
    entries = [
        (one, entry)
        for one in look.report.passages
        if one.kind == "isi" and (entry := entry_of(one.text))
    ]
    found: list[tuple[Passage, str, int | None, Passage]] = []
    listed: set[int] = set()
    for one, (title, page) in entries:
        pool = there["keterangan" if is_caption(title) else "judul"]
        after = pool.index(found[-1][3]) if found and found[-1][3] in pool else -1
        cut = look.report.pages > 0  # of a page, a line may be all that is left of a title
        match, told = _match(title, pool, after, cut=cut)
        if match is None and is_caption(title):  # an annex may have a heading
            match, told = _match(title, there["judul"], -1, cut=cut)
        if match is None:
            if pool and (is_caption(title) or heading_number(title)):
                yield Hit(
                    title,
                    "tidak ada",
                    f"Daftar isi memuat “{title}”, tetapi judul itu tidak ada.",
                    one.place,
                    f"isi/{title[:50]}",
                )
            continue
        listed.add(id(match))
        found.append((one, title, page, match))
        if told:
            yield Hit(
                title,
                match.text,
                f"Daftar isi menulis “{title}”, sedangkan judulnya “{match.text}”.",
                [one.place, match.place],
                f"isi/{title[:50]}",
            )
    yield from _left_out(entries, there["judul"], listed)
    yield from _pages(found)


def _left_out(
    entries: Sequence[tuple[Passage, tuple[str, int | None]]],
    headings_: Sequence[Passage],
    listed: set[int],
) -> Iterator[Hit]:
    """Find headings of a depth that the contents list but for them."""
    depths = {_depth(title) for _, (title, _) in entries if heading_number(title)}
    missing = [
        one
        for one in headings_
        if id(one) not in listed and heading_number(one.text) and _depth(one.text) in depths
    ]
    if len(entries) < _SURE or len(missing) > len(listed) / 2:
        return
    for one in missing:
        yield Hit(
            one.text,
            "tidak ada dalam daftar isi",
            f"Judul “{one.text}” tidak ada dalam daftar isi.",
            one.place,
            f"isi/{one.text[:50]}",
        )


def _depth(title: str) -> str:
    told = heading_number(title)
    if told is None:
        return ""
    return "BAB" if told[0].startswith("BAB") else f"{_form(told[0])}{told[0].count('.')}"


def _match(
    title: str, pool: Sequence[Passage], after: int, *, cut: bool
) -> tuple[Passage | None, bool]:
    """Find the heading an entry means, and tell whether it reads otherwise.

    “A.” begins anew in each chapter: the next one after that of the entry before is meant.
    """
    number, bare = _split(title)
    told = [(one, *_split(one.text)) for one in pool]
    told = told[after + 1 :] + told[: after + 1]
    for one, other, name in told:
        if other == number and (name == bare or (cut and _same(name, bare))):
            return one, False
    for one, other, name in told:
        if number and other == number:
            return one, bool(name)
    for one, other, name in told:
        if bare and (name == bare or (len(bare) > 8 and _close(name, bare))):
            return one, bool(number and other)
    return None, False


def _same(a: str, b: str) -> bool:
    # A title that goes on on the next line is the same.
    return a == b or (min(len(a), len(b)) > 12 and (a.startswith(b) or b.startswith(a)))


def _close(a: str, b: str) -> bool:
    return SequenceMatcher(None, a, b).ratio() >= _ALIKE


def _split(title: str) -> tuple[str, str]:
    told = is_caption(title) or heading_number(title) or ("", title)
    number = " ".join(told[:-1]).upper().rstrip(".")
    return number, re.sub(r"[^a-z0-9]+", "", told[-1].casefold())


def _pages(found: Sequence[tuple[Passage, str, int | None, Passage]]) -> Iterator[Hit]:
    """Hold the pages of the contents against those of the headings, and against their order."""
    known = [(one, title, page, match) for one, title, page, match in found if page]
    apart = Counter(match.place.page - page for _, _, page, match in known if match.place.page)
    usual, count = apart.most_common(1)[0] if apart else (0, 0)
    paged = count >= _SURE and count * 2 > sum(apart.values())
    before: Mapping[str, int] = {}
    for one, title, page, match in known:
        right = match.place.page - usual
        kind = match.kind
        if paged and match.place.page and right != page:
            yield _page(one, title, page, f"halaman {right}", match.place)
        elif not paged and page < before.get(kind, 0):
            yield _page(one, title, page, f"sekurang-kurangnya {before[kind]}", match.place)
        before = {**before, kind: page}


def _page(one: Passage, title: str, page: int, right: str, place: Place) -> Hit:
    return Hit(
        str(page),
        right,
        f"Daftar isi menempatkan “{title}” di halaman {page}, sedangkan seharusnya {right}.",
        [one.place, place],
        f"isi/{title[:50]}/halaman",
    )


RULES = (
    Rule(
        "banyaknya", "minor", "banyaknya bab dan lampiran yang disebut dengan yang ada", announced
    ),
    Rule("rujukan", "editorial", "rujukan dan nomor tabel dengan tabel yang ada", references),
    Rule("rujukan", "editorial", "rujukan dengan bab yang ada", chapters),
    Rule("nomor-bab", "editorial", "nomor bab dengan urutannya", headings),
    Rule("daftar-isi", "editorial", "daftar isi dengan judul dan halamannya", contents),
)
