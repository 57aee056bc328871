"""What is wrong with a profile: each fault with its line and what would be right, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pp39.errors import nearest
from pp39.profile.checks_lint import check_checks
from pp39.profile.export import SPECS, Ekspor, HasilEkspor, names_in
from pp39.profile.files import KeyPath, Merged
from pp39.profile.finding import Pernyataan, subject_pattern
from pp39.profile.functions import known_functions
from pp39.profile.model import (
    KINDS,
    Kolom,
    KolomBulan,
    KolomKode,
    KolomPilihan,
    KolomPisah,
    KolomTeks,
    Parameter,
    Profil,
    Sumber,
)
from pp39.profile.wording import wanted_by
from pp39.told import told as shown

__all__ = ["checked"]

_PATH = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


def checked(merged: Merged) -> Profil | None:
    """Give the typed profile; add to the faults of `merged` everything that is wrong with it.

    Returns
    -------
    Profil or None
        None if it cannot be typed at all. It may be used only if `merged` has no faults.
    """
    profile, broken = _typed(merged, merged.data)
    if broken:
        # What is well formed is checked further, so that all faults are told together.
        profile, _ = _typed(None, _without(merged.data, broken))
    if profile is not None:
        _References(merged, profile).check()
        check_checks(merged, profile)
    return profile


class _References:
    """Checks of names that stand as values and must exist elsewhere in the profile."""

    def __init__(self, merged: Merged, profile: Profil) -> None:
        self._merged = merged
        self._profile = profile

    def check(self) -> None:
        """Check all of them."""
        sources = self._all("sumber")
        for number, name in enumerate(self._profile.urutan):
            self._known(name, sources, "sumber", ("urutan", str(number)))
        for name, one in self._profile.sumber.items():
            self._source(one, ("sumber", name), sources)
            for key, column in one.kolom.items():
                self._column(column, one, ("sumber", name, "kolom", key))
        for name, export in self._profile.ekspor.items():
            self._export(export, ("ekspor", name), sources)
        for name, parameter in self._profile.parameter.items():
            self._parameter(name, parameter)
        for name, stated in self._profile.pernyataan.items():
            self._statement(name, stated, sources)
        classes = [name.removeprefix("regulasi.") for name in self._all("parameter")]
        for code, indicator in self._profile.indikator.items():
            if indicator.klasifikasi is not None:
                where = ("indikator", code, "klasifikasi")
                self._known(indicator.klasifikasi, classes, "regulasi", where)
        rules = self._all("temuan")
        for id, rule in self._profile.temuan.items():
            for number, better in enumerate(rule.mengalah):
                self._known(better, rules, "temuan", ("temuan", id, "mengalah", str(number)))

    def _export(self, export: Ekspor, at: KeyPath, sources: Iterable[str]) -> None:
        for field in ("jenjang_sebelum", "tanggal"):
            if (named := getattr(export, field)) is not None:
                self._known(named, export.kolom, "kolom", (*at, field))
        for number, pattern in enumerate(export.satker):
            self._groups(pattern, 1, (*at, "satker", str(number)))
        for number, pattern in enumerate(export.periode):
            for group in re.compile(pattern).groupindex:
                self._known(group, ("bulan", "tahun"), "periode", (*at, "periode", str(number)))
        for name, result in export.hasil.items():
            here = (*at, "hasil", name)
            self._known(name, sources, "sumber", here)
            self._result(export, result, name, here)

    def _result(self, export: Ekspor, result: HasilEkspor, name: str, here: KeyPath) -> None:
        if result.baris is not None:
            self._known(result.baris, export.jenjang, "jenjang", (*here, "baris"))
        for loop, columns in result.untuk.items():
            for number, one in enumerate(columns):
                self._known(one, export.kolom, "kolom", (*here, "untuk", loop, str(number)))
        source = self._profile.sumber.get(name)
        clean = source.clean_names if source else (*result.kolom, *result.jumlahkan)
        for column in (*result.kolom, *result.jumlahkan, *(result.sekali if source else ())):
            self._known(column, clean, f"the source {name}", (*here, "kolom", column))
        for column, text in result.kolom.items():
            for word, spec in names_in(text):
                where = (*here, "kolom", column)
                self._known(word, sorted(export.names(result)), "the export", where)
                self._known(spec, ("", *SPECS, *export.daftar), "daftar", where)

    def _parameter(self, name: str, one: Parameter) -> None:
        at = ("parameter", name)
        if not _PATH.fullmatch(name):
            self._merged.fault(at, f"parameter {name} must be a name such as kelulusan.batas")
        if (one.jenis == "pilihan") != bool(one.pilihan):
            self._merged.fault(at, f"parameter {name}: jenis pilihan and pilihan go together")
            return
        if (one.jenis == "klasifikasi") != name.startswith("regulasi."):
            told = f"parameter {name}: what regulations fix is of jenis klasifikasi, regulasi.…"
            self._merged.fault(at, told)
            return
        if one.kosakata is not None:
            self._known(one.kosakata, self._all("kosakata"), "kosakata", (*at, "kosakata"))
        if one.tidak_melebihi is not None:
            others = self._all("parameter")
            self._known(one.tidak_melebihi, others, "parameter", (*at, "tidak_melebihi"))
        if one.jenis == "klasifikasi":
            return
        try:
            assert one.default is not Ellipsis
        except ValidationError as error:
            right = f"{shown(one.bawaan)}; {wanted_by(error.errors())}"
            self._merged.fault((*at, "bawaan"), f"parameter {name}: bawaan is {right}")

    def _statement(self, name: str, stated: Pernyataan, sources: Iterable[str]) -> None:
        at = ("pernyataan", name)
        if subject_pattern(name).fullmatch(stated.contoh) is None:
            told = f"pernyataan {name} has the contoh {stated.contoh}, which is not such a subject"
            self._merged.fault((*at, "contoh"), told)
        for hole in re.findall(r"\{(\w+)\}", stated.ledger or ""):
            self._known(hole, subject_pattern(name).groupindex, "its name", (*at, "ledger"))
        if stated.sumber is not None:
            self._known(stated.sumber, sources, "sumber", (*at, "sumber"))

    def _source(self, source: Sumber, at: KeyPath, sources: Iterable[str]) -> None:
        for number, name in enumerate(source.digantikan):
            self._known(name, sources, "sumber", (*at, "digantikan", str(number)))
        for number, name in enumerate(source.kunci):
            self._known(name, source.clean_names, "its columns", (*at, "kunci", str(number)))
        made = {name for key, one in source.kolom.items() for name in one.clean_names(key)}
        made |= set(source.induk.jadi) if source.induk else set()
        for name, parts in source.gabungan.items():
            for number, part in enumerate(parts):
                where = (*at, "gabungan", name, str(number))
                self._known(part, made, "its columns", where)
            made.add(name)
        if source.tempelan:
            for end in ("dari", "ke"):
                key = getattr(source.tempelan, end)
                self._known(key, source.kolom, "kolom", (*at, "tempelan", end))
            self._groups(source.tempelan.pola, 2, (*at, "tempelan", "pola"))
        if source.induk:
            self._groups(source.induk.pola, len(source.induk.jadi), (*at, "induk", "pola"))
        if source.posisi:
            self._groups(source.posisi.pola, 1, (*at, "posisi", "pola"))
        if source.turunan:
            where = (*at, "turunan", "fungsi")
            self._known(source.turunan.fungsi, known_functions("turunan"), "pp39", where)
        self._once(source, at)

    def _column(self, column: Kolom, source: Sumber, at: KeyPath) -> None:
        if column.satuan_dari is not None:
            self._known(column.satuan_dari, source.clean_names, "its columns", (*at, "satuan_dari"))
        if isinstance(column, KolomPilihan):
            self._known(column.daftar, self._all("kosakata"), "kosakata", (*at, "daftar"))
        elif isinstance(column, KolomTeks | KolomBulan) and isinstance(column.betulkan, str):
            lists = self._all("salah_cetak")
            self._known(column.betulkan, lists, "salah_cetak", (*at, "betulkan"))
        elif isinstance(column, KolomKode):
            self._code(column, at)
        elif isinstance(column, KolomPisah):
            self._parts(column, at)

    def _code(self, column: KolomKode, at: KeyPath) -> None:
        if column.bentuk is not None:
            self._known(column.bentuk, self._all("kode"), "kode", (*at, "bentuk"))
        if (column.bentuk is None) == (column.pola is None) or (
            (column.pola is None) != (column.contoh is None)
        ):
            told = f"{'.'.join(at)} must have either bentuk, or pola and contoh"
            self._merged.fault(at, told)

    def _parts(self, column: KolomPisah, at: KeyPath) -> None:
        count = re.compile(column.pola).groups
        for name, made_of in column.jadi.items():
            for number in re.findall(r"\{(.*?)\}", made_of) or [""]:
                if number not in map(str, range(1, count + 1)):
                    told = (
                        f"{'.'.join((*at, 'jadi', name))} is {made_of!r}; it must name parts of the"
                        f" pattern, which has {count}, as {{1}}"
                    )
                    self._merged.fault((*at, "jadi", name), told)

    def _groups(self, pattern: str, count: int, at: KeyPath) -> None:
        if (there := re.compile(pattern).groups) != count:
            told = f"{'.'.join(at)} must have {count} groups in brackets, but has {there}"
            self._merged.fault(at, told)

    def _once(self, source: Sumber, at: KeyPath) -> None:
        """Check that no two columns have one clean name or one header."""
        names: set[str] = set()
        headers: set[str] = set()
        for key, column in source.kolom.items():
            own = {" ".join(one.split()).casefold() for one in (column.judul, *column.ejaan)}
            for what, new, seen in (
                ("clean column", set(column.clean_names(key)), names),
                ("header", own, headers),
            ):
                if twice := sorted(new & seen):
                    told = f"the {what} {twice[0]} belongs to an earlier column too; name it apart"
                    self._merged.fault((*at, "kolom", key), told)
                seen.update(new)

    def _all(self, part: str) -> list[str]:
        """Name the entries of a part, those that are broken or were dropped too."""
        dropped = [path[1] for path in self._merged.dropped if path[:-1] == (part,)]
        return [*self._merged.data.get(part, {}), *dropped]

    def _known(self, name: str, known: Iterable[str], where: str, at: KeyPath) -> None:
        words = list(known)
        if name not in words:
            told = f"{'.'.join(at)} names {name}, which is not in {where}"
            self._merged.fault(at, f"{told}; {_nearest(name, words)}")


def _typed(merged: Merged | None, data: Mapping[str, Any]) -> tuple[Profil | None, set[KeyPath]]:
    try:
        return Profil.model_validate(data), set()
    except ValidationError as error:
        broken: dict[KeyPath, list[ErrorDetails]] = {}
        for one in error.errors():
            broken.setdefault(_path(one, data), []).append(one)
    if merged is not None:
        for path, errors in broken.items():
            merged.fault(path, _sentence(path, errors, merged))
    return None, set(broken)


def _without(data: Mapping[str, Any], broken: Iterable[KeyPath]) -> dict[str, Any]:
    """Give the tree without the entries that are broken: a source, a vocabulary, a setting."""
    kept = deepcopy(dict(data))
    for path in broken:
        here: Any = kept
        for key in path[:1]:
            here = here.get(key)
        if len(path) > 1 and isinstance(here, dict):
            here.pop(path[1], None)
        else:
            kept.pop(path[0], None)
    return kept


def _path(error: ErrorDetails, data: Any) -> KeyPath:
    """Find where in the tree an error is; pydantic adds tags of its own to the way."""
    path: KeyPath = ()
    parts = [str(part) for part in error["loc"]]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if isinstance(data, Mapping) and part in data:
            path, data = (*path, part), data[part]
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            path, data = (*path, part), data[int(part)]
        elif last and error["type"] in ("missing", "extra_forbidden"):
            path = (*path, part)
    return path


def _sentence(path: KeyPath, errors: list[ErrorDetails], merged: Merged) -> str:
    first, name = errors[0], ".".join(path)
    if first["type"] == "missing":
        return f"{name} is not set, but must be"
    if first["type"] == "extra_forbidden":
        return f"there is no {name}; {_nearest(path[-1], _names_at(path[:-1], merged.data))}"
    if first["type"] == "union_tag_invalid":
        name = f"{name}.jenis"
        return f"{name} is {first['ctx']['tag']}, which is no kind of column; " + _nearest(
            first["ctx"]["tag"], KINDS
        )
    value = first["input"]
    if first["type"] == "literal_error":
        words = re.findall(r"'([^']*)'", first["ctx"]["expected"])
        return f"{name} is {shown(value)}; {_nearest(str(value), words)}"
    if first["type"] == "value_error":
        return f"{name} is {shown(value)}: {first['ctx']['error']}"
    quoted = "; put it in quotation marks" if _needs_quotes(errors, value) else ""
    return f"{name} is {shown(value)}; {wanted_by(errors)}{quoted}"


def _needs_quotes(errors: list[ErrorDetails], value: object) -> bool:
    scalar = not isinstance(value, str | dict | list) and value is not None
    return scalar and any(one["type"] == "string_type" for one in errors)


def _names_at(path: KeyPath, data: Any) -> list[str]:
    """Name the fields of the branch at `path`."""
    annotation: Any = Profil
    for key in path:
        branch = _bare(annotation, data)
        if isinstance(branch, type) and issubclass(branch, BaseModel):
            annotation = branch.model_fields[key].annotation
        else:  # of a map the second, of a list the first
            annotation = get_args(branch)[get_origin(branch) is Mapping]
        data = data[int(key)] if isinstance(data, list) else data[key]
    return list(_bare(annotation, data).model_fields)


def _bare(annotation: Any, data: Any) -> Any:
    """Strip an annotation to what `data` is meant to be: of several kinds, that of ``jenis``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    kinds = [_bare(one, data) for one in get_args(annotation) if one is not NoneType]
    if len(kinds) > 1 and isinstance(data, dict):
        given = data.get("jenis", "teks")
        named = [one for one in kinds if hasattr(one, "model_fields")]
        if "jenis" not in named[0].model_fields:
            return named[0]
        return next((one for one in named if given in _words_of(one)), kinds[0])
    return kinds[0]


def _words_of(kind: type[BaseModel]) -> tuple[str, ...]:
    return get_args(kind.model_fields["jenis"].annotation)


def _nearest(word: str, words: Iterable[str]) -> str:
    known = list(words)
    near = nearest(word, known)
    return f"the nearest is {near}" if near else f"there are {', '.join(known) or 'none'}"
