"""The real pipeline on the real source data, seen from outside."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pandas
import pytest
from bs4 import BeautifulSoup
from conftest import RAW, copy_project, pp39
from pypdf import PdfReader

from pp39.batch import Task
from pp39.batch.worker import Desk
from pp39.report.sections.kalimat import rapikan
from pp39.run.address import Address
from pp39.run.fingerprint import digest, package_files
from pp39.run.steps import STEPS

ROOT = Path(__file__).parents[1]
QUARTERS = ("I", "II", "III", "IV")
#: Reports little; `--plain` has the kernels run what reports much.
UNIT = "smkn-1-contoh"


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_code(run):
    return {row["kode"]: row for row in rows(run.processed / "indikator.csv")}


def pdf_text(run):
    return "\n".join(printed(run.pdf).texts)


class Printed:
    """A PDF read back: the text of each page, and how high each piece of it stands."""

    def __init__(self, pdf):
        self.reader = PdfReader(pdf)
        self.texts, self.heights = [], []
        for page in self.reader.pages:
            heights = []

            def seen(text, matrix, place, *rest, heights=heights):
                del rest
                if text.strip():
                    heights.append(place[5] * matrix[3] + matrix[5])

            self.texts.append(page.extract_text(visitor_text=seen))
            self.heights.append(heights)


#: Once: it takes a while.
printed = cache(Printed)


def html_text(run):
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", run.html.read_text("utf-8"), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


# What the performance contract asks and what the sources say, put together by hand.
EXPECTED = {
    "ITJ 6.1": ("3.63", "3.69"),
    "ITJ 6.2": ("100", 20 + 12 + 54 + 0 + 1 + 0 + 1 + 1 + 2 + 1 + 2 + 1 + 1 + 3 + 0 + 22),
    "IKK 6.1.1": ("80", Fraction(126, 170) * 100),
    "IKK 6.1.2": ("40", Fraction(54 - 0, 57) * 100),
    "IKK 6.2.1": ("2", Fraction(1248776737 - 621000000, 621000000) * 100),
    "IKK 6.2.2": ("179", 169 + 4 + 1 + 1 + 3 + 25 + 14),
    "IKK 6.2.3": ("0.02", "0.039"),
    "IKK 6.3.1": ("81.3", "79.74"),
    "IKK 6.4.1": ("20", "20"),
    "IKK 6.4.2": ("77", "44.5"),
    "IKK 6.4.3": ("3.6", "4.24"),
    "IKK 6.5.1": ("60", "100"),
    "IKK 6.5.2": ("70.1", "72.1"),
    "IKK 6.6.1": ("79.5", "82.1"),
    "IKK 6.6.2": ("94", (Fraction("92.90") + Fraction("92.68") + Fraction("87.99")) / 3),
    "IKK 6.6.3": ("75", "94.35"),
    "IKK 6.7.1": ("75", "81.12"),
}


def test_indicators_of_the_last_quarter(finished):
    found = by_code(finished("IV"))
    assert list(found) == sorted(EXPECTED, key=list(EXPECTED).index)
    for code, (target, value) in EXPECTED.items():
        exact = Fraction(value)
        reached = exact / Fraction(target) * 100
        row = found[code]
        assert Fraction(row["target"]) == Fraction(target), code
        assert abs(Fraction(row["realisasi"]) - exact) <= Fraction("5e-7"), code
        assert abs(Fraction(row["capaian"]) - reached) <= Fraction("5e-7"), code
        assert row["status"] == ("tercapai" if reached >= 100 else "tidak tercapai"), code


@pytest.mark.parametrize(
    ("quarter", "known"),
    [
        ("I", {"IKK 6.2.2": 135}),
        ("II", {"IKK 6.2.2": 350}),
        (
            "III",
            {
                "IKK 6.2.2": 215,
                "IKK 6.6.2": (Fraction("91.45") + Fraction("86.61") + Fraction("92.59")) / 3,
            },
        ),
    ],
)
def test_earlier_quarters_show_what_there_is_and_nothing_else(quarter, known, finished):
    run = finished(quarter)
    for code, row in by_code(run).items():
        if code in known:
            assert abs(Fraction(row["realisasi"]) - known[code]) <= Fraction("5e-7")
        else:
            assert (row["realisasi"], row["capaian"]) == ("", "")
            assert row["status"] == "belum ada data"
    assert f"Triwulan {quarter}" in html_text(run)
    assert f"Triwulan {quarter}" in printed(run.pdf).texts[0]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_report_names_no_other_quarter_as_its_own(quarter, finished):
    cover = printed(finished(quarter).pdf).texts[0]
    assert re.findall(r"Triwulan ([IV]+)\b", cover) == [quarter]


SECTIONS = [
    "Kata Pengantar",
    "Daftar Isi",
    "Daftar Tabel",
    "Daftar Gambar",
    "Pendahuluan",
    "Tugas Pokok dan Fungsi",
    "Latar Belakang",
    "Struktur Organisasi",
    "Rencana Program/Kegiatan",
    "Sasaran Kegiatan dan Indikator Kinerja",
    "Pelaksanaan Kegiatan",
    "Hambatan dan Kendala",
    "Langkah Tindak Lanjut",
    "Penutup",
    "Formulir Pengukuran Rencana Aksi",
    "Target dan Progres Bulanan",
    "Mutu Data",
    "Temuan Rekonsiliasi",
    "Jejak Perhitungan",
]


def test_every_section_stands_in_both(finished):
    run = finished("IV")
    page, print_ = html_text(run), re.sub(r"\s+", " ", pdf_text(run))
    for section in SECTIONS:
        assert section.casefold() in page.casefold(), section
        # What is for the audit alone travels inside the PDF as files.
        if section != "Temuan Rekonsiliasi":
            assert section.casefold() in print_.casefold(), section


NUMBER = re.compile(r"(?<![\w.,/-])(?:Rp)?\d{1,3}(?:\.\d{3})*,\d+%?(?![\w/-])|Rp\d[\d.]*\d")


#: Parts of the page that travel inside the PDF as files.
AUDIT = (
    "lampiran-mutu",
    "lampiran-matriks",
    "lampiran-temuan",
    "lampiran-sumber",
    "lampiran-jejak",
)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_every_figure_of_one_is_in_the_other(finished):
    run = finished("IV")
    # pypdf joins what stands at the edges of two cells; this reader keeps them apart.
    done = subprocess.run(
        ["pdftotext", "-layout", str(run.pdf), "-"], capture_output=True, text=True, check=True
    )
    in_pdf = set(NUMBER.findall(done.stdout.replace("\u00ad", "")))
    page = BeautifulSoup(run.html.read_text("utf-8"), "html.parser").find("main")
    # Letters of charts are text in both.
    in_html = set(NUMBER.findall(page.get_text(" ")))
    assert len(in_html) > 400
    assert in_pdf - in_html == set()
    for part in AUDIT:
        page.find(id=part).find_parent("section").decompose()
    in_chapters = set(NUMBER.findall(page.get_text(" ")))
    assert len(in_chapters) > 250
    assert in_chapters - in_pdf == set()


def test_the_pdf_is_an_archivable_accessible_document(finished):
    read = printed(finished("IV").pdf)
    reader = read.reader
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "id-ID"
    metadata = catalog["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>3<", metadata)
    assert re.search(r"pdfuaid:part>1<", metadata)
    sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages}
    assert sizes == {(595, 842), (842, 595)}
    assert len(reader.outline) > 10
    last = read.texts[-1]
    front = reader.page_labels.index("1")
    body = len(reader.pages) - front
    assert f"Halaman {body} dari {body}" in last
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    assert reader.page_labels[:front] == roman[:front]


def squeezed(text):
    return re.sub(r"[\s\u2060]", "", text)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_chart_stands_in_the_section_that_names_it(quarter, finished):
    run = finished(quarter)
    read = printed(run.pdf)
    text = squeezed("".join(read.texts[read.reader.page_labels.index("1") :]))
    page = BeautifulSoup(run.html.read_text("utf-8"), "html.parser")
    for note in page.select("figcaption .catatan-gambar"):
        note.decompose()  # above the title in print
    order = [
        squeezed(one.get_text()) for one in page.select("main :is(h2, h3, h4, h5, h6, figcaption)")
    ]
    order = order[order.index("BABIPENDAHULUAN") : order.index("BABIVPENUTUP") + 1]
    assert sum(one.startswith("Gambar") for one in order) >= (1 if quarter == "I" else 2)
    at = 0
    for one in order:
        place = text.find(one, at)
        assert place >= 0, one
        at = place + len(one)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_page_but_the_last_of_a_chapter_is_more_than_half_empty(quarter, finished):
    read = printed(finished(quarter).pdf)
    opening = re.compile(r"(BAB [IV]+\n|Lampiran \d+\n|[A-Z ]{8,}\n)")
    for number, page in enumerate(read.reader.pages[1:-1], 1):
        high = float(page.mediabox.height)
        # Between what runs along the head and the foot.
        body = [one for one in read.heights[number] if 0.09 * high < one < 0.91 * high]
        after = read.texts[number + 1].split("TA 2025\n", 1)[-1]
        if not opening.match(after):
            assert min(body) < 0.5 * high, f"page {number + 1}"


def test_print_names_no_file_path_and_no_parameter(finished):
    for quarter in ("II", "IV"):
        text = "".join(printed(finished(quarter).pdf).texts)
        found = re.findall(r"\S*(?:params/|data/raw/|\.ya?ml|regulasi\.\w+)\S*", text)
        assert found == []


def personal_data():
    """Names, phone numbers and e-mail addresses as the survey has them, and parts of them."""
    path = ROOT / RAW / "survei_nps.csv"
    found = set()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            for header, value in row.items():
                if header and re.search("nama|hp|telepon|e-?mail|surel", header, re.I) and value:
                    found.add(value.strip())
                    found |= set(re.findall(r"[\w.+-]+@[\w.-]+|\d{8,}", value))
    return {one for one in found if len(one) > 5}


def test_no_personal_data_in_any_output(finished):
    run = finished("IV")
    wanted = personal_data()
    assert len(wanted) > 150
    needles = re.compile(b"|".join(re.escape(one.encode()) for one in sorted(wanted)))
    files = [p for base in (run.processed, run.report) for p in base.rglob("*") if p.is_file()]
    assert len(files) > 40
    for path in files:
        assert not needles.search(path.read_bytes()), path.name
    assert not needles.search(pdf_text(run).encode())


def changed(before, after):
    """Tell the indicators of which anything differs but the name of the run."""

    def told(row):
        return {name: cell for name, cell in row.items() if name != "run"}

    return {code for code in before if told(before[code]) != told(after[code])}


def test_parameters_change_what_depends_on_them(finished, tmp_path):
    expected = {
        "nps.promoter_min=8": ("IKK 6.1.2", {"realisasi": "100"}),
        'target."IKK 6.4.2"=40': ("IKK 6.4.2", {"target": "40", "status": "tercapai"}),
        "pelanggan.kategori=[perusahaan, instansi, pelaku-usaha]": (
            "ITJ 6.2",
            {"realisasi": "67", "status": "tidak tercapai"},
        ),
        "ikpa.cara=bulan_terakhir": ("IKK 6.6.2", {"realisasi": "87.99"}),
    }
    base = finished("IV")
    run = base.copy(tmp_path / "project")
    options = [word for override in expected for word in ("-p", override)]
    done = pp39(run.project, "report", "-q", "IV", *options)
    assert done.returncode == 0, done.stderr
    # The base stays as it is; the other has folders of its own.
    assert run.pdf.read_bytes() == base.pdf.read_bytes()
    run = run.varied(done.stdout)
    before, after = by_code(base), by_code(run)
    assert changed(before, after) == {code for code, _ in expected.values()}
    for code, values in expected.values():
        assert {name: after[code][name] for name in values} == values
    assert "Cleaning the source data ... up to date" in done.stderr
    # The sentences about the indicators change with the table.
    assert html_text(run) != html_text(base)
    assert run.pdf.read_bytes() != base.pdf.read_bytes()


def test_an_up_to_date_report_is_left_alone(finished, tmp_path):
    run = finished("IV").copy(tmp_path / "project")
    times = {p: p.stat().st_mtime_ns for p in run.report.rglob("*")}
    for path in (run.project / "data" / "raw").rglob("*"):
        os.utime(path)
    done = pp39(run.project, "report", "-q", "IV")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("up to date") == len(STEPS)
    assert {p: p.stat().st_mtime_ns for p in run.report.rglob("*")} == times


def test_a_tampered_report_is_made_good_again(finished, tmp_path):
    run = finished("IV").copy(tmp_path / "project")
    before = run.html.read_bytes()
    run.html.write_bytes(before + b" ")
    assert pp39(run.project, "report", "-q", "IV").returncode == 0
    assert run.html.read_bytes() == before


def test_plain_kernels_give_the_same_bytes(finished, tmp_path):
    base = finished("IV")
    project = copy_project(tmp_path / "lain" / "project")
    long = tmp_path / ("d" * 120)
    long.mkdir()
    environment = {"TZ": "Asia/Jayapura", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    hostile = {"TMPDIR": str(long), "HOME": "/nonexistent", "PYTHONIOENCODING": "ascii"}
    done = pp39(project, "report", "-q", "IV", "--plain", **environment, **hostile)
    assert done.returncode == 0, done.stderr
    names = ("jejak-waktu.json",)
    for folder in ("data/processed/bspji-ambon", "reports/bspji-ambon"):
        ours = {p.relative_to(project): p for p in (project / folder).rglob("*") if p.is_file()}
        theirs = {p.relative_to(base.project) for p in (base.project / folder).rglob("*.*")}
        assert set(ours) >= {p for p in theirs if (base.project / p).is_file()}
        for name, path in ours.items():
            if name.name not in names:
                assert path.read_bytes() == (base.project / name).read_bytes(), name


def edit(name, change):
    def do(folder):
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return do


def cell(name, value, by):
    def do(folder):
        book = openpyxl.load_workbook(folder / name)
        (found,) = [c for row in book.active.iter_rows() for c in row if c.value == value]
        found.value = by
        book.save(folder / name)

    return do


def as_workbook(folder):
    shutil.copyfile(folder / "dipa_ro.xlsx", folder / "sla.csv")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """Give a project, and the desk of a worker, whose preloaded processes serve all who ask."""
    desk = Desk(digest(package_files()))
    yield copy_project(tmp_path_factory.mktemp("bengkel") / "project"), desk
    desk.close()


@pytest.mark.parametrize(
    ("harm", "code", "told"),
    [
        (edit("sla.csv", lambda b: b.replace(b"170", b"17O")), 4, ["sla.csv", "row 2", "Jumlah"]),
        (edit("sla.csv", lambda b: b.replace(b"Jumlah", b"Total")), 4, ["sla.csv", "Jumlah"]),
        (lambda folder: (folder / "sla.csv").unlink(), 4, ["sla.csv"]),
        (edit("sla.csv", lambda b: b""), 4, ["sla.csv", "empty"]),
        (edit("sla.csv", lambda b: b.decode().encode("utf-16")), 4, ["sla.csv", "UTF-8"]),
        (as_workbook, 4, ["sla.csv"]),
        (
            edit("target_smart.csv", lambda b: b.replace(b"075-Jasa", b"076-Jasa")),
            3,
            ["target_smart.csv", "row", "6077.BAD.076"],
        ),
        (
            edit("realisasi_kro.csv", lambda b: b.replace(b"6077.AEC", b"6077.AEX")),
            3,
            ["realisasi_kro.csv", "row 2", "6077.AEX", "the nearest is 6077.AE"],
        ),
        (cell("pnbp.xlsx", "3.935.000", "3.935.00O"), 4, ["pnbp.xlsx", "row", "Realisasi"]),
        (
            edit("survei_nps.csv", lambda b: b.replace(b",9\n", b",19\n", 1)),
            3,
            ["survei_nps.csv", "row 2", "Nilai", "a whole number from 0 to 10"],
        ),
    ],
    ids=[
        *("letter", "column", "missing", "empty", "encoding", "workbook"),
        *("unknown-ro", "unknown-kro", "letter-xlsx", "out-of-range"),
    ],
)
def test_bad_input_gives_one_sentence_and_its_code(harm, code, told, workshop):
    project, desk = workshop
    shutil.rmtree(project / "data")
    shutil.copytree(ROOT / RAW, project / RAW)
    harm(project / RAW)
    address = Address.parse("IV", "bspji-ambon", 2025)
    outcome = desk.make(Task(project, address, digest(package_files())))
    assert (outcome.status, outcome.code) == ("failed", code), outcome.sentence
    assert outcome.sentence.isprintable()
    for part in told:
        assert part in outcome.sentence
    assert not list(project.rglob("laporan.*"))
    assert not (project / "build").exists()
    kept = project / "data/processed/bspji-ambon/2025/IV/dasar/gagal"
    assert (kept / "01_clean.ipynb").is_file()


def test_a_failed_run_leaves_the_last_report(finished, tmp_path):
    run = finished("IV").copy(tmp_path / "project")
    before = {p: p.read_bytes() for p in run.report.rglob("*") if p.is_file()}
    (run.project / RAW / "sla.csv").unlink()
    done = pp39(run.project, "report", "-q", "IV")
    assert done.returncode == 4
    (told,) = [line for line in done.stderr.splitlines() if line.startswith("pp39: ")]
    assert "sla.csv" in told
    assert "Traceback" not in done.stderr
    assert {p: p.read_bytes() for p in run.report.rglob("*") if p.is_file()} == before


def test_notebooks_run_by_plain_papermill_on_the_standard_kernel(tmp_path):
    project = copy_project(tmp_path / "project")
    shutil.copytree(ROOT / "data" / "raw" / UNIT, project / "data" / "raw" / UNIT)
    environment = {**os.environ, "PP39_ROOT": str(project), "PYTHONWARNINGS": "default"}
    names = ("01_clean", "02_validate", "03_indicators", "04_report")
    code = (
        "import papermill\n"
        "from nbconvert.exporters import get_exporter\n"
        "from pathlib import Path\n"
        f"made = Path({str(tmp_path)!r})\n"
        f"for name in {names!r}:\n"
        "    papermill.execute_notebook(name + '.ipynb', str(made / f'{name}.ipynb'),"
        f" {{'unit': {UNIT!r}, 'quarter': 'I'}}, kernel_name='python3', progress_bar=False)\n"
        "for kind in ('html', 'pdf'):\n"
        "    told, _ = get_exporter('pp39-' + kind)().from_filename(f'{made}/04_report.ipynb')\n"
        "    content = told.encode() if isinstance(told, str) else told\n"
        "    (made / f'04_report.{kind}').write_bytes(content)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project / "notebooks",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for kind in ("html", "pdf"):
        assert (tmp_path / f"04_report.{kind}").stat().st_size > 100_000


def test_notebooks_are_kept_without_outputs():
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for one in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not one.get("outputs"), path.name
            assert one.get("execution_count") is None, path.name


def words_of_the_sources(run):
    """All text of clean tables and parameters: what the report may quote."""
    tables = (run.processed / "bersih").glob("*.parquet")
    texts = [
        str(value)
        for path in tables
        for _, column in pandas.read_parquet(path).select_dtypes(exclude="number").items()
        for value in column.dropna().unique()
    ]
    params = [path.read_text("utf-8") for path in (run.project / "params").rglob("*.yaml")]
    # As a report prints them: Rp500, not Rp. 500.
    return "\n".join(one for text in texts + params for one in (text, rapikan(text)))


#: A figure as reports print it: money, a decimal, a percentage, a number of four digits or more.
FIGURE = re.compile(r"(?<![\w./-])(?:Rp ?\d[\d.]*|\d[\d.]*,\d+|\d+(?:,\d+)?%|\d{1,3}(?:\.\d{3})+)")


@pytest.mark.parametrize("quarter", ["IV", "III"])
def test_no_figure_comes_from_nowhere(quarter, finished):
    """Chapters and annexes but the lists of findings: what is not traced is a quotation."""
    run = finished(quarter)
    page = BeautifulSoup(run.html.read_text("utf-8"), "html.parser")
    main = page.find("main")
    for part in ("lampiran-mutu", "lampiran-temuan", "lampiran-jejak", "harus-dilengkapi"):
        main.find(id=part).find_parent("section").decompose()
    traced = {one.get_text() for one in main.find_all("data")}
    # A formula with its numbers is written by the ledger itself.
    for one in [*main.find_all(["data", "svg", "code", "style"]), *main.find_all(class_="rumus")]:
        one.replace_with(" \u2028 ")
    sources = words_of_the_sources(run)
    loose = {one for one in FIGURE.findall(main.get_text(" ")) if one not in sources}
    assert len(traced) > 100
    assert loose == set()
