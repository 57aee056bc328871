"""Rules of sameness: one fact, one value, one name, one spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pp39.findings.evidence import Evidence, places
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.statement import Statement, mentions
from pp39.numbers import round_half_up
from pp39.periods import parse_date

_TARGET = re.compile(r"[A-Z]{3}-[0-9.]+/target|anggaran/ro/.*/target")
_OWN_RULE = re.compile(
    r".*/(?:kolom/[0-9]+|sebutan|fisik/sebutan|label)|dokumen/lampiran/.*"
    r"|dokumen/tabel/.*/(?:nomor|penomoran)|dokumen/istilah/.*"
    r"|dokumen/unit/.*|.*/unit-terkait|.*/satuan|.*/rumus|sasaran/[^/]+/nomor"
)


@rule(
    "nilai-ganda",
    "nilai suatu fakta di satu tempat dengan nilainya di tempat lain",
    "material",
    mengalah=("jumlah", "rasio", "cacah", "salinan", "pembulatan"),
)
def several_values(evidence: Evidence) -> Iterator[Hit]:
    """One subject, several values that do not agree at the precision they are printed with."""
    for _, group in evidence.subjects(r".+"):
        numbers = [one for one in group if one.printed is not None]
        subject = group[0].subjek
        if len(numbers) < 2 or _TARGET.fullmatch(subject) or subject == "dokumen/lampiran/jumlah":
            continue
        base = _usual(numbers, lambda one: str(one.printed.value if one.printed else ""))
        off = [one for one in numbers if not _agree(one, base)]
        if off and evidence.computed(subject) is None:
            yield _differs(off, base, numbers, "nilai")


@rule("nama-ganda", "nama di satu tempat dengan nama hal yang sama di tempat lain", "minor")
def several_names(evidence: Evidence) -> Iterator[Hit]:
    """One subject under names that differ by more than spelling."""
    yield from _names(evidence, spelling=False)


@rule("ejaan", "ejaan nama atau istilah yang sama di beberapa tempat", "editorial")
def spellings(evidence: Evidence) -> Iterator[Hit]:
    """One subject under names that differ by a letter or a mark."""
    yield from _names(evidence, spelling=True)


@rule("teks-kembar", "butir kegiatan yang sama di beberapa tempat", "editorial")
def twins(evidence: Evidence) -> Iterator[Hit]:
    """The same activity at two places, spelt differently."""
    for code in evidence.codes:
        items = [
            one
            for kind in ("rencana-kegiatan", "realisasi-kegiatan")
            for _, group in evidence.subjects(rf"{re.escape(code)}/{kind}/\d+")
            for one in group
        ]
        seen: set[tuple[str, str]] = set()
        for index, one in enumerate(items):
            for other in items[index + 1 :]:
                key = (_plain(one.nilai), _plain(other.nilai))
                if one.letak == other.letak or key in seen or not _misspelt(*key):
                    continue
                seen.add(key)
                yield Hit(
                    one.subjek,
                    places([one, other]),
                    one.nilai,
                    other.nilai,
                    "Butir kegiatan yang sama ditulis dengan ejaan berbeda; salah satunya keliru"
                    " ketik.",
                )


@rule("surat", "nomor surat di satu tempat dengan nomornya di tempat lain", "material")
def letters(evidence: Evidence) -> Iterator[Hit]:
    """Numbers of letters and documents under one subject."""
    for _, group in evidence.subjects(r".+/nomor|.+/dasar|.+/pasal/.+"):
        subject = group[0].subjek
        if group[0].jenis != "nomor" or _OWN_RULE.fullmatch(subject) or "judul" in subject:
            continue
        if re.fullmatch(r"[^/]+/nomor", subject):
            continue
        base = _usual(group, lambda one: _tight(one.nilai))
        for one in _distinct(group):
            if _tight(one.nilai) != _tight(base.nilai):
                yield _differs(_same(one, group), base, group, "nomor")
            elif one.nilai != base.nilai:
                hit = _differs(_same(one, group), base, group, "penulisan nomor")
                yield Hit(
                    hit.subjek,
                    hit.lokasi,
                    hit.dinyatakan,
                    hit.dihitung,
                    hit.penjelasan,
                    tingkat="editorial",
                )


@rule("tanggal-ganda", "tanggal di satu tempat dengan tanggalnya di tempat lain", "minor")
def several_dates(evidence: Evidence) -> Iterator[Hit]:
    """One event, several dates."""
    for _, group in evidence.subjects(r".+"):
        dates = [one for one in group if one.jenis == "tanggal"]
        if len(dates) < 2:
            continue
        base = _usual(dates, lambda one: _day(one.nilai))
        off = [one for one in dates if _day(one.nilai) != _day(base.nilai)]
        if off:
            yield _differs(off, base, dates, "tanggal")


@rule("waktu-ganda", "waktu suatu peristiwa di satu tempat dengan waktunya di tempat lain", "minor")
def several_times(evidence: Evidence) -> Iterator[Hit]:
    """One event, several quarters."""
    for _, group in evidence.subjects(r".+/waktu-[a-z-]+"):
        base = group[0]
        first = {number for number, _ in mentions(base.nilai).quarters}
        for one in group[1:]:
            other = {number for number, _ in mentions(one.nilai).quarters}
            if first and other and first != other:
                yield _differs([one], base, group, "waktu")


@rule("urutan-indikator", "nomor urut indikator di satu dokumen dengan dokumen lain", "editorial")
def order_of_indicators(evidence: Evidence) -> Iterator[Hit]:
    """An indicator with another number in another document."""
    for match, group in evidence.subjects(r"([A-Z]{3}-[0-9.]+)/nomor"):
        base = group[0]
        off = [one for one in group[1:] if one.nilai != base.nilai]
        if off:
            hit = _differs(off, base, group, "nomor urut")
            told = f"Nomor urut {evidence.short(match[1])} dalam sasarannya berbeda antardokumen."
            yield Hit(hit.subjek, hit.lokasi, hit.dinyatakan, hit.dihitung, told)


@rule("sebutan", "sebutan suatu besaran dengan nama besaran itu", "minor")
def wrong_words(evidence: Evidence) -> Iterator[Hit]:
    """A figure called by the name of something else."""
    words = {"capaian": "realisasi", "realisasi": "capaian"}
    for match, group in evidence.subjects(r"([^/]+)/(?:(.+)/)?sebutan"):
        code, what = match[1], match[2] or ""
        for one in _distinct(group):
            text = _plain(one.nilai)
            other = _other_indicator(evidence, code, text)
            meant = "capaian" if "capaian" in one.uraian else what
            wrong = words.get(meant)
            if other is not None:
                yield Hit(
                    one.subjek,
                    places(_same(one, group)),
                    one.nilai,
                    evidence.short(code),
                    f"{one.uraian[:1].upper()}{one.uraian[1:]} pada bagian"
                    f" {evidence.short(code)} disebut “{one.nilai}”, nama yang lebih sesuai"
                    f" untuk {evidence.short(other)}; tampaknya terbawa dari bagian lain.",
                )
            elif wrong is not None and wrong in text:
                yield Hit(
                    one.subjek,
                    places(_same(one, group)),
                    one.nilai,
                    f"nilai {meant}",
                    f"Angka {meant} {evidence.short(code)} disebut “{one.nilai}”; {meant} dan"
                    f" {wrong} adalah dua besaran yang berbeda.",
                )
            elif what == "fisik" and "indeks" in text:
                yield Hit(
                    one.subjek,
                    places(_same(one, group)),
                    one.nilai,
                    "realisasi fisik",
                    f"Persentase fisik {evidence.short(code)} disebut “{one.nilai}”, bukan"
                    " realisasi fisik.",
                )
            elif what == "dasar" and "target" in text:
                yield Hit(
                    one.subjek,
                    places(_same(one, group)),
                    one.nilai,
                    "realisasi tahun sebelumnya",
                    f"Nilai dasar {evidence.short(code)} adalah realisasi tahun sebelumnya,"
                    f" tetapi disebut “{one.nilai}”.",
                )


@rule("uraian-tertukar", "uraian suatu indikator dengan nama indikator lain", "minor")
def swapped_text(evidence: Evidence) -> Iterator[Hit]:
    """A description that belongs to another indicator."""
    for match, group in evidence.subjects(r"([^/]+)/uraian-indikator"):
        other = _other_indicator(evidence, match[1], _plain(group[0].nilai))
        if other is not None:
            yield Hit(
                group[0].subjek,
                places(group),
                group[0].nilai,
                evidence.short(match[1]),
                f"Uraian {evidence.short(match[1])} berisi penjelasan"
                f" {evidence.short(other)}; naskah indikator itu tampaknya tersalin.",
            )


@rule("rumus-ganda", "rumus di satu tempat dengan rumus di tempat lain", "minor")
def several_formulas(evidence: Evidence) -> Iterator[Hit]:
    """One indicator, two formulas in words."""
    for match, group in evidence.subjects(r"([^/]+)/rumus"):
        words = [one for one in group if not re.search(r"\d", one.nilai.replace("100", ""))]
        kinds = {_plain(one.nilai) for one in words}
        if len(kinds) > 1:
            yield Hit(
                group[0].subjek,
                places(words),
                words[1].nilai,
                words[0].nilai,
                f"Rumus {evidence.short(match[1])} dijelaskan dengan dua cara yang memberi"
                " hasil berbeda.",
            )


@rule("label-sasaran", "sebutan jenis sasaran dalam satu daftar", "editorial")
def labels(evidence: Evidence) -> Iterator[Hit]:
    """Members of one list called by different kinds."""
    found: dict[str, list[Statement]] = {}
    for _, group in evidence.subjects(r"[^/]+/[^/]+/label"):
        for one in group:
            found.setdefault(one.letak, []).append(one)
    for listed in found.values():
        kinds = Counter(one.nilai for one in listed)
        if len(kinds) > 1:
            told = "; ".join(f"{kind} ({count})" for kind, count in kinds.most_common())
            yield Hit(
                f"{listed[0].subjek.split('/')[0]}/label",
                places(listed),
                told,
                "satu sebutan untuk semua",
                "Butir-butir satu daftar diberi sebutan yang berbeda-beda.",
            )


@rule("kolom-tertukar", "judul kolom dengan isi kolom", "minor")
def swapped_columns(evidence: Evidence) -> Iterator[Hit]:
    """A column of realisation headed "Capaian", and the other way round."""
    found: dict[str, list[Statement]] = {}
    for _, group in evidence.subjects(r"[^/]+/kolom/[0-9]+"):
        for one in group:
            holds = re.search(r"berisi (\w+)", one.uraian)
            if holds is not None and holds[1].casefold() != one.nilai.casefold():
                found.setdefault(one.letak, []).append(one)
    for letak, wrong in found.items():
        heads = "; ".join(dict.fromkeys(f"{s.uraian}: {s.nilai}" for s in wrong))
        codes = ", ".join(dict.fromkeys(one.head for one in wrong))
        yield Hit(
            f"{wrong[0].head}/kolom",
            letak,
            heads,
            "judul kolom sesuai isinya",
            f"Judul kolom realisasi dan capaian tertukar pada tabel ini ({codes}).",
        )


@rule("satuan-kerja", "nama satuan kerja yang dicetak dengan nama resminya", "minor")
def wrong_unit(evidence: Evidence) -> Iterator[Hit]:
    """The unit under another name, or another town's."""
    unit = evidence.settings.params.unit
    for subject, right in (
        (r"dokumen/unit/nama", unit.nama),
        (r"dokumen/unit/singkatan", unit.singkatan),
        (r".+/unit-terkait", unit.singkatan),
    ):
        for _, group in evidence.subjects(subject):
            for one in _distinct(group):
                if _plain(one.nilai) == _plain(right) or _plain(one.nilai) in _plain(right):
                    continue
                near = SequenceMatcher(None, one.nilai, right).ratio()
                if subject == r".+/unit-terkait" and near < 0.8:
                    continue  # another unit may well be named there
                material = near < 0.97 and right.split()[-1] not in one.nilai
                yield Hit(
                    one.subjek,
                    places(_same(one, group)),
                    one.nilai,
                    right,
                    f"Nama satuan kerja tercetak “{one.nilai}”, seharusnya “{right}”;"
                    " tampaknya naskah terbawa dari dokumen lain atau salah ketik.",
                    tingkat="minor" if not material else "material",
                )


