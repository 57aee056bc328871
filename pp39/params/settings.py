"""The parameters of one run, typed, and where each of them was set."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from pp39.errors import ParameterError, nearest
from pp39.ledger import Quantity
from pp39.numbers import exact
from pp39.params.emblem import read_emblems
from pp39.params.layers import (
    DEFAULT_SCENARIO,
    case_layers,
    earlier_files,
    read_layers,
    validated,
)
from pp39.params.merged import Layered
from pp39.params.model import Params
from pp39.params.overrides import resolve_path
from pp39.params.schema import ROOT, Node, format_path, type_name
from pp39.periods import Period, Quarter
from pp39.profile import Profile
from pp39.profile.files import own_files
from pp39.yamlfile import KeyPath, Place

#: Layer of what ``-p`` sets.
OVERRIDE = "-p"
_SCENARIOS = "params/scenarios/"
#: What no figure depends on: how a run is executed, and whether it is ready to be signed.
_NO_FIGURE = ("eksekusi.", "laporan.keadaan", "laporan.dikirim", "laporan.penanda_tangan")
_TAKEN_AWAY = "not there: an entry of an earlier layer that was taken away"


@dataclass(frozen=True)
class Entry:
    """One parameter as ``pp39 params`` lists it."""

    #: As ``-p`` takes it.
    path: str
    #: Kind of value, in plain words.
    type: str
    #: JSON types only.
    value: Any
    #: File that set it, ``-p``, or ``bawaan``.
    layer: str
    #: What it means.
    meaning: str


@dataclass(frozen=True)
class Change:
    """One parameter that the scenario or ``-p`` gives another value."""

    #: As it is.
    now: Entry
    #: As it would be without them; None if it would not be set, or if that is not known.
    before: Entry | None


@dataclass(frozen=True)
class Settings:
    """All parameters of one run."""

    #: Slug of the unit.
    unit: str
    #: Budget year (tahun anggaran).
    year: int
    #: What the report covers.
    period: Period
    #: Name of the scenario.
    scenario: str
    #: The overrides as given.
    overrides: tuple[str, ...]
    #: The typed tree.
    params: Params
    #: Parameter files read, in order, relative to the project.
    files: tuple[str, ...]
    #: Where each value was set.
    places: Mapping[KeyPath, Place]
    #: What a unit of this kind reports.
    profile: Profile
    #: Entries that a layer took away, such as an indicator, and where.
    removed: Mapping[KeyPath, Place] = field(default_factory=dict)
    #: Logos by the path that the parameters name.
    emblems: Mapping[str, bytes] = field(default_factory=dict)
    #: The same run without scenario and overrides; None if it has neither, or if the parameters are
    #: not complete without them.
    base: "Settings | None" = None
    #: The same for each earlier quarter of the year, where files of quarters set any figure.
    earlier: "Mapping[Quarter, Settings]" = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        # What it has worked out since is no part of it.
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def quarter(self) -> Quarter:
        """Quarter at whose end the report tells how things stand."""
        return self.period.quarter

    @property
    def of_year(self) -> tuple[str, ...]:
        """Indicators that are computed over all quarters of the year reported on."""
        return tuple(
            code
            for code, one in (self.params.indikator.items() if self.period.is_year else ())
            if one.setahun and one.sifat == "triwulan"
        )

    def describe(self) -> tuple[Entry, ...]:
        """List every parameter with type, value, layer and meaning, in the order of the tree."""
        return tuple(self._listed())

    def overridden(self, plain: "Settings | None") -> dict[str, Any]:
        """Give what ``-p`` sets by its path, but for what has the same value in `plain`."""
        listed = () if plain is None else plain._listed(self._for_run)
        known = {one.path: one.value for one in listed}
        return {
            one.path: one.value
            for one in self._listed(self._for_run)
            if one.layer == OVERRIDE and not (one.path in known and known[one.path] == one.value)
        }

    def _listed(self, within: Collection[KeyPath] | None = None) -> Iterator[Entry]:
        tree = self.params.model_dump(mode="json")
        yield from self._entries(self._root, (), tree, within)
        for path, place in self.removed.items():
            yield Entry(format_path(path), "null", None, place.layer, _TAKEN_AWAY)

    @cached_property
    def _for_run(self) -> Collection[KeyPath]:
        """Paths that the scenario or ``-p`` sets, and what they are in."""
        given = [path for path, place in self.places.items() if _set_for_run(place.layer)]
        return {path[:n] for path in given for n in range(len(path) + 1)}

    def changes(self) -> tuple[Change, ...]:
        """List what the scenario and ``-p`` make different, in the order of the tree.

        What only says how a run is executed (``eksekusi``), whether the report is a draft, who
        signs it and when it was sent is left out, since no figure depends on it.
        """
        return self._changed

    @cached_property
    def _changed(self) -> tuple[Change, ...]:
        # Most runs change nothing, and need not go through all parameters to find that out.
        places = (*self.places.values(), *self.removed.values())
        if not any(_set_for_run(place.layer) for place in places):
            return ()
        base = self.base
        listed = () if base is None else base._listed(self._for_run)
        before = {one.path: one for one in listed}
        before |= self._gone_since() if base is not None else {}
        return tuple(
            Change(one, before.get(one.path))
            for one in self._listed(self._for_run)
            if _set_for_run(one.layer)
            and not one.path.startswith(_NO_FIGURE)
            and (one.path not in before or before[one.path].value != one.value)
        )

    def _gone_since(self) -> dict[str, Entry]:
        """Give what the base has for the entries that are taken away here, by its name."""
        assert self.base is not None
        found = {}
        for path in self.removed.keys() - self.base.removed.keys():
            if path not in self.base.places:
                continue  # the scenario set it, and -p took it away again
            value, name = self.base._at(path), format_path(path)
            if isinstance(value, Mapping):
                value = value.get("nama") or "; ".join(str(one) for one in value.values() if one)
            found[name] = Entry(name, "text", value, self.base._layer(path), _TAKEN_AWAY)
        return found

    def layer(self, path: str) -> str:
        """Name the layer that set the parameter at `path`."""
        return self._layer(self._resolved(path))

    def value(self, path: str) -> Any:
        """Give the value at `path` in JSON types.

        Raises
        ------
        ParameterError
            When there is no such parameter; names the nearest.
        """
        return self._at(self._resolved(path))

    def quantity(self, path: str, label: str, unit: str) -> Quantity:
        """Give the number at `path` as a traced quantity.

        Parameters
        ----------
        path : str
            For instance ``status.ambang`` or ``target."IKU 1.1"``.
        label, unit : str
            Of the quantity.

        Raises
        ------
        ParameterError
            When there is no such parameter or it is no number.
        """
        resolved = self._resolved(path)
        value = self._at(resolved)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ParameterError(f"parameter {format_path(resolved)} is {value!r}, not a number")
        number: Fraction = exact(value)
        return Quantity.parameter(number, label, unit, format_path(resolved), self._layer(resolved))

    def named_quantity(self, path: str) -> Quantity:
        """Give the number at `path` by the name that its profile gives it, without a unit."""
        declared = self.profile.isi.parameter.get(path)
        return self.quantity(path, (declared and declared.nama) or f"Parameter {path}", "")

    def dropped(self, branch: str) -> tuple[str, ...]:
        """Name the entries of a map, such as ``indikator``, that a layer took away."""
        return tuple(path[-1] for path in self.removed if format_path(path[:-1]) == branch)

    def digest(self, paths: Iterable[str], unread: Collection[str] = ()) -> str:
        """Hash the parts of the tree a step reads.

        Parameters
        ----------
        paths : iterable of str
            Parameters or branches, such as ``["capaian", "unit.nama"]``.
        unread : collection of str
            What is left out of every indicator.

        Returns
        -------
        str
            SHA-256 in hexadecimal; changes when and only when one of the values does.
        """
        wanted = [self._resolved(one) for one in paths]
        parts = {format_path(one): self._at(one) for one in wanted}
        if "indikator" in parts and unread:
            parts["indikator"] = {
                code: {key: value for key, value in one.items() if key not in unread}
                for code, one in parts["indikator"].items()
            }
        gone = [
            format_path(path)
            for path in self.removed
            if any(path[: len(one)] == one for one in wanted)
        ]
        if gone:
            parts["-"] = sorted(gone)
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Give the full effective parameters in JSON types, names sorted."""
        dumped: dict[str, Any] = _sorted(self.params.model_dump(mode="json"))
        return dumped

    @cached_property
    def _tree(self) -> Mapping[str, Any]:
        return self.to_json()

    def _resolved(self, path: str) -> KeyPath:
        return resolve_path(path, self._tree, self._root)

    @property
    def _root(self) -> Node:
        return Node(type(self.params), ROOT.meaning)

    def _at(self, path: KeyPath) -> Any:
        here: Any = self._tree
        for key in path:
            if not isinstance(here, Mapping) or key not in here:
                near = nearest(key, here) if isinstance(here, Mapping) else None
                hint = f"; the nearest is {near}" if near else ""
                raise ParameterError(f"parameter {format_path(path)} is not set{hint}")
            here = here[key]
        return here

    def _layer(self, path: KeyPath) -> str:
        # A value inside a list or below a whole branch given at once was set with what holds it,
        # but a field left out of a branch is a default, so only an exact match names a layer.
        place = self.places.get(path)
        return place.layer if place is not None else "bawaan"

    def _entries(
        self, node: Node, path: KeyPath, value: Any, within: Collection[KeyPath] | None = None
    ) -> Iterator[Entry]:
        """Give all parameters below a node; only those on the way to some paths, where given."""
        if within is not None and path not in within:
            return
        if node.fields is not None:
            for key in node.fields:
                child = node.child(key)
                assert child is not None
                yield from self._entries(child, (*path, key), value[key], within)
        elif node.values is not None and value:
            for key in value:
                yield from self._entries(node.values, (*path, key), value[key], within)
        else:
            yield Entry(
                format_path(path),
                type_name(node.annotation),
                value,
                self._layer(path),
                node.meaning,
            )


