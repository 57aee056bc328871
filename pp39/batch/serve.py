"""The worker's side of `pp39.batch.local`: ``python -m pp39.batch.serve FD``."""

from __future__ import annotations

import signal
import sys
from multiprocessing.connection import Connection
from typing import NoReturn

from pp39.batch.worker import desk
from pp39.processes import die_with_parent


def main(argv: list[str]) -> None:
    """Serve calls until the command hangs up."""
    signal.signal(signal.SIGTERM, _leave)
    die_with_parent(signal.SIGTERM)
    # Its digest of the package is to be that of the code as it is loaded now.
    desk()
    with Connection(int(argv[0])) as link:
        while True:
            try:
                function, args, kwargs = link.recv()
            except (EOFError, OSError):
                return
            except Exception as error:  # a function that cannot be imported here
                link.send((False, error))
                continue
            try:
                answer = (True, function(*args, **kwargs))
            except Exception as error:
                answer = (False, error)
            link.send(answer)


def _leave(*_: object) -> NoReturn:
    # A second request must not interrupt the clearing up after the first.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # Unwinds, so that what is under way is cleared away.
    raise SystemExit(143)


if __name__ == "__main__":
    main(sys.argv[1:])