@rule("jenis-peraturan", "sebutan jenis peraturan di beberapa tempat", "editorial")
def kinds_of_regulation(evidence: Evidence) -> Iterator[Hit]:
    """One kind of regulation under several short names."""
    found: dict[str, list[Statement]] = {}
    for match, group in evidence.subjects(r"dokumen/peraturan/([a-z]+)-[^/]+/nama"):
        found.setdefault(match[1], []).extend(group)
    for kind, cited in found.items():
        names: dict[str, str] = {}
        for one in cited:
            name = re.split(r"\s*(?:nomor|no\.?)?\s*[0-9]", one.nilai, flags=re.IGNORECASE)[0]
            short = _plain(name).replace(" ", "")
            if SequenceMatcher(None, short, kind).ratio() > 0.75:
                names.setdefault(_plain(name), name)
        if len(names) > 1:
            yield Hit(
                f"dokumen/peraturan/{kind}",
                places(cited),
                "; ".join(names.values()),
                "satu sebutan",
                "Jenis peraturan yang sama disebut dengan beberapa singkatan.",
            )


@rule("istilah", "istilah yang dicetak dengan istilah yang berlaku", "editorial")
def terms(evidence: Evidence) -> Iterator[Hit]:
    """A known term misspelt."""
    for match, group in evidence.subjects(r"dokumen/istilah/(.+)"):
        for one in _distinct(group):
            if one.nilai != match[1]:
                yield Hit(
                    one.subjek,
                    places(_same(one, group)),
                    one.nilai,
                    match[1],
                    f"Istilah {match[1]} tertulis “{one.nilai}”.",
                )
    for match, group in evidence.subjects(r"([^/]+)/bulan/[0-9]+/nama"):
        items = [
            s for _, g in evidence.subjects(rf"{re.escape(match[1])}/.*-kegiatan/\d+") for s in g
        ]
        for one in _distinct(group):
            if any(one.nilai in item.nilai and one.letak == item.letak for item in items):
                continue  # the item's own twin says it
            yield Hit(
                one.subjek,
                places(_same(one, group)),
                one.nilai,
                "nama bulan yang baku",
                f"Nama bulan tertulis “{one.nilai}”.",
            )


