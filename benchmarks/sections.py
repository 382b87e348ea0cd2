"""Measures the time of each section of a page, for each of the lab's networks.

Each is run twice: first without cached analyses, then again, as for every visitor after the first.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from streamlit.testing.v1 import AppTest

from mnist_core.files.storage import bundled
from pages.ui.visit.models import lab_key

PAGES = Path(__file__).parents[1] / "pages"


def report(name: str, sections: Sequence[str], section_key: str, model_key: str) -> None:
    """Print a table in seconds.

    Args:
        name: the name of the page.
        sections: the options of its section control.
        section_key: the key of that control.
        model_key: the key of the control for the network.
    """
    os.environ.setdefault("STREAMLIT_LOGGER_LEVEL", "error")
    page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=300).run()
    print(f"{'section':32}" + "".join(f"{network:>18}" for network in bundled()))
    for section in sections:
        page.session_state[section_key] = section
        times = []
        for network in bundled():
            page.session_state[model_key] = lab_key(network)
            times.append((seconds(page), seconds(page)))
        print(f"{section:32}" + "".join(f"{first:9.2f} {again:8.2f}" for first, again in times))


def seconds(page: AppTest) -> float:
    """Measure the seconds of a run of the page.

    Raises:
        SystemExit: the page raised an exception.
    """
    began = perf_counter()
    page.run()
    elapsed = perf_counter() - began
    if page.exception:
        raise SystemExit("The page broke off.")
    return elapsed
