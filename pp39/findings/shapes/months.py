"""Series by month that were copied: from another series, or from the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.shapes.rows import by, told
from pp39.findings.wording import span
from pp39.formula.template import enumeration
from pp39.indicators.ro import TINY_STEP
from pp39.ledger import Quantity, counted, total
from pp39.numbers import exact, round_half_up
from pp39.periods import MONTHS
from pp39.profile.base import Bagian, Bulat, Teks
from pp39.sources.table import Record as Row

# Percent; plans are filled up with hundredths where nothing is due, and that is no progress.
_SLIGHT = 1
_STEPS = 3
Run = list[tuple[int, Fraction]]


class Bulanan(Bagian):
    """Rows that tell of each thing, by month, how much of the work is done or to be added."""

    sumber: Teks
    kunci: Teks
    bulan: Teks
    kemajuan: Teks

    def months(self, evidence: Evidence) -> dict[str, dict[int, Row]]:
        """Give the rows of each thing by month; the first where a month occurs twice."""
        found: dict[str, dict[int, Row]] = {}
        for code, rows in by(evidence.all_rows(self.sumber), self.kunci).items():
            for row in rows:
                if row.get(self.bulan) is not None and row.get(self.kemajuan) is not None:
                    found.setdefault(code, {}).setdefault(int(row[self.bulan]), row)
        return found

    def done(self, evidence: Evidence) -> dict[str, dict[int, Row]]:
        """Give the same up to the quarter's end."""
        last = evidence.quarter.last_month
        upto = {
            code: {month: row for month, row in sorted(rows.items()) if month <= last}
            for code, rows in self.months(evidence).items()
        }
        return {code: rows for code, rows in upto.items() if rows}

    def points(self, rows: Mapping[int, Row]) -> Run:
        """Give the numbers by month."""
        return [(month, exact(row[self.kemajuan])) for month, row in rows.items()]

    def number(self, evidence: Evidence, row: Row) -> Quantity:
        """Give the number of a row with where it stands."""
        return evidence.cell(self.sumber, row, self.kemajuan, "%")

    def place(self, evidence: Evidence, rows: Sequence[Row]) -> str:
        """Say where rows stand."""
        return evidence.place(self.sumber, rows)


class Rencana(Bulanan):
    """Rows that tell what is to be added in each month."""

    def upto(self, evidence: Evidence) -> dict[str, dict[int, Quantity]]:
        """Give the cumulative plan of each thing, up to a gap."""
        found: dict[str, dict[int, Quantity]] = {}
        for code, rows in self.months(evidence).items():
            parts: list[Quantity] = []
            for month in range(1, 13):
                if month not in rows:
                    break
                parts.append(self.number(evidence, rows[month]))
                label = f"Rencana kumulatif {code} sampai {MONTHS[month - 1]}"
                found.setdefault(code, {})[month] = total(parts, label, "%")
        return found


class TwinSeries(Telling):
    """Different things with the same broken figures for three months or longer."""

    gives: ClassVar = ("kunci", "semua", "semua_dan", "nilai", "masa", "masa_rencana")
    bentuk: Literal["deret-kembar"]
    pantauan: Bulanan
    rencana: Rencana

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        done, plans = self.pantauan.done(evidence), self.rencana.upto(evidence)
        for codes, run in self._twins(done):
            if _broken(run) < 2:
                continue
            planned = [
                month
                for month, value in run
                if all(_same(plans.get(code, {}).get(month), value) for code in codes)
            ]
            last = [done[code][run[-1][0]] for code in codes]
            yield self.hit(
                evidence,
                self.pantauan.place(evidence, last),
                self.pantauan.number(evidence, last[0]),
                kunci=codes[0],
                semua=", ".join(codes),
                semua_dan=enumeration(codes),
                nilai="; ".join(told(value, "%") for _, value in run),
                masa=span([month for month, _ in run]),
                masa_rencana=span(planned),
                numbers=[self.pantauan.number(evidence, done[codes[0]][month]) for month, _ in run],
            )

    def _twins(
        self, done: Mapping[str, Mapping[int, Row]]
    ) -> Iterator[tuple[tuple[str, ...], Run]]:
        """Give things with the same progress in three consecutive months or more."""
        windows: dict[tuple[tuple[int, Fraction], ...], list[str]] = {}
        for code, rows in done.items():
            for run in _runs(self.pantauan.points(rows)):
                for start in range(len(run) - 2):
                    windows.setdefault(tuple(run[start : start + 3]), []).append(code)
        merged: dict[tuple[str, ...], list[Run]] = {}
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


