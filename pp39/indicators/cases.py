"""Cases of a profile: a few rows in, figures out, so that a profile is tested without Python."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from pp39.book import Book
from pp39.errors import ParameterError, near, nearest
from pp39.indicators.compute import compute_indicators
from pp39.indicators.result import IndicatorResult
from pp39.ledger import Ledger, dashed
from pp39.numbers import exact, plain_decimal, round_half_up
from pp39.params.settings import load_case
from pp39.periods import Quarter
from pp39.profile import Profile, function
from pp39.profile.case import NONE, Kasus, read_cases
from pp39.profile.vocabulary import Kata
from pp39.sources import CleanTable, Context, Source, sources_of
from pp39.sources.registers import told_by
from pp39.sources.words import Choice, Clock, Code, Date, QuarterName

_TEXTS = ("status", "predikat", "catatan")
_DTYPES = {"text": "str", "count": "Int64", "number": "float64"}


@dataclass(frozen=True)
class CaseResult:
    """What came out of a case."""

    #: Its name.
    name: str
    #: What is not as it says, one sentence each; none if all is.
    differences: tuple[str, ...]


def run_cases(root: Path, profile: Profile) -> Iterator[CaseResult]:
    """Run all cases of a profile, one after another.

    Raises
    ------
    ParameterError
        If a case names a source, column or parameter that is not there.
    """
    for one in read_cases(root, profile):
        told = tuple(
            f"{one.where}: {said}" for said in run_case(root, profile, one.where, one.says)
        )
        yield CaseResult(one.name, told)


def run_case(root: Path, profile: Profile, where: str, case: Kasus) -> Iterator[str]:
    """Compute a case and say what is not as it says; `where` names it in errors."""
    quarter = Quarter.parse(case.triwulan)
    overrides = [
        f"{path}={json.dumps(value, ensure_ascii=False)}" for path, value in case.parameter.items()
    ]
    profile = _worded(profile, case)
    settings = load_case(
        root, profile, case.tahun, quarter, unit=_unit(profile, case), overrides=overrides
    )
    sources = sources_of(profile)
    context = Context.of(settings)
    tables = {
        source: _table(_known(source, sources, where), rows, context, where)
        for source, rows in case.masukan.items()
    }
    book = Book(tables, settings, Ledger(), quarter)
    results = {one.slug: one for one in compute_indicators(book)}
    for key, wanted in case.hasil.items():
        told = _difference(key, wanted, book.ledger, results)
        if told:
            yield told


def _worded(profile: Profile, case: Kasus) -> Profile:
    """Give the profile with the words that a case lists, as the profile of a unit would have them.

    Raises
    ------
    ParameterError
        If it lists words of a vocabulary that has all of its own.
    """
    known = dict(profile.isi.kosakata)
    for name, words in case.kosakata.items():
        if name not in known or (known[name].dari is None and known[name].kata):
            own = [one for one, given in known.items() if given.dari or not given.kata]
            raise ParameterError(
                f'"{name}" is no vocabulary whose words a unit gives; there are'
                f" {', '.join(own) or 'none'}"
            )
        if known[name].dari is None:
            given = {
                "kata": {slug: Kata.model_validate(_named(one)) for slug, one in words.items()}
            }
            known[name] = known[name].model_copy(update=given)
    return replace(profile, isi=profile.isi.model_copy(update={"kosakata": known}))


def _named(word: str | Mapping[str, str]) -> dict[str, str]:
    return {"nama": word} if isinstance(word, str) else dict(word)


def _unit(profile: Profile, case: Kasus) -> dict[str, Any]:
    """Make up the unit of a case: the words of its vocabularies, and nothing that counts."""
    unit: dict[str, Any] = dict.fromkeys(
        ("nama", "singkatan", "kementerian", "alamat", "tugas"), "Satuan Kerja Contoh"
    )
    known = profile.isi.kosakata
    for vocabulary, words in case.kosakata.items():
        if known[vocabulary].dari is None:
            continue
        unit[str(known[vocabulary].dari)] = {slug: _named(one) for slug, one in words.items()}
    return {
        "unit": unit,
        "laporan": {"tempat": "Contoh", "jabatan_penanda_tangan": "Kepala"},
    }


def _known(name: str, sources: Mapping[str, Source], where: str) -> Source:
    if name not in sources:
        raise ParameterError(f"{where}: {name} is no source; {near(name, sources)}")
    return sources[name]


def _table(
    source: Source, rows: Iterable[Mapping[str, Any]], context: Context, where: str
) -> CleanTable:
    """Make the clean table that such rows would give; rows count from 2, below a header."""
    listed = list(rows)
    schema = source.schema
    given = dict.fromkeys(key for row in listed for key in row)
    for key in given:
        if key not in schema:
            raise ParameterError(f"{where}: {source.name} has no column {key}; {near(key, schema)}")
    columns: dict[str, pd.Series[Any]] = {}
    for name, storage in schema.items():
        values = [row.get(name) for row in listed]
        if name == "baris":
            values = [number if one is None else one for number, one in enumerate(values, start=2)]
        try:
            columns[name] = pd.Series(
                [float("nan") if one is None and storage == "number" else one for one in values],
                dtype=_DTYPES[storage],
            )
        except (TypeError, ValueError):
            wanted = {"text": "texts", "count": "whole numbers", "number": "numbers"}[storage]
            raise ParameterError(f"{where}: {source.name}.{name} holds {wanted} only") from None
    for one in source.columns:
        if one.dated_by:
            told = told_by(one.kind, columns[one.dated_by], context.year)
            if not set(one.names) & set(given):
                columns[one.names[0]] = told
                continue
            said = columns[one.names[0]]
            if (wrong := said.notna() & told.notna() & (said != told)).any():
                date = columns[one.dated_by][wrong].iloc[0]
                raise ParameterError(
                    f"{where}: {source.name}.{one.names[0]}: row {_nth(wrong)} of the case"
                    f" contradicts {one.dated_by} {date}, which is in quarter {told[wrong].iloc[0]}"
                )
    if source.derived is not None and not set(source.derived.jadi) & set(given):
        columns |= function("turunan", source.derived.fungsi)(columns, context)
    _must_be_rows(source, columns, context, where)
    frame = pd.DataFrame({name: columns[name] for name in schema})
    headers = {name: column.header for column in source.columns for name in column.names}
    return CleanTable(source, frame, None, headers)


def _must_be_rows(
    source: Source, columns: Mapping[str, pd.Series[Any]], context: Context, where: str
) -> None:
    """Refuse rows that cleaning and checks would never let through.

    Columns that no row gives are left alone: a case says only what its figures need.

    Raises
    ------
    ParameterError
        If a word is of no vocabulary, a date, a quarter or a code is none, a cell that must be
        filled is blank beside others that are not, or two rows have the same key.
    """
    at = f"{where}: {source.name}"
    frame = pd.DataFrame(columns)
    for column in source.columns:
        names = [name for name in column.names if name in frame and frame[name].notna().any()]
        if column.required and names and (blank := frame[names].isna().any(axis="columns")).any():
            raise ParameterError(f"{at}.{names[0]}: row {_nth(blank)} of the case lacks it")
    key = list(source.key)
    if key and frame[key].notna().all(axis=None) and (again := frame.duplicated(key)).any():
        said = ", ".join(str(one) for one in frame.loc[again, key].iloc[0])
        raise ParameterError(
            f"{at}: row {_nth(again)} of the case has the key of one before it: {said}"
        )
    for column in source.columns:
        name = column.names[0]
        if column.personal or not isinstance(
            column.kind, Choice | Clock | Code | Date | QuarterName
        ):
            continue
        if isinstance(column.kind, Choice) and not (
            column.kind.options or context.words.get(column.kind.vocabulary)
        ):
            continue  # words of the unit that the case does not list
        for value in columns[name].dropna().unique() if name in columns else ():
            try:
                read = column.kind.parse(str(value), context).values[0]
            except ValueError as error:
                raise ParameterError(f"{at}.{name}: {error}") from None
            if read != value:
                raise ParameterError(f"{at}.{name}: {value} stands in clean tables as {read}")


def _nth(rows: pd.Series[bool]) -> int:
    return int(rows.to_numpy().argmax()) + 1


def _difference(
    key: str, wanted: object, ledger: Ledger, results: Mapping[str, IndicatorResult]
) -> str:
    """Say how a figure differs from what is wanted; empty where it does not."""
    id = dashed(key)
    slug, _, last = id.rpartition("/")
    if last in _TEXTS and slug in results:
        found = getattr(results[slug], last)
        text = "" if wanted in (None, NONE) else wanted
        return "" if found == text else f"{id} is {found!r}, not {wanted!r}"
    made = ledger.get(id)
    if wanted in (None, NONE):
        return "" if made is None else f"{id} is {_shown(made.value)}, but there should be none"
    if made is None:
        near = nearest(id, (one.id or "" for one in ledger))
        hint = f"; the nearest that there is: {near}" if near else ""
        return f"{id} should be {wanted} and is not there{hint}"
    same = _same(made.value, wanted)
    return "" if same else f"{id} is {_shown(made.value)}, not {wanted}"


def _same(value: Fraction, wanted: object) -> bool:
    """Compare exactly; a decimal is compared to as many places as it is written with."""
    if isinstance(wanted, str):
        try:
            return value == Fraction(wanted.replace(" ", "").replace(",", "."))
        except (ValueError, ZeroDivisionError):
            return False
    places = len(repr(wanted).partition(".")[2]) if isinstance(wanted, float) else None
    number = exact(wanted)
    return value == number if places is None else round_half_up(value, places) == number


def _shown(value: Fraction) -> str:
    return plain_decimal(value) if value.denominator == 1 else f"{plain_decimal(value)} ({value})"
