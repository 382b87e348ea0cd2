"""The section "Damage it": a changed picture, and a network's answers to it."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.exploration.changes import add_noise, blur, lower_contrast, occlude
from mnist_core.training.augmentation import Augmenter
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.explore import gallery, session
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key
from pages.ui.visit import models
from pages.ui.visit.models import NetworkChoice

SLIDERS = {
    "augmentation": (
        "Another hand (augmentation)",
        1.0,
        "Turned, slanted, bent, thicker or "
        "thinner, as if somebody else had written it. Train can show a network such pictures.",
    ),
    "noise": ("Noise", 1.0, "Every square gets brighter or darker at random."),
    "blur": ("Blur", 4.0, "Out of focus: the width of a Gaussian, in squares."),
    "occlusion": ("Covered", 1.0, "A patch of blank paper lies over part of it."),
    "contrast": ("Faded", 1.0, "Ink and paper become more alike: less contrast."),
}


def show(data: Data, part: Part, class_names: Vocabulary) -> None:
    """Show the chosen picture, the sliders, the changed picture and a network's answers."""
    index = gallery.chosen_index(part)
    image, label = part.dataset.images[index], int(part.dataset.labels[index])
    st.markdown(
        "People can still read a picture that is noisy, blurred or half covered. Can a network? "
        "Drag the sliders, and watch how sure it is. For another picture, pick one in the gallery."
    )
    left, right = st.columns([1, 1], gap="large")
    with left:
        choices = models.offered(data)
        choice = None
        if choices:
            choice = models.choose("Which network?", choices, Key.CHANGE_MODEL, "conv")
        strengths = {name: _slider(name) for name in SLIDERS}
        state = session.state()
        st.button("Roll the dice again", icon=":material/casino:", on_click=state.throw_again)
    changed = _changed(image, strengths, np.random.default_rng(state.throws))
    with right:
        before, after = st.columns(2)
        for column, shown, caption in ((before, image, "before"), (after, changed, "after")):
            with column:
                tile = charts.inked(shown, browser.look())
                widgets.picture(tile, "stretch", f"The picture, {caption}", caption)
        if choice:
            _opinion(choice, np.stack([image, changed]), label, class_names, (before, after))
        else:
            models.say_none_fits(data)


def _opinion(
    choice: NetworkChoice,
    images: Pixels,
    label: int,
    class_names: Vocabulary,
    columns: tuple[DeltaGenerator, DeltaGenerator],
) -> None:
    """Show a network's answers to the picture before and after, and how likely its label is."""
    pair = choice.model.network.probabilities(images)
    for column, chances in zip(columns, pair.T, strict=True):
        best = int(chances.argmax())
        column.metric(
            f"{choice.title} says",
            class_names.name(best),
            f"{percent(chances[best])} sure",
            delta_color="off",
            delta_arrow="off",
        )
    st.caption(
        f"It is {class_names.one(label)}. The network gives that {pair[label, 0]:.1%} before the "
        f"change, and {pair[label, 1]:.1%} after it."
    )


def _slider(name: str) -> float:
    title, most, words = SLIDERS[name]
    return st.slider(
        title,
        0.0,
        most,
        0.0,
        most / 20,
        key=f"{Key.CHANGES}_{name}",
        help=words,
        persist_state="session",
    )


def _changed(image: Pixels, strengths: dict[str, float], rng: np.random.Generator) -> Pixels:
    """Apply all changes to a picture, in the order of the sliders."""
    shape = image.shape[0], image.shape[1]
    changed = Augmenter(strengths["augmentation"], shape)(image[np.newaxis], rng)[0]
    changed = add_noise(changed, strengths["noise"], rng)
    changed = blur(changed, strengths["blur"])
    changed = occlude(changed, strengths["occlusion"], rng)
    return lower_contrast(changed, strengths["contrast"])
