"""What must agree between parameters: names that stand as values, spellings, targets, dates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pp39.errors import nearest
from pp39.numbers import exact
from pp39.params.model import KategoriPelanggan, Layanan, Params
from pp39.periods import Quarter
from pp39.told import told

__all__ = ["disagreements"]

KeyPath = tuple[str, ...]
Found = Iterator[tuple[KeyPath, str]]


def disagreements(params: Params, quarter: Quarter, year: int) -> Found:
    """Find what is right alone but not together.

    Parameters
    ----------
    params : Params
        A valid tree.
    quarter : Quarter
        Quarter of the report.
    year : int
        Budget year.

    Yields
    ------
    tuple of (path, str)
        The parameter to change and the end of the sentence about it: what is wrong, what is right.
    """
    yield from _names(params)
    yield from _targets(params)
    yield from _spellings(("unit", "layanan"), params.unit.layanan)
    yield from _spellings(("unit", "kategori_pelanggan"), params.unit.kategori_pelanggan)
    yield from _ancestors(params.unit.layanan)
    yield from _dates(params, quarter, year)


def _names(params: Params) -> Found:
    for code in params.target:
        yield from _known(("target", code), code, params.indikator, "indikator")
    for code, one in params.indikator.items():
        at = ("indikator", code, "kode_sasaran")
        yield from _known(at, one.kode_sasaran, params.sasaran, "sasaran")
    kinds = params.unit.kategori_pelanggan
    for kind in params.pelanggan.kategori or ():
        yield from _known(("pelanggan", "kategori"), kind, kinds, "unit.kategori_pelanggan")
    services = params.unit.layanan
    for slug, service in services.items():
        if service.induk is not None:
            path = ("unit", "layanan", slug, "induk")
            yield from _known(path, service.induk, services, "unit.layanan")
    for slug in params.hasil_layanan.layanan or ():
        yield from _known(("hasil_layanan", "layanan"), slug, services, "unit.layanan")
    forms = params.regulasi.formulir
    yield from _known(("laporan", "formulir"), params.laporan.formulir, forms, "regulasi.formulir")


def _known(path: KeyPath, word: str, known: Iterable[str], where: str) -> Found:
    words = list(known)
    if word in words:
        return
    near = nearest(word, words)
    if near is not None:
        hint = f"the nearest is {near}"
    else:
        hint = f"there are {', '.join(words)}" if words else "it has none at all"
    yield path, f"names {told(word)}, which {where} does not have; {hint}"


def _targets(params: Params) -> Found:
    for code, target in params.target.items():
        if code not in params.indikator:
            continue
        low, high = params.indikator[code].skala
        if low is not None and exact(target) < exact(low):
            yield ("target", code), f"is {target}, below the scale of the indicator, from {low}"
        if high is not None and exact(target) > exact(high):
            yield ("target", code), f"is {target}, above the scale of the indicator, to {high}"


def _spellings(path: KeyPath, words: Mapping[str, Layanan | KategoriPelanggan]) -> Found:
    """Let each spelling mean one thing, whatever its case and blanks."""
    owner: dict[str, str] = {}
    clashes: set[tuple[str, str]] = set()
    for slug, one in words.items():
        spellings: list[tuple[KeyPath, str]] = [((), slug), (("nama",), one.nama)]
        spellings += [(("alias", str(n)), alias) for n, alias in enumerate(one.alias)]
        for below, spelling in spellings:
            other = owner.setdefault(" ".join(spelling.split()).casefold(), slug)
            if other != slug and (other, slug) not in clashes:
                clashes.add((other, slug))
                yield (
                    (*path, slug, *below),
                    f"has the spelling {told(spelling)}, which {'.'.join((*path, other))} has as"
                    " well; leave it with one of the two",
                )


def _ancestors(services: Mapping[str, Layanan]) -> Found:
    told_of: set[str] = set()
    for slug in services:
        seen, here = [slug], services[slug].induk
        while here is not None and here in services and here not in seen:
            seen.append(here)
            here = services[here].induk
        if here == slug and slug not in told_of:
            told_of.update(seen)
            way = " → ".join([*seen, slug])
            yield (
                ("unit", "layanan", slug, "induk"),
                f"leads back to the service itself ({way}); name the service whose target it"
                " shares, or null",
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
