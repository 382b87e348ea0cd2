"""The networks that come with the lab, their stored figures, and the script that makes both."""

from mnist_core.models.digit_detector import digit_detector

__all__ = ["digit_detector"]
