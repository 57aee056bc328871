"""The small project whose files are damaged: real parameters and raw data, and two made runs."""

from __future__ import annotations

import json
from pathlib import Path

from made_runs import Made, make_project, make_run

__all__ = ["make"]

_CELLS = [
    {
        "cell_type": "code",
        "id": "parameter",
        "metadata": {"tags": ["parameters"]},
        "source": "year = 2024\nname = 'a'",
        "execution_count": None,
        "outputs": [],
    },
    {
        "cell_type": "code",
        "id": "cetak",
        "metadata": {},
        "source": "print(year, name)",
        "execution_count": None,
        "outputs": [],
    },
]


def make(root: Path) -> Path:
    """Make the project in an empty folder."""
    make_project(root)
    make_run(root, "III", made=Made(promoters=50))
    make_run(root, "IV")
    notebook = {"cells": _CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "notebooks" / "contoh.ipynb").write_text(json.dumps(notebook, indent=1))
    (root / "build").mkdir()
    return root
