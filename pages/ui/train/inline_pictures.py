"""Pictures that change every second: they travel with the page instead of as files of their own.

A file of an earlier second is gone by the time that a slow browser asks for it.
"""

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def data_url(picture: NDArray[np.uint8]) -> str:
    """An RGBA picture `(height, width, 4)` as the address of a PNG, for `st.image`."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", compress_level=1)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
