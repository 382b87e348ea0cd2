"""Which ink spoke for an answer, and which against; and why it was not another."""

import streamlit as st

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.reading import Answer
from mnist_core.files.storage import Model
from mnist_core.insight.explanation import occlusion, saliency
from pages.ui import charts, widgets
from pages.ui.draw import pictures, session

VIEWS = {
    "slope": ("Ask each pixel", saliency),
    "cover": ("Cover it up", occlusion),
}
EXPLAINED = {
    "slope": "For each pixel: how much a little more ink there would raise the score, times the "
    "ink there is (gradient times input).",
    "cover": "A square of white paper slides over the digit. Where the score falls, the ink was "
    "needed; where it rises, the ink was in the way (occlusion).",
}


def show(image: Pixels, found: Answer, model: Model) -> None:
    """The digit with its ink coloured by what it said."""
    view = st.segmented_control(
        "How to find out",
        list(VIEWS),
        format_func=lambda view: VIEWS[view][0],
        default="slope",
        required=True,
        key=session.VIEW,
        persist_state="session",
    )
    rival = st.pills(
        f"It said {found.digit}. Why not …?",
        range(model.network.classes),
        key=session.RIVAL,
    )
    ask = VIEWS[view][1]
    if rival in (None, found.digit):
        values, name = ask(model.network, image, found.digit), f"a {found.digit}"
    else:
        values = ask(model.network, image, rival, found.digit)
        name = f"{rival} and not {found.digit}"
    _overlay(image, values, name, EXPLAINED[view])


def _overlay(image: Pixels, values: Floats, name: str, how: str) -> None:
    look = widgets.look()
    picture, words = st.columns([2, 3], gap="large", vertical_alignment="center")
    picture.image(
        pictures.enlarged(pictures.spoken(image, values, look), 12),
        width="stretch",
        alt=f"The digit, its ink coloured by whether it spoke for {name}",
    )
    with words:
        st.html(charts.colour_key(f"against {name}", "nothing", f"for {name}", look))
        gain, loss = float(values[values > 0].sum()), float(values[values < 0].sum())
        st.markdown(
            f"All its ink taken together: **{gain:+.1f}** for {name}, **{loss:+.1f}** against, "
            f"**{gain + loss:+.1f}** in all."
        )
        st.caption(how)
