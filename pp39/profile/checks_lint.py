"""What is wrong with the checks of a profile: expectations, arguments, rows, columns, sentences."""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from pp39.profile.check import Langkah, Lengkap, Periksa, Potongan, expanded
from pp39.profile.column import comparable
from pp39.profile.condition import DAYS, conditions
from pp39.profile.expectations import COLUMNS, KNOWN, columns_among, of_rows
from pp39.profile.files import Merged
from pp39.profile.functions import known_functions
from pp39.profile.model import Profil
from pp39.profile.wording import wanted_by
from pp39.yamlfile import KeyPath

LISTS = (
    "daftar_indikator",
    "indikator",
    "sasaran",
    "target",
    "unit.ro_di_luar_dipa",
)
"""Maps of the parameters that a reference may name, besides sources and vocabularies."""

_FORMATS = ("", "rp", "angka", "bulan", "frasa", "berkas")
_GIVEN = ("_kolom", "_isi", "saran", "hint")

_Names = Collection[str]
_READ_AND_MADE: Mapping[str, Callable[[Any], tuple[_Names, _Names]]] = MappingProxyType(
    {
        "ada": lambda given: (given, ()),
        "tunggal": lambda given: (given, ()),
        "sebelum": lambda given: (
            [
                *(given.kolom, *given.per, *given.menurut),
                *(one for one in (given.dari, given.awal) if one),
            ],
            ("sebelum",),
        ),
        "urut": lambda given: ([given.kolom, *given.per], ("sebelum", "berikut")),
        "pertama": lambda given: ([*given.per, *given.ambil.values()], list(given.ambil)),
        "bagi": lambda given: ([given.kolom], given.added),
        "huruf": lambda given: (list(given.values()), list(given)),
        "triwulan": lambda given: (list(given.values()), list(given)),
        "tambah": lambda given: ([one for each in given.values() for one in each], list(given)),
        "selisih": lambda given: ([one for each in given.values() for one in each], list(given)),
        "apit": lambda given: ([given.kolom, given.bawah, given.atas], ("terdekat",)),
        "kelompok": lambda given: (
            [*given.per, *given.pertama.values(), *given.jumlah.values()],
            [*given.pertama, *given.jumlah],
        ),
        "sanding": lambda given: ((), ["baris", *given.holes, *given.added]),
        "urai": lambda given: (
            [one.replace("{triwulan}", "tw_i") for one in given.kolom.values()],
            [*given.kolom, "triwulan"],
        ),
    }
)
"""Step -> columns that it reads, columns that it makes."""

_Entry = TypeVar("_Entry", Periksa, Potongan)
_Columns = set[str] | None
"""Columns of some rows; None where only a run knows which rows they are."""


def check_checks(merged: Merged, profile: Profil) -> None:
    """Add to the faults of `merged` what is wrong with checks, and with what they look at."""
    _Checks(merged, profile).check()


