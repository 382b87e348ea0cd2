"""Trains the networks that come with the lab: `make models`, or `python -m mnist_core.models.make`.

Each is trained on one thread in a process of its own. All choices were made on the dev set; the
test set is read once, for the figure that is stored.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from mnist_core.data import Dataset, Split, load, split
from mnist_core.evaluation.calibration import fitted_temperature
from mnist_core.files.storage import BUNDLED, save_model
from mnist_core.models.detector import make_detector
from mnist_core.models.stored_figures import write_figures
from mnist_core.nn.network import Network
from mnist_core.runs.recorder import gradient_norms
from mnist_core.synthetic.synthetic import synthetic_digits
from mnist_core.training.checkpoints import Checkpoint
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Finished, Measured, Started, Step
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate
from mnist_core.training.model import Model
from mnist_core.training.presets import PRESETS


@dataclass(frozen=True)
class Recipe:
    """The recipe of a network.

    Attributes:
        config: its hyperparameters.
        drawn: the number of synthetic digits that join MNIST.
        checkpoint_steps: the steps after which a checkpoint is kept for replay; as many as its file
            has room for.
        checkpoint_bits: the bits of each weight in these checkpoints.
    """

    config: TrainingConfig
    checkpoint_steps: tuple[int, ...]
    drawn: int = 0
    checkpoint_bits: int = 4


DRAWN = 50_000
SPARE = 5_000
"""Synthetic digits that are not trained on: with the dev set, they calibrate the network."""

DETECTOR = "detector"

VARIED = TrainingConfig(
    optimizer="adamw",
    schedule="one_cycle",
    weight_decay=0.01,
    augmentation=0.5,
    examples=55_000 + DRAWN,
    record_every=500,
)
"""The settings that `conv` and `dense` have in common."""

RECIPES = {
    "conv": Recipe(
        replace(
            VARIED,
            convolution="wide",
            hidden=(128,),
            learning_rate=3e-3,
            dropout=0.2,
            epochs=24,
        ),
        (30, 300),
        DRAWN,
    ),
    "dense": Recipe(
        replace(VARIED, hidden=(512, 256), learning_rate=2e-3, epochs=30), (100,), DRAWN
    ),
    "notebook": Recipe(
        PRESETS["notebook"].config,
        (1, 2, 4, 7, 11, 16, 24, 36, 52, 76, 110, 160, 230, 330),
        checkpoint_bits=8,
    ),
}


def with_drawn(dataset: Dataset, parts: Split, drawn: int, seed: int) -> tuple[Dataset, Split]:
    """Add `drawn` synthetic digits to a data set, and to the training examples of its split."""
    if not drawn:
        return dataset, parts
    own = synthetic_digits(drawn, np.random.default_rng(seed))
    joined = Dataset(
        np.concatenate([dataset.images, own.images]), np.concatenate([dataset.labels, own.labels])
    )
    added = np.arange(len(dataset), len(joined))
    return joined, Split(train=np.concatenate([parts.train, added]), dev=parts.dev)


def moment(started: Started, step: Step, dataset: Dataset, parts: Split) -> Checkpoint:
    """Return a checkpoint of the network after a step, with its figures on the dev set."""
    steps = step.iteration + 1
    measured = evaluate(started.network, dataset, parts.dev)
    point = Measured(
        steps,
        steps / started.iterations_per_epoch,
        step.loss,
        step.accuracy,
        measured.loss,
        measured.accuracy,
        step.learning_rate,
        0.0,
    )
    return Checkpoint(point, started.network.copy(), gradient_norms(started.gradient))


def calibrate(network: Network, dev: Dataset, seed: int) -> float:
    """Divide a network's logits by the temperature that fits dev pictures and synthetic digits.

    Its predictions stay; its confidence comes to match its accuracy (Guo, Pleiss, Sun & Weinberger
    2017). The last layer's weights and biases are divided.

    Returns:
        The temperature.
    """
    drawn = synthetic_digits(SPARE, np.random.default_rng([seed, SPARE]))
    images = np.concatenate([dev.images, drawn.images])
    labels = np.concatenate([dev.labels, drawn.labels])
    temperature = fitted_temperature(network.logits(images), labels)
    for parameters in network.parameters.by_layer[-1]:
        np.divide(parameters, temperature, out=parameters)
    return temperature


def make(name: str, folder: Path) -> str:
    """Train one network and write it; return a line with its figures."""
    recipe, data = RECIPES[name], load()
    config = recipe.config
    dataset, parts = with_drawn(
        data.train, split(data.train, config.seed), recipe.drawn, config.seed
    )
    history: list[Measured] = []
    checkpoints: list[Checkpoint] = []
    for event in train(dataset, parts, config):
        match event:
            case Started():
                started, network = event, event.network
            case Step():
                if event.iteration + 1 in recipe.checkpoint_steps:
                    checkpoints.append(moment(started, event, dataset, parts))
            case Measured():
                history.append(event)
            case Finished(last):
                history.append(last)
    results = {
        "dev_accuracy": last.dev_accuracy,
        "test_accuracy": evaluate(network, data.test).accuracy,
        "seconds": round(last.seconds, 1),
        "iterations": last.iteration,
        "drawn_digits": recipe.drawn,
    }
    if recipe.drawn:
        results["temperature"] = calibrate(network, data.train.subset(parts.dev), config.seed)
    path = folder / f"{name}.safetensors"
    model = Model(
        name, network, config, tuple(history), results, data.origin, checkpoints=tuple(checkpoints)
    )
    save_model(model, path, recipe.checkpoint_bits)
    return (
        f"{name}: dev {results['dev_accuracy']:.2%}, test {results['test_accuracy']:.2%}, "
        f"{network.size:,} parameters, {path.stat().st_size / 1e6:.2f} MB, "
        f"{results['seconds']:.0f} s"
    )


def make_detector_in(folder: Path) -> str:
    """Make the detector in a folder of its own; return a line with its figures."""
    path = folder / "detector" / "digits.safetensors"
    path.parent.mkdir(exist_ok=True)
    return make_detector(path)


def main() -> None:
    """Make the networks asked for, two at a time, measure all, and print the time that it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", default=[*RECIPES, DETECTOR], help="which ones; default all"
    )
    parser.add_argument("--out", type=Path, default=BUNDLED, help="the folder to write to")
    options = parser.parse_args()
    started = perf_counter()
    with ProcessPoolExecutor(max_workers=2) as pool:
        jobs = [
            pool.submit(make_detector_in, options.out)
            if name == DETECTOR
            else pool.submit(make, name, options.out)
            for name in options.names
        ]
        for job in as_completed(jobs):
            print(job.result(), flush=True)
    print(write_figures(options.out))
    print(f"in all: {perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
