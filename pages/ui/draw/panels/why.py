"""The attribution of an answer, or of the choice between two answers, to the ink of a digit."""

import streamlit as st

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.reading import Prediction
from mnist_core.insight.explanation import erasure, occlusion, saliency
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


def show(image: Pixels, prediction: Prediction, model: Model) -> None:
    """Show the digit with its ink coloured by its contribution to the answer.

    With a rival chosen, it is the contribution to the rival's logit less that of the answer's.
    """
    view = widgets.choose_one(
        "How to find out",
        list(VIEWS),
        key=Key.VIEW,
        format_func=VIEWS.__getitem__,
    )
    network, digit = model.network, prediction.digit
    chosen = st.pills(f"It said {digit}. Why not …?", range(network.classes), key=Key.RIVAL)
    rival = None if chosen == digit else chosen
    classes: tuple[int, int | None] = (digit, None) if rival is None else (rival, digit)
    name = with_article(str(digit)) if rival is None else f"{rival} and not {digit}"
    if view == SLOPE:
        values = saliency(network, image, *classes)
        summary = _of_pixels(values, name)
        method = (
            f"For each {mention('pixel', 'square')}: how much a little more ink there would raise "
            f"the score, times the ink there is ({mention('gradient')} times input)."
        )
    else:
        values = occlusion(network, image, *classes)
        summary = _of_squares(-values[image > 0], erasure(network, image, *classes), name)
        method = (
            "A patch of blank paper slides over the digit. Where the score falls, the ink was "
            "needed; where it rises, the ink was in the way (occlusion). Each square shows the "
            "mean of the patches that cover it; patches overlap, so their changes do not add up."
        )
    look = browser.look()
    picture, aside = st.columns([2, 3], gap="large", vertical_alignment="center")
    alt = f"The digit, its ink coloured by whether it votes for {name}"
    with picture:
        widgets.picture(pictures.attributed(image, values, look), "stretch", alt)
    with aside:
        st.html(charts.colour_key(f"against {name}", "nothing", f"for {name}", look))
        st.markdown(summary)
        st.caption(method)


def _of_pixels(values: Floats, name: str) -> str:
    """Write the sums of the pixels' contributions."""
    gain, loss = float(values[values > 0].sum()), float(values[values < 0].sum())
    return (
        f"All its ink taken together: **{gain:+.1f}** for {name}, **{loss:+.1f}** "
        f"against, **{gain + loss:+.1f}** in all."
    )


def _of_squares(of_ink: Floats, fall: float, name: str) -> str:
    """Write the effect of covering squares with ink, and that of covering all of them."""
    return (
        f"The patches over one square change the score for {name} by "
        f"**{of_ink.min():+.1f}** to **{of_ink.max():+.1f}** on average. "
        f"With all of its ink covered, it {'falls' if fall > 0 else 'rises'} by "
        f"**{abs(fall):.1f}**."
    )
