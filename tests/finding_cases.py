"""For every rule: a small world it must speak up in, and its clean twin it must be quiet in."""

import json
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pandas as pd
from profile_sources import SOURCES

from pp39.findings import reconcile, rules_of
from pp39.findings.cited import cited
from pp39.findings.evidence import Evidence
from pp39.findings.reconcile import Entries
from pp39.ledger import Cell, Ledger, Quantity, Rows, total
from pp39.params import load
from pp39.sources import CleanTable
from pp39.sources.fixes import GLUED, Fix
from pp39.sources.provenance import Part, Provenance, Replaced
from pp39.sources.rivals import Rival

ROOT = Path(__file__).resolve().parents[1]
TW = "TW IV 2025"


@cache
def settings(quarter="IV", *overrides):
    return load(ROOT, "bspji-ambon", 2025, quarter, overrides=overrides)


RULES = rules_of(settings().profile)


def table(name, rows):
    """A real clean table with these rows; columns not given are blank."""
    columns = SOURCES[name].schema
    for row in rows:
        assert set(row) <= set(columns), set(row) - set(columns)
    frame = pd.DataFrame(
        [{name: row.get(name) for name in columns} | {"baris": n} for n, row in enumerate(rows, 2)],
        columns=list(columns),
        dtype=object,
    )
    kinds = {"text": "str", "count": "Int64", "number": "float64"}
    frame = frame.astype({name: kinds[kind] for name, kind in columns.items()})
    return CleanTable(SOURCES[name], frame, None, {})


def exported(key, column, said=None, counts=None):
    """Give a table of one row from an export, and what a file made by hand says otherwise."""
    made = table("sumber_dana", [key | {column: 100}])
    replaced = (Replaced(key, column, said, counts, "a.csv baris 2", "b.xlsx baris 9"),)
    known = Provenance((Part("b.xlsx", None, {}),), (0,), {}, replaced if said else ())
    return replace(made, provenance=known)


def lacking(found, tables, settings, ledger):
    """Give the numbers in findings that are none of the figures they name, by finding."""
    entries = Entries(Evidence(tables, settings, ledger))
    told = {one.id: entries.numbers(one) for one in found}
    assert all(id in ledger for one in found for id in one.figures)
    own = {one.id: [ledger[id] for id in one.figures] for one in found}
    bare = {
        id: [n.text for n, figure in zip(said, cited(said, own[id]), strict=True) if figure is None]
        for id, said in told.items()
    }
    return {id: some for id, some in bare.items() if some}, sum(map(len, told.values()))


@dataclass(frozen=True)
class World:
    tables: dict = field(default_factory=dict)
    ledger: dict = field(default_factory=dict)
    quarter: str = "IV"
    overrides: tuple = ()

    def findings(self, rules=RULES, book=None):
        ledger = Ledger() if book is None else book
        for id, quantity in self.ledger.items():
            ledger.add(id, quantity)
        return reconcile(self.clean, ledger, settings(self.quarter, *self.overrides), rules)

    @property
    def clean(self):
        return {
            name: rows if isinstance(rows, CleanTable) else table(name, rows)
            for name, rows in self.tables.items()
        }

    def of(self, id, book=None):
        return self.findings([rule for rule in RULES if rule.id == id], book)


DAYS = (
    'indikator."IKK 6.6.3".realisasi='
    "rata(order_layanan[triwulan = tw].hari_kerja(tanggal_terima, tanggal_selesai))"
)


SCORE = [{"kode": "IKK 6.6.3", "triwulan": "IV", "nilai": 45}]


def scored(keterangan, triwulan="IV"):
    """Give a score that is taken over from a row with a remark, and of a quarter."""
    origin = Cell("nilai_eksternal", "nilai_eksternal.csv", None, 2, "Nilai")
    figure = Quantity.cell(45, "Nilai", "nilai", origin)
    rows = [SCORE[0] | {"keterangan": keterangan, "triwulan": triwulan}]
    return World({"nilai_eksternal": rows}, {"IKK-6.6.3/realisasi": figure})


def ways(times):
    """Let rows give an indicator, and counts so many times as much."""
    made = [
        {"dari": dari, "realisasi": f"jumlah(data.nilai) * {times if dari == 'rekap' else 1}"}
        for dari in ("baris", "rekap")
    ]
    return f'indikator."IKK 6.6.3".atau={json.dumps(made)}'


def order(**more):
    return {"nomor": "1", "triwulan": "IV", "tanggal_terima": "2025-10-01"} | more


def s(subjek, nilai, letak="A", jenis="angka", **more):
    row = {"subjek": subjek, "nilai": nilai, "letak": letak, "jenis": jenis}
    return row | {"uraian": "angka", "periode": TW} | more


def said(*rows, ledger=None, quarter="IV", **tables):
    return World({"pernyataan": list(rows)} | tables, ledger or {}, quarter)


def sources(quarter="IV", **tables):
    return World(tables, {}, quarter)


def cell(value, unit="", row=2):
    return Quantity.cell(value, f"Angka {value}", unit, Cell("x", "x.csv", None, row, "k"))


def rows(value):
    return Quantity.rows(
        value, "Cacah", "orang", Rows.of("x", "x.csv", range(2, 2 + value), "baris")
    )


def summed(*values, unit=""):
    parts = [cell(value, unit, row) for row, value in enumerate(values, 2)]
    return total(parts, "Jumlah", unit)


def ratio(a, b, unit="%"):
    return (cell(a) / cell(b, row=3) * 100).named("Rasio", unit, 2)


def names(subjek, *values, jenis="nama", **more):
    return [
        s(subjek, value, letak, jenis, **more)
        for letak, value in zip("ABCDE"[: len(values)], values, strict=True)
    ]


def month(code, n, rvro=1, progres=10.0, tvro=1):
    return {
        "kode_ro": code,
        "kode_kro": code.rsplit(".", 1)[0],
        "bulan": n,
        "rvro": rvro,
        "progres": progres,
        "tvro": tvro,
    }


def months(series):
    """Progress of outputs in the last months of the year."""
    return [
        month(code, n, progres=value)
        for code, values in series.items()
        for n, value in enumerate(values, 13 - len(values))
    ]


def revenue(layanan, realisasi, target=None):
    return {"triwulan": "IV", "layanan": layanan, "realisasi": realisasi, "target": target}


def revision(uraian, tanggal, awal=100, akhir=100, **more):
    row = {"uraian": uraian, "tanggal": tanggal, "pagu_awal": awal, "pagu_akhir": akhir}
    return row | more


def ro(code, pagu=10, target=1, **more):
    return {
        "kode_ro": code,
        "kode_kro": code.rsplit(".", 1)[0],
        "pagu": pagu,
        "target": target,
    } | more


def smart(code, values=None, target=12, **more):
    monthly = values or [1] * 12
    share = [8.3] * 11 + [8.7]
    return [
        ro(code, target=target) | {"bulan": n, "tpcro": p, "trvro": v} | {"pagu": 0} | more
        for n, p, v in zip(range(1, 13), share, monthly, strict=True)
    ]


def _smart(*args, **more):
    return [{k: v for k, v in row.items() if k != "pagu"} for row in smart(*args, **more)]


def service(layanan, target, tw_iv, satuan="LHU", **more):
    base = {"layanan": layanan, "target": target, "target_satuan": satuan}
    return base | {"tw_i": 1, "tw_ii": 1, "tw_iii": 1, "tw_iv": tw_iv} | more


def answer(no, responden, **more):
    return {
        "no": no,
        "responden": responden,
        "triwulan": "IV",
        "layanan": "pengujian",
        "nilai": 9,
    } | more


def target(kode, value, **more):
    return {"kode": kode, "target": value, "dokumen": "Perjanjian Kinerja"} | more


def plan(kode, kegiatan, triwulan="IV"):
    return {"kode": kode, "kegiatan": kegiatan, "triwulan": triwulan}


SLA, NPS, PNBP, HASIL, ROA = "IKK-6.1.1", "IKK-6.1.2", "IKK-6.2.1", "IKK-6.2.2", "IKK-6.2.3"
CONTRACT = [target("IKK 6.1.1", 80.0)]
MISSED = {f"{SLA}/realisasi": ratio(7, 10), f"{SLA}/target": cell(80, "%")}
MET = {f"{SLA}/realisasi": ratio(9, 10), f"{SLA}/target": cell(80, "%")}
GOALS = ["Sasaran pertama", "Tujuan kedua", "Arah ketiga"]

BEFORE = {"pnbp_dasar": [{"tahun": 2024, "realisasi": 100}]}
GROWTH = target("IKK 6.2.1", 2.0)

