"""The strongest peer: one process for all notebooks, by ploomber-engine, and for all exporters."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .made import Made, Subject
from .sandbox import Sandbox

__all__ = ["Peer"]

#: With what it needs beyond the project's own packages, which it is to run on as well.
_PACKAGES = (
    *("ploomber-engine==0.0.33", "ploomber-core==0.2.27", "debuglater==1.4.4"),
    *("posthog==7.91.1", "backoff==2.2.1", "distro==1.9.0", "colorama==0.4.6"),
)
_MINUTES = 60.0
_NOTEBOOKS = ("01_clean", "02_validate", "03_indicators", "04_report")
_SCRIPT = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
out, names, quarter = Path(sys.argv[2]), sys.argv[4:], sys.argv[3]
from nbconvert.exporters import get_exporter
from ploomber_engine import execute_notebook

def made(kind, name, target):
    body, _ = get_exporter(f"pp39-{kind}")().from_filename(str(out / f"{name}.ipynb"))
    target.write_bytes(body.encode() if isinstance(body, str) else body)

for name in names:
    execute_notebook(
        f"notebooks/{name}.ipynb",
        out / f"{name}.ipynb",
        parameters={"quarter": quarter},
        progress_bar=False,
    )
made("html", names[-1], out / "laporan.html")
made("pdf", names[-1], out / "laporan.pdf")
for name in names:
    made("kertas-kerja", name, out / f"{name}.html")
"""


class Peer:
    """ploomber-engine in a folder of its own, since it sends what it is used for to its makers.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    tell : callable
        Is told when it cannot be had.
    """

    def __init__(self, sandbox: Sandbox, tell: Callable[[str], None]) -> None:
        self._sandbox = sandbox
        self._folder = sandbox.folder / "peer"
        uv = Path(sys.executable).with_name("uv")
        command = [uv, "pip", "install", "--quiet", "--no-deps", "--target", self._folder]
        done = subprocess.run(
            [*command, "--python", sys.executable, *_PACKAGES],
            capture_output=True,
            text=True,
            check=False,
        )
        #: Whether it is there.
        self.there = done.returncode == 0
        if not self.there:
            tell(f"ploomber-engine cannot be installed, so it was not measured: {done.stderr}")

    def report(self, project: Path, subject: Subject) -> Made:
        """Make a report of the notebooks' own unit in one process.

        Parameters
        ----------
        project : pathlib.Path
            A copy of the project.
        subject : Subject
            Which report.
        """
        out = project.parent / "peer"
        out.mkdir()
        # It asks nobody before it sends; this is how it is told not to.
        silent = ["env", "PLOOMBER_STATS_ENABLED=false"]
        arguments = [self._folder, out, subject.quarter, *_NOTEBOOKS]
        done = self._sandbox.run(
            [*silent, sys.executable, "-c", _SCRIPT, *arguments], project, timeout=20 * _MINUTES
        )
        return Made(
            done.seconds,
            out / "laporan.html",
            out / "laporan.pdf",
            tuple(out / f"{name}.html" for name in _NOTEBOOKS),
            project / "data" / "processed" / subject.inside,
        ).insist()
