"""An exported program repeats its run, from the MNIST files alone, and can be read."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnist_core.data import BUNDLED, Data, split
from mnist_core.files.export import notebook, script
from mnist_core.runs.queue import Slots
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import RateMove, Status
from mnist_core.training.config import CONVOLUTIONS, TrainingConfig
from mnist_core.training.events import Finished, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.presets import PRESETS
from tests.core.finished_runs import taken
from tests.core.watched_runs import until, until_status

QUICK = TrainingConfig(hidden=(32,), epochs=1, examples=6_000, batch_size=64)

CONFIGS = {
    "dense": replace(QUICK, epochs=2),
    "notebook": replace(PRESETS["notebook"].config, epochs=3),
    "conv": replace(PRESETS["small_conv"].config, epochs=1, examples=2_000),
    "wide": replace(QUICK, convolution="wide", activation="leaky_relu", examples=300),
    "two pixels apart": replace(QUICK, convolution="quick", examples=2_000),
    "dropout": replace(QUICK, hidden=(64, 32), dropout=0.3, activation="gelu"),
    "adamw": replace(QUICK, optimizer="adamw", weight_decay=0.1, schedule="one_cycle"),
    "nesterov": replace(
        QUICK,
        optimizer="sgd",
        learning_rate=0.05,
        momentum=0.9,
        nesterov=True,
        weight_decay=1e-3,
        activation="tanh",
        initializer="glorot",
        schedule="cosine",
        warmup=0.1,
    ),
    "rmsprop": replace(QUICK, optimizer="rmsprop", hidden=(), schedule="step", seed=3),
    "sigmoid": replace(QUICK, activation="sigmoid", optimizer="sgd", learning_rate=0.5),
}


def repeated(program: str, folder: Path) -> float:
    """The dev accuracy that the program prints when it is run on its own."""
    path = folder / "run.py"
    path.write_text(program, encoding="utf-8")
    command = [sys.executable, "-W", "error", str(path), str(BUNDLED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert not done.stderr
    found = re.search(r"dev accuracy ([\d.]+)\ntest accuracy [\d.]+\n$", done.stdout)
    assert found
    return float(found[1])


@pytest.mark.parametrize("name", CONFIGS)
def test_a_program_repeats_its_run(name: str, tmp_path: Path) -> None:
    last = taken(CONFIGS[name]).history[-1]
    assert repeated(script(CONFIGS[name]), tmp_path) == pytest.approx(last.dev_accuracy, abs=0.001)


DESCENT = TrainingConfig(
    hidden=(32, 16),
    activation="tanh",
    optimizer="sgd",
    learning_rate=0.1,
    epochs=1,
    examples=3_000,
    batch_size=100,
)
"""Smooth throughout: no rounding error grows at the kink of a ReLU."""

LEFT_TO_CHANCE = {
    "dropout in a full batch": {"batch_size": None, "examples": 1_000, "dropout": 0.3, "epochs": 8},
    "dropout in more than one pass": {"batch_size": 2_500, "dropout": 0.3, "epochs": 4},
    "augmentation": {"augmentation": 0.7},
    "augmentation and dropout": {"augmentation": 0.5, "dropout": 0.2, "batch_size": 1_300},
    "augmentation and dropout with filters": {
        "convolution": "small",
        "augmentation": 0.5,
        "dropout": 0.2,
        "examples": 300,
    },
}


@pytest.mark.parametrize("name", LEFT_TO_CHANCE)
def test_a_program_draws_what_the_lab_draws(name: str, tmp_path: Path) -> None:
    """Weights and biases end where the lab's did: no mask or distortion fell on another picture."""
    config = replace(DESCENT, **LEFT_TO_CHANCE[name])  # type: ignore[arg-type]
    now = taken(config)
    assert now.network is not None
    keep = "\nnp.savez('parameters.npz', *parameters)\n"
    accuracy = repeated(script(config) + keep, tmp_path)
    assert accuracy == pytest.approx(now.history[-1].dev_accuracy, abs=0.001)
    expected = [array for layer in now.network.parameters.by_layer for array in layer]
    with np.load(tmp_path / "parameters.npz") as found:
        for array, key in zip(expected, found, strict=True):
            np.testing.assert_allclose(found[key], array, atol=2e-4)


@pytest.mark.parametrize("convolution", CONVOLUTIONS)
@pytest.mark.parametrize("dropout", [0.0, 0.5])
@pytest.mark.parametrize(("augmentation", "lines"), [(0.0, 120), (0.5, 170)])
def test_it_stays_short_and_needs_nothing_of_the_lab(
    convolution: str, dropout: float, augmentation: float, lines: int
) -> None:
    longest = TrainingConfig(
        convolution=convolution,
        activation="gelu",
        optimizer="sgd",
        momentum=0.9,
        nesterov=True,
        weight_decay=1e-3,
        schedule="one_cycle",
        warmup=0.1,
        batch_size=2_000,
        dropout=dropout,
        augmentation=augmentation,
    )
    program = script(longest, [RateMove(10, 0.1)])
    assert len(program.splitlines()) <= lines
    assert "mnist_core" not in program