# rule: (speaks up, is quiet)
CASES = {
    "ro-tertinggal": (
        said(
            s("program/P/kendala", "Tidak ada kendala", jenis="klaim"),
            progres_ro=[month("1.A.1", 12, rvro=9, progres=80.0, tvro=12)],
            target_smart=_smart("1.A.1", kode_program="P"),
        ),
        said(
            s("program/P/kendala", "Tidak ada kendala", jenis="klaim"),
            progres_ro=[month("1.A.1", 12, rvro=12, progres=99.5, tvro=12)],
            target_smart=_smart("1.A.1", kode_program="P"),
        ),
    ),
    "bulan-berulang": (
        sources(progres_ro=months({"1.A.1": (50.0, 60.8, 60.8), "1.A.2": (90.0, 100.0, 100.0)})),
        sources(progres_ro=months({"1.A.1": (50.0, 60.8, 60.9), "1.A.2": (90.0, 100.0, 100.0)})),
    ),
    "deret-kembar": (
        sources(progres_ro=months({"1.A.1": (58.3, 66.6, 66.6), "1.A.2": (58.3, 66.6, 66.6)})),
        sources(
            progres_ro=months(
                {
                    "1.A.1": (58.3, 66.6, 66.6),
                    "1.A.2": (58.3, 66.6, 70.1),
                    "1.A.3": (0.01, 0.02, 0.03),
                    "1.A.4": (0.01, 0.02, 0.03),
                    "1.A.5": (50.0, 75.0, 100.0),
                    "1.A.6": (50.0, 75.0, 100.0),
                }
            )
        ),
    ),
    "progres-rencana": (
        sources(
            progres_ro=months({f"1.A.{n}": (74.7, 83.0, 91.3, 95.0) for n in (1, 2, 3)}),
            target_smart=[row for n in (1, 2, 3) for row in _smart(f"1.A.{n}")],
        ),
        sources(
            progres_ro=months({f"1.A.{n}": (74.7, 83.0, 91.4, 95.0) for n in (1, 2, 3)}),
            target_smart=[row for n in (1, 2, 3) for row in _smart(f"1.A.{n}")],
        ),
    ),
    "progres-volume": (
        sources(progres_ro=[month("1.A.1", 12, rvro=0, progres=50.0, tvro=5)]),
        sources(
            progres_ro=[
                month("1.A.1", 12, rvro=1, progres=50.0, tvro=5),
                month("1.A.2", 12, rvro=0, progres=90.0, tvro=1),
            ]
        ),
    ),
    "serapan-sama-fisik": (
        sources(
            realisasi_kro=[{"triwulan": "IV", "kode_kro": "1.A", "serapan": 80.58}],
            progres_ro=[month("1.A.1", 7, progres=80.58), month("1.A.1", 12, progres=90.0)],
        ),
        sources(
            realisasi_kro=[
                {"triwulan": "IV", "kode_kro": "1.A", "serapan": 80.5},
                {"triwulan": "IV", "kode_kro": "1.B", "serapan": 80.58},
            ],
            progres_ro=[month("1.A.1", 7, progres=80.58), month("1.A.1", 12, progres=80.5)],
        ),
    ),
    "target-kro": (
        said(
            s("anggaran/kro/1.A/target", "3"),
            dipa_ro=[ro("1.A.1", target=1), ro("1.A.2", target=2)],
            progres_ro=[month("1.A.1", 12, tvro=4), month("1.A.2", 12, tvro=2)],
        ),
        said(
            s("anggaran/kro/1.A/target", "3"),
            s("anggaran/kro/1.B/target", "3"),
            dipa_ro=[ro("1.A.1", target=1), ro("1.A.2", target=2), ro("1.B.1", target=3)],
            progres_ro=[month("1.A.1", 12, tvro=4), month("1.B.1", 12, tvro=4)],
        ),
    ),
    "blokir-kosong": (
        sources(
            revisi_dipa=[revision("DIPA 1", "2025-01-01", keterangan="Relaksasi Blokir tahap I")]
        ),
        sources(
            revisi_dipa=[
                revision("DIPA 1", "2025-01-01", keterangan="Relaksasi tahap I", blokir=0),
                revision("DIPA 2", "2025-02-01", keterangan="Pergeseran anggaran"),
            ]
        ),
    ),
    "target-tersirat": (
        sources(pnbp=[revenue("a", 5, 120)], **BEFORE, target_perjanjian_kinerja=[GROWTH]),
        sources(pnbp=[revenue("a", 5, 102)], **BEFORE, target_perjanjian_kinerja=[GROWTH]),
    ),
    "tanpa-target": (
        sources(pnbp=[revenue("lph", 5, 10), revenue("pnbp-umum", 5)]),
        sources(
            pnbp=[revenue("pengujian", 5, 10), revenue("ppc", 5)],
            hasil_layanan=[service("lph", 5, 3), service("rbpi", 5, 3)],
        ),
    ),
    "jumlah": (
        said(
            s("anggaran/kro/X/pagu", "Rp90", satuan="Rp"),
            ledger={"anggaran/kro/X/pagu": summed(60, 40, unit="Rp")},
        ),
        said(
            s("anggaran/kro/X/pagu", "Rp100", satuan="Rp"),
            ledger={"anggaran/kro/X/pagu": summed(60, 40, unit="Rp")},
        ),
    ),
    "rasio": (
        said(s(f"{SLA}/realisasi", "75,00%"), ledger={f"{SLA}/realisasi": ratio(126, 170)}),
        said(s(f"{SLA}/realisasi", "74,12%"), ledger={f"{SLA}/realisasi": ratio(126, 170)}),
    ),
    "cacah": (
        said(s(f"{NPS}/responden", "6 orang"), ledger={f"{NPS}/responden": rows(5)}),
        said(s(f"{NPS}/responden", "5 orang"), ledger={f"{NPS}/responden": rows(5)}),
    ),
    "salinan": (
        said(s(f"{SLA}/order", "171"), ledger={f"{SLA}/order": cell(170)}),
        said(s(f"{SLA}/order", "170"), ledger={f"{SLA}/order": cell(170)}),
    ),
    "pembulatan": (
        said(s(f"{SLA}/realisasi", "74,11%"), ledger={f"{SLA}/realisasi": ratio(126, 170)}),
        said(s(f"{SLA}/realisasi", "74,1%"), ledger={f"{SLA}/realisasi": ratio(126, 170)}),
    ),
    "tak-terbaca": (
        said(s("anggaran/efektif", "Rp. 7.603.0000")),
        said(s("anggaran/efektif", "Rp. 7.603.000"), s("anggaran/blokir", "-")),
    ),
    "rincian": (
        said(
            s(f"{HASIL}/total/IV", "9"),
            s(f"{HASIL}/layanan/a/IV", "4"),
            s(f"{HASIL}/layanan/b/IV", "4"),
        ),
        said(
            s(f"{HASIL}/total/IV", "8"),
            s(f"{HASIL}/layanan/a/IV", "4"),
            s(f"{HASIL}/layanan/b/IV", "4"),
        ),
    ),
    "capaian-target": (
        said(
            s(f"{SLA}/capaian", "90%"),
            s(f"{SLA}/realisasi", "45"),
            s(f"{SLA}/target", "60"),
            s(f"{SLA}/target", "50", "B"),
        ),
        said(
            s(f"{SLA}/capaian", "75%"),
            s(f"{SLA}/realisasi", "45"),
            s(f"{SLA}/target", "60"),
            s(f"{SLA}/target", "50", "B"),
        ),
    ),
    "nilai-rincian": (
        said(
            s(f"{NPS}/realisasi", "80"),
            s(f"{NPS}/responden", "10"),
            s(f"{NPS}/promotor", "9"),
            s(f"{NPS}/detraktor", "0"),
        ),
        said(
            s(f"{NPS}/realisasi", "90"),
            s(f"{NPS}/responden", "10"),
            s(f"{NPS}/promotor", "9"),
            s(f"{NPS}/detraktor", "0"),
        ),
    ),
    "kesatuan": (
        said(
            s("anggaran/pagu-awal", "Rp100"),
            s("anggaran/blokir", "Rp30"),
            s("anggaran/efektif", "Rp80"),
        ),
        said(
            s("anggaran/pagu-awal", "Rp100"),
            s("anggaran/blokir", "Rp30"),
            s("anggaran/efektif", "Rp70"),
        ),
    ),
    "nilai-ganda": (
        said(*names("x/peserta", "3", "3", "4", jenis="angka")),
        said(*names("x/peserta", "3", "3,0", jenis="angka")),
    ),
    "nama-ganda": (
        said(*names("sasaran/SK6.1/nama", "Layanan profesional", "Layanan yang mandiri")),
        said(*names("sasaran/SK6.1/nama", "Layanan profesional", "layanan  Profesional.")),
    ),
    "ejaan": (
        said(*names("anggaran/ro/X/nama", "Layanan Kearsipan", "Layanan Kearsiapn")),
        said(*names("anggaran/ro/X/nama", "Layanan Kearsipan", "Layanan Perencanaan")),
    ),
    "teks-kembar": (
        said(
            *names(
                f"{SLA}/realisasi-kegiatan/1",
                "Survei bulan November",
                "Survei bulan Novemberi",
                jenis="teks",
            )
        ),
        said(
            *names(
                f"{SLA}/realisasi-kegiatan/1",
                "Survei bulan November",
                "Survei bulan Desember",
                jenis="teks",
            )
        ),
    ),
    "surat": (
        said(*names("x/surat/nomor", "R/1/U-IND/2025", "R/1/IJ-IND/2025", jenis="nomor")),
        said(*names("x/surat/nomor", "R/1/IJ-IND/2025", "R/1/IJ-IND/2025", jenis="nomor")),
    ),
    "tanggal-ganda": (
        said(*names("x/tanggal", "17 Februari 2022", "21 Februari 2022", jenis="tanggal")),
        said(*names("x/tanggal", "17 Februari 2022", "17-Feb-22", jenis="tanggal")),
    ),
    "waktu-ganda": (
        said(*names("x/waktu-penilaian", "Triwulan II", "Triwulan IV", jenis="periode")),
        said(*names("x/waktu-penilaian", "Triwulan II", "pada TW 2", jenis="periode")),
    ),
    "urutan-indikator": (
        said(*names(f"{SLA}/nomor", "1", "2", jenis="nomor")),
        said(*names(f"{SLA}/nomor", "1", "1", jenis="nomor")),
    ),
    "sebutan": (
        said(s(f"{SLA}/fisik/sebutan", "indeks kepuasan masyarakat", jenis="nama")),
        said(s(f"{SLA}/fisik/sebutan", "realisasi fisik", jenis="nama")),
    ),
    "uraian-tertukar": (
        said(
            s("IKK-6.6.2/uraian-indikator", "penilaian dan analisis laporan keuangan", jenis="teks")
        ),
        said(
            s("IKK-6.6.2/uraian-indikator", "indikator kinerja pelaksanaan anggaran", jenis="teks")
        ),
    ),
    "rumus-ganda": (
        said(*names(f"{PNBP}/rumus", "(B - A) / A x 100%", "persen dari target", jenis="teks")),
        said(
            *names(f"{PNBP}/rumus", "(B - A) / A x 100%", "(B-A)/A x 100%", "57/58", jenis="teks")
        ),
    ),
    "label-sasaran": (
        said(
            s("sasaran/A/label", "Sasaran Kegiatan", jenis="nama"),
            s("sasaran/B/label", "Sasaran Strategis", jenis="nama"),
        ),
        said(
            s("sasaran/A/label", "Sasaran Kegiatan", jenis="nama"),
            s("sasaran/B/label", "Sasaran Kegiatan", jenis="nama"),
        ),
    ),
    "kolom-tertukar": (
        said(
            s(f"{SLA}/kolom/5", "Capaian", jenis="nama", uraian="judul kolom 5 (berisi realisasi)")
        ),
        said(
            s(
                f"{SLA}/kolom/5",
                "Realisasi",
                jenis="nama",
                uraian="judul kolom 5 (berisi realisasi)",
            )
        ),
    ),
    "satuan-kerja": (
        said(
            s(
                "dokumen/unit/nama",
                "Balai Standardisasi dan Pelayanan Jasa Industri Jakarta",
                jenis="nama",
            )
        ),
        said(
            s(
                "dokumen/unit/nama",
                "Balai Standardisasi dan Pelayanan Jasa Industri Ambon",
                jenis="nama",
            )
        ),
    ),
    "jenis-peraturan": (
        said(
            s(
                "dokumen/peraturan/permenpanrb-1-2017/nama",
                "Permen PANRB 1 tahun 2017",
                jenis="nama",
            ),
            s("dokumen/peraturan/permenpanrb-2-2018/nama", "Permenpan 2 tahun 2018", jenis="nama"),
        ),
        said(
            s("dokumen/peraturan/sk-1-2017/nama", "SK Menteri A 1 tahun 2017", jenis="nama"),
            s("dokumen/peraturan/sk-2-2018/nama", "SK Menteri A dan B 2 tahun 2018", jenis="nama"),
        ),
    ),
    "dasar-hitung": (
        said(
            s(f"{SLA}/dasar-hitung", "order/SPK", jenis="teks"),
            s(f"{SLA}/order", "5", satuan="LHU"),
        ),
        said(
            s(f"{SLA}/dasar-hitung", "jumlah LHU", jenis="teks"),
            s(f"{SLA}/order", "5", satuan="LHU"),
        ),
    ),
    "luar-skala": (
        World(ledger={"IKK-6.6.1/realisasi": cell(150, "nilai")}),
        World(ledger={"IKK-6.6.1/realisasi": cell(100, "nilai")}),
    ),
    "satuan-dokumen": (
        World({"target_perjanjian_kinerja": [target("IKK 6.6.3", 90, satuan="Orang")]}),
        World({"target_perjanjian_kinerja": [target("IKK 6.6.3", 90, satuan="nilai")]}),
    ),
    "nilai-tahun-lain": (
        scored("penilaian TA 2024"),
        scored("naik dari nilai TA 2024"),
    ),
    "target-jauh": (
        World(ledger={"IKK-6.6.3/target": cell(90), "IKK-6.6.3/realisasi": cell(90_000)}),
        World(ledger={"IKK-6.6.3/target": cell(90), "IKK-6.6.3/realisasi": cell(89_999)}),
    ),
    "baris-rekap": (
        World(
            {"nilai_eksternal": SCORE}, {"IKK-6.6.3/realisasi": cell(45, "nilai")}, "IV", (ways(2),)
        ),
        World({"nilai_eksternal": SCORE}, overrides=(ways(1),)),
    ),
    "hari-terbalik": (
        World({"order_layanan": [order(tanggal_selesai="2024-10-03")]}, overrides=(DAYS,)),
        World({"order_layanan": [order(tanggal_selesai="2025-10-03")]}, overrides=(DAYS,)),
    ),
    "cakupan-rumus": (
        said(s(f"{SLA}/rumus", "order tahun berjalan", jenis="teks"), s(f"{SLA}/order", "5")),
        said(s(f"{SLA}/rumus", "order triwulan", jenis="teks"), s(f"{SLA}/order", "5")),
    ),
    "istilah": (
        said(s("dokumen/istilah/PNBP", "PNBK", jenis="nama")),
        said(s("dokumen/istilah/PNBP", "PNBP", jenis="nama")),
    ),
    "target-dokumen": (
        said(
            *names(f"{SLA}/target", "80", "80%", "75", jenis="angka"),
            target_perjanjian_kinerja=CONTRACT,
        ),
        said(
            *names(f"{SLA}/target", "80", "80%", "80,00", jenis="angka"),
            target_perjanjian_kinerja=CONTRACT,
        ),
    ),
    "target-ro": (
        sources(dipa_ro=[ro("1.A.1", target=3)], progres_ro=[month("1.A.1", 12, tvro=1)]),
        sources(dipa_ro=[ro("1.A.1", target=3)], progres_ro=[month("1.A.1", 12, tvro=3)]),
    ),
    "satuan-ganda": (
        said(*names(f"{SLA}/satuan", "Persen", "Indeks")),
        said(*names(f"{SLA}/satuan", "Persen", "%", "persen")),
    ),
    "satuan-realisasi": (
        said(s(f"{PNBP}/target", "2 indeks"), s(f"{PNBP}/realisasi", "101,09%")),
        said(s(f"{PNBP}/target", "2%"), s(f"{PNBP}/realisasi", "101,09%")),
    ),
    "satuan-target": (
        said(s("IKK-6.6.3/target", "75%"), s("IKK-6.6.3/satuan", "Nilai", jenis="nama")),
        said(s("IKK-6.6.3/target", "75"), s("IKK-6.6.3/satuan", "Nilai", jenis="nama")),
    ),
    "skala": (
        said(s(f"{ROA}/target", "0,02"), s(f"{ROA}/satuan", "Persen", jenis="nama")),
        said(s(f"{ROA}/target", "0,02"), s(f"{ROA}/satuan", "Rasio", jenis="nama")),
    ),
    "target-antara": (
        sources(
            target_antara=[{"kode": f"IKK {n}", "tw_iii": 89.0 if n else 75.0} for n in range(9)]
        ),
        sources(
            target_antara=[
                {"kode": f"IKK {n}", "tw_iii": 89.0 if n > 4 else 75.0} for n in range(9)
            ]
        ),
    ),
    "rantai-revisi": (
        sources(
            revisi_dipa=[
                revision("DIPA 0", "2025-01-01", 100, 120),
                revision("DIPA 1", "2025-02-01", 110, 120),
            ]
        ),
        sources(
            revisi_dipa=[
                revision("DIPA 0", "2025-01-01", 100, 120),
                revision("DIPA 1", "2025-02-01", 120, 120),
            ]
        ),
    ),
    "arah-revisi": (
        sources(
            revisi_dipa=[
                revision("DIPA 1", "2025-01-01", blokir=5),
                revision("DIPA 2", "2025-02-01", blokir=9, keterangan="Relaksasi blokir"),
            ]
        ),
        sources(
            revisi_dipa=[
                revision("DIPA 1", "2025-01-01", blokir=5),
                revision("DIPA 2", "2025-02-01", blokir=3, keterangan="Relaksasi blokir"),
            ]
        ),
    ),
    "blokir": (
        said(s("anggaran/blokir", "Rp7"), revisi_dipa=[revision("DIPA 1", "2025-01-01", blokir=5)]),
        said(s("anggaran/blokir", "Rp5"), revisi_dipa=[revision("DIPA 1", "2025-01-01", blokir=5)]),
    ),
    "pagu-usang": (
        sources(
            jenis_belanja=[{"pagu": 100}], revisi_dipa=[revision("DIPA 0", "2025-01-01", 100, 150)]
        ),
        sources(
            jenis_belanja=[{"pagu": 150}], revisi_dipa=[revision("DIPA 0", "2025-01-01", 100, 150)]
        ),
    ),
    "total-ro": (
        sources(
            dipa_pagu=[{"kode": "pagu_awal", "nilai": 100}],
            dipa_ro=[ro("1.A.1", 99), ro("1.A.2", 3)],
        ),
        sources(
            dipa_pagu=[{"kode": "pagu_awal", "nilai": 100}],
            dipa_ro=[ro("1.A.1", 97), ro("1.A.2", 3)],
        ),
    ),
    "ringkasan-ro": (
        said(
            s("ro/1.A.1/progres", "50.00%"),
            progres_ro=[month("1.A.1", 11, progres=90.0), month("1.A.1", 12, progres=60.8)],
        ),
        said(
            s("ro/1.A.1/progres", "60.80%"),
            progres_ro=[month("1.A.1", 11, progres=50.0), month("1.A.1", 12, progres=60.8)],
        ),
    ),
    "rerata-kegiatan": (
        said(
            s("ro/kegiatan/1/progres", "70%"),
            s("ro/1.A.1/progres", "80%"),
            s("ro/1.A.2/progres", "40%"),
        ),
        said(
            s("ro/kegiatan/1/progres", "60%"),
            s("ro/1.A.1/progres", "80%"),
            s("ro/1.A.2/progres", "40%"),
        ),
    ),
    "ro-tidak-ada": (
        sources(dipa_ro=[ro("1.A.1")], target_smart=_smart("1.A.2")),
        sources(dipa_ro=[ro("1.A.1")], target_smart=_smart("1.A.1")),
    ),
    "serapan-tidak-ada": (
        sources(
            dipa_ro=[ro("1.A.1"), ro("1.B.1")],
            realisasi_kro=[{"kode_kro": "1.A", "triwulan": "IV", "serapan": 90.0}],
        ),
        sources(
            dipa_ro=[ro("1.A.1")],
            realisasi_kro=[{"kode_kro": "1.A", "triwulan": "IV", "serapan": 90.0}],
        ),
    ),
    "smart-jumlah": (
        sources(target_smart=_smart("1.A.1", target=11)),
        sources(target_smart=_smart("1.A.1", target=12)),
    ),
    "kro-beda-nama": (
        sources(dipa_ro=[ro("1.A.1", nama_kro="Kinerja"), ro("1.A.2", nama_kro="Keuangan")]),
        sources(dipa_ro=[ro("1.A.1", nama_kro="Kinerja"), ro("1.A.2", nama_kro="Kinerja")]),
    ),
    "order-hasil": (
        sources(
            sla=[{"triwulan": "IV", "layanan": "pengujian", "jumlah": 170}],
            hasil_layanan=[service("pengujian", 500, 169)],
        ),
        sources(
            sla=[{"triwulan": "IV", "layanan": "pengujian", "jumlah": 170}],
            hasil_layanan=[service("pengujian", 500, 170)],
        ),
    ),
    "cakupan-sla": (
        sources(
            sla=[{"triwulan": "IV", "layanan": "pengujian", "jumlah": 1}],
            hasil_layanan=[service("pengujian", 5, 1), service("lph", 5, 1)],
        ),
        sources(
            sla=[{"triwulan": "IV", "layanan": "pengujian", "jumlah": 1}],
            hasil_layanan=[service("pengujian", 5, 1), service("lph", 5, 0)],
        ),
    ),
    "sla-rincian": (
        sources(
            sla=[{"triwulan": "IV", "layanan": "a", "jumlah": 10, "tepat_waktu": 6, "terlambat": 3}]
        ),
        sources(
            sla=[{"triwulan": "IV", "layanan": "a", "jumlah": 10, "tepat_waktu": 6, "terlambat": 4}]
        ),
    ),
    "satuan-campur": (
        said(
            s(f"{HASIL}/total/IV", "9"),
            hasil_layanan=[service("a", 1, 4), service("b", 1, 5, "Peserta")],
        ),
        said(s(f"{HASIL}/total/IV", "9"), hasil_layanan=[service("a", 1, 4), service("b", 1, 5)]),
    ),
    "target-layanan": (
        said(
            s(f"{HASIL}/target", "179"), hasil_layanan=[service("a", 100, 4), service("b", 80, 5)]
        ),
        said(
            s(f"{HASIL}/target", "180"), hasil_layanan=[service("a", 100, 4), service("b", 80, 5)]
        ),
    ),
    "cakupan": (
        said(
            s(f"{HASIL}/realisasi", "9"),
            s(f"{HASIL}/target", "10"),
            hasil_layanan=[service("a", 10, 9)],
        ),
        said(
            s(f"{HASIL}/realisasi", "12"),
            s(f"{HASIL}/target", "10"),
            hasil_layanan=[service("a", 10, 9)],
        ),
    ),
    "responden-ulang": (
        sources(survei_nps=[answer(1, 1, telepon_sama=1), answer(2, 1, telepon_sama=1)]),
        sources(survei_nps=[answer(1, 1, telepon_sama=1), answer(2, 2, telepon_sama=2)]),
    ),
    "nama-ulang": (
        sources(survei_nps=[answer(1, 1, nama_sama=1), answer(2, 2, nama_sama=1)]),
        sources(survei_nps=[answer(1, 1, nama_sama=1), answer(2, 2, nama_sama=2)]),
    ),
    "responden-pelanggan": (
        sources(
            survei_nps=[answer(1, 1), answer(2, 2)],
            pelanggan=[{"triwulan": "IV", "layanan": "pengujian", "jumlah": 1}],
        ),
        sources(
            survei_nps=[answer(1, 1), answer(2, 2)],
            pelanggan=[{"triwulan": "IV", "layanan": "pengujian", "jumlah": 2}],
        ),
    ),
    "periode": (
        said(s("x/periode-tabel", "TW II", jenis="periode")),
        said(
            s("x/periode-tabel", "TW IV TA 2025", jenis="periode"),
            s("y/periode", "Triwulan I sampai dengan Triwulan IV", jenis="periode"),
        ),
    ),
    "periode-kosong": (
        said(s("x/periode", "pada Triwulan", jenis="periode")),
        said(
            s("x/periode", "pada Triwulan IV", jenis="periode"),
            s("y/periode", "pada triwulan ini", jenis="periode"),
        ),
    ),
    "kegiatan-periode": (
        said(s(f"{SLA}/rencana-kegiatan/1", "Survei bulan Juli", jenis="teks")),
        said(
            s(f"{SLA}/rencana-kegiatan/1", "Survei bulan Oktober", jenis="teks"),
            s(f"{SLA}/rencana-kegiatan/2", "Evaluasi hasil TW III", jenis="teks"),
        ),
    ),
    "rencana-beda": (
        said(
            s(f"{SLA}/rencana-kegiatan/1", "Melaksanakan layanan", "tabel 1", jenis="teks"),
            rencana_aksi=[
                plan("IKK 6.1.1", "Melaksanakan layanan"),
                plan("IKK 6.1.1", "Penyusunan laporan"),
            ],
        ),
        said(
            s(f"{SLA}/rencana-kegiatan/1", "melaksanakan  layanan.", "tabel 1", jenis="teks"),
            rencana_aksi=[
                plan("IKK 6.1.1", "Melaksanakan layanan"),
                plan("IKK 6.1.1", "Lain", "III"),
            ],
        ),
    ),
    "kegiatan-beda": (
        said(
            *[
                s(f"{SLA}/realisasi-kegiatan/{n}", t, p, jenis="teks")
                for p, ts in (
                    ("A", ("pemeliharaan taman", "kebersihan ruang kerja", "pemenuhan lampu")),
                    ("B", ("pemeliharaan taman", "kebersihan ruang kerja")),
                )
                for n, t in enumerate(ts, 1)
            ]
        ),
        said(
            *[
                s(f"{SLA}/realisasi-kegiatan/{n}", t, p, jenis="teks")
                for p, ts in (
                    ("A", ("pemeliharaan taman", "kebersihan ruang kerja")),
                    ("B", ("Pemeliharaan taman,", "kebersihan ruang kerja")),
                )
                for n, t in enumerate(ts, 1)
            ]
        ),
    ),
    "rencana-campur": (
        sources(
            rencana_aksi=[
                plan("IKK 6.1.1", "Rekap bulan Januari - Maret", "II"),
                plan("IKK 6.1.1", "Evaluasi bulan April - Juni", "II"),
            ]
        ),
        sources(
            rencana_aksi=[
                plan("IKK 6.1.1", "Rekap bulan April - Juni", "II"),
                plan("IKK 6.1.1", "Evaluasi bulan April–Juni", "II"),
            ]
        ),
    ),
    "rencana-lampau": (
        said(s("tindak-lanjut/c/tahun", "TA 2025", jenis="periode")),
        said(s("tindak-lanjut/c/tahun", "TA 2026", jenis="periode")),
    ),
    "kumulatif-disebut-triwulan": (
        said(
            s(f"{PNBP}/pnbp/periode", "Triwulan IV", jenis="periode"),
            pnbp=[{"triwulan": "IV", "layanan": "lph", "realisasi": 5}],
        ),
        said(
            s(f"{PNBP}/pnbp/periode", "sampai dengan akhir tahun", jenis="periode"),
            pnbp=[{"triwulan": "IV", "layanan": "lph", "realisasi": 5}],
        ),
    ),
    "deret-pendek": (
        sources(progres_ro=[month("1.A.1", n) for n in range(1, 10)]),
        sources(progres_ro=[month("1.A.1", n) for n in range(1, 13)]),
    ),
    "deret-bolong": (
        sources(hasil_layanan=[service("a", 1, None)]),
        sources(hasil_layanan=[service("a", 1, 0), service("b", 1, 3, tw_ii=None)]),
    ),
    "kumulatif-turun": (
        sources(progres_ro=[month("1.A.1", 5, rvro=1), month("1.A.1", 6, rvro=0)]),
        sources(progres_ro=[month("1.A.1", 5, rvro=1), month("1.A.1", 6, rvro=1)]),
    ),
    "surat-bulan": (
        said(
            s("x/nomor", "784/Kep/II/2002", jenis="nomor"),
            s("x/tanggal", "29 November 2002", jenis="tanggal"),
        ),
        said(
            s("x/nomor", "784/Kep/XI/2002", jenis="nomor"),
            s("x/tanggal", "29 November 2002", jenis="tanggal"),
        ),
    ),
    "tanpa-tahun": (
        said(
            s("r/1/tanggal", "28-May", jenis="tanggal"), s("r/2/tanggal", "30 Sep", jenis="tanggal")
        ),
        said(
            s("r/1/tanggal", "28-May-25", jenis="tanggal"),
            s("r/2/tanggal", "30 Sep 2025", jenis="tanggal"),
        ),
    ),
    "terbilang": (
        said(
            s("anggaran/pagu-awal", "Rp2.010"),
            s("anggaran/pagu-awal", "dua ribu satu rupiah", jenis="terbilang"),
        ),
        said(
            s("anggaran/pagu-awal", "Rp2.010"),
            s("anggaran/pagu-awal", "dua ribu sepuluh rupiah", jenis="terbilang"),
        ),
    ),
    "terbilang-baku": (
        said(s("anggaran/pagu-awal", "dua milyar", jenis="terbilang")),
        said(s("anggaran/pagu-awal", "dua miliar", jenis="terbilang")),
    ),
    "angka-huruf": (
        said(s("x/jumlah", "15 (enam belas)", jenis="terbilang")),
        said(s("x/jumlah", "15 (lima belas)", jenis="terbilang")),
    ),
    "banyaknya": (
        said(
            s("dokumen/jumlah-indikator", "16 (enam belas)", jenis="terbilang"),
            target_perjanjian_kinerja=[target(f"IKK {n}", 1.0) for n in range(17)],
        ),
        said(
            s("dokumen/jumlah-indikator", "17 (tujuh belas)", jenis="terbilang"),
            target_perjanjian_kinerja=[target(f"IKK {n}", 1.0) for n in range(17)],
        ),
    ),
    "lompat-nomor": (
        sources(survei_nps=[answer(n, n) for n in (1, 2, 4)]),
        sources(survei_nps=[answer(n, n) for n in (1, 2, 3)]),
    ),
    "nomor-revisi": (
        sources(
            revisi_dipa=[revision("Satker 2", "2025-01-01"), revision("Satker 3", "2025-02-01")]
        ),
        sources(revisi_dipa=[revision("DIPA 0", "2025-01-01"), revision("DIPA 1", "2025-02-01")]),
    ),
    "rujukan-tabel": (
        said(
            s("dokumen/tabel/2.1/nomor", "Tabel 2.1", "judul Tabel 2.1", "nomor"),
            s("dokumen/tabel/2.1/nomor", "Tabel 1", "teks", "nomor"),
        ),
        said(
            s("dokumen/tabel/2.1/nomor", "Tabel 2.1", "judul Tabel 2.1", "nomor"),
            s("dokumen/tabel/2.1/nomor", "tabel 2.1", "teks", "nomor"),
        ),
    ),
    "pola-nomor": (
        said(
            *[
                s(f"dokumen/tabel/{n}/nomor", f"Tabel {n}", "judul", "nomor")
                for n in ("2.1", "2.2", "2.3")
            ],
            s("dokumen/gambar/1/nomor", "Gambar 1", "judul", "nomor"),
        ),
        said(
            *[
                s(f"dokumen/tabel/{n}/nomor", f"Tabel {n}", "judul", "nomor")
                for n in ("2.1", "2.2", "2.3")
            ],
            s("dokumen/gambar/1/nomor", "Gambar 1.1", "judul", "nomor"),
        ),
    ),
    "daftar-isi": (
        said(
            s("dokumen/judul/bab-2", "BAB II RENCANA", "Daftar Isi", "nama"),
            s("dokumen/judul/bab-2", "BAB 2 RENCANA", "badan laporan", "nama"),
        ),
        said(
            s("dokumen/judul/bab-2", "BAB II. RENCANA", "Daftar Isi", "nama"),
            s("dokumen/judul/bab-2", "BAB II Rencana", "badan laporan", "nama"),
        ),
    ),
    "lampiran": (
        said(
            s("dokumen/lampiran/1", "FORM A", "Daftar Isi Lampiran", "nama"),
            s("dokumen/lampiran/1", "Target SMART", "Lampiran", "nama"),
        ),
        said(
            s("dokumen/lampiran/1", "FORM A", "Daftar Isi Lampiran", "nama"),
            s("dokumen/lampiran/1", "Form A", "Lampiran", "nama"),
        ),
    ),
    "urutan-jumlah": (
        said(s("program/EC/urutan", "AEC, total program, CAH", jenis="nomor")),
        said(s("program/EC/urutan", "AEC, CAH, total program", jenis="nomor")),
    ),
    "tanpa-kendala": (
        said(s(f"{SLA}/kendala", "Tidak ada", jenis="klaim"), ledger=MISSED),
        said(s(f"{SLA}/kendala", "Tidak ada", jenis="klaim"), ledger=MET),
    ),
    "kendala-bukan": (
        said(s(f"{SLA}/kendala", "Subbag TU dan PJI", jenis="klaim")),
        said(s(f"{SLA}/kendala", "peralatan rusak", jenis="klaim")),
    ),
    "fisik-penuh": (
        said(s(f"{SLA}/fisik/realisasi", "100%"), ledger=MISSED),
        said(s(f"{SLA}/fisik/realisasi", "100%"), ledger=MET),
    ),
    "klaim-status": (
        said(s(f"{SLA}/status", "berhasil melampaui target", jenis="klaim"), ledger=MISSED),
        said(s(f"{SLA}/status", "belum berhasil", jenis="klaim"), ledger=MISSED),
    ),
    "kategori": (
        said(
            s("IKK-6.6.1/kategori", "BB", jenis="klaim"), ledger={"IKK-6.6.1/realisasi": cell(82)}
        ),
        said(s("IKK-6.6.1/kategori", "A", jenis="klaim"), ledger={"IKK-6.6.1/realisasi": cell(82)}),
    ),
    "kendala-umum": (
        said(
            s("kendala/3.2.1/1", "SDM terbatas", jenis="klaim"),
            s(f"{SLA}/kendala", "Tidak ada", jenis="klaim"),
        ),
        said(
            s("kendala/3.2.1/1", "SDM terbatas", jenis="klaim"),
            s(f"{SLA}/kendala", "SDM terbatas", jenis="klaim"),
        ),
    ),
    "kendala-program": (
        said(
            s("program/EC/daftar-kro", "AEC, AEF", jenis="nama"),
            s("program/EC/kendala", "Tidak ada kendala", jenis="klaim"),
            s("serapan/kro/1.AEF/kendala", "maksimum pencairan", jenis="klaim"),
        ),
        said(
            s("program/EC/daftar-kro", "AEC, AEF", jenis="nama"),
            s("program/EC/kendala", "maksimum pencairan", jenis="klaim"),
            s("serapan/kro/1.AEF/kendala", "maksimum pencairan", jenis="klaim"),
        ),
    ),
    "klaim-sasaran": (
        said(
            s("serapan/kro/1.A/fisik", "mencapai sasaran", jenis="klaim"),
            progres_ro=[month("1.A.1", 12, rvro=0)],
        ),
        said(
            s("serapan/kro/1.A/fisik", "mencapai sasaran", jenis="klaim"),
            progres_ro=[month("1.A.1", 12, rvro=1)],
        ),
    ),
    "bagian-meleset": (
        said(
            s(f"{HASIL}/kendala", "tidak ada", jenis="klaim"), hasil_layanan=[service("a", 10, 1)]
        ),
        said(s(f"{HASIL}/kendala", "tidak ada", jenis="klaim"), hasil_layanan=[service("a", 4, 1)]),
    ),
    "tanpa-pelaku": (
        sources(
            tindak_lanjut=[
                {"triwulan": "IV", "uraian": "a", "pelaku": "Kepala"},
                {"triwulan": "IV", "uraian": "b"},
            ]
        ),
        sources(
            tindak_lanjut=[
                {"triwulan": "IV", "uraian": "a", "pelaku": "Kepala"},
                {"triwulan": "IV", "uraian": "b", "pelaku": "TU"},
            ]
        ),
    ),
    "tanda-angka": (said(s("x/y", "108,16%%")), said(s("x/y", "108,16%"))),
    "tanda-desimal": (
        said(s("x/y", "3.63"), s("x/z", "80,00")),
        said(s("x/y", "3,63"), s("x/z", "80,00"), s("x/w", "1.250", satuan="Rp")),
    ),
    "tanda-persen": (
        said(s("a/capaian", "101,65"), *[s(f"{n}/capaian", "100%") for n in "bcdef"]),
        said(*[s(f"{n}/capaian", "100%") for n in "abcdef"]),
    ),
    "kosong": (
        said(s(f"{SLA}/realisasi", None), ledger={f"{SLA}/realisasi": cell(5)}),
        said(
            s(f"{SLA}/realisasi", "5"), s("x/layanan/a/persen", None), s("x/layanan/a/target", "-")
        ),
    ),
    "butir-ganda": (
        said(
            s(f"{SLA}/rencana-kegiatan/1", "Rapat monev", jenis="teks"),
            s(f"{SLA}/rencana-kegiatan/2", "Rapat Monev.", jenis="teks"),
        ),
        said(
            s(f"{SLA}/rencana-kegiatan/1", "Instansi = 1", jenis="teks"),
            s(f"{SLA}/rencana-kegiatan/2", "Instansi = 1", jenis="teks"),
        ),
    ),
    "kata-janggal": (
        said(
            *[
                s("x/uraian", t, p, "teks")
                for t, p in (
                    ("arsip kearsiapn", "A"),
                    ("unit kearsipan", "B"),
                    ("nilai kearsipan", "C"),
                    ("kearsipan", "D"),
                )
            ]
        ),
        said(
            *[
                s("x/uraian", t, p, "teks")
                for t, p in (
                    ("pengarsipan", "A"),
                    ("unit kearsipan", "B"),
                    ("nilai kearsipan", "C"),
                    ("kearsipan", "D"),
                )
            ]
        ),
    ),
}


