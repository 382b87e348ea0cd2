// Follows a stroke while it is drawn: reports it to the server a few times a second, and its end to
// the canvas. The server reads these reports and forgets them: the finished stroke is reported with
// the drawing.

const EVERY = 200; // milliseconds between two reports if server and browser are quick
// Milliseconds after which an unanswered report is repeated, doubled each time. Streamlit drops a
// message to a fragment that it is just drawing again.
const LOST = 3000;
const MOVES_OF_A_POINTER = ["mousemove", "touchmove"];

// Notes the duration of the server's answer: a slow one doubles the time to the next report.
function noteFollowed(state, number) {
  const last = state.moving;
  if (last && last.number === number && state.followed !== number) {
    last.took = performance.now() - last.time;
  }
  state.followed = number;
}

// Returns whether the last report has all points of this stroke.
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

// Reports the points of the pen's path until `signal` aborts.
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

// Copies the event of a mouse or a finger, shifted by some pixels.
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

// Notes the last move until `signal` aborts, and returns a function that repeats it for the canvas.
// Fabric drops the last point but one of every stroke, such as the corner of a seven in two quick
// moves. So before the pen is lifted, its end is sent again, after a step aside.
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
