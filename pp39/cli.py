"""The command ``pp39``.

A command is one function below ``app.command``. It imports what it needs when it is called, so that
``pp39 --help`` and a wrong parameter answer at once. Errors are one sentence on standard error and
an exit code: 0 done, 1 unexpected, 2 parameters or usage, 3 a data check, 4 an input,
5 verification, 130 interrupted, 141 nobody reads the output any more.
"""

import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from pp39 import __version__
from pp39.errors import ParameterError, Pp39Error, nearest
from pp39.patches import worded
from pp39.printer import ReaderGone, finish, install, rich_console
from pp39.refusal import explained
from pp39.run.naming import shown

if TYPE_CHECKING:
    from pp39.findings import Finding, Severity
    from pp39.profile import Profile
    from pp39.report.sections.todo import Tugas
    from pp39.run.address import Address
    from pp39.run.workspace import Workspace

__all__ = ["app", "main", "run"]

DEFAULT_SCENARIO = "dasar"
#: As the shell tells of SIGINT, and of SIGPIPE.
INTERRUPTED = 130
UNREAD = 141

Unit = Annotated[
    str | None,
    typer.Option(
        "--unit", "-u", help="Work unit: a folder of data/raw; that of params/proyek.yaml."
    ),
]
Year = Annotated[
    str | None,
    typer.Option(
        "--year",
        "-y",
        metavar="YEAR",
        help="Budget year (tahun anggaran); 'tahun' of params/proyek.yaml.",
    ),
]
Quarter = Annotated[
    str | None, typer.Option("--quarter", "-q", help="I, II, III, IV or 1-4; tahunan for the year.")
]
Scenario = Annotated[
    str, typer.Option("--scenario", "-s", help="'dasar', or a file of params/scenarios.")
]
Param = Annotated[
    list[str] | None,
    typer.Option("--param", "-p", help="Override: name=value. May be given several times."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FailOn = Annotated[
    str | None,
    typer.Option("--fail-on", help="Exit 3 at a finding this grave: material, minor or editorial."),
]
#: What make passes on: several overrides in one text, with the quotation marks still in it.
Params = Annotated[str, typer.Option("--params", hidden=True)]

app = typer.Typer(
    name="pp39",
    help="Quarterly PP 39/2006 reports, computed from source data and traceable to the row.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
) -> None:
    """Show what there is when nothing is asked for."""
    if version:
        print(f"pp39 {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def report(
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = None,
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
    force: Annotated[
        bool, typer.Option("--force", help="Do every step, also those that are up to date.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Use a standard Jupyter kernel for every notebook.")
    ] = False,
) -> None:
    """Make the report of one quarter, HTML and PDF."""
    from pp39.run.environment import fixed_environment
    from pp39.run.runner import PlainRunner, runner

    quarter = _asked("report", quarter)
    with PlainRunner() if plain else runner(fixed_environment(None)) as chosen:
        # It imports what most runs need, while this process imports what follows here.
        chosen.prepare(["01_clean"])
        from pp39.display import progress
        from pp39.run.steps import make_report, own_store_of, store_of

        workspace = _workspace(unit, year, quarter, scenario, overrides(param, params))
        with progress() as watcher:
            store = store_of(workspace)
            if force:
                store = own_store_of(workspace)
                store.clear()
            folder = make_report(workspace, watcher, store=store, runner=lambda _: chosen)
    if workspace.params.temuan.jawaban:
        _warn_of_strays(workspace)
    _warn_of_unused(folder)
    _tell_of_state(workspace)
    for path in sorted(folder.glob("laporan.*")):
        print(workspace.relative(path))
    _tell_of_base(workspace)


@app.command()
def compute(
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = None,
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
) -> None:
    """Compute indicators, ledger and findings of one quarter, without rendering a report."""
    from pp39.run.environment import fixed_environment
    from pp39.run.runner import runner

    quarter = _asked("compute", quarter)
    with runner(fixed_environment(None)) as chosen:
        chosen.prepare(["01_clean"])
        from pp39.display import progress
        from pp39.run.steps import compute as computed
        from pp39.run.steps import store_of

        workspace = _workspace(unit, year, quarter, scenario, overrides(param, params))
        with progress() as watcher:
            store = store_of(workspace)
            folder = computed(workspace, watcher, store=store, runner=lambda _: chosen)
    for name in ("indikator.csv", "ledger.json", "temuan.csv"):
        print(workspace.relative(folder / name))
    _warn_of_older(workspace)
    _tell_of_base(workspace)


@app.command()
def check(
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = "IV",
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
) -> None:
    """Read parameters and source data and check them; tell everything that is wrong, write nothing.

    Exit 2 for parameters, 4 for source data that cannot be read, 3 for data that may not be used.
    """
    from pp39.checks.result import sentence_of
    from pp39.run.environment import FIXED

    changed = overrides(param, params)
    workspace = _workspace(unit, year, quarter or "IV", scenario, changed)
    # These take a second or two to import; wrong parameters are told before.
    os.environ.update(FIXED)
    from pp39.checks import check as checked
    from pp39.indicators import needed_sources
    from pp39.sources import Context, clean_all, delivered

    sources = workspace.sources
    context = Context.of(workspace.settings)
    for stray in delivered(sources, workspace.raw, context).strays:
        print(f"pp39: warning: {stray.sentence}", file=sys.stderr)
    needed = needed_sources(workspace.settings)
    tables = clean_all(sources, workspace.raw, context, needed)
    found = checked(tables, workspace.settings)
    for one in found.warnings:
        print(f"pp39: warning: {sentence_of(one)}", file=sys.stderr)
    found.raise_if_critical()
    print(f"{len(tables)} sources, {len(found)} rules, {len(found.warnings)} warnings")


@app.command()
def sources(
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = "IV",
    scenario: Scenario = DEFAULT_SCENARIO,
    as_json: AsJson = False,
) -> None:
    """Tell what each file was recognised as, and where each source comes from; write nothing."""
    from dataclasses import asdict

    from pp39.indicators import needed_sources
    from pp39.sources import Context
    from pp39.sources.overview import overview

    workspace = _workspace(unit, year, quarter or "IV", scenario, ())
    context = Context.of(workspace.settings)
    needed = needed_sources(workspace.settings)
    found = overview(workspace.sources, workspace.raw, context, needed)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    for line in found.lines():
        print(line)


@app.command()
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
        print(f"pp39: {sentence}", file=sys.stderr)
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


@app.command()
def index() -> None:
    """Write reports/index.html anew: the list of all reports there are."""
    from pp39.batch import write_index
    from pp39.run.project import project_root

    root = project_root()
    print(write_index(root).relative_to(root).as_posix())


@app.command("params")
def show_params(
    name: Annotated[str, typer.Argument(help="Only parameters whose name holds this.")] = "",
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = "IV",
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
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
    settings = settled(
        root,
        checked_unit(project.unit_or(unit)),
        project.year_or(year),
        Period.parse(quarter or "IV"),
        checked_run(scenario),
        overrides=overrides(param, params),
    )
    entries = settings.describe()
    chosen = [entry for entry in entries if name.casefold() in entry.path.casefold()]
    if not chosen:
        near = nearest(name, [entry.path for entry in entries])
        raise ParameterError(
            f"no parameter has '{name}' in its name" + (f"; the nearest is {near}" if near else "")
        )
    if as_json:
        print(json.dumps([asdict(entry) for entry in chosen], ensure_ascii=False, indent=2))
        return
    for entry in chosen:
        value = json.dumps(entry.value, ensure_ascii=False)
        print(f"{entry.path} = {value}")
        print(f"    {entry.type} | {entry.layer} | {entry.meaning}")


@app.command()
def profile(
    name: Annotated[
        str | None, typer.Argument(help="A profile; that of the unit by default.")
    ] = None,
    unit: Unit = None,
    year: Year = None,
    schema: Annotated[
        Path | None, typer.Option("--schema", help="Folder to write JSON schemas of its files to.")
    ] = None,
    test: Annotated[bool, typer.Option("--test", help="Run the cases of its uji folder.")] = False,
    suites: Annotated[
        Path | None,
        typer.Option("--suites", help="Folder to write its checks to, for Great Expectations."),
    ] = None,
    quarter: Quarter = None,
) -> None:
    """Check a profile and list it: sources with columns and kinds, vocabularies, parameters."""
    from pp39.findings import rules_of
    from pp39.indicators.formulas import check_formulas, programs_of
    from pp39.profile import load_profile
    from pp39.profile.display import described
    from pp39.run.project import project_root, read_project

    if schema is not None:
        _write_schemas(schema)
        return
    root = project_root()
    if name is not None:
        found, needed = load_profile(root, name), {}
    else:
        from pp39.indicators import needed_sources
        from pp39.params import load
        from pp39.run.naming import checked_unit

        project = read_project(root)
        settings = load(root, checked_unit(project.unit_or(unit)), project.year_or(year), "IV")
        found, needed = settings.profile, needed_sources(settings)
        programs_of(settings)
    if suites is not None:
        _write_suites(root, found, suites, unit, year, quarter)
        return
    if test:
        _test_profile(root, found)
        return
    check_formulas(found)
    rules = rules_of(found)
    for line in described(found, needed):
        print(line)
    print("\nRules of findings")
    for rule in rules:
        print(f"  {rule.id} ({rule.tingkat}): {rule.membandingkan}")


def _write_suites(
    root: Path,
    profile: "Profile",
    folder: Path,
    unit: str | None,
    year: str | None,
    quarter: str | None,
) -> None:
    """Write the checks of a profile with the words of a unit, up to a quarter; IV by default."""
    from dataclasses import replace

    from pp39.checks.export import save_suites
    from pp39.params import load
    from pp39.run.naming import checked_unit
    from pp39.run.project import read_project

    project = read_project(root)
    chosen = checked_unit(project.unit_or(unit))
    settings = load(root, chosen, project.year_or(year), quarter or "IV")
    for path in save_suites(replace(settings, profile=profile), folder):
        print(path)


def _test_profile(root: Path, profile: "Profile") -> None:
    from pp39.errors import CheckFailed
    from pp39.indicators.cases import run_cases

    results = list(run_cases(root, profile))
    for one in results:
        print(f"{'sesuai' if not one.differences else 'TIDAK SESUAI'}  {one.name}")
    wrong = [told for one in results for told in one.differences]
    if wrong:
        raise CheckFailed("\n".join(wrong))
    print(f"{len(results)} kasus sesuai.")


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")],
) -> None:
    """Make a project: notebooks, regulations, and a made-up unit to try it with."""
    from pp39.starting import new_project

    new_project(folder)
    print(f"{folder}: try it with: cd {folder} && pp39 report --quarter IV")


@app.command()
def init(
    unit: Annotated[str, typer.Argument(help="Name of the unit in commands and folders.")],
    profile_name: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="Its profile; for a unit that is new."),
    ] = None,
    year: Year = None,
) -> None:
    """Start a unit: write its file, and the workbook isian.xlsx, both to be filled in."""
    from pp39.run.project import project_root, read_project
    from pp39.starting import start_unit

    root = project_root()
    written = start_unit(root, unit, profile_name, read_project(root).year_or(year))
    print("\n".join(written))
    if not written[-1].endswith(".xlsx"):
        print(f"its profile has no indicators: list them there, then: pp39 init {unit}")


