"""What is said about a run, in words for people."""

from collections.abc import Mapping, Sequence

import numpy as np

from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.search.space import SEARCHABLE
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.presets import PRESETS, Preset
from pages.ui.elements import accuracy_text

LONGEST_NAME = 40
"""Letters of a run's name: with how it reads, two lines of an audience's headline."""

SMALL = 1e-4
"""Below it, Python writes numbers with an exponent."""


def progress(now: Snapshot) -> str:
    """Say where a run stands that is not over."""
    if now.status is Status.WAITING and now.queue_position:
        return (
            f"Others are ahead: this run is number {now.queue_position} in the queue and "
            f"{_at_its_turn(now)}{_wait(now)}."
        )
    if not now.iterations:
        return "Paused before its first step" if now.status is Status.PAUSED else "Getting ready …"
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
    """Say where a run stands that takes no more steps, and is not over."""
    last = f"Step {now.iteration:,} was the last one. " if now.iteration else ""
    return f"{last}Now the network sits its exams …"


def looking_back(seen: Snapshot) -> str:
    """Name the moment that the replay of a run shows."""
    if not seen.iteration:
        return "Replay: before the first step"
    return f"Replay: after {_made(seen, seen.iteration)}"


def _made(now: Snapshot, steps: int) -> str:
    seen = f"{steps / now.iterations_per_epoch:,.3g}"
    return (
        f"{seen} {'epoch' if seen == '1' else 'epochs'}, "
        f"{steps:,} {'step' if steps == 1 else 'steps'}"
    )


def _at_its_turn(now: Snapshot) -> str:
    """Say what a waiting run does when its turn comes."""
    if now.steps_asked:
        asked = "step" if now.steps_asked == 1 else f"{now.steps_asked} steps"
        return f"takes the {asked} you asked for when its turn comes"
    return f"{'continues' if now.iteration else 'starts'} by itself"


def _wait(now: Snapshot) -> str:
    """Say how long a run has to wait, as far as that is known."""
    if now.seconds_to_wait is None:
        return ""
    if now.seconds_to_wait < 1:
        return ", in a moment"
    return f", in about {seconds(now.seconds_to_wait)}"


def standing(now: Snapshot) -> str:
    """Say how good a run is at this moment, for a headline."""
    if now.status is Status.DIVERGED:
        return "blew up"
    if now.status is Status.FAILED:
        return "failed"
    if now.dev_accuracy is None:
        return "no curve" if now.status.over else "starting"
    return f"{now.dev_accuracy:.1%} correct in the {accuracy_text.PRACTICE}"


def outcome(now: Snapshot) -> str:
    """Say how a run ended, without what the headline says of it."""
    if now.message or now.result is None:
        return now.message or "Stopped before it had learned anything."
    made = _made(now, now.steps_kept)
    if now.kept is not None:
        return f"Its best network is kept: the one after {made}.{_tested(now)}"
    if now.status is Status.STOPPED:
        return f"Stopped after {made}. What it has learned is kept.{_tested(now)}"
    return f"Finished in {seconds(now.seconds)}: {made}.{_tested(now)}"


def going_on(now: Snapshot, *, exactly: bool) -> str:
    """Say from where a run that is over would go on, and with what."""
    if exactly:
        return (
            "It continues where it stopped, with all that its optimizer remembers. Its schedule "
            "starts again."
        )
    where = "It continues with the network of its file."
    if now.kept is not None:
        where = (
            f"It continues with its best network, the one after {_made(now, now.steps_kept)}; the "
            "curve beyond that is dropped."
        )
    return (
        f"{where} What its optimizer remembered of earlier steps is gone: it starts again, and so "
        "does its schedule."
    )


def _tested(now: Snapshot) -> str:
    if now.test_accuracy is None:
        return ""
    return f" In the {accuracy_text.FINAL} (test set): {now.test_accuracy:.1%} correct."


def epochs(now: Snapshot) -> int:
    """Count how many times the run goes through its pictures in all."""
    return now.iterations // now.iterations_per_epoch


