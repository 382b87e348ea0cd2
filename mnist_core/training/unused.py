"""The warning about settings that have no effect."""

from mnist_core.training.config import TrainingConfig


def unused_in_words(config: TrainingConfig) -> str:
    """Name each such setting, its value and its condition in one sentence; "" without any."""
    clauses = "; ".join(
        f"{name} {getattr(config, name)}, which needs {needed}"
        for name, needed in config.unused.items()
    )
    return f"Without effect in this training: {clauses}." if clauses else ""
