"""Work shared with forks: the same results and the same errors as without."""

import os
import subprocess
import sys

import pytest
from batch_runs import gone

from pp39.processes import map_forked, processors
from pp39.variables import PROCESSORS

_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="forks are used on Linux only")


def run(code: str, count: int, timeout: float = 60.0) -> subprocess.CompletedProcess[str]:
    """Run code where there are no threads, as there are in a test runner."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, PROCESSORS: str(count)},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.mark.parametrize("size", [0, 1, 2, 7])
@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_results_come_in_the_order_of_the_items(count, size):
    code = (
        "from pp39.processes import map_forked\n"
        f"print(map_forked(lambda one: one * one, range({size})))"
    )
    assert run(code, count).stdout.strip() == str([one * one for one in range(size)])


@_LINUX
@pytest.mark.parametrize(("count", "processes"), [(1, 1), (2, 2), (3, 3), (50, 4)])
def test_no_more_processes_work_than_there_are_processors(count, processes):
    code = (
        "import os; from pp39.processes import map_forked\n"
        "print(len(set(map_forked(lambda _: os.getpid(), range(20)))))"
    )
    assert run(code, count).stdout.strip() == str(processes)


def test_a_process_with_threads_does_all_itself():
    code = (
        "import os, threading; from pp39.processes import map_forked\n"
        "end = threading.Event(); thread = threading.Thread(target=end.wait); thread.start()\n"
        "print(set(map_forked(lambda _: os.getpid(), range(8))) == {os.getpid()})\n"
        "end.set(); thread.join()"
    )
    assert run(code, 4).stdout.strip() == "True"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_error_of_the_first_item_that_fails_is_raised(count):
    code = (
        "from pp39.errors import ParameterError; from pp39.processes import map_forked\n"
        "def do(one):\n"
        "    if one >= 3: raise ParameterError(f'item {one}')\n"
        "    return one\n"
        "try: map_forked(do, range(9))\n"
        "except ParameterError as error: print(error.exit_code, error.sentence)"
    )
    assert run(code, count).stdout.strip() == "2 item 3"


def test_an_error_is_raised_with_its_traceback():
    code = (
        "from pp39.processes import map_forked\n"
        "def do(one):\n"
        "    class Odd(Exception): pass\n"
        "    if one == 1: raise Odd('no way')\n"
        "map_forked(do, range(2))"
    )
    done = run(code, 2)
    assert done.returncode == 1
    assert ", in do\n" in done.stderr
    assert done.stderr.endswith("Odd: no way\n")
    assert done.stderr.count("Traceback") == 1


def test_what_a_dead_fork_left_undone_is_done():
    code = (
        "import os; from pp39.processes import map_forked\n"
        "me = os.getpid()\n"
        "def do(one):\n"
        "    if os.getpid() != me and one > 1: os._exit(9)\n"
        "    return one\n"
        "print(map_forked(do, range(5)))"
    )
    assert run(code, 2).stdout.strip() == "[0, 1, 2, 3, 4]"


@_LINUX
def test_no_fork_outlives_the_process_that_shares_its_work(tmp_path):
    pids = tmp_path / "pids"
    code = (
        "import os, signal, time; from pathlib import Path\n"
        "from pp39.processes import map_forked\n"
        "me = os.getpid()\n"
        "def do(one):\n"
        f"    path = Path({str(pids)!r})\n"
        "    if os.getpid() != me: path.write_text(str(os.getpid())); time.sleep(60)\n"
        "    while not path.is_file() or not path.read_text(): time.sleep(0.01)\n"
        "    os.kill(me, signal.SIGKILL)\n"
        "map_forked(do, range(2))"
    )
    assert run(code, 2).returncode == -9
    assert gone(int(pids.read_text()), wait=10.0)


def test_what_the_environment_says_of_processors_counts(monkeypatch):
    monkeypatch.setenv(PROCESSORS, "3")
    assert processors() == 3
    for nothing in ("", "0", "many"):
        monkeypatch.setenv(PROCESSORS, nothing)
        assert processors() >= 1
    monkeypatch.setenv(PROCESSORS, "1")
    assert map_forked(str, (1, 2)) == ["1", "2"]
