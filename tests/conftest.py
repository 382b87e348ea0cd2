"""What all tests share: the data set, read once, and property tests that are the same each time."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from hypothesis import settings

from mnist_core.data import BUNDLED, Data, load
from mnist_core.threads import limit_blas_threads

settings.register_profile("lab", deadline=None, derandomize=True)
settings.load_profile("lab")
limit_blas_threads()

LONGEST_FIRST = (
    "tests/core/training/test_figures.py",
    "tests/browser/test_train.py",
    "tests/browser/test_draw.py",
    "tests/core/files/test_export.py",
    "tests/browser/test_accessibility.py",
)
"""Files that take long: begun last, they would leave a processor idle at the end."""

Tell: TypeAlias = Callable[[str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take long in front; the order within a file stays."""

    def rank(item: pytest.Item) -> int:
        file = item.nodeid.partition("::")[0]
        return LONGEST_FIRST.index(file) if file in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def data() -> Data:
    """The bundled MNIST, whatever MNIST_DATA_DIR says."""
    return load(BUNDLED)


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Say what a test measured: it stands at the end of what pytest prints."""
    return lambda sentence: record_property("measured", sentence)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the tests told."""
    told = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
        if name == "measured"
    ]
    if told:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(told))
