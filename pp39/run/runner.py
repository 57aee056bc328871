"""Two ways to do the heavy work of a run: in forks of preloaded processes, or in plain kernels.

Both give the same bytes. The warm way pays for imports once and at the same time as other work; the
plain way needs nothing but standard kernels and processes, for machines where forking is no choice.
"""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pp39.patches import import_papermill
from pp39.run.render import Export, RenderFailed, render_apart

if TYPE_CHECKING:
    from pp39.run.engine import Execution
    from pp39.run.warm.house import House

#: What the notebooks import, by the process that is to have it, in the order of need. Great
#: Expectations takes longer to import than all the rest, so it has a process of its own and is
#: there when the cleaning is done.
_MODULES: Mapping[str, tuple[str, ...]] = {
    "umum": (
        "pp39.run.warm.shell:ready",
        "pandas",
        "pp39.sources",
        "pp39.sources.workbook",
        "pp39.indicators",
        "pp39.findings",
        "matplotlib.backends.backend_svg",
        "pp39.patches:in_indonesian",
        "pp39.report.sections",
        "nbconvert.exporters",
        "pp39.report.html",
        "pp39.report.typst",
        "pp39.run.render:ready",
        "pp39.report.word",
        "pp39.run.workbook",
    ),
    "periksa": (
        "pp39.run.warm.shell:ready",
        "pandas",
        "pp39.patches:import_great_expectations",
        "pp39.checks",
    ),
}
#: Of these, what a run needs that renders nothing.
COMPUTING = {**_MODULES, "umum": _MODULES["umum"][: _MODULES["umum"].index("pp39.findings") + 1]}
#: Process and modules each notebook cannot begin without.
_NEEDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "01_clean": ("umum", ("pp39.sources", "pp39.sources.workbook")),
    "02_validate": ("periksa", _MODULES["periksa"]),
    "03_indicators": ("umum", ("pp39.indicators", "pp39.findings")),
    "04_report": ("umum", ("pp39.report.sections",)),
    "render": ("umum", _MODULES["umum"]),
    "workbook": ("umum", _MODULES["umum"]),
    "copy": ("umum", _MODULES["umum"]),
}

_ANY: tuple[str, tuple[str, ...]] = ("umum", ())


class Runner(ABC):
    """Executes notebooks and renders; what it has started ends when its block is left."""

    #: Whether it may use one processor only, since the others have runs of their own.
    alone = False
    #: Whether notebooks do everything anew, whatever parts of them were kept before.
    plain = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:  # noqa: B027  not all start anything
        pass

    @property
    def parallel(self) -> bool:
        """Whether several threads may have notebooks executed at the same time."""
        return not self.alone

    @property
    def usable(self) -> bool:
        """Whether it can go on; not when a process that it needs has died."""
        return True

    def prepare(self, names: Iterable[str]) -> None:  # noqa: B027  not all start anything
        """Start what notebooks of these names will need, in the thread that owns it."""

    @abstractmethod
    def execute(
        self, source: Path, target: Path, parameters: Mapping[str, object], how: Execution
    ) -> None:
        """Execute a notebook; arguments and errors as of `pp39.run.engine.execute`."""

    @abstractmethod
    def render(
        self, groups: Sequence[Sequence[Export]], cwd: Path, environment: Mapping[str, str]
    ) -> None:
        """Render groups of exports at the same time, each group in a process of its own.

        Errors as of `pp39.run.render.render_apart`: of the first group that failed.
        """

    def _at_once(
        self, groups: Sequence[Sequence[Export]], do: Callable[[Sequence[Export]], None]
    ) -> None:
        if self.alone:
            groups = [[one for group in groups for one in group]]
        with ThreadPoolExecutor(max(len(groups), 1)) as pool:
            waiting = [pool.submit(do, group) for group in groups]
        for one in waiting:
            one.result()


