"""What a batch needs of its workers: the engine of this machine, and Dask `distributed`.

With Dask, all machines need the project, its data and the same environment at the same path, on
storage they share, with working file locks. It hands a report to another worker when one dies. A
worker makes one report at a time, however many threads it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from pp39.batch.local import LocalWorkers
from pp39.errors import InputError, ParameterError
from pp39.processes import processors

#: Seconds within which the scheduler has to answer.
_PATIENCE = 10


@dataclass(frozen=True)
class Engine:
    """Workers."""

    #: Takes reports.
    executor: Executor
    #: Says how many can be made at the same time; this may change.
    width: Callable[[], int]


def engine(
    reports: int,
    workers: int | None = None,
    scheduler: str | None = None,
    dask_local: int | None = None,
) -> AbstractContextManager[Engine]:
    """Choose the workers by what was asked for.

    Parameters
    ----------
    reports : int
        How many reports there are; there are never more worker processes.
    workers : int, optional
        Worker processes on this machine; by default one per processor.
    scheduler : str, optional
        Address of a Dask scheduler.
    dask_local : int, optional
        Dask workers on this machine.

    Raises
    ------
    ParameterError
        If more than one of them is given.
    """
    if sum(one is not None for one in (workers, scheduler, dask_local)) > 1:
        raise ParameterError("give one of --workers, --scheduler and --dask-local, not several")
    if scheduler is None and dask_local is None:
        return local_engine(min(workers or processors(), max(1, reports)))
    return cluster_engine(scheduler) if scheduler is not None else dask_engine(dask_local or 1)


@contextmanager
def local_engine(workers: int) -> Iterator[Engine]:
    """Give worker processes on this machine; none of them is left when the block is."""
    executor = LocalWorkers(workers)
    try:
        yield Engine(executor, lambda: workers)
    except BaseException:
        executor.stop()
        raise
    executor.shutdown()


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
