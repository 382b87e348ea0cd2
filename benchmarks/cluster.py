"""Measures trainings on a Dask cluster: the runs a minute, and what they cost the lab's process.

One and two workers are processes of this machine that compute. Thirty-two are threads of four
processes that sleep as long as a step takes here: they stand for thirty-two computers, and show
what the lab and the scheduler can serve, not what those would compute.

    python -m benchmarks.cluster [RUNS PER WORKER]
"""

import os
import statistics
import sys
from time import monotonic, process_time, sleep
from typing import NamedTuple

import psutil

from benchmarks.sleeping_worker import SECONDS
from mnist_core.cluster import Cluster
from mnist_core.data import Data, load, split
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Status
from mnist_core.training.config import TrainingConfig
from tests.core.cluster.machines import Machines

CONFIG = TrainingConfig(hidden=(128,), examples=20_000, batch_size=500, epochs=12, record_every=10)
LOOK_SECONDS = 0.1
"""Time between two looks at the runs."""


class Cost(NamedTuple):
    """The figures of some runs: shares are seconds of the processor for a second of a run."""

    runs_a_minute: float
    lab: float
    scheduler: float
    updates_a_second: float


def main() -> None:
    """Print a line for each number of workers."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    data = load()
    step = seconds_of_a_step(data)
    os.environ[SECONDS] = str(step)
    steps = CONFIG.epochs * CONFIG.examples // (CONFIG.batch_size or 1)
    print(f"A step takes {1e3 * step:.1f} ms here, and a run {steps} steps.")
    print(f"{'workers':22}{'runs a minute':>15}{'lab':>9}{'scheduler':>11}{'updates a second':>18}")
    sleeping = ("--nthreads", "8", "--preload", "benchmarks.sleeping_worker")
    for title, processes, threads, options in (
        ("1", 1, 1, ()),
        ("2", 2, 2, ()),
        ("32 that sleep", 4, 32, sleeping),
    ):
        with Machines() as machines:
            machines.have(processes, *options)
            cost = measured(machines, threads, rounds, data)
        print(
            f"{title:22}{cost.runs_a_minute:15.1f}{cost.lab:9.1%}{cost.scheduler:11.1%}"
            f"{cost.updates_a_second:18.1f}"
        )


def seconds_of_a_step(data: Data) -> float:
    """Measure a run in this process."""
    run = Run(data.train, split(data.train, 0), CONFIG, Scheduler(1))
    run.start()
    run.join()
    now = run.snapshot()
    return now.seconds / now.iteration


def measured(machines: Machines, threads: int, rounds: int, data: Data) -> Cost:
    """Let all workers learn one run after the other, so many each."""
    slots = Scheduler(1)
    cluster = Cluster(machines.address, slots)
    while cluster.threads < threads:
        sleep(0.1)
    parts = split(data.train, 0)
    finish(threads, cluster, slots, data)  # each worker gets the data set
    scheduler = psutil.Process(machines.scheduler.pid)
    before, began, used = seconds_of(scheduler), monotonic(), process_time()
    runs = [
        Run(data.train, parts, CONFIG, slots, open_placement=cluster.open_placement)
        for _ in range(rounds * threads)
    ]
    for run in runs:
        run.start()
    seen = watch(runs)
    took, used = monotonic() - began, process_time() - used
    for_scheduler = seconds_of(scheduler) - before
    cluster.close()
    assert {run.snapshot().status for run in runs} == {Status.FINISHED}
    run_seconds = threads * took
    return Cost(60 * len(runs) / took, used / run_seconds, for_scheduler / run_seconds, seen)


def finish(threads: int, cluster: Cluster, slots: Scheduler, data: Data) -> None:
    """Take a run to its end on each worker."""
    parts = split(data.train, 0)
    runs = [
        Run(data.train, parts, CONFIG, slots, open_placement=cluster.open_placement)
        for _ in range(threads)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()


def watch(runs: list[Run]) -> float:
    """Look at the runs until all are over; return how often a second each has got new figures."""
    changes = [0] * len(runs)
    steps = [0] * len(runs)
    running = [0.0] * len(runs)
    while not all(run.over for run in runs):
        for number, run in enumerate(runs):
            now = run.snapshot()
            if now.status is Status.RUNNING and now.iteration:
                running[number] += LOOK_SECONDS
                changes[number] += now.iteration != steps[number]
                steps[number] = now.iteration
        sleep(LOOK_SECONDS)
    return statistics.median(
        count / seconds for count, seconds in zip(changes, running, strict=True) if seconds
    )


def seconds_of(process: psutil.Process) -> float:
    """Return the processor time of a process so far, in seconds."""
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
