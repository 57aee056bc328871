"""Which reports a batch is to make: all combinations asked for that have source data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pp39.errors import MissingInput, ParameterError, nearest
from pp39.params import DEFAULT_SCENARIO
from pp39.periods import Period, Quarter
from pp39.run.address import Address
from pp39.run.project import folders_of
from pp39.told import listed, told

_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Plan:
    """What a batch is to do."""

    #: The reports, by unit, year, scenario and quarter.
    addresses: tuple[Address, ...]
    #: A sentence for everything that was asked for by name and has no source data.
    lacking: tuple[str, ...] = ()


def plan(
    root: Path,
    units: Sequence[str] = (),
    years: Sequence[str] = (),
    quarters: Sequence[str] = (),
    scenarios: Sequence[str] = (),
) -> Plan:
    """Find the reports of all combinations that have source data.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    units : sequence of str
        Names or patterns (``balai-*``) of folders of ``data/raw``; all by default.
    years : sequence of str
        Budget years or patterns (``202?``); all that the unit has by default.
    quarters : sequence of str
        Quarters in any way of writing, or ``tahunan``; all four quarters by default.
    scenarios : sequence of str
        Names, or patterns over ``params/scenarios``; ``dasar`` by default.

    Raises
    ------
    ParameterError
        If a unit, a quarter or a scenario does not exist, or a year is none.
    MissingInput
        If nothing that was asked for has source data.
    """
    there = {
        unit: folders_of(root / "data" / "raw" / unit) for unit in folders_of(root / "data/raw")
    }
    chosen_units = chosen(units, there, "unit", "data/raw")
    periods = {Period.parse(one) for one in quarters or Quarter}
    chosen_quarters = sorted(periods, key=lambda one: one.number)
    chosen_scenarios = chosen(
        scenarios or [DEFAULT_SCENARIO], _scenarios(root), "scenario", "params/scenarios"
    )
    for year in years:
        if not _WILD.search(year) and not re.fullmatch(r"\d{4}", year):
            raise ParameterError(f"year is {told(year)}; use a year such as 2025")
    addresses = tuple(
        Address(unit, int(year), quarter, scenario)
        for unit in chosen_units
        for year in there[unit]
        if re.fullmatch(r"\d{4}", year) and _matches(year, years)
        for scenario in chosen_scenarios
        for quarter in chosen_quarters
    )
    lacking = tuple(_lacking(addresses, units, years, there))
    if not addresses:
        raise MissingInput("; ".join(lacking) or "data/raw has no source data of any year")
    return Plan(addresses, lacking)


def words(given: Iterable[str]) -> list[str]:
    """Split what an option was given: several times, or several with commas or blanks between.

    Examples
    --------
    >>> words(["I,II", "iv"]), words(["tinggi rendah"])
    (['I', 'II', 'iv'], ['tinggi', 'rendah'])
    """
    return [word for one in given for word in re.split(r"[,\s]+", one) if word]


def chosen(asked: Sequence[str], known: Iterable[str], kind: str, place: str) -> list[str]:
    """Give the names that were asked for, by name or by pattern; all where nothing was.

    Parameters
    ----------
    asked : sequence of str
        Names or patterns.
    known : iterable of str
        The names there are.
    kind, place : str
        What they are and where they stand, for the error.

    Raises
    ------
    ParameterError
        If a name is unknown.
    """
    names = list(known)
    for one in asked:
        if not _WILD.search(one) and one not in names:
            near = nearest(one[:100], names)
            hint = f"the nearest is {near}" if near else f"there are {listed(names)}"
            raise ParameterError(f"there is no {kind} {told(one)} in {place}; {hint}")
    return [name for name in names if _matches(name, asked)]


def _lacking(
    addresses: Sequence[Address],
    units: Sequence[str],
    years: Sequence[str],
    there: dict[str, list[str]],
) -> Iterable[str]:
    asked = listed(years) if years else "any year"
    for unit in dict.fromkeys(units):
        if _WILD.search(unit):
            if not any(fnmatchcase(name, unit) for name in there):
                yield f"no unit of data/raw is like {told(unit)}"
        elif not any(one.unit == unit for one in addresses):
            has = listed(there[unit]) if there[unit] else "no years"
            yield f"no source data for {asked}: data/raw/{unit} has {has}"
    for year in dict.fromkeys(years):
        named = year if year.isdecimal() else told(year)
        if not any(_matches(str(one.year), [year]) for one in addresses):
            yield f"no source data for {named} in any unit of the batch"


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatchcase(name, one) for one in patterns)


def _scenarios(root: Path) -> list[str]:
    names = {path.stem for path in (root / "params" / "scenarios").glob("*.yaml")}
    return [DEFAULT_SCENARIO, *sorted(names - {DEFAULT_SCENARIO})]
