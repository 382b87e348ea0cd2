"""The connection to a Dask scheduler, on a thread of its own. It is made once and never mended."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from queue import SimpleQueue
from typing import Any, TypeVar
from uuid import uuid4

from mnist_core.cluster.training import TOPIC, abandon, learn
from mnist_core.cluster.versions import Versions, misfit, own_versions, refuse
from mnist_core.errors import LabError

CONNECT_SECONDS = 3.0
CALL_SECONDS = 10.0
SEND_SECONDS = 120.0
"""The longest waits for a connection, for the answer to a call, and for one with much data."""

METADATA = "mnist-lab"
"""The name under which the scheduler keeps the versions of the lab."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Connection:
    """A connection to a scheduler. Any thread may use it.

    Attributes:
        sending: to be held while a data set is sent.

    Raises:
        LabError: nothing answers at the address, or the package for it is not installed.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.sending = threading.Lock()
        self._name = uuid4().hex
        self._starts: dict[str, SimpleQueue[str]] = {}
        self._examined: dict[str, str | None] = {}
        self._closed = False
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="cluster", daemon=True).start()
        try:
            self._client = self._call(self._open, CONNECT_SECONDS + CALL_SECONDS)
        except BaseException:
            self._loop.call_soon_threadsafe(self._loop.stop)
            raise

    def close(self) -> None:
        """Close it; what still waits for an answer gets an error."""
        with suppress(Exception):
            self._call(self._end, CALL_SECONDS)
        self._closed = True
        self._loop.call_soon_threadsafe(self._loop.stop)

    def answers(self) -> bool:
        """Return whether the scheduler still answers."""
        try:
            self._threads()
        except Exception:
            return False
        return True

    def threads(self) -> dict[str, int]:
        """Return the threads of each worker that fits, by its address.

        Raises:
            OSError: the scheduler does not answer.
        """
        found = self._threads()
        self._examined = {
            worker: refused for worker, refused in self._examined.items() if worker in found
        }
        new = [worker for worker in found if worker not in self._examined]
        self._examined |= self._call(lambda: self._examine(new), 2 * CALL_SECONDS)
        return {worker: n for worker, n in found.items() if self._examined.get(worker, "") is None}

    def _threads(self) -> dict[str, int]:
        """Return the threads of each worker, by its address.

        Raises:
            OSError: the scheduler does not answer.
        """
        if self._client.status != "running":  # Dask has lost it, and waits until it is back
            raise OSError(f"The scheduler at {self.address} is lost.")
        found: dict[str, int] = self._call(self._client.nthreads, CALL_SECONDS)
        return found

    def forget(self, worker: str) -> None:
        """Examine a worker again before it is used, since it did not answer."""
        self._examined.pop(worker, None)

    def run(
        self,
        function: Callable[..., T],
        *arguments: object,
        worker: str,
        timeout: float,
    ) -> T:
        """Call a function on a worker, beside its tasks.

        Raises:
            Exception: what the function raised, or why the worker was not reached.
        """
        answers: dict[str, T] = self._call(
            lambda: self._client.run(function, *arguments, workers=[worker]), timeout
        )
        return answers[worker]

    def submit(self, workers: list[str]) -> tuple[str, Any]:
        """Submit a training; return the name of its placement and the future of its task."""
        placement = f"{self._name}-{uuid4().hex}"
        self._starts[placement] = SimpleQueue()

        async def submit() -> Any:
            return self._client.submit(
                learn, placement, key=f"learn-{placement}", workers=workers, pure=False
            )

        return placement, self._call(submit, CALL_SECONDS)

    def starts(self, placement: str) -> "SimpleQueue[str]":
        """Return the queue of the workers on which a placement has begun."""
        return self._starts[placement]

    def withdraw(self, placement: str, task: Any) -> list[str]:
        """Withdraw a placement; return the workers on which it has begun since the last look.

        Where it begins later than this, it ends at once.
        """
        starts = self._starts.pop(placement)
        with suppress(Exception):
            self._call(task.cancel, CONNECT_SECONDS)
        return [starts.get() for _ in range(starts.qsize())]

    def abandon(self, placement: str, worker: str) -> None:
        """End a placement on a worker, if it is there, without waiting for that."""

        async def end() -> None:
            with suppress(Exception):
                await self._client.run(abandon, placement, workers=[worker], on_error="ignore")

        if not self._closed:
            asyncio.run_coroutine_threadsafe(end(), self._loop)

    def _call(self, begin: Callable[[], Awaitable[Any]], timeout: float) -> Any:
        """Wait for the result of what `begin` begins on the connection's thread.

        Raises:
            TimeoutError: it took longer than `timeout` seconds.
            OSError: the connection is closed.
        """
        if self._closed:
            raise OSError(f"The connection to {self.address} is closed.")

        async def work() -> Any:
            return await asyncio.wait_for(begin(), timeout)

        future: Future[Any] = asyncio.run_coroutine_threadsafe(work(), self._loop)
        return future.result(timeout + 1)

    async def _open(self) -> Any:
        try:
            from distributed import Client  # noqa: PLC0415 (an optional package)
        except ImportError as error:
            raise LabError(
                "The packages for a cluster are not installed: "
                "pip install -r requirements-cluster.txt, in the lab's folder."
            ) from error
        try:
            client: Any = Client(  # type: ignore[no-untyped-call]
                self.address, timeout=CONNECT_SECONDS, asynchronous=True, set_as_default=False
            )
        except ValueError as error:
            raise LabError(
                f"{self.address!r} is not the address of a Dask scheduler: it is like "
                "tcp://teacher-pc:8786."
            ) from error
        try:
            await client
        except OSError as error:
            with suppress(OSError):
                await client.close(timeout=1)
            raise LabError(f"No Dask scheduler answers at {self.address}.") from error
        client.subscribe_topic(TOPIC, self._note_start)
        await client.set_metadata(METADATA, asdict(own_versions()))
        return client

    async def _end(self) -> None:
        """Close the client, and end all that still waits."""
        with suppress(Exception):
            await self._client.close(timeout=CONNECT_SECONDS)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _note_start(self, event: tuple[float, dict[str, str]]) -> None:
        """Note on which worker a placement has begun; end it there if it was withdrawn."""
        placement, worker = event[1]["placement"], event[1]["worker"]
        if placement in self._starts:
            self._starts[placement].put(worker)
        elif placement.startswith(self._name):
            self.abandon(placement, worker)

    async def _examine(self, workers: list[str]) -> dict[str, str | None]:
        """Ask workers for their versions; return why each does not fit, None where it does."""
        answers = await asyncio.gather(*map(self._versions_of, workers))
        examined: dict[str, str | None] = {}
        for worker, found in zip(workers, answers, strict=True):
            if isinstance(found, Versions):
                examined[worker] = misfit(own_versions(), found)
                if reason := examined[worker]:
                    await self._client.run(refuse, reason, workers=[worker])
            elif not isinstance(found, OSError):
                examined[worker] = f"It does not know the lab ({found})."
            if examined.get(worker):
                _log.warning("The worker %s is not used. %s", worker, examined[worker])
        return examined

    async def _versions_of(self, worker: str) -> Any:
        try:
            answers = await asyncio.wait_for(
                self._client.run(own_versions, workers=[worker], on_error="return"), CALL_SECONDS
            )
        except TimeoutError as error:
            return OSError(str(error))
        return answers[worker]
