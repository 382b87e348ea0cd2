"""An estimate of a training's duration: its amount of work, by the measured cost of each part.

The costs are measured once in a process, with a few steps of small trainings on noise. A thread's
processor time is measured, so that other load on the machine hardly matters.
"""

import sys
from functools import cache
from itertools import pairwise
from math import prod
from time import perf_counter, thread_time
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Shape
from mnist_core.data import Dataset, Split, dev_size_of
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.network import CONVOLUTION_SHARD, DENSE_SHARD, trace_shapes
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.shards import shard_count

Parts: TypeAlias = NDArray[np.float64]
"""`(6,)`: layers with parameters, parameters, input pixels, augmented pixels, multiply-adds of
dense layers, multiply-adds of convolutions; or the seconds that one of each takes."""

PASSES = 3
"""The cost of training on a picture, in forward passes: one forward, and two gradients backward."""

SIDE, CLASSES = 28, 10
EXAMPLES = 1_024
STEPS = 8
"""The number of steps of a training that is measured; its fastest step counts."""

MEASURED = (
    TrainingConfig(hidden=(1,), batch_size=1),
    TrainingConfig(hidden=(512,), batch_size=1),
    TrainingConfig(hidden=(1,), batch_size=1_024),
    TrainingConfig(hidden=(1,), batch_size=128, augmentation=1.0),
    TrainingConfig(hidden=(512,), batch_size=256),
    TrainingConfig(convolution="small", hidden=(), batch_size=32),
)
"""One training for each part, in which that part takes most of the time."""

clock = perf_counter if sys.platform == "win32" else thread_time
"""A thread's processor time; wall time on Windows, which updates the former 60 times a second."""


class Work(NamedTuple):
    """The work of a network in each step, for a training picture, and for a forward pass of one."""

    step: Parts
    learned: Parts
    read: Parts


def work_of(config: TrainingConfig, image_shape: Shape, classes: int) -> Work:
    """Return the work of the network that a configuration describes.

    Raises:
        LabError: the images are too small for the convolutions.
    """
    parameters = config.parameter_count(image_shape, classes)
    layers = config.layers(classes)
    shapes, learned = trace_shapes(layers, (1, *image_shape))
    products = [0, 0]
    for layer, output, arrays in zip(layers, shapes[1:], learned, strict=True):
        if arrays:
            products[isinstance(layer, Conv2D)] += prod(arrays[0]) * prod(output[1:])
    pixels, (dense, convolved) = prod(image_shape), products
    varied = pixels if config.augmentation else 0
    return Work(
        step=np.array([sum(map(bool, learned)), parameters, 0, 0, 0, 0], np.float64),
        learned=np.array([0, 0, pixels, varied, PASSES * dense, PASSES * convolved], np.float64),
        read=np.array([0, 0, pixels, 0, dense, convolved], np.float64),
    )


def expected_seconds(
    config: TrainingConfig,
    dataset: Dataset,
    speed: Parts,
    processes: int = 1,
    pace: float | None = None,
) -> float:
    """Estimate the seconds that a training takes.

    Args:
        config: its hyperparameters.
        dataset: its pictures, of which `dev_size_of` are held out.
        speed: by `machine_speed`.
        processes: the number of processes that share each batch.
        pace: a limit in steps a second, under which one process works alone; None for no limit.

    Raises:
        LabError: the images are too small for the convolutions.
    """
    work = work_of(config, dataset.images.shape[1:], dataset.classes)
    dev_size = dev_size_of(len(dataset))
    examples = min(config.examples, len(dataset) - dev_size)
    batch = min(config.batch_size or examples, examples)
    steps = config.epochs * -(-examples // batch)
    points = 1 + steps // config.record_every
    smallest = CONVOLUTION_SHARD if config.filters else DENSE_SHARD
    sharing = 1 if pace else min(processes, shard_count(batch, smallest))
    whole = (
        steps * work.step
        + config.epochs * examples * work.learned / sharing
        + points * dev_size * work.read
    )
    return max(float(whole @ speed), steps / pace if pace else 0.0)


@cache
def machine_speed() -> Parts:
    """Return the seconds that a core of this machine takes for each part, measured once."""
    rows = []
    for config in MEASURED:
        work = work_of(config, (SIDE, SIDE), CLASSES)
        rows.append((work.step + (config.batch_size or 0) * work.learned) / _step_seconds(config))
    speed: Parts = np.maximum(np.linalg.solve(np.array(rows), np.ones(len(rows))), 0.0)
    return speed


def _step_seconds(config: TrainingConfig) -> float:
    """Return the seconds of the fastest of a few steps, of which all but the first are alike."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (EXAMPLES, SIDE, SIDE), dtype=np.uint8)
    labels = rng.integers(0, CLASSES, EXAMPLES, dtype=np.uint8)
    indices = np.arange(EXAMPLES)
    parts, controls, ends = Split(indices, indices[:1]), Controls(), list[float]()
    for event in train(Dataset(images, labels), parts, config, controls=controls):
        if isinstance(event, Step):
            ends.append(clock())
            controls.ended = len(ends) > STEPS
    return min(end - start for start, end in pairwise(ends))
