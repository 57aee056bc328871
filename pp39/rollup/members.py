"""The units of a rollup: those that stand in the project, and what became of their reports."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from pp39.batch.plans import chosen
from pp39.errors import MissingInput, ParameterError, UnreadableInput, nearest
from pp39.indicators.flat import FlatTable
from pp39.indicators.result import SUMMARY
from pp39.periods import Period
from pp39.rollup.reading import Run, read
from pp39.run.address import Address
from pp39.run.failure import read_failure
from pp39.run.naming import BASE
from pp39.run.project import read_project
from pp39.together import Together
from pp39.told import listed, told
from pp39.yamlfile import read_yaml

State = Literal[
    "tepat waktu",
    "terlambat",
    "tanpa tanggal kirim",
    "tanpa dokumen",
    "gagal",
    "belum melapor",
]
STATES: tuple[State, ...] = get_args(State)
"""On time; late; figures without a report; the last attempt failed; nothing at all."""
MARKS = ("data sintetis", "draf")
"""What is told of reports that nobody has sent as they stand."""


@dataclass(frozen=True)
class Choice:
    """Which units, and which of their runs."""

    #: Names or patterns; all by default.
    units: tuple[str, ...] = ()
    #: eselon, ministry: name or short name of the eselon I, name of the ministry; empty for all.
    eselon: str = ""
    ministry: str = ""
    #: Name of the runs.
    scenario: str = BASE


@dataclass(frozen=True)
class Member:
    """A unit of a rollup."""

    #: Slug of the unit.
    unit: str
    #: nama, singkatan, badan, kementerian: as its parameters say; empty where they do not.
    nama: str = ""
    singkatan: str = ""
    badan: str = ""
    singkatan_badan: str = ""
    kementerian: str = ""
    dipa: str = ""
    profil: str = ""
    #: What became of its report.
    keadaan: State = "belum melapor"
    #: Day it was sent, or else its date; and the last day for it. None where there is no run.
    tanggal: dt.date | None = None
    tenggat: dt.date | None = None
    #: Why the last attempt failed.
    galat: str = ""
    #: Number of findings by severity; empty where there is no run.
    temuan: Mapping[str, int] = field(default_factory=dict)
    #: Whether its data are made up, and whether its report is a draft.
    sintetis: bool = False
    draf: bool = False
    #: Whether its figures are in the forms: made-up ones stand beside no real ones.
    dijumlahkan: bool = True
    #: Whether it is ranked and counted among the units: made-up ones are not beside any real one.
    dibandingkan: bool = True

    @property
    def reported(self) -> bool:
        """Whether there are figures of it."""
        return self.tenggat is not None

    @property
    def title(self) -> str:
        """What it is called; its slug where its parameters say nothing."""
        return self.nama or self.unit

    @property
    def marks(self) -> tuple[str, ...]:
        """What keeps its report from being one that was sent."""
        there = zip(MARKS, (self.sintetis, self.draf), strict=True)
        return tuple(mark for mark, true in there if true)

    @property
    def marked(self) -> str:
        """Its title, with these marks."""
        return f"{self.title} ({', '.join(self.marks)})" if self.marks else self.title

    @property
    def order(self) -> tuple[str, ...]:
        """What units are sorted by: ministry, eselon I, name."""
        return (self.kementerian, self.badan, self.title, self.unit)


def periods(
    root: Path, years: Sequence[str], quarters: Sequence[str], choice: Choice
) -> list[tuple[int, Period]]:
    """Give the years and quarters asked for, all that any unit has a run of where none is named.

    Raises
    ------
    ParameterError
        If one of them can be none.
    MissingInput
        If there are no runs at all.
    """
    project = read_project(root)
    wanted_years = {project.year_or(one) for one in years}
    if not years and project.year is not None:
        wanted_years = {project.year}
    wanted = {Period.parse(one) for one in quarters}
    # Looking into the folders of all units takes a while.
    found = {(year, each) for year in wanted_years for each in wanted} or {
        one
        for one in _there(root, choice)
        if (not wanted_years or one[0] in wanted_years) and (not wanted or one[1] in wanted)
    }
    if not found:
        when = listed(sorted(map(str, wanted_years))) if wanted_years else "any year"
        aside = "" if choice.scenario == BASE else f" of scenario {told(choice.scenario)}"
        raise MissingInput(
            f"data/processed has no run{aside} of {when}; make them with: pp39 batch"
        )
    return sorted(found, key=lambda one: (one[0], one[1].number))


def _there(root: Path, choice: Choice) -> set[tuple[int, Period]]:
    """Give the years and quarters that any unit has a run of."""
    name = f"{choice.scenario}/{SUMMARY.name}.parquet"
    return {
        (int(one.parts[-4]), Period.parse(one.parts[-3]))
        for one in (root / "data" / "processed").glob(f"[!.]*/[0-9][0-9][0-9][0-9]/*/{name}")
        if one.parts[-3] in {str(each) for each in Period}
    }


def find_members(
    root: Path, year: int, period: Period, choice: Choice
) -> tuple[list[Member], list[Run]]:
    """Find the units that were chosen, in order, and the runs of those that have one.

    Raises
    ------
    MissingInput
        If none of them has a run.
    ParameterError
        If a unit, an eselon I or a ministry that was named is unknown.
    InputError
        If a run cannot be used, or two units cannot be told apart.
    """
    known = chosen(choice.units, _known(root), "unit", "params/unit or data/processed")
    runs, members, wrong = [], [], Together()
    for unit in known:
        run = Run(root, Address(unit, year, period, choice.scenario))
        with wrong.noted():
            if run.stands():
                runs.append(run)
            else:
                members.append(_silent(root, run.address))
    wrong.insist()
    members += _reported(runs)
    members = _within(members, choice)
    _insist_on_names(members)
    if not any(one.reported for one in members):
        aside = "" if choice.scenario == BASE else f" of scenario {choice.scenario}"
        scenario = "" if choice.scenario == BASE else f" -s {choice.scenario}"
        raise MissingInput(
            f"no unit that was chosen has a run of {period} {year}{aside}; make them with:"
            f" pp39 batch -y {year} -q {period}{scenario}"
        )
    members.sort(key=lambda one: one.order)
    real = {one.kementerian for one in members if one.reported and not one.sintetis}
    members = [
        replace(one, dijumlahkan=one.kementerian not in real, dibandingkan=not real)
        if one.sintetis
        else one
        for one in members
    ]
    of_unit = {run.address.unit: run for run in runs}
    return members, [of_unit[one.unit] for one in members if one.reported]


def _known(root: Path) -> list[str]:
    named = {path.stem for path in (root / "params" / "unit").glob("*.yaml")}
    folders = (root / "data" / "processed", root / "reports")
    made: set[str] = set()
    for folder in filter(Path.is_dir, folders):
        with os.scandir(folder) as entries:
            made |= {one.name for one in entries if one.name[0] not in "._" and one.is_dir()}
    return sorted(named | made)


def _silent(root: Path, address: Address) -> Member:
    """Tell of a unit without a run what its parameters say."""
    said: dict[str, Any] = {}
    names = (f"unit/{address.unit}", f"tahun/{address.year}", f"unit/{address.unit}/{address.year}")
    for name in (f"params/{one}.yaml" for one in names):
        if (root / name).is_file():
            layer = read_yaml(root / name, name).data.get("unit")
            said |= layer if isinstance(layer, dict) else {}
    failure = read_failure(root / "data" / "processed" / address.inside)
    text = {key: value for key, value in said.items() if isinstance(value, str)}
    return Member(
        address.unit,
        **_named(text),
        keadaan="belum melapor" if failure is None else "gagal",
        galat="" if failure is None else failure.kalimat,
    )


def _reported(runs: Sequence[Run]) -> list[Member]:
    summary: FlatTable = SUMMARY
    wrong, found = Together(), []
    for row in read(runs, summary, [one.name for one in summary.columns]).to_pylist():
        run = runs[row["nomor"]]
        with wrong.noted():
            found.append(_member(run, row))
    wrong.insist()
    if len(found) != len(runs):
        raise UnreadableInput(
            f"the files {SUMMARY.name}.parquet of {len(runs)} runs have {len(found)} rows, and each"
            " has one; make the reports again"
        )
    return found


def _member(run: Run, row: Mapping[str, Any]) -> Member:
    at = run.address
    said = f"{row['unit']}/{row['tahun']}/{row['triwulan']}/{row['run']}"
    if said != run.inside:
        raise UnreadableInput(
            f"{run.name(SUMMARY)} tells of {told(said)}, so that one unit would count twice;"
            f" remove the copy, or make it again{run.remedy}"
        )
    try:
        due = dt.date.fromisoformat(row["tenggat"])
        dated = dt.date.fromisoformat(row["dikirim"] or row["tanggal"])
    except (TypeError, ValueError):
        raise UnreadableInput(
            f"{run.name(SUMMARY)} has no date in tanggal or tenggat; make it again{run.remedy}"
        ) from None
    # The date of a report says nothing of the day it was sent.
    state: State = "tanpa tanggal kirim"
    if row["dikirim"]:
        state = "tepat waktu" if dated <= due else "terlambat"
    return Member(
        at.unit,
        **_named(row),
        profil=row["profil"] or "",
        keadaan=state if Path(run.record).is_file() else "tanpa dokumen",
        tanggal=dated,
        tenggat=due,
        temuan={
            name.removeprefix("temuan_"): row[name] or 0
            for name in row
            if name.startswith("temuan_")
        },
        sintetis=row["sintetis"] == "ya",
        draf=run.stage == "draf",
    )


def _named(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a unit and those above it are called, by parameters or by the row of a run."""
    names = ("nama", "singkatan", "badan", "singkatan_badan", "kementerian")
    return {**{name: said.get(name) or "" for name in names}, "dipa": said.get("dipa_nomor") or ""}


