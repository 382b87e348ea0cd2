"""The training loop against the recipe written out in float64, and what it promises besides."""

import math
import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from time import sleep

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.data import Data, Dataset, Split, split
from mnist_core.errors import LabError
from mnist_core.nn.network import Network
from mnist_core.training.batches import Batches
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Event, Finished, Measured, Started, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.metrics import evaluate
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.presets import PRESETS
from mnist_core.training.train_state import TrainState
from tests.core.training.exploding import EXPLODING

Array = NDArray[np.float64]
SMALL = TrainingConfig(hidden=(12,), batch_size=64, epochs=2, record_every=5, seed=3)


@pytest.fixture(scope="module")
def few(data: Data) -> tuple[Dataset, Split]:
    """1,000 examples to learn from: fifteen batches of 64 and one of 40."""
    few = data.train.subset(np.arange(1_200))
    return few, split(few, seed=0, dev_size=200)


def measured(events: list[Event]) -> list[Measured]:
    return [event for event in events if isinstance(event, Measured)]


def steps(events: list[Event]) -> list[Step]:
    return [event for event in events if isinstance(event, Step)]


class Notebook:
    """A network of two layers as a textbook writes it: a column is a sample, float64 throughout."""

    def __init__(self, start: Network) -> None:
        (w1, b1), (w2, b2) = (layer for layer in start.parameters.by_layer if layer)
        self.w1, self.b1, self.w2, self.b2 = (p.astype(float) for p in (w1, b1, w2, b2))

    @property
    def parameters(self) -> list[Array]:
        return [self.w1, self.b1, self.w2, self.b2]

    def gradients(self, x: Array, y: Array) -> tuple[float, list[Array]]:
        """The mean cross-entropy for one-hot y, and its gradient by each parameter."""
        n = x.shape[1]
        z1 = self.w1 @ x + self.b1
        a1 = np.maximum(z1, 0)
        z2 = self.w2 @ a1 + self.b2
        exp = np.exp(z2 - z2.max(axis=0))
        p = exp / exp.sum(axis=0)
        loss = -np.sum(y * np.log(p)) / n
        dz2 = p - y
        dw2, db2 = dz2 @ a1.T / n, dz2.sum(axis=1, keepdims=True) / n
        dz1 = self.w2.T @ dz2 * (z1 > 0)
        dw1, db1 = dz1 @ x.T / n, dz1.sum(axis=1, keepdims=True) / n
        return float(loss), [dw1, db1, dw2, db2]

    def descend(self, x: Array, y: Array, rate: float, l2: float = 0.0) -> float:
        loss, (dw1, db1, dw2, db2) = self.gradients(x, y)
        self.w1 = self.w1 - rate * (dw1 + l2 * self.w1)
        self.b1 = self.b1 - rate * db1
        self.w2 = self.w2 - rate * (dw2 + l2 * self.w2)
        self.b2 = self.b2 - rate * db2
        return loss


def columns(dataset: Dataset, indices: NDArray[np.intp]) -> tuple[Array, Array]:
    """Pixels divided by 255, a column a sample, and the labels one-hot."""
    x = dataset.images[indices].reshape(len(indices), -1).T / 255
    return x, np.eye(10)[dataset.labels[indices]].T


def test_a_run_that_is_ended_measures_what_it_leaves(few: tuple[Dataset, Split]) -> None:
    controls, events = Controls(), []
    for event in train(*few, SMALL, controls=controls):
        events.append(event)
        controls.ended = isinstance(event, Step) and event.iteration == 6
    started, finished = events[0], events[-1]
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    assert [step.iteration for step in steps(events)] == list(range(7))
    assert finished.last.iteration == 7
    assert finished.last.dev_accuracy == evaluate(started.network, few[0], few[1].dev).accuracy


def test_a_run_that_is_ended_before_its_first_step_measures_nothing(
    few: tuple[Dataset, Split],
) -> None:
    (started,) = train(*few, SMALL, controls=Controls(ended=True))
    assert isinstance(started, Started)


