"""What a typed report says as rows of ``pernyataan.csv``, also as the statements of a unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pp39 import handout
from pp39.errors import MissingInput, ParameterError
from pp39.findings.printed import digits, read_printed
from pp39.profile.finding import subject_pattern
from pp39.profile.model import Profil
from pp39.review.hit import Look
from pp39.review.saying import Said

STATEMENTS = ("Subjek", "Uraian", "Nilai", "Satuan", "Periode", "Jenis", "Letak")
"""Columns of ``pernyataan.csv``."""
_SOURCE = "pernyataan.csv"
_NO_CODE = re.compile(r"[^A-Za-z0-9._/]+")
"""What the code of a subject cannot hold."""
_CODED = re.compile(r"^([A-Z]+)(?=[0-9])")
_DASHED = r"\1-"


def save(path: Path, look: Look) -> None:
    """Save what the report says in the columns of ``pernyataan.csv``."""
    handout.write(path, STATEMENTS, statements(look))


def store(raw: Path, look: Look, profile: Profil) -> tuple[Path, int]:
    """Store what the report says of the subjects a profile knows as statements of a unit.

    Parameters
    ----------
    raw : pathlib.Path
        Folder of the unit's source data of a year.
    look : Look
        The report, read with the profile of the unit.
    profile : pp39.profile.model.Profil
        Its list of subjects.

    Raises
    ------
    pp39.errors.ParameterError
        If the unit has statements already; they are never written over.
    pp39.errors.MissingInput
        If the report says nothing of what the profile knows.
    """
    path = raw / _SOURCE
    if path.exists():
        raise ParameterError(f"{path} is there already; move it away, or save as a file of .csv")
    rows = known(statements(look), profile)
    if not rows:
        raise MissingInput(
            f"{look.report.name} says nothing of an indicator or output of the unit's profile;"
            " --unit or --save may name another unit than the report's"
        )
    handout.write(path, STATEMENTS, rows)
    return path, len(rows)


def known(rows: list[tuple[str, ...]], profile: Profil) -> list[tuple[str, ...]]:
    """Give the rows whose subject a profile lists, called as it calls it."""
    codes = {code.replace(" ", "-") for code in profile.indikator}
    patterns = [subject_pattern(one) for one in profile.pernyataan if one.startswith("{kode}/")]
    shapes = _shapes(profile)
    found = []
    for subject, *rest in rows:
        code, _, tail = subject.partition("/")
        if code in codes and any(one.fullmatch(subject) for one in patterns):
            found.append((subject, *rest))
        elif template := shapes.get((_shape(code), tail)):
            found.append((template.format(code), *rest))
    return found


def _shapes(profile: Profil) -> Mapping[tuple[str, str], str]:
    """Give the subjects with one code, by the shape of the code in its example and what follows."""
    found: dict[tuple[str, str], str] = {}
    for template, one in sorted(profile.pernyataan.items()):
        match = subject_pattern(template).fullmatch(one.contoh)
        if match is None or len(match.groupdict()) != 1 or template.startswith("{kode}/"):
            continue
        before, after = template.split("{")[0], template.split("}")[1]
        shape = _shape(*match.groupdict().values())
        if "." in shape:
            found.setdefault((shape, after.strip("/")), f"{before}{{}}{after}")
    return found


def _shape(code: str) -> str:
    return re.sub("[A-Z]", "A", re.sub("[0-9]", "9", code))


def statements(look: Look) -> list[tuple[str, ...]]:
    """Give the figures with a subject as rows."""
    return [
        (
            _NO_CODE.sub("-", f"{_CODED.sub(_DASHED, one.subject)}/{one.measure}")
            .replace("-/", "/")
            .strip("-/"),
            f"{one.measure} {look.subjects.title(one.subject)}",
            _value(one),
            "%" if one.printed.percent else one.printed.unit,
            str(one.period),
            "angka",
            str(one.place),
        )
        for one in look.said
    ]


def _value(one: Said) -> str:
    """Give a figure as it is printed, or in full where it is told in millions."""
    text = one.text.strip().rstrip("*†")
    printed = read_printed(text)
    scaled = printed is None or printed.value != one.printed.value
    return digits(one.printed.value) if scaled else text