def _within(members: Sequence[Member], choice: Choice) -> list[Member]:
    """Keep the units of an eselon I, or of a ministry."""
    found = list(members)
    for asked, kind, names in (
        (choice.ministry, "ministry", lambda one: (one.kementerian,)),
        (choice.eselon, "eselon I", lambda one: (one.badan, one.singkatan_badan)),
    ):
        if not asked:
            continue
        wanted = asked.strip().casefold()
        there = sorted({name for one in found for name in names(one) if name})
        found = [one for one in found if wanted in map(str.casefold, filter(None, names(one)))]
        if not found:
            near = nearest(asked[:100], there)
            hint = f"the nearest is {near}" if near else f"there are {listed(there)}"
            raise ParameterError(f"no unit is of the {kind} {told(asked)}; {hint}")
    return found


def _insist_on_names(members: Sequence[Member]) -> None:
    seen: dict[tuple[str, str, str], Member] = {}
    wrong = Together()
    for one in members:
        key = (one.kementerian.casefold(), one.badan.casefold(), one.nama.casefold())
        other = seen.setdefault(key, one)
        if other is not one and one.nama:
            wrong.add(
                UnreadableInput(
                    f"{other.unit} and {one.unit} are both called {told(one.nama)}; give one of"
                    f" them another unit.nama in params/unit/{one.unit}.yaml and make its report"
                    " again"
                )
            )
    wrong.insist()
