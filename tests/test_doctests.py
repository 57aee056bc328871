"""The examples in docstrings hold; those of `pp39.api` are tried where there is a run."""

import doctest
import importlib
import pkgutil

import pp39


def test_every_example_holds() -> None:
    names = [one.name for one in pkgutil.walk_packages(pp39.__path__, "pp39.")]
    found = {name: doctest.testmod(importlib.import_module(name)) for name in names if _own(name)}
    assert {name: one for name, one in found.items() if one.failed} == {}
    assert sum(one.attempted for one in found.values()) > 150


def _own(name: str) -> bool:
    return name != "pp39.api" and not name.endswith("__main__")
