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

// Without this, a stroke is sent 0.2 seconds after the pen was lifted. The first button of the
// canvas's toolbar sends at once; the timeout lets the canvas make the stroke first.
//
// What the lab says meanwhile waits for the end of the stroke, which the canvas would lose.
function followStroke(root) {
  if (strokes.has(root)) return;
  const listeners = new AbortController();
  const stroke = new Promise((finish) => {
    const lifted = () => {
      listeners.abort();
      setTimeout(() => {
        root.querySelector(".dc-toolbar button")?.click();
        strokes.delete(root);
        finish();
      });
    };
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, lifted, { capture: true, signal: listeners.signal });
    }
  });
  strokes.set(root, stroke);
}

function sendEachStroke(root) {
  if (prepared.has(root)) return;
  prepared.add(root);
  root.addEventListener("pointerdown", () => followStroke(root));
}

function describe(root, data) {
  root.querySelector(".canvas-root").style.background = data.paper;
  const canvas = root.querySelector("[data-fabric=top]");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.name);
}

export default async function ({ data, parentElement, setStateValue }) {
  const { default: show } = await import(new URL(data.module, new URL(".", location.href)));
  await strokes.get(parentElement);
  if (!parentElement.isConnected) return undefined;
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
      if (name === "drawing") setStateValue(name, value.raw);
    },
  });
  sendEachStroke(parentElement);
  describe(parentElement, data);
  return () => {
    if (!parentElement.isConnected) dispose();
  };
}
