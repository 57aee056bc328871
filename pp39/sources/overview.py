"""What each file of a raw folder was recognised as, and where each source comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pp39.sources.context import Context
from pp39.sources.declaration import Source
from pp39.sources.delivery import Delivery, due, may_lack
from pp39.sources.exported import beyond, exported
from pp39.sources.workbook import read_form
from pp39.together import Together


@dataclass(frozen=True)
class SeenFile:
    """A file."""

    #: Its name from the raw folder.
    name: str
    #: What it was recognised as; empty where it was not.
    what: str
    #: What it says of itself.
    period: str = ""
    version: str = ""
    satker: str = ""
    #: Sources that it feeds.
    sources: tuple[str, ...] = ()
    #: Why it is not used, or what is wrong with it; empty where it is used.
    remark: str = ""


@dataclass(frozen=True)
class SeenSource:
    """A source, and the files it comes from; the first one counts where they differ."""

    name: str
    title: str
    files: tuple[str, ...]
    missing: bool


@dataclass(frozen=True)
class Overview:
    """Files and sources of a raw folder."""

    files: tuple[SeenFile, ...]
    sources: tuple[SeenSource, ...]

    def lines(self) -> Iterator[str]:
        """Tell it line by line."""
        yield "Files"
        for one in self.files:
            told = ", ".join(
                filter(
                    None, (one.what, one.version, one.period, one.satker and f"satker {one.satker}")
                )
            )
            feeds = f" → {', '.join(one.sources)}" if one.sources and not one.remark else ""
            yield f"  {one.name}: {told or 'not recognised'}{feeds}"
            if one.remark:
                yield f"      {one.remark}"
        yield "\nSources"
        for source in self.sources:
            told = "MISSING" if source.missing else ", ".join(source.files) or "not delivered"
            yield f"  {source.name} ({source.title}): {told}"


def overview(
    sources: Mapping[str, Source], raw: Path, context: Context, needed: Collection[str]
) -> Overview:
    """Look at a raw folder as a run of a quarter would.

    Parameters
    ----------
    sources : mapping of str to Source
        Sources of the unit.
    raw : pathlib.Path
        Raw folder of a unit and year; it is only read.
    context : Context
        Budget year, satker, quarter and words of the unit.
    needed : collection of str
        Sources that an indicator or a part of the report needs.
    """
    found = Delivery.of(raw, sources)
    needed = due(needed, sources, context.month)
    form = read_form(sources, found.form, Together()) if found.form is not None else {}
    files = [
        SeenFile(path.name, f"source {name}", sources=(name,)) for name, path in found.files.items()
    ]
    if found.form is not None:
        files.append(SeenFile(found.form.name, "form of the unit", sources=tuple(form)))
    of_source: dict[str, list[str]] = {}
    for one in sorted(found.exports, key=lambda one: one.order(context.versions), reverse=True):
        wrong = Together()
        told = exported([one], sources, context, wrong)
        remark = f"left aside: it counts up to {one.period}, after the quarter"
        if not beyond(one, context):
            remark = " ".join(wrong.sentences)
        for name in told:
            of_source.setdefault(name, []).append(one.name)
        files.append(
            SeenFile(
                *(one.name, one.given.judul, one.period, one.version, one.satker),
                *(tuple(told), remark),
            )
        )
    for stray in found.strays:
        near = found.near.get(stray.name)
        hint = ""
        if near is not None and near.missing:
            labels = ", ".join(f'"{one}"' for one in near.missing)
            hint = f"; the nearest is {near.title}, but no column {labels} was found"
        files.append(SeenFile(stray.name, stray.what, remark=stray.sentence + hint))
    for name, path in found.files.items():
        of_source.setdefault(name, []).append(path.name)
    for name in form:
        of_source.setdefault(name, []).append(
            f"{found.form.name if found.form else ''}, sheet {name}"
        )
    return Overview(
        tuple(sorted(files, key=lambda one: one.name)),
        tuple(
            SeenSource(
                *(name, one.title, tuple(of_source.get(name, ()))),
                missing=name not in of_source and not may_lack(one, of_source, needed),
            )
            for name, one in sources.items()
        ),
    )
