"""The predictions of a network for many pictures, computed once, with a progress bar."""

from functools import partial
from hashlib import sha256

from mnist_core.arrays import Indices
from mnist_core.data import Data, Half
from mnist_core.evaluation.predictions import Predictions, predictions_step_by_step
from pages.ui.elements.literal import in_markdown
from pages.ui.visit.analysis_cache import cached_step_by_step
from pages.ui.visit.models import NetworkChoice


def answered(choice: NetworkChoice, data: Data, half: Half, places: Indices) -> Predictions:
    """Return a network's predictions for the pictures at the indices `places` `(n,)` of a half."""
    network = choice.model.network
    return cached_step_by_step(
        choice,
        network,
        data,
        f"answers {half} {sha256(places.tobytes()).hexdigest()}",
        f"Asking {in_markdown(choice.title)} about the pictures …",
        partial(predictions_step_by_step, network, data.half(half), places),
    )
