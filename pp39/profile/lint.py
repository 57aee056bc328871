"""What is wrong with a profile: each fault with its line and what would be right, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from pp39.profile.checks_lint import check_checks
from pp39.profile.column import (
    Kolom,
    KolomBerwaktu,
    KolomBulan,
    KolomKode,
    KolomPilihan,
    KolomPisah,
    KolomTanggal,
    KolomTeks,
    Personal,
)
from pp39.profile.export import SPECS, Ekspor, HasilEkspor, names_in
from pp39.profile.files import Merged
from pp39.profile.finding import Pernyataan, subject_pattern
from pp39.profile.functions import known_functions
from pp39.profile.indicator import Indikator
from pp39.profile.model import Profil
from pp39.profile.parameter import Klasifikasi, Parameter
from pp39.profile.source import Sumber
from pp39.profile.vocabulary import Kosakata, twice_spelt
from pp39.profile.wording import MISSING, explained
from pp39.yamlfile import KeyPath, packaged

_PATH = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_NUMBER = r"\b(?:no(?:mor)?\.?|nomer)\s*"
_OF_A_PERSON: Mapping[Personal, re.Pattern[str]] = {
    kind: re.compile("|".join(patterns).replace("{nomor}", _NUMBER))
    for kind, patterns in packaged("profile/orang.yaml").items()
}


def checked(merged: Merged) -> tuple[Profil | None, bool]:
    """Give the typed profile; add to the faults of `merged` everything that is wrong with it.

    Returns
    -------
    profile : Profil or None
        None if it cannot be typed at all. It may be used only if `merged` has no faults.
    sound : bool
        Whether it lacks no more than settings that are not well formed, so that its formulas can
        be understood.
    """
    sound = not merged.faults
    profile, broken = _typed(merged, merged.data)
    told = len(merged.faults)
    # What is well formed is checked further, so that all faults are told together.
    for depth in (3, 2):
        if profile is None:
            profile, _ = _typed(None, _without(merged.data, broken, depth))
            sound = sound and depth == 3
    if profile is not None:
        _References(merged, profile).check()
        check_checks(merged, profile)
    return profile, sound and told == len(merged.faults)


class _References:
    """Checks of names that stand as values and must exist elsewhere in the profile."""

    def __init__(self, merged: Merged, profile: Profil) -> None:
        self._merged = merged
        self._profile = profile
        self._known, self._named = merged.known, merged.named

    def check(self) -> None:
        """Check all of them."""
        sources = self._all("sumber")
        for name, vocabulary in self._profile.kosakata.items():
            self._vocabulary(vocabulary, ("kosakata", name, "kata"))
        for name, form in self._profile.kode.items():
            self._example(form.pola, form.contoh, ("kode", name))
        self._coded("a sasaran", "sasaran", self._profile.sasaran)
        self._named(self._profile, ["urutan"], sources, "sumber", ())
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
        for code, indicator in self._profile.indikator.items():
            self._indicator(code, indicator)
        rules = self._all("temuan")
        for id, rule in self._profile.temuan.items():
            self._named(rule, ["mengalah"], rules, "temuan", ("temuan", id))
            for at, name in _sources_in(rule.shapes, ("temuan", id, "periksa")):
                self._known(name, sources, "sumber", at)

    def _coded(self, what: str, part: str, codes: Iterable[str]) -> None:
        """Hold the codes of a part to the form that the profile has for them."""
        form = self._profile.kode.get(part)
        if form is None or re.fullmatch(form.pola, form.contoh) is None:
            return  # the form itself is told of
        for code in codes:
            if re.fullmatch(form.pola, code) is None:
                told = f"{code} is no code of {what} of this profile; write one such as"
                self._merged.fault((part, code), f"{told} {form.contoh}, or change kode.{part}")

    def _vocabulary(self, one: Kosakata, at: KeyPath) -> None:
        for slug, below, spelling, other in twice_spelt(one.kata):
            here = (*at, slug, *below)
            told = f"{'.'.join(here)} is the spelling {spelling!r}, which {other} has as well"
            self._merged.fault(here, f"{told}; leave it with one of the two")

    def _example(self, pattern: str, example: str, at: KeyPath) -> None:
        if re.fullmatch(pattern, example) is None:
            told = f"{'.'.join(at)} has the contoh {example}, which is not of its pola, {pattern}"
            self._merged.fault((*at, "contoh"), told)

    def _indicator(self, code: str, given: Indikator) -> None:
        """Hold the codes of an indicator to the forms and the goals that the profile has."""
        at = ("indikator", code)
        self._coded("an indicator", "indikator", [code])
        if goals := self._all("sasaran"):
            self._named(given, ["kode_sasaran"], goals, "sasaran", at)
        if given.klasifikasi is not None:
            classes = [name.removeprefix("regulasi.") for name in self._all("parameter")]
            here = (*at, "klasifikasi")
            self._known(given.klasifikasi, classes, "regulasi", here)
            own = self._profile.parameter.get(f"regulasi.{given.klasifikasi}")
            if own is not None and isinstance(own.bawaan, Mapping):
                with suppress(ValidationError):  # told where the classes stand
                    if wrong := Klasifikasi.model_validate(own.bawaan).beyond(given.skala):
                        name = given.klasifikasi
                        self._merged.fault(here, f"{code}: klasifikasi {name} {wrong}")

    def _export(self, export: Ekspor, at: KeyPath, sources: Iterable[str]) -> None:
        self._named(export, ["jenjang_sebelum", "tanggal"], export.kolom, "kolom", at)
        self._named(export, ["versi_menurut"], self._profile.parameter, "parameter", at)
        if export.utuh is not None:
            self._named(export.utuh, ["kolom"], export.kolom, "kolom", (*at, "utuh"))
            self._named(export.utuh, ["bagian", "jumlah"], export.jenjang, "jenjang", (*at, "utuh"))
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
        self._named(result, ["baris"], export.jenjang, "jenjang", here)
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
        self._named(one, ["kosakata"], self._all("kosakata"), "kosakata", at)
        self._named(one, ["tidak_melebihi"], self._all("parameter"), "parameter", at)
        if one.jenis == "klasifikasi" and one.bawaan is None:
            return
        try:
            assert one.default is not Ellipsis
        except ValidationError as error:
            for path, told in explained(error, one.bawaan, one.annotation, "bawaan").items():
                self._merged.fault((*at, "bawaan", *path), f"parameter {name}: {told}")

    def _statement(self, name: str, stated: Pernyataan, sources: Iterable[str]) -> None:
        at = ("pernyataan", name)
        if subject_pattern(name).fullmatch(stated.contoh) is None:
            told = f"pernyataan {name} has the contoh {stated.contoh}, which is not such a subject"
            self._merged.fault((*at, "contoh"), told)
        for hole in re.findall(r"\{(\w+)\}", stated.ledger or ""):
            self._known(hole, subject_pattern(name).groupindex, "its name", (*at, "ledger"))
        self._named(stated, ["sumber", "pengganti"], sources, "sumber", at)

    def _source(self, source: Sumber, at: KeyPath, sources: Iterable[str]) -> None:
        self._named(source, ["digantikan"], sources, "sumber", at)
        self._named(source, ["kunci"], source.clean_names, "the source", at)
        if source.kunci and source.monthly and "bulan" not in source.kunci:
            told = f"{'.'.join((*at, 'kunci'))} lacks bulan, which columns for each month need"
            right = ", ".join((*source.kunci, "bulan"))
            self._merged.fault((*at, "kunci"), f"{told}; write [{right}]")
        made = {name for key, one in source.kolom.items() for name in one.clean_names(key)}
        made |= set(source.induk.jadi) if source.induk else set()
        for name, parts in source.gabungan.items():
            for number, part in enumerate(parts):
                where = (*at, "gabungan", name, str(number))
                self._known(part, made, "the source", where)
            made.add(name)
        if source.tempelan:
            ends = ["dari", "ke"]
            self._named(source.tempelan, ends, source.kolom, "kolom", (*at, "tempelan"))
            self._groups(source.tempelan.pola, 2, (*at, "tempelan", "pola"))
        if source.induk:
            self._groups(source.induk.pola, len(source.induk.jadi), (*at, "induk", "pola"))
        if source.posisi:
            self._groups(source.posisi.pola, 1, (*at, "posisi", "pola"))
        if source.turunan:
            functions = known_functions("turunan")
            self._named(source.turunan, ["fungsi"], functions, "pp39", (*at, "turunan"))
        self._once(source, at)

    def _column(self, column: Kolom, source: Sumber, at: KeyPath) -> None:
        self._named(column, ["satuan_dari"], source.clean_names, "the source", at)
        self._of_a_person(column, source, at)
        if isinstance(column, KolomPilihan):
            self._named(column, ["daftar"], self._all("kosakata"), "kosakata", at)
        elif isinstance(column, KolomTeks | KolomBulan) and isinstance(column.betulkan, str):
            self._named(column, ["betulkan"], self._all("salah_cetak"), "salah_cetak", at)
        if isinstance(column, KolomBerwaktu):
            dates = [key for key, one in source.kolom.items() if isinstance(one, KolomTanggal)]
            self._named(column, ["dari"], dates, "the source as a column of dates", at)
        elif isinstance(column, KolomKode):
            self._code(column, at)
        elif isinstance(column, KolomPisah):
            self._parts(column, at)

    def _of_a_person(self, column: Kolom, source: Sumber, at: KeyPath) -> None:
        """Refuse to publish what by its header is a person's, and to mix two of one kind."""
        others = [key for key, one in source.kolom.items() if one.pribadi == column.pribadi]
        if column.pribadi not in (None, "lain") and at[-1] in others[1:]:
            told = f"{'.'.join(at)} is {column.pribadi} as {others[0]} is; only one tells who it is"
            self._merged.fault(at, f"{told}; write pribadi: lain for the other")
        if column.pribadi is not None or isinstance(column, KolomPilihan):
            return
        # Open texts are masked by what they look like, and veiled beside personal columns.
        text = isinstance(column, KolomTeks) and not column.pengenal
        veiled = text and any(one.pribadi for one in source.kolom.values())
        known = ("nik", "nip", "telepon", "email") if text else ()
        for kind in () if veiled else [one for one in _OF_A_PERSON if one not in known]:
            found = filter(None, map(_OF_A_PERSON[kind].search, (column.judul, *column.ejaan)))
            if (one := next(found, None)) is not None:
                told = f"{'.'.join(at)} is the {one[0]} of a person, which would be published"
                self._merged.fault(at, f"{told}; write pribadi: {kind}")

    def _code(self, column: KolomKode, at: KeyPath) -> None:
        self._named(column, ["bentuk"], self._all("kode"), "kode", at)
        if (column.bentuk is None) == (column.pola is None) or (
            (column.pola is None) != (column.contoh is None)
        ):
            told = f"{'.'.join(at)} must have either bentuk, or pola and contoh"
            self._merged.fault(at, told)
        elif column.pola is not None:
            self._example(column.pola, column.contoh or "", at)

    def _parts(self, column: KolomPisah, at: KeyPath) -> None:
        self._example(column.pola, column.contoh, at)
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


