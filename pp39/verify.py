"""Prove that a report is what its inputs give.

Every file that the record of a run names is hashed again; files that are new are found as well.
With a second run from the inputs, in a folder of its own, the outputs are compared with what the
inputs give now: that needs no trust in the record at all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pp39.errors import Pp39Error, VerificationFailed
from pp39.periods import Period
from pp39.run import record
from pp39.run.address import Address
from pp39.run.fingerprint import Groups, Mark, fingerprint, input_groups, output_groups
from pp39.run.naming import run_name
from pp39.run.surroundings import package_versions, python_version

if TYPE_CHECKING:
    from pp39.run.course import Watcher
    from pp39.sources import Delivery, Sources

#: What messages call the groups of the record; inputs first.
_INPUTS = {
    "masukan": "source data",
    "parameter": "parameters",
    "notebook": "notebook",
    "kode": "program",
    "kunci": "pinned packages",
}
_OUTPUTS = {"olahan": "processed file", "laporan": "report"}
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what the record says."""

    #: Group of the record: ``masukan``, ``parameter``, ``notebook``, ``kode``, ``kunci``,
    #: ``olahan`` or ``laporan``.
    group: str
    #: Name in the group.
    name: str
    #: ``changed``, ``missing``, ``extra`` or ``unreadable``.
    kind: str

    @property
    def of_output(self) -> bool:
        """Whether the file is an output of the run."""
        return self.group in _OUTPUTS

    def __str__(self) -> str:
        side = "output" if self.of_output else "input"
        return f"{self.kind:<10} {side:<6} {(_INPUTS | _OUTPUTS)[self.group]}: {self.name}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing files with a record."""

    #: What to call the run.
    name: str
    #: Number of files looked at.
    checked: int
    #: Inputs first, then outputs, by name.
    differences: tuple[Difference, ...]
    #: What differs without being a difference of the run, such as the version of Python.
    notes: tuple[str, ...] = ()
    #: What the files were compared with.
    against: str = "run.json says"

    def insist(self) -> Verdict:
        """Give itself when nothing differs.

        Raises
        ------
        VerificationFailed
            In one sentence, which inputs and outputs differ.
        """
        if self.differences:
            told = " and ".join(self._counted())
            raise VerificationFailed(f"{self.name} is not what {self.against}: {told}")
        return self

    def json(self) -> dict[str, Any]:
        """Give the verdict in JSON types."""
        return {
            "run": self.name,
            "checked": self.checked,
            "differences": [
                {"group": one.group, "name": one.name, "kind": one.kind} for one in self.differences
            ],
            "notes": list(self.notes),
        }

    def _counted(self) -> Iterator[str]:
        for side, outputs in (("input", False), ("output", True)):
            names = [one.name for one in self.differences if one.of_output is outputs]
            if names:
                more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
                many, verb = ("s", "differ") if len(names) > 1 else ("", "differs")
                yield f"{len(names)} {side}{many} {verb} ({', '.join(names[:_NAMED])}{more})"


def verify(root: Path, address: Address) -> Verdict:
    """Compare all files of a run with its record.

    Returns
    -------
    Verdict
        What differs; time and memory grow with the size of the files, the latter hardly.

    Raises
    ------
    MissingInput
        If the run has no record.
    VerificationFailed
        If the record itself was changed, or is the record of another run.
    """
    known = _record(root, address)
    recorded = record.marks(known)
    folders = address.folders(root)
    raw = root / "data" / "raw" / address.unit / str(address.year)
    layers, notes = _layer_files(root, known), tuple(_trouble(root, known))
    found = _lying(raw, _sources(root, known))
    inputs = input_groups(root, found, {*layers, *recorded["parameter"]})
    there = {**inputs, **output_groups(folders.processed, folders.report)}
    differences = tuple(_compared(recorded, there))
    checked = sum(map(len, recorded.values()))
    notes = (*notes, *_strays(found, known), *_surroundings(known))
    return Verdict(folders.name, checked, differences, notes)


def outdated(known: Mapping[str, Any], made: Mapping[str, Path]) -> bool:
    """Tell whether processed files are others than those that a record knows."""
    return any(_compared({"olahan": record.marks(known)["olahan"]}, {"olahan": made}))


def run_again(root: Path, address: Address, watcher: Watcher) -> Verdict:
    """Run from the inputs into a temporary folder and compare every output with the record.

    Parameters
    ----------
    root : Path
        Folder of the project.
    address : Address
        The run; its inputs must be what its record says, see `verify`.
    watcher : Watcher
        Is told of every step.

    Raises
    ------
    Pp39Error
        If the run fails.
    """
    # The run imports more than comparing files needs.
    from pp39.run.course import Job, follow  # noqa: PLC0415
    from pp39.run.environment import fixed_environment  # noqa: PLC0415
    from pp39.run.runner import runner  # noqa: PLC0415
    from pp39.run.stage import Stage  # noqa: PLC0415
    from pp39.run.steps import STEPS  # noqa: PLC0415
    from pp39.run.workspace import Workspace  # noqa: PLC0415

    known = _record(root, address)
    workspace = Workspace.locate(*_named(known), known["identitas"]["ubahan"], root=root)
    with tempfile.TemporaryDirectory(prefix="pp39-") as folder:
        stage = Stage(workspace, Path(folder).resolve())
        stage.workspace.processed.mkdir()
        stage.workspace.report.mkdir()
        environment = fixed_environment(root, stage.folder)
        with runner(environment) as chosen:
            follow(STEPS, Job(stage, environment, chosen), watcher)
        made = output_groups(stage.workspace.processed, stage.workspace.report)
        recorded = {group: record.marks(known)[group] for group in _OUTPUTS}
        differences = tuple(_compared(recorded, made))
    checked = sum(map(len, recorded.values()))
    name = address.folders(root).name
    notes = tuple(_surroundings(known))
    return Verdict(name, checked, differences, notes, "running again from the inputs gives")


