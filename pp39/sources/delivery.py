"""Which raw file is which source, and which files no source uses.

A source may come as a CSV or as a workbook, whatever its declaration names; the case of letters in
a file name does not matter.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pp39.errors import InputError, MissingInput, UnreadableInput, is_slip, nearest
from pp39.periods import MONTHS
from pp39.sources.declaration import Source
from pp39.sources.fixes import Fix
from pp39.sources.mask import masked
from pp39.sources.raw import place_of
from pp39.sources.recognise import BOOKS, Near, Recognised, recognise
from pp39.sources.rivals import Rival, settle
from pp39.sources.spreadsheet import LONGEST
from pp39.sources.workbook import astray
from pp39.together import Together

FORM = "isian.xlsx"
"""The workbook that a unit fills in, with a sheet for each source."""

_SUFFIXES = (".csv", ".xlsx")
# Between a workbook and its sheet.
_SHEET = "!"
# Names of tables in other forms; an .xls is read where it is a page of HTML.
_SHEETS = (".xls", ".xlsb", ".xlsm", ".ods")
_PACKED = (".zip", ".rar", ".7z", ".gz")
# Bytes of a table named like a source that no export feeds, which is then taken by its name.
_LARGE = 4 << 20
# Folders within one another that are looked into.
_DEPTH = 8
# What people and programs add to the name of a file that they copy or save again.
_ADDED = re.compile(
    r"\(\d+\)|\b(?:copy of|copy|salinan|final|fix|revisi|rev|baru|new|v\d+|(?:tw|triwulan) ?[iv\d]+"
    r"|\d{4})\b"
)
# What the system and open programs leave in folders.
_NOBODYS = re.compile(r"\.|~\$|__pycache__$|thumbs\.db$|desktop\.ini$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stray:
    """A file, or a folder, that no source uses."""

    #: Its name, with a slash behind that of a folder; what cannot be printed is spelled out.
    name: str
    #: File of the source that it may be meant for; empty where none is like it.
    meant: str = ""
    #: File that is read for that source; empty if none is.
    instead: str = ""
    #: Of an export, what it is and why another of its kind and period is read.
    what: str = ""
    why: str = ""
    #: Period of an export that counts up to a month after the quarter.
    later: str = ""
    #: Why it cannot be read; empty where it can, or where nobody tried.
    wrong: str = ""

    @property
    def sentence(self) -> str:
        """Say so in English."""
        if self.later:
            return f'"{self.name}" counts up to {self.later}, after the quarter; it is left aside'
        told = f'"{self.name}" is used by no source'
        if self.instead:
            return f"{told}; {', '.join(filter(None, (f'{self.instead} is read', self.why)))}"
        if self.meant:
            return f"{told}; {self._how[0]} {self.meant} if it is that"
        return f"{told}: {self.wrong}" if self.wrong else told

    @property
    def fix(self) -> Fix:
        """Say so in the cleaning log."""
        rule = "berkas tidak dipakai oleh sumber mana pun"
        if self.later:
            rule = f"berkas tidak dipakai karena memuat data s.d. {self.later}, setelah triwulan"
        elif self.instead:
            rule += f"; yang dibaca ialah {self.instead}"
        elif self.meant:
            rule += f"; apabila yang dimaksud {self.meant}, {self._how[1]}"
        elif self.wrong:
            rule += "; isinya tidak dapat dibaca"
        return Fix(self.name, 0, "", "", "", rule)

    @property
    def _how(self) -> tuple[str, str]:
        if "/" in self.name:
            return "move it up as", "pindahkan ke folder satuan kerja dengan nama itu"
        if self.name.casefold().endswith(_SUFFIXES) or _SHEET in self.name:
            return "rename it to", "ubah namanya"
        return "save it as", "simpan dalam bentuk itu"


@dataclass(frozen=True)
class Delivery:
    """What lies in the raw folder of a unit and year."""

    #: The raw folder.
    folder: Path
    #: By name of the source, in the order of the sources.
    files: Mapping[str, Path]
    #: What no source uses, by name.
    strays: tuple[Stray, ...]
    #: Names of files by name of the source, where there is more than one for it.
    twice: Mapping[str, tuple[str, ...]]
    #: The workbook with a sheet for each source.
    form: Path | None = None
    #: Exports of the ministry's systems, by name, in whatever folder below the raw folder.
    exports: tuple[Recognised, ...] = ()
    #: Exports that another goes before which says something else.
    rivals: tuple[Rival, ...] = ()
    #: By name of the stray: the export it is most like.
    near: Mapping[str, Near] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, sources: Mapping[str, Source]) -> Delivery:
        """Look into a raw folder: at names, and for exports at the first rows of each table."""
        stems = {_stem(source.file): name for name, source in sources.items()}
        found: dict[str, list[str]] = {}
        others: list[str] = []
        form: Path | None = None
        looked = dict(_recognised(folder, sources))
        found_exports = {n: one for n, one in looked.items() if isinstance(one, Recognised)}
        exports, left, rivals = settle(found_exports)
        for name in sorted(path.name for path in folder.iterdir()):
            stem, _, suffix = name.rpartition(".")
            source = stems.get(stem.casefold())
            if name in found_exports:
                continue
            below = [one for one in looked if one.startswith(f"{name}/")]
            if below:
                others += [one for one in below if one not in found_exports]
            elif source is not None and f".{suffix.casefold()}" in _SUFFIXES:
                found.setdefault(source, []).append(name)
            elif form is None and name.casefold() == FORM:
                form = folder / name
            elif not _NOBODYS.match(name):
                others.append(name)
        files = {
            name: one.elsewhere or folder / found[name][0]
            for name, one in sources.items()
            if one.elsewhere is not None or name in found
        }
        meant = {_bare(source.file): name for name, source in sources.items()}
        return cls(
            folder,
            files,
            tuple(
                replace(
                    _stray(folder, name, meant, sources, files),
                    wrong=_wrong(name, looked.get(name)),
                )
                for name in others
            )
            + tuple(
                Stray(one.name, instead=one.instead, what=one.what, why=one.reason)
                for one in left.values()
            )
            + (() if form is None else _sheets_astray(form, sources)),
            {name: tuple(names) for name, names in found.items() if len(names) > 1},
            form,
            tuple(exports.values()),
            tuple(rivals),
            {_shown(name): one for name, one in looked.items() if isinstance(one, Near)},
        )

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that some source is read from."""
        forms = () if self.form is None else (self.form,)
        return (*self.files.values(), *(one.path for one in self.exports), *forms)

    @property
    def fed(self) -> set[str]:
        """Name the sources that the exports say something for."""
        return {
            name
            for one in self.exports
            for name, result in one.given.hasil.items()
            if not result.melengkapi
        }

    def wanted(
        self,
        sources: Mapping[str, Source],
        together: Together,
        needed: Collection[str],
        filled: Collection[str] = (),
        fed: Collection[str] | None = None,
    ) -> dict[str, Path]:
        """Give the files to read; note those that are missing or there twice.

        Parameters
        ----------
        sources : mapping of str to Source
            All declarations.
        together : Together
            Where errors are noted.
        needed : collection of str
            Sources that an indicator or a part of the report needs.
        filled : collection of str
            Sources whose sheet of the form is filled in.
        fed : collection of str, optional
            Sources that exports say something for in the quarter; `fed` by default.
        """
        place = place_of(self.folder)
        there = {*self.files, *filled, *(self.fed if fed is None else fed)}
        lacking = {
            source.file: source
            for name, source in sources.items()
            if name not in there and not may_lack(source, there, needed)
        }
        if lacking:
            called = self._called_otherwise(lacking)
            together.add(MissingInput(self._missing(sorted(lacking), place) + called))
        for names in self.twice.values():
            one, two = names[:2]
            together.add(
                UnreadableInput(
                    f"{one} and {two} are both in {place}; keep the one that counts and move the "
                    "other away"
                )
            )
        for name in (name for name in self.files if name in filled):
            together.add(
                UnreadableInput(
                    f"{self.files[name].name} and a filled sheet {name} of {FORM} are both in"
                    f" {place}; keep the one that counts and take the other away"
                )
            )
        left_out = {*self.twice, *filled}
        return {name: path for name, path in self.files.items() if name not in left_out}

    def _called_otherwise(self, lacking: Mapping[str, Source]) -> str:
        """Name the sheets of the form that hold what is missing under another name."""
        names = {one.name[:LONGEST] for one in lacking.values()}
        return "".join(
            f'; the sheet "{one.name.partition(_SHEET)[2]}" is read once it is called {one.meant}'
            for one in self.strays
            if _SHEET in one.name and one.meant in names
        )

    def _missing(self, names: list[str], place: str) -> str:
        astray = [name for name in names if (self.folder.parent / name).is_file()]
        if astray:
            return f"{', '.join(astray)} lies beside the folder of the year; move it into {place}"
        if self.form is not None:
            sheets = ", ".join(name.rpartition(".")[0] for name in names)
            return (
                f"{place}/{FORM} is still to be filled in: {sheets}; a file named like a sheet does"
                " as well"
            )
        like = {one.meant: one.name for one in reversed(self.strays)}
        hints = {name: _hint(name, like[name]) for name in names if name in like}
        if len(names) == 1:
            return f"{names[0]} is missing from {place}; {hints.get(names[0], 'put it there')}"
        told = [f"{name} ({hints[name]})" if name in hints else name for name in names]
        return f"{', '.join(told[:-1])} and {told[-1]} are missing from {place}; put them there"


