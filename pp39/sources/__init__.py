"""Raw sources: one declaration each, strict cleaning, clean tables with traced cells.

>>> SOURCES["sla"].file
'sla.csv'
>>> list(SOURCES["sla"].schema)
['baris', 'triwulan', 'layanan', 'jumlah', 'tepat_waktu', 'terlambat']
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pp39.errors import Pp39Error, nearest
from pp39.sources.budget import BUDGET
from pp39.sources.cleaning import clean
from pp39.sources.context import Context
from pp39.sources.declaration import Column, Source
from pp39.sources.delivery import Delivery, Stray, may_lack
from pp39.sources.fixes import Fix, save_fixes
from pp39.sources.performance import PERFORMANCE
from pp39.sources.registers import REGISTERS
from pp39.sources.selection import Selection
from pp39.sources.services import SERVICES
from pp39.sources.table import CleanTable, read_table
from pp39.together import Together

__all__ = [
    "SOURCES",
    "CleanTable",
    "Column",
    "Context",
    "Delivery",
    "Fix",
    "Selection",
    "Source",
    "Stray",
    "clean",
    "clean_all",
    "delivered",
    "load_table",
    "load_tables",
    "save_fixes",
    "save_tables",
]

SOURCES: Mapping[str, Source] = MappingProxyType(
    {source.name: source for source in (*BUDGET, *PERFORMANCE, *SERVICES, *REGISTERS)}
)


def clean_all(raw: Path, context: Context) -> dict[str, CleanTable]:
    """Clean every source of a raw folder, in the order of `SOURCES`.

    Parameters
    ----------
    raw : pathlib.Path
        Raw folder of a unit and year; it is only read.
    context : Context
        Budget year and words of the unit.

    Returns
    -------
    dict of str to CleanTable
        By name of the source; one that was not delivered and may be left out is.

    Raises
    ------
    InputError
        With everything that is wrong with the files: those that are missing, and every cell that
        is not what its declaration says. `MissingInput` or `UnreadableInput` where it is only that.
    """
    together = Together()
    tables: dict[str, CleanTable] = {}
    for name, path in delivered(raw).wanted(SOURCES, together).items():
        with together.noted():
            tables[name] = clean(SOURCES[name], path, context)
    together.insist()
    return tables


def delivered(raw: Path) -> Delivery:
    """Tell which files of a raw folder are which source, and which no source uses."""
    return Delivery.of(raw, SOURCES)


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


def load_table(folder: Path, name: str) -> CleanTable:
    """Read one clean table.

    Parameters
    ----------
    folder : pathlib.Path
        The ``bersih`` folder of a run.
    name : str
        Name of the source.

    Returns
    -------
    CleanTable
        As it was saved, without the log.

    Raises
    ------
    Pp39Error
        If no source has this name.
    MissingInput
        If the table was not written.
    UnreadableInput
        If the file is not a clean table.
    """
    if name not in SOURCES:
        near = nearest(name, SOURCES)
        hint = f'; the nearest is "{near}"' if near else ""
        raise Pp39Error(f'"{name}" is not a source{hint}.')
    return read_table(SOURCES[name], folder)


def load_tables(folder: Path) -> dict[str, CleanTable]:
    """Read every clean table of a run, in the order of `SOURCES`.

    A source that was not delivered has no table and is left out where it may be.

    Parameters
    ----------
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
    return {
        name: read_table(source, folder)
        for name, source in SOURCES.items()
        if (folder / f"{name}.parquet").is_file()
        or not may_lack(source, lambda one: (folder / f"{one}.parquet").is_file())
    }
