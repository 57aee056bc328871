"""The walk from a figure to the source row, and back up from a cell."""

from __future__ import annotations

import io
import json
import re
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import indicator_runs
import pytest
from finding_cases import s, table
from rich.console import Console

from pp39.errors import MissingInput, ParameterError
from pp39.explain import explain, look_up, show, to_json
from pp39.findings import Finding, write_findings
from pp39.ledger import Cell, Ledger, Quantity, Rows, total
from pp39.periods import Period
from pp39.report.entry import Entry
from pp39.report.series import Series, condensed, grouped, spread
from pp39.run.address import Address, RunFolders


def counted(label: str, value: int, rows: list[int], how: str) -> Quantity:
    place = Rows.of("survei_nps", "survei_nps.csv", rows, how, column="Nilai")
    return Quantity.rows(value, label, "orang", place)


def money(service: str, row: int, value: int) -> Quantity:
    cell = Cell("pnbp", "pnbp.xlsx", "PNBP", row, "Realisasi")
    return Quantity.cell(value, f"PNBP {service}", "Rp", cell)


@pytest.fixture
def ledger() -> Ledger:
    book = Ledger()
    promoters = book.add(
        "IKK-6.1.2/promotor", counted("Promotor", 54, [*range(2, 56)], "banyaknya baris 9–10")
    )
    detractors = book.add("IKK-6.1.2/detraktor", counted("Detraktor", 0, [], "banyaknya baris 0–6"))
    answers = book.add(
        "IKK-6.1.2/responden", counted("Responden", 57, [*range(2, 59)], "banyaknya")
    )
    target = book.add(
        "IKK-6.1.2/target",
        Quantity.cell(
            75,
            "Target NPS",
            "nilai",
            Cell("target_perjanjian_kinerja", "target_perjanjian_kinerja.csv", None, 3, "Target"),
        ),
    )
    nps = book.add(
        "IKK-6.1.2/realisasi",
        ((promoters - detractors) / answers * 100).named("Nilai NPS", "nilai"),
    )
    book.add("IKK-6.1.2/capaian", (nps / target * 100).named("Capaian NPS", "%"))
    book.add("IKK-6.1.2/selisih", (nps - target).named("Selisih NPS", "nilai"))
    services = [money(name, row, row * 1000) for row, name in enumerate(("A", "B", "C"), 7)]
    for one, name in zip(services, "abc", strict=True):
        book.add(f"IKK-6.2.1/layanan/{name}/realisasi", one)
    book.add("IKK-6.2.1/pnbp", total(services, "Jumlah PNBP"))
    for row in range(2, 12):
        book.add(f"anggaran/ro/6077.{row}/pagu", money("pagu", row + 100, row))
    return book


def printed(answer: object, *, terminal: bool = False) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=200)
    show(answer, console)  # type: ignore[arg-type]
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("reference", ["IKK-6.1.2", "ikk 6.1.2", "IKK-6.1.2 "])
def test_an_indicator_is_explained_down_to_the_rows(ledger: Ledger, reference: str) -> None:
    text = printed(look_up(ledger, reference))
    lines = text.splitlines()
    assert lines[0] == "IKK-6.1.2/capaian  Capaian NPS = 126,32%"
    assert "  formula  Nilai NPS ÷ Target NPS × 100" in lines
    assert "    formula  (Promotor − Detraktor) ÷ Responden × 100" in lines
    assert "    numbers  (54 − 0) ÷ 57 × 100" in lines
    assert any(line.startswith("    exact    1800/19 (94.73") for line in lines)
    assert "    printed  94,74 nilai" in lines
    assert (
        "    IKK-6.1.2/promotor  Promotor = 54 orang ← survei_nps.csv, baris 2–55 (54 baris), "
        "kolom Nilai: banyaknya baris 9–10" in lines
    )
    assert "target_perjanjian_kinerja.csv, baris 3, kolom Target" in text
    # What the headline does not contain is listed, not lost.
    assert lines[-1].strip() == "IKK-6.1.2/selisih  Selisih NPS = 19,74 nilai"


