"""What a run with the settings would be and take: numbers to learn, and time."""

from mnist_core.data import DEV_SIZE, Dataset
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.duration import expected_seconds, machine_speed
from pages.ui.records import SLOTS
from pages.ui.train import pace, words


def size_in_words(config: TrainingConfig, dataset: Dataset, duration: float | None) -> str:
    """The network from picture to answer, how many numbers it learns and about how long that takes,
    in seconds where anybody knows; or why it cannot be."""
    try:
        count = config.parameter_count(dataset.images.shape[1:], dataset.classes)
    except LabError as error:
        return str(error)
    side = "×".join(str(length) for length in dataset.images.shape[1:])
    filters = (f"{channels} filters" for channels in config.filters)
    hidden = (f"{units} units" for units in config.hidden)
    steps = [f"{side} pixels", *filters, *hidden, f"{dataset.classes}"]
    takes = "" if duration is None else f", in {words.about(duration)}"
    return f"{' → '.join(steps)} answers: **{count:,}** numbers to learn{takes}."


def expected_duration(config: TrainingConfig, dataset: Dataset) -> float | None:
    """About how many seconds a run would take that began now; None where it could not."""
    if len(dataset) <= DEV_SIZE:
        return None
    try:
        return expected_seconds(config, dataset, machine_speed(), SLOTS.share(), pace.wanted())
    except LabError:
        return None
