"""A new unit: its file, every field explained, and the workbook it fills in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pp39.errors import ParameterError
from pp39.findings import rules_of
from pp39.indicators.formulas import check_formulas, needed_by
from pp39.params import profile_of
from pp39.params.model import Laporan, Params, Unit
from pp39.profile import Fault, Profile, ProfileError, load_profile, profile_names
from pp39.profile.indicator import Indikator
from pp39.report.sections.outline import check_outline
from pp39.run.naming import checked_unit, checked_year
from pp39.sources.delivery import FORM
from pp39.starting.form import FormContent, form
from pp39.yamlfile import read_yaml

_WIDTH = 96
_SHAPES: Mapping[str, str] = {
    "fungsi": "[pelaksanaan …, pengelolaan …]",
    "struktur": "[Kepala, Subbagian Tata Usaha]",
    "riwayat": "[{tahun: 2001, nama: …, dasar: …}]",
    "dasar_hukum": "[{peraturan: Peraturan Pemerintah Nomor 39 Tahun 2006, tentang: …}]",
    "ro_di_luar_dipa": "{6077.CAH.021: {alasan: …, oleh: …, tanggal: 2026-01-06}}",
    "sintetis": "true",
}


def start_unit(root: Path, unit: str, profile: str | None, year: int) -> tuple[str, ...]:
    """Write the file of a unit and the workbook it fills in; what is there already stays.

    The workbook follows from the indicators; where the profile has none, it comes once the unit's
    file lists them.

    Parameters
    ----------
    root : Path
        Folder of the project.
    unit : str
        Slug of the unit.
    profile : str or None
        Name of its profile; None for a unit that has its file already.
    year : int
        Budget year.

    Returns
    -------
    tuple of str
        The files that were written, named from the project.

    Raises
    ------
    ParameterError
        When a name is wrong, or nothing is left to be written.
    """
    checked_unit(unit)
    checked_year(year)
    file = root / "params" / "unit" / f"{unit}.yaml"
    book = root / "data" / "raw" / unit / str(year) / FORM
    if file.exists() and profile is not None:
        raise ParameterError(
            f"params/unit/{unit}.yaml is there already and says which profile the unit has; leave"
            " out --profile"
        )
    if not file.exists() and profile is None:
        known = ", ".join(profile_names(root))
        raise ParameterError(f"which profile has {unit}? name it with --profile; there are {known}")
    if book.exists():
        raise ParameterError(
            f"data/raw/{unit}/{year}/isian.xlsx is there already and is not written anew; move it"
            " away first"
        )
    chosen = load_profile(root, profile) if profile is not None else profile_of(root, unit)
    insist_on(chosen)
    content = form(_content(root, chosen, unit, year)) if chosen.isi.indikator else None
    written = []
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_written(unit, year, chosen), encoding="utf-8")
        written.append(file)
    if content is not None:
        book.parent.mkdir(parents=True, exist_ok=True)
        book.write_bytes(content)
        written.append(book)
    if not written:
        raise ParameterError(
            f"params/unit/{unit}.yaml has no indicators yet; list them there, under sasaran and"
            " indikator"
        )
    return tuple(one.relative_to(root).as_posix() for one in written)


def insist_on(
    profile: Profile,
    faults: Iterable[Fault] = (),
    indicators: Mapping[str, Indikator] | None = None,
) -> None:
    """Hold the formulas, chapters and rules of a profile to what there is.

    Raises
    ------
    ProfileError
        With everything that is wrong, known faults among it.
    """
    found = list(faults)
    for check in (
        lambda: check_formulas(profile),
        lambda: check_outline(profile, indicators or profile.isi.indikator),
        lambda: rules_of(profile),
    ):
        try:
            check()
        except ProfileError as error:
            found += error.faults
    if found:
        raise ProfileError(found)


def _content(root: Path, profile: Profile, unit: str, year: int) -> FormContent:
    isi = profile.isi
    document = Params.model_fields["dokumen_target"].default
    needed = needed_by(isi.indikator, isi.sumber, document)
    said = _said(root, unit)
    words = {
        name: _names(said, one.dari)
        if one.dari is not None
        else tuple(word.nama for word in one.kata.values())
        for name, one in isi.kosakata.items()
    }
    goals = said.get("sasaran")
    goals = {**isi.sasaran, **(goals if isinstance(goals, dict) else {})}
    return FormContent(unit, year, isi, goals, isi.indikator, needed, words)


def _said(root: Path, unit: str) -> Mapping[str, Any]:
    """Give what the unit's file says by now; anything odd there is told by a run."""
    layer = f"params/unit/{unit}.yaml"
    return read_yaml(root / layer, layer).data if (root / layer).exists() else {}


def _names(said: Mapping[str, Any], branch: str) -> tuple[str, ...]:
    """Name the words that the unit lists in a branch of its own."""
    inside = said.get("unit")
    listed = inside.get(branch) if isinstance(inside, dict) else None
    words = listed.values() if isinstance(listed, dict) else ()
    return tuple(str(one["nama"]) for one in words if isinstance(one, dict) and "nama" in one)


def _written(unit: str, year: int, profile: Profile) -> str:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  only where a unit is begun

    isi, words = profile.isi, profile.isi.kosakata.items()
    page = Environment(trim_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined)
    page.filters["comment"] = _comment
    template = files("pp39.starting").joinpath("unit.yaml.j2").read_text("utf-8")
    fields = {
        branch: [_field(name, one) for name, one in model.model_fields.items() if name != "tanggal"]
        for branch, model in (("unit", Unit), ("laporan", Laporan))
    }
    return page.from_string(template).render(
        unit=unit,
        year=year,
        profile=profile,
        isi=isi,
        fields=fields,
        bare={name: one.sebutan for name, one in words if not one.kata and one.dari is None},
        own={one.dari: one.sebutan for _, one in words if one.dari is not None},
    )


def _field(name: str, field: FieldInfo) -> str:
    required = field.is_required()
    told = _comment(f"{field.description}{' (required)' if required else ''}", "  ")
    default = "" if field.default is None else _flow(field.default)
    line = f"  {name}:" if required else f"  # {name}: {_SHAPES.get(name) or default}".rstrip()
    return f"{told}\n{line}"


def _flow(value: object) -> str:
    """Write a value as YAML on one line."""
    if isinstance(value, BaseModel):
        inside = ((name, getattr(value, name)) for name in type(value).model_fields)
        return f"{{{', '.join(f'{name}: {_flow(one)}' for name, one in inside)}}}"
    return "null" if value is None else str(value)


def _comment(text: str, indent: str = "") -> str:
    mark = f"{indent}# "
    return textwrap.fill(
        text, _WIDTH, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False
    )