class PlainRunner(Runner):
    """A standard kernel for every notebook, and a process for the rendering."""

    #: It is what the other way is held against.
    plain = True

    @property
    def parallel(self) -> bool:
        """False: Papermill changes the folder of the whole process for a kernel."""
        return False

    def execute(
        self, source: Path, target: Path, parameters: Mapping[str, object], how: Execution
    ) -> None:
        """Execute a notebook in a kernel of its own."""
        import_papermill()
        from pp39.run import engine  # noqa: PLC0415  imports Papermill

        engine.execute(source, target, parameters, how)

    def render(
        self, groups: Sequence[Sequence[Export]], cwd: Path, environment: Mapping[str, str]
    ) -> None:
        """Render each group in a process of its own."""
        self._at_once(groups, lambda group: render_apart(group, cwd, environment))


class WarmRunner(Runner):
    """Forks of preloaded processes, each started when it is first known to be needed.

    Parameters
    ----------
    environment : mapping of str to str
        Environment of the preloaded processes; see `pp39.run.environment.fixed_environment`.
    modules : mapping of str to tuple of str
        What each of the preloaded processes imports.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        modules: Mapping[str, tuple[str, ...]] = _MODULES,
    ) -> None:
        self._environment = environment
        self._modules = modules
        self._stack = ExitStack()
        self._houses: dict[str, House] = {}

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def prepare(self, names: Iterable[str]) -> None:
        """Start the preloaded processes of these notebooks, unless they are running."""
        from pp39.run.warm.house import House  # noqa: PLC0415  only where something is run

        for which in dict.fromkeys(_NEEDS.get(name, _ANY)[0] for name in names):
            if which not in self._houses:
                base = self._houses.get("umum")
                house = House(self._modules[which], self._environment, base)
                self._houses[which] = self._stack.enter_context(house)

    @property
    def usable(self) -> bool:
        """Whether the preloaded processes live, or are still to be started."""
        return all(house.alive for house in self._houses.values())

    def execute(
        self, source: Path, target: Path, parameters: Mapping[str, object], how: Execution
    ) -> None:
        """Execute a notebook in a fork."""
        house, needs = self._house(source.stem)
        import_papermill()
        from pp39.run import engine  # noqa: PLC0415  imports Papermill, while the houses import

        engine.execute(source, target, parameters, how.warm(house, needs))

    def render(
        self, groups: Sequence[Sequence[Export]], cwd: Path, environment: Mapping[str, str]
    ) -> None:
        """Render each group in a fork."""
        # Here and not in the threads: a preloaded process ends with the thread that started it.
        house, needs = self._house("render")
        self._at_once(groups, lambda group: _render_in(house, needs, group, cwd, environment))

    def _house(self, name: str) -> tuple[House, tuple[str, ...]]:
        self.prepare([name])
        which, needs = _NEEDS.get(name, _ANY)
        return self._houses[which], needs


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
    ) -> AbstractContextManager[Runner]:
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
            self._runner.alone = self._alone
            self._environment = dict(environment)
        return nullcontext(self._runner)

    def close(self) -> None:
        """End what was started."""
        if self._runner is not None:
            self._runner.__exit__(None, None, None)
            self._runner = None


def _render_in(
    house: House,
    needs: Sequence[str],
    group: Sequence[Export],
    cwd: Path,
    environment: Mapping[str, str],
) -> None:
    exports = [asdict(one) for one in group]
    source = (
        f"from pp39.run.render import Export, render\nrender(Export(**one) for one in {exports!r})"
    )
    with house.fork(cwd, environment, needs) as fork:
        for message in fork.run(source, None):
            if message["type"] == "error":
                told = message["content"]
                raise RenderFailed.of(told["ename"], told["evalue"], cwd)


def runner(
    environment: Mapping[str, str], modules: Mapping[str, tuple[str, ...]] = _MODULES
) -> Runner:
    """Give the fastest runner of this machine; `modules` are what its processes import."""
    # Elsewhere a fork of a process that has loaded system frameworks is not safe.
    return WarmRunner(environment, modules) if sys.platform == "linux" else PlainRunner()
