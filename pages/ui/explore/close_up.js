// Streamlit calls this with the first picture and again with every later one.

// If there is too little room for numbers that can be read, the box shows the whole picture
// without them, or a part of it with them; the button switches between the two.
function turn(box, button, near, [x, y]) {
  box.classList.toggle("near", near);
  button.textContent = near ? "See the whole picture" : "Read the numbers";
  box.scrollLeft = x * box.scrollWidth - box.clientWidth / 2;
  box.scrollTop = y * box.scrollHeight - box.clientHeight / 2;
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls) box.tabIndex = 0; // so that the keyboard can scroll it
  else box.removeAttribute("tabindex");
}

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".box");
  const button = parentElement.querySelector(".turn");
  const isNear = () => box.classList.contains("near");
  box.innerHTML = data.drawing;
  box.setAttribute("aria-label", data.title);
  button.onclick = () => turn(box, button, !isNear(), data.middle);
  box.onclick = ({ clientX, clientY }) => {
    const { left, top, width, height } = box.firstChild.getBoundingClientRect();
    if (!isNear()) turn(box, button, true, [(clientX - left) / width, (clientY - top) / height]);
  };
  turn(box, button, isNear(), data.middle);
}
