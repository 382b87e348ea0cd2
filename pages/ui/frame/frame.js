// Workarounds for faults of Streamlit's browser side, a function each: docs/streamlit.md describes the
// symptoms. Streamlit calls the last function after each run that changes the data; the state that
// outlives a run is kept with the window.

const lasting = (window.labFrame ??= {});

// Pictures and charts keep the colours of the mode in which the script drew them (streamlit#11920):
// the page runs again when its visitor switches between light and dark. The colour of an invisible
// element follows the theme, and the end of its transition is the sign.
function followMode(watched, mode, report) {
  watched.ontransitionend = () => {
    if (getComputedStyle(watched).colorScheme !== mode) report("mode", true);
  };
}

// A page stays unchanged when a lost server is back, though it may have been started anew (no issue
// yet): the page runs again.
function runAgainAfterLoss(report) {
  const app = document.querySelector("[data-testid=stApp]");
  let lost = false;
  lasting.connection?.disconnect();
  lasting.connection = new MutationObserver(() => {
    const connected = app.dataset.testConnectionState === "CONNECTED";
    if (connected && lost) report("back", true);
    lost = !connected;
  });
  lasting.connection.observe(app, { attributeFilter: ["data-test-connection-state"] });
}

// A page opens where the one before was scrolled to (no issue yet). On a fast machine that page is
// gone for a short time, which happens to lead to the top.
function openAtTop(page) {
  const before = lasting.page;
  lasting.page = page;
  if (before === undefined || before === page) return;
  document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
}

// A link within the page cannot call the script (it can only go to a heading): a touched term of the
// glossary is reported. One that was touched before this script was there stands at the end of the
// address.
function reportTouchedTerms(anchor, report) {
  const ask = (hash) => report("asked", decodeURIComponent(hash.slice(anchor.length)));
  document.removeEventListener("click", lasting.terms, true);
  lasting.terms = (event) => {
    const term = event.target.closest?.(`a[href^='${anchor}']`);
    if (!term) return;
    event.preventDefault();
    ask(term.hash);
  };
  document.addEventListener("click", lasting.terms, true);
  if (location.hash.startsWith(anchor)) {
    ask(location.hash);
    history.replaceState(history.state, "", location.pathname + location.search);
  }
}

// A screen reader says the name of a slider twice, "Pen width Pen width": its thumb has a label of
// its own and that of the group around it (no issue yet).
function nameSlidersOnce() {
  const mend = () => {
    document
      .querySelectorAll("input[type=range][aria-label][aria-labelledby]")
      .forEach((it) => it.removeAttribute("aria-labelledby"));
  };
  mend();
  lasting.sliders ??= new MutationObserver(mend);
  const changes = { childList: true, attributeFilter: ["aria-labelledby"], subtree: true };
  lasting.sliders.observe(document.body, changes);
}

// A file that is being sent only turns a wheel beside its size (no issue yet): say how much of it has
// been sent.
function showUploadShare() {
  if (lasting.uploads) return;
  lasting.uploads = true;
  const tell = (name, sent) => {
    const names = document.querySelectorAll("[data-testid=stFileChipName]");
    for (const it of [...names].filter((it) => it.title === name)) {
      if (sent === null) it.nextElementSibling?.removeAttribute("data-sent");
      else it.nextElementSibling?.setAttribute("data-sent", `${sent}% of `);
    }
  };
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

export default function ({ data, parentElement, setTriggerValue }) {
  followMode(parentElement.querySelector("i"), data.mode, setTriggerValue);
  runAgainAfterLoss(setTriggerValue);
  openAtTop(data.page);
  reportTouchedTerms(data.anchor, setTriggerValue);
  nameSlidersOnce();
  showUploadShare();
}
