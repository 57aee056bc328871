"""Indicators from sources the sample unit does not have, and from sources with gaps."""

from fractions import Fraction

import pandas as pd
import pytest
from indicator_runs import base, edited, run, tables
from profile_sources import SOURCES

from pp39.sources import Column, Context, Source, clean
from pp39.sources.numbers import Count

IKM = Source(
    "survei_ikm",
    "survei_ikm.csv",
    "Survei kepuasan masyarakat",
    (
        SOURCES["sla"].columns[0],
        *(Column(f"U{n}", (f"u{n}",), Count("4"), unit="") for n in range(1, 10)),
    ),
)


def cleaned(tmp_path, source, text):
    path = tmp_path / source.file
    path.write_text(text, encoding="utf-8")
    context = Context.of(base().job.settings)
    return tables() | {source.name: clean(source, path, context)}


def test_ikm_is_the_mean_of_nine_elements_of_equal_weight(tmp_path):
    header = "Triwulan," + ",".join(f"U{n}" for n in range(1, 10))
    answers = [[4, 4, 3, 4, 4, 4, 3, 4, 4], [3, 4, 4, 4, 3, 4, 4, 4, 4], [4] * 9]
    rows = ["IV," + ",".join(map(str, one)) for one in answers] + ["III," + ",".join("1" * 9)]
    given = cleaned(tmp_path, IKM, "\n".join([header, *rows]) + "\n")
    made = run(given=given)
    elements = [Fraction(sum(one[n] for one in answers), 3) for n in range(9)]
    assert made.results["ITJ 6.1"].realisasi.value == sum(Fraction(1, 9) * one for one in elements)
    assert made.ledger["ITJ-6.1/unsur/1"].value == Fraction(11, 3)
    assert made.ledger["ITJ-6.1/responden"].value == 3
    assert made.ledger["ITJ-6.1/konversi"].value == made.results["ITJ 6.1"].realisasi.value * 25
    assert made.results["ITJ 6.1"].predikat == "A (sangat baik)"


def test_ikm_without_one_element_is_no_data(tmp_path):
    header = "Triwulan," + ",".join(f"U{n}" for n in range(1, 10))
    given = cleaned(tmp_path, IKM, f"{header}\nIV,4,4,4,4,4,4,4,4,\n")
    assert run(given=given).results["ITJ 6.1"].status == "belum ada data"


def test_roa_is_computed_where_the_assets_are_known(tmp_path):
    given = cleaned(tmp_path, SOURCES["aset"], "Tahun,Nilai Aset\n2025,Rp 23.000.000.000\n")
    one = run(given=given).results["IKK 6.2.3"]
    services = 1_248_776_737 - 96_504_886
    assert one.realisasi.value == Fraction(services, 23_000_000_000)
    assert one.capaian.value == Fraction(services, 23_000_000_000) / Fraction("0.02") * 100
    assert one.catatan == ""


def test_roa_of_another_year_does_not_count(tmp_path):
    given = cleaned(tmp_path, SOURCES["aset"], "Tahun,Nilai Aset\n2024,Rp 23.000.000.000\n")
    assert run(given=given).lines() == base().lines()


def test_orders_of_several_services_are_added_before_they_are_divided():
    def change(frame):
        more = frame.iloc[[0]].assign(
            baris=3, layanan="kalibrasi", jumlah=30, tepat_waktu=30, terlambat=pd.NA
        )
        blank = frame.iloc[[0]].assign(baris=4, layanan="pelatihan", tepat_waktu=pd.NA)
        return pd.concat([frame, more, blank])

    made = run(given=edited("sla", change))
    assert made.results["IKK 6.1.1"].realisasi.value == Fraction(126 + 30, 170 + 30) * 100
    assert made.ledger["IKK-6.1.1/terlambat"].value == 44
    assert made.ledger["IKK-6.1.1/layanan/kalibrasi/persen"].value == 100
    assert "IKK-6.1.1/layanan/pelatihan/order" not in made.ledger


def test_a_quarter_without_all_months_says_which_are_missing():
    made = run(given=edited("ikpa", lambda frame: frame[frame["bulan"] != 11]))
    one = made.results["IKK 6.6.2"]
    assert one.realisasi.value == (Fraction("92.90") + Fraction("87.99")) / 2
    assert one.catatan == "Belum ada data bulan November."
    assert "IKK-6.6.2/bulan/12/perubahan" not in made.ledger


@pytest.mark.parametrize("column", ["nilai"])
def test_a_blank_score_is_no_data(column):
    def change(frame):
        frame.loc[frame["kode"] == "IKK 6.4.2", column] = float("nan")
        return frame

    one = run(given=edited("nilai_eksternal", change)).results["IKK 6.4.2"]
    assert (one.realisasi, one.capaian, one.status) == (None, None, "belum ada data")
    assert one.ledger_id == "IKK-6.4.2/target"


def test_an_indicator_without_a_target_has_no_status():
    made = run(given=edited("target_perjanjian_kinerja", lambda f: f[f["kode"] != "IKK 6.1.2"]))
    one = made.results["IKK 6.1.2"]
    assert (one.target, one.capaian, one.status) == (None, None, "belum ada data")
    assert one.ledger_id == "IKK-6.1.2/realisasi"


def test_growth_on_a_baseline_of_zero_cannot_be_computed_and_says_why():
    made = run(given=edited("pnbp_dasar", lambda frame: frame.assign(realisasi=0)))
    one = made.results["IKK 6.2.1"]
    assert (one.realisasi, one.status) == (None, "tidak dapat dihitung")
    assert one.catatan == "Tidak dapat dihitung karena PNBP 2024 bernilai 0."
    assert made.ledger["IKK-6.2.1/pnbp"].value == 1_248_776_737