def test_the_recipe_follows_its_float64_twin_for_50_iterations(data: Data) -> None:
    parts = split(data.train, seed=0)
    config = replace(PRESETS["notebook"].config, epochs=50, examples=11_000)
    events = train(data.train, parts, config)
    started = next(events)
    assert isinstance(started, Started)
    assert started.iterations == 50
    twin = Notebook(started.network)
    x, y = columns(data.train, parts.train[:11_000])
    assert x.shape == (784, 11_000)
    for event in events:
        if isinstance(event, Step):
            assert event.loss == pytest.approx(twin.descend(x, y, rate=0.10), rel=1e-5)
    layers = [p for layer in started.network.parameters.by_layer for p in layer]
    for found, right in zip(layers, twin.parameters, strict=True):
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, right, rtol=1e-4, atol=2e-6)


class Seen:
    """The batches of a run, in its order: drawn once more from the same generator."""

    def __init__(self, parts: Split, config: TrainingConfig, network: Network) -> None:
        rng = np.random.default_rng(config.seed)
        network.copy().initialize(config.initializer, rng)
        self.batches = list(Batches(parts.train, config.batch_size, config.epochs).draw(rng))


@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_mini_batches_follow_their_float64_twin(few: tuple[Dataset, Split], l2: float) -> None:
    config = replace(SMALL, optimizer="sgd", learning_rate=0.2, weight_decay=l2)
    events = train(*few, config)
    started = next(events)
    assert isinstance(started, Started)
    twin, seen = Notebook(started.network), Seen(few[1], config, started.network)
    for batch, step in zip(seen.batches, steps(list(events)), strict=True):
        loss = twin.descend(*columns(few[0], batch), rate=0.2, l2=l2)
        assert step.loss == pytest.approx(loss, rel=1e-4)
    found = started.network.parameters.flat
    weights = np.concatenate([twin.w1.ravel(), twin.w2.ravel(), twin.b1.ravel(), twin.b2.ravel()])
    np.testing.assert_allclose(found, weights, rtol=1e-3, atol=1e-5)


def momentum(g: Array, memory: dict[str, Array], _t: int) -> Array:
    memory["v"] = 0.9 * memory.get("v", 0 * g) + g
    return memory["v"]


def nesterov(g: Array, memory: dict[str, Array], t: int) -> Array:
    return g + 0.9 * momentum(g, memory, t)


def rmsprop(g: Array, memory: dict[str, Array], _t: int) -> Array:
    memory["s"] = 0.9 * memory.get("s", 0 * g) + 0.1 * g**2
    return g / (np.sqrt(memory["s"]) + 1e-8)


def adam(g: Array, memory: dict[str, Array], t: int) -> Array:
    memory["m"] = 0.9 * memory.get("m", 0 * g) + 0.1 * g
    memory["v"] = 0.999 * memory.get("v", 0 * g) + 0.001 * g**2
    return memory["m"] / (1 - 0.9**t) / (np.sqrt(memory["v"] / (1 - 0.999**t)) + 1e-8)


