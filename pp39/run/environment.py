"""The environment notebooks and rendering run in, the same on every machine.

Nothing a user has set in the shell may change a result: the environment is built from a short list
of variables that are let through, and fixed values for those that libraries read.
"""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

__all__ = ["FIXED", "fixed_environment", "stage_environment"]

#: Where programs and caches are, and the key for personal data; none of them changes a result.
_LET_THROUGH = (
    "HOME",
    "LD_LIBRARY_PATH",
    "MPLCONFIGDIR",
    "PATH",
    "PP39_KUNCI",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "PYTHONPYCACHEPREFIX",
    "SYSTEMROOT",
    "TEMP",
    "TMPDIR",
    "VIRTUAL_ENV",
    "XDG_CACHE_HOME",
)

FIXED: Mapping[str, str] = MappingProxyType(
    {
        "GX_ANALYTICS_ENABLED": "false",
        "JUPYTER_NO_CONFIG": "1",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # One thread each: sums over several threads come out in varying order.
        "MKL_NUM_THREADS": "1",
        "NUMEXPR_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": "0",
        "TZ": "UTC",
    }
)


def stage_environment(stage: Path) -> dict[str, str]:
    """Give what is added to the environment to write into a folder aside."""
    return {"PP39_STAGE": str(stage)}


def fixed_environment(root: Path | None, stage: Path | None = None) -> dict[str, str]:
    """Build the environment of a kernel or a rendering process.

    Parameters
    ----------
    root : Path or None
        Folder of the project; None for a preloaded process, whose forks are told it.
    stage : Path, optional
        Folder to write into instead of the final ones.

    Returns
    -------
    dict of str to str
        Complete: nothing else is inherited.
    """
    environment = {name: os.environ[name] for name in _LET_THROUGH if name in os.environ}
    environment |= FIXED
    if root is not None:
        environment["PP39_ROOT"] = str(root)
    if (rc := _matplotlib_defaults()) is not None:
        environment["MATPLOTLIBRC"] = str(rc)
    if stage is not None:
        environment |= stage_environment(stage)
    return environment


def _matplotlib_defaults() -> Path | None:
    # The library's own settings file, so that a matplotlibrc of the user is not read.
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "mpl-data" / "matplotlibrc"
