// Shows the canvas of streamlit-drawable-canvas, and updates it without replacing it.
//
// Streamlit calls the component for every change of `data`. It calls the returned clean-up function
// when the canvas leaves the page, but also if one change overtakes another, as while a slider is
// dragged. The package's own component then disposes of its canvas and builds another, which loses
// the drawing. Here a canvas is disposed of only if it is no longer on the page.

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

// Milliseconds after which a report counts as seen by the server even without an acknowledgement.
const SEEN_AFTER = 500;

// The state of each canvas, by its root element.
const canvases = new WeakMap();

function begin() {
  return {
    canvas: null, // the element that receives pointer events
    data: null, // the newest data of the server, which may have to wait for the pen
    call: null, // the newest call of the component
    tell: null, // sends an unfinished stroke to the server
    stroke: null, // a promise that settles when the pen is lifted
    sent: 0, // the number of reported drawings
    report: null, // the report of the last stroke: its number and time
    told: null, // the JSON of the drawing that the canvas was given last
    version: null, // the version of that drawing
    erases: [], // a flag for each stroke on the canvas: true for the eraser
    moving: null, // the last report of an unfinished stroke: number, time, duration of the answer
    followed: undefined, // the number of the last such report that the server has answered
  };
}

// Reports a stroke at once. The canvas would do so 0.2 seconds after the pen was lifted; the first
// button of its toolbar does so without a delay. The timeout lets the canvas add the stroke first.
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
        if (state.sent === after) state.tell(null); // no stroke was added
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

// Delays a new drawing of the server until the pen is lifted, because the canvas would lose the
// stroke, and then until the server has seen the stroke, because the canvas would report the
// drawing in its place. Resolves to true if no newer call has come meanwhile.
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

// Returns the button of the page that Ctrl+Z or Ctrl+Y presses; none while text is being edited.
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

// Listens to pen and shortcuts, once per root, and to the keyboard's pen, once per canvas.
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

// Shows words over the paper, and announces them to screen readers.
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

// Notes the server's drawing, which the canvas loads only if its JSON has changed.
function noteDrawing(state, { erases, ...drawing }) {
  state.version = drawing.labVersion;
  const told = JSON.stringify(drawing);
  if (told === state.told) return drawing;
  state.told = told;
  state.erases = [...erases];
  return drawing;
}

// Adds the eraser flags and a number to the canvas's report. New strokes were drawn with the
// present tool, because a change of the tool waits until the stroke is reported.
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
