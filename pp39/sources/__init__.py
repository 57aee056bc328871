"""Raw sources: declared by a profile, cleaned strictly, kept as clean tables with traced cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pp39.sources.catalogue import sources_of
from pp39.sources.cleaning import clean
from pp39.sources.context import Context
from pp39.sources.declaration import Column, Source
from pp39.sources.fixes import Fix, save_fixes
from pp39.sources.raw import require
from pp39.sources.selection import Selection
from pp39.sources.table import CleanTable, read_table

__all__ = [
    "CleanTable",
    "Column",
    "Context",
    "Fix",
    "Selection",
    "Source",
    "Sources",
    "clean",
    "clean_all",
    "load_tables",
    "save_fixes",
    "save_tables",
    "sources_of",
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
        By name of the source; one that was not delivered and may be left out is.

    Raises
    ------
    MissingInput
        With all files that are missing.
    UnreadableInput
        For the first source that is not what its declaration says.
    """
    delivered = {name for name, source in sources.items() if (raw / source.file).exists()}
    wanted = {
        name: raw / source.file
        for name, source in sources.items()
        if name in delivered or not _may_lack(source, delivered, needed)
    }
    require(wanted.values())
    return {name: clean(sources[name], path, context) for name, path in wanted.items()}


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
    for table in tables.values():
        table.save(folder)


def load_tables(sources: Sources, folder: Path) -> dict[str, CleanTable]:
    """Read every clean table of a run, in the order of `sources`.

    A source that was not delivered has no table and is left out where it may be.

    Parameters
    ----------
    sources : mapping of str to Source
        Sources of the unit.
    folder : pathlib.Path
        The ``bersih`` folder of a run.

    Returns
    -------
    dict of str to CleanTable
        By name of the source.

    Raises
    ------
    MissingInput
        If the table of a source that is not optional is missing.
    """
    there = {name for name in sources if (folder / f"{name}.parquet").is_file()}
    return {
        name: read_table(source, folder)
        for name, source in sources.items()
        if name in there or not _may_lack(source, there)
    }


def _may_lack(source: Source, delivered: Collection[str], needed: Collection[str] = ()) -> bool:
    """Tell whether a unit may do without a source: it is optional, or others take its place."""
    wanted = source.asked == "always" or (source.asked == "when_used" and source.name in needed)
    return not wanted or any(name in delivered for name in source.instead)
