"""The layers of parameters: which files there are, how they merge, and what is wrong with them.

Later wins: indicator registry, regulations of the year, unit, year, unit in the year, quarter,
scenario, then ``-p``. Of every value it is remembered which layer set it. Null takes an entry of a
map away that an earlier layer set: an indicator, a service. All that is wrong is told together.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pp39.errors import ParameterError, Pp39Error, nearest
from pp39.params.model import Params
from pp39.params.overrides import CODE_MAPS, known_codes, parse_override, unknown_name
from pp39.params.references import disagreements
from pp39.params.schema import ROOT, Node, allowed, format_path, spelled
from pp39.params.told import told
from pp39.params.yamlfile import Document, Place, read_yaml
from pp39.periods import Quarter, working_day_deadline

__all__ = ["DEFAULT_SCENARIO", "Layered", "layer_files", "read_layers", "validated"]

KeyPath = tuple[str, ...]

DEFAULT_SCENARIO = "dasar"

#: Maps to which any layer may add; the others are closed after the unit's file.
_OPEN_MAPS = frozenset({("target",), ("unit", "ro_di_luar_dipa"), ("temuan", "jawaban")})
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_YEAR = re.compile(r"[0-9]{4}")


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
    removed : dict of path to Place
        Entries of maps that are not there any more, and where they were taken away.
    problems : list of Pp39Error
        What is wrong with the layers so far.
    base : Layered or None
        The same before the scenario and ``-p``; None if there are neither.
    """

    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    removed: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Pp39Error] = field(default_factory=list)
    base: "Layered | None" = None

    def copy(self) -> "Layered":
        """Copy the tree, so that a later layer changes only one of the two."""
        return Layered(
            deepcopy(self.tree),
            dict(self.places),
            list(self.files),
            dict(self.removed),
            list(self.problems),
        )

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path`, or the nearest one above it, was set."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place("bawaan")

    def latest(self, path: KeyPath) -> Place:
        """Where what stands at `path` or below it was changed last."""
        order = {layer: rank for rank, layer in enumerate([*self.files, "-p"])}
        below = [place for known, place in self.places.items() if known[: len(path)] == path] or [
            self.place(path)
        ]
        return max(below, key=lambda place: order.get(place.layer, -1))

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
    if scenario != DEFAULT_SCENARIO:
        chosen = _named(folder / "scenarios", scenario, "scenario")
    documents = _read(root, [*early, *late, *([chosen] if scenario != DEFAULT_SCENARIO else [])])
    for layer in list(documents)[: len(early)]:
        _merge_file(merged, layer, documents[layer], closed=frozenset())
    closed = _closed_maps(merged.tree)
    for layer in list(documents)[len(early) : len(early) + len(late)]:
        _merge_file(merged, layer, documents[layer], closed)
    if scenario != DEFAULT_SCENARIO or overrides:
        merged.base = merged.copy()
    for layer in list(documents)[len(early) + len(late) :]:
        _merge_file(merged, layer, documents[layer], closed)
    for text in overrides:
        try:
            one = parse_override(text, merged.tree)
        except ParameterError as error:
            merged.problems.append(error)
            continue
        said = f"-p {told(text, 100, quoted=False)}"
        _merge(merged, _Source("-p", said, closed), _nested(one.path, one.value), (), ROOT)
    return merged


def layer_files(
    root: Path, unit: str, year: int, quarter: Quarter, scenario: str
) -> tuple[str, ...]:
    """Name the parameter files of a run, in order, relative to the project; none is opened.

    Raises
    ------
    ParameterError
        When a file that must be there is not.
    """
    folder = root / "params"
    early, late = _files(folder, unit, year, quarter)
    if scenario != DEFAULT_SCENARIO:
        late = [*late, _named(folder / "scenarios", scenario, "scenario")]
    return tuple(path.relative_to(root).as_posix() for path in (*early, *late))


def validated(layered: Layered, quarter: Quarter, year: int) -> Params:
    """Check the merged tree against the model and return it typed.

    Raises
    ------
    ParameterError
        One sentence about each thing that is wrong, with the place it was set.
    """
    report = layered.tree.setdefault("laporan", {})
    layered.tree.setdefault("unit", {})
    undated = isinstance(report, dict) and "tanggal" not in report
    tree = (
        {**layered.tree, "laporan": {**report, "tanggal": quarter.end(year)}}
        if undated
        else layered.tree
    )
    try:
        params = Params.model_validate(tree)
    except ValidationError as error:
        raise together([*layered.problems, *_explained(error, layered)]) from None
    wrong = [
        ParameterError(f"parameter {_path(path)} ({layered.latest(path)}) {what}")
        for path, what in disagreements(params, quarter, year)
    ]
    if layered.problems or wrong:
        raise together([*layered.problems, *wrong])
    if not undated:
        return params
    form = params.regulasi.formulir[params.laporan.formulir]
    due = working_day_deadline(
        quarter.end(year), form.hari_kerja, [day.tanggal for day in params.regulasi.libur]
    )
    return params.model_copy(update={"laporan": params.laporan.model_copy(update={"tanggal": due})})


def together(problems: Sequence[Pp39Error]) -> Pp39Error:
    """Make one error of several, of their kind if they are all of one."""
    kinds = {type(one) for one in problems}
    kind = kinds.pop() if len(kinds) == 1 else ParameterError
    return kind(*dict.fromkeys(sentence for one in problems for sentence in one.sentences))


@dataclass(frozen=True)
class _Source:
    """A layer being merged: its name, what messages call it, the maps it may not add to."""

    layer: str
    said: str
    closed: frozenset[KeyPath]


def _files(folder: Path, unit: str, year: int, quarter: Quarter) -> tuple[list[Path], list[Path]]:
    """Find the files that set up the tree, which must be there, and those that change it."""
    early = [
        _needed(folder, "indikator.yaml"),
        _regulations(folder, year),
        _named(folder / "unit", unit, "unit"),
    ]
    late = [
        folder / "tahun" / f"{year}.yaml",
        folder / "unit" / unit / f"{year}.yaml",
        folder / "triwulan" / f"{year}-{quarter}.yaml",
        folder / "unit" / unit / f"{year}-{quarter}.yaml",
    ]
    return early, [path for path in late if _stands(path)]


def _stands(path: Path) -> bool:
    """Tell whether anything stands at a path, be it a folder or a link to nothing."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True  # reading it will say what is the matter
    return True


def _needed(folder: Path, name: str) -> Path:
    path = folder / name
    if not _stands(path):
        raise ParameterError(f"params/{name} is not there; it is part of the project")
    return path


def _regulations(folder: Path, year: int) -> Path:
    """Take the tables of the year, or the latest ones before it: they hold until replaced."""
    known = sorted(
        int(path.stem)
        for path in (folder / "regulasi").glob("*.yaml")
        if _YEAR.fullmatch(path.stem)
    )
    usable = [one for one in known if one <= year]
    if not usable:
        there = ", ".join(map(str, known)) or "none"
        raise ParameterError(f"no regulations for {year}: params/regulasi has {there}")
    return folder / "regulasi" / f"{usable[-1]}.yaml"


def _named(folder: Path, name: str, kind: str) -> Path:
    path = folder / f"{name}.yaml"
    if _NAME.fullmatch(name) and _stands(path):
        return path
    known = sorted(one.stem for one in folder.glob("*.yaml"))
    if kind == "scenario":
        known = [DEFAULT_SCENARIO, *known]
    near = nearest(name, known)
    hint = f"the nearest is {near}" if near else f"there are {', '.join(known) or 'none'}"
    shown = told(name, quoted=False)
    raise ParameterError(
        f"there is no {kind} '{shown}' (params/{folder.name}/{shown}.yaml); {hint}"
    )


def _read(root: Path, paths: Sequence[Path]) -> dict[str, Document]:
    """Read all files, and tell together what is wrong with any of them."""
    documents: dict[str, Document] = {}
    problems: list[Pp39Error] = []
    for path in paths:
        layer = path.relative_to(root).as_posix()
        try:
            documents[layer] = read_yaml(path, layer)
        except Pp39Error as error:
            problems.append(error)
    if problems:
        raise together(problems)
    return documents


def _merge_file(
    merged: Layered, layer: str, document: Document, closed: frozenset[KeyPath]
) -> None:
    merged.files.append(layer)
    _merge(merged, _Source(layer, layer, closed), document, (), ROOT)


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
    path = _spelled_path(written, merged.tree)
    target = merged.tree
    for key in path:
        target = target.setdefault(key, {})
    seen: set[str] = set()
    for key, value in given.items():
        at = (*path, _spelled(path, key, merged.tree))
        place = document.places.get((*written, key), Place(source.layer))
        said = source.said if place.line is None else str(place)
        child = node.child(at[-1])
        if child is None:
            merged.problems.append(unknown_name(at, said, list(node.fields or ())))
            continue
        if path in CODE_MAPS and at[-1] in seen:
            name = told(at[-1], quoted=False)
            merged.problems.append(
                ParameterError(f"{said}: the code {name} is set twice; keep one of them")
            )
            continue
        seen.add(at[-1])
        if value is None and node.values is not None:
            _remove(merged, at, said, place)
            continue
        if path in source.closed and at[-1] not in target:
            merged.problems.append(unknown_name(at, said, list(target)))
            continue
        merged.removed.pop(at, None)
        if child.items is None and (child.fields is not None or child.values is not None):
            if value is None and source.layer != "-p":
                continue  # an empty section of a file sets nothing
            if isinstance(value, dict):
                if not isinstance(target.get(at[-1], {}), dict):
                    target[at[-1]] = {}
                # A section stands where it was begun; later layers only change what is in it.
                merged.places.setdefault(at, place)
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


def _remove(merged: Layered, path: KeyPath, said: str, place: Place) -> None:
    """Take an entry of a map away that an earlier layer set."""
    entries = merged.at(path[:-1])
    if path[-1] not in entries:
        near = nearest(path[-1], entries)
        hint = f"the nearest is {_path((*path[:-1], near))}" if near else "take the line out"
        merged.problems.append(
            ParameterError(
                f"{_path(path)} is empty ({said}), which takes it away, but no earlier file has it;"
                f" {hint}"
            )
        )
        return
    del entries[path[-1]]
    _forget(merged.places, path)
    merged.removed[path] = place


def _at(data: Any, path: KeyPath) -> dict[str, Any]:
    for key in path:
        data = data[key]
    if not isinstance(data, dict):
        raise TypeError(f"{path} is no mapping")  # callers descend into mappings only
    return data


def _spelled_path(written: KeyPath, tree: Mapping[str, Any]) -> KeyPath:
    return tuple(_spelled(written[:index], key, tree) for index, key in enumerate(written))


def _spelled(path: KeyPath, key: str, tree: Mapping[str, Any]) -> str:
    return spelled(key, known_codes(path, tree)) if path in CODE_MAPS else key


def _forget(places: dict[KeyPath, Place], path: KeyPath) -> None:
    if path in places:
        for known in [one for one in places if one[: len(path)] == path]:
            del places[known]


def _path(path: KeyPath) -> str:
    return told(format_path(path), 100, quoted=False)


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


def _explained(error: ValidationError, layered: Layered) -> list[ParameterError]:
    """Turn what pydantic found into one sentence for each place."""
    found: dict[tuple[KeyPath, bool], ParameterError] = {}
    for one in error.errors():
        path, node = _located(one)
        named = one["loc"][-1] == "[key]"
        # A number that is none is wrong as a whole number and as another one.
        found.setdefault((path, named), _sentence(one, path, node, layered))
    return list(found.values())


def _sentence(error: ErrorDetails, path: KeyPath, node: Node, layered: Layered) -> ParameterError:
    place = layered.place(path)
    reason = str(error["ctx"]["error"]) if error["type"] == "value_error" else ""
    if error["loc"][-1] == "[key]":
        right = reason or "it must be text that is not empty"
        return ParameterError(
            f"the name {told(path[-1])} in {_path(path[:-1])} ({place}) is not right; {right}"
        )
    if error["type"] == "extra_forbidden":
        return unknown_name(path, str(place), list(node.fields or ()))
    if error["type"] == "missing" and path not in layered.places:
        return ParameterError(f"parameter {_path(path)} is not set; set it {_home(path, layered)}")
    if reason and node.fields is not None:
        return ParameterError(f"parameter {_path(path)} ({layered.latest(path)}): {reason}")
    value = layered.at(path)
    right = allowed(node.annotation)
    if error["type"] == "string_too_long":
        right = f"it must be text of at most {error['ctx']['max_length']} letters"
    if reason and "a date" not in right:
        right = reason
    return ParameterError(
        f"parameter {_path(path)} is {told(value)} ({place}); {right}{_near_literal(value, node)}"
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
    """Say where to set what is missing: beside its entry, or in the file that is its own.

    That is never a file which other units share, save for what holds for all of them.
    """
    node = ROOT
    for length, key in enumerate(path):
        entry = path[: length + 1]
        if node.items is not None or (node.values is not None and entry in layered.places):
            return f"beside the rest of {_path(entry)} ({layered.place(entry)})"
        child = node.child(key)
        assert child is not None
        node = child
    registry, regulations, own = layered.files[:3]
    homes = {"indikator": registry, "sasaran": registry, "regulasi": regulations}
    return f"in {homes.get(path[0], own)}"


def _near_literal(value: Any, node: Node) -> str:
    words = allowed(node.annotation).removeprefix("it must be one of ").split(", ")
    near = (
        nearest(value, words)
        if isinstance(value, str) and 1 < len(value) < 60 and len(words) > 1
        else None
    )
    return f"; the nearest is {near}" if near else ""
