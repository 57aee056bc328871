"""Rules about sums of targets: of an output group, and of what has no target of its own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pp39.findings.evidence import QUARTER_COLUMNS, Evidence, Row, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.numbers import exact, format_rupiah

# Source: column of the target, and what the source is called.
_KINDS = {
    "dipa_ro": ("target", "DIPA"),
    "progres_ro": ("tvro", "TVRO"),
    "target_smart": ("target", "SMART"),
}


@rule("target-kro", "target KRO dengan jumlah target RO-nya menurut tiap sumber", "minor")
def groups(evidence: Evidence) -> Iterator[Hit]:
    """Find the target of a KRO that is the sum of its outputs in one source and not in another.

    A KRO with one output says nothing that the output's own targets do not say, and where a source
    lacks an output its sum cannot be compared.
    """
    targets = {source: _targets(evidence, source, column) for source, (column, _) in _KINDS.items()}
    for match, stated in evidence.subjects(r"anggaran/kro/([^/]+)/target"):
        goal = next((one.printed.value for one in stated if one.printed is not None), None)
        own = {
            source: {code: row for code, row in rows.items() if _group(code) == match[1]}
            for source, rows in targets.items()
        }
        outputs = {code for rows in own.values() for code in rows}
        sums = {
            source: sum((exact(row[_KINDS[source][0]]) for row in rows.values()), Fraction(0))
            for source, rows in own.items()
            if set(rows) == outputs
        }
        off = {source: value for source, value in sums.items() if value != goal}
        if goal is None or len(outputs) < 2 or not off or len(off) == len(sums):
            continue
        told = [f"{digits(value)} ({_KINDS[source][1]})" for source, value in off.items()]
        right = ", ".join(_KINDS[source][1] for source in sums if source not in off)
        yield Hit(
            stated[0].subjek,
            "; ".join([places(stated), *(evidence.place(s, own[s].values()) for s in off)]),
            stated[0].nilai,
            "; ".join(told),
            f"Target KRO {match[1]} dinyatakan {stated[0].nilai}, sama dengan jumlah target"
            f" {len(outputs)} RO-nya menurut {right}, tetapi menurut sumber lain berjumlah"
            f" {' dan '.join(told)}.",
        )


@rule("tanpa-target", "bagian yang ikut dijumlahkan dengan target yang dijumlahkan", "minor")
def without_target(evidence: Evidence) -> Iterator[Hit]:
    """Find parts without a target in a realised total; one finding per source."""
    yield from _revenue(evidence)
    yield from _results(evidence)


def _revenue(evidence: Evidence) -> Iterator[Hit]:
    services = evidence.settings.params.unit.layanan
    rows = [row for row in evidence.rows("pnbp") if row.get("realisasi") is not None]
    goals = {str(row["layanan"]) for row in rows if row.get("target") is not None}
    shared = {slug for slug, one in services.items() if one.induk in goals}
    alone = [row for row in rows if row["layanan"] not in goals | shared and row["realisasi"]]
    planned = sum((exact(row["target"]) for row in rows if row.get("target")), Fraction(0))
    if not alone or not planned:
        return
    whole = sum((exact(row["realisasi"]) for row in rows), Fraction(0))
    extra = sum((exact(row["realisasi"]) for row in alone), Fraction(0))
    told = ", ".join(f"{_name(evidence, r)} {format_rupiah(exact(r['realisasi']))}" for r in alone)
    with_all = f"{digits(whole / planned * 100, least=2)}%"
    without = f"{digits((whole - extra) / planned * 100, least=2)}%"
    yield Hit(
        "pnbp/tanpa-target",
        evidence.place("pnbp", alone),
        f"{with_all} dengan {told}",
        f"{without} tanpa yang tidak bertarget",
        f"Jumlah PNBP {format_rupiah(whole)} memuat {told}, yang tidak mempunyai target."
        f" Terhadap jumlah target {format_rupiah(planned)}, realisasi seluruhnya {with_all},"
        f" sedangkan realisasi yang bertarget saja {without}.",
    )


def _results(evidence: Evidence) -> Iterator[Hit]:
    names = QUARTER_COLUMNS[: evidence.quarter.number]
    chosen = evidence.chosen.hasil_layanan.layanan
    rows = [
        row
        for row in evidence.all_rows("hasil_layanan")
        if chosen is None or row["layanan"] in chosen
    ]
    alone = [
        row for row in rows if row.get("target") is None and any(row.get(name) for name in names)
    ]
    if not alone or len(alone) == len(rows):
        return
    parts, sums = [], []
    for name in names:
        here = [row for row in alone if row.get(name)]
        if not here:
            continue
        whole = sum((exact(row[name]) for row in rows if row.get(name)), Fraction(0))
        extra = sum((exact(row[name]) for row in here), Fraction(0))
        when = f"TW {name[3:].upper()}"
        told = ", ".join(f"{_name(evidence, row)} {digits(exact(row[name]))}" for row in here)
        parts.append(f"{told} ({when})")
        sums.append(f"{when}: {digits(whole)}, tanpa itu {digits(whole - extra)}")
    yield Hit(
        "hasil_layanan/tanpa-target",
        evidence.place("hasil_layanan", alone),
        "; ".join(parts),
        "; ".join(sums),
        f"Hasil {'; '.join(parts)} ikut dijumlahkan dengan hasil layanan lain, padahal layanan"
        f" itu tidak mempunyai target (jumlah {'; '.join(sums)}).",
    )


def _targets(evidence: Evidence, source: str, column: str) -> dict[str, Row]:
    """Give the first row with a target of each output."""
    found: dict[str, Row] = {}
    for row in evidence.all_rows(source):
        if row.get("kode_ro") is not None and row.get(column) is not None:
            found.setdefault(str(row["kode_ro"]), row)
    return found


def _group(code: str) -> str:
    return code.rpartition(".")[0]


def _name(evidence: Evidence, row: Row) -> str:
    """Name the service of a row as the report prints it."""
    slug = str(row["layanan"])
    known = evidence.settings.params.unit.layanan.get(slug)
    return known.nama if known is not None else slug


RULES = rules_of(globals())
