// Streamlit calls this with every new figure; Plotly changes only what differs.

const TOUCH = matchMedia("(pointer: coarse)").matches; // a swipe then scrolls the page
const config = {
  displayModeBar: false,
  responsive: true,
  showTips: false,
  showAxisDragHandles: !TOUCH,
  doubleClick: TOUCH ? false : "reset+autosize",
};
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

const AXIS = /^[xy]axis\d*$/;

// The range of each axis without a zoom: one of its own, or null for one that fits the data.
function usualRanges(layout) {
  const axes = Object.entries(layout).filter(([name]) => AXIS.test(name));
  return axes.map(([name, axis]) => [name, axis.range ? [...axis.range] : null]);
}

function isZoomed(node) {
  return node.usual.some(([name, range]) => {
    const axis = node._fullLayout[name];
    return range ? range.some((end, i) => end !== axis.range[i]) : axis.autorange === false;
  });
}

// The way back from a zoom, while there is one, and the chart as a picture.
function offerTools(parent, node, Plotly, name) {
  const [whole, picture] = parent.querySelectorAll(".chart-tools button");
  const show = () => (whole.hidden = !isZoomed(node));
  whole.onclick = () => {
    const back = node.usual.map(([axis, range]) =>
      range ? [`${axis}.range`, range] : [`${axis}.autorange`, true],
    );
    Plotly.relayout(node, Object.fromEntries(back));
  };
  picture.onclick = () => Plotly.downloadImage(node, { format: "png", scale: 2, filename: name });
  node.removeAllListeners("plotly_relayout");
  node.on("plotly_relayout", show);
  show();
}

export default function ({ data, parentElement }) {
  const node = parentElement.querySelector(".live-chart");
  const figure = JSON.parse(data.figure);
  const type = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (type !== USUAL_TYPE) enlarge(figure, type / USUAL_TYPE);
  node.setAttribute("aria-label", data.description);
  node.style.height = data.height;
  if (TOUCH) figure.layout.dragmode = false;
  node.wanted = figure;
  node.usual = usualRanges(figure.layout); // Plotly writes a zoom into the layout
  library().then(
    (Plotly) => {
      if (node.wanted !== figure) return; // a newer figure came while the library was loading
      Plotly.react(node, figure.data, figure.layout, config);
      offerTools(parentElement, node, Plotly, data.description);
      node.drawn = figure;
      node.dataset.updates = Number(node.dataset.updates ?? 0) + 1;
    },
    (error) => (node.textContent = error.message),
  );
}
