// Tells the lab of a stroke while the pen still draws it, a few times a second. What is told here is
// looked at and forgotten: the finished stroke comes with the drawing.

const EVERY = 200; // milliseconds between two reports, where the lab and the browser are quick
const followed = new WeakMap(); // the number of the last report that the lab has answered
const told = new WeakMap(); // the last report: its number, when it went out, how long it took

// The lab has answered; a slow device gets twice the time to draw before it is asked again.
function noteFollowed(root, number) {
  const last = told.get(root);
  if (last && last.number === number && followed.get(root) !== number) {
    last.took = performance.now() - last.time;
  }
  followed.set(root, number);
}

function isDue(root, points) {
  const last = told.get(root);
  if (!last) return true;
  if (points.length === last.count) return false;
  const waited = performance.now() - last.time;
  if (last.took === undefined) return waited > 5 * EVERY;
  return waited >= (last.took < EVERY ? EVERY : 2 * last.took);
}

function tellMoving(root, points, send) {
  const number = (told.get(root)?.number ?? 0) + 1;
  told.set(root, { number, time: performance.now(), count: points.length });
  send({ number, points });
}

// Follows the pen from where it is set down until `lifted` settles.
function followMoving(root, canvas, width, lifted, send) {
  const points = [];
  const add = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    const scale = width / box.width;
    points.push([(clientX - box.left) * scale, (clientY - box.top) * scale]);
  };
  const listeners = new AbortController();
  for (const name of ["pointermove", "mousemove"]) {
    document.addEventListener(name, add, { capture: true, signal: listeners.signal });
  }
  const timer = setInterval(() => {
    if (points.length > 1 && isDue(root, points)) tellMoving(root, points, send);
  }, EVERY / 8);
  lifted.then(() => {
    clearInterval(timer);
    listeners.abort();
  });
}