COUNT = "ITJ-6.2"
GOALS = settings().params.sasaran


def customers(**counts):
    return [
        {"triwulan": "IV", "layanan": "pengujian", "kategori": kind.replace("_", "-"), "jumlah": n}
        for kind, n in counts.items()
    ]


def answers(*rows):
    """Answers of a survey: service, kind, respondent, score."""
    return [
        {"no": n, "triwulan": "IV", "layanan": a, "status": b, "responden": c, "nilai": d}
        for n, (a, b, c, d) in enumerate(rows, 1)
    ]


def results(slug="pengujian", target=100, **quarters):
    return {"layanan": slug, "target": target} | quarters


def receipts(slug="pengujian", target=100, realisasi=100):
    return {"triwulan": "IV", "layanan": slug, "target": target, "realisasi": realisasi}


def executed(physical):
    return [
        {"kode": code, "triwulan": "IV", "fisik_target": 100, "fisik_realisasi": got}
        for code, got in physical.items()
    ]


def everywhere(*missing, letak="Ikhtisar"):
    """The result of every indicator at one place but for some."""
    codes = [code.replace(" ", "-") for code in settings().params.indikator]
    return [s(f"{code}/realisasi", "1", letak) for code in codes if code not in missing]


def listed(names):
    return [
        s(f"sasaran/{code}/nama", name, "Daftar", "nama")
        for code, name in zip(GOALS, names, strict=True)
    ]


