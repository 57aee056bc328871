"""BAB I: tasks and functions, background with the reporting duty, organisation and its chart."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from pp39.characters import capital
from pp39.periods import working_day_deadline
from pp39.report.block import Block
from pp39.report.charts import Chart, Point, chart_style
from pp39.report.charts.style import BLUE, INK, WIDTH, centred, legible_on, wrapped
from pp39.report.document import Listing, Prose
from pp39.report.figure import Picture
from pp39.report.inline import Number, Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.kalimat import (
    Moment,
    deret,
    gabung,
    kutip,
    masa,
    tanggal,
    terinci,
    triwulan,
)
from pp39.report.sections.penilaian import klasifikasi
from pp39.report.sections.skenario import parameter_lain
from pp39.report.sections.tabel import tabel

_BINGKAI = 0.12
# Letters of a name in an inch.
_HURUF = 13


def tugas_fungsi(b: Bahan) -> list[Block]:
    """Compose 1.1 from the unit's parameters."""
    unit = b.params.unit
    rujukan = next((one for one in unit.dasar_hukum if one.pasal), None)
    blocks: list[Block] = [
        Prose(
            kutip(unit.nama),
            " (",
            kutip(unit.singkatan),
            ") adalah ",
            kutip(unit.jenis),
            " di bawah ",
            kutip(unit.atasan),
            *(deret(", ", kutip(unit.kementerian)) if unit.badan else []),
            *(
                deret(", dengan wilayah pelayanan ", kutip(unit.wilayah_kerja))
                if unit.wilayah_kerja
                else []
            ),
            ". ",
            *(
                deret(
                    "Tugas dan fungsinya ditetapkan dalam ",
                    kutip(rujukan.peraturan),
                    *(deret(" tentang ", kutip(rujukan.tentang)) if rujukan.tentang else []),
                    *deret(" (", kutip(rujukan.pasal or ""), "). "),
                )
                if rujukan
                else []
            ),
            "Tugas pokok unit ini ialah ",
            kutip(unit.tugas),
            ".",
        ),
    ]
    if unit.fungsi:
        blocks += [
            Prose("Dalam melaksanakan tugas tersebut, unit menyelenggarakan fungsi:"),
            Listing(*terinci([kutip(one) for one in unit.fungsi]), kind="huruf"),
        ]
    return blocks


def _formulir_a(b: Bahan) -> list[Part]:
    at = Reference("lampiran-formulir-a")
    return ["; Formulir A dimuat pada ", at] if "formulir_a" in b.due else []


def latar_belakang(b: Bahan) -> list[Block]:
    """Compose 1.2 with the duty to report and the days the forms of the quarter are due."""
    unit = b.params.unit
    formulir = b.params.regulasi.formulir
    libur = {one.tanggal for one in b.params.regulasi.libur}
    akhir = b.quarter.end(b.year)
    dasar = unit.dasar_hukum
    baris = []
    for kode, one in formulir.items():
        days = b.settings.quantity(
            f"regulasi.formulir.{kode}.hari_kerja", f"Batas formulir {kode}", "hari kerja"
        )
        due = tanggal(working_day_deadline(akhir, one.hari_kerja, libur))
        who = (kutip(capital(one.dari)), kutip(capital(one.kepada)))
        baris.append((f"Formulir {kode}", *who, Number(days, "satuan"), due))
    dokumen: list[Part] = [kutip(dasar[0].peraturan)] if dasar else ["Peraturan perundang-undangan"]
    if dasar and dasar[0].tentang:
        dokumen += [" tentang ", kutip(dasar[0].tentang)]
    blocks: list[Block] = [
        Prose(
            *dokumen,
            " mewajibkan setiap satuan kerja melaporkan pelaksanaan rencana pembangunan "
            "secara berkala dan berjenjang, dari unit terbawah sampai dengan pimpinan kementerian. "
            "Laporan memuat penyerapan anggaran, pencapaian keluaran, kendala yang dihadapi, dan "
            "tindak lanjut yang diperlukan, sehingga penyimpangan dari rencana dapat segera "
            "dikoreksi.",
        ),
        Prose(
            "Laporan ini mencakup pelaksanaan program dan kegiatan ",
            kutip(unit.singkatan),
            " sampai dengan ",
            tanggal(akhir),
            ", yaitu akhir ",
            masa(b.period, b.year),
            ". Batas penyampaian setiap formulir untuk ",
            triwulan(b.quarter) if b.period.is_year else "triwulan ini",
            " disajikan pada ",
            Reference("tabel-formulir"),
            *_formulir_a(b),
            ".",
            *_dikirim(b),
        ),
        tabel("tabel-formulir", baris, triwulan=str(b.quarter), tahun=str(b.year)),
    ]
    others = [kutip(f"{name} tentang {what}" if what else name) for name, what in _acuan(b)]
    if len(others) == 1:
        blocks.append(Prose("Penyusunan laporan juga berpedoman pada ", others[0], "."))
    elif others:
        told = "Penyusunan laporan juga berpedoman pada peraturan berikut:"
        blocks += [Prose(told), Listing(*terinci(others), kind="angka")]
    return blocks + parameter_lain(b)


