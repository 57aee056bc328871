"""The command's side: preloaded processes, and a fork of one of them for every notebook."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pp39.errors import Pp39Error
from pp39.run.environment import private_environment, private_folder
from pp39.run.warm import wire

if TYPE_CHECKING:
    from pp39.params import Settings


class House:
    """A preloaded process that forks a fresh one for every notebook.

    Parameters
    ----------
    modules : sequence of str
        What to import beforehand, in the order in which notebooks need it.
    environment : mapping of str to str
        Environment of the process and its forks, whole.
    base : House, optional
        One that is to be forked once it has imported what both import, rather than to begin with
        nothing; it must be open as long as this one is.

    Notes
    -----
    The process is started by the constructor and imports while the caller goes on. Use it as a
    context manager, or call `close`; it also ends by itself when its owner dies.
    """

    def __init__(
        self,
        modules: Sequence[str],
        environment: Mapping[str, str],
        base: House | None = None,
    ) -> None:
        self._control, theirs = socket.socketpair()
        # An answer goes to whoever asked for it, if several threads do.
        self._asking = threading.Lock()
        self._modules = tuple(modules)
        self._base = base
        #: What it knows of parameters.
        self._told: Settings | None = None
        if base is None:
            self._start(theirs, environment)
        else:
            shared = [one for one in modules if one in base._modules]
            with suppress(wire.Closed, OSError), base._asking:
                base._ask({"modules": [*modules], "needs": shared}, theirs)
        theirs.close()

    def _start(self, theirs: socket.socket, environment: Mapping[str, str]) -> None:
        # A file and not a pipe: nobody reads while the process runs, and a full pipe would stop it.
        self._stderr = os.fdopen(os.memfd_create("stderr"), "w+b")
        # Libraries find a home here, whatever that of the user is like.
        self._folder = private_folder()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pp39.run.warm.server", str(theirs.fileno()), *self._modules],
            env={**environment, **private_environment(Path(self._folder.name))},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
        )

    def __enter__(self) -> House:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the process is there to fork."""
        if self._base is None:
            return self._process.poll() is None
        with suppress(BlockingIOError):
            return bool(self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        return self._base.alive

    def close(self) -> None:
        """End the process; running forks end with it."""
        self._control.close()
        if self._base is not None:
            return
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._stderr.close()
        self._folder.cleanup()

    @contextmanager
    def fork(
        self,
        cwd: Path,
        environment: Mapping[str, str],
        needs: Sequence[str] = (),
        settings: Settings | None = None,
    ) -> Iterator[Fork]:
        """Open a fresh fork; it is ended, with all it started, when the block is left.

        Parameters
        ----------
        cwd : pathlib.Path
            Folder the notebook runs in.
        environment : mapping of str to str
            Variables set on top of the process's own.
        needs : sequence of str
            Modules that must be imported before the fork.
        settings : Settings, optional
            Parameters as they were read here, so that forks need not read the same files again.

        Raises
        ------
        Pp39Error
            If the preloaded process is gone or cannot fork.
        """
        mine, theirs = socket.socketpair()
        request = {"cwd": str(cwd), "environment": dict(environment), "needs": list(needs)}
        try:
            with self._asking:
                if settings is not None and settings is not self._told:
                    from pp39.run.overriding import packed  # noqa: PLC0415  read by the caller

                    request["settings"] = b64encode(packed(settings)).decode()
                self._ask(request, theirs)
                answer = json.loads(self._control.recv(1 << 16) or b"{}")
                self._told = settings or self._told
        except (OSError, ValueError, wire.Closed):
            answer = {}
        finally:
            theirs.close()
        if "pid" not in answer:
            mine.close()
            raise Pp39Error(f"the preloaded process cannot run a notebook: {self._reason(answer)}")
        try:
            yield Fork(answer["pid"], mine)
        finally:
            mine.close()
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(answer["pid"], signal.SIGKILL)

    def _ask(self, request: dict[str, Any], theirs: socket.socket) -> None:
        socket.send_fds(self._control, [wire.CALL], [theirs.fileno()])
        wire.send(self._control, request)

    def _reason(self, answer: Mapping[str, Any]) -> str:
        if "error" in answer:
            return str(answer["error"])
        if self._base is not None:
            # What it says goes where its base's does, which may still be needed.
            return self._base._last_line() or "it ended"
        self._process.kill()
        self._process.wait()
        return self._last_line() or f"it ended with code {self._process.returncode}"

    def _last_line(self) -> str:
        self._stderr.seek(0)
        lines = self._stderr.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""


class Fork:
    """One notebook's shell.

    Parameters
    ----------
    pid : int
        Its process, which leads a process group of its own.
    link : socket.socket
        Connection to it.
    """

    def __init__(self, pid: int, link: socket.socket) -> None:
        self.pid = pid
        self._link = link
        self._expect_ready()

    def run(self, source: str, timeout: float | None) -> Iterator[dict[str, Any]]:
        """Run one cell and yield its messages; the last one has the type ``done``.

        Parameters
        ----------
        source : str
            Code of the cell.
        timeout : float or None
            Seconds that may pass without a message.

        Raises
        ------
        pp39.run.warm.wire.Closed
            If the process died.
        TimeoutError
            If nothing was heard for `timeout` seconds.
        """
        self._link.settimeout(timeout)
        wire.send(self._link, {"source": source})
        while True:
            message = wire.receive(self._link)
            yield message
            if message["type"] == "done":
                return

    def _expect_ready(self) -> None:
        self._link.settimeout(60)
        try:
            # What libraries say while the shell is made is no output of a cell.
            while wire.receive(self._link)["type"] != "ready":
                pass
        except (wire.Closed, TimeoutError):
            raise Pp39Error("the notebook's process ended before its first cell") from None
