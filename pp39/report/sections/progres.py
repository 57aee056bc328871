"""Monthly progress and volume of the rincian output against the SMART plan: 3.1.3 and an annex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from pp39.indicators.ro import TINY_STEP
from pp39.ledger import Quantity
from pp39.numbers import exact
from pp39.periods import MONTHS
from pp39.report.block import Block
from pp39.report.charts import progress_fields
from pp39.report.document import Prose
from pp39.report.figure import Picture
from pp39.report.inline import Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan, Rekam
from pp39.report.sections.kalimat import (
    banyaknya,
    bilang,
    bulan,
    deret,
    gabung,
    kutip,
    masa,
    mutlak,
    prosa,
    terkecil,
)
from pp39.report.sections.tabel import tabel
from pp39.report.table import Content, Row, Table, TableCell

_BELUM = "belum ada data"

_WHOLE = 100

# Outputs that are behind, up to this many, are told by name; the table shows all of them.
_NAMED = 4
# So many months make lines worth drawing; before, the table tells as much.
_DRAWN_MONTHS = 4
# Room for all months of a table, and for one of them, in millimetres.
_MONTHS_MM, _MONTH_MM = 162.0, 20.0
# With so many months, a table has room for the names of outputs.
_NAMED_MONTHS = 6


@dataclass(frozen=True)
class _Ro:
    kode: str
    nama: str
    rekam: Rekam


def bulan_data(b: Bahan) -> list[int]:
    """Give the months up to the quarter's end for which any progress is recorded."""
    return sorted({row.bulat("bulan") for row in b.rekam("progres_ro")} & set(b.quarter.upto))


def tertinggal(b: Bahan) -> list[tuple[str, str]]:
    """Give code and name of the RO clearly behind their plan in the last month recorded."""
    return [(one.kode, one.nama) for one, _ in _tertinggal(b, _daftar(b))]


def sejauh(b: Bahan) -> list[Part]:
    """Say from which lag on an RO is told of as behind; nothing where any lag is one."""
    tolerance = b.settings.quantity("progres.toleransi", "Toleransi", "poin persen")
    return [" ", prosa(tolerance), " poin persen atau lebih"] if tolerance.value else []


def progres_bulanan(b: Bahan) -> list[Block]:
    """Compose 3.1.3: summary, how far each is, volumes by month, small multiples."""
    everyone, months = _daftar(b), bulan_data(b)
    if not months:
        return []
    volume = _tabel_volume(b, everyone)
    summary = _ringkas(b, everyone, months, bool(volume))
    table = _tabel_posisi(b, everyone, months[-1])
    if len(months) < _DRAWN_MONTHS:
        return [Prose(*summary), table, *volume]
    plotted = [one for one in everyone if any(_progres(b, one.kode, m) for m in months)]
    chart = Picture.of(
        "gambar-progres",
        f"Progres Rincian Output terhadap Rencana {b.period.upto(f'Tahun {b.year}')}",
        progress_fields(
            [f"{one.kode} {one.nama}" for one in plotted],
            [[_progres(b, one.kode, m) for m in b.quarter.upto] for one in plotted],
            [[b.q(_id(one.kode, "tpcro-kumulatif", m)) for m in b.quarter.upto] for one in plotted],
            b.quarter.last_month,
        ),
        message=_pesan(b, months, everyone),
    )
    # The tall chart before the second table, which fills the page that it may leave.
    return [Prose(*summary), table, chart, *volume]


def progres_menurut_bulan(b: Bahan) -> list[Block]:
    """Compose the annex on progress by month."""
    return [_tabel_bulanan(b, _daftar(b))] if bulan_data(b) else []


def _pesan(b: Bahan, months: Sequence[int], everyone: Sequence[_Ro]) -> Part:
    """Say in one line how many are behind, and which months are not known."""
    behind = tertinggal(b)
    if stale := terhenti(b):
        told: list[Part] = ["Data ", bulan(months[-1]), " tampaknya "]
        repeats = _mengulang(b, stale, months)
        told += ["mengulang ", bulan(months[-2])] if repeats else ["belum dimutakhirkan"]
        return Phrase(*told, "; ketertinggalan belum dapat dinilai")
    told = ["Tertinggal", *sejauh(b), " dari rencana pada ", bulan(months[-1]), ": "]
    told += [banyaknya(behind), " dari ", banyaknya(everyone), " RO"] if behind else ["tidak ada"]
    lacking = [one for one in b.quarter.upto if one not in months]
    if lacking:
        told += ["; ", banyaknya(lacking), " bulan tanpa data"]
    return Phrase(*told)


