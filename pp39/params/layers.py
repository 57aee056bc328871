"""The layers of parameters: which files there are, how they merge, and what is wrong with them.

Later wins: indicators of the profile, regulations of the year, unit, year, unit in the year,
quarter, scenario, then ``-p``. Of every value it is remembered which layer set it. Null takes an
entry of a map away that an earlier layer set: an indicator, a service. All that is wrong is told
together.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pp39.errors import ParameterError, Pp39Error, near
from pp39.params.faults import explained, together
from pp39.params.merged import Layered, Source, closed_maps, merge
from pp39.params.model import Params
from pp39.params.overrides import parse_override
from pp39.params.references import disagreements, valued
from pp39.params.schema import ROOT, Node, extended, path_told
from pp39.params.unread import misnamed
from pp39.periods import Period, Quarter, working_day_deadline
from pp39.profile import Profile, load_profile
from pp39.profile.files import declared_parameters, own_files, read_chain, split_profile
from pp39.told import told
from pp39.yamlfile import Document, KeyPath, Place, read_yaml

DEFAULT_SCENARIO = "dasar"

#: What files of a quarter nearly always set, and no figure of another quarter depends on.
_OF_THE_REPORT = frozenset({"laporan", "temuan"})

#: What a profile states of parameters.
_STATED = ("sasaran", "indikator")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_YEAR = re.compile(r"[0-9]{4}")


def read_layers(
    root: Path, unit: str, year: int, period: Period, *, scenario: str, overrides: Sequence[str]
) -> Layered:
    """Read and merge all layers of one run.

    Raises
    ------
    ParameterError
        When a file that must be there is not, or holds a name that is not in the tree.
    """
    folder = root / "params"
    early, late = _files(folder, unit, year, period)
    if scenario != DEFAULT_SCENARIO:
        chosen = _named(folder / "scenarios", scenario, "scenario")
    documents = _read(root, [*early, *late, *([chosen] if scenario != DEFAULT_SCENARIO else [])])
    own = early[-1].relative_to(root).as_posix()
    documents[own], chosen_profile = split_profile(documents[own])
    merged = _begun(load_profile(root, chosen_profile))
    regulations = next(iter(documents))
    documents[regulations] = _of_profile(root, documents[regulations], merged)
    for layer in list(documents)[: len(early)]:
        _merge_file(merged, layer, documents[layer], closed=frozenset())
    closed = closed_maps(merged.tree, merged.root)
    for layer in list(documents)[len(early) : len(early) + len(late)]:
        _merge_file(merged, layer, documents[layer], closed)
    if scenario != DEFAULT_SCENARIO or overrides:
        merged.base = merged.copy()
    for layer in list(documents)[len(early) + len(late) :]:
        _merge_file(merged, layer, documents[layer], closed)
    for text in overrides:
        try:
            one = parse_override(text, merged.tree, merged.root)
        except ParameterError as error:
            merged.problems.append(error)
            continue
        said = f"-p {told(text, 100, quoted=False)}"
        merge(merged, Source("-p", said, closed), _nested(one.path, one.value), (), merged.root)
    return merged


def case_layers(
    root: Path, profile: Profile, year: int, unit: Mapping[str, Any], overrides: Sequence[str]
) -> Layered:
    """Merge what a case of a profile is computed with: what it says itself, no file of a unit."""
    merged = _begun(profile)
    for layer, document in _read(root, [_regulations(root / "params", year)]).items():
        _merge_file(merged, layer, _of_profile(root, document, merged), closed=frozenset())
    _merge_file(merged, "uji", Document(unit, {}), closed=frozenset())
    for text in overrides:
        one = parse_override(text, merged.tree, merged.root)
        source = Source("-p", f"-p {text}", frozenset())
        merge(merged, source, _nested(one.path, one.value), (), merged.root)
    return merged


def layer_files(root: Path, unit: str, year: int, period: Period, scenario: str) -> tuple[str, ...]:
    """Name the parameter files of a run, in order, relative to the project.

    Only the unit's own is opened, and those of its profile and of quarters.

    Raises
    ------
    ParameterError
        When a file that must be there is not.
    """
    folder = root / "params"
    early, late = _files(folder, unit, year, period)
    if scenario != DEFAULT_SCENARIO:
        late = [*late, _named(folder / "scenarios", scenario, "scenario")]
    own = early[-1].relative_to(root).as_posix()
    _, chosen = split_profile(read_yaml(early[-1], own))
    with suppress(ParameterError):  # one that is not valid is named all the same
        late = [*late, *earlier_files(root, unit, year, period)]
    paths = tuple(path.relative_to(root).as_posix() for path in (*early, *late))
    return (*paths, *own_files(read_chain(root, chosen).files))


def earlier_files(root: Path, unit: str, year: int, period: Period) -> list[Path]:
    """Find the files of earlier quarters; none where no quarter up to this has figures of its own.

    A figure of an earlier quarter is computed with the parameters that held then.
    """
    folder = root / "params"
    *before, now = (
        [path for path in _of_period(folder, unit, year, str(quarter)) if _stands(path)]
        for quarter in Quarter
        if quarter.number <= period.quarter.number
    )
    earlier = [path for paths in before for path in paths]
    told = _read(root, [*earlier, *now]).values()
    return earlier if any(set(one.data) - _OF_THE_REPORT for one in told) else []


def profile_of(root: Path, unit: str) -> Profile:
    """Load the profile of a unit; nothing else of its file needs to be right.

    Raises
    ------
    ParameterError
        When there is no such unit, or its profile is wrong.
    """
    path = _named(root / "params" / "unit", unit, "unit")
    _, chosen = split_profile(read_yaml(path, path.relative_to(root).as_posix()))
    return load_profile(root, chosen)


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
        params: Params = layered.root.annotation.model_validate(tree)
    except ValidationError as error:
        raise together([*layered.problems, *explained(error, layered)]) from None
    wrong = [
        ParameterError(f"parameter {path_told(path)} ({layered.latest(path)}) {what}")
        for path, what in disagreements(params, layered.profile, quarter, year)
    ]
    if layered.problems or wrong:
        raise together([*layered.problems, *wrong])
    if chosen := {
        code: one.model_copy(update={"sifat": valued(params, one.sifat_menurut)})
        for code, one in params.indikator.items()
        if one.sifat_menurut is not None
    }:
        params = params.model_copy(update={"indikator": {**params.indikator, **chosen}})
    if not undated:
        return params
    form = params.regulasi.formulir[params.laporan.formulir]
    due = working_day_deadline(
        quarter.end(year), form.hari_kerja, [day.tanggal for day in params.regulasi.libur]
    )
    return params.model_copy(update={"laporan": params.laporan.model_copy(update={"tanggal": due})})


def _files(folder: Path, unit: str, year: int, period: Period) -> tuple[list[Path], list[Path]]:
    """Find the files that set up the tree, which must be there, and those that change it.

    Raises
    ------
    ParameterError
        When one that must be there is not, or one is there that no run will ever read.
    """
    if wrong := misnamed(folder.parent, unit):
        raise ParameterError(*wrong)
    early = [
        _regulations(folder, year),
        _named(folder / "unit", unit, "unit"),
    ]
    late = [
        folder / "tahun" / f"{year}.yaml",
        folder / "unit" / unit / f"{year}.yaml",
        # What holds at the end of the last quarter holds for the year.
        *(
            path
            for name in dict.fromkeys((str(period.quarter), str(period)))
            for path in _of_period(folder, unit, year, name)
        ),
    ]
    return early, [path for path in late if _stands(path)]


def _of_period(folder: Path, unit: str, year: int, name: str) -> list[Path]:
    return [
        place / f"{year}-{name}.yaml" for place in (folder / "triwulan", folder / "unit" / unit)
    ]


def _stands(path: Path) -> bool:
    """Tell whether anything stands at a path, be it a folder or a link to nothing."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True  # reading it will say what is the matter
    return True


