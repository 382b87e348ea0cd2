"""Moving the clocks of a server; see `shifted_clock/sitecustomize.py`."""

from pathlib import Path

CLOCKS = Path(__file__).with_name("shifted_clock")
"""The folder that a server has to find on its path."""


def move(clocks: Path, time_of_day: float, monotonic: float) -> None:
    """Let a server's clocks be so many seconds ahead; `clocks` is the file that it reads."""
    replacement = clocks.with_name("next")
    replacement.write_text(f"{time_of_day} {monotonic}")
    replacement.rename(clocks)
