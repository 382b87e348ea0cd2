"""The command: `python -m tests.fuzz`."""

import argparse
import multiprocessing
import sys

from tests.fuzz.hunting import hunt_alone
from tests.fuzz.targets import TARGETS


def main() -> None:
    """Hunt in each kind, in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(TARGETS), help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--inputs", type=int, default=10_000, help="of each kind, at most")
    parser.add_argument("--seconds", type=float, default=600, help="for all kinds, at most")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    unknown = set(options.kinds) - set(TARGETS)
    if unknown:
        parser.error(f"{', '.join(sorted(unknown))}: choose of {', '.join(TARGETS)}.")
    context, bad = multiprocessing.get_context("spawn"), 0
    for kind in options.kinds:
        share = options.seconds / len(options.kinds)
        process = context.Process(
            target=hunt_alone, args=(kind, options.inputs, share, options.seed)
        )
        process.start()
        process.join()
        bad += process.exitcode != 0
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
