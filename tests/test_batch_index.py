"""The list of all reports, as a file and in a browser."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from made_runs import Made, make_project, make_run
from playwright.sync_api import Page, sync_playwright

from pp39.batch import Outcome, write_index
from pp39.batch.index import Row, row_json, rows
from pp39.cli import run as cli
from pp39.papers import PAPERS
from pp39.run.address import Address
from pp39.run.failure import Failure, read_failure, write_failure
from pp39.run.record import sealed_bytes
from pp39.run.workspace import Workspace

SENTENCE = "pnbp.xlsx, row 7: 'x' is no <number> & no blank"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project with two good runs, one good run that failed later, and one that never was."""
    root = make_project(tmp_path_factory.mktemp("daftar") / "proyek")
    make_run(root, "IV")
    make_run(root, "II", made=Made(status="tidak tercapai", findings=()))
    again = make_run(root, "IV", "nps-unik")
    write_failure(again.processed, Failure(SENTENCE, 4))
    never = Workspace.locate("bspji-ambon", 2025, "III", root=root)
    write_failure(never.processed, Failure("kolom pagu kosong", 3))
    write_index(root)
    return root


BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Table(HTMLParser):
    """Reads the rows of the one table, as texts; and all addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        self.links += [given["href"]] if tag == "a" and given.get("href") else []
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += f" {data}"
            self.rows[-1][-1] = " ".join(self.rows[-1][-1].split())


def page_of(root: Path) -> str:
    return (root / "reports" / "index.html").read_text(encoding="utf-8")


def test_what_the_table_says(project: Path) -> None:
    head, *body = Table(page_of(project)).rows
    assert head[:5] == ["Satuan kerja", "Tahun", "Periode", "Skenario", "Keadaan"]
    assert head[5:] == [
        *("Tanggal", "Serapan", "Indikator", "Temuan", "Peringatan data", "Berkas"),
    ]
    unit = "Balai Standardisasi dan Pelayanan Jasa Industri Ambon bspji-ambon"
    again = f"Final Selesai; percobaan terakhir gagal {SENTENCE}"
    files = " ".join(["HTML PDF Kertas kerja", *PAPERS.values()])
    none, two = "Tidak ada yang material", "2 material"
    missed, reached = (f"1 {one} 1 belum ada data" for one in ("tidak tercapai", "tercapai"))
    second, year = ["7 Juli 2025", "–", missed, none], ["6 Januari 2026", "–", reached, two]
    assert body == [
        [unit, "2025", "Triwulan II", "dasar", "Final", *second, "1", files],
        [
            *("bspji-ambon bspji-ambon", "2025", "Triwulan III", "dasar"),
            *("Gagal kolom pagu kosong", *["–"] * 6),
        ],
        [unit, "2025", "Triwulan IV", "dasar", "Final", *year, "1", files],
        [unit, "2025", "Triwulan IV", "nps-unik", again, *year, "1", files],
    ]
    assert "4 laporan dari 1 satuan kerja; percobaan terakhir 2 di antaranya gagal." in page_of(
        project
    )


def test_draft_or_final_and_what_was_absorbed(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "p"
    shutil.copytree(project, copy)
    run = Workspace.locate("bspji-ambon", 2025, "IV", root=copy)
    attached = run.report / "lampiran"
    attached.mkdir()
    (run.processed / "anggaran.csv").write_text("jenjang,serapan\nro,1\ntotal,94.155000\n")

    def row() -> Row:
        return next(one for one in rows(copy) if one.address == run.address)

    assert (row().keadaan, row().terserap, row().perkiraan) == ("final", "94,16%", True)
    record = json.loads((run.report / "run.json").read_bytes())
    (run.report / "run.json").write_bytes(sealed_bytes(record | {"tahap": "draf"}))
    (attached / "bersih-sp2d.csv").write_text("nilai\n1\n")
    (run.report / "laporan.docx").touch()
    assert (row().keadaan, row().perkiraan) == ("draf", False)
    told = row_json(row())
    assert (told["stage"], told["date"]) == ("draf", row().tanggal)
    assert (told["absorption"], told["absorption_estimated"]) == (94.155, False)
    write_index(copy)
    shown = Table(page_of(copy)).rows[3]
    assert (shown[4], shown[6]) == ("Draf", "94,16%")
    assert shown[-1].startswith("HTML PDF DOCX ")


def test_every_link_leads_to_a_file(project: Path) -> None:
    links = Table(page_of(project)).links
    inside = [link for link in links if not link.startswith("#")]
    assert len(inside) == 3 * 6
    assert all((project / "reports" / link).is_file() for link in inside)


def test_same_runs_same_bytes_and_nothing_from_elsewhere(project: Path, tmp_path: Path) -> None:
    before = (project / "reports" / "index.html").read_bytes()
    write_index(project)
    assert (project / "reports" / "index.html").read_bytes() == before
    copy = tmp_path / "di tempat lain"
    shutil.copytree(project, copy)
    write_index(copy)
    assert (copy / "reports" / "index.html").read_bytes() == before
    assert [path.name for path in (copy / "reports").iterdir() if path.name[0] == "."] == []
    text = before.decode()
    assert str(project) not in text
    assert not re.search(r"https?://|//[a-z]", text)
    ids = Table(text).ids
    assert len(ids) == len(set(ids))


def test_failures_of_a_batch_that_left_nothing_behind(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "p"
    shutil.copytree(project, copy)
    address = Address.parse("I/spbe-rencana-aksi", "bspji-ambon", 2025)
    outcomes = [
        Outcome(address, "failed", code=2, sentence="no parameter 'x'"),
        Outcome(Address.parse("IV", "bspji-ambon", 2025), "made"),
    ]
    found = {row.address: row for row in rows(copy, outcomes)}
    assert (found[address].status, found[address].kalimat) == ("Gagal", "no parameter 'x'")
    assert found[Address.parse("IV", "bspji-ambon", 2025)].status == "Selesai"
    assert len(found) == 5


def test_a_damaged_record_is_told(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "p"
    shutil.copytree(project, copy)
    inside = Path("bspji-ambon", "2025")
    (copy / "reports" / inside / "II" / "dasar" / "run.json").write_text("{")
    (copy / "data/processed" / inside / "IV" / "dasar" / "indikator.csv").unlink()
    found = {str(row.address.period): row for row in rows(copy) if row.key[3] == "dasar"}
    assert found["II"].status == "Catatan rusak"
    assert dict(found["II"].tautan)["PDF"].endswith("II/dasar/laporan.pdf")
    assert found["IV"].status == "Selesai"
    assert found["IV"].indikator == {}
    assert found["IV"].temuan["material"] == 2


def test_without_any_report(tmp_path: Path) -> None:
    path = write_index(tmp_path)
    assert "0 laporan" in path.read_text()
    assert Table(path.read_text()).rows[1:] == []


def test_the_command(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    copy = tmp_path / "p"
    shutil.copytree(project, copy)
    expected = (copy / "reports" / "index.html").read_bytes()
    (copy / "reports" / "index.html").unlink()
    monkeypatch.setenv("PP39_ROOT", str(copy))
    assert cli(["index"]) == 0
    assert capsys.readouterr().out == "reports/index.html\n"
    assert (copy / "reports" / "index.html").read_bytes() == expected


def test_a_failure_is_read_back_as_written(tmp_path: Path) -> None:
    failure = Failure(SENTENCE, 4)
    write_failure(tmp_path, failure)
    assert read_failure(tmp_path) == failure
    (tmp_path / "gagal" / "galat.json").write_text("[]")
    assert read_failure(tmp_path) is None


@pytest.fixture(scope="module")
def browser():
    """Give a headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=next(path for path in map(shutil.which, BROWSERS) if path),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser, project: Path):
    """Give the list, opened from the file system."""
    context = browser.new_context()
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("request", lambda request: requests.append(request.url))
    requests: list[str] = []
    opened.goto((project / "reports" / "index.html").as_uri())
    yield opened
    assert wrong == []
    assert {url.split(":")[0] for url in requests} <= {"file", "data"}
    context.close()


