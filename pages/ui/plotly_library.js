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
