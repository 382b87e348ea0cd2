"""Moments in a file: they come back, rounded, and what is not one of them is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load, save

from mnist_core.errors import LabError
from mnist_core.files.checkpoints import BITS
from mnist_core.files.storage import (
    BUNDLED,
    Model,
    file_size,
    from_bytes,
    load_model,
    to_bytes,
)
from mnist_core.files.storage import LARGEST_FILE as STORED
from mnist_core.nn.quantisation import dequantise, quantise
from mnist_core.training import checkpoints as runs_moments
from mnist_core.training.checkpoints import MOST, Checkpoint, most_checkpoints
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange

LARGEST_FILE = {"conv": 1_000_000, "dense": 2_500_000, "notebook": 200_000}


def model(**settings: object) -> Model:
    """A network with three moments."""
    config = TrainingConfig(**settings)
    rng = np.random.default_rng(0)
    network = config.network((16, 16), 3)
    network.parameters.flat[:] = rng.normal(0, 1, network.size)
    checkpoints = []
    for steps in (0, 5, 60):
        earlier = network.copy()
        earlier.parameters.flat[:] = rng.normal(0, 1 + steps, network.size)
        point = Measured(steps, steps / 10, 1.0, 0.5, 1.25, 0.75, 0.1, 2.5)
        checkpoints.append(Checkpoint(point, earlier, (0.5, 2.0)))
    return Model("one", network, config, checkpoints=tuple(checkpoints))


@pytest.mark.parametrize("bits", BITS)
def test_a_file_is_about_as_large_as_foretold(bits: int) -> None:
    """And not larger: what is foretold decides whether it can be opened again."""
    points = [Measured(n, n / 7, 1 / 3, 0.1, 2 / 3, 0.9, 1e-3 / 3, n / 11) for n in range(2_000)]
    for saved in (model(hidden=(50, 30)), model(convolution="small", hidden=())):
        long = replace(
            saved, history=tuple(points), rate_changes=(LearningRateChange(7, 1 / 3),) * 20
        )
        for one in (saved, replace(saved, checkpoints=()), long):
            size = len(to_bytes(one, bits))
            assert size <= file_size(one, bits) < 3 * size + 20_000


def test_the_largest_network_of_the_lab_can_be_opened_again_with_its_moments() -> None:
    config = TrainingConfig(hidden=(2_048,) * 8)
    network = config.network((28, 28), 10)
    checkpoint = Checkpoint(Measured(*range(8)), network, (0.5,) * 9)
    kept = (checkpoint,) * most_checkpoints(network.parameters.flat.nbytes)
    assert file_size(Model("one", network, config, checkpoints=kept)) < STORED


def test_more_moments_than_a_run_keeps_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them would take four to eight times the memory that it has in the file."""
    content = to_bytes(model(hidden=(5,)))
    monkeypatch.setattr(runs_moments, "FEWEST", 2)
    monkeypatch.setattr(runs_moments, "MOST_BYTES", 1)
    with pytest.raises(LabError, match="contains 3 snapshots, more than"):
        from_bytes(content, "one")


def changed(content: bytes, **metadata: str) -> bytes:
    """A file whose header says something else."""
    length = int.from_bytes(content[:8], "little")
    said = json.loads(content[8 : 8 + length])["__metadata__"]
    return save(load(content), said | metadata)


@pytest.mark.parametrize("bits", BITS)
@pytest.mark.parametrize("settings", [{"hidden": (5, 3)}, {"convolution": "small", "hidden": (7,)}])
def test_moments_come_back_with_rounded_weights_and_exact_biases(bits, settings):
    saved = model(**settings)
    found = from_bytes(to_bytes(saved, bits), "one")
    np.testing.assert_array_equal(
        found.network.parameters.flat, saved.network.parameters.flat, "the network is not rounded"
    )
    assert [checkpoint.point for checkpoint in found.checkpoints] == [
        one.point for one in saved.checkpoints
    ]
    for before, after in zip(saved.checkpoints, found.checkpoints, strict=True):
        assert after.gradient_norms == before.gradient_norms
        pairs = zip(
            before.network.parameters.by_layer, after.network.parameters.by_layer, strict=True
        )
        for was, came in pairs:
            if was:
                expected = dequantise(*quantise(was[0], bits))
                np.testing.assert_allclose(came[0], expected, rtol=1e-6)
                np.testing.assert_array_equal(came[1], was[1])


def test_eight_bits_take_a_quarter_of_the_network_and_four_half_of_that():
    saved = model(hidden=(40,))
    alone = len(to_bytes(replace(saved, checkpoints=())))
    eight, four = (len(to_bytes(saved, bits)) - alone for bits in BITS)
    assert eight < 3 * 0.3 * saved.network.parameters.flat.nbytes
    assert four < 0.6 * eight


@pytest.mark.parametrize(
    "told",
    [
        {"bits": 3, "points": []},
        {"bits": 8, "points": "none"},
        {"bits": 8, "points": [[[0.0] * 8, ["long"]]]},
        {"bits": 8, "points": [[[0.0] * 7, []]]},
        {"bits": 8, "points": [[[0.0] * 8]]},
        {"bits": 8, "points": [[[float("nan")] * 8, []]]},
        {"bits": 8, "points": [[[0.0] * 8, []]] * (MOST + 1)},
        [],
    ],
)
def test_what_does_not_describe_moments_is_refused(told):
    with pytest.raises(LabError, match="does not say when its snapshots were taken"):
        from_bytes(changed(to_bytes(model(hidden=(3,))), moments=json.dumps(told)), "odd")


def test_moments_that_the_file_does_not_hold_are_refused():
    content = to_bytes(model(hidden=(3,)))
    told = json.dumps({"bits": 8, "points": [[[0.0] * 8, []]]})
    with pytest.raises(LabError, match="does not contain the weights"):
        from_bytes(changed(content, moments=told), "odd")


def test_moments_that_are_not_finite_are_refused():
    saved = model(hidden=(3,))
    saved.checkpoints[1].network.parameters.flat[-1] = np.inf
    with pytest.raises(LabError, match="snapshots that are not finite"):
        from_bytes(to_bytes(saved), "odd")


@pytest.mark.parametrize("name", LARGEST_FILE)
def test_the_labs_networks_have_moments_and_stay_small(name):
    found = load_model(name)
    assert (BUNDLED / f"{name}.safetensors").stat().st_size < LARGEST_FILE[name]
    accuracies = [checkpoint.point.dev_accuracy for checkpoint in found.checkpoints]
    assert accuracies
    assert accuracies == sorted(accuracies)
    assert accuracies[-1] < found.results["dev_accuracy"]
