"""What the report of the quarter before said, left open or promised, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pp39.characters import capital
from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Prose
from pp39.report.inline import Reference
from pp39.report.sections.bahan import (
    SESUAI_JALUR,
    SUDAH_TERCAPAI,
    TERCAPAI,
    Bahan,
    Capaian,
    Rekam,
)
from pp39.report.sections.hambatan import nama_lingkup
from pp39.report.sections.kalimat import (
    banyaknya,
    deret,
    kalimat_utuh,
    kutip,
    triwulan,
)
from pp39.report.sections.penilaian import Isian, baca_kendala
from pp39.report.sections.tabel import tabel
from pp39.report.table import Content, Row, Table

_FINE = (TERCAPAI, SUDAH_TERCAPAI, SESUAI_JALUR)
_OBSTACLE, _STEP = "kendala", "tindak lanjut"
#: What stands where the same is said again.
_AGAIN = {_OBSTACLE: "Masih dihadapi.", _STEP: "Masih dilaksanakan."}

Notes = dict[tuple[str, str], list[Isian]]
"""What was noted, by kind and by indicator or scope."""


def sejak_laporan_lalu(b: Bahan) -> list[Block]:
    """Hold what the last report said against now; nothing unless it was sent."""
    said = {one.teks("kode"): one for one in b.rekam("laporan_lalu")}
    if not said or b.quarter is Quarter.I:
        return []
    before = Quarter(b.quarter.number - 1)
    notes = _reported(b, before)
    told = [
        (one, said[one.kode], promise)
        for one in b.capaian()
        if one.kode in said
        and (
            (promise := " ".join(_sentences(notes.get((_STEP, one.kode), []))))
            or said[one.kode].teks("status") not in _FINE
        )
    ]
    blocks = _absorbed(b, before)
    if told:
        blocks += [
            Prose(
                "Laporan ",
                triwulan(before),
                " menyebut ",
                banyaknya(told),
                " indikator yang belum sesuai dengan rencana atau memiliki tindak lanjut;"
                " keadaannya kini disajikan pada ",
                Reference("tabel-sejak-lalu"),
                ".",
            ),
            _table(told, before),
        ]
    shown = {one.kode for one, _, promise in told if promise}
    return [*blocks, *_words(b, before, {k: v for k, v in notes.items() if k[1] not in shown})]


def _noted(b: Bahan, quarter: Quarter) -> Notes:
    """Give what the sources say of a quarter."""
    found: Notes = {}
    for kind, source in ((_OBSTACLE, "kendala"), (_STEP, "tindak_lanjut")):
        for rows, scope, column in (("pelaksanaan", "kode", source), (source, "lingkup", "uraian")):
            for row in b.rekam(rows, triwulan=str(quarter)):
                if note := row.teks(column):
                    key = kind, row.teks(scope)
                    found.setdefault(key, []).append(baca_kendala(note, b.desks))
    return found


def _reported(b: Bahan, before: Quarter) -> Notes:
    """Give what the last report said; where the sources tell it, too, they count."""
    told: Notes = {}
    for row in b.rekam("hambatan_lalu"):
        key = row.teks("jenis"), row.teks("lingkup")
        told.setdefault(key, []).append(baca_kendala(row.teks("uraian"), b.desks))
    return told | _noted(b, before)


def _sentences(notes: Iterable[Isian]) -> list[str]:
    return [kalimat_utuh(one.teks) for one in notes if one.jenis == "ada"]


def _absorbed(b: Bahan, before: Quarter) -> list[Block]:
    """Tell the absorption that was reported, beside that of now."""
    whole = next(b.rekam("serapan_lalu", jenjang="total"), None)
    then = _printed(whole, "serapan", "%")
    now = b.q("serapan/total/persen")
    if then is None or now is None:
        return []
    spent = _printed(whole, "realisasi", "Rp")
    return [
        Prose(
            "Serapan anggaran dalam laporan ",
            triwulan(before),
            " ialah ",
            then,
            *(deret(" (", spent, ")") if spent else []),
            "; kini ",
            now,
            ".",
        )
    ]


def _words(b: Bahan, before: Quarter, said: Notes) -> list[Block]:
    """Set obstacles and steps that were told beside what is told of the same now."""
    now = _noted(b, b.quarter)
    rows: list[Row] = []
    for kind in (_OBSTACLE, _STEP):
        of_kind = {scope: _sentences(notes) for (one, scope), notes in said.items() if one == kind}
        scopes = {scope: texts for scope, texts in of_kind.items() if texts}
        if scopes:
            rows.append(Row(capital(kind), kind="kelompok"))
        for scope, texts in scopes.items():
            current = now.get((kind, scope), [])
            again = _sentences(current)
            kept = [_AGAIN[kind]] if set(texts) & set(again) else []
            new = [kutip(one) for one in again if one not in texts]
            nothing = [f"Tidak ada {kind}."] if {one.jenis for one in current} == {"nihil"} else []
            label = kutip(scope if scope in b.params.indikator else nama_lingkup(scope))
            rows.append(Row(label, [kutip(one) for one in texts], [*kept, *new] or nothing or None))
    if not rows:
        return []
    return [
        Prose(
            "Kendala dan tindak lanjut dalam laporan ",
            triwulan(before),
            ", beserta keadaannya kini, disajikan pada ",
            Reference("tabel-hambatan-lalu"),
            ".",
        ),
        tabel("tabel-hambatan-lalu", rows),
    ]


def _table(told: list[tuple[Capaian, Rekam, str]], before: Quarter) -> Table:
    promised = any(promise for _, _, promise in told)
    return tabel(
        "tabel-sejak-lalu",
        [Row(*_cells(one, then, promise if promised else None)) for one, then, promise in told],
        tanpa=() if promised else ("Tindak lanjut yang tercatat",),
        lalu=str(before),
    )


def _cells(one: Capaian, then: Rekam, promise: str | None) -> list[Content]:
    unit = one.realisasi.unit if one.realisasi is not None else None
    return [
        kutip(one.kode),
        kutip(one.singkat or one.indikator.nama),
        *([] if promise is None else [kutip(promise) or None]),
        _printed(then, "realisasi", unit),
        kutip(then.teks("status")) or None,
        one.realisasi,
        one.status,
    ]


def _printed(said: Rekam | None, column: str, unit: str | None) -> Quantity | None:
    """Give a figure as the report printed it: the file of a run has more decimals."""
    value = None if said is None else said.angka(column, satuan=unit)
    return value and replace(value, decimals=2 if value.unit == "%" else None)
