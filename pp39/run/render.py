"""Rendering of the executed notebooks by the exporters ``pp39-html``, ``-pdf``, ``-kertas-kerja``.

Pages and print are rendered in a process each, at the same time, with the same fixed environment as
the notebooks, so that neither the shell of the user nor what the command has loaded can change a
byte.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from pp39.errors import Pp39Error, exit_code_of
from pp39.patches import skip_slow_imports
from pp39.refusal import explained_text
from pp39.run.environment import private_environment, private_folder

_PAPER = "pp39-kertas-kerja"
_INPUTS = "pp39.run.workbook.InputsExporter"
#: What is made beside the report: exporter, notebook, file.
_BESIDE = {
    "workbook": ("pp39.run.workbook.WorkbookExporter", "03_indicators.ipynb", "laporan.xlsx"),
    "copy": ("pp39.report.word.WordReportExporter", "04_report.ipynb", "laporan.docx"),
}


@dataclass(frozen=True)
class Export:
    """One file to make of one executed notebook."""

    #: Name it is registered by.
    exporter: str
    #: notebook, target: absolute paths.
    notebook: str
    target: str
    #: Files that travel inside; only a PDF takes any.
    attach: list[str] = field(default_factory=list)


def exports(
    report: Path, papers: Path, inputs: Path, attached: Iterable[Path]
) -> tuple[list[Export], list[Export]]:
    """Give what is made of the executed report notebook: the pages, and the print.

    Parameters
    ----------
    report : pathlib.Path
        Folder for ``laporan.html`` and ``laporan.pdf``.
    papers : pathlib.Path
        Folder of the executed notebooks.
    inputs : pathlib.Path
        Where the record of the inputs goes; it travels inside the PDF.
    attached : iterable of pathlib.Path
        Files that travel beside it.

    Returns
    -------
    tuple of list of Export
        They may be made at the same time.
    """
    paper = papers / "04_report.ipynb"
    notebook = str(paper)
    travelling = [str(one) for one in (inputs, *attached)]
    return (
        [Export("pp39-html", notebook, str(report / "laporan.html")), page(paper)],
        [
            Export(_INPUTS, notebook, str(inputs)),
            Export("pp39-pdf", notebook, str(report / "laporan.pdf"), travelling),
        ],
    )


def beside(what: str, report: Path, papers: Path) -> Export:
    """Give the ``workbook`` to go on working with, or the ``copy`` for those who must edit it."""
    exporter, notebook, file = _BESIDE[what]
    return Export(exporter, str(papers / notebook), str(report / file))


def page(paper: Path) -> Export:
    """Give the page of an executed notebook, beside it."""
    return Export(_PAPER, str(paper), str(paper.with_suffix(".html")))


class RenderFailed(Pp39Error):
    """The report could not be rendered; carries the exit code of the error inside."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code

    @classmethod
    def of(cls, ename: str, sentence: str, root: Path) -> "RenderFailed":
        """Make it from the class name and the sentence of the error inside."""
        refused = explained_text(sentence.removeprefix(f"{ename}: "), root)
        if refused is not None:
            return cls(refused.sentence, refused.exit_code)
        return cls(f"the report cannot be rendered: {sentence}", exit_code_of(ename))


def render(tasks: Iterable[Export]) -> None:
    """Render in this process."""
    skip_slow_imports()
    for one in tasks:
        exporter = _exporter(one.exporter)
        if one.attach:
            exporter = type(exporter)(attach=one.attach)
        body, _ = exporter.from_filename(one.notebook)
        Path(one.target).write_bytes(body.encode() if isinstance(body, str) else body)


def ready() -> None:
    """Render a page of nothing; forks of a process that did are spared what comes before pages."""
    code: dict[str, object] = {
        "cell_type": "code",
        "id": "a",
        "execution_count": None,
        "outputs": [],
        "source": "()",
    }
    text: dict[str, object] = {"cell_type": "markdown", "id": "b", "source": "#"}
    cells = [{**one, "metadata": {}} for one in (text, code)]
    empty = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    _exporter(_PAPER).from_file(StringIO(json.dumps(empty)))


@cache
def _exporter(name: str) -> Any:
    # nbconvert takes a second to import and only the process that renders needs it.
    from nbconvert.exporters import get_exporter  # noqa: PLC0415

    return get_exporter(name)()  # type: ignore[no-untyped-call]


def render_apart(tasks: Iterable[Export], cwd: Path, environment: Mapping[str, str]) -> None:
    """Render in a process of its own.

    Raises
    ------
    RenderFailed
        One sentence, and the exit code of what went wrong.
    """
    told = json.dumps([asdict(one) for one in tasks])
    command = [sys.executable, "-m", "pp39.run.render", told]
    with private_folder() as folder:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**environment, **private_environment(Path(folder))},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if done.returncode == 0:
        return
    lines = done.stderr.strip().splitlines()
    try:
        told = json.loads(lines[-1])
        sentence, ename = told["sentence"], told["ename"]
    except (ValueError, IndexError, KeyError, TypeError):
        sentence, ename = (lines or [f"process ended with {done.returncode}"])[-1], "Exception"
    raise RenderFailed.of(ename, sentence, cwd)


def main(arguments: Sequence[str]) -> int:
    """Render and tell an error as one line of JSON."""
    try:
        render(Export(**one) for one in json.loads(arguments[0]))
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
