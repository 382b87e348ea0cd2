"""The lab as `pip install .` installs it: everything that it reads is there, and it works from any
folder without the checkout.

It is built of the files that git tracks, and installed beside the packages that the tests have.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.error import URLError

import numpy as np
import psutil
import pytest
from PIL import Image
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from mnist_core.commands.exit_codes import INTERRUPTED
from mnist_core.data import Data
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
OURS = ("LAB_", "MNIST_", "STREAMLIT_", "PYTHON")
"""How the variables begin that change what the lab does, or where Python looks for modules."""


@dataclass(frozen=True)
class Installed:
    """A virtual environment that the lab is installed in.

    Attributes:
        packages: its folder of packages.
        scripts: its folder of commands.
        folder: an empty folder to work in, which is the user's home too.
    """

    packages: Path
    scripts: Path
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {"HOME": str(self.folder), "USERPROFILE": str(self.folder)}

    def run(self, program: str, *arguments: str) -> str:
        """What a program of the environment prints, which ends well and complains of nothing."""
        done = subprocess.run(
            [self.scripts / program, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """The project's files, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("This is not a checkout by git, which alone knows the project's files.")
    paths = [Path(name) for name in listed.stdout.split("\0") if name]
    return [path for path in paths if (ROOT / path).exists()]


@pytest.fixture(scope="module")
def installed(tracked: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The lab, installed from a copy of its files without asking any server."""
    source, home, folder = map(tmp_path_factory.mktemp, ("source", "environment", "empty"))
    for path in tracked:
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, source / path)
    venv.create(home, symlinks=os.name != "nt")
    places = sysconfig.get_paths("venv", vars={"base": str(home), "platbase": str(home)})
    packages, scripts = Path(places["purelib"]), Path(places["scripts"])
    here = dict.fromkeys(map(folder_of, ("setuptools", "numpy")))
    (packages / "tests.pth").write_text("\n".join(here), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--no-compile"]
    subprocess.run([*pip, *offline, "--disable-pip-version-check", source], check=True, timeout=120)
    return Installed(packages, scripts, folder)


def folder_of(package: str) -> str:
    """The folder that a package lies in, among others that the tests use."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parents[1])


def files(folder: Path) -> dict[Path, bytes]:
    """The files in a folder and those below it; what Python compiled is left out."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path.relative_to(folder): path.read_bytes() for path in found}


def test_each_file_of_the_core_and_of_the_app_is_installed_and_nothing_else(
    installed: Installed, tracked: list[Path]
) -> None:
    core = {path for path in tracked if path.parts[0] == "mnist_core"}
    assert {path.suffix for path in core} > {".gz", ".json", ".npz", ".py", ".safetensors"}
    found = files(installed.packages / "mnist_core")
    assert found == {path.relative_to("mnist_core"): (ROOT / path).read_bytes() for path in core}
    assert Path("py.typed") in found

    app = {path for path in tracked if path.parts[0] in ("pages", ".streamlit")}
    app |= {Path("app.py"), Path("command.py")}
    assert {path.suffix for path in app} == {".css", ".js", ".py", ".svg", ".toml"}
    found = files(installed.packages / "mnist_lab")
    assert found == {path: (ROOT / path).read_bytes() for path in app}


def test_the_core_is_the_installed_one(installed: Installed) -> None:
    found = installed.run("python", "-c", "import mnist_core; print(mnist_core.__file__)")
    assert Path(found.strip()) == installed.packages / "mnist_core" / "__init__.py"


def test_it_trains_a_network_and_reads_a_picture_with_it(installed: Installed, data: Data) -> None:
    pictures = data.test.images[:10]
    for i, picture in enumerate(pictures):
        Image.fromarray(picture).save(installed.folder / f"{i}.png")
    told = installed.run(
        *("mnist-lab", "train", "--examples", "2000", "--epochs", "3", "--hidden", "32"),
        *("--json", "--out", "mine.safetensors"),
    )
    assert json.loads(told.splitlines()[-1])["test_accuracy"] > 0.8
    told = installed.run(
        "mnist-lab", "predict", "mine.safetensors", *(f"{i}.png" for i in range(10)), "--json"
    )
    guesses = [int(np.argmax(json.loads(line)["probabilities"])) for line in told.splitlines()]
    assert len(guesses) == 10
    assert (np.array(guesses) == data.test.labels[:10]).sum() >= 7


def answer(server: subprocess.Popen[str], address: str) -> str:
    """What a server answers, once it does."""
    for _ in range(600):
        assert server.poll() is None, server.communicate()[0]
        try:
            with urllib.request.urlopen(address) as response:
                return str(response.read(), "utf-8")
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"{address} did not answer within a minute.")


def first_page(address: str) -> Iterator[ForwardMsg]:
    """What the server sends to somebody who opens the lab, until the page is complete."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, origin=address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[arg-type,list-item]
        socket.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        for content in socket:
            message = ForwardMsg.FromString(content)  # type: ignore[arg-type]
            yield message
            if message.WhichOneof("type") == "script_finished":
                return


def family(group: int) -> list[psutil.Process]:
    """The processes of a group."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


@contextmanager
def serving(installed: Installed, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`mnist-lab` as the first process of a group, as a shell begins it; ended if need be."""
    server = subprocess.Popen(
        [installed.scripts / "mnist-lab", *arguments],
        cwd=installed.folder,
        env=installed.environment | {"LAB_STATUS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield server
    finally:
        for process in family(server.pid):
            process.kill()
        server.communicate(timeout=30)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes, nor their SIGINT.")
def test_it_serves_the_lab_with_its_own_settings_until_ctrl_c(installed: Installed) -> None:
    port = free_port()
    address = f"http://localhost:{port}"
    options = ("--port", str(port), "--browser.serverAddress", "localhost")
    with serving(installed, "serve", *options) as server:
        assert answer(server, f"{address}/_stcore/health") == "ok"
        assert json.loads(answer(server, f"{address}/status"))["runs_waiting"] == 0
        messages = {message.WhichOneof("type"): message for message in first_page(address)}
        settings: dict[str, Any] = tomllib.loads(
            (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
        )
        theme = messages["new_session"].new_session.custom_theme
        assert theme.light.primary_color == settings["theme"]["light"]["primaryColor"]
        assert messages["script_finished"].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        pages = {page.url_pathname for page in messages["navigation"].navigation.app_pages}
        assert {"draw", "train"} <= pages
        assert server.pid in {process.pid for process in family(server.pid)}
        os.killpg(server.pid, signal.SIGINT)
        told, _ = server.communicate(timeout=30)
        # 0 where it was begun without Ctrl+C, as by `nohup … &`: then only the server heeds it.
        assert server.returncode in {0, INTERRUPTED}
        assert family(server.pid) == []
    assert address in told, "the option was Streamlit's"
    assert "Traceback" not in told
    assert "Aborted" not in told
