// Streamlit calls this with every new figure; Plotly changes only what differs.

const config = { displayModeBar: false, responsive: true };
const USUAL_TYPE = 16; // pixels: the size of the page's type for which figures are designed
const MEASURES = { font: ["size"], tickfont: ["size"], line: ["width"], margin: ["t", "l", "b", "r"] };

// Type, lines and margins as much larger as the page's type is, everywhere in a part of a figure.
function enlarge(part, factor) {
  for (const [name, value] of Object.entries(part)) {
    if (value === null || typeof value !== "object") continue;
    for (const measure of MEASURES[name] ?? []) if (value[measure]) value[measure] *= factor;
    enlarge(value, factor);
  }
}

export default function ({ data, parentElement }) {
  const node = parentElement.querySelector(".live-chart");
  const figure = JSON.parse(data.figure);
  const type = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (type !== USUAL_TYPE) enlarge(figure, type / USUAL_TYPE);
  node.setAttribute("aria-label", data.description);
  node.style.height = data.height;
  node.wanted = figure;
  library().then(
    (Plotly) => {
      if (node.wanted !== figure) return; // a newer figure came while the library was loading
      Plotly.react(node, figure.data, figure.layout, config);
      node.dataset.updates = Number(node.dataset.updates ?? 0) + 1;
    },
    (error) => (node.textContent = error.message),
  );
}