def _sources_in(node: object, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Find the sources that a shape of contradiction names, with their places."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "sumber" and isinstance(value, str) and "{" not in value:
                yield (*at, key), value
            elif key not in ("pilih", "sama"):  # what stands below is the name of a column
                yield from _sources_in(value, (*at, key))
    elif isinstance(node, list | tuple):
        for number, value in enumerate(node):
            yield from _sources_in(value, (*at, str(number)))


def _typed(merged: Merged | None, data: Mapping[str, Any]) -> tuple[Profil | None, set[KeyPath]]:
    try:
        return Profil.model_validate(data), set()
    except ValidationError as error:
        broken = explained(error, data, Profil)
    if merged is not None:
        patterns = data.get("pola") or {}
        for path, told in broken.items():
            one = (data.get("indikator") or {}).get(path[1]) if path[:1] == ("indikator",) else None
            # What an unknown pattern would have said is not missing besides.
            lost = isinstance(one, dict) and one.get("pola") not in (None, *patterns)
            if not (lost and told.endswith(MISSING)):
                merged.fault(path, told)
    return None, set(broken)


def _without(data: Mapping[str, Any], broken: Iterable[KeyPath], depth: int) -> dict[str, Any]:
    """Give the tree without what is broken: a source or a vocabulary, deeper a setting of one."""
    kept = deepcopy(dict(data))
    for path in broken:
        here: Any = kept
        for key in path[: min(depth, len(path)) - 1]:
            here = here.get(key) if isinstance(here, dict) else None
        if isinstance(here, dict):
            here.pop(path[:depth][-1], None)
        else:
            kept.pop(path[0], None)
    return kept
