"""The cores of a machine, on systems that say which ones are allowed and on those that do not."""

import os

import pytest

from mnist_core.threads import cores


def test_cores_are_counted_where_no_system_says_which_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert cores() == os.cpu_count()
