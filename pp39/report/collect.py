"""From an executed notebook to the report: its blocks in order, numbered and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pp39.ledger import slug
from pp39.report.abbreviations import Abbreviations
from pp39.report.block import BLOCK_MIME, HTML_MIME, TYPST_MIME, Description
from pp39.report.entry import Entry
from pp39.report.inline import ReportError, Uses

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Meta:
    """Metadata of the report, as `pp39.report.Dokumen` gives it."""

    judul: str
    subjudul: str
    unit: str
    periode: str
    tanggal: str
    penulis: str
    kata_kunci: list[str]
    deskripsi: str
    keadaan: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its place in the report."""

    #: Its description; a heading without label has been given one.
    told: Description
    #: html, typst: the block rendered, numbers still to be put in.
    html: str
    typst: str
    #: ``"BAB I"``, ``"2.1"``, ``"Lampiran 1"``, ``"Tabel 2.1"``, ``"Gambar 3.2"`` or empty.
    number: str = ""

    @property
    def level(self) -> int:
        """Level of a heading, 0 of anything else."""
        return int(self.told.extra.get("level", 0))


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a contents list."""

    level: int
    label: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything an exporter needs."""

    #: Metadata.
    meta: Meta
    #: Blocks in order, without the metadata block.
    blocks: list[Placed]
    #: Label to how prose refers to it, such as ``"Tabel 2.1"``.
    numbers: dict[str, str] = field(default_factory=dict)

    def headings(self) -> list[Heading]:
        """List the headings."""
        return [
            Heading(one.level, one.told.label, one.number, one.told.title)
            for one in self.blocks
            if one.level
        ]

    def numbered(self, kind: str) -> list[Heading]:
        """List the tables (``"tabel"``) or figures (``"bagan"``)."""
        return [
            Heading(1, one.told.label, one.number, one.told.title)
            for one in self.blocks
            if one.told.kind == kind
        ]


def collect(notebook: Mapping[str, Any]) -> Report:
    """Gather, number and check the report in an executed notebook.

    Raises
    ------
    ReportError
        If the notebook shows no `Document` or several, a label is used twice, something links to
        what is not there, or a printed figure has no entry in `Trace`.
    """
    shown = list(_shown(notebook))
    documents = [told for told, _, _ in shown if told.kind == "dokumen"]
    if len(documents) != 1:
        raise ReportError(
            f"the notebook shows {len(documents)} Dokumen objects; a report needs exactly one"
            " (was the notebook executed?)"
        )
    meta = Meta(**documents[0].extra["dokumen"])
    blocks = _numbered(_filled([one for one in shown if one[0].kind != "dokumen"]))
    report = Report(meta, _abbreviated(_pruned(blocks)), _references(blocks))
    _check(report)
    return report


