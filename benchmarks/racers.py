"""One contestant of the race, in a process of its own.

    python -m benchmarks.racers NAME THREADS SEED

A racer is a generator that trains on `STRETCH` pictures, then yields a function that reads
pictures, and continues when it is resumed. Only the time inside it counts: the measuring between
two stretches is free. The preparation of the pictures (scaling, tensors) is inside.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter
from typing import Any, TypeAlias

import numpy as np

from benchmarks.kernels import kernels
from mnist_core.arrays import Labels, Pixels
from mnist_core.data import Dataset, Split, load, split
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.presets import PRESETS
from mnist_core.training.train_state import TrainState

STRETCH = 5_500
"""Pictures between two measurements: a tenth of an epoch."""

GOALS = (0.98, 0.99, 0.993)
"""The dev accuracies to reach."""

MEAN, DEVIATION = 0.1307, 0.3081
"""Mean and standard deviation of MNIST's pixels, 0 to 1, as in PyTorch's example."""

Reader: TypeAlias = Callable[[Pixels], Labels]
Racer: TypeAlias = Callable[[Dataset, Split, int, int], Iterator[Reader]]
"""Makes a racer's generator from the training set, its split, a number of threads and a seed."""


ONE_EPOCH = replace(
    PRESETS["sprint"].config, hidden=(64,), learning_rate=6e-3, epochs=1, augmentation=0.0
)
"""The preset `sprint`, shortened for 98 of 100."""


def lab(recipe: TrainingConfig) -> Racer:
    """Run the lab itself, through its public training loop."""

    def racer(dataset: Dataset, parts: Split, threads: int, seed: int) -> Iterator[Reader]:
        config = replace(recipe, seed=seed, record_every=100_000)
        train_state = TrainState.new(config, dataset.images.shape[1:], dataset.classes)
        unmeasured = Split(parts.train, parts.dev[:1])

        def read(images: Pixels) -> Labels:
            return train_state.network.logits(images).argmax(axis=0).astype(np.uint8)

        stretch = max(1, STRETCH // (config.batch_size or len(parts.train)))
        for event in train(dataset, unmeasured, config, train_state, Controls(threads=threads)):
            if isinstance(event, Step) and (event.iteration + 1) % stretch == 0:
                yield read
        yield read

    return racer


def pytorch_example(dataset: Dataset, parts: Split, threads: int, seed: int) -> Iterator[Reader]:
    """Run PyTorch's own MNIST example, its pictures in memory instead of read one by one.

    https://github.com/pytorch/examples/blob/main/mnist/main.py
    """
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    module = nn.Sequential(
        *(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Dropout(0.25), nn.Flatten(), nn.Linear(9_216, 128), nn.ReLU(), nn.Dropout(0.5)),
        nn.Linear(128, 10),
    )
    optimizer = torch.optim.Adadelta(module.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    return _torch(module, optimizer, dataset, parts, 64, 14, (MEAN, DEVIATION), schedule.step)


def keras_example(dataset: Dataset, parts: Split, threads: int, seed: int) -> Iterator[Reader]:
    """Run the network and recipe of Keras's "Simple MNIST convnet", in PyTorch.

    https://keras.io/examples/vision/mnist_convnet/
    """
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    module = nn.Sequential(
        *(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Dropout(0.5), nn.Linear(1_600, 10)),
    )
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-3, fused=True)
    return _torch(module, optimizer, dataset, parts, 128, 15, (0.0, 1.0), lambda: None)


def _torch(
    module: Any,
    optimizer: Any,
    dataset: Dataset,
    parts: Split,
    batch_size: int,
    epochs: int,
    scale: tuple[float, float],
    after_epoch: Callable[[], object],
) -> Iterator[Reader]:
    """Train a PyTorch module."""
    import torch

    def tensor(images: Pixels) -> Any:
        pixels = torch.tensor(images[:, np.newaxis], dtype=torch.float32) / 255
        return (pixels - scale[0]) / scale[1]

    def read(images: Pixels) -> Labels:
        module.eval()
        with torch.inference_mode():
            found = [module(tensor(part)).argmax(dim=1) for part in np.array_split(images, 20)]
        module.train()
        return np.asarray(torch.cat(found).numpy(), np.uint8)

    x = tensor(dataset.images[parts.train])
    y = torch.tensor(dataset.labels[parts.train].astype(np.int64))
    stretch = STRETCH // batch_size
    for _ in range(epochs):
        for number, batch in enumerate(torch.randperm(len(x)).split(batch_size), start=1):
            optimizer.zero_grad(set_to_none=True)
            torch.nn.functional.cross_entropy(module(x[batch]), y[batch]).backward()
            optimizer.step()
            if number % stretch == 0:
                yield read
        after_epoch()
    yield read


def scikit_learn(dataset: Dataset, parts: Split, threads: int, seed: int) -> Iterator[Reader]:
    """Run scikit-learn's `MLPClassifier` with its defaults, for 40 epochs."""
    from sklearn.neural_network import MLPClassifier
    from threadpoolctl import threadpool_limits

    def rows(images: Pixels) -> Any:
        return images.reshape(len(images), -1).astype(np.float32) / np.float32(255)

    threadpool_limits(threads)
    classifier = MLPClassifier(random_state=seed)
    x, y = rows(dataset.images[parts.train]), dataset.labels[parts.train]
    rng = np.random.default_rng(seed)
    for _ in range(40):
        order = rng.permutation(len(x))
        for start in range(0, len(x), STRETCH):
            part = order[start : start + STRETCH]
            classifier.partial_fit(x[part], y[part], classes=np.arange(10))
            yield lambda images: np.asarray(classifier.predict(rows(images)), np.uint8)


RACERS: dict[str, Racer] = {
    **{
        f"lab: {name}": lab(PRESETS[name].config)
        for name in ("sprint", "small_dense", "small_conv")
    },
    "lab: sprint, one epoch": lab(ONE_EPOCH),
    "PyTorch's example": pytorch_example,
    "Keras's example in PyTorch": keras_example,
    "scikit-learn": scikit_learn,
}


def race(name: str, threads: int, seed: int) -> dict[str, Any]:
    """Let one racer run until it has reached all goals, or its recipe is over."""
    data = load()
    parts = split(data.train, 0)
    images, labels = data.train.images[parts.dev], data.train.labels[parts.dev]
    reached: dict[str, float | None] = {str(goal): None for goal in GOALS}
    racing = RACERS[name](data.train, parts, threads, seed)
    seconds = 0.0
    while None in reached.values():
        began = perf_counter()
        read = next(racing, None)
        seconds += perf_counter() - began
        if read is None:
            break
        accuracy = float((read(images) == labels).mean())
        for goal in GOALS:
            if accuracy >= goal and reached[str(goal)] is None:
                reached[str(goal)] = seconds
        last = read
    right = float((last(data.test.images) == data.test.labels).mean())
    return {
        "contestant": name,
        "threads": threads,
        "seconds_to": reached,
        "test_accuracy": right,
        "kernels": kernels(),
    }


if __name__ == "__main__":
    asked, threads_text, seed_text = sys.argv[1:]
    try:
        print(json.dumps(race(asked, int(threads_text), int(seed_text))))
    except ImportError as error:
        raise SystemExit(
            f"{asked} is not installed: pip install -r benchmarks/requirements.txt"
        ) from error