def _names(evidence: Evidence, *, spelling: bool) -> Iterator[Hit]:
    for _, group in evidence.subjects(r".+"):
        subject = group[0].subjek
        if group[0].jenis != "nama" or _OWN_RULE.fullmatch(subject) or len(group) < 2:
            continue
        if subject.startswith("dokumen/judul/"):
            continue
        base = _usual(group, lambda one: _plain(one.nilai))
        for one in _distinct(group, plain=True):
            ours, theirs = _plain(one.nilai), _plain(base.nilai)
            if ours == theirs or spelling is not _misspelt(ours, theirs):
                continue
            same = [other for other in group if _plain(other.nilai) == ours]
            other = _whose(evidence, subject, ours)
            more = f" Nama itu milik {other}." if other else ""
            told = "ejaannya berbeda" if spelling else "namanya berbeda"
            mine, usual = one.nilai.rstrip("."), base.nilai.rstrip(".")
            yield Hit(
                subject,
                places(same),
                mine,
                usual,
                f"Hal yang sama disebut “{mine}” di sini dan “{usual}” di"
                f" {places([s for s in group if _plain(s.nilai) == theirs])};"
                f" {told}.{more}",
            )


def _whose(evidence: Evidence, subject: str, name: str) -> str:
    parts = subject.split("/")
    if len(parts) != 3 or parts[0] != "sasaran":
        return ""
    for code, official in evidence.settings.params.sasaran.items():
        if code != parts[1] and _plain(official) == name:
            return f"sasaran {code}"
    return ""


