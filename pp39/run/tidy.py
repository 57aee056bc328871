"""What is kept of an executed notebook: everything an auditor reads, nothing that varies.

Same inputs must give the same bytes on any machine, so timings, host names, absolute paths, random
cell ids and versions are taken out, and keys are written in order.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pp39.characters import visible

_KEPT_TAGS = "tags"
#: Papermill's own cells: the one that carries parameters, and its English notes about an error.
_INJECTED = "injected-parameters"
_MARKERS = frozenset({"papermill-error-cell-tag"})


def tidied(notebook: Mapping[str, Any], hidden: Mapping[str, str]) -> dict[str, Any]:
    """Give a copy of an executed notebook without anything that varies between runs.

    Parameters
    ----------
    notebook : mapping
        Notebook of format 4 as Papermill leaves it.
    hidden : mapping of str to str
        Texts to replace in outputs: absolute folders, by what stands for them.

    Returns
    -------
    dict
        The notebook; cells, outputs and tags as they were.
    """
    cells = [_cell(one) for one in notebook["cells"] if not _MARKERS & set(_tags(one))]
    kept: dict[str, Any] = {
        "cells": _replaced(cells, sorted(hidden.items(), key=lambda pair: -len(pair[0]))),
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return kept


def write_notebook(notebook: Mapping[str, Any], path: Path) -> None:
    """Write a notebook: keys in order, one line feed at the end."""
    # An escape of JSON, so that the notebook says the same and its text hides nothing.
    text = visible(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    tags = _tags(cell)
    kept: dict[str, Any] = {
        # Papermill gives its cell a random id.
        "id": "parameter-run" if _INJECTED in tags else cell["id"],
        "cell_type": cell["cell_type"],
        "metadata": {_KEPT_TAGS: tags} if tags else {},
        "source": cell["source"],
    }
    if cell["cell_type"] == "code":
        kept["execution_count"] = cell.get("execution_count")
        kept["outputs"] = [_output(one) for one in cell.get("outputs", [])]
    if "attachments" in cell:
        kept["attachments"] = cell["attachments"]
    return kept


def _output(output: Mapping[str, Any]) -> dict[str, Any]:
    # "transient" and the like are no part of the format and vary.
    names = ("output_type", "name", "text", "data", "execution_count", "ename", "evalue")
    kept = {name: output[name] for name in names if name in output}
    if output["output_type"] in ("display_data", "execute_result"):
        kept["metadata"] = output.get("metadata", {})
        kept["data"] = _shown(output["data"])
    if output["output_type"] == "error":
        kept["traceback"] = output["traceback"]
    return kept


def _shown(data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the text that stands in for a page's table where no page can be shown.

    Libraries fit it to the width of the terminal they believe to be in, which is another one in a
    standard kernel than in a fork.
    """
    return {
        mime: one for mime, one in data.items() if mime != "text/plain" or "text/html" not in data
    }


def _replaced(value: Any, hidden: list[tuple[str, str]]) -> Any:
    if isinstance(value, str):
        for text, stand_in in hidden:
            value = value.replace(text, stand_in)
        return value
    if isinstance(value, Mapping):
        return {key: _replaced(one, hidden) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, hidden) for one in value]
    return value
