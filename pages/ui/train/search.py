"""A search for better settings, one at a time: its set-up, and under it how it goes."""

from mnist_core.data import Data
from mnist_core.training.config import TrainingConfig
from pages.ui.train import session
from pages.ui.train.search_progress import show_progress
from pages.ui.train.search_setup import set_up


def search(config: TrainingConfig, data: Data) -> None:
    """Everything about the visit's search."""
    found = session.sweep()
    if found is None or found.snapshot().over:
        set_up(config)
    if found is not None:
        show_progress(found, data)
