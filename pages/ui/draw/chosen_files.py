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
    """The content of a file: a drawing, or a complaint instead.

    Attributes:
        drawing: the grey image, bright ink on black; None if the file could not be read.
        photograph: the picture in the file, small and in colour.
        complaint: the reason that it could not be read; empty if it was.
        readings: the predictions of networks by lines of writing.
    """

    name: str
    drawing: Pixels | None = None
    photograph: Tiles | None = None
    complaint: str = ""
    readings: WeakKeyDictionary[Network, tuple[tuple[Prediction, ...], ...]] = field(
        default_factory=WeakKeyDictionary
    )


@dataclass(eq=False)
class ChosenFiles:
    """The files that the visitor chose with the control `widget`, by Streamlit's identities.

    Attributes:
        waiting: the files that have not been read yet.
        files: the files that have been read, in the order in which they were chosen.
        on_paper: the identity of the file on the paper, or of a refused one that was to be there.
        revision: the revision of the paper with that file on it.
    """

    widget: str
    waiting: list[UploadedFile] = field(default_factory=list)
    files: dict[str, PictureFile] = field(default_factory=dict)
    on_paper: str = ""
    revision: int = -1

    def choose(self, uploads: Sequence[UploadedFile]) -> None:
        """Replace the choice of files: forget the removed ones, and queue the new ones."""
        chosen = {upload.file_id for upload in uploads}
        self.files = {key: file for key, file in self.files.items() if key in chosen}
        self.waiting = [upload for upload in uploads if upload.file_id not in self.files]

    def read_next(self) -> str:
        """Read the first waiting file, and return its identity."""
        upload, *self.waiting = self.waiting
        self.files[upload.file_id] = _read(upload, len(self.files))
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
        drawing, photograph = (
            None if picture is None else np.rot90(picture, -1)
            for picture in (file.drawing, file.photograph)
        )
        self.files[self.on_paper] = PictureFile(file.name, drawing, photograph)
        self.show(self.on_paper, paper)


def _read(upload: UploadedFile, read_before: int) -> PictureFile:
    """Read a file, unless `MOST` have been read before it."""
    try:
        if read_before >= MOST:
            raise LabError(
                f"{upload.name} is left out: remove some of the first {MOST}, and choose it again."
            )
        content = upload.getvalue()
        drawing = read_image(content, upload.name)
        return PictureFile(upload.name, drawing, read_thumbnail(content, THUMBNAIL))
    except LabError as error:
        return PictureFile(upload.name, complaint=str(error))
