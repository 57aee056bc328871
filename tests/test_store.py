import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pp39.run.store import Store

names = st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}\.txt", fullmatch=True)


@pytest.fixture
def stage(tmp_path):
    folder = tmp_path / "stage"
    (folder / "processed").mkdir(parents=True)
    (folder / "processed" / "a.csv").write_text("1\n")
    return folder


@given(files=st.dictionaries(names, st.binary(max_size=200), max_size=5))
def test_the_same_bytes_come_back(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("store")
    for name, content in files.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_bytes(content)
    store = Store(folder / "store")
    marks = store.keep("langkah", "k" * 64, folder / "in", files)
    assert store.marks("langkah", "k" * 64) == marks
    assert store.restore("langkah", "k" * 64, folder / "out")
    assert {name: (folder / "out" / name).read_bytes() for name in files} == files


def test_what_is_not_kept_is_not_given(tmp_path):
    store = Store(tmp_path / "store")
    assert store.marks("langkah", "k") is None
    assert not store.restore("langkah", "k", tmp_path / "out")


@pytest.mark.parametrize("harm", ["change", "remove", "index"])
def test_a_harmed_entry_is_no_entry(harm, tmp_path, stage):
    store = Store(tmp_path / "store")
    store.keep("langkah", "k", stage, ["processed/a.csv"])
    kept = tmp_path / "store" / "langkah" / "k"
    if harm == "change":
        (kept / "processed" / "a.csv").write_text("2\n")
    elif harm == "remove":
        (kept / "processed" / "a.csv").unlink()
    else:
        (kept / "isi.json").write_text("[1]")
    assert not store.restore("langkah", "k", tmp_path / "out")


def test_writing_into_what_was_restored_leaves_the_store_alone(tmp_path, stage):
    store = Store(tmp_path / "store")
    store.keep("langkah", "k", stage, ["processed/a.csv"])
    assert store.restore("langkah", "k", tmp_path / "out")
    (tmp_path / "out" / "processed" / "a.csv").write_text("2\n")
    assert store.restore("langkah", "k", tmp_path / "again")
    assert (tmp_path / "again" / "processed" / "a.csv").read_text() == "1\n"


def test_only_the_latest_used_are_kept(tmp_path, stage):
    store = Store(tmp_path / "store", kept=2)
    for second, key in enumerate("abc"):
        store.keep("langkah", key, stage, ["processed/a.csv"])
        os.utime(tmp_path / "store" / "langkah" / key, (second, second))
        if key == "b":
            assert store.restore("langkah", "a", tmp_path / "out")
    assert [key for key in "abc" if store.marks("langkah", key)] == ["a", "c"]
