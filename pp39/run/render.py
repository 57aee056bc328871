"""Rendering of the executed notebooks by the exporters ``pp39-html``, ``-pdf``, ``-kertas-kerja``.

It runs in a process of its own, with the same fixed environment as the notebooks, so that neither
the shell of the user nor what the command has loaded can change a byte.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pp39.errors import Pp39Error, exit_code_of
from pp39.run.imports import skip_slow_imports

__all__ = ["RenderFailed", "Rendering", "render", "render_apart"]


@dataclass(frozen=True)
class Rendering:
    """What is rendered, and where to.

    Attributes
    ----------
    notebook : str
        The executed report notebook; becomes ``laporan.html`` and ``laporan.pdf``.
    report : str
        Folder they are written into.
    papers : str
        Folder of all executed notebooks; each gets a page beside it.
    attachment : str
        JSON file that travels inside the PDF.
    """

    notebook: str
    report: str
    papers: str
    attachment: str


class RenderFailed(Pp39Error):
    """The report could not be rendered; carries the exit code of the error inside."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code

    @classmethod
    def of(cls, ename: str, sentence: str) -> "RenderFailed":
        """Make it from the class name and the sentence of the error inside."""
        return cls(f"the report cannot be rendered: {sentence}", exit_code_of(ename))

    def __reduce__(self) -> tuple[type["RenderFailed"], tuple[str, int]]:
        return type(self), (self.sentence, self.exit_code)


def render(task: Rendering) -> None:
    """Render in this process."""
    report = Path(task.report)
    notebook = Path(task.notebook)
    _export("pp39-html", notebook, report / "laporan.html")
    _export("pp39-pdf", notebook, report / "laporan.pdf", attach=[task.attachment])
    for paper in sorted(Path(task.papers).glob("*.ipynb")):
        _export("pp39-kertas-kerja", paper, paper.with_suffix(".html"))


def render_apart(task: Rendering, cwd: Path, environment: Mapping[str, str]) -> None:
    """Render in a process of its own.

    Parameters
    ----------
    task : Rendering
        What is rendered.
    cwd : Path
        Folder of the project.
    environment : mapping of str to str
        Complete environment of the process.

    Raises
    ------
    RenderFailed
        One sentence, and the exit code of what went wrong.
    """
    command = [sys.executable, "-m", "pp39.run.render", json.dumps(asdict(task))]
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
    raise RenderFailed.of(ename, sentence)


def _export(exporter_name: str, notebook: Path, target: Path, **options: Any) -> None:
    skip_slow_imports()
    # nbconvert takes a second to import and only the process that renders needs it.
    from nbconvert.exporters import get_exporter  # noqa: PLC0415

    exporter = get_exporter(exporter_name)(**options)  # type: ignore[no-untyped-call]
    body, _ = exporter.from_filename(str(notebook))
    target.write_bytes(body.encode() if isinstance(body, str) else body)


def main(arguments: Sequence[str]) -> int:
    """Render and tell an error as one line of JSON."""
    try:
        render(Rendering(**json.loads(arguments[0])))
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
