"""Tables of the report, laid out by ``tabel.yaml``: a section gives rows and the words it knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pp39.report.column import Align, Column, ColumnGroup
from pp39.report.inline import Part
from pp39.report.table import Content, Row, Table
from pp39.yamlfile import packaged

Words = Mapping[str, str | Sequence[str]]
_LAYOUTS: Mapping[str, Any] = packaged("report/sections/tabel.yaml")
_ALIGNED: Mapping[str, Align] = {"angka": "kanan", "tengah": "tengah"}


def tabel(
    name: str,
    rows: Sequence[Row | Sequence[Content]],
    *,
    tanpa: Collection[str] = (),
    notes: Sequence[Part] = (),
    **words: str | Sequence[str],
) -> Table:
    """Lay out a table.

    Parameters
    ----------
    name : str
        Its label, as ``tabel.yaml`` has it.
    rows : sequence
        Its rows.
    tanpa : collection of str
        Headers of columns it does without.
    notes : sequence of Part
        Notes that stand below it, after those it always has.
    **words : str or sequence of str
        What stands for the words in braces; a column is repeated for each word of a list.
    """
    own = _LAYOUTS[name]
    laid = {**_LAYOUTS[own["seperti"]], **own} if "seperti" in own else own
    return Table(
        name.format_map(words),
        laid["judul"].format_map(words),
        list(_columns(laid["kolom"], words, tanpa)),
        rows,
        heads=laid.get("nama_baris", 0),
        notes=[*(one.format_map(words) for one in laid.get("catatan", ())), *notes],
        wide="lebar" in laid,
        size=laid.get("ukuran", "biasa"),
        audit="audit" in laid,
    )


def _columns(
    given: Mapping[str, Any], words: Words, tanpa: Collection[str]
) -> Iterator[Column | ColumnGroup]:
    for header, spec in given.items():
        if header in tanpa:
            continue
        repeated = [k for k, v in words.items() if f"{{{k}}}" in header and not isinstance(v, str)]
        for word in words[repeated[0]] if repeated else [""]:
            told = {**words, repeated[0]: word} if repeated else words
            title = header.format_map(told)
            if isinstance(spec, Mapping):
                yield ColumnGroup(title, [*_columns(spec, told, tanpa)])
            else:
                *kind, width = str(spec).format_map(told).split()
                share = float(width) if width.replace(".", "").isdecimal() else width
                align = _ALIGNED[kind[0]] if kind else "kiri"
                yield Column(title, align, share, "polos" if kind == ["angka"] else "teks")
