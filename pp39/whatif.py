"""What if a parameter were another one: a panel for a notebook, held against the base.

It computes with `pp39.compute`, so what it shows is what ``pp39 compute -p`` gives.
"""

from __future__ import annotations

import json
import shutil
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pp39 import showing
from pp39.api import Run, compute
from pp39.errors import MissingInput, ParameterError, Pp39Error
from pp39.ledger import dashed
from pp39.params.settings import Entry
from pp39.periods import Period
from pp39.report.inline import Phrase
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.indikator import analisis
from pp39.run.project import folders_of, project_root, read_project
from pp39.run.wanted import Wanted

try:
    import ipywidgets as widgets  # type: ignore[import-untyped]
except ImportError:
    raise ParameterError(
        "the panel needs the extra 'lab'; install it with: make lab, or pip install 'pp39[lab]'"
    ) from None

#: Branches on which no indicator depends, or that are no single values.
_LEFT_OUT = frozenset(
    {"profil", "unit", "laporan", "sasaran", "indikator", "regulasi", "temuan", "eksekusi"}
)
_NULL = "(kosong)"
_NAMES = ("target", "realisasi", "capaian")


@dataclass(frozen=True)
class Shown:
    """One indicator as the panel shows it."""

    kode: str
    nama: str
    #: Target, realisation and achievement as the report prints them.
    angka: tuple[str, ...]
    status: str
    #: What the report says of it.
    kalimat: str


def shown(run: Run, wanted: Wanted) -> tuple[Shown, ...]:
    """Read the indicators of a run with their sentences."""
    material = Bahan.baca(wanted.workspace().settings, run.folders.processed)
    said = {one.kode: Phrase(*analisis(material, one)).plain() for one in material.capaian()}
    found = []
    for row in run.indicators.itertuples():
        held = [material.q(f"{dashed(row.kode)}/{name}") for name in _NAMES]
        figures = tuple("–" if one is None else one.with_unit() for one in held)
        code = str(row.kode)
        found.append(Shown(code, str(row.indikator), figures, str(row.status), said.get(code, "")))
    return tuple(found)


