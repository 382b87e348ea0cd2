"""The section "Damage it": a changed picture, and a network's answers to it."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.exploration.changes import add_noise, blur, lower_contrast, occlude
from mnist_core.training.augmentation import Augmenter
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.elements import widgets
from pages.ui.explore import gallery, session
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key
from pages.ui.visit import models

SLIDERS = {
    "augmentation": (
        "Another hand (augmentation)",
        1.0,
        "Turned, slanted, bent, thicker or thinner, as if somebody else had written it. Train can "
        "show a network such pictures.",
    ),
    "noise": ("Noise", 1.0, "Every square gets brighter or darker at random."),
    "blur": ("Blur", 4.0, "Out of focus: the width of a Gaussian, in squares."),
    "occlusion": ("Covered", 1.0, "A patch of blank paper lies over part of it."),
    "contrast": ("Faded", 1.0, "Ink and paper become more alike: less contrast."),
}
"""By name, the title, the highest strength and the meaning of each."""


def show(part: Part) -> None:
    """Show the chosen picture, the sliders, the changed picture and a network's answers."""
    index = gallery.chosen_index(part)
    image, label = part.dataset.images[index], int(part.dataset.labels[index])
    st.markdown(
        "People can still read a picture that is noisy, blurred or half covered. Can a network? "
        "Drag the sliders, and watch how sure it is. For another picture, pick one in the gallery."
    )
    left, right = st.columns([1, 1], gap="large")
    choices = models.offered(part.data)
    with left:
        choice = None
        if choices:
            choice = models.choose("Which network?", choices, Key.CHANGE_MODEL, "conv")
        strengths = {
            name: st.slider(
                title,
                0.0,
                most,
                0.0,
                most / 20,
                key=f"{Key.CHANGES}_{name}",
                help=words,
                persist_state="session",
            )
            for name, (title, most, words) in SLIDERS.items()
        }
        state = session.state()
        st.button("Roll the dice again", icon=":material/casino:", on_click=state.throw_again)
    images = np.stack([image, _changed(image, strengths, np.random.default_rng(state.throws))])
    with right:
        columns = st.columns(2)
        for column, tile, caption in zip(
            columns, charts.inked(images, browser.look()), ("before", "after"), strict=True
        ):
            with column:
                widgets.picture(tile, "stretch", f"The picture, {caption}", caption)
        if choice is None:
            models.say_none_fits(part.data)
            return
        chances = choice.model.network.probabilities(images)
        for column, predicted, sure in zip(
            columns, chances.argmax(axis=0), chances.max(axis=0), strict=True
        ):
            column.metric(
                f"{choice.title} says",
                part.class_names.name(int(predicted)),
                f"{percent(sure)} sure",
                delta_color="off",
                delta_arrow="off",
            )
        st.caption(
            f"It is {part.class_names.one(label)}. The network gives that {chances[label, 0]:.1%} "
            f"before the change, and {chances[label, 1]:.1%} after it."
        )


def _changed(image: Pixels, strengths: dict[str, float], rng: np.random.Generator) -> Pixels:
    """Apply all changes to a picture, in the order of the sliders."""
    shape = image.shape[0], image.shape[1]
    changed = Augmenter(strengths["augmentation"], shape)(image[np.newaxis], rng)[0]
    changed = add_noise(changed, strengths["noise"], rng)
    changed = blur(changed, strengths["blur"])
    changed = occlude(changed, strengths["occlusion"], rng)
    return lower_contrast(changed, strengths["contrast"])
