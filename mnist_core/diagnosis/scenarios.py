"""Scenarios: trainings that go wrong on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from mnist_core.training.config import TrainingConfig


@dataclass(frozen=True)
class Scenario:
    """A training that teaches something because it goes wrong.

    `before` says what to watch, `after` what was to be seen. `pace` is the speed in steps a second
    at which it can be watched; it then takes 7 to 22 seconds. `watched` names the panel to watch
    beside the curve, if any. A comparison has a `twin`: a second training that differs in one
    setting; at `twin_pace`, both go through the pictures side by side.
    """

    title: str
    config: TrainingConfig
    before: str
    after: str
    pace: float
    watched: Literal["weights", "gradients"] | None = None
    twin: TrainingConfig | None = None
    twin_pace: float | None = None


_SGD = TrainingConfig(optimizer="sgd", learning_rate=0.1, epochs=2, record_every=20)

SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        "too_fast": Scenario(
            "Steps that are too big",
            replace(_SGD, activation="leaky_relu", learning_rate=10.0, record_every=1),
            "The learning rate is 10, a hundred times too high. Watch the loss, not the accuracy.",
            "Each step jumped over the valley and landed higher on the other side, until the "
            "numbers were too large to write down and the training had to stop.",
            pace=5,
        ),
        "too_slow": Scenario(
            "Steps that are too small",
            replace(_SGD, learning_rate=1e-4, epochs=1),
            "The learning rate is 0.0001. Watch how straight the curve is.",
            "It did learn, only so little at a time that it would need hundreds of epochs to read "
            "90% correctly (with MNIST): a curve that is still straight wants bigger steps.",
            pace=20,
        ),
        "overfitting": Scenario(
            "Learning by heart",
            TrainingConfig(examples=300, epochs=100, batch_size=30, record_every=20),
            "It gets only 300 pictures, a hundred times over. Watch the gap between the two lines.",
            "It knows its 300 pictures by heart, 100 out of 100, but in the practice exam it reads "
            "only about 83 out of 100 (with MNIST): what it learned by heart does not help with "
            "new ones.",
            pace=100,
        ),
        "dead_units": Scenario(
            "Units that fall asleep",
            TrainingConfig(hidden=(64, 64), learning_rate=0.1, epochs=1, record_every=20),
            "The first steps are so violent that they push units below zero. Watch the weights.",
            "Most of the units respond to every picture with zero now. A ReLU that is zero passes "
            "no error back, so it hardly ever wakes up: the network has to make do with the few "
            "that are left.",
            pace=20,
            watched="weights",
        ),
        "vanishing": Scenario(
            "A whisper through six layers",
            replace(_SGD, hidden=(32,) * 6, activation="sigmoid", initializer="glorot"),
            "Six layers of sigmoids. Watch the size of the gradient, layer by layer.",
            "On its way back every sigmoid shrinks the error to a quarter or less, so almost none "
            "of it reached the first layers, and the network never got beyond guessing.",
            pace=100,
            watched="gradients",
        ),
        "bottleneck": Scenario(
            "Too small to know",
            TrainingConfig(hidden=(2,), epochs=3),
            "Everything it knows about a picture has to pass through two numbers. Watch where the "
            "curve ends.",
            "Two numbers are too few to keep all classes apart. More time helps, but slowly; with "
            "twice as many units it would have learned more in the same time: the network is too "
            "small.",
            pace=100,
        ),
        "too_tame": Scenario(
            "Held too tightly",
            TrainingConfig(weight_decay=1.0, epochs=1, record_every=20),
            "Every weight is pulled back to zero with full force. Watch the curve fall again.",
            "It began to learn, but weights that may not grow cannot tell the classes apart, and "
            "it ended up guessing: a little weight decay helps, too much undoes all learning.",
            pace=20,
            watched="weights",
        ),
        "one_knob": Scenario(
            "One knob turned",
            replace(_SGD, batch_size=32, epochs=1, record_every=50),
            "Two runs with the same seed, the same starting weights and the same order of "
            "pictures: one takes a step after every 32 of them, the other after every 1,024.",
            "After the same number of pictures, the run with the small batches is far ahead: it "
            "had taken 32 times as many steps. Only one thing differed, so that was the reason.",
            pace=100,
            twin=replace(_SGD, batch_size=1_024, epochs=1, record_every=2),
            twin_pace=100 * 32 / 1_024,
        ),
    }
)
"""The scenarios by name, in the order in which they are best taken."""
