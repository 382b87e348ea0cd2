"""A process that computes shards of batches, beside the process that trains.

A thread would wait for Python's interpreter at every array operation, which takes about as long as
the operation itself; a process waits once a batch. Parameters, samples and gradients lie in memory
that both share; two semaphores signal requests and results.
"""

import signal
from collections.abc import Sequence
from multiprocessing.synchronize import Semaphore
from time import perf_counter
from typing import Any, NamedTuple

from mnist_core.arrays import Shape
from mnist_core.nn.layers import Layer
from mnist_core.nn.network import Network
from mnist_core.processes import PROCESSES
from mnist_core.threads import limit_blas_threads
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.parallel.memory import SharedDataset, SharedWork
from mnist_core.training.shards import Shard

SPIN_SECONDS = 0.002
"""Seconds that a process polls a semaphore before it sleeps on it, since waking up takes long."""

CHECK_SECONDS = 1.0
"""Seconds between checks, in a wait for a shard, that the other process is alive."""

IDLE_SECONDS = 30.0
"""Seconds that a process waits for a request before it ends, unneeded or orphaned."""


class Handshake(NamedTuple):
    """Two signals: shards are requested (`asked`); they are computed, or it is ready (`done`)."""

    asked: Semaphore
    done: Semaphore


class GradientProcess:
    """Another process with the same network, data set and random streams.

    It ends by itself after `IDLE_SECONDS` without a request.

    Args:
        gradient: computes in this process; the other one computes the same.
        dataset: the copy of its data set in shared memory.
    """

    def __init__(self, gradient: BatchGradient, dataset: SharedDataset) -> None:
        network = gradient.network
        self._network = network
        self._work = SharedWork(network, gradient.dataset)
        self._handshake = Handshake(PROCESSES.Semaphore(0), PROCESSES.Semaphore(0))
        self._ready = False
        layout = network.layers, network.shapes[0], network.dtype
        noise = gradient.seed, gradient.augmenter.strength
        arguments = layout, dataset, noise, self._work, self._handshake, IDLE_SECONDS
        self._process = PROCESSES.Process(target=compute_shards, args=arguments, daemon=True)
        self._process.start()

    @property
    def ready(self) -> bool:
        """True if it can take a request; right after its start it cannot."""
        self._ready = self._ready or self._handshake.done.acquire(block=False)
        return self._ready and not self.gone

    @property
    def gone(self) -> bool:
        """True if it has ended."""
        return not self._process.is_alive()

    @property
    def broke_off(self) -> bool:
        """True if it has ended because of a fault, or for want of memory."""
        return bool(self._process.exitcode)

    def begin(self, shards: Sequence[Shard]) -> None:
        """Request these shards, with the network's current parameters."""
        self._work.parameters[:] = self._network.parameters.flat
        self._work.ask(shards)
        self._handshake.asked.release()

    def finish(self) -> SharedWork | None:
        """Wait for the shards and return their losses and gradients; None if it has ended."""
        while not wait(self._handshake.done, CHECK_SECONDS):
            if self.gone:
                return None
        return self._work

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.join()


def compute_shards(
    layout: tuple[tuple[Layer, ...], Shape, Any],
    dataset: SharedDataset,
    noise: tuple[int, float],
    work: SharedWork,
    handshake: Handshake,
    patience: float,
) -> None:
    """Compute the shards that are requested; the function that the process runs.

    It returns after `patience` seconds without a request.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the interrupted parent ends this process
    limit_blas_threads()
    network = Network(*layout)
    network.parameters = network.views(work.parameters)
    gradients = [network.views(row) for row in work.gradients]
    compute = BatchGradient(network, dataset.dataset(), *noise)
    handshake.done.release()
    while wait(handshake.asked, patience):
        for place, shard in enumerate(work.asked()):
            work.answer(place, compute([shard], gradients[place]))
        handshake.done.release()


def wait(semaphore: Semaphore, seconds: float) -> bool:
    """Acquire a semaphore, by polling at first; return False after `seconds` without it."""
    awake_until = perf_counter() + SPIN_SECONDS
    while perf_counter() < awake_until:
        if semaphore.acquire(block=False):
            return True
    return semaphore.acquire(timeout=seconds)
