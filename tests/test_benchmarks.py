"""Each measurement still finds in the lab what it measures."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_measurement_can_be_imported() -> None:
    """What only a measurement needs (PyTorch, scikit-learn) is imported where it is used."""
    modules = sorted(f"benchmarks.{path.stem}" for path in (ROOT / "benchmarks").glob("*.py"))
    assert len(modules) > 20
    command = [sys.executable, "-c", f"import {', '.join(modules)}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
