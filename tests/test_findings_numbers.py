"""Every number in a finding is a figure of the ledger; cases of rules check this themselves."""

import indicator_runs
import pytest
from finding_cases import lacking
from finding_cases import settings as settings_of
from hypothesis import given
from hypothesis import strategies as st
from test_findings_sample import findings, told_and_entered

from pp39.findings.cited import cited, numbers_in
from pp39.findings.evidence import Evidence
from pp39.findings.reconcile import Entries
from pp39.ledger import Quantity
from pp39.numbers import format_number, format_percent, format_rupiah


@pytest.mark.parametrize("quarter", ["I", "II", "III", "IV"])
def test_every_number_of_the_sample_is_a_figure(quarter):
    ledger = told_and_entered(quarter)[1]
    settings = settings_of(quarter)
    bare, count = lacking(findings(quarter), indicator_runs.tables(), settings, ledger)
    assert bare == {}
    assert count > len(findings(quarter))


def test_a_number_that_no_figure_prints_is_seen():
    ledger = told_and_entered()[1]
    (one,) = [one for one in findings() if one.aturan == "cacah"]
    entries = Entries(Evidence(indicator_runs.tables(), settings_of("IV"), ledger))
    assert [number.text for number in entries.numbers(one)] == ["58", "57"]
    assert [figure and figure.id for figure in cited(entries.numbers(one), [])] == [None, None]


@given(
    st.fractions(min_value=0, max_value=10**12, max_denominator=9),
    st.sampled_from(
        [
            format_rupiah,
            lambda n: format_percent(n, 2),
            lambda n: format_number(n, 2),
            format_number,
        ]
    ),
    st.sampled_from(
        [
            "Jumlahnya {}.",
            "{} dari itu",
            "“{}”",
            "({}); lalu",
            "a: {}, b",
            "a = {} ÷ b",
            "bulan {}, lalu",
        ]
    ),
)
def test_a_number_is_seen_however_it_is_printed(value, printed, sentence):
    text = printed(value)
    if text in {str(year) for year in range(1900, 2100)}:
        return
    (found,) = numbers_in(sentence.format(text))
    assert cited([found], [Quantity.constant(value)])[0] is not None


@pytest.mark.parametrize(
    "text",
    [
        "TW IV TA 2025, 31 Desember 2025, 28-May, 2 Oct, sejak 2021",
        "Peraturan Nomor 88 Tahun 2021; R/174/IJ-IND/PW/X/2025; SP DIPA-019.07.2.248145/2025",
        "progres_ro.xlsx baris 7–13, 15–22; (pnbp.xlsx, baris 7); baris 3",
        "RO 6077.BAD.036, kegiatan 6077, 6042.EBA, SK6.2, IKK-6.1.2/realisasi",
        "nomor 29, 55 dan 56; Tabel 2.1; Gambar 1; kolom 5; nomor 1–9",
        "IKK 6.1.2 di 3.1; pada Making 4.0",
    ],
)
def test_what_only_names_a_thing_is_no_number(text):
    assert numbers_in(text, ["IKK 6.1.2", "3.1", "Making 4.0"]) == ()
