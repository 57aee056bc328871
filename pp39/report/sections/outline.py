"""The outline of the report: chapters and sections of the profile, and what fills each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pp39.errors import near
from pp39.formula import SPOKEN, FormulaError, Names, compile_template
from pp39.formula.names import names_of
from pp39.indicators.reading import figure_names
from pp39.profile import Fault, Profile, ProfileError
from pp39.profile.chapter import Bab, in_sequence
from pp39.profile.indicator import Indikator
from pp39.report.block import Block
from pp39.report.document import Heading, Prose
from pp39.report.sections.anggaran import realisasi_program
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.capaian import ikhtisar
from pp39.report.sections.depan import daftar, kata_pengantar, sampul, singkatan
from pp39.report.sections.formulir_a import formulir_a
from pp39.report.sections.hambatan import kendala_kegiatan, kendala_perjanjian, tindak_lanjut
from pp39.report.sections.indikator import bagian_sasaran
from pp39.report.sections.lampiran import (
    jejak,
    mutu_data,
    pengukuran_rencana_aksi,
    sumber_data,
    target_smart,
    temuan,
)
from pp39.report.sections.matriks import matriks_setiap, rencana_aksi
from pp39.report.sections.pendahuluan import latar_belakang, struktur, tugas_fungsi
from pp39.report.sections.penutup import penutup
from pp39.report.sections.progres import progres_bulanan, progres_menurut_bulan
from pp39.report.sections.rencana import (
    jenis_belanja,
    komposisi_anggaran,
    revisi,
    sasaran_indikator,
    sumber_dana,
)
from pp39.report.sections.ringkasan import ringkasan
from pp39.report.sections.sejak_lalu import sejak_laporan_lalu
from pp39.report.sections.todo import harus_dilengkapi

Task = Callable[[], list[Block]]

SECTIONS: Mapping[str, Callable[[Bahan], Iterable[Block]]] = {
    one.__name__: one
    for one in (
        sampul,
        harus_dilengkapi,
        kata_pengantar,
        daftar,
        singkatan,
        ringkasan,
        tugas_fungsi,
        latar_belakang,
        struktur,
        komposisi_anggaran,
        sumber_dana,
        jenis_belanja,
        revisi,
        sasaran_indikator,
        ikhtisar,
        realisasi_program,
        progres_bulanan,
        kendala_perjanjian,
        kendala_kegiatan,
        sejak_laporan_lalu,
        tindak_lanjut,
        penutup,
        formulir_a,
        rencana_aksi,
        pengukuran_rencana_aksi,
        target_smart,
        progres_menurut_bulan,
        mutu_data,
        temuan,
        sumber_data,
        jejak,
    )
}
"""What a profile may name in ``isi``. A section gives its blocks, none where it has nothing to say;
its headings count their levels from the heading above it."""

_FOR_EACH_GOAL: Mapping[str, Callable[[Bahan, str], Iterable[Block]]] = {
    "capaian_sasaran": bagian_sasaran,
    "matriks": matriks_setiap,
}


@dataclass(frozen=True)
class Chapter:
    """A chapter or section that is due, with those below it."""

    #: Its names in the profile, from the chapter down.
    name: tuple[str, ...]
    #: What the profile says of it.
    given: Bab
    #: Level of its heading.
    level: int
    #: Sections below it that are due.
    below: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        """Heading, or the name of a part without one."""
        return self.given.judul or self.name[-1].replace("_", " ").capitalize()

    def heading_over(self, wide: bool, alone: Chapter | None = None) -> Heading | None:
        """Give the heading above a first block that is wide or not; None where it has none.

        It is referred to instead of a section that stands `alone` below it.
        """
        one = self.given
        if one.judul is None:
            return None
        kind = one.jenis if self.level == 1 else "bab"
        label = (alone and alone.given.label) or one.label or ""
        return Heading(self.level, one.judul, kind, label, wide=wide)

    def alone(self, filled: Sequence[Chapter]) -> Chapter | None:
        """Give the one section below it that has content, whose heading is left out then."""
        one = filled[0] if len(filled) == 1 and self.level > 1 and self.given.judul else None
        return one if one is not None and one.given.judul else None

    def tasks(self, b: Bahan) -> list[Task]:
        """Give what is to be composed of the section itself, one by one."""
        level = self.level if self.given.judul else self.level - 1
        found: list[Task] = []
        if self.given.paragraf:
            found.append(partial(_own, b, self))
        name = self.given.isi
        if name is not None and name in SECTIONS:
            found.append(partial(_filled, b, SECTIONS[name], level))
        elif name is not None:
            section = _FOR_EACH_GOAL[name]
            found += [
                partial(_filled, b, partial(_turned, section, code), level)
                for code, _, _ in b.per_sasaran()
            ]
        return found

    def walk(self) -> Iterator[Chapter]:
        """Give the section and all below it, in order."""
        yield self
        for one in self.below:
            yield from one.walk()


def bab_laporan(b: Bahan) -> list[Chapter]:
    """List the chapters of the report that are due.

    Raises
    ------
    ProfileError
        If the profile names a section that does not exist.
    """
    check_outline(b.settings.profile, b.params.indikator)
    return _due(b, b.settings.profile.isi.bab, (), 1)


def check_outline(profile: Profile, indicators: Mapping[str, Indikator]) -> None:
    """Hold the chapters of a profile to the sections, sources and figures that there are.

    Raises
    ------
    ProfileError
        With everything that is wrong.
    """
    known = {code: figure_names(one) for code, one in indicators.items()}
    names = replace(names_of(profile), others=known)
    faults = list(_faults(profile, names, profile.isi.bab, ("bab",)))
    if faults:
        raise ProfileError(faults)


def compose(b: Bahan, chapter: Chapter) -> list[Block]:
    """Compose a chapter: headings and blocks; nothing where no section has anything to say."""
    own = [block for task in chapter.tasks(b) for block in task()]
    parts = [(one, blocks) for one in chapter.below if (blocks := compose(b, one))]
    alone = None if own else chapter.alone([one for one, _ in parts])
    inside = [*own, *(block for _, blocks in parts for block in blocks)]
    if alone is not None:
        inside = _raised(inside[1:])
    heading = chapter.heading_over(bool(inside) and inside[0].describe().wide, alone)
    return [heading, *inside] if heading is not None and inside else inside


def _raised(blocks: list[Block]) -> list[Block]:
    """Put the headings one level higher."""
    return [
        replace(one, level=one.level - 1) if isinstance(one, Heading) else one for one in blocks
    ]


def _due(
    b: Bahan, sections: Mapping[str, Bab], above: tuple[str, ...], level: int
) -> list[Chapter]:
    found = []
    for name, one in in_sequence(sections).items():
        if not b.holds(one.bila):
            continue
        here = (*above, name)
        down = level + 1 if one.judul else level
        below = tuple(_due(b, one.bagian, here, down))
        if below or one.isi or one.paragraf:
            found.append(Chapter(here, one, level, below))
    return found


def _filled(b: Bahan, section: Callable[[Bahan], Iterable[Block]], level: int) -> list[Block]:
    """Compose a section; its headings go below the one above it."""
    return [
        replace(one, level=one.level + level)
        if isinstance(one, Heading) and one.kind in ("bab", "tanpa-nomor")
        else one
        for one in section(b)
    ]


def _turned(
    section: Callable[[Bahan, str], Iterable[Block]], code: str, b: Bahan
) -> Iterable[Block]:
    return section(b, code)


def _own(b: Bahan, chapter: Chapter) -> list[Block]:
    """Compose the paragraphs that the profile itself states."""
    at = ("bab", *"/bagian/".join(chapter.name).split("/"), "paragraf")
    told = [b.stories.general.sentence(text, *at) for text in chapter.given.paragraf]
    return [Prose(*parts) for parts in told if parts]


def _faults(
    profile: Profile, names: Names, sections: Mapping[str, Bab], at: tuple[str, ...]
) -> Iterator[Fault]:
    """Tell what the outline names and does not exist, each with its place."""
    known = (*SECTIONS, *_FOR_EACH_GOAL)
    sources = profile.isi.sumber
    for name, one in sections.items():
        here = (*at, name)
        if one.model_fields_set == {"bagian"} and len(at) == 1:
            # Nothing but sections below it: the name of a chapter that there is not.
            others = [other for other in sections if other != name]
            yield from _unknown(profile, name, others, "chapter", here)
            continue
        if one.isi is not None:
            yield from _unknown(profile, one.isi, known, "section", (*here, "isi"))
        if one.sesudah is not None:
            yield from _unknown(profile, one.sesudah, sections, "section here", (*here, "sesudah"))
        for number, wanted in enumerate(one.bila.ada):
            # What has a stroke is a figure; whether there is one, only the data tell.
            if "/" not in wanted:
                where = (*here, "bila", "ada", str(number))
                yield from _unknown(profile, wanted, sources, "source", where)
        for number, text in enumerate(one.paragraf):
            where = (*here, "paragraf", str(number))
            try:
                compile_template(text, names, SPOKEN)
            except FormulaError as error:
                yield Fault.at(profile.place(*where), f"{'.'.join(where)}: {error.sentence}")
        yield from _faults(profile, names, one.bagian, (*here, "bagian"))


def _unknown(
    profile: Profile, name: str, known: Collection[str], what: str, at: tuple[str, ...]
) -> Iterator[Fault]:
    if name not in known:
        hint = near(name, sorted(known))
        yield Fault.at(profile.place(*at), f"there is no {what} {name}; {hint}")
