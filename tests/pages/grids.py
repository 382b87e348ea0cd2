"""What the image grids on a page show, read from what is sent to the browser."""

import base64
import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from streamlit.testing.v1 import AppTest


def components(page: AppTest, name: str) -> list[dict[str, Any]]:
    """What each component of this name on the page was given, in the order of the page."""
    found = page.get("bidi_component")
    return [json.loads(one.proto.json) for one in found if one.proto.component_name == name]


def grids(page: AppTest) -> list[dict[str, Any]]:
    """What each grid of pictures on the page was given, in the order of the page."""
    return components(page, "lab_image_grid")


def tiles(grid: dict[str, Any]) -> NDArray[np.uint8]:
    """The pictures of a grid `(n, height, width, 3)`, cut out of its sheet again."""
    _, _, packed = grid["sheet"].partition("base64,")
    sheet = np.array(Image.open(io.BytesIO(base64.b64decode(packed))))[..., :3]
    columns, width, height = grid["columns"], grid["width"], grid["height"]
    gap = grid["sheet_gap"]
    zoom = (sheet.shape[1] + 1) // (columns * (width + gap) - gap)
    sheet = sheet[::zoom, ::zoom]
    places = (divmod(place, columns) for place in range(len(grid["names"])))
    corners = [(row * (height + gap), column * (width + gap)) for row, column in places]
    return np.stack([sheet[y : y + height, x : x + width] for y, x in corners])
