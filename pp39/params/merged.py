"""The tree while layers are merged into it: values, where each was set, what was taken away."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pp39.errors import ParameterError, Pp39Error, nearest
from pp39.params.overrides import CODE_MAPS, known_codes, unknown_name
from pp39.params.schema import Node, path_told, spelled
from pp39.profile import Profile
from pp39.told import told
from pp39.yamlfile import Document, KeyPath, Place, forget, place_of

#: Maps to which any layer may add; the others are closed after the unit's file.
_OPEN_MAPS = frozenset({("target",), ("unit", "ro_di_luar_dipa"), ("temuan", "jawaban")})


@dataclass
class Layered:
    """The merged tree before it is validated."""

    #: The profile of the unit.
    profile: Profile
    #: The shape of the tree, with the parameters of the profile.
    root: Node
    #: Merged values.
    tree: dict[str, Any] = field(default_factory=dict)
    #: Where each of them was set last.
    places: dict[KeyPath, Place] = field(default_factory=dict)
    #: The files read, in order, relative to the project.
    files: list[str] = field(default_factory=list)
    #: Entries of maps that are not there any more, and where they were taken away.
    removed: dict[KeyPath, Place] = field(default_factory=dict)
    #: What is wrong with the layers so far.
    problems: list[Pp39Error] = field(default_factory=list)
    #: The same before the scenario and ``-p``; None if there are neither.
    base: "Layered | None" = None

    def copy(self) -> "Layered":
        """Copy the tree, so that a later layer changes only one of the two."""
        return Layered(
            self.profile,
            self.root,
            deepcopy(self.tree),
            dict(self.places),
            list(self.files),
            dict(self.removed),
            list(self.problems),
        )

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path`, or the nearest one above it, was set."""
        return place_of(self.places, path)

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


@dataclass(frozen=True)
class Source:
    """A layer being merged: its name, what messages call it, the maps it may not add to."""

    layer: str
    said: str
    closed: frozenset[KeyPath]


def closed_maps(tree: Mapping[str, Any], root: Node) -> frozenset[KeyPath]:
    """Name the maps to which later layers may not add, those of entries that are there included."""
    found: set[KeyPath] = set()

    def visit(node: Node, path: KeyPath, here: Any) -> None:
        if node.values is not None and path not in _OPEN_MAPS:
            found.add(path)
        if isinstance(here, Mapping):
            for key, below in here.items():
                child = node.child(key)
                if child is not None:
                    visit(child, (*path, key), below)

    visit(root, (), tree)
    return frozenset(found)


def merge(
    merged: Layered, source: Source, document: Document, written: KeyPath, node: Node
) -> None:
    """Merge the part of `document` at `written` into the tree, below `node`.

    ``written`` spells names as the document does; the tree has them in their one spelling.
    """
    given = _at(document.data, written)
    path = tuple(_spelled(written[:n], key, merged.tree) for n, key in enumerate(written))
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
            merged.problems.append(unknown_name(at, said, list(node.fields or ()), merged.root))
            continue
        if at == ("profil",) and value != target.get(key) and source.layer not in merged.files[1:2]:
            elsewhere = f"{said}: the profile is chosen in the unit's own file alone"
            merged.problems.append(ParameterError(elsewhere))
            continue
        if path in CODE_MAPS and at[-1] in seen:
            merged.problems.append(_twice(at[-1], said))
            continue
        seen.add(at[-1])
        if node.values is not None and value is None:
            _remove(merged, at, said, place)
            continue
        if path in source.closed and at[-1] not in target:
            merged.problems.append(unknown_name(at, said, list(target), merged.root))
            continue
        merged.removed.pop(at, None)
        if child.items is None and (child.fields is not None or child.values is not None):
            if value is None and source.layer != "-p":
                continue  # an empty section of a file sets nothing
            if isinstance(value, dict):
                _begin(merged, at, value, place)
                merge(merged, source, document, (*written, key), child)
                continue
        forget(merged.places, at)
        target[at[-1]] = value
        merged.places[at] = place
        if isinstance(value, dict | list):  # looking through all places takes its time
            _place_parts(merged, document, (*written, key), at)


def _begin(merged: Layered, path: KeyPath, value: Mapping[str, Any], place: Place) -> None:
    """Make a section ready for what a layer sets in it; it stands where it was begun."""
    above = merged.at(path[:-1])
    if not isinstance(above.get(path[-1]), dict):
        above[path[-1]] = {}
    if path[:-1] == ("indikator",):
        _drop_advice(merged, path, value, place)
    merged.places.setdefault(path, place)


def _place_parts(merged: Layered, document: Document, written: KeyPath, path: KeyPath) -> None:
    for below, place in document.places.items():
        if len(below) > len(written) and below[: len(written)] == written:
            merged.places[(*path, *below[len(written) :])] = place


def _twice(code: str, said: str) -> ParameterError:
    return ParameterError(
        f"{said}: the code {told(code, quoted=False)} is set twice; keep one of them"
    )


def _drop_advice(merged: Layered, path: KeyPath, value: Mapping[str, Any], place: Place) -> None:
    """Drop the advice on an indicator that a layer makes another one of."""
    known = merged.at(path) or {}
    other = any(key in value and value[key] != known.get(key) for key in ("nama", "hitung"))
    if other and "saran" in known and "saran" not in value:
        del known["saran"]
        forget(merged.places, (*path, "saran"))
        merged.removed[(*path, "saran")] = place


def _remove(merged: Layered, path: KeyPath, said: str, place: Place) -> None:
    """Take an entry of a map away that an earlier layer set."""
    entries = merged.at(path[:-1])
    if path[-1] not in entries:
        near = nearest(path[-1], entries)
        hint = f"the nearest is {path_told((*path[:-1], near))}" if near else "take the line out"
        merged.problems.append(
            ParameterError(
                f"{path_told(path)} is empty ({said}), which takes it away, but no earlier file"
                f" has it; {hint}"
            )
        )
        return
    del entries[path[-1]]
    forget(merged.places, path)
    merged.removed[path] = place


def _at(data: Any, path: KeyPath) -> dict[str, Any]:
    for key in path:
        data = data[key]
    if not isinstance(data, dict):
        raise TypeError(f"{path} is no mapping")  # callers descend into mappings only
    return data


def _spelled(path: KeyPath, key: str, tree: Mapping[str, Any]) -> str:
    return spelled(key, known_codes(path, tree)) if path in CODE_MAPS else key
