"""An exported program repeats its run, from the MNIST files alone, and can be read.

Program and lab add up the same numbers in another order. In float32 the last digits then differ,
and a training enlarges such differences, on each processor in another way. So both are run in
float64 on few pictures, where they must agree to nine decimals.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_core.arrays import Floats
from mnist_core.data import BUNDLED, Data, Dataset, load, split
from mnist_core.data.idx import idx_bytes
from mnist_core.files import export
from mnist_core.files.export import notebook, script
from mnist_core.files.export.program import CELL
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Status
from mnist_core.training.config import CONVOLUTIONS, TrainingConfig
from mnist_core.training.events import Finished, Started, Step
from mnist_core.training.history import LearningRateChange, Phase
from mnist_core.training.loop import Controls, train
from mnist_core.training.presets import PRESETS
from mnist_core.training.train_state import TrainState, make_optimizer
from tests.core.watched_runs import until, until_status

SAME = 1e-9
GREY = 2e-4
"""How far weights may be apart where pictures are varied: their pixels are rounded to whole greys,
and one in a hundred thousand lies where float32 decides."""


def few_pictures(data: Data, folder: Path) -> Path:
    """A folder with 3,200 training pictures of MNIST and 100 of its test half."""
    keep(folder, data.train.subset(np.arange(3_200)), data.test.subset(np.arange(100)))
    return folder


def keep(folder: Path, train_half: Dataset, test_half: Dataset) -> None:
    for name, half in (("train", train_half), ("t10k", test_half)):
        (folder / f"{name}-images-idx3-ubyte").write_bytes(idx_bytes(half.images))
        (folder / f"{name}-labels-idx1-ubyte").write_bytes(idx_bytes(half.labels))


@dataclass(frozen=True)
class End:
    """Where a training ended: weights and biases, layer by layer, and the share read right."""

    parameters: list[Floats]
    dev_accuracy: float

    def __str__(self) -> str:
        return f"{self.dev_accuracy:.4f}"


def of_program(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> End:
    """Run a program in float64, all but its augmentation, which decides about whole greys."""
    sections = text.split(CELL)
    exact = [
        part if part.startswith("Augmentation") else part.replace("np.float32", "np.float64")
        for part in sections
    ]
    monkeypatch.setattr(sys, "argv", ["run.py", str(folder)])
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(CELL.join(exact), "run.py", "exec"), names)
    told = r"practice exam \(validation set\): ([\d.]+)%\nfinal exam \(test set\): [\d.]+%\n$"
    found = re.search(told, capsys.readouterr().out)
    assert found
    return End(names["parameters"], float(found[1]) / 100)


def of_lab(
    config: TrainingConfig,
    folder: Path,
    rate_changes: Sequence[LearningRateChange] = (),
    phases: Sequence[Phase] = (),
) -> End:
    """Train in float64: each leg up to its number of steps, at the rates that it was moved to."""
    dataset = load(folder).train
    rng = np.random.default_rng(config.seed)
    network = config.network(dataset.images.shape[1:], dataset.classes, "float64")
    network.initialize(config.initializer, rng)
    train_state = TrainState(network, make_optimizer(config, network), rng)
    factors = {move.iteration: move.learning_rate / config.learning_rate for move in rate_changes}
    controls, end = Controls(), 0
    for phase in phases or [Phase(config.epochs, 10**9)]:
        end, controls.ended = end + phase.steps, False
        parts, again = split(dataset, config.seed), replace(config, epochs=phase.epochs)
        if phase.anew:
            fresh, order = make_optimizer(config, network), np.random.default_rng(config.seed)
            train_state = TrainState(network, fresh, order, train_state.steps)
        for event in train(dataset, parts, again, train_state, controls):
            if isinstance(event, Started | Step):
                factor = factors.get(train_state.steps, controls.learning_rate_factor)
                controls.learning_rate_factor = factor
                controls.ended = train_state.steps == end
            if isinstance(event, Finished):
                last = event.last
    parameters = [array for layer in network.parameters.by_layer for array in layer]
    return End(parameters, last.dev_accuracy)


class Comparison:
    """Holds exported programs to the lab, on a folder of few pictures."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.monkeypatch, self.capsys = folder, monkeypatch, capsys

    def __call__(
        self,
        config: TrainingConfig,
        *,
        rate_changes: Sequence[LearningRateChange] = (),
        phases: Sequence[Phase] = (),
        within: float = SAME,
    ) -> None:
        program = script(config, rate_changes, phases=phases)
        found = of_program(program, self.folder, self.monkeypatch, self.capsys)
        right = of_lab(config, self.folder, rate_changes, phases)
        for one, other in zip(found.parameters, right.parameters, strict=True):
            np.testing.assert_allclose(one, other, rtol=0, atol=within)
        assert found.dev_accuracy == pytest.approx(right.dev_accuracy, abs=5e-5)


