"""What is left on record of a run that failed, until the run is good again."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from pp39 import handout
from pp39.characters import visible
from pp39.run.naming import FAILED_FOLDER

_FILE = "galat.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed."""

    #: The sentence the user was told.
    kalimat: str
    #: Exit code of the error.
    kode: int


def write_failure(processed: Path, failure: Failure) -> None:
    """Write a failure down beside the processed files of the run, which need not exist."""
    folder = processed / FAILED_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    text = visible(json.dumps(asdict(failure), ensure_ascii=False, indent=1))
    (folder / _FILE).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_failure(processed: Path) -> Failure | None:
    """Read it back; None when the last attempt did not fail."""
    try:
        return Failure(**handout.read_json(processed / FAILED_FOLDER / _FILE))
    except (OSError, ValueError, TypeError):
        return None


def forget_failure(processed: Path) -> None:
    """Remove everything a failed attempt has left."""
    shutil.rmtree(processed / FAILED_FOLDER, ignore_errors=True)
