"""Files that visitors bring: Streamlit keeps each in memory for as long as their window is open."""

from collections.abc import Iterable
from weakref import finalize

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile


def forget(file: UploadedFile) -> None:
    """Give the memory of a file back whose content has been taken."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def forget_with(owner: object, files: Iterable[UploadedFile]) -> None:
    """Give the memory of files back once `owner`, such as what a dialog has found, is gone."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        manager, window = context.uploaded_file_mgr, context.session_id
        for file in files:
            finalize(owner, manager.remove_file, window, file.file_id)
