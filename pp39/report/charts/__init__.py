"""Charts of the report: plain data in, a drawn figure and its alternative text out."""

from pp39.report.charts.achievement import Group, capaian_indikator, distribusi_nps
from pp39.report.charts.chart import Chart, Point
from pp39.report.charts.money import komposisi_anggaran, pnbp_layanan
from pp39.report.charts.monthly import ikpa_bulanan, kemajuan_ro
from pp39.report.charts.service import keluaran_triwulan, pelanggan_layanan
from pp39.report.charts.style import chart_style

__all__ = [
    "Chart",
    "Group",
    "Point",
    "capaian_indikator",
    "chart_style",
    "distribusi_nps",
    "ikpa_bulanan",
    "keluaran_triwulan",
    "kemajuan_ro",
    "komposisi_anggaran",
    "pelanggan_layanan",
    "pnbp_layanan",
]
