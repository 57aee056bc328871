"""Commands that make a run."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from pp39.face.asides import (
    tell_of_base,
    tell_of_state,
    warn_of_older,
    warn_of_strays,
    warn_of_unread,
    warn_of_unused,
)
from pp39.face.options import Force
from pp39.run.wanted import Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from pp39.run.workspace import Workspace


def report(
    wanted: Wanted,
    force: Force = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Use a standard Jupyter kernel for every notebook.")
    ] = False,
) -> None:
    """Make the report of one quarter, HTML and PDF."""
    from pp39.display import progress
    from pp39.run import idle
    from pp39.voice import voice

    asked = [*wanted.words(), repr(voice())]
    root = wanted.root().resolve()
    if not (force or plain) and (said := idle.recalled(root, asked)) is not None:
        with progress() as watcher:
            for number, title in enumerate(said.titles, start=1):
                watcher.reused(title, number, len(said.titles))
        for stream, text in said.words:
            getattr(sys, stream).write(text)
        return

    from pp39.run.earlier import deciding
    from pp39.run.environment import fixed_environment
    from pp39.run.runner import PlainRunner, runner

    with PlainRunner() if plain else runner(fixed_environment(None)) as chosen:
        # It imports what most runs need, while this process imports what follows here.
        chosen.prepare(["01_clean"])
        from pp39.run.steps import STEPS, make_report, own_store_of, store_of

        workspace = replace(wanted, anew=force or plain).workspace()
        before = deciding(root, workspace.unit, workspace.year, workspace.quarter)
        files = {*workspace.settings.files, *(one.relative_to(root).as_posix() for one in before)}
        inputs = idle.state_of(root, workspace.raw, files)
        with progress() as watcher:
            store = store_of(workspace)
            if force:
                store = own_store_of(workspace)
                store.clear()
            folder = make_report(workspace, watcher, store=store, runner=lambda _: chosen)
    with idle.overheard() as words:
        _tell_of_report(workspace, folder)
    said = idle.Idle([one.title for one in STEPS], words)
    said.keep(root, asked, inputs, (workspace.processed, folder))


def _tell_of_report(workspace: Workspace, folder: Path) -> None:
    """Say where a report is, and what is to be known of it."""
    if workspace.params.temuan.jawaban:
        warn_of_strays(workspace)
    warn_of_unread(workspace.root, workspace.unit)
    warn_of_unused(folder)
    tell_of_state(workspace)
    for path in sorted(folder.glob("laporan.*")):
        print(workspace.relative(path))
    tell_of_base(workspace)


def compute(
    wanted: Wanted,
) -> None:
    """Compute indicators, ledger and findings of one quarter, without rendering a report."""
    from pp39.run.environment import fixed_environment
    from pp39.run.runner import COMPUTING, runner

    with runner(fixed_environment(None), COMPUTING) as chosen:
        chosen.prepare(["01_clean"])
        from pp39.display import progress
        from pp39.run.steps import compute as computed
        from pp39.run.steps import store_of

        workspace = wanted.workspace()
        with progress() as watcher:
            store = store_of(workspace)
            folder = computed(workspace, watcher, store=store, runner=lambda _: chosen)
    for name in ("indikator.csv", "ledger.json", "temuan.csv"):
        print(workspace.relative(folder / name))
    warn_of_unread(workspace.root, workspace.unit)
    warn_of_older(workspace)
    tell_of_base(workspace)
