"""Texts about a run: its progress, its outcome, its name, and its numbers in words."""

from collections.abc import Mapping, Sequence

import numpy as np

from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.search.space import SEARCHABLE
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.presets import differing, nearest_preset
from pages.ui.components.english import counted
from pages.ui.elements import accuracy_text

LONGEST_NAME = 40
"""Most characters in the name of a run: with its accuracy, two lines in presentation mode."""


def progress(now: Snapshot) -> str:
    """Describe the progress of a run that is not over."""
    if now.status is Status.WAITING and now.queue_position:
        return (
            f"Others are ahead: this run is number {now.queue_position} in the queue and "
            f"{_when_scheduled(now)}."
        )
    if not now.iterations:
        return "Paused before its first step" if now.status is Status.PAUSED else "Getting ready …"
    epochs = now.iterations // now.iterations_per_epoch
    epoch = min(now.iteration // now.iterations_per_epoch + 1, epochs)
    where = f"Epoch {epoch:,} of {epochs:,} · step {now.iteration:,} of {now.iterations:,}"
    if now.status is Status.PAUSED:
        return f"{where} · paused"
    if not now.examples_per_second:
        return where
    if now.learning_rate is not None:
        where += f" · learning rate {rate(now.learning_rate)}"
    speed = "slowed down" if now.pace else f"{now.examples_per_second:,.0f} pictures a second"
    return f"{where} · {speed} · {seconds(now.seconds_left)} left"


def _when_scheduled(now: Snapshot) -> str:
    """Describe how a queued run goes on: by itself, or by the single steps asked for; and when."""
    does = f"{'continues' if now.iteration else 'starts'} by itself"
    if now.steps_asked:
        asked = "step" if now.steps_asked == 1 else f"{now.steps_asked} steps"
        does = f"takes the {asked} you asked for when its turn comes"
    if now.seconds_to_wait is None:
        return does
    if now.seconds_to_wait < 1:
        return f"{does}, in a moment"
    return f"{does}, in about {seconds(now.seconds_to_wait)}"


def ending(now: Snapshot) -> str:
    """Describe a run that has taken its last step, and whose network is being evaluated."""
    last = f"Step {now.iteration:,} was the last one. " if now.iteration else ""
    return f"{last}Now the network sits its exams …"


def moved(now: Snapshot) -> str:
    """Describe the computers that a run has lost; empty if there are none."""
    if not now.moves:
        return ""
    count, last = len(now.moves), f"{now.moves[-1].lost_at:,}"
    lost = f"The computer that trained it was lost at step {last}. Another"
    if count > 1:
        lost = f"It has lost {count} computers, the last one at step {last}. Each time another"
    return f"{lost} one took over, and the curve is the same as without that."


def looking_back(seen: Snapshot) -> str:
    """Describe the checkpoint that the replay of a run shows."""
    if not seen.iteration:
        return "Replay: before the first step"
    return f"Replay: after {_steps(seen, seen.iteration)}"


def _steps(now: Snapshot, steps: int) -> str:
    """Write a number of steps, and the epochs that they are."""
    epochs = f"{steps / now.iterations_per_epoch:,.3g}"
    return f"{epochs} {'epoch' if epochs == '1' else 'epochs'}, {counted(steps, 'step')}"


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
    made, tested = _steps(now, now.steps_kept), ""
    if now.test_accuracy is not None:
        tested = f" In the {accuracy_text.FINAL} (test set): {now.test_accuracy:.1%} correct."
    if now.kept is not None:
        return f"Its best network is kept: the one after {made}.{tested}"
    if now.status is Status.STOPPED:
        return f"Stopped after {made}. What it has learned is kept.{tested}"
    return f"Finished in {seconds(now.seconds)}: {made}.{tested}"


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
            f"It continues with its best network, the one after {_steps(now, now.steps_kept)}; the "
            "curve beyond that is dropped."
        )
    return (
        f"{where} What its optimizer remembered of earlier steps is gone: it starts again, and so "
        "does its schedule."
    )


def seconds(duration: float) -> str:
    """Write a duration, given in seconds, in seconds, minutes or hours."""
    if duration < 1:
        return "under a second"
    if duration < 100:
        return f"{duration:.0f} s"
    return f"{duration / 60:.0f} min" if duration < 6_000 else f"{duration / 3_600:.1f} h"


def about(duration: float) -> str:
    """Write an estimated duration, given in seconds."""
    return seconds(duration) if duration < 1 else f"about {seconds(duration)}"


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
    if len(whole := ", ".join(parts)) <= LONGEST_NAME:
        return whole
    fitting = list(parts[:-1])
    while len(fitting) > 1 and len(", ".join([*fitting, "…"])) > LONGEST_NAME:
        fitting.pop()
    return ", ".join([*fitting, "…"])


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
    small = chosen < 1e-4  # Python writes these with an exponent
    return f"{chosen:.10f}".rstrip("0").rstrip(".") if small else f"{chosen:,.6g}"


def rounded(chosen: float) -> str:
    """Write the value of a search's trial in three significant digits, as the trial used it."""
    return number(float(f"{chosen:.3g}"))


def chosen(values: Mapping[str, float]) -> str:
    """Write the values of a trial, given by hyperparameter, each after its title."""
    return ", ".join(
        f"{SEARCHABLE[name].title.lower()} {rounded(value)}" for name, value in values.items()
    )
