"""What commands share: their options, the run that those name, how results are printed."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pp39.errors import ParameterError, Pp39Error
from pp39.run.naming import BASE
from pp39.run.wanted import Wanted
from pp39.told import told

if TYPE_CHECKING:
    from pp39.findings import Finding, Severity


def _names(pattern: str) -> Callable[[str], list[str]]:
    """Complete a word by the names of files or folders of the project."""

    def complete(incomplete: str) -> list[str]:
        from pp39.run.project import project_root

        try:
            found = {one.stem for one in project_root().glob(pattern)}
        except (Pp39Error, OSError):
            return []
        return sorted(one for one in found if one.startswith(incomplete))

    return complete


def _meant(ctx: typer.Context) -> Wanted:
    """Give the run that the options on the line name so far."""
    unit, year, quarter = (ctx.params.get(one) for one in ("unit", "year", "quarter"))
    return Wanted("completion", unit, year, quarter, ctx.params.get("scenario") or BASE)


def _parameters(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the name of a parameter."""
    try:
        listed = _meant(ctx).workspace("IV").settings.describe()
    except (Pp39Error, OSError):
        return []
    return [f"{one.path}=" for one in listed if one.path.startswith(incomplete)]


def figures(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the ledger id of a figure."""
    wanted = _meant(ctx)
    try:
        book = wanted.address().folders(wanted.root()).processed / "ledger.json"
        ids = json.loads(book.read_text(encoding="utf-8"))["angka"]
    except (Pp39Error, OSError, ValueError, LookupError):
        return []
    return [one for one in ids if one.startswith(incomplete)]


def _quarters(incomplete: str) -> list[str]:
    return [one for one in ("I", "II", "III", "IV", "tahunan") if one.startswith(incomplete)]


Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        "-u",
        help="Work unit: a folder of data/raw; that of params/proyek.yaml.",
        autocompletion=_names("params/unit/*.yaml"),
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
    str | None,
    typer.Option(
        "--quarter",
        "-q",
        help="I, II, III, IV or 1-4; tahunan for the year.",
        autocompletion=_quarters,
    ),
]
Scenario = Annotated[
    str,
    typer.Option(
        "--scenario",
        "-s",
        help="'dasar', or a file of params/scenarios.",
        autocompletion=_names("params/scenarios/*.yaml"),
    ),
]
Param = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        "-p",
        help="Override: name=value. May be given several times.",
        autocompletion=_parameters,
    ),
]
#: What make passes on: several overrides in one text, with the quotation marks still in it.
Params = Annotated[str, typer.Option("--params", hidden=True)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Force = Annotated[
    bool, typer.Option("--force", help="Do every step, also those that are up to date.")
]
FailOn = Annotated[
    str | None,
    typer.Option("--fail-on", help="Exit 3 at a finding this grave: material, minor or editorial."),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Say nothing but results, warnings and errors.")
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", help="Also say which run is meant, and with which files of parameters."
    ),
]
Log = Annotated[
    str,
    typer.Option("--log", metavar="text|json", help="Say it in sentences or as lines of JSON."),
]
_RUN = {
    "unit": (Unit, None),
    "year": (Year, None),
    "quarter": (Quarter, None),
    "scenario": (Scenario, BASE),
    "param": (Param, None),
    "params": (Params, ""),
}
#: How a command speaks; `pp39.voice.voice_of` reads them.
_VOICE = {"quiet": (Quiet, False), "verbose": (Verbose, False), "log": (Log, "text")}


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Make a command of a function: it takes how to speak, and what names a `Wanted` run."""

    @functools.wraps(function)
    def called(**options: Any) -> None:
        for name in _VOICE:
            del options[name]
        if of_run:
            run = {name: options.pop(name) for name in _RUN}
            changed = overrides(run.pop("param"), run.pop("params"))
            options[of_run] = Wanted(function.__name__, **run, overrides=changed)
        function(**options)

    plain = inspect.signature(function, eval_str=True).parameters
    of_run = next((name for name, one in plain.items() if one.annotation is Wanted), "")
    own = [one for name, one in plain.items() if name != of_run]
    parameters = [*(_options(_RUN) if of_run else ()), *own, *_options(_VOICE)]
    named = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
    called.__signature__ = inspect.Signature(named)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in named}
    return called


def _options(given: dict[str, tuple[Any, Any]]) -> Iterator[inspect.Parameter]:
    for name, (kind, default) in given.items():
        place = inspect.Parameter.KEYWORD_ONLY
        yield inspect.Parameter(name, place, default=default, annotation=kind)


def severity_of(fail_on: str | None) -> Severity | None:
    """Read what ``--fail-on`` says."""
    from pp39.findings import SEVERITIES

    severity = next((one for one in SEVERITIES if one == (fail_on or "").casefold()), None)
    if fail_on is not None and severity is None:
        raise ParameterError(f"--fail-on is {told(fail_on)}; use one of {', '.join(SEVERITIES)}")
    return severity


def fail_at(severity: Severity | None, found: Sequence[Finding], hint: str) -> None:
    """Stop where a finding is as grave as ``--fail-on`` says."""
    from pp39.errors import CheckFailed
    from pp39.findings.display import at_least

    if severity is not None and (grave := at_least(found, severity)):
        raise CheckFailed(f"{len(grave)} findings are {severity} or graver;{hint}")


def overrides(param: Sequence[str] | None, params: str) -> tuple[str, ...]:
    """Put the overrides of ``-p`` and those make passes on into one list, in that order."""
    if not params.strip():
        return tuple(param or ())
    from pp39.params import split_overrides

    return (*(param or ()), *split_overrides(params))


def print_json(value: Any) -> None:
    """Print what ``--json`` asks for."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
