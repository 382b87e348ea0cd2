"""What the panel of gradients draws, and says, of the sizes of a few layers' gradients."""

import re
from collections.abc import Sequence
from math import log10

import pytest

from pages.ui.charts.theme import LOOKS, Look
from pages.ui.train import messages
from pages.ui.train.panel_charts import gradients

SIZES = {
    "vanishing": (0.0003, 0.0021, 0.014, 0.2),
    "exploding": (4_000.0, 30.0, 0.5),
    "far below a millionth": (2e-12, 1e-7, 0.3),
    "nothing arrives": (0.0, 0.0, 0.3),
    "one layer": (0.25,),
}
looks = pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)


def number(text: str) -> float:
    """What a label of the axis stands for: 1,000 or 10<sup>-6</sup>."""
    power = re.fullmatch(r"10<sup>(-?\d+)</sup>", text)
    return 10.0 ** int(power[1]) if power else float(text.replace(",", ""))


@looks
@pytest.mark.parametrize("norms", SIZES.values(), ids=SIZES)
def test_every_gradient_lies_on_an_axis_whose_numbers_say_where(
    norms: Sequence[float], look: Look
) -> None:
    figure = gradients(norms, look)
    axis, (drawn,) = figure.layout.xaxis, figure.data
    assert axis.type == "log"
    assert axis.visible is not False
    low, high = axis.range
    assert [x or 0.0 for x in drawn.x] == list(norms), "drawn where it is"
    assert all(low <= log10(norm) <= high for norm in norms if norm)
    labels = {place: text for place, text in zip(axis.tickvals, axis.ticktext, strict=True) if text}
    assert 2 <= len(labels) <= 5
    assert [number(text) for text in labels.values()] == pytest.approx(list(labels))
    assert axis.tickvals[0] == pytest.approx(10.0**low), "a line at each power of ten"
    assert axis.tickvals[-1] == pytest.approx(10.0**high)


@looks
def test_each_layer_is_named_with_its_number(look: Look) -> None:
    (drawn,) = gradients((0.0, 0.000123, 4_000.0), look).data
    assert list(drawn.y) == ["layer 1: nothing arrives", "layer 2: 0.00012", "layer 3: 4,000"]


@pytest.mark.parametrize(
    ("norms", "said"),
    [
        ((0.0003, 0.014, 0.2), "of the last layer is **670 times** as large as that of the first"),
        ((3.0, 0.5), "of the first layer is **6 times** as large as that of the last"),
        ((1e-9, 2.0), "**2,000,000,000 times**"),
        ((0.203, 0.2), "first layer is about as large as that of the last"),
        ((0.0, 0.2), "Nothing of the error reaches the first layer"),
    ],
)
def test_the_ratio_of_the_first_and_the_last_layer_is_said(
    norms: Sequence[float], said: str
) -> None:
    assert said in messages.reached(norms)


def test_there_is_nothing_to_compare_one_layer_with() -> None:
    assert messages.reached((0.25,)) == ""
