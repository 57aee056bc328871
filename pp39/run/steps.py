"""The run: four notebooks, the rendering and the record, small tasks called in order."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pp39.errors import Pp39Error
from pp39.run.environment import fixed_environment
from pp39.run.stage import Stage, open_stage
from pp39.run.workspace import Workspace

__all__ = ["STEPS", "Job", "Step", "Watcher", "follow", "make_report"]


class Watcher(Protocol):
    """Is told how the run goes."""

    def started(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` begins."""

    def ended(self, seconds: float) -> None:
        """Hear that the step that began last is done."""


@dataclass(frozen=True)
class Job:
    """What the steps of one run share.

    Attributes
    ----------
    stage : Stage
        Where they write.
    environment : dict of str to str
        Environment of notebooks and rendering.
    """

    stage: Stage
    environment: dict[str, str]


@dataclass(frozen=True)
class Step:
    """One step of a run.

    Attributes
    ----------
    name : str
        Name of the notebook, or of the task.
    title : str
        What it does, for the display of progress.
    task : callable
        Does it.
    """

    name: str
    title: str
    task: Callable[["Step", Job], None]


def run_notebook(step: Step, job: Job) -> None:
    """Execute the notebook of a step; the executed one goes to the working papers."""
    # Papermill takes half a second to import; an up-to-date or wrong run never gets here.
    from pp39.run.engine import Execution, execute  # noqa: PLC0415

    run = job.stage.final
    limits = run.params.eksekusi
    execute(
        run.root / "notebooks" / f"{step.name}.ipynb",
        job.stage.papers / f"{step.name}.ipynb",
        notebook_parameters(run),
        Execution(
            cwd=run.root,
            environment=job.environment,
            cell_timeout=limits.batas_waktu_sel,
            start_timeout=limits.batas_waktu_kernel,
            hidden=_hidden(job.stage),
        ),
    )


def render_report(step: Step, job: Job) -> None:
    """Render the executed notebooks to HTML, and the report to PDF with its inputs on record."""
    from pp39.run.record import ATTACHMENT, attachment  # noqa: PLC0415  as above
    from pp39.run.render import Rendering, render_apart  # noqa: PLC0415

    del step
    stage = job.stage
    inputs = stage.folder / ATTACHMENT
    inputs.write_bytes(attachment(stage.workspace))
    task = Rendering(
        notebook=str(stage.papers / f"{REPORT_NOTEBOOK}.ipynb"),
        report=str(stage.workspace.report),
        papers=str(stage.papers),
        attachment=str(inputs),
    )
    render_apart(task, stage.final.root, job.environment)


def record_run(step: Step, job: Job) -> None:
    """Write down what went in and what came out."""
    from pp39.run import record  # noqa: PLC0415  as above

    del step
    record.write(job.stage.workspace)


REPORT_NOTEBOOK = "04_report"

STEPS: Sequence[Step] = (
    Step("01_clean", "Cleaning the source data", run_notebook),
    Step("02_validate", "Checking the data", run_notebook),
    Step("03_indicators", "Computing the indicators", run_notebook),
    Step(REPORT_NOTEBOOK, "Composing the report", run_notebook),
    Step("render", "Rendering HTML and PDF", render_report),
    Step("record", "Recording the run", record_run),
)


def make_report(run: Workspace, watcher: Watcher, steps: Sequence[Step] = STEPS) -> Path:
    """Make the report of one run and put it in place.

    Parameters
    ----------
    run : Workspace
        From ``Workspace.locate``.
    watcher : Watcher
        Is told of every step.
    steps : sequence of Step
        In the order they run.

    Returns
    -------
    Path
        Folder of the report.

    Raises
    ------
    Pp39Error
        From the first step that fails; the last good outputs stay, and the executed notebooks up
        to the error are kept among the processed files under ``gagal``.
    """
    with open_stage(run) as stage:
        job = Job(stage, fixed_environment(run.root, stage.folder))
        try:
            seconds = follow(steps, job, watcher)
        except Pp39Error as error:
            kept = stage.keep_failed()
            if kept is not None:
                error.add_note(f"executed notebooks up to the error: {run.relative(kept)}")
            raise
        _write_timings(stage, seconds)
        stage.publish()
    return run.report


def follow(steps: Sequence[Step], job: Job, watcher: Watcher) -> dict[str, float]:
    """Do the steps of a run in order and leave their outputs on the stage.

    Returns
    -------
    dict of str to float
        Wall time in seconds by name of the step.
    """
    seconds: dict[str, float] = {}
    for number, step in enumerate(steps, start=1):
        watcher.started(step.title, number, len(steps))
        start = time.monotonic()
        step.task(step, job)
        seconds[step.name] = time.monotonic() - start
        watcher.ended(seconds[step.name])
    return seconds


def notebook_parameters(run: Workspace) -> dict[str, Any]:
    """Give the parameters of all four notebooks, in JSON types."""
    return {
        "unit": run.unit,
        "year": run.year,
        "quarter": str(run.quarter),
        "scenario": run.scenario,
        "param": list(run.settings.overrides),
    }


def _write_timings(stage: Stage, seconds: dict[str, float]) -> None:
    from pp39.run.record import write_timings  # noqa: PLC0415  as above

    write_timings(stage.workspace.report, seconds)


def _hidden(stage: Stage) -> dict[str, str]:
    final = stage.final
    return {
        str(stage.workspace.processed): final.relative(final.processed),
        str(stage.workspace.report): final.relative(final.report),
        str(final.root): ".",
    }
