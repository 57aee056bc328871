"""The summary for those who read two pages: verdict, scorecard, what was missed, what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from pp39.characters import capital
from pp39.indicators.serapan import SPENT
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Note, Prose
from pp39.report.inline import Bold, Part, Phrase, Reference
from pp39.report.sections.anggaran import (
    dari_pagu,
    kro_ditimbang,
    kro_tanpa_serapan,
    pagu_berubah,
)
from pp39.report.sections.bahan import BELUM, TERCAPAI, TERTINGGAL, Bahan, Capaian
from pp39.report.sections.capaian import (
    bercatatan,
    catatan,
    gambar_capaian,
    hitungan,
    isian,
    kartu_skor,
    nama_pendek,
    sebutan,
)
from pp39.report.sections.hambatan import tanpa_kendala, tanpa_langkah
from pp39.report.sections.kalimat import (
    banyaknya,
    bersatuan,
    bilang,
    bulan,
    gabung,
    kalimat_utuh,
    kecil_awal,
    kutip,
    masa,
    prosa,
)
from pp39.report.sections.penilaian import jauh_di_atas, sebut_capaian
from pp39.report.sections.progres import bulan_data, sejauh, terhenti, tertinggal
from pp39.report.sections.rencana import beda_target

# More than so many results that stand out, or codes, are not named.
_MANY = 4


def ringkasan(b: Bahan) -> list[Block]:
    """Compose the summary."""
    drawn = gambar_capaian(b)
    at = gabung([Reference("tabel-kartu-skor"), *(Reference(one.label) for one in drawn)])
    blocks: list[Block] = [
        Prose(*_verdict(b, at), *_spaced(_money(b)), *_spaced(_outputs(b))),
        kartu_skor(b),
    ]
    below = [_why(b, one) for one in b.berstatus(*TERTINGGAL)]
    if below:
        title = capital(sebutan(b.berstatus(*TERTINGGAL)))
        if b.quarter is Quarter.IV:
            title = "Yang tidak tercapai"
            if b.ambang.value != 100:
                title += f" menurut ambang capaian {prosa(b.ambang).plain()}"
        # What the figures show is no cause that the unit has named.
        unnamed = [one.kode for one in tanpa_kendala(b)] or [code for _, code in below if code]
        dark = gabung([kutip(code) for code in unnamed])
        rest = [Phrase("Kendala ", dark, " belum dirumuskan.")] if unnamed else []
        blocks.append(Note(title, [*(one for one, _ in below), *rest], "peringatan"))
    good = _best(b)
    if good:
        blocks.append(Prose(Bold("Hasil yang menonjol."), " ", *good))
    asked = _decisions(b)
    if asked:
        blocks.append(Note("Keputusan yang diperlukan", [Phrase(*one, ".") for one in asked]))
    doubts = _doubts(b)
    if doubts:
        blocks.append(Note("Catatan atas data", doubts))
    return [*blocks, *drawn]


def _spaced(parts: list[Part]) -> list[Part]:
    return [" ", *parts] if parts else []


def _verdict(b: Bahan, shown: Part) -> list[Part]:
    """Say in one sentence how the indicators stand, and where each is `shown`."""
    total, unit = bilang(b.banyak()), kutip(b.unit)
    when: list[Part] = ["Sampai dengan akhir ", masa(b.period, b.year), ", "]
    known = [one for one in b.capaian() if one.has_data]
    at: list[Part] = [" (", shown, ")."]
    doubtful = bercatatan(b)
    beside: list[Part] = [", dengan catatan atas data"] if doubtful else []
    if not known:
        return [*when, "data ", total, " indikator kinerja ", unit, " belum tersedia", *at]
    if len(known) < len(b.capaian()):
        few = 2 * len(known) < len(b.capaian())
        told: list[Part] = [*when, "baru " if few else "", banyaknya(known), " dari ", total]
        told += [" indikator kinerja ", unit, " memiliki data" if few else " telah memiliki data"]
        if len(known) == 1:
            one = known[0]
            told += [", yaitu ", kutip(one.kode), " ", kutip(nama_pendek(one)), " dengan status "]
            return [*told, one.worded, *beside, *at]
        return [*told, ": ", hitungan(b, {BELUM}), *beside, *at]
    if b.quarter is Quarter.IV:
        reached = b.banyak(TERCAPAI)
        told = [*when, bilang(reached), " dari ", total, " indikator kinerja ", unit, " mencapai "]
        lower: list[Part] = ["ambang target, yaitu capaian ", prosa(b.ambang)]
        told += ["target setahun"] if b.ambang.value == 100 else lower
        if doubtful:
            told += [", ", banyaknya(doubtful), " di antaranya dengan catatan atas data"]
        return [*told, *at]
    return [*when, "dari ", total, " indikator kinerja ", unit, ", ", hitungan(b), *beside, *at]


def _money(b: Bahan) -> list[Part]:
    """Say what was spent, against the ceiling that holds, or as the percentage that is known."""
    percent, amount = b.q("serapan/total/persen"), b.q("serapan/total/rupiah")
    if percent is None or amount is None:
        return ["Penyerapan anggaran belum dilaporkan."] if b.q("anggaran/pagu-awal") else []
    if amount.note.startswith(SPENT):
        held = b.q("serapan/total/persen-pagu-akhir") or percent
        return ["Anggaran terserap ", amount, " atau ", prosa(held), dari_pagu(b), "."]
    if "realisasi_program" not in b.due:
        return []
    told: list[Part] = ["Penyerapan anggaran diperkirakan ", prosa(percent), ", ditimbang menurut"]
    told += [" pagu awal ", banyaknya(kro_ditimbang(b)), " klasifikasi rincian output"]
    now = pagu_berubah(b)
    if now is not None:
        told += ["; realisasi rupiah terhadap pagu ", now, " setelah revisi belum tersedia"]
    return [*told, "."]


def _outputs(b: Bahan) -> list[Part]:
    months = bulan_data(b)
    total, plan = b.q("ro/total/progres"), b.q("ro/total/rencana")
    if not months or "progres_bulanan" not in b.due or total is None or plan is None:
        return []
    told: list[Part] = ["Progres fisik rincian output (RO) yang dipantau, ditimbang menurut pagu,"]
    told += [" mencapai ", prosa(total)]
    told += [", sedangkan rencananya ", prosa(plan), " (", bulan(months[-1], b.year), ")"]
    behind = tertinggal(b)
    if behind and not terhenti(b):
        told += ["; ", banyaknya(behind), " RO tertinggal", *sejauh(b), " dari rencana"]
    return [*told, "."]


def _why(b: Bahan, c: Capaian) -> tuple[Phrase, str]:
    """Tell of a target that was missed, or is behind its way, by how much and why.

    The code goes along where nobody has said why.
    """
    target, made = c.target, c.realisasi
    assert target is not None
    assert made is not None
    told: list[Part] = [kutip(c.kode), " ", kutip(nama_pendek(c)), ": "]
    told += [bersatuan(made, nama_pendek(c), c.indikator.satuan_rumus)]
    due, limit = c.q("jalur"), c.indikator.polaritas == "turun"
    goal = "batas" if limit else "target"
    if target.low is not None:
        told += [", di luar rentang target ", prosa(target)]
        told += sebut_capaian(c)
    elif due is not None and due.value != target.value:
        told += [", melampaui batas " if limit else " dari ", prosa(due)]
        told += [" sampai dengan " if limit else " yang direncanakan sampai dengan "]
        told += [f"triwulan ini ({goal} setahun ", prosa(target), ")"]
    else:
        told += [f", melampaui {goal} " if limit else f" dari {goal} ", prosa(target)]
        told += sebut_capaian(c)
    note = isian(b, c, "kendala")
    if note.jenis == "ada":
        return Phrase(*told, "; ", kutip(kecil_awal(kalimat_utuh(note.teks)))), ""
    because = _because(b, c)
    if because:
        return Phrase(*told, "; ", *because, "."), ""
    return Phrase(*told, "."), c.kode


def _because(b: Bahan, c: Capaian) -> list[Part]:
    text = c.indikator.sebab
    told = b.stories[c.kode].sentence(text, "sebab") if text else []
    return told if Phrase(*told).plain().strip() else []


def _best(b: Bahan) -> list[Part]:
    """Tell of the targets that were passed by far, the farthest first."""
    far = [(one, one.capaian) for one in b.capaian() if one.capaian and jauh_di_atas(b, one)]
    far.sort(key=lambda pair: -pair[1].value)
    told = [
        Phrase(kutip(nama_pendek(one)), " ", prosa(one.realisasi), " (target ", prosa(goal), ")")
        for one, _ in far[:_MANY]
        if one.realisasi is not None and (goal := one.target) is not None
    ]
    among = "antara lain " if len(far) > _MANY else ""
    return [f"Target terlampaui jauh {among}pada ", gabung(told), "."] if told else []


def _decisions(b: Bahan) -> list[list[Part]]:
    """Ask for what only a decision can settle."""
    asked: list[list[Part]] = []
    if behind := b.berstatus(*TERTINGGAL):
        asked.append(_settled(b, behind))
    late = tertinggal(b) if "progres_bulanan" in b.due and b.quarter is not Quarter.IV else []
    if late and not terhenti(b):
        asked.append(["Percepatan ", banyaknya(late), " RO yang tertinggal", *sejauh(b)])
    lacking = b.tanpa_data()
    if lacking:
        asked.append(["Tenggat penyerahan data ", banyaknya(lacking), " indikator"])
    if differing := beda_target(b):
        which = " indikator yang targetnya berlainan dalam dokumen perencanaan"
        asked.append(["Penetapan satu target bagi ", banyaknya(differing), which])
    far = [one for one in b.capaian() if jauh_di_atas(b, one)]
    if far and b.quarter is Quarter.IV:
        asked.append(["Penyesuaian target ", banyaknya(far), " indikator yang terlampaui jauh"])
    amount = b.q("serapan/total/rupiah")
    if amount is not None and not amount.note.startswith(SPENT) and pagu_berubah(b) is not None:
        asked.append(["Penyediaan realisasi anggaran dalam rupiah menurut pencairan dana"])
    return asked


def _settled(b: Bahan, behind: Sequence[Capaian]) -> list[Part]:
    """Ask for what those behind lack, which of them it is, and until when it is to be done."""
    lacking: dict[tuple[str, ...], list[Part]] = {}
    for what, many in (("sebab", tanpa_kendala(b)), ("langkah perbaikan", tanpa_langkah(b))):
        lacking.setdefault(tuple(one.kode for one in many), []).append(what)
    lacking.pop((), None)
    whom: list[Part] = [banyaknya(behind), f" indikator yang {sebutan(behind)}"]
    if not lacking:
        return ["Tenggat langkah perbaikan bagi ", *whom]
    told = lacking.pop(tuple(one.kode for one in behind), [])
    apart = [Phrase(gabung(what), " bagi ", _codes(codes)) for codes, what in lacking.items()]
    every = Phrase(gabung([*told, "tenggat"]), " bagi ", *whom)
    return ["Penetapan ", gabung([*apart, every], "serta")]


def _codes(codes: Sequence[str]) -> Part:
    many = Phrase(banyaknya(codes), " indikator")
    return gabung([kutip(one) for one in codes]) if len(codes) <= _MANY else many


def _doubts(b: Bahan) -> list[Part]:
    """Tell what a reader must know before relying on the figures."""
    told: list[Part] = [
        # The code is enough here; the name stands in the scorecard.
        kutip(sentence.replace(f" ({one.indikator.nama})", ""))
        for one in b.capaian()
        for sentence in catatan(b, one.kode)
    ]
    if "progres_bulanan" in b.due and bulan_data(b):
        months, same = bulan_data(b), terhenti(b)
        when = bulan(months[-1], b.year)
        if months[-1] < b.quarter.last_month:
            told.append(
                Phrase("Progres RO baru dilaporkan sampai dengan ", when, _repeated(same), ".")
            )
        elif same:
            told.append(Phrase("Progres RO ", when, " tampaknya belum dimutakhirkan."))
    idle = kro_tanpa_serapan(b) if "realisasi_program" in b.due else []
    if idle:
        which = gabung([kutip(one) for one in idle])
        some = Phrase(banyaknya(idle), " KRO") if len(idle) > _MANY else Phrase("KRO ", which)
        told.append(Phrase("Penyerapan ", some, " dalam DIPA belum dilaporkan."))
    return told


def _repeated(same: list[str]) -> str:
    return ", dan bulan itu tampaknya belum dimutakhirkan" if same else ""
