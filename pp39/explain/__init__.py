"""Explain a figure: its calculation from the printed result down to file, sheet, row and column.

Only the ledger of the run is read (and, to find an indicator by its name, ``indikator.csv``), so
the answer comes at once; its findings and clean tables only where they are asked for.
"""

from pp39.explain.display import show, to_json
from pp39.explain.lookup import Answer, explain, look_up
from pp39.explain.uses import Use

__all__ = ["Answer", "Use", "explain", "look_up", "show", "to_json"]
