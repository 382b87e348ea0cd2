"""The picture files that the visitor chose last, or a photograph of the camera, and their content.

They are read one at a time: an action of the visitor interrupts the reading between two files, and
the next run of the script continues it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mnist_core.arrays import Pixels
from mnist_core.drawing.picture_files import read_image, read_thumbnail
from mnist_core.drawing.reading import Prediction
from mnist_core.errors import LabError
from mnist_core.nn.network import Network
from pages.ui.charts.images import Tiles
from pages.ui.visit.paper import Paper

MOST = 30
"""Most files that are read: as many as a class has pupils."""

THUMBNAIL = 160
"""The longer side, in pixels, of the original picture on the page."""


@dataclass(eq=False)
class PictureFile:
    """The content of a file: a drawing, or a complaint instead."""

    name: str
    drawing: Pixels | None = None
    """The grey image, bright ink on black; None if the file could not be read."""

    photograph: Tiles | None = None
    """The picture in the file, small and in colour."""

    complaint: str = ""
    """The reason that it could not be read; empty if it was."""

    readings: WeakKeyDictionary[Network, tuple[tuple[Prediction, ...], ...]] = field(
        default_factory=WeakKeyDictionary
    )
    """The predictions of networks by lines of writing."""


@dataclass(eq=False)
class ChosenFiles:
    """The files that the visitor chose with the control `widget`, by Streamlit's identities."""

    widget: str
    waiting: list[UploadedFile]
    """The files that have not been read yet."""

    files: dict[str, PictureFile] = field(default_factory=dict)
    """The files that have been read, in the order in which they were chosen."""

    on_paper: str = ""
    """The identity of the file on the paper, or of a refused one that was to be there."""

    revision: int = -1
    """The revision of the paper with that file on it."""

    def choose(self, uploads: Sequence[UploadedFile]) -> None:
        """Replace the choice of files: forget the removed ones, and queue the new ones."""
        chosen = {upload.file_id for upload in uploads}
        self.files = {key: file for key, file in self.files.items() if key in chosen}
        self.waiting = [upload for upload in uploads if upload.file_id not in self.files]

    def read_next(self) -> str:
        """Read the first waiting file, and return its identity."""
        upload, *self.waiting = self.waiting
        file = _read(upload) if len(self.files) < MOST else _one_too_many(upload)
        self.files[upload.file_id] = file
        return upload.file_id

    @property
    def shown(self) -> PictureFile | None:
        """The file on the paper, or a refused one that was to be there."""
        return self.files.get(self.on_paper)

    def show(self, key: str, paper: Paper) -> None:
        """Lay a file's picture over the paper; if it has none, remove the picture there."""
        drawing, self.on_paper = self.files[key].drawing, key
        if drawing is None:
            paper.lift()
        else:
            paper.lay(drawing)
        self.revision = paper.revision

    def turn(self, paper: Paper) -> None:
        """Rotate the picture on the paper by 90 degrees clockwise."""
        file = self.files[self.on_paper]
        self.files[self.on_paper] = PictureFile(
            file.name, _turned(file.drawing), _turned(file.photograph)
        )
        self.show(self.on_paper, paper)


def _turned(picture: Tiles | None) -> Tiles | None:
    return None if picture is None else np.rot90(picture, -1)


def _read(upload: UploadedFile) -> PictureFile:
    content = upload.getvalue()
    try:
        drawing = read_image(content, upload.name)
        return PictureFile(upload.name, drawing, read_thumbnail(content, THUMBNAIL))
    except LabError as error:
        return PictureFile(upload.name, complaint=str(error))


def _one_too_many(upload: UploadedFile) -> PictureFile:
    complaint = f"{upload.name} is left out: remove some of the first {MOST}, and choose it again."
    return PictureFile(upload.name, complaint=complaint)
