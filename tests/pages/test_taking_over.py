"""A session that begins with a canvas that was there before it takes over its strokes."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.drawing.sketch import Mark
from pages.ui.canvas import canvas
from pages.ui.canvas.canvas_json import to_fabric
from pages.ui.charts.theme import LIGHT
from pages.ui.draw.state import Key

STROKE = Mark(np.array([[40.0, 40.0], [40.0, 200.0], [44.0, 260.0]]), 20.0, False)


def script() -> None:
    import streamlit as st

    from pages.ui.canvas import canvas
    from pages.ui.draw.state import CANVAS
    from pages.ui.visit import shared

    canvas.show(CANVAS)
    st.text(str(len(shared.paper().sketch)))


@pytest.mark.parametrize("broken_off", [0, 1, 2])
def test_also_where_its_first_runs_are_broken_off(
    monkeypatch: pytest.MonkeyPatch, broken_off: int
) -> None:
    """As by what the browser sends at the same time, when a server has been started anew."""
    runs: list[int] = []

    def component(**_given: Any) -> dict[str, Any]:
        import streamlit as st

        runs.append(len(runs))
        if len(runs) <= broken_off:
            st.rerun()
        return {"drawing": st.session_state[Key.CANVAS]["drawing"]}

    monkeypatch.setattr(canvas, "_component", component)
    page = AppTest.from_function(script)
    page.session_state[Key.CANVAS] = {"drawing": to_fabric((STROKE,), LIGHT, 1)}
    page.run()
    assert not page.exception
    assert len(runs) == broken_off + 1
    assert [text.value for text in page.text] == ["1"]
    assert [text.value for text in page.run().text] == ["1"], "once"
