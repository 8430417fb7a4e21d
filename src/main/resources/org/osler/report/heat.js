"use strict";
// Tables whose cells are coloured by their number: encoders by datasets here, classes by encoders elsewhere.
const COLOURING = [["within", "within each column"], ["value", "by value"], ["rank", "by rank in each column"]];

/** Where a cell's value lies on the scale, among all cells or among its group; the lowest is 0, the highest 1. */
function placeOnScale(cells, mode) {
  const among = (peers) => [...new Set(peers.map(({ value }) => value))].sort((a, b) => a - b);
  const defined = cells.filter((cell) => cell.value !== null);
  const all = among(defined);
  return (cell) => {
    const sorted = mode === "value" ? all : among(defined.filter((other) => other.group === cell.group));
    const [low, high] = [sorted[0], sorted[sorted.length - 1]];
    if (low === high) return 0.5;
    return mode === "rank" ? sorted.indexOf(cell.value) / (sorted.length - 1) : (cell.value - low) / (high - low);
  };
}

/** A coloured cell; a click shows its row in detail. Cells without a number say why. */
function heatCell(cell, t) {
  if (cell.value === null) return h("td", { class: "absent", "data-sort": -1, title: cell.title }, cell.text);
  const { fill, ink } = heatColour(t);
  const link = h("a", { href: "#detail", style: `color:${ink}`, title: cell.title }, cell.text);
  link.addEventListener("click", () => choose(cell.row));
  return h("td", {
    class: "heat", style: `background:${fill}`, "data-fill": fill, "data-ink": ink, "data-sort": cell.value,
  }, cell.best ? h("b", {}, link) : link);
}

/** Marks the highest of each group, ties included. */
function markBest(cells) {
  cells.forEach((cell) => {
    const peers = cells.filter((other) => other.group === cell.group && other.value !== null);
    cell.best = cell.value !== null && peers.length > 1 && peers.every((other) => other.value <= cell.value);
  });
}

/**
 * @param table {caption, corner, columns: [{name, title}], lines: [{name, title, tag, before, cells, extras}],
 *     before, extras, foot: [{name, texts}]}; `before` and `extras` are plain columns left and right of the coloured ones
 */
function heatTable(table, mode) {
  const cells = table.lines.flatMap((line) => line.cells);
  const scale = placeOnScale(cells, mode);
  markBest(cells);
  const plain = (part) => h("td", { class: "num", "data-sort": part.sort }, part.best ? h("b", {}, part.text) : part.text);
  const column = (name, kind, title) => h("th", { scope: "col", class: kind, title }, h("button", { type: "button" }, ...breakable(name)));
  const made = h("table", { class: "heatmap" },
    h("caption", {}, ...table.caption),
    h("thead", {}, h("tr", {}, column(table.corner, null), ...(table.before || []).map((name) => column(name, "num")),
      ...table.columns.map((c) => column(c.name, "num", c.title)), ...(table.extras || []).map((name) => column(name, "num extra")))),
    h("tbody", {}, ...table.lines.map((line) => h("tr", {},
      h("th", { scope: "row", title: line.title }, line.name, ...(line.tag ? [" ", h("span", { class: "tag" }, line.tag)] : [])),
      ...(line.before || []).map(plain), ...line.cells.map((cell) => heatCell(cell, scale(cell))), ...(line.extras || []).map(plain)))),
    table.foot ? h("tfoot", {}, ...table.foot.map((line) => h("tr", {}, h("th", { scope: "row" }, line.name),
      ...(table.before || []).map(() => h("td", {})), ...line.texts.map((text) => h("td", { class: "num" }, text))))) : null);
  sortable(made);
  return made;
}

/** Long names may break before the "mnist" that many end in. */
const breakable = (name) => {
  const end = /^(.{3,})(mnist.*)$/.exec(name);
  return end ? [end[1], h("wbr", {}), end[2]] : [name];
};

/** The scale as a strip with what its ends mean. */
function heatKey(low, high) {
  const steps = Array.from({ length: 24 }, (_, i) => heatColour(i / 23).fill);
  return h("p", { class: "heat-key" }, low,
    h("span", { "aria-hidden": "true", style: `background:linear-gradient(to right, ${steps.join(",")})` }), high,
    " · bold: the highest");
}

/** What the ends of the scale mean. */
function heatEnds(cells, mode, group) {
  const values = cells.map((cell) => cell.value).filter((value) => value !== null);
  if (mode !== "value") return [`lowest of its ${group}`, `highest of its ${group}`];
  return values.length === 0 ? ["", ""] : [`${percent(Math.min(...values), 1)} %`, `${percent(Math.max(...values), 1)} %`];
}
