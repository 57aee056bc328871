"""The report on the whole year: what the last quarter tells, and the quarters side by side."""

from pathlib import Path

import pytest
from indicator_runs import ROOT, base
from section_runs import material, prose, section

from pp39.params import load
from pp39.periods import Period, Quarter
from pp39.report.document import Cover, Document
from pp39.report.inline import part_plain
from pp39.report.table import Table
from pp39.run.address import Address


@pytest.fixture(scope="module")
def year():
    return base("tahunan")


def added(year):
    return year.values().keys() - base("IV").values().keys()


def test_figures_are_those_of_the_last_quarter(year):
    values = year.values()
    assert values == base("IV").values() | {id: values[id] for id in added(year)}
    assert year.lines() == base("IV").lines()


def test_earlier_quarters_give_what_their_own_reports_give(year):
    assert added(year)
    for id in added(year):
        code, name, quarter = id.rsplit("/", 2)
        assert name == "realisasi-triwulan"
        own = base(quarter).ledger[f"{code}/realisasi"]
        told = year.ledger[id]
        assert (told.value, told.unit) == (own.value, own.unit)
        assert told.label.endswith(f" TW {quarter}")
    for quarter in list(Quarter)[:-1]:
        known = {code for code, one in base(str(quarter)).results.items() if one.realisasi}
        assert known == {
            code
            for code in year.results
            if f"{code.replace(' ', '-')}/realisasi-triwulan/{quarter}" in added(year)
        }


def titles(blocks):
    return [one.title for one in blocks if one.describe().kind in ("tabel", "bagan")]


def test_the_quarters_stand_side_by_side_only_in_the_report_on_the_year():
    (table,) = [
        one for one in section("ikhtisar", material("tahunan")) if "Menurut" in one.describe().title
    ]
    assert isinstance(table, Table)
    assert table.title == "Realisasi Indikator Kinerja Menurut Triwulan Tahun 2025"
    b = material("tahunan")
    for row in table.rows:
        code = part_plain(row.cells[0])
        shown = [cell and cell.value for cell in row.cells[3:7]]
        assert shown == [
            *(
                one and one.value
                for one in (
                    b.q(f"{code.replace(' ', '-')}/realisasi-triwulan/{tw}")
                    for tw in ("I", "II", "III")
                )
            ),
            b.q(f"{code.replace(' ', '-')}/realisasi").value,
        ]
        assert any(shown[:3])
    assert "tabel-triwulan" not in [
        one.describe().label for one in section("ikhtisar", material("IV"))
    ]


def test_it_speaks_of_the_year():
    b = material("tahunan")
    first = section("sampul", b)
    document = next(one for one in first if isinstance(one, Document))
    cover = next(one for one in first if isinstance(one, Cover))
    assert document.subtitle == "Tahun Anggaran 2025"
    assert cover.period == "Tahunan\nTahun Anggaran 2025"
    told = section("ikhtisar", b)
    assert prose(told).startswith("Pada akhir tahun anggaran 2025, ")
    assert not [one for one in titles(told) if "Triwulan IV" in one]
    quarter = section("ikhtisar", material("IV"))
    assert prose(quarter).startswith("Pada akhir triwulan IV tahun anggaran 2025, ")


def test_parameters_of_the_last_quarter_hold_and_those_of_the_year_win(tmp_path: Path):
    folder = tmp_path / "params"
    for one in (ROOT / "params").rglob("*.yaml"):
        kept = folder / one.relative_to(ROOT / "params")
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(one.read_bytes())
    (folder / "triwulan").mkdir(exist_ok=True)
    (folder / "triwulan" / "2025-IV.yaml").write_text(
        "capaian: {batas: 110}\nstatus: {ambang: 90}\n"
    )
    (folder / "triwulan" / "2025-tahunan.yaml").write_text("capaian: {batas: 120}\n")
    made = {
        period: load(tmp_path, "bspji-ambon", 2025, period).params
        for period in (Period.IV, Period.TAHUNAN)
    }
    assert [one.capaian.batas for one in made.values()] == [110, 120]
    assert [one.status.ambang for one in made.values()] == [90, 90]


def test_it_has_folders_of_its_own():
    address = Address.parse("unit-contoh/2024/Tahunan")
    assert address.inside.as_posix() == "unit-contoh/2024/tahunan/dasar"
    assert address.folders(Path("/p")).command.startswith("pp39 report -q tahunan")


def test_the_year_is_not_called_a_quarter():
    for quarter, named in (("IV", "untuk triwulan ini"), ("tahunan", "untuk triwulan IV")):
        assert named in prose(section("latar_belakang", material(quarter)))
