"""The predictions of a network for many pictures, computed once, with a progress bar."""

from functools import partial

from mnist_core.arrays import Indices
from mnist_core.data import Data, Half
from mnist_core.evaluation.predictions import Predictions, predictions_step_by_step
from mnist_core.nn.network import Network
from pages.ui.elements.literal import in_markdown
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LongWork
from pages.ui.visit.models import NetworkChoice


def answered(choice: NetworkChoice, data: Data, half: Half, indices: Indices) -> Predictions:
    """Return a network's predictions for the pictures at some `indices` of a half, `(n,)`."""
    return answered_by(choice, choice.model.network, data, half, indices)


def answered_by(
    choice: NetworkChoice, network: Network, data: Data, half: Half, indices: Indices
) -> Predictions:
    """Return the same of `network`, which is an earlier stage of the choice's."""
    work = _asking(choice, network, data, half, indices)
    return work.result(f"Asking {in_markdown(choice.title)} about the pictures …")


@cached()
def _asking(
    _choice: NetworkChoice, network: Network, data: Data, half: Half, indices: Indices
) -> LongWork[Predictions]:
    return LongWork(partial(predictions_step_by_step, network, data.half(half), indices))
