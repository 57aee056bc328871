"""Exports of the ministry's systems: what is read is what was written, whatever the layout."""

from __future__ import annotations

from dataclasses import asdict, replace
from html import escape
from pathlib import Path
from random import Random

import pytest
from exports import (
    MONTHS,
    Page,
    Truth,
    capaian_output,
    glp039,
    ikpa,
    monsakti,
    myintress,
    omspan_sp2d,
    omspan_target,
    write_csv,
    write_xlsx,
)
from exports.truth import ASPECTS
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from profile_sources import SOURCES

from pp39.errors import UnreadableInput
from pp39.indicators import (
    Book,
    compute_absorption,
    compute_budget,
    compute_indicators,
    compute_outputs,
)
from pp39.ledger import Cell, Ledger
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import CleanTable, Context, clean_all, delivered, load_tables, save_tables
from pp39.sources.delivery import Stray

ASPEK = {one: (one,) for one in ASPECTS}
SEEDS = range(12)
FED = {name: replace(one, asked="never") for name, one in SOURCES.items() if one.exports}


def context(month: int = 12, satker: str = "248145", year: int = 2025) -> Context:
    words = {"aspek_ikpa": ASPEK, "jenis_pagu": {"pagu_awal": (), "pagu_blokir": ()}}
    return Context(year, words, satker=satker, month=month)


def read(folder: Path, month: int = 12, **other: object) -> dict[str, CleanTable]:
    return clean_all(FED, folder, context(month, **other))  # type: ignore[arg-type]


def records(table: CleanTable, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(table.value(row, one) for one in columns) for row in range(len(table.frame))]


def written(folder: Path, page: Page, dirt: Random, name: str = "unduhan") -> Path:
    if dirt.random() < 0.3:
        return write_csv(folder / f"{name}.csv", page, dirt.random() < 0.5)
    return write_xlsx(folder / f"{name}.xlsx", page, dirt.random() < 0.8)


