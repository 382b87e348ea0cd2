"""Hyperparameters: one frozen description of a training run, and the presets.

The ranges, names and help texts stand beside the fields; validation, the command line and the
pages read them from there.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Self

from mnist_core.arrays import Shape
from mnist_core.errors import LabError
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.initializers import INITIALIZERS
from mnist_core.nn.layers import Activation, Dense, Dropout, Flatten, Layer
from mnist_core.nn.network import Network, parameter_count, trace_shapes
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.schedules import SCHEDULES

CONVOLUTIONS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"none": (), "small": (8, 16), "medium": (16, 32), "wide": (32, 64)}
)
"""Named convolutional fronts: the channels of their 5x5 filters, each followed by a 2x2 pool."""

FILTER_SIZE = 5
POOL_SIZE = 2
MOST_LAYERS = 8
MOST_UNITS = 2_048


@dataclass(frozen=True)
class Range:
    """The allowed values of a number, both ends included."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True)
class Choice:
    """The allowed names of a setting, and how each is called on a page."""

    titles: Mapping[str, str]

    def __contains__(self, value: str) -> bool:
        return value in self.titles

    def __str__(self) -> str:
        return "one of " + ", ".join(self.titles)


def _setting(default: Any, title: str, allowed: Range | Choice | None, help_text: str) -> Any:
    return field(default=default, metadata={"title": title, "allowed": allowed, "help": help_text})


def _titles(registry: Mapping[str, Any]) -> Choice:
    return Choice({name: entry.title for name, entry in registry.items()})


