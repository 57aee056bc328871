"""What can be wrong in the text itself: numbers, words, names, copies, personal data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from itertools import combinations, islice, pairwise

from pp39.characters import exchanged
from pp39.errors import is_slip
from pp39.findings.printed import read_printed, read_words
from pp39.profile.files import SHIPPED
from pp39.review.figure import RO, sentences
from pp39.review.hit import Hit, Look, Rule
from pp39.review.private import MASKED
from pp39.review.saying import without_laws
from pp39.review.typed import PROSE, Grid, Passage, Place, heading_number

_NUMBERLIKE = re.compile(
    r"(?<![\w./-])(?:rp\.?\s*)?[0-9]{1,3}(?:[.,][0-9]{1,5}){1,5}(?![\w/])", re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"(?P<figure>(?:rp\.?\s*)?[0-9][0-9.,]*[0-9]|[0-9])(?:,-)?\s*%?\s*\((?P<words>(?!(?:ribu|juta|miliar|milyar|triliun)\b)"
    r"[a-z][a-z\s-]{2,160})\)",
    re.IGNORECASE,
)
_WORDS_FIRST = re.compile(
    r"\b(?P<words>(?:(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|belas|puluh|ratus|ribu|juta"
    r"|sepuluh|sebelas|seratus|seribu|miliar|rupiah)\s+)+)"
    r"\((?P<figure>(?:rp\.?\s*)?[0-9][0-9.]*)(?:,-)?\)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z]+)*")
_PHRASE = re.compile(r"\b[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){1,4}\b")
_UNIT = re.compile(
    r"\b([A-Z]{3,}) ((?:(?:Provinsi|Kabupaten|Kota|Kelas [IVX]+) )?"
    r"(?!Tahun|Triwulan|Semester)[A-Z][a-z]+"
    r"(?: (?!Tahun|Triwulan|Semester)[A-Z][a-z]+)*)"
)
"""A kind of unit in capitals and its place."""
_OFFICE = re.compile(
    r"\b(?:Balai|Loka|Kantor(?! Balai)|Kanwil|Dinas|Badan|Pusat|Universitas|Politeknik)"
    r"(?: (?!Tahun|Triwulan|Semester)[A-Z][A-Za-z]+){2,}"
)
_DECLARED = re.compile(r"([A-Z]{4,})(?:$|\s*[:=–]|\s*\([a-z])")
"""An abbreviation that a line or a cell explains, or that stands alone in its cell."""
_FORMULA = re.compile(r"(?:formula|rumus|definisi)\b", re.IGNORECASE)
_REGULATION = re.compile(
    r"\b(?P<kind>(?:Undang-Undang|Peraturan|Keputusan)(?: (?!Nomor|Republik)[A-Z][a-z]+)*|UU|PP|PMK"
    r"|Perpres|Permen\w*)"
    r"(?: RI| Republik Indonesia)? (?:Nomor |No\.? ?)?(?P<number>[0-9]{1,3})"
    r"(?: Tahun |/(?:[A-Z.0-9]+/)?)(?P<year>(?:19|20)[0-9]{2})\b"
)
_NUMBERED = re.compile(r"(?<![0-9,])(?<!Rp)(?<!Rp )[0-9]{5,9}(?![0-9]|[.,][0-9])")
"""The number of a unit or of a document: no amount, which has marks between its thousands."""
_AMOUNT = r"[0-9]{1,3}(?:\.[0-9]{3})+"
_TWO = re.compile(rf"(?:Rp\.? ?)?({_AMOUNT})(?: ?[/;] ?| +)(?:Rp\.? ?)?(?!\1){_AMOUNT}")
_LONG_SENTENCE = 14
_RARE, _COMMON = 1, 3
_FEW = 2
_TITLE = 12
"""Passages among which a report names its own unit in capitals."""


def malformed(look: Look) -> Iterator[Hit]:
    """Numbers that nobody can read for sure."""
    told: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for text, place in look.report.texts():
        for one in _NUMBERLIKE.finditer(text):
            word = one[0].strip()
            bare = re.sub(r"^rp\.?\s*", "", word, flags=re.IGNORECASE)
            groups = re.split("[.,]", bare)
            # Chapter numbers, codes and dates have short groups.
            quoted = text[: one.start()].endswith(("“", '"'))
            if len(bare) < 7 or read_printed(word) or all(len(g) < 3 for g in groups[1:]) or quoted:
                continue
            # Numbers of a table that end short were cut at the edges of its cells.
            cut = place.table if place.row and len(groups[-1]) < 3 else ""
            told[cut].append((word, place))
    for cut, words in told.items():
        for word, place in words if not cut or len(words) < _FEW else ():
            yield Hit(
                word,
                "kelompok tiga angka",
                f"Angka {word} tidak dapat dibaca dengan pasti: kelompok angkanya tidak lazim.",
                place,
                f"angka/{word}",
            )
    for text, place in look.report.texts():
        for one in re.finditer(r"[0-9][0-9.,]*\s?%{2,}", text):
            yield Hit(
                one[0],
                one[0].rstrip("%") + "%",
                f"Tanda persen pada {one[0]} berlebih.",
                place,
                f"angka/{one[0]}",
            )


def misplaced(look: Look) -> Iterator[Hit]:
    """Cells with two amounts where the others of a column have one; codes in a column of names."""
    for grid in look.report.grids:
        code, name = look.naming(grid)
        for column, head in enumerate(grid.head):
            cells = {n: row[column] for n, row in enumerate(grid.rows) if row[column]}
            twice = [n for n, one in cells.items() if _TWO.fullmatch(one)]
            plain = sum(read_printed(one) is not None for one in cells.values())
            coded = [n for n, one in cells.items() if column == name != code and RO.fullmatch(one)]
            for number in twice if len(twice) == 1 and plain > 1 else coded[: len(coded) == 1]:
                right = "satu angka" if number in twice else "nama"
                yield Hit(
                    cells[number],
                    right,
                    f"“{cells[number]}” pada kolom {head} bukan {right}, seperti sel lainnya.",
                    grid.at(number, column),
                    f"sel/{cells[number]}",
                )


def in_words(look: Look) -> Iterator[Hit]:
    """Figures against the words in brackets behind them."""
    for text, place in look.report.texts():
        for one in (*_IN_WORDS.finditer(text), *_WORDS_FIRST.finditer(text)):
            words = one["words"].replace("-", " ").strip()
            said, printed = read_words(words), read_printed(one["figure"])
            if said is None or printed is None or printed.value == said:
                continue
            yield Hit(
                one["figure"],
                words,
                f"{one['figure']} dibilang “{words}”.",
                place,
                f"terbilang/{one['figure']}",
            )


def doubled(look: Look) -> Iterator[Hit]:
    """Find words typed twice in a row."""
    for text, place in look.report.texts():
        for one in re.finditer(r"\b([a-z]{2,}(?: [a-z]{3,})?)\s+\1\b(?!-)", text):
            yield Hit(
                one[0],
                one[1],
                f"Kata “{one[1]}” tertulis dua kali berturut-turut.",
                place,
                f"kata/{one[0]}",
            )


_AFFIXES = ("di", "ter", "ber", "se")
"""What stands before a word that may be foreign: “diretur” of “retur”."""


def misspelt(look: Look) -> Iterator[Hit]:
    """Rare words that are nearly a word this report uses often."""
    places = _places(
        (word.casefold(), place)
        for text, place in look.report.texts()
        for word in _WORD.findall(text)
    )
    counts = {word: len(found) for word, found in places.items()}
    # “Persent ase” is a word that a narrow cell has cut.
    cut = {
        first
        for text, place in look.report.texts()
        if place.row
        for first, rest in pairwise(re.findall("[a-z]+", text.casefold()))
        if first + rest in counts or first + rest in _common_words()
    }
    common = sorted(word for word, count in counts.items() if count >= _COMMON and len(word) > 4)
    parts = Counter(part for word in counts for part in _parts(word))
    by_letter: dict[int, list[str]] = defaultdict(list)
    for word in common:
        by_letter[len(word)].append(word)
    for word, count in sorted(counts.items()):
        if count > _RARE or len(word) < 6 or word in cut:
            continue
        if (
            word in _common_words()
            or any(word.removesuffix(one) in _common_words() for one in ("nya", "lah", "pun"))
            or look.words.says("benar", word)
            or any(
                len(bare := word.removeprefix(one)) < len(word) and bare in counts
                for one in _AFFIXES
            )
            or all(parts[part] > 1 for part in _parts(word))
        ):
            continue  # it is a word of the language, or looks like one
        twice = (
            [re.sub(r"([a-z])\1", r"\1", word, count=1)] if re.search(r"([a-z])\1", word) else []
        )
        if twice and twice[0] not in counts:
            twice = [one for one in twice if one in _common_words()]
        near = twice or [
            one for size in range(len(word) - 1, len(word) + 2) for one in by_letter[size]
        ]
        away = [one for one in _one_away(word) if one in _common_words()]
        for one in away[:1] or get_close_matches(word, near, 1, 0.88):
            if _slip(word, one):
                yield Hit(
                    word,
                    one,
                    f"Kata “{word}” tampaknya salah ketik dari “{one}”.",
                    places[word][:1],
                    f"kata/{word}",
                )


def _places(words: Iterable[tuple[str, Place]]) -> dict[str, list[Place]]:
    """Give the places of each word, in the order of reading."""
    found: dict[str, list[Place]] = defaultdict(list)
    for word, place in words:
        found[word].append(place)
    return found


@cache
def _common_words() -> frozenset[str]:
    """Words of the shipped profiles, which are spelt right."""
    every = (one for one in sorted(SHIPPED.rglob("*.yaml")) if one.parent.name != "ejaan")
    told = [one.read_text("utf-8") for one in every]
    return frozenset(_WORD.findall(" ".join(told).casefold()))


def _one_away(word: str) -> Iterator[str]:
    """Give what a word may have been before a letter was lost or two of them changed places."""
    for number in range(1, len(word)):
        for letter in "abdeghiklmnprstuy":
            yield f"{word[:number]}{letter}{word[number:]}"
        yield f"{word[: number - 1]}{word[number]}{word[number - 1]}{word[number + 1 :]}"


def _parts(word: str) -> set[str]:
    framed = f"^{word}$"
    return {framed[n : n + 3] for n in range(len(framed) - 2)}


def _slip(word: str, right: str) -> bool:
    """Tell a slip of the keys (a letter too many, too few, swapped) from another form of a word."""
    for affix in (
        "di",
        "ke",
        "se",
        "ter",
        "ber",
        "per",
        "pe",
        "me",
        "nya",
        "an",
        "kan",
        "i",
        "s",
        "n",
    ):
        if word in (affix + right, right + affix) or right in (affix + word, word + affix):
            return False
    ends = ("an", "kan", "wan", "nya")
    if {word.removesuffix(one) for one in ends} & {right.removesuffix(one) for one in ends}:
        return False
    if len(word) == len(right):
        differ = [n for n, (a, b) in enumerate(zip(word, right, strict=True)) if a != b]
        return exchanged(word, right) or (
            len(differ) == 1 and 0 < differ[0] < len(word) - 1 and len(word) > 7
        )
    longer, shorter = sorted((word, right), key=len, reverse=True)
    cut = [n for n in range(len(longer)) if longer[:n] + longer[n + 1 :] == shorter]
    return bool(cut) and abs(len(word) - len(right)) == 1


def names(look: Look) -> Iterator[Hit]:
    """Short names in capitals that are nearly one the report uses often."""
    places = _places(
        (word, place)
        for text, place in look.report.texts()
        if not text.isupper()
        for word in re.findall(r"\b[A-Z]{4,}\b", text)
    )
    common = [word for word, found in places.items() if len(found) >= _COMMON]
    declared = {one[1] for text, _ in look.report.texts() if (one := _DECLARED.match(text))}
    for word, found in sorted(places.items()):
        if len(found) > _RARE or word in declared:
            continue
        stuck = [
            one
            for one in common
            if len(word) > len(one) and word.startswith(one) and word.endswith(one[1:])
        ]
        close = [one for one in get_close_matches(word, common, 1, 0.8) if is_slip(word, one)]
        for near in stuck or close:
            yield Hit(word, near, f"“{word}” tampaknya “{near}”.", found, f"nama/{word}")


def phrases(look: Look) -> Iterator[Hit]:
    """Names of several words that differ from one another by a slip in one of them."""
    places = _places(
        (name, place)
        for text, place in look.report.texts()
        if not text.isupper()
        for name in _PHRASE.findall(text)
    )
    by_frame: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for name in sorted(places):
        words = name.split()
        for number, word in enumerate(words):
            if len(word) > _RARE + 4:
                frame = (" ".join(words[:number]), number, " ".join(words[number + 1 :]))
                by_frame[frame].append(word)
    told: set[str] = set()
    for (first, _, last), found in sorted(by_frame.items()):
        for a, b in combinations(found, 2):
            names_ = [" ".join(filter(None, (first, one, last))) for one in (a, b)]
            rare, common = sorted(names_, key=lambda one: len(places[one]))
            if is_slip(a, b) and rare not in told:
                told.add(rare)
                where = [*places[rare][:1], *places[common][:1]]
                even = len(places[rare]) == len(places[common])
                slip = f"“{rare}” tampaknya “{common}”."
                if even:
                    slip = f"“{rare}” dan “{common}” hampir sama; salah satunya salah ketik."
                yield Hit(rare, common, slip, where, f"nama/{rare}")


def others(look: Look) -> Iterator[Hit]:
    """Sentences about a unit like the report's own at another place: left from another report."""
    found: dict[str, list[tuple[str, Passage, str]]] = defaultdict(list)
    for passage, sentence in look.sentences:
        for one in _UNIT.finditer(sentence):
            found[one[1]].append((f"{one[1]} {one[2]}", passage, sentence))
        for one in _OFFICE.finditer(sentence):
            kind = re.match(r".*? (?:Provinsi|Kabupaten|Kota)\b", one[0])
            kind_of = kind[0] if kind else one[0].rpartition(" ")[0]
            found[kind_of].append((one[0], passage, sentence))
    for told in found.values():
        every = Counter(name for name, _, _ in told)
        texts = [one.text.casefold() for one in look.report.passages]
        often_of = {name: sum(name.casefold() in one for one in texts) for name in every}
        own, *rest = sorted(every, key=lambda name: (-often_of[name], name))
        often = sum(own in one.text for one in look.report.passages)
        titled = often >= _COMMON or any(
            own.upper() in one.text for one in islice(look.report.passages, _TITLE)
        )
        for name in rest:
            count = every[name]
            passage, sentence = next((p, s) for n, p, s in told if n == name)
            acting = re.match(rf"(?:Kantor |Satuan kerja )?{name} [a-z]+", sentence) or (
                look.words.says("bingkai", passage.place.section)
            )
            if titled and count == 1 and acting and not own.startswith(name):
                yield Hit(
                    name,
                    own,
                    f"Kalimat “{sentence[:90]}” tentang {name}, sedangkan laporan ini tentang"
                    f" {own}.",
                    passage.place,
                    f"unit/{name}",
                )


