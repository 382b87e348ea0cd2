"""The Draw page for classes other than MNIST's: the whole drawing is one image with one answer.

A drawing is prepared as the images of the data set were: centred as MNIST's are, or scaled to
fill its frame.
"""

from html import escape

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.drawing.normalisation import Steps, are_centred, prepare
from mnist_core.drawing.reading import Prediction, read
from pages.ui import charts
from pages.ui.canvas import canvas
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.draw import answer, inputs, page, readers, sharing
from pages.ui.draw.answer_place import show_images
from pages.ui.draw.state import CANVAS
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import Vocabulary, vocabulary
from pages.ui.frame import error_boundary
from pages.ui.visit import shared
from pages.ui.visit.paper import WIDTH

FILLS_ITS_FRAME = Steps(fit=False, centre=False)

DRAW_ONE = "with the mouse, a pen or a finger, anywhere on the paper."
FILL_IT = (
    "large, with the mouse, a pen or a finger. A thick pen that fills the shape comes closest to "
    "the pictures the network learned from; an outline does not."
)


@error_boundary.fragment
def show(data: Data) -> None:
    """Show everything below the title; a stroke runs this fragment again."""
    paper, choices, class_names = shared.paper(), readers.readers(data), vocabulary(data)
    if not choices:
        readers.say_none_reads(data)
        return
    paper_area, answer_area = page.paper_and_answer(page.CSS, width=WIDTH)
    with paper_area:
        page.show_paper(paper)
    columns = iter(st.columns(2, gap="medium"))
    if paper.picture is None:
        with next(columns):
            canvas.thickness(CANVAS)
    with next(columns):
        chosen = readers.choose(choices)
    centred = are_centred(data.train.images)
    with answer_area:
        if paper.pixels().any():
            image = paper.as_digit() if centred else prepare(paper.pixels(), FILLS_ITS_FRAME).image
            (prediction,) = read(chosen.model.network, image[np.newaxis])
            _answer(image, prediction, class_names)
        else:
            st.subheader("Draw one of these", anchor=False)
            named = class_names.named
            known = ", ".join(class_names.names) if named else "Anything you have seen on Explore"
            st.markdown(f"{known}: {DRAW_ONE if centred else FILL_IT}")
    st.markdown("Or pick one of the test pictures:")
    with st.container(horizontal=True, gap="xsmall"):
        inputs.sample_buttons(np.unique(data.test.labels).tolist(), class_names.name)
    sharing.show(paper)
    page.lead_back(paper)
    page.lead_on(chosen)
    sharing.write_url()


def _answer(image: Pixels, prediction: Prediction, class_names: Vocabulary) -> None:
    """Show the prediction for an image in words and bars, and the image."""
    look = browser.look()
    with st.container(horizontal=True):
        st.html(
            f'<div role="status"><div style="font-size:2.2rem;font-weight:600;color:{look.accent}">'
            f"{escape(class_names.one(prediction.digit))}</div>"
            f"{answer.sureness(prediction.probability)}: {percent(prediction.probability)}.</div>"
        )
        show_images(image[np.newaxis])
    names = [class_names.name(label) for label in range(len(prediction.probabilities))]
    widgets.chart(charts.likelihood_bars(prediction.probabilities, names, look))
