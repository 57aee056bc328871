"""``ro-crate-metadata.json``: the run as a Process Run Crate, one action per notebook.

The crate is the report folder. Files outside it (source data, notebooks, processed tables) are
named by their content, with ``ni`` URIs (RFC 6920), because a path would be true on one machine
only; their place in the project is their name. Actions carry no times: these differ from run to run
and stand in the log that is not hashed.

See https://www.researchobject.org/workflow-run-crate/profiles/process_run_crate.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from rocrate.model.contextentity import ContextEntity  # type: ignore[import-untyped]
from rocrate.model.entity import Entity  # type: ignore[import-untyped]
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

import pp39
from pp39.run.fingerprint import Mark
from pp39.run.workspace import Workspace

_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_CONTEXT = "https://w3id.org/ro/terms/workflow-run/context"
_SPECIFICATION = "1.1"  # the one the profile is written for

_FLAT = ("indikator", "anggaran", "ro", "hambatan", "ringkasan")
#: Per notebook, in the order in which they run: what it reads and what it makes. A name stands for
#: a file, one that ends with a slash for all files below a folder, a group in ``<>`` for all of it.
_ACTIONS = {
    "01_clean": (
        ("<masukan>", "<parameter>"),
        ("bersih/", "perbaikan.csv"),
    ),
    "02_validate": (
        ("bersih/", "<parameter>"),
        ("pemeriksaan.json",),
    ),
    "03_indicators": (
        ("bersih/", "<parameter>"),
        (
            *(f"{name}.{kind}" for name in _FLAT for kind in ("csv", "parquet")),
            "datapackage.json",
            "ledger.json",
            "temuan.csv",
        ),
    ),
    "04_report": (
        ("<olahan>", "<parameter>"),
        ("laporan.html", "laporan.pdf", "laporan.xlsx", "laporan.docx"),
    ),
}

_FORMATS = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".toml": "application/toml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
}


def describe(workspace: Workspace, files: Mapping[str, Mapping[str, Mark]]) -> dict[str, Any]:
    """Describe a run as JSON-LD, the same for the same files.

    Parameters
    ----------
    workspace : Workspace
        The run.
    files : mapping
        Hashes by group and name, as `pp39.run.record.marks` gives them.
    """
    crate = ROCrate(version=_SPECIFICATION)
    crate.metadata.extra_contexts.append(_CONTEXT)
    _describe_root(crate, workspace)
    software = _entity(crate, "#pp39", "SoftwareApplication", name="pp39", version=pp39.__version__)
    entities = _add_files(crate, files)
    # Without its hash, which it cannot hold itself and which would go round in a circle here.
    crate.add_file(
        dest_path="run.json",
        properties={"name": "run.json", "encodingFormat": "application/json"},
    )
    parameters = list(_add_parameters(crate, workspace))
    actions = []
    for notebook in sorted(files["notebook"]):
        instrument = entities["notebook", notebook]
        instrument["softwareRequirements"] = software
        name = PurePosixPath(notebook).stem
        reads, makes = _ACTIONS.get(name, ((), ()))
        papers = [f"kertas-kerja/{name}.html", f"kertas-kerja/{name}.ipynb"]
        actions.append(
            crate.add_action(
                instrument,
                identifier=f"#{name}",
                object=[*_chosen(entities, reads), *parameters],
                result=list(_chosen(entities, (*makes, *papers))),
                properties={"name": name, "agent": {"@id": "#unit"}},
            )
        )
    crate.root_dataset["mentions"] = actions
    generated: dict[str, Any] = crate.metadata.generate()
    generated["@graph"].sort(key=lambda entity: str(entity["@id"]))
    return generated


def _describe_root(crate: ROCrate, workspace: Workspace) -> None:
    unit = workspace.params.unit
    _entity(crate, "#unit", "Organization", name=unit.nama, alternateName=unit.singkatan)
    profile = _entity(crate, _PROFILE, "CreativeWork", name="Process Run Crate", version="0.5")
    root = crate.root_dataset
    period = workspace.period.title(f"Tahun Anggaran {workspace.year}")
    root["name"] = f"Laporan PP 39/2006 {unit.singkatan} {period} ({workspace.scenario})"
    root["description"] = (
        f"Laporan triwulanan menurut Peraturan Pemerintah Nomor 39 Tahun 2006, {unit.nama}, "
        f"{period}, skenario {workspace.scenario}, beserta kertas kerja dan catatan perhitungannya."
    )
    # The date on the report, not the day of the run.
    root["datePublished"] = workspace.params.laporan.tanggal.isoformat()
    root["license"] = f"Penggunaan diatur oleh {unit.nama} selaku penerbit laporan."
    root["publisher"] = {"@id": "#unit"}
    root["conformsTo"] = profile


def _add_files(
    crate: ROCrate, files: Mapping[str, Mapping[str, Mark]]
) -> dict[tuple[str, str], Entity]:
    """Add all files but the package's, which the notebooks' software stands for."""
    entities: dict[tuple[str, str], Entity] = {}
    for group, marked in files.items():
        for name, mark in sorted(marked.items()) if group != "kode" else ():
            inside = group == "laporan"
            full = f"olahan/{name}" if group == "olahan" else name
            properties: dict[str, Any] = {
                "name": full,
                "contentSize": str(mark.size),
                "sha256": mark.sha256,
            }
            if group == "notebook":
                properties["@type"] = ["File", "SoftwareSourceCode"]
            suffix = PurePosixPath(name).suffix
            if suffix in _FORMATS:
                properties["encodingFormat"] = _FORMATS[suffix]
            known = None if inside else crate.dereference(_named_by_content(mark))
            if known is not None:  # the same content under another name
                known.append_to("alternateName", full)
                entities[group, name] = known
            elif inside:
                entities[group, name] = crate.add_file(dest_path=name, properties=properties)
            else:
                entities[group, name] = crate.add_file(
                    _named_by_content(mark), properties=properties
                )
    return entities


def _named_by_content(mark: Mark) -> str:
    digest = base64.urlsafe_b64encode(bytes.fromhex(mark.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _add_parameters(crate: ROCrate, workspace: Workspace) -> Iterator[Entity]:
    """Add the values the notebooks were started with; the files below ``params/`` say the rest."""
    settings = workspace.settings
    values = {
        "unit": settings.unit,
        "year": settings.year,
        "quarter": str(settings.period),
        "scenario": settings.scenario,
        "param": list(settings.overrides),
    }
    for name, value in values.items():
        if value != []:  # JSON-LD reads a property without values as one that is not there
            yield _entity(crate, f"#parameter-{name}", "PropertyValue", name=name, value=value)


def _entity(crate: ROCrate, id: str, kind: str, **properties: Any) -> Entity:
    return crate.add(ContextEntity(crate, id, {"@type": kind, **properties}))


def _chosen(
    entities: Mapping[tuple[str, str], Entity], patterns: Iterable[str]
) -> Iterator[Entity]:
    chosen: dict[str, Entity] = {}
    for pattern in patterns:
        for (group, name), entity in entities.items():
            below = pattern.endswith("/") and group == "olahan" and name.startswith(pattern)
            made = group in ("olahan", "laporan") and name == pattern
            if below or made or pattern == f"<{group}>":
                chosen.setdefault(entity.id, entity)
    yield from chosen.values()
