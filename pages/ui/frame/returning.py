"""Tell a visitor who comes back that the runs from before are gone."""

from pages.ui.frame import notices
from pages.ui.visit import current

GONE = (
    "The lab restarted, or you were away too long, so your earlier runs are gone. The "
    "settings and the drawing on this page are kept."
)


def tell_loss() -> None:
    """Flash the sentence once, if the server has forgotten the browser's visit."""
    if current.taken_loss():
        notices.flash(GONE, ":material/history:")
