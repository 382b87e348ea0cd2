"""It has no idea what a digit is: an invitation to draw something else."""

import streamlit as st

from mnist_core.drawing.detector import Detection
from mnist_core.drawing.reading import Prediction
from pages.ui.charts.percent import percent
from pages.ui.components.english import with_article
from pages.ui.draw.readers import MAY_DECLINE


def show(found: Prediction | None) -> None:
    """Invite to draw something else, and show the answers of network and detector to it."""
    st.markdown(
        "The network has only ever seen digits. It has never heard of anything else, and **none "
        "of its ten answers means “that is not a digit”**. Draw a smiley, a house, the first "
        "letter of your name, and watch how sure it is of itself."
    )
    if found is None:
        return
    st.markdown(
        f"It reads what is on the paper now as **{with_article(str(found.digit))}** "
        f"({percent(found.probability)}). "
        + (
            "If that is not a digit: so much confidence, and nothing behind it. The percentages "
            "only share out 100 among ten answers; they say which of them fits best, not that one "
            "fits."
            if found.probability >= 0.9
            else "It is in two minds, but it does not know why. Drag the slider "
            f"**{MAY_DECLINE}** until it keeps quiet."
        )
    )
    if found.detection is not None:
        st.markdown(_detected(found.detection))


def _detected(detection: Detection) -> str:
    """Put the detector's answer into words, and say what the detector is."""
    return (
        "So another small network looks first, the *detector*. It cannot tell a 3 from a 5, but it "
        "has learned from letters, shapes and scribbles as well, and says one thing only: "
        f"**{percent(detection.chance)} likely to be a digit**. "
        + (
            "So the answer is given. Can you fool that one, too?"
            if detection.is_digit
            else "So the answer above is held back."
        )
    )