def _daftar(b: Bahan) -> list[_Ro]:
    found: dict[str, Rekam] = {}
    for row in b.rekam("progres_ro"):
        found.setdefault(row.teks("kode_ro"), row)
    names = {kode: b.nama_dipa.get(kode) or row.teks("nama_ro") for kode, row in found.items()}
    # One order everywhere: that of the DIPA.
    places = {kode: n for n, kode in enumerate(b.nama_dipa)}
    order = sorted(found, key=lambda kode: (places.get(kode, len(places)), kode))
    return [_Ro(kode, names[kode], found[kode]) for kode in order]


def _ringkas(b: Bahan, everyone: Sequence[_Ro], months: Sequence[int], counted: bool) -> list[Part]:
    final = months[-1]
    judged = b.q("ro/ringkasan/dinilai")
    parts: list[Part] = ["Progres ", *(deret(bilang(judged), " ") if judged else [])]
    parts += ["rincian output (RO) dipantau setiap bulan dan dibandingkan dengan rencana ("]
    parts += [Reference("tabel-progres-posisi")]
    parts += [" dan ", Reference("gambar-progres")] if len(months) >= _DRAWN_MONTHS else []
    parts += ["; menurut bulan pada ", Reference("tabel-progres")]
    parts += [", volumenya pada ", Reference("tabel-volume")] if counted else []
    parts += ["). "]
    watched = {one.kode for one in everyone}
    idle = [row for row in b.rekam("dipa_ro") if row.teks("kode_ro") not in watched]
    if idle:
        named = [kutip(f"{row.teks('kode_ro')} {row.teks('nama_ro')}") for row in idle]
        parts += ["RO dalam DIPA yang tidak ikut dipantau ialah ", gabung(named), ". "]
    missing = [one for one in b.quarter.upto if one > final]
    if missing:
        parts += ["Data terakhir ialah data bulan ", bulan(final, b.year), "; data bulan "]
        parts += [gabung([bulan(one) for one in missing]), " belum tersedia, sehingga keadaan pada"]
        parts += [" akhir ", masa(b.period, b.year), " belum dapat dinilai"]
        stated = b.kini("realisasi_kro") if "realisasi_program" in b.due else []
        if any(one.teks("fisik") for one in stated):
            parts += [" dan keterangan fisik pada ", Reference("tabel-serapan")]
            parts += [" belum dapat dicocokkan dengannya"]
        parts += [". "]
    if not any(_selisih(b, one.kode) for one in everyone):
        return [*parts, "Perbandingan dengan rencana belum dapat dihitung."]
    total, plan = b.q("ro/total/progres"), b.q("ro/total/rencana")
    if total is not None and plan is not None:
        parts += ["Ditimbang menurut pagu, progres RO yang dipantau pada bulan ", bulan(final)]
        parts += [" mencapai ", prosa(total), ", sedangkan rencananya ", prosa(plan), ". "]
    return [*parts, *_terhenti(b, everyone, months), *_lambat(b)]


def _lambat(b: Bahan) -> list[Part]:
    """Name who is behind the plan, and who is furthest."""
    behind, worst = tertinggal(b), terjauh(b)
    if not behind:
        return ["Tidak ada RO yang tertinggal", *sejauh(b), " dari rencana."]
    parts: list[Part] = ["Sebanyak ", banyaknya(behind), " RO tertinggal", *sejauh(b)]
    parts += [" dari rencana"]
    if len(behind) <= _NAMED:
        parts += [", yaitu ", gabung([kutip(nama) for _, nama in behind])]
    parts += ["; ketertinggalan terbesar, yaitu ", worst[0][1], ", terdapat pada "]
    return [*parts, gabung([name for name, _ in worst]), "."]


def _terhenti(b: Bahan, everyone: Sequence[_Ro], months: Sequence[int]) -> list[Part]:
    """Say that the last month is not up to date, and how things stood when it was."""
    same = terhenti(b)
    if not same:
        return []
    final, before = months[-1], months[-2]
    parts: list[Part] = ["Pada ", banyaknya(same), " RO yang sedang berjalan, nilai bulan "]
    parts += [bulan(final)]
    repeats = _mengulang(b, same, months)
    if repeats:
        parts += [" sama dengan nilai bulan ", bulan(before)]
    else:
        parts += [" mengulang nilai bulan sebelumnya atau sejak Januari hampir tidak bertambah"]
    parts += [", sehingga data bulan itu tampaknya belum dimutakhirkan"]
    if not tertinggal(b):
        return [*parts, ". "]
    parts += [" dan ketertinggalan berikut belum tentu nyata"]
    if not repeats:
        return [*parts, ". "]
    earlier = [one for one in everyone if _jelas(b, _jarak(b, one.kode, before))]
    parts += ["; pada bulan ", bulan(before)]
    if not earlier:
        return [*parts, " tidak ada RO yang tertinggal sejauh itu. "]
    named = gabung([kutip(one.kode) for one in earlier])
    return [*parts, " yang tertinggal sejauh itu ", named, ". "]