def column(page: Page, number: int) -> list[str]:
    cells = page.locator(f"tbody tr:visible > :nth-child({number})").all()
    return [cell.inner_text().split("\n")[0] for cell in cells]


def test_searching(page: Page) -> None:
    search = page.get_by_label("Cari")
    status = page.get_by_role("status")
    assert status.inner_text() == ""
    search.fill("gagal nps")
    assert column(page, 4) == ["nps-unik"]
    assert status.inner_text() == "1 dari 4 laporan cocok"
    search.fill("PAGU KOSONG")
    assert column(page, 3) == ["Triwulan III"]
    search.fill("triwulan II")
    assert column(page, 3) == ["Triwulan II"]
    search.fill("Januari 2026 Balai")
    assert column(page, 3) == ["Triwulan IV"] * 2
    search.fill("tidak ada yang seperti ini")
    assert column(page, 3) == []
    assert status.inner_text() == "Tidak ada laporan yang cocok"
    # What was typed goes with Escape, and all reports are there again.
    search.press("Escape")
    assert column(page, 3) == [f"Triwulan {one}" for one in ("II", "III", "IV", "IV")]


def test_sorting_by_keyboard(page: Page) -> None:
    head = page.get_by_role("columnheader", name="Temuan")
    assert head.get_attribute("aria-sort") is None
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    found = ["Tidak ada yang material", "2 material", "2 material"]
    assert column(page, 9) == ["–", *found]
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert column(page, 9) == [*reversed(found), "–"]
    page.get_by_role("button", name="Skenario").click()
    assert head.get_attribute("aria-sort") is None
    assert column(page, 4) == ["dasar", "dasar", "dasar", "nps-unik"]
    page.get_by_role("button", name="Periode").click()
    page.get_by_role("button", name="Periode").click()
    assert column(page, 3) == [f"Triwulan {one}" for one in ("IV", "IV", "III", "II")]
    assert page.get_by_role("columnheader", name="Berkas").get_by_role("button").count() == 0


