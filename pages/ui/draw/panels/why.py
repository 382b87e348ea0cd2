"""The attribution of an answer, or of the choice between two answers, to the ink of a digit."""

from dataclasses import dataclass

import streamlit as st

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.reading import Prediction
from mnist_core.insight.explanation import erasure, occlusion, saliency
from mnist_core.nn.network import Network
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.english import with_article
from pages.ui.draw.panels import pictures
from pages.ui.draw.state import Key
from pages.ui.elements import widgets
from pages.ui.elements.mention import mention

SLOPE, COVER = "slope", "cover"
VIEWS = {SLOPE: "Ask each square", COVER: "Cover it up"}


@dataclass(frozen=True)
class Question:
    """A question about an answer: why `digit`, or, with a `rival`, why not the rival."""

    network: Network
    image: Pixels
    digit: int
    rival: int | None

    @property
    def classes(self) -> tuple[int, int | None]:
        """The class whose logit is explained, and the one compared with, None for all others."""
        return (self.digit, None) if self.rival is None else (self.rival, self.digit)

    @property
    def name(self) -> str:
        """The words for the answer that ink may vote for."""
        return (
            with_article(str(self.digit))
            if self.rival is None
            else f"{self.rival} and not {self.digit}"
        )


def show(image: Pixels, prediction: Prediction, model: Model) -> None:
    """Show the digit with its ink coloured by its contribution to the answer."""
    view = widgets.choose_one(
        "How to find out",
        list(VIEWS),
        key=Key.VIEW,
        default=SLOPE,
        format_func=lambda view: VIEWS[view],
    )
    classes = range(model.network.classes)
    chosen = st.pills(f"It said {prediction.digit}. Why not …?", classes, key=Key.RIVAL)
    rival = None if chosen in (None, prediction.digit) else chosen
    question = Question(model.network, image, prediction.digit, rival)
    if view == SLOPE:
        values = saliency(model.network, image, *question.classes)
        _overlay(question, values, _of_pixels(question, values))
    else:
        values = occlusion(model.network, image, *question.classes)
        _overlay(question, values, _of_squares(question, values))


def _of_pixels(question: Question, values: Floats) -> tuple[str, str]:
    """Write the sums of the pixels' contributions, and the method."""
    gain, loss = float(values[values > 0].sum()), float(values[values < 0].sum())
    return (
        f"All its ink taken together: **{gain:+.1f}** for {question.name}, **{loss:+.1f}** "
        f"against, **{gain + loss:+.1f}** in all.",
        f"For each {mention('pixel', 'square')}: how much a little more ink there would raise the "
        f"score, times the ink there is ({mention('gradient')} times input).",
    )


def _of_squares(question: Question, values: Floats) -> tuple[str, str]:
    """Write the effect of covering squares, and the method."""
    of_ink = -values[question.image > 0]
    fall = erasure(question.network, question.image, *question.classes)
    return (
        f"The patches over one square change the score for {question.name} by "
        f"**{of_ink.min():+.1f}** to **{of_ink.max():+.1f}** on average. "
        f"With all of its ink covered, it {'falls' if fall > 0 else 'rises'} by "
        f"**{abs(fall):.1f}**.",
        "A patch of blank paper slides over the digit. Where the score falls, the ink was needed; "
        "where it rises, the ink was in the way (occlusion). Each square shows the mean of the "
        "patches that cover it; patches overlap, so their changes do not add up.",
    )


def _overlay(question: Question, values: Floats, words: tuple[str, str]) -> None:
    look, name = browser.look(), question.name
    picture, aside = st.columns([2, 3], gap="large", vertical_alignment="center")
    picture.image(
        charts.data_url(pictures.enlarged(pictures.spoken(question.image, values, look), 12)),
        width="stretch",
        alt=f"The digit, its ink coloured by whether it votes for {name}",
    )
    with aside:
        st.html(charts.colour_key(f"against {name}", "nothing", f"for {name}", look))
        summary, method = words
        st.markdown(summary)
        st.caption(method)
