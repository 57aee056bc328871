"""Parameters: a typed, closed tree, filled from layers of YAML and ``-p``."""

from pp39.params.layers import DEFAULT_SCENARIO, layer_files, profile_of
from pp39.params.model import Params
from pp39.params.overrides import split_overrides
from pp39.params.schema import format_path, spelled
from pp39.params.settings import OVERRIDE, Change, Entry, Settings, load
from pp39.params.unread import unread

__all__ = [
    "DEFAULT_SCENARIO",
    "OVERRIDE",
    "Change",
    "Entry",
    "Params",
    "Settings",
    "format_path",
    "layer_files",
    "load",
    "profile_of",
    "spelled",
    "split_overrides",
    "unread",
]
