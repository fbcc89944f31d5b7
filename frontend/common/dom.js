/** Elements from data. There is no way in here to turn text into markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Return a new element: `h("p", {class: "note", onclick: act}, "text", otherNode)`.
 * A property named `on…` listens; true sets an empty attribute, false none.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Return a drawing of one path in a 24 x 24 box, hidden from screen readers. */
export function icon(path) {
  const drawing = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}