def due(needed: Collection[str], sources: Mapping[str, Source], month: int) -> set[str]:
    """Leave out of what is needed what need not be there yet at the end of a month."""
    late = {name for name, one in sources.items() if one.asked == "akhir_tahun"}
    return set(needed) - (late if month < len(MONTHS) else set())


def may_lack(source: Source, delivered: Collection[str], needed: Collection[str] = ()) -> bool:
    """Tell whether a unit may do without a source: it is not needed, or others take its place."""
    wanted = source.asked == "ya" or (source.asked != "tidak" and source.name in needed)
    return not wanted or any(one in delivered for one in source.instead)


def _recognised(
    folder: Path, sources: Mapping[str, Source]
) -> Iterator[tuple[str, Recognised | Near]]:
    """Look at every table below a raw folder, those of the folder itself that are large by name."""
    exports = {name: one for source in sources.values() for name, one in source.exports}
    named = {_stem(one.file) for one in sources.values() if not one.exports}
    if not exports:
        return
    for path, name in _tables(folder, ""):
        large = _stem(name) in named and path.stat().st_size > _LARGE
        if not large and name.casefold() != FORM:
            yield name, recognise(path, _shown(name), exports)


def _tables(folder: Path, before: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if _NOBODYS.match(path.name) or path.is_symlink():
            continue
        if path.is_dir() and before.count("/") < _DEPTH:
            yield from _tables(path, f"{before}{path.name}/")
        elif path.suffix.casefold() in (*BOOKS, ".csv") and path.is_file():
            yield path, f"{before}{path.name}"


def _sheets_astray(form: Path, sources: Mapping[str, Source]) -> tuple[Stray, ...]:
    # Whoever reads it tells that a workbook is damaged.
    with suppress(InputError):
        found = astray(sources, form)
        return tuple(Stray(_shown(f"{FORM}{_SHEET}{tab}"), name) for tab, name in found.items())
    return ()


def _wrong(name: str, looked: Recognised | Near | None) -> str:
    """Say why a file cannot be read; empty where it can."""
    if name.casefold().endswith(_PACKED):
        return "it is packed; unpack it here"
    if name.casefold().endswith(_SHEETS):
        return "only .xlsx and .csv are read; open it and save it as .xlsx"
    return looked.wrong if isinstance(looked, Near) else ""


def _stray(
    folder: Path,
    name: str,
    meant: Mapping[str, str],
    sources: Mapping[str, Source],
    files: Mapping[str, Path],
) -> Stray:
    shown = _shown(name)
    if (folder / name).is_dir():
        return Stray(f"{shown}/")
    bare = _bare(name)
    source = meant.get(bare) or meant.get(_nearly(bare, meant))
    if source is None:
        return Stray(shown)
    instead = files[source].name if source in files else ""
    return Stray(shown, sources[source].file, instead)


def _nearly(bare: str, known: Mapping[str, str]) -> str:
    """Find a name that a slip of the hand may have made of one; empty if there is none."""
    near = nearest(bare, known) or ""
    return near if near and is_slip(bare, near) else ""


def _hint(name: str, there: str) -> str:
    stem, _, _ = there.partition(".")
    suffix = Path(name).suffix[1:]
    if "/" in there:
        return f'"{there}" is there: move it up as {name}'
    how = f"save it as {suffix}" if stem.casefold() == _stem(name) else f"rename it to {name}"
    return f'"{there}" is there: {how}'


def _stem(file: str) -> str:
    return file.rpartition(".")[0].casefold()


def _bare(name: str) -> str:
    """Spell a name without what does not tell files apart."""
    stem = name.partition(".")[0].casefold()
    return re.sub(r"[\W_]+", "", _ADDED.sub(" ", re.sub(r"[_-]", " ", stem)))


def _shown(name: str) -> str:
    """Spell out what cannot be printed or changes how the rest of a line is; mask personal data."""
    text, _ = masked(os.fsencode(name).decode("utf-8", "backslashreplace"), "angka")
    seen = (unicodedata.category(one)[0] != "C" for one in text)
    return "".join(a if b else f"\\u{ord(a):04x}" for a, b in zip(text, seen, strict=True))
