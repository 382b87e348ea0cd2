"""Settings and curves leave the lab as text that other programs read, and settings come back."""

import csv
import io
import json

import pytest

from mnist_core.errors import LabError
from mnist_core.files.plain_text import LARGEST_CONFIG, config_json, history_csv, read_config
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured


def test_settings_that_are_exported_come_back() -> None:
    config = TrainingConfig(hidden=(33, 7), learning_rate=0.0123, batch_size=None)
    content = config_json(config)
    assert json.loads(content)["hidden"] == [33, 7]
    assert read_config(content.encode(), "settings.json") == config


def test_a_curve_is_a_table_with_a_row_for_each_point() -> None:
    points = [Measured(n, n / 10, 1.0, 0.5, 2.0, 0.25, 0.01, n / 5) for n in (0, 5)]
    rows = list(csv.DictReader(io.StringIO(history_csv(points))))
    assert [row["iteration"] for row in rows] == ["0", "5"]
    assert [float(row["dev_accuracy"]) for row in rows] == [0.25, 0.25]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"epochs": 0}', b"[" * 200_000, b"\xff"])
def test_a_file_that_holds_no_settings_is_refused(content: bytes) -> None:
    with pytest.raises(LabError):
        read_config(content, "settings.json")


def test_a_file_that_is_too_long_for_settings_is_named() -> None:
    with pytest.raises(LabError, match=r"mine\.json is too long"):
        read_config(b" " * (LARGEST_CONFIG + 1), "mine.json")
