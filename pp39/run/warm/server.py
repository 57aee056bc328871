"""The preloaded process: it imports what the notebooks need, waits, and forks.

Started by `pp39.run.warm.house` as ``python -m pp39.run.warm.server FD ABOUT MODULE…``. It stays
single-threaded, because only then is a fork a faithful copy. Between requests it goes on importing,
so the first notebook need not wait for what only the second one uses. A fork may also become
another preloaded process, which goes on importing modules of its own.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import socket
import sys
import threading
import traceback
from base64 import b64decode
from contextlib import suppress
from typing import Any

from pp39.patches import skip_slow_imports
from pp39.processes import die_with_parent
from pp39.run.warm import wire


def main(argv: list[str]) -> None:
    """Serve until the command hangs up.

    Parameters
    ----------
    argv : list of str
        File descriptor of the control socket; then the modules to import, in order of need, with
        ``:name`` behind one in which a function is to be called.
    """
    die_with_parent()
    skip_slow_imports()
    # What is imported stays; looking for garbage among it takes a sixth of the time of importing.
    gc.disable()
    _serve(socket.socket(fileno=int(argv[0])), list(argv[1:]))


def _serve(control: socket.socket, waiting: list[str]) -> None:
    """Import and fork until the command hangs up."""
    while True:
        ready, _, _ = select.select([control], [], [], 0 if waiting else 1.0)
        if ready:
            if not _serve_one(control, waiting):
                return
        elif waiting:
            _import(waiting.pop(0))
        _reap()


def _serve_one(control: socket.socket, waiting: list[str]) -> bool:
    """Answer one request; False when there will be no more."""
    message, fds, _, _ = socket.recv_fds(control, len(wire.CALL), 1)
    if not message or not fds:
        return False
    request = wire.receive(control)
    for name in request["needs"]:
        # Asked for by this notebook, so it cannot wait for an idle moment.
        if name in waiting:
            waiting.remove(name)
            _import(name)
    if threading.active_count() != 1:
        names = ", ".join(thread.name for thread in threading.enumerate())
        control.sendall(json.dumps({"error": f"threads run: {names}"}).encode())
        os.close(fds[0])
        return True
    _understand(b64decode(request.get("settings", "")))
    # Forks collect their own garbage, and leave in peace what they share.
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        control.close()
        _child(socket.socket(fileno=fds[0]), request)
    os.close(fds[0])
    if "modules" not in request:
        control.sendall(json.dumps({"pid": pid}).encode())
    return True


def _import(name: str) -> None:
    """Import a module, and call what stands behind a colon to have it ready."""
    module, _, ready = name.partition(":")
    found = importlib.import_module(module)
    if ready:
        getattr(found, ready)()


def _understand(parcel: bytes) -> None:
    """Take over the parameters of a run and understand its profile; its forks are spared both."""
    if parcel:
        from pp39.run.overriding import unpack  # noqa: PLC0415  a server need not know of runs

        unpack(parcel)
    # What is wrong with them is told where they are asked for.
    with suppress(Exception):
        if "pp39.findings" in sys.modules:
            from pp39.findings.shapes import rules_of  # noqa: PLC0415  imported already
            from pp39.indicators.formulas import programs_of  # noqa: PLC0415
            from pp39.run.overriding import latest  # noqa: PLC0415
            from pp39.sources import Spelling  # noqa: PLC0415

            settings = latest()
            Spelling.of(settings)
            programs_of(settings)
            rules_of(settings.profile)


def _child(link: socket.socket, request: dict[str, Any]) -> None:
    """Become the shell of one notebook, or another preloaded process; never returns."""
    code = 1
    try:
        die_with_parent()
        if "modules" in request:
            _go_on(link, request["modules"])
            os._exit(0)
        gc.enable()
        gc.set_threshold(70_000, 20, 20)  # as the command itself
        os.setsid()  # so that what the notebook starts can be ended with it
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(str(request["cwd"]))
        os.environ.update(request["environment"])
        sys.path.insert(0, str(request["cwd"]))
        from pp39.run.warm import shell  # noqa: PLC0415  IPython is wanted only here

        shell.serve(link)
        code = 0
    finally:
        os._exit(code)


def _go_on(link: socket.socket, modules: list[str]) -> None:
    """Serve as another process; what ends it is told as Python would."""
    try:
        _serve(link, [one for one in modules if one not in sys.modules])
    except Exception:
        traceback.print_exc()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main(sys.argv[1:])
