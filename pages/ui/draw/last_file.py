"""The last picture file, or photograph of the camera, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LastFile:
    """A file that the visitor chose with the control `widget`.

    It is of interest while the paper's revision is the one that it led to.
    """

    widget: str
    revision: int
    complaint: str = ""
    """Why it could not be read; empty where it was."""
