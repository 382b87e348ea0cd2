"""One contestant at one work, in a process of its own: `python -m benchmarks.contestants A W`.

All lines that it prints are JSON. The first one names the kernels of its libraries. Each line on
standard input requests one timed round; the answer has its seconds. At the end of input the last
line has the accuracy reached and the peak memory.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.kernels import kernels
from benchmarks.works import WORKS, Work
from mnist_core.data import Data, Split, load, split
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Started, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.metrics import evaluate
from mnist_core.training.train_state import TrainState

MORE_THAN_ASKED_FOR = 10_000
"""Epochs of a training that goes on for as long as rounds are requested."""


@dataclass
class Contest:
    """The task of every contestant: data, split, configuration and initial weights."""

    work: Work
    config: TrainingConfig
    threads: int
    data: Data
    split: Split
    network: Network

    def pixels(self, dtype: Any) -> Any:
        """Return the training images as rows of numbers from 0 to 1."""
        images = self.data.train.images[self.split.train]
        return images.reshape(len(images), -1).astype(dtype) / dtype(255)

    def labels(self) -> Any:
        """Return the training labels."""
        return self.data.train.labels[self.split.train]


Rounds = Iterator[float]
Player = Callable[[Contest], tuple[Rounds, Callable[[], float]]]


def lab(contest: Contest) -> tuple[Rounds, Callable[[], float]]:
    """Run the lab itself, through its public training loop; a dev set of one costs no time."""
    network = contest.network

    def rounds() -> Rounds:
        if not contest.work.trains:
            yield from _time(
                lambda: network.logits(contest.data.test.images[:1]), contest.work.repeats
            )
        config = replace(contest.config, epochs=MORE_THAN_ASKED_FOR, record_every=100_000)
        few = Split(contest.split.train, contest.split.dev[:1])
        train_state = TrainState.of(network, config)
        events = train(
            contest.data.train, few, config, train_state, Controls(threads=contest.threads)
        )
        per_epoch = next(e.iterations_per_epoch for e in events if isinstance(e, Started))
        per_round = per_epoch * contest.work.repeats
        started = perf_counter()
        for event in events:
            if isinstance(event, Step) and (event.iteration + 1) % per_round == 0:
                yield perf_counter() - started
                started = perf_counter()

    return rounds(), lambda: evaluate(network, contest.data.test).accuracy


def textbook(contest: Contest) -> tuple[Rounds, Callable[[], float]]:
    """Run the `notebook` recipe as it is usually written, in float64 NumPy."""
    x, y = contest.pixels(np.float64).T, np.eye(10)[contest.labels()].T
    w1, b1, w2, b2 = (
        p.astype(np.float64) for layer in contest.network.parameters.by_layer for p in layer
    )
    n, rate = x.shape[1], contest.config.learning_rate

    def iteration() -> None:
        nonlocal w1, b1, w2, b2
        z1 = w1 @ x + b1
        a1 = np.maximum(z1, 0)
        z2 = w2 @ a1 + b2
        p = np.exp(z2) / np.sum(np.exp(z2), axis=0)
        dz2 = p - y
        dz1 = (w2.T @ dz2) * (z1 > 0)
        w2 = w2 - rate * (dz2 @ a1.T) / n
        b2 = b2 - rate * dz2.sum(axis=1, keepdims=True) / n
        w1 = w1 - rate * (dz1 @ x.T) / n
        b1 = b1 - rate * dz1.sum(axis=1, keepdims=True) / n

    def accuracy() -> float:
        images = contest.data.test.images
        a1 = np.maximum(w1 @ (images.reshape(len(images), -1).T / 255) + b1, 0)
        return float(((w2 @ a1 + b2).argmax(axis=0) == contest.data.test.labels).mean())

    return _time(iteration, contest.work.repeats), accuracy


def pytorch(contest: Contest) -> tuple[Rounds, Callable[[], float]]:
    """Run PyTorch with all tensors in memory and, where it is Adam, the fused one."""
    import torch

    torch.set_num_threads(contest.threads)
    module = _torch_module(contest.network)
    cross_entropy = torch.nn.functional.cross_entropy
    shape = (-1, 1, 28, 28) if contest.network.convolutional else (-1, 784)
    test = torch.tensor(contest.data.test.images / np.float32(255), dtype=torch.float32)
    test = test.reshape(shape)
    if not contest.work.trains:

        def read() -> None:
            with torch.inference_mode():
                module(test[:1])

        return _time(read, contest.work.repeats), lambda: _torch_accuracy(module, test, contest)
    x = torch.tensor(contest.pixels(np.float32)).reshape(shape)
    y = torch.tensor(contest.labels().astype(np.int64))
    rate, size = contest.config.learning_rate, contest.config.batch_size
    optimizer: Any = (
        torch.optim.Adam(module.parameters(), lr=rate, fused=True)
        if size
        else torch.optim.SGD(module.parameters(), lr=rate)
    )

    def learn(batch_x: Any, batch_y: Any) -> None:
        optimizer.zero_grad(set_to_none=True)
        cross_entropy(module(batch_x), batch_y).backward()
        optimizer.step()

    def epoch() -> None:
        if not size:
            learn(x, y)
            return
        for batch in torch.randperm(len(x)).split(size):
            learn(x[batch], y[batch])

    return _time(epoch, contest.work.repeats), lambda: _torch_accuracy(module, test, contest)


def _torch_module(network: Network) -> Any:
    """Build the same layers in PyTorch, with the same weights."""
    import torch

    from mnist_core.nn.convolution import Conv2D, MaxPool2D
    from mnist_core.nn.layers import Activation, Dense, Flatten

    modules: list[Any] = []
    for layer, before, parameters in zip(
        network.layers, network.shapes, network.parameters.by_layer, strict=False
    ):
        match layer:
            case Dense(units):
                modules.append(torch.nn.Linear(before[0], units))
            case Conv2D(channels, size):
                modules.append(torch.nn.Conv2d(before[0], channels, size))
            case MaxPool2D(size):
                modules.append(torch.nn.MaxPool2d(size))
            case Activation("relu"):
                modules.append(torch.nn.ReLU())
            case Flatten():
                modules.append(torch.nn.Flatten())
        if parameters:
            with torch.no_grad():
                for own, ours in zip(modules[-1].parameters(), parameters, strict=True):
                    own.copy_(torch.tensor(ours).reshape(own.shape))
    return torch.nn.Sequential(*modules)


def _torch_accuracy(module: Any, test: Any, contest: Contest) -> float:
    import torch

    with torch.inference_mode():
        predicted = module(test).argmax(dim=1).numpy()
    return float((predicted == contest.data.test.labels).mean())


def scikit_learn(contest: Contest) -> tuple[Rounds, Callable[[], float]]:
    """Run scikit-learn's MLPClassifier; it draws its own initial weights."""
    from sklearn.neural_network import MLPClassifier

    x, y = contest.pixels(np.float32), contest.labels()
    classifier = MLPClassifier(
        contest.config.hidden,
        batch_size=contest.config.batch_size,
        learning_rate_init=contest.config.learning_rate,
        alpha=0.0,
        random_state=contest.config.seed,
    )
    classes = np.arange(10)
    test = contest.data.test
    rows = test.images.reshape(len(test), -1).astype(np.float32) / np.float32(255)
    return (
        _time(lambda: classifier.partial_fit(x, y, classes=classes), contest.work.repeats),
        lambda: float(classifier.score(rows, test.labels)),
    )


