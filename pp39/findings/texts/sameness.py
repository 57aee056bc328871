"""Rules of sameness: one fact, one value, one name, one spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pp39.findings.evidence import Evidence, Row, dashed, places
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.findings.statement import Statement, mentions
from pp39.findings.wording import distinct, misspelt, plain, same, tight
from pp39.numbers import round_half_up
from pp39.periods import parse_date


@shape_of("nilai-ganda")
def several_values(evidence: Evidence) -> Iterator[Hit]:
    """Find one subject, several values that do not agree at the precision they are printed with."""
    for _, group in evidence.subjects(r".+"):
        numbers = [one for one in group if one.printed is not None]
        subject = group[0].subjek
        if len(numbers) < 2 or evidence.is_target(subject) or evidence.left_out(subject, "nilai"):
            continue
        base = _usual(numbers, lambda one: str(one.printed.value if one.printed else ""))
        off = [one for one in numbers if not _agree(one, base)]
        if off and evidence.computed(subject) is None:
            yield _differs(off, base, numbers, "nilai")


@shape_of("nama-ganda")
def several_names(evidence: Evidence) -> Iterator[Hit]:
    """Find one subject under names that differ by more than spelling."""
    yield from _names(evidence, spelling=False)


@shape_of("ejaan")
def spellings(evidence: Evidence) -> Iterator[Hit]:
    """Find one subject under names that differ by a letter or a mark."""
    yield from _names(evidence, spelling=True)


@shape_of("teks-kembar")
def twins(evidence: Evidence) -> Iterator[Hit]:
    """Find the same activity at two places, spelt differently."""
    for code in evidence.codes:
        items = [
            (one.nilai, one.letak)
            for kind in ("rencana-kegiatan", "realisasi-kegiatan")
            for one in evidence.numbered(f"{code}/{kind}")
        ]
        source, every = evidence.plan()
        planned: dict[str, list[Row]] = {}
        for row in every:
            if dashed(row["kode"]) == code:
                planned.setdefault(str(row["kegiatan"]), []).append(row)
        items += [(text, evidence.place(source, rows)) for text, rows in planned.items()]
        found: dict[tuple[str, ...], list[tuple[tuple[str, str], tuple[str, str]]]] = {}
        bare = [plain(text) for text, _ in items]
        for index, (one, ours) in enumerate(zip(items, bare, strict=True)):
            for other, theirs in zip(items[index + 1 :], bare[index + 1 :], strict=True):
                if one[1] != other[1] and misspelt(ours, theirs):
                    words = tuple(sorted(set(ours.split()) ^ set(theirs.split())))
                    found.setdefault(words, []).append((one, other))
        for words, pairs in found.items():
            # What is written more often, anywhere in the report, is taken to be right.
            wrong, right = sorted(
                (text for text, _ in pairs[0]),
                key=lambda text: sum(evidence.words[w] for w in words if w in plain(text).split()),
            )
            yield Hit(
                f"{code}/kegiatan/{words[0]}",
                "; ".join(dict.fromkeys(where for pair in pairs for _, where in pair)),
                wrong,
                right,
                "Butir kegiatan yang sama ditulis dengan ejaan berbeda"
                f" ({' dan '.join(f'“{word}”' for word in words)}); salah satu atau keduanya"
                " keliru ketik.",
            )


@shape_of("surat")
def letters(evidence: Evidence) -> Iterator[Hit]:
    """Find numbers of letters and documents under one subject."""
    for _, group in evidence.subjects(r".+/nomor|.+/dasar|.+/pasal/.+"):
        subject = group[0].subjek
        if group[0].jenis != "nomor" or evidence.left_out(subject, "nomor"):
            continue
        base = _usual(group, lambda one: tight(one.nilai))
        for one in distinct(group):
            if tight(one.nilai) != tight(base.nilai):
                yield _differs(same(one, group), base, group, "nomor")
            elif one.nilai != base.nilai:
                hit = _differs(same(one, group), base, group, "penulisan nomor")
                yield Hit(
                    hit.subjek,
                    hit.lokasi,
                    hit.dinyatakan,
                    hit.dihitung,
                    hit.penjelasan,
                    tingkat="editorial",
                )


@shape_of("tanggal-ganda")
def several_dates(evidence: Evidence) -> Iterator[Hit]:
    """Find one event, several dates."""
    for _, group in evidence.subjects(r".+"):
        dates = [one for one in group if one.jenis == "tanggal"]
        if len(dates) < 2:
            continue
        base = _usual(dates, lambda one: _day(one.nilai))
        off = [one for one in dates if _day(one.nilai) != _day(base.nilai)]
        if off:
            yield _differs(off, base, dates, "tanggal")


@shape_of("waktu-ganda")
def several_times(evidence: Evidence) -> Iterator[Hit]:
    """Find one event, several quarters."""
    for _, group in evidence.subjects(r".+/waktu-[a-z-]+"):
        base = group[0]
        first = {number for number, _ in mentions(base.nilai).quarters}
        for one in group[1:]:
            other = {number for number, _ in mentions(one.nilai).quarters}
            if first and other and first != other:
                yield _differs([one], base, group, "waktu")


@shape_of("urutan-indikator")
def order_of_indicators(evidence: Evidence) -> Iterator[Hit]:
    """Find indicators with another number in another document; one finding per sasaran."""
    goals: dict[str, list[Hit]] = {}
    for match, group in evidence.subjects(rf"({evidence.any_code})/nomor"):
        base = group[0]
        off = [one for one in group[1:] if one.nilai != base.nilai]
        if off:
            goals.setdefault(match[1].rpartition(".")[0], []).append(
                _differs(off, base, group, "nomor urut")
            )
    for hits in goals.values():
        codes = [hit.subjek.split("/")[0] for hit in hits]
        told = " dan ".join(map(evidence.code, codes))
        yield Hit(
            hits[0].subjek,
            hits[0].lokasi,
            "; ".join(f"{code}: {hit.dinyatakan}" for code, hit in zip(codes, hits, strict=True)),
            "; ".join(f"{code}: {hit.dihitung}" for code, hit in zip(codes, hits, strict=True)),
            f"Nomor urut {told} dalam sasarannya berbeda antardokumen.",
        )


def _names(evidence: Evidence, *, spelling: bool) -> Iterator[Hit]:
    for _, group in evidence.subjects(r".+"):
        subject = group[0].subjek
        if group[0].jenis != "nama" or len(group) < 2 or evidence.left_out(subject, "nama"):
            continue
        base = _contracted(evidence, subject, group) or _usual(group, lambda s: plain(s.nilai))
        wordings = _wordings(group)
        for one in wordings:
            ours = plain(one.nilai)
            if ours == plain(base.nilai):
                continue
            twin = _misspelt_of(one, base, wordings)
            if spelling is not (twin is not None):
                continue
            against = twin or base
            theirs = plain(against.nilai)
            shortened = set(ours.split()) < set(theirs.split())
            same = [other for other in group if plain(other.nilai) == ours]
            other = _whose(evidence, subject, ours)
            more = f" Nama itu milik {other}." if other else ""
            told = "ejaannya berbeda" if spelling else "namanya berbeda"
            mine, usual = one.nilai.rstrip("."), against.nilai.rstrip(".")
            yield Hit(
                subject,
                places(same),
                mine,
                usual,
                f"Hal yang sama disebut “{mine}” di sini dan “{usual}” di"
                f" {places([s for s in group if plain(s.nilai) == theirs])};"
                f" {told}.{more}",
                tingkat="editorial" if spelling or shortened else None,
            )


def _misspelt_of(
    one: Statement, base: Statement, wordings: Sequence[Statement]
) -> Statement | None:
    """Give what a wording is a slip of the pen of: the right name, or one stated before it."""
    earlier = wordings[: wordings.index(one)]
    tried = [base, *earlier]
    return next((s for s in tried if misspelt(plain(one.nilai), plain(s.nilai))), None)


def _wordings(group: Sequence[Statement]) -> list[Statement]:
    """Give the first statement of each name, whatever its case and marks."""
    found: dict[str, Statement] = {}
    for one in group:
        found.setdefault(plain(one.nilai), one)
    return list(found.values())


def _contracted(evidence: Evidence, subject: str, group: Sequence[Statement]) -> Statement | None:
    """Give the statement that says the name as the performance contract does, if one does.

    Where the contract itself has a slip of the pen, the registered name is the right one.
    """
    head, _, tail = subject.rpartition("/")
    column = "sasaran" if head.startswith("sasaran/") else "indikator"
    if tail != "nama":
        return None
    names = {
        plain(str(row[column]))
        for row in evidence.contract
        if row.get(column)
        and head in (code := dashed(row["kode"]), f"sasaran/{evidence.goals.get(code)}")
    }
    registered = evidence.indicator(head)
    official = plain(
        registered.nama
        if registered is not None
        else evidence.settings.params.sasaran.get(head.partition("/")[2], "")
    )
    if any(misspelt(name, official) for name in names):
        names = {official}
    return next((one for one in group if plain(one.nilai) in names), None)


def _whose(evidence: Evidence, subject: str, name: str) -> str:
    parts = subject.split("/")
    if len(parts) != 3 or parts[0] != "sasaran":
        return ""
    for code, official in evidence.settings.params.sasaran.items():
        if code != parts[1] and plain(official) == name:
            return f"sasaran {code}"
    return ""


def _differs(
    off: Sequence[Statement], base: Statement, group: Sequence[Statement], what: str
) -> Hit:
    right = [one for one in group if one not in off]
    values = "; ".join(dict.fromkeys(one.nilai for one in off))
    return Hit(
        base.subjek,
        "; ".join(dict.fromkeys([places(off), places(right)])),
        values,
        base.nilai,
        f"{base.uraian[:1].upper()}{base.uraian[1:]}: {what} {values} di {places(off)}, tetapi"
        f" {base.nilai} di {places(right)}.",
    )


def _usual(group: Sequence[Statement], key: object) -> Statement:
    """Give the first statement of the most frequent value."""
    assert callable(key)
    counted = Counter(key(one) for one in group)
    most = max(counted.values())
    return next(one for one in group if counted[key(one)] == most)


def _agree(one: Statement, other: Statement) -> bool:
    a, b = one.printed, other.printed
    if a is None or b is None:
        return False
    shown = min(a.decimals, b.decimals)
    return round_half_up(a.value, shown) == round_half_up(b.value, shown)


def _day(text: str) -> str:
    try:
        return parse_date(text).isoformat()
    except ValueError:
        return plain(text)
