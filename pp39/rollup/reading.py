"""The flat files of many runs as one table each, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import isfile
from pathlib import Path

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

import pp39
from pp39.errors import UnreadableInput
from pp39.indicators.budget_tables import BUDGET, OUTPUTS
from pp39.indicators.flat import FlatTable
from pp39.indicators.result import INDICATORS, SUMMARY
from pp39.processes import map_forked
from pp39.run.address import Address
from pp39.run.project import read_project
from pp39.run.record import RECORD
from pp39.together import Together

TABLES = (SUMMARY, INDICATORS, BUDGET, OUTPUTS)
_CHUNK = 256
#: These stand at the end of a record, behind the long lists of files and parameters.
_TAIL = 64 * 1024
_VERSION, _STAGE = b'\n "pp39": "', b'\n "tahap": "'


@dataclass(frozen=True)
class Run:
    """A run of a project, whose files are read where they lie."""

    root: Path
    address: Address

    @cached_property
    def inside(self) -> str:
        """Its folder below ``data/processed`` and ``reports``."""
        # There may be tens of thousands, and paths take their time.
        at = self.address
        return f"{at.unit}/{at.year}/{at.period}/{at.run}"

    @property
    def record(self) -> str:
        """Path of the record beside its report."""
        return f"{self.root}/reports/{self.inside}/{RECORD}"

    @property
    def remedy(self) -> str:
        """How an error says that it is to be made again."""
        command = self.address.command(read_project(self.root))
        return f" with: {command}" if command else ""

    @cached_property
    def recorded(self) -> tuple[str, str]:
        """Version of pp39 that made the report, and its stage; empty where the record has none."""
        return _recorded(self.record) if _there(self.record) else ("", "")

    @property
    def stage(self) -> str:
        """Whether the report is a draft or final, as its record says."""
        return self.recorded[1]

    def file(self, table: FlatTable) -> str:
        """Give the path of one of its flat files."""
        return f"{self.root}/{self.name(table)}"

    def name(self, table: FlatTable) -> str:
        """Give what messages call one of its flat files."""
        return f"data/processed/{self.inside}/{table.name}.parquet"

    def stands(self) -> bool:
        """Tell whether there is a run.

        Raises
        ------
        UnreadableInput
            If there is one, but not all of its flat files, or another version made it.
        """
        lacking = [one for one in TABLES if not _there(self.file(one))]
        reported = _there(self.record)
        if lacking and (reported or len(lacking) < len(TABLES)):
            there = "the report is" if reported else "other files of the run are"
            raise UnreadableInput(
                f"{self.name(lacking[0])} is not there, though {there}; make it again{self.remedy}"
            )
        if reported and (version := self.recorded[0]) != pp39.__version__:
            made = f"by pp39 {version}" if version else "by no version of pp39 that it tells"
            raise UnreadableInput(
                f"reports/{self.inside}/{RECORD} was made {made}, and this is"
                f" {pp39.__version__}; make it again{self.remedy}"
            )
        return not lacking


def _there(path: str) -> bool:
    return isfile(path)  # noqa: PTH113


def _recorded(record: str) -> tuple[str, str]:
    with open(record, "rb") as stream:  # noqa: PTH123
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
    found = (tail.rpartition(one) for one in (_VERSION, _STAGE))
    version, stage = (
        rest.partition(b'"')[0].decode(errors="replace")[:40] if there else ""
        for _, there, rest in found
    )
    return version, stage


def read(runs: Sequence[Run], table: FlatTable, columns: Sequence[str]) -> pa.Table:
    """Read one flat file of every run.

    Returns
    -------
    pyarrow.Table
        The columns, and ``nomor``: the place of the run in the sequence.

    Raises
    ------
    UnreadableInput
        If files are damaged or were made by another version; all of them are told.
    """
    schema = pa.schema([table.schema.field(one) for one in columns])
    numbered = list(enumerate(runs))
    chunks = [numbered[start : start + _CHUNK] for start in range(0, len(numbered), _CHUNK)]
    wrong = Together()
    parts = []
    for part, sentences in map_forked(lambda one: _chunk(one, table, schema), chunks):
        parts.append(part)
        for sentence in sentences:
            wrong.add(UnreadableInput(sentence))
    wrong.insist()
    whole = schema.append(pa.field("nomor", pa.int32()))
    return pa.concat_tables([whole.empty_table(), *parts]).combine_chunks()


def _chunk(
    runs: Iterable[tuple[int, Run]], table: FlatTable, schema: pa.Schema
) -> tuple[pa.Table, list[str]]:
    """Read some of the files, without a thread: this may be a fork."""
    whole = table.schema
    parts: list[pa.Table] = []
    wrong: list[str] = []
    numbers: list[tuple[int, int]] = []
    for number, run in runs:
        try:
            with pa.OSFile(run.file(table)) as stream, pq.ParquetFile(stream) as file:
                there = file.schema_arrow
                if not there.equals(whole) and (lacking := _lacking(there, schema)):
                    wrong.append(
                        f"{run.name(table)} has no column {lacking} of the kind expected, so"
                        f" another version of pp39 made it; make it again{run.remedy}"
                    )
                    continue
                part = file.read(columns=schema.names, use_threads=False)
        except (pa.ArrowException, OSError, ValueError) as error:
            why = " ".join(str(error).split()).partition(".")[0]
            wrong.append(f"{run.name(table)} is damaged ({why}); make it again{run.remedy}")
            continue
        parts.append(part.select(schema.names).replace_schema_metadata(None))
        numbers.append((number, part.num_rows))
    found = pa.concat_tables([schema.empty_table(), *parts]).combine_chunks()
    place = np.repeat(
        np.array([one for one, _ in numbers], dtype=np.int32), [rows for _, rows in numbers]
    )
    return found.append_column("nomor", pa.array(place, pa.int32())), wrong


def _lacking(there: pa.Schema, wanted: pa.Schema) -> str:
    return next(
        (
            one.name
            for one in wanted
            if one.name not in there.names or there.field(one.name).type != one.type
        ),
        "",
    )
