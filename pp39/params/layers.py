"""The layers of parameters: which files there are, how they merge, and what is wrong with them.

Later wins: indicator registry, regulations of the year, unit, year, unit in the year, quarter,
scenario, then ``-p``. Of every value it is remembered which layer set it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pp39.errors import ParameterError, nearest
from pp39.params.model import Params
from pp39.params.overrides import CODE_MAPS, parse_override, unknown_name
from pp39.params.schema import ROOT, Node, allowed, format_path, indicator_code
from pp39.periods import Quarter, working_day_deadline
from pp39.profile import Profile, load_profile
from pp39.profile.files import own_files, read_chain, split_profile
from pp39.yamlfile import Document, Place, read_yaml

__all__ = ["DEFAULT_SCENARIO", "Layered", "case_layers", "layer_files", "read_layers", "validated"]

KeyPath = tuple[str, ...]

DEFAULT_SCENARIO = "dasar"

#: Maps to which any layer may add; the others are closed after the unit's file.
_OPEN_MAPS = frozenset({("target",), ("unit", "ro_di_luar_dipa"), ("temuan", "jawaban")})
#: Files that set up the tree: regulations and unit.
_EARLY = 2
#: What the profile states of parameters.
_STATED = ("sasaran", "indikator")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass
class Layered:
    """The merged tree before it is validated.

    Attributes
    ----------
    tree : dict
        Merged values.
    places : dict of path to Place
        Where each of them was set last.
    files : list of str
        The files read, in order, relative to the project.
    profile : Profile or None
        The profile the unit chose, with what the unit adds to it.
    base : Layered or None
        The same before the scenario and ``-p``; None if there are neither.
    """

    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    profile: Profile | None = None
    base: "Layered | None" = None

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path`, or the nearest one above it, was set."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place("bawaan")

    def at(self, path: KeyPath) -> Any:
        """Return the merged value at `path`, None when there is none."""
        here: Any = self.tree
        for key in path:
            if isinstance(here, Mapping):
                here = here.get(key)
            elif isinstance(here, list) and key.isdigit() and int(key) < len(here):
                here = here[int(key)]
            else:
                return None
        return here


def read_layers(
    root: Path, unit: str, year: int, quarter: Quarter, *, scenario: str, overrides: Sequence[str]
) -> Layered:
    """Read and merge all layers of one run.

    Parameters
    ----------
    root : Path
        Folder of the project, which holds ``params/``.
    unit, scenario : str
        Names of files below ``params/``.
    year : int
        Budget year (tahun anggaran).
    quarter : Quarter
        Quarter of the report.
    overrides : sequence of str
        ``path=value`` each.

    Raises
    ------
    ParameterError
        When a file that must be there is not, or holds a name that is not in the tree.
    """
    folder = root / "params"
    merged = Layered()
    early, late = _files(folder, unit, year, quarter)
    own = early[-1].relative_to(root).as_posix()
    rest, chosen = split_profile(read_yaml(early[-1], own))
    merged.profile = load_profile(root, chosen)
    stated = _stated(merged.profile)
    _merge(merged, _Source("pp39", "pp39", frozenset()), stated, (), ROOT)
    for path in early[:-1]:
        _merge_file(merged, root, path, closed=frozenset())
    merged.files.append(own)
    _merge(merged, _Source(own, own, frozenset()), rest, (), ROOT)
    closed = _closed_maps(merged.tree)
    for path in late:
        _merge_file(merged, root, path, closed)
    if scenario != DEFAULT_SCENARIO or overrides:
        merged.base = Layered(
            deepcopy(merged.tree), dict(merged.places), list(merged.files), merged.profile
        )
    if scenario != DEFAULT_SCENARIO:
        _merge_file(merged, root, _named(folder / "scenarios", scenario, "scenario"), closed)
    for text in overrides:
        one = parse_override(text, merged.tree)
        document = _nested(one.path, one.value)
        _merge(merged, _Source("-p", f"-p {text}", closed), document, (), ROOT)
    return merged


def case_layers(
    root: Path, profile: Profile, year: int, unit: Mapping[str, Any], overrides: Sequence[str]
) -> Layered:
    """Merge what a case of a profile is computed with: no file of a unit, only what it says itself.

    Parameters
    ----------
    root : Path
        Folder of the project, for the regulations of the year.
    profile : Profile
        The profile.
    year : int
        Budget year.
    unit : mapping
        The tree of the made-up unit: ``unit``, ``laporan``.
    overrides : sequence of str
        ``path=value`` each.
    """
    merged = Layered(profile=profile)
    _merge(merged, _Source("pp39", "pp39", frozenset()), _stated(profile), (), ROOT)
    _merge_file(merged, root, _regulations(root / "params", year), closed=frozenset())
    _merge(merged, _Source("uji", "uji", frozenset()), Document(unit, {}), (), ROOT)
    for text in overrides:
        one = parse_override(text, merged.tree)
        document = _nested(one.path, one.value)
        _merge(merged, _Source("-p", f"-p {text}", frozenset()), document, (), ROOT)
    return merged


def layer_files(
    root: Path, unit: str, year: int, quarter: Quarter, scenario: str
) -> tuple[str, ...]:
    """Name the parameter files of a run, in order, relative to the project.

    Only the unit's own is opened, and those of its profile.

    Raises
    ------
    ParameterError
        When a file that must be there is not.
    """
    folder = root / "params"
    early, late = _files(folder, unit, year, quarter)
    if scenario != DEFAULT_SCENARIO:
        late = [*late, _named(folder / "scenarios", scenario, "scenario")]
    own = early[-1].relative_to(root).as_posix()
    _, chosen = split_profile(read_yaml(early[-1], own))
    paths = tuple(path.relative_to(root).as_posix() for path in (*early, *late))
    return (*paths, *own_files(read_chain(root, chosen).files))


def validated(layered: Layered, quarter: Quarter, year: int) -> Params:
    """Check the merged tree against the model and return it typed.

    Raises
    ------
    ParameterError
        One sentence about the first thing that is wrong, with the place it was set.
    """
    report = layered.tree.setdefault("laporan", {})
    undated = isinstance(report, dict) and "tanggal" not in report
    tree = (
        {**layered.tree, "laporan": {**report, "tanggal": quarter.end(year)}}
        if undated
        else (layered.tree)
    )
    try:
        params = Params.model_validate(tree)
    except ValidationError as error:
        raise _explained(error, layered) from None
    _check_references(params, layered)
    if not undated:
        return params
    form = params.regulasi.formulir.get(params.laporan.formulir)
    if form is None:
        raise ParameterError(
            f"laporan.formulir is {params.laporan.formulir}, but regulasi.formulir has only"
            f" {', '.join(params.regulasi.formulir)}"
        )
    due = working_day_deadline(
        quarter.end(year), form.hari_kerja, [day.tanggal for day in params.regulasi.libur]
    )
    return params.model_copy(update={"laporan": params.laporan.model_copy(update={"tanggal": due})})


@dataclass(frozen=True)
class _Source:
    """A layer being merged: its name, what messages call it, the maps it may not add to."""

    layer: str
    said: str
    closed: frozenset[KeyPath]


def _files(folder: Path, unit: str, year: int, quarter: Quarter) -> tuple[list[Path], list[Path]]:
    """Find the files that set up the tree, which must be there, and those that change it."""
    early = [
        _regulations(folder, year),
        _named(folder / "unit", unit, "unit"),
    ]
    late = [
        folder / "tahun" / f"{year}.yaml",
        folder / "unit" / unit / f"{year}.yaml",
        folder / "triwulan" / f"{year}-{quarter}.yaml",
        folder / "unit" / unit / f"{year}-{quarter}.yaml",
    ]
    return early, [path for path in late if path.is_file()]


def _stated(profile: Profile) -> Document:
    """Give what the profile says of parameters: its indicators and their sasaran."""
    data = profile.isi.model_dump(mode="json", exclude_unset=True, include={*_STATED})
    places = {at: one for at, one in profile.places.items() if at[0] in _STATED}
    return Document(data, places)


def _regulations(folder: Path, year: int) -> Path:
    """Take the tables of the year, or the latest ones before it: they hold until replaced."""
    known = sorted(
        int(path.stem) for path in (folder / "regulasi").glob("*.yaml") if path.stem.isdigit()
    )
    usable = [one for one in known if one <= year]
    if not usable:
        there = ", ".join(map(str, known)) or "none"
        raise ParameterError(f"no regulations for {year}: params/regulasi has {there}")
    return folder / "regulasi" / f"{usable[-1]}.yaml"


def _named(folder: Path, name: str, kind: str) -> Path:
    path = folder / f"{name}.yaml"
    if _NAME.fullmatch(name) and path.is_file():
        return path
    known = sorted(one.stem for one in folder.glob("*.yaml"))
    if kind == "scenario":
        known = [DEFAULT_SCENARIO, *known]
    near = nearest(name, known)
    hint = f"the nearest is {near}" if near else f"there are {', '.join(known) or 'none'}"
    raise ParameterError(f"there is no {kind} '{name}' (params/{folder.name}/{name}.yaml); {hint}")


def _merge_file(merged: Layered, root: Path, path: Path, closed: frozenset[KeyPath]) -> None:
    layer = path.relative_to(root).as_posix()
    merged.files.append(layer)
    _merge(merged, _Source(layer, layer, closed), read_yaml(path, layer), (), ROOT)


def _nested(path: KeyPath, value: Any) -> Document:
    places = {path[:length]: Place("-p") for length in range(1, len(path) + 1)}
    for key in reversed(path):
        value = {key: value}
    return Document(value, places)


def _merge(
    merged: Layered, source: _Source, document: Document, written: KeyPath, node: Node
) -> None:
    """Merge the part of `document` at `written` into the tree, below `node`.

    ``written`` spells names as the document does; the tree has them in their one spelling.
    """
    given = _at(document.data, written)
    path = _spelled_path(written)
    own_layer = "".join(merged.files[_EARLY - 1 : _EARLY])  # the regulations come before it
    target = merged.tree
    for key in path:
        target = target.setdefault(key, {})
    for key, value in given.items():
        at = (*path, indicator_code(key) if path in CODE_MAPS else key)
        place = document.places.get((*written, key), Place(source.layer))
        said = source.said if place.line is None else str(place)
        child = node.child(at[-1])
        if child is None:
            raise unknown_name(at, said, list(node.fields or ()))
        if at == ("profil",) and source.layer != own_layer and value != target.get(key):
            raise ParameterError(f"{said}: the profile is chosen in the unit's own file alone")
        if path in source.closed and at[-1] not in target:
            raise unknown_name(at, said, list(target))
        if path in CODE_MAPS and sum(indicator_code(one) == at[-1] for one in given) > 1:
            raise ParameterError(f"{said}: the code {at[-1]} is set twice; keep one of them")
        if child.items is None and (child.fields is not None or child.values is not None):
            if value is None:
                continue  # an empty section sets nothing
            if isinstance(value, dict):
                if not isinstance(target.get(at[-1], {}), dict):
                    target[at[-1]] = {}
                merged.places[at] = place
                target.setdefault(at[-1], {})
                _merge(merged, source, document, (*written, key), child)
                continue
        _forget(merged.places, at)
        target[at[-1]] = value
        merged.places[at] = place
        # Only what is made of parts has places below it; looking through all takes its time.
        inside = document.places.items() if isinstance(value, (dict, list)) else ()
        for below, its_place in inside:
            if below[: len(written) + 1] == (*written, key):
                merged.places[(*at, *below[len(written) + 1 :])] = its_place


def _at(data: Any, path: KeyPath) -> dict[str, Any]:
    for key in path:
        data = data[key]
    if not isinstance(data, dict):
        raise TypeError(f"{path} is no mapping")  # callers descend into mappings only
    return data


def _spelled_path(written: KeyPath) -> KeyPath:
    return tuple(
        indicator_code(key) if written[:index] in CODE_MAPS else key
        for index, key in enumerate(written)
    )


def _forget(places: dict[KeyPath, Place], path: KeyPath) -> None:
    if path in places:
        for known in [one for one in places if one[: len(path)] == path]:
            del places[known]


def _closed_maps(tree: Mapping[str, Any]) -> frozenset[KeyPath]:
    found: set[KeyPath] = set()

    def visit(node: Node, path: KeyPath, here: Any) -> None:
        if node.values is not None and path not in _OPEN_MAPS:
            found.add(path)
        if isinstance(here, Mapping):
            for key, below in here.items():
                child = node.child(key)
                if child is not None:
                    visit(child, (*path, key), below)

    visit(ROOT, (), tree)
    return frozenset(found)


def _explained(error: ValidationError, layered: Layered) -> ParameterError:
    """Turn the first thing pydantic found into one sentence."""
    first = error.errors()[0]
    path, node = _located(first)
    place = layered.place(path)
    if first["type"] == "extra_forbidden":
        return unknown_name(path, str(place), list(node.fields or ()))
    if first["type"] == "missing" and path not in layered.places:
        return ParameterError(
            f"parameter {format_path(path)} is not set; set it in {_home(path, layered)}"
        )
    value = layered.at(path)
    if first["type"] == "value_error" and node.fields is not None:
        reason = str(first["ctx"]["error"])
        return ParameterError(f"parameter {format_path(path)} ({place}): {reason}")
    near = _near_literal(value, node)
    return ParameterError(
        f"parameter {format_path(path)} is {_shown(value)} ({place});"
        f" {allowed(node.annotation)}{near}"
    )


def _located(error: ErrorDetails) -> tuple[KeyPath, Node]:
    """Find the deepest place of the tree an error is about; pydantic adds tags of its own."""
    path: KeyPath = ()
    node = ROOT
    for part in map(str, error["loc"]):
        child = node.child(part)
        if child is None:
            if error["type"] == "extra_forbidden" and node.fields is not None:
                return (*path, part), node
            break
        path, node = (*path, part), child
    return path, node


def _home(path: KeyPath, layered: Layered) -> str:
    place = layered.place(path)
    if place.layer != "bawaan":
        return place.layer
    return layered.files[{"regulasi": 0}.get(path[0], _EARLY - 1)]


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _near_literal(value: Any, node: Node) -> str:
    words = allowed(node.annotation).removeprefix("it must be one of ").split(", ")
    near = nearest(value, words) if isinstance(value, str) and len(words) > 1 else None
    return f"; the nearest is {near}" if near else ""


def _check_references(params: Params, layered: Layered) -> None:
    """Check names that stand as values, or as keys, and must exist elsewhere in the tree."""

    def check(word: str, known: Iterable[str], path: KeyPath, where: str) -> None:
        words = list(known)
        if word in words:
            return
        near = nearest(word, words)
        hint = f"the nearest is {near}" if near else f"there are {', '.join(words)}"
        raise ParameterError(
            f"{format_path(path)} names '{word}' ({layered.place(path)}), which {where} does not"
            f" have; {hint}"
        )

    for code in params.target:
        check(code, params.indikator, ("target", code), "indikator")
    for code, one in params.indikator.items():
        check(one.kode_sasaran, params.sasaran, ("indikator", code, "kode_sasaran"), "sasaran")
    for kind in params.pelanggan.kategori:
        kinds = params.unit.kategori_pelanggan
        check(kind, kinds, ("pelanggan", "kategori"), "unit.kategori_pelanggan")
    for slug, service_of in params.unit.layanan.items():
        if service_of.induk is not None:
            path = ("unit", "layanan", slug, "induk")
            check(service_of.induk, params.unit.layanan, path, "unit.layanan")
    for service in params.hasil_layanan.layanan or ():
        check(service, params.unit.layanan, ("hasil_layanan", "layanan"), "unit.layanan")
