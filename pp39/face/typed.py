"""The command that reviews reports somebody typed."""

from pathlib import Path
from typing import Annotated

import typer

from pp39.errors import ParameterError
from pp39.face.options import AsJson, FailOn, Quarter, Unit, Year, fail_at, severity_of
from pp39.run.wanted import Wanted


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
