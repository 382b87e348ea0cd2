"""What the server does when it starts, before any visitor comes."""

import json
import subprocess
import sys

from tests.pages.conftest import ROOT

START = "import app, json, threadpoolctl; print(json.dumps(threadpoolctl.threadpool_info()))"


def test_matrix_products_take_one_core_from_the_start() -> None:
    command = [sys.executable, "-c", START]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    libraries = [one for one in json.loads(printed) if one["user_api"] == "blas"]
    assert libraries
    assert all(library["num_threads"] == 1 for library in libraries)
