"""Measures the time of each section of the Mistakes page, twice: see `sections`.

python -m benchmarks.mistakes
"""

from benchmarks.sections import report
from pages.ui.mistakes import session

if __name__ == "__main__":
    report("mistakes", session.SECTIONS, session.Key.SECTION, session.Key.MODEL)