@app.command()
def findings(
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = None,
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
    fail_on: FailOn = None,
    as_json: AsJson = False,
) -> None:
    """List the findings of one run: what was stated against what was computed."""
    from pp39.findings import answers_of, causes_of, load_findings, strays
    from pp39.findings.display import show, to_json
    from pp39.ledger import Ledger

    quarter = _asked("findings", quarter)
    severity = _severity(fail_on)
    workspace = _workspace(unit, year, quarter, scenario, overrides(param, params))
    folders = workspace.address.folders(workspace.root).own()
    if not (folders.processed / "temuan.csv").is_file():
        raise folders.missing(f"{folders.name} has no temuan.csv, so there are no findings of it")
    answers = answers_of(workspace.settings)
    found = load_findings(workspace.processed / "temuan.csv", answers)
    if as_json:
        print(to_json(found))
        _warn_of_strays(workspace)
    else:
        book = workspace.processed / "ledger.json"
        ledger = Ledger.load(book) if book.is_file() else Ledger()
        causes = causes_of(found, ledger, workspace.params.indikator)
        show(causes, rich_console(), strays(workspace.settings, found))
    _fail_at(severity, found, " see temuan.csv or leave out --fail-on")


@app.command()
def todo(
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = None,
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
    as_json: AsJson = False,
) -> None:
    """List what is to be completed before the report is signed: what, where, who."""
    quarter = _asked("todo", quarter)
    workspace = _workspace(unit, year, quarter, scenario, overrides(param, params))
    tasks = _tasks(workspace)
    if as_json:
        from pp39.report.sections.berkas import tugas_json

        print(tugas_json(tasks))
        return
    for number, one in enumerate(tasks, start=1):
        print(f"{number}. {'' if one.bobot == 'wajib' else '(sebaiknya) '}{one.apa}")
        print(f"   {one.letak} – {one.siapa}")
    if not tasks:
        print("Tidak ada lagi yang harus dilengkapi.")


