"""Many reports: which ones, made by several workers, and a page that lists what there is.

`plans` says which reports are asked for and have data; `worker` makes one in a worker process that
keeps its preloaded processes; `local` and `cluster` are the workers, here or on many machines;
`conductor` hands the reports out and survives what goes wrong; `index` writes
``reports/index.html``.

>>> from pp39.batch import Outcome, exit_code
>>> from pp39.run.address import Address
>>> failed = Outcome(Address.parse("unit-contoh/2025/IV"), "failed", code=4)
>>> exit_code([failed, Outcome(Address.parse("unit-contoh/2025/III"), "made")])
4
"""

from pp39.batch.conductor import State, conduct, forget, settle
from pp39.batch.ending import Ending, ending, hook_words
from pp39.batch.engines import Engine, engine
from pp39.batch.index import row_json, rows, write_index
from pp39.batch.outcome import BatchFailed, Outcome, Task, exit_code, insist, tasks
from pp39.batch.plans import Plan, plan

__all__ = [
    "BatchFailed",
    "Ending",
    "Engine",
    "Outcome",
    "Plan",
    "State",
    "Task",
    "conduct",
    "ending",
    "engine",
    "exit_code",
    "forget",
    "hook_words",
    "insist",
    "plan",
    "row_json",
    "rows",
    "settle",
    "tasks",
    "write_index",
]
