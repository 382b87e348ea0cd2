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

// Milliseconds after which the lab has certainly seen a report, even if it does not say so.
const SEEN_AFTER = 500;

// By its root element, all that is known of a canvas that a visitor sees.
const canvases = new WeakMap();

function begin() {
  return {
    canvas: null, // the element that takes the pen
    data: null, // the newest from the lab; it may have to wait for the pen
    call: null, // the newest call of the component
    tell: null, // tells the lab of a stroke that is being drawn
    stroke: null, // settles when the pen is lifted
    sent: 0, // how many drawings were reported
    report: null, // of the last stroke: its number, and when it went out
    told: null, // the drawing that the canvas was last told to show, as text
    version: null, // of that drawing
    erases: [], // for each stroke on the canvas, whether it erases
    moving: null, // the last report of a moving stroke: its number, when it went out, how long it took
    followed: undefined, // the number of the last one that the lab has answered
  };
}

// Without this, a stroke is sent 0.2 seconds after the pen was lifted. The first button of the
// canvas's toolbar sends at once; the timeout lets the canvas make the stroke first.
function followStroke(state) {
  if (state.stroke) return;
  const { canvas, data, sent: after } = state;
  const listeners = new AbortController();
  const tellEnd = followEnd(canvas, listeners.signal);
  state.stroke = new Promise((finish) => {
    const lifted = () => {
      tellEnd();
      listeners.abort();
      setTimeout(() => {
        canvas.closest(".canvas-root").querySelector(".dc-toolbar button")?.click();
        state.report = { number: state.sent, time: performance.now() };
        state.stroke = null;
        if (state.sent === after) state.tell(null); // the pen has left nothing
        finish();
      });
    };
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, lifted, { capture: true, signal: listeners.signal });
    }
  });
  followMoving(state, canvas, listeners.signal, (report) =>
    state.tell({ ...report, width: data.strokeWidth, erases: data.erases, after }),
  );
}

function millisecondsUntilSeen({ report, data }) {
  if (!report || data.seen >= report.number) return 0;
  return report.time + SEEN_AFTER - performance.now();
}

// Another drawing from the lab waits until the pen is lifted, for the canvas would lose the stroke;
// and then until the lab has seen the stroke, for the canvas would report the drawing in its place.
// True if meanwhile the lab has not said anything newer.
async function waitForPen(state, version, call) {
  state.call = call;
  while (state.stroke) await state.stroke;
  while (state.version !== version && state.call === call) {
    const rest = millisecondsUntilSeen(state);
    if (rest <= 0 && !state.stroke) break;
    await (state.stroke ?? new Promise((wake) => setTimeout(wake, rest)));
  }
  return state.call === call;
}

// Ctrl+Z and Ctrl+Y press the page's own buttons, except while words are being edited.
function pressedButton({ key, ctrlKey, metaKey, shiftKey, target }, data) {
  if (!(ctrlKey || metaKey) || target.matches("input:not([type=range]), textarea")) return null;
  const redoes = key.toLowerCase() === "y" || (key.toLowerCase() === "z" && shiftKey);
  if (!redoes && key.toLowerCase() !== "z") return null;
  return document.querySelector(`.st-key-${redoes ? data.redo : data.undo} button`);
}

function followKeys(root, data) {
  const press = (event) => {
    if (!root.isConnected) return document.removeEventListener("keydown", press);
    const button = pressedButton(event, data);
    if (!button) return;
    event.preventDefault();
    button.click();
  };
  document.addEventListener("keydown", press);
}

function followPen(root, state) {
  root.addEventListener("pointerdown", ({ button, isPrimary }) => {
    if (button === 0 && isPrimary) followStroke(state);
  });
}

// Follows pen and keys, once for each root, and lets the keyboard draw, once for each canvas.
function follow(root, state) {
  const canvas = root.querySelector("[data-fabric=top]");
  if (canvas === state.canvas) return;
  if (!state.canvas) {
    followPen(root, state);
    followKeys(root, state.data);
  }
  state.canvas = canvas;
  canvas.setAttribute("role", "application");
  drawByKeys(canvas, state.data.keys);
}

// Says something over the paper, where nothing is drawn; also to who cannot see it.
function showHint(canvas, words) {
  const place = canvas.parentElement.querySelector(".lab-hint") ?? addNote(canvas, "lab-hint");
  place.setAttribute("role", "status");
  place.textContent = words;
}

function describe({ canvas }, data) {
  canvas.closest(".canvas-root").style.background = data.paper;
  canvas.setAttribute("aria-label", data.name);
  showHint(canvas, data.hint);
}

// The canvas loads a drawing only when its text has changed; its strokes are then those of the lab.
function noteDrawing(state, { erases, ...drawing }) {
  state.version = drawing.labVersion;
  const told = JSON.stringify(drawing);
  if (told === state.told) return drawing;
  state.told = told;
  state.erases = [...erases];
  return drawing;
}

// What the canvas shows, for the lab. Strokes that it has not reported before were drawn with the
// tool that it has: another one waits until the stroke is reported.
function reported(state, raw, tool) {
  state.sent += 1;
  while (state.erases.length < raw.objects.length) state.erases.push(tool);
  return { ...raw, erases: state.erases.slice(0, raw.objects.length), labReport: state.sent };
}

export default async function ({ data, parentElement: root, setStateValue }) {
  if (!canvases.has(root)) canvases.set(root, begin());
  const state = canvases.get(root);
  state.data = data;
  state.tell = (report) => setStateValue("moving", report);
  noteFollowed(state, data.followed);
  const { default: show } = await import(new URL(data.module, new URL(".", location.href)));
  const newest = await waitForPen(state, data.drawing.labVersion, {});
  if (!newest || !root.isConnected) return undefined;
  const dispose = show({
    parentElement: root,
    data: {
      ...CONSTANT,
      canvasWidth: data.width,
      canvasHeight: data.height,
      strokeWidth: data.strokeWidth,
      strokeColor: data.strokeColour,
      initialDrawing: noteDrawing(state, data.drawing),
    },
    setStateValue: (name, value) => {
      if (name === "drawing") setStateValue(name, reported(state, value.raw, data.erases));
    },
  });
  follow(root, state);
  describe(state, data);
  return () => {
    if (root.isConnected) return;
    dispose();
    state.told = null;
  };
}
