"""A whole project of synthetic units: parameters, source data, and what says that it is made up."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from pp39.errors import ParameterError
from pp39.profile import load_profile

from .errors import PLANTED, Planted, chosen
from .rows import make_cases
from .unit import UnitPlan, ceilings, parameters, write_sources

__all__ = ["LEAST_ROWS", "SyntheticUnit", "generate"]

LEAST_ROWS = 100
"""Fewer orders would leave no room for every service, kind and planted error."""

_COPIED = ("params/regulasi", "notebooks", "requirements.lock")
_README = """# Data sintetis

Semua satuan kerja, pelanggan, responden, dan angka di folder ini **dibuat oleh program** dan bukan
data satuan kerja mana pun. Setiap laporan yang dibuat darinya memuat keterangan yang sama.

Dibuat dengan `python -m synth --units {units} --seed {seed} --rows {rows}`. Perintah yang sama
menghasilkan berkas yang sama. Laporan dibuat dengan `PP39_ROOT=<folder ini> pp39 report
--unit {first} --year {year} --quarter IV`.

Kesalahan yang sengaja ditanam pada setiap satuan kerja:

"""


@dataclass(frozen=True)
class SyntheticUnit:
    """A unit that was made up.

    Parameters
    ----------
    slug : str
        Its name in folders and commands.
    raw : pathlib.Path
        Folder of its source files.
    planted : tuple of Planted
        The errors in it.
    """

    slug: str
    raw: Path
    planted: tuple[Planted, ...]


def generate(
    project: Path, out: Path, *, units: int, seed: int, rows: int, year: int = 2025
) -> tuple[SyntheticUnit, ...]:
    """Make a project of synthetic units.

    Parameters
    ----------
    project : pathlib.Path
        Project whose registry of indicators, regulations and notebooks are taken over.
    out : pathlib.Path
        Folder to make it in; `PP39_ROOT` names it afterwards.
    units : int
        How many units.
    seed : int
        Where chance starts; the same seed gives the same bytes.
    rows : int
        Orders of each unit; as many survey answers, half IKM and half NPS.
    year : int
        Budget year.

    Returns
    -------
    tuple of SyntheticUnit
        In the order of their numbers.

    Raises
    ------
    ParameterError
        If a number is out of range, or the folder holds something already.
    """
    if units < 1 or seed < 0 or rows < LEAST_ROWS:
        raise ParameterError(
            f"synth got units {units}, seed {seed}, rows {rows}; there must be at least 1 unit and"
            f" {LEAST_ROWS} rows, and the seed must not be negative"
        )
    if out.exists() and any(out.iterdir()):
        raise ParameterError(f"{out} is not empty; name a new folder for the synthetic units")
    _take_over(project, out)
    registry = load_profile(project, "bskji").isi.model_dump(mode="json")
    made = []
    for number in range(1, units + 1):
        # A stream of its own for each unit: it does not change when there are more units.
        random = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, number])))
        plan = UnitPlan(
            number=number,
            slug=f"sintetis-{number:03d}",
            name=f"Balai Contoh {number:03d} (sintetis)",
            short=f"BC-{number:03d} (sintetis)",
            year=year,
            kro=ceilings(random),
            errors=chosen(number),
            indicators=registry["indikator"],
            goals=registry["sasaran"],
        )
        made.append(_write_unit(out, plan, rows, random))
    _write(out / "params" / "proyek.yaml", f"unit: {made[0].slug}\ntahun: {year}\n")
    (out / "README.md").write_text(
        _README.format(units=units, seed=seed, rows=rows, first=made[0].slug, year=year)
        + "".join(_listed(one) for one in made),
        encoding="utf-8",
    )
    return tuple(made)


def _take_over(project: Path, out: Path) -> None:
    """Copy what is not about a unit."""
    for name in _COPIED:
        source, target = project / name, out / name
        if source.is_dir():
            # Checkpoints and other hidden folders are nobody's input.
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _write_unit(out: Path, plan: UnitPlan, rows: int, random: np.random.Generator) -> SyntheticUnit:
    raw = out / "data" / "raw" / plan.slug / str(plan.year)
    raw.mkdir(parents=True)
    cases = make_cases(random, rows, plan.year, plan.kro, plan.errors)
    write_sources(raw, plan, cases, random)
    written = yaml.safe_dump(parameters(plan), allow_unicode=True, sort_keys=False, width=100)
    _write(out / "params" / "unit" / f"{plan.slug}.yaml", f"# Data sintetis.\n{written}")
    planted = tuple(one for one in PLANTED.values() if one.name in plan.errors)
    told = {
        "sintetis": True,
        "unit": plan.slug,
        "nama": plan.name,
        "kesalahan": [
            {
                "nama": one.name,
                "uraian": one.told,
                "pemeriksaan": one.check,
                "temuan": one.finding,
            }
            for one in planted
        ],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    _write(out / "sintetis" / f"{plan.slug}.json", f"{text}\n")
    return SyntheticUnit(plan.slug, raw, planted)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _listed(unit: SyntheticUnit) -> str:
    lines = [f"- {one.told} ({one.check or one.finding})" for one in unit.planted]
    return f"## {unit.slug}\n\n" + "\n".join(lines) + "\n\n"
