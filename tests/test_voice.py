"""What visitors read keeps the voice of CONTRIBUTING.md: what was put right does not come back.

Looked through are the string literals of the pages and of the core (a value inside one counts as
`{}`), those of the pages' scripts for the browser, and the README. Docstrings and comments are the
code's own words.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]


class Phrase(NamedTuple):
    """What is not said, as a regular expression; what is said instead; and an example of each."""

    refused: str
    instead: str
    bad: str
    good: str


PHRASES = (
    Phrase(
        r"(?<!here )\b(?:is|are|was|were) no (?:digits?|drawing|range)\b",
        "is not a digit",
        "One of them is no digit.",
        "One of them is not a digit. There is no digit on the paper.",
    ),
    Phrase(
        r"(?:,|\bonly|\bdigit)\*{0,2} to \*{0,2}(?:\d[\d.]*\s?%|\{\})",
        "how sure it is in brackets: a 7 (99%); 99% sure",
        "It takes this for a 7, to {}.",
        "It reads this as a 7 (99%). The figure rose from 42% to 64%.",
    ),
    Phrase(
        r"[A-Za-z] learnt\b|\b[Ll]earnt (?:from|by|to|already)\b|\bLearnt\b",
        "learned",
        "pictures that it has not learnt from",
        "pictures it has never learned from",
    ),
    Phrase(
        r"\bof its kind\b",
        "a class or a row by its name: % of each row",
        "In 100 of its kind",
        "% of each row",
    ),
    Phrase(
        r"(?<!out )(?:\d|\{\}|one|many) of (?:all )?100\b(?!%)",
        "97.6%, and of whole numbers in prose: 98 out of 100",
        "It reads 97.6 of 100.",
        "It reads 97.6% correctly, about 98 out of 100.",
    ),
    Phrase(
        r"(?:\d|\{\}) in 100\b",
        "%; for differences, percentage points",
        "by {} in 100 pictures",
        "by {} percentage points",
    ),
    Phrase(
        r"\btimes of (?:ten|10)\b",
        "times out of ten",
        "right nine times of ten",
        "right nine times out of ten",
    ),
    Phrase(
        r"(?:\d|\{\})\*{0,2} %(?=[\s.,;:)*]|$)(?! [{\d(])",
        "80%, without a space",
        "it is 80 % sure",
        "it is 80% sure; 7 % 2",
    ),
    Phrase(
        r"\bTouch (?:a|an|the|one|its)\b|, touch (?:a|the|one)\b",
        "Pick a picture, square, number or unit; press a button; drag a slider; open a tab",
        "Touch a picture.",
        "Pick a picture. Please touch.",
    ),
    Phrase(
        r"\b(?:speaks? (?:for|against|loudest)|listens? to|hears? (?:of|most)|they hear)\b",
        "only the network answers; units get numbers, respond, and vote for or against an answer",
        "Whom unit 4 listens to",
        "What unit 4 gets its input from",
    ),
    Phrase(
        r"\b(?:development|dev) (?:set|pictures?|images?)\b",
        "practice exam or practice pictures (validation set)",
        "the development set",
        "the practice exam (validation set)",
    ),
    Phrase(
        r"\b[Mm](?:ak(?:e|es|ing)|ade) (?:a|one|no|its|\{\}|[\d,]+) (?:\w+ )?steps?\b",
        "steps are taken",
        "Make a step",
        "Take a step",
    ),
    Phrase(
        r"\bwith your own hand\b",
        "Draw a digit yourself",
        "Draw with your own hand",
        "Draw a digit yourself",
    ),
    Phrase(
        r"\bthose first\b",
        "the order last: surest first",
        "those first that it was surest of",
        "surest first",
    ),
    Phrase(
        r"\bwhoever (?:guesses|is in)\b",
        "a noun, or “anyone who”",
        "whoever guesses has 2.30",
        "pure guessing gives 2.30",
    ),
    Phrase(
        r"\bbr(?:oke|oken|eaks) off\b|\ball bounds\b",
        "blew up (numbers out of bounds), failed or stopped",
        "It broke off.",
        "It blew up.",
    ),
    Phrase(
        r"\bslider (?:\*\*)?through time\b|\bIts learning\b",
        "Training replay",
        "Move the slider **through time**",
        "Drag the **Training replay** slider",
    ),
    Phrase(
        r"\bfor ever\b|\bthousand million\b",
        "forever, billion",
        "learning takes for ever",
        "learning takes forever",
    ),
    Phrase(
        r"(?<!/)\b(?:regularis|maximis|memoris|minimis|quantis|generalis|initialis)\w*",
        "-ize, as in every textbook",
        "activation maximisation",
        "activation maximization",
    ),
)

RENAMED = {
    "Words": "Glossary",
    "Be shown around": "Take a tour",
    "For an audience": "Presentation mode",
    "Take it along": "Export",
    "Keep all as a file": "Export all runs",
    "Put the controls to them": "Apply these settings",
    "Where to begin": "Start from",
    "Or take a lesson": "Or watch a run go wrong",
    "Hold": "Pause",
    "First weights": "Starting weights",
    "Measure every": "Steps between measurements",
    "Let it go on": "Continue training",
    "Change one knob": "Reuse these settings",
    "Start over": "Run again",
    "Back to its best": "Restore the best",
    "Stop at its best": "Stop and keep the best",
    "Differences against": "Compare with",
    "Along the bottom": "Horizontal axis",
    "Zoom to the end": "Zoom in on mistakes (log scale)",
    "What to watch beside the curve": "Also show",
    "Make a run of a trial": "Train one of these for real",
    "No pen at hand?": "Use a photo or a sample",
    "Keep or show it": "Save or share",
    "Save as a picture": "Save picture",
    "Who reads?": "Which network reads?",
    "How thick is the pen?": "Pen width",
    "Keep it as a network of mine": "Save as my network",
    "Undo all of it": "Reset",
    "Who sleeps?": "Units that no longer learn",
    "At once": "Per page",
    "Back in order": "Original order",
    "Turn to page": "Go to page",
    "Middle one": "Median",
    "What silence gains": "What staying silent gains",
    "Could you have told?": "Could you do better?",
}
"""Labels of controls and headings that had another name, and the name that they have."""

STORED: set[str] = set()
"""Literals that stay because a file or an address holds them; pages show another name."""


TASK = r"(?:Below|Clear|Drag|Draw|Let|Move|Open|Pick|Press|Touch) "
"""How the task of a step of a tour begins."""

NO_LABELS = {"7", "unit"}
"""What a task sets in bold that is no control."""


class Shown(NamedTuple):
    """A text that a visitor may read, and the file and line in which it begins."""

    place: str
    text: str


class Literals(ast.NodeVisitor):
    """Gathers the string literals of a module, a docstring not among them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.found: list[Shown] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._add(node, node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                form = ast.unparse(part.format_spec) if part.format_spec else ""
                parts.append("{}%" if form.endswith(("%'", '%"')) else "{}")
                self.visit(part.value)
            elif isinstance(part, ast.Constant):
                parts.append(str(part.value))
        self._add(node, "".join(parts))

    def _add(self, node: ast.expr, text: str) -> None:
        self.found.append(Shown(f"{self._file}:{node.lineno}", " ".join(text.split())))


def of_python(file: str, source: str) -> list[Shown]:
    """The string literals of a module, docstrings excluded, each in one line."""
    literals = Literals(file)
    literals.visit(ast.parse(source))
    return literals.found


def of_script(file: str, source: str) -> Iterator[Shown]:
    """The strings in double quotes and backticks of a script for the browser."""
    for number, line in enumerate(source.splitlines(), 1):
        for text in re.findall(r'"([^"]*)"|`([^`]*)`', line.partition("// ")[0]):
            yield Shown(f"{file}:{number}", "".join(text))


def of_readme(file: str, source: str) -> Iterator[Shown]:
    """The paragraphs of a text, each in one line."""
    number = 1
    for paragraph in source.split("\n\n"):
        yield Shown(f"{file}:{number}", " ".join(paragraph.split()))
        number += paragraph.count("\n") + 2


@cache
def shown() -> tuple[Shown, ...]:
    """Everything that a visitor may read."""
    found: list[Shown] = []
    for path in sorted([*ROOT.glob("pages/**/*.*"), *ROOT.glob("mnist_core/**/*.py")]):
        file = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py":
            found += of_python(file, path.read_text("utf-8"))
        elif path.suffix == ".js":
            found += of_script(file, path.read_text("utf-8"))
    found += of_readme("README.md", (ROOT / "README.md").read_text("utf-8"))
    return tuple(one for one in found if one.text not in STORED)


def label(text: str) -> str:
    """A label without its icon."""
    return re.sub(r"^:material/\w+: ", "", text)


def as_label(old: str) -> re.Pattern[str]:
    """Where a text is a label, or quotes it in bold or, in HTML, between tags."""
    return re.compile(rf"^{re.escape(old)}$|\*\*{re.escape(old)}\*\*|>{re.escape(old)}<")


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.bad)
def test_a_phrase_that_was_put_right_does_not_come_back(phrase: Phrase) -> None:
    wrong = [one for one in shown() if re.search(phrase.refused, one.text)]
    told = "".join(f"\n  {one.place}: {one.text[:300]}" for one in wrong)
    assert not wrong, f"Say instead: {phrase.instead} ({phrase.good!r}).{told}"


