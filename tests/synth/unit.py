"""One made-up unit: its parameters, and the source files around its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from pp39.numbers import exact, format_number, round_half_up
from pp39.periods import MONTHS

from .files import Sheet, write_csv, write_frame, write_workbook
from .rows import KINDS, SERVICES, Cases

__all__ = ["KRO", "UnitPlan", "ceilings", "parameters", "write_sources"]

_QUARTERS = ("I", "II", "III", "IV")
_PROGRAMS = {"EC": "Program Nilai Tambah dan Daya Saing Industri", "WA": "Dukungan Manajemen"}
_KEGIATAN = {"6077": ("EC", "Penyelenggaraan Jasa Industri"), "6042": ("WA", "Dukungan Manajemen")}
#: KRO: kegiatan, name, name and unit of its one RO, target volume.
KRO: Mapping[str, tuple[str, str, str, str, int]] = {
    "6077.AEC": ("6077", "Kerja sama", "Kerja Sama Layanan Teknis", "Dokumen", 12),
    "6077.BAD": ("6077", "Pelayanan Publik kepada Industri", "Jasa Pengujian", "Industri", 24),
    "6077.BDB": ("6077", "Fasilitasi dan Pembinaan Lembaga", "Jasa Sertifikasi", "Lembaga", 12),
    "6042.EBA": ("6042", "Layanan Dukungan Manajemen Internal", "Layanan Umum", "Layanan", 12),
    "6042.EBD": ("6042", "Layanan Manajemen Kinerja Internal", "Layanan Pemantauan", "Dokumen", 12),
}
_LETTER = "SINTETIS-{number:03d}/{month}/{year}"


@dataclass(frozen=True)
class UnitPlan:
    """What is decided about a unit before its files are written.

    Parameters
    ----------
    number : int
        Its number, from 1.
    slug, name, short : str
        What it is called.
    year : int
        Budget year.
    kro : dict of str to int
        Ceilings in rupiah.
    errors : frozenset of str
        Errors to plant.
    indicators : mapping of str to mapping
        The registry of indicators.
    goals : mapping of str to str
        Names of the sasaran.
    """

    number: int
    slug: str
    name: str
    short: str
    year: int
    kro: dict[str, int]
    errors: frozenset[str]
    indicators: Mapping[str, Mapping[str, Any]]
    goals: Mapping[str, str]


def ceilings(random: np.random.Generator) -> dict[str, int]:
    """Draw the ceiling of each KRO in rupiah."""
    return {code: int(random.integers(200, 4000)) * 1_000_000 for code in KRO}


def parameters(plan: UnitPlan) -> dict[str, Any]:
    """Give the parameters of the unit, to be written as YAML."""
    return {
        "profil": "bskji",
        "unit": {
            "nama": plan.name,
            "jenis": "unit pelaksana teknis",
            "sintetis": True,
            "singkatan": plan.short,
            "kementerian": "Kementerian Contoh (sintetis)",
            "badan": "Badan Contoh Jasa Industri (sintetis)",
            "singkatan_badan": "BCJI",
            "alamat": f"Jalan Contoh Nomor {plan.number}",
            "wilayah_kerja": "wilayah contoh",
            "dipa_nomor": f"SP DIPA-SINTETIS.{plan.number:03d}/{plan.year}",
            "tugas": "melaksanakan pelayanan jasa industri bagi keperluan pengujian sistem",
            "fungsi": ["pelaksanaan pelayanan jasa industri contoh"],
            "struktur": ["Kepala", "Subbagian Tata Usaha", "Kelompok Jabatan Fungsional"],
            "dasar_hukum": [
                {
                    "peraturan": "Peraturan Pemerintah Nomor 39 Tahun 2006",
                    "tentang": "Tata Cara Pengendalian dan Evaluasi Pelaksanaan Rencana"
                    " Pembangunan",
                }
            ],
            "layanan": {slug: {"nama": one[0], "satuan": one[1]} for slug, one in SERVICES.items()},
            "kategori_pelanggan": {slug: {"nama": name} for slug, name in KINDS.items()},
        },
        "laporan": {"tempat": "Contoh", "jabatan_penanda_tangan": f"Kepala {plan.short}"},
    }


def write_sources(folder: Path, plan: UnitPlan, cases: Cases, random: np.random.Generator) -> None:
    """Write all source files of the unit into a folder that is there."""
    for name, frame in (
        ("order_layanan", cases.orders),
        ("survei_ikm", cases.ikm),
        ("survei_nps", cases.nps),
        ("sp2d", cases.sp2d),
    ):
        write_frame(folder / f"{name}.csv", frame)
    _counts(folder, plan, cases)
    _budget(folder, plan, cases)
    _revenue(folder, plan, random)
    _outputs(folder, plan)
    scores = _scores(plan, cases, random)
    _targets(folder, plan, cases)
    _performance(folder, plan, scores)
    _statements(folder, plan, cases)


def _counts(folder: Path, plan: UnitPlan, cases: Cases) -> None:
    extra = 5 if "rekap-sla" in plan.errors else 0
    last = max(quarter for quarter, _ in cases.sla)
    rows = []
    for (quarter, service), (every, timely) in cases.sla.items():
        more = extra if (quarter, service) == (last, "pengujian") else 0
        late = every - timely + more
        rows.append((_QUARTERS[quarter], SERVICES[service][0], every + more, timely, late))
    write_csv(
        folder / "sla.csv", ("Triwulan", "Layanan", "Jumlah", "Tepat Waktu", "Terlambat"), rows
    )
    extra = 3 if "rekap-pelanggan" in plan.errors else 0
    first = next(key for key in cases.customers if key[0] == last)
    write_csv(
        folder / "pelanggan.csv",
        ("Triwulan", "Jenis Layanan", "Kategori", "Jumlah"),
        (
            (
                _QUARTERS[key[0]],
                SERVICES[key[1]][0],
                KINDS[key[2]],
                count + (extra if key == first else 0),
            )
            for key, count in cases.customers.items()
        ),
        delimiter=";",
    )
    extra = 2 if "rekap-hasil" in plan.errors else 0
    rows_of_service = []
    for number, (service, (name, unit, _, _)) in enumerate(SERVICES.items(), 1):
        given = [cases.results.get((quarter, service), 0) for quarter in range(4)]
        target = sum(given) * 9 // 10
        given[3] += extra if service == "kalibrasi" else 0
        cells = [f"{one} {unit}" for one in given]
        rows_of_service.append((number, name, f"{target} {unit}", *cells))
    header = ("No", "Jenis Layanan", "Target Tahunan", "TW I", "TW II", "TW III", "TW IV")
    write_csv(folder / "hasil_layanan.csv", header, rows_of_service)


def _budget(folder: Path, plan: UnitPlan, cases: Cases) -> None:
    whole = sum(plan.kro.values())
    rows = []
    for code, (kegiatan, name, output, unit, target) in KRO.items():
        program, title = _KEGIATAN[kegiatan]
        above = (program, _PROGRAMS[program], kegiatan, title, code, name, unit)
        rows.append((*above, f"{code}.001", output, _grouped(plan.kro[code]), target, unit))
    sheet = Sheet(
        "Komposisi RO",
        ("KOMPOSISI ANGGARAN PER RINCIAN OUTPUT (SINTETIS)", plan.name),
        (
            (
                "Program",
                "",
                "Kegiatan",
                "",
                "Klasifikasi Rincian Output",
                "",
                "",
                "Rincian Output",
                "",
                "Pagu (Rp)",
                "Target",
                "Satuan",
            ),
            (
                "Kode Program",
                "Nama Program",
                "Kode Kegiatan",
                "Nama Kegiatan",
                "Kode KRO",
                "Nama KRO",
                "Satuan KRO",
                "Kode RO",
                "Nama RO",
                "",
                "",
                "",
            ),
        ),
        rows,
        "Sumber: data sintetis",
    )
    write_workbook(folder / "dipa_ro.xlsx", sheet)
    fees = whole // 10
    short = 1_000_000 if "sumber-dana" in plan.errors else 0
    write_csv(
        folder / "sumber_dana.csv",
        ("Sumber", "Uraian", "Pagu"),
        (
            ("RM", "Rupiah Murni", f"Rp{_grouped(whole - fees - short)}"),
            ("PNBP", "Penerimaan Negara Bukan Pajak", f"Rp{_grouped(fees)}"),
        ),
    )
    blocked = whole // 20
    write_csv(
        folder / "dipa_pagu.csv",
        ("Kode", "Uraian", "Nilai"),
        (
            ("pagu_awal", "Pagu awal DIPA", f"Rp{_grouped(whole)}"),
            ("pagu_blokir", "Pagu blokir", f"Rp{_grouped(blocked)}"),
        ),
    )
    staff, goods = whole * 6 // 10, whole * 3 // 10
    kinds = (
        ("51", "Belanja Pegawai", staff),
        ("52", "Belanja Barang", goods),
        ("53", "Belanja Modal", whole - staff - goods),
    )
    write_csv(
        folder / "jenis_belanja.csv",
        ("Kode", "Jenis Belanja", "Pagu (Rp)"),
        ((code, name, _grouped(amount)) for code, name, amount in kinds),
    )
    total = f"Rp{_grouped(whole)}"
    sheet = Sheet(
        "Revisi DIPA",
        ("RINCIAN REVISI DIPA (SINTETIS)", plan.name),
        (
            ("No", "Revisi", "Tanggal", "Pagu", "", "Blokir", "Keterangan"),
            ("", "", "", "Awal", "Akhir", "", ""),
        ),
        (
            ("", "DIPA 0", f"29 November {plan.year - 1}", total, total, "", "Awal"),
            (
                1,
                "DIPA 1",
                f"21 Februari {plan.year}",
                total,
                total,
                f"Rp{_grouped(blocked)}",
                "Blokir penggunaan anggaran",
            ),
            (2, "DIPA 2", f"21 April {plan.year}", total, total, "", "Pemutakhiran halaman III"),
        ),
        "Sumber: data sintetis",
    )
    write_workbook(folder / "revisi_dipa.xlsx", sheet)
    stated, done = [], []
    for number, quarter in enumerate(_QUARTERS):
        for code, (kegiatan, name, output, _, _) in KRO.items():
            program = _KEGIATAN[kegiatan][0]
            percent = round_half_up(Fraction(100 * cases.paid[number, code], plan.kro[code]), 2)
            if "serapan-dinyatakan" in plan.errors and (quarter, code) == ("IV", "6077.BAD"):
                percent -= 1
            told = "mencapai sasaran" if quarter == "IV" else "sesuai rencana"
            stated.append(
                (f"TW {quarter}", program, code, name, f"{format_number(percent, 2)}%", told)
            )
            done.append((f"TW {quarter}", program, code, f"pelaksanaan {output.lower()}"))
    header = ("Triwulan", "Program", "Kode KRO", "Nama KRO", "Serapan", "Fisik")
    write_csv(folder / "realisasi_kro.csv", header, stated)
    write_csv(folder / "kegiatan_kro.csv", ("Triwulan", "Program", "Kode KRO", "Kegiatan"), done)


def _revenue(folder: Path, plan: UnitPlan, random: np.random.Generator) -> None:
    rows = []
    for number, (name, _, _, _) in enumerate(SERVICES.values(), 1):
        target = int(random.integers(20, 400)) * 1_000_000
        earned = target * int(random.integers(80, 130)) // 100
        rows.append((number, name, _grouped(target), _grouped(earned)))
    sheet = Sheet(
        "PNBP",
        (
            "REALISASI PENERIMAAN NEGARA BUKAN PAJAK (SINTETIS)",
            plan.name,
            f"Posisi s.d. 31 Desember {plan.year}",
        ),
        (
            ("No", "Jenis Layanan", f"Tahun Anggaran {plan.year}", ""),
            ("", "", "Target (Rp)", "Realisasi (Rp)"),
        ),
        rows,
        "Sumber: data sintetis",
    )
    write_workbook(folder / "pnbp.xlsx", sheet)
    before = int(random.integers(300, 900)) * 1_000_000
    write_csv(
        folder / "pnbp_dasar.csv",
        ("Tahun", "Realisasi", "Keterangan"),
        ((plan.year - 1, f"Rp{_grouped(before)}", "sintetis"),),
    )
    assets = int(random.integers(10, 60)) * 1_000_000_000
    write_csv(folder / "aset.csv", ("Tahun", "Nilai Aset"), ((plan.year, f"Rp{_grouped(assets)}"),))


def _outputs(folder: Path, plan: UnitPlan) -> None:
    rows: list[Sequence[str | int]] = []
    for kegiatan, (_, title) in _KEGIATAN.items():
        rows.append((f"{kegiatan} - {title}",))
        for code, (above, _, output, unit, target) in KRO.items():
            if above != kegiatan:
                continue
            cells: list[str | int] = []
            for month in range(1, 13):
                percent = Fraction(100 * month, 12)
                if "progres-turun" in plan.errors and (code, month) == ("6077.AEC", 10):
                    percent -= 20
                percent = round_half_up(percent, 2)
                cells += [target * month // 12, f"{format_number(percent, 2)}%"]
            rows.append((code.partition(".")[2], f"001 - {output}", unit, target, *cells))
    pairs = [name for month in MONTHS for name in (month, "")]
    sheet = Sheet(
        "Progres RO",
        ("MONITORING RINCIAN OUTPUT BULANAN (SINTETIS)", plan.name),
        (
            ("KRO", "Rincian Output", "Satuan", "TVRO", *pairs),
            ("", "", "", "", *(("RVRO", "Progres") * 12)),
        ),
        rows,
        "Sumber: data sintetis",
    )
    write_workbook(folder / "progres_ro.xlsx", sheet)
    planned = []
    for number, (code, (kegiatan, name, output, unit, target)) in enumerate(KRO.items(), 1):
        program = _KEGIATAN[kegiatan][0]
        kro = f"{program}-{kegiatan}-{code.partition('.')[2]}-{name}"
        cells = []
        for month in range(1, 13):
            cells += ["8,33 %" if month < 12 else "8,37 %"]
            cells += [str(target * month // 12 - target * (month - 1) // 12)]
        planned.append((number, kro, f"001-{output}", target, unit, *cells))
    columns = [f"{name} {month}" for month in MONTHS for name in ("TPCRO", "TRVRO")]
    header = ("No", "KRO", "RO", "Target", "Satuan", *columns)
    write_csv(folder / "target_smart.csv", header, planned)


def _scores(
    plan: UnitPlan, cases: Cases, random: np.random.Generator
) -> dict[tuple[str, int], Fraction]:
    """Draw the external scores, and state the IKM the answers give."""
    scores: dict[tuple[str, int], Fraction] = {}
    for code, one in plan.indicators.items():
        for quarter in range(4):
            if one["hitung"] == "nilai_eksternal":
                goal = _target(one, cases)
                drawn = goal * Fraction(int(random.integers(92, 112)), 100)
                top = one["skala"][1]
                scores[code, quarter] = round_half_up(min(drawn, exact(top)), 2)
            elif one["hitung"] == "ikm" and quarter in cases.index:
                sums, people = cases.index[quarter]
                wrong = "ikm-dinyatakan" in plan.errors and quarter == 3
                index = Fraction(sum(sums), 9 * people) + (Fraction(1, 20) if wrong else 0)
                scores[code, quarter] = round_half_up(index, one["desimal"])
    return scores


def _target(indicator: Mapping[str, Any], cases: Cases) -> Fraction:
    method, top = indicator["hitung"], indicator["skala"][1]
    if method == "jumlah_pelanggan":
        return Fraction(sum(n for key, n in cases.customers.items() if key[0] == 3) * 9 // 10)
    if method == "hasil_layanan":
        return Fraction(sum(n for key, n in cases.results.items() if key[0] == 3) * 9 // 10)
    fixed = {"ikm": "3.5", "nps": "45", "roa": "0.02", "kenaikan_pnbp": "5"}
    if method in fixed:
        return Fraction(fixed[method])
    return exact(top) * Fraction(4, 5)


def _targets(folder: Path, plan: UnitPlan, cases: Cases) -> None:
    goals = {code: _decimal(_target(one, cases)) for code, one in plan.indicators.items()}
    other = dict(goals)
    if "target-ganda" in plan.errors:
        external = [
            code for code, one in plan.indicators.items() if one["hitung"] == "nilai_eksternal"
        ]
        other[external[len(external) // 2]] = "75"
    rows = [
        (code, plan.goals[one["kode_sasaran"]], one["nama"], one["satuan"], one["kode_sasaran"])
        for code, one in plan.indicators.items()
    ]
    short = ("Dokumen", "Kode", "Sasaran", "Indikator", "Target")
    write_csv(
        folder / "target_perjanjian_kinerja.csv",
        (*short, "Satuan"),
        (
            (f"Perjanjian Kinerja {plan.year} (sintetis)", code, goal, name, goals[code], unit)
            for code, goal, name, unit, _ in rows
        ),
    )
    write_csv(
        folder / "target_sasaran_indikator.csv",
        (
            "Dokumen",
            "Kode Sasaran",
            "Sasaran",
            "Kode",
            "Indikator",
            "Satuan",
            "Target",
            "Unit Terkait",
        ),
        (
            (
                "Sasaran dan Indikator (sintetis)",
                of,
                goal,
                code,
                name,
                unit,
                goals[code],
                plan.short,
            )
            for code, goal, name, unit, of in rows
        ),
    )
    for name, values, delimiter in (
        ("rencana_aksi", other, ";"),
        ("tabel_capaian", goals, ","),
    ):
        write_csv(
            folder / f"target_{name}.csv",
            short,
            (
                (f"{name.replace('_', ' ')} (sintetis)", code, goal, indicator, values[code])
                for code, goal, indicator, _, _ in rows
            ),
            delimiter,
        )
    write_csv(
        folder / "target_antara.csv",
        ("Kode", "TW I", "TW II", "TW III", "TW IV"),
        ((code, "25%", "50%", "89%", "100%") for code in plan.indicators),
    )


def _performance(folder: Path, plan: UnitPlan, scores: Mapping[tuple[str, int], Fraction]) -> None:
    def per_quarter(*cells: str) -> Iterable[tuple[str, ...]]:
        for code in plan.indicators:
            for quarter in _QUARTERS:
                yield (code, f"TW {quarter}", *(cell.format(code, quarter) for cell in cells))

    header = ("Kode", "Triwulan", "Urut", "Kegiatan")
    write_csv(folder / "rencana_aksi.csv", header, per_quarter("1", "rencana {0} triwulan {1}"))
    done = per_quarter("1", "terlaksananya rencana {0} triwulan {1}")
    write_csv(folder / "realisasi_kegiatan.csv", header, done)
    trouble = per_quarter(
        "100%", "100%", "jumlah petugas {0} terbatas", "penjadwalan ulang petugas {0}"
    )
    columns = ("Kode", "Triwulan", "Fisik Target", "Fisik Realisasi", "Kendala", "Tindak Lanjut")
    write_csv(folder / "pelaksanaan.csv", columns, trouble)
    scopes = ("Perjanjian Kinerja", "Kegiatan", "Program EC", "Program WA")
    every = [(f"TW {quarter}", scope) for quarter in _QUARTERS for scope in scopes]
    write_csv(
        folder / "kendala.csv",
        ("Triwulan", "Lingkup", "Uraian"),
        ((*one, f"keterbatasan sarana pada {one[1].lower()}") for one in every),
    )
    write_csv(
        folder / "tindak_lanjut.csv",
        ("Triwulan", "Lingkup", "Pelaku", "Uraian"),
        ((*one, "Kepala", f"pemenuhan sarana pada {one[1].lower()}") for one in every),
    )
    write_csv(
        folder / "ikpa.csv",
        ("Bulan", "Nilai IKPA"),
        ((name, f"9{number % 7},{number:02d}") for number, name in enumerate(MONTHS, 1)),
    )
    write_csv(
        folder / "nilai_eksternal.csv",
        ("Kode", "Triwulan", "Nilai", "Sumber", "Nomor Surat", "Tanggal Surat", "Keterangan"),
        (
            (
                code,
                _QUARTERS[quarter],
                _decimal(score),
                "Penilai contoh (sintetis)",
                _LETTER.format(number=number, month=3 * quarter + 3, year=plan.year),
                f"{plan.year}-{3 * quarter + 3:02d}-28",
                "",
            )
            for number, ((code, quarter), score) in enumerate(scores.items(), 1)
        ),
    )


def _statements(folder: Path, plan: UnitPlan, cases: Cases) -> None:
    code = next(code for code, one in plan.indicators.items() if one["hitung"] == "ketepatan_sla")
    last = [pair for (quarter, _), pair in cases.sla.items() if quarter == 3]
    percent = Fraction(100 * sum(timely for _, timely in last), sum(every for every, _ in last))
    if "sla-dinyatakan" in plan.errors:
        percent -= 3
    printed = f"{format_number(round_half_up(percent, 2), 2)}%"
    period = f"TW IV {plan.year}"
    slug = code.replace(" ", "-")
    write_csv(
        folder / "pernyataan.csv",
        ("Subjek", "Uraian", "Nilai", "Satuan", "Periode", "Jenis", "Letak"),
        (
            ("dokumen/unit/nama", "nama unit di sampul", plan.name, "", period, "nama", "sampul"),
            (
                f"{slug}/realisasi",
                "ketepatan waktu layanan",
                printed,
                "%",
                period,
                "angka",
                "ringkasan",
            ),
        ),
    )


def _grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value)
    places = next(n for n in range(9) if (value * 10**n).denominator == 1)
    # Three decimals would look like a group of thousands; another zero leaves no doubt.
    return format_number(value, 4 if places == 3 else places)
