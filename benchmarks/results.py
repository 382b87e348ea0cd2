"""The file of results, in which each command has a part of its own."""

from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"
HEADING = "# "


def keep(title: str, text: str) -> None:
    """Write a part to the file, in place of the one with the same title."""
    parts = RESULTS.read_text(encoding="utf-8").split(f"\n{HEADING}") if RESULTS.exists() else []
    named = dict(part.removeprefix(HEADING).split("\n", 1) for part in parts)
    named[title] = f"\n{text.strip()}\n"
    RESULTS.write_text(
        "\n".join(f"{HEADING}{name}\n{body}" for name, body in named.items()), encoding="utf-8"
    )
