"""Personal data in free text are masked; figures, codes, dates and numbers of letters are not."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.sources.csvfile import read_csv
from pp39.sources.mask import masked, suspect, unheaded
from pp39.sources.workbook import read_workbook

RAW = Path(__file__).resolve().parents[1] / "data" / "raw" / "bspji-ambon" / "2025"

PERSONAL = {
    "nomor telepon": [
        *("081200001234", "0812-0000-1234", "0812.0000.1234", "(0812)00001234", "08120000123"),
        *("0812-000-01234", "+6281200001234", "+62-812-0000-1234", "6281200001234"),
        *("0062812000012", "(021)5252713", "0911-351234", "+62911351234", "+6591234567"),
        *("0812 0000 1234", "+62 (0)812 0000 1234", "62 812 0000 1234", "(021) 525-2713"),
        *("(0911) 351 234", "021 5252713", "0911 - 351 234", "0812\u20110000\u20111234"),
        *(
            "+62 21 525 2713",
            "0812_0000_1234",
            "\uff10\uff18\uff11\uff12\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14",
        ),
    ],
    "NPWP": ["12.345.678.9-012.000"],
    "NIK": [
        "8171010101900001",
        "8171 0101 0190 0001",
        "817101 010190 0001",
        "81.71.01.010190.0001",
    ],
    "NIP": ["198001012005011001", "19800101 200501 1 001", "19800101.200501.1.001"],
    "alamat surel": [
        *("budi.s@kantor.go.id", "Budi_S+1@mail.kantor.example", "b@c.id", "budi.s@kantor"),
        *("budi.s @ kantor.go.id", "budi (at) kantor.go.id"),
    ],
}
WHOLE = [(kind, text) for kind, texts in PERSONAL.items() for text in texts]

OTHERS = (
    "SP DIPA-019.07.2.248145/2025",
    "DIPA-025.04.2.426302/2025 dan DIPA-087.01.2.426302/2025",
    "SP2D 250811301012345 tanggal 08-12-2025",
    "Rp1.248.776.737, Rp 62.812.345.678 dan 62.812.345.678",
    "naik +1.248.776.737 atau +15,50 persen",
    "6077.BAD.024 sampai dengan 6042.EBA.994",
    "019.07.2.248145.6077.BAD.024.051.A.521211.0000000000.00000.1.00.000",
    "B/812/BSPJI-Ambon/XI/2025 dan 0812/BSPJI/2025",
    "08.00-12.00 dan 13.00-16.00 WIT",
    "08-12-2025-10-12-2025",
    "tahun 2021 2022 2023 2024",
    "Permenpan RB Nomor 14 Tahun 2017",
    "Belanja telepon 12.000.000 (kode 522112)",
    "telepon 2024 2025",
    "2@1.000.000 dan akun @bspji_ambon",
    "5 unit @ Rp 100.000, 3 orang @ 2 hari",
    "pagu 8123344557, senilai 81233445575 dan Rp8123344557",
    "6281200001 8123344557",
    "No. 0312-2025-0001",
    "0,812345678 dan 1.08123456789",
    "ISO/IEC 17025:2017, SNI 0232-2008",
)


def test_a_bare_mobile_number_behind_a_word_that_is_none_of_money_is_one() -> None:
    shown, kinds = masked("Subbag TU 84200001234")
    assert (shown, kinds) == ("Subbag TU 84200001234", ())
    shown, kinds = masked("Subbag TU 81233445566, segera")
    assert (shown, kinds) == ("Subbag TU [nomor telepon disamarkan], segera", ("nomor telepon",))


@pytest.mark.parametrize(("kind", "text"), WHOLE)
@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "hubungi Sdr. Budi ({}), segera",
        "telp.{}.",
        "NIK/HP: {}; 12 orang",
        "{}/{}",
        "{} 2025",
    ],
)
def test_personal_data_in_a_text_are_masked(kind: str, text: str, frame: str) -> None:
    whole = frame.replace("{}", text)
    shown, kinds = masked(whole)
    assert kinds == (kind,)
    assert not re.search(r"[0-9]{3}", shown.replace("2025", ""))
    assert "kantor" not in shown
    assert masked(shown) == (shown, ())
    assert suspect(pd.Series([whole], dtype="str"), "teks").all()


@pytest.mark.parametrize("text", OTHERS)
def test_figures_of_a_report_are_left_alone(text: str) -> None:
    assert masked(text) == (text, ())


def test_nothing_of_the_sample_is_masked() -> None:
    texts = 0
    for source in SOURCES.values():
        if not (RAW / source.file).exists():
            continue
        read = read_workbook if source.file.endswith(".xlsx") else read_csv
        raw = read(source, RAW / source.file)
        personal = {column.header for column in source.personal}
        columns = [column for header, column in raw.columns.items() if header not in personal]
        for text in {*raw.titles, *raw.columns, *(one for column in columns for one in column)}:
            assert masked(text) == (text, ())
            texts += 1
    assert texts > 3000


@settings(max_examples=150)
@given(st.integers(0, 10**15))
def test_no_amount_is_masked(value: int) -> None:
    grouped = f"{value:,}".replace(",", ".")
    for text in (f"Rp{grouped}", f"Rp {grouped}", grouped, f"{grouped},00", f"({grouped})"):
        assert masked(f"sebesar {text} pada 2025")[1] == ()


@settings(max_examples=150)
@given(
    st.dates(),
    st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]\.[0-9]{6}/20[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{4}\.[A-Z]{3}\.[0-9]{3}(\.[0-9]{3}\.[A-Z]\.5[0-9]{5})?", fullmatch=True),
)
def test_no_date_and_no_code_is_masked(date: object, dipa: str, code: str) -> None:
    for text in (f"{date:%d-%m-%Y}", f"{date:%d.%m.%Y}", f"{date}", f"SP DIPA-{dipa}", code):
        assert masked(f"({text}) dan {text}")[1] == ()


@settings(max_examples=150)
@given(
    st.sampled_from(["0", "+62", "+62 ", "62"]),
    st.from_regex("8[1-9][0-9]{7,10}", fullmatch=True),
    st.sampled_from(["", "-", ".", " "]),
    st.text("abc ,;:()", max_size=8),
)
def test_every_mobile_number_is_masked(start: str, digits: str, gap: str, around: str) -> None:
    groups = [digits[:3], digits[3:7], digits[7:]]
    shown, kinds = masked(f"{around} {start}{gap.join(groups)} {around}")
    assert kinds == ("nomor telepon",)
    assert not re.search("[0-9]", shown)


def test_a_number_given_by_an_office_may_hold_any_digits() -> None:
    for text in ("B-081200001234/XI/2025", "250811301012345", "250811301012345678", "(021) 525271"):
        assert masked(text, "nomor") == (text, ())
    assert masked("0812-0000-1234", "nomor")[1] == ("nomor telepon",)
    assert masked("8171010101900001", "nomor")[1] == ("NIK",)
    assert masked("12/X (budi@kantor.go.id)", "nomor")[1] == ("alamat surel",)


def test_a_figure_starts_with_no_zero() -> None:
    for text in ("6281200001234", "0,0812", "8171019901900001", "+12", "1.08123456789"):
        assert masked(text, "angka") == (text, ())
    assert masked("081200001234", "angka")[1] == ("nomor telepon",)
    assert masked("8171010101900001", "angka")[1] == ("NIK",)


def test_headers_that_are_not_declared_are_called_by_their_place() -> None:
    headers = ["Triwulan", "Budi Santoso", "", "081200001234", "no hp"]
    assert unheaded(SOURCES["survei_nps"], headers) == [
        *("Triwulan", "kolom 2", "", "kolom 4", "no hp")
    ]
    assert unheaded(SOURCES["sla"], ["Layanan", "HP 081200001234"]) == [
        *("Layanan", "HP [nomor telepon disamarkan]")
    ]
