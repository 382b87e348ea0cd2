"""What the server does when it starts, before any visitor comes."""

import json
import subprocess
import sys
from multiprocessing.spawn import get_preparation_data

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import faults
from tests.pages.conftest import ROOT

START = "import app, json, threadpoolctl; print(json.dumps(threadpoolctl.threadpool_info()))"


def test_matrix_products_take_one_core_from_the_start() -> None:
    command = [sys.executable, "-c", START]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    libraries = [one for one in json.loads(printed) if one["user_api"] == "blas"]
    assert libraries
    assert all(library["num_threads"] == 1 for library in libraries)


def test_a_process_that_the_lab_begins_does_not_run_the_lab_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python would: it takes the script of the last visitor for the program that it is in."""
    prepared: list[dict[str, str]] = []
    monkeypatch.setattr(faults, "run", lambda _: prepared.append(get_preparation_data("process")))
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not page.exception
    assert "init_main_from_path" not in prepared[0]
    assert prepared[0]["init_main_from_name"].endswith(".__main__"), "which Python does not run"
