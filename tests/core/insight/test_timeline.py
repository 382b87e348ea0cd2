"""A network through time: first weights, moments, last weights, each once."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_core.files.storage import bundled, load_model
from mnist_core.insight.timeline import stages
from mnist_core.insight.weight_images import before_learning
from mnist_core.nn.network import Network
from mnist_core.training.checkpoints import Checkpoint
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.model import Model

CONFIG = TrainingConfig(hidden=(2,), epochs=7)


def network() -> Network:
    return CONFIG.network((2, 2), 2)


def moment(steps: int) -> Checkpoint:
    return Checkpoint(Measured(steps, steps / 10, 1, 0.5, 1, steps / 100, 0.1, 0), network(), ())


def never() -> Network:
    raise AssertionError("the moments have the first weights")


def test_moments_that_begin_with_the_first_weights_need_no_other():
    learnt = network()
    model = Model(
        "run",
        learnt,
        CONFIG,
        (moment(0).point, moment(40).point),
        {"iterations": 40, "dev_accuracy": 0.9},
        checkpoints=(moment(0), moment(10), moment(40)),
    )
    found = stages(model, never)
    assert [stage.iteration for stage in found] == [0, 10, 40]
    assert [stage.epoch for stage in found] == [0, 1, 4]
    assert [stage.dev_accuracy for stage in found] == [0, 0.1, 0.9]
    assert found[-1].network is learnt
    best = replace(model, results={"iterations": 10, "dev_accuracy": 0.8})
    assert [stage.iteration for stage in stages(best, never)] == [0, 10], "what came after is gone"


def test_a_network_of_which_nothing_was_kept_has_its_first_and_last_weights():
    start, learnt = network(), network()
    first, last = stages(Model("file", learnt, CONFIG), lambda: start)
    assert (first.iteration, first.network, first.dev_accuracy) == (0, start, None)
    assert (last.network, last.epoch) == (learnt, 7)
    assert last.iteration > 0


@pytest.mark.parametrize("name", bundled())
def test_the_labs_networks_learn_from_stage_to_stage(name: str):
    model = load_model(name)
    start = before_learning(model)
    found = stages(model, lambda: start)
    assert len(found) >= 3
    assert found[0].network is start
    steps = [stage.iteration for stage in found]
    assert steps == sorted(set(steps))
    away = [
        float(np.linalg.norm(stage.network.parameters.flat - start.parameters.flat))
        for stage in found
    ]
    assert away[-1] > away[1] > 0
