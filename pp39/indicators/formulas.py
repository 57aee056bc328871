"""All formulas of a run, understood together; what is wrong in them is told with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pp39.formula import FormulaError
from pp39.formula.names import names_of
from pp39.indicators.program import Program, compile_program
from pp39.indicators.reading import figure_names, other_codes, used_sources
from pp39.indicators.told import check_told
from pp39.params import Settings
from pp39.profile import Fault, Profile, ProfileError
from pp39.profile.indicator import Indikator
from pp39.same import once
from pp39.yamlfile import KeyPath, Place, place_of


def programs_of(settings: Settings, then: Settings | None = None) -> Mapping[str, Program]:
    """Understand the formulas of all indicators of a run; once, where a process asks again.

    Parameters
    ----------
    settings : Settings
        Parameters of the run, whose profile says what sources there are.
    then : Settings, optional
        Those of the quarter whose formulas are meant; by default those of the run.

    Returns
    -------
    mapping of str to Program
        By code, in the order of the registry.

    Raises
    ------
    ProfileError
        With everything that is wrong.
    """
    of = then or settings
    return _sound(*understood(of.params.indikator, settings.profile), of.places)


def needed_sources(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Tell which sources the indicators need, and what for.

    Returns
    -------
    dict of str to tuple of str
        Source -> codes of the indicators; the document whose targets count is one of them.

    Raises
    ------
    ProfileError
        With everything that is wrong in the formulas, before anybody is asked for data.
    """
    for one in (None, *settings.earlier.values()):
        programs_of(settings, one)
    params = settings.params
    begun = {code: one for code, one in params.indikator.items() if one.begun(settings.quarter)}
    return needed_by(begun, settings.profile.isi.sumber, params.dokumen_target)


def needed_by(
    indicators: Mapping[str, Indikator], sources: Iterable[str], document: str
) -> dict[str, tuple[str, ...]]:
    """Tell which sources some indicators need, and what for.

    Parameters
    ----------
    indicators : mapping of str to Indikator
        By code.
    sources : iterable of str
        Names of all sources.
    document : str
        Document whose targets count, such as ``perjanjian_kinerja``.
    """
    known = tuple(sources)
    found: dict[str, tuple[str, ...]] = {}
    for code, one in indicators.items():
        for source in (*sorted(used_sources(one, known)), f"target_{document}"):
            found[source] = (*found.get(source, ()), code)
    return found


def check_formulas(profile: Profile) -> None:
    """Understand the formulas of a profile, whatever unit chooses it.

    Raises
    ------
    ProfileError
        With everything that is wrong.
    """
    _sound(*understood(profile.isi.indikator, profile), profile.places)


def _sound(
    programs: Mapping[str, Program],
    wrong: Sequence[tuple[str, KeyPath, FormulaError]],
    ring: Sequence[str],
    places: Mapping[KeyPath, Place],
) -> Mapping[str, Program]:
    faults = [_fault(places, *one) for one in wrong]
    if ring:
        told = f"indicators use one another in a ring: {' → '.join(ring)}"
        faults.append(Fault.at(place_of(places, ("indikator", ring[0])), told))
    if faults:
        raise ProfileError(faults)
    return programs


@once
def understood(
    indicators: Mapping[str, Indikator], profile: Profile
) -> tuple[Mapping[str, Program], list[tuple[str, KeyPath, FormulaError]], list[str]]:
    """Understand the formulas of indicators; tell what is wrong, and those that form a ring."""
    wrong: list[tuple[str, KeyPath, FormulaError]] = []
    names = names_of(profile)
    known = {code: figure_names(one) for code, one in indicators.items()}
    programs: dict[str, Program] = {}
    uses = {code: other_codes(one) for code, one in indicators.items()}
    for code, one in indicators.items():
        others = {other: figures for other, figures in known.items() if other != code}

        def fault(path: KeyPath, text: str, error: FormulaError, at: str = code) -> None:
            wrong.append((at, path, error))

        mine = replace(names, others=others)
        program = compile_program(code, one, mine, fault)
        if program is not None:
            programs[code] = program
            check_told(program, one, mine, fault)
    return MappingProxyType(programs), wrong, next(iter(_rings(uses)), [])


def _fault(
    places: Mapping[KeyPath, Place],
    code: str,
    path: KeyPath,
    error: FormulaError,
) -> Fault:
    """Put an error of a formula at its line and column."""
    whole = ("indikator", code, *path)
    # A figure given by its formula alone has no name for the formula, and what the ways to an
    # indicator share stands beside them.
    shared = ("indikator", code, *path[2:]) if path[:1] == ("atau",) else whole
    tried = (whole, whole[:-1], shared, shared[:-1]) if path else ()
    exact = next((one for one in tried if len(one) > 2 and one in places), None)
    place = places[exact] if exact is not None else place_of(places, whole)
    where = f"{code}, {'.'.join(path)}" if path else code
    if exact is None or place.column is None:
        after = f", character {error.at + 1}" if error.at else ""
        return Fault.at(place, f"{where}{after}: {error.sentence}")
    return Fault.at(place, f"column {place.column + error.at}: {where}: {error.sentence}")


def _rings(uses: Mapping[str, set[str]]) -> list[list[str]]:
    """Find indicators that use themselves by way of others."""

    def back(code: str, path: list[str]) -> list[str] | None:
        for other in sorted(uses.get(code, ())):
            if other == path[0]:
                return [*path, other]
            if other not in path:
                found = back(other, [*path, other])
                if found is not None:
                    return found
        return None

    return [ring for ring in (back(code, [code]) for code in uses) if ring is not None][:1]
