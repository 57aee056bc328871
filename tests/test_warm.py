"""The warm engine against the standard kernel, on notebooks that each show one behaviour."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from pp39.errors import Pp39Error
from pp39.run.wanted import Wanted
from pp39.run.warm.engine import WarmEngine
from pp39.run.warm.house import House

papermill_engines.register("pp39", WarmEngine)

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "notebooks" / "warm"
ENVIRONMENT = {
    **os.environ,
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
PRELOAD = ["pp39.run.warm.shell:ready", "pandas", "matplotlib.pyplot"]


@pytest.fixture(scope="module")
def house():
    with House(PRELOAD, ENVIRONMENT) as opened:
        yield opened


def run(notebook, folder, **how):
    output = folder / "out.ipynb"
    try:
        papermill.execute_notebook(notebook, output, progress_bar=False, cwd=folder, **how)
    except PapermillExecutionError as error:
        return nbformat.read(output, 4), (error.ename, error.evalue, error.exec_count)
    return nbformat.read(output, 4), None


def shown(notebook):
    """Everything a reader sees; the temporary file names in a warning hold a process number."""
    text = [
        (cell.source, cell.get("execution_count"), list(coalesced(cell.get("outputs", []))))
        for cell in notebook.cells
    ]
    return re.sub(r"ipykernel_[0-9]+", "ipykernel_N", repr(text))


def coalesced(outputs):
    """A kernel may cut one stream in two, depending on when it happens to flush."""
    last = None
    for output in outputs:
        same = last is not None and last.output_type == output.output_type == "stream"
        if same and last.name == output.name:
            last.text += output.text
        else:
            if last is not None:
                yield last
            last = output
    if last is not None:
        yield last


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.ipynb")))
def test_a_fork_shows_what_a_kernel_shows(name, house, tmp_path, monkeypatch):
    # A kernel that finds this variable leaves what child processes write to the terminal.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    notebook = FIXTURES / f"{name}.ipynb"
    warm, warm_error = run(notebook, tmp_path, engine_name="pp39", house=house)
    plain, plain_error = run(notebook, tmp_path)
    if name == "no_input":
        # The frames behind the cell are the library's own and cannot be the same.
        for cell in (*warm.cells, *plain.cells):
            for output in cell.get("outputs", []):
                output.pop("traceback", None)
    assert shown(warm) == shown(plain)
    assert warm_error == plain_error


def cells(tmp_path, *sources):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "x", "language": "python"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    return tmp_path / "in.ipynb"


def test_no_notebook_sees_anothers_state(house, tmp_path):
    first = cells(tmp_path, "import builtins\nbuiltins.rahasia = 1\nx = 1")
    assert run(first, tmp_path, engine_name="pp39", house=house)[1] is None
    second = cells(tmp_path, "'rahasia' in dir(__builtins__), 'x' in globals()")
    notebook, _ = run(second, tmp_path, engine_name="pp39", house=house)
    assert notebook.cells[0].outputs[0].data["text/plain"] == "(False, False)"


def test_folder_and_environment_are_the_notebooks_own(house, tmp_path):
    notebook = cells(tmp_path, "import os\nprint(os.getcwd(), os.environ['PP39_UJI'])")
    environment = {"PP39_UJI": "ya"}
    result, _ = run(notebook, tmp_path, engine_name="pp39", house=house, environment=environment)
    assert result.cells[0].outputs[0].text == f"{tmp_path} ya\n"


def test_an_environment_may_be_of_any_length(house, tmp_path):
    secret = "k\udcff\n" * 100_000
    with house.fork(tmp_path, {"PP39_KUNCI": secret}) as fork:
        told = list(fork.run("import os; print(len(os.environ['PP39_KUNCI']))", 30))
    shown = "".join(one["content"]["text"] for one in told if one["type"] == "stream")
    assert shown == "300000\n"


def test_a_dead_process_is_noticed(house, tmp_path):
    notebook = cells(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(DeadKernelError, match="died"):
        run(notebook, tmp_path, engine_name="pp39", house=house)


def test_a_hung_process_is_noticed_and_ended(house, tmp_path):
    mark = tmp_path / "pid"
    notebook = cells(
        tmp_path,
        f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)",
    )
    with pytest.raises(CellTimeoutError):
        run(notebook, tmp_path, engine_name="pp39", house=house, execution_timeout=1.5)
    assert gone(int(mark.read_text()))


def test_what_a_notebook_started_ends_with_it(house, tmp_path):
    mark = tmp_path / "pid"
    source = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(mark)!r}, 'w').write(str(child.pid))"
    )
    assert run(cells(tmp_path, source), tmp_path, engine_name="pp39", house=house)[1] is None
    assert gone(int(mark.read_text()))


def test_nothing_is_left_when_the_command_is_killed(tmp_path):
    script = f"""