@app.command()
def review(
    path: Annotated[
        Path, typer.Argument(metavar="FILE|FOLDER", help="A typed report: .docx, .pdf, .md, .txt.")
    ],
    profile_name: Annotated[
        str | None,
        typer.Option("--profile", help="Profile whose indicators the report speaks of."),
    ] = None,
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write a workbook.")] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Save the report's statements as csv.")
    ] = None,
    fail_on: FailOn = None,
    as_json: AsJson = False,
) -> None:
    """Review a typed report, or a folder of them: what contradicts itself in it."""
    from pp39.review.command import review_all

    workspace = None
    if quarter is not None:
        workspace = _workspace(unit, year, quarter, DEFAULT_SCENARIO, ())
    elif unit is not None or year is not None:
        raise ParameterError("a comparison with the unit's data needs --quarter, too")
    severity = _severity(fail_on)
    found = review_all(
        path, profile_name, workspace, html=html, xlsx=xlsx, save=save, as_json=as_json
    )
    _fail_at(severity, found, " correct the report or leave out --fail-on")


@app.command()
def explain(
    reference: Annotated[
        str,
        typer.Argument(
            help="Indicator (IKU-1.1), ledger id, part of a name, finding (T-…) or raw cell"
            " (dipa_ro.csv!7)."
        ),
    ],
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = None,
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
    as_json: AsJson = False,
) -> None:
    """Explain a figure: its calculation down to file, sheet, row and column."""
    from pp39 import explain as explaining
    from pp39.run.project import project_root

    root = project_root()
    changed = overrides(param, params)
    folders = _address(root, "explain", unit, year, quarter, scenario, changed).folders(root)
    answer = explaining.explain(folders, reference)
    if as_json:
        print(json.dumps(explaining.to_json(answer), ensure_ascii=False, indent=2))
        return
    explaining.show(answer, rich_console())


