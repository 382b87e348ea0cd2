// Streamlit calls this with every new figure; Plotly changes only what differs.

const address = new URL("vendor/plotly.min.js", new URL(".", location.href));
const config = { displayModeBar: false, responsive: true };

function library() {
  window.labPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("The chart library cannot be loaded."));
    document.head.append(script);
  });
  return window.labPlotly;
}

export default function ({ data, parentElement }) {
  const node = parentElement.querySelector(".live-chart");
  const figure = JSON.parse(data.figure);
  node.setAttribute("aria-label", data.title);
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
