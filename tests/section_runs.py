"""Material and blocks of the report of the sample unit, and a walk through their words."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from indicator_runs import base, run, tables

from pp39.ledger import Quantity
from pp39.report import sections
from pp39.report.document import Listing, Note, Prose
from pp39.report.inline import Code, Reference, part_plain
from pp39.report.sections.kalimat import Moment, Quote
from pp39.report.table import Column, ColumnGroup


def material(quarter="IV", *overrides, given=None):
    """Give the material of a run; `given` replaces the clean tables."""
    return _cached(quarter, *overrides) if given is None else _made(quarter, overrides, given)


@cache
def _cached(quarter, *overrides):
    return _made(quarter, overrides, None)


def _made(quarter, overrides, given):
    made = run(quarter, *overrides, given=given) if overrides or given else base(quarter)
    status = {code: one.status for code, one in made.results.items()}
    return sections.Bahan(given or tables(), made.job.settings, made.ledger, status=status)


def compose(b):
    return [block for chapter in sections.bab_laporan(b) for block in sections.compose(b, chapter)]


def section(name, b):
    """Compose what one section of the package gives."""
    return list(sections.SECTIONS[name](b))


@cache
def report(quarter):
    return tuple(compose(material(quarter)))


def prose(blocks):
    """Plain text of the paragraphs and lists."""
    kinds = ("prosa", "daftar", "catatan")
    return "\n".join(_plain(one) for one in blocks if one.describe().kind in kinds)


def words(thing) -> Iterator[str]:
    """Every word this package writes itself: no quotations, periods, figures, references."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Quote | Moment | Quantity | Code | Reference | Column | ColumnGroup):
        return
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from words(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name not in _NOT_PROSE:
                yield from words(getattr(thing, field.name))


_NOT_PROSE = {"label", "title", "size", "columns", "heads", "kind", "anchor", "target", "to"}
_NOT_PROSE |= {"gaya", "lajur", "jajar", "rata"}


def _plain(block) -> str:
    if isinstance(block, Prose):
        return "".join(part_plain(one) for one in block.parts)
    inner = block.content if isinstance(block, Note) else block.items
    return " ".join(_plain(one) if isinstance(one, Listing) else part_plain(one) for one in inner)
