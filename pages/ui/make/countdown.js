// By its root element, what a countdown waits for: its data, and the animation that is the wait.
const countdowns = new WeakMap();

function stop(state) {
  state.wait?.cancel();
  state.wait = null;
}

function start(state) {
  stop(state);
  const { drawing, button, seconds } = state.data;
  if (!drawing) return;
  const wait = state.bar.animate([{ width: "100%" }, { width: "0" }], 1000 * seconds);
  state.wait = wait;
  wait.onfinish = () => document.querySelector(`.st-key-${button} button`)?.click();
}

// While the pen is down nothing is counted; a pen of the keyboard may be anywhere.
function follow(root, state) {
  const isOurs = ({ target }) => target.closest?.(`.st-key-${state.data.canvas}`);
  const listeners = new AbortController();
  const listen = (name, react) =>
    document.addEventListener(
      name,
      (event) => {
        if (!root.isConnected) listeners.abort();
        else react(event);
      },
      { capture: true, signal: listeners.signal },
    );
  listen("pointerdown", (event) => {
    if (!isOurs(event)) return;
    state.down = true;
    stop(state);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    listen(end, () => {
      if (!state.down) return;
      state.down = false;
      start(state);
    });
  }
  listen("keydown", (event) => {
    if (isOurs(event) && event.key !== "Enter") start(state);
  });
}

export default function ({ data, parentElement: root }) {
  const bar = root.querySelector("i");
  const state = countdowns.get(root) ?? { down: false, wait: null };
  const before = state.data?.drawing;
  Object.assign(state, { data, bar });
  if (!countdowns.has(root)) {
    countdowns.set(root, state);
    follow(root, state);
  }
  if (data.drawing === before || state.down) return;
  start(state);
}
