"""The lab's only training loop: a generator of typed events."""

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from itertools import islice

from mnist_core.arrays import Floats, quiet_overflow
from mnist_core.data import Dataset, Split
from mnist_core.nn.network import Network
from mnist_core.threads import one_blas_thread
from mnist_core.training.batches import Batches, in_reading_order
from mnist_core.training.config import TrainingConfig
from mnist_core.training.curve import Curve, DivergenceError
from mnist_core.training.events import Event, Finished, Started
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.metrics import examples_for
from mnist_core.training.optimizers import OPTIMIZERS, Optimizer, flush_denormals
from mnist_core.training.parallel import SeveralProcesses
from mnist_core.training.schedules import learning_rate_factor
from mnist_core.training.shards import divide
from mnist_core.training.stopwatch import Stopwatch
from mnist_core.training.train_state import Interruption, TrainState


@dataclass
class Controls:
    """Values that may change while a run goes on, also from another thread.

    A run that is `ended` takes no further step and finishes with its current network. `threads` is
    the number of processor cores that may share a batch; the result does not depend on it.
    """

    learning_rate_factor: float = 1.0
    ended: bool = False
    threads: int = 1


def train(
    dataset: Dataset,
    split: Split,
    config: TrainingConfig,
    train_state: TrainState | None = None,
    controls: Controls | None = None,
    interruption: Interruption | None = None,
) -> Generator[Event, None, None]:
    """Train a network on the training part of a split and yield the run's events.

    While it runs, also between two events, NumPy's BLAS has one thread in the whole process.

    Args:
        dataset: the data set that the indices of `split` point into.
        split: the training examples, and the dev examples to measure on.
        config: the hyperparameters; the same configuration gives the same events.
        train_state: the state to continue from, changed in place; by default a new one. Its step
            count continues, its schedule begins anew.
        controls: the values that the caller may change during the run.
        interruption: instead of `train_state`, a phase of training to continue where it was left:
            its events are those that it would have had without the interruption.

    Raises:
        LabError: the network of `train_state` does not fit the examples.

    Yields:
        `Started`; for each iteration a `Step`, every `config.record_every` of them preceded by
        `Measured`; at the end `Finished`, or `Diverged` as soon as a loss is not finite. A run that
        was ended before its first step yields `Started` alone.
    """
    if interruption is None:
        state = train_state or TrainState.new(config, dataset.images.shape[1:], dataset.classes)
        interruption = Interruption(state, state.steps)
    for part in (split.train, split.dev):
        examples_for(interruption.train_state.network, dataset, part)
    return _steps(dataset, split, config, interruption, controls or Controls())


def _steps(
    dataset: Dataset,
    split: Split,
    config: TrainingConfig,
    interruption: Interruption,
    controls: Controls,
) -> Generator[Event, None, None]:
    """Yield the events of each batch: compute its gradient, measure where due, and update."""
    train_state, first = interruption.train_state, interruption.first
    network, begin, rate = train_state.network, train_state.steps, interruption.learning_rate
    stopwatch = Stopwatch(train_state.seconds)
    learnt, examples = in_reading_order(dataset, split.train[: config.examples], config.batch_size)
    batches = Batches(examples, config.batch_size, config.epochs)
    curve = Curve(network, dataset, split.dev, batches, config.record_every, stopwatch)
    curve.recent.extend(interruption.recent)
    gradient = network.zeros()
    alone = BatchGradient(network, learnt, config.seed, config.augmentation)
    with one_blas_thread(), SeveralProcesses(alone) as several:
        with stopwatch.paused():
            iterations = first + batches.iterations
            epochs, per_epoch = batches.epochs, batches.per_epoch
            yield Started(network, gradient, iterations, per_epoch, epochs, curve.recent)
        left = batches.draw(train_state.rng)
        deque(islice(left, begin - first), maxlen=0)  # those before the interruption
        if controls.ended:
            left = iter(())
        try:
            for iteration, batch in enumerate(left, start=begin):
                middle = (iteration - first + 0.5) / batches.iterations
                rate = _learning_rate(config, controls, middle)
                shards = divide(batch, iteration, network.smallest_shard)
                if controls.threads > 1:
                    loss = several(shards, gradient, controls.threads)
                else:
                    loss = alone(shards, gradient)
                step = curve.add(iteration, loss, len(batch), rate)
                if curve.is_due(iteration):
                    flush_denormals(train_state.optimizer)
                    if iteration > first or first == 0:  # else the previous phase ended here
                        point = curve.measure(iteration, rate)
                        with stopwatch.paused():
                            yield point
                update(network, train_state.optimizer, gradient.flat, config, rate)
                train_state.steps += 1
                train_state.seconds = stopwatch.seconds
                with stopwatch.paused():
                    yield step
                if controls.ended:
                    break
            if rate is None:
                return
            last = curve.measure(train_state.steps, rate)
        except DivergenceError as error:
            yield error.event
        else:
            yield Finished(last, network)


def _learning_rate(config: TrainingConfig, controls: Controls, progress: float) -> float:
    """Return the rate of a step; `progress` is the fraction of the run before its middle."""
    rate = config.learning_rate * controls.learning_rate_factor
    return rate * learning_rate_factor(config.schedule, config.warmup, progress)


@quiet_overflow
def update(
    network: Network, optimizer: Optimizer, gradient: Floats, config: TrainingConfig, rate: float
) -> None:
    """Take one step of the optimizer, after adding the gradient of λ/2 Σ w² (L2) to `gradient`.

    Biases are never decayed. Nothing is added where the optimizer decays the weights itself.
    """
    w = network.parameters.flat
    if config.weight_decay and not OPTIMIZERS[config.optimizer].decays_weights:
        weights = slice(network.weight_count)
        gradient[weights] += config.weight_decay * w[weights]
    optimizer.step(w, gradient, rate)
