// Follows a stroke while it is drawn: tells the lab of it a few times a second, and the canvas of
// its end. What the lab is told here is looked at and forgotten: the finished stroke comes with the
// drawing.

const EVERY = 200; // milliseconds between two reports, where the lab and the browser are quick
const MOVES_OF_A_POINTER = ["mousemove", "touchmove"];

// The lab has answered; a slow device gets twice the time to draw before it is asked again.
function noteFollowed(state, number) {
  const last = state.moving;
  if (last && last.number === number && state.followed !== number) {
    last.took = performance.now() - last.time;
  }
  state.followed = number;
}

function isDue(last, points) {
  if (!last) return true;
  if (points.length === last.count) return false;
  const waited = performance.now() - last.time;
  if (last.took === undefined) return waited > 5 * EVERY;
  return waited >= (last.took < EVERY ? EVERY : 2 * last.took);
}

function tellMoving(state, points, send) {
  const number = (state.moving?.number ?? 0) + 1;
  state.moving = { number, time: performance.now(), count: points.length };
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
