"""What is said about a run, in words for people."""

from collections.abc import Sequence

from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.presets import PRESETS, Preset
from pages.ui import exams

LONGEST_NAME = 40
SMALL = 1e-4
"""Below it, Python writes numbers with an exponent."""


def progress(now: Snapshot) -> str:
    """Where a run stands that is not over."""
    if now.status is Status.WAITING and now.place:
        return (
            f"Others have their turn: number {now.place} in the queue. "
            f"It {'goes on' if now.iteration else 'starts'} by itself{_wait(now)}."
        )
    if not now.iterations:
        return "Getting ready …"
    epoch = min(now.iteration // now.iterations_per_epoch + 1, epochs(now))
    where = f"Epoch {epoch:,} of {epochs(now):,} · step {now.iteration:,} of {now.iterations:,}"
    if now.status is Status.PAUSED:
        return f"{where} · paused"
    if not now.examples_per_second:
        return where
    if now.learning_rate is not None:
        where += f" · learning rate {rate(now.learning_rate)}"
    speed = f"{now.examples_per_second:,.0f} pictures a second"
    if now.pace:
        speed = "slowed down"
    return f"{where} · {speed} · {seconds(now.seconds_left)} left"


def ending(now: Snapshot) -> str:
    """Where a run stands that takes no more steps, and is not over."""
    last = f"Step {now.iteration:,} was the last one. " if now.iteration else ""
    return f"{last}Now the network sits its exams …"


def looking_back(seen: Snapshot) -> str:
    """Which moment of a run that is over is looked back at."""
    if not seen.iteration:
        return "Looking back: before the first step"
    return f"Looking back: after {_made(seen, seen.iteration)}"


def _made(now: Snapshot, steps: int) -> str:
    seen = f"{steps / now.iterations_per_epoch:,.3g}"
    return (
        f"{seen} {'epoch' if seen == '1' else 'epochs'}, "
        f"{steps:,} {'step' if steps == 1 else 'steps'}"
    )


def _wait(now: Snapshot) -> str:
    """How long a run has to wait, as far as anybody knows."""
    if now.seconds_to_wait is None:
        return ""
    if now.seconds_to_wait < 1:
        return ", in a moment"
    return f", in about {seconds(now.seconds_to_wait)}"


def standing(now: Snapshot) -> str:
    """How good a run is at this moment, for a headline."""
    if now.status in {Status.DIVERGED, Status.FAILED}:
        return "broke off"
    if now.result is None:
        return "no curve" if now.status.over else "about to begin"
    return f"reads {now.result.dev_accuracy * 100:.1f} of 100 in the {exams.PRACTICE}"


def outcome(now: Snapshot) -> str:
    """How a run ended, without what the headline says of it."""
    if now.message or now.result is None:
        return now.message or "Stopped before it had learnt anything."
    made = _made(now, now.steps_kept)
    if now.kept is not None:
        return f"Its best network is kept, after {made}.{_tested(now)}"
    if now.status is Status.STOPPED:
        return f"Stopped after {made}. What it has learnt is kept.{_tested(now)}"
    return f"Finished in {seconds(now.seconds)}: {made}.{_tested(now)}"


def _tested(now: Snapshot) -> str:
    if now.test_accuracy is None:
        return ""
    return f" In the {exams.FINAL}: {now.test_accuracy * 100:.1f} of 100."


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
        for name in differing([config, before])
    ]
    return ", ".join(changed) or "the same again"


def differing(configs: Sequence[TrainingConfig]) -> list[str]:
    """The names of the hyperparameters in which some configurations differ."""
    return [name for name in SETTINGS if len({getattr(config, name) for config in configs}) > 1]


def settings(config: TrainingConfig, names: Sequence[str]) -> dict[str, str]:
    """Title and value of some hyperparameters."""
    return {
        SETTINGS[name].title: SETTINGS[name].kind.in_words(getattr(config, name)) for name in names
    }


def run_name(number: int, config: TrainingConfig, before: TrainingConfig | None) -> str:
    """What a run is called: its number, and what is otherwise than in the run before it."""
    told = differences(config, before) if before else starting_point(config)
    name = f"Run {number}: {told.replace(': ', ' ')}"
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 2]} …"


def nearest_preset(config: TrainingConfig) -> Preset:
    """The preset from which a configuration differs in the fewest hyperparameters."""
    return min(PRESETS.values(), key=lambda preset: len(differing([config, preset.config])))


def starting_point(config: TrainingConfig) -> str:
    """What the first run is: a preset, or the nearest of them with its changes."""
    nearest = nearest_preset(config)
    if config == nearest.config:
        return nearest.title
    return f"{nearest.title}, but {differences(config, nearest.config)}"


def rate(learning_rate: float) -> str:
    """A learning rate in two digits and without an exponent: 0.0000015."""
    return SETTINGS["learning_rate"].kind.in_words(float(f"{learning_rate:.2g}"))


def number(chosen: float) -> str:
    """A number as people read it, to six digits."""
    return f"{chosen:,.6g}" if chosen >= SMALL else f"{chosen:.10f}".rstrip("0").rstrip(".")
