"""Commands that look at what came out of a run, or at a report that somebody typed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pp39.errors import ParameterError
from pp39.face.asides import tasks_of, warn_of_strays
from pp39.face.options import (
    AsJson,
    FailOn,
    Quarter,
    Unit,
    Year,
    fail_at,
    figures,
    print_json,
    severity_of,
)
from pp39.printer import rich_console
from pp39.run.wanted import Wanted


def findings(
    wanted: Wanted,
    fail_on: FailOn = None,
    as_json: AsJson = False,
) -> None:
    """List the findings of one run: what was stated against what was computed."""
    from pp39.findings import answers_of, causes_of, load_findings, strays
    from pp39.findings.display import show, to_json
    from pp39.ledger import Ledger

    severity = severity_of(fail_on)
    workspace = wanted.workspace()
    folders = workspace.address.folders(workspace.root).own()
    if not (folders.processed / "temuan.csv").is_file():
        raise folders.missing(f"{folders.name} has no temuan.csv, so there are no findings of it")
    answers = answers_of(workspace.settings)
    found = load_findings(workspace.processed / "temuan.csv", answers)
    if as_json:
        print(to_json(found))
        warn_of_strays(workspace)
    else:
        book = workspace.processed / "ledger.json"
        ledger = Ledger.load(book) if book.is_file() else Ledger()
        causes = causes_of(found, ledger, workspace.params.indikator)
        show(causes, rich_console(), strays(workspace.settings, found))
    fail_at(severity, found, " see temuan.csv or leave out --fail-on")


def todo(
    wanted: Wanted,
    as_json: AsJson = False,
) -> None:
    """List what is to be completed before the report is signed: what, where, who."""
    workspace = wanted.workspace()
    tasks = tasks_of(workspace)
    if as_json:
        from pp39.report.sections.berkas import tugas_json

        print(tugas_json(tasks))
        return
    for number, one in enumerate(tasks, start=1):
        print(f"{number}. {'' if one.bobot == 'wajib' else '(sebaiknya) '}{one.apa}")
        print(f"   {one.letak} – {one.siapa}")
    if not tasks:
        print("Tidak ada lagi yang harus dilengkapi.")


def explain(
    reference: Annotated[
        str,
        typer.Argument(
            help="Indicator (IKU-1.1), ledger id, part of a name, finding (T-…) or raw cell"
            " (dipa_ro.csv!7).",
            autocompletion=figures,
        ),
    ],
    wanted: Wanted,
    as_json: AsJson = False,
) -> None:
    """Explain a figure: its calculation down to file, sheet, row and column."""
    from pp39 import explain as explaining

    root, address = wanted.root(), wanted.address()
    answer = explaining.explain(address.folders(root), reference)
    if as_json:
        print_json(explaining.to_json(answer))
        return
    explaining.show(answer, rich_console())


def verify(
    wanted: Wanted,
    rerun: Annotated[
        bool, typer.Option("--rerun", help="Also run again, aside, and compare every output.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Prove that a report is what its inputs give; exit 5 when anything differs."""
    from pp39.display import progress
    from pp39.verify import run_again
    from pp39.verify import verify as verified

    root, address = wanted.root(), wanted.address()
    verdict = verified(root, address)
    if rerun and not verdict.differences:
        with progress() as watcher:
            verdict = run_again(root, address, watcher)
    if as_json:
        print_json(verdict.json())
    else:
        for line in (*map(str, verdict.differences), *(f"note: {one}" for one in verdict.notes)):
            print(line)
    verdict.insist()
    if not as_json:
        print(f"{verdict.name}: all {verdict.checked} files are what {verdict.against}")


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
        print_json(differences.to_json(comparison))
    elif html is None:
        # Into a file, lines are as long as they need to be.
        differences.show(comparison, rich_console(width=None if sys.stdout.isatty() else 200))
    else:
        print(html)
    if exit_code and not comparison.same:
        raise VerificationFailed(f"{comparison.before} and {comparison.after} differ")


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
        str | None,
        typer.Option(
            "--save",
            metavar="FILE.csv|UNIT",
            help="Save the report's statements: as csv, or as those of a work unit.",
        ),
    ] = None,
    fail_on: FailOn = None,
    as_json: AsJson = False,
) -> None:
    """Review a typed report, or a folder of them: what contradicts itself in it."""
    from pp39.review.command import review_all

    workspace = None
    if quarter is not None:
        workspace = Wanted("review", unit, year, quarter).workspace()
    elif unit is not None or (year is not None and save is None):
        raise ParameterError("a comparison with the unit's data needs --quarter, too")
    severity = severity_of(fail_on)
    as_file = save is not None and save.casefold().endswith(".csv")
    into = Wanted("review", save, year, "IV").workspace() if save and not as_file else None
    found = review_all(
        path,
        profile_name,
        workspace,
        html=html,
        xlsx=xlsx,
        save_as=Path(save) if save and as_file else None,
        into=into,
        as_json=as_json,
    )
    fail_at(severity, found, " correct the report or leave out --fail-on")