def seconds(duration: float) -> str:
    """Write a duration as people say it."""
    if duration < 1:
        return "under a second"
    if duration < 100:
        return f"{duration:.0f} s"
    if duration < 6_000:
        return f"{duration / 60:.0f} min"
    return f"{duration / 3_600:.1f} h"


def about(duration: float) -> str:
    """Write a duration that is foretold, as people say it."""
    told = seconds(duration)
    return told if duration < 1 else f"about {told}"


def differing(configs: Sequence[TrainingConfig]) -> list[str]:
    """List the names of the hyperparameters in which some configurations differ."""
    return [name for name in SETTINGS if len({getattr(config, name) for config in configs}) > 1]


def settings(config: TrainingConfig, names: Sequence[str]) -> dict[str, str]:
    """Return title and value of some hyperparameters."""
    return {
        SETTINGS[name].title: SETTINGS[name].kind.in_words(getattr(config, name)) for name in names
    }


def run_name(number: int, config: TrainingConfig, before: TrainingConfig | None) -> str:
    """Name a run: its number, its preset, and what differs from that.

    What was changed since the run `before` it comes first: of a long name the end is left out. A
    change that is too long to stand behind its preset stands alone, and so does one that makes the
    preset's title untrue: it speaks of filters, or else of hidden units.
    """
    preset = nearest_preset(config)
    changed = differing([config, preset.config])
    if before is not None:
        changed.sort(key=lambda name: name not in differing([config, before]))
    told = [" ".join(setting) for setting in settings(config, changed).items()]
    name = _as_much_as_fits([f"Run {number}: {preset.title}", *told])
    titled_by = "convolution" if preset.config.filters else "hidden"
    if not told or (told[0] in name and titled_by not in changed):
        return name
    return _as_much_as_fits([f"Run {number}: {told[0]}", *told[1:]])


def _as_much_as_fits(parts: Sequence[str]) -> str:
    """Join the parts of a name, without those at the end that would make it too long."""
    whole = ", ".join(parts)
    if len(whole) <= LONGEST_NAME:
        return whole
    kept = list(parts[:-1])
    while len(kept) > 1 and len(", ".join([*kept, "…"])) > LONGEST_NAME:
        kept.pop()
    return ", ".join([*kept, "…"])


def nearest_preset(config: TrainingConfig) -> Preset:
    """Find the preset from which a configuration differs in the fewest hyperparameters."""
    return min(PRESETS.values(), key=lambda preset: len(differing([config, preset.config])))


def reached(norms: Sequence[float]) -> str:
    """Compare the gradients of the first and the last layer, where there are two."""
    first, last = norms[0], norms[-1]
    if len(norms) < 2:
        return ""
    if not min(first, last):
        return "Nothing of the error reaches the first layer."
    times = size(max(first, last) / min(first, last))
    if times == "1":
        return "The gradient of the first layer is about as large as that of the last one."
    larger, smaller = ("last", "first") if last > first else ("first", "last")
    return (
        f"The gradient of the {larger} layer is **{times} times** as large as that of the "
        f"{smaller} one."
    )


def size(value: float) -> str:
    """Write a positive number in two digits and without an exponent: 0.0000015."""
    if value >= 100:
        return f"{float(f'{value:.2g}'):,.0f}"
    return np.format_float_positional(value, precision=2, fractional=False, trim="-")


def rate(learning_rate: float) -> str:
    """Write a learning rate in two digits and without an exponent: 0.0000015."""
    return SETTINGS["learning_rate"].kind.in_words(float(f"{learning_rate:.2g}"))


def number(chosen: float) -> str:
    """Write a number as people read it, to six digits."""
    return f"{chosen:,.6g}" if chosen >= SMALL else f"{chosen:.10f}".rstrip("0").rstrip(".")


def rounded(chosen: float) -> str:
    """Write a value that a search has chosen, to three digits: so many its trial had."""
    return number(float(f"{chosen:.3g}"))


def chosen(values: Mapping[str, float]) -> str:
    """Write the values of a trial, by the names of the settings."""
    return ", ".join(
        f"{SEARCHABLE[name].title.lower()} {rounded(value)}" for name, value in values.items()
    )
