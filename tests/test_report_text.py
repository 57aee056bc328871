"""Any text survives both renderers; hyphenation changes nothing but places to break."""

from html.parser import HTMLParser
from io import BytesIO

import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from pp39.report.hyphenation import SOFT_HYPHEN, soft_hyphenated
from pp39.report.text import cleaned, html_text, slugged, typst_prose, typst_string, typst_text
from pp39.report.typst import _fonts

PRINTED = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.sampled_from("éüñçåßØ–—“”‘’…×÷−≤≥→µ§°½€"),
    ),
    min_size=1,
    max_size=60,
)


def words_of(text: str) -> str:
    return "".join(text.replace(SOFT_HYPHEN, "").split())


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.title = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.title += dict(attrs).get("title") or ""

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_html_gives_the_text_back(text: str) -> None:
    reader = Reader()
    reader.feed(f'<p title="{html_text(text)}">{html_text(text)}</p>')
    reader.close()
    assert reader.tags == ["p"]
    assert reader.text == reader.title == cleaned(text)


@given(st.text())
def test_typst_takes_any_text_as_text(text: str) -> None:
    source = f"#metadata({typst_string(text)})<a>\n{typst_text(text)}\n{typst_prose(text)}"
    pdf = typst.compile(
        source.encode(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=["a-2u"],
        timestamp=0,
    )
    assert pdf.startswith(b"%PDF")


@settings(max_examples=60)
@given(PRINTED)
def test_the_pdf_gives_the_text_back(text: str) -> None:
    source = (
        '#set text(lang: "id", font: ("Libertinus Serif", "DejaVu Sans"), fallback: false,'
        " features: (liga: 0))\n#set page(width: 60cm)\n"
        f"{typst_prose(text)}"
    )
    pdf = typst.compile(
        source.encode(), format="pdf", font_paths=_fonts(), ignore_system_fonts=True
    )
    page = pypdf.PdfReader(BytesIO(pdf)).pages[0]
    assert words_of(page.extract_text()) == words_of(cleaned(text))


def test_a_character_without_glyph_is_spelt_out() -> None:
    assert typst_string("a\u6f22b") == '"a[U+6F22]b"'


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("dilaksanakannya", "di-lak-sa-na-kan-nya"),
        ("penyelenggaraan", "pe-nye-leng-ga-raan"),
        ("pengujian", "pengujian"),
        ("berkesinambungan", "ber-ke-si-nam-bungan"),
        ("instansional", "in-stan-si-o-nal"),
        ("mensyaratkan", "men-sya-rat-kan"),
        ("bspji@contoh.example", "bspji@contoh.example"),
        ("PELAKSANAAN", "PELAKSANAAN"),
    ],
)
def test_words_break_by_the_spelling_guide(word: str, broken: str) -> None:
    assert soft_hyphenated(word).replace(SOFT_HYPHEN, "-") == broken


@given(st.text(alphabet="abdegiklmnoprstuy ", max_size=80))
def test_hyphenation_only_adds_places_to_break(text: str) -> None:
    broken = soft_hyphenated(text)
    assert broken.replace(SOFT_HYPHEN, "") == text
    for word in broken.split():
        pieces = word.split(SOFT_HYPHEN)
        assert len(pieces) == 1 or (len(pieces[0]) >= 2 and len(pieces[-1]) >= 3)


def test_a_label_is_plain_ascii() -> None:
    assert slugged("Tabel Négara (Rp)") == "tabel-negara-rp"
