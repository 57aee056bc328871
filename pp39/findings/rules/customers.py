"""Rules about customers and what they said: who is counted, who answered, which services."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from pp39.findings.evidence import QUARTER_COLUMNS, Evidence, Row, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.wording import plain
from pp39.numbers import exact

# Money and results of one service may differ; three times is another matter.
_FAR = 3


@rule("kategori-satuan", "golongan pelanggan yang dihitung dengan satuan indikatornya", "material")
def outside_the_unit(evidence: Evidence) -> Iterator[Hit]:
    """Find customers counted although the indicator's unit does not name their kind."""
    for code in _codes(evidence, "jumlah_pelanggan"):
        registered = evidence.indicator(code)
        said = " ".join(one.nilai for one in evidence.stated(f"{code}/satuan"))
        unit = plain(f"{registered.satuan} {registered.nama} {said}")
        kinds = evidence.settings.params.unit.kategori_pelanggan
        chosen = evidence.chosen.kategori_dihitung
        counted: Counter[str] = Counter()
        for row in evidence.rows("pelanggan"):
            if row.get("jumlah") is not None and row["kategori"] in chosen:
                counted[str(row["kategori"])] += int(row["jumlah"])
        total = sum(counted.values())
        goal = evidence.number(f"{code}/target")
        for kind, count in sorted(counted.items()):
            name = kinds[kind].nama if kind in kinds else kind
            if not count or plain(name) in unit:
                continue
            rest = total - count
            missed = goal is not None and total >= goal > rest
            rows = [row for row in evidence.rows("pelanggan") if row["kategori"] == kind]
            result = f" dan target {digits(goal)} tidak tercapai" if missed and goal else ""
            yield Hit(
                f"{code}/kategori/{kind}",
                evidence.place("pelanggan", rows),
                f"{digits(Fraction(total))} pelanggan, termasuk {count} {name.casefold()}",
                f"{rest} pelanggan tanpa {name.casefold()}",
                f"Satuan {evidence.short(code)} tidak menyebut {name.casefold()}, tetapi {count}"
                f" di antaranya ikut dihitung; tanpa golongan itu jumlahnya {rest}{result}.",
                tingkat=None if missed else "minor",
            )


@rule("cakupan-pelanggan", "cakupan data pelanggan dengan cakupan targetnya", "minor")
def one_quarter_only(evidence: Evidence) -> Iterator[Hit]:
    """Find a year's target held against customers known of one quarter only."""
    if evidence.quarter.number == 1:
        return
    for code in _codes(evidence, "jumlah_pelanggan"):
        stated = [s for s in evidence.stated(f"{code}/realisasi") if s.when.quarters]
        goal = [s for s in evidence.stated(f"{code}/target") if s.printed is not None]
        known = {row.get("triwulan") for row in evidence.all_rows("pelanggan")}
        if stated and goal and known == {evidence.quarter.name}:
            yield Hit(
                f"{code}/cakupan",
                f"{places([*stated, *goal])}; {evidence.place('pelanggan', [])}",
                f"{stated[0].nilai} pada {stated[0].periode}",
                f"target {goal[0].nilai} setahun",
                f"Target tahunan {evidence.short(code)} dibandingkan dengan pelanggan satu"
                " triwulan; data pelanggan triwulan sebelumnya tidak ada, sehingga jumlah setahun"
                " tidak dapat dipastikan.",
            )


