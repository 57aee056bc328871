"""What a rollup says, as data for other programs: JSON, and the rows added up, ``rincian.*``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from pp39.indicators.flat import FlatTable, Line
from pp39.numbers import plain_decimal
from pp39.report.form import layout
from pp39.rollup.activities import SUMMED
from pp39.rollup.compare import Indicator, Unit
from pp39.rollup.forms import COVERED, Bentuk, funds_of
from pp39.rollup.page import report_address
from pp39.rollup.rollup import Rollup
from pp39.rollup.sums import DETAILS
from pp39.rollup.tree import Branch

_FIGURES = ("pagu", "realisasi", "pagu-berdata", "rencana-serapan", "serapan", "rencana", "progres")
_OF_MEMBER = (
    *("unit", "nama", "badan", "kementerian", "dipa", "profil"),
    *("keadaan", "galat", "sintetis", "draf"),
)
_RANKS = ("indikator", "dinilai", "baik", "peringkat_serapan", "peringkat_kinerja")
_COUNTS = ("ro", "ro_berdata", "ro_di_bawah", "bulan")


def data_of(r: Rollup) -> dict[str, Any]:
    """Give units, indicators and forms as JSON data; what is not known is null."""
    return {
        "tahun": r.year,
        "triwulan": str(r.period),
        "run": r.choice.scenario,
        "satker": [_unit(r, one) for one in r.units],
        "indikator": [_indicator(r, one) for one in r.indicators],
        "formulir_b": [
            _branch(r, agency, kementerian=ministry.name, badan=agency.name)
            for ministry in r.ministries
            for agency in ministry.below
        ],
        "formulir_c": [_branch(r, one, kementerian=one.name) for one in r.ministries],
    }


def _unit(r: Rollup, one: Unit) -> dict[str, Any]:
    member = one.member
    return {
        **{name: getattr(member, name) for name in _OF_MEMBER},
        "dijumlahkan": member.reported and member.dijumlahkan,
        "dibandingkan": member.reported and member.dibandingkan,
        "tanggal": member.tanggal.isoformat() if member.tanggal else None,
        "tenggat": member.tenggat.isoformat() if member.tenggat else None,
        "laporan": report_address(r, one) or None,
        **{name: _number(value) for name, value in one.budget.items()},
        **one.outputs,
        **{name: getattr(one, name) if member.reported else None for name in _RANKS},
        "temuan": dict(member.temuan),
        "bertentangan": list(one.catatan),
    }


def _indicator(r: Rollup, one: Indicator) -> dict[str, Any]:
    spread = one.spread or (None, None, None)
    return {
        "kode": list(one.codes),
        "nama": one.name,
        "satuan": one.unit,
        "status": dict(sorted(one.statuses.items())),
        **dict(zip(("terkecil", "tengah", "terbesar"), map(_number, spread), strict=True)),
        "satker": {
            r.units[place].member.unit: asdict(each) for place, each in one.standings.items()
        },
    }


def _branch(r: Rollup, branch: Branch, **named: str) -> dict[str, Any]:
    ledger = r.sums.ledger
    found = {name: ledger.get(f"{branch.id}/{name}") for name in (*_FIGURES, "satker")}
    values = {name.replace("-", "_"): one and _number(one.value) for name, one in found.items()}
    told: Mapping[str, Any] = named or {"kode": branch.code, "nama": branch.name}
    funds = {
        codes[0]: _number(part.value)
        for codes in funds_of(layout("b", Bentuk))
        if (part := ledger.get(f"{branch.id}/dana/{codes[0]}"))
    }
    covered = {what.replace("-", "_"): r.sums.coverage(branch, what) for what in COVERED}
    coverage = {
        what: {"satker": int(one.some.value), "sebagian": int(one.part.value)}
        for what, one in covered.items()
    }
    beside = {
        "dana": funds,
        "cakupan": coverage,
        "bulan_fisik": sorted(r.sums.months(branch)),
    }
    return {**told, **values, **beside, "rincian": [_branch(r, one) for one in branch.below]}


def _number(value: Fraction | None) -> int | float | None:
    """Write a number for JSON: whole, or with six decimals as in the flat files."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(plain_decimal(value))


def write_details(r: Rollup, folder: Path) -> tuple[Path, Path]:
    """Write ``rincian.csv`` and ``rincian.parquet``, in the order the sums speak of."""
    return FlatTable.declared(DETAILS).write(_rows(r), folder)


def _rows(r: Rollup) -> Iterator[Line]:
    reporting = [one for one in r.members if one.reported]
    columns = {
        one: r.rows[one].to_pylist()
        for one in ("nomor", "program", "kegiatan", *SUMMED, *_COUNTS, "dana")
    }
    inside = f"{r.year}/{r.period}/{r.choice.scenario}/anggaran.parquet"
    for place, number in enumerate(columns["nomor"]):
        member = reporting[number]
        money = {one: columns[one][place] for one in SUMMED}
        yield {
            "kementerian": member.kementerian,
            "badan": member.badan,
            "program": columns["program"][place],
            "kegiatan": columns["kegiatan"][place],
            "unit": member.unit,
            "nama": member.title,
            **{name: None if one is None else Fraction(one) for name, one in money.items()},
            **{one: columns[one][place] for one in _COUNTS},
            "dana": columns["dana"][place],
            "run": f"{member.unit}/{inside}",
        }