def tables_named(*named):
    return [
        row
        for number in ("1", "2", "3")
        for row in (
            s(f"dokumen/tabel/{number}/nomor", f"Tabel {number}", "judul", "nomor"),
            *(
                [s(f"dokumen/tabel/{number}/nomor", "t", "teks", "nomor", uraian="sebutan tabel")]
                if number in named
                else []
            ),
        )
    ]


MISSED = {f"{SLA}/realisasi": cell(70), f"{SLA}/target": cell(80, row=3)}
MISSED_TOO = MISSED | {
    "IKK-6.3.1/realisasi": cell(70, row=4),
    "IKK-6.3.1/target": cell(80, row=5),
}
MORE = {
    "kategori-satuan": (
        sources(pelanggan=customers(perusahaan=60, mahasiswa=50)),
        sources(pelanggan=customers(perusahaan=60, pelaku_usaha=50)),
    ),
    "cakupan-pelanggan": (
        said(
            s(f"{COUNT}/realisasi", "120"),
            s(f"{COUNT}/target", "100", periode="2025"),
            pelanggan=customers(perusahaan=120),
        ),
        said(
            s(f"{COUNT}/realisasi", "120"),
            s(f"{COUNT}/target", "100", periode="2025"),
            pelanggan=[*customers(perusahaan=60), customers(perusahaan=60)[0] | {"triwulan": "I"}],
        ),
    ),
    "survei-tanpa-responden": (
        sources(
            survei_nps=answers(("kalibrasi", "perusahaan", 1, 9)),
            pelanggan=customers(perusahaan=3),
        ),
        sources(
            survei_nps=answers(("pengujian", "perusahaan", 1, 9)),
            pelanggan=customers(perusahaan=3),
        ),
    ),
    "nps-berulang": (
        sources(
            survei_nps=answers(
                *[("pengujian", "perusahaan", n, v) for n, v in ((1, 9), (1, 9), (2, 5))]
            )
        ),
        sources(
            survei_nps=answers(
                *[("pengujian", "perusahaan", n, v) for n, v in ((1, 9), (2, 9), (3, 5))]
            )
        ),
    ),
    "arah-layanan": (
        sources(pnbp=[receipts(realisasi=25)], hasil_layanan=[results(tw_iv=400)]),
        sources(pnbp=[receipts(realisasi=90)], hasil_layanan=[results(tw_iv=120)]),
    ),
    "layanan-tanpa-pnbp": (
        sources(pnbp=[receipts("kalibrasi")], hasil_layanan=[results(tw_ii=4)]),
        sources(pnbp=[receipts()], hasil_layanan=[results(tw_ii=4)]),
    ),
    "volume-mendahului": (
        sources(progres_ro=[month("A.B.1", 5, rvro=4, progres=0.05, tvro=9)]),
        sources(progres_ro=[month("A.B.1", 5, rvro=4, progres=40, tvro=9)]),
    ),
    "pagu-penerimaan": (
        sources(
            sumber_dana=[{"sumber": "PNBP", "pagu": 50}],
            revisi_dipa=[
                revision("R1", "2025-10-01", 100, 130, keterangan="Penambahan Pagu PNBP"),
                revision("R2", "2025-11-01", 130, 180, keterangan="Revisi POK"),
            ],
            pnbp=[revenue("a", 79)],
        ),
        sources(
            sumber_dana=[{"sumber": "PNBP", "pagu": 50}],
            revisi_dipa=[
                revision("R1", "2025-10-01", 100, 130, keterangan="Penambahan Pagu PNBP"),
                revision("R2", "2025-11-01", 130, 180, keterangan="Revisi POK"),
            ],
            pnbp=[revenue("a", 80)],
        ),
    ),
    "serapan-fisik": (
        said(
            s("serapan/kro/A.B/persen", "95%"),
            s("ro/A.B.1/progres", "60%"),
            dipa_ro=[ro("A.B.1", kode_program="P")],
        ),
        said(
            s("serapan/kro/A.B/persen", "95%"),
            s("ro/A.B.1/progres", "80%"),
            dipa_ro=[ro("A.B.1", kode_program="P")],
        ),
    ),
    "total-setahun": (
        said(
            *[
                s(f"{HASIL}/total/{q}", "10", periode=f"TW {q} 2025")
                for q in ("I", "II", "III", "IV")
            ],
            hasil_layanan=[results(tw_i=10, tw_ii=10, tw_iii=10, tw_iv=9)],
        ),
        said(
            *[
                s(f"{HASIL}/total/{q}", "10", periode=f"TW {q} 2025")
                for q in ("I", "II", "III", "IV")
            ],
            hasil_layanan=[results(tw_i=10, tw_ii=10, tw_iii=10, tw_iv=10)],
        ),
    ),
    "hasil-tak-disebut": (said(*everywhere("IKK-6.6.3")), said(*everywhere())),
    "status-tak-disebut": (
        said(s(f"{SLA}/status", "belum berhasil", jenis="klaim"), ledger=MISSED_TOO),
        said(
            s(f"{SLA}/status", "belum berhasil", jenis="klaim"),
            s("IKK-6.3.1/status", "belum berhasil", jenis="klaim"),
            ledger=MISSED_TOO,
        ),
    ),
    "kolom-kosong": (
        said(
            s(f"{SLA}/kendala", "", jenis="klaim"),
            s("IKK-6.3.1/kendala", "Tidak ada", jenis="klaim"),
        ),
        said(
            s(f"{SLA}/kendala", "-", jenis="klaim"),
            s("IKK-6.3.1/kendala", "Tidak ada", jenis="klaim"),
        ),
    ),
    "kolom-kembar": (
        said(
            ledger=MISSED,
            pelaksanaan=executed({"IKK 6.1.1": 100, "IKK 6.1.2": 100, "IKK 6.3.1": 100}),
        ),
        said(
            ledger=MISSED,
            pelaksanaan=executed({"IKK 6.1.1": 90, "IKK 6.1.2": 100, "IKK 6.3.1": 100}),
        ),
    ),
    "daftar-anggota": (
        said(*listed([*list(GOALS.values())[1:2], *list(GOALS.values())[1:]])),
        said(*listed(GOALS.values())),
    ),
    "tabel-tanpa-rujukan": (
        said(*tables_named("1", "3")),
        said(*tables_named("1", "2", "3")),
    ),
    "rencana-tanpa-realisasi": (
        said(
            s(f"{SLA}/rencana-kegiatan/1", "Melakukan pengembangan kelembagaan", jenis="teks"),
            s(f"{SLA}/rencana-kegiatan/2", "Melakukan survei NPS", jenis="teks"),
            s(f"{SLA}/realisasi-kegiatan/1", "Hasil NPS dibahas", jenis="teks"),
            s(f"{SLA}/fisik/realisasi", "100%"),
        ),
        said(
            s(f"{SLA}/rencana-kegiatan/1", "Melakukan pengembangan kelembagaan", jenis="teks"),
            s(f"{SLA}/realisasi-kegiatan/1", "Kelembagaan telah dibahas", jenis="teks"),
            s(f"{SLA}/fisik/realisasi", "100%"),
        ),
    ),
    "dokumen-mendahului": (
        said(
            s(f"{SLA}/realisasi-kegiatan/1", "Tersedianya Laporan Keuangan TW iv", jenis="teks"),
            s(
                "IKK-6.2.1/realisasi-kegiatan/1",
                "Tersusunnya LAK tahun 2025",
                jenis="teks",
                uraian="kegiatan",
            ),
        ),
        said(
            s(f"{SLA}/realisasi-kegiatan/1", "Tersedianya Laporan Keuangan TW III", jenis="teks"),
            s(f"{SLA}/realisasi-kegiatan/2", "Penyusunan Laporan TW IV", jenis="teks"),
            s(f"{SLA}/realisasi-kegiatan/3", "Tersedianya Laporan TW IV TA 2024", jenis="teks"),
        ),
    ),
    "kata-ganda": (
        World({"rencana_aksi": [{"kegiatan": "Rapat rapat monitoring", "kode": "IKK 6.1.1"}]}),
        said(s("x/uraian", "Rata-rata rapat dan rapatnya", jenis="teks")),
    ),
    "dua-angka": (
        said(s("x/pnbp", "503.372.000 75.260.000")),
        said(s("x/pnbp", "503.372.000"), s("y/pnbp", "72, 10")),
    ),
    "kode-dalam-nama": (
        said(s("ro/1.A.075/nama", "075 - Jasa pengujian", jenis="nama")),
        said(s("ro/1.A.075/nama", "Jasa pengujian 2025", jenis="nama")),
    ),
    "rumus-tanpa-unsur": (
        said(
            s(f"{SLA}/rumus", "penerimaan / aset x 100%", jenis="klaim"), s(f"{SLA}/realisasi", "3")
        ),
        said(
            s(f"{SLA}/rumus", "tepat waktu / order x 100%", jenis="klaim"),
            s(f"{SLA}/realisasi", "74,12%"),
            s(f"{SLA}/order", "170"),
        ),
    ),
    "kontak-keliru": (
        sources(
            survei_nps=[
                {"no": 1, "triwulan": "IV", "email_keadaan": "keliru"},
                {"no": 2, "triwulan": "IV", "telepon_keadaan": "keliru"},
            ]
        ),
        sources(survei_nps=[{"no": 1, "triwulan": "IV", "email_keadaan": "sah"}]),
    ),
    "dasar-pilihan": (
        sources(ikpa=[{"bulan": n, "nilai": 80.0 + n} for n in (9, 10, 11, 12)]),
        sources(ikpa=[{"bulan": n, "nilai": 90.0} for n in (10, 11, 12)]),
    ),
    "langkah-tetap": (
        sources(progres_ro=months({f"1.A.{n}": (0.01, 0.02, 0.03, 0.04, 50.0) for n in (1, 2, 3)})),
        sources(progres_ro=months({f"1.A.{n}": (0.01, 0.02, 0.03, 5.04, 50.0) for n in (1, 2, 3)})),
    ),
    "bagian-mustahil": (
        said(
            s("IKK-6.4.1/nama", "Persentase jenis layanan yang terintegrasi", jenis="nama"),
            s("IKK-6.4.1/realisasi", "61,87%"),
            hasil_layanan=[{"layanan": name, "tw_iv": 1} for name in "abcdefghi"],
        ),
        said(
            s("IKK-6.4.1/nama", "Persentase jenis layanan yang terintegrasi", jenis="nama"),
            s("IKK-6.4.1/realisasi", "42,86%"),
            hasil_layanan=[{"layanan": name, "tw_iv": 1} for name in "abcdefghi"],
        ),
    ),
    "kegiatan-lain": (
        said(
            s(f"{SLA}/realisasi-kegiatan/1", "Promosi kepada pelanggan", "A", "teks"),
            s(f"{SLA}/realisasi-kegiatan/1", "Pembayaran iuran tahunan", "B", "teks"),
        ),
        said(
            s(f"{SLA}/realisasi-kegiatan/1", "Promosi kepada pelanggan", "A", "teks"),
            s(f"{SLA}/realisasi-kegiatan/1", "Telah dilakukan promosi", "B", "teks"),
        ),
    ),
    "bulan-lain": (
        said(
            s(f"{SLA}/bulan/09", "90", "A", periode="September 2025"),
            s(f"{SLA}/bulan/10", "91", "A", periode="Oktober 2025"),
            s(f"{SLA}/bulan/10", "91", "B", periode="Oktober 2025"),
        ),
        said(
            s(f"{SLA}/bulan/10", "91", "A", periode="Oktober 2025"),
            s(f"{SLA}/bulan/10", "91", "B", periode="Oktober 2025"),
        ),
    ),
    "tanda-ribuan": (
        said(s("x/a", "Rp 1,116,218,000", "A"), s("x/b", "9.358.210.000", "B")),
        said(s("x/a", "Rp 1.116.218.000", "A"), s("x/b", "9.358.210.000", "B")),
    ),
    "bentuk-tanggal": (
        said(
            *[s(f"x/{n}", day, "A", "tanggal") for n, day in enumerate(("2 Mei", "3-May", "4 Mei"))]
        ),
        said(
            *[
                s(f"x/{n}", day, "A", "tanggal")
                for n, day in enumerate(("2 Mei", "3 Mei", "14 Mei"))
            ]
        ),
    ),
    "peraturan-dicabut": (
        said(
            s("dokumen/peraturan/permenpanrb-12-2015/nama", "Permenpan 12 tahun 2015", jenis="nama")
        ),
        said(
            s("dokumen/peraturan/permenpanrb-88-2021/nama", "Permenpan 88 tahun 2021", jenis="nama")
        ),
    ),
}
MORE |= {
    "subjek-asing": (
        said(s("anggaran/pagu-awl", "Rp100")),
        said(s("anggaran/pagu-awal", "Rp100"), s(f"{SLA}/realisasi", "1")),
    ),
}
MORE |= {
    "ekspor": (
        sources(sumber_dana=exported({"sumber": "rm"}, "pagu", said=90, counts=100)),
        sources(sumber_dana=exported({"sumber": "rm"}, "pagu")),
    ),
    "serapan-ekspor": tuple(
        sources(
            realisasi_kro=[{"kode_kro": "1.A", "triwulan": "IV", "serapan": share}],
            realisasi_ro=[{"triwulan": "IV", "kode_kro": "1.A", "realisasi": 450}],
            dipa_ro=[{"kode_kro": "1.A", "kode_ro": "1.A.001", "pagu": 500}],
        )
        for share in (80.0, 90.0)
    ),
    "melebihi-pagu": tuple(
        World(
            {"dipa_ro": [{"kode_kro": "1.A", "kode_ro": "1.A.001", "pagu": 500}]},
            {
                "serapan/total/persen": cell(paid, "%"),
                "serapan/kro/1.A/persen": cell(paid, "%"),
                "anggaran/kro/1.A/pagu": cell(500, "Rp"),
            },
        )
        for paid in (101, 100)
    ),
    "serapan-turun": tuple(
        sources(
            realisasi_ro=[
                {"triwulan": "III", "kode_ro": "1.A.001", "realisasi": 450},
                {"triwulan": "IV", "kode_ro": "1.A.001", "realisasi": paid},
            ]
        )
        for paid in (449, 450)
    ),
    "pencairan-realisasi": tuple(
        sources(
            daftar_sp2d=[{"nomor": "1", "tanggal": "2025-11-03", "nilai": paid}],
            realisasi_ro=[{"triwulan": "IV", "kode_kro": "1.A", "realisasi": 450}],
        )
        for paid in (400, 450)
    ),
    "daftar-pencairan": tuple(
        sources(
            daftar_sp2d=[{"nomor": "1", "tanggal": "2025-11-03", "nilai": paid}],
            sp2d=[{"nomor": "1", "tanggal": "2025-11-03", "triwulan": "IV", "nilai": 450}],
        )
        for paid in (400, 450)
    ),
    "dasar-realisasi": tuple(
        sources(
            realisasi_versi=[
                {"triwulan": "IV", "bulan": 12, "versi": "akrual", "realisasi": accrued},
                {"triwulan": "IV", "bulan": 12, "versi": "SP2D", "realisasi": 450},
                {"triwulan": "IV", "bulan": 11, "versi": "SP2D", "realisasi": 300},
            ]
        )
        for accrued in (400, 450)
    ),
    "dasar-lain": tuple(
        sources(
            realisasi_versi=[
                {"triwulan": "IV", "bulan": 12, "versi": "akrual", "realisasi": 400},
                {"triwulan": "IV", "bulan": month, "versi": "SP2D", "realisasi": 450},
            ]
        )
        for month in (11, 12)
    ),
    "realisasi-bulan": tuple(
        sources(
            realisasi_versi=[
                {"triwulan": "IV", "bulan": month, "versi": "SP2D", "realisasi": 400},
                {"triwulan": "III", "bulan": 9, "versi": "SP2D", "realisasi": 300},
            ]
        )
        for month in (11, 12)
    ),
    "rencana-penarikan": tuple(
        World(
            {"rencana_penarikan": [{"kode_ro": "1.A.001", "bulan": 1, "rencana": whole}]},
            {"serapan/triwulan/IV/target": cell(90), "serapan/total/rencana": cell(whole)},
        )
        for whole in (80, 90)
    ),
    "ekspor-ganda": tuple(
        sources(dipa_ro=replace(one, provenance=replace(origin, rivals=rivals)))
        for one in [table("dipa_ro", [{"kode_kro": "1.A", "kode_ro": "1.A.001", "pagu": 500}])]
        for origin in [Provenance((Part("b.xlsx", None, {}),), (0,))]
        for when in [("2025-10-05 08:15:00", "2025-10-07")]
        for rivals in ((Rival("a.xlsx", "b.xlsx", "Ekspor", "dicetak", *when),), ())
    ),
}
MORE |= {
    rule: tuple(
        World({"laporan_lalu": [{"kode": "IKK 6.1.1", column: told}]}, {f"{SLA}/{key}": cell(90)})
        # What print does not show is no contradiction.
        for told in (89.99, 90.004)
    )
    for rule, column, key in (
        ("realisasi-lalu", "realisasi", "sebelumnya"),
        ("target-lalu", "target", "target"),
    )
}
MORE |= {
    "serapan-lalu": tuple(
        World(
            {
                "serapan_lalu": [{"jenjang": "kro", "kode": "6077.AEC", "realisasi": told}],
                "realisasi_ro": [
                    {"triwulan": "III", "kode_kro": "6077.AEC", "realisasi": 300},
                    {"triwulan": "III", "kode_kro": "6077.AEC", "realisasi": 150},
                    {"triwulan": "IV", "kode_kro": "6077.AEC", "realisasi": 900},
                ],
            }
        )
        for told in (400, 450)
    ),
    "catatan-lalu": tuple(
        World(
            {
                "hambatan_lalu": [
                    {"nomor": 1, "jenis": "kendala", "lingkup": "umum", "uraian": "SDM kurang"},
                    {"nomor": 2, "jenis": "kendala", "lingkup": "kro X", "uraian": "lainnya"},
                ],
                "kendala": [
                    {"triwulan": "III", "lingkup": "umum", "uraian": "alat rusak"},
                    {"triwulan": "III", "lingkup": "umum", "uraian": second},
                    {"triwulan": "IV", "lingkup": "kro X", "uraian": "ruang sempit"},
                ],
            }
        )
        for second in ("bahan mahal", "SDM kurang")
    ),
}
MORE |= {
    "nilai-menempel": tuple(
        World({"survei_nps": replace(table("survei_nps", [answer(1, 1)]), fixes=fixes)})
        for fixes in (
            (Fix("survei_nps", 2, "Nilai", "", "9", GLUED),),
            (
                Fix("survei_nps", 2, "Layanan", "LS Pro (9", "LS Pro", GLUED),
                Fix("survei_nps", 2, "Nilai", "9 ", "9", "spasi dirapikan"),
                Fix("survei_nps", 7, "Nilai", "", "9", GLUED),  # of another quarter
            ),
        )
    ),
    "kosong-dan-nol": tuple(
        sources(hasil_layanan=[service("a", 5, 0), service("b", 5, 4, tw_ii=blank), *more])
        for blank, more in (
            (None, []),
            # A blank behind all that is filled is another rule's.
            (1, [service("c", 5, None, tw_iii=None)]),
        )
    ),
    "butir-bersama": tuple(
        sources(
            rencana_aksi=[
                plan("IKK 6.1.1", "Melakukan pelayanan teknis"),
                plan(code, text, quarter),
                plan("IKK 6.1.1", "Rapat"),
                plan("IKK 6.2.1", "Rapat"),
            ]
        )
        for code, text, quarter in (
            ("IKK 6.1.2", "melakukan pelayanan teknis.", "IV"),
            ("IKK 6.1.1", "Melakukan pelayanan teknis lain", "IV"),
        )
    ),
    "surat-urut": tuple(
        said(
            *(
                s(f"dokumen/nd/{n}/{tail}", text, jenis=tail)
                for n, day in ((105, "17 Februari"), (239, "14 April"), (last, "25 Juli"))
                for tail, text in (("nomor", f"{n}/PR/V/2025"), ("tanggal", f"{day} 2025"))
            )
        )
        for last in (3086, 486)
    ),
    "nama-bagian": tuple(
        said(
            *(
                s(f"x/uraian/{n}", f"Nilai {name} tahun 2025", jenis="teks")
                for n, name in enumerate(("Unit Pengolah", "Unit Pengolah", other, "Unit Arsip"))
            )
        )
        for other in ("Unit Pengelola", "Unit Produksi")
    ),
    "rencana-sebagai-hasil": tuple(
        said(
            s(f"{SLA}/realisasi-kegiatan/1", "Melakukan pemantauan", jenis="teks"),
            s(f"{SLA}/realisasi-kegiatan/2", done, jenis="teks"),
            rencana_aksi=[plan("IKK 6.1.1", "melakukan pemantauan,")],
        )
        # Where nothing is told as done, plans are how the unit writes.
        for done in ("Telah dilakukan survei", "Melakukan survei")
    ),
    "kode-ganda": tuple(
        said(*(s("anggaran/ro/1.A.1/nama", "Jasa uji", at, "nama") for at in places))
        for places in ("AA", "AB")
    ),
}
CASES.update(MORE)
