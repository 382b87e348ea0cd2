"""What is said of settings that have no effect."""

from mnist_core.training.config import TrainingConfig


def unused_in_words(config: TrainingConfig) -> str:
    """One sentence that names each such setting, its value and what it needs; "" without any."""
    told = "; ".join(
        f"{name} {getattr(config, name)}, which needs {needed}"
        for name, needed in config.unused.items()
    )
    return f"Without effect in this training: {told}." if told else ""
