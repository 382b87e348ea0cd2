"""The picture files that the visitor chose last, or a photograph of the camera, and what they hold.

They are read one after the other, each in a moment of its own: whatever the visitor does meanwhile
interrupts that, and it goes on from there.
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
"""Files that are read at once: as many as a class has pupils."""

THUMBNAIL = 160
"""Pixels along the longer side of a file's picture beside what was made of it."""


@dataclass(eq=False)
class PictureFile:
    """Content of a file: a drawing, or why there is none."""

    name: str
    drawing: Pixels | None = None
    """Bright ink on black."""

    photograph: Tiles | None = None
    """The picture in it, small and in colour."""

    complaint: str = ""
    """Why it could not be read; empty where it was."""

    readings: WeakKeyDictionary[Network, tuple[tuple[Prediction, ...], ...]] = field(
        default_factory=WeakKeyDictionary
    )
    """Answers of networks, line of writing by line."""


@dataclass(eq=False)
class ChosenFiles:
    """Files that the visitor chose with the control `widget`, by Streamlit's identities of them."""

    widget: str
    waiting: list[UploadedFile]
    """Those that have not been read yet."""

    files: dict[str, PictureFile] = field(default_factory=dict)
    """The others, in the order in which they were chosen."""

    on_paper: str = ""
    """The identity of the one that lies on the paper, or was refused instead."""

    revision: int = -1
    """Of the paper, while it does."""

    def choose(self, uploads: Sequence[UploadedFile]) -> None:
        """Take the files that are chosen now: forget those that are gone, let the new ones wait."""
        there_are = {upload.file_id for upload in uploads}
        self.files = {key: file for key, file in self.files.items() if key in there_are}
        self.waiting = [upload for upload in uploads if upload.file_id not in self.files]

    def read_next(self) -> str:
        """Read the first file that waits, and return its identity."""
        upload, *self.waiting = self.waiting
        found = _read(upload) if len(self.files) < MOST else _one_too_many(upload)
        self.files[upload.file_id] = found
        return upload.file_id

    @property
    def shown(self) -> PictureFile | None:
        """The file that lies on the paper, or was refused instead."""
        return self.files.get(self.on_paper)

    def show(self, key: str, paper: Paper) -> None:
        """Lay a file's picture on the paper; where it has none, lift what lies there."""
        drawing, self.on_paper = self.files[key].drawing, key
        if drawing is None:
            paper.lift()
        else:
            paper.lay(drawing)
        self.revision = paper.revision

    def turn(self, paper: Paper) -> None:
        """Turn the picture on the paper by a quarter, clockwise."""
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
