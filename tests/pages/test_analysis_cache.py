"""Analyses of networks are remembered: the lab's for all visitors, a visitor's own for a window."""

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from streamlit.runtime.caching import cache_resource_api

from mnist_core.data import Data
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.visit import data_sets
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LongWork, Steps
from pages.ui.visit.models import NetworkChoice
from tests.pages.test_records import noise

CONFIG = TrainingConfig(hidden=(2,))


class Windows:
    """Lets scripts run in one window after the other, by the names of their sessions."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.change("one")

    def change(self, name: str) -> None:
        """Let the next script run in another window."""
        self.now = name
        self.names.add(name)

    def close(self) -> None:
        """Close all windows, as the server does."""
        for name in self.names:
            cache_resource_api.clear_session_cache(name)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """Windows on the lab's own pictures."""
    found = Windows()
    monkeypatch.setattr(cache_resource_api, "get_session_id_or_throw", lambda: found.now)
    monkeypatch.setattr(data_sets, "own", lambda: None)
    yield found
    found.close()


@pytest.fixture
def data() -> Data:
    """Pictures that every visitor has."""
    return noise()


def network() -> Network:
    """A network that has learned nothing."""
    return CONFIG.network((8, 8), 3)


def own(made: Network) -> NetworkChoice:
    """A visitor's own network."""
    return NetworkChoice("run:1", "Run 1", Model("Run 1", made, CONFIG))


def labs(made: Network) -> NetworkChoice:
    """A network that comes with the lab."""
    return NetworkChoice("lab:small", "Small", Model("small", made, CONFIG))


@pytest.mark.usefixtures("windows")
def test_an_analysis_is_told_from_others_by_what_it_was_asked() -> None:
    asked: list[tuple[Network, str, int]] = []

    @cached()
    def analyse(_choice: NetworkChoice, network: Network, half: str, layer: int) -> int:
        asked.append((network, half, layer))
        return len(asked)

    one, other = network(), network()
    each = [(one, "test", 0), (one, "test", 1), (one, "train", 0), (other, "test", 0)]
    for now in each * 2:
        analyse(own(one), *now)
    assert asked == each


def test_a_visitors_network_is_analysed_for_each_window_and_the_labs_for_all(
    windows: Windows, data: Data
) -> None:
    asked: list[tuple[str, str]] = []

    @cached()
    def analyse(choice: NetworkChoice, _data: Data) -> NetworkChoice:
        asked.append((windows.now, choice.key))
        return choice

    mine, everybodys = own(network()), labs(network())
    for name in ("one", "other", "one"):
        windows.change(name)
        assert analyse(mine, data) is analyse(mine, data)
        assert analyse(everybodys, data) is everybodys
    assert asked == [("one", "run:1"), ("one", "lab:small"), ("other", "run:1")]


def test_what_the_labs_network_makes_of_a_visitors_own_pictures_stays_with_them(
    windows: Windows, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_sets, "own", lambda: data)
    asked: list[str] = []

    @cached()
    def analyse(_choice: NetworkChoice, _data: Data) -> str:
        asked.append(windows.now)
        return windows.now

    everybodys = labs(network())
    for name in ("one", "other"):
        windows.change(name)
        assert analyse(everybodys, data) == name
    assert asked == ["one", "other"]


@pytest.mark.usefixtures("windows")
def test_a_network_does_not_get_the_results_of_one_that_is_gone() -> None:
    asked: list[str] = []

    @cached()
    def analyse(choice: NetworkChoice) -> int:
        asked.append(choice.key)
        return len(asked)

    for _ in range(50):
        analyse(own(network()))
    assert len(asked) == 50


@pytest.mark.usefixtures("windows")
def test_a_result_does_not_keep_its_network_in_memory() -> None:
    @cached()
    def analyse(choice: NetworkChoice) -> int:
        return choice.model.network.size

    made = network()
    analyse(own(made))
    found = weakref.ref(made)
    del made
    gc.collect()
    assert found() is None


def test_the_results_of_a_window_are_bounded_and_go_with_it(windows: Windows) -> None:
    class Result:
        pass

    @cached(most=3)
    def analyse(_choice: NetworkChoice, number: int) -> Result:  # noqa: ARG001
        return Result()

    mine = own(network())
    found = [weakref.ref(analyse(mine, number)) for number in range(5)]
    gc.collect()
    assert [result() is not None for result in found] == [False, False, True, True, True]
    windows.close()
    gc.collect()
    assert not any(result() for result in found)


@pytest.mark.usefixtures("windows")
def test_visitors_who_come_at_once_wait_for_one_analysis() -> None:
    asked: list[str] = []

    @cached()
    def analyse(choice: NetworkChoice) -> float:
        asked.append(choice.key)
        rng = np.random.default_rng(0)
        return float(np.linalg.svd(rng.normal(size=(100, 100)))[1].max())

    everybodys = labs(network())
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: analyse(everybodys), range(8)))
    assert len(set(found)) == len(asked) == 1


@pytest.mark.usefixtures("windows")
def test_work_in_steps_goes_on_where_a_script_was_broken_off() -> None:
    taken: list[int] = []

    def steps() -> Steps[int]:
        for number in range(4):
            taken.append(number)
            yield number / 4, number

    @cached()
    def analyse(_choice: NetworkChoice) -> LongWork[int]:
        return LongWork(steps)

    mine = own(network())
    work = analyse(mine)
    work._take_step()  # and there a touched control has broken the script off
    assert analyse(mine).result("Counting …") == 3
    assert taken == [0, 1, 2, 3]
