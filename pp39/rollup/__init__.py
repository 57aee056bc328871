"""Many runs of one period: Formulir B and C, and a comparison of units."""

from pp39.rollup.command import folder_of, publish
from pp39.rollup.data import data_of
from pp39.rollup.members import Choice, periods
from pp39.rollup.rollup import Rollup, roll_up

__all__ = ["Choice", "Rollup", "data_of", "folder_of", "periods", "publish", "roll_up"]
