// Manners for the canvas beside which this component stands, which cannot be told otherwise. Its
// toolbar goes, since the page has buttons of its own and a finger's tap on it, unseen, would
// wipe the drawing. A finger that draws does not scroll. A stroke is sent as soon as the pen is
// lifted instead of 0.2 seconds later. And the canvas gets a name for those who do not see it.

const STYLE = `
  .dc-toolbar { display: none !important; }
  .dc-scroll { overflow: hidden; }
  .dc-container { background: var(--lab-paper); border-radius: 0.5rem; }
  .dc-canvas { outline: none; border-radius: 0.5rem; touch-action: none !important; }
`;

function findCanvas(element) {
  for (let around = element; around; around = around.parentElement ?? around.getRootNode().host) {
    for (const host of around.querySelectorAll("*")) {
      const canvas = host.shadowRoot?.querySelector(".dc-root");
      if (canvas) return canvas;
    }
  }
  return null;
}

function teach(canvas) {
  const style = document.createElement("style");
  style.textContent = STYLE;
  canvas.append(style);
  // The first button of the toolbar is the one that sends the drawing.
  const send = () => canvas.querySelector(".dc-toolbar button")?.click();
  canvas.addEventListener("pointerdown", () => {
    // The timeout lets Fabric's own listeners make the stroke first.
    document.addEventListener("pointerup", () => setTimeout(send), { once: true, capture: true });
  });
}

export default function ({ parentElement, data }) {
  let frame;
  const look = () => {
    const canvas = findCanvas(parentElement);
    const board = canvas?.querySelector("[data-fabric=top]");
    if (!board) {
      frame = requestAnimationFrame(look);
      return;
    }
    if (!canvas.dataset.taught) teach(canvas);
    canvas.dataset.taught = "yes";
    canvas.style.setProperty("--lab-paper", data.paper);
    board.setAttribute("role", "img");
    board.setAttribute("aria-label", data.label);
  };
  look();
  return () => cancelAnimationFrame(frame);
}
