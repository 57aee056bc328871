"""The Papermill engine ``pp39``: cells run in a fork of a preloaded process."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from nbformat.v4 import output_from_msg
from papermill.engines import (  # type: ignore[import-untyped]
    Engine,
    NotebookExecutionManager,
)

from pp39.patches import saved_once
from pp39.run.warm import wire
from pp39.run.warm.house import Fork, House

if TYPE_CHECKING:
    from pp39.params import Settings


class WarmEngine(Engine):  # type: ignore[misc]
    """Run a notebook in a fork of a preloaded process instead of in a kernel of its own.

    Without a ``house`` the engine starts one for this notebook only, so that
    ``papermill --engine pp39`` works by itself.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        house: House | None = None,
        needs: Sequence[str] = (),
        folder: str | Path | None = None,
        environment: dict[str, str] | None = None,
        settings: Settings | None = None,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> None:
        """Run all cells in order, up to the first that raises.

        The notebook is written once, at the end. Papermill would write the whole of it twice a
        cell, which takes longer than most cells do.
        """
        with ExitStack() as stack:
            stack.enter_context(saved_once(nb_man))
            owner = house or stack.enter_context(House([], os.environ))
            place = Path(folder) if folder else Path.cwd()
            fork = stack.enter_context(owner.fork(place, environment or {}, needs, settings))
            displays: dict[str, list[NotebookNode]] = {}
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                try:
                    if cell.cell_type == "code" and cell.source.strip():
                        _run(fork, cell, displays, execution_timeout)
                except BaseException:
                    nb_man.cell_exception(cell, cell_index=index)
                    raise
                finally:
                    nb_man.cell_complete(cell, cell_index=index)
                if any(output.output_type == "error" for output in cell.get("outputs", ())):
                    nb_man.cell_exception(cell, cell_index=index)
                    if "raises-exception" not in cell.metadata.get("tags", ()):
                        return


def _run(
    fork: Fork,
    cell: NotebookNode,
    displays: dict[str, list[NotebookNode]],
    timeout: float | None,
) -> None:
    """Run one cell and fill in its outputs as a front end would."""
    outputs: list[NotebookNode] = cell.outputs
    clear_first = False
    try:
        for message in fork.run(cell.source, timeout):
            kind, content = message["type"], message.get("content", {})
            if kind == "done":
                cell.execution_count = message["execution_count"]
            elif kind == "clear_output":
                if content["wait"]:
                    clear_first = True
                else:
                    outputs.clear()
            elif kind == "update_display_data":
                for shown in displays.get(content["transient"].get("display_id", ""), ()):
                    shown.data = from_dict(content["data"])  # type: ignore[no-untyped-call]
                    shown.metadata = from_dict(content["metadata"])  # type: ignore[no-untyped-call]
            else:
                if clear_first:
                    outputs.clear()
                    clear_first = False
                _append(outputs, kind, content, displays)
    except TimeoutError:
        raise CellTimeoutError.error_from_timeout_and_cell(
            "the cell was silent for too long", int(timeout or 0), cell
        ) from None
    except wire.Closed:
        raise DeadKernelError("the process that ran the notebook died") from None


def _append(
    outputs: list[NotebookNode],
    kind: str,
    content: dict[str, Any],
    displays: dict[str, list[NotebookNode]],
) -> None:
    last = outputs[-1] if outputs else None
    if kind == "stream" and last and last.output_type == kind and last.name == content["name"]:
        last.text += content["text"]
        return
    message = {"header": {"msg_type": kind}, "content": content}
    output = output_from_msg(message)  # type: ignore[no-untyped-call]
    outputs.append(output)
    if display_id := content.get("transient", {}).get("display_id"):
        displays.setdefault(display_id, []).append(output)
