"""Rules about the monthly monitoring of outputs (RO): progress, volume, plan, absorption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.monthly import (
    SLIGHT,
    by_month,
    consecutive,
    plan_of,
    progress_of,
    runs,
    span,
    volume_share,
)
from pp39.findings.printed import digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.statement import Statement
from pp39.findings.wording import NOTHING
from pp39.numbers import exact, round_half_up
from pp39.periods import MONTHS

# Progress and volume need not move together month by month; this far apart they tell two stories.
_FAR = 50
# Two outputs may be on plan to the hundredth by chance.
_SEVERAL = 3
_COLUMNS = ("rvro", "progres")


@rule("ro-tertinggal", "realisasi kumulatif RO dengan rencana kumulatifnya di SMART", "minor")
def behind_plan(evidence: Evidence) -> Iterator[Hit]:
    """Find an output whose last progress or volume is below its plan; one finding per output."""
    plans, monthly = plan_of(evidence), by_month(evidence, "target_smart")
    for code, rows in progress_of(evidence).items():
        month, row = max(rows.items())
        planned = plans.get(code, {}).get(month)
        if planned is None:
            continue
        reached, due = [], []
        for what, value, plan, slack, sign in (
            ("progres", row.get("progres"), planned[0], SLIGHT, "%"),
            ("volume", row.get("rvro"), planned[1], 0, ""),
        ):
            if value is None or plan is None or exact(value) >= plan or plan - exact(value) < slack:
                continue
            least = 2 if sign else 0
            reached.append(f"{what} {digits(exact(value), least=least)}{sign}")
            due.append(f"{what} {digits(plan, least=least)}{sign}")
        if not reached:
            continue
        pairs = [
            f"{got}, rencana {plan.partition(' ')[2]}"
            for got, plan in zip(reached, due, strict=True)
        ]
        smart = list(monthly[code].values())
        program = next((r["kode_program"] for r in smart if r.get("kode_program")), None)
        denied = [s for s in evidence.stated(f"program/{program}/kendala") if _none(s)]
        notes = [_year(evidence, row), _two_goals(row, smart[0])]
        if denied:
            notes.append(f"Program {program} menyatakan “{denied[0].nilai}”.")
        ledger_id = f"ro/{code}/selisih-{reached[0].split()[0]}"
        yield Hit(
            f"ro/{code}/rencana",
            "; ".join(
                filter(
                    None,
                    [
                        evidence.place("progres_ro", [row]),
                        evidence.place("target_smart", smart),
                        places(denied),
                    ],
                )
            ),
            f"{MONTHS[month - 1]}: {'; '.join(reached)}",
            f"rencana {MONTHS[month - 1]}: {'; '.join(due)}",
            " ".join(
                filter(
                    None,
                    [
                        f"RO {code} tertinggal dari rencana kumulatif SMART pada"
                        f" {MONTHS[month - 1]}: {'; '.join(pairs)}.",
                        *notes,
                    ],
                )
            ),
            ledger_id if ledger_id in evidence.ledger else "",
        )


@rule("bulan-berulang", "bulan terakhir pemantauan RO dengan bulan sebelumnya", "minor")
def repeated_month(evidence: Evidence) -> Iterator[Hit]:
    """Find a last month that repeats the month before in all outputs, not all of them finished."""
    done = progress_of(evidence)
    months = sorted({month for rows in done.values() for month in rows})
    if len(done) < 2 or len(months) < 2 or months[-1] != months[-2] + 1:
        return
    before, last = months[-2:]
    pairs = {
        code: (rows[before], rows[last])
        for code, rows in done.items()
        if before in rows and last in rows
    }
    same = all(a.get(name) == b.get(name) for a, b in pairs.values() for name in _COLUMNS)
    moving = [code for code, (_, row) in pairs.items() if 0 < exact(row["progres"]) < 100]
    if len(pairs) < len(done) or not same or not moving:
        return
    row = pairs[moving[0]][1]
    example = f"progres {digits(exact(row['progres']), least=2)}%"
    if row.get("rvro") is not None:
        example = f"volume {digits(exact(row['rvro']))} dan {example}"
    yield Hit(
        "progres_ro/bulan-berulang",
        evidence.place("progres_ro", [row for _, row in pairs.values()]),
        f"{MONTHS[last - 1]}: sama dalam {len(pairs)} RO",
        f"{MONTHS[before - 1]}: {moving[0]} {example}",
        f"Progres dan volume seluruh {len(pairs)} RO pada {MONTHS[last - 1]} sama persis dengan"
        f" {MONTHS[before - 1]}, misalnya RO {moving[0]} tetap pada {example}; data"
        f" {MONTHS[last - 1]} tampaknya belum dimutakhirkan.",
    )


@rule("deret-kembar", "deret progres suatu RO dengan deret progres RO lain", "minor")
def twin_series(evidence: Evidence) -> Iterator[Hit]:
    """Find different outputs with the same broken figures for three months or longer."""
    done = progress_of(evidence)
    plans = plan_of(evidence)
    for codes, run in _twins(done):
        if _broken(run) < 2:
            continue
        values = "; ".join(f"{digits(value, least=2)}%" for _, value in run)
        when = span([month for month, _ in run])
        planned = [
            month
            for month, value in run
            if all(plans.get(code, {}).get(month, (None,))[0] == value for code in codes)
        ]
        as_planned = (
            f" Angka {span(planned)} juga sama dengan rencana kumulatif SMART bulan itu."
            if planned
            else ""
        )
        yield Hit(
            f"ro/{codes[0]}/progres-kembar",
            evidence.place("progres_ro", [done[code][run[-1][0]] for code in codes]),
            f"{', '.join(codes)}: {values}",
            "deret tersendiri tiap RO",
            f"Progres RO {_and(codes)} pada {when} sama persis ({values}), padahal"
            f" keluarannya berbeda; perlu dipastikan apakah progres itu diukur untuk tiap"
            f" RO.{as_planned}",
        )


@rule("progres-rencana", "progres bulanan RO dengan rencana kumulatif bulan yang sama", "minor")
def plan_for_progress(evidence: Evidence) -> Iterator[Hit]:
    """Find several outputs whose progress is the plan, to the hundredth, month after month."""
    done, plans = progress_of(evidence), plan_of(evidence)
    copied: dict[str, list[tuple[int, Fraction]]] = {}
    for code, rows in done.items():
        equal = [
            (month, exact(row["progres"]))
            for month, row in sorted(rows.items())
            if exact(row["progres"]) == plans.get(code, {}).get(month, (None,))[0]
        ]
        longest = max(runs(equal), key=_broken, default=[])
        if _broken(longest) > 1:
            copied[code] = longest
    if len(copied) < _SEVERAL:
        return
    first, run = next(iter(copied.items()))
    values = _and([f"{digits(value, least=2)}% ({MONTHS[month - 1]})" for month, value in run])
    spans: dict[str, list[str]] = {}
    for code, months in copied.items():
        spans.setdefault(span([month for month, _ in months]), []).append(code)
    told = "; ".join(f"{when}: {', '.join(codes)}" for when, codes in spans.items())
    smart = [row for row in evidence.all_rows("target_smart") if row.get("kode_ro") in copied]
    rows_of = [done[code][months[-1][0]] for code, months in copied.items()]
    yield Hit(
        "progres_ro/rencana",
        f"{evidence.place('progres_ro', rows_of)}; {evidence.place('target_smart', smart)}",
        f"{len(copied)} dari {len(done)} RO sama dengan rencana",
        f"rencana {first}: {values}",
        f"Progres {len(copied)} dari {len(done)} RO sama persis dengan rencana kumulatif SMART"
        f" bulan itu ({told}), misalnya RO {first} {values}; perlu dipastikan apakah progres itu"
        " hasil pengukuran.",
    )


@rule("progres-volume", "progres RO dengan volumenya pada bulan yang sama", "minor")
def progress_and_volume(evidence: Evidence) -> Iterator[Hit]:
    """Find progress far from the volume, and a volume planned without any progress."""
    for code, rows in progress_of(evidence).items():
        month, row = max(rows.items())
        share = volume_share(row)
        if share is None or exact(row["tvro"]) <= 1:
            continue
        progress = exact(row["progres"])
        gap = abs(share - progress)
        if gap >= _FAR:
            part = f"{digits(exact(row['rvro']))} dari {digits(exact(row['tvro']))}"
            yield Hit(
                f"ro/{code}/progres-volume",
                evidence.place("progres_ro", [row]),
                f"progres {digits(progress, least=2)}%",
                f"volume {part} ({digits(share, least=2)}%)",
                f"Progres RO {code} pada {MONTHS[month - 1]} {digits(progress, least=2)}%,"
                f" sedangkan volumenya {part} ({digits(share, least=2)}%); keduanya terpaut"
                f" {digits(gap, least=2)} poin.",
            )
    for code, rows in by_month(evidence, "target_smart").items():
        planned = {
            month: (exact(row["tpcro"]), exact(row["trvro"]))
            for month, row in rows.items()
            if row.get("tpcro") is not None and row.get("trvro") is not None
        }
        due = [(m, v) for m, (p, v) in sorted(planned.items()) if v > 0 and p < SLIGHT]
        for run in consecutive(due):
            progress = sum((planned[month][0] for month, _ in run), Fraction(0))
            volume = sum((value for _, value in run), Fraction(0))
            if len(run) < 2 or progress >= SLIGHT:
                continue
            when = span([month for month, _ in run])
            unit = str(rows[run[0][0]].get("satuan") or "").strip()
            told = f"{digits(volume)} {unit}".strip()
            yield Hit(
                f"ro/{code}/rencana-volume",
                evidence.place("target_smart", rows.values()),
                f"rencana volume {when}: {told}",
                f"rencana progres {when}: {digits(progress, least=2)}%",
                f"Rencana SMART RO {code} memuat volume {told} pada {when}, tetapi rencana"
                f" progres bulan-bulan itu hanya {digits(progress, least=2)}%.",
            )


@rule("serapan-sama-fisik", "serapan suatu KRO dengan progres fisik bulanan RO-nya", "minor")
def absorption_from_progress(evidence: Evidence) -> Iterator[Hit]:
    """Find an absorption that equals, to the hundredth, a monthly progress of its output."""
    absorbed: dict[tuple[str, Fraction], list[str]] = {}
    for match, group in evidence.subjects(r"serapan/kro/([^/]+)/persen"):
        for one in group:
            if one.printed is not None:
                absorbed.setdefault((match[1], one.printed.value), []).append(one.letak)
    for row in evidence.rows("realisasi_kro"):
        if row.get("serapan") is not None:
            key = str(row["kode_kro"]), exact(row["serapan"])
            absorbed.setdefault(key, []).append(evidence.place("realisasi_kro", [row]))
    done = progress_of(evidence)
    for (code, value), where in absorbed.items():
        # Two decimals that tell: 80,58 and not 80,50.
        if (value * 10).denominator == 1:
            continue
        for output, rows in done.items():
            same = [
                month
                for month, row in sorted(rows.items())
                if str(row.get("kode_kro")) == code and exact(row["progres"]) == value
            ]
            if same:
                month = MONTHS[same[0] - 1]
                shown = f"{digits(value, least=2)}%"
                yield Hit(
                    f"serapan/kro/{code}/persen",
                    "; ".join([*where, evidence.place("progres_ro", [rows[same[0]]])]),
                    f"serapan {shown}",
                    f"progres RO {output} pada {month} {shown}",
                    f"Serapan KRO {code} dinyatakan {shown}, sama persis dengan progres fisik RO"
                    f" {output} pada {month}; perlu dipastikan apakah angka itu benar serapan"
                    " anggaran.",
                )


def _twins(
    done: Mapping[str, Mapping[int, Row]],
) -> Iterator[tuple[tuple[str, ...], list[tuple[int, Fraction]]]]:
    """Give outputs with the same progress in three consecutive months or more."""
    windows: dict[tuple[tuple[int, Fraction], ...], list[str]] = {}
    for code, rows in done.items():
        points = [(month, exact(row["progres"])) for month, row in sorted(rows.items())]
        for run in runs(points):
            for start in range(len(run) - 2):
                windows.setdefault(tuple(run[start : start + 3]), []).append(code)
    merged: dict[tuple[str, ...], list[list[tuple[int, Fraction]]]] = {}
    for window in sorted(windows):
        codes = tuple(windows[window])
        longer = next((one for one in merged.get(codes, []) if one[-2:] == [*window[:2]]), None)
        if longer is not None:
            longer.append(window[2])
        elif len(codes) > 1:
            merged.setdefault(codes, []).append([*window])
    for codes, series in merged.items():
        for points in series:
            yield codes, points


def _broken(run: Sequence[tuple[int, Fraction]]) -> int:
    """Count the different figures that tell.

    Whole ones agree by chance, and the elapsed share of the year is that of every output which is
    counted by time.
    """
    return len(
        {
            value
            for month, value in run
            if value.denominator != 1 and value != round_half_up(Fraction(100 * month, 12), 2)
        }
    )


def _year(evidence: Evidence, row: Mapping[str, object]) -> str:
    """Say, at the year's end, how far the volume is from the year's target."""
    volume, goal = row.get("rvro"), row.get("tvro")
    if evidence.quarter.number < 4 or volume is None or goal is None:
        return ""
    if exact(volume) >= exact(goal):
        return ""
    return (
        f"Volume terakhir yang tercatat {digits(exact(volume))} dari target setahun"
        f" {digits(exact(goal))}."
    )


def _two_goals(row: Row, smart: Row) -> str:
    """Say that realisation and plan go by different targets, where they do."""
    ours, theirs = row.get("tvro"), smart.get("target")
    if ours is None or theirs is None or exact(ours) == exact(theirs):
        return ""
    return (
        f"Target setahunnya juga berbeda: {digits(exact(ours))} (TVRO) dan"
        f" {digits(exact(theirs))} (SMART)."
    )


def _none(one: Statement) -> bool:
    return NOTHING.fullmatch(one.nilai) is not None


def _and(names: Sequence[str]) -> str:
    return " dan ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


RULES = rules_of(globals())
