"""Rules about outputs (KRO/RO) and money: the same output in every source, revisions that chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.finding import Severity
from pp39.findings.monthly import progress_of, volume_share
from pp39.findings.printed import agreement, digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.statement import Statement
from pp39.numbers import exact, format_rupiah
from pp39.periods import MONTHS

# Money is spent somewhat ahead of the work; more percentage points than this want a word.
_AHEAD = 20
# Units are delivered ahead of the whole work; more percentage points than this are no delivery.
_EARLY = 20
_SOURCES = {"dipa_ro": "DIPA", "target_smart": "SMART", "progres_ro": "pemantauan bulanan RO"}


@rule("ringkasan-ro", "ringkasan RO dengan bulan terakhir deretnya", "material")
def summaries(evidence: Evidence) -> Iterator[Hit]:
    """Find the summary of an output against the last month of its own series."""
    last: dict[str, Row] = {}
    for row in evidence.all_rows("progres_ro"):
        code = str(row["kode_ro"])
        fits = int(row["bulan"]) <= evidence.quarter.last_month
        if fits and (code not in last or row["bulan"] > last[code]["bulan"]):
            last[code] = row
    for column, what in (("rvro", "Realisasi volume"), ("progres", "Progres")):
        for match, group in evidence.subjects(rf"ro/([0-9][^/]+)/{column}"):
            found = last.get(match[1])
            if found is None or found.get(column) is None:
                continue
            value = exact(found[column])
            off = [s for s in group if s.printed and agreement(s.printed, value) != "sama"]
            if off:
                month = MONTHS[int(found["bulan"]) - 1]
                sign = "%" if column == "progres" else ""
                ledger_id = f"ro/{match[1]}/{column}"
                yield Hit(
                    off[0].subjek,
                    f"{places(off)}; {evidence.place('progres_ro', [found])}",
                    off[0].nilai,
                    f"{digits(value, off[0].printed)}{sign}",
                    f"{what} RO {match[1]} pada ringkasan {off[0].nilai}, sedangkan deret"
                    f" bulanan berakhir {digits(value, off[0].printed)}{sign} pada {month}.",
                    ledger_id if ledger_id in evidence.ledger else "",
                )


@rule("rerata-kegiatan", "progres kegiatan dengan progres RO di bawahnya", "minor")
def means(evidence: Evidence) -> Iterator[Hit]:
    """Find the progress of a kegiatan against mean and weighted mean of its outputs."""
    weights = {
        str(row["kode_ro"]): exact(row["pagu"])
        for row in evidence.all_rows("dipa_ro")
        if row.get("pagu") is not None
    }
    for match, group in evidence.subjects(r"ro/kegiatan/([^/]+)/progres"):
        parts = {
            m[1]: one[0].printed.value
            for m, one in evidence.subjects(rf"ro/({re.escape(match[1])}\.[^/]+)/progres")
            if one[0].printed is not None
        }
        if not parts or group[0].printed is None:
            continue
        mean = sum(parts.values(), Fraction(0)) / len(parts)
        whole = sum((weights.get(code, Fraction(0)) for code in parts), Fraction(0))
        weighted = (
            sum((v * weights.get(c, 0) for c, v in parts.items()), Fraction(0)) / whole
            if whole
            else mean
        )
        if "sama" not in (agreement(group[0].printed, mean), agreement(group[0].printed, weighted)):
            yield Hit(
                group[0].subjek,
                places(group),
                group[0].nilai,
                f"{digits(mean, group[0].printed)}% (rata-rata);"
                f" {digits(weighted, group[0].printed)}% (tertimbang pagu)",
                f"Progres kegiatan {match[1]} bukan rata-rata maupun rata-rata tertimbang"
                " progres RO di bawahnya.",
            )


@rule("volume-mendahului", "realisasi volume RO dengan progresnya pada bulan yang sama", "minor")
def volume_before_work(evidence: Evidence) -> Iterator[Hit]:
    """Find units reported done while next to nothing of the work is; one finding per output."""
    worst: dict[str, tuple[Fraction, Fraction, Row]] = {}
    for code, months in progress_of(evidence).items():
        for row in months.values():
            share = volume_share(row)
            if share is None:
                continue
            gap = share - exact(row["progres"])
            if gap > _EARLY and (code not in worst or gap > worst[code][0]):
                worst[code] = gap, share, row
    for code, (_, share, row) in sorted(worst.items()):
        month = MONTHS[int(row["bulan"]) - 1]
        done = f"{digits(exact(row['rvro']))} dari {digits(exact(row['tvro']))}"
        progress = f"{digits(exact(row['progres']), least=2)}%"
        yield Hit(
            f"ro/{code}/volume-mendahului",
            evidence.place("progres_ro", [row]),
            f"{month}: volume {done} ({digits(share, least=2)}%)",
            f"{month}: progres {progress}",
            f"RO {code} pada {month} sudah mencatat volume {done}, padahal progresnya baru"
            f" {progress}.",
        )


@rule("serapan-fisik", "serapan KRO dengan progres fisik RO di bawahnya", "minor")
def money_ahead_of_work(evidence: Evidence) -> Iterator[Hit]:
    """Find KRO whose money is spent far ahead of what is done; one finding per programme."""
    programmes = {
        str(row["kode_kro"]): str(row["kode_program"])
        for row in evidence.all_rows("dipa_ro")
        if row.get("kode_program") is not None
    }
    told: dict[str, list[str]] = {}
    where: dict[str, list[Statement]] = {}
    for match, group in evidence.subjects(r"serapan/kro/([^/]+)/persen"):
        code, spent = match[1], group[0].printed
        done = [
            one[0]
            for _, one in evidence.subjects(rf"ro/{re.escape(code)}\.[^/]+/progres")
            if one[0].printed is not None
        ]
        if spent is None or not done or code not in programmes:
            continue
        values = [one.printed.value for one in done if one.printed is not None]
        mean = sum(values, Fraction(0)) / len(values)
        if spent.value - mean > _AHEAD:
            told.setdefault(programmes[code], []).append(
                f"{code}: serapan {group[0].nilai}, progres fisik rata-rata"
                f" {digits(mean, least=2)}%"
            )
            where.setdefault(programmes[code], []).extend([group[0], *done])
    for program, lines in told.items():
        yield Hit(
            f"serapan/program/{program}/fisik",
            places(where[program]),
            f"{len(lines)} KRO terserap jauh di atas progres fisiknya",
            "; ".join(lines),
            f"Pada program {program} serapan mendahului progres fisik lebih dari"
            f" {digits(Fraction(_AHEAD))} poin persen ({'; '.join(lines)}).",
        )


@rule(
    "smart-jumlah",
    "kenaikan bulanan SMART dengan 100% dan target volumenya",
    "minor",
    mengalah=("jumlah",),
)
def monthly_targets(evidence: Evidence) -> Iterator[Hit]:
    """Find monthly targets that do not add up."""
    by_code: dict[str, list[Row]] = {}
    for row in evidence.all_rows("target_smart"):
        by_code.setdefault(str(row["kode_ro"]), []).append(row)
    for code, rows in sorted(by_code.items()):
        if len(rows) < 12:
            continue
        for column, goal, what in (
            ("tpcro", Fraction(100), "Target progres"),
            (
                "trvro",
                exact(rows[0]["target"]) if rows[0].get("target") is not None else None,
                "Target volume",
            ),
        ):
            value = sum((exact(r[column]) for r in rows if r.get(column) is not None), Fraction(0))
            if goal is None or value == goal:
                continue
            stated = evidence.stated(f"ro/{code}/{column}-kumulatif/12")
            ledger_id = f"ro/{code}/{column}-kumulatif/12"
            yield Hit(
                ledger_id,
                "; ".join(filter(None, [places(stated), evidence.place("target_smart", rows)])),
                stated[0].nilai if stated else digits(goal),
                digits(value),
                f"{what} bulanan RO {code} berjumlah {digits(value)}, sedangkan setahun"
                f" {digits(goal)}.",
                ledger_id if ledger_id in evidence.ledger else "",
            )


@rule(
    "kro-beda-nama",
    "nama KRO pada satu RO dengan nama KRO pada RO lain",
    "minor",
    mengalah=("nama-ganda",),
)
def names_of_kro(evidence: Evidence) -> Iterator[Hit]:
    """Find one KRO code under two names within one source."""
    for source in ("target_smart", "dipa_ro"):
        names: dict[str, dict[str, list[Row]]] = {}
        for row in evidence.all_rows(source):
            code, name = str(row["kode_kro"]), str(row.get("nama_kro") or "")
            names.setdefault(code, {}).setdefault(name, []).append(row)
        for code, found in names.items():
            if len(found) > 1:
                first, *others = sorted(found, key=lambda name: -len(found[name]))
                yield Hit(
                    f"anggaran/kro/{code}/nama",
                    evidence.place(source, found[others[0]]),
                    others[0],
                    first,
                    f"KRO {code} bernama “{others[0]}” pada satu RO dan “{first}” pada RO lainnya.",
                )


RULES = rules_of(globals())
