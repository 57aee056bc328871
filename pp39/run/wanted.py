"""The run that somebody names, as far as it is named; what is left out is the project's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pp39.errors import ParameterError
from pp39.run.naming import BASE, checked_run, checked_unit
from pp39.voice import say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pp39.run.address import Address
    from pp39.run.workspace import Workspace


@dataclass(frozen=True)
class Wanted:
    """A run as options or arguments name it.

    Nothing is imported before it is asked for, so that a wrong word is told at once.
    """

    #: What the run is wanted for: name of a command.
    command: str
    #: As given; None where the project's is meant.
    unit: str | None = None
    year: int | str | None = None
    #: As given; most commands cannot do without.
    quarter: str | None = None
    scenario: str = BASE
    #: ``name=value`` each.
    overrides: tuple[str, ...] = ()
    #: Folder of the project; found from the current one where it is None.
    project: Path | None = None
    #: Whether a profile that was kept is left alone, and none is kept.
    anew: bool = False

    def asked(self) -> str:
        """Give the quarter.

        Raises
        ------
        ParameterError
            When there is none.
        """
        if self.quarter is None:
            raise ParameterError(
                f"{self.command} needs a quarter: --quarter I, II, III, IV or tahunan"
            )
        return self.quarter

    def words(self) -> list[str | None]:
        """Give what was asked for, as it was given."""
        year = None if self.year is None else str(self.year)
        return [self.unit, year, self.asked(), self.scenario, *self.overrides]

    def root(self) -> Path:
        """Find the folder of the project."""
        from pp39.run.project import project_root  # noqa: PLC0415  as the class says

        return project_root(self.project)

    def keeping(self, root: Path) -> AbstractContextManager[None]:
        """Let profiles be taken from what is kept, and be kept, while parameters are read."""
        from pp39.profile.kept import keeping  # noqa: PLC0415  as the class says
        from pp39.run.store import SHELF  # noqa: PLC0415

        return keeping(None if self.anew else root / SHELF / ".profil")

    def workspace(self, quarter: str | None = None) -> Workspace:
        """Find the run with its parameters; of `quarter` where none was asked for."""
        from pp39.run.project import read_project  # noqa: PLC0415  as the class says
        from pp39.run.workspace import Workspace  # noqa: PLC0415

        asked = self.quarter or quarter or self.asked()
        root = self.root()
        project = read_project(root)
        named, when = project.unit_or(self.unit), project.year_or(self.year)
        with self.keeping(root):
            run = Workspace.locate(named, when, asked, self.scenario, self.overrides, root=root)
        files = ", ".join(run.settings.files)
        say("debug", f"{run.address.inside.as_posix()} of {root}; parameters from {files}")
        return run

    def address(self) -> Address:
        """Say which run it is; parameters are read only to name its overrides."""
        from pp39.periods import Period  # noqa: PLC0415  as the class says
        from pp39.run.address import Address  # noqa: PLC0415
        from pp39.run.project import read_project  # noqa: PLC0415

        root, quarter = self.root(), self.asked()
        if self.overrides:
            return self.workspace().address
        project = read_project(root)
        which = Period.parse(quarter)
        named = checked_unit(project.unit_or(self.unit))
        return Address(named, project.year_or(self.year), which, checked_run(self.scenario))
