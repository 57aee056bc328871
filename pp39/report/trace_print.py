"""The calculations in print: those of the figures in the chapters, in as few lines as they need.

Everything else about them stands in the page beside the PDF and in the ledger attached to it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from pp39.report.entry import Entry, Input, linked
from pp39.report.series import Group, Series, grouped, period_name, unit_behind
from pp39.report.text import typst_string

# A formula in words that is longer says no more than its numbers; a sum of more is cut short.
_WORDS, _TERMS = 140, 8
# Of more figures that nothing else in print tells, as of the quarter before, the page has them.
_MANY = "masukan yang dimuat dalam versi HTML"
_PARAMETER = re.compile(r"parameter \S+(?: \((?:params/(\w+))?.*\))?$")
_ROW = re.compile(r"\bbaris ([0-9]+)\b(?![–,] ?[0-9])")
# Who sets a parameter, by the folder of its layer.
_SETTERS = {"regulasi": "regulasi", "unit": "unit", "scenarios": "skenario"}


def trace_typst(
    entries: Mapping[str, Entry], shown: Container[str], files: Mapping[str, str]
) -> str:
    """Render calculations as Typst, in two columns, or three on a landscape page.

    Parameters
    ----------
    entries : mapping of str to Entry
        Entries by id, with all that series of them build on.
    shown : container of str
        Ids of those that are printed.
    files : mapping of str to str
        What files hold, by the words that places begin with, longer ones first.
    """
    groups = "\n".join(filter(None, (_group(one, shown, files) for one in grouped(entries))))
    return f"#jejak-berkolom[\n{groups}\n]\n" if groups else ""


def _group(group: Group, shown: Container[str], files: Mapping[str, str]) -> str:
    lines = []
    alike = _alike([one for one in group.lines if isinstance(one, Entry) and one.id in shown])
    told = {one.id for many in alike.values() for one in many}
    for one in (*group.lines, *group.tables):
        if isinstance(one, Entry):
            if one.id in shown and one.id not in told:
                lines.append(_entry(one, shown, files, alike.get(one.id, ())))
        elif members := [each for each in one.members if each.id in shown]:
            lines.append(_series(one, members, files))
    return "\n".join([f"#jejak-judul({typst_string(group.title)})", *lines]) if lines else ""


def _alike(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Give for a figure as in its source those below it that say the same, by its id."""
    raw = {one.id: one for one in entries if not one.formula}
    found: dict[str, list[Entry]] = {}
    for one in raw.values():
        above = raw.get(one.id.rpartition("/")[0])
        if above is not None and (above.text, above.unit) == (one.text, one.unit):
            found.setdefault(above.id, []).append(one)
    return found


def _call(name: str, *arguments: str) -> str:
    return f"#{name}({', '.join(arguments)})"


def _entry(
    one: Entry, shown: Container[str], files: Mapping[str, str], alike: Sequence[Entry] = ()
) -> str:
    head = [typst_string(one.id), typst_string(one.label), typst_string(unit_behind(one.unit))]
    result = typst_string(f"{one.exact} → " if one.rounded else ""), typst_string(one.text)
    if not one.formula:
        places = dict.fromkeys(_place(each.origin, files) for each in (one, *alike))
        others = "".join(f"{typst_string(each.id)}, " for each in alike)
        return _call("jm", *head, *result, typst_string("; ".join(places)), f"lain: ({others})")
    words, rest = "", list(one.inputs)
    if len(one.formula) <= _WORDS:
        pieces, rest = linked(one.formula, one.inputs)
        words = "".join(_piece(piece, shown) for piece in pieces)
    # An input without an entry is told with its origin, since nothing else tells it.
    told = [_inputs(many, shown, files) for many in _alike_but_rows(rest)]
    if len(one.inputs) > 1 and one.formula == " + ".join([one.inputs[0].label] * len(one.inputs)):
        words = f"#{typst_string(f'jumlah {len(one.inputs)} angka {one.inputs[0].label}')}"
    below = "".join(f"[{each}], " for each in (told if len(told) <= _TERMS else [_MANY]))
    numbers = typst_string("" if one.numbers == one.text else _cut(one.numbers))
    return _call("jh", *head, f"[{words}]", numbers, *result, f"masukan: ({below})")


def _place(origin: str, files: Mapping[str, str]) -> str:
    """Name the document that a place is in instead of its file, a parameter by who sets it.

    Examples
    --------
    >>> _place("ikpa.csv, baris 2, kolom Nilai", {"ikpa.csv": "Nilai IKPA"})
    'Nilai IKPA, baris 2, kolom Nilai'
    >>> _place("parameter regulasi.ikm.faktor (params/regulasi/2025.yaml)", {})
    'parameter regulasi'
    """
    if set_in := _PARAMETER.match(origin):
        return f"parameter {_SETTERS.get(set_in[1] or '', 'laporan')}"
    file = next((one for one in files if origin.startswith(f"{one}, ")), "")
    return f"{files[file]}{origin.removeprefix(file)}" if file else origin


def _cut(numbers: str) -> str:
    """Write a long sum with its first terms and its last.

    Examples
    --------
    >>> _cut(" + ".join("123456789"))
    '1 + 2 + … + 9'
    """
    terms = numbers.split(" + ")
    if len(terms) <= _TERMS:
        return numbers
    return f"{terms[0]} + {terms[1]} + … + {terms[-1]}"


def _piece(piece: Input | str, shown: Container[str]) -> str:
    if isinstance(piece, str):
        return f"#{typst_string(piece)}"
    if piece.id not in shown:
        return f"#{typst_string(piece.label)}"
    return f"#jl({typst_string(piece.id)}, {typst_string(piece.label)})"


def _input(one: Input, shown: Container[str], files: Mapping[str, str]) -> str:
    origin = f" ← {_place(one.origin, files)}" if one.origin else ""
    return f"{_piece(one, shown)}#{typst_string(f' = {one.text}{origin}')}"


def _alike_but_rows(inputs: Sequence[Input]) -> list[list[Input]]:
    """Put inputs without an entry together that differ by value and row alone."""
    found: dict[tuple[str, str], list[Input]] = {}
    for one in inputs:
        if not one.id:
            found.setdefault((one.label, _ROW.sub("", one.origin)), []).append(one)
    return list(found.values())


def _inputs(many: Sequence[Input], shown: Container[str], files: Mapping[str, str]) -> str:
    """Tell inputs that are alike in one line; their values stand in the numbers above it."""
    first, rows = many[0], [_ROW.search(one.origin) for one in many]
    if len(many) == 1 or not all(rows):
        return "; ".join(_input(one, shown, files) for one in many)
    numbers = ", ".join(row[1] for row in rows if row)
    place = _place(_ROW.sub(f"baris {numbers} (berurutan)", first.origin, count=1), files)
    return f"{_piece(first, shown)}#{typst_string(f' ← {place}')}"


def _series(series: Series, members: list[Entry], files: Mapping[str, str]) -> str:
    values = ", ".join(
        f'("{period_name(one.id)}", {typst_string(one.id)}, {typst_string(one.text)})'
        for one in members
    )
    origin = (
        f"← {_place(series.origin, files)}"
        if series.origin
        else f"jumlah {series.base} sejak Januari"
    )
    return _call(
        "jd",
        typst_string(series.label),
        typst_string(unit_behind(series.unit)),
        f"({values},)",
        typst_string(origin),
    )
