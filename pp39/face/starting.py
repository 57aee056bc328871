"""Commands that start a project or a unit, and those on profiles."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pp39.face.options import Quarter, Unit, Year

if TYPE_CHECKING:
    from pp39.profile import Profile


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")],
) -> None:
    """Make a project: notebooks, regulations, and a made-up unit to try it with."""
    from pp39.starting import new_project

    new_project(folder)
    print(f"{folder}: try it with: cd {folder} && pp39 report --quarter IV")


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
    every: Annotated[bool, typer.Option("--list", help="List all profiles and stop.")] = False,
    part: Annotated[
        str | None,
        typer.Option(
            "--fields",
            metavar="PART",
            help="Tell what may stand in a part, such as indikator, or a shape, such as banding.",
        ),
    ] = None,
    quarter: Quarter = None,
) -> None:
    """Check a profile and list it: sources with columns and kinds, vocabularies, parameters."""
    from pp39.findings import rules_of
    from pp39.profile import ProfileError, load_profile
    from pp39.profile.display import described
    from pp39.run.project import project_root, read_project
    from pp39.starting import insist_on

    if schema is not None:
        _write_schemas(schema)
        return
    if part is not None:
        from pp39.findings.shapes import SHAPES
        from pp39.profile.fields import fields_of

        print("\n".join(fields_of(part, SHAPES)))
        return
    root = project_root()
    if every:
        _list_profiles(root)
        return
    if name is not None:
        try:
            found, needed = load_profile(root, name), {}
        except ProfileError as error:
            if error.rest is not None:
                insist_on(error.rest, error.faults)
            raise
    else:
        from pp39.indicators import needed_sources
        from pp39.params import load
        from pp39.run.naming import checked_unit

        project = read_project(root)
        settings = load(root, checked_unit(project.unit_or(unit)), project.year_or(year), "IV")
        found, needed = settings.profile, needed_sources(settings)
    insist_on(found, indicators=None if name is not None else settings.params.indikator)
    if suites is not None:
        _write_suites(root, found, suites, unit, year, quarter)
        return
    if test:
        _test_profile(root, found)
        return
    for line in described(found, needed):
        print(line)
    print("\nRules of findings")
    for rule in rules_of(found):
        print(f"  {rule.id} ({rule.tingkat}): {rule.membandingkan}")


def _list_profiles(root: Path) -> None:
    from pp39.profile import load_profile, profile_names

    names = profile_names(root)
    width = max(map(len, names))
    for name in names:
        found = load_profile(root, name)
        above = f" (extends {found.chain[-2]})" if len(found.chain) > 1 else ""
        print(f"{name:{width}}  {found.isi.judul}{above}")


def _write_schemas(folder: Path) -> None:
    from pp39.findings.shapes import SHAPES
    from pp39.profile import schemas

    folder.mkdir(parents=True, exist_ok=True)
    for part, made in schemas(SHAPES).items():
        path = folder / f"{part}.schema.json"
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(path)


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

    from pp39.checks.suites import save_suites
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
        raise CheckFailed(*wrong)
    print(f"{len(results)} kasus sesuai.")
