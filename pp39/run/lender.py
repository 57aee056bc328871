"""A runner that is kept: what it has loaded serves one run after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pp39.run.runner import NO_RUN, Runner

if TYPE_CHECKING:
    from pp39.run.engine import Execution
    from pp39.run.render import Export


class Lender:
    """Lends the same runner as long as it lives and the environment is the same.

    It belongs to one thread: a preloaded process ends with the thread that started it.

    Parameters
    ----------
    alone : bool
        Whether a run may use one processor only, since the others have runs of their own.
    """

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._runner: Runner | None = None
        self._environment: dict[str, str] = {}

    @property
    def usable(self) -> bool:
        """Whether what was lent can go on, if there is any."""
        return self._runner is None or self._runner.usable

    def lend(
        self, environment: Mapping[str, str], make: Callable[[dict[str, str]], Runner]
    ) -> Runner:
        """Give the runner for one run; leaving it leaves it open for the next.

        Parameters
        ----------
        environment : mapping of str to str
            Environment of what is started.
        make : callable
            Makes a runner of it, where there is none that will do.
        """
        if self._runner is None or self._environment != environment or not self.usable:
            self.close()
            self._runner = make(dict(environment)).__enter__()
            self._environment = dict(environment)
        return _Lent(self._runner, self._alone)

    def close(self) -> None:
        """End what was started."""
        if self._runner is not None:
            self._runner.__exit__(None, None, None)
            self._runner = None


class _Lent(Runner):
    """The runner itself, but for what its borrower may not do with it."""

    def __init__(self, owned: Runner, alone: bool) -> None:
        self._owned = owned
        self._alone = alone

    @property
    def parallel(self) -> bool:
        return self._owned.parallel and not self._alone

    @property
    def plain(self) -> bool:
        return self._owned.plain

    @property
    def usable(self) -> bool:
        return self._owned.usable

    def prepare(
        self, names: Iterable[str], root: Path | None = None, run: Mapping[str, object] = NO_RUN
    ) -> None:
        self._owned.prepare(names, root, run)

    def execute(
        self, source: Path, target: Path, parameters: Mapping[str, object], how: Execution
    ) -> None:
        self._owned.execute(source, target, parameters, how)

    def render(
        self, groups: Sequence[Sequence[Export]], cwd: Path, environment: Mapping[str, str]
    ) -> None:
        # On one processor all groups one after the other.
        if self._alone:
            groups = [[one for group in groups for one in group]]
        self._owned.render(groups, cwd, environment)
