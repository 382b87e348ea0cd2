"""One picture as the grey values that a computer is given.

Where there is too little room for readable numbers, as on a telephone, the whole picture is shown
without them; a button, or a touch, shows a part with them, which can be moved.
"""

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset
from pages.ui import charts
from pages.ui.components import browser, registry
from pages.ui.elements import samples
from pages.ui.elements.mention import mention
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.explore.session import Key

_number_box = registry.load(
    "lab_number_box",
    __file__,
    html='<div class="frame"><div class="box" role="img"></div>'
    '<button class="turn" type="button"></button></div>',
)


def close_up(dataset: Dataset, place: int, class_names: Vocabulary, ink: float) -> None:
    """Show the picture at `place`; `ink` is the fraction of pixels with ink in the whole half."""
    image = dataset.images[place]
    height, width = image.shape
    shown = class_names.one(dataset.labels[place])
    with st.container(key=Key.CLOSE_UP):
        st.subheader(f"This is {shown}, close up", anchor=False)
        _number_box(
            key=Key.NUMBERS,
            data={
                "drawing": charts.pixel_numbers(image, browser.look()),
                "title": f"The {height} by {width} grey values of {shown}",
                "middle": _middle_of_the_ink(image),
            },
        )
    st.caption(
        f"Picture {place + 1:,} of {len(dataset):,}. To a computer it is {image.size} numbers "
        f"({mention('pixel', 'pixels')}), {height} rows of {width}: 0 is bare paper, 255 is full "
        f"ink. {samples.ink_share(image):.0%} of its squares hold ink; the average over all "
        f"pictures is {ink:.0%}."
    )


def _middle_of_the_ink(image: Pixels) -> list[float]:
    """Return the middle of the ink, across and down, as fractions of the picture."""
    rows, columns = np.nonzero(image)
    if not len(rows):
        return [0.5, 0.5]
    height, width = image.shape
    return [float(columns.mean() + 0.5) / width, float(rows.mean() + 0.5) / height]
