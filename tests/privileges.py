"""Commands that permissions bind, whoever runs the tests."""

import os
import shutil

import pytest


def unprivileged() -> list[str]:
    """Give what to put before a command so that it may not do what root may."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("run by root, and there is no setpriv to give up its privileges")
    dropped = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={dropped}", f"--inh-caps={dropped}"]
