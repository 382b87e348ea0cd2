"""What a page says while the server does not respond, and what it does when it is back.

Streamlit opens a dialog then, with a command for its own developers or the question whether one is
connected to the internet. It is the browser's alone, so only a style can change its words. A dialog
of the lab's own has blocks in it, which this one has not.
"""

import streamlit as st

from pages.ui.unseen import unseen

TITLE = "The lab is not responding"

SENTENCES = (
    "Leave this page open: it tries again by itself, and keeps your settings and the drawing on "
    "screen. If the lab runs on this computer, start it again with make run or mnist-lab."
)

DIALOG = "[data-testid=stDialog]:not(:has([data-testid=stVerticalBlock])) [role=dialog]"

CSS = f"""
{DIALOG} [slot=title] {{ font-size: 0; }}
{DIALOG} [slot=title]::after {{ content: "{TITLE}"; font-size: 1.5rem; }}
{DIALOG} [slot=title] + div > * {{ display: none; }}
{DIALOG} [slot=title] + div::after {{ content: "{SENTENCES}"; }}
"""

JS = """
export default function ({ setTriggerValue }) {
  const app = document.querySelector("[data-testid=stApp]");
  let lost = false;
  window.labConnection?.disconnect();
  window.labConnection = new MutationObserver(() => {
    const connected = app.dataset.testConnectionState === "CONNECTED";
    if (connected && lost) setTriggerValue("back", true);
    lost = !connected;
  });
  window.labConnection.observe(app, { attributeFilter: ["data-test-connection-state"] });
}
"""

_watcher = st.components.v2.component("lab_unanswered", js=JS)


def mend() -> None:
    """Say it in words for everybody, and run the page again once the server is back.

    Streamlit itself leaves a page as it was, though the server may have been started anew.
    """
    with unseen("unanswered"):
        st.html(f"<style>{CSS}</style>")
        _watcher(key="lab_unanswered", on_back_change=lambda: None)
