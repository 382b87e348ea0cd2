"""The walls of the house: what `docs/architecture.md` says of the rooms is true of the imports.

Its two tables name every room, the rooms that it stands on, and the packages that it may import.
"""

import ast
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from docs.rooms import PICTURE, PLAN, draw, plan

ROOT = Path(__file__).parents[2]
OURS = {"mnist_core", "pages"}
DRAWS = {"streamlit", "streamlit_drawable_canvas", "plotly"}
DRAWN = re.compile(r"</[a-z]|<(svg|style|table|div|td|p|b|br|h[1-6])\b|#[0-9a-f]{6}\b|\brgba?\(")
"""What a string of HTML, SVG or CSS looks like."""

ONLY_ON_POSIX = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}
"""Modules that Windows has not."""


class Import(NamedTuple):
    """One module that a file imports."""

    file: Path
    module: str

    @property
    def package(self) -> str:
        """The package's name as it is imported."""
        return self.module.split(".")[0]


PLANNED = plan()


def room_of(path: Path) -> str:
    """The room that a file or folder, relative to the root, belongs to."""
    parts = path.with_suffix("").parts
    if parts[0] == "mnist_core":
        below = ROOT.joinpath(*parts[:2])
        return "/".join(parts[:2]) if below.is_dir() or parts[1] == "__main__" else "mnist_core"
    if parts[:2] == ("pages", "ui"):
        shared = len(parts) < 3 or not (ROOT / "pages" / "ui" / parts[2]).is_dir()
        return "pages/ui" if shared else "/".join(parts[:3])
    return "pages" if parts[0] == "pages" else path.name


def files() -> list[Path]:
    """Every Python file of the app, relative to the root; packages' own files left out."""
    below = [path for top in OURS for path in (ROOT / top).rglob("*.py")]
    top = [ROOT / "app.py", ROOT / "command.py"]
    return sorted(path.relative_to(ROOT) for path in [*top, *below])


def imports(file: Path) -> Iterator[Import]:
    """Everything that a file imports, inside functions too."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(file, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{file} imports relatively"
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield Import(file, below if _is_module(below) else node.module)


def _is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    ours = name.split(".", maxsplit=1)[0] in OURS
    return ours and (place.is_dir() or place.with_suffix(".py").is_file())


ALL = [found for file in files() for found in imports(file)]


def between_rooms() -> Iterator[tuple[str, str, Import]]:
    """Every import of ours that leaves its room: from where, to where."""
    for found in ALL:
        if found.package in OURS:
            here, there = room_of(found.file), room_of(Path(*found.module.split(".")))
            if here != there:
                yield here, there, found


def test_the_plan_names_every_room_and_no_other() -> None:
    assert set(PLANNED) == {room_of(file) for file in files()}


def test_the_picture_shows_the_plan() -> None:
    """`python -m docs.rooms` draws it anew."""
    assert PICTURE.read_text(encoding="utf-8") == draw(PLANNED)


def test_a_room_imports_only_those_that_it_stands_on() -> None:
    wrong = [
        f"{found.file} imports {found.module}: {here} does not stand on {there}"
        for here, there, found in between_rooms()
        if there not in PLANNED[here].stands_on
    ]
    assert not wrong


def test_the_plan_names_no_floor_that_is_not_stood_on() -> None:
    used = {(here, there) for here, there, _ in between_rooms()}
    planned = {(room, below) for room, entry in PLANNED.items() for below in entry.stands_on}
    assert planned <= used


def test_no_room_stands_on_itself_by_way_of_others() -> None:
    graph = {room: entry.stands_on for room, entry in PLANNED.items()}
    assert set(TopologicalSorter(graph).static_order()) == set(PLANNED)


def test_no_module_imports_itself_by_way_of_others() -> None:
    """A package's `__init__` hands names on, so it is left out: nobody inside imports it."""
    graph: dict[str, set[str]] = {}
    for found in ALL:
        if found.file.name != "__init__.py" and found.package in OURS:
            here = ".".join(found.file.with_suffix("").parts)
            graph.setdefault(here, set()).add(found.module)
    assert set(TopologicalSorter(graph).static_order()) >= set(graph)


