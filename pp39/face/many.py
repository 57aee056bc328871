"""Commands on many reports."""

import sys
from typing import Annotated

import typer

from pp39.face.options import AsJson, Force, Param, Params, Scenario, overrides, print_json
from pp39.printer import rich_console
from pp39.run.naming import BASE, checked_run
from pp39.voice import say


def batch(
    units: Annotated[
        list[str] | None, typer.Option("--units", "-u", help="Units or patterns; all by default.")
    ] = None,
    years: Annotated[
        list[str] | None, typer.Option("--years", "-y", help="Years or patterns; all by default.")
    ] = None,
    quarters: Annotated[
        list[str] | None, typer.Option("--quarters", "-q", help="Quarters; all four by default.")
    ] = None,
    scenarios: Annotated[
        list[str] | None,
        typer.Option("--scenarios", "-s", help="Scenarios or patterns; 'dasar' by default."),
    ] = None,
    param: Param = None,
    params: Params = "",
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Worker processes; one per processor by default."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Use a Dask scheduler: tcp://…"),
    ] = None,
    dask_local: Annotated[
        int | None,
        typer.Option("--dask-local", min=1, help="Use so many Dask workers on this machine."),
    ] = None,
    force: Force = False,
    hook: Annotated[
        str | None,
        typer.Option(
            "--hook",
            metavar="COMMAND",
            help="Run it when the batch has ended or failed, with its summary as JSON on standard"
            " input; 'kait' of params/proyek.yaml.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make many reports: all combinations that have source data.

    Options that take several take them with commas between, or are given several times. One report
    that fails does not stop the others. The exit code is 0 when all are done; 1 when one failed in
    an unforeseen way; otherwise the largest code of those that failed, or 4 when something asked
    for by name has no source data.
    """
    from pp39 import batch as batches
    from pp39.batch.display import show, watching
    from pp39.batch.plans import words
    from pp39.errors import MissingInput
    from pp39.run.project import SETTINGS, project_root, read_project
    from pp39.run.steps import own_store_of, store_of

    root = project_root()
    if hook is None:
        hooked = batches.hook_words(read_project(root).hook, f"{SETTINGS}: kait")
    else:
        hooked = batches.hook_words(hook, "--hook")
    with batches.ending(root, hooked, as_json=as_json) as end:
        asked = (words(one or ()) for one in (units, years, quarters, scenarios))
        plan = batches.plan(root, *asked)
        end.lacking = plan.lacking
        for sentence in plan.lacking:
            say("warning", sentence)
        say("debug", f"{len(plan.addresses)} reports of {root}")
        store = own_store_of if force else store_of
        tasks = batches.tasks(root, plan.addresses, overrides(param, params), store)
        before = batches.forget if force else batches.settle
        engine = batches.engine(len(tasks), workers, scheduler, dask_local)
        with engine as chosen, watching() as end.watcher:
            end.outcomes = batches.conduct(tasks, chosen, end, before)
        end.index = batches.write_index(root, end.outcomes).relative_to(root).as_posix()
        if not as_json:
            # Into a file, lines are as long as they need to be.
            show(end.outcomes, rich_console(width=None if sys.stdout.isatty() else 200))
            print(end.index)
        batches.insist(end.outcomes)
        if plan.lacking:
            raise MissingInput(plan.lacking[0])


def index(as_json: AsJson = False) -> None:
    """Write reports/index.html anew: the list of all reports there are."""
    from pp39.batch import row_json, rows, write_index
    from pp39.run.project import project_root

    root = project_root()
    listed = rows(root)
    page = write_index(root, listed=listed).relative_to(root).as_posix()
    if as_json:
        print_json({"index": page, "runs": [row_json(one) for one in listed]})
    else:
        print(page)


def rollup(
    units: Annotated[
        list[str] | None, typer.Option("--unit", "-u", help="Units or patterns; all by default.")
    ] = None,
    years: Annotated[
        list[str] | None,
        typer.Option("--year", "-y", metavar="YEAR", help="Years; that of params/proyek.yaml."),
    ] = None,
    quarters: Annotated[
        list[str] | None, typer.Option("--quarter", "-q", help="Quarters; all that have runs.")
    ] = None,
    eselon: Annotated[
        str, typer.Option("--eselon", help="Only units of this eselon I: name or short name.")
    ] = "",
    ministry: Annotated[str, typer.Option("--ministry", help="Only units of this ministry.")] = "",
    scenario: Scenario = BASE,
    as_json: AsJson = False,
) -> None:
    """Add the runs of many units up: Formulir B and C, and a comparison of the units.

    Options that take several take them with commas between, or are given several times.
    """
    from pp39.batch.plans import words
    from pp39.processes import uncollected
    from pp39.rollup import (
        Choice,
        data_of,
        folder_of,
        periods,
        publish,
        publish_trend,
        roll_up,
        stand_of,
    )
    from pp39.run.project import project_root

    root = project_root()
    choice = Choice(tuple(words(units or ())), eselon, ministry, checked_run(scenario))
    found, stands = [], []
    for year, quarter in periods(root, words(years or ()), words(quarters or ()), choice):
        with uncollected():
            made = roll_up(root, year, quarter, choice)
            files = publish(made, folder_of(root, year, quarter, choice))
        names = [one.relative_to(root).as_posix() for one in files]
        if as_json:
            found.append(data_of(made) | {"berkas": names})
        else:
            print("\n".join(names), flush=True)
        stands.append(stand_of(made))
        del made
    if len(stands) > 1:
        files = publish_trend(stands, root, choice)
        if not as_json:
            print("\n".join(one.relative_to(root).as_posix() for one in files))
    if as_json:
        print_json(found)
