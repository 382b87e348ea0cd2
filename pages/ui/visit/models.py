"""Choosing a network: those that come with the lab, and those that the visitor has trained."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from mnist_core.data import Data
from mnist_core.files.storage import bundled, load_model
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.visit import shared, site
from pages.ui.visit.site import room
from pages.ui.visit.url_state import QueryParam, named

TITLES = {"conv": "Filters", "dense": "Two layers", "notebook": "Ten units"}
"""The names of the lab's networks on the pages; files and addresses have those of the files."""


@dataclass(frozen=True)
class NetworkChoice:
    """A network that can be chosen.

    `key` is its identity, such as `lab:dense` or `run:3`: names may change, and need not be
    unique. `title` is its name, with its origin where another network is called so too.
    """

    key: str
    title: str
    model: Model

    @property
    def is_the_labs(self) -> bool:
        """Whether it comes with the lab, and is the same for every visitor."""
        return self.key == lab_key(self.model.name)

    @property
    def name(self) -> str:
        """Its name on the pages."""
        return _name(self.key, self.model)


def choice_or_stop(control: str, data: Data, preferred: str) -> NetworkChoice:
    """Ask which network to use; if none fits this data set, say what to do and end the page.

    Args:
        control: the key of the select box, from a session module.
        data: the data set that the network has to have learned from.
        preferred: one of the lab's networks, to begin with before the visitor has any.
    """
    choices = offered(data)
    if not choices:
        say_none_fits(data)
        st.stop()
    return choose("Which network?", choices, control, preferred)


def say_none_fits(data: Data) -> None:
    """Say that no network here fits the data set, and lead to the page that trains one."""
    st.info(
        f"No network here has learned from {data.name} yet. Train one, and you can choose it here.",
        icon=":material/school:",
    )
    site.room_link(room("train"))


def choose(
    label: str, choices: Mapping[str, NetworkChoice], control: str, preferred: str
) -> NetworkChoice:
    """Ask for one of some networks, of which there is at least one, by their identities.

    The select box begins with what `shared.choice` says, else with the lab's network `preferred`.
    """
    if st.session_state.get(control) not in choices:
        st.session_state[control] = first(choices, control, preferred).key
    key: str = st.selectbox(
        label,
        list(choices),
        format_func=in_words(choices).__getitem__,
        key=control,
        on_change=lambda: shared.keep_choice(control, st.session_state[control]),
        help="The networks that come with the lab, and your own of this visit.",
    )
    return choices[key]


def first(choices: Mapping[str, NetworkChoice], control: str, preferred: str) -> NetworkChoice:
    """Return the network that a control begins with, of those there are."""
    wanted = (st.session_state.get(control), shared.choice(control), lab_key(preferred), *choices)
    return next(choices[key] for key in wanted if key and key in choices)


def in_words(choices: Mapping[str, NetworkChoice]) -> dict[str, str]:
    """Describe some networks, by their identities.

    A control keeps what formats its options for as long as its session is kept: words, which take
    less memory than networks.
    """
    return {
        key: f"{choice.title}: {described(choice.model.config)}" for key, choice in choices.items()
    }


def one_of_the_labs(parameter: str, control: str) -> QueryParam:
    """Return a control for a network, where an address can say which of the lab's it is."""
    return named(parameter, control, {key: key for key in map(lab_key, bundled())}, usual=None)


def lab_key(name: str) -> str:
    """Return the identity of one of the networks that come with the lab."""
    return f"lab:{name}"


def offered(data: Data) -> dict[str, NetworkChoice]:
    """Return every network that fits the data set, by its identity: the lab's first, then the
    visit's."""
    there_are = {lab_key(model.name): model for model in _bundled()} | shared.networks()
    found = {key: model for key, model in there_are.items() if model.fits(data)}
    names = {key: _name(key, model) for key, model in found.items()}
    count = Counter(names.values())
    choices = {}
    for key, model in found.items():
        kind, which = key.split(":", 1)
        origin = "the lab's own" if kind == "lab" else f"your run {which}"
        title = names[key] if count[names[key]] == 1 else f"{names[key]} ({origin})"
        choices[key] = NetworkChoice(key, title, model)
    return choices


def _name(key: str, model: Model) -> str:
    return TITLES.get(model.name, model.name) if key == lab_key(model.name) else model.name


def of_the_lab(name: str) -> Model:
    """Return a network that comes with the lab, by its name."""
    return next(model for model in _bundled() if model.name == name)


def described(config: TrainingConfig) -> str:
    """Describe a network's layers in a few words: "8 and 16 filters, 64 units"."""
    parts = [
        f"{' and '.join(map(str, sizes))} {noun}"
        for sizes, noun in ((config.filters, "filters"), (config.hidden, "units"))
        if sizes
    ]
    return ", ".join(parts) or "no hidden layer"


@st.cache_resource(show_spinner=False)
def _bundled() -> tuple[Model, ...]:
    return tuple(load_model(name) for name in bundled())
