"""What a batch needs of its workers, and the engine of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from pp39.batch.local import LocalWorkers
from pp39.errors import ParameterError
from pp39.processes import processors


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
    from pp39.batch.cluster import cluster_engine, dask_engine  # noqa: PLC0415  optional

    if scheduler is not None:
        return cluster_engine(scheduler)
    return dask_engine(dask_local or 1)


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
