"""What a docstring lists as arguments or attributes is what the code has."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEADINGS = r"\n\s*(?:Args|Attributes|Raises|Returns|Warns|Yields):"
Documented = ast.FunctionDef | ast.ClassDef


@cache
def documented() -> list[tuple[str, Documented, str]]:
    """Return each function and class that has a docstring: its place, itself and its docstring."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node, text)
        for folder in ("mnist_core", "pages")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, Documented) and (text := ast.get_docstring(node))
    ]


def listed(text: str, heading: str) -> list[str]:
    """Return the names below a heading of a docstring."""
    below = re.split(HEADINGS, text.partition(f"{heading}:\n")[2])[0]
    return re.findall(r"^    (\w+): ", below, re.MULTILINE)


def parameters(node: Documented) -> set[str]:
    """Return the parameters of a function, or of the class's own `__init__`; else its fields."""
    if isinstance(node, ast.ClassDef):
        inits = [one for one in node.body if getattr(one, "name", "") == "__init__"]
        if not inits:
            return names(node)
        (node,) = inits  # type: ignore[assignment]
    taken = node.args  # type: ignore[union-attr]
    every = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs, taken.vararg, taken.kwarg]
    return {one.arg for one in every if one}


def names(node: Documented) -> set[str]:
    """Return all names and attributes that the code of a class has."""
    inside = list(ast.walk(node))
    return (
        {one.id for one in inside if isinstance(one, ast.Name)}
        | {one.attr for one in inside if isinstance(one, ast.Attribute)}
        | {one.name for one in inside if isinstance(one, ast.FunctionDef)}
    )


@pytest.mark.parametrize(("heading", "of"), [("Args", parameters), ("Attributes", names)])
def test_each_name_in_a_list_is_one_of_the_code(heading, of) -> None:
    found = [(place, node, listed(text, heading)) for place, node, text in documented()]
    assert sum(len(some) for _, _, some in found) > 100
    wrong = [
        f"{place}: {set(some) - of(node)}" for place, node, some in found if set(some) - of(node)
    ]
    assert wrong == []
