"""Parameters of any bytes: read, or refused in sentences of bounded length; never anything else."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pp39.errors import ParameterError, Pp39Error
from pp39.params import Settings, load
from pp39.yamlfile import read_yaml, read_yaml_text

ROOT = Path(__file__).parents[1]
UNIT = (ROOT / "params" / "unit" / "bspji-ambon.yaml").read_bytes()
PLAIN = load(ROOT, "bspji-ambon", 2025, "IV")
PATHS = [one.path for one in PLAIN.describe()]


def told(error: Pp39Error) -> None:
    """Hold an error to what a user may see."""
    assert error.exit_code in (2, 4)
    for sentence in error.sentences:
        assert sentence.isprintable()
        assert 10 < len(sentence) < 800


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]\n"
    for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
)
DEEP = "a: &a0 [x]\n" + "".join(f"b{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 3000))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a: &a [*a]\n", "stands inside what it names"),
        ("a: &a {b: {c: *a}}\n", "stands inside what it names"),
        ("a: " + "[" * 5000, "nested more than 40 deep"),
        ("a: " + "{b: " * 5000, "nested more than 40 deep"),
        ("a:\n" + "".join(" " * n + "b:\n" for n in range(1, 900)), "nested more than 40 deep"),
        (DEEP, "nested more than 40 deep"),
        (LAUGHS, "unfold to more than 100000"),
        ("a: *b\n", "undefined alias"),
        ("a: !!timestamp x\n", "!!timestamp is a tag"),
        ("a: !!python/object/apply:os.system [ls]\n", "!!python/object/apply:os.system is a tag"),
        ("a: !!binary gA==\n", "is a tag"),
        ("a: !x y\n", "!x is a tag"),
        ("a: ! y\n", "is a tag"),
        ("!!map {a: 1}\n", "is a tag"),
        ("a: 1\na: 2\n", "line 2: the name 'a' is set twice"),
        ("a:\n\tb: 1\n", "the line begins with a tab"),
        ("a: b\0c\n", "character U+0000"),
        ("a: b\u202ec\n", "character U+202E"),
        ("a: b\u200bc\n", "character U+200B"),
        ("a: b\x1b[31m\n", "character U+001B"),
        ("a" * 900 + ": 1\n", "a name has at most 200 letters, not 900"),
        ("'': 1\n", "a name must be plain text that is not empty"),
        ("? [a]\n: 1\n", "a name must be plain text"),
        ("? {a: 1}\n: 1\n", "a name must be plain text"),
        (f"a: {'9' * 400}\n", "is no number of at most 15 digits"),
        (f"a: {'9' * 5000}\n", "is no number of at most 15 digits"),
        (f"a: 0.{'9' * 400}\n", "is no number of at most 15 digits"),
        ("a: .inf\n", "is no number"),
        ("a: .nan\n", "is no number"),
        ("a: 017\n", "'017' is no number"),
        ("a: 0x1F\n", "is no number"),
        ("a: 1:30\n", "is no number"),
        ("a: 1_000\n", "is no number"),
        ("a: 1.0e+3\n", "is no number"),
        ("--- {a: 1}\n--- {b: 1}\n", "not valid YAML"),
        ("a: [1\nb: 2\n", "not valid YAML"),
        ("%YAML 9.9\n--- {}\n", "not valid YAML"),
    ],
)
def test_what_no_person_writes_is_refused(text: str, right: str) -> None:
    start = time.monotonic()
    with pytest.raises(ParameterError, match=r"^x\.yaml") as caught:
        read_yaml_text(text, "x.yaml")
    told(caught.value)
    assert right in caught.value.sentence
    assert time.monotonic() - start < 2


def test_values_are_what_was_written() -> None:
    text = (
        "a: 2026-13-45\nb: [1, 1.50, -3, yes, 'yes', ~, 1e3]\nyes: no\n1: &x {z: 1}\nnull: *x\n"
        "t: 2026-01-06 10:00:00\n"
    )
    assert read_yaml_text(text, "x.yaml").data == {
        "a": "2026-13-45",
        "b": [1, 1.5, -3, True, "yes", None, "1e3"],
        "yes": False,
        "1": {"z": 1},
        "null": {"z": 1},
        "t": "2026-01-06 10:00:00",
    }


@pytest.mark.parametrize(
    ("content", "right"),
    [
        (b"a: \xe9\n", "byte 0xE9 is not UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "is UTF-16 text"),
        ("a: 1\n".encode("utf-16-be"), "character U+0000"),
        ("a: 1\n".encode("utf-32"), "is UTF-32 text"),
        (b"\x89PNG\r\n\x1a\n", "byte 0x89"),
        (b"\x00" * 100, "character U+0000"),
        (b"- a\n- b\n", "must hold 'name: value' lines"),
        (b"5\n", "must hold 'name: value' lines"),
    ],
)
def test_bytes_that_are_no_parameters(tmp_path: Path, content: bytes, right: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(ParameterError) as caught:
        read_yaml(path, "x.yaml")
    told(caught.value)
    assert right in caught.value.sentence


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 1\r\nb: é\r\n".encode("utf-8-sig"))
    assert read_yaml(path, "x.yaml").data == {"a": 1, "b": "é"}


def test_a_good_file_with_bytes_changed_is_read_or_refused(tmp_path: Path) -> None:
    path, chance = tmp_path / "x.yaml", random.Random(39)
    for _ in range(200):
        content = bytearray(UNIT)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randint(1, 40)]
                case 2:
                    content[at:at] = chance.choice(PIECES)
                case _:
                    end = at + chance.randint(1, 200)
                    content[at:at] = content[at:end]
        path.write_bytes(content)
        try:
            read_yaml(path, "x.yaml")
        except Pp39Error as error:
            told(error)


PIECES = [
    *(b"\t", b"\n", b": ", b"- ", b"[", b"}", b"&a ", b"*a ", b"!!x ", b"? ", b"|", b"'", b'"'),
    *(b"\0", b"%", b"@", b"#", b"---\n", b"...\n", b"<<: ", b"\xff", b"9" * 50),
]


def run(*overrides: str) -> Settings | None:
    try:
        return load(ROOT, "bspji-ambon", 2025, "IV", overrides=overrides)
    except Pp39Error as error:
        told(error)
        return None


@pytest.mark.parametrize("path", sorted({one.split(".")[0] for one in PATHS} | set(PATHS[::23])))
@pytest.mark.parametrize("value", ["null", "[]", "{}", "-1", "[[1]]", "{null: null}"])
def test_any_parameter_takes_what_is_right_or_tells(path: str, value: str) -> None:
    run(f"{path}={value}")


VALUES = st.recursive(
    st.sampled_from(["", "0", "-1", "1.5", "true", "~", "x", "'9'", "2026-01-06", "[", "*a", "!!x"])
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.lists(inner, max_size=3).map(
            lambda parts: "{" + ", ".join(f"k{n}: {one}" for n, one in enumerate(parts)) + "}"
        )
    ),
    max_leaves=4,
)


@examples(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(PATHS) | st.text(max_size=20), value=VALUES)
@example(path="laporan.tanggal", value="9999-12-31")
@example(path="unit.riwayat", value="[{tahun: 99999, nama: x}]")
@example(path="x" * 5000, value="1")
@example(path="." * 5000, value="1")
def test_any_override_is_taken_or_told(path: str, value: str) -> None:
    run(f"{path}={value}")


@examples(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_any_text_is_read_or_told(text: str) -> None:
    try:
        read_yaml_text(text, "x.yaml")
    except ParameterError as error:
        told(error)
