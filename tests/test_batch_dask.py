"""Batches on Dask workers: a real scheduler and two real workers, on this machine only."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_runs import (
    Heard,
    Killer,
    act,
    gone,
    here_too,
    marked,
    noted,
    parent,
    small_project,
    statuses,
    tasks,
    times_made,
)

from pp39.batch import conduct, engine, exit_code, settle
from pp39.batch.engines import cluster_engine, dask_engine
from pp39.errors import InputError, ParameterError

QUARTERS = ("I", "II", "III", "IV")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", here_too())
    return small_project(tmp_path / "proyek")


@pytest.fixture
def scheduler(project: Path, tmp_path: Path) -> Iterator[str]:
    """Give the address of a scheduler with two workers, each a process under a nanny."""
    folder = tmp_path / "dask"
    folder.mkdir()
    where = folder / "scheduler.json"
    home = {**os.environ, "PP39_UJI": str(project), "DASK_LOGGING__DISTRIBUTED": "error"}
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(where)]
    commands = (
        ["scheduler", *common, "--port", "0"],
        *(
            ["worker", *common, "--nthreads", "1", "--memory-limit", "0", "--name", f"w{number}"]
            for number in range(2)
        ),
    )
    with contextlib.ExitStack() as stack:
        for words in commands:
            with (folder / f"{words[0]}.log").open("a") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "dask", *words],
                    cwd=folder,
                    env=home,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            stack.callback(end, process)
        until = time.monotonic() + 60
        while not where.exists() or '"address"' not in where.read_text():
            assert time.monotonic() < until, (folder / "scheduler.log").read_text()
            time.sleep(0.1)
        yield next(
            word for word in where.read_text().split('"') if word.startswith("tcp://127.0.0.1:")
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all of its group."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def await_workers(width, count: int) -> None:
    until = time.monotonic() + 60
    while width() < count:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_killed_worker_loses_nothing_and_nothing_is_made_twice(
    project: Path, scheduler: str
) -> None:
    some = tasks(project, *QUARTERS, "IV/nps-unik", "III/nps-unik")
    killer = Killer(project, "II", parent)
    with cluster_engine(scheduler) as chosen:
        await_workers(chosen.width, 2)
        outcomes = conduct(some, chosen, killer, settle)
        assert len(killer.killed) == 1
        assert statuses(outcomes) == {
            **{f"{one}/dasar": "made" for one in QUARTERS},
            "IV/nps-unik": "made",
            "III/nps-unik": "made",
        }
        assert times_made(project) == dict.fromkeys(statuses(outcomes), 1)
        begun = [run for run, _ in noted(project, "mulai.txt")]
        assert begun.count("II/dasar") == 2
        assert len(begun) == len(some) + 1
        # What has been made is up to date, whoever looks.
        again = conduct(some, chosen, Heard(), settle)
        assert set(statuses(again).values()) == {"current"}
        # Each worker forks from one preloaded process; the killed one had another.
        houses = {pid for _, pid in noted(project, "mulai.txt")}
        assert len(houses) <= 3
        # Failures come back as outcomes, and the worker goes on.
        act(project, "I", "salah")
        changed = tasks(project, "I", "II", overrides=("nps.promoter_min=8",))
        lost = conduct(changed, chosen, Heard(), settle)
        assert statuses(lost) == {
            "I/dasar+nps-promoter_min-8": "failed",
            "II/dasar+nps-promoter_min-8": "made",
        }
        assert exit_code(lost) == 3
    for one in some:
        assert (one.address.folders(project).report / "laporan.html").is_file()


def test_local_dask_workers(project: Path) -> None:
    before = set(marked(f"PYTHONPATH={here_too()}"))
    with dask_engine(2) as chosen:
        assert chosen.width() == 2
        outcomes = conduct(tasks(project, *QUARTERS), chosen, Heard(), settle)
    assert set(statuses(outcomes).values()) == {"made"}
    assert times_made(project) == {f"{one}/dasar": 1 for one in QUARTERS}
    houses = {pid for _, pid in noted(project, "selesai.txt")}
    assert 1 <= len(houses) <= 2
    assert all(gone(pid) for pid in houses)
    assert set(marked(f"PYTHONPATH={here_too()}")) <= before


def test_an_interrupted_batch_on_local_workers_leaves_nothing_running(project: Path) -> None:
    class Interrupting(Heard):
        def changed(self, state: object) -> None:
            if noted(project, "mulai.txt"):
                raise KeyboardInterrupt

    act(project, "I", "tunggu")
    with pytest.raises(KeyboardInterrupt), dask_engine(1) as chosen:
        conduct(tasks(project, "I", "II"), chosen, Interrupting(), settle)
    ((run, house),) = noted(project, "mulai.txt")
    assert run == "I/dasar"
    assert gone(house)
    assert times_made(project) == {}


def test_nobody_answers() -> None:
    with (
        pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        cluster_engine("tcp://127.0.0.1:9"),
    ):
        pytest.fail("it was opened")


@pytest.mark.parametrize("address", ["127.0.0.1:x", "udp://127.0.0.1:9"])
def test_an_address_that_is_none(address: str) -> None:
    with (
        pytest.raises(ParameterError, match="is no address of a Dask scheduler"),
        cluster_engine(address),
    ):
        pytest.fail("it was opened")


def test_the_extra_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ParameterError, match=r"pip install 'pp39\[cluster\]'"),
        engine(4, dask_local=2),
    ):
        pytest.fail("it was opened")