@app.command()
def verify(
    unit: Unit = None,
    year: Year = None,
    quarter: Quarter = None,
    scenario: Scenario = DEFAULT_SCENARIO,
    param: Param = None,
    params: Params = "",
    rerun: Annotated[
        bool, typer.Option("--rerun", help="Also run again, aside, and compare every output.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Prove that a report is what its inputs give; exit 5 when anything differs."""
    from pp39.display import progress
    from pp39.run.project import project_root
    from pp39.verify import run_again
    from pp39.verify import verify as verified

    root = project_root()
    changed = overrides(param, params)
    address = _address(root, "verify", unit, year, quarter, scenario, changed)
    verdict = verified(root, address)
    if rerun and not verdict.differences:
        with progress() as watcher:
            verdict = run_again(root, address, watcher)
    if as_json:
        print(json.dumps(verdict.json(), ensure_ascii=False, indent=2))
    else:
        for line in (*map(str, verdict.differences), *(f"note: {one}" for one in verdict.notes)):
            print(line)
    verdict.insist()
    if not as_json:
        print(f"{verdict.name}: all {verdict.checked} files are what {verdict.against}")


@app.command()
def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="Run: [unit/][year/]quarter[/run], or a folder.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="The run to compare it with.")],
    unit: Unit = None,
    year: Year = None,
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page.")
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 5 when anything differs, otherwise 0.")
    ] = False,
) -> None:
    """Compare two runs: parameters, inputs, indicators, figures, findings."""
    from pp39 import diff as differences
    from pp39.errors import VerificationFailed
    from pp39.run.project import project_root

    root = project_root()
    runs = [differences.resolve(root, text, unit, year) for text in (before, after)]
    comparison = differences.compare(*runs)
    if html is not None:
        try:
            html.write_text(differences.to_html(comparison), encoding="utf-8")
        except OSError as error:
            raise ParameterError(f"--html {html} cannot be written: {error.strerror}") from None
    if as_json:
        print(json.dumps(differences.to_json(comparison), ensure_ascii=False, indent=2))
    elif html is None:
        # Into a file, lines are as long as they need to be.
        differences.show(comparison, rich_console(width=None if sys.stdout.isatty() else 200))
    else:
        print(html)
    if exit_code and not comparison.same:
        raise VerificationFailed(f"{comparison.before} and {comparison.after} differ")


def _write_schemas(folder: Path) -> None:
    from pp39.profile import schemas

    folder.mkdir(parents=True, exist_ok=True)
    for part, made in schemas().items():
        path = folder / f"{part}.schema.json"
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(path)


def _warn_of_older(workspace: "Workspace") -> None:
    """Tell that a report stands beside figures it was not made from."""
    from pp39.run import record
    from pp39.run.fingerprint import output_groups
    from pp39.verify import outdated

    path = workspace.report / record.RECORD
    made = output_groups(workspace.processed, workspace.report)["olahan"]
    if path.is_file() and outdated(record.read(path), made):
        print(
            f"pp39: warning: {workspace.relative(workspace.report)} was made from other figures;"
            " make the report again",
            file=sys.stderr,
        )


def _warn_of_strays(workspace: "Workspace") -> None:
    """Tell of answers to findings that the run does not have."""
    from pp39.findings import load_findings, strays

    found = load_findings(workspace.processed / "temuan.csv")
    for one in strays(workspace.settings, found):
        print(f"pp39: warning: {one.sentence}", file=sys.stderr)


def _warn_of_unused(report: Path) -> None:
    """Tell of files among the source data that no source uses, as the run has recorded them."""
    unused = json.loads((report / "run.json").read_bytes()).get("tidak_dipakai")
    if not unused:
        return
    from pp39.sources import Stray

    for one in unused:
        print(f"pp39: warning: {Stray(**one).sentence}", file=sys.stderr)


def _tasks(workspace: "Workspace") -> "list[Tugas]":
    """Read what is open in a run that has been made."""
    from pp39.report.sections import Bahan
    from pp39.report.sections.todo import todo as listed

    folders = workspace.address.folders(workspace.root).own()
    if not (folders.processed / "indikator.csv").is_file():
        raise folders.missing(f"{folders.name} has not been made, so it is not known what it lacks")
    return listed(Bahan.baca(workspace.settings, workspace.processed))


def _tell_of_state(workspace: "Workspace") -> None:
    """Say what is open: of a draft, and of a report that is final because a parameter says so."""
    path = workspace.report / "lampiran" / "harus-dilengkapi.csv"
    if path.is_file():
        from pp39 import handout

        weights = [row["bobot"] for row in handout.read(path, "bobot")]
        state = "the report is a draft"
    elif workspace.params.laporan.keadaan == "final":
        weights = [one.bobot for one in _tasks(workspace)]
        state = "the report is final, as laporan.keadaan says"
    else:
        return
    must = weights.count("wajib")
    print(
        f"pp39: {state}: {must} things to be done before it is signed are open, and"
        f" {len(weights) - must} that should be; pp39 todo lists them",
        file=sys.stderr,
    )


def _tell_of_base(workspace: "Workspace") -> None:
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
    print(
        "pp39: the report without these overrides is as it was; compare with:"
        f" pp39 diff {base.short} {address.short}{unit}{year}",
        file=sys.stderr,
    )


def _asked(command: str, quarter: str | None) -> str:
    """Give the quarter a command was called with; most commands cannot do without."""
    if quarter is None:
        raise ParameterError(f"{command} needs a quarter: --quarter I, II, III, IV or tahunan")
    return quarter


def _severity(fail_on: str | None) -> "Severity | None":
    """Read what ``--fail-on`` says."""
    from pp39.findings import SEVERITIES

    severity = next((one for one in SEVERITIES if one == (fail_on or "").casefold()), None)
    if fail_on is not None and severity is None:
        raise ParameterError(f"--fail-on is {shown(fail_on)}; use one of {', '.join(SEVERITIES)}")
    return severity


def _fail_at(severity: "Severity | None", found: Sequence["Finding"], hint: str) -> None:
    """Stop where a finding is as grave as ``--fail-on`` says."""
    from pp39.errors import CheckFailed
    from pp39.findings.display import at_least

    if severity is not None and (grave := at_least(found, severity)):
        raise CheckFailed(f"{len(grave)} findings are {severity} or graver;{hint}")


def _workspace(
    unit: str | None, year: str | None, quarter: str, scenario: str, changed: Sequence[str]
) -> "Workspace":
    """Find the run that options name, with its parameters."""
    from pp39.run.project import project_root, read_project
    from pp39.run.workspace import Workspace

    root = project_root()
    project = read_project(root)
    named, when = project.unit_or(unit), project.year_or(year)
    return Workspace.locate(named, when, quarter, scenario, changed, root=root)


def _address(
    root: Path,
    command: str,
    unit: str | None,
    year: str | None,
    quarter: str | None,
    scenario: str,
    changed: Sequence[str],
) -> "Address":
    """Put the options that name a run into one; parameters are read only to name its overrides."""
    from pp39.periods import Period
    from pp39.run.address import Address
    from pp39.run.naming import checked_run, checked_unit
    from pp39.run.project import read_project

    quarter = _asked(command, quarter)
    if changed:
        return _workspace(unit, year, quarter, scenario, changed).address
    project = read_project(root)
    which = Period.parse(quarter)
    named = checked_unit(project.unit_or(unit))
    return Address(named, project.year_or(year), which, checked_run(scenario))


def overrides(param: Sequence[str] | None, params: str) -> tuple[str, ...]:
    """Put the overrides of ``-p`` and those make passes on into one list, in that order."""
    if not params.strip():
        return tuple(param or ())
    from pp39.params import split_overrides

    return (*(param or ()), *split_overrides(params))


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; errors are told, never raised.

    Parameters
    ----------
    arguments : sequence of str
        What follows ``pp39``.
    """
    try:
        _insist_on_text(arguments)
        code = app(args=list(arguments), prog_name="pp39", standalone_mode=False)
        sys.stdout.flush()
    except ReaderGone:
        return UNREAD
    except Exception as error:
        return _explained(error)
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        return _told("interrupted; the last good outputs are unchanged", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _insist_on_text(arguments: Sequence[str]) -> None:
    """Refuse an argument in another encoding, which could be written nowhere."""
    for number, argument in enumerate(arguments, start=1):
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise ParameterError(
                f"argument {number} ({shown(argument)}) is not UTF-8 text; write it in UTF-8"
            ) from None


def main() -> NoReturn:
    """Run the command of this process."""
    # A polite kill unwinds like Ctrl-C, so that kernels and folders aside go away.
    signal.signal(signal.SIGTERM, _interrupt)
    install()
    code = run(sys.argv[1:])
    finish()
    sys.exit(code)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _explained(error: Exception) -> int:
    """Tell an error and give its exit code."""
    if isinstance(error, Pp39Error):
        told = "\n".join(error.sentences)
        return _told(told, error.exit_code, getattr(error, "__notes__", ()))
    if isinstance(error, TyperException):
        return _told(_usage(error), error.exit_code)
    if isinstance(error, OSError) and (plain := explained(error, _root())) is not None:
        return _told(plain.sentence, plain.exit_code)
    log = _log(error)
    return _told(f"unexpected {type(error).__name__}: {error}; the details are in {log}", 1)


def _told(sentence: str, code: int, notes: Sequence[str] = ()) -> int:
    aside = f" ({'; '.join(notes)})" if notes else ""
    lines = "\n      ".join(" ".join(line.split()) for line in sentence.splitlines())
    print(f"pp39: {lines}{aside}", file=sys.stderr)
    return code


def _usage(error: TyperException) -> str:
    """Word an error of usage; Typer's own words for a wrong number are those of a library."""
    param: Any = getattr(error, "param", None)
    wrong = worded(error.__cause__) if param is not None else {}
    limit = wrong.get("ctx", {}).get("ge")
    if wrong.get("type", "").startswith("int_"):
        right = f"a whole number such as {param.default or 4}"
    elif limit is not None:
        right = f"at least {limit}"
    else:
        message = error.format_message()
        return message[:1].lower() + message[1:]
    return f"{param.opts[0]} must be {right}, not {str(wrong['input']) or 'empty'}"


def _root() -> Path:
    from pp39.run.project import project_root

    try:
        return project_root()
    except Pp39Error:
        return Path()


def _log(error: Exception) -> Path:
    """Write the traceback where the user can find it."""
    text = "".join(traceback.format_exception(error))
    path = _root() / "build" / "log" / "pp39.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        path = Path(tempfile.mkdtemp(prefix="pp39-")) / path.name
        path.write_text(text, encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