def _begun(profile: Profile) -> Layered:
    """Begin the tree with what the profile says of it: its indicators and their sasaran."""
    merged = Layered(profile, Node(extended(profile), ROOT.meaning))
    data = profile.isi.model_dump(mode="json", exclude_unset=True, include={*_STATED})
    places = {at: one for at, one in profile.places.items() if at[0] in _STATED}
    for name, one in profile.isi.parameter.items():
        if one.jenis == "klasifikasi" and one.bawaan is not None:
            branch, _, leaf = name.partition(".")
            data.setdefault(branch, {})[leaf] = one.bawaan
            at = ("parameter", name, "bawaan")
            places |= {
                (branch, leaf, *path[len(at) :]): place
                for path, place in profile.places.items()
                if path[: len(at)] == at
            }
    source = Source("pp39", "pp39", frozenset())
    merge(merged, source, Document(data, places), (), merged.root)
    return merged


def _of_profile(root: Path, regulations: Document, merged: Layered) -> Document:
    """Leave out the classes that only other profiles know: the file is of all units."""
    given, known = regulations.data.get("regulasi"), merged.root.child("regulasi")
    assert known is not None
    fields = known.fields or {}
    if not isinstance(given, dict) or set(given) <= set(fields):
        return regulations
    others = {name.removeprefix("regulasi.") for name in declared_parameters(root)} - set(fields)
    kept = {key: one for key, one in given.items() if key not in others}
    return Document({**regulations.data, "regulasi": kept}, regulations.places)


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
    shown = told(name, quoted=False)
    raise ParameterError(
        f"there is no {kind} '{shown}' (params/{folder.name}/{shown}.yaml); {near(name, known)}"
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
    merge(merged, Source(layer, layer, closed), document, (), merged.root)


def _nested(path: KeyPath, value: Any) -> Document:
    places = {path[:length]: Place("-p") for length in range(1, len(path) + 1)}
    for key in reversed(path):
        value = {key: value}
    return Document(value, places)
