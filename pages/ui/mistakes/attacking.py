"""The section "Attack": an adversarial example of one picture, and accuracy under attack."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import accumulate

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Labels
from mnist_core.data import Data, Dataset
from mnist_core.evaluation.attack import STRENGTHS, blocks, fgsm, inputs, pgd, survivors
from mnist_core.models.stored_figures import stored_figures
from mnist_core.nn.losses import softmax
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import Vocabulary, vocabulary
from pages.ui.mistakes.breaking import ask_beside
from pages.ui.mistakes.charts import accuracy_by_strength, probability_by_strength
from pages.ui.mistakes.session import Key
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LongWork, Steps, in_equal_steps
from pages.ui.visit.models import NetworkChoice

OF_ONE = tuple(round(0.01 * step, 2) for step in range(31))
"""Strengths at which one picture is attacked, as fractions of full ink."""

ATTACKS: Mapping[str, Callable[[Network, Floats, Labels, Floats], Floats]] = {
    "one step (FGSM)": fgsm,
    "ten steps (PGD)": pgd,
}


def show(choice: NetworkChoice, choices: Mapping[str, NetworkChoice], data: Data) -> None:
    """Show an attack on one picture, and the accuracy on all by strength."""
    st.markdown(
        "Anyone who knows a network's numbers can change a picture so slightly that people barely "
        "notice, and the network gets it wrong: each square a little lighter or darker, whichever "
        "misleads the network more."
    )
    class_names = vocabulary(data)
    left, right = st.columns(2)
    with left:
        number = st.number_input(
            "Which test picture?",
            1,
            len(data.test),
            key=Key.ATTACKED,
            persist_state="session",
            help="By its number in the final exam (test set).",
        )
    with right:
        attack = widgets.choose_one(
            "Attack with",
            list(ATTACKS),
            default=next(iter(ATTACKS)),
            key=Key.ATTACK,
        )
    _one_picture(choice.model.network, data.test, int(number) - 1, ATTACKS[attack], class_names)
    st.subheader("All test pictures", anchor=False)
    shown = ask_beside(choice, choices, Key.ATTACK_BESIDE)
    counts = {
        one.title: _attacking(one, data).result(f"Attacking {in_markdown(one.title)} …")
        for one in shown
    }
    figure = accuracy_by_strength(
        STRENGTHS,
        {title: (count / len(data.test)).tolist() for title, count in counts.items()},
        "Attacked in one step",
        "largest change of a square (1 is full ink)",
        browser.look(),
    )
    widgets.chart(figure)


@cached()
def _attacking(choice: NetworkChoice, data: Data) -> LongWork[NDArray[np.int64]]:
    return LongWork(partial(_attack_all, choice.model.network, data.test))


def _attack_all(network: Network, dataset: Dataset) -> Steps[NDArray[np.int64]]:
    """Yield the fraction done and the number of pictures still read correctly, by strength."""
    stored = stored_figures(network, dataset)
    if stored:
        yield 1.0, stored.survivors.sum(axis=0)
        return
    counts = survivors(network, dataset, STRENGTHS)
    yield from in_equal_steps(blocks(dataset), accumulate(counts, np.add))


def _one_picture(
    network: Network,
    dataset: Dataset,
    number: int,
    attack: Callable[[Network, Floats, Labels, Floats], Floats],
    class_names: Vocabulary,
) -> None:
    label = dataset.labels[number : number + 1]
    x = inputs(network, dataset.images[number : number + 1])
    many = len(OF_ONE)
    attacked = attack(network, x.repeat(many, axis=-1), label.repeat(many), np.array(OF_ONE))
    chances = softmax(network.forward(attacked, network.caches())).T
    predicted = chances.argmax(axis=1)
    fooled = np.flatnonzero(predicted != label[0])
    st.markdown(_verdict(fooled, predicted, int(label[0]), class_names))
    place = int(fooled[0]) if len(fooled) else len(OF_ONE) - 1
    strength = st.slider(
        "How much may each square change (% of full ink)?",
        0,
        len(OF_ONE) - 1,
        place,
        key=f"mistakes_strength_{number}",
        format="%d%%",
    )
    changed = attacked[..., strength]
    rival = int(np.delete(chances[strength], label[0]).argmax())
    rival += rival >= label[0]
    pictures, curve = st.columns([3, 2], gap="medium")
    with pictures:
        _pictures(x[..., 0], changed, chances[strength], class_names)
    with curve:
        figure = probability_by_strength(
            OF_ONE,
            chances[:, label[0]].tolist(),
            chances[:, rival].tolist(),
            (class_names.name(int(label[0])), class_names.name(rival)),
            OF_ONE[strength],
            browser.look(),
        )
        widgets.chart(figure)


def _verdict(fooled: np.ndarray, predicted: np.ndarray, label: int, class_names: Vocabulary) -> str:
    """Describe the smallest strength that changes the answer."""
    if not len(fooled):
        return (
            f"Even {OF_ONE[-1]:.0%} of full ink per square is not enough: it still says "
            f"{class_names.one(label)}."
        )
    if fooled[0] == 0:
        return (
            f"It reads this {class_names.name(label)} as {class_names.one(int(predicted[0]))} "
            "without any attack."
        )
    smallest, other = OF_ONE[fooled[0]], class_names.one(int(predicted[fooled[0]]))
    return (
        f"**{smallest:.0%} of full ink** per square is enough: then it reads this "
        f"{class_names.name(label)} as {other}."
    )


def _pictures(x: Floats, changed: Floats, chances: Floats, class_names: Vocabulary) -> None:
    look = browser.look()
    best = int(chances.argmax())
    before, after = (np.rint(255 * one[0]).astype(np.uint8) for one in (x, changed))
    shown = (
        (charts.inked(before, look), "the picture"),
        (charts.signed((changed - x)[0], look), "the change, made visible"),
        (
            charts.inked(after, look),
            f"together: {class_names.one(best)}, {percent(chances[best])}",
        ),
    )
    for column, (tile, caption) in zip(st.columns(3), shown, strict=True):
        with column:
            widgets.picture(tile, "stretch", caption, caption)
