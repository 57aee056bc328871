"""What a case damages and what it runs, all from its seed."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fuzz.damage import damaged
from pp39 import cli

__all__ = ["KINDS", "Case", "made"]

_UNIT = Path("data/raw/bspji-ambon/2025")
_RUN = Path("bspji-ambon/2025/IV/dasar")
_WORDS = (
    *("IV", "iv", "4", "I", "V", "0", "", " ", "dasar", "nps-unik", "spbe-rencana-aksi", "..", "/"),
    *("bspji-ambon", "2025", "-1", "99999", "9" * 400, "x" * 5000, "IKK-6.1.2", "pnbp.xlsx!7"),
    *("pnbp!7!Realisasi", "T-jumlah-ae395820", "!", "a!b!c!d", "\x1b[2J", "\u202e", "\udcff", "["),
    *(
        "nps.promoter_min=8",
        "nps.promoter_min=",
        "=",
        "a=b=c",
        "x=[[[[",
        "x={a: &a [*a]}",
        "unit=1",
    ),
    *("laporan.tanggal=2025-02-30", "target.'IKK 6.1.1'=0", "*", "III", "2025/III", "--", "-"),
    *("tcp://127.0.0.1:1", "material", "I,II,,", "%s%n", "$(id)", "../../etc/passwd", "/dev/null"),
)
_OPTIONS = (
    *(
        "-u",
        "-y",
        "-q",
        "-s",
        "-p",
        "--unit",
        "--params",
        "--json",
        "--force",
        "--plain",
        "--rerun",
    ),
    *("--fail-on", "--exit-code", "--help", "--version", "--nothing", "-x"),
)
#: Those that make nothing, whatever they are told.
_COMMANDS = ("params", "explain", "findings", "diff", "verify", "", "nothing")


@dataclass(frozen=True)
class Case:
    """One thing to try.

    Parameters
    ----------
    title : str
        What is damaged and run, for whoever repeats it.
    act : callable
        Does it in the fork and gives the exit code.
    path : Path, optional
        File that stands damaged meanwhile.
    content : bytes
        What is in it.
    """

    title: str
    act: Callable[[], int]
    path: Path | None = None
    content: bytes = b""

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """Damage the file while the block runs."""
        if self.path is None:
            yield
            return
        good = self.path.read_bytes()
        self.path.write_bytes(self.content)
        try:
            yield
        finally:
            self.path.write_bytes(good)


def made(root: Path, seed: int, kinds: tuple[str, ...] = ()) -> Case:
    """Make the case of a seed.

    Parameters
    ----------
    root : Path
        The project.
    seed : int
        The same one gives the same case.
    kinds : tuple of str
        Names of `KINDS` to choose from; all by default.
    """
    chance = random.Random(seed)
    weights = {name: weight for name, (weight, _) in KINDS.items() if not kinds or name in kinds}
    (kind,) = chance.choices(list(weights), list(weights.values()))
    return KINDS[kind][1](root, chance)


def _damaged(root: Path, path: Path, chance: random.Random, act: Callable[[], int]) -> Case:
    content = damaged(path.read_bytes(), path.name, chance)
    return Case(path.relative_to(root).as_posix(), act, path, content)


def _raw(root: Path, chance: random.Random, suffix: str) -> Case:
    from pp39.run.workspace import Workspace  # noqa: PLC0415  imported before the fork, once

    path = chance.choice(sorted((root / _UNIT).glob(f"*{suffix}")))
    if path.stem not in Workspace.locate("bspji-ambon", 2025, "IV", root=root).sources:
        return _raw(root, chance, suffix)

    def act() -> int:
        return _as_command(lambda: _clean(root, path))

    return _damaged(root, path, chance, act)


def _clean(root: Path, path: Path) -> None:
    from pp39.run.workspace import Workspace  # noqa: PLC0415
    from pp39.sources import Context  # noqa: PLC0415
    from pp39.sources.cleaning import clean  # noqa: PLC0415

    run = Workspace.locate("bspji-ambon", 2025, "IV", root=root)
    table = clean(run.sources[path.stem], path, Context.of(run.settings))
    print(f"{len(table.frame)} rows, {len(table.fixes)} fixes")


def _as_command(do: Callable[[], None]) -> int:
    """Run a function as a command is run, with errors told in its way."""
    command = cli.app
    cli.app = lambda **_: do()  # type: ignore[assignment,misc]
    try:
        return cli.run([])
    finally:
        cli.app = command


def _params(root: Path, chance: random.Random) -> Case:
    path = chance.choice(sorted((root / "params").rglob("*.yaml")))
    words = ["params", *chance.choice(([], ["-s", "nps-unik"], ["-q", "I"], ["--json"]))]
    return _damaged(root, path, chance, lambda: cli.run(words))


def _made(root: Path, chance: random.Random) -> Case:
    folders = (root / "data/processed" / _RUN, root / "reports" / _RUN)
    kinds = (".csv", ".json", ".parquet")
    paths = sorted(p for f in folders for p in f.rglob("*") if p.suffix in kinds)
    path = chance.choice(paths)
    words = chance.choice(
        (
            ["diff", "III", "IV"],
            ["diff", "IV", "III", "--json"],
            ["findings", "-q", "IV"],
            ["explain", "IKK-6.1.2", "-q", "IV"],
            ["explain", "pnbp.xlsx!7", "-q", "IV"],
            ["verify", "-q", "IV"],
        )
    )
    case = _damaged(root, path, chance, lambda: cli.run(words))
    return Case(f"{case.title}; {' '.join(words)}", case.act, path, case.content)


def _notebook(root: Path, chance: random.Random) -> Case:
    path = root / "notebooks" / "contoh.ipynb"

    def run() -> None:
        from pp39.run.engine import Execution, execute  # noqa: PLC0415
        from pp39.run.warm.house import House  # noqa: PLC0415

        with House([], os.environ) as house:
            how = Execution(root, {}, 20, 20).warm(house, [])
            execute(path, root / "build" / "contoh.ipynb", {"year": 2025}, how)

    return _damaged(root, path, chance, lambda: _as_command(run))


def _arguments(root: Path, chance: random.Random) -> Case:
    del root
    words = [chance.choice(_COMMANDS)]
    for _ in range(chance.randrange(7)):
        words.append(chance.choice(_OPTIONS if chance.random() < 0.5 else _WORDS))
    return Case(f"pp39 {words!r}"[:300], lambda: cli.run(words))


#: By name: how often, and what makes it.
KINDS: dict[str, tuple[int, Callable[[Path, random.Random], Case]]] = {
    "csv": (30, lambda root, chance: _raw(root, chance, ".csv")),
    "xlsx": (25, lambda root, chance: _raw(root, chance, ".xlsx")),
    "yaml": (20, _params),
    "made": (20, _made),
    "arguments": (20, _arguments),
    "notebook": (2, _notebook),
}
