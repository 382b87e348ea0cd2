"""Measures the time of each section of the Weights page, twice: see `sections`.

python -m benchmarks.weights
"""

from benchmarks.sections import report
from pages.ui.weights import session

if __name__ == "__main__":
    report("weights", session.SECTIONS, session.Key.SECTION, session.Key.MODEL)
