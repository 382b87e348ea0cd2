"""The section "Can you trust how sure it is?": calibration, temperature and coverage."""

import numpy as np
import streamlit as st

from mnist_core.evaluation.calibration import (
    cooled,
    coverage,
    expected_calibration_error,
    fitted_temperature,
    reliability,
)
from mnist_core.evaluation.predictions import Predictions
from pages.ui.components import browser
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.mention import mention
from pages.ui.mistakes.charts import coverage_chart, reliability_chart
from pages.ui.mistakes.evaluation import Examined, evaluate
from pages.ui.mistakes.session import Key

AS_IT_SHOULD_BE = 0.02
"""A temperature this close to 1 counts as calibrated."""


def show(examined: Examined) -> None:
    """Compare confidence with accuracy, before or after temperature scaling."""
    st.markdown(
        f"A network says how sure it is ({mention('probability')}). Of the pictures it is 80% "
        "sure about, it should read 80% correctly: then you can rely on its word (it is "
        "*calibrated*)."
    )
    wants = st.toggle(
        "Correct its confidence",
        key=Key.COOLED,
        persist_state="session",
        help="Divides all its scores (logits) by one number, the temperature that fits the "
        "practice exam best (temperature scaling). Its answers stay the same.",
    )
    given = examined.labelled.predictions
    lines = {"before": given, "now": _cooled(examined)} if wants else {"this network": given}
    left, right = st.columns(2, gap="medium")
    with left:
        _show_reliability(lines)
    with right:
        _show_coverage([*lines.values()][-1])


def _cooled(examined: Examined) -> Predictions:
    """Rescale the logits by the temperature that fits the practice exam best, and show it."""
    practice = evaluate(examined.choice, accuracy_text.PRACTICE, examined.data).predictions
    temperature = fitted_temperature(practice.logits, practice.labels)
    if abs(temperature - 1) < AS_IT_SHOULD_BE:
        before = "as sure as it should be"
    else:
        before = "too sure" if temperature > 1 else "not sure enough"
    st.caption(
        f"Its temperature is {temperature:.2f}, chosen by the practice exam (validation set): "
        f"before, it was {before}. The final exam (test set) shows what that is worth."
    )
    return cooled(examined.labelled.predictions, temperature)


def _show_reliability(lines: dict[str, Predictions]) -> None:
    """Show accuracy by confidence, a line a name, and the errors of all lines."""
    bins = {name: reliability(predictions) for name, predictions in lines.items()}
    widgets.chart(reliability_chart(bins, browser.look()))
    errors = [f"{100 * expected_calibration_error(one):.2f}" for one in lines.values()]
    explained = "(expected calibration error, 15 bins)"
    if len(errors) == 1:
        st.markdown(f"On average it is off by **{errors[0]} percentage points** {explained}.")
        return
    st.markdown(
        f"On average it was off by **{errors[0]} percentage points** before, and is off by "
        f"**{errors[1]}** now {explained}. **{verdict(*map(float, errors))}**"
    )


def verdict(before: float, after: float) -> str:
    """Describe the effect of a temperature by the two calibration errors as shown."""
    if after == before:
        return "Here it made no difference."
    return "It helped." if after < before else "Here it did not help."


def _show_coverage(predictions: Predictions) -> None:
    """Show the accuracy gained by no answer below a threshold of confidence."""
    above_the_slider = st.container()
    percent = st.slider(
        "It says “I don't know” when it is less sure than",
        0,
        99,
        90,
        format="%d%%",
        key=Key.THRESHOLD,
        persist_state="session",
    )
    curve, threshold = coverage(predictions), percent / 100
    with above_the_slider:
        widgets.chart(coverage_chart(curve, threshold, browser.look()))
    answered = int(np.count_nonzero(curve.threshold >= threshold))
    if not answered:
        st.markdown("It is never that sure, so it says nothing at all.")
        return
    st.markdown(
        f"It answers **{100 * curve.answered[answered - 1]:.4g}%** of the pictures, and reads "
        f"**{curve.accuracy[answered - 1]:.2%}** of these correctly."
    )
