"""The command: ``PYTHONPATH=tests python -m synth DIR [--units N] [--seed N] [--rows N]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pp39.run.project import project_root

from . import generate


def main(arguments: Sequence[str]) -> int:
    """Make a project of made-up units with planted errors."""
    parser = argparse.ArgumentParser(prog="synth", description=__doc__)
    parser.add_argument("out", type=Path, help="new folder; PP39_ROOT names it afterwards")
    parser.add_argument("--units", type=int, default=1, help="how many units")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes")
    parser.add_argument("--rows", type=int, default=400, help="orders, and answers, of a unit")
    parser.add_argument("--year", type=int, default=2025, help="budget year")
    asked = parser.parse_args(arguments)
    given = {"units": asked.units, "seed": asked.seed, "rows": asked.rows, "year": asked.year}
    for made in generate(project_root(), asked.out, **given):
        print(f"{made.slug}: {len(made.planted)} planted errors")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
