"""Shows how much of a file has been uploaded; Streamlit only turns a wheel beside its size."""

import streamlit as st

from pages.ui.unseen import unseen

JS = """
function tell(name, sent) {
  const names = document.querySelectorAll("[data-testid=stFileChipName]");
  for (const it of [...names].filter((it) => it.title === name)) {
    if (sent === null) it.nextElementSibling?.removeAttribute("data-sent");
    else it.nextElementSibling?.setAttribute("data-sent", `${sent}% of `);
  }
}

export default function () {
  if (window.labUploadShare) return;
  window.labUploadShare = true;
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    const parts = body instanceof FormData ? [...body.values()] : [];
    const file = parts.find((it) => it instanceof File);
    if (file) {
      this.upload.addEventListener("progress", ({ loaded, total }) =>
        tell(file.name, Math.floor((100 * loaded) / total)));
      this.addEventListener("loadend", () => tell(file.name, null));
    }
    return send.call(this, body);
  };
}
"""

CSS = "<style>[data-sent]::before { content: attr(data-sent); }</style>"

_teller = st.components.v2.component("lab_upload_share", js=JS)


def tell() -> None:
    """Show it for every file that is uploaded on this page."""
    with unseen("upload_share"):
        st.html(CSS)
        _teller()
