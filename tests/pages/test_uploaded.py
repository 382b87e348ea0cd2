"""A file that a visitor brought takes no memory once it has been taken."""

from types import SimpleNamespace

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from pages.ui.visit import uploaded


def test_a_file_that_was_taken_is_forgotten_and_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = MemoryUploadedFileManager("/upload")
    files = [UploadedFileRec(name, name, "", bytes(9)) for name in ("taken", "kept")]
    for file in files:
        manager.add_file("window", file)
    context = SimpleNamespace(uploaded_file_mgr=manager, session_id="window")
    monkeypatch.setattr(uploaded, "get_script_run_ctx", lambda: context)
    uploaded.forget(UploadedFile(files[0], FileURLs()))
    assert manager.get_files("window", ["taken", "kept"]) == [files[1]]
