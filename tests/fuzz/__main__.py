"""The command: ``PYTHONPATH=tests python -m fuzz [--seed N] [--cases N] [--kind NAME …]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from fuzz.cases import KINDS, made
from fuzz.fork import tried
from fuzz.project import make

#: Imported once, so that a fork need not.
_BEFORE = (
    *("pp39.sources", "pp39.sources.workbook", "pp39.params", "pp39.findings", "pp39.explain"),
    *("pp39.diff", "pp39.diff.display", "pp39.verify", "pp39.run.workspace", "rich.table"),
)


def main(arguments: Sequence[str]) -> int:
    """Try cases; gives 1 if one of them showed a fault, else 0."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the first case")
    parser.add_argument("--cases", type=int, default=0, help="how many; without end by default")
    parser.add_argument("--kind", action="append", choices=sorted(KINDS), default=[])
    asked = parser.parse_args(arguments)
    for name in _BEFORE:
        __import__(name)
    failed = count = 0
    with tempfile.TemporaryDirectory(prefix="pp39-fuzz-") as folder:
        root = make(Path(folder) / "proyek")
        os.environ["PP39_ROOT"] = str(root)
        os.chdir(root)
        try:
            while not asked.cases or count < asked.cases:
                seed = asked.seed + count
                case = made(root, seed, tuple(asked.kind))
                with case.prepared():
                    verdict = tried(case.act, root)
                count += 1
                if verdict.faults:
                    failed += 1
                    kinds = "".join(f" --kind {one}" for one in asked.kind)
                    print(f"--seed {seed} --cases 1{kinds}: {'; '.join(verdict.faults)}")
                    print(f"  {case.title}")
                    for line in verdict.told.splitlines()[-3:]:
                        print(f"  | {ascii(line)[1:-1][:300]}")
                    sys.stdout.flush()
                if count % 500 == 0:
                    print(f"{count} cases, {failed} with faults", flush=True)
        except KeyboardInterrupt:
            pass
        finally:
            os.chdir("/")
    print(f"{count} cases from seed {asked.seed}, {failed} with faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
