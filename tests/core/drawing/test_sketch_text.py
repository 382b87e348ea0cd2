"""A sketch comes back from its text as it was, to a tenth of a pixel; other text is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.drawing.sketch import Mark, Sketch
from mnist_core.drawing.sketch_text import LONGEST, from_text, to_text
from mnist_core.errors import LabError

coordinate = st.floats(-50, 400)
mark = st.builds(
    lambda points, width, erases: Mark(np.array(points), width, erases),
    st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=9),
    st.sampled_from([6.0, 20.0, 40.0]),
    st.booleans(),
)


@given(st.lists(mark, max_size=4).map(tuple))
def test_there_and_back(sketch: Sketch) -> None:
    back = from_text(to_text(sketch))
    assert [(m.width, m.erases) for m in back] == [(m.width, m.erases) for m in sketch]
    for mine, theirs in zip(sketch, back, strict=True):
        assert np.allclose(mine.path, theirs.path, atol=0.051)


def test_an_address_can_carry_it() -> None:
    wave = np.stack([np.arange(40, 260, 2.0), 140 + 60 * np.sin(np.arange(110) / 9)], axis=1)
    text = to_text((Mark(wave, 20.0), Mark(wave + 3, 20.0)))
    assert len(text) < 1_500
    assert text.replace("-", "").replace("_", "").isalnum()


@given(st.text(max_size=60))
def test_whatever_is_no_drawing_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(LabError, match=r"^[A-Z][^\n]*\.$"):
        from_text(text)


@pytest.mark.parametrize("text", ["", "é", "abc", "A" * (LONGEST + 1), to_text(())[:-4]])
def test_these_are_none(text: str) -> None:
    with pytest.raises(LabError, match="link contains no drawing"):
        from_text(text)


def test_a_drawing_too_long_for_a_link() -> None:
    points = np.random.default_rng(0).uniform(0, 300, (5_000, 2))
    with pytest.raises(LabError, match="too long for a link"):
        to_text((Mark(points, 20.0),))
