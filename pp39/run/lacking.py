"""What a unit has still to fill in: told in one list instead of one error after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pp39.errors import InputError, ParameterError, Pp39Error
from pp39.params.model import Laporan, Params, Unit
from pp39.profile import load_profile
from pp39.profile.files import split_profile
from pp39.yamlfile import Document, KeyPath, read_yaml

_CONTRACT: tuple[KeyPath, ...] = (("sasaran",), ("indikator",))


def unfinished(root: Path, unit: str, year: int, error: ParameterError) -> ParameterError:
    """Tell all that is still to be filled in for a unit, where that is what an error is about.

    Returns
    -------
    ParameterError
        One with the list in place of the sentences about empty fields, the unit's data included;
        `error` itself where no field is empty.
    """
    layer = f"params/unit/{unit}.yaml"
    try:
        document = read_yaml(root / layer, layer)
    except Pp39Error:
        return error
    blank = dict(_blank(document))
    if not blank:
        return error
    told = ", ".join(f"{'.'.join(path)}{where}" for path, where in blank.items())
    rest = [one for one in error.sentences if not _is_about(one, document, blank)]
    return ParameterError(
        f"{layer} is still to be filled in: {told}", *rest, *_data(root, unit, year, document)
    )


def _blank(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Give the required fields that are empty, each with its line."""
    vocabularies = _inside(document.data, "profil", "kosakata")
    required: list[KeyPath] = [("profil", "kosakata", name, "kata") for name in vocabularies]
    required = [path for path in (*required, *_CONTRACT) if path in document.places]
    for branch, model in (("unit", Unit), ("laporan", Laporan)):
        fields = model.model_fields.items()
        required += [(branch, name) for name, one in fields if one.is_required()]
    for path in required:
        # The date of the report is the day its form is due where nobody sets it.
        if path == ("laporan", "tanggal"):
            continue
        if _inside(document.data, *path[:-1]).get(path[-1]) in (None, {}):
            place = document.places.get(path)
            yield path, f" (line {place.line})" if place is not None else ""


def _inside(data: Any, *path: str) -> dict[str, Any]:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _is_about(sentence: str, document: Document, blank: dict[KeyPath, str]) -> bool:
    """Tell whether a sentence says that one of the empty fields is empty."""
    if any(f"parameter {'.'.join(path)} is " in sentence for path in blank):
        return True
    lines = {document.places[path].line for path in blank if path in document.places}
    found = re.search(r"line (\d+)", sentence)
    return found is not None and int(found[1]) in lines


def _data(root: Path, unit: str, year: int, document: Document) -> tuple[str, ...]:
    """Say which sources the unit has still to deliver."""
    # These take a second or two to import.
    from pp39.indicators.formulas import needed_by  # noqa: PLC0415
    from pp39.sources import delivered, sources_of  # noqa: PLC0415
    from pp39.sources.delivery import due  # noqa: PLC0415
    from pp39.sources.workbook import read_form  # noqa: PLC0415
    from pp39.together import Together  # noqa: PLC0415

    targets = Params.model_fields["dokumen_target"].default
    together = Together()
    try:
        profile = load_profile(root, split_profile(document)[1])
        sources = sources_of(profile)
        needed = needed_by(profile.isi.indikator, sources, targets)
        delivery = delivered(sources, root / "data" / "raw" / unit / str(year))
        form = read_form(sources, delivery.form, together) if delivery.form is not None else {}
        # In which quarter they are asked for first, its own report tells.
        delivery.wanted(sources, together, due(needed, sources, 1), form)
        together.insist()
    except InputError as error:
        return error.sentences
    except ParameterError:
        return ()
    return ()
