"""What the lab uses of other packages' internals is listed in one module, and still there."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.ui.server.streamlit_internals import IN_PAGES, IN_PYTHON, LASTING, MOMENTARY
from tests.pages.conftest import ROOT

NAMES = re.compile(
    r"""data-testid\^?="?([\w-]+)                    # as an attribute
    |\.(st[A-Z]\w*|js-plotly-plot|nsewdrag|cursor-pointer|katex-\w+|dc-\w+|canvas-container)\b
    |\[["']?(slot|data-(?!testid|sent|marks|down)[\w-]+|aria-labelledby)   # by their presence
    |\.(_[a-z]\w+)\b                               # private, in a script""",
    re.VERBOSE,
)
HERE = ROOT / "pages" / "ui" / "server" / "streamlit_internals.py"


def sources() -> Iterator[Path]:
    """Every file in which such a name may stand, but the list of them."""
    found = (ROOT / "pages").rglob("*.*")
    yield from (path for path in found if path.suffix in {".py", ".css", ".js"} and path != HERE)


def names_in_pages() -> set[str]:
    """The names that styles and scripts use."""
    found: set[str] = set()
    for path in sources():
        for match in NAMES.finditer(path.read_text("utf-8")):
            if match[4] is None or path.suffix == ".js":
                found.add(next(filter(None, match.groups())))
    return found


def nodes() -> Iterator[ast.AST]:
    """The syntax of every module of the app."""
    for path in [ROOT / "app.py", ROOT / "command.py", *(ROOT / "pages").rglob("*.py")]:
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def imported() -> set[str]:
    """What is imported from a module of Streamlit's."""
    return {
        f"{node.module}.{alias.name}"
        for node in nodes()
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("streamlit")
        for alias in node.names
    }


def private_names() -> set[str]:
    """The private names that are used of another object than `self`."""
    return {
        node.attr
        for node in nodes()
        if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr)
        if not (isinstance(node.value, ast.Name) and node.value.id == "self")
    }


def test_names_in_pages_are_all_listed() -> None:
    assert names_in_pages() == set(IN_PAGES)


def test_what_is_imported_from_streamlits_modules_is_listed() -> None:
    assert {name for name in imported() if not is_listed(name)} == set()


def test_private_names_of_streamlits_are_listed() -> None:
    listed = {name.rpartition(".")[2] for name in IN_PYTHON}
    assert private_names() - listed == {"_replace"}, "that of a NamedTuple is public"


def is_listed(name: str) -> bool:
    """Whether an imported name, or something of it, has an entry."""
    return any(one == name or one.startswith(f"{name}.") for one in IN_PYTHON)


@pytest.mark.parametrize("name", IN_PYTHON)
def test_streamlit_still_has_what_is_listed(name: str) -> None:
    owner, _, last = name.rpartition(".")
    found = resolved(owner)
    assert hasattr(found, last) or f"self.{last}" in inspect.getsource(found)


def resolved(name: str) -> object:
    """A module, or something in one."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        owner, _, last = name.rpartition(".")
        return getattr(resolved(owner), last)


def test_every_kind_of_widget_value_lasts_or_is_momentary() -> None:
    kinds = {field.name for field in WidgetState.DESCRIPTOR.oneofs_by_name["value"].fields}
    assert kinds == LASTING | MOMENTARY
    assert not LASTING & MOMENTARY
