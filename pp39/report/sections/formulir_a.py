"""Formulir A of PP 39/2006: a form that stands alone, laid out by ``formulir/a.yaml``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pydantic import Field

from pp39.characters import capital
from pp39.indicators.serapan import REPORTED
from pp39.ledger import Quantity
from pp39.profile.base import Bagian, Teks
from pp39.report.block import Block
from pp39.report.column import Column, ColumnGroup
from pp39.report.document import Heading, Pairs, Prose
from pp39.report.form import BagianKolom, Kolom, Tanda, form_column, layout, printed, titled
from pp39.report.inline import Bold, Number, Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan, Rekam
from pp39.report.sections.capaian import setiap_masa, tertulis
from pp39.report.sections.depan import tanda_tangan
from pp39.report.sections.hambatan import tahun_lewat, terkendala
from pp39.report.sections.kalimat import (
    bulan,
    deret,
    gabung,
    kalimat_utuh,
    kutip,
    rapikan,
    tanggal,
)
from pp39.report.table import Content, Row, Table

_UNIT = "Satuan kerja"


class Kelompok(Bagian):
    """What is told up to the last quarter, in this one, and up to it."""

    judul: Teks = Field(description="heading")
    tanda: Tanda = Field(description="as of a column")
    angka: tuple[Teks, ...] = Field(description="figures of an output; none where nobody has any")
    jumlah: tuple[Teks, ...] = Field(description="figures of the last row, in their order")
    cetak: Literal["ribu", "polos"] = Field(description="how figures are printed")


class BagianMasa(Bagian):
    """A part of the form that tells of three periods."""

    judul: Teks = Field(description="heading")
    masa: tuple[Teks, Teks, Teks] = Field(description="names of the periods")
    masa_setahun: tuple[Teks, Teks, Teks] = Field(description="those in a report on the year")
    kelompok: tuple[Kelompok, ...] = Field(description="what is told of each")


class Bentuk(Bagian):
    """The layout of the form."""

    judul: Teks = Field(description="title, {masa} being Triwulanan or Tahunan")
    II: BagianKolom = Field(description="money and outputs")
    III: BagianMasa = Field(description="what was due and what was done")
    IV: BagianKolom = Field(description="obstacles and what is done about them")


def formulir_a(b: Bahan) -> list[Block]:
    """Compose the form on landscape pages of its own, from its title to the signature."""
    form, rows = layout("a", Bentuk), list(b.rekam("dipa_ro"))
    if not rows:
        return []
    title, when = titled(form.judul, b.params.unit.nama, b.period, b.year)
    return [
        Prose(
            Bold(kutip(title)),
            ", ",
            kutip(when),
            ": dana dan keluaran pada ",
            Reference("tabel-formulir-a-dana"),
            ", sasaran dan realisasi pada ",
            Reference("tabel-formulir-a-realisasi"),
            ", kendala dan tindak lanjut pada ",
            Reference("tabel-formulir-a-kendala"),
            ".",
            wide=True,
        ),
        Heading(1, "Data umum", wide=True),
        Pairs(list(_general(b, rows)), wide=True),
        Heading(1, form.II.judul, wide=True),
        _money(b, form.II, rows),
        Heading(1, form.III.judul, wide=True),
        _progress(b, form.III, rows),
        Heading(1, form.IV.judul, wide=True),
        _obstacles(b, form.IV),
        tanda_tangan(b, wide=True),
    ]


def _general(b: Bahan, rows: Sequence[Rekam]) -> Iterator[tuple[str, Part | Sequence[Part] | None]]:
    unit = b.params.unit
    yield "Kementerian/lembaga", kutip(unit.kementerian)
    yield "Unit organisasi", kutip(unit.badan) if unit.badan else None
    yield "Satuan kerja", kutip(unit.nama)
    yield "Nomor DIPA", kutip(unit.dipa_nomor) if unit.dipa_nomor else None
    programs = {one.teks("kode_program"): one.teks("nama_program") for one in rows}
    yield "Program", [kutip(f"{code} {name}") for code, name in programs.items()]
    kegiatan = {one.teks("kode_kegiatan"): one.teks("nama_kegiatan") for one in rows}
    yield "Kegiatan", [kutip(f"{code} {name}") for code, name in kegiatan.items()]
    first, now = b.q("anggaran/pagu-awal"), b.q("anggaran/pagu-akhir")
    whole = first or b.q("anggaran/pagu")
    yield f"Pagu{' awal' if first else ''} (ribu Rp)", Number(whole, "ribu") if whole else None
    if now is not None and first is not None and now.value != first.value:
        yield "Pagu setelah revisi (ribu Rp)", Number(now, "ribu")
    yield "Penanggung jawab", kutip(b.params.laporan.jabatan_penanda_tangan)
    yield "Tanggal laporan", Phrase(kutip(b.params.laporan.tempat), ", ", _date(b))


def _date(b: Bahan) -> Part:
    return tanggal(b.params.laporan.tanggal)


def _money(b: Bahan, part: BagianKolom, rows: Sequence[Rekam]) -> Table:
    columns = [one for one in part.kolom if not one.bila or any(_fund(b, s) for s in one.bila)]
    body: list[Row] = []
    for (code, name), many in groupby(
        rows, lambda one: (one.teks("kode_kro"), one.teks("nama_kro"))
    ):
        body.append(Row(kutip(f"{code} {name}"), kind="kelompok"))
        body += [Row(*(_cell(b, one, row) for one in columns)) for row in many]
    body.append(Row(*(_sum(b, one) for one in columns), kind="jumlah"))
    notes: list[Part] = []
    if _only_fund(b) is None:
        notes.append(
            "Pembagian pagu rincian output menurut sumber dana tidak tersedia; jumlahnya menurut"
            " sumber dana dalam DIPA."
        )
    outside = _outside(b)
    if outside:
        told = Phrase(
            "Tidak dimuat karena tidak tercantum dalam rincian DIPA: ", gabung(outside), "."
        )
        notes.append(told)
    gap = b.q("anggaran/sumber/selisih")
    if gap is not None and b.q("anggaran/selisih") is not None and gap.value == 0:
        own = b.q("anggaran/selisih")
        if own is not None and own.value:
            notes.append(
                Phrase("Jumlah pagu rincian output berbeda dari pagu awal DIPA sebesar ", own, ".")
            )
    return Table(
        "tabel-formulir-a-dana",
        "Formulir A: Dana dan Keluaran",
        [form_column(one) for one in columns],
        body,
        notes=notes,
        wide=True,
        size="mini",
    )


def _outside(b: Bahan) -> list[Part]:
    """Name the outputs with a plan, and the KRO with money spent, that the DIPA does not list."""
    found: dict[str, Part] = {}
    for row in b.rekam("target_smart"):
        kro, _, _ = (code := row.teks("kode_ro")).rpartition(".")
        if code not in b.nama_dipa:
            spent = b.q(f"serapan/kro/{kro}/persen")
            told = deret(" (KRO terserap ", spent, ")") if spent and kro not in b.nama_dipa else []
            found[kro] = Phrase(kutip(f"{code} {row.teks('nama_ro')}"), *told)
    for row in b.kini("realisasi_kro"):
        code = row.teks("kode_kro")
        if code not in b.nama_dipa and code not in found:
            found[code] = kutip(f"{code} {row.teks('nama_kro')}")
    return list(found.values())


def _cell(b: Bahan, one: Kolom, row: Rekam) -> Content:
    code = row.teks("kode_ro")
    if one.isi == "nama":
        return kutip(f"{code} {row.teks('nama_ro')}")
    if one.isi == "satuan":
        return kutip(capital(row.teks("satuan"))) or None
    if one.dana:
        only = _only_fund(b)
        return printed(b.q(f"anggaran/ro/{code}/pagu"), one.cetak) if only in one.dana else None
    return printed(b.q(one.angka.format(ro=code)), one.cetak) if one.angka else None


def _sum(b: Bahan, one: Kolom) -> Content:
    if one.isi == "nama":
        return "Jumlah"
    if one.dana:
        known = [q for q in (_fund(b, source) for source in one.dana) if q is not None]
        return printed(known[0], one.cetak) if len(known) == 1 else None
    if one.angka and one.cetak == "ribu":
        return printed(b.q("anggaran/pagu"), one.cetak)
    return ""


def _fund(b: Bahan, source: str) -> Quantity | None:
    return b.q(f"anggaran/sumber/{source}/pagu")


def _only_fund(b: Bahan) -> str | None:
    """Give the source of all funds, None where there are several or none is known."""
    codes = [row.teks("sumber") for row in b.rekam("sumber_dana")]
    funded = [code for code in codes if (q := _fund(b, code)) is not None and q.value]
    return funded[0] if len(funded) == 1 else None


def _progress(b: Bahan, part: BagianMasa, rows: Sequence[Rekam]) -> Table:
    months = {
        "bulan": f"{b.quarter.last_month:02d}",
        "bulan_lalu": f"{b.quarter.months[0] - 1:02d}",
    }
    body: list[Row] = []

    def cells(level: str, row: Rekam) -> Iterator[Content]:
        code = row.teks(f"kode_{level}")
        yield kutip(f"{code} {row.teks(f'nama_{level}')}")
        for group in part.kelompok:
            ids = [one.format(ro=code, **months) for one in group.angka]
            for known in [b.q(one) for one in ids] or [None] * len(periods):
                yield printed(known, group.cetak)

    periods, above = part.masa_setahun if b.period.is_year else part.masa, ""
    for row in rows:
        if row.teks("kode_kro") != above:
            above = row.teks("kode_kro")
            if _known(b, above):
                body.append(Row(*cells("kro", row), kind="jumlah"))
        body.append(Row(*cells("ro", row)))
    last = [printed(b.q(one), group.cetak) for group in part.kelompok for one in group.jumlah]
    if any(last):
        body.append(Row("Jumlah", *last, kind="jumlah"))
    notes = list(_lacking(b, rows))
    if any(q for one in part.kelompok if one.cetak == "polos" for q in map(b.q, one.jumlah)):
        notes.append("Jumlah fisik: rata-rata tertimbang pagu atas rincian output yang berdata.")
    return Table(
        "tabel-formulir-a-realisasi",
        "Formulir A: Sasaran dan Realisasi",
        [
            Column("Rincian output", width=1.0),
            *(
                ColumnGroup(
                    group.judul,
                    [
                        Column(
                            capital(masa),
                            "kanan",
                            "16mm" if group.cetak == "ribu" else "14.5mm",
                            "polos",
                        )
                        for masa in periods
                    ],
                )
                for group in part.kelompok
            ),
        ],
        body,
        notes=notes,
        wide=True,
        size="mini",
    )


def _known(b: Bahan, code: str) -> bool:
    """Tell whether it is known what was paid for an output or a whole KRO."""
    return b.q(f"formulir-a/{code}/keuangan/kumulatif") is not None


def _lacking(b: Bahan, rows: Sequence[Rekam]) -> Iterator[Part]:
    """Say what has no figure, and why."""
    by_kro = any(_known(b, row.teks("kode_kro")) for row in rows)
    by_output = [_known(b, row.teks("kode_ro")) for row in rows]
    planned = all(b.q(f"serapan/ro/{row.teks('kode_ro')}/rencana") for row in rows)
    plan = [] if planned else ["rencana penarikan dana menurut rincian output"]
    if by_kro and not all(by_output):
        which = "rincian output lainnya" if any(by_output) else "rincian output"
        also = [f"realisasi menurut {which}", *plan]
        yield Phrase("Keuangan: realisasi dalam rupiah diketahui menurut KRO; ", _none(also))
    elif not any(by_output):
        yield Phrase("Keuangan: ", _none(["realisasi dalam rupiah menurut rincian output", *plan]))
    elif plan:
        yield Phrase("Keuangan: ", _none(plan))
    spent = b.q("serapan/total/rupiah")
    if spent is not None and (more := spent.note.partition(REPORTED)[2]):
        yield f"Keuangan:{more}"
    last = b.q("ro/bulan-terakhir")
    if last is None:
        yield "Fisik: sasaran dan realisasi menurut rincian output tidak tersedia."
    elif last.value < b.quarter.last_month:
        until = bulan(int(last.value), b.year)
        yield Phrase("Fisik: realisasi tersedia sampai dengan ", until, ".")


def _none(names: Sequence[str]) -> Part:
    return Phrase(gabung(names), " tidak tersedia.")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a scope in the quarter, or in those of the year."""

    #: Obstacles.
    hindering: list[str]
    #: What is done about them.
    follow: list[str]
    #: Whether anything was told of obstacles, also that there are none.
    told: bool = True
    #: Who is expected to help.
    helpers: tuple[str, ...] = ()

    @property
    def obstacles(self) -> list[str]:
        """The obstacles as sentences, or that there are none where that was told."""
        return [*map(kalimat_utuh, self.hindering)] or (["Tidak ada kendala."] * self.told)


