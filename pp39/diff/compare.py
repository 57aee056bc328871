"""The comparison of two runs, section by section; what is the same in both is nowhere in it.

A run is an address such as ``2025/IV/target-naik``, or a folder.
"""

from __future__ import annotations

import filecmp
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pp39 import handout
from pp39.diff.rows import Change, compare_tables, compared
from pp39.errors import ParameterError, UnreadableInput
from pp39.run import record
from pp39.run.address import Address, RunFolders
from pp39.run.naming import checked_year
from pp39.run.project import read_project
from pp39.told import told

#: Sections in their order, with their headings in English (terminal) and Indonesian (page).
SECTIONS = {
    "parameters": ("Parameters", "Parameter"),
    "files": ("Input files", "Berkas masukan"),
    "rows": ("Rows of the source data", "Baris data sumber"),
    "indicators": ("Indicators", "Indikator"),
    "status": ("Status of indicators", "Status indikator"),
    "budget": ("Budget figures", "Angka anggaran"),
    "figures": ("Other figures", "Angka lain"),
    "calculations": ("Same figure, other calculation", "Angka sama, perhitungan lain"),
    "findings": ("Findings", "Temuan"),
}
_BUDGET = ("anggaran/", "serapan/", "ro/")
_INPUTS = ("masukan", "parameter", "notebook", "kode", "kunci")


@dataclass(frozen=True, slots=True)
class Section:
    """The differences of one kind."""

    #: Key of `SECTIONS`.
    name: str
    #: What differs.
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs."""

    #: before, after: names of the runs.
    before: str
    after: str
    #: Only those with differences.
    sections: tuple[Section, ...]
    #: What could not be compared.
    notes: tuple[str, ...] = ()
    #: Overrides that each of the runs was made with, as its record tells.
    overrides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.sections

    @property
    def made(self) -> list[tuple[str, tuple[str, ...]]]:
        """Runs that were made with overrides, and these."""
        runs = zip((self.before, self.after), self.overrides, strict=True)
        return [(run, overrides) for run, overrides in runs if overrides]


def compare(before: RunFolders, after: RunFolders) -> Comparison:
    """Compare two runs; time and memory are linear in their size.

    Parameters
    ----------
    before, after : RunFolders
        The runs, as `pp39.diff.resolve` finds them.

    Raises
    ------
    MissingInput
        If one of them has no ledger.
    UnreadableInput
        If one of its files is damaged.
    VerificationFailed
        If its record was changed.
    """
    old, new = _Run(before), _Run(after)
    notes = tuple(
        f"{run.folders.name} has no run.json, so parameters and input files are not compared"
        for run in (old, new)
        if run.record is None
    )
    found: dict[str, tuple[Change, ...]] = {}
    if old.record is not None and new.record is not None:
        notes += _made_unlike(old.record, new.record)
        parameters = (_parameters(old.record), _parameters(new.record))
        found["parameters"] = tuple(compared(*parameters, ["nilai"]))
        found["files"] = tuple(compared(_files(old.record), _files(new.record), ["sha256"]))
    found["rows"] = tuple(_rows(before.processed / "bersih", after.processed / "bersih"))
    indicators = (_table(before, "indikator.csv", "kode"), _table(after, "indikator.csv", "kode"))
    values = ["satuan", "target", "realisasi", "capaian"]
    found["indicators"] = tuple(compared(*indicators, values, "indikator"))
    old_known, new_known = (
        {code: one for code, one in run.items() if code in indicators[0] and code in indicators[1]}
        for run in indicators
    )
    found["status"] = tuple(compared(old_known, new_known, ["status"], "indikator"))
    found |= _figures(old.ledger(), new.ledger())
    found["findings"] = tuple(_findings(before, after))
    sections = tuple(Section(name, found[name]) for name in SECTIONS if found.get(name))
    return Comparison(before.name, after.name, sections, notes, (old.overrides, new.overrides))


class _Run:
    """The files of a run."""

    def __init__(self, folders: RunFolders) -> None:
        self.folders = folders
        path = folders.report / record.RECORD
        self.record = record.read(path) if path.is_file() else None

    @property
    def overrides(self) -> tuple[str, ...]:
        """Overrides the run was made with."""
        return tuple(self.record["identitas"]["ubahan"]) if self.record is not None else ()

    def ledger(self) -> dict[str, dict[str, Any]]:
        """Give the entries of the ledger as they are written."""
        path = self.folders.processed / "ledger.json"
        if not path.is_file():
            raise self.folders.missing(f"{self.folders.name} has no ledger.json to compare")
        try:
            entries: dict[str, dict[str, Any]] = handout.read_json(path)["angka"]
        except (ValueError, KeyError, TypeError):
            raise UnreadableInput(f"ledger.json of {self.folders.name} is damaged") from None
        return entries


def _parameters(known: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give the parameters that have a value; an empty branch is there only for lack of one."""
    return {path: one for path, one in known["parameter"].items() if one["nilai"] != {}}


