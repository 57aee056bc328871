"""What must agree between parameters: names that stand as values, spellings, targets, dates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from typing import Any

from pp39.errors import near
from pp39.numbers import exact
from pp39.params.model import Params
from pp39.periods import Quarter
from pp39.profile import Profile
from pp39.profile.base import Bagian
from pp39.profile.parameter import Klasifikasi, Parameter
from pp39.profile.vocabulary import Kata, twice_spelt
from pp39.told import told
from pp39.yamlfile import KeyPath

Found = Iterator[tuple[KeyPath, str]]


def disagreements(params: Params, profile: Profile, quarter: Quarter, year: int) -> Found:
    """Find what is right alone but not together.

    Yields
    ------
    tuple of (path, str)
        The parameter to change and the end of the sentence about it: what is wrong, what is right.
    """
    yield from _names(params)
    shared = profile.isi.kosakata.get("indikator_nasional")
    for code, each in params.indikator.items():
        if each.nasional is not None:
            words, at = shared.kata if shared else (), ("indikator", code, "nasional")
            yield from _known(at, each.nasional, words, "kosakata.indikator_nasional")
    yield from _targets(params)
    for branch in {one.dari: None for one in profile.isi.kosakata.values() if one.dari}:
        words = getattr(params.unit, branch)
        yield from _spellings(("unit", branch), words)
        yield from _ancestors(("unit", branch), words)
    for name, one in profile.isi.parameter.items():
        yield from _own(name, one, params, profile)
    yield from _dates(params, quarter, year)


def _names(params: Params) -> Found:
    for code in params.target:
        yield from _known(("target", code), code, params.indikator, "indikator")
    for code, one in params.indikator.items():
        if one.sifat_menurut is not None:
            at = ("indikator", code, "sifat_menurut")
            yield from _known(at, one.sifat_menurut, _natures(params), "the parameters")
        at = ("indikator", code, "kode_sasaran")
        yield from _known(at, one.kode_sasaran, params.sasaran, "sasaran")
        if one.klasifikasi is not None:
            at = ("indikator", code, "klasifikasi")
            classes = getattr(params.regulasi, one.klasifikasi, None)
            if not isinstance(classes, Klasifikasi):
                known = [name for name, it in params.regulasi if isinstance(it, Klasifikasi)]
                yield from _known(at, one.klasifikasi, known, "regulasi")
            elif wrong := classes.beyond(one.skala):
                yield at, f"is {one.klasifikasi}, which {wrong}"
    forms = params.regulasi.formulir
    yield from _known(("laporan", "formulir"), params.laporan.formulir, forms, "regulasi.formulir")


def _natures(params: Params) -> list[str]:
    """Name the parameters whose value is what an indicator may be."""
    known = ("triwulan", "kumulatif", "posisi")
    branches = ((name, getattr(params, name)) for name in type(params).model_fields)
    leaves = (
        (f"{name}.{leaf}", getattr(branch, leaf))
        for name, branch in branches
        if isinstance(branch, Bagian)
        for leaf in type(branch).model_fields
    )
    return [path for path, value in leaves if value in known]


def _known(path: KeyPath, word: str, known: Iterable[str], where: str) -> Found:
    words = list(known)
    if word not in words:
        yield path, f"names {told(word)}, which is not in {where}; {near(word, words)}"


def _own(name: str, one: Parameter, params: Params, profile: Profile) -> Found:
    """Hold a parameter of the profile to what its declaration says of others."""
    path, value = tuple(name.split(".")), valued(params, name)
    if one.kosakata is not None:
        listed = profile.isi.kosakata[one.kosakata]
        known = listed.kata if listed.dari is None else getattr(params.unit, listed.dari)
        where = f"unit.{listed.dari}" if listed.dari is not None else f"kosakata.{one.kosakata}"
        for word in value or ():
            yield from _known(path, word, known, where)
    if one.tidak_melebihi is not None:
        most = valued(params, one.tidak_melebihi)
        if value is not None and most is not None and exact(value) > exact(most):
            yield path, f"is {value} and must not be above {one.tidak_melebihi}, {most}"


def valued(params: Params, path: str) -> Any:
    """Give the value of a parameter by its path."""
    return reduce(getattr, path.split("."), params)


def _targets(params: Params) -> Found:
    for code, target in params.target.items():
        if code not in params.indikator:
            continue
        low, high = params.indikator[code].skala
        if low is not None and exact(target) < exact(low):
            yield ("target", code), f"is {target}, below the scale of the indicator, from {low}"
        if high is not None and exact(target) > exact(high):
            yield ("target", code), f"is {target}, above the scale of the indicator, to {high}"


def _spellings(path: KeyPath, words: Mapping[str, Kata]) -> Found:
    for slug, below, spelling, other in twice_spelt(words):
        yield (
            (*path, slug, *below),
            f"has the spelling {told(spelling)}, which {'.'.join((*path, other))} has as well;"
            " leave it with one of the two",
        )


def _ancestors(path: KeyPath, words: Mapping[str, Kata]) -> Found:
    """Let the parent of a word be another word, and no way lead back."""
    told_of: set[str] = set()
    for slug, word in words.items():
        if word.induk is not None:
            yield from _known((*path, slug, "induk"), word.induk, words, ".".join(path))
        seen, here = [slug], word.induk
        while here is not None and here in words and here not in seen:
            seen.append(here)
            here = words[here].induk
        if here == slug and slug not in told_of:
            told_of.update(seen)
            way = " → ".join([*seen, slug])
            yield (
                (*path, slug, "induk"),
                f"leads back to {slug} itself ({way}); name the word whose target it shares, or"
                " null",
            )


def _dates(params: Params, quarter: Quarter, year: int) -> Found:
    first, signed = quarter.start(year), params.laporan.tanggal
    latest = date(year + 2, 12, 31)
    if not first <= signed <= latest:
        yield (
            ("laporan", "tanggal"),
            f"is {signed}; a report on quarter {quarter} of {year} is dated from {first} to"
            f" {latest}",
        )
    sent, ends = params.laporan.dikirim, quarter.end(year)
    if sent is not None and sent < ends:
        yield (
            ("laporan", "dikirim"),
            f"is {sent}, before quarter {quarter} of {year} ended on {ends}",
        )
    elif sent is not None and sent < signed:
        yield (
            ("laporan", "dikirim"),
            f"is {sent}, before laporan.tanggal, {signed}; mend one of them",
        )
