"""What a typed report says of the indicators against a run made from the unit's data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from pp39.errors import MissingInput
from pp39.findings import Finding
from pp39.findings.printed import agreement, digits
from pp39.review.hit import Look

_MEASURES = ("target", "realisasi", "capaian")


def against_run(look: Look, processed: Path) -> Iterator[Finding]:
    """Hold targets, realisations and achievements against ``indikator.csv`` of a run.

    Parameters
    ----------
    look : Look
        The report, read with the indicators of the unit's profile.
    processed : pathlib.Path
        Folder of the run below ``data/processed``.

    Raises
    ------
    pp39.errors.MissingInput
        If the run was not made.
    """
    path = processed / "indikator.csv"
    if not path.is_file():
        raise MissingInput(f"{path} is not there; make the unit's report of that quarter first")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = {row["kode"].replace(" ", ""): row for row in csv.DictReader(stream)}
    for one in look.said:
        row = rows.get(one.subject)
        value = row.get(one.measure) if row and one.measure in _MEASURES else None
        if row is None or not value or one.period.month:
            continue
        exact = Fraction(value)
        if agreement(one.printed, exact) in ("sama", "pembulatan"):
            continue
        shown = digits(exact, one.printed, least=2)
        yield Finding(
            "data-unit",
            "material",
            str(one.place),
            f"{row['kode']}/{one.measure}",
            one.text.strip(),
            shown,
            f"{one.measure.capitalize()} {row['kode']} {row['indikator']} tertulis"
            f" {one.text.strip()}, sedangkan data satuan kerja memberi {shown}.",
            row["ledger_id"] if one.measure == "realisasi" else "",
            membandingkan="angka laporan dengan data satuan kerja",
        )
