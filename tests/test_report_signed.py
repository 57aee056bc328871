"""The report as it is signed: draft and final, logos, what travels with it, Formulir A."""

from __future__ import annotations

import csv
import json
import struct
import subprocess
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from finding_cases import table as made
from indicator_runs import base, tables
from PIL import Image
from register_cases import SP2D, cleaned, computed
from section_runs import material, prose, section
from test_report_document import DOC, notebook

from pp39.errors import InputError
from pp39.ledger import Ledger, Quantity
from pp39.params import load
from pp39.report.document import Cover, Document, Heading, ListOfTables, Note, Prose
from pp39.report.emblem import Emblem
from pp39.report.html import render_html
from pp39.report.inline import Link, Number, Reference, ReportError, part_plain
from pp39.report.sections.bahan import BELUM
from pp39.report.sections.berkas import tugas_json, tulis_lampiran
from pp39.report.sections.todo import keadaan, todo
from pp39.report.table import Column, Row, Table, TableCell
from pp39.report.tagging import Target, completed
from pp39.report.typst import Attachment, render_pdf

ROOT = Path(__file__).parents[1]
NAMED = (
    'laporan.penanda_tangan.nama="Contoh, S.T."',
    'laporan.penanda_tangan.nip="198001012005011001"',
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + zlib.crc32(kind + data).to_bytes(4)


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0" + b"\x20" * 6 + b"\0" + b"\x20" * 6))
    + chunk(b"IEND", b"")
)


# Draft and final -----------------------------------------------------------------------------


def test_a_report_is_a_draft_while_something_must_be_done() -> None:
    b = material("IV")
    must = [one for one in todo(b) if one.bobot == "wajib"]
    assert must
    assert keadaan(b) == "draf"
    assert all(one.apa and one.letak and one.siapa for one in todo(b))
    table = section("harus_dilengkapi", b)[1]
    assert isinstance(table, Table)
    groups = [part_plain(row.cells[0]) for row in table.rows if row.kind == "kelompok"]
    assert len(groups) == len({(one.bobot, one.siapa) for one in todo(b)})
    assert "Harus dilengkapi oleh Subbagian Tata Usaha dan PJI" in groups


@pytest.mark.parametrize("quarter", ["I", "IV"])
def test_what_another_table_lists_is_one_line_of_the_work_list(quarter) -> None:
    b = material(quarter)
    _, table = section("harus_dilengkapi", b)
    lines = [[part_plain(one) for one in row.cells] for row in table.rows if row.kind != "kelompok"]
    dark = [one for one in b.capaian() if not one.has_data]
    told = [what for what, where in lines if "tabel-belum-ada" in where]
    assert told == ([f"Data enam belas indikator triwulan {quarter} belum ada."] if dark else [])
    assert len(lines) == len(todo(b)) - max(len(dark) - 1, 0)


def test_a_report_is_final_when_nothing_must_be_done_or_somebody_says_so() -> None:
    # A quarter that is not the last, with its signatory named, and all months there.
    b = material("III", *NAMED)
    assert [one for one in todo(b) if one.bobot == "wajib"] == []
    assert keadaan(b) == "final"
    assert section("harus_dilengkapi", b) == []
    asked = material("IV", "laporan.keadaan=final")
    assert keadaan(asked) == "final"
    assert section("harus_dilengkapi", asked) == []
    assert "DRAF" not in asked_cover(asked)
    assert "DRAF" in asked_cover(material("III", *NAMED, "laporan.keadaan=draf"))


def asked_cover(b: object) -> str:
    return "".join(one.html() for one in section("sampul", b))


def test_to_be_final_makes_no_report_another_than_the_base() -> None:
    settings = load(ROOT, "bspji-ambon", 2025, "IV", overrides=["laporan.keadaan=final"])
    assert settings.changes() == ()


