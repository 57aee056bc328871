"""The run: four notebooks, what is rendered of them and the record, called in order."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pp39.errors import Pp39Error
from pp39.patches import import_papermill, import_rocrate
from pp39.profile import Profil
from pp39.run.address import Address
from pp39.run.course import Job, Step, Watcher, follow, in_place
from pp39.run.environment import fixed_environment, stage_environment
from pp39.run.failure import Failure, forget_failure, write_failure
from pp39.run.keys import Checker, Reads, branches_but, relevant
from pp39.run.runner import Runner
from pp39.run.runner import runner as fastest_runner
from pp39.run.stage import PARTS, Stage, open_stage
from pp39.run.store import SHELF, Store
from pp39.run.workspace import Workspace


def run_notebook(step: Step, job: Job) -> None:
    """Execute the notebook of a step; the executed one goes to the working papers."""
    # Papermill takes half a second to import; an up-to-date or wrong run never gets here.
    import_papermill()
    from pp39.run.engine import Execution  # noqa: PLC0415

    run = job.stage.final
    limits = run.params.eksekusi
    parameters = notebook_parameters(run, step.reads)
    told_all = tuple(parameters["param"]) == run.settings.overrides
    job.runner.execute(
        run.root / "notebooks" / f"{step.name}.ipynb",
        job.stage.papers / f"{step.name}.ipynb",
        parameters,
        Execution(
            cwd=run.root,
            environment=job.environment,
            cell_timeout=limits.batas_waktu_sel,
            start_timeout=limits.batas_waktu_kernel,
            hidden=_hidden(job.stage),
            settings=run.settings if told_all else None,
        ),
    )


def render_papers(step: Step, job: Job) -> None:
    """Render the executed notebooks before the report's to HTML."""
    from pp39.run.render import page  # noqa: PLC0415  as above

    del step
    names = ("01_clean", "02_validate", "03_indicators")
    pages = [page(one) for name in names if (one := job.stage.papers / f"{name}.ipynb").is_file()]
    job.render([pages])


def render_report(step: Step, job: Job) -> None:
    """Render the report to HTML, and to PDF with its inputs on record and what accompanies it."""
    from pp39.run.record import ATTACHMENT  # noqa: PLC0415  as above
    from pp39.run.render import exports  # noqa: PLC0415

    del step
    stage = job.stage
    attached = sorted((stage.workspace.report / "lampiran").glob("*"))
    inputs = stage.folder / ATTACHMENT
    # What the record is written with is imported while others render.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(import_rocrate)
        job.render(exports(stage.workspace.report, stage.papers, inputs, attached))


def render_beside(step: Step, job: Job) -> None:
    """Make ``laporan.xlsx`` or ``laporan.docx``, whichever the step is named for."""
    from pp39.run.render import beside  # noqa: PLC0415  as above

    job.render([[beside(step.name, job.stage.workspace.report, job.stage.papers)]])


def record_run(step: Step, job: Job) -> None:
    """Write down what went in and what came out."""
    from pp39.run import record  # noqa: PLC0415  as above

    del step
    record.write(job.stage.workspace, job.stage.folder / record.ATTACHMENT)


_CLEANED = ("sumber", "urutan", "kosakata", "kode", "salah_cetak", "ekspor")
_CHECKED = ("periksa", "potongan")
_FOUND = ("temuan", "pernyataan")
_TOLD = tuple(one for one in Profil.model_fields if one not in (*_CHECKED, "acuan"))
# What only the report says of an indicator.
_REPORTED = ("kalimat", "rincian", "saran")

# A step is taken to read every branch of the parameters but those named here, so that a new branch
# is never overlooked.
STEPS: Sequence[Step] = (
    Step(
        "01_clean",
        "Cleaning the source data",
        run_notebook,
        Reads(
            raw=True,
            params=("unit", "indikator", "sasaran", "dokumen_target"),
            unread=_REPORTED,
            profile=_CLEANED,
            naming=("ekspor",),
        ),
    ),
    Step(
        "02_validate",
        "Checking the data",
        run_notebook,
        Reads(
            params=branches_but("capaian", "eksekusi", "regulasi", "status", "temuan"),
            unread=_REPORTED,
            profile=(*_CLEANED, *_CHECKED, "acuan"),
            naming=_CHECKED,
        ),
    ),
    # Great Expectations is still being imported when the cleaning is done, so that the indicators
    # are there before the checks are; without the checks' consent they are thrown away.
    Step(
        "03_indicators",
        "Computing the indicators",
        run_notebook,
        Reads(
            params=branches_but("eksekusi"),
            base=True,
            unread=_REPORTED,
            profile=(*_CLEANED, *_FOUND),
            naming=None,
        ),
        ahead_of="02_validate",
        makes=(
            "processed/indikator.*",
            "processed/anggaran.*",
            "processed/ro.*",
            "processed/hambatan.*",
            "processed/ringkasan.*",
            "processed/datapackage.json",
            "processed/ledger.json",
            "processed/temuan.csv",
            "report/kertas-kerja/03_indicators.ipynb",
        ),
    ),
    Step("papers", "Rendering the working papers", render_papers, Reads(params=(), profile=())),
    # Takes one processor most of the time, so that there is time for the papers beside it.
    Step(
        "04_report",
        "Composing the report",
        run_notebook,
        Reads(profile=_TOLD),
        ahead_of="papers",
        makes=("report/kertas-kerja/04_report.ipynb", "report/lampiran/*"),
    ),
    # It reads what was computed, not the report, and leaves both processors to what renders that.
    Step(
        "workbook",
        "Writing the workbook",
        render_beside,
        Reads(),
        ahead_of="04_report",
        makes=("report/laporan.xlsx",),
    ),
    Step("render", "Rendering HTML and PDF", render_report, Reads(raw=True)),
    Step(
        "copy",
        "Writing the copy to edit",
        render_beside,
        Reads(),
        ahead_of="render",
        makes=("report/laporan.docx",),
    ),
    Step("record", "Recording the run", record_run, Reads(raw=True)),
)


