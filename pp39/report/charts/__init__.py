"""Charts of the report: plain data in, a drawn figure and its alternative text out."""

from pp39.report.charts.achievement import Group, achievements, distribution
from pp39.report.charts.chart import Chart, Point
from pp39.report.charts.money import bars_against_target
from pp39.report.charts.monthly import monthly_line, progress_fields
from pp39.report.charts.service import fields_by_quarter, stacked_bars
from pp39.report.charts.style import chart_style

__all__ = [
    "Chart",
    "Group",
    "Point",
    "achievements",
    "bars_against_target",
    "chart_style",
    "distribution",
    "fields_by_quarter",
    "monthly_line",
    "progress_fields",
    "stacked_bars",
]
