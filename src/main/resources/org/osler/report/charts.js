"use strict";
// What all figures share: colours and symbols from the style sheet, and drawing anew when the theme or width changes.
const SYMBOLS = ["circle", "rect", "triangle", "roundRect", "diamond"];
const drawn = new Map();

function colours() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  return {
    ink: get("--ink"), muted: get("--muted"), line: get("--line"), paper: get("--paper"), card: get("--card"),
    warn: get("--wrong"),
    series: [1, 2, 3, 4, 5].map((i) => get(`--series${i}`)),
  };
}

/**
 * Draws, and remembers how, so that it can be drawn again in other colours; `options` gets colours and width. `legend`
 * gets colours and makes the entries {mark, text} that a saved file needs below the figure.
 */
function draw(element, options, height, legend) {
  if (height) element.style.height = `${height}px`;
  if (!drawn.has(element)) {
    drawn.set(element, { chart: null });
    offerSvg(element);
  }
  const entry = drawn.get(element);
  entry.options = options;
  entry.legend = legend;
  redraw(element, entry);
}

/** A page may have a hundred figures: they are drawn one after the other, so that it can be read and used at once. */
const waiting = [];
function drawSoon(element, options, height, legend) {
  element.style.height = `${height}px`;
  if (waiting.push({ element, options, legend }) === 1) setTimeout(drawWaiting);
}

function drawWaiting(budget = 30) {
  const end = performance.now() + budget;
  while (waiting.length > 0 && performance.now() < end) {
    const { element, options, legend } = waiting.shift();
    if (element.isConnected) draw(element, options, null, legend);
  }
  if (waiting.length > 0) setTimeout(drawWaiting);
}

function redraw(element, entry) {
  if (element.clientWidth === 0) return; // within something closed: drawn when that opens
  if (!entry.chart) entry.chart = echarts.init(element, null, { renderer: "svg" });
  entry.chart.resize();
  const option = entry.options(colours(), element.clientWidth);
  entry.chart.setOption({ animation: false, ...option }, { notMerge: true });
}

/** Draws again: all figures, or those that a selector names. */
const redrawAll = (selector = "*") => drawn.forEach((entry, element) => { if (element.matches(selector)) redraw(element, entry); });

/** Lets go of the figures of a part of the page that is about to be replaced. */
function forget(place) {
  place.querySelectorAll(".chart").forEach((element) => {
    const entry = drawn.get(element);
    if (entry && entry.chart) entry.chart.dispose();
    drawn.delete(element);
  });
}

/** An axis of numbers in the house's manner. */
function valueAxis(c, more) {
  return {
    type: "value", scale: true,
    axisLine: { show: true, lineStyle: { color: c.muted } }, axisTick: { show: true, lineStyle: { color: c.muted } },
    axisLabel: { color: c.muted, fontSize: 11, hideOverlap: true }, splitLine: { lineStyle: { color: c.line } },
    nameTextStyle: { color: c.muted, fontSize: 11 }, ...more,
  };
}

/** Plain-text tooltips: drawn as SVG text, so that no name can become markup. */
const tooltip = (c, formatter) => ({
  renderMode: "richText", confine: true, formatter, backgroundColor: c.card, borderColor: c.line,
  textStyle: { color: c.ink, fontSize: 12 },
});

/** A legend entry's symbol as SVG, the same shape and colour as in the figures. */
function symbolSvg(shape, colour, { hollow = false, dashed = false, dash = "solid", line = false } = {}) {
  const ns = "http://www.w3.org/2000/svg";
  const make = (tag, attributes) => {
    const element = document.createElementNS(ns, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };
  const svg = make("svg", { viewBox: "0 0 22 14", "aria-hidden": "true" });
  const style = hollow ? `fill:none;stroke:${colour};stroke-width:1.6` : `fill:${colour}`;
  if (line) {
    const pattern = dashed ? [5, 3] : dash;
    svg.append(make("line", {
      x1: 1, x2: 21, y1: 7, y2: 7, style: `stroke:${colour};stroke-width:2${pattern === "solid" ? "" : `;stroke-dasharray:${pattern.join(" ")}`}`,
    }));
  }
  const shapes = {
    circle: () => make("circle", { cx: 11, cy: 7, r: 4.5, style }),
    small: () => make("circle", { cx: 11, cy: 7, r: 2.8, style }),
    rect: () => make("rect", { x: 7, y: 3, width: 8, height: 8, style }),
    roundRect: () => make("rect", { x: 6, y: 3, width: 10, height: 8, rx: 3, style }),
    triangle: () => make("path", { d: "M11 2 L16 12 L6 12 Z", style }),
    diamond: () => make("path", { d: "M11 1.5 L16 7 L11 12.5 L6 7 Z", style }),
    bar: () => make("rect", { x: 1, y: 4, width: 20, height: 6, style: `fill:${colour};opacity:.3` }),
    none: () => null,
  };
  const mark = shapes[shape]();
  if (mark) svg.append(mark);
  return svg;
}
