"""Many runs of one period: Formulir B and C, and a comparison of units."""

from pp39.rollup.command import folder_of, publish, publish_trend
from pp39.rollup.data import data_of
from pp39.rollup.members import Choice, periods
from pp39.rollup.rollup import Rollup, roll_up
from pp39.rollup.trend import stand_of

__all__ = [
    "Choice",
    "Rollup",
    "data_of",
    "folder_of",
    "periods",
    "publish",
    "publish_trend",
    "roll_up",
    "stand_of",
]