def terhenti(b: Bahan) -> list[str]:
    """Give the RO under way whose last month is not up to date, if they are most of them.

    It repeats the month before, or no month of the year has added more than a tiny step.
    """
    months = bulan_data(b)
    if len(months) < 2 or months[-1] != months[-2] + 1:
        return []
    known = {one.kode: [_progres(b, one.kode, month) for month in months] for one in _daftar(b)}
    under_way = {
        kode: [one.value for one in values if one is not None]
        for kode, values in known.items()
        if values[-1] is not None and values[-2] is not None and 0 < values[-1].value < _WHOLE
    }
    stale = [
        kode
        for kode, values in under_way.items()
        if values[-1] == values[-2]
        or all(now - before < TINY_STEP for before, now in pairwise([Fraction(0), *values]))
    ]
    return stale if 2 * len(stale) > len(under_way) else []


def _mengulang(b: Bahan, stale: Sequence[str], months: Sequence[int]) -> bool:
    """Tell whether all that are not up to date repeat the month before."""
    pairs = ([_progres(b, kode, month) for month in months[-2:]] for kode in stale)
    return all(now and before and now.value == before.value for before, now in pairs)


def terjauh(b: Bahan) -> list[tuple[Part, Part]]:
    """Name the RO furthest behind their plan with their gaps; none where none clearly is."""
    return [
        (Phrase(kutip(one.kode), " ", kutip(one.nama)), mutlak(gap))
        for one, gap in terkecil(_tertinggal(b, _daftar(b)))
    ]


def _tabel_posisi(b: Bahan, everyone: Sequence[_Ro], final: int) -> Table:
    return tabel(
        "tabel-progres-posisi",
        [
            (
                kutip(one.kode),
                kutip(one.nama),
                b.q(_id(one.kode, "tpcro-kumulatif", final)),
                _progres(b, one.kode, final),
                b.q(f"ro/{one.kode}/selisih-progres"),
            )
            for one in everyone
        ],
        bulan=MONTHS[final - 1],
        tahun=str(b.year),
    )


def _tabel_volume(b: Bahan, everyone: Sequence[_Ro]) -> list[Block]:
    """Lay out what was delivered, cumulative, by month; nothing where no source has it."""
    counted = _bervolume(b, everyone)
    if not counted:
        return []
    months, recorded = b.quarter.upto, bulan_data(b)
    named = len(months) <= _NAMED_MONTHS
    return [
        tabel(
            "tabel-volume",
            [
                (
                    kutip(one.kode),
                    *([kutip(one.nama)] if named else []),
                    kutip(one.rekam.teks("satuan").capitalize()),
                    b.q(f"ro/{one.kode}/tvro"),
                    *_per_bulan(b, one.kode, "rvro", recorded),
                )
                for one in counted
            ],
            tanpa=() if named else ("Rincian output",),
            notes=[
                *beda_dipa(b, _target_volume(b, counted)),
                *_surut(b, counted),
            ],
            tahun=str(b.year),
            bulan=[MONTHS[m - 1][:3] for m in months],
            lebar="10mm" if named else "1",
        )
    ]


def _bervolume(b: Bahan, everyone: Sequence[_Ro]) -> list[_Ro]:
    return [one for one in everyone if any(b.q(_id(one.kode, "rvro", m)) for m in b.quarter.upto)]


def beda_dipa(b: Bahan, targets: Mapping[str, Quantity | None]) -> list[Part]:
    """Name the RO whose target of volume is another one in the DIPA."""
    named = [Phrase(kutip(code), " (", dipa, ")") for code, dipa in _beda(b, targets).items()]
    return [Phrase("Menurut DIPA targetnya lain: ", gabung(named), ".")] if named else []


def beda_selebihnya(b: Bahan, targets: Mapping[str, Quantity | None]) -> list[Part]:
    """Name those that the table of volumes does not name already, and lead there for the others."""
    printed = "progres_bulanan" in b.due and bulan_data(b)
    named = _beda(b, _target_volume(b, _bervolume(b, _daftar(b)))) if printed else {}
    rest = {code: own for code, own in targets.items() if code not in named}
    told = beda_dipa(b, rest)
    if named.keys() & _beda(b, targets).keys():
        told += [Phrase("Target lain menurut DIPA: lihat ", Reference("tabel-volume"), ".")]
    return told


