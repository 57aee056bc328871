"""Rules about claims: what the text says went well, against what the figures say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pp39.findings.evidence import QUARTER_COLUMNS, Evidence, Row, dashed, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.wording import NOTHING
from pp39.numbers import exact

_PERSON = re.compile(
    r"(?:(?:sub\s*bag(?:ian)?|bagian|bidang|seksi|pji|tu|ppk|pokja|tim|dan|kepala|balai)\b\s*)+"
    r"|sub\s*b?ag\s*tu(?:\s+dan\s+\w+)?",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:belum|tidak|gagal)\b", re.IGNORECASE)
_REACHED = re.compile(r"berhasil|tercapai|melampaui|mencapai", re.IGNORECASE)


@rule("tanpa-kendala", "target yang tidak tercapai dengan kendala dan tindak lanjutnya", "material")
def missed_without_reason(evidence: Evidence) -> Iterator[Hit]:
    """Find a missed target whose text knows no obstacle or no follow-up."""
    for code in evidence.codes:
        value = evidence.achievement(code)
        if value is None or value >= 100:
            continue
        obstacles, remedies = (
            _texts(evidence, code, "kendala"),
            _texts(evidence, code, "rekomendasi"),
        )
        if not obstacles and not remedies:
            continue
        real = [s for s, _ in obstacles if s and not NOTHING.fullmatch(s) and not _person(s)]
        acts = [s for s, _ in remedies if s and not NOTHING.fullmatch(s) and not _smooth(s)]
        if real and acts:
            continue
        said = [*obstacles, *remedies]
        told = "; ".join(dict.fromkeys(text or "(kosong)" for text, _ in said))
        lack = " dan ".join(
            word for word, there in (("kendala", real), ("tindak lanjut", acts)) if not there
        )
        yield Hit(
            f"{code}/kendala",
            "; ".join(dict.fromkeys(where for _, where in said)),
            told,
            f"capaian {digits(value, least=2)}%",
            f"{evidence.short(code)} tidak mencapai target (capaian"
            f" {digits(value, least=2)}%), tetapi tidak ada {lack} yang dinyatakan.",
            f"{code}/capaian" if f"{code}/capaian" in evidence.ledger else "",
        )


@rule("kendala-bukan", "isi kolom kendala dengan suatu kendala", "minor")
def not_an_obstacle(evidence: Evidence) -> Iterator[Hit]:
    """Find an obstacle cell that holds who is in charge."""
    for code in evidence.codes:
        for text, where in dict.fromkeys(_texts(evidence, code, "kendala")):
            if _person(text):
                yield Hit(
                    f"{code}/kendala-isi",
                    where,
                    text,
                    "uraian kendala atau “tidak ada”",
                    f"Kolom kendala {evidence.short(code)} berisi “{text}”, yang adalah"
                    " penanggung jawab, bukan kendala; isi kolom tampaknya bergeser.",
                )


@rule(
    "kendala-bertentangan",
    "kendala di tabel dengan kendala di narasi",
    "editorial",
    mengalah=("kendala-bukan", "tanpa-kendala"),
)
def obstacle_here_not_there(evidence: Evidence) -> Iterator[Hit]:
    """Find an obstacle at one place, none at another."""
    for _, group in evidence.subjects(r".+/kendala"):
        some = [s for s in group if not NOTHING.fullmatch(s.nilai) and not _person(s.nilai)]
        none = [one for one in group if NOTHING.fullmatch(one.nilai)]
        if some and none:
            yield Hit(
                some[0].subjek,
                places(group),
                none[0].nilai,
                some[0].nilai,
                f"Kendala disebut di {places(some)}, tetapi tidak ada menurut {places(none)}.",
            )


@rule("fisik-penuh", "realisasi fisik dengan capaian", "minor")
def full_physical(evidence: Evidence) -> Iterator[Hit]:
    """Find physical realisation of 100 % although the target was missed."""
    for code in evidence.codes:
        value = evidence.achievement(code)
        full = [
            one
            for one in evidence.stated(f"{code}/fisik/realisasi")
            if one.printed is not None and one.printed.value >= 100
        ]
        if value is not None and value < 100 and full:
            yield Hit(
                f"{code}/fisik/realisasi",
                places(full),
                full[0].nilai,
                f"capaian {digits(value, least=2)}%",
                f"Realisasi fisik {evidence.short(code)} dinyatakan {full[0].nilai}, padahal"
                f" capaiannya {digits(value, least=2)}%.",
            )


@rule("klaim-status", "pernyataan berhasil dengan capaian terhitung", "material")
def claims(evidence: Evidence) -> Iterator[Hit]:
    """Find success claimed where the target was missed, or failure where it was reached."""
    for match, group in evidence.subjects(r"([^/]+)/(?:status|rekomendasi)"):
        code = match[1]
        value = evidence.achievement(code)
        if value is None:
            continue
        for one in group:
            reached = _REACHED.search(one.nilai) is not None
            claimed = reached and not _FAILED.search(one.nilai)
            denied = one.subjek.endswith("/status") and _FAILED.search(one.nilai) is not None
            if (claimed and value < 100) or (denied and value >= 100):
                yield Hit(
                    one.subjek,
                    one.letak,
                    one.nilai,
                    f"capaian {digits(value, least=2)}%",
                    f"{evidence.short(code)} dinyatakan “{one.nilai}”, padahal capaiannya"
                    f" {digits(value, least=2)}%.",
                    f"{code}/capaian" if f"{code}/capaian" in evidence.ledger else "",
                )


@rule("kategori", "kategori yang disebut dengan kelas menurut peraturan", "minor")
def classes(evidence: Evidence) -> Iterator[Hit]:
    """Find a class claimed for a score against the classes of the regulation."""
    for match, group in evidence.subjects(r"([^/]+)/kategori"):
        registered = evidence.indicator(match[1])
        kind = getattr(registered, "klasifikasi", None)
        value = evidence.number(f"{match[1]}/realisasi")
        if kind is None or value is None:
            continue
        bands = getattr(evidence.settings.params.regulasi, kind)
        right = bands.classify(value)
        for one in group:
            letter = re.sub(r"\s*\(.*\)", "", one.nilai).strip().casefold()
            if right is not None and letter not in (
                right.casefold(),
                bands.kelas[right].predikat.casefold(),
            ):
                yield Hit(
                    one.subjek,
                    one.letak,
                    one.nilai,
                    f"{right} ({bands.kelas[right].predikat})",
                    f"Nilai {digits(value, least=2)} termasuk kelas {right}, bukan {one.nilai}.",
                )


@rule("kendala-umum", "kendala pada bab kendala dengan kendala tiap indikator", "minor")
def general_obstacles(evidence: Evidence) -> Iterator[Hit]:
    """Find obstacles in the chapter on obstacles although every indicator says there is none."""
    listed = [one for _, group in evidence.subjects(r"kendala/.+") for one in group]
    rows = [] if listed else list(evidence.rows("kendala"))
    rows = [row for row in rows if row.get("lingkup") in ("perjanjian_kinerja", "kegiatan")]
    rows = [row for row in rows if row.get("uraian") and not NOTHING.fullmatch(str(row["uraian"]))]
    said = [
        (text, where)
        for code in evidence.codes
        for text, where in _texts(evidence, code, "kendala")
    ]
    if (not listed and not rows) or not said:
        return
    if any(text and not NOTHING.fullmatch(text) and not _person(text) for text, _ in said):
        return
    programmes = [
        one
        for _, group in evidence.subjects(r"program/[^/]+/kendala")
        for one in group
        if NOTHING.fullmatch(one.nilai)
    ]
    also = f" Program pun dinyatakan tanpa kendala ({places(programmes)})." if programmes else ""
    texts = [one.nilai for one in listed] or [str(row["uraian"]) for row in rows]
    where = places(listed) or evidence.place("kendala", rows)
    yield Hit(
        "kendala",
        "; ".join(filter(None, (where, places(programmes)))),
        f"{len(texts)} kendala: {'; '.join(texts)}",
        "tidak ada kendala pada semua indikator",
        "Bab kendala memuat hambatan pelaksanaan, tetapi tidak satu pun indikator menyebut"
        f" kendala.{also}",
    )


@rule("kendala-program", "kendala satu KRO dengan kendala programnya", "minor")
def obstacles_of_programmes(evidence: Evidence) -> Iterator[Hit]:
    """Find an output with an obstacle in a programme without one."""
    listed = {
        code.strip(): match[1]
        for match, group in evidence.subjects(r"program/([^/]+)/daftar-kro")
        for one in group
        for code in one.nilai.split(",")
    }
    for match, group in evidence.subjects(r"serapan/kro/([^/]+)/kendala"):
        program = listed.get(match[1].split(".")[-1])
        whole = evidence.stated(f"program/{program}/kendala")
        none = [one for one in whole if NOTHING.fullmatch(one.nilai)]
        if none:
            yield Hit(
                group[0].subjek,
                places([*group, *none]),
                none[0].nilai,
                group[0].nilai,
                f"KRO {match[1]} menyebut kendala “{group[0].nilai}”, tetapi program"
                f" {program} menyatakan “{none[0].nilai}”.",
            )


@rule("klaim-sasaran", "pernyataan fisik KRO dengan volume RO", "minor")
def outputs_reached(evidence: Evidence) -> Iterator[Hit]:
    """Find an output said to have met its goal although its volume did not."""
    volumes = _last_volumes(evidence)
    for match, group in evidence.subjects(r"serapan/kro/([^/]+)/fisik"):
        good = [s for s in group if _REACHED.search(s.nilai) and not _FAILED.search(s.nilai)]
        short = [
            (code, got, goal)
            for code, (got, goal) in volumes.items()
            if code.startswith(match[1] + ".") and got < goal
        ]
        if good and short:
            told = "; ".join(
                f"{code}: {digits(got)} dari {digits(goal)}" for code, got, goal in short
            )
            yield Hit(
                group[0].subjek,
                places(good),
                good[0].nilai,
                told,
                f"KRO {match[1]} dinyatakan {good[0].nilai}, sedangkan realisasi volume"
                f" terakhir yang tercatat di bawah target ({told}).",
            )


@rule("bagian-meleset", "rincian yang di bawah target dengan pernyataan tidak ada kendala", "minor")
def weak_parts(evidence: Evidence) -> Iterator[Hit]:
    """Find services below their own target in an indicator that knows no obstacle."""
    for code in evidence.codes:
        said = _texts(evidence, code, "kendala")
        if not said or any(text and not NOTHING.fullmatch(text) for text, _ in said):
            continue
        weak = _weak_services(evidence, code)
        if weak:
            told = "; ".join(f"{slug} {digits(share, least=2)}%" for slug, share in weak)
            yield Hit(
                f"{code}/layanan",
                "; ".join(dict.fromkeys(where for _, where in said)),
                "; ".join(dict.fromkeys(text for text, _ in said if text)),
                told,
                f"Beberapa layanan di bawah targetnya ({told}), tetapi"
                f" {evidence.short(code)} dinyatakan tanpa kendala.",
            )


@rule("tanpa-pelaku", "langkah tindak lanjut dengan pelaksananya", "minor")
def nobody_in_charge(evidence: Evidence) -> Iterator[Hit]:
    """Find follow-up nobody is named for, in a list that names somebody elsewhere."""
    rows = [row for row in evidence.rows("tindak_lanjut") if row.get("uraian")]
    lacking = [row for row in rows if row.get("pelaku") is None]
    if not lacking or len(lacking) == len(rows):
        return
    for row in lacking:
        same = [
            s
            for _, g in evidence.subjects(r"tindak-lanjut/[^/]+")
            for s in g
            if _alike(s.nilai, str(row["uraian"]))
        ]
        yield Hit(
            same[0].subjek if same else "tindak-lanjut",
            places(same) or evidence.place("tindak_lanjut", [row]),
            str(row["uraian"]),
            "pelaksana",
            "Langkah tindak lanjut ini tidak menyebut pelaksananya.",
        )


def _texts(evidence: Evidence, code: str, tail: str) -> list[tuple[str, str]]:
    """Give text and place of what is said of an indicator, blank cells beside filled ones too."""
    stated = [(one.nilai, one.letak) for one in evidence.stated(f"{code}/{tail}")]
    if stated:
        return stated
    column = {"kendala": "kendala", "rekomendasi": "tindak_lanjut"}[tail]
    return [
        (str(row[column] or ""), evidence.place("pelaksanaan", [row]))
        for row in evidence.rows("pelaksanaan")
        if dashed(row["kode"]) == code
    ]


def _person(text: str) -> bool:
    return bool(text) and _PERSON.fullmatch(text.strip()) is not None


def _smooth(text: str) -> bool:
    """Tell a recommendation that only says all goes well."""
    parts = [part.strip() for part in text.split(";")]
    return all(
        re.fullmatch(
            r"berjalan baik|dilaksanakan sesuai rencana|target tercapai|lanjut di triwulan.*",
            part,
            re.IGNORECASE,
        )
        for part in parts
    )


def _alike(a: str, b: str) -> bool:
    ours, theirs = (re.sub(r"PNB\w+", "PNBP", text).casefold() for text in (a, b))
    return ours == theirs


def _last_volumes(evidence: Evidence) -> dict[str, tuple[Fraction, Fraction]]:
    last: dict[str, Row] = {}
    for row in evidence.all_rows("progres_ro"):
        fits = int(row["bulan"]) <= evidence.quarter.last_month and row.get("rvro") is not None
        code = str(row["kode_ro"])
        if fits and (code not in last or row["bulan"] > last[code]["bulan"]):
            last[code] = row
    return {
        code: (exact(row["rvro"]), exact(row["tvro"]))
        for code, row in sorted(last.items())
        if row.get("tvro") is not None
    }


def _weak_services(evidence: Evidence, code: str) -> list[tuple[str, Fraction]]:
    registered = evidence.indicator(code)
    found: list[tuple[str, Fraction]] = []
    if registered.hitung == "kenaikan_pnbp":
        shared = {
            slug: one.induk
            for slug, one in evidence.settings.params.unit.layanan.items()
            if one.induk
        }
        got: dict[str, Fraction] = {}
        goal: dict[str, Fraction] = {}
        for row in evidence.rows("pnbp"):
            slug = shared.get(row["layanan"]) or str(row["layanan"])
            got[slug] = got.get(slug, Fraction(0)) + exact(row["realisasi"] or 0)
            if row.get("target") is not None:
                goal[slug] = exact(row["target"])
        found = [(slug, got[slug] / goal[slug] * 100) for slug in got if goal.get(slug)]
    elif registered.hitung == "hasil_layanan":
        names: Sequence[str] = QUARTER_COLUMNS[: evidence.quarter.number]
        for row in evidence.all_rows("hasil_layanan"):
            if row.get("target"):
                done = sum((exact(row[n]) for n in names if row.get(n) is not None), Fraction(0))
                found.append((str(row["layanan"]), done / exact(row["target"]) * 100))
        if evidence.quarter.number < 4:
            found = []
    return [(slug, share) for slug, share in found if share < 100]


RULES = rules_of(globals())
