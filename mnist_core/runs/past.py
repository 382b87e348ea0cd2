"""Converts the snapshot of a run that is over to a model, and a model to the run it comes from."""

from collections.abc import Sequence

from mnist_core.data import Origin
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import Phase
from mnist_core.training.model import Model

LARGEST_EPOCH = 1e9
"""Iterations of an epoch that a file may claim to have had."""

ELSEWHERE = "It was trained elsewhere: its file contains no curve."
ALTERED = "It was changed after its training, so no curve leads to it."


def model_of(
    now: Snapshot, name: str, config: TrainingConfig, origin: Origin | None
) -> Model | None:
    """Return the network of a run with its figures, once the run is over; None before, or if it
    has none."""
    if not now.status.over or now.status is Status.DIVERGED or now.network is None:
        return None
    kept = now.up_to_kept()
    results = {"seconds": kept.seconds, "iterations": kept.iteration}
    if kept.result:
        results["dev_accuracy"] = kept.result.dev_accuracy
    if kept.test_accuracy is not None:
        results["test_accuracy"] = kept.test_accuracy
    return Model(
        name,
        now.network,
        config,
        kept.history,
        results,
        origin,
        kept.rate_changes,
        kept.phases_kept,
        kept.checkpoints,
    )


def past_run(model: Model) -> Snapshot:
    """Return the run that a network comes from; without a curve if it was altered since."""
    curve = () if model.altered else model.history
    last = model.history[-1].iteration if model.history else 0
    made = planned = int(model.results.get("iterations", last))
    per_epoch, phases = _iterations_per_epoch(model.history), _phases(model, made)
    if model.history:
        planned = sum(phase.steps for phase in phases[:-1]) + per_epoch * phases[-1].epochs
    return Snapshot(
        Status.FINISHED if made >= planned else Status.STOPPED,
        iteration=made,
        iterations=planned,
        iterations_per_epoch=per_epoch,
        history=curve,
        rate_changes=model.rate_changes,
        phases=phases,
        checkpoints=() if model.altered else model.checkpoints,
        network=model.network,
        seconds=model.results.get("seconds", 0.0),
        message="" if curve else ALTERED if model.altered else ELSEWHERE,
        test_accuracy=model.results.get("test_accuracy"),
        measured=model.results.get("dev_accuracy"),
    )


def _phases(model: Model, made: int) -> tuple[Phase, ...]:
    """Return the phases of the training of a network from a file; where the file does not tell
    them, one phase that began with an unknown network."""
    phases = model.phases or (Phase(model.config.epochs, made),)
    known = model.history and sum(phase.steps for phase in phases) == made
    return phases if known and not model.altered else (Phase(0, made, anew=True),)


def _iterations_per_epoch(history: Sequence[Measured]) -> int:
    """Return the steps of an epoch by the points of a curve; 1 without any after the start."""
    ratios = [point.iteration / point.epoch for point in history if point.epoch >= 1e-6]
    return max(1, round(min(ratios[-1], LARGEST_EPOCH))) if ratios else 1