@rule("responden-pelanggan", "responden survei suatu layanan dengan pelanggannya", "minor")
def more_answers_than_customers(evidence: Evidence) -> Iterator[Hit]:
    """Find more respondents of a service, or of a kind in it, than it had customers."""
    answers = _answers(evidence)
    customers, lines = _customers(evidence)
    kinds = evidence.settings.params.unit.kategori_pelanggan
    for slug in sorted({service for service, _ in answers}):
        if slug not in lines:
            continue
        count = sum(n for (service, _), n in answers.items() if service == slug)
        whole = sum((n for (service, _), n in customers.items() if service == slug), Fraction(0))
        beyond = [
            (kind, n, customers.get((slug, kind), Fraction(0)))
            for (service, kind), n in sorted(answers.items())
            if service == slug and kind and n > customers.get((slug, kind), Fraction(0))
        ]
        if not beyond and count <= whole:
            continue
        names = {kind: one.nama for kind, one in kinds.items()}
        told = "; ".join(
            f"{names.get(kind, kind.capitalize())}: {n} responden, "
            + (f"{digits(had)} pelanggan" if kind in names else "bukan golongan pelanggan")
            for kind, n, had in beyond
        )
        more = (
            f"Responden survei layanan {slug} ({count}) lebih banyak daripada pelanggannya"
            f" ({digits(whole)}) pada triwulan yang sama."
            if count > whole
            else f"Pada layanan {slug} golongan tertentu menjawab survei lebih banyak daripada"
            " pelanggannya pada triwulan yang sama."
        )
        yield Hit(
            f"survei_nps/layanan/{slug}",
            f"{evidence.place('survei_nps', [])}; {evidence.place('pelanggan', lines[slug])}",
            f"{count} jawaban survei",
            f"{digits(whole)} pelanggan",
            f"{more} Menurut golongan: {told}." if told else more,
        )


@rule("survei-tanpa-responden", "layanan yang berpelanggan dengan responden surveinya", "minor")
def services_nobody_judged(evidence: Evidence) -> Iterator[Hit]:
    """Find services with customers but without a single respondent."""
    answers = {service for service, _ in _answers(evidence)}
    customers, lines = _customers(evidence)
    silent = [
        slug
        for slug in sorted(lines)
        if slug not in answers
        and sum((n for (service, _), n in customers.items() if service == slug), Fraction(0)) > 0
    ]
    if answers and silent:
        rows = [row for slug in silent for row in lines[slug]]
        yield Hit(
            "survei_nps/layanan",
            f"{evidence.place('survei_nps', [])}; {evidence.place('pelanggan', rows)}",
            "tanpa responden",
            ", ".join(silent),
            f"Layanan {', '.join(silent)} berpelanggan pada triwulan ini, tetapi tidak ada"
            " respondennya dalam survei, sehingga nilai survei tidak mewakili semua layanan.",
        )


@rule("nps-berulang", "nilai NPS dengan nilainya bila setiap responden dihitung sekali", "minor")
def score_of_persons(evidence: Evidence) -> Iterator[Hit]:
    """Find a score that changes when repeated respondents count once."""
    answers, respondents = evidence.repeats("survei_nps", "responden")
    if not answers or evidence.chosen.nps.responden == "unik":
        return
    for code in _codes(evidence, "nps"):
        frame = evidence.answers("survei_nps", "nilai")
        once = frame[~frame["responden"].duplicated(keep="last") | frame["responden"].isna()]
        every, single = _score(evidence, frame["nilai"]), _score(evidence, once["nilai"])
        if every is None or single is None or every == single:
            continue
        stated = evidence.stated(f"{code}/realisasi")
        yield Hit(
            f"{code}/realisasi/responden-unik",
            f"{evidence.place('survei_nps', [])}"
            + (f"; {places(stated)}" if places(stated) else ""),
            f"{digits(every, least=2)} dari {len(frame)} jawaban",
            f"{digits(single, least=2)} dari {len(once)} responden",
            f"{respondents} responden menjawab lebih dari sekali; bila setiap responden dihitung"
            f" satu kali, nilai {evidence.short(code)} menjadi {digits(single, least=2)}.",
        )


@rule("arah-layanan", "penerimaan suatu layanan dengan hasilnya", "minor")
def money_against_results(evidence: Evidence) -> Iterator[Hit]:
    """Find services far above the target of one measure and below that of the other."""
    if evidence.quarter.number < 4:
        return
    money = {
        str(row["layanan"]): (exact(row["realisasi"]) / exact(row["target"]) * 100, row)
        for row in evidence.rows("pnbp")
        if row.get("target") and row.get("realisasi") is not None
    }
    for row in evidence.all_rows("hasil_layanan"):
        slug = str(row["layanan"])
        if slug not in money or not row.get("target"):
            continue
        done = sum((exact(row[n]) for n in QUARTER_COLUMNS if row.get(n) is not None), Fraction(0))
        results = done / exact(row["target"]) * 100
        paid, line = money[slug]
        low, high = sorted((results, paid))
        if low < 100 and high > low * _FAR:
            yield Hit(
                f"layanan/{slug}",
                f"{evidence.place('pnbp', [line])}; {evidence.place('hasil_layanan', [row])}",
                f"penerimaan {digits(paid, least=2)}% dari target",
                f"hasil {digits(results, least=2)}% dari target",
                f"Layanan {slug} mencapai {digits(paid, least=2)}% target penerimaan, tetapi"
                f" {digits(results, least=2)}% target hasilnya; salah satu target atau realisasi"
                " patut diperiksa.",
            )