def test_an_id_gives_its_own_tree_only(ledger: Ledger) -> None:
    answer = look_up(ledger, "IKK-6.1.2/realisasi")
    assert [one.id for one in answer.trees] == ["IKK-6.1.2/realisasi"]
    assert answer.also == ()


def test_fragments_of_labels_and_names_are_found(ledger: Ledger) -> None:
    assert look_up(ledger, "jumlah pnbp").trees[0].id == "IKK-6.2.1/pnbp"
    names = {"IKK-6.1.2": "Indeks loyalitas pelanggan (Net Promoter Score)"}
    assert look_up(ledger, "promoter score", names).trees[0].id == "IKK-6.1.2/capaian"


def test_many_matches_are_listed(ledger: Ledger) -> None:
    answer = look_up(ledger, "pagu")
    assert answer.trees == ()
    assert len(answer.also) == 10
    assert '"pagu" stands for 10 figures' in printed(answer)


@pytest.mark.parametrize("reference", ["pnbp.xlsx!8", "pnbp!8!Realisasi", "PNBP!pnbp!8!real"])
def test_a_cell_leads_up_to_what_was_computed_from_it(ledger: Ledger, reference: str) -> None:
    answer = look_up(ledger, reference)
    assert {one.id for use in answer.uses for one in use.figures} == {
        "IKK-6.2.1/layanan/b/realisasi",
        "IKK-6.2.1/pnbp",
    }
    text = printed(answer)
    assert "pnbp.xlsx, lembar PNBP, baris 8, kolom Realisasi" in text


def test_a_row_of_a_count_leads_to_everything_above(ledger: Ledger) -> None:
    (use,) = look_up(ledger, "survei_nps!57").uses  # row 57 is no promoter
    assert [one.id for one in use.figures] == ["IKK-6.1.2/responden"]
    assert [one.id for one in use.further] == [
        "IKK-6.1.2/realisasi",
        "IKK-6.1.2/capaian",
        "IKK-6.1.2/selisih",
    ]


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("IKK-6.1.9", '"IKK-6.1.2"'),
        ("IKK-6.1.2/promoter", '"IKK-6.1.2/promotor"'),
        ("Jumlah PNPB", '"Jumlah PNBP"'),
        ("pnpb!7", "the nearest is pnbp"),
        ("pnbp!6", "the nearest row that is used is 7"),
        ("pnbp!7!Target", "row 7 is used in Realisasi"),
        ("pnbp!Realisasi", "write source!row"),
        ("", "nothing to explain in a blank"),
        (" \t", "nothing to explain in a blank"),
        ("IKK-6.1.2/target-antara/I…IV", "nothing in the ledger"),
    ],
)
def test_an_unknown_reference_names_the_nearest(ledger: Ledger, reference: str, hint: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(hint)):
        look_up(ledger, reference)


def test_json_holds_the_same_tree(ledger: Ledger) -> None:
    written = json.loads(json.dumps(to_json(look_up(ledger, "IKK-6.1.2")), ensure_ascii=False))
    (figure,) = written["figures"]
    nps = figure["inputs"][0]
    assert (nps["id"], nps["exact"], nps["printed"]) == (
        "IKK-6.1.2/realisasi",
        "1800/19",
        "94,74 nilai",
    )
    assert nps["inputs"][0]["rows"] == [[2, 55]]
    assert written["also"][0]["id"] == "IKK-6.1.2/selisih"


def test_no_row_is_left_out() -> None:
    book = Ledger()
    book.add("x/y", counted("Jumlah", 30, list(range(2, 62, 2)), "banyaknya"))
    text = printed(look_up(book, "x/y"))
    assert ", ".join(map(str, range(2, 62, 2))) in text
    assert "…" not in text


def test_repeated_inputs_are_written_once() -> None:
    book = Ledger()
    value = book.add("a/0", Quantity.cell(1, "A0", "", Cell("s", "s.csv", None, 2, "x")))
    for n in range(1, 60):  # 2**59 paths lead down from the last one
        value = book.add(f"a/{n}", (value + value).named(f"A{n}", decimals=0))
    start = time.monotonic()
    answer = look_up(book, "a/59")
    assert printed(answer).count("a/0  ") == 1
    assert json.dumps(to_json(answer)).count('"a/0"') == 1
    assert answer.trees[0].value == Fraction(2**59)
    assert time.monotonic() - start < 5


