"""What a worker is given, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pp39.errors import Pp39Error
from pp39.run.address import Address
from pp39.run.course import Step
from pp39.run.fingerprint import digest, package_files
from pp39.run.naming import run_name
from pp39.run.runner import Runner, runner
from pp39.run.steps import STEPS, store_of
from pp39.run.store import Store
from pp39.run.workspace import Workspace

Status = Literal["made", "current", "failed"]
"""Made now; was up to date already; could not be made."""


@dataclass(frozen=True)
class Task:
    """One report to be made; it can be sent to another process or machine."""

    #: Folder of the project; the same for all workers.
    root: Path
    #: The report.
    address: Address
    #: Digest of the package that is to make it; see `pp39.run.fingerprint.package_files`.
    code: str
    #: ``path=value`` each.
    overrides: tuple[str, ...] = ()
    #: What making it consists of; importable functions, as they are sent by name.
    steps: Sequence[Step] = STEPS
    #: Makes what executes notebooks from the environment; importable, too.
    runner: Callable[[dict[str, str]], Runner] = runner
    #: Gives what steps have made before; importable, too.
    store: Callable[[Workspace], Store] = store_of

    def located(self) -> Workspace:
        """Find the run; errors as of ``Workspace.locate``."""
        at = self.address
        return Workspace.locate(
            at.unit, at.year, at.period, at.scenario, self.overrides, root=self.root
        )

    def addressed(self) -> Task:
        """Give the same with the address its overrides lead to; wrong ones are told later."""
        if not self.overrides:
            return self
        try:
            address = self.located().address
        except (Pp39Error, OSError):
            run = run_name(self.address.scenario, self.overrides)
            address = replace(self.address, run=run, overrides=self.overrides)
        return replace(self, address=address)


def tasks(
    root: Path,
    addresses: Iterable[Address],
    overrides: Sequence[str],
    store: Callable[[Workspace], Store] = store_of,
) -> tuple[Task, ...]:
    """Give a task for each report, to be made by the package as it is now.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    addresses : iterable of Address
        Reports without overrides.
    overrides : sequence of str
        ``path=value`` each, for all of them; each report lives where its parameters lie.
    store : callable
        Gives what steps have made before.
    """
    code = digest(package_files())
    given = tuple(overrides)
    return tuple(Task(root, one, code, given, store=store).addressed() for one in addresses)


@dataclass(frozen=True)
class Outcome:
    """What became of one report."""

    #: The report.
    address: Address
    #: What became of it.
    status: Status
    #: Seconds it took, without waiting for a worker.
    seconds: float = 0.0
    #: Exit code of the error; 0 without one.
    code: int = 0
    #: The sentence of the error.
    sentence: str = ""

    @property
    def name(self) -> str:
        """The report as messages name it: ``unit/year/quarter/run``."""
        return self.address.inside.as_posix()


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """Give the one exit code of many reports.

    Returns
    -------
    int
        0 when none failed; 1 when one failed in a way nobody foresaw, because that is for a
        programmer to look at; otherwise the largest of their codes.

    Examples
    --------
    >>> address = Address.parse("IV", "unit-contoh", 2025)
    >>> exit_code([Outcome(address, "failed", code=2), Outcome(address, "failed", code=3)])
    3
    >>> exit_code([Outcome(address, "failed", code=1), Outcome(address, "failed", code=3)])
    1
    """
    codes = {one.code for one in outcomes if one.status == "failed"}
    return 1 if 1 in codes else max(codes, default=0)


class BatchFailed(Pp39Error):
    """Some reports could not be made; carries the one exit code of all."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def insist(outcomes: Sequence[Outcome]) -> None:
    """Do nothing when no report failed.

    Raises
    ------
    BatchFailed
        When one did; its exit code is as `exit_code` gives it.
    """
    lost = [one for one in outcomes if one.status == "failed"]
    if lost:
        raise BatchFailed(
            f"{len(lost)} of {len(outcomes)} reports failed; the first is {lost[0].name}:"
            f" {lost[0].sentence}",
            exit_code(outcomes),
        )
