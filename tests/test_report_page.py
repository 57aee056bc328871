"""The page of a report in a real browser: what opens where, what is found, what fits."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pp39.ledger import Cell, Ledger, Quantity
from pp39.periods import MONTHS
from pp39.report import (
    Column,
    ColumnGroup,
    Cover,
    Document,
    Flag,
    Heading,
    Note,
    Prose,
    Row,
    Table,
    TableCell,
    Trace,
)
from pp39.report.block import Block
from pp39.report.html import render_html

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
TEXT = "Kalimat yang mengisi halaman agar ada yang perlu digulir. " * 12


def blocks() -> list[Block]:
    ledger = Ledger()

    def cell(id_: str, value: int, row: int) -> Quantity:
        place = Cell("pnbp", "pnbp.xlsx", "PNBP", row, "Realisasi")
        return ledger.add(id_, Quantity.cell(value, f"Realisasi {id_}", "Rp", place))

    a, b = cell("pnbp/a", 6, 7), cell("pnbp/b", 4, 8)
    ratio = ledger.add("rasio", (a / b).named("Rasio", ""))
    months = [Column(name[:3], "kanan", "12mm") for name in MONTHS]
    monthly = Table(
        "bulanan",
        "Progres Bulanan",
        [Column("Rincian output"), Column("", width="16mm"), *months],
        [
            Row(TableCell("6077.AEC.001 Layanan", down=2), "Rencana", *["8,30"] * 12),
            Row("Realisasi", *["1,20"] * 9, TableCell("belum ada data", across=3)),
        ],
        wide=True,
    )
    findings = [
        Row("Target dengan capaian", kind="kelompok"),
        *(Row(f"T-{n}", f"Lokasi {n}", f"Penjelasan {n}", anchor=f"temuan-{n}") for n in range(60)),
        Row("Ejaan", kind="kelompok"),
        Row("T-ejaan", "Lokasi lain", "Engadaan barang", anchor="temuan-ejaan"),
    ]
    heads = [Column("Nomor"), Column("Lokasi"), Column("Penjelasan")]
    return [
        Document("Laporan", "Triwulan IV", "Balai Contoh", "TW IV", dt.date(2026, 1, 6)),
        Cover("Laporan", "Triwulan IV", "TA 2025", ["Balai Contoh"]),
        Heading(1, "Hasil", label="hasil"),
        Heading(2, "IKK 6.1.2 Indeks", label="ikk"),
        *[Prose(TEXT)] * 12,
        Prose("Rasionya ", ratio, ", lihat IKK 6.1.2."),
        Table(
            "tabel",
            "Angka",
            [Column("Nama"), ColumnGroup("Nilai", [Column("Rasio", "kanan"), Column("Ket.")])],
            [Row("Satu", Flag(ratio, "*", "temuan-3"), "ya"), Row("Dua", None, "tidak")],
        ),
        monthly,
        Table(
            "kode",
            "Kode",
            [Column("Kode", width="20mm"), Column("Nama"), Column("Pagu", "kanan")],
            [Row("6.1", "Satu", "5"), Row("", "Jumlah", "2"), Row("", "Tanpa", "")],
            heads=1,
        ),
        *(Note(kind.capitalize(), [TEXT], kind) for kind in ("info", "peringatan", "temuan")),
        *[Prose(TEXT)] * 12,
        Heading(1, "Temuan", kind="lampiran", label="lampiran-temuan"),
        Table("temuan", "Temuan yang Bersebab Material", heads, findings),
        Heading(2, "Yang lain", label="lain"),
        Table(
            "temuan-lain",
            "Temuan yang Bersebab Minor",
            heads,
            [
                Row("Pembulatan", kind="kelompok"),
                Row("T-bulat", "Lokasi", "Pembulatan beda", anchor="temuan-bulat"),
            ],
        ),
        Heading(1, "Jejak", kind="lampiran", label="lampiran-jejak"),
        Trace(ledger),
    ]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    cells = [{"outputs": [{"data": one._repr_mimebundle_()} for one in blocks()]}]
    path: Path = tmp_path_factory.mktemp("halaman") / "laporan.html"
    path.write_text(render_html({"cells": cells}), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def opened(browser: Browser, address: str, width: int = 1280, **options: Any) -> Page:
    view = browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()
    view.goto(address)
    return view


@pytest.fixture
def view(browser: Browser, report: str) -> Iterator[Page]:
    said: list[str] = []
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(report)
    yield page
    assert said == []
    page.context.close()


def scrolled(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


def test_a_calculation_opens_where_the_figure_is_and_gives_the_focus_back(view: Page) -> None:
    figure = view.locator("main p a.angka")
    figure.scroll_into_view_if_needed()
    before = scrolled(view)
    figure.focus()
    view.keyboard.press("Enter")
    card = view.get_by_role("dialog", name="Rasio")
    assert "= Rp6 ÷ Rp4" in card.inner_text()
    assert scrolled(view) == before
    box, place = card.bounding_box(), figure.bounding_box()
    assert box is not None
    assert place is not None
    assert abs(box["y"] - place["y"]) < 250
    card.get_by_role("link", name="Realisasi pnbp/a").click()
    inner = view.get_by_role("dialog", name="Realisasi pnbp/a")
    assert "pnbp.xlsx, lembar PNBP, baris 7" in inner.inner_text()
    view.keyboard.press("Escape")
    assert inner.count() == 0
    view.keyboard.press("Escape")
    assert view.locator(":popover-open").count() == 0
    expect(figure).to_be_focused()
    assert scrolled(view) == before


def test_a_calculation_leads_to_its_neighbours_and_back_to_where_it_is_used(view: Page) -> None:
    view.locator("main p a.angka").click()
    view.get_by_role("link", name="Lihat pada jejak lengkap").click()
    card = view.locator(".jejak:target")
    assert card.evaluate("one => getComputedStyle(one).position") == "static"
    assert view.locator(":popover-open").count() == 0
    card.get_by_role("link", name="Tabel 1.1").click()
    view.wait_for_function(
        "Math.abs(document.getElementById('tabel').getBoundingClientRect().top) < 100"
    )


def test_without_a_script_everything_still_opens(browser: Browser, report: str) -> None:
    view = opened(browser, report, java_script_enabled=False)
    figure = view.locator("main p a.angka")
    figure.scroll_into_view_if_needed()
    place = figure.bounding_box()
    figure.click()
    card = view.locator(".jejak:target")
    assert card.is_visible()
    assert card.locator("xpath=ancestor::details").count() == 0
    assert figure.bounding_box() == place
    view.get_by_role("link", name="Tutup").locator("visible=true").click()
    assert view.locator(".jejak").locator("visible=true").count() == 0
    assert figure.bounding_box() == place
    assert not view.locator("#temuan-3").is_visible()
    view.locator("td .tanda a").click()
    assert view.locator("#temuan-3").is_visible()
    assert view.locator("form").count() == 0
    view.context.close()


def test_nothing_lies_over_the_way_back_and_a_closed_annex_takes_no_sheet(
    browser: Browser, report: str
) -> None:
    view = opened(browser, report, 390, java_script_enabled=False)
    contents = view.get_by_role("link", name="Daftar isi", exact=True)
    assert contents.is_visible()
    view.locator("main p a.angka").click()
    assert not contents.is_visible()
    view.emulate_media(media="print")
    breaks = view.locator("section").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakBefore)"
    )
    assert breaks == ["page", "auto", "auto"]
    # Nor does the heading of a calculation that nobody opened.
    assert not view.locator(".saklar").first.is_visible()
    view.context.close()


def test_annexes_are_closed_until_asked_for(view: Page) -> None:
    closed = view.evaluate("document.documentElement.scrollHeight")
    assert not view.locator("#temuan").is_visible()
    view.get_by_role("navigation").get_by_role("link", name="TEMUAN").click()
    assert view.locator("#temuan").is_visible()
    # What is not seen yet is laid out when the browser has time for it.
    view.wait_for_function(
        "least => document.documentElement.scrollHeight > least", arg=closed + 1000, timeout=5000
    )


def test_findings_are_searched_and_chosen(view: Page) -> None:
    view.goto(view.url + "#lampiran-temuan")
    form = view.get_by_role("search", name="Saring Lampiran 1 TEMUAN")
    rows = view.locator("#temuan tbody tr:not(.kelompok)").locator("visible=true")
    assert form.get_by_role("status").inner_text() == "62 dari 62 baris"
    form.get_by_label("Cari kata").fill("BARANG engadaan")
    assert rows.count() == 1
    assert view.locator("#temuan .kelompok").locator("visible=true").count() == 1
    form.get_by_label("Cari kata").fill("")
    form.get_by_label("Sebab").select_option("Ejaan")
    assert form.get_by_role("status").inner_text() == "1 dari 62 baris"
    form.get_by_label("Sebab").select_option("")
    form.get_by_label("Tingkat").select_option("Minor")
    assert form.get_by_role("status").inner_text() == "1 dari 62 baris"
    assert not view.locator("#temuan").is_visible()
    # Of the causes only those of the level that is chosen are offered.
    offered = form.get_by_label("Sebab").locator("option:not([hidden])")
    assert offered.all_inner_texts() == ["Semua", "Pembulatan"]


def test_calculations_are_searched(view: Page) -> None:
    form = view.get_by_role("search", name="Saring jejak perhitungan")
    assert view.locator(".jejak").locator("visible=true").count() == 0
    form.get_by_label("Cari kata").fill("baris 8")
    found = view.locator(".jejak").locator("visible=true")
    assert found.count() == 1
    assert "pnbp/b" in found.inner_text()


def test_the_present_place_is_marked_in_the_contents(view: Page) -> None:
    current = view.locator("nav [aria-current=location]")
    view.locator("#tabel").scroll_into_view_if_needed()
    expect(current).to_have_text("1.1 IKK\u00a06.1.2 Indeks")


def test_an_annex_is_marked_until_one_of_its_parts_is_reached(view: Page) -> None:
    current = view.locator("nav [aria-current=location]")
    view.get_by_role("navigation").get_by_role("link", name="TEMUAN").click()
    expect(current).to_have_text("Lampiran 1 TEMUAN")
    view.locator("#lain").evaluate("one => one.scrollIntoView()")
    expect(current).to_have_text("L1.1 Yang lain")
    view.locator("details:has(#lain)").evaluate("one => one.open = false")
    view.mouse.wheel(0, -200)
    view.mouse.wheel(0, 200)
    expect(current).to_have_text("1.1 IKK\u00a06.1.2 Indeks")


def test_heads_of_tables_stay_in_sight(view: Page) -> None:
    view.goto(view.url + "#temuan-50")
    head = view.locator("#temuan thead").bounding_box()
    assert head is not None
    assert -1 <= head["y"] < 5


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_wider_than_the_page(browser: Browser, report: str, width: int) -> None:
    view = opened(browser, report, width)
    view.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert view.evaluate("document.documentElement.scrollWidth") == width
    view.context.close()


def test_on_a_phone_no_column_is_out_of_sight(browser: Browser, report: str) -> None:
    view = opened(browser, report, 390)
    view.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    right = view.locator("table td, table tbody th").evaluate_all(
        "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    )
    assert right <= 390
    label = "one => getComputedStyle(one, '::before').content"
    assert view.locator("#tabel td").first.evaluate(label) == '"Nilai: Rasio"'
    rows = view.locator("#bulanan tbody tr")
    assert rows.nth(0).locator("td").nth(1).evaluate(label) == '"Jan"'
    assert rows.nth(1).locator("td").nth(1).evaluate(label) == '"Jan"'
    assert rows.nth(1).locator("td").last.evaluate(label) == '"Okt–Des"'
    # A code is in the line of the name, and what is empty has no label.
    code, name = (
        view.locator(f"#kode tbody tr:first-child {one}") for one in ("td >> nth=0", "th")
    )
    assert code.bounding_box()["y"] == name.bounding_box()["y"]  # type: ignore[index]
    assert view.locator("#kode tbody td").filter(visible=True).all_text_contents() == [
        "6.1",
        "5",
        "2",
    ]
    view.context.close()


def test_on_a_phone_the_contents_are_at_hand_and_close_by_choosing(
    browser: Browser, report: str
) -> None:
    view = opened(browser, report, 390, java_script_enabled=False)
    contents = view.get_by_role("navigation", name="Daftar isi")
    assert contents.count() == 0
    view.mouse.wheel(0, 1500)
    view.get_by_role("link", name="Daftar isi", exact=True).click()
    contents.get_by_role("link", name="Indeks").click()
    assert contents.count() == 0
    view.context.close()


def test_downloads_and_version_are_told(view: Page) -> None:
    links = {
        one.inner_text(): one.get_attribute("href") for one in view.locator(".unduhan a").all()
    }
    assert links["Laporan (PDF)"] == "laporan.pdf"
    assert links["Temuan (CSV)"] == "lampiran/temuan.csv"
    assert links["Buku angka (JSON)"] == "lampiran/ledger.json"
    foot = view.get_by_role("contentinfo").inner_text()
    assert "6 Januari 2026" in foot
    assert "pp39 versi" in foot


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(browser: Browser, report: str, width: int, scheme: str) -> None:
    view = opened(browser, report, width, color_scheme=scheme, bypass_csp=True)
    view.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for seen in range(2):
        if seen:
            view.locator("main p a.angka").click()
            assert view.locator(":popover-open").count() == 1
        found = Axe().run(view, options={"runOnly": tags}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    view.context.close()
