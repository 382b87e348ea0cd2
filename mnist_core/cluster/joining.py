"""A helping PC: it lends its processor to a lab, as long as somebody lets it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from time import sleep
from typing import Any

import mnist_core
from mnist_core.cluster.connection import CONNECT_SECONDS, METADATA
from mnist_core.cluster.versions import Versions, misfit, own_versions
from mnist_core.errors import LabError

RETRY_SECONDS = 5.0


def check_versions(address: str) -> None:
    """Check that this computer has the versions of the lab whose scheduler is at an address.

    Raises:
        LabError: it does not, or nothing answers there, or a package is missing.
    """
    found = _lab_versions(address)
    if found is not None and (reason := misfit(found, own_versions())):
        raise LabError(reason)


def help_lab(address: str, processes: int) -> None:
    """Let so many processes help the lab at an address, again whenever it comes back.

    Raises:
        LabError: this computer does not fit, or nothing has ever answered there.
    """
    check_versions(address)
    while True:
        print(f"This computer helps the lab at {address} until you press Ctrl+C.", flush=True)
        subprocess.run(_command(address, processes), env=_environment(), check=False)
        print("The lab has gone. This computer helps again as soon as it is back.", flush=True)
        while not _is_back(address):
            sleep(RETRY_SECONDS)


def _is_back(address: str) -> bool:
    """Return whether the lab answers again; if it has other versions now, that is an error."""
    try:
        found = _lab_versions(address)
    except LabError:
        return False
    if found is not None and (reason := misfit(found, own_versions())):
        raise LabError(reason)
    return True


def _command(address: str, processes: int) -> list[str]:
    """Each process has one thread: what a run computes does not depend on its neighbours."""
    dask = [sys.executable, "-m", "distributed.cli.dask_worker", address]
    return [*dask, "--nworkers", str(processes), "--nthreads", "1", "--no-dashboard"]


def _environment() -> dict[str, str]:
    """Return the environment of the workers, in which they find the lab's core."""
    here = str(Path(mnist_core.__file__).parents[1])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    quiet = {"DASK_LOGGING__DISTRIBUTED": "warning"}
    return {**quiet, **os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _lab_versions(address: str) -> Versions | None:
    """Return the versions of the lab; None if no lab has come to the scheduler yet."""
    try:
        from distributed import Client  # noqa: PLC0415 (an optional package)
    except ImportError as error:
        raise LabError(
            "This computer lacks the packages for helping: "
            "pip install -r requirements-cluster.txt, in the lab's folder."
        ) from error

    async def ask() -> Any:
        async with Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_SECONDS, asynchronous=True, set_as_default=False
        ) as client:
            return await client.get_metadata(METADATA, None)

    try:
        found = asyncio.run(ask())  # in this thread: none is left that Ctrl+C would wait for
    except (OSError, ValueError) as error:
        raise LabError(
            f"No Dask scheduler answers at {address}: check the address, and that the lab's PC "
            "has started it."
        ) from error
    return Versions(**found) if found else None
