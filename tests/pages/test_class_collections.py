"""The collections of a server, of which there is one set whoever asks first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from mnist_core.drawn.class_collections import ClassCollections
from pages.ui.visit import class_collections


def test_all_who_ask_first_get_the_same_collections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_slowly(folder: Path) -> ClassCollections:
        sleep(0.1)
        return ClassCollections(folder)

    monkeypatch.setenv(class_collections.FOLDER, str(tmp_path))
    monkeypatch.setattr(class_collections, "ClassCollections", read_slowly)
    class_collections._collections.cache_clear()
    try:
        with ThreadPoolExecutor(4) as threads:
            asked = [threads.submit(class_collections.collections) for _ in range(4)]
        found = {id(one.result()) for one in asked}
    finally:
        class_collections._collections.cache_clear()
    assert len(found) == 1