@rule("layanan-tanpa-pnbp", "layanan yang memberi hasil dengan layanan yang menerima PNBP", "minor")
def results_without_money(evidence: Evidence) -> Iterator[Hit]:
    """Find services with results in the year that the table of receipts does not know."""
    paid = {str(row["layanan"]) for row in evidence.rows("pnbp")}
    names = QUARTER_COLUMNS[: evidence.quarter.number]
    for row in evidence.all_rows("hasil_layanan"):
        done = sum((exact(row[n]) for n in names if row.get(n) is not None), Fraction(0))
        slug = str(row["layanan"])
        if paid and done and slug not in paid:
            yield Hit(
                f"layanan/{slug}/pnbp",
                f"{evidence.place('hasil_layanan', [row])}; {evidence.place('pnbp', [])}",
                f"{digits(done)} hasil",
                "tidak ada baris penerimaan",
                f"Layanan {slug} memberi {digits(done)} hasil sejak Januari, tetapi tidak ada"
                " dalam daftar penerimaan.",
            )


@rule("total-setahun", "jumlah total triwulanan yang dicetak dengan jumlah rinciannya", "minor")
def printed_totals(evidence: Evidence) -> Iterator[Hit]:
    """Find quarterly totals whose sum is not that of the rows below them."""
    for code in _codes(evidence, "hasil_layanan"):
        stated = [
            group[0]
            for _, group in evidence.subjects(rf"{code}/total/(?:I|II|III|IV)")
            if group[0].printed is not None
        ]
        names = QUARTER_COLUMNS[: evidence.quarter.number]
        if len(stated) != len(names) or len(stated) == 1:
            continue
        rows = evidence.all_rows("hasil_layanan")
        value = sum((exact(r[n]) for r in rows for n in names if r.get(n) is not None), Fraction(0))
        printed = sum((s.printed.value for s in stated if s.printed is not None), Fraction(0))
        if value and printed != value:
            yield Hit(
                f"{code}/total/setahun",
                f"{places(stated)}; {evidence.place('hasil_layanan', rows)}",
                digits(printed),
                digits(value),
                f"Total hasil layanan yang dicetak untuk {len(stated)} triwulan berjumlah"
                f" {digits(printed)}, sedangkan rinciannya berjumlah {digits(value)}.",
            )


def _codes(evidence: Evidence, function: str) -> list[str]:
    return [code for code in evidence.codes if evidence.indicator(code).hitung == function]


def _answers(evidence: Evidence) -> Counter[tuple[str, str]]:
    """Count respondents by service and kind."""
    frame = evidence.answers("survei_nps", "layanan")
    if "status" not in frame:
        return Counter()
    return Counter(zip(frame["layanan"], frame["status"].fillna("").astype(str), strict=True))


def _customers(
    evidence: Evidence,
) -> tuple[Mapping[tuple[str, str], Fraction], Mapping[str, list[Row]]]:
    """Give customers by service and kind, and the rows by service."""
    counted: dict[tuple[str, str], Fraction] = {}
    lines: dict[str, list[Row]] = {}
    for row in evidence.rows("pelanggan"):
        if row.get("jumlah") is not None:
            key = str(row["layanan"]), str(row["kategori"])
            counted[key] = counted.get(key, Fraction(0)) + exact(row["jumlah"])
            lines.setdefault(key[0], []).append(row)
    return counted, lines


def _score(evidence: Evidence, values: object) -> Fraction | None:
    limits = evidence.chosen.nps
    given = [int(value) for value in values]  # type: ignore[attr-defined]
    if not given:
        return None
    good = sum(value >= limits.promoter_min for value in given)
    bad = sum(value < limits.passive_min for value in given)
    return Fraction(good - bad, len(given)) * 100


RULES = rules_of(globals())
