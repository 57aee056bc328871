"""The form for e-Monev in the workbook: its levels, its quarters, what of it is checked."""

import re
from dataclasses import replace

from indicator_runs import base, tables
from register_cases import SP2D, cleaned
from section_runs import material

from pp39.indicators.serapan import DISBURSED
from pp39.ledger import Quantity
from pp39.report.emonev import Bentuk, emonev_sheet
from pp39.report.form import layout
from pp39.report.sections import Bahan
from pp39.report.sections.formulir_a import told_by_scope
from pp39.report.sections.kalimat import kalimat_utuh
from pp39.report.sheets import Formula

PARTS = "Triwulan,Kode RO,Kode Komponen,Nama Komponen,Pagu (Rp),Realisasi (Rp)"


def form(b):
    """Give the rows by code, as header to cell, and the whole sheet."""
    sheet = emonev_sheet(b, "e-Monev")
    assert sheet is not None
    table = sheet.tables[0]
    assert len(set(table.header)) == len(table.header)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows], sheet


def value(cell):
    return cell.value if isinstance(cell, Quantity | Formula) else cell


def test_means_and_gaps_are_those_of_the_ledger_where_it_has_them():
    b = material("IV")
    last = b.q("ro/bulan-terakhir")
    assert last is not None
    tw = {3: "I", 6: "II", 9: "III", 12: "IV"}[int(last.value)]
    rows, _ = form(b)
    seen = set()
    for row in rows:
        if row["Jenjang"] not in ("RO", "KRO"):
            continue
        kind = "ro/kro" if row["Jenjang"] == "KRO" else "ro"
        told = {
            f"Realisasi fisik TW {tw} (%)": b.q(f"{kind}/{row['Kode']}/progres"),
            f"Gap TW {tw} (poin persentase)": b.q(f"{kind}/{row['Kode']}/selisih-progres"),
        }
        for column, known in told.items():
            assert value(row[column]) == (known and known.value), (row["Kode"], column)
        seen |= {(row["Jenjang"], known is not None) for known in told.values()}
    assert {("KRO", True), ("RO", True)} <= seen


def test_a_quarter_without_progress_has_a_target_and_no_gap():
    b = material("III")
    told = [row for row in form(b)[0] if row["Jenjang"] in ("RO", "KRO")]
    for row in told:
        assert row["Realisasi fisik TW IV (%)"] is None
        assert row["Gap TW IV (poin persentase)"] is None
    planned = [row for row in told if b.q(f"ro/{row['Kode']}/tpcro-kumulatif/12")]
    assert planned
    assert {value(row["Target fisik TW IV (%)"]) for row in planned} == {100}


def test_the_levels_stand_below_one_another():
    rows, _ = form(material("IV"))
    levels = [row["Jenjang"] for row in rows]
    assert levels[:3] == ["Satuan kerja", "Program", "KRO"]
    above = ""
    for row in rows:
        if row["Jenjang"] == "KRO":
            above = row["Kode"]
        elif row["Jenjang"] == "RO":
            assert row["Kode"].startswith(f"{above}.")
    ceilings = {
        level: sum(value(row["Pagu (Rp)"]) for row in rows if row["Jenjang"] == level)
        for level in ("Satuan kerja", "Program", "KRO", "RO")
    }
    assert len(set(ceilings.values())) == 1


def test_every_obstacle_and_step_is_told_once():
    b = material("IV")
    rows, _ = form(b)
    told = told_by_scope(b).values()
    for column, known in (
        ("Kendala", [one for scope in told for one in scope.hindering]),
        ("Tindak lanjut", [one for scope in told for one in scope.follow]),
    ):
        everything = " ".join(filter(None, (row[column] for row in rows)))
        assert known
        for one in known:
            assert everything.count(kalimat_utuh(one)) == 1
    (own,) = [row for row in rows if row["Kode"] == "6077.AEF"]
    assert own["Kendala"].startswith("Terkendala")
    # That there are none was told of the program, and is told on.
    (program,) = [row for row in rows if row["Kode"] == "EC"]
    assert program["Kendala"] == "Tidak ada kendala."


def test_a_kro_has_the_sum_of_its_outputs_only_where_they_are_of_one_unit():
    frame = tables()["dipa_ro"].frame.copy()
    frame.loc[frame.index[frame["kode_kro"] == "6042.EBD"][0], "satuan"] = "Rekomendasi"
    given = tables() | {"dipa_ro": replace(tables()["dipa_ro"], frame=frame)}
    b = material("IV", given=given)
    rows, _ = form(b)
    outputs = [row for row in rows if row["Jenjang"] == "RO"]
    for row in [one for one in rows if one["Jenjang"] == "KRO"]:
        below = [one for one in outputs if one["Kode"].startswith(f"{row['Kode']}.")]
        units = {one["Satuan"] for one in below}
        assert row["Satuan"] == (units.pop() if len(units) == 1 else "")
        stated = b.q(f"anggaran/kro/{row['Kode']}/target")
        if stated is not None:
            assert value(row["Target volume"]) == stated.value
        elif row["Satuan"]:
            assert value(row["Target volume"]) == sum(value(one["Target volume"]) for one in below)
        else:
            assert row["Target volume"] is None
    assert {bool(one["Satuan"]) for one in rows if one["Jenjang"] == "KRO"} == {True, False}


