"""Months of outputs: what was reached and what was planned, side by side and among themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, named
from pp39.findings.shapes.rows import Baris, by, told
from pp39.findings.wording import NOTHING
from pp39.numbers import exact, round_half_up
from pp39.periods import MONTHS
from pp39.profile.base import Bagian, Bulat, Teks

__all__ = [
    "BulanBerulang",
    "DeretKembar",
    "RencanaTanpaKemajuan",
    "SamaDenganKemajuan",
    "SamaDenganRencana",
    "TertinggalRencana",
]

# Percent; plans are filled up with hundredths where nothing is due, and that is no progress.
_SLIGHT = 1


class Pantauan(Bagian):
    """Rows that tell of each output, by month, how much of the work and of the volume is done."""

    sumber: Teks
    kunci: Teks
    bulan: Teks
    kemajuan: Teks
    volume: Teks
    target: Teks

    def months(self, evidence: Evidence) -> dict[str, dict[int, Row]]:
        """Give the rows with progress of each output up to the quarter's end."""
        last = evidence.quarter.last_month
        found = {
            code: {
                m: row
                for m, row in rows.items()
                if m <= last and row.get(self.kemajuan) is not None
            }
            for code, rows in _by_month(evidence, self.sumber, self.kunci, self.bulan).items()
        }
        return {code: rows for code, rows in found.items() if rows}

    def done(self, row: Row) -> Fraction:
        """Give the percentage of the work that is done."""
        return exact(row[self.kemajuan])


class Rencana(Bagian):
    """Rows that tell of each output what is to be added in each month."""

    sumber: Teks
    kunci: Teks
    bulan: Teks
    kemajuan: Teks
    volume: Teks
    target: Teks
    satuan: Teks

    def months(self, evidence: Evidence) -> dict[str, dict[int, Row]]:
        """Give the rows of each output."""
        return _by_month(evidence, self.sumber, self.kunci, self.bulan)

    def upto(self, evidence: Evidence) -> dict[str, dict[int, tuple[Fraction | None, ...]]]:
        """Give the cumulative plan of each output: progress and volume; None after a gap."""
        found: dict[str, dict[int, tuple[Fraction | None, ...]]] = {}
        for code, rows in self.months(evidence).items():
            sums: list[Fraction | None] = [Fraction(0), Fraction(0)]
            for month in range(1, 13):
                row: Row = rows.get(month, {})
                for index, name in enumerate((self.kemajuan, self.volume)):
                    value, so_far = row.get(name), sums[index]
                    lacking = value is None or so_far is None
                    sums[index] = None if lacking else so_far + exact(value)  # type: ignore[operator]
                found.setdefault(code, {})[month] = tuple(sums)
        return found


class TertinggalRencana(Telling):
    """An output whose last progress or volume is below its plan; one finding per output."""

    gives: ClassVar = (
        *("kunci", "bulan", "tercapai", "rencana", "pasangan", "kurang_setahun", "target_setahun"),
        *("target", "target_rencana", "program", "bantahan", "kelompok", "besaran"),
    )
    bentuk: Literal["tertinggal-rencana"]
    pantauan: Pantauan
    rencana: Rencana
    kelompok: Teks
    bantahan: Kalimat
    ledger: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        plans, monthly = self.rencana.upto(evidence), self.rencana.months(evidence)
        for code, rows in self.pantauan.months(evidence).items():
            month, row = max(rows.items())
            if month not in plans.get(code, {}):
                continue
            behind = list(self._behind(row, plans[code][month]))
            if not behind:
                continue
            smart = list(monthly[code].values())
            group = next((r[self.kelompok] for r in smart if r.get(self.kelompok)), None)
            subject = named(self.bantahan, evidence, {"kelompok": group})
            denied = [s for s in evidence.stated(subject) if NOTHING.fullmatch(s.nilai)]
            yield self.hit(
                evidence,
                (
                    evidence.place(self.pantauan.sumber, [row]),
                    evidence.place(self.rencana.sumber, smart),
                    places(denied),
                ),
                named(self.ledger, evidence, {"kunci": code, "besaran": behind[0][0]}),
                kunci=code,
                bulan=MONTHS[month - 1],
                tercapai="; ".join(f"{what} {got}" for what, got, _ in behind),
                rencana="; ".join(f"{what} {due}" for what, _, due in behind),
                pasangan="; ".join(f"{what} {got}, rencana {due}" for what, got, due in behind),
                said=self._year(evidence, row) | self._two_goals(row, smart[0]),
                program=group,
                bantahan=denied[0].nilai if denied else "",
            )

    def _behind(
        self, row: Row, planned: Sequence[Fraction | None]
    ) -> Iterator[tuple[str, str, str]]:
        for what, name, plan, slack, unit in (
            ("progres", self.pantauan.kemajuan, planned[0], _SLIGHT, "%"),
            ("volume", self.pantauan.volume, planned[1], 0, ""),
        ):
            if row.get(name) is None or plan is None:
                continue
            value = exact(row[name])
            if value < plan and plan - value >= slack:
                yield what, told(value, unit), told(plan, unit)

    def _year(self, evidence: Evidence, row: Row) -> dict[str, str]:
        """Say, at the year's end, how far the volume is from the year's target."""
        volume, goal = row.get(self.pantauan.volume), row.get(self.pantauan.target)
        late = evidence.quarter.number == 4 and volume is not None and goal is not None
        if not late or exact(volume) >= exact(goal):
            return {"kurang_setahun": "", "target_setahun": ""}
        return {"kurang_setahun": digits(exact(volume)), "target_setahun": digits(exact(goal))}

    def _two_goals(self, row: Row, smart: Row) -> dict[str, str]:
        """Say that realisation and plan go by different targets, where they do."""
        ours, theirs = row.get(self.pantauan.target), smart.get(self.rencana.target)
        if ours is None or theirs is None or exact(ours) == exact(theirs):
            return {"target": "", "target_rencana": ""}
        return {"target": digits(exact(ours)), "target_rencana": digits(exact(theirs))}


