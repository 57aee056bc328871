"""Starting: a project from nothing, and in it a unit with what there is to fill in."""

from pp39.starting.project import SAMPLE_UNIT, TEMPLATE, new_project
from pp39.starting.unit import insist_on, start_unit

__all__ = ["SAMPLE_UNIT", "TEMPLATE", "insist_on", "new_project", "start_unit"]
