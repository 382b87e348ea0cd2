"""The invitation to draw something other than a digit, and the detector's answer to it."""

import streamlit as st

from mnist_core.drawing.reading import Prediction
from pages.ui.charts.percent import percent
from pages.ui.components.english import with_article
from pages.ui.draw.readers import MAY_DECLINE


def show(prediction: Prediction | None) -> None:
    """Invite the visitor to draw something else, and show the answers of network and detector."""
    st.markdown(
        "The network has only ever seen digits. It has never heard of anything else, and **none "
        "of its ten answers means “that is not a digit”**. Draw a smiley, a house, the first "
        "letter of your name, and watch how sure it is of itself."
    )
    if prediction is None:
        return
    confidence = (
        "If that is not a digit: so much confidence, and nothing behind it. The percentages "
        "only share out 100 among ten answers; they say which of them fits best, not that one fits."
        if prediction.probability >= 0.9
        else "It is in two minds, but it does not know why. Drag the slider "
        f"**{MAY_DECLINE}** until it keeps quiet."
    )
    st.markdown(
        f"It reads what is on the paper now as **{with_article(str(prediction.digit))}** "
        f"({percent(prediction.probability)}). {confidence}"
    )
    if prediction.detection is None:
        return
    consequence = (
        "So the answer is given. Can you fool that one, too?"
        if prediction.detection.is_digit
        else "So the answer above is held back."
    )
    st.markdown(
        "So another small network looks first, the *detector*. It cannot tell a 3 from a 5, but it "
        "has learned from letters, shapes and scribbles as well, and says one thing only: "
        f"**{percent(prediction.detection.chance)} likely to be a digit**. {consequence}"
    )
