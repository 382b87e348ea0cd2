"""What is said about a run, in words for people."""

from dataclasses import fields
from typing import Any

from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import PRESETS, Choice, TrainingConfig


def progress(now: Snapshot) -> str:
    """Where a run stands that is not over."""
    if now.status is Status.WAITING and now.place:
        return f"Waiting for a free place: number {now.place} in the queue. It starts by itself."
    if not now.iterations:
        return "Getting ready …"
    epoch = min(now.iteration // now.iterations_per_epoch + 1, epochs(now))
    where = f"Epoch {epoch:,} of {epochs(now):,} · step {now.iteration:,} of {now.iterations:,}"
    if now.status is Status.PAUSED:
        return f"{where} · paused"
    return (
        f"{where} · {now.examples_per_second:,.0f} pictures a second · "
        f"{seconds(now.seconds_left)} left"
    )


def outcome(now: Snapshot) -> str:
    """How a run ended."""
    if now.status is Status.FINISHED and now.history:
        return (
            f"Finished in {seconds(now.seconds)}: it reads {share(now)} of 100 pictures right "
            "that it has never seen."
        )
    if now.status is Status.STOPPED and now.history:
        return f"Stopped: it reads {share(now)} of 100 pictures right. What it has learnt is kept."
    return now.message or "Stopped before it had learnt anything."


def share(now: Snapshot) -> str:
    """The latest accuracy on pictures kept back, out of a hundred."""
    return f"{now.history[-1].dev_accuracy * 100:.1f}"


def epochs(now: Snapshot) -> int:
    """How many times the run goes through its pictures in all."""
    return now.iterations // now.iterations_per_epoch


def seconds(duration: float) -> str:
    """A duration as people say it."""
    if duration < 1:
        return "under a second"
    if duration < 100:
        return f"{duration:.0f} s"
    if duration < 6_000:
        return f"{duration / 60:.0f} min"
    return f"{duration / 3_600:.1f} h"


def differences(config: TrainingConfig, before: TrainingConfig) -> str:
    """What is set otherwise than in the run before, and nothing else."""
    changed = [
        f"{setting.metadata['title']}: {value(setting.name, getattr(config, setting.name))}"
        for setting in fields(config)
        if getattr(config, setting.name) != getattr(before, setting.name)
    ]
    return ", ".join(changed) or "the same again"


def starting_point(config: TrainingConfig) -> str:
    """What the first run is: a preset, or the nearest of them with its changes."""
    nearest = min(PRESETS, key=lambda name: _distance(config, PRESETS[name]))
    changes = differences(config, PRESETS[nearest])
    same = config == PRESETS[nearest]
    return nearest.capitalize() if same else f"{nearest.capitalize()}, but {changes}"


def value(name: str, chosen: Any) -> str:
    """The value of a hyperparameter as its control shows it."""
    setting = next(setting for setting in fields(TrainingConfig) if setting.name == name)
    if isinstance(setting.metadata["allowed"], Choice):
        return setting.metadata["allowed"].titles[chosen]
    if isinstance(chosen, tuple):
        return "–".join(map(str, chosen)) or "none"
    if isinstance(chosen, bool):
        return "on" if chosen else "off"
    return number(chosen)


def number(chosen: float | None) -> str:
    """A number of a hyperparameter; None is a batch of all pictures."""
    if chosen is None:
        return "all at once"
    return f"{chosen:,}" if isinstance(chosen, int) else f"{chosen:g}"


def _distance(one: TrainingConfig, other: TrainingConfig) -> int:
    return sum(getattr(one, s.name) != getattr(other, s.name) for s in fields(one))
