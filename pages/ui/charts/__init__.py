"""Arrays in, pictures out: Plotly figures, image montages and one table of numbers.

Nothing here knows Streamlit, reads a session or computes a result. Colours come as a `Look`.
"""

from pages.ui.charts.bars import class_balance, vote_bars
from pages.ui.charts.images import inked, marked, montage, signed
from pages.ui.charts.numbers import pixel_numbers
from pages.ui.charts.png import data_url, png, thumbnail
from pages.ui.charts.weights import colour_key, patch_tiles, unit_tiles, votes_map

__all__ = [
    "class_balance",
    "colour_key",
    "data_url",
    "inked",
    "marked",
    "montage",
    "patch_tiles",
    "pixel_numbers",
    "png",
    "signed",
    "thumbnail",
    "unit_tiles",
    "vote_bars",
    "votes_map",
]
