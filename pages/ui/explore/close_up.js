// Streamlit calls this with the first picture and again with every later one.

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".box");
  const [x, y] = data.middle;
  box.innerHTML = data.drawing;
  box.setAttribute("aria-label", data.title);
  box.scrollLeft = x * box.scrollWidth - box.clientWidth / 2;
  box.scrollTop = y * box.scrollHeight - box.clientHeight / 2;
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls) box.tabIndex = 0; // so that the keyboard can scroll it
  else box.removeAttribute("tabindex");
}
