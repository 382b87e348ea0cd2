"""Numbers and pictures from the lab that show what a term of the glossary means."""

import numpy as np

from mnist_core.data import DEV_SIZE, split
from mnist_core.insight.weight_images import colour_limit, picture_layers, weight_images
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.training.batches import Batches
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.glossary.entry import Evidence, Scene
from pages.ui.visit import models, shared
from pages.ui.visit.models import Choice

SHOWN = 5


def pixels(scene: Scene) -> Evidence:
    """One picture, and how many numbers it is."""
    image = scene.data.train.images[:1]
    height, width = image.shape[1:]
    return Evidence(
        f"This picture is {height} rows of {width}: {height * width} numbers, the darkest of them "
        f"{image.max()}.",
        charts.inked(image, browser.look()),
    )


def labels(scene: Scene) -> Evidence:
    """One picture, and its label."""
    label = int(scene.data.train.labels[0])
    return Evidence(
        f"The people who made the collection say this is {vocabulary(scene.data).one(label)}.",
        charts.inked(scene.data.train.images[:1], browser.look()),
    )


def parts(scene: Scene) -> Evidence:
    """Count the pictures of each part."""
    kept = DEV_SIZE if len(scene.data.train) > DEV_SIZE else 0
    return Evidence(
        f"Here: {len(scene.data.train) - kept:,} training pictures, {kept:,} practice pictures, "
        f"{len(scene.data.test):,} test pictures."
    )


def units(scene: Scene) -> Evidence | None:
    """Show the weights of the first units of a network."""
    return _weights(scene, "notebook", "units")


def filters(scene: Scene) -> Evidence | None:
    """Show the weights of the first filters of a network."""
    return _weights(scene, "conv", "filters")


def parameters(scene: Scene) -> Evidence:
    """Count the parameters of the network on the Train page."""
    network = scene.config.network(scene.data.train.images.shape[1:], scene.data.train.classes)
    return Evidence(
        f"The network the Train page is set to has {network.size:,} parameters: "
        f"{network.weight_count:,} weights and {network.size - network.weight_count:,} biases."
    )


def layers(scene: Scene) -> Evidence:
    """Describe the network of the Train page."""
    return Evidence(f"The Train page is set to: {models.described(scene.config)}.")


def probabilities(scene: Scene) -> Evidence | None:
    """Show a network's answer to a picture."""
    choice = _network(scene, "dense")
    if choice is None:
        return None
    image = scene.data.test.images[:1]
    chances = choice.model.network.probabilities(image)[:, 0]
    best = np.argsort(-chances)[:2]
    words = vocabulary(scene.data)
    told = " and ".join(f"{percent(float(chances[one]))} to {words.name(int(one))}" for one in best)
    return Evidence(
        f"For this picture {_the(choice)} gives {told}.", charts.inked(image, browser.look())
    )


def losses(scene: Scene) -> Evidence | None:
    """The loss of a network on a picture."""
    choice = _network(scene, "dense")
    if choice is None:
        return None
    image, label = scene.data.test.images[:1], scene.data.test.labels[:1]
    logits = choice.model.network.logits(image)
    loss = softmax_cross_entropy(logits, label)[0].total
    guess = np.log(choice.model.network.classes)
    return Evidence(
        f"On this picture the loss of {_the(choice)} is {loss:.3f}; pure guessing gives "
        f"{guess:.2f}.",
        charts.inked(image, browser.look()),
    )


def steps(scene: Scene) -> Evidence:
    """Count the steps that the settings of the Train page ask for."""
    batches = _batches(scene)
    size = "all pictures" if batches.per_epoch == 1 else f"{batches.size} pictures"
    return Evidence(
        f"The Train page is set to a step after {size}: {batches.per_epoch:,} steps an epoch, "
        f"{batches.iterations:,} in all."
    )


def learning_rates(scene: Scene) -> Evidence:
    """The one that the Train page is set to."""
    return Evidence(f"The Train page is set to {scene.config.learning_rate:g}.")


def accuracies(scene: Scene) -> Evidence | None:
    """Tell the accuracy of a network."""
    choice = _network(scene, "dense")
    share = choice.model.accuracy_on(scene.data, "test_accuracy") if choice else None
    if choice is None or share is None:
        return None
    told = f"{_the(choice)} reads {percent(share)} of the test pictures correctly."
    return Evidence(told[0].upper() + told[1:])


def overfitted(scene: Scene) -> Evidence | None:
    """Compare the newest run's two curves."""
    runs = [record.snapshot() for record in shared.records() if record.is_of(scene.data)]
    curves = [run.history for run in runs if run.history]
    points = [point for curve in curves[-1:] for point in curve if point.iteration]
    if not points:
        return Evidence("Train a network, then look here again: its two curves are compared here.")
    last = points[-1]
    return Evidence(
        f"At the last point of your newest run, the network read {percent(last.accuracy)} of its "
        f"training pictures correctly, as it learned, and {percent(last.dev_accuracy)} of the "
        "practice pictures."
    )


def _network(scene: Scene, preferred: str) -> Choice | None:
    """One of the lab's networks, or whatever fits the data set."""
    choices = models.offered(scene.data)
    return choices.get(models.lab_key(preferred)) or next(iter(choices.values()), None)


def _the(choice: Choice) -> str:
    """A network in a sentence, by its name."""
    return f"the network {in_markdown(choice.title)}"


def _weights(scene: Scene, preferred: str, parts: str) -> Evidence | None:
    choice = _network(scene, preferred)
    if choice is None:
        return None
    network = choice.model.network
    images = weight_images(network, picture_layers(network)[0])[:SHOWN, 0]
    tiles = charts.signed(images, browser.look(), colour_limit(images))
    told = f"The first {len(images)} {parts} of {_the(choice)}: orange adds, blue subtracts."
    return Evidence(told, tiles)


def _batches(scene: Scene) -> Batches:
    train = scene.data.train
    examples = split(train, scene.config.seed).train if len(train) > DEV_SIZE else range(len(train))
    taken = examples[: scene.config.examples]
    return Batches(taken, scene.config.batch_size, scene.config.epochs)
