"""Measures the time of each section of Explore: the first time on a server, and again.

The page is run as a visitor opens it, without a browser. The first time includes the analyses that
are computed once for a data set and shared by all visitors afterwards.

    python -m benchmarks.explore
"""

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.ui.explore import session
from pages.ui.explore.oddities import DOUBTFUL, NEAR, TWICE, USUAL

PAGE = Path(__file__).parents[1] / "pages" / "explore.py"
AGAIN = 5
PATIENCE = 300.0


def main() -> None:
    """Print the seconds of every section."""
    page = AppTest.from_file(str(PAGE), default_timeout=PATIENCE)
    print(f"{'section':<60} first s  again s (median of {AGAIN})")
    report("opening the page", page)
    for section in session.SECTIONS:
        page.segmented_control(key=session.Key.SECTION).set_value(section)
        if section != session.ODD_SECTION:
            report(section, page)
            continue
        for oddity in (NEAR, USUAL, DOUBTFUL, TWICE):
            page.session_state[session.Key.ODDITY] = oddity
            report(f"{section}: {oddity}", page)


def report(name: str, page: AppTest) -> None:
    """Time a page as it is set up."""
    first = seconds(page)
    again = statistics.median(seconds(page) for _ in range(AGAIN))
    print(f"{name:<60} {first:7.2f}  {again:7.2f}", flush=True)


def seconds(page: AppTest) -> float:
    """Measure the seconds of a run of the page.

    Raises:
        SystemExit: the page raised an exception or shows an error.
    """
    began = time.perf_counter()
    page.run()
    elapsed = time.perf_counter() - began
    if page.exception or page.error:
        raise SystemExit("The page broke off.")
    return elapsed


if __name__ == "__main__":
    main()
