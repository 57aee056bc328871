"""What a profile holds, as lines of text: sources with columns and kinds, words, parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pp39.profile.check import expanded
from pp39.profile.column import Kolom, KolomBerwaktu, KolomPilihan
from pp39.profile.parameter import Parameter
from pp39.profile.profile import Profile
from pp39.profile.source import Sumber
from pp39.profile.vocabulary import Kosakata

_ASKED = {
    "ya": "always asked for",
    "tidak": "optional",
    "bila_dipakai": "asked for when used",
    "akhir_tahun": "asked for when used, in TW IV",
}


def described(profile: Profile, needed: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Describe a profile line by line."""
    yield f"{profile.name}: {profile.isi.judul} ({' ← '.join(profile.chain)})"
    if profile.sumber:
        yield "\nSources"
    for name, source in profile.sumber.items():
        yield from _source(name, source, needed.get(name, ()))
    if profile.isi.kosakata:
        yield "\nVocabularies"
    for name, words in profile.isi.kosakata.items():
        yield from _words(name, words)
    if profile.isi.pernyataan:
        yield "\nSubjects of statements"
    for subject, stated in profile.isi.pernyataan.items():
        yield f"  {subject}: {stated.arti}, such as {stated.contoh}"
    if profile.isi.periksa:
        yield "\nChecks"
    for name, _, check in expanded(profile.isi.periksa):
        yield f"  {name}: {check.aturan}"
    if profile.isi.parameter:
        yield "\nParameters"
    for name, one in profile.isi.parameter.items():
        yield from _parameter(name, one)


def _source(name: str, source: Sumber, needed: Collection[str]) -> Iterator[str]:
    told = [_ASKED[source.wajib]]
    told += [f"needed by {', '.join(needed)}"] if needed else []
    told += [f"or else {', '.join(source.digantikan)}"] if source.digantikan else []
    yield f"  {source.berkas or f'{name}.csv'}: {source.judul}"
    yield f"    {'; '.join(told)}"
    width = max(len(_headers(one)) for one in source.kolom.values())
    for column in source.kolom.values():
        yield f"    {_headers(column):{width}}  {', '.join(_kind(column))}"


def _headers(column: Kolom) -> str:
    return " | ".join((column.judul, *column.ejaan))


def _kind(column: Kolom) -> Iterator[str]:
    yield f"pilihan {column.daftar}" if isinstance(column, KolomPilihan) else column.jenis
    if column.wajib:
        yield "never blank"
    for word, limit in (("from", "min"), ("to", "maks")):
        if getattr(column, limit, None) is not None:
            yield f"{word} {getattr(column, limit)}"
    if isinstance(column, KolomBerwaktu) and column.dari is not None:
        yield f"as {column.dari} tells"
    if column.boleh_tidak_ada:
        yield "may lack"
    if column.pribadi:
        yield f"personal ({column.pribadi}): dropped"


def _words(name: str, words: Kosakata) -> Iterator[str]:
    if words.dari is not None:
        yield f"  {name} ({words.sebutan}): the unit's own, unit.{words.dari}"
        return
    yield f"  {name} ({words.sebutan})"
    for code, word in words.kata.items():
        yield f"    {code}: {' | '.join((word.nama, *word.alias))}"


def _parameter(name: str, one: Parameter) -> Iterator[str]:
    value = f" = {one.bawaan}" if one.jenis != "klasifikasi" else ""
    yield f"  {name}{value} ({one.jenis}): {one.arti}"
