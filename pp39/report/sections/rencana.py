"""What was planned: budget, ceilings and their revisions, sasaran, indicators and targets."""

from __future__ import annotations

from itertools import groupby

from pp39.characters import capital
from pp39.ledger import Quantity
from pp39.report.block import Block
from pp39.report.document import Prose
from pp39.report.inline import Number, Part, Phrase, Reference
from pp39.report.sections.bahan import NAMA_DOKUMEN, Bahan, Capaian, Rekam
from pp39.report.sections.kalimat import (
    Moment,
    banyaknya,
    bilang,
    deret,
    gabung,
    kutip,
    sebut,
    tanggal,
    terbesar,
)
from pp39.report.sections.tabel import tabel
from pp39.report.table import Row, Table


def komposisi_anggaran(b: Bahan) -> list[Block]:
    """Compose the ceiling and its composition: RO, KRO, kegiatan, program, total."""
    rows = list(b.rekam("dipa_ro"))
    total = b.q("anggaran/pagu")
    opening = _pagu_awal(b)
    if not rows or total is None:
        return [Prose(*opening)] if opening else []
    programs = [
        Phrase(
            kutip(nama if nama.startswith("Program ") else f"Program {nama}"),
            " (",
            kutip(kode),
            ")",
            *_sebesar(b.q(f"anggaran/program/{kode}/pagu"), " sebesar "),
        )
        for kode, nama in _unique(rows, "kode_program", "nama_program")
    ]
    return [
        *([Prose(*opening)] if opening else []),
        Prose(
            f"{capital(_yang_dirinci(b))} membiayai ",
            gabung(programs),
            ". Rinciannya menurut program, kegiatan, klasifikasi rincian output (KRO), dan rincian"
            " output (RO) disajikan pada ",
            Reference("tabel-komposisi"),
            ".",
            *_terbesar(b, rows),
            *_selisih_dipa(b, total),
        ),
        _tabel_komposisi(b, rows, total),
    ]


def sumber_dana(b: Bahan) -> list[Block]:
    """Compose the funds by source and the blocked part of the ceiling."""
    known = [
        (row.teks("sumber"), row.teks("uraian"), q)
        for row in b.rekam("sumber_dana")
        if (q := b.q(f"anggaran/sumber/{row.teks('sumber')}/pagu")) is not None
    ]
    parts: list[Part] = []
    if known:
        listed = [
            Phrase(kutip(name), " sebesar ", q, *_kurung(b.q(f"anggaran/sumber/{code}/porsi")))
            for code, name, q in known
        ]
        parts = [f"Menurut sumber dana, {_yang_dirinci(b)} terdiri atas ", gabung(listed), ". "]
    if len(known) == 1:
        parts = [
            f"Seluruh {_yang_dirinci(b)} bersumber dari ",
            kutip(known[0][1]),
            ", yaitu ",
            known[0][2],
            ". ",
        ]
    parts += _pagu_efektif(b)
    return [Prose(*parts)] if parts else []


def jenis_belanja(b: Bahan) -> list[Block]:
    """Compose the spending types."""
    types = [
        (row, b.q(f"anggaran/belanja/{row.teks('kode')}/pagu")) for row in b.rekam("jenis_belanja")
    ]
    if not types:
        return []
    total = b.q("anggaran/belanja/total")
    return [
        Prose(
            f"Komposisi {_yang_dirinci(b)} menurut jenis belanja disajikan pada ",
            Reference("tabel-belanja"),
            ".",
            *_belanja_terbesar(b, types),
            *_selisih_belanja(b, total),
        ),
        tabel(
            "tabel-belanja",
            [
                *(
                    (
                        kutip(row.teks("kode")),
                        kutip(row.teks("jenis_belanja")),
                        q,
                        b.q(f"anggaran/belanja/{row.teks('kode')}/porsi"),
                    )
                    for row, q in types
                ),
                Row("", "Jumlah", total, "", kind="jumlah"),
            ],
            mana=_pagu_mana(b),
        ),
    ]


