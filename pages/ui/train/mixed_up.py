"""What the shown run mixes up, of some of the practice exam's pictures."""

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data
from mnist_core.evaluation.answers import answers
from mnist_core.nn.network import Network
from pages.ui import confusion
from pages.ui.confusion import Exam, Keys
from pages.ui.train import session
from pages.ui.vocabulary import vocabulary

KEYS = Keys(session.CONFUSION, session.CONFUSED, session.CONFUSED_PICTURES)


def show_mixed_up(network: Network, data: Data, dev: Indices, in_all: int) -> None:
    """Show which classes a network takes for which, and the pictures of the cell that is chosen.

    Args:
        network: as it is now.
        data: what it learns from.
        dev: the dev examples to read, indices into the training half.
        in_all: how many dev examples there are.
    """
    found = answers(network, data.train, dev)
    st.subheader("What it mixes up", anchor=False)
    some = f"{found.n:,} of the {in_all:,}" if found.n < in_all else f"all {in_all:,}"
    st.caption(
        f"{found.n - found.correct:,} mistakes in {some} practice pictures. Pick a number to see "
        "its pictures."
    )
    exam = Exam(found, data.train, "train", dev, vocabulary(data))
    confusion.show(exam, KEYS, session.mixed_up(), session.choose_mixed_up)
