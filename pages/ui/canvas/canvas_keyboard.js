// A pen for the keyboard: on the focused canvas, the arrow keys move it, and space sets it down or
// lifts it. The canvas knows only pointers, so it is sent the events of a mouse.

const STEP = 8;
const FINE_STEP = 2;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Adds an element over the canvas.
function addNote(canvas, name) {
  const note = document.createElement("div");
  note.className = name;
  canvas.parentElement.append(note);
  return note;
}

function makePen(canvas) {
  const mark = addNote(canvas, "lab-pen");
  return { x: canvas.width / 2, y: canvas.height / 2, down: false, mark };
}

function showPen(canvas, pen) {
  pen.mark.style.left = `${(100 * pen.x) / canvas.width}%`;
  pen.mark.style.top = `${(100 * pen.y) / canvas.height}%`;
  pen.mark.dataset.down = pen.down;
}

function tellCanvas(canvas, pen, ...names) {
  const box = canvas.getBoundingClientRect();
  const place = {
    clientX: box.left + (pen.x * box.width) / canvas.width,
    clientY: box.top + (pen.y * box.height) / canvas.height,
    button: 0,
    buttons: pen.down ? 1 : 0,
    isPrimary: true,
    bubbles: true,
    composed: true,
  };
  for (const name of names) {
    const kind = name.startsWith("pointer") ? PointerEvent : MouseEvent;
    canvas.dispatchEvent(new kind(name, place));
  }
}

function setDown(canvas, pen, down) {
  if (pen.down === down) return;
  pen.down = down;
  if (down) tellCanvas(canvas, pen, "pointerdown", "mousedown");
  else tellCanvas(canvas, pen, "pointerup", "mouseup");
}

function movePen(canvas, pen, [across, along], step) {
  pen.x = Math.min(canvas.width, Math.max(0, pen.x + across * step));
  pen.y = Math.min(canvas.height, Math.max(0, pen.y + along * step));
  tellCanvas(canvas, pen, "mousemove");
}

// Lets the keyboard draw on a canvas. An explanation of the keys is visible while the canvas has
// the keyboard's focus, until a key is pressed.
function drawByKeys(canvas, words) {
  const pen = makePen(canvas);
  canvas.tabIndex = 0;
  canvas.setAttribute("aria-description", words);
  const help = addNote(canvas, "lab-keys");
  help.ariaHidden = "true";
  help.textContent = words;
  canvas.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if ((!move && event.key !== " ") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    help.hidden = true;
    if (move) movePen(canvas, pen, move, event.shiftKey ? FINE_STEP : STEP);
    else setDown(canvas, pen, !pen.down);
    showPen(canvas, pen);
  });
  canvas.addEventListener("blur", () => {
    help.hidden = false;
    setDown(canvas, pen, false);
  });
  showPen(canvas, pen);
}
