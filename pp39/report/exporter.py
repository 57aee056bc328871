"""What the exporters of the report have in common: how they come by the notebook."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from pp39 import handout
from pp39.patches import preprocessed


class ReportExporter(Exporter):
    """Makes one file of the report in an executed notebook, without its code."""

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # otherwise the notebook is validated a dozen times

    def from_filename(
        self, filename: str, resources: Any | None = None, **kw: Any
    ) -> tuple[Any, Any]:
        """Convert the executed notebook in a file."""
        # To compile the schema of notebooks, and to wrap every entry of the ledger, takes longer
        # than to read them; a notebook that a run has executed is whole.
        notebook = _executed(Path(filename))
        if notebook is None or preprocessed(self):
            return super().from_filename(filename, resources, **kw)
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        return self.rendered(notebook), resources

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[Any, Any]:
        """Convert an executed notebook."""
        # Thousands of entries of the ledger are copied three times over, whether or not anything
        # is to change them.
        if preprocessed(self):
            nb, resources = super().from_notebook_node(nb, resources, **kw)
        else:
            resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        return self.rendered(nb), resources

    @abstractmethod
    def rendered(self, notebook: Mapping[str, Any]) -> str | bytes:
        """Render the report of an executed notebook, which stays as it is."""


def _executed(path: Path) -> Mapping[str, Any] | None:
    """Read a notebook of the present format; None where it is none, which nbformat tells of."""
    try:
        notebook = handout.read_json(path)
    except ValueError:
        return None
    whole = isinstance(notebook, dict) and notebook.get("nbformat") == 4
    return notebook if whole and "cells" in notebook else None
