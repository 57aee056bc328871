"""Rules about print: marks inside numbers, cells left blank, items printed twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pp39.findings.evidence import Evidence, places
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.findings.statement import Statement
from pp39.ledger import Computed, Quantity

_MARKS = {",": "koma", ".": "titik"}
# Months whose English names, whole or cut short, are not Indonesian ones.
_ENGLISH = re.compile(
    r"\b(?:January|February|March|May|June|July|Aug(?:ust)?|Oct(?:ober)?|Dec(?:ember)?)\b"
)
# Longer formulas are read in the annex.
_SHORT = 80


@shape_of("tanda-angka")
def marks(evidence: Evidence) -> Iterator[Hit]:
    """Find a doubled percent sign, a blank inside a number."""
    for _, group in evidence.subjects(r".+"):
        for flaw, off in (
            ("tanda persen ganda", [s for s in group if s.printed and s.printed.percent > 1]),
            ("spasi di dalam angka", [s for s in group if s.printed and s.printed.gap]),
        ):
            if off:
                yield Hit(
                    off[0].subjek,
                    places(off),
                    off[0].nilai,
                    flaw,
                    f"Angka “{off[0].nilai}” ditulis dengan {flaw}.",
                )


@shape_of("tanda-desimal")
def decimal_marks(evidence: Evidence) -> Iterator[Hit]:
    """Find decimal comma and decimal point mixed at one place; one finding per place."""
    found: dict[str, list[Statement]] = {}
    for one in evidence.statements:
        if one.printed is not None and (one.printed.mark or one.printed.grouping):
            found.setdefault(one.letak, []).append(one)
    for letak, group in found.items():
        points = [s for s in group if s.printed and s.printed.mark == "."]
        commas = [s for s in group if s.printed and s.printed.mark == ","]
        dots = [s for s in group if s.printed and s.printed.grouping == "."]
        if points and (commas or dots):
            other = (commas or dots)[0]
            told = ", ".join(dict.fromkeys(one.nilai for one in points))
            yield Hit(
                points[0].subjek if len(points) == 1 else "dokumen/angka",
                letak,
                told,
                other.nilai,
                f"Angka {told} memakai titik desimal, sedangkan angka lain di"
                f" tempat yang sama ({other.nilai}) memakai titik dan koma cara Indonesia.",
            )


@shape_of("tanda-ribuan")
def grouping_marks(evidence: Evidence) -> Iterator[Hit]:
    """Find thousands set apart by commas at one place and by points elsewhere."""
    found: dict[str, list[Statement]] = {}
    dots = []
    for one in evidence.statements:
        if one.printed is not None and one.printed.grouping == ",":
            found.setdefault(one.letak, []).append(one)
        elif one.printed is not None and one.printed.grouping == ".":
            dots.append(one)
    for letak, group in found.items():
        if dots:
            yield Hit(
                group[0].subjek if len(group) == 1 else "dokumen/angka/ribuan",
                letak,
                ", ".join(dict.fromkeys(one.nilai for one in group)),
                dots[0].nilai,
                f"Angka di {letak} memakai koma sebagai pemisah ribuan, sedangkan angka lain"
                f" memakai titik ({dots[0].nilai}, {dots[0].letak}).",
            )


@shape_of("bentuk-tanggal")
def date_forms(evidence: Evidence) -> Iterator[Hit]:
    """Find dates written in several ways at one place, or with names of months in English."""
    found: dict[str, list[Statement]] = {}
    for one in evidence.statements:
        if one.jenis == "tanggal" and one.nilai:
            found.setdefault(one.letak, []).append(one)
    for letak, group in found.items():
        forms: dict[str, str] = {}
        for one in group:
            forms.setdefault(re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "9", one.nilai)), one.nilai)
        english = [one.nilai for one in group if _ENGLISH.search(one.nilai)]
        if len(group) > 2 and (len(forms) > 1 or english):
            words = f" Nama bulan berbahasa Inggris: {', '.join(english)}." if english else ""
            yield Hit(
                "dokumen/tanggal/bentuk",
                letak,
                ", ".join(forms.values()),
                "satu bentuk tanggal",
                f"Tanggal di {letak} ditulis dengan {len(forms)} bentuk"
                f" ({', '.join(forms.values())}).{words}",
            )


@shape_of("tanda-persen")
def percent_signs(evidence: Evidence) -> Iterator[Hit]:
    """Find one capaian, or one place of a figure, without a percent sign among many with it."""
    group = [
        one
        for _, stated in evidence.subjects(r"[^/]+/capaian")
        for one in stated
        if one.printed is not None
    ]
    for _, stated in evidence.subjects(r"[^/]+/realisasi"):
        marked = [one for one in stated if one.printed is not None and one.printed.percent]
        plainly = [one for one in stated if one.printed is not None and not one.printed.percent]
        values = {one.printed.value for one in stated if one.printed is not None}
        if marked and plainly and len(values) == 1:
            yield Hit(
                plainly[0].subjek,
                f"{places(plainly)}; {places(marked)}",
                plainly[0].nilai,
                marked[0].nilai,
                f"Angka yang sama dicetak tanpa tanda persen di {places(plainly)} dan dengan tanda"
                f" persen di {places(marked)}.",
            )
    bare = [one for one in group if one.printed is not None and not one.printed.percent]
    if bare and len(bare) * 4 < len(group):
        for one in bare:
            yield Hit(
                one.subjek,
                one.letak,
                one.nilai,
                f"{one.nilai}%",
                "Capaian ini dicetak tanpa tanda persen, tidak seperti capaian lainnya.",
            )


@shape_of("kosong")
def blanks(evidence: Evidence) -> Iterator[Hit]:
    """Find a figure not printed although it is known, or all its neighbours are printed."""
    for one in evidence.statements:
        if one.jenis != "angka" or one.nilai:
            continue
        parent, _, tail = one.subjek.rpartition("/")
        goal = next((s for s in evidence.statements if s.subjek == f"{parent}/target"), None)
        if tail == "persen" and goal is not None and goal.printed is None:
            continue  # nothing to be a percentage of
        quantity = evidence.computed(one.subjek)
        other = [s for s in evidence.stated(one.subjek) if s.letak != one.letak]
        if quantity is not None:
            known = quantity.text()
        elif other:
            known = f"{other[0].nilai} ({other[0].letak})"
        else:
            known = "harus diisi"
        yield Hit(
            one.subjek,
            "; ".join(dict.fromkeys([one.letak, *(s.letak for s in other)])),
            "kosong",
            known,
            f"{evidence.about(one)} tidak dicetak di {one.letak}"
            + (f", padahal nilainya {known}." if known != "harus diisi" else ".")
            + _how(quantity),
            quantity.id or "" if quantity is not None else "",
            tingkat="material" if tail == "realisasi" and one.head in evidence.codes else None,
        )


@shape_of("butir-ganda")
def doubles(evidence: Evidence) -> Iterator[Hit]:
    """Find the same item twice in one list; one finding per indicator and kind of list."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    lists: dict[tuple[str, str, str], list[Statement]] = {}
    for match, group in evidence.subjects(r"([^/]+)/(rencana|realisasi)-kegiatan/\d+"):
        for one in group:
            lists.setdefault((match[1], match[2], one.letak), []).append(one)
    for (code, kind, letak), items in lists.items():
        for text in _repeated([one.nilai for one in items]):
            found.setdefault((code, _key(text)), []).append((text, f"{letak} ({kind})"))
    source, _ = evidence.plan()
    for code in evidence.codes:
        rows = evidence.planned(code)
        for text in _repeated([str(row["kegiatan"]) for row in rows]):
            same = [row for row in rows if _key(str(row["kegiatan"])) == _key(text)]
            where = evidence.place(source, same)
            found.setdefault((code, _key(text)), []).append((text, where))
    by_core: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for (code, key), hits in found.items():
        core = re.sub(r"^(?:terlaksananya|tersedianya|melakukan)", "", key)
        by_core.setdefault((code, core), []).extend(hits)
    for (code, _), hits in by_core.items():
        where = "; ".join(dict.fromkeys(place for _, place in hits))
        yield Hit(
            f"{code}/butir-ganda",
            where,
            hits[0][0],
            "satu kali",
            f"Butir “{hits[0][0]}” tercantum dua kali dalam daftar yang sama.",
        )


def _how(quantity: Quantity | None) -> str:
    """Say how a figure that was not printed is computed."""
    if quantity is None or not isinstance(quantity.origin, Computed):
        return ""
    note = f" {quantity.note.rstrip('.')}." if quantity.note else ""
    formula = quantity.formula_numbers()
    return (f" Rumus: {formula}." if len(formula) <= _SHORT else "") + note


def _repeated(texts: list[str]) -> list[str]:
    """Give the texts that occur twice, leaving out lines of a count such as ``Instansi = 1``."""
    plain = [text for text in texts if not re.search(r"[=:]\s*\d+\s*$", text)]
    counted = Counter(_key(text) for text in plain)
    found: dict[str, str] = {}
    for text in plain:
        if counted[_key(text)] > 1:
            found.setdefault(_key(text), text)
    return list(found.values())


def _key(text: str) -> str:
    bare = re.sub(r"[^a-z0-9]+", "", text.casefold())
    return re.sub(r"^(?:terlaksananya|tersedianya|melakukan)(?=.{12})", "", bare)