class CopiedPlan(Telling):
    """Several things whose progress is the plan, to the hundredth, month after month.

    Fewer than ``sedikitnya`` may be on plan by chance.
    """

    gives: ClassVar = ("kunci", "banyak", "semua", "nilai", "rincian")
    bentuk: Literal["sama-dengan-rencana"]
    pantauan: Bulanan
    rencana: Rencana
    sedikitnya: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        done, plans = self.pantauan.done(evidence), self.rencana.upto(evidence)
        copied: dict[str, Run] = {}
        for code, rows in done.items():
            plan = plans.get(code, {})
            equal = [(m, v) for m, v in self.pantauan.points(rows) if _same(plan.get(m), v)]
            longest = max(_runs(equal), key=_broken, default=[])
            if _broken(longest) > 1:
                copied[code] = longest
        if len(copied) < self.sedikitnya:
            return
        first, run = next(iter(copied.items()))
        spans: dict[str, list[str]] = {}
        for code, months in copied.items():
            spans.setdefault(span([month for month, _ in months]), []).append(code)
        planned = self.rencana.months(evidence)
        last = [done[code][months[-1][0]] for code, months in copied.items()]
        yield self.hit(
            evidence,
            (
                self.pantauan.place(evidence, last),
                self.rencana.place(evidence, [r for c in copied for r in planned[c].values()]),
            ),
            plans[first][run[-1][0]],
            kunci=first,
            banyak=counted(
                (plans[code][months[-1][0]] for code, months in copied.items()), "Sama", ""
            ),
            semua=counted(
                (self.pantauan.number(evidence, rows[max(rows)]) for rows in done.values()),
                "Dipantau",
                "",
            ),
            numbers=[plans[first][month] for month, _ in run],
            nilai=enumeration(
                [f"{told(value, '%')} ({MONTHS[month - 1]})" for month, value in run]
            ),
            rincian="; ".join(f"{when}: {', '.join(codes)}" for when, codes in spans.items()),
        )


class EvenSteps(Telling):
    """Several things that move by the same tiny step month after month: they are filled in.

    Fewer than ``sedikitnya`` of them, or than three steps each, may be chance.
    """

    gives: ClassVar = ("banyak", "semua", "kunci", "nilai", "masa", "daftar")
    bentuk: Literal["langkah-tetap"]
    pantauan: Bulanan
    sedikitnya: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        done = self.pantauan.done(evidence)
        even = {code: run for code, rows in done.items() if (run := self._run(rows))}
        if len(even) < self.sedikitnya:
            return
        code, run = max(even.items(), key=lambda one: len(one[1]))
        last = {one: done[one][months[-1][0]] for one, months in even.items()}
        numbers = {one: self.pantauan.number(evidence, row) for one, row in last.items()}
        everyone = (self.pantauan.number(evidence, rows[max(rows)]) for rows in done.values())
        yield self.hit(
            evidence,
            self.pantauan.place(evidence, list(last.values())),
            banyak=counted(numbers.values(), "Bergerak tetap", ""),
            semua=counted(everyone, "Dipantau", ""),
            kunci=code,
            nilai="; ".join(told(value, "%") for _, value in run),
            masa=span([month for month, _ in run]),
            daftar=", ".join(even),
            numbers=[self.pantauan.number(evidence, done[code][month]) for month, _ in run],
        )

    def _run(self, rows: Mapping[int, Row]) -> Run:
        """Give the longest run of months of which each adds the same tiny step, if of three."""
        longest: Run = []
        run: Run = []
        for point in self.pantauan.points(rows):
            step = point[1] - run[-1][1] if run else None
            follows = step is not None and point[0] == run[-1][0] + 1 and 0 < step < TINY_STEP
            if follows and (len(run) < 2 or step == run[-1][1] - run[-2][1]):
                run = [*run, point]
            else:
                run = [run[-1], point] if follows else [point]
            longest = max(longest, run, key=len)
        return longest if len(longest) > _STEPS else []


def _same(planned: Quantity | None, value: Fraction) -> bool:
    return planned is not None and planned.value == value


def _runs(points: Run) -> list[Run]:
    """Give runs of consecutive months, without figures so small that they fill a gap."""
    found: list[Run] = []
    for point in (one for one in points if one[1] >= _SLIGHT):
        if found and point[0] == found[-1][-1][0] + 1:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _broken(run: Run) -> int:
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
