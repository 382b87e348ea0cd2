"""A network is chosen by what it is, not by what it is called; the visitor's newest comes first."""

from dataclasses import dataclass

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data
from mnist_core.files.storage import bundled
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.draw.state import Key as DrawKey
from pages.ui.visit import current, models, shared
from pages.ui.visit.store import Visit
from pages.ui.weights import session as weights_session
from tests.pages.conftest import ROOT, assert_calm, memory

PAGES = (("weights", weights_session.Key.MODEL), ("draw", DrawKey.READER))


def network(name: str, units: int) -> Model:
    config = TrainingConfig(hidden=(units,))
    found = config.network((28, 28), 10)
    found.initialize(config.initializer, np.random.default_rng(0))
    return Model(name, found, config)


@dataclass
class Run:
    """What a visit needs to know of a run: its number, and the network that it ended with."""

    number: int
    learnt: Model | None

    def model(self) -> Model | None:
        return self.learnt


def opened(name: str, *runs: Run, everywhere: Run | None = None) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    made = {shared._RECORDS: list(runs)}
    if everywhere:
        made[shared._EVERYWHERE] = shared.run_key(everywhere)
    page.session_state[current._VISIT] = Visit("secret", follows_lost=False, memory=made)
    page.run()
    assert_calm(page)
    return page


@pytest.mark.parametrize(("name", "control"), PAGES)
def test_a_run_called_as_one_of_the_labs_networks_stays_itself(name: str, control: str) -> None:
    run = Run(4, network("Two layers", 7))
    page = opened(name, run, everywhere=run)
    box = page.selectbox(key=control)
    assert box.value == "run:4"
    assert "Two layers (your run 4): 7 units" in box.options
    assert "Two layers (the lab's own): 512 and 256 units" in box.options


@pytest.mark.parametrize(("name", "control"), PAGES)
def test_the_labs_networks_are_shown_by_titles_and_known_by_their_files_names(
    name: str, control: str
) -> None:
    page = opened(name)
    titles = {option.partition(":")[0] for option in page.selectbox(key=control).options}
    assert titles == {"Filters", "Two layers", "Ten units"}
    assert set(models.TITLES) == set(bundled())


def test_a_network_of_the_visit_keeps_its_name(data: Data) -> None:
    """Also one from a file that is called as one of the lab's."""
    choices = models.offered(data)
    assert choices["lab:conv"].title == choices["lab:conv"].name == "Filters"
    found = models.NetworkChoice("run:1", "conv", network("conv", 7))
    assert found.name == "conv"


@pytest.mark.parametrize(("name", "control"), PAGES)
def test_the_newest_finished_run_is_offered_first(name: str, control: str) -> None:
    runs = [Run(1, network("Run 1", 7)), Run(2, network("Run 2", 8)), Run(3, None)]
    assert opened(name, *runs).selectbox(key=control).value == "run:2"
    assert opened(name, *runs, everywhere=runs[0]).selectbox(key=control).value == "run:1"
    assert opened(name).selectbox(key=control).value.startswith("lab:")


@pytest.mark.parametrize(("name", "control"), PAGES)
def test_what_was_chosen_stays_chosen(name: str, control: str) -> None:
    runs = [Run(1, network("Run 1", 7))]
    page = opened(name, *runs)
    page.selectbox(key=control).set_value(models.lab_key("notebook")).run()
    memory(page)[shared._RECORDS] = [*runs, Run(2, network("Run 2", 8))]
    page.run()
    assert page.selectbox(key=control).value == "lab:notebook"


@pytest.mark.parametrize(("name", "control"), PAGES)
def test_a_network_that_is_gone_gives_way_to_another(name: str, control: str) -> None:
    page = opened(name, Run(1, network("Run 1", 7)))
    memory(page)[shared._RECORDS] = []
    page.run()
    assert_calm(page)
    assert page.selectbox(key=control).value.startswith("lab:")
