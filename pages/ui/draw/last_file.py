"""The last picture file, or photograph of the camera, and what came of it."""

from dataclasses import dataclass

from pages.ui.charts.images import Tiles


@dataclass(frozen=True, eq=False)
class LastFile:
    """A file that the visitor chose with the control `widget`.

    It is the one on the paper, or the one refused, while the paper has the revision `revision`.
    """

    widget: str
    revision: int
    photograph: Tiles | None = None
    """The picture in it, small and in colour."""

    complaint: str = ""
    """Why it could not be read; empty where it was."""
