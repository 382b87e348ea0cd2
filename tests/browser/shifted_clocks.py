"""Moving the clocks of a server; see `shifted_clock/sitecustomize.py`."""

from pathlib import Path

CLOCKS = Path(__file__).with_name("shifted_clock")
"""The folder that a server has to find on its path."""


class Clocks:
    """The clocks of a server: the time of day, and the one that only ever goes forward.

    Args:
        file: where the server reads how many seconds each of them is ahead; written at once.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._time_of_day = self._monotonic = 0.0
        self._write()

    def forward(self, seconds: float) -> None:
        """Set both clocks forward."""
        self._time_of_day += seconds
        self._monotonic += seconds
        self._write()

    def set_time_of_day_back(self, seconds: float) -> None:
        """Set the time of day back."""
        self._time_of_day -= seconds
        self._write()

    def environment(self) -> dict[str, str]:
        """The variables of a server that has these clocks."""
        return {"LAB_TEST_CLOCKS": str(self._file), "PYTHONPATH": str(CLOCKS)}

    def _write(self) -> None:
        replacement = self._file.with_name("next")
        replacement.write_text(f"{self._time_of_day} {self._monotonic}")
        replacement.rename(self._file)