def test_a_learning_rate_moved_by_hand_is_moved_again(data: Data, tmp_path: Path) -> None:
    config = replace(QUICK, optimizer="sgd", learning_rate=0.02)
    controls = Controls()
    events = train(data.train, split(data.train, 0), config, controls=controls)
    for event in events:
        if isinstance(event, Step) and event.iteration == 29:
            controls.learning_rate_factor = 25.0
        if isinstance(event, Finished):
            moved = event.last.dev_accuracy
    program = script(config, [RateMove(30, 0.5)])
    assert repeated(program, tmp_path) == pytest.approx(moved, abs=0.001)
    assert repeated(script(config), tmp_path) < moved - 0.01


def test_a_run_knows_the_step_at_which_its_rate_was_moved(data: Data, tmp_path: Path) -> None:
    config = replace(QUICK, optimizer="sgd", learning_rate=0.02)
    run = Run(data.train, split(data.train, 0), config, Slots(1))
    run.pause()
    run.start()
    until_status(run, Status.PAUSED)
    run.move_learning_rate(25.0)
    run.resume()
    assert run.join(timeout=60)
    now = run.snapshot()
    assert [move.learning_rate for move in now.moves] == [0.5]
    expected = pytest.approx(now.history[-1].dev_accuracy, abs=0.001)
    assert repeated(script(config, now.moves), tmp_path) == expected


SLOW = replace(QUICK, optimizer="sgd", learning_rate=0.02, schedule="cosine")


@pytest.mark.parametrize("factor", [1.0, 25.0])
@pytest.mark.parametrize("steps", [30, 130])
def test_a_program_of_a_stopped_run_stops_where_it_did(
    factor: float, steps: int, data: Data, tmp_path: Path
) -> None:
    """An epoch has 94 steps: one run is stopped in its first, the other in its second."""
    config = replace(SLOW, epochs=3)
    now = halted(config, data, steps, factor).snapshot()
    assert now.status is Status.STOPPED
    assert now.iteration == steps
    program = script(config, now.moves, legs=now.legs_kept)
    assert f"LEGS = [(3, {steps})]" in program
    last = now.history[-1]
    assert repeated(program, tmp_path) == pytest.approx(last.dev_accuracy, abs=0.001)
    assert last.iteration == steps, "the page's figure is of the network that is kept"


def halted(config: TrainingConfig, data: Data, steps: int, factor: float) -> Run:
    """A run that was held, moved on step by step, and stopped; its rate moved after 20 steps."""
    run = Run(data.train, split(data.train, config.seed), config, Slots(1))
    run.pause()
    run.start()
    for begun, made, moved in ((0, 20, 1.0), (20, steps, factor)):
        until(run, lambda now, begun=begun: now.iteration == begun)  # type: ignore[misc]
        until_status(run, Status.PAUSED)
        run.move_learning_rate(moved)
        for _ in range(begun, made):
            run.step()
    until(run, lambda now: now.iteration == steps and now.status is Status.PAUSED)
    run.stop()
    assert run.join(timeout=60)
    return run


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_the_program_of_a_run_that_went_on_goes_on_too(
    optimizer: str, data: Data, tmp_path: Path
) -> None:
    """Stopped in its second epoch, then taken on twice: 130, 94 and 188 steps."""
    config = replace(SLOW, epochs=3, optimizer=optimizer, dropout=0.2, augmentation=0.5)
    parts = split(data.train, config.seed)
    run = halted(config, data, 130, factor=2.0)
    for epochs in (1, 2):
        more = replace(config, epochs=epochs)
        run = Run(data.train, parts, more, Slots(1), before=run)
        run.start()
        assert run.join(timeout=60)
    now = run.snapshot()
    assert now.legs == now.legs_kept == ((3, 130), (1, 94), (2, 188))
    program = script(config, now.moves, legs=now.legs_kept)
    expected = pytest.approx(now.history[-1].dev_accuracy, abs=0.001)
    assert repeated(program, tmp_path) == expected


def test_the_program_of_a_run_kept_at_its_best_stops_there(data: Data, tmp_path: Path) -> None:
    config = replace(QUICK, examples=1_000, epochs=30, record_every=10)
    run = Run(data.train, split(data.train, config.seed), config, Slots(1))
    run.start()
    assert run.join(timeout=60)
    run.keep_best()
    now = run.snapshot()
    assert now.kept is not None
    assert 0 < now.steps_kept < now.iterations
    program = script(config, now.moves, legs=now.legs_kept)
    assert repeated(program, tmp_path) == pytest.approx(now.kept.dev_accuracy, abs=0.001)


def test_a_notebook_holds_the_same_program(tmp_path: Path) -> None:
    content = json.loads(notebook(CONFIGS["dense"], title='My "best" run'))
    assert content["nbformat"] == 4
    headings = [cell for cell in content["cells"] if cell["cell_type"] == "markdown"]
    assert len(headings) == 5
    code = "\n".join(
        "".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"
    )
    for path in BUNDLED.glob("*.gz"):
        (tmp_path / path.name).symlink_to(path)
    last = taken(CONFIGS["dense"]).history[-1]
    assert repeated(code, tmp_path) == pytest.approx(last.dev_accuracy, abs=0.001)


def test_a_name_cannot_break_out_of_the_program() -> None:
    program = script(CONFIGS["dense"], title='"""\nimport os  # \\')
    compile(program, "run.py", "exec")
    assert "\nimport os" not in program
