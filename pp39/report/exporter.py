"""What the exporters of the report have in common: how they come by the notebook."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from pp39.patches import preprocessed

__all__ = ["ReportExporter"]


class ReportExporter(Exporter):
    """Makes one file of the report in an executed notebook, without its code."""

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # otherwise the notebook is validated a dozen times

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
    def rendered(self, notebook: NotebookNode) -> str | bytes:
        """Render the report of an executed notebook, which stays as it is."""
