"""How long each section of the Mistakes page takes, the first time and again: see `sections`.

python -m benchmarks.mistakes
"""

from benchmarks.sections import report
from pages.ui.mistakes import session

if __name__ == "__main__":
    report("mistakes", session.SECTIONS, session.Key.SECTION, session.Key.MODEL)
