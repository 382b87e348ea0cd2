// Shows the canvas of streamlit-drawable-canvas, and changes it where it stands.
//
// Streamlit calls this for every change of `data`, and calls the function that it returns when the
// canvas leaves the page, but also whenever one change overtakes another, as while a slider moves.
// The package's own component then disposes of its canvas and builds another, which loses the
// drawing. Here a canvas is disposed of only once it is no longer on the page.

const CONSTANT = {
  drawingMode: "freedraw",
  backgroundColor: "",
  backgroundImageURL: null,
  backgroundImageFit: "stretch",
  fillColor: "",
  fontSize: 20,
  label: "",
  displayRadius: 3,
  maxDisplayHeight: null,
  returnImageData: false,
  realtimeUpdateStreamlit: true,
  disabled: false,
};

const prepared = new WeakSet();
const strokes = new WeakMap();
const sent = new WeakMap();
const reports = new WeakMap();
const versions = new WeakMap();
const calls = new WeakMap();
const shown = new WeakMap(); // the newest data of a canvas
const tellers = new WeakMap(); // what tells the lab of a stroke that is being drawn

// Milliseconds after which the lab has certainly seen a report, even if it does not say so.
const SEEN_AFTER = 500;
const listening = new WeakSet();

// Without this, a stroke is sent 0.2 seconds after the pen was lifted. The first button of the
// canvas's toolbar sends at once; the timeout lets the canvas make the stroke first.
function followStroke(root) {
  if (strokes.has(root)) return;
  const listeners = new AbortController();
  const before = sent.get(root) ?? 0;
  const canvas = root.querySelector("[data-fabric=top]");
  const tellEnd = followEnd(canvas, listeners.signal);
  const stroke = new Promise((finish) => {
    const lifted = () => {
      tellEnd();
      listeners.abort();
      setTimeout(() => {
        root.querySelector(".dc-toolbar button")?.click();
        const number = sent.get(root) ?? 0;
        reports.set(root, { number, time: performance.now() });
        strokes.delete(root);
        if (number === before) tellers.get(root)(null); // the pen has left nothing
        finish();
      });
    };
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, lifted, { capture: true, signal: listeners.signal });
    }
  });
  strokes.set(root, stroke);
  const { width, strokeWidth, erases } = shown.get(root);
  followMoving(root, canvas, width, stroke, (report) =>
    tellers.get(root)({ ...report, width: strokeWidth, erases, after: before }),
  );
}

function sendEachStroke(root) {
  if (prepared.has(root)) return;
  prepared.add(root);
  root.addEventListener("pointerdown", ({ button, isPrimary }) => {
    if (button === 0 && isPrimary) followStroke(root);
  });
}

function millisecondsUntilSeen(root, seen) {
  const report = reports.get(root);
  if (!report || seen >= report.number) return 0;
  return report.time + SEEN_AFTER - performance.now();
}

// Another drawing from the lab waits until the pen is lifted, for the canvas would lose the stroke;
// and then until the lab has seen the stroke, for the canvas would report the drawing in its place.
// True if meanwhile the lab has not said anything newer.
async function waitForPen(root, data, call) {
  calls.set(root, call);
  while (strokes.has(root)) await strokes.get(root);
  while (versions.get(root) !== data.drawing.labVersion) {
    const rest = millisecondsUntilSeen(root, data.seen);
    if (rest <= 0 && !strokes.has(root)) break;
    await (strokes.get(root) ?? new Promise((wake) => setTimeout(wake, rest)));
  }
  return calls.get(root) === call;
}

// Ctrl+Z and Ctrl+Y press the page's own buttons, except while words are being edited.
function pressedButton({ key, ctrlKey, metaKey, shiftKey, target }, data) {
  if (!(ctrlKey || metaKey) || target.matches("input:not([type=range]), textarea")) return null;
  const redoes = key.toLowerCase() === "y" || (key.toLowerCase() === "z" && shiftKey);
  if (!redoes && key.toLowerCase() !== "z") return null;
  return document.querySelector(`.st-key-${redoes ? data.redo : data.undo} button`);
}

function followKeys(root, data) {
  if (listening.has(root)) return;
  listening.add(root);
  const press = (event) => {
    if (!root.isConnected) return document.removeEventListener("keydown", press);
    const button = pressedButton(event, data);
    if (!button) return;
    event.preventDefault();
    button.click();
  };
  document.addEventListener("keydown", press);
}

// Says something over the paper, where nothing is drawn; also to who cannot see it.
function showHint(canvas, words) {
  const place = canvas.parentElement.querySelector(".lab-hint") ?? addNote(canvas, "lab-hint");
  place.setAttribute("role", "status");
  place.textContent = words;
}

function describe(root, data) {
  root.querySelector(".canvas-root").style.background = data.paper;
  const canvas = root.querySelector("[data-fabric=top]");
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", data.name);
  drawByKeys(canvas, data.keys);
  showHint(canvas, data.hint);
}

export default async function ({ data, parentElement, setStateValue }) {
  shown.set(parentElement, data);
  tellers.set(parentElement, (report) => setStateValue("moving", report));
  noteFollowed(parentElement, data.followed);
  const { default: show } = await import(new URL(data.module, new URL(".", location.href)));
  const newest = await waitForPen(parentElement, data, {});
  if (!newest || !parentElement.isConnected) return undefined;
  versions.set(parentElement, data.drawing.labVersion);
  const dispose = show({
    parentElement,
    data: {
      ...CONSTANT,
      canvasWidth: data.width,
      canvasHeight: data.height,
      strokeWidth: data.strokeWidth,
      strokeColor: data.strokeColour,
      initialDrawing: data.drawing,
    },
    setStateValue: (name, value) => {
      if (name !== "drawing") return;
      const labReport = (sent.get(parentElement) ?? 0) + 1;
      sent.set(parentElement, labReport);
      setStateValue(name, { ...value.raw, labReport });
    },
  });
  sendEachStroke(parentElement);
  followKeys(parentElement, data);
  describe(parentElement, data);
  return () => {
    if (!parentElement.isConnected) dispose();
  };
}
