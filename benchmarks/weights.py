"""How long each section of the Weights page takes to work out, for each of the lab's networks.

Twice each: the first time a network is asked, and again, as for every visitor after the first.

    python -m benchmarks.weights
"""

import os
from pathlib import Path
from time import perf_counter

from streamlit.testing.v1 import AppTest

from mnist_core.files.storage import bundled
from pages.ui.weights import session

PAGE = str(Path(__file__).parents[1] / "pages" / "weights.py")


def main() -> None:
    """Print a table in seconds."""
    os.environ.setdefault("STREAMLIT_LOGGER_LEVEL", "error")
    page = AppTest.from_file(PAGE, default_timeout=300).run()
    print(f"{'section':32}" + "".join(f"{name:>18}" for name in bundled()))
    for section in session.SECTIONS:
        times = [seconds(page, name, section) for name in bundled()]
        print(f"{section:32}" + "".join(f"{first:9.2f} {again:8.2f}" for first, again in times))


def seconds(page: AppTest, network: str, section: str) -> tuple[float, float]:
    """How long the page takes to show a section for a network, the first time and the second."""
    page.session_state[session.SECTION] = section
    page.session_state[session.MODEL] = f"lab:{network}"
    taken = []
    for _ in range(2):
        began = perf_counter()
        page.run()
        taken.append(perf_counter() - began)
        assert not page.exception, page.exception
    return taken[0], taken[1]


if __name__ == "__main__":
    main()
