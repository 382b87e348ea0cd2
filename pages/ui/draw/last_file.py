"""The last picture file, or photograph of the camera, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LastFile:
    """A file that the visitor chose with the control `widget`.

    It is the one on the paper, or the one refused, while the paper has the revision `revision`.
    """

    widget: str
    revision: int
    complaint: str = ""
    """Why it could not be read; empty where it was."""
