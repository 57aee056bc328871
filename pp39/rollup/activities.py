"""One row per unit and kegiatan: what the sums of the forms are taken over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from pp39.errors import UnreadableInput
from pp39.indicators.budget_tables import BUDGET, OUTPUTS
from pp39.rollup.members import Member
from pp39.rollup.reading import Run, read

#: Columns of the rows that are added up.
SUMMED = (
    *("pagu", "realisasi", "pagu_berdata", "pagu_fisik", "bobot_progres", "bobot_rencana"),
    *("rencana_serapan", "rencana_program", "rencana_satker"),
)
_KEY = ["nomor", "program", "kegiatan"]
_BUDGET = ["jenjang", "kode", "uraian", "program", "kegiatan", "kro"]
_BUDGET += ["pagu", "realisasi", "pagu_berdata", "serapan", "rencana_serapan", "progres", "rencana"]
_OUTPUTS = ["kode", "program", "kegiatan", "pagu", "progres", "rencana", "selisih_progres", "bulan"]
#: Weights and percentages narrow enough for their product to be exact.
_WEIGHT, _PERCENT = pa.decimal128(24, 6), pa.decimal128(13, 6)
#: Of the levels of the budget those that are read.
_LEVELS = ("total", "program", "kegiatan", "kro", "sumber", "dipa")


def read_budget(runs: Sequence[Run]) -> pa.Table:
    """Read the budgets, without the outputs and spending types."""
    found = read(runs, BUDGET, _BUDGET)
    return _coded(found.filter(pc.is_in(found["jenjang"], pa.array(_LEVELS))))


def read_outputs(runs: Sequence[Run]) -> pa.Table:
    """Read the progress of the outputs."""
    return _coded(read(runs, OUTPUTS, _OUTPUTS))


def activities(budget: pa.Table, outputs: pa.Table, reporting: Sequence[Member]) -> pa.Table:
    """Put together what each unit says of each kegiatan.

    Parameters
    ----------
    budget, outputs : pyarrow.Table
        As read; ``nomor`` is the place of the unit among those reporting.
    reporting : sequence of Member
        The units with a run, in order.

    Returns
    -------
    pyarrow.Table
        By ministry, eselon I, program, kegiatan and unit: ``nomor``, ``program``, ``kegiatan``;
        ``pagu``; ``rencana_serapan``, what was to be absorbed of it by now; ``rencana_program`` and
        ``rencana_satker``, the same of the program and of the unit in the first of their rows, and
        0 in the others; ``realisasi`` and
        ``pagu_berdata`` of the KRO that have both; ``pagu_fisik``, the ceiling of the RO that have
        progress, and ``bobot_progres``, ``bobot_rencana``, that ceiling times percent (the plan
        only where all of these RO have one); ``ro``, ``ro_berdata``, ``ro_di_bawah``; ``bulan``,
        the last month with progress; ``dana``, the source of all funds of the unit where it has
        only one.
    """
    of_level = {one: budget.filter(pc.equal(budget["jenjang"], one)) for one in _LEVELS}
    ceilings = _sums(of_level["kegiatan"], [("pagu", "sum"), ("rencana_serapan", "sum")])
    both = pc.and_(
        pc.is_valid(of_level["kro"]["realisasi"]), pc.is_valid(of_level["kro"]["pagu_berdata"])
    )
    spent = _sums(of_level["kro"].filter(both), [("realisasi", "sum"), ("pagu_berdata", "sum")])
    parts = [ceilings, spent, _sums(of_level["kro"], []), *_progress(outputs)]
    keys = pa.concat_tables([one.select(_KEY) for one in parts])
    found = keys.group_by(_KEY, use_threads=False).aggregate([])
    for one in parts:
        if one.num_columns > len(_KEY):
            found = found.join(one, _KEY, join_type="left outer", use_threads=False)
    found = found.append_column("dana", _funds(of_level["sumber"], len(reporting), found["nomor"]))
    return _planned(_sorted(found, reporting), of_level)


def _planned(rows: pa.Table, of_level: Mapping[str, pa.Table]) -> pa.Table:
    """Add what programs and units were to absorb, where it is not known by kegiatan either."""
    nomor, program, kegiatan = (
        rows[one].to_pylist() for one in ("nomor", "program", "rencana_serapan")
    )
    whole = _told(of_level["total"], ["nomor"])
    of_program = _told(of_level["program"], ["nomor", "kode"])
    of_unit: dict[Any, dict[Any, list[int]]] = {}
    for at, (unit, code) in enumerate(zip(nomor, program, strict=True)):
        of_unit.setdefault(unit, {}).setdefault(code, []).append(at)
    by_program, by_unit = [None] * rows.num_rows, [None] * rows.num_rows
    for unit, programs in of_unit.items():
        plans = []
        for code, places in programs.items():
            alone = whole.get((unit,)) if len(programs) == 1 else None
            plan = of_program.get((unit, code), alone)
            plans.append(_sum(kegiatan[at] for at in places) if plan is None else plan)
            _put(by_program, places, plans[-1])
        every = sorted(at for places in programs.values() for at in places)
        _put(by_unit, every, whole[unit,] if (unit,) in whole else _sum(plans))
    kind = rows.schema.field("rencana_serapan").type
    for name, plan in (("rencana_program", by_program), ("rencana_satker", by_unit)):
        rows = rows.append_column(name, pa.array(plan, kind))
    return rows


def _told(level: pa.Table, key: Sequence[str]) -> dict[tuple[Any, ...], Any]:
    columns = [level[one].to_pylist() for one in (*key, "rencana_serapan")]
    return {tuple(one): plan for *one, plan in zip(*columns, strict=True) if plan is not None}


def _sum(plans: Iterable[Any]) -> Any:
    """Add plans up; None where one is not known."""
    known = list(plans)
    return None if None in known else sum(known)


def _put(plan: list[Any], places: Sequence[int], amount: Any) -> None:
    """Put an amount into the first of some rows, and 0 into the others."""
    for at in places if amount is not None else ():
        plan[at] = amount if at == places[0] else Decimal(0)


def _coded(table: pa.Table) -> pa.Table:
    """Write an empty code where there is none, since null joins with nothing."""
    for name in ("program", "kegiatan"):
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pc.fill_null(table[name], ""))
    return table


def _sums(table: pa.Table, wanted: list[tuple[str, str]]) -> pa.Table:
    made = table.group_by(_KEY, use_threads=False).aggregate(wanted)
    return made.rename_columns(
        [one.removesuffix("_sum").removesuffix("_count") for one in made.column_names]
    )


def _progress(outputs: pa.Table) -> list[pa.Table]:
    """Weigh the progress of outputs by their ceilings."""
    known = outputs.filter(
        pc.and_(pc.is_valid(outputs["progres"]), pc.is_valid(outputs["pagu"]))
    ).select([*_KEY, "pagu", "progres", "rencana"])
    try:
        weight = known["pagu"].cast(_WEIGHT)
        products = {
            f"bobot_{one}": pc.multiply(weight, known[one].cast(_PERCENT))
            for one in ("progres", "rencana")
        }
    except pa.ArrowInvalid:
        raise UnreadableInput(
            f"{OUTPUTS.name}.parquet of a unit has a ceiling of more than 18 digits or a progress"
            " of more than 7; correct its sources and make its report again"
        ) from None
    weighed = pa.table(
        {
            **{one: known[one] for one in _KEY},
            "pagu_fisik": known["pagu"],
            **products,
            "ada": known["progres"],
            "berencana": known["rencana"],
        }
    )
    made = _sums(
        weighed,
        [
            ("pagu_fisik", "sum"),
            ("bobot_progres", "sum"),
            ("bobot_rencana", "sum"),
            ("ada", "count"),
            ("berencana", "count"),
        ],
    )
    whole = pc.equal(made["ada"], made["berencana"])
    plan = pc.if_else(whole, made["bobot_rencana"], None)
    made = made.drop_columns(["ada", "berencana", "bobot_rencana"])
    below = pc.less(outputs["selisih_progres"], pa.scalar(0, pa.decimal128(38, 6)))
    counted = pa.table(
        {
            **{one: outputs[one] for one in _KEY},
            "ro": outputs["kode"],
            "ro_berdata": outputs["progres"],
            "ro_di_bawah": pc.if_else(below, outputs["kode"], None),
            "bulan": outputs["bulan"],
        }
    )
    counts = counted.group_by(_KEY, use_threads=False).aggregate(
        [("ro", "count"), ("ro_berdata", "count"), ("ro_di_bawah", "count"), ("bulan", "max")]
    )
    counts = counts.rename_columns([*_KEY, "ro", "ro_berdata", "ro_di_bawah", "bulan"])
    return [made.append_column("bobot_rencana", plan), counts]


def _funds(sources: pa.Table, count: int, numbers: pa.ChunkedArray) -> pa.Array:
    """Give the source of all funds of the unit of each row, null where it has several or none."""
    funded: list[list[str]] = [[] for _ in range(count)]
    for number, code, ceiling in zip(
        *(sources[one].to_pylist() for one in ("nomor", "kode", "pagu")), strict=True
    ):
        if ceiling:
            funded[number].append(code)
    only = [one[0] if len(one) == 1 else None for one in funded]
    return pa.array(only, pa.string()).take(numbers.combine_chunks())


def _sorted(table: pa.Table, reporting: Sequence[Member]) -> pa.Table:
    """Sort so that what a form adds up stands together; the units are in order already."""
    groups: dict[tuple[str, str], int] = {}
    of_unit = [groups.setdefault((one.kementerian, one.badan), len(groups)) for one in reporting]
    group = pa.array(of_unit, pa.int32()).take(table["nomor"].combine_chunks())
    keyed = table.append_column("kelompok", group)
    order: list[tuple[str, Any]] = [
        (one, "ascending") for one in ("kelompok", "program", "kegiatan", "nomor")
    ]
    return keyed.sort_by(order).combine_chunks()
