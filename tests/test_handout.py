"""Csv files that are handed out: no cell is a formula, and each comes back as it was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pp39 import handout
from pp39.characters import visible
from pp39.errors import UnreadableInput
from pp39.findings import Finding, load_findings, write_findings
from pp39.ledger import Ledger
from pp39.sources.fixes import Fix, save_fixes

SIGNS = "=+-@＝＋－＠"
TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from(SIGNS + "'\"` \t\r\n\u202e5,."), st.characters()),
    max_size=12,
)


def formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a cell for a formula; written apart from the product."""
    bare = text.lstrip(' \t\r\n\u00a0"`')
    if bare[:1] == "'":
        return False
    number = text == "-" or (text[:1] == "-" and text[1:].replace(".", "", 1).isdecimal())
    return bare[:1] in tuple(SIGNS) and not number


@given(TEXTS)
def test_no_text_is_a_formula_and_each_comes_back(text: str) -> None:
    written = handout.defused(text)
    assert not formula(written)
    assert handout.plain(written) == visible(text)


@pytest.mark.parametrize("text", ["-5", "-5.25", "-", "Rp5", "'tis", "5-3", "", "a=b"])
def test_numbers_and_harmless_texts_stay(text: str) -> None:
    assert handout.defused(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+62812", "@SUM(A1)", "\t=1", " =1", '"=1', "-5+3", "-2-3", "'=1", "\r=1"]
)
def test_what_may_be_a_formula_is_marked_as_text(text: str) -> None:
    assert not formula(handout.defused(text))


def test_findings_come_back(tmp_path: Path) -> None:
    finding = Finding("r", "minor", "=HYPERLINK()", "@s", "-1+2", "+3\u202e", "\x1b[2J\r=x", "IKK")
    write_findings([finding], tmp_path / "temuan.csv")
    raw = (tmp_path / "temuan.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK()" in raw
    assert "\x1b" not in raw
    assert "\u202e" not in raw
    assert load_findings(tmp_path / "temuan.csv") == (finding,)


def test_the_log_of_changes_is_as_safe(tmp_path: Path) -> None:
    save_fixes([Fix("pnbp", 2, "=Nilai", "=1+1", "-2", "aturan")], tmp_path / "p.csv")
    assert (tmp_path / "p.csv").read_text() == (
        "source,row,column,before,after,rule\npnbp,2,'=Nilai,'=1+1,-2,aturan\n"
    )


def test_json_that_nests_without_end_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    path.write_text("[" * 100_000)
    with pytest.raises(ValueError, match="nested too deeply"):
        handout.read_json(path)
    with pytest.raises(UnreadableInput, match=r"ledger\.json is not valid JSON: it is nested"):
        Ledger.load(path)


@pytest.mark.parametrize(
    "content", ["a,b\n1\n", "a,b\n1,2,3\n", 'a,b\n1,"' + "x" * 200_000 + '"\n']
)
def test_a_damaged_file_is_told_with_its_row(tmp_path: Path, content: str) -> None:
    path = tmp_path / "indikator.csv"
    path.write_text(content)
    with pytest.raises(UnreadableInput, match=r"^indikator.csv, row 2, is damaged: .* --force$"):
        handout.read(path)
