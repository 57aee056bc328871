"""Synthetic units: made-up source data of any size, for tests, benchmarks and practice.

Everything says that it is made up: the name of the unit, the parameter ``unit.sintetis`` (the
report then carries a banner), the files beside the data. Each unit has planted errors, listed in
``sintetis/<unit>.json``, so that checks and findings have something to find.
"""

from __future__ import annotations

from .errors import PLANTED, Planted
from .project import SyntheticUnit, generate

__all__ = ["PLANTED", "Planted", "SyntheticUnit", "generate"]
