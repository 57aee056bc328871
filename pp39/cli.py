"""The command ``pp39``.

A command is a function of `pp39.face`. It imports what it needs when it is called, so that
``pp39 --help`` and a wrong parameter answer at once. Errors are one sentence on standard error and
an exit code: 0 done, 1 unexpected, 2 parameters or usage, 3 a data check, 4 an input,
5 verification, 130 interrupted, 141 nobody reads the output any more.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from pp39 import __version__
from pp39.errors import ParameterError, Pp39Error
from pp39.face import inputs, making, many, results, starting
from pp39.face.options import command
from pp39.patches import worded
from pp39.printer import ReaderGone, finish, install
from pp39.refusal import explained
from pp39.told import told
from pp39.voice import say, speak, voice_of

#: As the shell tells of SIGINT, and of SIGPIPE.
INTERRUPTED = 130
UNREAD = 141

COMMANDS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        one.__name__.removeprefix("show_"): one
        for one in (
            *(making.report, making.compute, inputs.check, inputs.sources, many.batch, many.rollup),
            many.index,
            *(inputs.show_params, starting.profile, starting.new, starting.init),
            *(results.findings, results.todo, results.review, results.explain, results.verify),
            results.diff,
        )
    }
)
"""Every command, as ``pp39 --help`` lists them."""


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


def app(args: Sequence[str]) -> Any:
    """Call the command that words name; Typer makes that one alone where it is plain which."""
    typed_app = typer.Typer(
        name="pp39",
        help="Quarterly PP 39/2006 reports, computed from source data and traceable to the row.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    typed_app.callback(invoke_without_command=True)(command(start))
    first = args[0] if args and "_PP39_COMPLETE" not in os.environ else ""
    known = [first] if first in COMMANDS else [*COMMANDS]
    for name in () if first == "--version" else known:
        typed_app.command(name)(command(COMMANDS[name]))
    return typed_app(args=list(args), prog_name="pp39", standalone_mode=False)


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; errors are told, never raised."""
    try:
        _insist_on_text(arguments)
        speak(voice_of(arguments))
        code = app(args=arguments)
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
                f"argument {number} ({told(argument)}) is not UTF-8 text; write it in UTF-8"
            ) from None


def main() -> NoReturn:
    """Run the command of this process."""
    # A polite kill unwinds like Ctrl-C, so that kernels and folders aside go away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # A command is short: it looks for garbage a hundredth as often as it would by itself.
    gc.set_threshold(70_000, 20, 20)
    install()
    code = run(sys.argv[1:])
    finish()
    sys.exit(code)


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
    say("error", lines + aside, exit_code=code)
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
    import tempfile
    import traceback

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
