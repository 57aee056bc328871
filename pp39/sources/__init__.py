"""Raw sources: declared by a profile, cleaned strictly, kept as clean tables with traced cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from pp39.processes import processors
from pp39.sources.catalogue import sources_of
from pp39.sources.cleaning import clean, clean_sheet
from pp39.sources.context import Context
from pp39.sources.declaration import Column, Source
from pp39.sources.delivery import FORM, Delivery, Stray, due, may_lack
from pp39.sources.exported import beyond, exported, settled
from pp39.sources.fixes import Fix, rules_of, save_fixes
from pp39.sources.selection import Selection
from pp39.sources.spelling import Spelling
from pp39.sources.spelt import logged, spelt
from pp39.sources.table import CleanTable, read_table
from pp39.sources.workbook import read_form
from pp39.together import Together

__all__ = [
    "CleanTable",
    "Column",
    "Context",
    "Delivery",
    "Fix",
    "Selection",
    "Source",
    "Sources",
    "Spelling",
    "Stray",
    "clean",
    "clean_all",
    "delivered",
    "load_tables",
    "rules_of",
    "save_fixes",
    "save_tables",
    "sources_of",
    "spelt",
    "within",
]

Sources = Mapping[str, Source]
"""The sources of a unit by name, in the order of its profile."""


def clean_all(
    sources: Sources, raw: Path, context: Context, needed: Collection[str] = ()
) -> dict[str, CleanTable]:
    """Clean every source of a raw folder, in the order of `sources`.

    Parameters
    ----------
    sources : mapping of str to Source
        Sources of the unit.
    raw : pathlib.Path
        Raw folder of a unit and year; it is only read.
    context : Context
        Budget year and words of the unit.
    needed : collection of str
        Sources that an indicator or a part of the report needs.

    Returns
    -------
    dict of str to CleanTable
        By name of the source; one that was not delivered and may be left out is. Misspelt texts
        stay, and their log says how they are printed.

    Raises
    ------
    InputError
        With everything that is wrong with the files: those that are missing, and every cell that
        is not what its declaration says. `MissingInput` or `UnreadableInput` where it is only that.
    """
    together = Together()
    delivery = delivered(sources, raw)
    form = read_form(sources, delivery.form, together) if delivery.form is not None else {}
    told = exported(delivery.exports, sources, context, together)
    fed = [name for name, those in told.items() if not all(one.fills for one in those)]
    asked = due(needed, sources, context.month)
    wanted = delivery.wanted(sources, together, asked, form, delivery.fed if together else fed)

    def cleaned(name: str, source: Source) -> CleanTable | None:
        table = None
        if name in wanted:
            table = clean(source, wanted[name], context)
        elif (sheet := form.get(name)) is not None:
            table = clean_sheet(replace(source, file=FORM), sheet, context)
        if name in fed:
            table = settled(source, told[name], table, delivery.rivals)
        return None if table is None else logged(table, context.spelling)

    tables: dict[str, CleanTable] = {}
    with ThreadPoolExecutor(processors()) as pool:
        waiting = {name: pool.submit(cleaned, name, source) for name, source in sources.items()}
        for name, one in waiting.items():
            with together.noted():
                if (table := one.result()) is not None:
                    tables[name] = table
    together.insist()
    return tables


def delivered(sources: Sources, raw: Path, context: Context | None = None) -> Delivery:
    """Tell which files of a raw folder are which source, and which no source uses.

    With a context, exports that count up to a month after its quarter are none of its sources.
    """
    found = Delivery.of(raw, sources)
    return found if context is None else within(found, context)


def within(found: Delivery, context: Context) -> Delivery:
    """Take exports that count up to a month after the quarter out of what was found."""
    later = [one for one in found.exports if beyond(one, context)]
    strays = (*found.strays, *(Stray(one.name, later=one.period) for one in later))
    used = tuple(one for one in found.exports if one not in later)
    return replace(found, strays=strays, exports=used)


def save_tables(tables: Mapping[str, CleanTable], folder: Path) -> None:
    """Write clean tables, and remove those an earlier run left there for other sources.

    Parameters
    ----------
    tables : mapping of str to CleanTable
        By name of the source.
    folder : pathlib.Path
        The ``bersih`` folder of a run; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("*.parquet")):
        if old.stem not in tables:
            old.unlink()
    with ThreadPoolExecutor(processors()) as pool:
        for _ in pool.map(lambda table: table.save(folder), tables.values()):
            pass


def load_tables(sources: Sources, folder: Path) -> dict[str, CleanTable]:
    """Read every clean table of a run, in the order of `sources`.

    A source that was not delivered has no table and is left out where it may be.

    Raises
    ------
    MissingInput
        If the table of a source that is not optional is missing.
    """
    there = {name for name in sources if (folder / f"{name}.parquet").is_file()}
    return {
        name: read_table(source, folder)
        for name, source in sources.items()
        if name in there or not may_lack(source, there)
    }