def _made_unlike(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Say that the two were made by other versions of program, notebooks or profile."""
    # Two units may well have profiles of their own.
    same_unit = old["identitas"]["unit"] == new["identitas"]["unit"]
    before, after = (
        {
            name: mark["sha256"]
            for group in ("kode", "notebook", *(["parameter"] if same_unit else []))
            for name, mark in one["berkas"][group].items()
            if group != "parameter" or name.startswith("params/profil/")
        }
        for one in (old, new)
    )
    unlike = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    if not unlike:
        return ()
    return (
        f"the program, the notebooks or the profile changed between the two runs ({unlike[0]}"
        f"{f' and {len(unlike) - 1} more' if unlike[1:] else ''}), so not every difference comes"
        " from parameters and source data; make the older one anew",
    )


def _files(known: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give the input files; source data by its name below the unit and year."""
    of = known["identitas"]
    raw = f"data/raw/{of['unit']}/{of['tahun']}/"
    return {
        f"{'data/raw/…/' if name.startswith(raw) else ''}{name.removeprefix(raw)}": mark
        for group in _INPUTS
        for name, mark in known["berkas"][group].items()
    }


def _rows(before: Path, after: Path) -> Iterator[Change]:
    names = {path.name for folder in (before, after) for path in folder.glob("*.parquet")}
    for name in sorted(names):
        old, new = before / name, after / name
        if old.is_file() and new.is_file() and filecmp.cmp(old, new, shallow=False):
            continue
        source = name.removesuffix(".parquet")
        for change in compare_tables(old, new):
            yield replace(change, key=f"{source}!{change.key}")


def _table(folders: RunFolders, name: str, key: str, *needed: str) -> dict[str, dict[str, str]]:
    """Read a CSV by key; empty when it is not there."""
    path = folders.processed / name
    if not path.is_file():
        return {}
    return {row[key]: row for row in handout.read(path, key, *needed)}


def _figures(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[Change, ...]]:
    found: dict[str, list[Change]] = {"budget": [], "figures": [], "calculations": []}
    for change in compared(before, after, ["cetak", "nilai", "satuan"], "label"):
        old, new = before.get(change.key), after.get(change.key)
        names = {"cetak", "satuan"}
        if old and new and old["cetak"] == new["cetak"]:
            names.add("nilai")  # they differ only beyond what is printed
        kept = tuple(field for field in change.fields if field.name in names)
        section = "budget" if change.key.startswith(_BUDGET) else "figures"
        found[section].append(replace(change, fields=kept))
    same = [
        id
        for id, entry in before.items()
        if id in after
        and (entry["nilai"], entry["satuan"]) == (after[id]["nilai"], after[id]["satuan"])
    ]
    old_ways, new_ways = ({id: _way(run[id]) for id in same} for run in (before, after))
    found["calculations"] += compared(old_ways, new_ways, ["label", "rumus", "asal"], "label")
    return {name: tuple(changes) for name, changes in found.items()}


def _way(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Say how a figure came about, without the places of its inputs."""
    return {"label": entry["label"], "rumus": entry.get("rumus"), "asal": _origin(entry["asal"])}


def _origin(origin: Mapping[str, Any]) -> str:
    """Say where a value comes from; rows may shift and layers change without changing it."""
    column = f", kolom {origin['kolom']}" if origin.get("kolom") else ""
    match origin["jenis"]:
        case "sel":
            return f"{origin['berkas']}{column}"
        case "baris":
            return f"{origin['berkas']}{column}: {origin['cara']}"
        case "parameter":
            return f"parameter {origin['jalur']}"
        case "hitung":
            return f"{origin['operasi']}({'; '.join(map(_operand, origin['operan']))})"
        case other:
            return str(other)


def _operand(operand: str | Mapping[str, Any]) -> str:
    if isinstance(operand, Mapping):
        return operand["label"] or _origin(operand["asal"])
    if not operand.startswith("sel:"):
        return operand
    source, _, rest = operand[4:].partition("!")
    return f"{source}!{rest.partition('!')[2]}"  # without the row


def _findings(before: RunFolders, after: RunFolders) -> Iterator[Change]:
    """Compare findings; one about the same subject by the same rule is the same with new values."""
    old, new = (_table(run, "temuan.csv", "id", "aturan", "subjek") for run in (before, after))
    only_old = _keyed([row for id, row in old.items() if id not in new])
    only_new = _keyed([row for id, row in new.items() if id not in old])
    values = ["tingkat", "dinyatakan", "dihitung", "penjelasan"]
    yield from compared(only_old, only_new, values, "lokasi")
    both_old, both_new = ({id: run[id] for id in old if id in new} for run in (old, new))
    yield from compared(both_old, both_new, ["tingkat", "lokasi", "penjelasan"], "subjek")


def _keyed(findings: Sequence[dict[str, str]]) -> dict[str, dict[str, str]]:
    counted: defaultdict[tuple[str, str], int] = defaultdict(int)
    keyed = {}
    for row in findings:
        rule, subject = row["aturan"], row["subjek"]
        counted[rule, subject] += 1
        number = counted[rule, subject]
        keyed[f"{rule} {subject}" + (f" ({number})" if number > 1 else "")] = row
    return keyed


def resolve(
    root: Path, text: str, unit: str | None = None, year: int | str | None = None
) -> RunFolders:
    """Find the folders of a run.

    Parameters
    ----------
    root : Path
        Folder of the project, for addresses.
    text : str
        ``[unit/][year/]quarter[/run]``; or the folder of a report, the folder of its processed
        files, or a folder that holds both as ``report`` and ``processed``.
    unit, year :
        For addresses that name none; the project's own by default.

    Raises
    ------
    ParameterError
        If it is neither.
    MissingInput
        If the run is not there; the sentence gives the command that makes it.
    """
    folder = Path(text)
    if text.strip() and _is_folder(folder):
        found = _folders(folder.resolve(), text)
        if found is not None:
            return found.existing()
        if folder.is_absolute() or text.startswith("."):
            raise ParameterError(
                f"{told(text)} is no folder of a run; it should hold run.json or ledger.json"
            )
    project = read_project(root)
    year = project.year if year is None else checked_year(year)
    return Address.parse(text, unit or project.unit, year).folders(root).existing()


def _is_folder(path: Path) -> bool:
    """Tell whether a folder is there; a text that can be no path is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _folders(folder: Path, name: str) -> RunFolders | None:
    if (folder / "report").is_dir() or (folder / "processed").is_dir():
        return RunFolders(folder / "processed", folder / "report", name)
    if (folder / "run.json").is_file() or (folder / "laporan.html").is_file():
        return RunFolders(_beside(folder, "reports", "data/processed"), folder, name)
    if (folder / "ledger.json").is_file():
        return RunFolders(folder, _beside(folder, "data/processed", "reports"), name)
    return None


def _beside(folder: Path, mine: str, other: str) -> Path:
    """Find the other folder of a run: in the project's layout, else next to this one."""
    inside = Path(*folder.parts[-4:])  # unit, year, quarter, run
    above = folder.parents[3] if len(folder.parts) > 4 else folder
    if above.as_posix().endswith(f"/{mine}"):
        project = Path(above.as_posix().removesuffix(f"/{mine}"))
        return project / other / inside
    return folder.parent / ("processed" if mine == "reports" else "report")
