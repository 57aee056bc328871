"""How one notebook is executed: by Papermill, with JSON parameters, errors told in one sentence."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill import execute_notebook  # type: ignore[import-untyped]
from papermill.exceptions import PapermillExecutionError  # type: ignore[import-untyped]

from pp39.errors import MissingInput, NotebookFailed, ParameterError, Pp39Error, UnreadableInput
from pp39.refusal import explained_text
from pp39.run.kernel import ENGINE, WARM_ENGINE, register
from pp39.run.tidy import tidied, write_notebook

if TYPE_CHECKING:
    from pp39.params import Settings
    from pp39.run.warm.house import House


@dataclass(frozen=True)
class Execution:
    """How notebooks of one run are executed."""

    #: Folder the cells run in: the project's.
    cwd: Path
    #: Complete environment of the cells.
    environment: Mapping[str, str]
    #: cell_timeout, start_timeout: seconds for one cell, and for a kernel to start.
    cell_timeout: int
    start_timeout: int
    #: Papermill's name of the engine.
    engine: str = ENGINE
    #: Passed on to the engine as they are.
    engine_options: Mapping[str, Any] = field(default_factory=dict)
    #: Absolute folders, and what stands for them in what is kept.
    hidden: Mapping[str, str] = field(default_factory=dict)
    #: The parameters that the cells will read, where they are known.
    settings: Settings | None = None

    def warm(self, house: House, needs: Sequence[str]) -> Execution:
        """Give the same, in a fork of a preloaded process that has what is needed.

        Parameters
        ----------
        house, needs :
            As of `pp39.run.warm.house.House.fork`.
        """
        options = {**self.engine_options, "house": house, "needs": needs}
        options |= {"folder": self.cwd, "settings": self.settings}
        return replace(self, engine=WARM_ENGINE, engine_options=options)


def execute(source: Path, target: Path, parameters: Mapping[str, Any], how: Execution) -> None:
    """Execute a notebook and keep what an auditor reads of it.

    Parameters
    ----------
    source : Path
        The notebook; never written.
    target : Path
        The executed notebook, without anything that varies between runs. After an error it holds
        the cells up to the one that raised.
    parameters : mapping
        JSON types only, and only names that the notebook's cell tagged ``parameters`` has.
    how : Execution
        Engine, folders, environment, time limits.

    Raises
    ------
    MissingInput
        When the notebook is not there.
    UnreadableInput
        When it is no notebook.
    ParameterError
        When a parameter is unknown to the notebook or no JSON type.
    NotebookFailed
        When a cell raises, takes too long, or the kernel dies; carries the exit code of the error.
    """
    notebook = _read(source)
    _check_parameters(source.name, notebook, parameters)
    register()
    # Papermill tells its steps on a logger; we have our own display of progress.
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    target.parent.mkdir(parents=True, exist_ok=True)
    executed = None
    try:
        executed = execute_notebook(
            str(source),
            str(target),
            parameters=dict(parameters),
            engine_name=how.engine,
            # A notebook need not name its kernel, and none but this one runs it.
            kernel_name="python3",
            language="python",
            progress_bar=False,
            # For a kernel Papermill changes the folder of this process; a fork is told its own.
            cwd=str(how.cwd) if how.engine == ENGINE else None,
            environment=dict(how.environment),
            start_timeout=how.start_timeout,
            execution_timeout=how.cell_timeout,
            **how.engine_options,
        )
    except PapermillExecutionError as error:
        if (refused := explained_text(error.evalue, how.cwd)) is not None:
            raise refused from None
        number = _number_in_source(target, error.cell_index)
        raise NotebookFailed(source.name, number, error.ename, _sentence(error.evalue)) from None
    except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
        raise NotebookFailed(
            source.name, _last_started(target), type(error).__name__, _why(error, how)
        ) from error
    except OSError:
        # The disk is full, for instance; what is there of it is no notebook.
        target.unlink(missing_ok=True)
        raise
    finally:
        _tidy(target, how, executed)


# What nbformat raises where a file is no notebook; most of it is raised by accident.
_BROKEN = (
    *(nbformat.ValidationError, ValueError, OSError),
    *(AttributeError, KeyError, TypeError, RecursionError),
)


def _read(source: Path) -> Any:
    if not source.is_file():
        raise MissingInput(f"the notebook notebooks/{source.name} is not there")
    try:
        notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
        # Reading only warns of what a notebook must have.
        nbformat.validate(notebook)
    except _BROKEN as error:
        why = next(iter(str(error).splitlines()), type(error).__name__)
        raise UnreadableInput(f"notebooks/{source.name} is no notebook: {why}") from error
    return notebook


def _check_parameters(name: str, notebook: Any, parameters: Mapping[str, Any]) -> None:
    # Papermill only warns about a name the notebook does not have, and turns dates into text.
    cells = [one for one in notebook.cells if "parameters" in one.metadata.get("tags", [])]
    if len(cells) != 1:
        raise UnreadableInput(
            f"notebooks/{name} must have one cell tagged 'parameters', not {len(cells)}"
        )
    lines = [line.partition("=")[0] for line in cells[0].source.splitlines()]
    known = {line.partition(":")[0].strip() for line in lines}
    for key, value in parameters.items():
        if key not in known:
            raise ParameterError(f"notebooks/{name} has no parameter '{key}'")
        try:
            same = json.loads(json.dumps(value)) == value
        except TypeError:
            same = False
        if not same:
            raise ParameterError(f"parameter '{key}' of notebooks/{name} must be a JSON type")


def _number_in_source(executed: Path, index: int) -> int:
    """Count the cell as the source notebook does; Papermill adds cells of its own."""
    if not executed.is_file():
        return index + 1
    cells = nbformat.read(executed, as_version=4).cells  # type: ignore[no-untyped-call]
    plain = [one for one in cells if not _is_marker(one)]
    before = plain[:index]
    return index + 1 - sum("injected-parameters" in _tags(one) for one in before)


def _last_started(executed: Path) -> int:
    if not executed.is_file():
        return 1
    cells = nbformat.read(executed, as_version=4).cells  # type: ignore[no-untyped-call]
    plain = [one for one in cells if not _is_marker(one)]
    started = [
        index
        for index, one in enumerate(plain)
        if one.metadata.get("papermill", {}).get("start_time")
    ]
    return _number_in_source(executed, started[-1]) if started else 1


def _is_marker(cell: Any) -> bool:
    return "papermill-error-cell-tag" in _tags(cell)


def _tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _why(error: Exception, how: Execution) -> str:
    if isinstance(error, CellTimeoutError):
        return f"the cell took more than {how.cell_timeout} seconds (eksekusi.batas_waktu_sel)"
    if isinstance(error, DeadKernelError):
        return "the kernel died; the machine may be short of memory"
    return _sentence(str(error))


def _sentence(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line) or "no message"


def _tidy(target: Path, how: Execution, executed: Any) -> None:
    """Write the notebook as it is kept; after an error it is what Papermill has written of it."""
    if not target.is_file():
        return
    try:
        if executed is None:
            executed = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
        write_notebook(tidied(executed, how.hidden), target)
    except (ValueError, KeyError) as error:
        raise Pp39Error(f"{target.name} was not written whole: {error}") from error
