// Scrolls what a choice has filled into view: the container of that key, if it is on the page.
function reveal(key) {
  const target = document.querySelector(`.st-key-${key}`);
  if (!target) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.style.scrollMarginTop = "4rem"; // the page's header lies over its first 60 pixels
  target.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

