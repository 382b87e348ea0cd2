"""The section "Can you trust how sure it is?": calibration, temperature and coverage."""

import numpy as np
import streamlit as st

from mnist_core.data import Data
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
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.elements.mention import mention
from pages.ui.mistakes.charts import coverage_chart, reliability_chart
from pages.ui.mistakes.evaluation import evaluate
from pages.ui.mistakes.session import Key
from pages.ui.visit.models import NetworkChoice

AS_IT_SHOULD_BE = 0.02
"""A temperature this close to 1 counts as calibrated."""


def show(labelled: LabelledPredictions, choice: NetworkChoice, data: Data) -> None:
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
    given = labelled.predictions
    predictions = _cooled(given, choice, data) if wants else given
    left, right = st.columns(2, gap="medium")
    with left:
        _reliability(given, predictions if wants else None)
    with right:
        _silence(predictions)


def _cooled(given: Predictions, choice: NetworkChoice, data: Data) -> Predictions:
    """Rescale the logits by the temperature that fits the practice exam best, and show it."""
    practice = evaluate(choice, accuracy_text.PRACTICE, data).predictions
    temperature = fitted_temperature(practice.logits, practice.labels)
    st.caption(
        f"Its temperature is {temperature:.2f}, chosen by the practice exam (validation set): "
        f"before, it was {_before(temperature)}. The final exam (test set) shows what that is "
        "worth."
    )
    return cooled(given, temperature)


def _reliability(given: Predictions, after: Predictions | None) -> None:
    """Show accuracy by confidence, before and after temperature scaling."""
    lines = {"this network": given} if after is None else {"before": given, "now": after}
    bins = {name: reliability(predictions) for name, predictions in lines.items()}
    widgets.chart(reliability_chart(bins, browser.look()))
    errors = [f"{100 * expected_calibration_error(one):.2f}" for one in lines.values()]
    explained = "(expected calibration error, 15 bins)"
    if after is None:
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


def _before(temperature: float) -> str:
    """Describe the confidence by the temperature that corrects it."""
    if abs(temperature - 1) < AS_IT_SHOULD_BE:
        return "as sure as it should be"
    return "too sure" if temperature > 1 else "not sure enough"


def _silence(predictions: Predictions) -> None:
    """Show the accuracy gained by no answer below a threshold of confidence (coverage)."""
    place = st.container()
    threshold = (
        st.slider(
            "It says “I don't know” when it is less sure than",
            0,
            99,
            90,
            format="%d%%",
            key=Key.THRESHOLD,
            persist_state="session",
        )
        / 100
    )
    curve = coverage(predictions)
    with place:
        widgets.chart(coverage_chart(curve, threshold, browser.look()))
    answered = int(np.count_nonzero(curve.threshold >= threshold))
    if not answered:
        st.markdown("It is never that sure, so it says nothing at all.")
        return
    st.markdown(
        f"It answers **{100 * curve.answered[answered - 1]:.4g}%** of the pictures, and reads "
        f"**{curve.accuracy[answered - 1]:.2%}** of these correctly."
    )