def test_money_stands_at_the_end_of_each_quarter(tmp_path):
    paid = cleaned(
        tmp_path,
        "sp2d",
        SP2D,
        "1,2025-02-03,,6077.BAD.001,10000000",
        "2,2025-05-03,,6077.BAD.024,700",
        "3,2025-10-03,,6077.BAD.001,5000500",
    )
    rows, _ = form(material("III", given={**tables(), "sp2d": paid}))
    told = {row["Kode"]: row for row in rows}

    def money(code):
        return [value(told[code][f"Realisasi keuangan TW {tw} (Rp)"]) for tw in ("I", "II", "III")]

    assert money("6077.BAD.001") == [10_000_000] * 3
    assert money("6077.BAD.024") == [0, 700, 700]
    assert money("6077.BAD") == money("") == [10_000_000, 10_000_700, 10_000_700]
    assert told["6077.BAD"]["Realisasi keuangan TW IV (Rp)"] is None
    # Of a program it is the sum of its KRO.
    assert (money("EC"), money("WA")) == (money(""), [0] * 3)
    program = told["EC"]["Realisasi keuangan TW III (Rp)"]
    assert isinstance(program, Formula)
    assert '"KRO"' in program.text
    assert {row["Realisasi keuangan TW III (Rp)"] for row in form(material("III"))[0]} == {None}


def test_every_column_says_whether_it_was_checked():
    _, sheet = form(material("IV"))
    marks = dict(sheet.tables[1].rows)
    assert {re.sub(" TW [IV]+", "", name) for name in sheet.tables[0].header} == set(marks)
    shape = layout("emonev", Bentuk)
    unchecked = {
        one.judul.replace(" TW {tw}", "")
        for one in (*shape.kolom, *shape.keuangan, *shape.triwulan, *shape.penutup)
        if one.tanda == "B"
    }
    assert {name for name, told in marks.items() if "belum dicocokkan" in told} == unchecked


def test_components_stand_below_their_output_where_they_are_delivered(tmp_path):
    made, table = (
        base(),
        cleaned(
            tmp_path,
            "komponen",
            PARTS,
            "TW IV,6077.BAD.001,052,Pengujian,Rp60.000.000,Rp10.000.000",
            "TW III,6077.BAD.001,051,Persiapan,Rp29.034.000,Rp1.000.000",
            "TW IV,6077.BAD.001,051,Persiapan,Rp29.034.000,Rp9.000.000",
        ),
    )
    given = {**made.job.tables, "komponen": table}
    status = {code: one.status for code, one in made.results.items()}
    rows, sheet = form(Bahan(given, made.job.settings, made.ledger, status=status))
    place = [row["Kode"] for row in rows].index("6077.BAD.001")
    below = rows[place + 1 : place + 3]
    assert [(row["Jenjang"], row["Kode"], row["Uraian"]) for row in below] == [
        ("Komponen", "052", "Pengujian"),
        ("Komponen", "051", "Persiapan"),
    ]
    assert [value(row["Realisasi keuangan (Rp)"]) for row in below] == [10_000_000, 9_000_000]
    assert "jenjang terendah" not in sheet.told
    plain, bare = form(material("IV"))
    assert "jenjang terendah" in bare.told
    # The sum of a KRO leaves out the components that stand between its outputs.
    (above,) = [row for row in rows if row["Kode"] == "6077.BAD"]
    known = [row["Target volume"] for row in rows if row["Kode"].startswith("6077.BAD.")]
    assert value(above["Target volume"]) == sum(map(value, known))
    if isinstance(above["Target volume"], Formula):
        assert above["Target volume"].text.startswith("=SUMIF(A")
    # What stands between the outputs changes no mean.
    means = [
        {
            row["Kode"]: value(row["Realisasi fisik TW III (%)"])
            for row in some
            if row["Jenjang"] == "KRO"
        }
        for some in (rows, plain)
    ]
    assert means[0] == means[1]


def test_estimated_amounts_are_called_so():
    b = material("IV")
    paid = b.q("serapan/total/rupiah")
    assert paid is not None
    assert paid.note != DISBURSED
    assert "diperkirakan" in form(b)[1].told
