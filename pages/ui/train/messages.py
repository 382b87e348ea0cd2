"""Texts about a run: its progress, its outcome, its name, and its numbers in words."""

from collections.abc import Mapping, Sequence

import numpy as np

from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.search.space import SEARCHABLE
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.presets import PRESETS, Preset
from pages.ui.elements import accuracy_text

LONGEST_NAME = 40
"""Most characters in the name of a run: with its accuracy, two lines in presentation mode."""

SMALL = 1e-4
"""Python writes smaller numbers with an exponent."""


def progress(now: Snapshot) -> str:
    """Describe the progress of a run that is not over."""
    if now.status is Status.WAITING and now.queue_position:
        return (
            f"Others are ahead: this run is number {now.queue_position} in the queue and "
            f"{_when_scheduled(now)}{_wait(now)}."
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
    """Describe a run that has taken its last step, and whose network is being evaluated."""
    last = f"Step {now.iteration:,} was the last one. " if now.iteration else ""
    return f"{last}Now the network sits its exams …"


def moved(now: Snapshot) -> str:
    """Describe the computers that a run has lost; empty if there are none."""
    if not now.moves:
        return ""
    last = now.moves[-1].lost_at
    if len(now.moves) == 1:
        return (
            f"The computer that trained it was lost at step {last:,}. Another one took over, and "
            "the curve is the same as without that."
        )
    return (
        f"It has lost {len(now.moves)} computers, the last one at step {last:,}. Each time another "
        "one took over, and the curve is the same as without that."
    )


def looking_back(seen: Snapshot) -> str:
    """Describe the checkpoint that the replay of a run shows."""
    if not seen.iteration:
        return "Replay: before the first step"
    return f"Replay: after {_made(seen, seen.iteration)}"


def _made(now: Snapshot, steps: int) -> str:
    seen = f"{steps / now.iterations_per_epoch:,.3g}"
    return (
        f"{seen} {'epoch' if seen == '1' else 'epochs'}, "
        f"{steps:,} {'step' if steps == 1 else 'steps'}"
    )


def _when_scheduled(now: Snapshot) -> str:
    """Describe how a queued run goes on: by itself, or by the single steps asked for."""
    if now.steps_asked:
        asked = "step" if now.steps_asked == 1 else f"{now.steps_asked} steps"
        return f"takes the {asked} you asked for when its turn comes"
    return f"{'continues' if now.iteration else 'starts'} by itself"


def _wait(now: Snapshot) -> str:
    """Write the expected time in the queue; empty if it is unknown."""
    if now.seconds_to_wait is None:
        return ""
    if now.seconds_to_wait < 1:
        return ", in a moment"
    return f", in about {seconds(now.seconds_to_wait)}"


def standing(now: Snapshot) -> str:
    """Write the validation accuracy of a run, or its status without one, for a headline."""
    if now.status is Status.DIVERGED:
        return "blew up"
    if now.status is Status.FAILED:
        return "failed"
    if now.dev_accuracy is None:
        return "no curve" if now.status.over else "starting"
    return f"{now.dev_accuracy:.1%} correct in the {accuracy_text.PRACTICE}"


def outcome(now: Snapshot) -> str:
    """Describe how a run ended, without the accuracy in the headline."""
    if now.message or now.result is None:
        return now.message or "Stopped before it had learned anything."
    made = _made(now, now.steps_kept)
    if now.kept is not None:
        return f"Its best network is kept: the one after {made}.{_tested(now)}"
    if now.status is Status.STOPPED:
        return f"Stopped after {made}. What it has learned is kept.{_tested(now)}"
    return f"Finished in {seconds(now.seconds)}: {made}.{_tested(now)}"


def going_on(now: Snapshot, *, exactly: bool) -> str:
    """Describe the network and the optimizer state with which a run that is over would go on.

    `exactly` says whether the optimizer state has been kept.
    """
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
    """Return the number of epochs of the whole run."""
    return now.iterations // now.iterations_per_epoch


def seconds(duration: float) -> str:
    """Write a duration, given in seconds, in seconds, minutes or hours."""
    if duration < 1:
        return "under a second"
    if duration < 100:
        return f"{duration:.0f} s"
    if duration < 6_000:
        return f"{duration / 60:.0f} min"
    return f"{duration / 3_600:.1f} h"


def about(duration: float) -> str:
    """Write an estimated duration, given in seconds."""
    text = seconds(duration)
    return text if duration < 1 else f"about {text}"


def differing(configs: Sequence[TrainingConfig]) -> list[str]:
    """Return the names of the hyperparameters in which the configurations differ."""
    return [name for name in SETTINGS if len({getattr(config, name) for config in configs}) > 1]


def settings(config: TrainingConfig, names: Sequence[str]) -> dict[str, str]:
    """Return the values of the named hyperparameters in words, by their titles."""
    return {
        SETTINGS[name].title: SETTINGS[name].kind.in_words(getattr(config, name)) for name in names
    }


def run_name(number: int, config: TrainingConfig, before: TrainingConfig | None) -> str:
    """Name a run by its number, its preset, and the settings that differ from the preset.

    The settings changed since the run `before` come first, because a long name loses its end. A
    change that does not fit behind the preset replaces its title, and so does one that makes the
    title untrue: it names the preset's filters, or else its hidden units.
    """
    preset = nearest_preset(config)
    changed = differing([config, preset.config])
    if before is not None:
        changed.sort(key=lambda name: name not in differing([config, before]))
    changes = [" ".join(setting) for setting in settings(config, changed).items()]
    name = _shortened([f"Run {number}: {preset.title}", *changes])
    titled_by = "convolution" if preset.config.filters else "hidden"
    if not changes or (changes[0] in name and titled_by not in changed):
        return name
    return _shortened([f"Run {number}: {changes[0]}", *changes[1:]])


def _shortened(parts: Sequence[str]) -> str:
    """Join the parts of a name, and drop parts at the end if it is too long."""
    whole = ", ".join(parts)
    if len(whole) <= LONGEST_NAME:
        return whole
    fitting = list(parts[:-1])
    while len(fitting) > 1 and len(", ".join([*fitting, "…"])) > LONGEST_NAME:
        fitting.pop()
    return ", ".join([*fitting, "…"])


def nearest_preset(config: TrainingConfig) -> Preset:
    """Return the preset from which a configuration differs in the fewest hyperparameters."""
    return min(PRESETS.values(), key=lambda preset: len(differing([config, preset.config])))


def reached(norms: Sequence[float]) -> str:
    """Compare the gradient norms of the first and the last layer; empty for a single layer."""
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
    """Write a positive number in two significant digits, without an exponent: 0.0000015."""
    if value >= 100:
        return f"{float(f'{value:.2g}'):,.0f}"
    return np.format_float_positional(value, precision=2, fractional=False, trim="-")


def rate(learning_rate: float) -> str:
    """Write a learning rate in two significant digits, without an exponent: 0.0000015."""
    return SETTINGS["learning_rate"].kind.in_words(float(f"{learning_rate:.2g}"))


def number(chosen: float) -> str:
    """Write a number in at most six significant digits; a small one without an exponent."""
    return f"{chosen:,.6g}" if chosen >= SMALL else f"{chosen:.10f}".rstrip("0").rstrip(".")


def rounded(chosen: float) -> str:
    """Write the value of a search's trial in three significant digits, as the trial used it."""
    return number(float(f"{chosen:.3g}"))


def chosen(values: Mapping[str, float]) -> str:
    """Write the values of a trial, given by hyperparameter, each after its title."""
    return ", ".join(
        f"{SEARCHABLE[name].title.lower()} {rounded(value)}" for name, value in values.items()
    )
