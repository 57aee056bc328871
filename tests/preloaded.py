"""What the process has done beforehand that `commands` forks: imported, and read once.

Of ours it imports the models of parameters and profiles. What they make of a text is kept with the
text, so that forks read the same of a project that is a copy, and anew what a test has changed.
"""

from __future__ import annotations

import importlib
from contextlib import suppress
from pathlib import Path

from pp39.params import load
from pp39.patches import skip_slow_imports
from pp39.periods import Quarter

skip_slow_imports()
for _name in (
    *("pandas", "pyarrow.parquet", "pydantic", "yaml", "typer", "rich.table", "rich.progress"),
    *("jinja2", "openpyxl", "nbformat", "nbclient", "pp39.profile"),
):
    importlib.import_module(_name)
# What is wrong with them is told where they are asked for.
with suppress(Exception):
    load(Path(__file__).parents[1], "bspji-ambon", 2025, Quarter.IV)
