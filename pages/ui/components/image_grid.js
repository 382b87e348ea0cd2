// Streamlit calls the default function with the first pictures and again with all later ones.

const STEPS = { ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: (n) => -n, ArrowDown: (n) => n };

function makeCells(grid, { names, captions }) {
  const cells = names.map((name, place) => {
    const cell = document.createElement("div");
    cell.className = "cell";
    cell.id = `cell-${place}`;
    cell.title = name;
    cell.setAttribute("role", "option");
    cell.setAttribute("aria-label", name);
    cell.append(part("picture", ""));
    if (captions.length) cell.append(part("caption", captions[place]));
    return cell;
  });
  grid.replaceChildren(...cells);
}

function part(kind, text) {
  const node = document.createElement("div");
  node.className = kind;
  node.textContent = text;
  return node;
}

// Each picture is its part of the sheet. CSS counts a background's position in shares of the room
// that the sheet has to move in: its own size less the cell's.
function placeSheet(grid, { columns, width, height, sheet_gap: gap }) {
  const rows = Math.ceil(grid.children.length / columns);
  const sheetWidth = columns * (width + gap) - gap;
  const sheetHeight = rows * (height + gap) - gap;
  const share = (offset, room) => (room ? (100 * offset) / room : 0);
  grid.querySelectorAll(".picture").forEach((picture, place) => {
    const left = (place % columns) * (width + gap);
    const top = Math.floor(place / columns) * (height + gap);
    picture.style.aspectRatio = `${width} / ${height}`;
    picture.style.backgroundSize = `${(100 * sheetWidth) / width}% ${(100 * sheetHeight) / height}%`;
    picture.style.backgroundPosition =
      `${share(left, sheetWidth - width)}% ${share(top, sheetHeight - height)}%`;
  });
}

function markChosen(grid, chosen) {
  [...grid.children].forEach((cell, place) =>
    cell.setAttribute("aria-selected", String(place === chosen)),
  );
}

// The cell that the arrow keys have reached. It need not be the chosen one.
function activate(grid, place) {
  grid.querySelector(".active")?.classList.remove("active");
  const cell = grid.children[place];
  cell.classList.add("active");
  grid.setAttribute("aria-activedescendant", cell.id);
}

function activePlace(grid) {
  return [...grid.children].indexOf(grid.querySelector(".active"));
}

function show(grid, style, data) {
  grid.setAttribute("aria-label", data.title);
  for (const name of ["accent", "text", "muted", "line", "columns"]) {
    grid.style.setProperty(`--${name}`, data[name]);
  }
  grid.style.setProperty("--narrowest", `${data.narrowest}px`);
  grid.style.setProperty("--gap", `${data.gap}px`);
  // Cells that are made anew between a press and its release would lose the click.
  const words = JSON.stringify([data.names, data.captions]);
  if (grid.words !== words) makeCells(grid, data);
  grid.words = words;
  placeSheet(grid, data);
  style.textContent = `.picture { background-image: url(${data.sheet}); }`;
  const keep = grid.parentElement.querySelector(".keep");
  keep.hidden = !data.file_name;
  keep.href = data.sheet;
  keep.download = data.file_name;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const grid = parentElement.querySelector(".grid");
  const style = parentElement.querySelector("style.sheet");

  const choose = (place) => {
    activate(grid, place);
    if (data.chosen !== null) markChosen(grid, place);
    setTriggerValue("touched", place);
    if (data.reveals) reveal(data.reveals);
  };

  grid.onclick = ({ target }) => {
    const cell = target.closest(".cell");
    if (cell) choose([...grid.children].indexOf(cell));
  };

  grid.onkeydown = (event) => {
    const across = getComputedStyle(grid).gridTemplateColumns.split(" ").length;
    const last = grid.children.length - 1;
    const now = activePlace(grid);
    const ends = { Home: 0, End: last };
    if (event.key === "Enter" || event.key === " ") choose(now);
    else if (event.key in ends) activate(grid, ends[event.key]);
    else if (event.key in STEPS) {
      const next = now + STEPS[event.key](across);
      if (next >= 0 && next <= last) activate(grid, next);
    } else return;
    event.preventDefault();
    grid.children[activePlace(grid)].scrollIntoView({ block: "nearest" });
  };

  // The old pictures stay until the browser has decoded the new ones, so nothing flickers.
  const sheet = new Image();
  grid.awaited = sheet;
  sheet.src = data.sheet;
  sheet.decode().then(() => {
    if (grid.awaited !== sheet) return; // newer pictures have come meanwhile
    const same = grid.shown === data.sheet && grid.children.length === data.names.length;
    const active = same ? activePlace(grid) : (data.chosen ?? 0);
    show(grid, style, data);
    markChosen(grid, data.chosen);
    activate(grid, active);
    grid.shown = data.sheet;
    grid.dataset.ready = "yes";
  });
}