def test_a_room_imports_only_the_packages_that_the_plan_gives_it() -> None:
    outside: dict[str, set[str]] = {room: set() for room in PLANNED}
    for found in ALL:
        if found.package not in OURS and found.package not in sys.stdlib_module_names:
            outside[room_of(found.file)].add(found.package)
    assert outside == {room: set(entry.packages) for room, entry in PLANNED.items()}


def test_the_core_knows_neither_the_pages_nor_what_draws() -> None:
    core = [found for found in ALL if found.file.parts[0] == "mnist_core"]
    assert core
    assert not [found for found in core if found.package in DRAWS | {"pages", "app"}]


def strings(file: Path) -> Iterator[str]:
    """Every string of a file, its docstrings among them."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_core_writes_neither_markup_nor_colours() -> None:
    """Strings of a page have some, which shows that they would be found."""
    drawn = [
        (file.parts[0], text) for file in files() for text in strings(file) if DRAWN.search(text)
    ]
    assert [text for where, text in drawn if where == "pages"]
    assert not [text for where, text in drawn if where == "mnist_core"]


def test_nothing_is_imported_that_windows_has_not() -> None:
    """The browser tests' server runs without these modules, too."""
    assert not [found for found in ALL if found.package in ONLY_ON_POSIX]


def test_no_page_imports_another() -> None:
    """A page is its script and its folder; the home page alone shows a piece of another one.

    Join and Make share a folder: what a class draws on one of them arrives on the other.
    """
    page_of = {path.stem for path in (ROOT / "pages").glob("*.py")}
    wrong = []
    for found in ALL:
        here, there = _page(found.file.with_suffix("").parts), _page(found.module.split("."))
        if here in page_of - {"home"} and there in page_of and here != there:
            wrong.append(f"{found.file} imports {found.module}")
    assert not wrong


def _page(parts: "tuple[str, ...] | list[str]") -> str:
    """The page that a module belongs to, by its name; what is shared belongs to `ui`."""
    if parts[0] != "pages" or len(parts) < 2:
        return ""
    page = parts[2] if parts[1] == "ui" and len(parts) > 2 else parts[1]
    return "make" if page == "join" else page


EXAMPLES = re.findall(
    r"^from (\S+) import (.+)$",
    PLAN.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0],
    re.MULTILINE,
)


def test_the_plan_shows_imports_from_most_rooms() -> None:
    assert len(EXAMPLES) >= 9


@pytest.mark.parametrize(("room", "listed"), EXAMPLES)
def test_what_the_plan_types_is_handed_on_by_its_room(room: str, listed: str) -> None:
    module = importlib.import_module(room)
    offered = getattr(module, "__all__", vars(module))
    assert set(listed.split(", ")) <= set(offered)
    for name in offered if hasattr(module, "__all__") else ():
        found = getattr(module, name)
        assert not isinstance(found, ModuleType), f"{name} is a module, not what it holds"


IMPORT_AND_TELL = """
import importlib, json, sys, threading
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps([sorted(name.split(".")[0] for name in sys.modules), threading.active_count()]))
"""


def imported_by(*modules: str) -> tuple[set[str], int]:
    """The top-level packages in `sys.modules` of a fresh interpreter, and its threads."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_AND_TELL, *modules],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=True,
    )
    assert done.stderr == "", "importing prints nothing"
    (line,) = done.stdout.splitlines()
    packages, threads = json.loads(line)
    return set(packages), threads


def test_importing_the_whole_core_draws_nothing_and_starts_nothing() -> None:
    modules = [
        ".".join(file.with_suffix("").parts)
        for file in files()
        if file.parts[0] == "mnist_core" and file.stem != "__init__"
    ]
    packages, threads = imported_by(*modules)
    assert "mnist_core" in packages
    assert not packages & (DRAWS | {"pages"})
    assert threads == 1, "importing starts nothing"


def test_the_command_line_with_what_draws_needs_no_server() -> None:
    packages, _ = imported_by("command")
    assert "pages" in packages
    assert not packages & DRAWS


@pytest.mark.parametrize("room", ["nn", "training", "runs", "exploration", "evaluation"])
def test_the_numbers_need_numpy_alone(room: str) -> None:
    """Pillow and safetensors are for the edges: drawings and files."""
    packages, _ = imported_by(f"mnist_core.{room}")
    assert "numpy" in packages
    assert not packages & {"PIL", "safetensors", "optuna", "pandas", "scipy", "sklearn"}
