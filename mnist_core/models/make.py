"""Train the networks that come with the lab: `make models`, or `python -m mnist_core.models.make`.

Each learns on one thread in a process of its own. What was chosen was chosen on the dev set; the
test set is read once, for the figure that is stored.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from mnist_core.data import Dataset, Split, load, split
from mnist_core.files.storage import BUNDLED, Model, save_model
from mnist_core.handwriting.synthetic import synthetic_digits
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Finished, Measured, Started
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate
from mnist_core.training.presets import PRESETS


@dataclass(frozen=True)
class Recipe:
    """How a network is made: its configuration, and how many of our own drawn digits join MNIST."""

    config: TrainingConfig
    drawn: int = 0


DRAWN = 40_000

VARIED = TrainingConfig(
    optimizer="adamw",
    schedule="one_cycle",
    weight_decay=0.01,
    augmentation=0.5,
    examples=55_000 + DRAWN,
    record_every=500,
)
"""What `conv` and `dense` have in common."""

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
        DRAWN,
    ),
    "dense": Recipe(replace(VARIED, hidden=(512, 256), learning_rate=2e-3, epochs=30), DRAWN),
    "notebook": Recipe(PRESETS["notebook"].config),
}


def with_drawn(dataset: Dataset, parts: Split, drawn: int, seed: int) -> tuple[Dataset, Split]:
    """The data set and its split with `drawn` digits of our own among the training examples."""
    if not drawn:
        return dataset, parts
    own = synthetic_digits(drawn, np.random.default_rng(seed))
    joined = Dataset(
        np.concatenate([dataset.images, own.images]), np.concatenate([dataset.labels, own.labels])
    )
    added = np.arange(len(dataset), len(joined))
    return joined, Split(train=np.concatenate([parts.train, added]), dev=parts.dev)


def make(name: str, folder: Path) -> str:
    """Train one network, write it, and tell in a line what came of it."""
    recipe, data = RECIPES[name], load()
    config = recipe.config
    dataset, parts = with_drawn(
        data.train, split(data.train, config.seed), recipe.drawn, config.seed
    )
    history: list[Measured] = []
    for event in train(dataset, parts, config):
        match event:
            case Started():
                network = event.network
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
    path = folder / f"{name}.safetensors"
    save_model(Model(name, network, config, tuple(history), results, data.origin), path)
    return (
        f"{name}: dev {results['dev_accuracy']:.2%}, test {results['test_accuracy']:.2%}, "
        f"{network.size:,} parameters, {path.stat().st_size / 1e6:.2f} MB, "
        f"{results['seconds']:.0f} s"
    )


def main() -> None:
    """Make the networks asked for, two at a time, and tell how long it all took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(RECIPES), help="which ones; default all")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="the folder to write to")
    options = parser.parse_args()
    started = perf_counter()
    with ProcessPoolExecutor(max_workers=2) as pool:
        for job in as_completed([pool.submit(make, name, options.out) for name in options.names]):
            print(job.result(), flush=True)
    print(f"in all: {perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