def test_what_is_missing_is_asked_of_who_has_it() -> None:
    told = {one.apa: one for one in todo(material("IV"))}
    what = "Kendala dan langkah perbaikan IKK 6.4.2"
    where = "kolom Kendala dan Tindak Lanjut, baris IKK 6.4.2 triwulan IV"
    obstacle = next(one for apa, one in told.items() if apa.startswith(what))
    assert obstacle.letak == f"pelaksanaan.csv, {where}"
    assert obstacle.siapa == "Subbagian Tata Usaha dan PJI"
    months = told["Progres rincian output bulan Oktober–Desember belum ada."]
    assert months.letak == "progres_ro.xlsx, kolom Oktober–Desember"
    assert "Nama dan NIP pejabat penanda tangan belum diisi." in told
    # Three of the four steps name who takes them.
    assert "Pelaksana sebagian tindak lanjut belum diisi." in told
    assert not any("NIP" in one.apa for one in todo(material("IV", *NAMED)))
    made = json.loads(tugas_json(todo(material("IV"))))
    assert set(made[0]) == {"apa", "letak", "siapa", "bobot"}


def test_money_that_an_export_tells_is_not_asked_for() -> None:
    b = material("II")
    asked = "Realisasi anggaran dalam rupiah belum ada"
    assert not b.has("sp2d")
    assert any(one.apa.startswith(asked) for one in todo(b))
    known = Ledger()
    for one in b.ledger:
        known.add(str(one.id), one)
    paid = Quantity.constant(5).named("Realisasi keuangan RO", "Rp")
    known.add("formulir-a/1234.ABC.001/keuangan/kumulatif", paid)
    assert not any(one.apa.startswith(asked) for one in todo(replace(b, ledger=known)))


def test_of_a_year_what_stood_in_the_way_in_any_quarter_is_on_record() -> None:
    b = material("tahunan")
    held = b.tables["kendala"]
    kept = held.frame.head(1).assign(triwulan="II").reset_index(drop=True)
    of_second = {**b.tables, "kendala": replace(held, frame=kept)}
    lacking = "belum dicatat (Formulir A bagian IV)"
    assert not any(lacking in one.apa for one in todo(replace(b, tables=of_second)))
    last = replace(material("IV"), tables=of_second)
    assert any(lacking in one.apa for one in todo(last))


def test_a_month_that_is_lacking_is_named() -> None:
    b = material("IV")
    held = b.tables["ikpa"]
    assert held.source.key == ("bulan",)
    frame = held.frame[held.frame["bulan"] != 11].reset_index(drop=True)
    dark = replace(b, status=dict.fromkeys(b.status, BELUM))
    without = replace(dark, tables={**b.tables, "ikpa": replace(held, frame=frame)})
    told = {one.letak: one.apa for one in todo(without)}
    assert told["ikpa.csv, baris bulan November"].endswith("bulan November belum ada.")
    assert not any("bulan November" in one.letak for one in todo(dark))


def test_a_unit_that_fills_in_the_workbook_is_sent_to_its_sheets() -> None:
    b = material("IV")
    tables = {
        name: replace(one, source=replace(one.source, file="isian.xlsx"))
        for name, one in b.tables.items()
    }
    told = {one.letak for one in todo(replace(b, tables=tables))}
    assert "isian.xlsx, lembar progres_ro, kolom Oktober–Desember" in told
    where = "kolom Kendala dan Tindak Lanjut, baris IKK 6.4.2 triwulan IV"
    assert f"isian.xlsx, lembar pelaksanaan, {where}" in told
    assert not any(".csv" in one for one in told)


def rendered(state: str) -> bytes:
    document = Document(
        DOC.title,
        DOC.subtitle,
        DOC.unit,
        DOC.period,
        DOC.date,
        state=state,  # type: ignore[arg-type]
    )
    blocks = [
        Cover("Laporan", "", "Triwulan IV", ["Kementerian Contoh"]),
        Heading(1, "Kata Pengantar", kind="depan"),
        Prose("Isi."),
        Heading(1, "Pendahuluan"),
        Prose("Isi."),
    ]
    cells = [{"outputs": [{"data": one._repr_mimebundle_()} for one in (document, *blocks)]}]
    return render_pdf({"cells": cells})


