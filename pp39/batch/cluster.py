"""Dask `distributed` as the workers of a batch: many machines, or several processes of this one.

All machines need the project, its data and the same environment at the same path, on storage they
share, with working file locks. Dask hands a report to another worker when one dies. A worker makes
one report at a time, however many threads it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from pp39.batch.engines import Engine
from pp39.errors import InputError, ParameterError

#: Seconds within which the scheduler has to answer.
_PATIENCE = 10


@contextmanager
def cluster_engine(scheduler: str) -> Iterator[Engine]:
    """Give the workers of a Dask scheduler that is running.

    Parameters
    ----------
    scheduler : str
        Its address, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    ParameterError
        If the extra ``cluster`` is not installed or the address is none.
    InputError
        If no scheduler answers there.
    """
    distributed = _distributed()
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError):
        raise InputError(f"no Dask scheduler answers at {scheduler}") from None
    except (ValueError, TypeError) as error:
        raise ParameterError(
            f"'{scheduler}' is no address of a Dask scheduler, such as tcp://10.0.0.5:8786: {error}"
        ) from None
    with client:
        yield from _engine(client)


@contextmanager
def dask_engine(workers: int) -> Iterator[Engine]:
    """Give Dask workers on this machine, reachable from this machine only.

    Raises
    ------
    ParameterError
        If the extra ``cluster`` is not installed.
    """
    distributed = _distributed()
    with (
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            # No page that others could open, and no limit: a worker's preloaded processes are its
            # own children, which Dask does not count.
            dashboard_address=None,
            worker_dashboard_address=None,
            memory_limit=0,
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield from _engine(client)


def _engine(client: Any) -> Iterator[Engine]:
    # Every call counts: Dask would otherwise answer an equal one from memory.
    executor: Executor = client.get_executor(pure=False)
    try:
        yield Engine(executor, lambda: max(1, len(client.ncores())))
    except BaseException:
        # What runs on a cluster cannot be interrupted; what waits is not begun.
        executor.shutdown(wait=False)
        raise
    executor.shutdown()


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415  optional, and slow to import
    except ImportError:
        raise ParameterError(
            "Dask needs the extra 'cluster'; install it with: make tools, "
            "or pip install 'pp39[cluster]'"
        ) from None
    return distributed