def _acuan(b: Bahan) -> list[tuple[str, str | None]]:
    """Give name and subject of what the unit rests on, and of what its indicators cite besides.

    What sets its duties is named with them.
    """
    own = {one.peraturan: one.tentang for one in b.params.unit.dasar_hukum if not one.pasal}
    cited = [one.dasar for one in b.params.indikator.values() if one.dasar and "Nomor" in one.dasar]
    cited += [found[1].sumber for kode in b.params.indikator if (found := klasifikasi(b, kode))]
    known = b.settings.profile.isi.peraturan
    return list((own | {one: known.get(one) for one in cited if one not in own}).items())[1:]


def _dikirim(b: Bahan) -> list[Part]:
    """Say when the report was sent, where the unit says so; nothing is taken for granted."""
    laporan = b.params.laporan
    if laporan.dikirim is None:
        return []
    form = b.params.regulasi.formulir[laporan.formulir]
    holidays = {one.tanggal for one in b.params.regulasi.libur}
    due = working_day_deadline(b.quarter.end(b.year), form.hari_kerja, holidays)
    told: list[Part] = [" Laporan ini disampaikan pada ", tanggal(laporan.dikirim)]
    if laporan.dikirim > due:
        return [*told, f", melewati batas waktu Formulir {laporan.formulir}."]
    return [*told, f", dalam batas waktu Formulir {laporan.formulir}."]


def struktur(b: Bahan) -> list[Block]:
    """Compose 1.3: history of the unit and its structure as a figure."""
    unit = b.params.unit
    blocks: list[Block] = []
    if unit.riwayat:
        blocks += [
            Prose("Unit ini telah beberapa kali berganti nama dan kedudukan sejak didirikan:"),
            Listing(
                *terinci(
                    [
                        Phrase(
                            Moment(f"Tahun {one.tahun}"),
                            ": ",
                            kutip(one.nama),
                            *(deret(", di bawah ", kutip(one.induk)) if one.induk else []),
                            *(deret(", berdasarkan ", kutip(one.dasar)) if one.dasar else []),
                        )
                        for one in unit.riwayat
                    ]
                )
            ),
        ]
    if unit.struktur:
        kepala, *bagian = unit.struktur
        told: list[Part] = ["Organisasi dipimpin oleh ", kutip(kepala)]
        parts = gabung([kutip(one) for one in bagian])
        told += [" dan terdiri atas ", parts] if bagian else []
        at = "gambar-struktur"
        title, drawn = f"Struktur Organisasi {unit.singkatan}", bagan_struktur(unit.struktur)
        blocks.append(Prose(*told, ", sebagaimana digambarkan pada ", Reference(at), "."))
        blocks.append(Picture.of(at, title, drawn))
    return blocks


def bagan_struktur(bagian: Sequence[str]) -> Chart:
    """Draw the structure.

    Parameters
    ----------
    bagian : sequence of str
        Head first, then the parts that report to it.

    Raises
    ------
    ValueError
        If there is no head.
    """
    if not bagian:
        raise ValueError("the structure needs a head; set unit.struktur")
    head, *below = bagian
    many = max(len(below), 1)
    width = min(2.6, 6.2 / many)
    names = [wrapped(name, round((width - 0.3) * _HURUF)) for name in below]
    # Room for the longest name, on as many lines as it takes.
    more = 0.3 * max((name.count("\n") for name in names), default=0)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.82 + 0.48 * more if below else 0.6))
        axes = figure.subplots()
        places = [(place + 0.5) * 6.3 / many for place in range(len(below))]
        middle = 3.15
        for place in places:
            axes.plot([place, place], [0.7, 0.95], color=INK, linewidth=1.0)
        if places:
            axes.plot(
                [min(*places, middle), max(*places, middle)], [0.95, 0.95], color=INK, linewidth=1.0
            )
            axes.plot([middle, middle], [0.95, 1.2], color=INK, linewidth=1.0)
        _box(axes, head, (middle, 1.45 if below else 0.45), 2.2, BLUE)
        for place, name in zip(places, names, strict=True):
            _box(axes, name, (place, 0.45 - more / 2), width - 0.3, "white", more=more)
        axes.set_xlim(0, 6.3)
        axes.set_ylim(0.1 - more, 1.8 if below else 0.8)
        axes.set_axis_off()
    told = f"Bagan struktur organisasi: {head}"
    told += (
        f", membawahkan {' dan '.join(filter(None, [', '.join(below[:-1]), below[-1]]))}"
        if (below)
        else ""
    )
    return Chart(figure, f"{told}.", tuple(Point.of(name, None) for name in (head, *below)))


def _box(
    axes: Axes,
    name: str,
    centre: tuple[float, float],
    width: float,
    colour: str,
    *,
    more: float = 0,
) -> None:
    x, y = centre
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - 0.22 - more / 2),
            width,
            0.44 + more,
            boxstyle=f"round,pad={_BINGKAI / 2}",
            facecolor=colour,
            edgecolor=INK,
            linewidth=1.0,
        )
    )
    ink = legible_on(colour) if colour != "white" else INK
    centred(axes, centre, name, weight="bold", color=ink)