def test_a_draft_is_marked_behind_every_page_and_in_no_text(tmp_path: Path) -> None:
    for state in ("draf", "final"):
        made = rendered(state)
        reader = pypdf.PdfReader(BytesIO(made))
        assert reader.page_labels == ["i", "ii", "1"]
        assert not any("DRAF" in page.extract_text() for page in reader.pages)
        path = tmp_path / f"{state}.pdf"
        path.write_bytes(made)
        for number in range(1, len(reader.pages) + 1):
            command = ["pdftoppm", "-r", "30", "-gray", "-singlefile", "-f", str(number), path]
            shown = subprocess.run(command, check=True, capture_output=True).stdout
            image = Image.open(BytesIO(shown))
            # The strokes are light, so that what is written on them is easy to read.
            light = sum(240 < one < 250 for one in image.tobytes())
            assert (light > 2000) is (state == "draf"), (state, number)


# Logos ---------------------------------------------------------------------------------------


def with_logo(tmp_path: Path, name: str, content: bytes | None) -> object:
    (tmp_path / "params").symlink_to(ROOT / "params")
    folder = tmp_path / "data" / "raw"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / name).write_bytes(content)
    return load(
        tmp_path, "bspji-ambon", 2025, "IV", overrides=[f"laporan.lambang.unit=data/raw/{name}"]
    )


@pytest.mark.parametrize(("name", "content"), [("l.svg", SVG), ("l.png", PNG)])
def test_a_logo_is_on_the_cover_of_both(tmp_path: Path, name: str, content: bytes) -> None:
    settings = with_logo(tmp_path, name, content)
    assert settings.emblems == {f"data/raw/{name}": content}  # type: ignore[attr-defined]
    assert f"data/raw/{name}" in settings.files  # type: ignore[attr-defined]
    emblem = Emblem(content, "Lambang Balai")
    cover = Cover("Laporan", "", "Triwulan IV", ["Kementerian"], emblems=[emblem])
    book = notebook(cover, Heading(1, "Bab"), Prose("Isi."))
    assert '<img alt="Lambang Balai" src="data:image/' in render_html(book)
    assert render_pdf(book) == render_pdf(book)
    assert "Lambang Balai" in str(alternatives(render_pdf(book)))


def alternatives(pdf: bytes) -> list[str]:
    """Alternative texts of the figures in the structure of a PDF."""
    root = pypdf.PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, pypdf.generic.ArrayObject):
            waiting += list(one)
        elif isinstance(one, pypdf.generic.DictionaryObject):
            found += [str(one["/Alt"])] if "/Alt" in one else []
            waiting += [one["/K"]] if "/K" in one else []
    return found


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("l.png", None, "is not there"),
        ("l.png", b"GIF89a", "is no PNG picture"),
        ("l.png", PNG[:-6], "is a PNG picture that is damaged"),
        ("l.png", PNG.replace(b"\x08\x02", b"\x08\x03", 1), "is a PNG picture that is damaged"),
        ("l.svg", b"<svg", "is no SVG picture (line 1)"),
        ("l.svg", b"<html/>", "is no SVG picture"),
        ("l.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "with a document type"),
        ("l.svg", SVG.replace(b"<path", b"<script/><path"), "with <script>"),
        ("l.svg", SVG.replace(b"<path", b'<image href="http://x/y.png"/><path'), "another file"),
        ("l.svg", b" " * (1 << 20) + SVG, "more than 1 MiB"),
    ],
)
def test_a_bad_logo_is_told_in_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    with pytest.raises(InputError) as caught:
        with_logo(tmp_path, name, content)
    sentence = str(caught.value)
    assert sentence.startswith(f"parameter laporan.lambang.unit names data/raw/{name}, which ")
    assert told in sentence
    assert "\n" not in sentence
    assert caught.value.exit_code == 4


# What travels with it ------------------------------------------------------------------------


