"""Damaged input of every kind is refused in a sentence; `python -m tests.fuzz` tries more of it."""

from pathlib import Path
from random import Random

import pytest

from mnist_core.errors import LabError
from tests.fuzz.hunting import CORPUS, trouble
from tests.fuzz.mutations import damaged, damaged_json
from tests.fuzz.targets import TARGETS, Target

FOUND = sorted(path for path in CORPUS.rglob("*") if path.is_file())
INPUTS = 60


def named(path: Path) -> str:
    return "/".join(path.parts[-2:])


@pytest.mark.parametrize("path", FOUND, ids=named)
def test_what_was_found_once_is_no_trouble_any_more(path: Path) -> None:
    assert trouble(TARGETS[path.parent.name], path.read_bytes()) is None


@pytest.mark.parametrize("kind", TARGETS)
def test_sound_hostile_and_damaged_input_is_accepted_or_refused(kind: str) -> None:
    target, random = TARGETS[kind], Random(kind)
    examples = target.examples()
    target.read(examples[0])
    inputs = [target.damage(random.choice(examples[:1]), random) for _ in range(INPUTS)]
    said = {trouble(target, content) for content in (*examples, *target.bombs(), *inputs)}
    assert said == {None}


def refuses(content: bytes) -> None:
    raise LabError(f"{len(content)} bytes are too many: send fewer.")


def stumbles(content: bytes) -> None:
    raise KeyError(content)


def rambles(_: bytes) -> None:
    raise LabError("one line\nand another")


def test_only_a_sentence_is_a_refusal() -> None:
    no_examples = tuple[bytes, ...]
    assert trouble(Target(len, no_examples), b"") is None
    assert trouble(Target(refuses, no_examples), b"") is None
    assert "KeyError" in (trouble(Target(stumbles, no_examples), b"a") or "")
    assert "no sentence" in (trouble(Target(rambles, no_examples), b"a") or "")


@pytest.mark.parametrize("damage", [damaged, damaged_json])
def test_damage_is_reproducible_and_nearly_always_visible(damage) -> None:  # type: ignore[no-untyped-def]
    content = b'{"points": [[1, 2], [3, 4.5]], "label": 3}'
    first, again = ([damage(content, Random(seed)) for seed in range(50)] for _ in range(2))
    assert first == again
    assert sum(one != content for one in first) >= 45
