"""Makes the labelled runs on which the observer is tested: `python -m benchmarks.labelled_runs`.

Each label names the cause in a run, never the look of its curve: a rate a thousand times too small,
300 pictures a hundred times over, a stop by hand after a tenth. Takes some minutes on one core and
writes `labelled_runs.json`, which `benchmarks.observer` reads.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap

from tqdm import tqdm

from benchmarks.labelled_curves import FILE, LabelledCurve, save
from mnist_core.data import BUNDLED, DEV_SIZE, Dataset, load, split
from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.insight.dead_units import dead_share
from mnist_core.runs.recorder import RunRecorder
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.presets import PRESETS

SILENCE_SAMPLE = 300
"""Dev pictures by which dead units are found, as on the Train page."""

FEW = TrainingConfig(examples=10_000, epochs=5, record_every=20)
DESCENT = replace(FEW, optimizer="sgd", learning_rate=0.1)
FILTERS = replace(PRESETS["small_conv"].config, examples=3_000, record_every=4)
DENSE = PRESETS["small_dense"].config
NOTEBOOK = replace(PRESETS["notebook"].config, examples=10_000)
DEEP = replace(DESCENT, hidden=(32,) * 6, activation="sigmoid", initializer="glorot", epochs=3)
GOOD = (
    DENSE,
    replace(DENSE, epochs=4, seed=1),
    TrainingConfig(epochs=10, record_every=200),
    TrainingConfig(hidden=(64,), dropout=0.1, epochs=12, record_every=200),
    replace(DENSE, optimizer="sgd", learning_rate=0.1, momentum=0.9, nesterov=True),
    replace(DENSE, optimizer="adamw", weight_decay=0.02, learning_rate=3e-3),
    replace(DENSE, activation="gelu", epochs=4),
)

TO_THE_END: Mapping[str, Sequence[TrainingConfig]] = {
    "rate too small": (
        replace(DENSE, learning_rate=1e-6, epochs=1),
        replace(DENSE, learning_rate=1e-6, examples=20_000),
        replace(FEW, learning_rate=1e-6),
        replace(FEW, learning_rate=5e-6, hidden=(64, 64)),
        SCENARIOS["too_slow"].config,
        replace(DESCENT, learning_rate=3e-4),
        replace(DESCENT, learning_rate=1e-3, activation="tanh", initializer="glorot", epochs=2),
        replace(FEW, optimizer="rmsprop", learning_rate=1e-6),
        replace(FILTERS, learning_rate=3e-6, epochs=3),
        replace(NOTEBOOK, learning_rate=1e-3, epochs=100),
    ),
    "rate too large": (
        replace(FEW, learning_rate=0.03),
        replace(FEW, learning_rate=0.1),
        replace(FEW, learning_rate=0.05, activation="tanh"),
        replace(FEW, optimizer="rmsprop", learning_rate=0.03),
        replace(DESCENT, learning_rate=2.0, activation="leaky_relu"),
        replace(DESCENT, learning_rate=0.3, momentum=0.95),
        replace(FILTERS, learning_rate=0.05, epochs=3),
    ),
    "diverging": (
        SCENARIOS["too_fast"].config,
        replace(DESCENT, learning_rate=10.0, hidden=(64, 64), activation="gelu"),
        replace(DESCENT, learning_rate=5.0, weight_decay=1.0),
        replace(DESCENT, learning_rate=10.0, hidden=(16, 16), activation="leaky_relu", seed=2),
    ),
    "sleeping units": (
        SCENARIOS["dead_units"].config,
        replace(FEW, hidden=(64, 64), learning_rate=0.3, epochs=2),
        replace(FEW, hidden=(128, 64), learning_rate=0.1, optimizer="rmsprop", epochs=2),
        replace(DESCENT, hidden=(64, 64), learning_rate=3.0, epochs=2),
    ),
    "vanishing gradient": (
        SCENARIOS["vanishing"].config,
        DEEP,
        replace(DEEP, hidden=(64,) * 8, learning_rate=0.5),
        replace(DEEP, hidden=(16,) * 5, seed=1),
    ),
    "decay too strong": (
        SCENARIOS["too_tame"].config,
        replace(FEW, weight_decay=0.5, epochs=3),
        replace(FEW, weight_decay=0.2, hidden=(64, 32)),
        replace(FEW, weight_decay=1.0, optimizer="rmsprop", epochs=3),
    ),
    "overfitting": (
        SCENARIOS["overfitting"].config,
        replace(FEW, examples=500, batch_size=50, epochs=60),
        replace(FEW, examples=1_000, hidden=(256, 128), epochs=60),
        replace(FEW, examples=2_000, hidden=(256,), epochs=40, seed=1),
        replace(DESCENT, examples=1_000, batch_size=32, epochs=60),
        replace(FEW, examples=3_000, epochs=40, activation="tanh", initializer="glorot"),
        replace(FILTERS, examples=400, epochs=40, record_every=20),
    ),
    "underfitting": (
        SCENARIOS["bottleneck"].config,
        replace(FEW, hidden=(1,), epochs=20),
        replace(FEW, hidden=(2,), epochs=30, record_every=50),
        replace(FEW, hidden=(3,), epochs=30, record_every=50),
        replace(FEW, hidden=(4,), epochs=30, activation="tanh", record_every=50, seed=2),
        replace(FEW, hidden=(32, 2), epochs=60, record_every=100),
    ),
    "plateau": (
        replace(FEW, examples=30_000, hidden=(), epochs=20, record_every=100),
        replace(DESCENT, examples=30_000, hidden=(8,), epochs=20, record_every=100),
        replace(NOTEBOOK, learning_rate=0.5, epochs=1_500, record_every=40),
        replace(DENSE, hidden=(10,), epochs=10),
    ),
    "too short": (
        replace(DENSE, epochs=1),
        replace(DENSE, epochs=1, examples=10_000, record_every=10),
        replace(FEW, epochs=1, record_every=5),
        replace(FEW, epochs=1, activation="tanh", learning_rate=5e-4, record_every=5),
        replace(DESCENT, epochs=2, learning_rate=0.05),
        replace(NOTEBOOK, epochs=80, record_every=4),
        replace(FILTERS, epochs=1, record_every=2),
        replace(DEEP, hidden=(64, 64), activation="relu", initializer="he", learning_rate=0.02),
    ),
    "fine": GOOD,
}
"""Runs by label, each trained to its end."""

CUT: Mapping[str, Sequence[tuple[TrainingConfig, float]]] = {
    "stopped by hand": (
        (replace(DENSE, epochs=200), 0.02),
        (replace(DENSE, epochs=200, examples=20_000), 0.05),
        (replace(DENSE, epochs=20), 0.1),
        (replace(TrainingConfig(), epochs=50), 0.04),
        (replace(DESCENT, epochs=200), 0.05),
        (PRESETS["notebook"].config, 0.1),
        (replace(FILTERS, epochs=50), 0.04),
    ),
    "going on": (
        *((config, 0.15) for config in GOOD[:3]),
        *((config, 0.5) for config in GOOD[1:5]),
        *((config, 0.85) for config in GOOD[::2]),
        (replace(NOTEBOOK, epochs=500), 0.3),
        (replace(FILTERS, epochs=20), 0.2),
    ),
}
"""Runs by label that are observed before their end, each with the share of its steps taken."""


@dataclass(frozen=True)
class Recipe:
    """The recipe of a run: it is observed after this share of its steps, with this `status`."""

    label: str
    config: TrainingConfig
    share: float = 1.0
    status: Status = Status.FINISHED


def recipes() -> Iterator[Recipe]:
    """Yield the recipe of every run."""
    for label, configs in TO_THE_END.items():
        yield from (Recipe(label, config) for config in configs)
    statuses = {"stopped by hand": Status.STOPPED, "going on": Status.RUNNING}
    for label, cuts in CUT.items():
        yield from (Recipe(label, config, share, statuses[label]) for config, share in cuts)


def run(recipe: Recipe, dataset: Dataset) -> LabelledCurve:
    """Train, end as the recipe says, and return the facts for the observer."""
    config, parts, controls = recipe.config, split(dataset, recipe.config.seed), Controls()
    progress = RunRecorder(min(config.examples, len(parts.train)))
    progress.set_status(recipe.status)
    for event in train(dataset, parts, config, controls=controls):
        progress.add(event)
        if isinstance(event, Diverged):
            progress.set_status(Status.DIVERGED)
        if isinstance(event, Step):
            controls.ended = progress.snapshot().progress >= recipe.share
    now = progress.snapshot()
    sample = dataset.images[parts.dev[:SILENCE_SAMPLE]]
    silent = dead_share(now.network, sample) if now.network else 0.0
    return LabelledCurve(recipe.label, config, _bare(now), silent, len(dataset) - DEV_SIZE)


def _bare(now: Snapshot) -> Snapshot:
    """Remove the fields that the observer does not use."""
    return replace(now, network=None, batches=Snapshot(now.status).batches)


def main() -> None:
    """Make all runs and write the file."""
    dataset = load(BUNDLED).train
    made = list(recipes())
    save(list(starmap(run, ((recipe, dataset) for recipe in tqdm(made)))))
    print(f"{len(made)} runs are in {FILE.name}.")


if __name__ == "__main__":
    main()
