"""One picture as the grey values that a computer is given.

Where there is too little room for readable numbers, as on a telephone, the whole picture is shown
without them; a button, or a touch, shows a part with them, which can be moved.
"""

import numpy as np
import streamlit as st

from mnist_core.exploration.statistics import ink_share
from pages.ui import charts
from pages.ui.components import browser, registry
from pages.ui.elements.mention import mention
from pages.ui.explore import computed
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key

_number_box = registry.load(
    "lab_number_box",
    __file__,
    html='<div class="frame"><div class="box" role="img"></div>'
    '<button class="turn" type="button"></button></div>',
)


def close_up(part: Part, index: int) -> None:
    """Show the picture of that index in the half of a part."""
    image = part.dataset.images[index]
    height, width = image.shape
    shown = part.class_names.one(part.dataset.labels[index])
    ink = computed.summary(part.data, part.half).ink
    rows, columns = np.nonzero(image)
    middle = [0.5, 0.5]
    if len(rows):
        middle = [float(columns.mean() + 0.5) / width, float(rows.mean() + 0.5) / height]
    with st.container(key=Key.CLOSE_UP):
        st.subheader(f"This is {shown}, close up", anchor=False)
        _number_box(
            key=Key.NUMBERS,
            data={
                "drawing": charts.pixel_numbers(image, browser.look()),
                "title": f"The {height} by {width} grey values of {shown}",
                "middle": middle,  # of the ink, across and down, as fractions of the picture
            },
        )
    st.caption(
        f"Picture {index + 1:,} of {len(part.dataset):,}. To a computer it is {image.size} numbers "
        f"({mention('pixel', 'pixels')}), {height} rows of {width}: 0 is bare paper, 255 is full "
        f"ink. {ink_share(image):.0%} of its squares hold ink; the average over all "
        f"pictures is {ink:.0%}."
    )
