"""``temuan.csv``, its rows for the annex, and ``pp39 findings``."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_runs import ROOT, make_project
from rich.console import Console

from pp39.cli import run
from pp39.errors import MissingInput, UnreadableInput
from pp39.findings import (
    SEVERITIES,
    Answer,
    Finding,
    causes_of,
    load_findings,
    strays,
    write_findings,
)
from pp39.findings.annex import answer_words
from pp39.findings.display import at_least, show, summary, to_json
from pp39.ledger import Ledger
from pp39.params import load
from pp39.report.sections import Bahan
from pp39.report.sections.lampiran import temuan

COLUMNS = [
    "id",
    "aturan",
    "tingkat",
    "lokasi",
    "subjek",
    "dinyatakan",
    "dihitung",
    "penjelasan",
    "ledger_id",
    "membandingkan",
    "sebab",
    "angka",
]
words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20)
some = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["jumlah", "nama-ganda"]),
        st.sampled_from(SEVERITIES),
        *[words] * 6,
        membandingkan=words,
        sebab=words,
        angka=words,
    ),
    max_size=5,
)


def finding(tingkat="material", **more):
    given_ = {"dinyatakan": "120 [a]", "dihitung": "121", "penjelasan": "Beda.", "ledger_id": "x/y"}
    given_ |= {"membandingkan": "jumlah yang dicetak dengan jumlah rinciannya"}
    return Finding("jumlah", tingkat, "Tabel 1; 3.1", "x/y", **given_ | more)


@given(some)
def test_round_trip(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("temuan") / "temuan.csv"
    write_findings(found, path)
    assert load_findings(path) == tuple(found)


def test_the_file_has_exactly_the_columns_of_the_contract(tmp_path):
    path = tmp_path / "temuan.csv"
    write_findings([finding()], path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == COLUMNS
    assert rows[1][0] == finding().id
    assert b"\r" not in path.read_bytes()


def test_the_id_is_of_subject_and_values_only():
    base = finding()
    assert base.id.startswith("T-jumlah-")
    assert len(base.id) == len("T-jumlah-") + 8
    assert finding(penjelasan="Lain.", tingkat="minor").id == base.id
    assert finding(dinyatakan="122").id != base.id
    assert finding(dihitung="122").id != base.id


def test_answers_are_put_beside(tmp_path):
    path = tmp_path / "temuan.csv"
    write_findings([finding(), finding(dinyatakan="9")], path)
    answer = Answer("Sudah diperbaiki", "Kepala Subbagian Tata Usaha", "2026-01-09")
    found = load_findings(path, {finding().id: answer})
    assert [one.jawaban for one in found] == [answer, None]
    assert answer_words(answer) == "Sudah diperbaiki (Kepala Subbagian Tata Usaha, 9 Januari 2026)"


@pytest.mark.parametrize(
    "text",
    ["", "id,aturan\nT-1,x\n", ",".join(COLUMNS) + "\nT-1,jumlah,berat,a,b,c,d,e,f,g,h\n"],
)
def test_another_file_is_refused(tmp_path, text):
    path = tmp_path / "temuan.csv"
    path.write_text(text)
    if not text:
        assert load_findings(path) == ()
        return
    with pytest.raises(UnreadableInput, match="row 2"):
        load_findings(path)


def test_a_changed_row_is_refused(tmp_path):
    path = tmp_path / "temuan.csv"
    write_findings([finding()], path)
    path.write_text(path.read_text().replace("121", "120"))
    with pytest.raises(UnreadableInput, match="does not fit"):
        load_findings(path)


def test_a_missing_file_says_what_to_run(tmp_path):
    with pytest.raises(MissingInput, match="03_indicators"):
        load_findings(tmp_path / "temuan.csv")


def test_the_terminal_shows_both_values_place_and_answer():
    console = Console(width=160, record=True, file=io.StringIO())
    answered = finding().answered({finding().id: Answer("Benar", "Kepala", "2026-01-09")})
    show(causes_of([answered], Ledger(), []), console)
    text = console.export_text()
    parts = ("120 [a]", "121", "Tabel 1; 3.1", "Jawaban: Benar", finding().id, "Temuan: 1")
    for part in (*parts, f"Material S-{finding().id[2:]}: Beda."):
        assert part in text, part


def test_json_holds_the_columns_and_the_answer():
    (written,) = json.loads(to_json([finding()]))
    assert set(written) == {*COLUMNS, "jawaban"}
    assert written["jawaban"] is None


def test_at_least():
    found = [finding(tingkat=one) for one in SEVERITIES]
    assert [len(at_least(found, one)) for one in SEVERITIES] == [1, 2, 3]
    told = summary(causes_of(found[:2], Ledger(), []))
    assert told == "Temuan: 2 (Material 1, Minor 1, Redaksional 0) dari 1 sebab"


def answering(*ids):
    given_ = {id: {"alasan": "Ya", "oleh": "Kepala", "tanggal": "2026-01-09"} for id in ids}
    return [f"temuan.jawaban={json.dumps(given_)}"]


def test_an_answer_to_no_finding_is_given_back_with_its_place_and_the_nearest():
    wrong = finding().id[:-1] + "x"
    settings = load(ROOT, "bspji-ambon", 2025, "IV", overrides=answering(finding().id, wrong))
    (astray,) = strays(settings, [finding()])
    assert (astray.id, astray.tempat, astray.terdekat) == (wrong, "-p", finding().id)
    assert astray.sentence == (
        f"temuan.jawaban.{wrong} (-p) answers no finding of this run; the nearest is {finding().id}"
    )
    assert strays(load(ROOT, "bspji-ambon", 2025, "IV"), [finding()]) == ()


def test_the_annex_keeps_an_answer_to_no_finding():
    gone = load(ROOT, "bspji-ambon", 2025, "IV", overrides=answering("T-jumlah-00000000"))
    for found in ((), (finding(),)):
        text = " ".join(one.html() for one in temuan(Bahan({}, gone, temuan=found)))
        assert "tidak (lagi) ada" in text
        assert "Ya (Kepala, 9 Januari 2026). Ditetapkan di -p." in text
    kept = temuan(Bahan({}, gone))
    assert kept == []


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose run of quarter IV has one material finding."""
    root = make_project(tmp_path)
    monkeypatch.setenv("PP39_ROOT", str(root))
    folder = root / "data/processed/bspji-ambon/2025/IV/dasar"
    folder.mkdir(parents=True, exist_ok=True)
    write_findings([finding(), finding(tingkat="editorial", dinyatakan="9")], folder / "temuan.csv")
    return root


