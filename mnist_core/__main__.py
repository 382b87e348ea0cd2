"""The lab's main jobs without a browser: `python -m mnist_core train`, `evaluate`, `predict` …

`mnist-lab` has the same commands, and one more that serves the pages.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, NoReturn

from mnist_core.commands import evaluate, predict, suspects, train, worker
from mnist_core.commands.exit_codes import BAD_INPUT, BROKEN_PIPE, INTERRUPTED
from mnist_core.errors import LabError
from mnist_core.threads import limit_blas_threads

PURPOSE = "MNIST Lab: a neural network in NumPy that learns to read handwritten digits."


class Command(NamedTuple):
    """A command of the command line.

    Attributes:
        purpose: a short description for `--help`.
        add: adds the command's options to its parser.
        run: does the work with the parsed options and returns the exit code.
    """

    purpose: str
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS = {
    "train": Command("train a network and save it", train.add, train.run),
    "evaluate": Command("measure a network on a data set", evaluate.add, evaluate.run),
    "predict": Command("read digits from image files", predict.add, predict.run),
    "suspects": Command("list labels that may be wrong", suspects.add, suspects.run),
    "worker": Command("help a lab on another computer to train", worker.add, worker.run),
}


class Parser(argparse.ArgumentParser):
    """An argument parser that reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the message and exit with code 2."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of `python -m mnist_core` and return its exit code."""
    return run(parser("python -m mnist_core", COMMANDS).parse_args(arguments))


def parser(program: str, commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Build the parser of a program from its commands by name.

    The parsed options also hold `run`, the command's work, and `program`, its name in errors.
    """
    top = Parser(prog=program, description=PURPOSE)
    parsers = top.add_subparsers(required=True, metavar="command")
    for name, (purpose, add, work) in commands.items():
        command = parsers.add_parser(name, help=purpose)
        add(command)
        command.set_defaults(run=work, program=command.prog)
    return top


def run(options: argparse.Namespace) -> int:
    """Run the command that the options name and return its exit code."""
    limit_blas_threads()
    try:
        code: int = options.run(options)
    except BrokenPipeError:
        # The reader closed the pipe; Python would write the rest once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (LabError, OSError) as error:
        print(f"{options.program}: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