class BulanBerulang(Telling):
    """A last month that repeats the month before in all outputs, not all of them finished."""

    gives: ClassVar = ("kunci", "bulan", "bulan_lalu", "banyak", "kemajuan", "volume")
    bentuk: Literal["bulan-berulang"]
    pantauan: Pantauan

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        done = self.pantauan.months(evidence)
        months = sorted({month for rows in done.values() for month in rows})
        if len(done) < 2 or len(months) < 2 or months[-1] != months[-2] + 1:
            return
        before, last = months[-2:]
        pairs = {
            code: (rows[before], rows[last])
            for code, rows in done.items()
            if before in rows and last in rows
        }
        columns = (self.pantauan.volume, self.pantauan.kemajuan)
        same = all(a.get(name) == b.get(name) for a, b in pairs.values() for name in columns)
        moving = [c for c, (_, row) in pairs.items() if 0 < self.pantauan.done(row) < 100]
        if len(pairs) < len(done) or not same or not moving:
            return
        row = pairs[moving[0]][1]
        volume = row.get(self.pantauan.volume)
        yield self.hit(
            evidence,
            evidence.place(self.pantauan.sumber, [row for _, row in pairs.values()]),
            kunci=moving[0],
            bulan=MONTHS[last - 1],
            bulan_lalu=MONTHS[before - 1],
            banyak=len(pairs),
            kemajuan=told(self.pantauan.done(row), "%"),
            volume="" if volume is None else digits(exact(volume)),
        )


class DeretKembar(Telling):
    """Different outputs with the same broken figures for three months or longer."""

    gives: ClassVar = ("kunci", "semua", "semua_dan", "nilai", "masa", "masa_rencana")
    bentuk: Literal["deret-kembar"]
    pantauan: Pantauan
    rencana: Rencana

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        done, plans = self.pantauan.months(evidence), self.rencana.upto(evidence)
        for codes, run in self._twins(done):
            if _broken(run) < 2:
                continue
            planned = [
                month
                for month, value in run
                if all(plans.get(code, {}).get(month, (None,))[0] == value for code in codes)
            ]
            yield self.hit(
                evidence,
                evidence.place(self.pantauan.sumber, [done[code][run[-1][0]] for code in codes]),
                kunci=codes[0],
                semua=", ".join(codes),
                semua_dan=_and(codes),
                nilai="; ".join(told(value, "%") for _, value in run),
                masa=span([month for month, _ in run]),
                masa_rencana=span(planned) if planned else "",
            )

    def _twins(
        self, done: Mapping[str, Mapping[int, Row]]
    ) -> Iterator[tuple[tuple[str, ...], list[tuple[int, Fraction]]]]:
        """Give outputs with the same progress in three consecutive months or more."""
        windows: dict[tuple[tuple[int, Fraction], ...], list[str]] = {}
        for code, rows in done.items():
            points = [(month, self.pantauan.done(row)) for month, row in sorted(rows.items())]
            for run in _runs(points):
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


class SamaDenganRencana(Telling):
    """Several outputs whose progress is the plan, to the hundredth, month after month.

    Fewer than ``sedikitnya`` may be on plan by chance.
    """

    gives: ClassVar = ("kunci", "banyak", "semua", "nilai", "rincian")
    bentuk: Literal["sama-dengan-rencana"]
    pantauan: Pantauan
    rencana: Rencana
    sedikitnya: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        done, plans = self.pantauan.months(evidence), self.rencana.upto(evidence)
        copied: dict[str, list[tuple[int, Fraction]]] = {}
        for code, rows in done.items():
            points = [(month, self.pantauan.done(row)) for month, row in sorted(rows.items())]
            equal = [(m, v) for m, v in points if v == plans.get(code, {}).get(m, (None,))[0]]
            longest = max(_runs(equal), key=_broken, default=[])
            if _broken(longest) > 1:
                copied[code] = longest
        if len(copied) < self.sedikitnya:
            return
        first, run = next(iter(copied.items()))
        spans: dict[str, list[str]] = {}
        for code, months in copied.items():
            spans.setdefault(span([month for month, _ in months]), []).append(code)
        plan_rows = [row for code in copied for row in self.rencana.months(evidence)[code].values()]
        rows_of = [done[code][months[-1][0]] for code, months in copied.items()]
        yield self.hit(
            evidence,
            (
                evidence.place(self.pantauan.sumber, rows_of),
                evidence.place(self.rencana.sumber, plan_rows),
            ),
            kunci=first,
            banyak=len(copied),
            semua=len(done),
            nilai=_and([f"{told(value, '%')} ({MONTHS[month - 1]})" for month, value in run]),
            rincian="; ".join(f"{when}: {', '.join(codes)}" for when, codes in spans.items()),
        )


