"""Words in tables that people open with a spreadsheet, which runs cells that begin as formulas do.

See <https://owasp.org/www-community/attacks/CSV_Injection>.
"""

import re

FORMULA = re.compile(r"[=+\-@\t\r]")
"""How a cell begins that a spreadsheet takes for a formula."""

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")


def guarded(word: str) -> str:
    """Write a word as a cell: an apostrophe before a formula, quotes where it needs them."""
    shown = f"'{word}" if FORMULA.match(word) and not NUMBER.fullmatch(word) else word
    if any(mark in shown for mark in ',;"\n\r'):
        return '"' + shown.replace('"', '""') + '"'
    return shown


def unguarded(cell: str) -> str:
    """Read a cell that `guarded` has written, its quotes already taken away."""
    return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