def test_a_terminal_gets_a_tree(ledger: Ledger) -> None:
    text = printed(look_up(ledger, "IKK-6.1.2"), terminal=True)
    assert "├── " in text
    assert "Promotor = 54 orang" in text


def test_a_blank_stands_for_no_indicator(ledger: Ledger) -> None:
    with pytest.raises(ParameterError, match="blank"):
        look_up(ledger, " ", {"IKK-6.1.2": "Net Promoter Score"})


def test_every_series_the_report_prints_is_explained_member_by_member() -> None:
    book = indicator_runs.base().ledger
    groups = grouped({str(one.id): Entry.of(one) for one in book})
    series = [
        one for group in groups for one in (*group.tables, *group.lines) if isinstance(one, Series)
    ]
    assert len(series) > 60
    # Groups stand in the order of the ledger, and have no name of a program.
    titles = [one.title for one in groups]
    assert titles.index("IKK 6.6.2") == titles.index("IKK 6.6.1") + 1
    assert {"Serapan – KRO", "Anggaran – RO"} <= set(titles)
    assert not any("-" in one for one in titles)
    for one in series:
        ids = [each.id for each in one.members]
        answer = look_up(book, condensed(ids))
        assert [figure.id for figure in answer.trees] == ids


def test_a_series_is_read_however_it_is_typed() -> None:
    known = ["a/b/I", "a/b/II", "a/b/IV", "a/b/02", "a/bb/II", "a/b/II/x"]
    assert spread("a/b/I…IV", known) == ["a/b/I", "a/b/II", "a/b/IV"]
    assert spread("A/B/ii...iv", known) == ["a/b/II", "a/b/IV"]
    assert spread("a/b/01…12", known) == ["a/b/02"]
    for wrong in ("a/b/I…12", "a/b/IV…I", "a/b/I", "a/c/I…IV", "a/b/I…V"):
        assert spread(wrong, known) == []


def clean_run(tmp_path: Path, ledger: Ledger) -> RunFolders:
    """Write a run with three statements and two findings about one of them."""
    folders = Address.parse("IV", "bspji-ambon", 2025).folders(tmp_path)
    (folders.processed / "bersih").mkdir(parents=True)
    folders.report.mkdir(parents=True)
    ledger.save(folders.processed / "ledger.json")
    said = [s("IKK-6.1.2/promotor", "57 orang"), s("x/y", "1"), s("x/z", "2")]
    made = table("pernyataan", said)
    headers = {name: name.capitalize() for name in made.frame.columns}
    replace(made, headers=headers).save(folders.processed / "bersih")
    found = [
        Finding(
            "jumlah",
            "material",
            "A",
            "IKK-6.1.2/promotor",
            "57",
            "54",
            "Beda.",
            "IKK-6.1.2/promotor",
            membandingkan="jumlah yang dicetak dengan jumlah rinciannya",
        ),
        Finding("lain", "minor", "pernyataan.csv baris 2–3, 9", "q", "1", "2", "Beda."),
    ]
    write_findings(found, folders.processed / "temuan.csv")
    answer = {"alasan": "Salah", "oleh": "Kepala", "tanggal": "2026-01-09"}
    record = {
        "parameter": {
            f"temuan.jawaban.{found[0].id}.{name}": {"nilai": value, "lapis": "-p"}
            for name, value in answer.items()
        }
    }
    (folders.report / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return folders


def test_a_finding_is_explained_with_its_calculation(ledger: Ledger, tmp_path: Path) -> None:
    folders = clean_run(tmp_path, ledger)
    id = Finding("jumlah", "material", "", "IKK-6.1.2/promotor", "57", "54", "").id
    answer = explain(folders, f" {id.casefold()}")
    lines = printed(answer).splitlines()
    assert lines[0] == f"{id}  IKK-6.1.2/promotor"
    assert "  rule      jumlah: jumlah yang dicetak dengan jumlah rinciannya" in lines
    for told in ("severity  material", "places    A", "stated    57", "computed  54"):
        assert f"  {told}" in lines
    assert "  answer    Salah (Kepala, 2026-01-09)" in lines
    assert any(line.startswith("IKK-6.1.2/promotor  Promotor = 54 orang") for line in lines)
    written = json.loads(json.dumps(to_json(answer)))
    assert written["findings"][0]["id"] == id
    assert written["findings"][0]["jawaban"]["oleh"] == "Kepala"
    assert written["figures"][0]["id"] == "IKK-6.1.2/promotor"
    with pytest.raises(ParameterError, match=f"no finding.*the nearest is {id}"):
        explain(folders, id[:-1] + "x")


def test_a_row_that_no_figure_uses_is_shown_with_its_findings(
    ledger: Ledger, tmp_path: Path
) -> None:
    folders = clean_run(tmp_path, ledger)
    answer = explain(folders, "pernyataan.csv!2")
    text = printed(answer)
    assert "Subjek = IKK-6.1.2/promotor" in text
    assert "Nilai = 57 orang" in text
    assert [one.finding.aturan for one in answer.findings] == ["jumlah", "lain"]
    (row,) = to_json(answer)["rows"]
    assert (row["file"], row["row"]) == ("pernyataan.csv", 2)
    assert {"column": "nilai", "header": "Nilai", "value": "57 orang"} in row["cells"]
    one_cell = explain(folders, "Pernyataan!2!nilai")
    assert [cell[2] for cell in one_cell.rows[0].cells] == ["57 orang"]
    assert one_cell.findings == answer.findings
    assert "no finding names it" in printed(explain(folders, "pernyataan!4"))
    # What a figure uses is answered by the figures.
    assert explain(folders, "pnbp.xlsx!8").uses


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("pernyataan!9", "the nearest row that is there is 4"),
        ("pernyatan.csv!2", "the nearest is pernyataan.csv"),
        ("pernyataan!2!Harga", 'says nothing in a column "harga"; it is filled in Jenis, Letak'),
        ("pernyataan!Nilai", "write source!row"),
    ],
)
def test_a_row_that_is_not_there_names_the_nearest(
    ledger: Ledger, tmp_path: Path, reference: str, hint: str
) -> None:
    with pytest.raises(ParameterError, match=re.escape(hint)):
        explain(clean_run(tmp_path, ledger), reference)