def _other_indicator(evidence: Evidence, code: str, text: str) -> str | None:
    own = _likeness(evidence, code, text)
    best = max(
        ((_likeness(evidence, other, text), other) for other in evidence.codes if other != code),
        default=(0.0, ""),
    )
    return best[1] if best[0] >= 0.6 and best[0] > own + 0.2 else None


def _likeness(evidence: Evidence, code: str, text: str) -> float:
    """Share of the text's words that the indicator's names hold, in stems of five letters."""
    registered = evidence.indicator(code)
    names = [one.nilai for one in evidence.stated(f"{code}/nama")]
    known = " ".join((*names, registered.nama if registered else ""))
    stems = {_stem(word) for word in _plain(known).split() if len(word) > 3}
    words = [_stem(word) for word in text.split() if len(word) > 3]
    if len(words) < 2 or not stems:
        return 0.0
    return sum(word in stems for word in words) / len(words)


def _stem(word: str) -> str:
    bare = re.sub(r"^(?:pe(?=[lr])|pe[mn]?|me[mnlr]?|ke|ber|ter|di)(?=[a-z]{4})", "", word)
    return bare[:4]


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


def _distinct(group: Sequence[Statement], *, plain: bool = False) -> list[Statement]:
    found: dict[str, Statement] = {}
    for one in group:
        found.setdefault(_plain(one.nilai) if plain else one.nilai, one)
    return list(found.values())


def _same(one: Statement, group: Sequence[Statement]) -> list[Statement]:
    return [other for other in group if other.nilai == one.nilai]


def _agree(one: Statement, other: Statement) -> bool:
    a, b = one.printed, other.printed
    if a is None or b is None:
        return False
    shown = min(a.decimals, b.decimals)
    return round_half_up(a.value, shown) == round_half_up(b.value, shown)


def _plain(text: str) -> str:
    """Leave out what does not make another name: case, marks, list numbers, codes behind."""
    bare = re.sub(r"^\s*(?:[0-9]+|[a-z])[.)]\s+", "", text)
    bare = re.sub(r"\s*\([A-Z]{2}\)\s*$", "", bare)
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold()).strip()


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _day(text: str) -> str:
    try:
        return parse_date(text).isoformat()
    except ValueError:
        return _plain(text)


def _misspelt(a: str, b: str) -> bool:
    """Tell a slip of the pen from another name: few letters differ, in few words, no number."""
    if a == b:
        return False
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    ours, theirs = a.split(), b.split()
    if len(ours) != len(theirs):
        return False
    pairs = [(x, y) for x, y in zip(ours, theirs, strict=True) if x != y]
    return len(pairs) <= 2 and all(
        not re.search(r"\d", x + y)
        and min(len(x), len(y)) > 3
        and SequenceMatcher(None, x, y).ratio() >= 0.8
        for x, y in pairs
    )


RULES = rules_of(globals())
