// Fabric's pen leaves out the last point but one of every stroke: of a seven in two quick moves, its
// corner. So a stroke's end is told once more before the pen is lifted, after a step aside.

const MOVES_OF_A_POINTER = ["mousemove", "touchmove"];

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

// Notes the last move until `signal` aborts; the function that it returns tells the end again.
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
