"""What the benchmark suite makes of its figures, and how it handles commands.

Whether it measures what it says is seen when it is run: ``python -m tests.benchmarks --quick``.
"""

import json
import sys
import time
from pathlib import Path

import pytest
from benchmarks.machine import Machine
from benchmarks.made import Made, insist_same
from benchmarks.measurement import Row
from benchmarks.processes import marked
from benchmarks.sandbox import BenchmarkFailed, Sandbox
from benchmarks.sizes import QUICK
from benchmarks.table import pairs, to_json, to_markdown
from benchmarks.watch import MemoryWatch, whole

MACHINE = Machine("A processor", 2, 8.0, "CPython 3.11", "Linux", "abc", "2026-01-01", 0.1)


@pytest.fixture
def sandbox(tmp_path):
    with Sandbox(tmp_path) as one:
        yield one


def cells(row):
    """Give the cells of a row as they are printed, without the first."""
    text = to_markdown(MACHINE, [row], [])
    line = next(one for one in text.splitlines() if one.startswith(f"| {row.what} |"))
    return [one.strip() for one in line.split("|")[2:-1]]


def test_a_row_shows_medians_and_its_goal():
    row = Row("cold", "A report", ours=[10, 20, 16], reference=[120, 120, 128])
    assert cells(row) == ["16.0 s", "120.0 s", "8.00× (6.00×–12.0×)", "≥ 8×", "yes"]
    assert pairs(row) == [
        "cold: 10.0 s, 20.0 s, 16.0 s against 120.0 s, 120.0 s, 128.0 s:"
        " 12.0×, 6.00×, 8.00× (min 6.00×, median 8.00×, max 12.0×)"
    ]


def test_a_goal_that_is_missed_is_printed_as_missed():
    row = Row("cold", "A report", ours=[10.0], reference=[79.9])
    assert cells(row)[-1] == "**NO**"
    document = to_markdown(MACHINE, [row], ["The machine was not idle."])
    assert "\nMissed: cold.\n" in document
    assert "**The machine was not idle.**" in document
    assert json.loads(to_json(MACHINE, [row], []))["rows"][0]["met"] is False


@pytest.mark.parametrize(
    ("seconds", "met"), [(0.2, True), (0.3, True), (0.31, False), (1.0, False)]
)
def test_a_row_with_two_goals_has_to_reach_both(seconds, met):
    assert Row("current", "Again", ours=[seconds], reference=[60]).met is met
    assert Row("current", "Again", ours=[seconds], reference=[10]).met is False


def test_a_goal_about_a_ratio_is_missed_where_nothing_was_compared():
    assert Row("batch", "Many", ours=[1.0]).met is False


def test_memory_counts_by_its_largest_value():
    row = Row("memory", "Memory", ours=[480, 501], unit="MiB")
    assert cells(row) == ["501 MiB", "–", "–", "≤ 500 MiB", "**NO**"]


def test_a_row_without_a_goal_says_so():
    assert cells(Row("render-papers", "Papers", ours=[2]))[-2:] == ["–", "–"]


def test_values_without_a_partner_are_refused():
    with pytest.raises(ValueError, match="has 2 values and 1 to compare"):
        Row("cold", "A report", ours=[1, 2], reference=[3])


def test_sizes_are_changed_by_name():
    assert QUICK.changed(["rounds=7", "scale_rows=9000,100"]).scale_rows == (100, 9000)
    for wrong in ("round=7", "rounds=0", "rounds=1,2", "rounds=many"):
        with pytest.raises(ValueError, match=r"round|invalid literal"):
            QUICK.changed([wrong])


def test_a_command_that_fails_stops_the_measuring(sandbox, tmp_path):
    with pytest.raises(BenchmarkFailed, match="exited with 3:\nno data"):
        sandbox.run(["sh", "-c", "echo no data >&2; exit 3"], tmp_path, timeout=20)


def test_a_command_that_takes_too_long_is_ended_with_all_it_started(sandbox, tmp_path):
    start = time.monotonic()
    with pytest.raises(BenchmarkFailed, match="took too long"):
        sandbox.run(["sh", "-c", "setsid sleep 60 & sleep 60"], tmp_path, timeout=0.3)
    assert time.monotonic() - start < 20
    assert marked(str(sandbox.folder)) == []


def test_memory_is_known_by_progress(sandbox, tmp_path):
    code = (
        "import sys, time; print('[ 1/12] one', file=sys.stderr, flush=True)\n"
        "kept = b'x' * 2**26; print('[10/12] ten', file=sys.stderr, flush=True); time.sleep(0.3)"
    )
    watch = MemoryWatch(whole, pause=0.02)
    done = sandbox.run([sys.executable, "-c", code], tmp_path, timeout=20, watch=watch)
    assert 0.3 < done.seconds < 20
    assert max(watch.between(10, 10)) > 64
    with pytest.raises(ValueError, match="no sample of memory at progress 2 to 9"):
        watch.between(2, 9)


def test_reports_that_differ_are_no_comparison(tmp_path):
    sides = []
    for name in ("ours", "plain"):
        page = Path(tmp_path, f"{name}.html")
        page.write_text(name)
        sides.append(Made(1.0, page, page, (), tmp_path))
    with pytest.raises(BenchmarkFailed, match=r"ours\.html and .*plain\.html differ"):
        insist_same(*sides)
    with pytest.raises(BenchmarkFailed, match="is missing or broken"):
        sides[0].insist()
