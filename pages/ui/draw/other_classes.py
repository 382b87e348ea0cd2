"""Draw where the classes are not MNIST's: the whole drawing is one picture, and has one answer.

A drawing is prepared as the pictures of the data set were: as MNIST's are, or filling its frame.
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
from pages.ui.draw import address, answer, page, readers, sharing
from pages.ui.draw.answer_place import SEEN
from pages.ui.draw.state import CANVAS, sample_key
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import Vocabulary, vocabulary
from pages.ui.frame import error_boundary
from pages.ui.visit import shared
from pages.ui.visit.paper import MARGIN, Paper

FILLS_ITS_FRAME = Steps(fit=False, centre=False)

DRAW_ONE = "with the mouse, a pen or a finger, anywhere on the paper."
FILL_IT = (
    "large, with the mouse, a pen or a finger. A thick pen that fills the shape comes closest to "
    "the pictures the network learned from; an outline does not."
)


@error_boundary.fragment
def show(data: Data) -> None:
    """Show everything below the title; a stroke runs this again and nothing else."""
    paper, choices, class_names = shared.paper(), readers.readers(data), vocabulary(data)
    if not choices:
        readers.say_none_reads(data)
        return
    desk, place = page.paper_and_answer(page.WHOLE)
    with desk:
        page.show_paper(paper)
    places = iter(st.columns(2, gap="medium"))
    if paper.picture is None:
        with next(places):
            canvas.thickness(CANVAS)
    with next(places):
        chosen = readers.choose(choices)
    drawn = are_centred(data.train.images)
    with place:
        if paper.pixels().any():
            image = paper.as_digit() if drawn else prepare(paper.pixels(), FILLS_ITS_FRAME).image
            (found,) = read(chosen.model.network, image[np.newaxis])
            _answer(image, found, class_names)
        else:
            _invite(class_names, DRAW_ONE if drawn else FILL_IT)
    _samples(paper, data, class_names)
    sharing.show(paper)
    page.lead_back(paper)
    page.lead_on(chosen)
    address.write_url()


def _invite(class_names: Vocabulary, how: str) -> None:
    st.subheader("Draw one of these", anchor=False)
    known = (
        ", ".join(class_names.names) if class_names.named else "Anything you have seen on Explore"
    )
    st.markdown(f"{known}: {how}")


def _answer(image: Pixels, found: Prediction, class_names: Vocabulary) -> None:
    """Show the answer to an image in words and bars, and the image."""
    look = browser.look()
    with st.container(horizontal=True):
        st.html(
            f'<div role="status"><div style="font-size:2.2rem;font-weight:600;color:{look.accent}">'
            f"{escape(class_names.one(found.digit))}</div>{answer.sureness(found.probability)}: "
            f"{percent(found.probability)}.</div>"
        )
        st.image(
            charts.montage(charts.inked(image[np.newaxis], look), 1, zoom=6),
            width=SEEN,
            caption="What it sees",
            alt="The drawing as the network sees it",
        )
    names = [class_names.name(label) for label in range(len(found.probabilities))]
    widgets.chart(charts.likelihood_bars(found.probabilities, names, look))


def _samples(paper: Paper, data: Data, class_names: Vocabulary) -> None:
    """Offer pictures to lay over the paper in place of a drawing."""
    st.markdown("Or pick one of the test pictures:")
    with st.container(horizontal=True, gap="xsmall"):
        for label in np.unique(data.test.labels).tolist():
            alike = np.flatnonzero(data.test.labels == label)
            picture = np.pad(data.test.images[np.random.default_rng().choice(alike)], MARGIN)
            st.button(
                class_names.name(label),
                key=sample_key(label),
                on_click=paper.lay,
                args=(picture,),
            )
