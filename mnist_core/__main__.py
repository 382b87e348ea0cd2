"""The lab's main jobs without a browser: `python -m mnist_core train`, `evaluate`, `predict` …"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn, Protocol

from mnist_core.commands import evaluate, predict, suspects, train
from mnist_core.commands.exit_codes import BAD_INPUT, BROKEN_PIPE, INTERRUPTED
from mnist_core.errors import LabError
from mnist_core.threads import limit_blas_threads


class Command(Protocol):
    """A command, as a module of `mnist_core.commands` is one."""

    def add(self, command: argparse.ArgumentParser) -> None:
        """Give the command its options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the result is the exit code."""


COMMANDS: Mapping[str, tuple[Command, str]] = {
    "train": (train, "train a network and save it"),
    "evaluate": (evaluate, "measure a network on a data set"),
    "predict": (predict, "read digits from image files"),
    "suspects": (suspects, "list labels that may be wrong"),
}


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the message and exit with 2."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(
    arguments: Sequence[str] | None = None, commands: Mapping[str, tuple[Command, str]] = COMMANDS
) -> int:
    """Run one of the commands; the result is the exit code."""
    options = parser(commands).parse_args(arguments)
    limit_blas_threads()
    try:
        code: int = options.run(options)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would write the rest once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (LabError, OSError) as error:
        print(f"mnist_core: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def parser(commands: Mapping[str, tuple[Command, str]]) -> argparse.ArgumentParser:
    """The command line: each command by its name, with what it is for."""
    top = Parser(prog="python -m mnist_core", description=__doc__)
    parsers = top.add_subparsers(required=True, metavar="command")
    for name, (command, purpose) in commands.items():
        added = parsers.add_parser(name, help=purpose)
        command.add(added)
        added.set_defaults(run=command.run)
    return top


if __name__ == "__main__":
    sys.exit(main())