def test_a_run_is_read_from_its_folder(ledger: Ledger, tmp_path: Path) -> None:
    folders = Address.parse("IV", "bspji-ambon", 2025).folders(tmp_path)
    with pytest.raises(MissingInput, match="make it with: pp39 report -q IV"):
        explain(folders, "IKK-6.1.2")
    folders.processed.mkdir(parents=True)
    ledger.save(folders.processed / "ledger.json")
    (folders.processed / "indikator.csv").write_text(
        "kode,sasaran,indikator\nIKK 6.1.2,SK,Net Promoter Score\n", encoding="utf-8"
    )
    assert explain(folders, "net promoter").trees[0].id == "IKK-6.1.2/capaian"


def test_addresses_are_read_in_all_lengths(tmp_path: Path) -> None:
    assert Address.parse("4", "bspji-ambon", 2025) == Address("bspji-ambon", 2025, Period.IV)
    assert Address.parse("II", "lain", 2024) == Address("lain", 2024, Period.II)
    assert Address.parse("u/2024/iii/s", "bspji-ambon", 2025) == Address("u", 2024, Period.III, "s")
    assert Address.parse("u/iii", "bspji-ambon", 2025) == Address("u", 2025, Period.III)
    for wrong in ("", "2025", "IV/a/b", "u/v/IV", "2025/u/IV", "IV//x"):
        with pytest.raises(ParameterError, match="names no run"):
            Address.parse(wrong, "bspji-ambon", 2025)
    command = Address.parse("u/2024/iii/s", "bspji-ambon", 2025).folders(tmp_path).command
    assert command == "pp39 report -q III -u u -y 2024 -s s"


def test_a_run_that_is_not_there_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="has not been run; make it with: pp39 report -q II"):
        Address.parse("II", "bspji-ambon", 2025).folders(tmp_path).existing()
    folder = RunFolders(tmp_path / "a", tmp_path / "b", "a copy")
    with pytest.raises(MissingInput, match=r"^a copy has not been run$"):
        folder.existing()
