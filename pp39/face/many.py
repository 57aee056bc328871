"""Commands on many reports."""

import os
import sys
from typing import Annotated

import typer

from pp39.face.options import Param, Params, overrides
from pp39.printer import rich_console
from pp39.voice import say

__all__ = ["batch", "index"]


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
    force: Annotated[
        bool, typer.Option("--force", help="Do every step, also those that are up to date.")
    ] = False,
) -> None:
    """Make many reports: all combinations that have source data.

    Options that take several take them with commas between, or are given several times. One report
    that fails does not stop the others. The exit code is 0 when all are done; 1 when one failed in
    an unforeseen way; otherwise the largest code of those that failed, or 4 when something asked
    for by name has no source data.
    """
    from pp39 import batch as batches
    from pp39.batch.display import lines, live, show
    from pp39.batch.plans import words
    from pp39.display import is_live
    from pp39.errors import MissingInput
    from pp39.run.project import project_root
    from pp39.run.steps import own_store_of, store_of

    root = project_root()
    asked = (words(one or ()) for one in (units, years, quarters, scenarios))
    plan = batches.plan(root, *asked)
    for sentence in plan.lacking:
        say("warning", sentence)
    store = own_store_of if force else store_of
    tasks = batches.tasks(root, plan.addresses, overrides(param, params), store)
    before = batches.forget if force else batches.settle
    watching = live() if is_live(sys.stderr, os.environ) else lines(sys.stderr)
    engine = batches.engine(len(tasks), workers, scheduler, dask_local)
    with engine as chosen, watching as watcher:
        outcomes = batches.conduct(tasks, chosen, watcher, before)
    # Into a file, lines are as long as they need to be.
    show(outcomes, rich_console(width=None if sys.stdout.isatty() else 200))
    print(batches.write_index(root, outcomes).relative_to(root).as_posix())
    batches.insist(outcomes)
    if plan.lacking:
        raise MissingInput(plan.lacking[0])


def index() -> None:
    """Write reports/index.html anew: the list of all reports there are."""
    from pp39.batch import write_index
    from pp39.run.project import project_root

    root = project_root()
    print(write_index(root).relative_to(root).as_posix())