def revisi(b: Bahan) -> list[Block]:
    """Compose the revisions of the DIPA up to the end of the quarter."""
    akhir = b.quarter.end(b.year).isoformat()
    rows = [one for one in b.rekam("revisi_dipa") if one.teks("tanggal") <= akhir]
    if not rows:
        return []
    awal, kini = b.q("anggaran/pagu-awal"), b.q("anggaran/pagu-akhir")
    jumlah = b.q("anggaran/revisi/jumlah")
    parts: list[Part] = ["Sampai dengan ", tanggal(akhir), " "]
    if jumlah is not None and jumlah.value:
        parts += ["tercatat ", bilang(jumlah), " kali revisi"]
    elif jumlah is not None:
        parts += ["belum tercatat revisi"]
    else:
        parts += ["tercatat revisi"]
    parts += [" DIPA (", Reference("tabel-revisi"), "). "]
    if awal is not None and kini is not None:
        change = b.q("anggaran/perubahan-pagu")
        if awal.value == kini.value:
            parts += ["Pagu tidak berubah, tetap ", kini, "."]
        else:
            verb = "bertambah" if kini.value > awal.value else "berkurang"
            parts += [
                f"Pagu {verb} ",
                *(deret(Number(change, "mutlak"), " ") if change else []),
                "dari ",
                awal,
                " menjadi ",
                kini,
                ".",
            ]
    parts += _blokir(b, rows)
    moved = [one for one in rows if _berarti(one)]
    notes = _lainnya([one for one in rows if one not in moved])
    return [
        Prose(*parts),
        tabel(
            "tabel-revisi",
            [
                (
                    kutip(one.teks("no")) if one.teks("no") else None,
                    kutip(one.teks("uraian")),
                    tanggal(one.teks("tanggal")),
                    one.angka("pagu_awal"),
                    one.angka("pagu_akhir"),
                    one.angka("blokir"),
                    kutip(one.teks("keterangan")),
                )
                for one in moved
            ],
            notes=notes,
            tahun=str(b.year),
            sampai="" if b.period.is_year else f" sampai dengan Triwulan {b.quarter}",
        ),
    ]


def beda_target(b: Bahan) -> list[Capaian]:
    """Give the indicators whose documents state targets that differ."""
    return [one for one in b.capaian() if len({q.value for _, q in _targets(b, one.kunci)}) > 1]


def _berarti(one: Rekam) -> bool:
    """Tell whether a row is the first state, changes the ceiling, or states what is blocked."""
    first, last = one.angka("pagu_awal"), one.angka("pagu_akhir")
    changed = first is None or last is None or first.value != last.value
    return changed or one.angka("no") is None or one.angka("blokir") is not None


def _blokir(b: Bahan, rows: list[Rekam]) -> list[Part]:
    """Say what is blocked and what that leaves, by the last revision that states it."""
    blocked, left = b.q("anggaran/blokir-revisi"), b.q("anggaran/pagu-efektif")
    stated = [one for one in rows if one.angka("blokir") is not None]
    if blocked is None or left is None or not stated:
        return []
    told: list[Part] = [" Menurut ", kutip(stated[-1].teks("uraian"))]
    told += [" (", tanggal(stated[-1].teks("tanggal")), "), "]
    if not blocked.value:
        return [*told, "tidak ada pagu yang diblokir."]
    return [*told, "pagu yang diblokir ", blocked, ", sehingga pagu efektif ", left, "."]


def _lainnya(rows: list[Rekam]) -> list[Part]:
    if not rows:
        return []
    named = [
        Phrase(kutip(one.teks("uraian")), " (", tanggal(one.teks("tanggal")), ")") for one in rows
    ]
    return [Phrase("Revisi lain tidak mengubah pagu: ", gabung(named), ".")]


def sasaran_indikator(b: Bahan) -> list[Block]:
    """Compose sasaran and indicators with their targets, also where documents differ in them."""
    documents = [name for name in NAMA_DOKUMEN if _stated(b, name)]
    used = NAMA_DOKUMEN[b.params.dokumen_target]
    parts: list[Part] = ["Kinerja ", kutip(b.unit), " diukur dengan ", bilang(b.banyak())]
    parts += [" indikator kinerja (", Reference("tabel-sasaran"), "). Capaian dihitung terhadap"]
    parts += [f" target menurut {used}", *_penggantian(b), "."]
    differing = beda_target(b)
    if differing:
        parts += [" Sebanyak ", banyaknya(differing), " indikator, yaitu "]
        parts += [gabung([kutip(one.kode) for one in differing])]
        parts += [", memiliki target yang berbeda antardokumen."]
    shown = documents if len(documents) > 1 else []
    # What is used needs a column of its own only where it is not what its document states.
    own = not shown or any(
        _differs(one.q(f"target/{b.params.dokumen_target}"), one.target) for one in b.capaian()
    )
    body: list[Row] = []
    for kode, nama, members in b.per_sasaran():
        body.append(Row(Phrase(kutip(kode), " ", kutip(nama)), kind="kelompok"))
        body += [
            Row(
                kutip(one.kode),
                kutip(one.indikator.nama),
                kutip(one.indikator.satuan),
                *(one.q(f"target/{name}") for name in shown),
                *([one.target] if own else []),
            )
            for one in members
        ]
    return [
        Prose(*parts),
        tabel(
            "tabel-sasaran",
            body,
            tanpa=[*([] if shown else ["Target menurut"]), *([] if own else ["{dipakai}"])],
            notes=_satuan(b.capaian()),
            unit=b.unit,
            tahun=str(b.year),
            dokumen=[capital(NAMA_DOKUMEN[one]) for one in shown],
            dipakai="Dipakai" if shown else "Target",
        ),
    ]