def test_a_control_keeps_the_name_that_every_program_has_for_it() -> None:
    wrong = [
        f"\n  {one.place}: {old!r} is now {new!r}"
        for old, new in RENAMED.items()
        for one in shown()
        if as_label(old).search(label(one.text))
    ]
    assert not wrong, "".join(wrong)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.bad)
def test_each_phrase_is_found_and_its_remedy_is_not(phrase: Phrase) -> None:
    assert re.search(phrase.refused, phrase.bad)
    assert not re.search(phrase.refused, phrase.good)


def test_literals_are_looked_through_and_docstrings_are_not() -> None:
    source = '''
"""Of a module."""
LIMIT = 3
"""Of a constant."""
def told(share, which):
    """Of a function."""
    return f"reads {share * 100:.1f} of " f"100 {'right' if which else 'wrong'}, {share:.0%}"
'''
    texts = [one.text for one in of_python("it.py", source)]
    assert sorted(texts) == ["reads {} of 100 {}, {}%", "right", "wrong"]
    (script,) = of_script("it.js", 'button.title = "Hold"; // "not this"')
    assert script == Shown("it.js:1", "Hold")
    assert as_label("Hold").search(label(":material/pause: Hold"))
    assert not as_label("Hold").search("Hold a written digit up to the camera")
    assert as_label("Hold").search("Press **Hold**.")
    assert len(shown()) > 5_000, "the lab's own are found"


def test_the_tours_quote_labels_that_stand_on_the_pages() -> None:
    tours = "pages/ui/guide/"
    quoted = {
        (step.place, name)
        for step in shown()
        if step.place.startswith(tours) and re.match(TASK, step.text)
        for name in re.findall(r"\*\*([^*]+)\*\*", step.text)
        if name not in NO_LABELS
    }
    assert len(quoted) > 10
    there_are = {label(one.text) for one in shown() if not one.place.startswith(tours)}
    assert {(place, name) for place, name in quoted if name not in there_are} == set()


def test_the_glossary_names_what_is_in_the_code() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = [line.split("|") for line in glossary.splitlines() if line.startswith("|")]
    names = {name for row in rows for name in re.findall(r"`(\w+)`", row[3])}
    assert len(names) > 50
    code = "".join(
        path.read_text("utf-8")
        for top in ("pages", "mnist_core")
        for path in (ROOT / top).rglob("*.py")
    )
    assert names <= set(re.findall(r"\w+", code))