import sys, time
from pathlib import Path
from pp39.run.warm.house import House
import os
house = House([], os.environ)
with house.fork(Path({str(tmp_path)!r}), {{}}) as fork:
    print(house._process.pid, fork.pid, flush=True)
    for message in fork.run("import time; time.sleep(600)", None):
        pass
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as command:
        pids = [int(pid) for pid in command.stdout.readline().split()]
        assert not any(gone(pid, wait=0) for pid in pids)
        command.send_signal(signal.SIGKILL)
    assert all(gone(pid) for pid in pids)


def test_a_module_that_cannot_be_imported_is_told(tmp_path):
    told = pytest.raises(Pp39Error, match="No module named 'tidak_ada_modul'")
    absent = "tidak_ada_modul"
    with House([absent], ENVIRONMENT) as broken, told, broken.fork(tmp_path, {}, [absent]):
        pytest.fail("the fork was opened")


def test_a_house_may_begin_where_another_is(house, tmp_path):
    source = "import os, sys\nprint('colorsys' in sys.modules, 'pandas' in sys.modules)"
    with House([*PRELOAD, "colorsys"], ENVIRONMENT, house) as other:
        assert other.alive
        with other.fork(tmp_path, {}, ["colorsys"]) as fork:
            told = [one["content"]["text"] for one in fork.run(source, 60) if "content" in one]
        assert "".join(told) == "True True\n"
        with house.fork(tmp_path, {}) as fork:
            told = [one["content"]["text"] for one in fork.run(source, 60) if "content" in one]
        assert "".join(told) == "False True\n"
    assert house.alive


def test_the_shell_is_made_before_the_forks(house, tmp_path):
    source = "from pp39.run.warm import shell\nprint(shell.ready.cache_info().hits)"
    with House(PRELOAD, ENVIRONMENT, house) as other:
        for one in (house, other):
            with one.fork(tmp_path, {}, PRELOAD) as fork:
                told = [one["content"]["text"] for one in fork.run(source, 60) if "content" in one]
            # Called for by the other house once more, and by the fork.
            assert "".join(told) == f"{1 + (one is other)}\n"


def test_forks_read_no_parameters_that_the_command_has_read(house):
    given = ("data.dahulukan=rekap", "indikator.IKK-6.1.2.desimal=1")
    settings = Wanted("report", "bspji-ambon", 2025, "IV", overrides=given).workspace().settings
    source = f"""
from pathlib import Path
from pp39.periods import Period
from pp39.run import overriding
asked = Path({str(ROOT)!r}), "bspji-ambon", 2025, Period.parse("IV"), "dasar"
known = [*overriding._KNOWN.values()]
found = overriding.settled(*asked, overrides={settings.overrides!r})
print(len(known), found is known[0], found == overriding._settled((*asked, found.overrides)))
"""
    for read, told in ((settings, "1 True True\n"), (None, "1 True True\n")):
        with house.fork(ROOT, {}, settings=read) as fork:
            said = [one["content"]["text"] for one in fork.run(source, 60) if "content" in one]
        assert "".join(said) == told


def test_a_house_ends_with_the_one_it_began_in(tmp_path):
    base = House([], ENVIRONMENT)
    other = House(["tidak_ada_modul"], ENVIRONMENT, base)
    told = pytest.raises(Pp39Error, match="No module named 'tidak_ada_modul'")
    with told, other.fork(tmp_path, {}, ["tidak_ada_modul"]):
        pytest.fail("the fork was opened")
    assert not other.alive
    other.close()
    other = House([], ENVIRONMENT, base)
    with other.fork(tmp_path, {}):
        base.close()
        assert not other.alive
    other.close()


def test_closing_ends_the_preloaded_process():
    house = House([], ENVIRONMENT)
    house.close()
    assert gone(house._process.pid)


def gone(pid, wait=10.0):
    """Whether a process ends within some seconds; a zombie has ended."""
    until = time.monotonic() + wait
    while True:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
