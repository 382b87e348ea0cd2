// Streamlit calls this with every new figure; Plotly changes only what differs.

const config = { displayModeBar: false, responsive: true };

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