RULES = [
    (momentum, {"optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.05}),
    (nesterov, {"optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.05, "nesterov": True}),
    (rmsprop, {"optimizer": "rmsprop", "learning_rate": 0.002}),
    (adam, {"optimizer": "adam", "learning_rate": 0.01}),
    (adam, {"optimizer": "adamw", "learning_rate": 0.01, "weight_decay": 0.5}),
]


@pytest.mark.parametrize(("rule", "changes"), RULES)
def test_each_optimizer_follows_its_float64_twin(
    few: tuple[Dataset, Split],
    rule: Callable[[Array, dict[str, Array], int], Array],
    changes: dict[str, object],
) -> None:
    config = replace(SMALL, **changes)  # type: ignore[arg-type]
    events = train(*few, config)
    started = next(events)
    assert isinstance(started, Started)
    twin, seen = Notebook(started.network), Seen(few[1], config, started.network)
    memories: list[dict[str, Array]] = [{} for _ in twin.parameters]
    for t, (batch, step) in enumerate(zip(seen.batches, steps(list(events)), strict=True), 1):
        loss, gradients = twin.gradients(*columns(few[0], batch))
        assert step.loss == pytest.approx(loss, rel=2e-3)
        for i, g in enumerate(gradients):
            p, change = twin.parameters[i], rule(g, memories[i], t)
            if p.shape[1] > 1:  # weights, not biases
                p *= 1 - config.learning_rate * config.weight_decay
            p -= config.learning_rate * change


def everything(events: Iterator[Event]) -> tuple[list[tuple[float, ...]], Array]:
    """All figures but the times, and the weights at the end."""
    rows: list[tuple[float, ...]] = []
    weights = np.empty(0)
    for event in events:
        match event:
            case Started(network=network):
                weights = network.parameters.flat
            case Measured():
                rows.append(tuple(event._replace(seconds=0)))
            case Step():
                rows.append(tuple(event))
            case Finished(last):
                rows.append(tuple(last._replace(seconds=0)))
            case Diverged():
                rows.append(astuple(event))
    return rows, weights


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"dropout": 0.4},
        {"augmentation": 0.5},
        {"batch_size": None, "dropout": 0.2, "augmentation": 0.5},
        {"convolution": "small", "epochs": 1, "batch_size": 200},
    ],
)
def test_the_same_seed_gives_the_same_run_and_another_seed_another(
    few: tuple[Dataset, Split], changes: dict[str, object]
) -> None:
    config = replace(SMALL, **changes)  # type: ignore[arg-type]
    one, other, third = (everything(train(*few, replace(config, seed=seed))) for seed in (3, 3, 4))
    assert one[0] == other[0]
    np.testing.assert_array_equal(one[1], other[1])
    assert one[0] != third[0]
    assert len(one[0]) == len(third[0])


def test_the_history_does_not_depend_on_who_helps_and_when(few: tuple[Dataset, Split]) -> None:
    """Help is asked for, declined and asked for again while the run goes on, for over a second."""
    config = replace(SMALL, batch_size=250, dropout=0.2, augmentation=0.5, epochs=100)
    alone = everything(train(*few, config))
    controls, helped_by = Controls(), set()

    def slowly() -> Iterator[Event]:
        for event in train(*few, config, controls=controls):
            if isinstance(event, Step):
                sleep(0.004)
                controls.threads = 1 if 150 < event.iteration < 200 else 2
                helped_by.update(multiprocessing.active_children())
            yield event

    helped = everything(slowly())
    assert helped[0] == alone[0]
    np.testing.assert_array_equal(helped[1], alone[1])
    assert len(helped_by) == 1


def test_the_order_of_events(few: tuple[Dataset, Split]) -> None:
    events = list(train(*few, SMALL))
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert events[0].iterations == 32
    assert events[0].iterations_per_epoch == 16
    assert [step.iteration for step in steps(events)] == list(range(32))
    assert [point.iteration for point in measured(events)] == [0, 5, 10, 15, 20, 25, 30]
    for point in measured(events):
        after = events[events.index(point) + 1]
        assert isinstance(after, Step)
        assert after.iteration == point.iteration, "it is measured before the update"
        assert point.epoch == pytest.approx(point.iteration / 16)
    last = events[-1].last
    assert (last.iteration, last.epoch) == (32, 2)
    seconds = [point.seconds for point in (*measured(events), last)]
    assert seconds == sorted(seconds)


def test_the_time_that_a_listener_takes_is_not_training(
    few: tuple[Dataset, Split], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock that moves only while the run waits, before its first step too, nothing passes."""
    clock = [0.0]
    monkeypatch.setattr("mnist_core.training.stopwatch.perf_counter", lambda: clock[0])
    seconds = []
    for event in train(*few, SMALL):
        clock[0] += 60
        if isinstance(event, Measured | Finished):
            seconds.append((event.last if isinstance(event, Finished) else event).seconds)
    assert seconds == [0] * 8


@pytest.mark.parametrize("changes", [{}, {"dropout": 0.5}, {"convolution": "small", "epochs": 1}])
def test_dev_figures_are_those_of_the_network_at_that_moment(
    few: tuple[Dataset, Split], changes: dict[str, object]
) -> None:
    config = replace(SMALL, **changes)  # type: ignore[arg-type]
    dataset, parts = few
    for event in train(dataset, parts, config):
        if isinstance(event, Started):
            network = event.network
        if isinstance(event, Measured | Finished):
            point = event.last if isinstance(event, Finished) else event
            now = evaluate(network, dataset, parts.dev)
            assert (point.dev_loss, point.dev_accuracy) == (now.loss, now.accuracy)


def test_training_figures_are_means_over_the_batches_since_the_last_point(
    few: tuple[Dataset, Split],
) -> None:
    events = list(train(*few, SMALL))
    sizes = [64] * 15 + [40]
    last_point = -1
    for point in measured(events):
        window = [s for s in steps(events) if last_point < s.iteration <= point.iteration]
        n = [sizes[step.iteration % 16] for step in window]
        assert point.loss == pytest.approx(np.average([s.loss for s in window], weights=n))
        assert point.accuracy == pytest.approx(np.average([s.accuracy for s in window], weights=n))
        last_point = point.iteration


def test_a_full_batchs_first_point_is_the_untrained_network(few: tuple[Dataset, Split]) -> None:
    dataset, parts = few
    events = train(dataset, parts, replace(SMALL, batch_size=None))
    started, point = next(events), next(events)
    assert isinstance(started, Started)
    assert isinstance(point, Measured)
    now = evaluate(started.network, dataset, parts.train)
    assert point.accuracy == now.accuracy
    assert point.loss == pytest.approx(now.loss, rel=1e-5)


def test_only_as_many_examples_as_the_configuration_says(few: tuple[Dataset, Split]) -> None:
    events = list(train(*few, replace(SMALL, examples=150)))
    assert isinstance(events[0], Started)
    assert events[0].iterations_per_epoch == 3


def test_a_network_that_is_handed_in_goes_on_learning(few: tuple[Dataset, Split]) -> None:
    first = list(train(*few, SMALL))
    assert isinstance(first[0], Started)
    assert isinstance(first[-1], Finished)
    network = first[0].network
    second = list(train(*few, SMALL, TrainState.of(network, SMALL)))
    assert isinstance(second[0], Started)
    assert second[0].network is network
    assert measured(second)[0].dev_loss == first[-1].last.dev_loss
    assert steps(second)[-1].loss < steps(first)[0].loss / 2


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_two_epochs_and_two_more_are_four(few: tuple[Dataset, Split], optimizer: str) -> None:
    """Optimizer, order of the examples, dropout and variations go on where they were."""
    config = replace(SMALL, optimizer=optimizer, dropout=0.3, augmentation=0.5)
    *_, whole = train(*few, replace(config, epochs=4))
    train_state = TrainState.new(config, few[0].images.shape[1:], few[0].classes)
    first = list(train(*few, config, train_state))
    second = list(train(*few, config, train_state))
    assert isinstance(whole, Finished)
    assert isinstance(second[-1], Finished)
    assert second[-1].last._replace(seconds=0) == whole.last._replace(seconds=0)
    points = [point.iteration for point in measured(first) + measured(second)]
    assert points == [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]
    assert isinstance(second[0], Started)
    assert (second[0].iterations, second[0].epochs) == (64, 2)


def test_what_was_stopped_goes_on_with_its_clock_and_a_schedule_of_its_own(
    few: tuple[Dataset, Split],
) -> None:
    config = replace(SMALL, schedule="cosine")
    train_state = TrainState.new(config, few[0].images.shape[1:], few[0].classes)
    controls = Controls()
    for event in train(*few, config, train_state, controls=controls):
        controls.ended = isinstance(event, Step) and event.iteration == 9
    ended = train_state.seconds
    events = list(train(*few, config, train_state))
    points, rates = measured(events), [step.learning_rate for step in steps(events)]
    assert points[0].iteration == 15, "the tenth step's point is the end of what was stopped"
    assert all(point.seconds > ended for point in points)
    assert rates[0] > 0.99 * config.learning_rate
    assert rates[-1] < 0.01 * config.learning_rate
    assert train_state.steps == 10 + len(rates) == 42


def test_l2_makes_weights_smaller_and_dropout_training_harder(few: tuple[Dataset, Split]) -> None:
    def final(**changes: object) -> tuple[float, float]:
        config = replace(SMALL, epochs=8, **changes)  # type: ignore[arg-type]
        events = list(train(*few, config))
        assert isinstance(events[0], Started)
        network = events[0].network
        weights = network.parameters.flat[: network.weight_count]
        return float(np.linalg.norm(weights)), steps(events)[-2].loss

    plain, decayed, decoupled = (
        final(),
        final(weight_decay=0.05),
        final(optimizer="adamw", weight_decay=1.0),
    )
    assert decayed[0] < 0.9 * plain[0]
    assert decoupled[0] < 0.99 * plain[0]
    assert final(dropout=0.6)[1] > plain[1]


@pytest.mark.parametrize("schedule", ["constant", "step", "cosine", "one_cycle"])
def test_the_learning_rate_of_each_step(few: tuple[Dataset, Split], schedule: str) -> None:
    """Written out again, at the middle of each step's share of the run."""
    config = replace(SMALL, schedule=schedule, warmup=0.25, learning_rate=0.01)
    for step in steps(list(train(*few, config))):
        done = (step.iteration + 0.5) / 32
        rest = (done - 0.25) / 0.75
        factors = {
            "constant": 1.0,
            "step": 1.0 if rest < 0.5 else 0.1 if rest < 0.75 else 0.01,
            "cosine": (1 + math.cos(math.pi * rest)) / 2,
            "one_cycle": (
                1 / 25 + 24 / 25 * (1 - math.cos(math.pi * rest / 0.3)) / 2
                if rest < 0.3
                else 1e-4 + (1 - 1e-4) * (1 + math.cos(math.pi * (rest - 0.3) / 0.7)) / 2
            ),
        }
        begins = 1 / 25 if schedule == "one_cycle" else 1.0
        expected = done / 0.25 * begins if done < 0.25 else factors[schedule]
        assert step.learning_rate == pytest.approx(0.01 * expected)


def test_the_learning_rate_can_be_moved_in_the_middle(few: tuple[Dataset, Split]) -> None:
    controls = Controls()
    before: Array = np.empty(0)
    config = replace(SMALL, optimizer="sgd", learning_rate=0.1)
    for event in train(*few, config, controls=controls):
        if isinstance(event, Started):
            weights = event.network.parameters.flat
        if isinstance(event, Step):
            assert event.learning_rate == pytest.approx(0.1 if event.iteration < 4 else 0)
            if event.iteration == 3:
                controls.learning_rate_factor = 0
                before = weights.copy()
    np.testing.assert_array_equal(weights, before)


ABSURD = [
    {"optimizer": "sgd", "activation": name, "convolution": convolution, "weight_decay": decay}
    for name in ("leaky_relu", "gelu")
    for convolution, decay in (("none", 1.0), ("small", 0.0))
] + [{"optimizer": "adamw", "weight_decay": 1.0, "activation": "leaky_relu"}]


@pytest.mark.parametrize("batch_size", [64, None])
@pytest.mark.parametrize("changes", ABSURD)
def test_an_absurd_learning_rate_ends_in_diverged_without_a_warning(
    few: tuple[Dataset, Split], changes: dict[str, object], batch_size: int | None
) -> None:
    """Warnings are errors here."""
    config = replace(
        SMALL,
        hidden=(16, 16),
        initializer="uniform",
        examples=1_000 if batch_size is None else 400,
        batch_size=batch_size,
        epochs=60 if batch_size is None else 20,
        record_every=1,
        learning_rate=10,
        **changes,  # type: ignore[arg-type]
    )
    events = list(train(*few, config))
    last = events[-1]
    assert isinstance(last, Diverged)
    assert not math.isfinite(last.loss)
    assert last.learning_rate == config.learning_rate
    assert last.iteration == len(steps(events))
    assert np.isfinite([figure for event in measured(events) for figure in event]).all()
    assert np.isfinite([figure for event in steps(events) for figure in event]).all()


def test_a_run_whose_very_last_update_explodes_is_no_finished_run(
    few: tuple[Dataset, Split],
) -> None:
    diverged = list(train(*few, EXPLODING))[-1]
    assert isinstance(diverged, Diverged)
    events = list(train(*few, replace(EXPLODING, epochs=diverged.iteration)))
    assert isinstance(events[-1], Diverged)
    assert len(steps(events)) == diverged.iteration


def test_a_run_that_is_left_ends_its_processes(few: tuple[Dataset, Split]) -> None:
    before = set(multiprocessing.active_children())
    config = replace(SMALL, batch_size=None, epochs=100)
    events = train(*few, config, controls=Controls(threads=2))
    for _ in range(4):
        next(events)
    assert len(set(multiprocessing.active_children()) - before) == 1
    events.close()
    assert set(multiprocessing.active_children()) == before


def test_the_data_is_left_as_it_was(few: tuple[Dataset, Split]) -> None:
    dataset, parts = few
    kept = dataset.images.copy(), parts.train.copy(), parts.dev.copy()
    list(train(dataset, parts, replace(SMALL, augmentation=1.0)))
    for found, right in zip((dataset.images, parts.train, parts.dev), kept, strict=True):
        np.testing.assert_array_equal(found, right)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_at_a_point_of_the_curve_no_average_is_denormal(
    few: tuple[Dataset, Split], optimizer: str
) -> None:
    """The pixels at the edge are paper in all pictures: their weights have a gradient of 0."""
    dataset, parts = few
    config = replace(SMALL, optimizer=optimizer, momentum=0.5, epochs=1, record_every=1)
    train_state = TrainState.new(config, dataset.images.shape[1:], dataset.classes)
    for average in train_state.optimizer.state:
        average[: dataset.images.shape[1]] = np.finfo(np.float32).tiny
    averages = []
    for event in train(dataset, parts, config, train_state):
        if isinstance(event, Measured):
            averages = [average.copy() for average in train_state.optimizer.state]
    for average in averages:
        assert average.any()
        assert not np.any((average != 0) & (np.abs(average) < np.finfo(np.float32).tiny))


def test_what_was_closed_early_knows_how_long_it_has_learnt(few: tuple[Dataset, Split]) -> None:
    train_state = TrainState.new(SMALL, few[0].images.shape[1:], few[0].classes)
    events = train(*few, SMALL, train_state)
    for event in events:
        if isinstance(event, Step) and event.iteration == 9:
            events.close()
    assert train_state.steps == 10
    assert train_state.seconds > 0


def test_a_class_that_the_network_has_not_is_refused_before_the_first_step(
    few: tuple[Dataset, Split],
) -> None:
    dataset, parts = few
    train_state = TrainState.new(SMALL, dataset.images.shape[1:], classes=4)
    with pytest.raises(LabError, match="knows 4 classes"):
        next(train(dataset, parts, SMALL, train_state))