def _record(root: Path, address: Address) -> dict[str, Any]:
    folders = address.folders(root)
    path = folders.report / record.RECORD
    if not path.is_file():
        raise folders.missing(f"{folders.name} has no {record.RECORD}, so nothing can be verified")
    known = record.read(path)
    of = known["identitas"]
    run = run_name(of["skenario"], of["ubahan"])
    inside = (of["unit"], str(of["tahun"]), of["triwulan"], run)
    if Path(*inside) != address.inside:
        raise VerificationFailed(
            f"{record.RECORD} in {folders.name} is the record of {'/'.join(inside)}"
        )
    return known


def _layer_files(root: Path, known: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the parameter files a run would read now, valid or not: a new one changes the run."""
    from pp39.params import layer_files  # noqa: PLC0415  pydantic takes a while to import

    try:
        return layer_files(root, *_named(known))
    except Pp39Error:
        # One that must be there is missing, and the record has it.
        return ()


def _sources(root: Path, known: Mapping[str, Any]) -> Sources:
    """Give the sources of the unit; those of the record where its profile cannot be read now."""
    from pp39.params import profile_of  # noqa: PLC0415  as above
    from pp39.run.earlier import with_last_report  # noqa: PLC0415  as above
    from pp39.sources import Source, sources_of  # noqa: PLC0415  imports pandas

    try:
        given = sources_of(profile_of(root, known["identitas"]["unit"]))
        unit, year, period, _ = _named(known)
        return with_last_report(given, root, unit, year, period.quarter)
    except Pp39Error:
        files = map(Path, record.marks(known)["masukan"])
        return {one.stem: Source(one.stem, one.name, "", ()) for one in files}


def _trouble(root: Path, known: Mapping[str, Any]) -> Iterator[str]:
    """Say so when a run could not even begin with the parameters as they are now."""
    from pp39.params import load  # noqa: PLC0415  as above

    try:
        load(root, *_named(known), overrides=known["identitas"]["ubahan"])
    except Pp39Error as error:
        yield f"the parameters cannot be read as they are now: {error.sentence}"


def _named(known: Mapping[str, Any]) -> tuple[str, int, Period, str]:
    of = known["identitas"]
    return of["unit"], of["tahun"], Period.parse(of["triwulan"]), of["skenario"]


def _lying(raw: Path, sources: Sources) -> Delivery | None:
    """Look into the folder of the source data, if there is one."""
    from pp39.sources import delivered  # noqa: PLC0415  imports pandas, which takes a while

    return delivered(sources, raw) if raw.is_dir() else None


def _strays(found: Delivery | None, known: Mapping[str, Any]) -> Iterator[str]:
    """Say so when other files that no source uses lie there: the report names them."""
    now = [one.name for one in found.strays] if found else []
    then = [one["name"] for one in known.get("tidak_dipakai", ()) if not one.get("later")]
    if now != then:
        one, other = (", ".join(names) or "none" for names in (then, now))
        yield f"files that no source uses were {one} and are {other}"


def _compared(recorded: Mapping[str, Mapping[str, Mark]], there: Groups) -> Iterator[Difference]:
    for group in (*_INPUTS, *_OUTPUTS):
        marked, found = recorded.get(group, {}), there.get(group, {})
        for name in sorted({*marked, *found}):
            kind = _kind(marked.get(name), found.get(name))
            if kind:
                yield Difference(group, name, kind)


def _kind(recorded: Mark | None, path: Path | None) -> str:
    """Say how a file differs; empty when it does not."""
    if recorded is None:
        return "extra"
    if path is None or not path.is_file():
        return "missing"
    try:
        # The size is known without reading.
        same = path.stat().st_size == recorded.size and fingerprint(path) == recorded
    except OSError:
        return "unreadable"
    return "" if same else "changed"


def _surroundings(known: Mapping[str, Any]) -> Iterator[str]:
    then = known["lingkungan"]
    if then["python"] != python_version():
        yield f"the run was made with {then['python']}; this is {python_version()}"
    now = package_versions()
    changed = [
        name for name in sorted({*now, *then["paket"]}) if now.get(name) != then["paket"].get(name)
    ]
    if changed:
        yield (
            f"{len(changed)} packages have other versions than in the run: "
            + ", ".join(
                f"{name} {then['paket'].get(name, '–')} → {now.get(name, '–')}"
                for name in changed[:_NAMED]
            )
        )
