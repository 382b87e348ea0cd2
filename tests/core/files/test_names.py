"""The file of a run can be told by its name, and may have that name on every disk."""

import pytest

from mnist_core.files.names import file_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Run 4: Sprint", "run-4-sprint"),
        ("Run 12: Small dense, Learning rate 0.01", "run-12-small-dense-learning-rate-0-01"),
        ("../a\\b:c", "a-b-c"),
        ("Ägypten 数字", "ägypten-数字"),
        ("***", "run"),
    ],
)
def test_a_name_becomes_that_of_a_file(name: str, stem: str) -> None:
    assert file_stem(name) == stem
