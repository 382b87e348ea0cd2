"""The pen strokes that some tests replay: not part of the project, see CONTRIBUTING.md."""

import os
from pathlib import Path

import pytest

VARIABLE = "LAB_PEN_STROKES"
CHECKOUT = Path(__file__).parents[1]
BESIDE_CHECKOUT = CHECKOUT.parent / "shared" / "pen" / "pendigits-orig.tra.gz"


def pen_strokes_file() -> Path:
    """The file that `LAB_PEN_STROKES` names, otherwise the one beside the checkout."""
    return Path(os.environ.get(VARIABLE) or BESIDE_CHECKOUT)


needs_pen_strokes = pytest.mark.skipif(
    not pen_strokes_file().is_file(),
    reason=f"needs the pen strokes: {pen_strokes_file()} is no file; set {VARIABLE} to it",
)
