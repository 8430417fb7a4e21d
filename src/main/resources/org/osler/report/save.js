"use strict";
// Every figure as an SVG file: always in the light colours, in fonts that every program has, with title and legend in it.
const SAVED = { width: 640, font: "Helvetica, Arial, sans-serif" };
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

function svgElement(tag, attributes, ...children) {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

/** Runs `make` with the style sheet in its light colours; nothing is painted in between. */
function inLightColours(make) {
  const root = document.documentElement;
  const printing = root.hasAttribute("data-print");
  root.setAttribute("data-print", "");
  const made = make(colours());
  root.toggleAttribute("data-print", printing);
  return made;
}

const fileName = (words) => `${words.toLowerCase().replace(/[^a-z0-9.]+/g, "-").replace(/^-+|-+$/g, "")}.svg`;

/** A button that saves what `make` returns, an SVG element; `name` says in words what it is when it is pressed. */
function saveButton(caption, name, make) {
  const button = h("button", { type: "button", class: "save", title: "Save as an SVG file", "aria-label": `Save as SVG: ${caption}` }, "SVG");
  button.addEventListener("click", () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(make())}\n`;
    const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    h("a", { href: url, download: fileName(name()) }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });
  return button;
}

/** Puts a button beside a chart's caption; data-title and data-file say what the file shows and how it is called. */
function offerSvg(element) {
  const caption = element.getAttribute("aria-label").split(";")[0];
  const title = () => element.dataset.title || caption;
  element.closest("figure").querySelector("figcaption")
    .append(saveButton(caption, () => element.dataset.file || title(), () => chartSvg(element, title())));
}

/** A chart drawn anew for the file. */
function chartSvg(element, title) {
  const { options, legend } = drawn.get(element);
  return inLightColours((c) => {
    const height = Math.max(parseFloat(element.style.height) || 0, 300);
    const fresh = echarts.init(null, null, { renderer: "svg", ssr: true, width: SAVED.width, height });
    fresh.setOption({ animation: false, textStyle: { fontFamily: SAVED.font }, ...options(c, SAVED.width) });
    const drawing = new DOMParser().parseFromString(fresh.renderToSVGString(), "image/svg+xml").documentElement;
    fresh.dispose();
    return composed(c, title, drawing, height, legend ? legend(c) : []);
  });
}

/** Title above, drawing, legend below, on white. */
function composed(c, title, drawing, height, legend, width = SAVED.width) {
  const top = 34;
  drawing.setAttribute("y", top);
  const entries = [];
  let [x, y] = [12, top + height + 8];
  for (const { mark, text } of legend) {
    const room = 40 + 6.7 * text.length;
    if (x > 12 && x + room > width) [x, y] = [12, y + 20];
    Object.entries({ x, y, width: 22, height: 14 }).forEach(([name, value]) => mark.setAttribute(name, value));
    entries.push(mark, svgElement("text", { x: x + 28, y: y + 11, "font-size": 12, fill: c.ink }, text));
    x += room;
  }
  const whole = legend.length > 0 ? y + 24 : top + height;
  return svgElement("svg", {
    viewBox: `0 0 ${width} ${whole}`, width, height: whole, "font-family": SAVED.font, role: "img", "aria-label": title,
  }, svgElement("title", {}, title), svgElement("rect", { width, height: whole, fill: "#ffffff" }),
  svgElement("text", { x: 12, y: 22, "font-size": 14, "font-weight": "bold", fill: c.ink }, title), drawing, ...entries);
}

/** A coloured table as a figure; `ends` say what the scale's ends mean, where it has one. */
function tableSvg(table, ends = []) {
  const lines = [...table.rows].map((tr) => [...tr.cells]);
  const text = (cell) => cell.dataset.text || cell.textContent.trim();
  const lengths = lines[0].map((_, i) => Math.max(...lines.map((line) => (line[i] ? text(line[i]).length : 0))));
  const widths = lengths.map((length) => Math.max(44, 12 + 6.4 * length));
  const lefts = widths.map((_, i) => sum(widths.slice(0, i)));
  const [line, width] = [24, sum(widths)];
  return inLightColours((c) => {
    const drawing = svgElement("svg", { width, height: line * lines.length });
    lines.forEach((cells, r) => cells.forEach((cell, i) => {
      const { fill, ink } = cell.dataset;
      if (fill) drawing.append(svgElement("rect", { x: lefts[i], y: r * line, width: widths[i], height: line, fill, stroke: "#ffffff" }));
      const bold = cell.tagName === "TH" || cell.querySelector("b");
      drawing.append(svgElement("text", {
        x: i === 0 ? 8 : lefts[i] + widths[i] / 2, y: r * line + 16, "text-anchor": i === 0 ? "start" : "middle", "font-size": 11.5,
        "font-weight": bold ? "bold" : "normal", fill: ink || c.ink,
      }, text(cell)));
    }));
    return composed(c, table.caption.querySelector("strong").textContent, drawing, line * lines.length, tableLegend(ends), Math.max(width, 420));
  });
}

/** The scale's ends as legend entries. */
const tableLegend = (ends) => ends.map((words, i) => {
  const { fill } = heatColour(i);
  return { mark: svgElement("svg", { viewBox: "0 0 22 14" }, svgElement("rect", { width: 22, height: 14, fill })), text: words };
});
