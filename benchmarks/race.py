"""Measures the time to a target accuracy: the lab's presets against the alternatives.

    python -m benchmarks.race [--threads N] [--rounds R] [--only native|avx2] [--json]
        [CONTESTANT …]

Each contestant is trained in a process of its own, one at a time and in turn, on the same 55,000
pictures, until it reads 99.3 % of the same 5,000 dev pictures or its recipe is over. There is a
table for each kind of processor (`benchmarks/processors.py`), with the medians of some rounds, each
with a seed of its own; measuring is not timed. `--json` prints an object a contestant and kind. A
race of all contestants is kept in `results.md`.
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
from benchmarks.results import keep

LAB = "lab: "
Outcome = dict[str, Any]

TOLD = (
    "Made by `python -m benchmarks.race`: seconds of training until so many of the 5,000 practice "
    "pictures are read correctly, medians of the rounds."
)


def main(arguments: Sequence[str]) -> None:
    """Run the race, and print the outcome."""
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
        lines = table(outcomes)
        print(*(map(json.dumps, outcomes) if asked.json else [processor.title, *lines]), sep="\n")
        if not asked.contestants:
            keep(f"The time to an accuracy, {processor.title}", "\n".join([TOLD, "", *lines]))


def race(processor: Processor, name: str, threads: int, seed: int) -> Outcome:
    """Run one contestant's race in a process of its own, and return its outcome."""
    printed = processor.run(threads, "benchmarks.racers", name, str(threads), str(seed))
    outcome: Outcome = json.loads(printed)
    return {"processor": processor.name, **outcome}


def middle(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the medians of a contestant's rounds; a goal that most of them missed is missed."""
    times = [one["seconds_to"] for one in outcomes]
    reached = {goal: _middle([seconds[goal] for seconds in times]) for goal in map(str, GOALS)}
    accuracy = median(one["test_accuracy"] for one in outcomes)
    rounds = len(outcomes)
    return {**outcomes[0], "seconds_to": reached, "test_accuracy": accuracy, "rounds": rounds}


def _middle(seconds: Sequence[float | None]) -> float | None:
    value = sorted(one if one is not None else float("inf") for one in seconds)[len(seconds) // 2]
    return None if value == float("inf") else round(value, 2)


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the lines for one kind of processor."""
    goals = " | ".join(f"{goal:.1%}" for goal in GOALS)
    return [
        in_words([outcome["kernels"] for outcome in outcomes]),
        "",
        f"| contestant | {goals} | test half at the end | rounds |",
        f"|---|{'---|' * len(GOALS)}---|---|",
        *map(line, outcomes),
        "",
        *comparison(outcomes),
    ]


def line(outcome: Outcome) -> str:
    """Return a row of the table."""
    cells = [
        "never" if seconds is None else f"{seconds:.1f} s"
        for seconds in outcome["seconds_to"].values()
    ]
    named = f"{outcome['contestant']}, {outcome['threads']} threads"
    return (
        f"| {named} | {' | '.join(cells)} | {outcome['test_accuracy']:.2%} | {outcome['rounds']} |"
    )


def comparison(outcomes: Sequence[Outcome]) -> list[str]:
    """Return for each goal the ratio of the others' best time to the lab's best."""
    ours = [one for one in outcomes if one["contestant"].startswith(LAB)]
    others = [one for one in outcomes if one not in ours]
    lines = []
    for goal in map(str, GOALS):
        best, rival = _least(ours, goal), _least(others, goal)
        if best and rival:
            lines.append(f"{float(goal):.1%}: the lab is {rival / best:.1f}x as fast as they are")
    return lines


def _least(outcomes: Sequence[Outcome], goal: str) -> float | None:
    return min(filter(None, (one["seconds_to"][goal] for one in outcomes)), default=None)


if __name__ == "__main__":
    main(sys.argv[1:])
