"""The fork: one IPython shell that runs the cells of one notebook and says what they show.

It answers every cell with the messages a standard kernel would send (``stream``, ``display_data``,
``execute_result``, ``update_display_data``, ``clear_output``, ``error``) and then ``done``. Widgets
(comms) and asking the user for input are not served, as they are not in an unattended kernel.
"""

from __future__ import annotations

import builtins
import io
import os
import socket
import sys
from functools import cache
from typing import Any, NoReturn

from ipykernel.compiler import XCachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell

from pp39.run.warm import wire


def serve(link: socket.socket) -> None:
    """Run cells until the other side hangs up.

    Parameters
    ----------
    link : socket.socket
        Connection to the command; messages of `pp39.run.warm.wire`.
    """
    channel, shell = _Channel(link), ready()
    shell.channel = channel
    sys.stdout = _Stream(channel, "stdout")
    sys.stderr = _Stream(channel, "stderr")
    builtins.input = _no_input
    spill = {name: _Spill(fd) for name, fd in (("stdout", 1), ("stderr", 2))}
    wire.send(link, {"type": "ready"})
    while True:
        try:
            request = wire.receive(link)
        except wire.Closed:
            return
        count = shell.execution_count
        result = shell.run_cell(request["source"], store_history=True)  # type: ignore[no-untyped-call]
        for name, file in spill.items():
            channel.stream(name, file.read())
        wire.send(link, {"type": "done", "execution_count": count, "success": result.success})


@cache
def ready() -> _Shell:
    """Make the shell; forks of a process that has made it are spared it."""
    _Shell.clear_instance()
    return _Shell.instance()


class _Channel:
    """What the shell shows, on its way to the notebook."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._pid = os.getpid()

    def send(self, kind: str, **content: Any) -> None:
        # A process that the notebook itself forked must not speak in its parent's name.
        if os.getpid() == self._pid:
            wire.send(self._link, {"type": kind, "content": content})

    def stream(self, name: str, text: str) -> None:
        if text:
            self.send("stream", name=name, text=text)


class _Stream(io.TextIOBase):
    """A text stream whose writes become messages at once, so that their order is kept."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, channel: _Channel, name: str) -> None:
        self._channel = channel
        self.name = f"<{name}>"
        self._kind = name

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._channel.stream(self._kind, text)
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return {"stdout": 1, "stderr": 2}[self._kind]


class _Spill:
    """What child processes and C code write past Python's streams."""

    def __init__(self, fd: int) -> None:
        self._file = os.memfd_create("spill")
        self._read = 0
        os.dup2(self._file, fd)

    def read(self) -> str:
        size = os.fstat(self._file).st_size
        text = os.pread(self._file, size - self._read, self._read)
        self._read = size
        return text.decode("utf-8", "replace")


class _DisplayHook(DisplayHook):
    """The value of a cell's last expression."""

    _shown: dict[str, Any] | None = None

    @property
    def _channel(self) -> _Channel:
        channel: _Channel = self.shell.channel  # type: ignore[union-attr]
        return channel

    def start_displayhook(self) -> None:
        self._shown = {}

    def write_output_prompt(self) -> None:
        assert self._shown is not None
        self._shown["execution_count"] = self.prompt_count

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        assert self._shown is not None
        self._shown |= {"data": _jsonable(format_dict), "metadata": _jsonable(md_dict or {})}

    def finish_displayhook(self) -> None:
        if self._shown and self._shown.get("data"):
            self._channel.send("execute_result", **self._shown)
        self._shown = None


class _DisplayPublisher(DisplayPublisher):
    """What a cell displays besides its value."""

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        self.shell.channel.send(
            "update_display_data" if update else "display_data",
            data=_jsonable(data),
            metadata=_jsonable(metadata or {}),
            transient=_jsonable(transient or {}),
        )

    def clear_output(self, wait: bool = False) -> None:
        self.shell.channel.send("clear_output", wait=wait)


class _Shell(InteractiveShell):
    """An IPython shell without a terminal and without sockets of its own."""

    # The kernel's compiler, so that tracebacks read the same to the letter.
    compiler_class = XCachingCompiler

    #: What it shows goes here.
    channel: _Channel

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            displayhook_class=_DisplayHook,
            display_pub_class=_DisplayPublisher,
            colors_force=True,
            autoindent=False,
            **kwargs,
        )

    def init_history(self) -> None:
        # Runs at the same time must not meet in one history file, nor leave one behind.
        self.config.HistoryManager.enabled = False
        super().init_history()  # type: ignore[no-untyped-call]

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.channel.send(
            "error", ename=str(etype.__name__), evalue=str(evalue), traceback=list(stb)
        )

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no event loop to hook into, as in a kernel run unattended."""


def _no_input(prompt: object = "", /) -> NoReturn:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


def _jsonable(bundle: dict[str, Any]) -> dict[str, Any]:
    from base64 import b64encode  # noqa: PLC0415  only where a picture is shown

    return {
        key: b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for key, value in bundle.items()
    }