def _satuan(everyone: list[Capaian]) -> list[Part]:
    """Say which figures are of another unit than the contract calls theirs."""
    others = [
        Phrase(kutip(one.kode), " dihitung sebagai ", {"%": "persen"}.get(unit, unit))
        for one in everyone
        if (goal := one.target) is not None
        and (unit := goal.unit)
        and (unit == "%") != one.indikator.satuan.casefold().startswith("persen")
    ]
    return [Phrase(gabung(others), ", berbeda dari satuannya.")] if others else []


def _berubah(b: Bahan) -> bool:
    """Tell whether the ceiling is another one by now than that which the compositions divide."""
    change = b.q("anggaran/perubahan-pagu")
    return change is not None and change.value != 0


def _yang_dirinci(b: Bahan) -> str:
    return "pagu awal" if _berubah(b) else "anggaran"


def _pagu_mana(b: Bahan) -> str:
    return " (Pagu Awal)" if _berubah(b) else ""


def _pagu_awal(b: Bahan) -> list[Part]:
    awal = b.q("anggaran/pagu-awal")
    nomor = b.params.unit.dipa_nomor
    start: list[Part] = ["Pada tahun anggaran ", Moment(str(b.year)), ", ", kutip(b.unit)]
    if awal is None:
        return []
    return [
        *start,
        " memperoleh pagu awal sebesar ",
        awal,
        " (",
        Number(awal, "terbilang"),
        " rupiah)",
        *(deret(" berdasarkan ", kutip(nomor)) if nomor else []),
        ".",
    ]


def _pagu_efektif(b: Bahan) -> list[Part]:
    """Say what is blocked, unless a revision tells of it; the history then says it."""
    blokir, efektif = b.q("anggaran/blokir"), b.q("anggaran/efektif")
    if blokir is None or efektif is None or b.q("anggaran/pagu-efektif") is not None:
        return []
    if not blokir.value:
        return ["Tidak ada pagu yang diblokir."]
    whole = "pagu awal" if b.q("anggaran/pagu-awal") is not None else "pagu seluruh RO"
    return [f"Dari {whole}, ", blokir, " diblokir sehingga pagu efektif menjadi ", efektif, "."]


def _selisih_dipa(b: Bahan, total: Quantity) -> list[Part]:
    awal = b.q("anggaran/pagu-awal")
    if awal is None or awal.value == total.value:
        return []
    gap = b.q("anggaran/selisih")
    verb = "melebihi" if total.value > awal.value else "kurang dari"
    told: list[Part] = [" Jumlah pagu menurut rincian RO, ", total, f", {verb} pagu awal DIPA"]
    if gap is None:
        return [*told, "."]
    same = [
        Phrase(kutip(one.teks("kode_ro")), " ", kutip(one.teks("nama_ro")))
        for one in b.rekam("dipa_ro")
        if (q := b.q(f"anggaran/ro/{one.teks('kode_ro')}/pagu")) and q.value == abs(gap.value)
    ]
    equal = deret(", sama besar dengan pagu RO ", same[0]) if len(same) == 1 else []
    return [*told, " sebesar ", Number(gap, "mutlak"), *equal, "."]