def _time(action: Callable[[], object], repeats: int) -> Rounds:
    while True:
        started = perf_counter()
        for _ in range(repeats):
            action()
        yield perf_counter() - started


PLAYERS: dict[str, Player] = {
    "lab": lab,
    "textbook": textbook,
    "pytorch": pytorch,
    "scikit-learn": scikit_learn,
}


def main(player: str, work: str, threads: int, batch_size: int | None) -> None:
    """Play rounds for as long as they are requested, then print the outcome."""
    config = WORKS[work].config
    if batch_size:
        config = replace(config, batch_size=batch_size)
    data = load()
    network = config.initial_network((28, 28), 10, np.random.default_rng(config.seed))
    contest = Contest(WORKS[work], config, threads, data, split(data.train, config.seed), network)
    try:
        rounds, accuracy = PLAYERS[player](contest)
    except ImportError as error:
        print(json.dumps({"missing": str(error)}), flush=True)
        return
    print(json.dumps({"kernels": kernels()}), flush=True)
    for _ in sys.stdin:
        seconds = next(rounds) / contest.work.repeats
        print(json.dumps({"seconds": seconds}), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"accuracy": accuracy(), "peak_mb": peak}), flush=True)


if __name__ == "__main__":
    name, work_name, threads_text, batch_text = sys.argv[1:]
    main(name, work_name, int(threads_text), int(batch_text) or None)
