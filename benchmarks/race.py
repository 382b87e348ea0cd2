"""How long it takes to a network that reads: the lab's presets against what people use instead.

    python -m benchmarks.race [--threads N] [--rounds R] [--only native|avx2] [--json]
        [CONTESTANT …]

Each contestant learns in a process of its own, one at a time and in turn, from the same 55,000
pictures, until it reads 99.3 % of the same 5,000 development pictures or its recipe is over. There
is a table for each kind of processor (`benchmarks/processors.py`), with the medians of some rounds,
each with a seed of its own; measuring is not timed. With `--json`, an object a contestant and kind.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks.kernels import in_words
from benchmarks.processors import Processor, add_option, chosen
from benchmarks.racers import GOALS, RACERS

LAB = "lab: "
Outcome = dict[str, Any]


def main(arguments: Sequence[str]) -> None:
    """Race, and print the outcome."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("contestants", nargs="*", help=", ".join(RACERS))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    add_option(parser)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    names = asked.contestants or list(RACERS)
    for processor in chosen(asked.only):
        rounds = [
            [race(processor, name, asked.threads, seed) for name in names]
            for seed in range(asked.rounds)
        ]
        outcomes = [middle(of_one) for of_one in zip(*rounds, strict=True)]
        print(*(map(json.dumps, outcomes) if asked.json else table(processor, outcomes)), sep="\n")


def race(processor: Processor, name: str, threads: int, seed: int) -> Outcome:
    """One contestant's race, in a process of its own."""
    printed = processor.run(threads, "benchmarks.racers", name, str(threads), str(seed))
    outcome: Outcome = json.loads(printed)
    return {"processor": processor.name, **outcome}


def middle(outcomes: Sequence[Outcome]) -> Outcome:
    """The medians of a contestant's rounds; a goal that most of them missed is missed."""
    rounds = [one["seconds_to"] for one in outcomes]
    reached = {goal: _middle([seconds[goal] for seconds in rounds]) for goal in map(str, GOALS)}
    accuracy = median(one["test_accuracy"] for one in outcomes)
    return {**outcomes[0], "seconds_to": reached, "test_accuracy": accuracy}


def _middle(seconds: Sequence[float | None]) -> float | None:
    found = sorted(one if one is not None else float("inf") for one in seconds)[len(seconds) // 2]
    return None if found == float("inf") else round(found, 2)


def table(processor: Processor, outcomes: Sequence[Outcome]) -> list[str]:
    """The lines for one kind of processor."""
    ran = in_words([outcome["kernels"] for outcome in outcomes])
    return ["", processor.title, ran, "", *map(line, outcomes), "", *comparison(outcomes)]


def line(outcome: Outcome) -> str:
    """A row of the table."""
    cells = [
        "never" if seconds is None else f"{seconds:.1f} s"
        for seconds in outcome["seconds_to"].values()
    ]
    named = f"{outcome['contestant']}, {outcome['threads']} threads"
    return f"| {named} | {' | '.join(cells)} | {outcome['test_accuracy']:.2%} |"


def comparison(outcomes: Sequence[Outcome]) -> list[str]:
    """For each goal, how many times as fast the best of the lab is as the best of the others."""
    ours = [one for one in outcomes if one["contestant"].startswith(LAB)]
    others = [one for one in outcomes if one not in ours]
    told = []
    for goal in map(str, GOALS):
        best, rival = _least(ours, goal), _least(others, goal)
        if best and rival:
            told.append(f"{float(goal):.1%}: the lab is {rival / best:.1f}x as fast as they are")
    return told


def _least(outcomes: Sequence[Outcome], goal: str) -> float | None:
    return min(filter(None, (one["seconds_to"][goal] for one in outcomes)), default=None)


if __name__ == "__main__":
    main(sys.argv[1:])