#: Those that give indicators, ledger and findings, without anything rendered.
COMPUTING = STEPS[:3]


def compute(
    run: Workspace,
    watcher: Watcher,
    *,
    store: Store | None = None,
    runner: Callable[[dict[str, str]], AbstractContextManager[Runner]] = fastest_runner,
) -> Path:
    """Compute a run without rendering anything; a report that is there stays as it is.

    Parameters
    ----------
    run, watcher, store, runner :
        As of `make_report`.
    """
    make_report(run, watcher, COMPUTING, store=store, runner=runner, parts=("processed",))
    return run.processed


def make_report(
    run: Workspace,
    watcher: Watcher,
    steps: Sequence[Step] = STEPS,
    *,
    store: Store | None = None,
    runner: Callable[[dict[str, str]], AbstractContextManager[Runner]] = fastest_runner,
    parts: tuple[str, ...] = PARTS,
) -> Path:
    """Make the report of one run and put it in place.

    Parameters
    ----------
    run : Workspace
        From ``Workspace.locate``.
    watcher : Watcher
        Is told of every step.
    steps : sequence of Step
        In the order they run.
    store : Store, optional
        What steps have made before; a step whose inputs are the same is not done again. None does
        every step.
    runner : callable
        Makes the runner from the environment; it is closed at the end.
    parts : tuple of str
        Which folders are put in place, of `pp39.run.stage.PARTS`.

    Raises
    ------
    Pp39Error
        From the first step that fails; the last good outputs stay, and the executed notebooks up
        to the error are kept among the processed files under ``gagal``, with the error's sentence.
    """
    checker = Checker(run) if store is not None else None
    if checker is not None and store is not None and in_place(run, steps, checker, store, parts):
        for number, step in enumerate(steps, start=1):
            watcher.reused(step.title, number, len(steps))
        # What stands there is what was asked for now, whatever went wrong before.
        forget_failure(run.processed)
        return run.report
    environment = fixed_environment(run.root)
    with open_stage(run) as stage, runner(environment) as chosen:
        kept = None
        if store is not None and checker is not None and not chosen.plain:
            kept = store.shared(checker.state)
        environment |= stage_environment(stage.folder, kept)
        job = Job(stage, environment, chosen)
        try:
            seconds = follow(steps, job, watcher, checker, store)
        except Pp39Error as error:
            # A full disk must not hide what went wrong first.
            with suppress(OSError):
                kept = stage.keep_failed()
                if kept is not None:
                    error.add_note(f"executed notebooks: {run.relative(kept)}")
                told = error.brief.replace(f"{run.root}/", "")
                write_failure(run.processed, Failure(told, error.exit_code))
            raise
        if "report" in parts:
            _write_timings(stage, seconds)
        stage.publish(parts)
    return run.report


def store_of(run: Workspace) -> Store:
    """Give the store of a run; of one with overrides, what is kept without them serves as well."""
    address = run.address
    if address.run == run.scenario:
        return own_store_of(run)
    without = replace(address, run=run.scenario)
    return Store(_kept(run, address), lender=Store(_kept(run, without)), common=_checks(run))


def own_store_of(run: Workspace) -> Store:
    """Give the store of a run that takes nothing from another's."""
    return Store(_kept(run, run.address), common=_checks(run))


def is_current(run: Workspace, steps: Sequence[Step] = STEPS) -> bool:
    """Tell whether a report is there and what its inputs would give now.

    Parameters
    ----------
    run : Workspace
        From ``Workspace.locate``.
    steps : sequence of Step
        As given to `make_report`.
    """
    return run.report.is_dir() and in_place(run, steps, Checker(run), store_of(run))


def notebook_parameters(run: Workspace, reads: Reads) -> dict[str, Any]:
    """Give the parameters of a notebook, in JSON types; of the overrides those that it reads."""
    return {
        "unit": run.unit,
        "year": run.year,
        "quarter": str(run.period),
        "scenario": run.scenario,
        "param": relevant(run.settings.overrides, reads.branches(run.settings.profile)),
    }


def _kept(run: Workspace, address: Address) -> Path:
    return run.root / SHELF / address.inside


def _checks(run: Workspace) -> Path:
    return _kept(run, run.address).parents[1] / "periksa"


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
