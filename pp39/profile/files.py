"""The files of a profile: where they stand, what extends what, and how they merge.

A profile is a folder: ``profil.yaml``, ``bab.yaml``, and a folder for each of its larger parts
(``sumber/``). It may extend another: an entry of the child is merged into the parent's key by key;
an empty value drops what the parent has. Of every value it is remembered where it was set last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pp39.errors import ParameterError, near, nearest
from pp39.profile.base import POINT
from pp39.profile.model import PARTS, Profil
from pp39.yamlfile import Document, KeyPath, Place, forget, place_of, read_yaml

#: The folder of the profiles that come with the package.
SHIPPED = Path(__file__).resolve().parents[1] / "profil"
#: The folder of a profile's cases, which are read only to be run.
CASES = "uji"
#: The folder of a project's own profiles.
OWN = Path("params", "profil")
#: A file of a profile lies so deep below ``params``.
_DEPTH = 4
_PACKAGE = "pp39/"
_ROOT_FILE = "profil.yaml"
_CHAPTERS = "bab.yaml"
_FIRST = "nasional"
_KEY, _PARENT = "profil", "memperluas"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a profile."""

    #: File it stands in.
    layer: str
    #: Its line; 0 for the file as a whole.
    line: int
    #: What is wrong and what would be right.
    sentence: str

    @classmethod
    def at(cls, place: Place, sentence: str) -> Fault:
        """Put a sentence at a place."""
        return cls(place.layer, place.line or 0, sentence)

    def __str__(self) -> str:
        return f"{Place(self.layer, self.line or None)}: {self.sentence}"


