"""The one error that the lab shows to people: a plain sentence, never a traceback."""


class LabError(ValueError):
    """Something the user gave cannot be used. The message names it, its value and the remedy."""