def test_a_link_opens_the_report(page: Page) -> None:
    page.get_by_role("link", name="HTML bspji-ambon 2025 triwulan II dasar").click()
    page.wait_for_url("**/II/dasar/laporan.html")


def test_working_papers_are_folded_until_asked_for(page: Page) -> None:
    paper = page.get_by_role("link", name="Pembersihan data bspji-ambon 2025 triwulan II dasar")
    assert paper.count() == 0
    page.get_by_text("Kertas kerja").first.click()
    assert paper.is_visible()


def test_every_link_and_field_has_a_name(page: Page) -> None:
    names = [
        link.get_attribute("aria-label") or link.inner_text()
        for link in page.get_by_role("link").all()
    ]
    assert len(names) == len(set(names))
    assert all(names)
    assert page.locator("input").count() == page.locator("label[for=cari]").count() == 1
    assert page.locator("thead th:not([scope=col]), tbody th:not([scope=row])").count() == 0
    assert page.locator("html").get_attribute("lang") == "id"


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_the_page_fits_and_is_clean(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    link = page.get_by_role("link", name="PDF bspji-ambon 2025 triwulan II dasar")
    box = link.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    assert Axe().run(page).response["violations"] == []


def test_without_script_it_is_a_plain_table(browser, project: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((project / "reports" / "index.html").as_uri())
    assert column(page, 3) == [f"Triwulan {one}" for one in ("II", "III", "IV", "IV")]
    assert not page.get_by_label("Cari").is_visible()
    assert page.locator("button").count() == 0
    assert page.get_by_role("link", name="PDF bspji-ambon 2025 triwulan II dasar").is_visible()
    context.close()
