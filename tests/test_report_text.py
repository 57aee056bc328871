"""Any text survives both renderers, without what is not seen."""

from html.parser import HTMLParser
from io import BytesIO

import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from pp39.report.text import cleaned, html_text, slugged, typst_string, typst_text
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
    return "".join(text.split())


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
    source = f"#metadata({typst_string(text)})<a>\n{typst_text(text)}"
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
        f"{typst_text(text)}"
    )
    pdf = typst.compile(
        source.encode(), format="pdf", font_paths=_fonts(), ignore_system_fonts=True
    )
    page = pypdf.PdfReader(BytesIO(pdf)).pages[0]
    assert words_of(page.extract_text()) == words_of(cleaned(text))


def test_a_character_without_glyph_is_spelt_out() -> None:
    assert typst_string("a\u6f22b") == '"a[U+6F22]b"'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("labo\u00adra\u200btorium\ufeff", "laboratorium"),
        ("a\x1b[31mb\x85c", "a[31mb c"),
        ("a\ud800b\U000e0041", "a\ufffdb"),
        ("a\u2028b\u2029c", "a b c"),
    ],
)
def test_what_is_not_seen_is_left_out(text: str, left: str) -> None:
    assert cleaned(text) == left


def test_a_label_is_plain_ascii() -> None:
    assert slugged("Tabel Négara (Rp)") == "tabel-negara-rp"
