"""Damaged workbooks: whatever happens to the bytes, a sentence or the right figures come out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.errors import InputError
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import Context, clean
from pp39.sources.raw import RawTable
from pp39.sources.workbook import read_workbook

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw" / "bspji-ambon" / "2025"
_NAMES = ("dipa_ro", "pnbp", "progres_ro", "revisi_dipa")
_SHEET = "xl/worksheets/sheet1.xml"
_TIMES = 200


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load(ROOT, "bspji-ambon", 2025, Quarter.IV))


def _flipped(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _truncated(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(4, len(content))]


def _swapped(content: bytes, dice: random.Random) -> bytes:
    """Let two stretches change places."""
    a, b, c, d = sorted(dice.sample(range(len(content)), 4))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


def _blanked(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    size = dice.randint(1, 200)
    return content[:start] + bytes([dice.randrange(256)]) * size + content[start + size :]


def _repeated(content: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.sample(range(len(content)), 2))
    return content[:end] + content[start:end] + content[end:]


def _reworded(content: bytes, dice: random.Random) -> bytes:
    """Let an attribute say something else."""
    places = list(re.finditer(rb'="[^"]*"', content))
    start, end = dice.choice(places).span() if places else (0, 0)
    return content[: start + 2] + dice.choice(_HOSTILE) + content[end - 1 :]


def _untagged(content: bytes, dice: random.Random) -> bytes:
    """Take a tag away, or a pair of them with what stands between."""
    places = list(re.finditer(rb"<[^>]*>|<(\w+)[^>]*>.*?</\1>", content))
    start, end = dice.choice(places).span()
    return content[:start] + content[end:]


def _must_be_sentences(told: list[str]) -> None:
    assert told
    for sentence in told:
        assert re.match(r"[a-z_]+\.xlsx", sentence)
        assert "\n" not in sentence
        assert len(sentence) < 1000


_WORDS = "-1 x NaN 1e308 A0 A9999999 ZZZZ1 A1:XFD1048576 B2:A1 str e s 0% _x0000_ é٣"
_HOSTILE = (b"", b"9" * 30, b"9" * 5000, *(word.encode() for word in _WORDS.split()))
_DAMAGES = (_flipped, _truncated, _swapped, _blanked, _repeated)
_MARKUP = (_reworded, _untagged)
_Damage = Callable[[bytes, random.Random], bytes]


def _packed(content: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for name, data in content.items():
            parts.writestr(name, data)
    return stream.getvalue()


def _damaged_parts(content: bytes, damage: _Damage, dice: random.Random) -> Iterator[bytes]:
    """Give workbooks that are well packed, each with one part damaged that is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        whole = {name: parts.read(name) for name in parts.namelist()}
    read = sorted(
        name for name in whole if name.startswith(("xl/", "_rels")) and "theme" not in name
    )
    for _ in range(_TIMES):
        part = dice.choice([*read, _SHEET, _SHEET])
        yield _packed(whole | {part: damage(whole[part], dice)})


def _texts(table: RawTable) -> dict[str, list[str]]:
    return {header: texts.tolist() for header, texts in table.columns.items()}


@pytest.mark.parametrize("damage", _DAMAGES)
def test_a_damaged_file_is_told_or_read_as_it_was(damage: _Damage, tmp_path: Path) -> None:
    dice = random.Random(f"berkas {damage.__name__}")
    told: list[str] = []
    for turn in range(_TIMES):
        source = SOURCES[_NAMES[turn % len(_NAMES)]]
        good = RAW / source.file
        path = tmp_path / source.file
        path.write_bytes(damage(good.read_bytes(), dice))
        try:
            table = read_workbook(source, path)
        except InputError as error:
            told += error.sentences
        else:
            assert _texts(table) == _texts(read_workbook(source, good))
    _must_be_sentences(told)


@pytest.mark.parametrize("damage", [*_DAMAGES, *_MARKUP])
def test_a_damaged_part_ends_in_a_sentence_or_a_table(
    damage: _Damage, tmp_path: Path, context: Context
) -> None:
    dice = random.Random(f"bagian {damage.__name__}")
    source = SOURCES[dice.choice(_NAMES)]
    path = tmp_path / source.file
    told: list[str] = []
    for content in _damaged_parts((RAW / source.file).read_bytes(), damage, dice):
        path.write_bytes(content)
        try:
            assert not clean(source, path, context).frame.empty
        except InputError as error:
            told += error.sentences
    _must_be_sentences(told)


@settings(max_examples=60)
@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**400), 10**400),
    st.sampled_from(("n", "b", "d", "e", "s", "str", "inlineStr", "x")),
)
def test_a_stored_number_comes_back_exactly_or_is_told(
    tmp_path_factory: pytest.TempPathFactory, number: float, kind: str
) -> None:
    with zipfile.ZipFile(RAW / "pnbp.xlsx") as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    cell = f'<row r="40"><c r="D40" t="{kind}"><v>{number}</v></c></row></sheetData>'
    content[_SHEET] = content[_SHEET].replace(b"</sheetData>", cell.encode())
    content[_SHEET] = content[_SHEET].replace(b"Sumber: SIMPONI", b"9")
    path = tmp_path_factory.mktemp("angka") / "pnbp.xlsx"
    path.write_bytes(_packed(content))
    told: list[str] = []
    try:
        table = read_workbook(SOURCES["pnbp"], path)
    except InputError as error:
        told += error.sentences
    if told:
        _must_be_sentences(told)
        return
    (stored,) = [texts.iloc[-1] for header, texts in table.columns.items() if "Realisasi" in header]
    if kind == "n":
        whole = float(number).is_integer()
        assert Decimal(stored) == Decimal(repr(float(number)) if whole else f"{number:.15g}")
