"""Obstacles of the performance contract and of the activities, and what is done about them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pp39.characters import capital
from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Listing, Prose
from pp39.report.inline import Part, Phrase, Reference
from pp39.report.sections.bahan import TERTINGGAL, TIDAK, Bahan, Capaian, Rekam
from pp39.report.sections.capaian import isian, sebut_indikator, sebutan, setiap_masa
from pp39.report.sections.kalimat import (
    banyaknya,
    bulan,
    dalam_kalimat,
    deret,
    gabung,
    kalimat_utuh,
    kecil_awal,
    kutip,
    masa,
    rapikan,
    terinci,
    triwulan,
)
from pp39.report.sections.penilaian import baca_kendala, jauh_di_atas
from pp39.report.sections.progres import bulan_data, sejauh, terhenti, tertinggal
from pp39.report.sections.rencana import beda_target

# The scope of a row on the performance contract as a whole.
_CONTRACT = "perjanjian_kinerja"
_YEAR = re.compile(r"\b(?:TA|tahun(?: anggaran)?)\.? ?(20[0-9]{2})\b", re.IGNORECASE)


def tak_tercapai(b: Bahan) -> list[tuple[Capaian, Quantity]]:
    """Give the indicators that missed their target, with their achievement, or what came out."""
    missed = ((one, one.capaian or one.realisasi) for one in b.berstatus(TIDAK))
    return [(one, shown) for one, shown in missed if shown is not None]


def tanpa_kendala(b: Bahan) -> list[Capaian]:
    """Give those that missed their target and have no obstacle on record."""
    return [one for one, _ in tak_tercapai(b) if isian(b, one, "kendala").jenis != "ada"]


def tanpa_langkah(b: Bahan) -> list[Capaian]:
    """Give those behind, at the end or on their way, for which no step is on record."""
    behind = b.berstatus(*TERTINGGAL)
    return [one for one in behind if isian(b, one, "tindak_lanjut").jenis != "ada"]


def kendala_perjanjian(b: Bahan) -> list[Block]:
    """Compose the obstacles of the performance contract, as a whole and by indicator."""
    blocks = _of_scope(b, "pelaksanaan perjanjian kinerja", _CONTRACT)
    told = [one.kode for one in b.capaian() if isian(b, one, "kendala").jenis == "ada"]
    if told:
        named = gabung([kutip(one) for one in told])
        blocks.append(Prose("Kendala ", named, " diuraikan pada bagian indikator masing-masing."))
    bare = [pair for pair in tak_tercapai(b) if pair[0] in tanpa_kendala(b)]
    if bare:
        rows = [one for one in b.masa_ini("kendala") if one.teks("lingkup") != _CONTRACT]
        told_there = "kendala_kegiatan" in b.due and terkendala(b, rows)
        where = "; kendala unit yang tercatat diuraikan pada ", Reference("bagian-kendala-kegiatan")
        blocks.append(
            Prose(
                "Untuk ",
                sebut_indikator(bare),
                ", yang berstatus tidak tercapai, kendala per indikator belum dirumuskan",
                *(where if told_there else ()),
                ".",
            )
        )
    return blocks


def kendala_kegiatan(b: Bahan) -> list[Block]:
    """Compose the obstacles of the activities, as a whole and by programme and KRO."""
    blocks = _of_scope(b, "pelaksanaan kegiatan", "kegiatan", "umum")
    items: list[Part] = []
    for (kind, code), told in _scopes(b).items():
        items += [Phrase(*_lingkup(b, kind, code), ": ", _kecil(kalimat_utuh(one))) for one in told]
    if items:
        blocks += [Prose("Kendala menurut program dan KRO:"), Listing(*items)]
    if not b.kini("kendala") and b.quarter is not Quarter.IV:
        blocks.append(Prose("Belum ada kendala yang dicatat pada ", triwulan(b.quarter), "."))
    return blocks


def tindak_lanjut(b: Bahan) -> list[Block]:
    """Compose what the unit recorded, and what the figures call for beyond that."""
    blocks = _recorded(b)
    if behind := b.berstatus(*TERTINGGAL):
        whose = _penanggung_jawab(b, behind) if b.quarter is Quarter.IV else []
        blocks.append(Prose(*_tentang(b, behind), *whose, "."))
    if further := _from_figures(b):
        opening = "Menurut data laporan ini, kami perlu"
        if len(further) == 1:
            return [*blocks, Prose(opening, " ", *further[0], ".")]
        items = terinci([Phrase(*one) for one in further])
        blocks += [Prose(opening, ":"), Listing(*items, kind="angka")]
    return blocks


def _tentang(b: Bahan, behind: Sequence[Capaian]) -> list[Part]:
    """Say of which the steps are told at their place, and for which none is on record."""
    bare = [one for one in tanpa_langkah(b) if one in behind]
    known = [one for one in behind if one not in bare]
    first, named = (gabung([kutip(one.kode) for one in many]) for many in (known, bare))
    told: list[Part] = ["Langkah perbaikan "]
    if known:
        told += [first, f", yang {sebutan(known)}, diuraikan pada bagiannya"]
    also = "juga " * (sebutan(bare) == sebutan(known))
    if known and bare:
        told += ["; bagi ", named, f", yang {also}{sebutan(bare)}, langkahnya belum ditetapkan"]
        return told
    return [*told, named, f", yang {sebutan(bare)}, belum ditetapkan"] if bare else told


def _recorded(b: Bahan) -> list[Block]:
    """List the steps the unit recorded in the quarter."""
    grouped: dict[str, list[Rekam]] = {}
    for row in b.masa_ini("tindak_lanjut"):
        grouped.setdefault(_bare(row.teks("uraian")).casefold(), []).append(row)
    if not grouped:
        return []
    opening: list[Part] = ["Langkah tindak lanjut yang tercatat pada ", _masa(b)]
    return _daftar(opening, [_langkah(b, rows) for rows in grouped.values()])


def _of_scope(b: Bahan, name: str, *scopes: str) -> list[Block]:
    rows = [one for one in b.masa_ini("kendala") if one.teks("lingkup") in scopes]
    told: list[list[Part]] = [[kalimat_utuh(one)] for one in terkendala(b, rows)]
    if told:
        return _daftar([f"Kendala yang kami hadapi dalam {name}"], told)
    if rows:
        return [Prose(f"Tidak ada kendala dalam {name} pada ", _masa(b), ".")]
    return []


def terkendala(b: Bahan, rows: Sequence[Rekam]) -> list[str]:
    """Give the obstacles that rows tell; of a year each once, with its quarters."""
    found = [
        (one.teks("uraian"), one.teks("triwulan"))
        for one in rows
        if baca_kendala(one.teks("uraian"), b.desks).jenis == "ada"
    ]
    return list(setiap_masa(found)) if b.period.is_year else [rapikan(text) for text, _ in found]


def _scopes(b: Bahan) -> dict[tuple[str, str], list[str]]:
    """Give the obstacles of single programs and KRO, by kind and code."""
    found: dict[tuple[str, str], list[Rekam]] = {}
    for row in b.masa_ini("kendala"):
        kind, _, code = row.teks("lingkup").partition(" ")
        if code:
            found.setdefault((kind, code), []).append(row)
    return {key: terkendala(b, rows) for key, rows in found.items()}


def _masa(b: Bahan) -> Part:
    return masa(b.period, b.year) if b.period.is_year else triwulan(b.quarter)


def _daftar(opening: list[Part], items: Sequence[Sequence[Part]]) -> list[Block]:
    """List what was recorded below an opening; one thing alone stands in its sentence."""
    if len(items) > 1:
        quoted = (Phrase(kutip(str(first)), *rest) for first, *rest in items)
        return [Prose(*opening, ":"), Listing(*quoted, kind="angka")]
    ((first, *rest),) = items
    return [Prose(*opening, ": ", kutip(dalam_kalimat(str(first))), *rest)]


def _lingkup(b: Bahan, kind: str, code: str) -> list[Part]:
    """Name a programme or KRO, with its absorption where that is known."""
    name = _kind(kind)
    rows = list(b.rekam("realisasi_kro", kode_kro=code)) if kind == "kro" else []
    known = b.nama_dipa.get(code) if kind == "kro" else None
    named = deret(" ", kutip(known or rows[0].teks("nama_kro"))) if known or rows else []
    spent = b.q(f"serapan/{kind}/{code}/persen")
    return [name, " ", kutip(code), *named, *(deret(" (terserap ", spent, ")") if spent else [])]


def _langkah(b: Bahan, rows: list[Rekam]) -> list[Part]:
    """Tell one step with what it is about, who takes it, and whether its year is over."""
    text = _bare(rows[0].teks("uraian"))
    names = [one for row in rows for one in row.teks("pelaku").split(";") if one.strip()]
    about = [row.teks("lingkup") for row in rows if row.teks("lingkup") != "umum"]
    inside: list[Part] = []
    if about:
        inside.append(gabung([kutip(nama_lingkup(one)) for one in about]))
    if names:
        who = [kutip(rapikan(one)) for one in dict.fromkeys(names)]
        inside.append(Phrase("pelaksana: ", gabung(who)))
    if b.period.is_year:
        quarters = dict.fromkeys(one.teks("triwulan") for one in rows)
        inside.append(Phrase("triwulan ", gabung(list(quarters))))
    told: list[Part] = [text]
    if inside:
        told += [" (", inside[0], *(part for one in inside[1:] for part in ("; ", one)), ")"]
    return [*told, tahun_lewat(b, text), "."]


def tahun_lewat(b: Bahan, text: str) -> str:
    """Say of a step of a year that is over what becomes of it; nothing of others."""
    year = _YEAR.search(text)
    if year is None or int(year[1]) > b.year or b.quarter is not Quarter.IV:
        return ""
    return (
        "; karena tahun anggaran itu telah berakhir, langkah ini kami teruskan dalam rencana tahun"
        " berikutnya"
    )


def nama_lingkup(scope: str) -> str:
    """Name what a row is about, such as ``"Program EC"``."""
    kind, _, code = scope.partition(" ")
    return f"{_kind(kind)} {code}".strip()


def _kind(kind: str) -> str:
    return {"program": "Program", "kro": "KRO"}.get(kind, kind.replace("_", " ").capitalize())


def _penanggung_jawab(b: Bahan, missed: Sequence[Capaian]) -> list[Part]:
    """Tell who is to mend what was missed, and for which of it no part of the unit is named."""
    named: dict[str, list[Part]] = {}
    for one in missed:
        named.setdefault(b.pic(one.indikator) or "", []).append(kutip(one.kode))
    bare = named.pop("", [])
    who = [Phrase(kutip(pic), " (", gabung(codes), ")") for pic, codes in named.items()]
    if not who:
        return ["; penanggung jawabnya belum ditunjuk"]
    lacking = deret(", sedangkan bagi ", gabung(bare), " belum ditunjuk") if bare else []
    return ["; penanggung jawabnya ialah ", gabung(who), *lacking]


def _from_figures(b: Bahan) -> list[list[Part]]:
    items: list[list[Part]] = []
    far = [one for one in b.capaian() if jauh_di_atas(b, one)]
    if far and b.quarter is Quarter.IV:
        named = gabung([kutip(one.kode) for one in far])
        items.append(["meninjau besaran target ", named, " pada penyusunan perjanjian kinerja"])
        items[-1] += [" berikutnya, karena realisasinya jauh di atas target"]
    if differing := beda_target(b):
        named = gabung([kutip(one.kode) for one in differing])
        items.append(["menyelaraskan target ", named, " yang berbeda antardokumen"])
    items += _keluaran(b)
    lacking = b.tanpa_data()
    if lacking and "ikhtisar" in b.due:
        items.append(["melengkapi data ", banyaknya(lacking), " indikator yang belum tersedia"])
        items[-1] += [" (", Reference("tabel-belum-ada"), ")"]
    pagu, awal = b.q("anggaran/pagu"), b.q("anggaran/pagu-awal")
    if pagu is not None and awal is not None and pagu.value != awal.value:
        items.append(["mencocokkan rincian pagu RO dengan pagu awal DIPA"])
    return items


def _keluaran(b: Bahan) -> list[list[Part]]:
    """Tell what is to be done about the outputs; after the year nothing can be made quicker."""
    if "progres_bulanan" not in b.due:
        return []
    items: list[list[Part]] = []
    months, behind = bulan_data(b), tertinggal(b)
    if months and months[-1] < b.quarter.last_month:
        until = masa(b.period, b.year)
        items.append(["memutakhirkan data progres RO sampai dengan akhir ", until])
    if behind and b.quarter is Quarter.IV:
        items.append(["melaporkan realisasi akhir RO dan menjelaskan RO yang tidak selesai"])
    elif terhenti(b):
        then = ", kemudian mempercepat RO yang ternyata masih tertinggal" if behind else ""
        if months[-1] == b.quarter.last_month:
            items.append(["memutakhirkan data progres RO bulan ", bulan(months[-1]), then])
    elif behind:
        items.append(["mempercepat ", banyaknya(behind), " RO yang tertinggal", *sejauh(b)])
        items[-1] += [" (", Reference("tabel-progres-posisi"), ")"]
    return items


def _bare(text: str) -> str:
    return capital(rapikan(text)).removesuffix(".")


def _kecil(text: str) -> Part:
    return kutip(kecil_awal(text))