def load(
    root: Path,
    unit: str,
    year: int,
    quarter: Period | Quarter | str | int,
    scenario: str = DEFAULT_SCENARIO,
    *,
    overrides: Sequence[str] = (),
) -> Settings:
    """Load the parameters of one run.

    Parameters
    ----------
    root : Path
        Folder of the project, which holds ``params/``.
    unit : str
        Slug of the unit: a file of ``params/unit``.
    year : int
        Budget year (tahun anggaran).
    quarter : Period, Quarter, str or int
        Quarter of the report, or ``tahunan``.
    scenario : str
        A file of ``params/scenarios``, or ``dasar``.
    overrides : sequence of str
        ``path=value`` each; they win over all files.

    Raises
    ------
    ParameterError
        One sentence about each thing that is wrong and where it was written.
    """
    which = Period.parse(quarter)
    settings = _loaded(root, unit, year, which, scenario, overrides=overrides)
    files = earlier_files(root, unit, year, which)
    if not files:
        return settings
    earlier: dict[Quarter, Settings] = {}
    for one in [one for one in Quarter if one.number < which.quarter.number]:
        then = _loaded(root, unit, year, Period.parse(one), scenario, overrides=overrides)
        earlier[one] = _after(then, dict(earlier))
    paths = (path.relative_to(root).as_posix() for path in files)
    return replace(_after(settings, earlier), files=(*settings.files, *paths))


