"""The section "Attack": an adversarial example of one picture, and accuracy under attack."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import accumulate
from typing import TypeAlias

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
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.mistakes.charts import accuracy_by_strength, probability_by_strength
from pages.ui.mistakes.evaluation import Examined
from pages.ui.mistakes.session import Key
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LongWork, Steps, in_equal_steps
from pages.ui.visit.models import NetworkChoice

OF_ONE = tuple(round(0.01 * step, 2) for step in range(31))
"""Strengths at which one picture is attacked, as fractions of full ink."""

Attack: TypeAlias = Callable[[Network, Floats, Labels, Floats], Floats]

ATTACKS: Mapping[str, Attack] = {"one step (FGSM)": fgsm, "ten steps (PGD)": pgd}


def show(examined: Examined) -> None:
    """Show an attack on one picture, and the accuracy on all by strength."""
    st.markdown(
        "Anyone who knows a network's numbers can change a picture so slightly that people barely "
        "notice, and the network gets it wrong: each square a little lighter or darker, whichever "
        "misleads the network more."
    )
    test = examined.data.test
    left, right = st.columns(2)
    with left:
        number = st.number_input(
            "Which test picture?",
            1,
            len(test),
            key=Key.ATTACKED,
            persist_state="session",
            help="By its number in the final exam (test set).",
        )
    with right:
        attack = widgets.choose_one("Attack with", list(ATTACKS), key=Key.ATTACK)
    _show_one_picture(examined, int(number) - 1, ATTACKS[attack])
    st.subheader("All test pictures", anchor=False)
    shares = {}
    for one in examined.ask_beside(Key.ATTACK_BESIDE):
        work = _attacked(one, examined.data)
        still_right = work.result(f"Attacking {in_markdown(one.title)} …")
        shares[one.title] = (still_right / len(test)).tolist()
    unit = "largest change of a square (1 is full ink)"
    look = browser.look()
    widgets.chart(accuracy_by_strength(STRENGTHS, shares, "Attacked in one step", unit, look))


@cached()
def _attacked(choice: NetworkChoice, data: Data) -> LongWork[NDArray[np.int64]]:
    return LongWork(partial(_attack_all, choice.model.network, data.test))


def _attack_all(network: Network, dataset: Dataset) -> Steps[NDArray[np.int64]]:
    """Yield the fraction done and the number of pictures still read correctly, by strength."""
    stored = stored_figures(network, dataset)
    if stored:
        yield 1.0, stored.survivors.sum(axis=0)
        return
    counts = survivors(network, dataset, STRENGTHS)
    yield from in_equal_steps(blocks(dataset), accumulate(counts, np.add))


def _show_one_picture(examined: Examined, number: int, attack: Attack) -> None:
    """Attack one test picture at all strengths, and show it at the strength of a slider."""
    network, test = examined.choice.model.network, examined.data.test
    label, x = int(test.labels[number]), inputs(network, test.images[number : number + 1])
    many = len(OF_ONE)
    labels = test.labels[number : number + 1].repeat(many)
    attacked = attack(network, x.repeat(many, axis=-1), labels, np.array(OF_ONE))
    chances = softmax(network.forward(attacked, network.caches())).T
    predicted = chances.argmax(axis=1)
    fooled = np.flatnonzero(predicted != label)
    st.markdown(_verdict(fooled, predicted, label, examined.class_names))
    strength = st.slider(
        "How much may each square change (% of full ink)?",
        0,
        many - 1,
        int(fooled[0]) if len(fooled) else many - 1,
        key=f"mistakes_strength_{number}",
        format="%d%%",
    )
    pictures, curve = st.columns([3, 2], gap="medium")
    with pictures:
        changed = attacked[..., strength]
        _show_pictures(x[..., 0], changed, chances[strength], examined.class_names)
    with curve:
        others = np.delete(np.arange(chances.shape[1]), label)
        rival = int(others[chances[strength, others].argmax()])
        figure = probability_by_strength(
            OF_ONE,
            chances[:, [label, rival]].T,
            [examined.class_names.name(one) for one in (label, rival)],
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
    smallest, other = OF_ONE[fooled[0]], class_names.one(int(predicted[fooled[0]]))
    this = class_names.name(label)
    if not smallest:
        return f"It reads this {this} as {other} without any attack."
    return (
        f"**{smallest:.0%} of full ink** per square is enough: then it reads this {this} as "
        f"{other}."
    )


def _show_pictures(x: Floats, changed: Floats, chances: Floats, class_names: Vocabulary) -> None:
    look, best = browser.look(), int(chances.argmax())
    before, after = (np.rint(255 * one[0]).astype(np.uint8) for one in (x, changed))
    shown = (
        (charts.inked(before, look), "the picture"),
        (charts.signed((changed - x)[0], look), "the change, made visible"),
        (charts.inked(after, look), f"together: {class_names.one(best)}, {percent(chances[best])}"),
    )
    for column, (tile, caption) in zip(st.columns(3), shown, strict=True):
        with column:
            widgets.picture(tile, "stretch", caption, caption)