@pytest.fixture(scope="module")
def few(data: Data, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few_pictures(data, tmp_path_factory.mktemp("few"))


@pytest.fixture
def assert_same(
    few: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Comparison:
    return Comparison(few, monkeypatch, capsys)


QUICK = TrainingConfig(hidden=(32,), epochs=1, examples=640, batch_size=64)

CONFIGS = {
    "dense": replace(QUICK, epochs=2),
    "notebook": replace(PRESETS["notebook"].config, epochs=3),
    "conv": replace(PRESETS["small_conv"].config, epochs=1, examples=300),
    "wide": replace(QUICK, convolution="wide", activation="leaky_relu", examples=100),
    "two pixels apart": replace(QUICK, convolution="quick", examples=300),
    "dropout": replace(QUICK, hidden=(64, 32), dropout=0.3, activation="gelu"),
    "adamw": replace(QUICK, optimizer="adamw", weight_decay=0.1, schedule="one_cycle"),
    "warm-up to one cycle": replace(QUICK, schedule="one_cycle", warmup=0.3, optimizer="sgd"),
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
    "dropout in a full batch": replace(QUICK, batch_size=None, dropout=0.3, epochs=8),
    "dropout in more than one pass": replace(
        QUICK, batch_size=2_500, examples=3_000, dropout=0.3, epochs=4
    ),
    "wide layers by Glorot": replace(QUICK, hidden=(512,), initializer="glorot"),
    "nearly as many units as a byte holds, by Glorot": replace(
        QUICK, hidden=(250,), initializer="glorot"
    ),
    "no hidden units, by Glorot": replace(QUICK, hidden=(), initializer="glorot"),
    "filters by Glorot": replace(QUICK, convolution="small", initializer="glorot", examples=300),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_program_repeats_its_run(name: str, assert_same: Comparison) -> None:
    assert_same(CONFIGS[name])


VARIED = {
    "augmentation": {"augmentation": 0.7},
    "augmentation and dropout": {
        "augmentation": 0.5,
        "dropout": 0.2,
        "batch_size": 1_300,
        "examples": 3_000,
    },
    "augmentation and dropout with filters": {
        "convolution": "small",
        "augmentation": 0.5,
        "dropout": 0.2,
        "examples": 300,
    },
}


@pytest.mark.parametrize("name", VARIED)
def test_a_program_varies_pictures_as_the_lab_does(name: str, assert_same: Comparison) -> None:
    """No distortion falls on another picture."""
    descent = replace(QUICK, activation="tanh", optimizer="sgd", learning_rate=0.03)
    assert_same(replace(descent, **VARIED[name]), within=GREY)  # type: ignore[arg-type]


@pytest.mark.parametrize("initializer", ["glorot", "he", "uniform"])
def test_a_program_knows_as_many_classes_as_labels_can_name(
    initializer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """256 of them: a number more than the largest label, which is a byte."""
    rng = np.random.default_rng(0)
    labels = np.tile(np.arange(256, dtype=np.uint8), 3)
    half = Dataset(rng.integers(0, 256, (len(labels), 7, 7), dtype=np.uint8), labels)
    keep(tmp_path, half, half)
    compare = Comparison(tmp_path, monkeypatch, capsys)
    compare(replace(QUICK, hidden=(5,), initializer=initializer))


@pytest.mark.parametrize("convolution", CONVOLUTIONS)
@pytest.mark.parametrize("dropout", [0.0, 0.5])
@pytest.mark.parametrize(("augmentation", "lines"), [(0.0, 125), (0.5, 175)])
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
    program = script(longest, [LearningRateChange(10, 0.1)])
    assert len(program.splitlines()) <= lines
    assert "mnist_core" not in program


SLOW = replace(QUICK, optimizer="sgd", learning_rate=0.02, schedule="cosine", dropout=0.2)


@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_a_learning_rate_moved_by_hand_is_moved_again(
    schedule: str, assert_same: Comparison
) -> None:
    assert_same(
        replace(SLOW, schedule=schedule),
        rate_changes=[LearningRateChange(3, 0.5), LearningRateChange(8, 0.1)],
    )


@pytest.mark.parametrize("moves", [(), (LearningRateChange(2, 0.5),)])
@pytest.mark.parametrize("steps", [4, 13])
def test_a_program_of_a_stopped_run_stops_where_it_did(
    steps: int, moves: tuple[LearningRateChange, ...], assert_same: Comparison
) -> None:
    """An epoch has ten steps: one run is stopped in its first, the other in its second."""
    assert_same(replace(SLOW, epochs=3), rate_changes=moves, phases=[Phase(3, steps)])


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_the_program_of_a_run_that_went_on_goes_on_too(
    optimizer: str, assert_same: Comparison
) -> None:
    """Stopped in its second epoch, its rate moved by then, and taken on twice."""
    config = replace(SLOW, epochs=3, optimizer=optimizer)
    assert_same(
        config,
        rate_changes=[LearningRateChange(7, 0.04)],
        phases=[Phase(3, 13), Phase(1, 10), Phase(2, 20)],
    )


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_the_program_of_a_run_whose_optimizer_began_anew_does_so_too(
    optimizer: str, assert_same: Comparison
) -> None:
    """Stopped, gone on with its network alone, then once more with all that it remembered."""
    config = replace(SLOW, epochs=3, optimizer=optimizer, momentum=0.9)
    phases = [Phase(3, 13), Phase(1, 10, anew=True), Phase(1, 10)]
    assert_same(config, rate_changes=[LearningRateChange(7, 0.04)], phases=phases)


def halted(config: TrainingConfig, data: Data, steps: int, factor: float) -> Run:
    """A run that was held, moved on step by step, and stopped; its rate moved after two steps."""
    run = Run(data.train, split(data.train, config.seed), config, Scheduler(1))
    run.pause()
    run.start()
    for begun, made, moved in ((0, 2, 1.0), (2, steps, factor)):
        until(run, lambda now, begun=begun: now.iteration == begun)  # type: ignore[misc]
        until_status(run, Status.PAUSED)
        run.change_learning_rate(moved)
        for _ in range(begun, made):
            run.step()
    until(run, lambda now: now.iteration == steps and now.status is Status.PAUSED)
    run.stop()
    assert run.join(timeout=60)
    return run


def test_a_run_tells_a_program_where_it_was_moved_stopped_and_taken_on(data: Data) -> None:
    """What the programs above are made of."""
    config = replace(SLOW, epochs=3)
    parts = split(data.train, config.seed)
    run = halted(config, data, 13, factor=2.0)
    now = run.snapshot()
    assert now.status is Status.STOPPED
    assert now.history[-1].iteration == 13, "the page's figure is of the network that is kept"
    assert now.rate_changes == (LearningRateChange(2, 0.04),)
    for epochs in (1, 2):
        run = Run(data.train, parts, replace(config, epochs=epochs), Scheduler(1), before=run)
        run.start()
        assert run.join(timeout=60)
    now = run.snapshot()
    assert now.phases == now.phases_kept == (Phase(3, 13), Phase(1, 10), Phase(2, 20))


def test_a_run_kept_at_its_best_tells_a_program_to_stop_there(data: Data) -> None:
    """From the third step on its rate is 0, so that nothing gets better."""
    config = replace(SLOW, record_every=1)
    run = halted(config, data, 8, factor=0.0)
    run.keep_best()
    now = run.snapshot()
    assert now.kept is not None
    assert 0 < now.kept.iteration <= 2
    assert now.phases_kept == (Phase(1, now.kept.iteration),)
    program = script(config, now.rate_changes, phases=now.phases_kept)
    assert f"LEGS = [(1, {now.kept.iteration})]" in program


def test_on_its_own_a_program_ends_where_the_lab_did_but_for_rounding(
    data: Data, tmp_path: Path
) -> None:
    """As a visitor runs it: in a process of its own, on MNIST's packed files, in float32."""
    config = replace(QUICK, optimizer="sgd", learning_rate=0.1)
    path = tmp_path / "run.py"
    keep_end = "\nnp.savez('parameters.npz', *parameters)\n"
    path.write_text(script(config) + keep_end, encoding="utf-8")
    command = [sys.executable, "-W", "error", str(path), str(BUNDLED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert not done.stderr
    train_state = TrainState.new(config, data.train.images.shape[1:], data.train.classes)
    *_, finished = train(data.train, split(data.train, config.seed), config, train_state)
    assert isinstance(finished, Finished)
    expected = [array for layer in train_state.network.parameters.by_layer for array in layer]
    with np.load(tmp_path / "parameters.npz") as found:
        for array, key in zip(expected, found, strict=True):
            assert found[key].dtype == np.float32
            np.testing.assert_allclose(found[key], array, atol=1e-5)
    accuracy = re.search(r"practice exam \(validation set\): ([\d.]+)%\n", done.stdout)
    assert accuracy
    assert float(accuracy[1]) / 100 == pytest.approx(finished.last.dev_accuracy, abs=0.001)


def test_a_notebook_says_how_notebooks_are_run() -> None:
    heading = "".join(json.loads(notebook(CONFIGS["dense"]))["cells"][0]["source"])
    assert "python run.py" in script(CONFIGS["dense"])
    assert "python run.py" not in heading
    assert "files lie beside it" in heading


def test_a_notebook_holds_the_same_program() -> None:
    content = json.loads(notebook(CONFIGS["dense"], title='My "best" run'))
    assert content["nbformat"] == 4
    headings = [cell for cell in content["cells"] if cell["cell_type"] == "markdown"]
    assert len(headings) == 5
    cells = ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]
    program = script(CONFIGS["dense"])
    _, *sections = program.split(CELL)
    assert [cell.strip() for cell in cells[1:]] == [
        section.partition("\n")[2].strip() for section in sections
    ]
    own_folder = 'FOLDER = Path(".")'
    assert own_folder in cells[0]
    beginning = program.partition(CELL)[0].split('"""')[2]
    assert re.sub("FOLDER = .*", own_folder, beginning).strip() == cells[0].strip()


def test_program_and_notebook_say_at_their_head_that_their_results_differ_by_chance() -> None:
    config = CONFIGS["dense"]
    told = ast.get_docstring(ast.parse(script(config, title="Run 4: Fast filters")))
    assert told
    title, _, rest = told.partition("\n\n")
    assert title.startswith("Run 4: Fast filters: ")
    assert " ".join(rest.split()) == export.ROUNDING
    head = json.loads(notebook(config, title="Run 4: Fast filters"))["cells"][0]
    assert head["cell_type"] == "markdown"
    title, _, rest = "".join(head["source"]).partition("\n\n")
    assert title.startswith("# Run 4: Fast filters: ")
    assert " ".join(rest.split()) == export.ROUNDING


def test_a_name_cannot_break_out_of_the_program() -> None:
    program = script(CONFIGS["dense"], title='"""\nimport os  # \\')
    compile(program, "run.py", "exec")
    assert "\nimport os" not in program
