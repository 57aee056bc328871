"""The overview of all indicators, and those without data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from pp39.characters import capital
from pp39.indicators.achievement import EXCEEDED
from pp39.indicators.compute import told_unlike
from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.charts import achievements
from pp39.report.document import Prose
from pp39.report.figure import Picture
from pp39.report.inline import Inline, Part, Phrase, Reference, StatusMark
from pp39.report.sections.bahan import (
    BELUM,
    DI_BAWAH_JALUR,
    SESUAI_JALUR,
    SUDAH_TERCAPAI,
    TAK_TERHITUNG,
    TERCAPAI,
    TIDAK,
    Bahan,
    Capaian,
)
from pp39.report.sections.kalimat import (
    banyaknya,
    deret,
    gabung,
    kalimat_utuh,
    kecil_awal,
    kutip,
    masa,
    merinci,
    prosa,
    sebut,
    terbesar,
    terkecil,
    triwulan,
)
from pp39.report.sections.penilaian import Isian, baca_kendala
from pp39.report.sections.tabel import tabel
from pp39.report.table import Row, Table

# Letters of an indicator's name that fit beside a bar.
_FITS = 42

# Indicators that tie up to this many are told by name, more by code.
_NAMED = 3

# So many that tie as the best or the worst are told one by one.
_TIED = 5

# A chart of fewer bars says nothing that its table does not.
_FEW = 5

# Statuses in the order in which they are told.
_TOLD = {
    TERCAPAI: " indikator mencapai target",
    SUDAH_TERCAPAI: " indikator sudah memenuhi target",
    SESUAI_JALUR: " indikator sesuai jalur",
    DI_BAWAH_JALUR: " indikator di bawah jalur",
    TIDAK: " indikator tidak mencapai target",
    TAK_TERHITUNG: " indikator tidak dapat dihitung capaiannya",
    BELUM: " indikator belum memiliki data",
}

# Each status by a sign of its own shape and a colour.
STATUS_MARKS = {
    TERCAPAI: StatusMark("Tercapai", "●", "baik"),
    SUDAH_TERCAPAI: StatusMark("Sudah tercapai", "●", "baik"),
    SESUAI_JALUR: StatusMark("Sesuai jalur", "▲", "baik"),
    DI_BAWAH_JALUR: StatusMark("Di bawah jalur", "▼", "waspada"),
    TIDAK: StatusMark("Tidak tercapai", "■", "buruk"),
    TAK_TERHITUNG: StatusMark("Tidak terhitung", "□", "netral"),
    BELUM: StatusMark("Belum ada data", "○", "netral"),
}

_JALUR = (
    "Jalur: target yang direncanakan sampai dengan akhir triwulan; bagi nilai yang tidak bertambah"
    " sepanjang tahun, seluruh target setahun."
)
_SINGKAT = "Jalur: target yang direncanakan sampai dengan akhir triwulan."
_BATAS = "Bagi {}, jalur ialah batas yang dilampaui; capaian dihitung terhadap batas setahun."
_BATAS_IKHTISAR = "{}: jalur ialah batas triwulan ini, sedangkan capaian terhadap batas setahun."
_CATATAN = "Status bertanda † bergantung pada catatan yang menyertai indikatornya."
_DI_BAWAH = "† Status bergantung pada data; lihat catatan atas data."


def ikhtisar(b: Bahan) -> list[Block]:
    """Compose the overview: status of all indicators, table, what is missing."""
    everyone = b.capaian()
    known = [one for one in everyone if one.capaian is not None]
    lacking = [one for one in everyone if not one.has_data]
    blocks: list[Block] = [Prose(*_status(b, lacking))]
    blocks += [Prose(*told) for told in (_extremes(b, known), _fisik(b)) if told]
    if len(lacking) < len(everyone):
        blocks.append(_overview(b))
    if lacking:
        blocks.append(_without_data(b, lacking))
    if b.period.is_year and (quarters := _quarters(b)):
        blocks += quarters
    return blocks


def gambar_capaian(b: Bahan) -> list[Picture]:
    """Draw how far each indicator is from its target; nothing where hardly any is known.

    Before the year ends, the share of a target of the year says little of what is due.
    """
    known = [one for one in b.capaian() if one.capaian is not None]
    if len(known) < _FEW or b.quarter is not Quarter.IV:
        return []
    chart = achievements(
        [f"{one.kode} {nama_pendek(one)}" for one in known],
        [one.capaian for one in known],
        [one.status for one in known],
        ambang=b.ambang,
        jumlah=b.banyak(),
        banyak={one: _count(b, one) for one in _TOLD},
    )
    when = "" if b.period.is_year else f", Triwulan {b.quarter} Tahun"
    title = f"Capaian Indikator terhadap Target Setahun{when} {b.year}"
    worst = terkecil([(nama_pendek(one), one.capaian) for one in known if one.capaian is not None])
    told: list[Part] = ["Capaian: ", hitungan(b), *dengan_catatan(b), "; terendah ", sebut(worst)]
    return [Picture.of("gambar-capaian", title, chart, message=Phrase(*told))]


def kartu_skor(b: Bahan) -> Table:
    """Lay out all indicators on one page: code, short name, target, realisation, status."""
    early = b.quarter is not Quarter.IV
    body = [
        Row(
            kutip(one.kode),
            kutip(nama_pendek(one)),
            one.target,
            *([one.q("jalur") if one.has_data else None] if early else []),
            one.realisasi,
            one.capaian,
            _mark(b, one),
        )
        for one in b.capaian()
    ]
    notes = (_SINGKAT, _DI_BAWAH, _BATAS)
    return _achieved(b, "tabel-kartu-skor", body, notes)


def hitungan(b: Bahan, tanpa: Collection[str] = ()) -> Inline:
    """Say how many indicators have each status: "tiga belas indikator mencapai target dan …"."""
    if b.banyak(BELUM).value == b.banyak().value:
        return Phrase("belum satu pun indikator memiliki data")
    found = [
        (one, count)
        for one in _TOLD
        if one not in tanpa and (count := _count(b, one)) and count.value
    ]
    if len(found) == 1 and found[0][1].value == b.banyak().value:
        return Phrase("seluruh", _kata(b, found[0][0]))
    counts = merinci([count for _, count in found])
    told = [Phrase(n, _kata(b, one)) for n, (one, _) in zip(counts, found, strict=True)]
    early = [one for one in b.capaian() if _belum_diukur(b, one)]
    if early and found[-1][0] == BELUM:
        which = "yaitu" if found[-1][1].value == len(early) else "termasuk"
        named = [Phrase(kutip(one.kode), " yang", _mulai(one)) for one in early]
        told[-1] = Phrase(told[-1], f", {which} ", gabung(named))
    return gabung(told)


def _belum_diukur(b: Bahan, c: Capaian) -> bool:
    """Tell whether an indicator has no data because it is measured from a later quarter on."""
    return not (c.has_data or c.indikator.begun(b.quarter))


def _mulai(c: Capaian) -> str:
    return f" baru diukur mulai triwulan {c.indikator.mulai}"


def _kata(b: Bahan, status: str) -> str:
    """Say what a status means; who reaches another threshold may have missed the target."""
    if status == DI_BAWAH_JALUR:
        return f" indikator {sebutan(b.berstatus(status))}"
    told = _TOLD[status]
    if b.params.status.ambang == 100:
        return told
    return told.replace("mencapai target", "mencapai ambang target")


def menurut_status(b: Bahan, members: Sequence[Capaian]) -> Inline:
    """Say which indicators have which status: "A dan B tercapai, sedangkan C tidak tercapai"."""
    found: dict[str, list[Part]] = {f" {one}": [] for one in (*_TOLD, EXCEEDED)}
    for one in members:
        status = _mulai(one) if _belum_diukur(b, one) else f" {one.worded}"
        found.setdefault(status, []).append(kutip(one.kode + "†" * bool(b.caveats(one.kode))))
    groups = [
        Phrase(gabung(many), " belum memiliki data" if status == f" {BELUM}" else status)
        for status, many in found.items()
        if many
    ]
    return Phrase(groups[0], ", sedangkan ", groups[1]) if len(groups) == 2 else gabung(groups)


def sebutan(many: Iterable[Capaian]) -> str:
    """Say how several indicators stand: "di bawah jalur atau melampaui batas"."""
    return gabung(sorted({one.worded for one in many}), "atau").plain()


def isian(b: Bahan, c: Capaian, kolom: str) -> Isian:
    """Read what the unit wrote for the quarter in a column of the realisation form.

    Of a year it is what was written for any of its quarters, each thing once with its quarters.
    """
    if told := tertulis(b, c, kolom):
        return Isian("ada", "; ".join([told[0], *map(kecil_awal, told[1:])]))
    rows = b.masa_ini("pelaksanaan", kode=c.kode)
    return baca_kendala(rows[0].teks(kolom) if rows else None, b.desks)


def tertulis(b: Bahan, c: Capaian, kolom: str) -> list[str]:
    """Give what the unit wrote there that says something, each thing apart."""
    rows = b.masa_ini("pelaksanaan", kode=c.kode)
    read = [(baca_kendala(row.teks(kolom), b.desks), row.teks("triwulan")) for row in rows]
    told = [(one.teks, quarter) for one, quarter in read if one.jenis == "ada"]
    return list(setiap_masa(told)) if b.period.is_year else [text for text, _ in told]


def setiap_masa(told: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Write each text once, with the quarters it was told in.

    Examples
    --------
    >>> list(setiap_masa([("hujan", "I"), ("banjir", "II"), ("Hujan.", "IV")]))
    ['hujan (triwulan I dan IV)', 'banjir (triwulan II)']
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for text, quarter in told:
        bare = text.strip().rstrip(".")
        _, quarters = found.setdefault(bare.casefold(), (bare, []))
        quarters += [quarter] if quarter not in quarters else []
    for bare, quarters in found.values():
        yield f"{bare} (triwulan {gabung(quarters).plain()})"


def sebut_indikator(many: Sequence[tuple[Capaian, Quantity]]) -> Inline:
    """Name indicators with a figure each; many by code, and with one figure where they tie."""
    short = len(many) > _NAMED
    if short and len({q.value for _, q in many}) == 1:
        named = gabung([kutip(one.kode) for one, _ in many])
        return Phrase(named, " (masing-masing ", many[0][1], ")")
    return sebut(
        [
            (
                kutip(one.kode)
                if short
                else Phrase(kutip(one.kode), " ", kutip(one.singkat or one.indikator.nama)),
                q,
            )
            for one, q in many
        ]
    )


def catatan(b: Bahan, kode: str) -> list[str]:
    """Tell what the status of an indicator depends on, a sentence each; mostly nothing."""
    return [kalimat_utuh(b.terdahulu.worded(one.kalimat)) for one in b.caveats(kode)]


def bercatatan(b: Bahan) -> list[Capaian]:
    """Give the indicators that do well as far as the data can be relied on."""
    well = b.berstatus(TERCAPAI, SUDAH_TERCAPAI, SESUAI_JALUR)
    return [one for one in well if b.caveats(one.kode)]


def dengan_catatan(b: Bahan) -> list[Part]:
    """Name those of whose status there is more to know, behind a sentence that tells it."""
    doubtful = [kutip(one.kode) for one in bercatatan(b)]
    return [", dengan catatan atas status ", gabung(doubtful)] if doubtful else []


def nama_pendek(c: Capaian) -> str:
    """Shorten a name to what a scorecard or a chart has room for."""
    nama = c.indikator.nama
    if c.singkat or len(nama) <= _FITS:
        return c.singkat or nama
    return " ".join(nama.split()[:5]) + " …"


def _count(b: Bahan, status: str) -> Quantity | None:
    return b.q(f"ringkasan/{status.replace(' ', '-')}")


def _mark(b: Bahan, c: Capaian) -> Part:
    shown = STATUS_MARKS[c.status]
    word = shown.word if c.worded == c.status else capital(c.worded)
    word = f"Mulai TW {c.indikator.mulai}" if _belum_diukur(b, c) else word
    return StatusMark(f"{word} †" if b.caveats(c.kode) else word, shown.symbol, shown.tone)


def _status(b: Bahan, lacking: Sequence[Capaian]) -> list[Part]:
    if len(lacking) == len(b.capaian()):
        return [
            "Data realisasi ",
            triwulan(b.quarter),
            " belum tersedia untuk seluruh indikator kinerja (",
            Reference("tabel-belum-ada"),
            "), sehingga capaiannya belum dapat dihitung.",
        ]
    parts: list[Part] = ["Pada akhir ", masa(b.period, b.year), ", ", hitungan(b)]
    parts += [" (", Reference("tabel-ikhtisar")]
    parts += [" dan ", Reference("tabel-belum-ada")] if lacking else []
    parts += [")."]
    early = b.quarter is not Quarter.IV
    if early:
        parts += [" Target setahun yang belum dipenuhi dinilai terhadap jalur."]
    if not early or b.ambang.value != 100:
        parts += [" Indikator dinyatakan tercapai apabila capaiannya sekurang-kurangnya "]
        parts += [prosa(b.ambang), "."]
    if b.params.capaian.batas is not None:
        batas = b.settings.quantity("capaian.batas", "Batas capaian", "%")
        parts += [" Capaian dibatasi paling tinggi ", prosa(batas), "."]
    return parts


def _extremes(b: Bahan, known: Sequence[Capaian]) -> list[Part]:
    early = b.quarter is not Quarter.IV
    scored = [(one, one.capaian) for one in known if one.capaian is not None]
    # Of a target of the year that is not due as a whole the share reached says little.
    scores = [(one, score) for one, score in scored if not early or _jatuh_tempo(one)]
    alike = len({score.value for _, score in scores}) == 1
    if not scores or (alike and len(scores) < len(scored)):
        return []
    highest, lowest = terbesar(scores), terkecil(scores)
    if alike:
        return ["Capaian yang dapat dihitung ialah ", sebut_indikator(highest), "."]
    parts: list[Part] = ["Terhadap target setahun, " if early else ""]
    if len(scores) < len(scored):
        growing = gabung([kutip(one.kode) for one, _ in scored if not _jatuh_tempo(one)])
        parts += ["di luar ", growing, " yang targetnya bertambah sepanjang tahun, "]
    parts += ["capaian" if early else "Capaian", " tertinggi", *_pada("terdapat pada", highest)]
    return [*parts, ", sedangkan yang terendah", *_pada("pada", lowest), "."]


def _pada(where: str, tied: Sequence[tuple[Capaian, Quantity]]) -> list[Part]:
    """Say where the highest or the lowest is; of many that tie, how many, which the table tells."""
    if len(tied) <= _TIED:
        return [f" {where} ", sebut_indikator(tied)]
    return [", ", prosa(tied[0][1]), f", {where} ", banyaknya(tied), " indikator"]


def _jatuh_tempo(c: Capaian) -> bool:
    """Tell whether the whole target of the year is due already, as that of what stands."""
    due = c.q("jalur")
    return due is None or c.target is None or due.value == c.target.value


def _fisik(b: Bahan) -> list[Part]:
    """Tell where the action plan is short of its interim target, and where it was done in vain."""
    late, vain = dict[Fraction, tuple[Quantity, list[tuple[Part, Part]]]](), list[Part]()
    for one in b.capaian():
        goal, real = one.q("fisik/target"), one.q("fisik/realisasi")
        if goal is None or real is None:
            continue
        if real.value < goal.value:
            late.setdefault(goal.value, (goal, []))[1].append((kutip(one.kode), real))
        elif one.status == TIDAK and one.capaian is not None:
            vain.append(kutip(one.kode))
    told: list[Part] = []
    if late:
        shown = deret(" (", Reference("tabel-pengukuran"), ")")
        shown *= "pengukuran_rencana_aksi" in b.due
        short = [Phrase(prosa(goal), " pada ", sebut(some)) for goal, some in late.values()]
        told += ["Realisasi fisik rencana aksi", *shown, " di bawah target antara "]
        told += [gabung(short, "serta"), ". " if vain else "."]
    if vain:
        told += ["Realisasi fisik rencana aksi ", gabung(vain), " tercatat penuh meskipun target"]
        told += [" indikatornya tidak tercapai."]
    return told


def _overview(b: Bahan) -> Table:
    body: list[Row] = []
    early = b.quarter is not Quarter.IV
    for kode, nama, everyone in b.per_sasaran():
        members = [one for one in everyone if one.has_data]
        if members:
            body.append(Row(Phrase(kutip(kode), " ", kutip(nama)), kind="kelompok"))
        for one in members:
            due: list[Part | None] = [one.q("jalur")] if early else []
            figures = (one.target, *due, one.realisasi, one.capaian)
            body.append(Row(kutip(one.kode), kutip(one.indikator.nama), *figures, _mark(b, one)))
    notes = (_JALUR, _CATATAN, _BATAS_IKHTISAR)
    return _achieved(b, "tabel-ikhtisar", body, notes)


def _achieved(b: Bahan, label: str, body: Sequence[Row], remarks: tuple[str, str, str]) -> Table:
    early = b.quarter is not Quarter.IV
    doubtful = any(b.caveats(one.kode) for one in b.capaian())
    notes = [one for one, told in zip(remarks[:2], (early, doubtful), strict=True) if told]
    if over := [one.kode for one in b.capaian() if one.worded == EXCEEDED]:
        notes.append(remarks[2].format(gabung(over).plain()))
    return tabel(
        label,
        body,
        tanpa=() if early else ("Jalur",),
        notes=[*notes, *_menurut_akhir(b)],
        masa=b.period.title(f"Tahun {b.year}"),
    )


def _menurut_akhir(b: Bahan) -> list[str]:
    """Name the indicators whose result of the year is that of its last quarter alone."""
    last = [one.kode for one in b.capaian() if menurut_akhir(b, one)]
    if not last:
        return []
    named = gabung(last).plain()
    return [f"{named}: realisasi dan status setahun menurut nilai triwulan {b.quarter}."]


def menurut_akhir(b: Bahan, c: Capaian) -> bool:
    """Tell whether the year is judged by a value of its last quarter alone."""
    alone = c.indikator.sifat == "triwulan" and not b.of_year(c.kode)
    return b.period.is_year and alone and c.realisasi is not None


def per_triwulan(b: Bahan, c: Capaian) -> list[tuple[Quarter, Quantity | None]]:
    """Give what came out in each quarter of the year; None where there are no data."""
    last = f"realisasi-triwulan/{Quarter.IV}" if b.of_year(c.kode) else "realisasi"
    names = [*(f"realisasi-triwulan/{one}" for one in list(Quarter)[:-1]), last]
    return [(one, c.q(name)) for one, name in zip(Quarter, names, strict=True)]


def _quarters(b: Bahan) -> list[Block]:
    """Lay the four quarters of each indicator side by side."""
    told = [(one, [made for _, made in per_triwulan(b, one)]) for one in b.capaian()]
    if not any(made for _, quarters in told for made in quarters):
        return []
    notes: list[Part] = [*_menurut_akhir(b)]
    if not all(all(quarters) for _, quarters in told):
        notes.append("Tanda –: belum ada data triwulan itu.")
    for one, quarters in told:
        unlike = [text for made in quarters if made and (text := told_unlike(made.note))]
        notes += [Phrase(kutip(one.kode), ": ", kutip(" ".join(unlike)))] if unlike else []
    return [
        Prose(
            "Perkembangan indikator menurut triwulan disajikan pada ",
            Reference("tabel-triwulan"),
            ".",
        ),
        tabel(
            "tabel-triwulan",
            [
                Row(
                    kutip(one.kode),
                    kutip(nama_pendek(one)),
                    capital(one.indikator.sifat),
                    *quarters,
                    one.realisasi,
                    one.target,
                )
                for one, quarters in told
            ],
            notes=notes,
            tahun=str(b.year),
            triwulan=[str(quarter) for quarter in Quarter],
        ),
    ]


def _without_data(b: Bahan, lacking: Sequence[Capaian]) -> Table:
    """List the indicators nobody has given data of yet, with who is to give them."""
    due = b.tanpa_data()
    return tabel(
        "tabel-belum-ada",
        [
            Row(
                kutip(one.kode),
                kutip(one.singkat or one.indikator.nama),
                one.target,
                kutip(capital(kecil_awal(one.indikator.sumber)) + mulai),
                kutip(pic) if (pic := b.pic(one.indikator)) else None,
            )
            for one, mulai in (
                (one, "" if one in due else f" (diukur mulai TW {one.indikator.mulai})")
                for one in lacking
            )
        ],
        triwulan=str(b.quarter),
        tahun=str(b.year),
    )
