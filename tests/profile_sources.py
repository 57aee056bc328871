"""The sources of the profiles that come with the package."""

from pathlib import Path

from pp39.profile import load_profile
from pp39.sources import Sources, sources_of


def shipped(name: str) -> Sources:
    return sources_of(load_profile(Path("nowhere"), name))


SOURCES = shipped("bskji")
