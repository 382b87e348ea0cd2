"""The networks that read a drawing, their threshold for "I don't know", and their readings."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.drawing.normalisation import FRAME
from mnist_core.drawing.reading import KNOWN, Prediction, ReadDigit, in_lines, read_number
from mnist_core.drawing.segmentation import picture_lines, sketch_lines
from mnist_core.drawing.sketch import Mark
from mnist_core.errors import LabError
from mnist_core.models.digit_detector import digit_detector
from pages.ui.draw.chosen_files import PictureFile
from pages.ui.draw.state import Key
from pages.ui.visit import models
from pages.ui.visit.models import NetworkChoice
from pages.ui.visit.paper import HEIGHT, WIDTH, Paper

FAVOURITE = "conv"
USUAL_THRESHOLD = round(100 * KNOWN)
"""The default threshold, in percent, below which the network answers "I don't know"."""

MAY_DECLINE = 'When should it say "I don\'t know"?'
"""The label of the slider for the threshold."""


@dataclass(frozen=True)
class Reading:
    """The digits that the chosen network reads on the paper, or a complaint instead.

    Attributes:
        settled: False while the pen is down: the stroke is not complete.
    """

    reader: NetworkChoice
    digits: tuple[ReadDigit, ...]
    complaint: str = ""
    settled: bool = True

    @property
    def images(self) -> Pixels:
        """The images of the digits, `(n, 28, 28)`."""
        images = [digit.preparation.image for digit in self.digits]
        return np.array(images, np.uint8).reshape(-1, FRAME, FRAME)

    @property
    def predictions(self) -> tuple[Prediction, ...]:
        """The predictions for the digits."""
        return tuple(digit.prediction for digit in self.digits)

    @property
    def lines(self) -> tuple[tuple[Prediction, ...], ...]:
        """The predictions by lines of writing."""
        return in_lines(self.digits)


def readers(data: Data) -> dict[str, NetworkChoice]:
    """Return the networks of the data set that read images of a drawing's size, by identity."""
    return {
        key: choice
        for key, choice in models.offered(data).items()
        if choice.model.network.shapes[0] == (1, FRAME, FRAME) and choice.model.network.classes > 1
    }


def say_none_reads(data: Data) -> None:
    """Explain why no network can read a drawing, and how to get one if possible."""
    height, width = data.train.images.shape[1:]
    if (height, width) == (FRAME, FRAME):
        models.say_none_fits(data)
    else:
        st.info(
            f"A drawing becomes a picture of {FRAME} by {FRAME} squares, but those of {data.name} "
            f"have {height} by {width}: no network that learns from them can read it.",
            icon=":material/edit_off:",
        )


def choose(choices: dict[str, NetworkChoice]) -> NetworkChoice:
    """Ask for the network that reads."""
    return models.choose("Which network reads?", choices, Key.READER, preferred=FAVOURITE)


def last_choice(choices: dict[str, NetworkChoice]) -> NetworkChoice:
    """Return the network chosen last, without showing a control."""
    return models.first(choices, Key.READER, FAVOURITE)


def last_threshold() -> float:
    """Return the threshold, 0 to 1, chosen last, without showing a control."""
    return int(st.session_state.get(Key.THRESHOLD, USUAL_THRESHOLD)) / 100


def threshold() -> float:
    """Ask for the threshold: the least probability, 0 to 1, of an answer."""
    percent = st.slider(
        MAY_DECLINE,
        0,
        99,
        USUAL_THRESHOLD,
        key=Key.THRESHOLD,
        persist_state="session",
        format="below %d%%",
        help="It only answers when it is at least this sure.",
    )
    return percent / 100


def reading(paper: Paper, reader: NetworkChoice) -> Reading:
    """Read the digits on the paper."""
    try:
        lines = (
            sketch_lines(paper.sketch, HEIGHT, WIDTH)
            if paper.picture is None
            else picture_lines(paper.picture)
        )
        return Reading(reader, read_number(reader.model.network, digit_detector(), lines))
    except LabError as error:
        return Reading(reader, (), str(error))


def read_file(file: PictureFile, reader: NetworkChoice) -> tuple[tuple[Prediction, ...], ...]:
    """Read a picture file, once for each network.

    Returns:
        The predictions by lines of writing; none if there is no ink.

    Raises:
        LabError: the file was refused, or has too many marks.
    """
    if file.drawing is None:
        raise LabError(file.complaint)
    network = reader.model.network
    if network not in file.readings:
        digits = read_number(network, digit_detector(), picture_lines(file.drawing))
        file.readings[network] = in_lines(digits)
    return file.readings[network]


def reading_ahead(paper: Paper, stroke: Mark, reader: NetworkChoice) -> Reading:
    """Read the paper together with a stroke that is still being drawn."""
    return replace(reading(Paper((*paper.sketch, stroke)), reader), settled=False)
