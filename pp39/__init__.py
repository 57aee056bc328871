"""Quarterly PP 39/2006 reports, computed from source data and traceable to the row.

``report``, ``compute`` and ``open_run`` are what other programs and notebooks call; see `pp39.api`.
They are imported when they are first asked for.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspect import Signature

    from pp39.api import Run, compute, open_run, report
    from pp39.errors import Pp39Error

__version__ = "0.1.0"
__all__ = ["Pp39Error", "Run", "__version__", "compute", "open_run", "report"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'pp39' has no attribute '{name}'")
    home = import_module("pp39.errors" if name == "Pp39Error" else "pp39.api")
    return getattr(home, name)


def __dir__() -> list[str]:
    return sorted(__all__)


class CalledPackage(ModuleType):
    """A package whose name a function of `pp39.api` has, too: called, it is that function."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._function()(*given, **named)

    @property
    def __signature__(self) -> "Signature":
        from inspect import signature  # noqa: PLC0415  only for who asks how it is called

        return signature(self._function())

    def _function(self) -> Any:
        return getattr(import_module("pp39.api"), self.__name__.rpartition(".")[2])
