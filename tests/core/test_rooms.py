"""The core never draws: whoever imports all of it has neither Streamlit nor Plotly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import mnist_core

PACKAGE = Path(mnist_core.__file__).parent
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if path.stem != "__init__"
)

IMPORT_AND_TELL = """
import importlib, json, sys, threading
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps([sorted(name.split(".")[0] for name in sys.modules), threading.active_count()]))
"""


def imported_by(*modules: str) -> tuple[set[str], int]:
    """The top-level packages in `sys.modules` of a fresh interpreter, and its threads."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_AND_TELL, *modules],
        capture_output=True,
        text=True,
        cwd=PACKAGE.parent,
        timeout=120,
        check=True,
    )
    assert done.stderr == "", "importing prints nothing"
    (line,) = done.stdout.splitlines()
    packages, threads = json.loads(line)
    return set(packages), threads


def test_every_module_is_there() -> None:
    assert {"mnist_core.nn.network", "mnist_core.training.loop", "mnist_core.__main__"} <= set(
        MODULES
    )


def test_the_whole_core_imports_neither_streamlit_nor_plotly() -> None:
    packages, threads = imported_by(*MODULES)
    assert "mnist_core" in packages
    assert not packages & {"streamlit", "plotly", "pages"}
    assert threads == 1, "importing starts nothing"


@pytest.mark.parametrize("room", ["nn", "training"])
def test_the_numbers_need_numpy_alone(room: str) -> None:
    """Pillow and safetensors are for the edges: drawings and files."""
    packages, _ = imported_by(f"mnist_core.{room}")
    assert "numpy" in packages
    assert not packages & {"PIL", "safetensors", "pandas", "scipy", "sklearn"}
