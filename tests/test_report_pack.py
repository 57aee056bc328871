"""Object streams: a smaller PDF that says the same."""

import re
from io import BytesIO

import pypdf
import pytest
import typst

from pp39.report.pack import packed

SOURCE = """
#set document(title: "Contoh", date: datetime(year: 2026, month: 1, day: 6))
#set text(lang: "id")
= Judul <judul>
#for n in range(40) [Alinea #n: #link(<judul>)[ke judul]. #table(columns: 3, ..range(9).map(str))]
#pagebreak()
endobj xref trailer startxref 12 %%EOF
"""


@pytest.fixture(scope="module")
def plain() -> bytes:
    made: bytes = typst.compile(
        SOURCE.encode(), format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=0
    )
    return made


def told(thing: object) -> bytes:
    written = BytesIO()
    thing.write_to_stream(written)  # type: ignore[attr-defined]
    return written.getvalue()


def test_it_is_smaller_and_always_the_same(plain: bytes) -> None:
    made = packed(plain)
    assert len(made) < len(plain) / 2
    assert packed(plain) == made


def test_it_holds_the_same_objects(plain: bytes) -> None:
    before, after = (pypdf.PdfReader(BytesIO(one), strict=True) for one in (plain, packed(plain)))
    assert [one.extract_text() for one in after.pages] == [
        one.extract_text() for one in before.pages
    ]
    assert after.trailer["/Size"] > before.trailer["/Size"]
    for number in range(1, before.trailer["/Size"]):
        old, new = (
            told(one.get_object(pypdf.generic.IndirectObject(number, 0, one)))
            for one in (before, after)
        )
        assert new == old, number
    assert after.trailer["/ID"] == before.trailer["/ID"]
    assert after.xmp_metadata is not None


def test_the_table_of_objects_points_at_them(plain: bytes) -> None:
    made = packed(plain)
    start = re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", made)
    assert start is not None
    assert re.match(rb"\d+ 0 obj\n<</Type/XRef", made[int(start[1]) :])
    assert made.startswith(b"%PDF-1.7\n%")


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\n", b"startxref\n3\n%%EOF"])
def test_what_it_does_not_know_stays_as_it_is(other: bytes) -> None:
    assert packed(other) == other


def test_a_table_that_points_nowhere_is_an_error(plain: bytes) -> None:
    broken = plain.replace(b"1 0 obj", b"1 0 jbo", 1)
    with pytest.raises(ValueError, match="the PDF has no object at byte"):
        packed(broken)
