"""`worker`: let this computer help a lab on another one."""

import argparse

from mnist_core.cluster.joining import help_lab
from mnist_core.threads import cores


def add(command: argparse.ArgumentParser) -> None:
    """Add the address of the lab's scheduler, and how much of this computer may help."""
    command.add_argument(
        "scheduler", help="the lab's Dask scheduler, such as tcp://teacher-pc:8786"
    )
    command.add_argument(
        "--processes",
        type=_processes,
        default=cores(),
        help="trainings at once; by default one for each core",
    )


def run(options: argparse.Namespace) -> int:
    """Help until Ctrl+C, again whenever the lab comes back."""
    help_lab(options.scheduler, options.processes)
    return 0


def _processes(text: str) -> int:
    processes = int(text)
    if not 1 <= processes <= 256:
        raise argparse.ArgumentTypeError(f"{processes} processes; choose 1 to 256")
    return processes
