// Changes the words of a live region, and scrolls to a container whenever `calls` changes.

const calls = new WeakMap();

export default function ({ data, parentElement }) {
  const region = parentElement.querySelector("[role=status]");
  if (region.textContent !== data.words) region.textContent = data.words;
  const before = calls.get(parentElement) ?? data.calls;
  calls.set(parentElement, data.calls);
  if (before === data.calls) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  document
    .querySelector(`.st-key-${data.place}`)
    ?.scrollIntoView({ behavior: still ? "instant" : "smooth", block: "start" });
}
