"""The detector that comes with the lab: the network in `models/detector`, with its threshold."""

from functools import cache

from mnist_core.drawing.detector import Detector
from mnist_core.files.storage import BUNDLED, load_model

FILE = BUNDLED / "detector" / "digits.safetensors"


@cache
def digit_detector() -> Detector:
    """Return the detector; it is never changed, so all callers share it."""
    model = load_model(FILE)
    return Detector(model.network, model.results["threshold"])
