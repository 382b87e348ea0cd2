"""Arrays in, pictures out: Plotly figures, image montages and one table of numbers.

Nothing here knows Streamlit, reads a session or computes a result. Colours come as a `Look`.
"""

from pages.ui.charts.bars import class_balance, probability_bars
from pages.ui.charts.curves import accuracy_curve
from pages.ui.charts.images import frame, inked, montage, signed
from pages.ui.charts.numbers import pixel_numbers

__all__ = [
    "accuracy_curve",
    "class_balance",
    "frame",
    "inked",
    "montage",
    "pixel_numbers",
    "probability_bars",
    "signed",
]
