// Streamlit calls the default function with the first stages and again with all later ones.

const SHORTEST = 450; // milliseconds that each stage is shown while it plays

function paint(root, state) {
  const { data } = state;
  const [button, told, input] = ["button", ".told", "input"].map((it) => root.querySelector(it));
  for (const [name, colour] of Object.entries(data.colours)) {
    root.style.setProperty(`--${name}`, colour);
  }
  const name = data.names[Number(input.value)];
  const strong = document.createElement("strong");
  strong.textContent = name;
  told.replaceChildren(`${data.title}: `, strong);
  input.setAttribute("aria-valuetext", name);
  input.setAttribute("aria-label", data.title);
  button.textContent = state.playing ? "❚❚" : "▶";
  button.setAttribute("aria-label", state.playing ? "Pause" : "Play");
  button.title = state.playing ? "Pause" : "Play";
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".time");
  const input = root.querySelector("input");
  const state = (root.state ??= { playing: false, awaited: null, wanted: null, timer: 0, asked: 0 });
  const last = data.stages.length - 1;
  if (state.data && state.data.of !== data.of) {
    Object.assign(state, { playing: false, awaited: null, wanted: null });
  }
  state.data = data;

  // One move is under way at a time; of those that come meanwhile, the newest counts.
  const ask = (place) => {
    if (state.awaited !== null) {
      state.wanted = place;
      return;
    }
    state.awaited = place;
    state.asked = performance.now();
    setTriggerValue("moved", data.stages[place]);
  };

  const goOn = () => {
    clearTimeout(state.timer);
    if (!state.playing) return;
    if (Number(input.value) >= last) {
      state.playing = false;
      paint(root, state);
      return;
    }
    state.timer = setTimeout(
      () => {
        input.value = String(Number(input.value) + 1);
        paint(root, state);
        ask(Number(input.value));
      },
      Math.max(0, state.asked + SHORTEST - performance.now()),
    );
  };

  input.max = String(last);
  if (state.awaited === null || state.awaited === data.chosen) {
    const wanted = state.wanted;
    Object.assign(state, { awaited: null, wanted: null });
    if (wanted !== null && wanted !== data.chosen) ask(wanted);
    else {
      input.value = String(data.chosen);
      goOn();
    }
  }
  paint(root, state);

  input.oninput = () => {
    state.playing = false;
    clearTimeout(state.timer);
    paint(root, state);
    ask(Number(input.value));
  };

  root.querySelector("button").onclick = () => {
    state.playing = !state.playing;
    clearTimeout(state.timer);
    if (state.playing && Number(input.value) >= last) {
      input.value = "0";
      state.asked = performance.now();
      ask(0);
    } else goOn();
    paint(root, state);
  };

  return () => clearTimeout(state.timer);
}
