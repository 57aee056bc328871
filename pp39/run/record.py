"""The record of a run, ``run.json``: what went in, what came out, and what it stood in.

What the record proves
----------------------
Each file is known by its SHA-256, and the record by a digest over its own content. A byte that
changes in any recorded file, or in ``run.json`` itself, is therefore noticed: damage in storage or
transfer, a figure mended by hand, a table opened and saved. The digest is no signature. Whoever
rewrites ``run.json`` with its digest, on purpose, leaves nothing in this folder that shows it. Two
things do, because they lie outside: the record of the inputs that travels inside the signed PDF
(`attachment`), and running again from the inputs (``pp39 verify --rerun``), which needs no record
to be believed.

Versions, git commit and the like may differ between two machines that make the same report; they
stand in ``run.json`` only, and nothing that is compared byte by byte holds any of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pp39
from pp39 import handout
from pp39.errors import MissingInput, VerificationFailed
from pp39.patches import import_rocrate
from pp39.run.fingerprint import (
    Groups,
    Mark,
    fingerprint,
    input_groups,
    made_of,
    output_groups,
)
from pp39.run.surroundings import commit_of, package_versions, python_version
from pp39.run.workspace import Workspace

RECORD = "run.json"
CRATE = "ro-crate-metadata.json"
TIMINGS = "jejak-waktu.json"
#: Name of the input part inside the PDF.
ATTACHMENT = "run-masukan.json"
#: What is to be completed before a draft is signed, among the annexes.
WORK_LIST = "harus-dilengkapi.csv"
_VERSION = 1


def write(workspace: Workspace, inputs: Path | None = None) -> Path:
    """Write ``ro-crate-metadata.json`` and then ``run.json``, the last files of a run.

    Parameters
    ----------
    workspace : Workspace
        The run, staged or not; all its other files must be there.
    inputs : Path, optional
        What `attachment` gave for the run; the inputs are not looked at again then.

    Returns
    -------
    Path
        Of ``run.json``.
    """
    import_rocrate()
    from pp39.run.crate import describe  # noqa: PLC0415  as above

    crate = workspace.report / CRATE
    outputs = output_groups(workspace.processed, workspace.report)
    published = {name: path for name, path in outputs["laporan"].items() if name != CRATE}
    document = _inputs(workspace) if inputs is None else _known(workspace, inputs)
    document["berkas"] |= _measured({"olahan": outputs["olahan"], "laporan": published})
    crate.write_bytes(_bytes(describe(workspace, marks(document))))
    document["berkas"]["laporan"] |= _measured({"laporan": {CRATE: crate}})["laporan"]
    commit = commit_of(workspace.root)
    document["lingkungan"] = {
        "python": python_version(),
        "paket": package_versions(),
        "git": None if commit is None else {"komit": commit.id, "bersih": commit.clean},
    }
    document["pemeriksaan"] = _checks(workspace.processed / "pemeriksaan.json")
    document["temuan"] = _findings(workspace.processed / "temuan.csv")
    # Of a whole report only a draft has a list of what is to be completed.
    listed = any(Path(name).name == WORK_LIST for name in published)
    document["tahap"] = "draf" if listed else "final"
    path = workspace.report / RECORD
    path.write_bytes(sealed_bytes(document))
    return path


def attachment(workspace: Workspace) -> bytes:
    """Give the part of the record that is known before anything is rendered.

    It holds parameters and the hashes of source data, parameter files, notebooks, package and lock,
    and nothing that depends on outputs, machine or time: the same inputs give the same bytes, so
    that a PDF may carry it.
    """
    return sealed_bytes(_inputs(workspace))


def read(path: Path) -> dict[str, Any]:
    """Read a record and make sure that it is the one that was written, to the byte.

    Raises
    ------
    MissingInput
        If there is none.
    VerificationFailed
        If any byte of it was changed.
    """
    try:
        content = path.read_bytes()
        document = handout.read_json(path)
    except FileNotFoundError:
        raise MissingInput(f"{path.name} is not there, so there is nothing to verify by") from None
    except ValueError as error:
        raise VerificationFailed(
            f"{path.name} was changed after the run: it is no valid JSON any more ({error})"
        ) from None
    # Writing it again catches what JSON does not care about: blanks, order, escapes, twins.
    if not isinstance(document, dict) or sealed_bytes(document) != content:
        raise VerificationFailed(
            f"{path.name} was changed after the run: its digest does not fit its content"
        )
    if document.get("versi") != _VERSION:
        raise VerificationFailed(f"{path.name} is not a record of version {_VERSION}")
    return document


def sealed_bytes(document: Mapping[str, Any]) -> bytes:
    """Write a record with the digest over everything else in it."""
    content = {key: value for key, value in document.items() if key != "sidik"}
    return _bytes(content | {"sidik": hashlib.sha256(_bytes(content)).hexdigest()})


def marks(document: Mapping[str, Any]) -> dict[str, dict[str, Mark]]:
    """Give the hashes of a record by group and name."""
    return {
        group: {name: Mark(one["sha256"], one["ukuran"]) for name, one in files.items()}
        for group, files in document["berkas"].items()
    }


def write_timings(report: Path, seconds: Mapping[str, float]) -> Path:
    """Write what differs from run to run, and is therefore not hashed: times and the machine.

    Parameters
    ----------
    report : Path
        Report folder of the run.
    seconds : mapping of str to float
        Wall time by step.
    """
    log = {
        "detik": {step: round(value, 3) for step, value in seconds.items()},
        "mesin": {
            "nama": platform.node(),
            "sistem": platform.platform(),
            "prosesor": os.cpu_count(),
        },
    }
    path = report / TIMINGS
    path.write_text(json.dumps(log, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _inputs(workspace: Workspace) -> dict[str, Any]:
    # Imports pandas, which takes a while.
    from pp39.sources import Context, delivered, within  # noqa: PLC0415

    settings = workspace.settings
    found = delivered(workspace.sources, workspace.raw)
    groups = input_groups(workspace.root, found, settings.files)
    return {
        "versi": _VERSION,
        "pp39": pp39.__version__,
        "identitas": {
            "unit": settings.unit,
            "tahun": settings.year,
            "triwulan": str(settings.period),
            "skenario": settings.scenario,
            "ubahan": list(settings.overrides),
        },
        "parameter": {
            entry.path: {"nilai": entry.value, "lapis": entry.layer}
            for entry in settings.describe()
        },
        "berkas": _measured(groups),
        # They decide about no figure; that they lay there may still be what somebody looks for.
        "tidak_dipakai": [asdict(one) for one in within(found, Context.of(settings)).strays],
    }


def _known(workspace: Workspace, inputs: Path) -> dict[str, Any]:
    """Read what `attachment` gave, its files in the order in which `_inputs` finds them."""
    document: dict[str, Any] = handout.read_json(inputs)
    given = document["berkas"]
    groups = {"masukan": given["masukan"], **made_of(workspace.root, workspace.settings.files)}
    document["berkas"] = {
        group: {
            name: given[group][name] for name in (*files, *given[group]) if name in given[group]
        }
        for group, files in groups.items()
    }
    return document


def _measured(groups: Groups) -> dict[str, dict[str, dict[str, Any]]]:
    measured: dict[str, dict[str, dict[str, Any]]] = {}
    for group, files in groups.items():
        measured[group] = {}
        for name, path in files.items():
            mark = fingerprint(path)
            measured[group][name] = {"sha256": mark.sha256, "ukuran": mark.size}
    return measured


def _bytes(document: Mapping[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return text.encode() + b"\n"


def _checks(path: Path) -> dict[str, int] | None:
    """Give the counts of the checks; None when none were made."""
    if not path.is_file():
        return None
    counts: dict[str, int] = json.loads(path.read_bytes())["jumlah"]
    return counts


def _findings(path: Path) -> dict[str, int] | None:
    """Count the findings by severity; None when they were not looked for."""
    if not path.is_file():
        return None
    return dict(sorted(Counter(row["tingkat"] for row in handout.read(path, "tingkat")).items()))
