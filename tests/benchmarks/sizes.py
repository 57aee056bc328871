"""How much is measured: whole, quick, or with single sizes changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

__all__ = ["QUICK", "WHOLE", "Sizes"]


@dataclass(frozen=True)
class Sizes:
    """Numbers of rounds, units and rows.

    Attributes
    ----------
    rounds : int
        Rounds of one report: plain, cold, up to date, changed.
    batch_units, batch_rounds : int
        Units of the batch with two workers (four reports each), and rounds: plain, batch.
    workers_units, workers_rounds : int
        Units of the batches that compare workers, and rounds: one worker, two workers.
    memory_units : int
        Units of the batch whose memory is watched.
    memory_early, memory_window : int
        The report at which memory is first looked at, and over how many reports before it.
    scale_rows : tuple of int
        Orders, and survey rows, of one unit; ascending.
    scale_rounds : int
        Rounds over all of these.
    render_rounds : int
        How often a report is rendered.
    review_pages : int
        Pages of the typed report that is reviewed, at least.
    rollup_units : int
        Units whose runs are rolled up.
    distributed_units, distributed_compared : int
        Units of the batch on a Dask scheduler, and of those that compare it with local workers.
    unit_rows : int
        Orders, and survey rows, of each unit in batches.
    """

    rounds: int
    batch_units: int
    batch_rounds: int
    workers_units: int
    workers_rounds: int
    memory_units: int
    memory_early: int
    memory_window: int
    scale_rows: tuple[int, ...]
    scale_rounds: int
    render_rounds: int
    review_pages: int
    rollup_units: int
    distributed_units: int
    distributed_compared: int
    unit_rows: int = 300

    def changed(self, settings: Iterable[str]) -> Sizes:
        """Give the same with some sizes changed.

        Parameters
        ----------
        settings : iterable of str
            ``name=number`` each; several numbers have commas between.

        Raises
        ------
        ValueError
            If a name is unknown or a number is none.

        Examples
        --------
        >>> QUICK.changed(["rounds=2", "scale_rows=1000,9000"]).scale_rows
        (1000, 9000)
        """
        kinds = {one.name: getattr(self, one.name) for one in fields(self)}
        values: dict[str, int | tuple[int, ...]] = {}
        for setting in settings:
            name, _, text = setting.partition("=")
            if name not in kinds:
                raise ValueError(f"there is no size '{name}'; there are {', '.join(kinds)}")
            numbers = tuple(int(one) for one in text.split(","))
            if min(numbers) < 1:
                raise ValueError(f"size {name} is {text}; it must be at least 1")
            if isinstance(kinds[name], tuple):
                values[name] = tuple(sorted(numbers))
            elif len(numbers) == 1:
                values[name] = numbers[0]
            else:
                raise ValueError(f"size {name} is one number, not {text}")
        return replace(self, **values)  # type: ignore[arg-type]


WHOLE = Sizes(
    rounds=5,
    batch_units=24,
    batch_rounds=3,
    workers_units=8,
    workers_rounds=3,
    memory_units=50,
    memory_early=20,
    memory_window=10,
    scale_rows=(100_000, 300_000, 1_000_000),
    scale_rounds=3,
    render_rounds=10,
    review_pages=100,
    rollup_units=20_000,
    distributed_units=500,
    distributed_compared=48,
)
#: Enough to see that everything works; the figures say little.
QUICK = Sizes(
    rounds=1,
    batch_units=2,
    batch_rounds=1,
    workers_units=2,
    workers_rounds=1,
    memory_units=3,
    memory_early=6,
    memory_window=4,
    scale_rows=(1_000, 3_000, 10_000),
    scale_rounds=1,
    render_rounds=2,
    review_pages=10,
    rollup_units=50,
    distributed_units=10,
    distributed_compared=4,
)
