"""Charts of arrays: Plotly figures, image montages and one table of numbers.

Nothing here uses Streamlit, reads a session or computes a result. Colours come as a `Look`.
"""

from pages.ui.charts.bars import class_balance, likelihood_bars, paired_bars, spreads, vote_bars
from pages.ui.charts.distributions import explained_variance, histogram, ridges
from pages.ui.charts.images import data_url, faded_tiles, inked, marked, montage, png, signed
from pages.ui.charts.live_pictures import answered, small_curve
from pages.ui.charts.maps import picture_map
from pages.ui.charts.numbers import pixel_numbers
from pages.ui.charts.over_time import answer_over_time
from pages.ui.charts.searches import importance_bars, scales_of_trials, search_history
from pages.ui.charts.weights import colour_key, patch_tiles, unit_tiles, votes_map

__all__ = [
    "answer_over_time",
    "answered",
    "class_balance",
    "colour_key",
    "data_url",
    "explained_variance",
    "faded_tiles",
    "histogram",
    "importance_bars",
    "inked",
    "likelihood_bars",
    "marked",
    "montage",
    "paired_bars",
    "patch_tiles",
    "picture_map",
    "pixel_numbers",
    "png",
    "ridges",
    "scales_of_trials",
    "search_history",
    "signed",
    "small_curve",
    "spreads",
    "unit_tiles",
    "vote_bars",
    "votes_map",
]