def _beda(b: Bahan, targets: Mapping[str, Quantity | None]) -> dict[str, Quantity]:
    return {
        code: dipa
        for code, own in targets.items()
        if own is not None
        and (dipa := b.q(f"anggaran/ro/{code}/target")) is not None
        and own.value != dipa.value
    }


def _target_volume(b: Bahan, counted: Sequence[_Ro]) -> dict[str, Quantity | None]:
    return {one.kode: b.q(f"ro/{one.kode}/tvro") for one in counted}


def _surut(b: Bahan, counted: Sequence[_Ro]) -> list[Part]:
    """Name the RO whose cumulative volume falls from a month to a later one."""
    falling = [
        kutip(one.kode)
        for one in counted
        if (by_month := [q for m in b.quarter.upto if (q := b.q(_id(one.kode, "rvro", m)))])
        and any(now.value < before.value for before, now in pairwise(by_month))
    ]
    if not falling:
        return []
    named = gabung(falling)
    return [
        Phrase("Volume kumulatif ", named, " turun pada suatu bulan; sumbernya akan kami periksa.")
    ]


def _per_bulan(b: Bahan, kode: str, what: str, recorded: Sequence[int]) -> list[Content]:
    """Give a cell for each month, and one for each run of months nobody has recorded."""
    cells: list[Content] = []
    for known, run in groupby(b.quarter.upto, key=lambda month: month in recorded):
        if known:
            cells += [b.q(_id(kode, what, month)) for month in run]
        else:
            cells.append(TableCell(_BELUM, across=len(list(run)), align="tengah"))
    return cells


def _tabel_bulanan(b: Bahan, everyone: Sequence[_Ro]) -> Table:
    months = b.quarter.upto
    recorded = bulan_data(b)
    body: list[Row] = []
    for kegiatan in dict.fromkeys(one.rekam.teks("kode_kegiatan") for one in everyone):
        members = [one for one in everyone if one.rekam.teks("kode_kegiatan") == kegiatan]
        name = b.nama_dipa.get(kegiatan) or members[0].rekam.teks("nama_kegiatan")
        title = Phrase(kutip(kegiatan), " ", kutip(name))
        body.append(Row(title, kind="kelompok"))
        for one in members:
            plan = [b.q(_id(one.kode, "tpcro-kumulatif", m)) for m in months]
            real = _per_bulan(b, one.kode, "progres", recorded)
            body.append(
                Row(
                    TableCell(Phrase(kutip(one.kode), " ", kutip(one.nama)), down=2),
                    "Rencana",
                    *plan,
                )
            )
            body.append(Row("Realisasi", *real))
    return tabel(
        "tabel-progres",
        body,
        akhir=MONTHS[months[-1] - 1],
        tahun=str(b.year),
        bulan=[MONTHS[m - 1][:3] for m in months],
        # A few months do not fill the page.
        lebar=f"{min(_MONTHS_MM / len(months), _MONTH_MM):g}mm",
    )


def _id(kode: str, what: str, month: int) -> str:
    return f"ro/{kode}/{what}/{month:02d}"


def _progres(b: Bahan, kode: str, month: int) -> Quantity | None:
    return b.q(_id(kode, "progres", month))


def _selisih(b: Bahan, kode: str) -> Quantity | None:
    """Give the gap to the plan, which is negative where an RO is behind."""
    return b.q(f"ro/{kode}/selisih-progres")


def _jarak(b: Bahan, kode: str, month: int) -> Fraction | None:
    """Give progress − plan of a month, only to compare it; what is printed stands in the ledger."""
    real, plan = _progres(b, kode, month), b.q(_id(kode, "tpcro-kumulatif", month))
    return None if real is None or plan is None else real.value - plan.value


def _jelas(b: Bahan, gap: Fraction | None) -> bool:
    """Tell whether a gap is a lag: less than the tolerance is a matter of rounding."""
    return gap is not None and gap < 0 and gap <= -exact(b.params.progres.toleransi)


def _tertinggal(b: Bahan, everyone: Sequence[_Ro]) -> list[tuple[_Ro, Quantity]]:
    gaps = ((one, _selisih(b, one.kode)) for one in everyone)
    return [(one, gap) for one, gap in gaps if gap is not None and _jelas(b, gap.value)]
