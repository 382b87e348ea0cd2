"""Values that can be put away: on the disk while nobody uses them, in memory again on demand."""

import logging
import pickle
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Generic, TypeVar
from uuid import uuid4
from weakref import finalize

from mnist_core.errors import LabError

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Shelved(Generic[T]):
    """A value that can be pickled, and is in memory until it is put away. Any thread may call it.

    Who has got the value before keeps it in memory, and no longer has the same one as those who ask
    again.
    """

    def __init__(self, value: T) -> None:
        self._value: T | None = value
        self._file: Path | None = None
        self._lock = Lock()

    def get(self) -> T:
        """The value, in memory from now on.

        Raises:
            LabError: it was put away, and its file cannot be read any more.
        """
        with self._lock:
            if self._value is None:
                self._value = self._read()
            return self._value

    def put_away(self) -> None:
        """Keep the value on the disk alone; in memory after all where it cannot be written."""
        with self._lock:
            if self._value is None:
                return
            try:
                self._write(self._value)
            except OSError as error:
                _log.warning("Nothing can be put away: %s.", error.strerror)
                self._discard()
            else:
                self._value = None

    def _write(self, value: T) -> None:
        if self._file is None:
            self._file = Path(_folder().name, uuid4().hex)
            finalize(self, self._file.unlink, missing_ok=True)
        self._file.write_bytes(pickle.dumps(value))

    def _read(self) -> T:
        assert self._file
        try:
            value: T = pickle.loads(self._file.read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise LabError(
                f"What was kept in {self._file} cannot be read any more: train again."
            ) from error
        self._discard()
        return value

    def _discard(self) -> None:
        """Delete the file, if there is one."""
        if self._file:
            self._file.unlink(missing_ok=True)


@cache
def _folder() -> TemporaryDirectory[str]:
    """A folder of this process's own, which is gone when it ends."""
    return TemporaryDirectory(prefix="mnist-lab-")
