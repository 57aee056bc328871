"""What a command says beside its result: warnings, and what to do next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pp39.voice import say

if TYPE_CHECKING:
    from pp39.report.sections.todo import Tugas
    from pp39.run.workspace import Workspace


def warn_of_older(workspace: Workspace) -> None:
    """Tell that a report stands beside figures it was not made from."""
    from pp39.run import record
    from pp39.run.fingerprint import output_groups
    from pp39.verify import outdated

    path = workspace.report / record.RECORD
    made = output_groups(workspace.processed, workspace.report)["olahan"]
    if path.is_file() and outdated(record.read(path), made):
        say(
            "warning",
            f"{workspace.relative(workspace.report)} was made from other figures;"
            " make the report again",
        )


def warn_of_strays(workspace: Workspace) -> None:
    """Tell of answers to findings that the run does not have."""
    from pp39.findings import load_findings, strays

    found = load_findings(workspace.processed / "temuan.csv")
    for one in strays(workspace.settings, found):
        say("warning", one.sentence)


def warn_of_unread(root: Path, unit: str) -> None:
    """Tell of files of parameters that nothing reads."""
    from pp39.params import unread

    for sentence in unread(root, unit):
        say("warning", sentence)


def warn_of_unused(report: Path) -> None:
    """Tell of files among the source data that no source uses, as the run has recorded them."""
    unused = json.loads((report / "run.json").read_bytes()).get("tidak_dipakai")
    if not unused:
        return
    from pp39.sources import Stray

    for one in unused:
        say("warning", Stray(**one).sentence)


def tasks_of(workspace: Workspace) -> list[Tugas]:
    """Read what is open in a run that has been made."""
    from pp39.report.sections import Bahan
    from pp39.report.sections.todo import todo as listed

    folders = workspace.address.folders(workspace.root).own()
    if not (folders.processed / "indikator.csv").is_file():
        raise folders.missing(f"{folders.name} has not been made, so it is not known what it lacks")
    return listed(Bahan.baca(workspace.settings, workspace.processed))


def tell_of_state(workspace: Workspace) -> None:
    """Say what is open: of a draft, and of a report that is final because a parameter says so."""
    path = workspace.report / "lampiran" / "harus-dilengkapi.csv"
    if path.is_file():
        from pp39 import handout

        weights = [row["bobot"] for row in handout.read(path, "bobot")]
        state = "the report is a draft"
    elif workspace.params.laporan.keadaan == "final":
        weights = [one.bobot for one in tasks_of(workspace)]
        state = "the report is final, as laporan.keadaan says"
    else:
        return
    must = weights.count("wajib")
    say(
        "info",
        f"{state}: open are {must} of what must be done before it is signed and"
        f" {len(weights) - must} of what should be; pp39 todo lists them",
    )


def tell_of_base(workspace: Workspace) -> None:
    """Say how a run with overrides is compared with the one it is a variant of."""
    from dataclasses import replace

    from pp39.run.project import read_project

    address = workspace.address
    if not address.overrides:
        return
    project = read_project(workspace.root)
    base = replace(address, run=workspace.scenario)
    unit = f" -u {address.unit}" if address.unit != project.unit else ""
    year = f" -y {address.year}" if address.year != project.year else ""
    say(
        "info",
        "the report without these overrides was not made anew; compare with:"
        f" pp39 diff {base.short} {address.short}{unit}{year}",
    )