def _shown(notebook: Mapping[str, Any]) -> Iterator[tuple[Description, str, str]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if BLOCK_MIME in data:
                yield (
                    Description.from_json(dict(data[BLOCK_MIME])),
                    _whole(data.get(HTML_MIME, "")),
                    _whole(data.get(TYPST_MIME, "")),
                )


def _whole(text: str | list[str]) -> str:
    """Give a text of an output; in the file it is a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _filled(shown: list[tuple[Description, str, str]]) -> list[tuple[Description, str, str]]:
    """Leave out a list of tables or figures of which none is printed."""
    printed = {told.kind for told, _, _ in shown if not told.audit}
    lists = {"daftar-tabel": "tabel", "daftar-gambar": "bagan"}
    empty = {name for name, kind in lists.items() if kind not in printed}
    return [one for one in shown if one[0].kind not in empty]


class _Counter:
    """Counts chapters, sections, tables and figures."""

    def __init__(self) -> None:
        self.chapter = ""
        self.chapters = 0
        self.annexes = 0
        self.sections = [0, 0, 0, 0]
        self.floats: dict[str, int] = {}
        self.between: dict[str, int] = {}
        self.audit = False

    def heading(self, level: int, style: str, *, audit: bool = False) -> str:
        if level == 1:
            self.audit = audit
            return self._chapter(style)
        if style == "tanpa-nomor" or not self.chapter:
            return ""
        self.sections[level - 2] += 1
        self.sections[level - 1 :] = [0] * (5 - level)
        if level == 4:
            return f"{_letter(self.sections[2])}."
        if level == 5:
            return f"{self.sections[3]})"
        return ".".join([self.chapter, *(str(one) for one in self.sections[: level - 1])])

    def float(self, word: str, *, audit: bool) -> str:
        """Count a table or figure; one that is not printed has a letter and leaves no gap."""
        chapter = f"{self.chapter}." if self.chapter else ""
        if audit and not self.audit:
            letter = _letter(self.between.get(word, 0) + 1)
            self.between[word] = self.between.get(word, 0) + 1
            return f"{word} {chapter}{self.floats.get(word, 0)}{letter}"
        self.floats[word] = self.floats.get(word, 0) + 1
        self.between[word] = 0
        return f"{word} {chapter}{self.floats[word]}"

    def _chapter(self, style: str) -> str:
        self.sections = [0, 0, 0, 0]
        if style in ("depan", "tanpa-nomor"):
            self.chapter = ""
            return ""
        self.floats, self.between = {}, {}
        if style == "lampiran":
            self.annexes += 1
            self.chapter = f"L{self.annexes}"
            return f"Lampiran {self.annexes}"
        self.chapters += 1
        self.chapter = str(self.chapters)
        return f"BAB {_roman(self.chapters)}"


def _numbered(shown: list[tuple[Description, str, str]]) -> list[Placed]:
    counter = _Counter()
    placed: list[Placed] = []
    for order, (shown_as, html, typst) in enumerate(shown, start=1):
        told = shown_as
        number = ""
        match told.kind:
            case "judul":
                level, style = told.extra["level"], told.extra["style"]
                number = counter.heading(level, style, audit=told.audit)
                told = _headed(told, order)
            case "tabel":
                number = counter.float("Tabel", audit=told.audit)
            case "bagan":
                number = counter.float("Gambar", audit=told.audit)
            case "daftar-isi" | "daftar-tabel" | "daftar-gambar":
                title = told.kind.replace("-", " ").upper()
                extra = {"level": 1, "style": "depan"}
                told = Description(told.kind, told.kind, title, extra=extra)
                counter.heading(1, "depan")
        placed.append(Placed(told, html, typst, number))
    return placed


def _headed(told: Description, order: int) -> Description:
    """Give a heading a label, and a chapter its capitals."""
    title = told.title.upper() if told.extra["level"] == 1 else told.title
    return replace(told, label=told.label or f"bagian-{order}", title=title)


def _references(blocks: list[Placed]) -> dict[str, str]:
    """Map labels to what prose calls them; a heading with a bare number is a "bagian"."""
    names: dict[str, str] = {}
    for one in blocks:
        if not one.told.label:
            continue
        if one.level > 1:
            number = one.number.rstrip(".")
            names[one.told.label] = f"bagian {number}" if number else one.told.title
        else:
            names[one.told.label] = one.number or one.told.title
    return names


def _pruned(blocks: list[Placed]) -> list[Placed]:
    """Keep those entries of the calculations that are printed or that a printed one builds on."""
    printed = frozenset().union(*(one.told.uses.ids for one in blocks))
    return [_kept(one, printed) if one.told.kind == "jejak" else one for one in blocks]


def _kept(block: Placed, printed: frozenset[str]) -> Placed:
    entries = Entry.all_from_json(block.told.extra["entries"])
    needed: set[str] = set()
    waiting = [one for one in printed if one in entries]
    while waiting:
        id_ = waiting.pop()
        if id_ not in needed:
            needed.add(id_)
            waiting.extend(one.id for one in entries[id_].inputs if one.id)
    kept = {id_: one for id_, one in entries.items() if id_ in needed}
    anchors = tuple(f"jejak-{slug(id_)}" for id_ in kept)
    told = replace(
        block.told, uses=Uses(anchors=anchors), extra=block.told.extra | {"entries": kept}
    )
    return replace(block, told=told)


def _abbreviated(blocks: list[Placed]) -> list[Placed]:
    """Keep those abbreviations in their list that the report uses outside its calculations."""
    apart = ("singkatan", "jejak")
    texts = [one.html for one in blocks if one.told.kind not in apart]
    found = []
    for one in blocks:
        if one.told.kind == "singkatan":
            kept = Abbreviations(one.told.extra["meanings"]).used_in(texts)
            found.append(replace(one, html=kept.html(), typst=kept.typst()))
        else:
            found.append(one)
    return found


def _check(report: Report) -> None:
    anchors: dict[str, str] = {}
    for one in report.blocks:
        own = (one.told.label,) if one.told.label else ()
        for anchor in (*own, *one.told.uses.anchors):
            if anchor in anchors:
                raise ReportError(
                    f'label "{anchor}" is used by a {anchors[anchor]} and again by a'
                    f" {one.told.kind}; labels must be unique"
                )
            anchors[anchor] = one.told.kind
    for one in report.blocks:
        where = f'{one.told.kind} "{one.told.title or one.told.label}"'.replace(' ""', "")
        for target in sorted(one.told.uses.targets):
            if target not in anchors:
                raise ReportError(f'{where} refers to "{target}", which is nowhere in the report')
        for id_ in sorted(one.told.uses.ids):
            if f"jejak-{slug(id_)}" not in anchors:
                raise ReportError(
                    f'{where} prints the figure "{id_}", which has no entry in Jejak; show'
                    " Jejak(ledger) with the ledger that holds it"
                )


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)
