"""A file that a visitor brought takes no memory once it has been taken."""

from types import SimpleNamespace

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from pages.ui.visit import uploaded

NAMES = ["one", "other"]


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """What a window has sent: two files."""
    manager = MemoryUploadedFileManager("/upload")
    for name in NAMES:
        manager.add_file("window", UploadedFileRec(name, name, "", bytes(9)))
    context = SimpleNamespace(uploaded_file_mgr=manager, session_id="window")
    monkeypatch.setattr(uploaded, "get_script_run_ctx", lambda: context)
    return manager


def held(manager: MemoryUploadedFileManager) -> list[UploadedFile]:
    """The files that are still in memory."""
    return [UploadedFile(file, FileURLs()) for file in manager.get_files("window", NAMES)]


def test_a_file_that_was_taken_is_forgotten_and_others_are_not(
    manager: MemoryUploadedFileManager,
) -> None:
    uploaded.forget(held(manager)[0])
    assert [file.name for file in held(manager)] == ["other"]


def test_files_go_with_what_was_found_in_them(manager: MemoryUploadedFileManager) -> None:
    class Found:
        pass

    found = Found()
    uploaded.forget_with(found, held(manager))
    assert len(held(manager)) == 2
    del found
    assert not held(manager)
