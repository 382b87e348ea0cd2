"""The core works where nothing is installed but what `requirements-core.txt` names."""

import json
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]

BEYOND = {"mnist_core.search": "optuna", "mnist_core.maps.make": "sklearn"}
"""The search, which the page Train has, and a script; and the package beyond that each needs."""

ALONE = """
import importlib, json, sys
from importlib.abc import MetaPathFinder

missing, modules, commands = map(json.loads, sys.argv[1:])

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
failed = {}
for name in modules:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        failed[name] = error.name
from mnist_core.__main__ import main
codes = [main(command) for command in commands]
print(json.dumps([failed, codes]))
"""


def required() -> set[str]:
    """The distributions that the core's requirements name."""
    lines = (ROOT / "requirements-core.txt").read_text("utf-8")
    return set(re.findall(r"^[\w-]+", lines, re.MULTILINE))


def modules() -> list[str]:
    """Every module of the core."""
    files = [path.relative_to(ROOT) for path in (ROOT / "mnist_core").rglob("*.py")]
    return [".".join(file.with_suffix("").parts) for file in sorted(files)]


def test_the_core_needs_nothing_beyond_its_requirements(tmp_path: Path) -> None:
    installed = packages_distributions()
    allowed = {name for name, origins in installed.items() if required() & {*origins}}
    assert {"numpy", "PIL", "safetensors", "threadpoolctl", "tqdm"} <= allowed
    missing = installed.keys() - allowed - {"mnist_core"}
    assert {"streamlit", "plotly", "optuna", "psutil", "segno", "sklearn"} <= missing

    network, picture = str(tmp_path / "mine.safetensors"), str(tmp_path / "picture.png")
    Image.new("L", (28, 28)).save(picture)
    train = ["train", "--examples", "100", "--epochs", "1", "--json", "--out", network]
    commands = [train, ["predict", network, picture, "--json"]]
    told = map(json.dumps, (sorted(missing), modules(), commands))
    done = subprocess.run(
        [sys.executable, "-c", ALONE, *told],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *printed, last = done.stdout.splitlines()
    assert json.loads(last) == [
        {
            name: beyond
            for name in modules()
            for of, beyond in BEYOND.items()
            if name.startswith(of)
        },
        [0, 0],
    ]
    assert json.loads(printed[-1])["why"] == "no ink"
