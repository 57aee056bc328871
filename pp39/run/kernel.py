"""The plain Papermill engine: one standard ``python3`` kernel per notebook.

The kernel is the running interpreter's own, whatever kernels the user has installed; it talks over
sockets in a private folder, not over network ports; and it reads no settings of the user.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from papermill.clientwrap import PapermillNotebookClient  # type: ignore[import-untyped]
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines  # type: ignore[import-untyped]
from papermill.log import logger  # type: ignore[import-untyped]
from papermill.translators import PythonTranslator, papermill_translators  # type: ignore[import-untyped]

from pp39.patches import plain_assignments, process_of
from pp39.run.environment import private_environment, private_folder
from pp39.run.warm.engine import WarmEngine

#: Names under which Papermill knows the engine of this module, and that of `pp39.run.warm`.
ENGINE = "pp39-kernel"
WARM_ENGINE = "pp39"


class KernelEngine(Engine):  # type: ignore[misc]
    """Run a notebook in a fresh kernel with exactly the environment given."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        environment: Mapping[str, str],
        start_timeout: int,
        execution_timeout: int,
        **_: Any,
    ) -> None:
        """Run all cells in order, up to the first that raises.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            Papermill's wrapper of the notebook.
        kernel_name : str
            Name in the notebook; the native kernel runs it in any case.
        environment : mapping of str to str
            Complete environment of the kernel.
        start_timeout, execution_timeout : int
            Seconds for the kernel to start, and for each cell.
        """
        del kernel_name
        with private_folder() as folder:
            private = Path(folder)
            manager = _manager(private)
            client = PapermillNotebookClient(
                nb_man,
                km=manager,
                timeout=execution_timeout,
                startup_timeout=start_timeout,
                log=logger,
            )
            try:
                client.execute(
                    env={**environment, **private_environment(private)},
                    # What cells print comes over the sockets; the rest is the kernel's own chatter.
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    # The manager is ours, so the client has to be told to stop the kernel.
                    cleanup_kc=True,
                )
            except BaseException:
                _kill(manager)
                raise


class PlainTranslator(PythonTranslator):  # type: ignore[misc]
    """Writes the cell of parameters the same way whether or not ``black`` is installed."""

    @classmethod
    def codify(cls, parameters: Mapping[str, Any], comment: str = "Parameters") -> str:
        """Write the parameters as Python assignments."""
        return plain_assignments(cls, parameters, comment)


def register() -> None:
    """Make the engines and the translator known to Papermill, in this process."""
    papermill_engines.register(ENGINE, KernelEngine)
    papermill_engines.register(WARM_ENGINE, WarmEngine)
    papermill_translators.register("python", PlainTranslator)


def _manager(folder: Path) -> AsyncKernelManager:
    # No folders to look in: only the running interpreter's own kernel is found.
    specs = KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True)
    return AsyncKernelManager(
        kernel_name=NATIVE_KERNEL_NAME,
        kernel_spec_manager=specs,
        transport="ipc",
        ip=str(folder / "s"),
        connection_file=str(folder / "kernel.json"),
    )


def _kill(manager: AsyncKernelManager) -> None:
    """End the kernel at once: after Ctrl-C the event loop that would stop it politely is gone."""
    process = process_of(manager)
    if process is not None and process.poll() is None:
        # The kernel leads a session of its own, so this ends what its cells have started, too.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
