"""What is not seen is shown or left out, everywhere, whatever the version of Python."""

import json
import re
import sys
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pp39.characters import ESCAPING, stripped, visible

ROOT = Path(__file__).resolve().parents[1]

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_all_that_is_not_seen_is_known() -> None:
    every = (chr(code) for code in range(sys.maxunicode + 1))
    passed = [one for one in every if unicodedata.category(one) in UNSEEN and stripped(one)]
    assert passed == ["\n"]


def test_what_is_seen_stays() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    seen = "".join(one for one in every if unicodedata.category(one)[0] in "LMNPSZ")
    seen = seen.replace("\u2028", "").replace("\u2029", "")
    assert visible(seen) == stripped(seen) == seen


@given(st.text(alphabet=st.characters(codec=None)))
def test_shown_once_is_shown_for_good(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert all(
        one == "\n"
        or one.isprintable()
        or one.isspace()
        or unicodedata.category(one) in {"Cn", "Co"}
        for one in visible(text)
    )


@given(st.text(alphabet=st.characters(codec=None)))
def test_json_says_the_same(text: str) -> None:
    written = json.dumps([text], ensure_ascii=False)
    assert json.loads(visible(written)) == [text]
    narrow = written.encode("ascii", ESCAPING).decode()
    assert json.loads(visible(narrow)) == [text]


def test_no_group_of_a_pattern_is_possessive() -> None:
    """Python before 3.11.5 matches them wrongly, silently."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "pp39").rglob("*.py")]
    assert sources
    assert not [one for one in sources if re.search(r"\)[*+?]\+", one)]
