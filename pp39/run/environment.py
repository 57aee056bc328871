"""The environment notebooks and rendering run in, the same on every machine.

Nothing a user has set in the shell may change a result: the environment is built from a short list
of variables that are let through, and fixed values for those that libraries read.
"""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from pp39.errors import Pp39Error
from pp39.variables import KEPT, STAGE

#: Where programs and caches are, and the key for personal data; none of them changes a result.
_LET_THROUGH = (
    "LD_LIBRARY_PATH",
    "PATH",
    "PP39_KUNCI",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "PYTHONPYCACHEPREFIX",
    "SYSTEMROOT",
    "TEMP",
    "TMPDIR",
    "VIRTUAL_ENV",
)

#: Where else temporary files may be, and how long a name leaves room for that of a socket: the
#: system allows a hundred letters for both.
_TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm")
_SHORT = 60
_CACHE = ".cache/matplotlib"

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


def stage_environment(stage: Path, kept: Path | None = None) -> dict[str, str]:
    """Give what is added to the environment to write into a folder aside.

    Parameters
    ----------
    stage : Path
        The folder aside.
    kept : Path, optional
        Folder of what checks said before; see `pp39.variables`.
    """
    return {STAGE: str(stage), **({KEPT: str(kept)} if kept is not None else {})}


def private_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder of the process alone, with a name short enough for sockets in it.

    Raises
    ------
    Pp39Error
        When there is no folder for temporary files.
    """
    short = [one for one in (_temporary(), *_TEMPORARY) if one and len(one) <= _SHORT]
    for one in short:
        with suppress(OSError):
            return tempfile.TemporaryDirectory(prefix="pp39-", dir=one, ignore_cleanup_errors=True)
    raise Pp39Error(
        f"no file can be made in {', '.join(dict.fromkeys(short))}; set TMPDIR to a folder that"
        f" can be written and whose name has at most {_SHORT} letters"
    )


def private_environment(folder: Path) -> dict[str, str]:
    """Give what is added for libraries that keep files of their own, wherever the user's home is.

    Parameters
    ----------
    folder : Path
        A folder of the process alone, that goes away with it.
    """
    return {
        "HOME": str(folder),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder),
        "JUPYTER_DATA_DIR": str(folder),
        "JUPYTER_RUNTIME_DIR": str(folder),
        "MPLCONFIGDIR": str(_kept_fonts() or folder / "matplotlib"),
        "XDG_CACHE_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }


def fixed_environment(root: Path | None, stage: Path | None = None) -> dict[str, str]:
    """Build the environment of a kernel or a rendering process.

    Parameters
    ----------
    root : Path or None
        Folder of the project; None for a preloaded process, whose forks are told it.
    stage : Path, optional
        Folder to write into instead of the final ones.
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


def _temporary() -> str:
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return ""


def _kept_fonts() -> Path | None:
    """Give the folder in which matplotlib keeps its list of fonts; None if it is not to be used.

    It takes a third of a second to make and changes no picture: fonts of its own come first in it.
    """
    for name, below in (("MPLCONFIGDIR", ""), ("XDG_CACHE_HOME", "matplotlib"), ("HOME", _CACHE)):
        if not (given := os.environ.get(name)):
            continue
        folder = Path(given, below)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return folder if os.access(folder, os.W_OK | os.X_OK) else None
    return None


def _matplotlib_defaults() -> Path | None:
    # The library's own settings file, so that a matplotlibrc of the user is not read.
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "mpl-data" / "matplotlibrc"
