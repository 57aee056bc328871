"""Exporters of what is no picture of a notebook, but of the run that an executed one tells of.

``laporan.xlsx``, and the record of the inputs that travels inside the PDF.
"""

from __future__ import annotations

import ast
from abc import abstractmethod
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from pp39 import handout
from pp39.report.sections.bahan import Bahan
from pp39.report.workbook import report_workbook
from pp39.run import record
from pp39.run.notebook import PARAMETERS, overrides_of
from pp39.run.workspace import Workspace

_CELLS = {"parameters", "injected-parameters"}


class _RunExporter(Exporter):
    """Makes a file of what a run has left, not of what its notebooks show."""

    def from_filename(  # type: ignore[override]
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Read the parameters of the notebook and make the file of their run."""
        del resources, kw
        unit, year, quarter, scenario, param = parameters_of(Path(filename))
        run = Workspace.open(unit, year, quarter, scenario, overrides_of(param))
        return self.of_run(run), {}

    @abstractmethod
    def of_run(self, run: Workspace) -> bytes:
        """Make the file."""


class WorkbookExporter(_RunExporter):
    """Makes the workbook."""

    file_extension = ".xlsx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def of_run(self, run: Workspace) -> bytes:
        """Write the workbook."""
        return report_workbook(Bahan.baca(run.settings, run.processed), run.processed)


class InputsExporter(_RunExporter):
    """Makes the record of the inputs; to know them takes pandas, which a run has loaded here."""

    file_extension = ".json"
    output_mimetype = "application/json"

    def of_run(self, run: Workspace) -> bytes:
        """Record the inputs."""
        return record.attachment(run)


def parameters_of(paper: Path) -> tuple[Any, ...]:
    """Give the parameters that a notebook was executed with, in the order of `PARAMETERS`."""
    found: dict[str, Any] = {}
    for cell in handout.read_json(paper)["cells"]:
        if cell["cell_type"] != "code" or not _CELLS & set(cell["metadata"].get("tags", ())):
            continue
        for one in ast.parse("".join(cell["source"])).body:
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                found[one.targets[0].id] = ast.literal_eval(one.value)
    return tuple(found[name] for name in PARAMETERS)
