"""The section "What it answers": predictions for one picture, the drawing, and many."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats, Pixels
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.elements import accuracy_text, confusion_panel, widgets
from pages.ui.elements.answered import answered_by
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.weights import session
from pages.ui.weights.sample import sample_control, sentence_case
from pages.ui.weights.session import Key
from pages.ui.weights.through_time import StageView, stage_name

ASKED = 1_000
"""Pictures of the practice exam that are predicted at every stage."""

COLUMNS = 12
SHOWN = 112


def show(stage_view: StageView) -> None:
    """Show the network's predictions at the stage of the view."""
    sample = sample_control(stage_view.data.test, stage_view.vocabulary)
    if sample is not None:
        image, name = sample
        _one(stage_view, image, sentence_case(name))
        _over_time(stage_view, image)
    drawing = stage_view.drawing()
    if drawing is not None and (sample is None or not np.array_equal(drawing, sample[0])):
        _one(stage_view, drawing, "Your last drawing")
    _many(stage_view)


def _one(stage_view: StageView, image: Pixels, name: str) -> None:
    """Show a picture and the probability of each class."""
    chances = stage_view.network.probabilities(image[None])[:, 0]
    predicted = int(chances.argmax())
    st.subheader(name, anchor=False)
    picture, bars = st.columns([1, 4], vertical_alignment="center")
    with picture:
        widgets.picture(charts.inked(image, browser.look()), SHOWN, name)
    answer = stage_view.vocabulary.one(predicted)
    picture.markdown(f"It says **{answer}** ({percent(chances[predicted])}).")
    with bars:
        widgets.chart(charts.likelihood_bars(chances, stage_view.class_names, browser.look()))


def _over_time(stage_view: StageView, image: Pixels) -> None:
    """Show the probabilities for a picture at each stage."""
    stages = stage_view.stages
    chances: Floats = np.concatenate(
        [stage.network.probabilities(image[None]) for stage in stages], axis=1
    )
    names = [stage_name(stage) for stage in stages]
    widgets.chart(
        charts.answer_over_time(
            chances, names, stage_view.class_names, stage_view.place, browser.look()
        )
    )


def _many(stage_view: StageView) -> None:
    """Show the confusion matrix of the first `ASKED` practice pictures."""
    choice, data, state = stage_view.choice, stage_view.data, session.state()
    dev = accuracy_text.practice_or_stop(choice.model, data)[:ASKED]
    result = answered_by(choice, stage_view.network, data, "train", dev)
    st.subheader(f"{len(dev):,} practice pictures (validation set)", anchor=False)
    st.markdown(
        f"It reads **{result.accuracy:.1%}** of them correctly. A row is what the pictures are, a "
        "column what it says. **Pick a number to see its pictures.**"
    )
    labelled = LabelledPredictions(result, data.train, "train", dev, stage_view.vocabulary)
    choose = partial(setattr, state, "mixed_up")
    confusion_panel.show(labelled, Key.MATRIX, state.mixed_up, choose, columns=COLUMNS)