def test_files_travel_with_the_report_without_personal_columns(tmp_path: Path) -> None:
    processed, folder = tmp_path / "processed", tmp_path / "lampiran"
    processed.mkdir()
    (processed / "temuan.csv").write_text("id,aturan\nT-1,jumlah\n")
    b = material("IV")
    names = tulis_lampiran(b, processed, folder)
    assert {"temuan.csv", "harus-dilengkapi.csv", "bersih-survei_nps.csv"} <= set(names)
    with (folder / "bersih-survei_nps.csv").open(encoding="utf-8", newline="") as stream:
        columns, *rows = csv.reader(stream)
    assert len(rows) == len(tables()["survei_nps"].frame)
    assert "nilai" in columns
    assert not [one for one in columns if one.startswith(("nama", "telepon", "email"))]
    with (folder / "harus-dilengkapi.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["apa"] for row in csv.DictReader(stream)] == [one.apa for one in todo(b)]
    final = tulis_lampiran(material("III", *NAMED), processed, tmp_path / "final")
    assert "harus-dilengkapi.csv" not in final


def test_attached_files_are_associated_with_the_document() -> None:
    made = render_pdf(
        notebook(Heading(1, "Bab"), Prose("Isi.")),
        [Attachment("temuan.csv", "a,b\n1,\u201cdua\u201d\n"), Attachment("ledger.json", "{}")],
    )
    reader = pypdf.PdfReader(BytesIO(made))
    assert reader.attachments["temuan.csv"] == ["a,b\n1,\u201cdua\u201d\n".encode()]
    listed = [one.get_object() for one in reader.trailer["/Root"]["/AF"]]
    assert {one["/UF"]: one["/AFRelationship"] for one in listed} == {
        "temuan.csv": "/Data",
        "ledger.json": "/Data",
    }
    kinds = {one["/UF"]: one["/EF"]["/F"].get_object()["/Subtype"] for one in listed}
    assert kinds == {"temuan.csv": "/text/csv", "ledger.json": "/application/json"}


# Formulir A ----------------------------------------------------------------------------------


def form(b: object) -> dict[str, Table]:
    blocks = section("formulir_a", b)
    assert all(one.describe().wide for one in blocks)
    return {one.label: one for one in blocks if isinstance(one, Table)}


def figures(row: object) -> list[str | None]:
    return [one if one is None else part_plain(one) for one in row.cells]  # type: ignore[attr-defined]


def test_the_form_prints_thousands_of_rupiah_of_the_ledger() -> None:
    b = material("IV")
    money = form(b)["tabel-formulir-a-dana"]
    titles = [one.title.split("\n")[-1] for one in money.columns]
    assert titles == ["(1)", "(2)", "(3)", "(4)", "(4a)", "(5)", "(6)", "(7)"]
    rows = [row for row in money.rows if row.kind == "data"]
    assert len(rows) == len(tables()["dipa_ro"].frame)
    for row in rows:
        name, _, foreign, rupiah, own, whole, *_ = row.cells
        assert (foreign, rupiah, own) == (None, None, None)
        assert isinstance(whole, Number)
        code = part_plain(name).split()[0]
        assert whole.quantity.id == f"anggaran/ro/{code}/pagu"
        assert whole.plain().replace(".", "") == str(round(whole.quantity.value / 1000))
    last = money.rows[-1]
    assert last.kind == "jumlah"
    assert figures(last)[3:6] == ["8.650.270", "707.940", "9.387.118"]


def test_one_source_of_funds_is_that_of_every_output(tmp_path: Path) -> None:
    given = dict(tables())
    frame = given["sumber_dana"].frame
    given["sumber_dana"] = given["sumber_dana"].__class__(
        given["sumber_dana"].source,
        frame[frame["sumber"] == "RM"].reset_index(drop=True),
        given["sumber_dana"].sheet,
        given["sumber_dana"].headers,
    )
    money = form(material("IV", given=given))["tabel-formulir-a-dana"]
    assert [one.title.split("\n")[-1] for one in money.columns][3:5] == ["(4)", "(5)"]
    for row in money.rows:
        if row.kind == "data":
            assert figures(row)[3] == figures(row)[4] is not None


@pytest.mark.parametrize("quarter", ["I", "II", "III", "IV"])
def test_the_quarter_is_what_lies_between_two_positions(quarter: str) -> None:
    ledger = base(quarter).ledger
    last = {"I": 3, "II": 6, "III": 9, "IV": 12}[quarter]
    found = [one for one in ledger.find("formulir-a") if "/fisik/" in str(one.id)]
    assert found
    for one in found:
        _, code, _, what = str(one.id).split("/")
        series = f"ro/{code}/{'tpcro-kumulatif' if what == 'sasaran' else 'progres'}"
        before = ledger.get(f"{series}/{last - 3:02d}")
        now = ledger[f"{series}/{last:02d}"]
        assert one.value == now.value - (before.value if before else 0)
    # The sample unit has no progress after September.
    assert any(str(one.id).endswith("/realisasi") for one in found) is (quarter != "IV")


def test_money_is_told_where_every_disbursement_names_its_output(tmp_path: Path) -> None:
    code = "6077.BAD.001"
    paid = cleaned(
        tmp_path,
        "sp2d",
        SP2D,
        f"1,2025-02-03,,{code},10000000",
        f"2,2025-10-03,,{code},5000500",
    )
    ledger = computed(paid).ledger
    base_id = f"formulir-a/{code}/keuangan"
    assert [ledger[f"{base_id}/{one}"].value for one in ("lalu", "ini", "kumulatif")] == [
        10_000_000,
        5_000_500,
        15_000_500,
    ]
    row = next(
        row
        for row in form(material("IV", given={**tables(), "sp2d": paid}))[
            "tabel-formulir-a-realisasi"
        ].rows
        if part_plain(row.cells[0]).startswith(code)
    )
    # Half up, as everywhere.
    assert figures(row)[4:7] == ["10.000", "5.001", "15.001"]
    assert figures(row)[1:4] == [None, None, None]


def test_money_of_a_kro_has_its_periods_where_no_output_is_named(tmp_path: Path) -> None:
    code = "6077.BAD"
    paid = cleaned(
        tmp_path, "sp2d", SP2D, f"1,2025-02-03,{code},,10000000", f"2,2025-10-03,{code},,5000500"
    )
    b = material("IV", given={**tables(), "sp2d": paid})
    table = form(b)["tabel-formulir-a-realisasi"]
    told = {part_plain(row.cells[0]).split()[0]: figures(row) for row in table.rows}
    assert told[code][4:7] == ["10.000", "5.001", "15.001"]
    assert b.ledger[f"formulir-a/{code}/keuangan/kumulatif"].value == 15_000_500
    assert told[f"{code}.001"][1:7] == [None] * 6
    assert "realisasi menurut rincian output lainnya" in part_plain(table.notes[0])
    assert told["Jumlah"][4:7] == ["10.000", "5.001", "15.001"]


def test_what_was_paid_of_a_kro_is_of_its_only_output(tmp_path: Path) -> None:
    kro = "6042.EBB"
    paid = cleaned(
        tmp_path, "sp2d", SP2D, f"1,2025-02-03,{kro},,10000000", "2,2025-10-03,6077.BAD,,5000500"
    )
    table = form(material("IV", given={**tables(), "sp2d": paid}))["tabel-formulir-a-realisasi"]
    told = {part_plain(row.cells[0]).split()[0]: figures(row) for row in table.rows}
    assert told[f"{kro}.951"][4:7] == told[kro][4:7] == ["10.000", "0", "10.000"]
    assert told["6077.BAD.001"][4:7] == [None] * 3
    assert told["Jumlah"][4:7] == ["10.000", "5.001", "15.001"]


@pytest.mark.parametrize(("said", "past"), [(15_000_500, 10_000_000), (15_000_000, None)])
def test_disbursements_tell_quarters_without_an_account_where_both_agree(
    tmp_path: Path, said: int, past: int | None
) -> None:
    code = "6077.BAD.001"
    paid = cleaned(
        tmp_path, "sp2d", SP2D, f"1,2025-02-03,,{code},10000000", f"2,2025-10-03,,{code},5000500"
    )
    told = {"triwulan": "IV", "kode_kro": "6077.BAD", "kode_ro": code, "realisasi": said}
    account = {"sp2d": paid, "realisasi_ro": made("realisasi_ro", [told])}
    b = material("IV", given={**tables(), **account})
    base = f"formulir-a/{code}/keuangan"
    assert b.ledger[f"{base}/kumulatif"].value == said
    for name in ("lalu", "sd/I", "sd/III"):
        found = b.ledger.get(f"{base}/{name}")
        assert (found and found.value) == past


def test_the_last_row_weighs_the_physical_side_over_the_outputs_that_have_it() -> None:
    b = material("III")
    last = form(b)["tabel-formulir-a-realisasi"].rows[-1]
    assert (last.kind, last.cells[0]) == ("jumlah", "Jumlah")
    codes = dict.fromkeys(tables()["dipa_ro"].frame["kode_ro"])
    known = [
        (b.q(f"anggaran/ro/{one}/pagu"), [b.q(f"ro/{one}/progres/{end}") for end in ("06", "09")])
        for one in codes
    ]
    weighed = [(pagu.value, [one.value for one in ends]) for pagu, ends in known if all(ends)]
    assert 0 < len(weighed) < len(codes)
    for end, name in ((0, "lalu"), (1, "kumulatif")):
        mean = sum(pagu * ends[end] for pagu, ends in weighed) / sum(pagu for pagu, _ in weighed)
        assert b.ledger[f"formulir-a/jumlah/realisasi-fisik/{name}"].value == mean
    whole = b.q("formulir-a/jumlah/realisasi-fisik/kumulatif")
    assert part_plain(last.cells[12]) == Number(whole, "polos").plain()


def test_obstacles_of_indicators_are_in_the_form_each_once() -> None:
    frame = tables()["pelaksanaan"].frame.copy()
    (first, second, third) = frame.index[frame["triwulan"] == "IV"][:3]
    told = "bahan kimia laboratorium harus dari Jawa; pengadaan lama"
    frame.loc[[first, second], "kendala"] = "Listrik padam"
    frame.loc[third, "kendala"] = told
    given = tables() | {"pelaksanaan": replace(tables()["pelaksanaan"], frame=frame)}
    rows = form(material("IV", given=given))["tabel-formulir-a-kendala"].rows
    text = [
        " ".join(
            part_plain(part)
            for cell in row.cells
            for part in (cell if isinstance(cell, list) else [cell])
            if part is not None
        )
        for row in rows
    ]
    codes = [frame.loc[one, "kode"] for one in (first, second)]
    (own,) = [one for one in text if "Listrik padam" in one]
    assert own.startswith(f"Indikator {codes[0]} dan {codes[1]}")
    assert sum("harus dari Jawa" in one for one in text) == 1


def test_the_form_tells_what_was_to_be_drawn_of_each_output() -> None:
    codes = list(dict.fromkeys(tables()["dipa_ro"].frame["kode_ro"]))
    plan = [
        {"kode_ro": code, "bulan": month, "rencana": 1000 * month}
        for code in codes
        for month in range(1, 13)
    ]
    given = dict(tables()) | {"rencana_penarikan": made("rencana_penarikan", plan)}
    table = form(material("III", given=given))["tabel-formulir-a-realisasi"]
    rows = [figures(row) for row in table.rows]
    assert [row[1:4] for row in rows if row[0].split()[0] in codes] == [
        ["21", "24", "45"] for _ in codes
    ]
    assert not any("rencana penarikan" in part_plain(one) for one in table.notes)


def test_without_rupiah_the_form_says_so_and_invents_none() -> None:
    b = material("IV")
    table = form(b)["tabel-formulir-a-realisasi"]
    assert all(figures(row)[1:7] == [None] * 6 for row in table.rows)
    notes = " ".join(map(part_plain, table.notes))
    assert "realisasi dalam rupiah" in notes
    assert "September 2025" in notes
    assert "Laporan Triwulanan" in prose(section("formulir_a", b))
    assert not any(
        isinstance(one, Quantity) for row in table.rows for one in row.cells if one is not None
    )


# Structure -----------------------------------------------------------------------------------


def elements(pdf: bytes) -> list[tuple[tuple[str, ...], pypdf.generic.DictionaryObject]]:
    """Every element of the structure with the kinds of those above it."""
    root = pypdf.PdfReader(BytesIO(pdf), strict=True).trailer["/Root"]["/StructTreeRoot"]
    found = []
    waiting = [((), root["/K"])]
    while waiting:
        above, one = waiting.pop()
        one = one.get_object()
        if isinstance(one, pypdf.generic.ArrayObject):
            waiting += [(above, each) for each in reversed(one)]
        elif isinstance(one, pypdf.generic.DictionaryObject) and "/S" in one:
            found.append((above, one))
            if "/K" in one:
                waiting.append(((*above, one["/S"]), one["/K"]))
    return found


def scope(element: pypdf.generic.DictionaryObject) -> str:
    given = element.get("/A", [])
    return next((str(one["/Scope"]) for one in given if "/Scope" in one.get_object()), "")


def test_rows_have_headers_and_groups_are_none_of_a_column() -> None:
    long = Table(
        "tabel-satu",
        "Judul (satu) – dua",
        [Column("Kode"), Column("Nilai", "kanan")],
        [
            Row("Kelompok", kind="kelompok"),
            Row("a", "1"),
            Row(TableCell("b", down=2), "2"),
            Row("3"),
            Row(None, "4"),
            Row("Jumlah", "9", kind="jumlah"),
        ],
    )
    made = render_pdf(notebook(ListOfTables(), Heading(1, "Bab"), Prose("Isi."), long))
    cells = [
        (above[-2].removeprefix("/"), one["/S"].removeprefix("/"), scope(one).removeprefix("/"))
        for above, one in elements(made)
        if one["/S"] in ("/TH", "/TD")
    ]
    assert cells[:2] == [("THead", "TH", "Column")] * 2
    assert cells[2:] == [
        ("THead", "TH", "Row"),
        *[("TBody", "TH", "Row"), ("TBody", "TD", "")] * 2,
        ("TBody", "TH", "Row"),
        # "No data" is no name of a row, but it is printed.
        *[("TBody", "TH", "Row"), ("TBody", "TD", "")] * 2,
    ]
    reader = pypdf.PdfReader(BytesIO(made), strict=True)
    assert [page.extract_text() for page in reader.pages][-1].count("Kelompok") == 1
    listed = reader.outline[
        [getattr(one, "title", "") for one in reader.outline].index("DAFTAR TABEL") + 1
    ]
    assert isinstance(listed, list)
    assert [one.title for one in listed] == ["Tabel 1.1 Judul (satu) – dua"]
    assert reader.get_destination_page_number(listed[0]) == len(reader.pages) - 1


def test_links_lead_to_the_places_of_what_they_name() -> None:
    far = Table("tabel-jauh", "Jauh", [Column("Kode"), Column("Nilai", "kanan")], [Row("a", "1")])
    made = render_pdf(
        notebook(
            Heading(1, "Satu", label="bab-satu"),
            Prose("Lihat ", Reference("tabel-jauh"), " dan ", Link("catatan", "#catatan-a"), "."),
            *[Prose("kata " * 12)] * 28,
            Heading(1, "Dua"),
            Prose("Lihat ", Reference("bab-satu"), "."),
            far,
            Note("Perlu dilihat", ["Isi."], anchor="catatan-a"),
        )
    )
    reader = pypdf.PdfReader(BytesIO(made), strict=True)
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    found = {
        link["/Contents"]: (pages[link["/Dest"][0].idnum], float(link["/Dest"][3]))
        for link in links
    }
    assert {name: page for name, (page, _) in found.items()} == {
        "Tabel 2.1": 1,
        "halaman 2": 1,
        "BAB I": 0,
    }
    # The note stands below the table, and both below the upper edge of the page.
    height = float(reader.pages[1].mediabox.height)
    assert 0 < found["halaman 2"][1] < found["Tabel 2.1"][1] < height


def test_a_file_of_another_layout_is_left_as_it_is() -> None:
    for other in (b"%PDF-1.7\nnothing", b"%PDF-1.7\nstartxref\n9\n%%EOF", b""):
        assert completed(other, {}) == other
        with pytest.raises(ReportError, match="in another way"):
            completed(other, {}, {0: Target(0, 1.0, 2.0, "halaman 1")})
