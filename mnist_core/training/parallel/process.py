"""A process that computes shards of batches, beside the one that learns.

A thread would wait for Python's interpreter at every array operation, which takes about as long as
the operation itself; a process waits once a batch. Parameters, samples and gradients lie in memory
that both share; two semaphores say whose turn it is.
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
"""How long a process looks for its turn before it sleeps, since waking up takes long."""

CHECK_SECONDS = 1.0
"""How often who waits for a shard looks whether the other process is still there."""

IDLE_SECONDS = 30.0
"""How long a process waits to be asked before it ends, unneeded or left behind."""


class Handshake(NamedTuple):
    """Whose turn it is: shards have been `asked` for; they are `done`, or the process is ready."""

    asked: Semaphore
    done: Semaphore


class GradientProcess:
    """Another process with the same network, data set and random numbers.

    It ends by itself when it is not asked for `IDLE_SECONDS`.

    Args:
        gradient: what computes in this process; the other one computes the same.
        dataset: the copy of its data set for processes.
    """

    def __init__(self, gradient: BatchGradient, dataset: SharedDataset) -> None:
        network = gradient.network
        self._network = network
        self._work = SharedWork(network, gradient.dataset)
        self._turns = Handshake(PROCESSES.Semaphore(0), PROCESSES.Semaphore(0))
        self._ready = False
        layout = network.layers, network.shapes[0], network.dtype
        noise = gradient.seed, gradient.augmenter.strength
        arguments = layout, dataset, noise, self._work, self._turns, IDLE_SECONDS
        self._process = PROCESSES.Process(target=compute_shards, args=arguments, daemon=True)
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

    def begin(self, shards: Sequence[Shard]) -> None:
        """Let the process work on these shards, with the network's parameters as they are now."""
        self._work.parameters[:] = self._network.parameters.flat
        self._work.ask(shards)
        self._turns.asked.release()

    def finish(self) -> SharedWork | None:
        """Wait until the shards are done: their losses and gradients; None where it is gone."""
        while not wait(self._turns.done, CHECK_SECONDS):
            if self.gone:
                return None
        return self._work

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()


def compute_shards(
    layout: tuple[tuple[Layer, ...], Shape, Any],
    dataset: SharedDataset,
    noise: tuple[int, float],
    work: SharedWork,
    turns: Handshake,
    patience: float,
) -> None:
    """What the process does: the shards that it is asked for.

    It ends when it has not been asked for `patience` seconds.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends this process
    limit_blas_threads()
    network = Network(*layout)
    network.parameters = network.views(work.parameters)
    gradients = [network.views(row) for row in work.gradients]
    compute = BatchGradient(network, dataset.dataset(), *noise)
    turns.done.release()
    while wait(turns.asked, patience):
        for place, shard in enumerate(work.asked()):
            work.answer(place, compute([shard], gradients[place]))
        turns.done.release()


def wait(turn: Semaphore, seconds: float) -> bool:
    """Wait for one's turn; False where it did not come."""
    awake_until = perf_counter() + SPIN_SECONDS
    while perf_counter() < awake_until:
        if turn.acquire(block=False):
            return True
    return turn.acquire(timeout=seconds)
