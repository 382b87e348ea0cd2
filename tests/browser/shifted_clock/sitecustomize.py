"""Lets a test move the clocks of a server: Python imports this before anything else.

The file that `LAB_TEST_CLOCKS` names holds two numbers: the seconds by which the time of day, and
the clock that only ever goes forward, are ahead.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

AHEAD = Path(os.environ["LAB_TEST_CLOCKS"])


def _moved(clock: Callable[[], float], place: int) -> Callable[[], float]:
    return lambda: clock() + float(AHEAD.read_text().split()[place])


time.time = _moved(time.time, 0)
time.monotonic = _moved(time.monotonic, 1)
