"""It has no idea what a digit is: an invitation to draw something else."""

import streamlit as st

from mnist_core.drawing.detector import Detection
from mnist_core.drawing.reading import Answer
from pages.ui.charts.percent import percent
from pages.ui.vocabulary import with_article


def show(found: Answer | None) -> None:
    """The invitation, and what the network and the detector say to whatever is on the paper."""
    st.markdown(
        "The network has only ever seen digits. It has never heard of anything else, and **no "
        "answer of its ten means “that is no digit”**. Draw a smiley, a house, the first letter of "
        "your name, and watch how sure it is of itself."
    )
    if found is None:
        return
    st.markdown(
        f"What is on the paper now it calls **{with_article(str(found.digit))}** "
        f"({percent(found.probability)}). "
        + (
            "If that is no digit: so much confidence, and nothing behind it. The percentages only "
            "share out 100 among ten answers; they say which of them fits best, not that one fits."
            if found.probability >= 0.9
            else "It is in two minds, but it does not know why. Move the slider "
            "**When may it say: I don't know?** until it keeps quiet."
        )
    )
    if found.detection is not None:
        st.markdown(_detected(found.detection))


def _detected(detection: Detection) -> str:
    """What the detector says, and what it is."""
    return (
        "So another small network looks first, the *detector*. It cannot tell a 3 from a 5, but it "
        "has learnt from letters, shapes and scribbles as well, and says one thing only: **a digit "
        f"to {percent(detection.chance)}**. "
        + (
            "So the answer is given. Can you fool that one, too?"
            if detection.is_digit
            else "So the answer above is held back."
        )
    )