class WhatIf:
    """The panel: unit, year, quarter and parameters above, indicators below.

    Parameters
    ----------
    project : str or pathlib.Path, optional
        Folder of the project; found as the command finds it by default.
    quarter : str
        The one to begin with.
    """

    def __init__(self, project: str | Path | None = None, quarter: str = "IV") -> None:
        self._root = project_root(None if project is None else Path(project))
        chosen = read_project(self._root)
        units = folders_of(self._root / "data" / "raw")
        if not units:
            raise MissingInput("data/raw has no unit; start one with: pp39 init UNIT")
        self.unit = widgets.Dropdown(
            options=units, value=chosen.unit if chosen.unit in units else units[0]
        )
        self.year = widgets.Dropdown(options=self._years(chosen.year))
        fitting = {"button_width": "auto"}
        self.quarter = widgets.ToggleButtons(options=[str(one) for one in Period], style=fitting)
        self.quarter.value = str(Period.parse(quarter))
        self.reset = widgets.Button(
            description="Kembali ke dasar", layout=widgets.Layout(width="auto")
        )
        self.note = widgets.HTML()
        self.result = widgets.HTML()
        #: The editor of each parameter by its name, and what it shows in the base.
        self.editors: dict[str, widgets.Widget] = {}
        self._base_values: dict[str, object] = {}
        self._base: tuple[Shown, ...] = ()
        #: The run that is shown.
        self.run: Run | None = None
        #: Its folder, where it was made to be shown here only, and what removes that.
        self._made: Path | None = None
        self._forget: weakref.finalize[..., WhatIf] | None = None
        self._form = widgets.VBox()
        self._quiet = False
        self.unit.observe(self._other_unit, "value")
        for one in (self.year, self.quarter):
            one.observe(self._other_base, "value")
        self.reset.on_click(self._other_base)
        for one in (self.unit, self.year):
            one.layout.width = "auto"
        head = widgets.HBox([self.unit, self.year, self.quarter, self.reset])
        self.box = widgets.VBox([head, self._form, self.note, self.result])
        self._other_base()

    @property
    def overrides(self) -> dict[str, object]:
        """The parameters that differ from the base."""
        return {
            name: _value(editor)
            for name, editor in self.editors.items()
            if _value(editor) != self._base_values[name]
        }

    def _repr_mimebundle_(self, **given: Any) -> Any:
        return self.box._repr_mimebundle_(**given)

    def _years(self, preferred: int | None = None) -> list[int]:
        there = [int(one) for one in folders_of(self._root / "data" / "raw" / self.unit.value)]
        return sorted(there, key=lambda year: (year != preferred, -year))

    def _other_unit(self, _: object) -> None:
        with self._silence():
            self.year.options = self._years()
        self._other_base()

    def _other_base(self, _: object = None) -> None:
        """Begin anew: with the unit, the year and the quarter as they are chosen."""
        if self._quiet:
            return
        with self._told():
            self._base = self._computed({})
            assert self.run is not None
            settings = self._wanted(self.run).workspace().settings
            entries = [*settings.describe(), *self._targets(self.run)]
            self.editors = dict(_editors(entries))
            self._base_values = {name: _value(one) for name, one in self.editors.items()}
            for one in self.editors.values():
                one.observe(self._changed, "value")
            grid = widgets.Layout(grid_template_columns="repeat(3, minmax(0, 1fr))")
            self._form.children = (widgets.GridBox(list(self.editors.values()), layout=grid),)
            self._show(self._base)

    def _changed(self, _: object) -> None:
        with self._told():
            self._show(self._computed(self.overrides))

    def _computed(self, overrides: Mapping[str, object]) -> tuple[Shown, ...]:
        place = {"unit": self.unit.value, "year": self.year.value, "project": self._root}
        inside = Path(self.unit.value, str(self.year.value), self.quarter.value)
        kept = set((self._root / "data" / "processed" / inside).glob("*"))
        self.run = compute(self.quarter.value, param=overrides, **place)
        self._keep(self.run.folders.processed, temporarily=bool(overrides), kept=kept)
        return shown(self.run, self._wanted(self.run))

    def _keep(self, folder: Path, kept: Collection[Path], *, temporarily: bool) -> None:
        """Remove the run that was tried before; this one, too, goes once it is shown no more."""
        if folder == self._made:
            return
        if self._forget is not None:
            self._forget()
        self._made = self._forget = None
        if temporarily and folder not in kept:
            self._made = folder
            self._forget = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def _wanted(self, run: Run) -> Wanted:
        at = run.address
        place = (at.unit, at.year, str(at.period), at.scenario, at.overrides)
        return Wanted("compute", *place, project=self._root)

    def _targets(self, run: Run) -> Iterator[Entry]:
        """Give the target of each indicator as a parameter; the tree lists those replaced only."""
        for row in run.indicators.itertuples():
            target = run.ledger.get(f"{dashed(row.kode)}/target")
            if target is not None:
                value = float(target.value)
                yield Entry(f'target."{row.kode}"', "number", value, "", str(row.indikator))

    def _show(self, now: tuple[Shown, ...]) -> None:
        before = {one.kode: one for one in self._base}
        self.result.value = _changes(now, before) + _table(now, before) + _sentences(now, before)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say that something is going on, and what went wrong."""
        self.note.value = "<p>Menghitung …</p>"
        try:
            yield
        except Pp39Error as error:
            self.note.value = f"<p><b>{escape(error.sentence)}</b></p>"
        else:
            changed = "; ".join(f"{name} = {value}" for name, value in self.overrides.items())
            self.note.value = f"<p>{escape(changed or 'Sama dengan dasar.')}</p>"

    @contextmanager
    def _silence(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False


def _editors(entries: Iterable[Entry]) -> Iterator[tuple[str, widgets.Widget]]:
    for one in entries:
        if one.path.partition(".")[0] not in _LEFT_OUT and not one.type.startswith("map"):
            yield one.path, _editor(one)


def _editor(entry: Entry) -> widgets.Widget:
    """Give the widget that fits the kind of a parameter."""
    kind, null, _ = entry.type.partition(" or null")
    look = {
        "description": entry.path,
        "description_tooltip": entry.meaning,
        "style": {"description_width": "60%"},
        "layout": widgets.Layout(width="auto", min_width="0"),
    }
    if kind.startswith("one of "):
        words = kind.removeprefix("one of ").split(", ")
        options: list[tuple[str, object]] = [
            (one, int(one) if one.isdecimal() else one) for one in words
        ]
        # None would stand for no choice at all.
        options += [(_NULL, _NULL)] if null else []
        value = _NULL if entry.value is None else entry.value
        return widgets.Dropdown(options=options, value=value, **look)
    if kind == "true or false" and not null:
        return widgets.Checkbox(value=entry.value, indent=False, **look)
    if kind == "whole number" and not null:
        return widgets.IntText(value=entry.value, continuous_update=False, **look)
    if kind == "number" and not null:
        return widgets.FloatText(value=entry.value, continuous_update=False, **look)
    text = json.dumps(entry.value, ensure_ascii=False)
    return widgets.Text(value=text, continuous_update=False, **look)


def _value(editor: widgets.Widget) -> object:
    """Give what an editor holds, as the parameter takes it."""
    if isinstance(editor, widgets.FloatText):
        whole = editor.value.is_integer()
        return int(editor.value) if whole else editor.value
    if not isinstance(editor, widgets.Text):
        return None if editor.value == _NULL else editor.value
    try:
        return json.loads(editor.value)
    except ValueError:
        return editor.value


def _changes(now: Sequence[Shown], before: Mapping[str, Shown]) -> str:
    """Say in one line which indicators are not as in the base, and of which the status is not."""
    other = [one for one in now if one != before.get(one.kode, one)]
    if not other:
        return ""
    status = [one.kode for one in other if one.status != before[one.kode].status]
    told = f"Berubah: {', '.join(one.kode for one in other)}"
    judged = f"status: {', '.join(status)}" if status else "tidak ada status yang berubah"
    return f"<p>{escape(told)}; {escape(judged)}.</p>"


def _table(now: Sequence[Shown], before: Mapping[str, Shown]) -> str:
    heads = ("Kode", "Indikator", "Target", "Realisasi", "Capaian", "Status")
    rows = []
    for one in now:
        was = before.get(one.kode)
        old = ("", "", *was.angka, was.status) if was is not None else ("",) * 6
        new = (one.kode, one.nama, *one.angka, one.status)
        rows.append(
            [
                cell
                if not earlier or earlier == cell
                else showing.Shown(f"<b>{escape(cell)}</b> (dasar: {escape(earlier)})", cell)
                for cell, earlier in zip(new, old, strict=True)
            ]
        )
    return showing.table("Capaian", heads, rows).html


def _sentences(now: Sequence[Shown], before: Mapping[str, Shown]) -> str:
    told = []
    for one in now:
        was = before.get(one.kode)
        if was is not None and was.kalimat != one.kalimat:
            told += [f"<h4>{escape(one.kode)} {escape(one.nama)}</h4>"]
            told += [f"<p>{escape(one.kalimat)}</p>", f"<p><i>Dasar: {escape(was.kalimat)}</i></p>"]
    return "".join(told)
