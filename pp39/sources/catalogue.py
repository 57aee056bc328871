"""The sources of a profile as the reading and cleaning of files understands them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pp39.profile import Profil, Profile, Sumber
from pp39.profile.column import (
    Kolom,
    KolomAngka,
    KolomBersatuan,
    KolomBerwaktu,
    KolomBulan,
    KolomBulat,
    KolomJam,
    KolomKode,
    KolomPersen,
    KolomPilihan,
    KolomPisah,
    KolomRupiah,
    KolomTeks,
)
from pp39.same import once
from pp39.sources.declaration import Column, Kind, Source
from pp39.sources.numbers import Count, Measure, Number, Percent, Rupiah, Stated
from pp39.sources.words import (
    Choice,
    Clock,
    Code,
    Date,
    Month,
    QuarterName,
    Registered,
    Split,
    Text,
)


def sources_of(profile: Profile) -> Mapping[str, Source]:
    """Give the sources of a profile by name, in its order.

    Examples
    --------
    >>> from pathlib import Path
    >>> from pp39.profile import load_profile
    >>> sources = sources_of(load_profile(Path.cwd(), "nasional"))
    >>> sources["ikpa"].file, list(sources["ikpa"].schema)
    ('ikpa.csv', ['baris', 'bulan', 'nilai'])
    """
    return _sources(profile)


@once
def _sources(profile: Profile) -> Mapping[str, Source]:
    return MappingProxyType(
        {name: _source(name, one, profile.isi) for name, one in profile.sumber.items()}
    )


def _source(name: str, given: Sumber, profile: Profil) -> Source:
    headers = {key: one.judul for key, one in given.kolom.items()}
    glued = given.tempelan
    ends = {"dari": headers[glued.dari], "ke": headers[glued.ke]} if glued else {}
    return Source(
        name,
        given.berkas or f"{name}.csv",
        given.judul,
        tuple(_column(key, one, profile) for key, one in given.kolom.items()),
        levels=given.baris_judul,
        ends=given.penutup,
        section=given.induk,
        position=given.posisi,
        glued=glued.model_copy(update=ends) if glued else None,
        composed=tuple(given.gabungan.items()),
        derived=given.turunan,
        key=given.kunci,
        prefilled=given.prefilled,
        asked=given.wajib,
        instead=given.digantikan,
        last_report=given.laporan_lalu,
        exports=tuple((key, one) for key, one in profile.ekspor.items() if name in one.hasil),
    )


def _column(key: str, given: Kolom, profile: Profil) -> Column:
    names = given.clean_names(key)
    dated_by = given.dari if isinstance(given, KolomBerwaktu) else None
    unit_column = names[1] if isinstance(given, KolomBersatuan) else given.satuan_dari
    return Column(
        given.judul,
        names,
        _kind(given, profile),
        unit=given.satuan or "",
        unit_column=unit_column or "",
        label=given.label or given.every_month,
        spellings=given.ejaan,
        low=getattr(given, "min", None),
        high=getattr(given, "maks", None),
        dated_by=dated_by or "",
        required=given.wajib,
        may_lack=given.boleh_tidak_ada or dated_by is not None,
        fill=given.isi_ke_bawah,
        personal=given.pribadi,
        identifier=isinstance(given, KolomTeks) and given.pengenal,
    )


def _kind(given: Kolom, profile: Profil) -> Kind:  # noqa: PLR0911  one a kind
    match given:
        case KolomTeks():
            return Text(_corrections(given.betulkan, profile))
        case KolomBulan():
            return Month(_corrections(given.betulkan, profile))
        case KolomBulat():
            return Count(given.contoh)
        case KolomPersen():
            return Percent(None if given.boleh_lebih_dari_100 else 100)
        case KolomAngka():
            return Number(given.gaya, given.signed, given.satuan_dari is not None)
        case KolomRupiah():
            return Rupiah(given.signed)
        case KolomJam():
            return Clock(given.lewat_tengah_malam)
        case KolomPilihan():
            return _choice(given.daftar, profile)
        case KolomKode():
            form = profile.kode[given.bentuk] if given.bentuk is not None else given
            pattern, example = form.pola or "", form.contoh or ""
            if given.terdaftar is not None:
                return Registered(pattern, example, vocabulary=given.terdaftar)
            return Code(pattern, example)
        case KolomPisah():
            return Split(given.pola, given.contoh, tuple(given.jadi.values()))
        case _:
            return _PLAIN[given.jenis]


_PLAIN: Mapping[str, Kind] = MappingProxyType(
    {
        "angka_bersatuan": Measure(),
        "tercetak": Stated(),
        "tanggal": Date(),
        "triwulan": QuarterName(),
    }
)
"""Kinds without options."""


def _corrections(given: str | Mapping[str, str], profile: Profil) -> tuple[tuple[str, str], ...]:
    found = profile.salah_cetak[given] if isinstance(given, str) else given
    return tuple(found.items())


def _choice(name: str, profile: Profil) -> Choice:
    words = profile.kosakata[name]
    if words.dari is not None:
        return Choice(words.sebutan, vocabulary=name)
    known = ((code, (one.nama, *one.alias)) for code, one in words.kata.items())
    form = None if words.bentuk is None else (words.bentuk.pola, words.bentuk.contoh)
    return Choice(words.sebutan, tuple(known), name, form)