def told_by_scope(b: Bahan) -> dict[str, Told]:
    """Give what stands in the way and what is done about it, by scope in the order of telling.

    What was told of indicators comes last, and only what was not told before.
    """
    told, done = b.masa_ini("kendala"), b.masa_ini("tindak_lanjut")
    found = {}
    for scope in dict.fromkeys(_scope(row) for row in (*told, *done)):
        rows = [one for one in told if _scope(one) == scope]
        steps = [(row.teks("uraian"), row.teks("triwulan")) for row in done if _scope(row) == scope]
        follow = list(setiap_masa(steps)) if b.period.is_year else [text for text, _ in steps]
        helpers = dict.fromkeys(row.teks("pihak") for row in rows if row.isi.get("pihak"))
        found[scope] = Told(terkendala(b, rows), follow, bool(rows), tuple(helpers))
    return found | _told_of_indicators(b, found.values())


def _told_of_indicators(b: Bahan, before: Collection[Told]) -> dict[str, Told]:
    known = [{_bare(one) for told in before for one in told.hindering}]
    known.append({_bare(one) for told in before for one in told.follow})
    groups: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for one in b.capaian():
        new = tuple(
            tuple(text for text in tertulis(b, one, column) if _bare(text) not in seen)
            for column, seen in zip(("kendala", "tindak_lanjut"), known, strict=True)
        )
        if any(new):
            groups.setdefault(new, []).append(one.kode)
    return {
        f"Indikator {gabung(codes).plain()}": Told(list(texts), list(steps), False)
        for (texts, steps), codes in groups.items()
    }


