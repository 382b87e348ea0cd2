"""A picture as a PNG in a `data:` URL, which is a part of the page and not a file of its own.

A file that the server kept for a picture may be gone by the time that a slow browser asks for it.
"""

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def png(picture: NDArray[np.uint8]) -> bytes:
    """Encode a picture `(height, width, 3 or 4)`, RGB or RGBA, as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", compress_level=1)
    return file.getvalue()


def data_url(picture: NDArray[np.uint8]) -> str:
    """Encode a picture as the `data:` URL of a PNG."""
    return f"data:image/png;base64,{base64.b64encode(png(picture)).decode()}"