@dataclass(frozen=True)
class TrainingConfig:
    """Everything that decides how a run goes. The same configuration gives the same run.

    Raises:
        LabError: a value is outside its range; the message names the field, value and range.
    """

    convolution: str = _setting(
        "none",
        "Image filters",
        Choice(
            {"none": "None"}
            | {
                name: f"{name.title()} ({' and '.join(map(str, channels))})"
                for name, channels in CONVOLUTIONS.items()
                if channels
            }
        ),
        "Small windows that slide over the image and look for the same stroke everywhere.",
    )
    hidden: tuple[int, ...] = _setting(
        (128,),
        "Hidden layers",
        Range(1, MOST_UNITS),
        "How many units each layer between the image and the answer has.",
    )
    activation: str = _setting(
        "relu",
        "Activation",
        _titles(ACTIVATIONS),
        "What a unit does with the sum it computes before passing it on.",
    )
    initializer: str = _setting(
        "he",
        "First weights",
        _titles(INITIALIZERS),
        "How the random weights are drawn that the network starts from.",
    )
    optimizer: str = _setting(
        "adam",
        "Optimizer",
        _titles(OPTIMIZERS),
        "The rule that turns an error into a change of the weights.",
    )
    learning_rate: float = _setting(
        1e-3,
        "Learning rate",
        Range(1e-6, 10),
        "How big a step the weights take each time. Too small learns slowly, too big stumbles.",
    )
    momentum: float = _setting(
        0.0,
        "Momentum",
        Range(0, 0.999),
        "How much of the last step carries over into the next. Gradient descent only.",
    )
    nesterov: bool = _setting(
        False,
        "Nesterov",
        None,
        "Let momentum look one step ahead. Gradient descent only.",
    )
    schedule: str = _setting(
        "constant",
        "Schedule",
        _titles(SCHEDULES),
        "How the learning rate changes from the first step to the last.",
    )
    warmup: float = _setting(
        0.0,
        "Warm-up",
        Range(0, 0.5),
        "The part of the training in which the learning rate rises from zero.",
    )
    batch_size: int | None = _setting(
        128,
        "Batch size",
        Range(1, 100_000),
        "How many examples the network sees before each step; all at once if left empty.",
    )
    epochs: int = _setting(
        5,
        "Epochs",
        Range(1, 10_000),
        "How many times the network sees every training example.",
    )
    examples: int = _setting(
        55_000,
        "Training examples",
        Range(10, 10_000_000),
        "How many of the training images the network may learn from.",
    )
    weight_decay: float = _setting(
        0.0,
        "Weight decay",
        Range(0, 1),
        "How strongly large weights are pulled back towards zero (L2).",
    )
    dropout: float = _setting(
        0.0,
        "Dropout",
        Range(0, 0.9),
        "The part of the hidden units that is switched off at random in each step.",
    )
    augmentation: float = _setting(
        0.0,
        "Augmentation",
        Range(0, 1),
        "How strongly each image is shifted, turned and bent at random before it is learnt.",
    )
    record_every: int = _setting(
        100,
        "Measure every",
        Range(1, 100_000),
        "How many steps lie between two points of the curve.",
    )
    seed: int = _setting(
        0,
        "Seed",
        Range(0, 2**32 - 1),
        "The number that all chance comes from. The same seed gives the same run.",
    )

    def __post_init__(self) -> None:
        for setting in fields(self):
            _check(setting.name, getattr(self, setting.name), setting.type, setting.metadata)
        if len(self.hidden) > MOST_LAYERS:
            raise LabError(
                f"hidden has {len(self.hidden)} layers; the lab trains up to {MOST_LAYERS}."
            )

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """A configuration from plain values, as JSON holds them; what is left out is default.

        Raises:
            LabError: a name is not a hyperparameter, or a value is outside its range.
        """
        if not isinstance(values, Mapping):
            kind = type(values).__name__
            raise LabError(f"A configuration is one value for each name; this is a {kind}.")
        unknown = sorted(set(values) - {setting.name for setting in fields(cls)})
        if unknown:
            raise LabError(f"{unknown[0]!r} is not a hyperparameter of the lab.")
        hidden = values.get("hidden", cls.hidden)
        return cls(**{**values, "hidden": tuple(hidden) if isinstance(hidden, list) else hidden})

    def to_json(self) -> str:
        """The configuration as one line of JSON."""
        return json.dumps(asdict(self))

    def layers(self, classes: int) -> tuple[Layer, ...]:
        """The layers from the image to one logit for each of `classes`.

        A pool comes before its activation: the largest number is the same, at a quarter of the
        work.
        """
        layers: list[Layer] = []
        for channels in CONVOLUTIONS[self.convolution]:
            layers += [Conv2D(channels, FILTER_SIZE), MaxPool2D(POOL_SIZE)]
            layers += [Activation(self.activation)]
        layers += [Flatten()]
        for units in self.hidden:
            layers += [Dense(units), Activation(self.activation)]
            if self.dropout:
                layers += [Dropout(self.dropout)]
        return *layers, Dense(classes)

    def network(self, image_shape: Shape, classes: int, dtype: Any = "float32") -> Network:
        """The untrained network for images `(height, width)`; its parameters are zero.

        Raises:
            LabError: the images are too small for the convolutions.
        """
        self._check_images(image_shape)
        return Network(self.layers(classes), (1, *image_shape), dtype)

    def parameter_count(self, image_shape: Shape, classes: int) -> int:
        """How many parameters `network` would have, without building it.

        Raises:
            LabError: the images are too small for the convolutions.
        """
        self._check_images(image_shape)
        _, parameter_shapes = trace_shapes(self.layers(classes), (1, *image_shape))
        return parameter_count(parameter_shapes)

    def _check_images(self, image_shape: Shape) -> None:
        smallest = 1
        for _ in CONVOLUTIONS[self.convolution]:
            smallest = smallest * POOL_SIZE + FILTER_SIZE - 1
        if min(image_shape) < smallest:
            raise LabError(
                f"The {self.convolution!r} convolution needs images of at least {smallest} pixels "
                f"a side; these have {min(image_shape)}. Choose convolution 'none'."
            )


def _check(name: str, value: Any, kind: Any, metadata: Mapping[str, Any]) -> None:
    allowed = metadata["allowed"]
    if kind == (int | None) and value is None:
        return
    if kind == tuple[int, ...]:
        sound = isinstance(value, tuple) and all(_is_number(v, int) and v in allowed for v in value)
        allowed = f"whole numbers, each {allowed}"
    elif isinstance(allowed, Choice):
        sound = isinstance(value, str) and value in allowed
    elif kind is bool:
        sound, allowed = isinstance(value, bool), "true or false"
    else:
        sound = _is_number(value, float if kind is float else int) and value in allowed
        allowed = f"a {'number' if kind is float else 'whole number'} from {allowed}"
    if not sound:
        raise LabError(f"{name} is {value!r}; it must be {allowed}.")


def _is_number(value: Any, kind: type) -> bool:
    kinds = (int, float) if kind is float else (int,)
    return isinstance(value, kinds) and not isinstance(value, bool)


PRESETS: Mapping[str, TrainingConfig] = MappingProxyType(
    {
        "notebook": TrainingConfig(
            hidden=(10,),
            initializer="uniform",
            optimizer="sgd",
            learning_rate=0.1,
            batch_size=None,
            epochs=500,
            record_every=10,
        ),
        "dense": TrainingConfig(learning_rate=6e-3, schedule="one_cycle"),
        "conv": TrainingConfig(convolution="small", hidden=(64,)),
    }
)
"""Named configurations: where to begin."""