def identifiers(look: Look) -> Iterator[Hit]:
    """Numbers of regulations and documents that are another one with its digits exchanged."""
    told: dict[tuple[str, str], dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    shown: dict[str, str] = {}
    for text, place in look.report.texts():
        for law in _REGULATION.finditer(text):
            number = f"{law['number']} {law['year']}"
            shown[number] = f"{law['number']} Tahun {law['year']}"
            kind = "".join(re.findall(r"\b[A-Z]", law["kind"]))
            told[kind, "".join(sorted(number))][number].append(place)
        for one in _NUMBERED.finditer(text):
            shown[one[0]] = one[0]
            told["", "".join(sorted(one[0]))][one[0]].append(place)
    yield from _years_of_laws(look)
    for found in told.values():
        rare, *common = sorted(found, key=lambda one: len(found[one]))
        if not common or len(found[rare]) > _RARE or not _swapped(rare, common[-1]):
            continue
        slip, other = shown[rare], shown[common[-1]]
        yield Hit(
            slip,
            other,
            f"Nomor {slip} dan {other} berbeda hanya karena angkanya tertukar.",
            [*found[rare], *found[common[-1]][:1]],
            f"nomor/{rare}",
        )


def _years_of_laws(look: Look) -> Iterator[Hit]:
    """Find a regulation that is told with two years, and with another title in neither."""
    told: dict[tuple[str, str], dict[str, list[tuple[str, str, Place]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for text, place in look.report.texts():
        for law in _REGULATION.finditer(text):
            title = re.match(r"\W*tentang ((?:\w+ ){1,3})", text[law.end() :])
            kind = _whole_kind(law["kind"])
            told[kind, law["number"]][law["year"]].append(
                (title[1].casefold() if title else "", law[0], place)
            )
    for years in told.values():
        if len(years) != 2:
            continue
        rare, common = sorted(years.values(), key=len)
        titles = [{title for title, _, _ in one if title} for one in (rare, common)]
        if len(rare) == 1 and not (titles[0] and titles[1] and not titles[0] & titles[1]):
            (_, slip, place), (_, right, there) = rare[0], common[0]
            yield Hit(
                slip,
                right,
                f"{slip} di tempat lain disebut {right}.",
                [place, there],
                f"nomor/{slip}",
            )


def _whole_kind(kind: str) -> str:
    """Give a kind of regulation in full, however it is written."""
    short = {
        "uu": "undang-undang",
        "pp": "peraturan pemerintah",
        "pmk": "peraturan menteri keuangan",
    }
    short |= {"perpres": "peraturan presiden"}
    return short.get(kind.casefold(), kind.casefold())


def _swapped(a: str, b: str) -> bool:
    """Tell whether two digits changed places."""
    return sum(x != y for x, y in zip(a, b, strict=True)) == 2


def copies(look: Look) -> Iterator[Hit]:
    """Long sentences that stand word for word at more than one place."""
    seen: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    first = next((n for n, one in enumerate(look.report.parts) if _begins(one)), 0)
    parts = [one for one in look.report.parts[first:] if isinstance(one, Passage)]
    for one in parts:
        # A summary repeats by purpose.
        if one.kind not in PROSE or look.words.says("bingkai", one.place.section):
            continue
        for sentence in sentences(one.text):
            words = re.findall(r"\w+", sentence.casefold())
            # What a law says, every report says; a copy may name another thing first.
            fixed = _FORMULA.match(sentence) or without_laws(sentence) != sentence
            if len(words) >= _LONG_SENTENCE and not fixed:
                seen[" ".join(words[-_LONG_SENTENCE:])].append((sentence, one.place))
    for told in seen.values():
        if len(told) > 1:
            text = told[0][0][:90] + "…"
            yield Hit(
                text,
                f"{len(told)} kali",
                f"Kalimat “{text}” tertulis sama di {len(told)} tempat.",
                [place for _, place in told],
                f"salinan/{told[0][0][:40]}",
            )


def _begins(one: Passage | Grid) -> bool:
    """Tell the heading of a chapter, which ends what stands before the first one."""
    if not isinstance(one, Passage) or one.kind != "judul":
        return False
    return heading_number(one.text) is not None


def marks(look: Look) -> Iterator[Hit]:
    """Columns in which some numbers have a comma, for decimals or thousands, and others a point."""
    for grid in look.report.grids:
        for column, head in enumerate(grid.head):
            told: dict[tuple[str, str], list[int]] = defaultdict(list)
            for number, row in enumerate(grid.rows):
                printed = read_printed(row[column]) if row[column] else None
                grouped = re.fullmatch(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+", row[column])
                mark = grouped[1] if grouped else printed.mark if printed else ""
                if mark:
                    told["ribuan" if grouped else "desimal", mark].append(number)
            for kind in ("ribuan", "desimal"):
                both = [rows for (of, _), rows in told.items() if of == kind]
                if len(both) == 2:
                    few = min(both, key=len)
                    yield Hit(
                        grid.rows[few[0]][column],
                        f"satu tanda {kind}",
                        f"Kolom {head or column + 1} mencampur tanda {kind} koma dan titik"
                        f" ({len(few)} sel menyimpang).",
                        [grid.at(number, column) for number in few],
                        f"{grid.caption or 'tabel'}/{head}",
                    )


def personal(look: Look) -> Iterator[Hit]:
    """Personal data that the report prints; told by place, never shown."""
    # The number of an official belongs below a signature.
    places = [
        place for text, place in look.report.texts() if MASKED in text.replace(f"[NIP{MASKED}", "")
    ]
    if places:
        yield Hit(
            f"{len(places)} tempat",
            "tidak dicetak",
            "Laporan memuat data pribadi (nama orang, nomor telepon, NIK, atau alamat surel)"
            f" di {len(places)} tempat; data itu tidak boleh dicetak.",
            places,
            "data-pribadi",
        )


RULES = (
    Rule(
        "data-pribadi", "material", "isi laporan dengan kewajiban melindungi data pribadi", personal
    ),
    Rule("terbilang", "material", "angka dengan bilangannya", in_words),
    Rule("angka-rusak", "minor", "bentuk angka dengan bentuk yang lazim", malformed),
    Rule("angka-rusak", "minor", "isi sel dengan isi sel lain pada kolomnya", misplaced),
    Rule("salinan", "editorial", "kalimat dengan kalimat lain", copies),
    Rule("kata-berulang", "editorial", "kata dengan kata sebelumnya", doubled),
    Rule("kata-janggal", "editorial", "kata yang jarang dengan kata yang sering", misspelt),
    Rule("nama-janggal", "editorial", "singkatan yang jarang dengan yang sering", names),
    Rule("nama-janggal", "editorial", "nama dengan nama yang hampir sama", phrases),
    Rule("nama-janggal", "minor", "nomor dengan nomor yang hampir sama", identifiers),
    Rule("unit-lain", "minor", "unit yang disebut dengan unit laporan", others),
    Rule("tanda-desimal", "editorial", "tanda desimal dalam satu kolom", marks),
)