class RencanaTanpaKemajuan(Telling):
    """A volume planned in several months without any progress planned for them."""

    gives: ClassVar = ("kunci", "masa", "volume", "kemajuan")
    bentuk: Literal["rencana-tanpa-kemajuan"]
    rencana: Rencana

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        of = self.rencana
        for code, rows in of.months(evidence).items():
            planned = {
                month: (exact(row[of.kemajuan]), exact(row[of.volume]))
                for month, row in rows.items()
                if row.get(of.kemajuan) is not None and row.get(of.volume) is not None
            }
            due = [(m, v) for m, (p, v) in sorted(planned.items()) if v > 0 and p < _SLIGHT]
            for run in _consecutive(due):
                progress = sum((planned[month][0] for month, _ in run), Fraction(0))
                volume = sum((value for _, value in run), Fraction(0))
                if len(run) < 2 or progress >= _SLIGHT:
                    continue
                unit = str(rows[run[0][0]].get(of.satuan) or "").strip()
                yield self.hit(
                    evidence,
                    evidence.place(of.sumber, rows.values()),
                    kunci=code,
                    masa=span([month for month, _ in run]),
                    volume=f"{digits(volume)} {unit}".strip(),
                    kemajuan=told(progress, "%"),
                )


class SamaDenganKemajuan(Telling):
    """A share of money that equals, to the hundredth, a monthly progress of the same group."""

    gives: ClassVar = ("kunci", "nilai", "keluaran", "bulan")
    bentuk: Literal["sama-dengan-kemajuan"]
    pernyataan: Kalimat
    baris: Baris
    kunci: Teks
    kolom: Teks
    pantauan: Pantauan

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        absorbed: dict[tuple[str, Fraction], list[str]] = {}
        for match, group in evidence.subjects(self.pernyataan):
            for one in group:
                if one.printed is not None:
                    absorbed.setdefault((match[1], one.printed.value), []).append(one.letak)
        for row in self.baris.rows(evidence):
            if row.get(self.kolom) is not None:
                key = str(row[self.kunci]), exact(row[self.kolom])
                absorbed.setdefault(key, []).append(self.baris.place(evidence, [row]))
        done = self.pantauan.months(evidence)
        for (code, value), where in absorbed.items():
            # Two decimals that tell: 80,58 and not 80,50.
            if (value * 10).denominator == 1:
                continue
            for output, rows in done.items():
                same = [
                    (month, row)
                    for month, row in sorted(rows.items())
                    if str(row.get(self.kunci)) == code and self.pantauan.done(row) == value
                ]
                if same:
                    month, row = same[0]
                    yield self.hit(
                        evidence,
                        (*where, evidence.place(self.pantauan.sumber, [row])),
                        kunci=code,
                        nilai=told(value, "%"),
                        keluaran=output,
                        bulan=MONTHS[month - 1],
                    )


def span(months: Sequence[int]) -> str:
    """Name consecutive months.

    Examples
    --------
    >>> span([7, 8, 9]), span([7]), span([7, 9])
    ('Juli–September', 'Juli', 'Juli, September')
    """
    names = [MONTHS[month - 1] for month in months]
    if len(months) > 1 and list(months) == list(range(months[0], months[-1] + 1)):
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def _by_month(evidence: Evidence, source: str, key: str, month: str) -> dict[str, dict[int, Row]]:
    """Give the rows of each output by month; the first where a month occurs twice."""
    found: dict[str, dict[int, Row]] = {}
    for code, rows in by(evidence.all_rows(source), key).items():
        for row in rows:
            if row.get(month) is not None:
                found.setdefault(code, {}).setdefault(int(row[month]), row)
    return found


def _runs(points: Sequence[tuple[int, Fraction]]) -> list[list[tuple[int, Fraction]]]:
    """Give runs of consecutive months, without figures so small that they fill a gap."""
    return _consecutive([point for point in points if point[1] >= _SLIGHT])


def _consecutive(points: Sequence[tuple[int, Fraction]]) -> list[list[tuple[int, Fraction]]]:
    found: list[list[tuple[int, Fraction]]] = []
    for point in points:
        if found and point[0] == found[-1][-1][0] + 1:
            found[-1].append(point)
        else:
            found.append([point])
    return found


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


def _and(names: Sequence[str]) -> str:
    return " dan ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
