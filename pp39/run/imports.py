"""Slow imports that nothing here needs: left out, or put off until somebody asks."""

import importlib
import sys
from types import ModuleType
from typing import Any

__all__ = ["put_off", "skip_slow_imports"]


def skip_slow_imports() -> None:
    """Spare this process what its libraries import and it never uses.

    Importing `nbformat`, and so Papermill and nbconvert, imports `jsonschema`, and that builds the
    grammar of RFC 3987 if the package `rfc3987_syntax` is there: more than a second, for a format
    that the schema of notebooks does not use. `jsonschema` does without when the import fails.

    Great Expectations imports `scipy.stats` for three expectations about distributions, and
    `altair` for the picture of one of them: together two fifths of all it takes to import.

    `ipykernel` imports `jupyter_client`, with its sockets, to tell where a kernel listens.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    for name in ("scipy.stats", "altair", "ipykernel.connect"):
        put_off(name)


def put_off(name: str) -> None:
    """Let a module be imported when something in it is first asked for.

    `importlib.util.LazyLoader` would do, if ``import name`` itself did not already ask.

    Parameters
    ----------
    name : str
        Full name of the module; nothing is done if it has been imported.
    """
    sys.modules.setdefault(name, _Later(name))


class _Later(ModuleType):
    """Stands for a module until something in it is asked for."""

    def __getattr__(self, attribute: str) -> Any:
        # The import system asks for these of every module it finds; a missing one is an answer.
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        name = self.__name__
        if sys.modules.get(name) is self:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)