def _bare(text: str) -> str:
    return rapikan(text).rstrip(".").casefold()


def _obstacles(b: Bahan, part: BagianKolom) -> Table:
    """Tell what stands in the way, of the whole unit first, then by program and KRO."""
    body: list[Row] = []
    scopes = told_by_scope(b)
    for scope, one in scopes.items():
        if not one.hindering and not one.follow:
            continue
        inner = [
            kutip(name) for name, its in scopes.items() if its.hindering and _part(b, name, scope)
        ]
        but = deret(" selain pada ", gabung(inner)) if inner else []
        none: Part | None = Phrase("Tidak ada kendala", *but, ".") if one.told else None
        body.append(
            Row(
                _named(b, scope),
                [kutip(text) for text in one.obstacles] if one.hindering else none,
                [_step(b, text) for text in one.follow] or None,
                gabung([kutip(row) for row in one.helpers]) if one.helpers else None,
            )
        )
    told = any(one.told for one in scopes.values())
    if not body:
        none = "Tidak ada kendala." if told else "Belum ada yang dicatat."
        body.append(Row(_UNIT, none, None, None))
    return Table(
        "tabel-formulir-a-kendala",
        "Formulir A: Kendala dan Tindak Lanjut",
        [Column("Lingkup", width="40mm"), *map(form_column, part.kolom)],
        body,
        wide=True,
        size="mini",
    )


def _step(b: Bahan, step: str) -> Part:
    text = kalimat_utuh(step)
    over = tahun_lewat(b, text)
    return kutip(f"{text.removesuffix('.')}{over}." if over else text)


def _named(b: Bahan, scope: str) -> Part:
    """Name a scope with what the DIPA calls it."""
    kind, _, code = scope.partition(" ")
    name = b.nama_dipa.get(code, "")
    return kutip(f"{scope} {name.removeprefix(f'{kind} ')}".rstrip())


def _part(b: Bahan, scope: str, of: str) -> bool:
    """Tell whether a scope is a part of another one: a KRO of its program, anything of the unit."""
    code, whole = scope.partition(" ")[2], of.partition(" ")[2]
    return scope != of and (
        of == _UNIT
        or any(
            row.teks("kode_kro") == code and row.teks("kode_program") == whole
            for name in ("dipa_ro", "realisasi_kro")
            for row in b.rekam(name)
        )
    )


def _scope(row: Rekam) -> str:
    """Name what a row is about; what is of no single program is of the unit."""
    kind, _, code = row.teks("lingkup").partition(" ")
    return f"{kind.upper() if kind == 'kro' else kind.capitalize()} {code}" if code else _UNIT