@dataclass
class Merged:
    """A chain of profiles merged into one tree, not yet validated."""

    #: Names of the profiles, the one that extends none first.
    chain: list[str] = field(default_factory=list)
    #: The tree.
    data: dict[str, Any] = field(default_factory=dict)
    #: Where each value was set last.
    places: dict[KeyPath, Place] = field(default_factory=dict)
    #: What a profile had and another dropped.
    dropped: set[KeyPath] = field(default_factory=set)
    #: Files read: those of the project from its folder, those of the package from its own.
    files: list[str] = field(default_factory=list)
    #: What is wrong so far.
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path`, or the nearest one above it, was set."""
        nowhere = Place(self.files[-1] if self.files else "bawaan")
        return place_of(self.places, path, nowhere)

    def fault(self, path: KeyPath, sentence: str) -> None:
        """Note what is wrong with the value at `path`."""
        self.faults.append(Fault.at(self.place(path), sentence))

    def known(self, name: str, words: Iterable[str], where: str, at: KeyPath) -> None:
        """Note a name, at a place, that is none of some words."""
        there = list(words)
        if name not in there:
            told = f"{'.'.join(at)} names {name}, which is not in {where}"
            self.fault(at, f"{told}; {near(name, there)}")

    def named(
        self, part: object, fields: Iterable[str], words: Iterable[str], where: str, at: KeyPath
    ) -> None:
        """Note what fields of a part name, alone or in a list, that is none of some words."""
        there = list(words)
        for name in fields:
            given = getattr(part, name)
            if isinstance(given, str):
                self.known(given, there, where, (*at, name))
            else:
                for number, one in enumerate(given or ()):
                    self.known(one, there, where, (*at, name, str(number)))


def profile_names(root: Path) -> list[str]:
    """List the profiles that a unit of the project can choose, by name."""
    folders = (root / OWN, SHIPPED)
    return sorted({one.parent.name for folder in folders for one in folder.glob(f"*/{_ROOT_FILE}")})


def declared_parameters(root: Path) -> set[str]:
    """Name the parameters that any profile of the project declares."""
    found: set[str] = set()
    for name in profile_names(root):
        folder, shown = profile_folder(root, name)
        data = read_yaml(folder / _ROOT_FILE, f"{shown}/{_ROOT_FILE}").data
        given = data.get("parameter")
        found.update(given if isinstance(given, dict) else ())
    return found


def own_files(files: Iterable[str]) -> list[str]:
    """Choose the files that belong to the project, not to the package."""
    return [name for name in files if name.startswith(f"{OWN.as_posix()}/")]


def split_profile(unit: Document) -> tuple[Document, Document]:
    """Split a unit's file into its parameters and its profile.

    ``profil`` names a profile, or is a mapping: ``memperluas`` names it (``nasional`` by default)
    and the rest is what the unit adds, changes or drops. Indicators that name a ``pola``, and
    ``pola`` itself, may as well stand beside it.

    Returns
    -------
    tuple of Document
        The parameters, of which ``profil`` is the name of the profile; and what `read_chain` takes.
    """
    given = unit.data.get(_KEY)
    if given is not None and not isinstance(given, str | dict):
        return unit, Document({}, {})
    if isinstance(given, str):
        named: dict[KeyPath, Place] = {(_PARENT,): unit.places[_KEY,]}
        given = {_PARENT: given}
    else:
        given = dict(given or {})
        named = {path[1:]: one for path, one in unit.places.items() if path[0] == _KEY and path[1:]}
    # What takes something over from a pattern is written out where the patterns are.
    moved: list[KeyPath] = [("pola",)] if "pola" in unit.data else []
    indicators = unit.data.get("indikator")
    taken = {
        code: one
        for code, one in (indicators.items() if isinstance(indicators, dict) else ())
        if isinstance(one, dict) and "pola" in one
    }
    if taken:
        given["indikator"] = {**(given.get("indikator") or {}), **taken}
        moved += [("indikator", code) for code in taken]
        if isinstance(unit.data.get("sasaran"), dict):  # which they may name
            given["sasaran"] = {**(given.get("sasaran") or {}), **unit.data["sasaran"]}
    if "pola" in unit.data:
        given["pola"] = {**(given.get("pola") or {}), **(unit.data["pola"] or {})}

    def is_moved(path: KeyPath) -> bool:
        return any(path[: len(one)] == one for one in moved)

    named |= {path: one for path, one in unit.places.items() if is_moved(path)}
    data = {key: value for key, value in unit.data.items() if key != "pola"}
    if taken:
        data["indikator"] = {key: one for key, one in indicators.items() if key not in taken}
    if _KEY in data:
        data[_KEY] = given.get(_PARENT, _FIRST)
    rest = {
        path: one
        for path, one in unit.places.items()
        if not is_moved(path) and (path[0] != _KEY or not path[1:])
    }
    return Document(data, rest), Document(given, named)


def read_chain(root: Path, given: str | Document) -> Merged:
    """Read a profile and all that it extends, and merge them.

    Parameters
    ----------
    root : Path
        Folder of the project.
    given : str or Document
        Name of a profile, or what a unit adds to one: the same tree, of which ``memperluas`` names
        the profile (``nasional`` by default).

    Raises
    ------
    ParameterError
        When there is no such profile, a chain closes on itself, or a file is no YAML.
    """
    links: list[tuple[str, Document]] = []
    merged = Merged()
    if isinstance(given, Document):
        links.append(("", given))
        name, place = given.data.get(_PARENT, _FIRST), given.places.get((_PARENT,))
    else:
        name, place = given, None
    while name is not None:
        if not isinstance(name, str):
            raise ParameterError(f"{place}: memperluas must be the name of a profile")
        if any(name == known for known, _ in links):
            raise ParameterError(f"{place}: the profile {name} extends itself")
        document = _read(root, name, place, merged)
        links.append((name, document))
        name, place = document.data.get(_PARENT), document.places.get((_PARENT,))
    for known, document in reversed(links):
        if known:
            merged.chain.append(known)
        _merge(merged, document, (), merged.data)
    merged.files.sort()
    return merged


def _read(root: Path, name: str, place: Place | None, merged: Merged) -> Document:
    """Read the folder of one profile into one document."""
    folder, shown = profile_folder(root, name, place)
    data: dict[str, Any] = {}
    places: dict[KeyPath, Place] = {}
    for path, branch in _members(folder, shown, merged.faults):
        layer = f"{shown}/{path.relative_to(folder).as_posix()}"
        document = read_yaml(path, layer)
        merged.files.append(layer)
        if branch and not document.data:
            merged.faults.append(Fault(layer, 0, "it says nothing; remove it or fill it in"))
        for at, value in _entries(document.data, branch):
            for depth in range(1, len(at)):
                places.setdefault(at[:depth], Place(layer))
            into = data
            for key in at[:-1]:
                into = into.setdefault(key, {})
            if at[-1] in into:
                twice = f"{'.'.join(at)} is set already in {places[at]}; keep one of them"
                merged.faults.append(Fault.at(document.places[at[len(branch) :]], twice))
            into[at[-1]] = value
        places |= {(*branch, *at): where for at, where in document.places.items()}
    return Document(data, places)


def _entries(data: Mapping[str, Any], branch: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """Give what a file sets, entry by entry, so that several files may fill one part."""
    for key, value in data.items():
        if not branch and key in PARTS and isinstance(value, dict):
            yield from (((key, name), below) for name, below in value.items())
        else:
            yield (*branch, key), value


def state_of(*folders: Path) -> str:
    """Give one SHA-256 of all files that some folders hold, wherever links lead."""
    state = hashlib.sha256()
    for folder in folders:
        for depth in range(1, _DEPTH + 1):
            for path in sorted(folder.glob("/".join("*" * depth))):
                content = path.read_bytes() if path.is_file() else b""
                state.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
                state.update(content)
    return state.hexdigest()


def profile_folder(root: Path, name: str, place: Place | None = None) -> tuple[Path, str]:
    """Give the folder of a profile, and how messages name it; `place` is where it was chosen."""
    own, shipped = root / OWN / name, SHIPPED / name
    found = [one for one in (own, shipped) if (one / _ROOT_FILE).is_file()]
    said = f" ({place})" if place is not None else ""
    if not found:
        known = profile_names(root)
        raise ParameterError(f"there is no profile '{name}'{said}; {near(name, known)}")
    if len(found) > 1:
        raise ParameterError(
            f"params/profil/{name}: a profile of this name comes with pp39; give yours another"
            f" name and let it extend {name}"
        )
    shown = f"params/profil/{name}" if found[0] == own else f"{_PACKAGE}profil/{name}"
    return found[0], shown


def _members(folder: Path, shown: str, faults: list[Fault]) -> Iterator[tuple[Path, KeyPath]]:
    """Give the files of a profile, each with the branch of the tree that it holds."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yaml", ".yml") and path.name not in (_ROOT_FILE, _CHAPTERS):
            parts = ", ".join((*PARTS, CASES))
            told = f"a part of a profile stands in a folder of its own; move it into one of {parts}"
            faults.append(Fault(f"{shown}/{path.name}", 0, told))
        if path.name.startswith(".") or path.name == CASES or not path.is_dir():
            continue
        if path.name not in PARTS:
            told = f"a profile has no part {path.name}; {near(path.name, (*PARTS, CASES))}"
            faults.append(Fault(f"{shown}/{path.name}", 0, told))
            continue
        for one in sorted(path.iterdir()):
            if one.suffix == ".yaml":
                yield one, (path.name, one.stem) if PARTS[path.name] == "one" else (path.name,)
            elif not one.name.startswith("."):
                told = f"a part of a profile is a .yaml file; name it {one.stem}.yaml"
                faults.append(Fault(f"{shown}/{path.name}/{one.name}", 0, told))
    yield folder / _ROOT_FILE, ()
    if (folder / _CHAPTERS).is_file():
        yield folder / _CHAPTERS, ()


def _merge(merged: Merged, document: Document, path: KeyPath, target: dict[str, Any]) -> None:
    """Merge the part of `document` at `path` into `target`, the same part of the tree."""
    here = document.data
    for key in path:
        here = here[key]
    for key, value in here.items():
        at = (*path, key)
        place = document.places.get(at, Place("bawaan"))
        if _holds_up(merged, at, place, value, target.get(key)):
            continue
        if value is None:
            _drop(merged, at, place, target)
        elif isinstance(value, dict):
            if not isinstance(target.get(key), dict):
                forget(merged.places, at)
                target[key] = {}
            # A section stands where it was begun; others only change what is in it.
            merged.places.setdefault(at, place)
            _merge(merged, document, at, target[key])
        else:
            forget(merged.places, at)
            target[key] = value
            merged.places[at] = place
            for number in range(len(value) if isinstance(value, list) else 0):
                item = (*at, str(number))
                merged.places[item] = document.places.get(item, place)


def _holds_up(merged: Merged, at: KeyPath, place: Place, value: Any, before: Any) -> bool:
    """Tell, and note, that what the package relies on would be changed by a project."""
    shipped = merged.place(at[:4]).layer.startswith(_PACKAGE) and at[:4] in merged.places
    if at[:1] + at[2:3] != ("sumber", "kolom") or not shipped or place.layer.startswith(_PACKAGE):
        return False
    if len(at) == 4 and value is None:
        told = f"pp39 reads {'.'.join(at)}; where files lack it, give it boleh_tidak_ada: ya"
    elif len(at) == 5 and at[4] in ("jenis", "jadi") and value != before:
        told = f"pp39 reads {'.'.join(at[:4])} as {before or 'teks'}; its {at[4]} must stay"
    else:
        return False
    merged.faults.append(Fault.at(place, told))
    return True


def _drop(merged: Merged, at: KeyPath, place: Place, target: dict[str, Any]) -> None:
    key = at[-1]
    if key in target:
        del target[key]
        merged.dropped.add(at)
        forget(merged.places, at)
    elif len(at) > 1 or key not in Profil.model_fields:
        near = nearest(key, target)
        hint = f"; the nearest is {near}" if near else ""
        if key.isdigit():
            hint = f"; {POINT}"
        merged.faults.append(
            Fault.at(place, f"{'.'.join(at)} is empty, which drops it, but it is not there{hint}")
        )
