"""Rules about services and respondents: the same orders, customers and answers in every table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from pp39.findings.evidence import QUARTER_COLUMNS, Evidence, Row, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.numbers import exact

# More repeated respondents than this are told in one finding.
_MANY = 40

_OF = {"telepon": "nomor telepon", "email": "alamat e-mail", "nama": "nama"}


@rule("order-hasil", "order menurut SLA dengan hasil layanan yang sama", "minor")
def orders(evidence: Evidence) -> Iterator[Hit]:
    """Find orders counted for on-time delivery against results counted for the same service."""
    column = QUARTER_COLUMNS[evidence.quarter.number - 1]
    results = {row["layanan"]: row for row in evidence.all_rows("hasil_layanan")}
    for row in evidence.rows("sla"):
        result = results.get(row["layanan"])
        if result is None or result.get(column) is None or row.get("jumlah") is None:
            continue
        ours, theirs = exact(row["jumlah"]), exact(result[column])
        if ours != theirs:
            code = _code(evidence, "ketepatan_sla")
            stated = evidence.stated(f"{code}/order")
            other = _code(evidence, "hasil_layanan")
            same = evidence.stated(f"{other}/layanan/{row['layanan']}/{evidence.quarter}")
            yield Hit(
                f"{code}/order",
                "; ".join(
                    filter(
                        None,
                        [
                            places([*stated, *same]),
                            evidence.place("sla", [row]),
                            evidence.place("hasil_layanan", [result]),
                        ],
                    )
                ),
                digits(ours),
                digits(theirs),
                f"Order {row['layanan']} untuk SLA berjumlah {digits(ours)}, sedangkan hasil"
                f" layanan {row['layanan']} pada triwulan yang sama {digits(theirs)}.",
            )


@rule("cakupan-sla", "layanan yang dihitung untuk SLA dengan layanan yang diberikan", "minor")
def sla_coverage(evidence: Evidence) -> Iterator[Hit]:
    """Find services with results in the quarter whose punctuality nobody counted."""
    counted = {row["layanan"]: row for row in evidence.rows("sla")}
    column = QUARTER_COLUMNS[evidence.quarter.number - 1]
    given = {row["layanan"]: row for row in evidence.all_rows("hasil_layanan") if row.get(column)}
    lacking = [slug for slug in given if slug not in counted]
    if counted and lacking:
        code = _code(evidence, "ketepatan_sla")
        yield Hit(
            f"{code}/cakupan",
            f"{evidence.place('sla', counted.values())};"
            f" {evidence.place('hasil_layanan', [given[slug] for slug in lacking])}",
            f"hanya {', '.join(counted)}",
            f"tanpa {', '.join(lacking)}",
            f"{evidence.short(code)} dihitung hanya dari layanan {', '.join(counted)}, padahal pada"
            f" triwulan yang sama ada hasil layanan {', '.join(lacking)}.",
        )


@rule("sla-rincian", "order dengan order tepat waktu ditambah terlambat", "material")
def late_and_in_time(evidence: Evidence) -> Iterator[Hit]:
    """Find orders against their two kinds."""
    for row in evidence.rows("sla"):
        if any(row.get(name) is None for name in ("jumlah", "tepat_waktu", "terlambat")):
            continue
        parts = exact(row["tepat_waktu"]) + exact(row["terlambat"])
        if parts != exact(row["jumlah"]):
            yield Hit(
                f"sla/{row['layanan']}",
                evidence.place("sla", [row]),
                digits(exact(row["jumlah"])),
                digits(parts),
                "Order tepat waktu dan terlambat tidak berjumlah sama dengan seluruh order.",
            )


@rule("satuan-campur", "satuan bagian-bagian suatu jumlah", "minor")
def mixed_units(evidence: Evidence) -> Iterator[Hit]:
    """Find a total of things that are counted in different units."""
    rows = [row for row in evidence.all_rows("hasil_layanan") if row.get("target_satuan")]
    kinds = list(dict.fromkeys(str(row["target_satuan"]) for row in rows))
    total = evidence.stated(f"{_code(evidence, 'hasil_layanan')}/total/{evidence.quarter}")
    if len(kinds) > 1 and total:
        yield Hit(
            f"{total[0].head}/total/satuan",
            f"{places(total)}; {evidence.place('hasil_layanan', rows)}",
            total[0].nilai,
            ", ".join(kinds),
            f"Jumlah {total[0].nilai} menjumlahkan hasil dengan satuan yang berbeda"
            f" ({', '.join(kinds)}).",
        )


@rule("target-layanan", "jumlah target tiap layanan dengan target indikator", "material")
def service_targets(evidence: Evidence) -> Iterator[Hit]:
    """Find targets of the services against the target of the indicator they make up."""
    code = _code(evidence, "hasil_layanan")
    rows = [row for row in evidence.all_rows("hasil_layanan") if row.get("target") is not None]
    goal = next((s.printed.value for s in evidence.stated(f"{code}/target") if s.printed), None)
    value = sum((exact(row["target"]) for row in rows), Fraction(0))
    if rows and goal is not None and value != goal:
        yield Hit(
            f"{code}/layanan/target",
            f"{evidence.place('hasil_layanan', rows)}; {places(evidence.stated(f'{code}/target'))}",
            digits(goal),
            digits(value),
            f"Target tahunan tiap layanan berjumlah {digits(value)}, sedangkan target"
            f" {evidence.short(code)} {digits(goal)}.",
        )


@rule("cakupan", "cakupan realisasi dengan cakupan target", "material")
def coverage(evidence: Evidence) -> Iterator[Hit]:
    """Find a year's target held against one quarter's result."""
    code = _code(evidence, "hasil_layanan")
    totals = {
        name: sum(
            (exact(r[name]) for r in evidence.all_rows("hasil_layanan") if r.get(name) is not None),
            Fraction(0),
        )
        for name in QUARTER_COLUMNS[: evidence.quarter.number]
    }
    year = sum(totals.values(), Fraction(0))
    now = totals[QUARTER_COLUMNS[evidence.quarter.number - 1]]
    stated = [s for s in evidence.stated(f"{code}/realisasi") if s.printed is not None]
    goal = [s for s in evidence.stated(f"{code}/target") if s.printed is not None]
    only = [s for s in stated if s.printed is not None and s.printed.value == now]
    if only and goal and year != now:
        yield Hit(
            f"{code}/cakupan",
            places([*only, *goal]),
            only[0].nilai,
            f"{digits(year)} sejak Januari",
            f"Target tahunan {goal[0].nilai} {evidence.short(code)} dibandingkan dengan hasil"
            f" satu triwulan ({only[0].nilai}); hasil sejak Januari {digits(year)}.",
        )


@rule("responden-ulang", "responden survei dengan jawaban mereka", "minor")
def repeated_respondents(evidence: Evidence) -> Iterator[Hit]:
    """Find a respondent who answers more than once, and a contact that answers dispute."""
    answers, respondents = evidence.repeats("survei_nps", "responden")
    disputed = list(_disputed(evidence))
    if respondents > _MANY:
        yield Hit(
            "survei_nps/responden",
            evidence.place("survei_nps", []),
            f"{answers} jawaban",
            f"{respondents} responden",
            f"{respondents} responden menjawab lebih dari sekali ({answers} jawaban) dengan nomor"
            " telepon atau alamat e-mail yang sama.",
        )
    else:
        told = [{row["baris"] for row in rows} for *_, rows in disputed]
        yield from _twice(evidence, told)
    for what, subject, rows in disputed[:_MANY]:
        numbers = ", ".join(str(row["no"]) for row in rows)
        people = len({row["responden"] for row in rows})
        other = _OF["email" if what == "telepon" else "telepon"]
        yield Hit(
            subject,
            evidence.place("survei_nps", rows),
            f"nomor {numbers}",
            f"{people} responden",
            f"{len(rows)} jawaban (nomor {numbers}) memakai {_OF[what]} yang sama, tetapi"
            f" {other}nya berbeda; {_OF[what]} itu tidak mengenali seorang pun, dan jawaban"
            f" tersebut dihitung sebagai {people} responden.",
        )


def _twice(evidence: Evidence, told: list[set[int]]) -> Iterator[Hit]:
    """Find respondents who answer more than once, but for those whose rows were `told`."""
    groups: dict[int, list[Row]] = {}
    for row in evidence.repeated("survei_nps", "responden"):
        groups.setdefault(int(row["responden"]), []).append(row)
    for number, rows in sorted(groups.items()):
        if any({row["baris"] for row in rows} <= one for one in told):
            continue
        numbers = ", ".join(str(row["no"]) for row in rows)
        same = [word for column, word in _OF.items() if _repeats(rows, f"{column}_sama")]
        names = {row.get("nama_sama") for row in rows}
        other = ", tetapi namanya berbeda" if len(names) > 1 else ""
        yield Hit(
            f"survei_nps/responden/{number}",
            evidence.place("survei_nps", rows),
            f"nomor {numbers}",
            "satu responden",
            f"{len(rows)} jawaban (nomor {numbers}) memakai {' dan '.join(same)} yang"
            f" sama{other}; responden terhitung lebih dari sekali.",
        )


def _disputed(evidence: Evidence) -> Iterator[tuple[str, str, list[Row]]]:
    """Give the contacts that stand beside different other contacts, with their rows."""
    for kind, other in (("telepon", "email"), ("email", "telepon")):
        if evidence.repeats("survei_nps", f"{kind}_sama")[1] > _MANY:
            continue
        groups: dict[int, list[Row]] = {}
        for row in evidence.repeated("survei_nps", f"{kind}_sama"):
            if row.get(f"{kind}_keadaan") == "bertentangan":
                groups.setdefault(int(row[f"{kind}_sama"]), []).append(row)
        for rows in groups.values():
            if len({row.get(f"{other}_sama") for row in rows} - {None}) > 1:
                yield kind, f"survei_nps/{kind}/{rows[0]['no']}", rows


@rule("nama-ulang", "nama responden survei dengan nomor dan alamatnya", "minor")
def repeated_names(evidence: Evidence) -> Iterator[Hit]:
    """Find one name under several phones and addresses; the name itself is never shown."""
    groups: dict[int, list[Row]] = {}
    if evidence.repeats("survei_nps", "nama_sama")[1] > _MANY:
        return
    for row in evidence.repeated("survei_nps", "nama_sama"):
        groups.setdefault(int(row["nama_sama"]), []).append(row)
    for rows in groups.values():
        if len({row.get("responden") for row in rows}) > 1:
            numbers = ", ".join(str(row["no"]) for row in rows)
            shared = any(_repeats(rows, f"{one}_sama") for one in ("telepon", "email"))
            both = "atau" if shared else "dan"
            yield Hit(
                f"survei_nps/nama/{rows[0]['no']}",
                evidence.place("survei_nps", rows),
                f"nomor {numbers}",
                "satu nama, beberapa nomor atau alamat",
                f"Jawaban nomor {numbers} bernama sama tetapi nomor telepon {both} alamat"
                " e-mailnya berbeda; mungkin responden yang sama.",
            )


def _repeats(rows: list[Row], column: str) -> bool:
    counted = Counter(row[column] for row in rows if row.get(column) is not None)
    return any(times > 1 for times in counted.values())


def _code(evidence: Evidence, function: str) -> str:
    return next(
        (code for code in evidence.codes if evidence.indicator(code).hitung == function),
        function.replace("_", "-"),
    )


RULES = rules_of(globals())
