// Streamlit calls the default function with the first diagram and again with all later ones.

const SVG = "http://www.w3.org/2000/svg";
const NARROW = 500; // CSS pixels: below, everything is smaller
const TOP = 40; // room for two lines of a title
const NOTE = 36;
const STILL = 2; // how many times larger a picture is that cannot be chosen

function make(kind, attributes, ...children) {
  const node = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function words(text, x, y, width) {
  const most = Math.max(6, Math.floor(width / 7));
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > most && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  const node = make("text", { x, y, "text-anchor": "middle" });
  lines.forEach((line, place) =>
    node.append(make("tspan", { x, dy: place ? 14 : 0 }, line)),
  );
  return node;
}

// The position of every node, for a width in CSS pixels.
function plan(columns, width) {
  const narrow = width < NARROW;
  const size = narrow ? 24 : 34;
  const labels = narrow ? 80 : 96;
  const tallest = Math.max(...columns.map((column) => column.nodes.length));
  const step = size + (narrow ? 8 : 10);
  const height = TOP + tallest * step + NOTE;
  const across = (width - labels - size) / Math.max(1, columns.length - 1);
  const places = {};
  columns.forEach((column, c) => {
    const x = size / 2 + 2 + c * across;
    const first = TOP + ((tallest - column.nodes.length) * step) / 2 + step / 2;
    column.nodes.forEach((node, n) => {
      const own = node.still ? STILL * size : size;
      places[node.key] = { x: x + (own - size) / 2, y: first + n * step, c, n, size: own,
        still: node.still };
    });
  });
  return { height, across, places };
}

function drawLine(line, places, colours) {
  const [a, b] = [places[line.start], places[line.end]];
  const [x1, x2] = [a.x + a.size / 2, b.x - b.size / 2];
  const bend = (x2 - x1) / 2;
  const strength = Math.abs(line.share);
  return make("path", {
    class: "line",
    d: `M${x1},${a.y} C${x1 + bend},${a.y} ${x2 - bend},${b.y} ${x2},${b.y}`,
    stroke: { "-1": colours.against, 0: colours.line, 1: colours.speaks_for }[Math.sign(line.share)],
    "stroke-width": 0.8 + 4.2 * strength,
    opacity: strength ? 0.25 + 0.65 * strength : 0.8,
  });
}

function drawNode(node, { x, y, size }, data) {
  const half = size / 2;
  const touchable = {
    class: "node",
    role: "button",
    tabindex: "-1",
    "aria-pressed": String(node.key === data.chosen),
    "data-key": node.key,
  };
  const group = make("g", {
    ...(node.still ? { class: "still", role: "img" } : touchable),
    "aria-label": node.name,
  });
  group.append(make("title", {}, node.name));
  const square = { x: x - half, y: y - half, width: size, height: size };
  if (node.picture) {
    group.append(
      make("image", { ...square, href: node.picture, preserveAspectRatio: "none",
        style: "image-rendering: pixelated" }),
      make("rect", { ...square, class: "frame" }),
    );
  } else {
    group.append(
      make("circle", { cx: x, cy: y, r: half - 3, fill: data.colours.paper }),
      make("circle", { cx: x, cy: y, r: half - 3, fill: data.colours.accent,
        opacity: node.strength }),
      make("circle", { cx: x, cy: y, r: half - 3, class: "frame" }),
    );
  }
  if (node.label) {
    group.append(make("text", { class: "label", x: x + half + 5, y: y + 5 }, node.label));
  }
  group.append(
    make("rect", { ...square, class: "touch", width: node.label ? size + 90 : size }),
  );
  return group;
}

function draw(root, data, width) {
  const { height, across, places } = plan(data.columns, width);
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "presentation" });
  for (const line of data.lines) svg.append(drawLine(line, places, data.colours));
  data.columns.forEach((column, c) => {
    const x = places[column.nodes[0].key].x;
    const edge = Math.max(x, Math.min(across, 110) / 2);
    svg.append(words(column.title, c ? x : edge, 13, across || width));
    if (column.note) svg.append(words(column.note, c ? x : edge, height - 20, across || width));
    for (const node of column.nodes) svg.append(drawNode(node, places[node.key], data));
  });
  const focused = root.contains(root.getRootNode().activeElement)
    ? root.getRootNode().activeElement.dataset.key
    : null;
  root.replaceChildren(svg);
  const nodes = [...svg.querySelectorAll(".node")];
  const first = nodes.find((node) => node.dataset.key === (focused ?? data.chosen)) ?? nodes[0];
  first.setAttribute("tabindex", "0");
  if (focused) first.focus();
  return places;
}

// The node that an arrow key leads to from another one.
function neighbour(places, key, arrow) {
  const from = places[key];
  const [dc, dn] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
    arrow
  ];
  const others = Object.entries(places).filter(
    ([, at]) => at.c === from.c + dc && !at.still,
  );
  if (dc) {
    others.sort(([, a], [, b]) => Math.abs(a.y - from.y) - Math.abs(b.y - from.y));
    return others[0]?.[0];
  }
  return others.find(([, at]) => at.n === from.n + dn)?.[0];
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".diagram");
  root.setAttribute("aria-label", data.title);
  for (const [name, colour] of Object.entries(data.colours)) {
    root.style.setProperty(`--${name}`, colour);
  }
  let places = {};
  const paint = () => {
    const width = Math.round(root.clientWidth);
    if (width) places = draw(root, data, width);
  };
  paint();
  root.sizes?.disconnect();
  root.sizes = new ResizeObserver(() => {
    const drawn = root.querySelector("svg")?.getAttribute("viewBox")?.split(" ")[2];
    if (Number(drawn) !== Math.round(root.clientWidth)) paint();
  });
  root.sizes.observe(root);

  const choose = (node) => {
    for (const other of root.querySelectorAll(".node")) {
      other.setAttribute("aria-pressed", String(other === node));
    }
    setTriggerValue("touched", node.dataset.key);
  };

  root.onclick = ({ target }) => {
    const node = target.closest(".node");
    if (node) choose(node);
  };

  // Where the diagram is drawn anew between a press and its release, no click follows.
  root.onpointerdown = ({ target }) => (root.pressed = target.closest(".node"));
  root.onpointerup = ({ clientX, clientY }) => {
    if (!root.pressed || root.pressed.isConnected) return;
    const node = root.getRootNode().elementFromPoint(clientX, clientY)?.closest(".node");
    if (node?.dataset.key === root.pressed.dataset.key) choose(node);
  };

  root.onkeydown = (event) => {
    const node = event.target.closest(".node");
    if (!node) return;
    if (event.key === "Enter" || event.key === " ") choose(node);
    else if (event.key.startsWith("Arrow")) {
      const next = neighbour(places, node.dataset.key, event.key);
      const found = [...root.querySelectorAll(".node")].find((it) => it.dataset.key === next);
      if (!found) return;
      node.setAttribute("tabindex", "-1");
      found.setAttribute("tabindex", "0");
      found.focus();
    } else return;
    event.preventDefault();
  };

  return () => root.sizes?.disconnect();
}
