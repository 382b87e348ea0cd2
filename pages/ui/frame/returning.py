"""Tells visitors who come back that what they made before is gone."""

from pages.ui.frame import notices
from pages.ui.visit import current

GONE = (
    "The lab restarted, or you were away too long, so your earlier runs are gone. The "
    "settings and the drawing on this page are kept."
)


def tell_loss() -> None:
    """Say so once, where the server keeps the browser's visit no longer; for the frame."""
    if current.taken_loss():
        notices.flash(GONE, ":material/history:")
