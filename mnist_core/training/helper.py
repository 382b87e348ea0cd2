"""A process that computes the gradient of a share of each batch, beside the one that learns.

A thread would wait for Python's interpreter at every array operation, which takes about as long as
the operation itself; a process waits once a batch. Parameters, indices and gradient lie in memory
that both share; two semaphores say whose turn it is.
"""

import signal
from collections.abc import Callable
from contextlib import suppress
from ctypes import c_double, c_float, c_int64
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import RawArray
from multiprocessing.synchronize import Semaphore
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from mnist_core.arrays import Batch, Floats
from mnist_core.data import Dataset
from mnist_core.errors import LabError
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import Network
from mnist_core.threads import limit_blas_threads
from mnist_core.training.worker import GradientWorker

SPIN_SECONDS = 0.002
"""How long a process looks for its turn before it sleeps, since waking up takes long."""

CHECK_SECONDS = 1.0
"""How often who sleeps looks whether the other process is still there."""

END_SECONDS = 10.0
"""How long a process may take to say where its generator stands at the end."""

SPAWN = get_context("spawn")
"""A process that begins anew: a copy of one with threads may stand still for ever."""


class Shared(NamedTuple):
    """The memory that both processes see; each field can be sent to a new process.

    `task` holds the first and the last index of a range (or -1 and how many `indices` there are),
    and the size of the whole batch; `loss` the summed loss and the correct samples.
    """

    task: Any
    indices: Any
    loss: Any
    parameters: Any
    gradient: Any

    @classmethod
    def of(cls, network: Network, longest: int) -> "Shared":
        """New memory for a network and shares of up to `longest` samples."""
        number = c_float if network.dtype == np.float32 else c_double
        return cls(
            RawArray(c_int64, 3),
            RawArray(c_int64, longest),
            RawArray(c_double, 2),
            RawArray(number, network.size),
            RawArray(number, network.size),
        )

    def arrays(self) -> "Shared":
        """The same memory as NumPy arrays."""
        return Shared(*map(np.ctypeslib.as_array, self))


class Turns(NamedTuple):
    """Whose turn it is: a share has been `asked` for, a share is `done`."""

    asked: Semaphore
    done: Semaphore


class Helper:
    """Another process with the same network and data set, which works on one share at a time.

    Args:
        network: the one that learns.
        dataset: what the indices of a share point into; the process gets a copy.
        augmentation: how much images are varied, 0 to 1.
        rng: what drops units and varies images; where it stands at the end, it stands here too.
        longest: the most samples that a share has.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        augmentation: float,
        rng: np.random.Generator,
        longest: int,
    ) -> None:
        shared = Shared.of(network, longest)
        self._shared = shared.arrays()
        self._turns = Turns(SPAWN.Semaphore(0), SPAWN.Semaphore(0))
        self._rng = rng
        self._pipe, theirs = SPAWN.Pipe()
        arguments = network, dataset, augmentation, rng, shared, self._turns, theirs
        self._process = SPAWN.Process(target=help_out, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    @property
    def gradient(self) -> Floats:
        """The share's part of the gradient of the batch's mean loss."""
        gradient: Floats = self._shared.gradient
        return gradient

    def begin(self, parameters: Floats, share: Batch, batch_size: int) -> None:
        """Let the process work on a share of a batch, with these parameters."""
        self._shared.parameters[:] = parameters
        if isinstance(share, range):
            self._shared.task[:] = share.start, share.stop, batch_size
        else:
            self._shared.indices[: len(share)] = share
            self._shared.task[:] = -1, len(share), batch_size
        self._turns.asked.release()

    def finish(self) -> BatchLoss:
        """Wait for the share's loss; its gradient is then in `gradient`.

        Raises:
            LabError: the process is gone.
            Exception: whatever was raised there.
        """
        if not _wait(self._turns.done, self._process.is_alive):
            raise LabError(
                "A process that shares the batches is gone, perhaps for want of memory: start "
                "again, or with fewer threads."
            )
        if self._pipe.poll():
            raise self._pipe.recv()
        total, correct = self._shared.loss
        return BatchLoss(float(total), int(correct))

    def end(self) -> None:
        """End the process."""
        if self._process.is_alive():
            self._shared.task[:] = 0
            self._turns.asked.release()
            with suppress(EOFError):  # it has just died
                if self._pipe.poll(END_SECONDS) and isinstance(state := self._pipe.recv(), dict):
                    self._rng.bit_generator.state = state
            self._process.join(CHECK_SECONDS)
        self._process.kill()
        self._pipe.close()


def help_out(
    network: Network,
    dataset: Dataset,
    augmentation: float,
    rng: np.random.Generator,
    shared: Shared,
    turns: Turns,
    pipe: "Connection[Any, Any]",
) -> None:
    """What the process does: one share after the other, until the whole batch is empty."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends this process
    limit_blas_threads()
    memory, parent = shared.arrays(), parent_process()
    worker = GradientWorker(network, dataset, augmentation, rng)
    while _wait(turns.asked, lambda: parent is not None and parent.is_alive()):
        first, last, batch_size = map(int, memory.task)
        if not batch_size:
            pipe.send(rng.bit_generator.state)
            return
        network.parameters.flat[:] = memory.parameters
        share: Batch = range(first, last) if first >= 0 else memory.indices[:last]
        try:
            memory.loss[:] = worker.run(share, batch_size)
        except Exception as error:
            pipe.send(error)
        memory.gradient[:] = worker.sum.flat
        turns.done.release()


def _wait(turn: Semaphore, is_there: Callable[[], bool]) -> bool:
    """Wait for one's turn; False where the other process is gone."""
    awake_until = perf_counter() + SPIN_SECONDS
    while perf_counter() < awake_until:
        if turn.acquire(block=False):
            return True
    while not turn.acquire(timeout=CHECK_SECONDS):
        if not is_there():
            return False
    return True
