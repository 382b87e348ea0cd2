// Plotly, from the lab's own server, fetched once a window.

const plotlyAddress = new URL("vendor/plotly.min.js", new URL(".", location.href));

function library() {
  window.labPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = plotlyAddress;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("The chart library cannot be loaded."));
    document.head.append(script);
  });
  return window.labPlotly;
}

// A first chart takes a quarter of a second longer than later ones, as the browser compiles the code it
// is drawn with. This one is drawn out of sight, and thrown away.
async function rehearse() {
  const Plotly = await library();
  const node = document.createElement("div");
  node.style.cssText = "position: fixed; left: -9999px; width: 400px; height: 300px";
  document.body.append(node);
  const line = (yaxis) => ({ y: [1, 2, 3], yaxis });
  const layout = { yaxis: { domain: [0.5, 1] }, yaxis2: { domain: [0, 0.4], type: "log" } };
  await Plotly.newPlot(node, [line("y"), line("y2")], layout, { displayModeBar: false });
  Plotly.purge(node);
  node.remove();
}
