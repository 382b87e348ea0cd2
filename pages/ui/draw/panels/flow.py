"""What a network makes of a drawing, station by station, from the ink to the answer."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.stations import Station, stations
from mnist_core.nn.network import Network
from pages.ui import charts, widgets
from pages.ui.charts.images import Tiles
from pages.ui.charts.percent import percent

MAPS_IN_A_ROW = 8
UNITS_IN_A_ROW = 16
SHOWN = 168
"""About how many pixels wide a station is shown."""


def show(image: Pixels, network: Network) -> None:
    """Show the image, what each layer passes on, and the answer, side by side."""
    look = widgets.look()
    *hidden, answer = stations(network, image)
    with st.container(horizontal=True, gap="medium"):
        _station(charts.inked(image[np.newaxis], look), 1, "the picture")
        for number, station in enumerate(hidden, start=1):
            _station(*_drawn(station), f"{number}: {_counted(station)}")
        tiles = charts.signed(answer.values[np.newaxis, np.newaxis], look, 1.0)
        best = int(answer.values.argmax())
        told = f"the answer, 0 to {len(answer.values) - 1}: {best}, {percent(answer.values[best])}"
        _station(tiles, 1, told)


def _drawn(station: Station) -> tuple[Tiles, int]:
    """The tiles of a station, the stronger the deeper, and how many stand in a row."""
    look = widgets.look()
    if station.values.ndim == 3:
        return charts.signed(station.values, look), MAPS_IN_A_ROW
    return charts.signed(_in_rows(station.values)[np.newaxis], look), 1


def _in_rows(units: Floats) -> Floats:
    """The units as a picture, row by row; what is missing in the last row is 0."""
    width = min(UNITS_IN_A_ROW, len(units))
    rows = -(-len(units) // width)
    picture = np.zeros(rows * width, units.dtype)
    picture[: len(units)] = units
    return picture.reshape(rows, width)


def _counted(station: Station) -> str:
    of = "filters" if station.values.ndim == 3 else "units"
    active = int(np.count_nonzero(station.values.reshape(len(station.values), -1).any(axis=1)))
    return f"{len(station.values)} {of}, {active} of them respond"


def _station(tiles: Tiles, columns: int, caption: str) -> None:
    zoom = max(1, SHOWN // (columns * tiles.shape[2]))
    st.image(
        charts.data_url(charts.montage(tiles, columns, zoom=zoom)),
        width=SHOWN,
        caption=caption,
        alt=caption,
    )