def test_the_command_lists_and_ends_well(project, capsys):
    assert run(["findings", "-q", "IV"]) == 0
    assert "Temuan: 2 (Material 1" in capsys.readouterr().out


def test_the_command_shows_answers_to_no_finding(project, capsys):
    path = project / "params/unit/bspji-ambon/2025-IV.yaml"
    wrong = finding().id[:-1] + "x"
    path.write_text(
        f"temuan:\n  jawaban:\n    {wrong}: {{alasan: Ya, oleh: Kepala, tanggal: 2026-01-09}}\n"
    )
    assert run(["findings", "-q", "IV"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Jawaban untuk temuan yang tidak (lagi) ada" in told
    assert run(["findings", "-q", "IV", "--json"]) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)) == 2
    assert said.err == (
        f"pp39: warning: temuan.jawaban.{wrong} (params/unit/bspji-ambon/2025-IV.yaml, line 3)"
        f" answers no finding of this run; the nearest is {finding().id}\n"
    )


def test_the_command_fails_on_what_it_is_told_to(project, capsys):
    assert run(["findings", "-q", "IV", "--fail-on", "material"]) == 3
    assert "1 findings are material" in capsys.readouterr().err
    assert run(["findings", "-q", "4", "--fail-on", "EDITORIAL", "--json"]) == 3
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_the_command_does_not_fail_on_what_is_not_there(project):
    path = project / "data/processed/bspji-ambon/2025/IV/dasar/temuan.csv"
    write_findings([finding(tingkat="editorial")], path)
    assert run(["findings", "-q", "IV", "--fail-on", "material"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["findings"], 2, "needs a quarter"),
        (["findings", "-q", "IV", "--fail-on", "berat"], 2, "material, minor, editorial"),
        (["findings", "-q", "III"], 4, "make it with: pp39 report -q III"),
    ],
)
def test_the_command_says_what_is_wrong(project, capsys, arguments, code, said):
    assert run(arguments) == code
    assert said in capsys.readouterr().err
