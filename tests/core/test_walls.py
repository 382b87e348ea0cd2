"""The core stands alone: neither Streamlit nor Plotly comes in with any of its modules."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMPORT_ALL = """
import importlib, json, pkgutil, sys
import mnist_core
names = [part.name for part in pkgutil.walk_packages(mnist_core.__path__, "mnist_core.")]
for name in names:
    importlib.import_module(name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
print(*names)
"""


def test_no_module_of_the_core_brings_the_pages_along():
    told = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    packages, names = told.splitlines()
    files = {path.stem for path in (ROOT / "mnist_core").glob("*.py")} - {"__init__"}
    assert files <= {name.rpartition(".")[2] for name in names.split()}
    assert '"numpy"' in packages
    assert '"streamlit"' not in packages
    assert '"plotly"' not in packages
    assert '"pages"' not in packages
