"""Worker processes on this machine, behind the interface of `concurrent.futures.Executor`.

`concurrent.futures.ProcessPoolExecutor` gives up all its workers when one of them dies; then every
report under way would have to be begun again, in workers that are cold. Here each worker stands
alone: a dead one costs the call it was making, and is replaced when there is something to do.

A worker is a fresh interpreter that runs `pp39.batch.serve`, in a session of its own, so that
Ctrl-C on the terminal reaches the command alone, which then ends its workers in order.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from multiprocessing import Pipe
from typing import Any, ParamSpec, TypeVar

#: Seconds a worker has to clear up after itself when it is told to end.
_PATIENCE = 10.0

P = ParamSpec("P")
T = TypeVar("T")


class WorkerDied(BrokenExecutor):
    """The process that made a call ended before it answered."""


class LocalWorkers(Executor):
    """Processes that wait for calls; each is started for its first call."""

    def __init__(self, count: int) -> None:
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._open = True
        self._seats = [_Seat(self._calls) for _ in range(count)]

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker call a function.

        Parameters
        ----------
        fn : callable
            Importable by its name, because that is what is sent.
        *args, **kwargs
            Its arguments; they are pickled.

        Returns
        -------
        concurrent.futures.Future
            Of what it returns or raises; of `WorkerDied` if its process ends before.
        """
        if not self._open:
            raise RuntimeError("these workers are closed")
        future: Future[T] = Future()
        self._calls.put(_Call(future, (fn, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls; end the workers when those under way are done.

        Parameters
        ----------
        wait : bool
            Whether to return only then.
        cancel_futures : bool
            Whether calls not yet begun are cancelled.
        """
        self._open = False
        if cancel_futures:
            with contextlib.suppress(queue.Empty):
                while True:
                    if call := self._calls.get_nowait():
                        call.future.cancel()
        for _ in self._seats:
            self._calls.put(None)
        if wait:
            for seat in self._seats:
                seat.join()

    def stop(self) -> None:
        """End the workers now; what they are making is given up, and nothing of it is left."""
        for seat in self._seats:
            seat.end()
        self.shutdown(cancel_futures=True)


class _Call:
    def __init__(self, future: Future[Any], what: tuple[Any, ...]) -> None:
        self.future = future
        self.what = what


class _Seat(threading.Thread):
    """The command's side of one worker: hands it one call at a time and waits for the answer."""

    def __init__(self, calls: queue.SimpleQueue[_Call | None]) -> None:
        super().__init__(name="pp39-worker", daemon=True)
        self._calls = calls
        self._ending = threading.Event()
        self._process: _Process | None = None
        self.start()

    def run(self) -> None:
        """Serve until there are no more calls."""
        while (call := self._calls.get()) is not None:
            if call.future.set_running_or_notify_cancel():
                self._serve(call)
        self._leave()

    def end(self) -> None:
        """Ask the process to end, whatever it does."""
        self._ending.set()
        if (process := self._process) is not None:
            process.terminate()

    def _serve(self, call: _Call) -> None:
        try:
            if self._process is not None and not self._process.alive:
                self._leave()  # it died while it had nothing to do
            if self._process is None:
                self._process = _Process()
            if self._ending.is_set():
                self._process.terminate()
            good, answer = self._process.call(call.what)
        except (EOFError, OSError):
            reason = self._leave()
            call.future.set_exception(WorkerDied(reason))
        except Exception as error:  # what cannot be pickled is the caller's mistake
            call.future.set_exception(error)
        else:
            if good:
                call.future.set_result(answer)
            else:
                call.future.set_exception(answer)

    def _leave(self) -> str:
        process, self._process = self._process, None
        return process.close() if process is not None else "it could not be started"


class _Process:
    """One worker process and the connection to it."""

    def __init__(self) -> None:
        self._link, theirs = Pipe()
        # A file and not a pipe: nobody reads while the process runs.
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pp39.batch.serve", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                start_new_session=True,
            )

    def call(self, what: tuple[Any, ...]) -> tuple[bool, Any]:
        """Send a call and wait for the answer: whether it went well, and its value or error."""
        self._link.send(what)
        answer: tuple[bool, Any] = self._link.recv()
        return answer

    @property
    def alive(self) -> bool:
        """Whether it can take a call."""
        return self._process.poll() is None

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def close(self) -> str:
        """Wait for the end, help if need be, and say how it ended."""
        self._link.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        with self._stderr:
            self._stderr.seek(0)
            lines = self._stderr.read().decode("utf-8", "replace").strip().splitlines()
        code = self._process.returncode
        how = f"signal {-code}" if code < 0 else f"code {code}"
        return f"it ended with {how}" + (f": {lines[-1].strip()}" if lines else "")
