"""The one error whose message visitors and users read: a plain sentence instead of a traceback."""


class LabError(ValueError):
    """An input that cannot be used. The message names the thing, its value and the remedy."""
