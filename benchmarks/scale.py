"""Measures how the time of an epoch grows with examples, pixels, units, layers and threads.

    python -m benchmarks.scale [--rounds R] [--only native|avx2]

Tables for each kind of processor (`benchmarks/processors.py`), each measured by
`benchmarks/growth.py` in a process of its own.
"""

import argparse
import sys
from collections.abc import Sequence

from benchmarks.processors import add_option, chosen
from benchmarks.results import keep

TOLD = (
    "Made by `python -m benchmarks.scale`. Each row changes one thing of 784-128-10 (batch 128, "
    "Adam, 6,000 generated pictures); its exponent is the slope of log time over log size. 4 and 8 "
    "threads are an extrapolation."
)


def main(arguments: Sequence[str]) -> None:
    """Print the tables, and store them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    add_option(parser)
    asked = parser.parse_args(arguments)
    for processor in chosen(asked.only):
        tables = processor.run(1, "benchmarks.growth", str(asked.rounds))
        print(f"\n{processor.title}\n\n{tables}", flush=True)
        keep(f"How the time grows, {processor.title}", f"{TOLD}\n\n{tables}")


if __name__ == "__main__":
    main(sys.argv[1:])
