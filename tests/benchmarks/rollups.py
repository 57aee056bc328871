"""Many runs rolled up: seconds and memory of ``pp39 rollup``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..rolled_runs import Maker, Unit
from . import ours
from .made import REAL
from .measurement import Row
from .sandbox import BenchmarkFailed, Sandbox
from .sizes import Sizes
from .watch import MemoryWatch, whole

__all__ = ["measure"]

_MINISTRIES, _AGENCIES = 8, 40


def measure(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Roll made-up runs up, once for its time and once more to watch its memory.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How many units.
    tell : callable
        Is told how it goes.
    """
    units = sizes.rollup_units
    watch = MemoryWatch(whole)
    with sandbox.scratch() as folder:
        root = folder / "rekap"
        with sandbox.project(sandbox.base) as real:
            _fill(root, ours.report(sandbox, real, REAL).processed, units)
        tell(f"{units:,} runs are made up")
        seconds = ours.rollup(sandbox, root)
        _insist(root, units)
        tell(f"rolled up in {seconds:.1f} s")
        ours.rollup(sandbox, root, watch)
    return [
        Row("rollup", f"{units:,} runs of one quarter rolled up: page, PDF, workbook", [seconds]),
        Row(
            "rollup-memory",
            "The same: memory of the command with all its processes, at most (PSS)",
            [max(one.memory for one in watch.samples)],
            unit="MiB",
            note=f"{len(watch.samples)} samples",
        ),
    ]


def _fill(root: Path, processed: Path, units: int) -> None:
    maker = Maker(processed)
    (root / "params" / "regulasi").mkdir(parents=True)
    for number in range(units):
        agency = number % _AGENCIES
        told = {
            "nama": f"Satuan Kerja {number:05}",
            "badan": f"Direktorat Jenderal {agency:02}",
            "singkatan_badan": f"Ditjen {agency:02}",
            "kementerian": f"Kementerian {agency % _MINISTRIES}",
        }
        maker.make(root, Unit(f"satker-{number:05}", told))


def _insist(root: Path, units: int) -> None:
    """Make sure that every unit is in what was made."""
    lines = next((root / "reports").glob("_rekap/*/semua/rincian.csv")).read_bytes().splitlines()
    found = len({line.split(b",")[4] for line in lines[1:]})
    if found != units:
        raise BenchmarkFailed(f"the rollup holds {found} units, not {units}")