class _Checks:
    def __init__(self, merged: Merged, profile: Profil) -> None:
        self._merged = merged
        self._profile = profile
        self._known = merged.known
        self._sources = {name: set(one.clean_names) for name, one in profile.sumber.items()}
        self._dropped = {path[1] for path in merged.dropped if path[:1] == ("sumber",)}
        # What is wrong with a source is told of it, and not of every check that looks at it.
        self._dropped |= set(merged.data.get("sumber", {})) - set(profile.sumber)
        self._rows: dict[str, _Columns] = {}
        given = (one.dari for one in profile.kosakata.values() if one.dari is not None)
        self._lists = (*LISTS, *(f"unit.{one}" for one in given))

    def check(self) -> None:
        for name, places in self._profile.acuan.items():
            for number, place in enumerate(places):
                self._reference(place, ("acuan", name, str(number)))
        for name, key, potongan in self._expanded("potongan", self._profile.potongan):
            self._rows[name] = self._potongan(potongan, ("potongan", key))
        for name, key, periksa in self._expanded("periksa", self._profile.periksa):
            self._periksa(name, periksa, ("periksa", key))

    def _expanded(
        self, part: str, entries: Mapping[str, _Entry]
    ) -> Iterator[tuple[str, str, _Entry]]:
        seen: set[str] = set()
        for key, entry in entries.items():
            try:
                found = list(expanded({key: entry}))
            except ValidationError as error:
                right = wanted_by(error.errors())
                told = f"{part}.{key} does not hold with the values of untuk: {right}"
                self._merged.fault((part, key, "untuk"), told)
                continue
            for name, _, one in found:
                if name in seen:
                    told = f"{part}.{key}: there are two of the name {name}; name them apart"
                    self._merged.fault((part, key), told)
                seen.add(name)
                yield name, key, one

    def _potongan(self, one: Potongan, at: KeyPath) -> _Columns:
        columns: _Columns
        if one.lengkap is not None:
            columns = self._complete(one.lengkap, (*at, "lengkap"))
        else:
            columns = self._columns(str(one.dari), (*at, "dari"))
        for number, step in enumerate(one.langkah):
            where = (*at, "langkah", str(number), step.verb)
            used, added = self._step(step, where)
            if columns is not None:
                for name in used:
                    self._known(name, columns, "the rows so far", where)
                kept = columns if step.kelompok is None else set(step.kelompok.per)
                kept = kept if step.sanding is None else set()
                columns = kept | set(added)
        return columns

    def _complete(self, given: Lengkap, at: KeyPath) -> _Columns:
        for field in ("harus", "ada"):
            for number, place in enumerate(getattr(given, field)):
                if "." in place:
                    self._reference(place, (*at, field, str(number)))
        return {given.sebagai, "hilang", "triwulan"}

    def _step(self, step: Langkah, at: KeyPath) -> tuple[_Names, _Names]:
        """Give the columns that a step reads and those that it adds."""
        given: Any = getattr(step, step.verb)
        if step.sanding is not None and step.sanding.dengan not in self._dropped:
            self._known(step.sanding.dengan, self._sources, "sumber", (*at, "dengan"))
        if step.verb in _READ_AND_MADE:
            return _READ_AND_MADE[step.verb](given)
        if step.verb == "pilih":
            return self._condition(given, at), ()
        if step.verb == "isi":
            return self._condition(given.bila or "", (*at, "bila")), [given.kolom]
        if step.verb == "fungsi":
            self._known(given.nama, known_functions("potongan"), "pp39", at)
            return (), given.jadi
        there = self._columns(given.di, (*at, "di"))
        read = [*given.kunci.values(), *given.ambil.values()]
        read += [*given.jumlah.values(), *given.banyak.values()]
        for name in read if there is not None else ():
            self._known(name, there or (), given.di, at)
        return list(given.kunci), given.added

    def _periksa(self, id: str, one: Periksa, at: KeyPath) -> None:
        source = id.partition(".")[0]
        if source in self._dropped:
            return
        self._known(source, self._sources, "sumber", at)
        rows = one.pada or source
        known = [*self._sources, *self._rows]
        if rows in self._dropped or source not in self._sources:
            return
        self._known(rows, known, "sumber and potongan", (*at, "pada"))
        if rows not in known:
            return
        columns = self._rows[rows] if rows in self._rows else self._sources[rows]
        used = self._condition(one.bila or "", (*at, "bila"), rows)
        if used and rows in self._rows:
            told = "bila is for a source; a potongan has the step pilih"
            self._merged.fault((*at, "bila"), f"{'.'.join(at)}: {told}")
        for number, each in enumerate(one.harap):
            for name, arguments in each.items():
                where = (*at, "harap", str(number)) if len(one.harap) > 1 else (*at, "harap")
                self._expectation(name, arguments, rows in self._rows, where)
                used = [*used, *columns_among(arguments)]
        if columns is None:
            return
        for name in used:
            self._known(name, columns, rows, (*at, "harap"))
        self._alike(rows, one, (*at, "harap"))
        if one.kolom_dari is not None:
            self._known(one.kolom_dari, columns, rows, (*at, "kolom_dari"))
        if one.kolom is not None and one.berkas not in self._dropped:
            there = self._sources.get(one.berkas or source, set())
            self._known(one.kolom, columns | there, rows, (*at, "kolom"))
        if one.berkas is not None and one.berkas not in self._dropped:
            self._known(one.berkas, self._sources, "sumber", (*at, "berkas"))
        for field in ("salah", "benar"):
            self._sentence(getattr(one, field) or "", columns, (*at, field))

    def _expectation(
        self, name: str, arguments: Mapping[str, Any], derived: bool, at: KeyPath
    ) -> None:
        self._known(name, KNOWN, "Great Expectations", at)
        if name not in KNOWN:
            return
        for argument in arguments:
            self._known(argument, KNOWN[name], name, at)
        for value in arguments.values():
            if isinstance(value, Mapping) and "$PARAMETER" in value:
                self._known(str(value["$PARAMETER"]), self._profile.acuan, "acuan", at)
        lacking = [one for one in COLUMNS if one in KNOWN[name] and one not in arguments]
        if lacking:
            self._merged.fault(at, f"{'.'.join(at)}: {name} needs {' and '.join(lacking)}")
        if derived and (not of_rows(name) or name == "ExpectColumnValuesToNotBeNull"):
            told = (
                f"{'.'.join(at)}: {name} counts rows that a potongan left out; let the potongan"
                " name what is wrong in a column, and use ExpectColumnValuesToBeNull"
            )
            self._merged.fault(at, told)

    def _alike(self, rows: str, one: Periksa, at: KeyPath) -> None:
        """Refuse to compare two columns of a source that are of different kinds."""
        kinds = self._profile.sumber[rows].kinds if rows in self._sources else {}
        for arguments in (given for each in one.harap for given in each.values()):
            pair = [str(arguments.get(name)) for name in COLUMNS[1:3]]
            if len({comparable(kinds[name]) for name in pair if name in kinds}) > 1:
                told = " and ".join(f"{name} ({kinds[name]})" for name in pair)
                told = f"{'.'.join(at)} compares {told}, which are of different kinds"
                self._merged.fault(at, f"{told}; name two columns of one kind")

    def _sentence(self, text: str, columns: set[str], at: KeyPath) -> None:
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError as error:
            self._merged.fault(at, f"{'.'.join(at)} is no sentence with names in braces: {error}")
            return
        for _, name, form, _ in parts:
            if form == "berkas":
                self._known(name or "", self._sources, "sumber", at)
            elif name is not None:
                self._known(name, [*columns, *_GIVEN], "the rows", at)
                self._known(form or "", _FORMATS, "the formats of a sentence", at)

    def _reference(self, text: str, at: KeyPath) -> None:
        """Check ``source[condition].column``."""
        rows, _, column = text.rpartition(".")
        columns = self._columns(rows, at)
        if columns is not None and "{" not in column:
            self._known(column, columns, rows, at)

    def _columns(self, text: str, at: KeyPath) -> _Columns:
        """Give the columns of ``source[condition]``, or of a list of the unit."""
        place, bracket, condition = text.partition("[")
        if "{" in place or place in self._dropped or place in self._lists:
            return None
        vocabulary = place.removeprefix("kosakata.")
        if vocabulary != place:
            self._known(vocabulary, self._profile.kosakata, "kosakata", at)
            return {"kode"}
        self._known(place, [*self._sources, *self._lists], "sumber", at)
        columns = self._sources.get(place)
        for name in (
            self._condition(condition.rstrip("]"), at, place) if bracket and columns else ()
        ):
            if "{" not in name:
                self._known(name, columns or (), place, at)
        return columns

    def _condition(self, text: str, at: KeyPath, source: str = "") -> list[str]:
        try:
            tests = conditions(text.replace("{tw}", "i"))
        except ValueError as error:
            self._merged.fault(at, f"{'.'.join(at)}: {error}")
            return []
        kinds = self._profile.sumber[source].kinds if source in self._profile.sumber else {}
        for one in tests:
            day = one.word in DAYS or _is_day(one.value) or one.op in ("ada", "kosong")
            if kinds.get(one.column) == "tanggal" and not day:
                told = f"{one.column} holds dates and is compared with {one.word or one.value}"
                right = f"write one such as '2025-06-30', or one of {', '.join(DAYS)}"
                self._merged.fault(at, f"{'.'.join(at)}: {told}; {right}")
        return [one.column for one in tests]


def _is_day(value: object) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False
