"""A helping PC joins by one command, and is refused by a sentence where its versions do not fit."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from mnist_core.__main__ import main
from mnist_core.cluster import Cluster
from mnist_core.cluster.connection import METADATA
from mnist_core.cluster.versions import misfit, own_versions
from mnist_core.commands.exit_codes import BAD_INPUT, INTERRUPTED
from mnist_core.jobs.scheduler import Scheduler
from tests.core.cluster.machines import ROOT, Machines

distributed = pytest.importorskip(
    "distributed", reason="the packages for a cluster are not installed"
)
pytestmark = pytest.mark.filterwarnings("default")  # Dask's own

PATIENCE = 120
"""Seconds: processes that import Dask begin slowly on a busy machine."""


def ask_to_help(address: str) -> int:
    """The exit code of the command, in a thread: another test's loop may run in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(main, ["worker", address]).result()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl+C reach what a test starts, also where tests run in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    """A scheduler without workers."""
    with Machines() as machines:
        yield machines


@pytest.mark.parametrize(
    ("name", "told"), [("python", "Python"), ("numpy", "NumPy"), ("lab", "MNIST Lab")]
)
def test_the_version_that_differs_is_named_with_the_one_to_install(name: str, told: str) -> None:
    ours = own_versions()
    assert misfit(ours, ours) is None
    sentence = misfit(replace(ours, **{name: "0.0.9"}), ours)
    assert sentence is not None
    assert f"install {told} 0.0.9 here" in sentence
    assert getattr(ours, name) in sentence


def test_a_pc_with_other_versions_than_the_lab_is_refused_at_once(
    machines: Machines, capsys: pytest.CaptureFixture[str]
) -> None:
    with distributed.Client(machines.address, timeout=f"{PATIENCE}s") as client:
        client.set_metadata(METADATA, asdict(replace(own_versions(), numpy="1.0.0")))
    assert ask_to_help(machines.address) == BAD_INPUT
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("python -m mnist_core worker: The lab has NumPy 1.0.0")


def test_where_no_scheduler_answers_the_address_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask_to_help("tcp://127.0.0.1:9") == BAD_INPUT
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_a_worker_that_came_before_the_lab_and_does_not_fit_is_not_used(
    machines: Machines, tmp_path: Path
) -> None:
    older = tmp_path / "older.py"
    older.write_text("import mnist_core\nmnist_core.VERSION = '0.0.9'\n", "utf-8")
    terminal = tmp_path / "terminal"
    with terminal.open("wb") as errors:
        machines.have(1, "--preload", str(older), errors=errors)
    slots = Scheduler(3)
    cluster = Cluster(machines.address, slots)
    end = time.monotonic() + PATIENCE
    while "This computer cannot help. The lab has MNIST Lab" not in terminal.read_text("utf-8"):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert (cluster.threads, slots.capacity) == (0, 3)
    assert cluster.open_placement() is None
    cluster.close()
    machines.kill_workers()


def wait_until(what: Callable[[], object], helper: subprocess.Popen[bytes] | None = None) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert helper is None or helper.poll() is None
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.usefixtures("interruptible")
def test_one_command_lends_a_pc_also_to_a_scheduler_started_anew_until_it_is_interrupted(
    machines: Machines,
) -> None:
    cluster = Cluster(machines.address, Scheduler(1))
    command = [sys.executable, "-m", "mnist_core", "worker", machines.address, "--processes", "1"]
    wait_until(lambda: cluster.is_reached)  # the lab tells its versions before
    helper = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_until(lambda: cluster.threads, helper)
        machines.scheduler.kill()
        machines.scheduler.wait()
        wait_until(lambda: not cluster.threads, helper)
        machines.start_scheduler()
        wait_until(lambda: cluster.threads, helper)
    finally:
        helper.send_signal(signal.SIGINT)
    try:
        assert helper.wait(PATIENCE) == INTERRUPTED
    finally:
        helper.kill()
        cluster.close()