def _belanja_terbesar(b: Bahan, types: list[tuple[Rekam, Quantity | None]]) -> list[Part]:
    largest = terbesar([(row, q) for row, q in types if q is not None])
    if not largest:
        return []
    named = [
        Phrase(
            kutip(row.teks("jenis_belanja").lower()),
            ", yaitu ",
            q,
            *_kurung(b.q(f"anggaran/belanja/{row.teks('kode')}/porsi")),
        )
        for row, q in largest
    ]
    return [" Porsi terbesar ialah ", gabung(named, "serta"), "."]


def _selisih_belanja(b: Bahan, total: Quantity | None) -> list[Part]:
    awal = b.q("anggaran/pagu-awal")
    if awal is None or total is None or awal.value == total.value:
        return []
    return [
        " Jumlah menurut jenis belanja (",
        total,
        ") tidak sama dengan pagu awal DIPA (",
        awal,
        ").",
    ]


def _penggantian(b: Bahan) -> list[Part]:
    replaced = [kode for kode in b.params.indikator if kode in b.params.target]
    if not replaced:
        return []
    return [
        ", kecuali untuk ",
        gabung([kutip(one) for one in replaced]),
        " yang targetnya diganti melalui parameter",
    ]


def _terbesar(b: Bahan, rows: list[Rekam]) -> list[Part]:
    shares = [
        (Phrase(kutip(kode), " ", kutip(nama)), q)
        for kode, nama in _unique(rows, "kode_kro", "nama_kro")
        if (q := b.q(f"anggaran/kro/{kode}/porsi")) is not None
    ]
    if not shares:
        return []
    return [" Porsi terbesar ialah KRO ", sebut(terbesar(shares)), "."]


def _tabel_komposisi(b: Bahan, rows: list[Rekam], total: Quantity) -> Table:
    body: list[Row] = []
    for (program, nama), in_program in groupby(
        rows, key=lambda one: (one.teks("kode_program"), one.teks("nama_program"))
    ):
        body.append(_jumlah(program, nama, b.q(f"anggaran/program/{program}/pagu")))
        for (kode, judul), in_kegiatan in groupby(
            in_program, key=lambda one: (one.teks("kode_kegiatan"), one.teks("nama_kegiatan"))
        ):
            body.append(_jumlah(kode, judul, b.q(f"anggaran/kegiatan/{kode}/pagu")))
            for kro, in_kro in groupby(in_kegiatan, key=lambda one: one.teks("kode_kro")):
                members = list(in_kro)
                body.append(
                    Row(
                        kutip(kro),
                        kutip(members[0].teks("nama_kro")),
                        (goal := b.q(f"anggaran/kro/{kro}/target")) or "",
                        kutip(capital(members[0].teks("satuan"))) if goal else "",
                        b.q(f"anggaran/kro/{kro}/pagu"),
                        b.q(f"anggaran/kro/{kro}/porsi") or "",
                        kind="jumlah",
                    )
                )
                body += [
                    Row(
                        kutip(one.teks("kode_ro")),
                        kutip(one.teks("nama_ro")),
                        b.q(f"anggaran/ro/{one.teks('kode_ro')}/target") or one.angka("target"),
                        kutip(capital(one.teks("satuan"))),
                        b.q(f"anggaran/ro/{one.teks('kode_ro')}/pagu"),
                        b.q(f"anggaran/ro/{one.teks('kode_ro')}/porsi"),
                    )
                    for one in members
                ]
    body.append(_jumlah("", "Jumlah", total))
    return tabel("tabel-komposisi", body, unit=b.unit, tahun=str(b.year), mana=_pagu_mana(b))


def _jumlah(kode: str, nama: str, pagu: Quantity | None) -> Row:
    return Row(kutip(kode), kutip(nama), "", "", pagu, "", kind="jumlah")


def _targets(b: Bahan, kunci: str) -> list[tuple[str, Quantity]]:
    found = ((name, b.q(f"{kunci}/target/{name}")) for name in NAMA_DOKUMEN)
    return [(name, q) for name, q in found if q is not None]


def _differs(stated: Quantity | None, used: Quantity | None) -> bool:
    return (stated and stated.value) != (used and used.value)


def _stated(b: Bahan, name: str) -> bool:
    return any(one.q(f"target/{name}") is not None for one in b.capaian())


def _unique(rows: list[Rekam], kode: str, nama: str) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.teks(kode), one.teks(nama)) for one in rows))


def _sebesar(q: Quantity | None, kata: str) -> list[Part]:
    return [] if q is None else [kata, q]


def _kurung(q: Quantity | None) -> list[Part]:
    return [] if q is None else [" (", q, ")"]