def _after(settings: Settings, earlier: Mapping[Quarter, Settings]) -> Settings:
    """Let settings know those of earlier quarters; so does what they are without overrides."""
    base = settings.base
    if base is not None:
        base = replace(base, earlier={key: one.base or one for key, one in earlier.items()})
    return replace(settings, base=base, earlier=earlier)


def _loaded(
    root: Path, unit: str, year: int, which: Period, scenario: str, *, overrides: Sequence[str]
) -> Settings:
    layered = read_layers(root, unit, year, which, scenario=scenario, overrides=overrides)
    params = validated(layered, which.quarter, year)
    emblems = read_emblems(root, params)
    settings = Settings(
        unit=unit,
        year=year,
        period=which,
        scenario=scenario,
        overrides=tuple(overrides),
        params=params,
        files=(*layered.files, *own_files(layered.profile.files), *emblems),
        places=dict(layered.places),
        profile=layered.profile,
        removed=dict(layered.removed),
        emblems=emblems,
    )
    return replace(settings, base=_base(settings, layered.base))


def load_case(
    root: Path,
    profile: Profile,
    year: int,
    quarter: Quarter,
    *,
    unit: Mapping[str, Any],
    overrides: Sequence[str],
) -> Settings:
    """Give the parameters of a case of a profile; see `pp39.params.layers.case_layers`."""
    layered = case_layers(root, profile, year, unit, overrides)
    return Settings(
        unit="uji",
        year=year,
        period=Period.parse(quarter),
        scenario=DEFAULT_SCENARIO,
        overrides=tuple(overrides),
        params=validated(layered, quarter, year),
        files=tuple(layered.files),
        places=dict(layered.places),
        profile=profile,
    )


def _base(settings: Settings, layered: Layered | None) -> Settings | None:
    if layered is None:
        return None
    try:
        params = validated(layered, settings.quarter, settings.year)
    except ParameterError:
        # The files alone need not be complete: the scenario or -p may set what they leave open.
        return None
    if params.indikator == settings.params.indikator:
        # What has been understood of formulas is known of the very same.
        params = params.model_copy(update={"indikator": settings.params.indikator})
    return replace(
        settings,
        scenario=DEFAULT_SCENARIO,
        overrides=(),
        params=params,
        files=(*layered.files, *own_files(settings.profile.files)),
        places=dict(layered.places),
        removed=dict(layered.removed),
    )


def _set_for_run(layer: str) -> bool:
    return layer == OVERRIDE or layer.startswith(_SCENARIOS)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_sorted(one) for one in value]
    return value
