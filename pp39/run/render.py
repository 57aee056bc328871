"""Rendering of the executed report notebook by the exporters ``pp39-html`` and ``pp39-pdf``.

It runs in a process of its own, with the same fixed environment as the notebooks, so that neither
the shell of the user nor what the command has loaded can change a byte.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pp39.errors import Pp39Error, exit_code_of

__all__ = ["OUTPUTS", "RenderFailed", "render", "render_apart"]

#: Exporter by file it writes.
OUTPUTS: Sequence[tuple[str, str]] = (("pp39-html", "laporan.html"), ("pp39-pdf", "laporan.pdf"))


class RenderFailed(Pp39Error):
    """The report could not be rendered; carries the exit code of the error inside."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type["RenderFailed"], tuple[str, int]]:
        return type(self), (self.sentence, self.exit_code)


def render(notebook: Path, folder: Path) -> None:
    """Render a notebook in this process.

    Parameters
    ----------
    notebook : Path
        The executed report notebook.
    folder : Path
        Where ``laporan.html`` and ``laporan.pdf`` are written.
    """
    # nbconvert takes a second to import and only this process needs it.
    from nbconvert.exporters import get_exporter  # noqa: PLC0415

    for exporter_name, file_name in OUTPUTS:
        exporter = get_exporter(exporter_name)()  # type: ignore[no-untyped-call]
        body, _ = exporter.from_filename(str(notebook))
        content = body.encode() if isinstance(body, str) else body
        (folder / file_name).write_bytes(content)


def render_apart(notebook: Path, folder: Path, cwd: Path, environment: Mapping[str, str]) -> None:
    """Render a notebook in a process of its own.

    Parameters
    ----------
    notebook, folder : Path
        As in `render`.
    cwd : Path
        Folder of the project.
    environment : mapping of str to str
        Complete environment of the process.

    Raises
    ------
    RenderFailed
        One sentence, and the exit code of what went wrong.
    """
    command = [sys.executable, "-m", "pp39.run.render", str(notebook), str(folder)]
    done = subprocess.run(
        command, cwd=cwd, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return
    lines = done.stderr.strip().splitlines()
    try:
        told = json.loads(lines[-1])
        sentence, ename = told["sentence"], told["ename"]
    except (ValueError, IndexError, KeyError, TypeError):
        sentence, ename = (lines or [f"process ended with {done.returncode}"])[-1], "Exception"
    raise RenderFailed(f"{notebook.name} cannot be rendered: {sentence}", exit_code_of(ename))


def main(arguments: Sequence[str]) -> int:
    """Render and tell an error as one line of JSON."""
    notebook, folder = map(Path, arguments)
    try:
        render(notebook, folder)
    except Exception as error:
        sentence = " ".join(str(error).split())
        name = type(error).__name__
        known = isinstance(error, Pp39Error)
        told = {"ename": name, "sentence": sentence if known else f"{name}: {sentence}"}
        print(json.dumps(told), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
