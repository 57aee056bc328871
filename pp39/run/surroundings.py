"""What a run stood in: versions of Python and packages, and the state of the code in git."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of the project in git."""

    #: Full hash of the commit.
    id: str
    #: Whether the tree held nothing but this commit (ignored files aside).
    clean: bool


def python_version() -> str:
    """Give implementation and version, such as ``CPython 3.11.7``."""
    return f"{platform.python_implementation()} {platform.python_version()}"


def package_versions() -> dict[str, str]:
    """Give the versions of this package and of all that it needs, directly or not.

    Extras are left out: what only developers install has no part in a run.

    Returns
    -------
    dict of str to str
        Version by normalised name, sorted; what is not installed is left out.
    """
    found: dict[str, str] = {}
    waiting = ["pp39"]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        headers = _headers(installed)
        found[name] = next(value for key, value in headers if key == "version")
        needs = (_needed(value) for key, value in headers if key == "requires-dist")
        waiting += [need for need in needs if need]
    return dict(sorted(found.items()))


def commit_of(root: Path) -> Commit | None:
    """Ask git about the project; None without git or outside a repository of its own."""
    top = _git(root, "rev-parse", "--show-toplevel", "HEAD")
    status = _git(root, "status", "--porcelain")
    if top is None or status is None:
        return None
    folder, id = top.splitlines()
    if Path(folder).resolve() != root.resolve():
        return None
    return Commit(id, clean=not status.strip())


def _git(root: Path, *words: str) -> str | None:
    # Without optional locks, so that looking never gets in the way of somebody's commit.
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _headers(installed: metadata.Distribution) -> list[tuple[str, str]]:
    """Give the headers of a package's metadata; the library's own reader takes ten times longer."""
    text = (installed.read_text("METADATA") or installed.read_text("PKG-INFO") or "").lstrip()
    lines = text.partition("\n\n")[0].splitlines()
    pairs = (line.partition(":") for line in lines if ":" in line and not line[0].isspace())
    return [(key.lower(), value.strip()) for key, _, value in pairs]


def _needed(requirement: str) -> str | None:
    """Give the name in a requirement unless an extra has to be asked for it."""
    name, _, marker = requirement.partition(";")
    if re.search(r"\bextra\b", marker):
        return None
    matched = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", name)
    return matched[1] if matched else None
