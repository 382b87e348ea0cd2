"""A process that computes shares of batches, beside the one that learns.

A thread would wait for Python's interpreter at every array operation, which takes about as long as
the operation itself; a process waits once a batch. Parameters, samples and gradients lie in memory
that both share; two semaphores say whose turn it is.
"""

import signal
from ctypes import c_double, c_float, c_int64, c_uint8
from multiprocessing import get_context
from multiprocessing.sharedctypes import RawArray
from multiprocessing.synchronize import Semaphore
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from mnist_core.arrays import Batch, Floats, Shape
from mnist_core.data import Dataset
from mnist_core.nn.layers import Layer
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import Network
from mnist_core.threads import limit_blas_threads
from mnist_core.training.noise import Noise
from mnist_core.training.shares import MOST_SHARES, Shares
from mnist_core.training.worker import GradientWorker

MOST = MOST_SHARES // 2
"""How many shares a helping process is given at most: the first process takes as many."""

SPIN_SECONDS = 0.002
"""How long a process looks for its turn before it sleeps, since waking up takes long."""

CHECK_SECONDS = 1.0
"""How often who waits for a share looks whether the other process is still there."""

IDLE_SECONDS = 30.0
"""How long a process waits to be asked before it ends, unneeded or left behind."""

SPAWN = get_context("spawn")
"""A process that begins anew: a copy of one with threads may stand still for ever."""


class SharedDataset(NamedTuple):
    """A copy of a data set in memory that can be given to new processes."""

    images: Any
    labels: Any
    image_shape: Shape

    @classmethod
    def of(cls, dataset: Dataset) -> "SharedDataset":
        """The copy."""
        memory = cls(
            RawArray(c_uint8, dataset.images.size),
            RawArray(c_uint8, len(dataset)),
            dataset.images.shape[1:],
        )
        np.ctypeslib.as_array(memory.images)[:] = dataset.images.ravel()
        np.ctypeslib.as_array(memory.labels)[:] = dataset.labels
        return memory

    def dataset(self) -> Dataset:
        """The data set, without another copy."""
        images = np.ctypeslib.as_array(self.images).reshape(-1, *self.image_shape)
        return Dataset(images, np.ctypeslib.as_array(self.labels))


class Shared(NamedTuple):
    """The memory through which two processes speak; each field can be given to a new process.

    `task` holds the first and the last index of a range (or -1 and how many `samples` there are),
    then the other fields of `Shares`; `losses` the summed loss and the correct samples of each
    share, `gradients` the gradient of each, one after the other.
    """

    task: Any
    samples: Any
    parameters: Any
    losses: Any
    gradients: Any

    @classmethod
    def of(cls, network: Network, dataset: Dataset) -> "Shared":
        """New memory for a network and batches of a data set."""
        number = c_float if network.dtype == np.float32 else c_double
        return cls(
            RawArray(c_int64, 6),
            RawArray(c_int64, len(dataset)),
            RawArray(number, network.size),
            RawArray(c_double, 2 * MOST),
            RawArray(number, MOST * network.size),
        )

    def arrays(self) -> "Shared":
        """The same memory as NumPy arrays; a row a share."""
        task, samples, parameters, losses, gradients = map(np.ctypeslib.as_array, self)
        return Shared(
            task, samples, parameters, losses.reshape(MOST, 2), gradients.reshape(MOST, -1)
        )


class Turns(NamedTuple):
    """Whose turn it is: shares have been `asked` for; they are `done`, or the process is ready."""

    asked: Semaphore
    done: Semaphore


class Helper:
    """Another process with the same network, data set and random numbers.

    It ends by itself when it is not asked for `IDLE_SECONDS`.

    Args:
        network: the one that learns.
        dataset: what the samples of a batch point into, and `shared`, its copy for processes.
        augmentation: how much images are varied, 0 to 1.
        seed: of the run's random numbers.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        shared: SharedDataset,
        augmentation: float,
        seed: int,
    ) -> None:
        memory = Shared.of(network, dataset)
        self._memory = memory.arrays()
        self._turns = Turns(SPAWN.Semaphore(0), SPAWN.Semaphore(0))
        self._ready = False
        layout = network.layers, network.shapes[0], network.dtype
        arguments = layout, shared, augmentation, seed, memory, self._turns, IDLE_SECONDS
        self._process = SPAWN.Process(target=help_out, args=arguments, daemon=True)
        self._process.start()

    @property
    def ready(self) -> bool:
        """Whether it can be asked now; right after its start it cannot."""
        self._ready = self._ready or self._turns.done.acquire(block=False)
        return self._ready and not self.gone

    @property
    def gone(self) -> bool:
        """Whether it has ended."""
        return not self._process.is_alive()

    @property
    def broke_off(self) -> bool:
        """Whether it has ended because of a fault, or for want of memory."""
        return bool(self._process.exitcode)

    def begin(self, parameters: Floats, shares: Shares) -> None:
        """Let the process work on these shares, with these parameters."""
        memory, samples = self._memory, shares.samples
        memory.parameters[:] = parameters
        if isinstance(samples, range):
            memory.task[:2] = samples.start, samples.stop
        else:
            memory.samples[: len(samples)] = samples
            memory.task[:2] = -1, len(samples)
        memory.task[2:] = shares.length, shares.first, shares.batch_size, shares.iteration
        self._turns.asked.release()

    def finish(self) -> bool:
        """Wait until the shares are done; False where the process is gone."""
        while not wait(self._turns.done, CHECK_SECONDS):
            if self.gone:
                return False
        return True

    def result(self, place: int) -> tuple[BatchLoss, Floats]:
        """Loss and gradient of one of the shares, counted from 0, until it is asked again."""
        total, correct = self._memory.losses[place]
        return BatchLoss(float(total), int(correct)), self._memory.gradients[place]

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()


def help_out(
    layout: tuple[tuple[Layer, ...], Shape, Any],
    shared: SharedDataset,
    augmentation: float,
    seed: int,
    memory: Shared,
    turns: Turns,
    patience: float,
) -> None:
    """What the process does: the shares that it is asked for.

    It ends when it has not been asked for `patience` seconds.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends this process
    limit_blas_threads()
    network, arrays = Network(*layout), memory.arrays()
    network.parameters = network.views(arrays.parameters)
    gradients = [network.views(gradient) for gradient in arrays.gradients]
    worker = GradientWorker(network, shared.dataset(), augmentation, Noise(seed))
    turns.done.release()
    while wait(turns.asked, patience):
        for place, share in enumerate(asked_for(arrays)):
            loss = worker.run(share, gradients[place])
            arrays.losses[place] = loss.total, loss.correct
        turns.done.release()


def asked_for(memory: Shared) -> Shares:
    """The shares that the other process has asked for."""
    first, last, *others = map(int, memory.task)
    samples: Batch = range(first, last) if first >= 0 else memory.samples[:last]
    return Shares(samples, *others)


def wait(turn: Semaphore, seconds: float) -> bool:
    """Wait for one's turn; False where it did not come."""
    awake_until = perf_counter() + SPIN_SECONDS
    while perf_counter() < awake_until:
        if turn.acquire(block=False):
            return True
    return turn.acquire(timeout=seconds)
