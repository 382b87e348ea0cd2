"""What is said about a run, in words for people."""

from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.presets import PRESETS


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


def standing(now: Snapshot) -> str:
    """How good a run is at this moment, for a headline."""
    if now.status in {Status.DIVERGED, Status.FAILED}:
        return "broke off"
    if not now.history:
        return "no curve" if now.status.over else "about to begin"
    return f"reads {share(now)} of 100 new pictures"


def outcome(now: Snapshot) -> str:
    """How a run ended, without what the headline says of it."""
    if now.message or not now.history:
        return now.message or "Stopped before it had learnt anything."
    made = f"{now.iteration / now.iterations_per_epoch:,.3g} epochs, {now.iteration:,} steps"
    if now.status is Status.STOPPED:
        return f"Stopped after {made}. What it has learnt is kept.{_tested(now)}"
    return f"Finished in {seconds(now.seconds)}: {made}.{_tested(now)}"


def _tested(now: Snapshot) -> str:
    if now.test_accuracy is None:
        return ""
    return f" Of the test pictures: {now.test_accuracy * 100:.1f} of 100."


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
        f"{SETTINGS[name].title}: {SETTINGS[name].kind.in_words(getattr(config, name))}"
        for name in _different(config, before)
    ]
    return ", ".join(changed) or "the same again"


def starting_point(config: TrainingConfig) -> str:
    """What the first run is: a preset, or the nearest of them with its changes."""
    nearest = min(PRESETS.values(), key=lambda preset: len(_different(config, preset.config)))
    if config == nearest.config:
        return nearest.title
    return f"{nearest.title}, but {differences(config, nearest.config)}"


def number(chosen: float) -> str:
    """A number as people read it, to six digits."""
    return f"{chosen:,.6g}"


def _different(one: TrainingConfig, other: TrainingConfig) -> list[str]:
    return [name for name in SETTINGS if getattr(one, name) != getattr(other, name)]
