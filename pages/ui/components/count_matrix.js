// Streamlit calls the default function with the first counts and again with all later ones.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function made(kind, role, text = "") {
  const node = document.createElement("div");
  node.className = kind;
  if (role) node.setAttribute("role", role);
  node.textContent = text;
  return node;
}

function at(node, row, column) {
  node.style.gridRow = row;
  node.style.gridColumn = column;
  return node;
}

// Two rows and two columns of titles, then a row and a column for each class.
function build(matrix, names) {
  const count = names.length;
  const head = made("row", "row");
  head.append(
    ...names.map((name, column) => at(made("name up", "columnheader", name), 2, column + 3)),
  );
  const rows = names.map((name, row) => {
    const line = made("row", "row");
    line.append(at(made("name", "rowheader", name), row + 3, 2));
    line.append(
      ...names.map((_, column) => {
        const cell = made(row === column ? "cell right" : "cell", "gridcell");
        cell.id = `cell-${row}-${column}`;
        return at(cell, row + 3, column + 3);
      }),
    );
    return line;
  });
  matrix.replaceChildren(
    at(made("axis", "presentation", "what it says"), 1, `3 / span ${count}`),
    at(made("axis down", "presentation", "what it is"), `3 / span ${count}`, 1),
    head,
    ...rows,
  );
  matrix.classList.toggle("long", names.some((name) => name.length > 2));
  matrix.style.setProperty("--classes", count);
}

function cellAt(matrix, [row, column]) {
  return matrix.querySelector(`#cell-${row}-${column}`);
}

function placeOf(cell) {
  return cell.id.split("-").slice(1).map(Number);
}

function fill(matrix, { written, shares, labels, chosen }) {
  written.forEach((line, row) =>
    line.forEach((text, column) => {
      const cell = cellAt(matrix, [row, column]);
      cell.textContent = text;
      cell.title = labels[row][column];
      cell.setAttribute("aria-label", labels[row][column]);
      cell.style.setProperty("--share", shares[row][column]);
    }),
  );
  mark(matrix, chosen);
}

function mark(matrix, chosen) {
  const found = chosen && cellAt(matrix, chosen);
  for (const cell of matrix.querySelectorAll(".cell")) {
    cell.setAttribute("aria-selected", String(cell === found));
  }
}

// The cell that the arrow keys have reached. It need not be the chosen one.
function activate(matrix, cell) {
  matrix.querySelector(".active")?.classList.remove("active");
  cell.classList.add("active");
  matrix.setAttribute("aria-activedescendant", cell.id);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const matrix = parentElement.querySelector(".matrix");
  matrix.setAttribute("aria-label", data.title);
  for (const [name, colour] of Object.entries(data.colours)) {
    matrix.style.setProperty(`--${name}`, colour);
  }
  const names = JSON.stringify(data.names);
  if (matrix.dataset.names !== names) {
    build(matrix, data.names);
    matrix.dataset.names = names;
    activate(matrix, cellAt(matrix, data.chosen ?? [0, 0]));
  }
  fill(matrix, data);

  const choose = (cell) => {
    activate(matrix, cell);
    mark(matrix, placeOf(cell));
    setTriggerValue("touched", placeOf(cell).map((place) => data.classes[place]));
    if (data.reveals) reveal(data.reveals);
  };

  matrix.onclick = ({ target }) => {
    const cell = target.closest(".cell");
    if (cell) choose(cell);
  };

  matrix.onkeydown = (event) => {
    const active = matrix.querySelector(".active");
    if (event.key === "Enter" || event.key === " ") choose(active);
    else if (event.key in STEPS) {
      const [row, column] = placeOf(active);
      const [down, right] = STEPS[event.key];
      const next = cellAt(matrix, [row + down, column + right]);
      if (next) activate(matrix, next);
    } else return;
    event.preventDefault();
  };
}