@pytest.mark.parametrize("seed", SEEDS)
def test_glp039_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    month = dirt.randint(1, 12)
    deep = tmp_path / "sub folder" / "x"
    deep.mkdir(parents=True)
    written(deep, glp039(truth, month, dirt), dirt)
    tables = read(tmp_path)
    assert records(
        tables["dipa_ro"],
        "kode_program",
        "nama_program",
        "kode_kegiatan",
        "nama_kegiatan",
        "kode_kro",
        "nama_kro",
        "kode_ro",
        "nama_ro",
        "pagu",
    ) == [
        (
            one.program,
            truth.names[one.program],
            one.kegiatan,
            truth.names[one.kegiatan],
            f"{one.kegiatan}.{one.kro}",
            truth.names[f"{one.kegiatan}.{one.kro}"],
            one.code,
            one.name,
            one.ceiling,
        )
        for one in truth.outputs
    ]
    quarter = ("I", "II", "III", "IV")[(month - 1) // 3]
    assert records(tables["realisasi_ro"], "triwulan", "kode_ro", "realisasi") == [
        (quarter, one.code, one.spent(month)) for one in truth.outputs
    ]
    assert records(tables["komponen"], "kode_ro", "kode_komponen", "pagu", "realisasi") == [
        (one.code, "302", one.ceiling, one.spent(month)) for one in truth.outputs
    ]
    assert {one for (one,) in records(tables["komponen"], "nama")} == {"Pengajaran dan Perkuliahan"}
    kinds: dict[str, int] = {}
    for one in truth.outputs:
        for account in one.accounts:
            kinds[account.code[:2]] = kinds.get(account.code[:2], 0) + account.ceiling
    assert records(tables["jenis_belanja"], "kode", "pagu") == sorted(kinds.items())
    blocked = sum(one.blocked for one in truth.outputs)
    assert records(tables["dipa_pagu"], "kode", "nilai") == [("pagu_blokir", blocked)]


@pytest.mark.parametrize("seed", SEEDS)
def test_sp2d_of_monsakti_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    written(tmp_path, monsakti(truth, 6, dirt), dirt, "sp2d")
    table = read(tmp_path)["sp2d"]
    assert records(table, "kode_kro", "kode_ro", "nilai", "triwulan") == [
        (
            f"{one.kegiatan}.{one.kro}",
            one.code,
            account.spent[month - 1],
            "I" if month < 4 else "II",
        )
        for month in range(1, 7)
        for one in truth.outputs
        for account in one.accounts
        if account.spent[month - 1]
    ]
    assert table.value(0, "nomor") == "250000000001"
    assert not any(
        "Budi" in str(one) or "081234567890" in str(one) for one in table.frame.to_numpy().flat
    )


@pytest.mark.parametrize("layout", [myintress, omspan_sp2d])
@pytest.mark.parametrize("seed", SEEDS)
def test_lists_of_sp2d_are_read_as_they_were_written(seed: int, layout, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    written(tmp_path, layout(truth, 12, dirt), dirt)
    table = read(tmp_path)["daftar_sp2d"]
    assert table.frame["nilai"].tolist() == [
        account.spent[month]
        for month in range(12)
        for one in truth.outputs
        for account in one.accounts
        if account.spent[month]
    ]
    assert not any("Siti" in str(one) for one in table.frame.to_numpy().flat)


@pytest.mark.parametrize("seed", SEEDS)
def test_ikpa_of_every_month_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    for month in range(1, 13):
        page = ikpa(truth, month, dirt, dirt.randint(0, 4))
        written(tmp_path, page, dirt, f"{13 - month}")
    tables = read(tmp_path)
    got = sorted(records(tables["ikpa"], "bulan", "nilai"))
    assert got == [(month, truth.final(month)) for month in range(1, 13)]
    aspects = {
        one[:2]: one[2:]
        for one in records(tables["ikpa_aspek"], "bulan", "aspek", "nilai", "bobot")
    }
    assert aspects == {
        (month, one): (truth.scores[month - 1][one], truth.weights[one])
        for month in range(1, 13)
        for one in ASPECTS
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_capaian_output_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    months = sorted(dirt.sample(range(1, 13), 3))
    for month in months:
        written(tmp_path, capaian_output(truth, month, dirt), dirt, f"co {month}")
    tables = read(tmp_path)
    names = (
        "bulan",
        "kode_kegiatan",
        "kode_kro",
        "kode_ro",
        "nama_ro",
        "satuan",
        "tvro",
        "rvro",
        "progres",
    )
    assert sorted(records(tables["progres_ro"], *names)) == sorted(
        (
            month,
            one.kegiatan,
            f"{one.kegiatan}.{one.kro}",
            one.code,
            one.name,
            one.unit,
            one.target,
            one.volume[month - 1],
            one.progress[month - 1],
        )
        for month in months
        for one in truth.outputs
    )
    assert sorted(records(tables["rencana_ro"], "bulan", "kode_ro", "tpcro")) == sorted(
        (month, one.code, one.planned[month - 1]) for month in months for one in truth.outputs
    )


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_targets_of_absorption_are_read_as_they_were_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    written(tmp_path, omspan_target(truth, dirt), dirt)
    table = read(tmp_path)["target_serapan"]
    assert records(table, "bulan", "nominal", "belanja_52", "belanja_57") == [
        (month, month * 3_000_000 + 500_000, month * 2_000_000, 0) for month in range(1, 13)
    ]


def page_of_html(page: Page) -> str:
    """Write a page as a system does that calls HTML a workbook; ends of cells are left out."""
    merged: dict[tuple[int, int], str] = {}
    hidden: set[tuple[int, int]] = set()
    for area in page.merged:
        left, top, right, bottom = range_boundaries(area)
        merged[top, left] = f" colspan={right - left + 1} rowspan={bottom - top + 1}"
        hidden |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        hidden.discard((top, left))
    rows = []
    for row in range(1, max(row for row, _ in page.cells) + 1):
        columns = [column for line, column in page.cells if line == row]
        cells = [
            f"<td{merged.get((row, column), '')}>{escape(str(page.cells.get((row, column), '')))}"
            for column in range(1, max(columns, default=0) + 1)
            if (row, column) not in hidden
        ]
        rows.append(f"<TR class=x>{''.join(cells)}</TR>")
    return f"<html><head><style>td {{}}</style></head><body><table>{''.join(rows)}</table></body>"


@pytest.mark.parametrize("name", ["unduhan.xls", "unduhan.xlsx"])
@pytest.mark.parametrize("layout", [glp039, ikpa, capaian_output])
def test_a_page_of_html_with_the_name_of_a_workbook_is_read(layout, name, tmp_path: Path) -> None:
    truth = Truth.made(8)
    one, other = tmp_path / "a", tmp_path / "b"
    for folder in (one, other):
        folder.mkdir()
    write_xlsx(one / "unduhan.xlsx", layout(truth, 9, Random(8)))
    (other / name).write_text(page_of_html(layout(truth, 9, Random(8))), encoding="utf-8")
    expected, found = read(one, 9), read(other, 9)
    assert expected
    assert set(found) == set(expected)
    for source, table in found.items():
        assert table.frame.equals(expected[source].frame), source


def test_capaian_output_gives_what_of_an_output_sakti_does_not_tell(tmp_path: Path) -> None:
    dirt, truth = Random(4), Truth.made(4)
    written(tmp_path, capaian_output(truth, 6, dirt), dirt, "co")
    assert "dipa_ro" not in read(tmp_path)
    written(tmp_path, glp039(truth, 6, dirt), dirt, "fa")
    table = read(tmp_path)["dipa_ro"]
    assert records(table, "kode_ro", "pagu", "target", "satuan") == [
        (one.code, one.ceiling, one.target, one.unit) for one in truth.outputs
    ]
    assert table.origin(0, "target").file.startswith("co.")


def by_hand(folder: Path, truth: Truth) -> None:
    """Write the files that a person would make of the same facts."""

    def table(name: str, header: str, rows: list[tuple[object, ...]]) -> None:
        lines = [header, *(";".join(map(str, row)) for row in rows)]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    outputs = truth.outputs
    header = "Kode Program;Nama Program;Kode Kegiatan;Nama Kegiatan;Kode KRO;Nama KRO;Satuan KRO;"
    table(
        "dipa_ro",
        header + "Kode RO;Nama RO;Pagu (Rp);Target;Satuan",
        [
            (
                *(one.program, truth.names[one.program], one.kegiatan, truth.names[one.kegiatan]),
                *(kro := f"{one.kegiatan}.{one.kro}", truth.names[kro], "", one.code, one.name),
                *(one.ceiling, "", ""),
            )
            for one in outputs
        ],
    )
    table(
        "realisasi_ro",
        "Triwulan;Kode KRO;Kode RO;Realisasi (Rp)",
        [("IV", one.code[:8], one.code, one.spent(12)) for one in outputs],
    )
    kinds: dict[str, int] = {}
    for one in outputs:
        for account in one.accounts:
            kinds[account.code[:2]] = kinds.get(account.code[:2], 0) + account.ceiling
    words = {"51": "Belanja Pegawai", "52": "Belanja Barang", "53": "Belanja Modal"}
    rows = [(code, words[code], kinds[code]) for code in sorted(kinds)]
    table("jenis_belanja", "Kode;Jenis Belanja;Pagu (Rp)", rows)
    blocked = sum(one.blocked for one in outputs)
    table("dipa_pagu", "Kode;Uraian;Nilai", [("pagu_blokir", "Pagu blokir", blocked)])
    months = [(MONTHS[n - 1], f"{truth.final(n)}".replace(".", ",")) for n in range(1, 13)]
    table("ikpa", "Bulan;Nilai IKPA", months)
    table(
        "rencana_ro",
        "Kode RO;Bulan;TPCRO",
        [(one.code, MONTHS[11], f"{one.planned[11]}%") for one in outputs],
    )


def figures(folder: Path) -> Ledger:
    settings = load(Path(__file__).parents[1], "smkn-1-contoh", 2025, Quarter.IV)
    context = replace(Context.of(settings), satker="248145")
    tables = clean_all(FED, folder, context)
    book = Book(tables, settings, Ledger(), Quarter.IV)
    compute_budget(book)
    compute_outputs(book)
    compute_absorption(book)
    compute_indicators(book)
    return book.ledger


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_exports_alone_give_the_figures_of_files_made_by_hand(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    hand, exports = tmp_path / "hand", tmp_path / "exports"
    hand.mkdir()
    exports.mkdir()
    by_hand(hand, truth)
    written(exports, glp039(truth, 12, dirt), dirt, "fa")
    for month in range(1, 13):
        written(exports, ikpa(truth, month, dirt), dirt, f"ikpa {month}")
    written(exports, capaian_output(truth, 12, dirt), dirt, "co")
    one, other = figures(hand), figures(exports)
    stated = {entry.id: entry.value for entry in one}
    found = {entry.id: entry.value for entry in other}
    assert len(stated) > 60
    assert {id: found.get(id) for id in stated} == stated
    # Progress and volume of outputs and the aspects of the IKPA are only in the exports here.
    extra = {id for id in set(found) - set(stated) if not id.startswith("ro/")}
    extra = {id for id in extra if "aspek" not in id}
    assert {id.rpartition("/")[2] for id in extra} <= {"selisih-fisik", "target"}, extra
    paid = other[f"serapan/ro/{truth.outputs[0].code}/rupiah"].origin
    assert isinstance(paid, Cell)
    assert paid.file.startswith("fa.")
    assert "s.d. Periode" in paid.column


def test_the_export_counts_and_what_was_said_otherwise_is_kept(tmp_path: Path) -> None:
    dirt, truth = Random(1), Truth.made(1)
    by_hand(tmp_path, truth)
    first = truth.outputs[0]
    path = tmp_path / "dipa_ro.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f";{first.ceiling};", ";77;"), encoding="utf-8")
    written(tmp_path, glp039(truth, 12, dirt), dirt, "apa saja")
    table = read(tmp_path)["dipa_ro"]
    assert table.value(0, "pagu") == first.ceiling
    assert table.provenance is not None
    wrong = [(one.key, one.column, one.said, one.counts) for one in table.provenance.replaced]
    assert ({"kode_ro": first.code}, "pagu", 77, first.ceiling) in wrong
    save_tables({"dipa_ro": table}, tmp_path / "bersih")
    assert load_tables(FED, tmp_path / "bersih")["dipa_ro"].provenance == table.provenance


def test_another_satker_another_year_and_a_later_period_are_told(tmp_path: Path) -> None:
    dirt, truth = Random(2), Truth.made(2)
    written(tmp_path, glp039(truth, 9, dirt), dirt, "fa")
    with pytest.raises(UnreadableInput, match="is of satker 248145, not 999999"):
        read(tmp_path, satker="999999")
    with pytest.raises(UnreadableInput, match="is of September 2025, not of 2024"):
        read(tmp_path, year=2024)
    assert "dipa_ro" not in read(tmp_path, 6)
    (aside,) = delivered(FED, tmp_path, context(6)).strays
    assert "counts up to September 2025, after the quarter" in aside.sentence


def test_a_table_that_is_no_export_is_told_with_the_label_that_is_missing(tmp_path: Path) -> None:
    page = monsakti(Truth.made(3), 3, Random(3))
    page.cells = {at: "UANG" if one == "NILAI RUPIAH" else one for at, one in page.cells.items()}
    path = write_xlsx(tmp_path / "x.xlsx", page)
    assert delivered(FED, tmp_path).near[path.name].missing == ("NILAI RUPIAH",)


def test_a_csv_as_windows_writes_it_is_read_and_what_cannot_be_is_told(tmp_path: Path) -> None:
    page = glp039(Truth.made(5), 12, Random(5))
    page.cells[2, 1] = "Per Program – Kegiatan"
    path = write_csv(tmp_path / "fa.csv", page, mark=False)
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    whole = write_xlsx(tmp_path / "fa.xlsx", page).read_bytes()
    (tmp_path / "fa.xlsx").unlink()
    (tmp_path / "unduhan.xlsx").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "laman.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "laman.csv").write_text("<html><table><tr><td>Pagu Revisi</td></tr></table></html>")
    assert len(read(tmp_path)["dipa_ro"].frame) == len(Truth.made(5).outputs)
    told = {one.name: one.sentence for one in delivered(FED, tmp_path).strays}
    assert list(told) == ["laman.csv", "laman.xls", "unduhan.xlsx"]
    assert "is an HTML page" in told["laman.csv"]
    assert "save it as .xlsx" in told["laman.xls"]
    assert "is a damaged Excel workbook" in told["unduhan.xlsx"]


@pytest.mark.parametrize("hides", [True, False])
def test_a_row_that_was_hidden_in_an_export_is_known(hides: bool, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "fa.xlsx", glp039(Truth.made(6), 9, Random(6)))
    row = int(read(tmp_path, 9)["dipa_ro"].frame["baris"].iloc[1])
    book = load_workbook(path)
    book.active.row_dimensions[row].hidden = hides
    book.save(path)
    hidden = read(tmp_path, 9)["dipa_ro"].hidden
    assert ((row, "") in hidden) is bool(hidden) is hides


def test_half_an_export_is_told(tmp_path: Path) -> None:
    page = glp039(Truth.made(6), 9, Random(6))
    rows = max(row for row, _ in page.cells)
    page.cells = {at: one for at, one in page.cells.items() if at[0] < rows * 3 / 5}
    write_xlsx(tmp_path / "fa.xlsx", page)
    with pytest.raises(UnreadableInput, match=r"row 9, .* the file is not whole, export it again"):
        read(tmp_path, 9)


def printed_at(page: Page, when: str) -> Page:
    """Let an export say when it was printed."""
    page.put(max(row for row, _ in page.cells) + 2, 1, "Dicetak pada", when)
    return page


@pytest.mark.parametrize(
    ("pages", "counts", "why"),
    [
        # Before all names: b was printed later, or has one row more, or is the later by name.
        (("05/10/2025 08:15:02", "05-Okt-2025 14:00", False), "b", "printed later: 2025-10-05 14"),
        (("2025-10-07", "5 Oktober 2025", True), "a", "printed later: 2025-10-07 against"),
        (("2025-10-07", "", True), "b", "of more rows: "),
        (("", "", False), "b", "the last by name"),
    ],
)
def test_of_two_exports_of_one_period_what_stands_in_them_decides(
    pages: tuple[str, str, bool], counts: str, why: str, tmp_path: Path
) -> None:
    truth = Truth.made(7)
    first, second, more = pages
    for name, when in (("a", first), ("b", second)):
        page = glp039(truth, 9, Random(7))
        if name == "b" and more:
            page.put(max(row for row, _ in page.cells) + 1, 1, "*SPM lagi", 1, 2)
        write_xlsx(tmp_path / f"{name}.xlsx", printed_at(page, when) if when else page)
    write_xlsx(tmp_path / "akrual.xlsx", glp039(truth, 9, Random(7), "AKRUAL"))
    found = delivered(FED, tmp_path)
    assert {one.name for one in found.exports} == {"akrual.xlsx", f"{counts}.xlsx"}
    # As the record of a run keeps it.
    (told,) = [Stray(**asdict(one)).sentence for one in found.strays]
    other = "b" if counts == "a" else "a"
    assert told.startswith(f'"{other}.xlsx" is used by no source; {counts}.xlsx is read, {why}')
    # What decides is a finding where the two say different things.
    rivals = read(tmp_path, 9)["realisasi_ro"].provenance.rivals
    assert [one.name for one in rivals] == ([f"{other}.xlsx"] if first or second else [])


def test_what_decides_among_three_is_told_of_each(tmp_path: Path) -> None:
    # One does not say when it was printed, so that the one of most rows counts.
    for name, when in (("a", "2025-10-01"), ("b", "2025-10-05"), ("c", "")):
        page = glp039(Truth.made(7), 9, Random(7))
        if name == "a":
            page.put(max(row for row, _ in page.cells) + 1, 1, "*SPM lagi", 1, 2)
        write_xlsx(tmp_path / f"{name}.xlsx", printed_at(page, when) if when else page)
    told = [Stray(**asdict(one)).sentence for one in delivered(FED, tmp_path).strays]
    assert len(told) == 2
    assert all("a.xlsx is read, of more rows: " in one for one in told)


def test_of_exports_without_a_period_the_last_printed_counts_where_they_differ(
    tmp_path: Path,
) -> None:
    truth = Truth.made(7)
    for name, when, factor in (("a", "2025-10-07", 1), ("b", "2025-07-01", 2)):
        page = omspan_target(truth, Random(7))
        for at, one in list(page.cells.items()):
            if at[1] == 6 and isinstance(one, int):
                page.cells[at] = one * factor
        write_xlsx(tmp_path / f"{name}.xlsx", printed_at(page, when))
    kept = records(read(tmp_path)["target_serapan"], "nominal")
    (tmp_path / "b.xlsx").unlink()
    assert kept == records(read(tmp_path)["target_serapan"], "nominal")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "but is an old .xls workbook; save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"", "is empty"),
    ],
)
def test_what_only_has_the_name_of_a_workbook_is_told(content, told, tmp_path: Path) -> None:
    (tmp_path / "unduhan.xlsx").write_bytes(content)
    (tmp_path / "kiriman.zip").write_bytes(b"PK\x03\x04")
    packed, wrong = delivered(FED, tmp_path).strays
    assert told in wrong.sentence
    assert packed.sentence == '"kiriman.zip" is used by no source: it is packed; unpack it here'


def test_of_two_files_of_one_period_the_later_version_counts(tmp_path: Path) -> None:
    truth, dirt = Truth.made(6), Random(6)
    accrual = glp039(truth, 9, dirt, "AKRUAL")
    for at, one in list(accrual.cells.items()):
        if at[1] in (25, 26) and isinstance(one, int):
            accrual.cells[at] = one + 1
    write_xlsx(tmp_path / "b akrual.xlsx", accrual)
    write_xlsx(tmp_path / "a sp2d.xlsx", glp039(truth, 9, dirt))
    tables = read(tmp_path)
    spent = [one.spent(9) for one in truth.outputs]
    assert records(tables["realisasi_ro"], "realisasi") == [(one,) for one in spent]
    assert records(tables["realisasi_versi"], "versi", "realisasi") == [
        ("akrual", sum(spent) + 1),
        ("SP2D", sum(spent)),
    ]
    assert delivered(FED, tmp_path).exports[1].version == "akrual"
    preferring = replace(context(), versions={"sakti_glp039": "akrual"})
    chosen = clean_all(FED, tmp_path, preferring)["realisasi_ro"]
    assert records(chosen, "realisasi") == [(one + 1,) for one in spent]


@pytest.mark.parametrize("other", [omspan_sp2d, myintress])
def test_exports_of_no_month_that_contradict_each_other_are_told(tmp_path: Path, other) -> None:
    truth = Truth.made(5)
    write_xlsx(tmp_path / "a.xlsx", omspan_sp2d(truth, 4, Random(1)))
    page = other(truth, 6, Random(1))
    column, row = (6, 3) if other is omspan_sp2d else (9, 3)
    was = page.cells[row, column]
    page.cells[row, column] = 123_456 if isinstance(was, int) else "123.456"
    write_xlsx(tmp_path / "b.xlsx", page)
    table = read(tmp_path)["daftar_sp2d"]
    assert table.provenance is not None
    (rival,) = table.provenance.rivals
    assert (rival.name, rival.instead, rival.why) == ("a.xlsx", "b.xlsx", "urutan")
    assert rival.counts == "Rp123.456"
    assert rival.said == f"Rp{was:,}".replace(",", ".") if isinstance(was, int) else rival.said
    assert rival.what.endswith("250000000001")
    assert 123_456 in [value for (value,) in records(table, "nilai")]


def test_exports_of_no_month_that_go_on_from_each_other_do_not(tmp_path: Path) -> None:
    truth = Truth.made(5)
    for name, month in (("a.xlsx", 4), ("b.xlsx", 6)):
        write_xlsx(tmp_path / name, monsakti(truth, month, Random(1)))
        write_xlsx(tmp_path / f"o{name}", omspan_sp2d(truth, month, Random(1)))
    for table in read(tmp_path).values():
        assert table.provenance is None or table.provenance.rivals == ()
