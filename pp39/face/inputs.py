"""Commands that look at what goes into a run."""

import json
import os
from dataclasses import replace
from typing import Annotated

import typer

from pp39.errors import ParameterError, nearest
from pp39.face.asides import warn_of_unread
from pp39.face.options import AsJson, print_json
from pp39.run.wanted import Wanted
from pp39.voice import say


def check(
    wanted: Wanted,
) -> None:
    """Read parameters and source data and check them; tell everything that is wrong, write nothing.

    Exit 2 for parameters, 4 for source data that cannot be read, 3 for data that may not be used.
    """
    from pp39.checks.result import sentence_of
    from pp39.run.environment import FIXED

    workspace = replace(wanted, anew=True).workspace("IV")
    warn_of_unread(workspace.root, workspace.unit)
    # These take a second or two to import; wrong parameters are told before.
    os.environ.update(FIXED)
    from pp39.checks import check as checked
    from pp39.indicators import needed_sources
    from pp39.sources import Context, clean_all, delivered

    sources = workspace.sources
    context = Context.of(workspace.settings)
    for stray in delivered(sources, workspace.raw, context).strays:
        say("warning", stray.sentence)
    needed = needed_sources(workspace.settings)
    tables = clean_all(sources, workspace.raw, context, needed)
    found = checked(tables, workspace.settings)
    for one in found.warnings:
        say("warning", sentence_of(one))
    found.raise_if_critical()
    print(f"{len(tables)} sources, {len(found)} rules, {len(found.warnings)} warnings")


def sources(
    wanted: Wanted,
    as_json: AsJson = False,
) -> None:
    """Tell what each file was recognised as, and where each source comes from; write nothing."""
    from dataclasses import asdict

    from pp39.indicators import needed_sources
    from pp39.sources import Context
    from pp39.sources.overview import overview

    workspace = replace(wanted, anew=True).workspace("IV")
    context = Context.of(workspace.settings)
    needed = needed_sources(workspace.settings)
    found = overview(workspace.sources, workspace.raw, context, needed)
    if as_json:
        print_json(asdict(found))
        return
    for line in found.lines():
        print(line)


def show_params(
    wanted: Wanted,
    name: Annotated[str, typer.Argument(help="Only parameters whose name holds this.")] = "",
    as_json: AsJson = False,
) -> None:
    """List every parameter: type, value, where it was set, what it means."""
    from dataclasses import asdict

    from pp39.periods import Period
    from pp39.run.naming import checked_run, checked_unit
    from pp39.run.overriding import settled
    from pp39.run.project import project_root, read_project

    root = project_root()
    project = read_project(root)
    with wanted.keeping(root):
        settings = settled(
            root,
            checked_unit(project.unit_or(wanted.unit)),
            project.year_or(wanted.year),
            Period.parse(wanted.quarter or "IV"),
            checked_run(wanted.scenario),
            overrides=wanted.overrides,
        )
    warn_of_unread(root, settings.unit)
    entries = settings.describe()
    chosen = [entry for entry in entries if name.casefold() in entry.path.casefold()]
    if not chosen:
        near = nearest(name, [entry.path for entry in entries])
        raise ParameterError(
            f"no parameter has '{name}' in its name" + (f"; the nearest is {near}" if near else "")
        )
    if as_json:
        print_json([asdict(entry) for entry in chosen])
        return
    for entry in chosen:
        value = json.dumps(entry.value, ensure_ascii=False)
        print(f"{entry.path} = {value}")
        print(f"    {entry.type} | {entry.layer} | {entry.meaning}")
