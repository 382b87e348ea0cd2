// Follows a stroke while it is drawn: tells the lab of it a few times a second, and the canvas of
// its end. What the lab is told here is looked at and forgotten: the finished stroke comes with the
// drawing.

const EVERY = 200; // milliseconds between two reports, where the lab and the browser are quick
// Milliseconds after which a report without an answer is told again, first; then twice as long each
// time. Streamlit drops what is asked of a part of the page that it is just making anew.
const LOST = 3000;
const MOVES_OF_A_POINTER = ["mousemove", "touchmove"];

// The lab has answered; a slow device gets twice the time to draw before it is asked again.
function noteFollowed(state, number) {
  const last = state.moving;
  if (last && last.number === number && state.followed !== number) {
    last.took = performance.now() - last.time;
  }
  state.followed = number;
}

// Whether the last report was of this stroke, as it still is.
function isTold(last, points) {
  return last?.points === points && last.count === points.length;
}

function isDue(last, points) {
  if (!last) return true;
  const waited = performance.now() - last.time;
  if (isTold(last, points)) return last.took === undefined && waited > last.patience;
  if (last.took === undefined) return waited > 5 * EVERY;
  return waited >= (last.took < EVERY ? EVERY : 2 * last.took);
}

function tellMoving(state, points, send) {
  const before = state.moving;
  const again = isTold(before, points);
  const number = (before?.number ?? 0) + (again ? 0 : 1);
  const patience = again ? 2 * before.patience : LOST;
  state.moving = { number, patience, points, count: points.length, time: performance.now() };
  send({ number, points });
}

// Follows the pen from where it is set down until `signal` aborts.
function followMoving(state, canvas, signal, send) {
  const points = [];
  const add = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    const scale = state.data.width / box.width;
    points.push([(clientX - box.left) * scale, (clientY - box.top) * scale]);
  };
  for (const name of ["pointermove", "mousemove"]) {
    document.addEventListener(name, add, { capture: true, signal });
  }
  const timer = setInterval(() => {
    if (points.length > 1 && isDue(state.moving, points)) tellMoving(state, points, send);
  }, EVERY / 8);
  signal.addEventListener("abort", () => clearInterval(timer));
}

// The same event again, some pixels aside: a mouse's, or a finger's.
function again(event, aside) {
  const common = { bubbles: true, composed: true };
  if (event.type === "mousemove") {
    const { clientX, clientY } = event;
    return new MouseEvent("mousemove", { ...common, buttons: 1, clientX: clientX + aside, clientY });
  }
  const { identifier, target, clientX, clientY } = event.changedTouches[0];
  const touch = new Touch({ identifier, target, clientX: clientX + aside, clientY });
  return new TouchEvent("touchmove", { ...common, touches: [touch], changedTouches: [touch] });
}

// Fabric's pen leaves out the last point but one of every stroke: of a seven in two quick moves, its
// corner. So the end is told once more before the pen is lifted, after a step aside. Notes the last
// move until `signal` aborts; the function that it returns tells the end again.
function followEnd(canvas, signal) {
  let last = null;
  for (const name of MOVES_OF_A_POINTER) {
    const note = (event) => (last = event);
    document.addEventListener(name, note, { capture: true, signal });
  }
  return () => {
    if (!last) return;
    const end = last;
    for (const aside of [1, 0]) canvas.dispatchEvent(again(end, aside));
  };
}
