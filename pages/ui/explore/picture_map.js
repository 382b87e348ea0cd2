// Streamlit calls the default function with the first map and again with all later ones.

const config = { displayModeBar: false, responsive: true, scrollZoom: true };

function pictureAt(card, sheet, id, { width, height, columns, zoom }) {
  card.style.width = `${width * zoom}px`;
  card.style.height = `${height * zoom}px`;
  card.style.backgroundImage = `url(${sheet})`;
  card.style.backgroundSize = `${columns * width * zoom}px auto`;
  const left = (id % columns) * width * zoom;
  const top = Math.floor(id / columns) * height * zoom;
  card.style.backgroundPosition = `-${left}px -${top}px`;
}

// Beside the pointer, on the side where there is room.
function placeCard(card, node, { clientX, clientY }) {
  const box = node.getBoundingClientRect();
  const x = clientX - box.left;
  const y = clientY - box.top;
  const right = x < box.width / 2;
  card.style.left = `${right ? x + 16 : x - 16 - card.offsetWidth}px`;
  card.style.top = `${Math.max(0, Math.min(y - card.offsetHeight / 2, box.height - card.offsetHeight))}px`;
}

const ids = (points) => points.map(({ customdata }) => customdata);

export default function ({ data, parentElement, setTriggerValue }) {
  const node = parentElement.querySelector(".lab-map-chart");
  const card = parentElement.querySelector(".lab-map-card");
  const figure = JSON.parse(data.figure);
  node.setAttribute("aria-label", figure.layout.title.text);
  card.style.borderColor = data.line;
  node.wanted = figure;
  library().then(
    (Plotly) => {
      if (node.wanted !== figure) return;
      Plotly.react(node, figure.data, figure.layout, config);
      for (const name of ["hover", "unhover", "click", "selected"]) {
        node.removeAllListeners(`plotly_${name}`);
      }
      node.on("plotly_hover", ({ points, event }) => {
        card.hidden = false;
        pictureAt(card, data.sheet, points[0].customdata, data);
        placeCard(card, node, event);
      });
      node.on("plotly_unhover", () => (card.hidden = true));
      node.on("plotly_click", ({ points }) => setTriggerValue("touched", points[0].customdata));
      node.on("plotly_selected", (event) => {
        if (event?.points.length) setTriggerValue("selected", ids(event.points));
      });
      node.dataset.ready = "yes";
    },
    (error) => (node.textContent = error.message),
  );
}
