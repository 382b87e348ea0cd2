"""Hyperparameters: one frozen description of a training run.

The kind, name and help text of each stand beside its field; validation, the command line, links
and the pages read them from there, through `SETTINGS`.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Self

import numpy as np

from mnist_core.arrays import Shape
from mnist_core.errors import LabError
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.initializers import INITIALIZERS
from mnist_core.nn.layers import Activation, Dense, Dropout, Flatten, Layer
from mnist_core.nn.network import Network, parameter_count, trace_shapes
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.schedules import SCHEDULES
from mnist_core.training.settings import (
    Kind,
    OneOf,
    RealNumber,
    Setting,
    Sizes,
    Switch,
    WholeNumber,
    WholeNumberOrAll,
)

FILTER_SIZE = 5
POOL_SIZE = 2
LEARNING_RATES = RealNumber(1e-6, 10)
RECORD_EVERY = WholeNumber(1, 100_000)


@dataclass(frozen=True)
class ConvolutionalFront:
    """The convolutions at the beginning of a network: 5x5 filters.

    Each convolution of stride 1 is followed by a 2x2 pool. Those of stride 2 halve the sides by
    themselves, at a quarter of the work (Springenberg et al. 2015, "Striving for Simplicity").
    """

    title: str
    channels: tuple[int, ...]
    """The number of filters of each convolution, first to last."""

    stride: int = 1

    @property
    def pools(self) -> bool:
        """True if a pool follows each convolution."""
        return self.stride == 1

    def layers(self, activation: str) -> tuple[Layer, ...]:
        """Return the layers of all convolutions, each followed by an activation.

        A pool comes before its activation, at a quarter of the work. With a monotonic activation
        the result is the same in either order; GELU falls a little below zero, so with it the order
        is part of the architecture.
        """
        layers: list[Layer] = []
        for channels in self.channels:
            layers += [Conv2D(channels, FILTER_SIZE, self.stride)]
            layers += [MaxPool2D(POOL_SIZE)] if self.pools else []
            layers += [Activation(activation)]
        return tuple(layers)

    @property
    def smallest_side(self) -> int:
        """The fewest pixels a side that leave a last map of at least one position."""
        side = 1
        for _ in self.channels:
            side = side * POOL_SIZE if self.pools else (side - 1) * self.stride + 1
            side += FILTER_SIZE - 1
        return side


CONVOLUTIONS = {
    "none": ConvolutionalFront("None", ()),
    "quick": ConvolutionalFront("Quick (8 and 48)", (8, 48), stride=2),
    "small": ConvolutionalFront("Small (8 and 16)", (8, 16)),
    "medium": ConvolutionalFront("Medium (16 and 32)", (16, 32)),
    "wide": ConvolutionalFront("Wide (32 and 64)", (32, 64)),
}


def _setting(default: Any, title: str, kind: Kind, help_text: str) -> Any:
    return field(default=default, metadata={"setting": Setting(title, kind, help_text)})


@dataclass(frozen=True)
class TrainingConfig:
    """The hyperparameters of a run, which determine its course.

    The same configuration gives the same run, to the bit on one kind of processor. Lists, arrays
    and NumPy's numbers are accepted, and stored as tuples and Python's own numbers.

    Raises:
        LabError: a value is outside its range; the message names the field, value and range.
    """

    convolution: str = _setting(
        "none",
        "Filters",
        OneOf(CONVOLUTIONS),
        "Small filters that slide over the picture and look for the same stroke everywhere "
        "(convolution). The quick ones move two squares at a time.",
    )
    hidden: tuple[int, ...] = _setting(
        (128,),
        "Hidden layers",
        Sizes(WholeNumber(1, 2_048), most=8),
        "How many units (neurons) each layer between the picture and the answer has.",
    )
    activation: str = _setting(
        "relu",
        "Activation",
        OneOf(ACTIVATIONS),
        "What a unit does with the sum it computes before passing it on. ReLU stops what is below "
        "zero, leaky ReLU and GELU let a little of it through, tanh and sigmoid squeeze the sum.",
    )
    initializer: str = _setting(
        "he",
        "Starting weights",
        OneOf(INITIALIZERS),
        "How the network's random starting weights are drawn (initialization). He suits ReLU; "
        "Glorot, also called Xavier, suits tanh and sigmoid.",
    )
    optimizer: str = _setting(
        "adam",
        "Optimizer",
        OneOf(OPTIMIZERS),
        "The rule that turns an error into a change of the weights. Gradient descent takes plain "
        "steps; RMSprop and Adam give each weight a step size of its own; AdamW adds weight decay.",
    )
    learning_rate: float = _setting(
        1e-3,
        "Learning rate",
        LEARNING_RATES,
        "How big a step the weights take each time. Too small, and it learns slowly; too big, and "
        "it stumbles.",
    )
    momentum: float = _setting(
        0.0,
        "Momentum",
        RealNumber(0, 0.999),
        "How much of the last step carries over into the next. Not every optimizer uses it.",
    )
    nesterov: bool = _setting(
        False,
        "Nesterov",
        Switch(),
        "Let momentum look one step ahead (Nesterov's method). Not every optimizer uses it.",
    )
    schedule: str = _setting(
        "constant",
        "Schedule",
        OneOf(SCHEDULES),
        "How the learning rate changes from the first step to the last: not at all, down in steps, "
        "down along a cosine, or up and then down in one cycle.",
    )
    warmup: float = _setting(
        0.0,
        "Warm-up",
        RealNumber(0, 0.5),
        "The share of training in which the learning rate rises from zero.",
    )
    batch_size: int | None = _setting(
        128,
        "Batch size",
        WholeNumberOrAll(1, 100_000),
        "How many pictures the network sees before each step; it may be all at once.",
    )
    epochs: int = _setting(
        5,
        "Epochs",
        WholeNumber(1, 10_000),
        "How many times the network sees every training picture.",
    )
    examples: int = _setting(
        55_000,
        "Training pictures",
        WholeNumber(10, 10_000_000),
        "How many of the training pictures the network may learn from.",
    )
    weight_decay: float = _setting(
        0.0,
        "Weight decay",
        RealNumber(0, 1),
        "How strongly large weights are pulled back towards zero (L2).",
    )
    dropout: float = _setting(
        0.0,
        "Dropout",
        RealNumber(0, 0.9),
        "The share of the hidden units that is switched off at random in each step.",
    )
    augmentation: float = _setting(
        0.0,
        "Augmentation",
        RealNumber(0, 1),
        "How strongly each picture is shifted, turned and bent at random before the network "
        "learns from it.",
    )
    record_every: int = _setting(
        100,
        "Steps between measurements",
        RECORD_EVERY,
        "How many steps lie between two points of the curve.",
    )
    seed: int = _setting(
        0,
        "Seed",
        WholeNumber(0, 2**32 - 1),
        "The number all randomness starts from. The same seed gives the same run.",
    )

    def __post_init__(self) -> None:
        for name, setting in SETTINGS.items():
            value = setting.kind.plain(getattr(self, name))
            setting.kind.check(name, value)
            object.__setattr__(self, name, value)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Build a configuration from plain values, as in JSON; missing ones take the default.

        Raises:
            LabError: a name is not a hyperparameter, or a value is outside its range.
        """
        if not isinstance(values, Mapping):
            kind = type(values).__name__
            raise LabError(
                f"Settings have a value for each name, and these are a {kind}: choose a file that "
                "the lab has exported."
            )
        unknown = sorted(set(values) - set(SETTINGS))
        if unknown:
            raise LabError(f"{unknown[0]!r} is not a setting of the lab.")
        return cls(**values)

    def to_json(self) -> str:
        """Return the configuration as one line of JSON."""
        return json.dumps(asdict(self))

    @property
    def filters(self) -> tuple[int, ...]:
        """The number of filters of each convolution, first to last."""
        return self.front.channels

    @property
    def front(self) -> ConvolutionalFront:
        """The convolutions at the beginning of the network."""
        return CONVOLUTIONS[self.convolution]

    @property
    def unused(self) -> dict[str, str]:
        """The settings that differ from their default and have no effect, by name.

        Returns:
            for each, the condition under which it has one: {"momentum": "the optimizer sgd"}.
        """
        return {
            name: needed
            for name, needed in self._needed().items()
            if getattr(self, name) != getattr(type(self), name)
        }

    def _needed(self) -> dict[str, str]:
        """Map each setting without effect to what it needs, even where it is at its default."""
        needed = {}
        for name in SETTINGS:
            users = [user for user, entry in OPTIMIZERS.items() if name in entry.uses]
            if users and self.optimizer not in users:
                needed[name] = f"the optimizer {' or '.join(users)}"
        if not self.momentum:
            needed.setdefault("nesterov", "momentum")
        if not self.hidden:
            needed["dropout"] = "a hidden layer"
        if not self.hidden and not self.filters:
            needed["activation"] = "a hidden layer or filters"
        return needed

    def layers(self, classes: int) -> tuple[Layer, ...]:
        """Return the layers from the image to one logit for each of `classes`."""
        layers: list[Layer] = [*self.front.layers(self.activation), Flatten()]
        for units in self.hidden:
            layers += [Dense(units), Activation(self.activation)]
            if self.dropout:
                layers += [Dropout(self.dropout)]
        return *layers, Dense(classes)

    def network(self, image_shape: Shape, classes: int, dtype: Any = "float32") -> Network:
        """Return the untrained network for images `(height, width)`; its parameters are zero.

        Raises:
            LabError: the images are too small for the convolutions.
        """
        self._check_images(image_shape)
        return Network(self.layers(classes), (1, *image_shape), dtype)

    def initial_network(
        self, image_shape: Shape, classes: int, rng: np.random.Generator
    ) -> Network:
        """Return the network before its first step: `network` with weights drawn from `rng`.

        Raises:
            LabError: the images are too small for the convolutions.
        """
        network = self.network(image_shape, classes)
        network.initialize(self.initializer, rng)
        return network

    def parameter_count(self, image_shape: Shape, classes: int) -> int:
        """Count the parameters that `network` would have, without building it.

        Raises:
            LabError: the images are too small for the convolutions.
        """
        self._check_images(image_shape)
        _, parameter_shapes = trace_shapes(self.layers(classes), (1, *image_shape))
        return parameter_count(parameter_shapes)

    def _check_images(self, image_shape: Shape) -> None:
        smallest = self.front.smallest_side
        if min(image_shape) < smallest:
            raise LabError(
                f"The filters {self.front.title!r} need pictures of at least {smallest} pixels a "
                f"side; these have {min(image_shape)}. Choose no filters (convolution 'none')."
            )


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {entry.name: entry.metadata["setting"] for entry in fields(TrainingConfig)}
)
"""The settings by name, in the order of the fields."""
