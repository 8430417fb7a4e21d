"use strict";
// A section for each ordered setting that the study varies: learning rates, image size, shots and so on. Learning rates
// show what validation chose among beside the test split, which had no part in the choice.
const atEdge = (row, axis) => row.gridEdge.includes(axis.name.replace(" ", "-"));

/** Rows of strategies in which the axis has several values. */
function variesIn(rows, axis) {
  const count = (strategy) => new Set(rows.filter((row) => row.strategy === strategy).map((row) => onAxis(row, axis))).size;
  const strategies = new Set(rows.map((row) => row.strategy).filter((strategy) => count(strategy) > 1));
  return rows.filter((row) => strategies.has(row.strategy) && onAxis(row, axis) !== "");
}

/** Sizes are shown for each way of resizing, side by side. */
const splitOf = (axis) => (["size", "input"].includes(axis.name) ? AXES.find(({ name }) => name === "resize") : undefined);

function axisPanels(rows, axis, metric) {
  const panel = (title, own, key) => ({ title, rows: own, marksChoice: axis.kind === "LEARNING_RATE", lines: curveLines(own, axis, key) });
  const word = METRICS[metric];
  if (axis.kind === "LEARNING_RATE") {
    return [panel(`Validation ${word} %`, rows, VALIDATION[metric]), panel(`Test ${word} % (not for choosing)`, rows, metric)];
  }
  const split = splitOf(axis);
  return split ? valuesOf(rows, split).map((value) => panel(`${value}: test ${word} %`, rows.filter((row) => onAxis(row, split) === value), metric))
    : [panel(`Test ${word} %`, rows, metric)];
}

function axisGroup(dataset, rows, axis, state, words) {
  const values = valuesOf(rows, axis);
  const panels = axisPanels(rows, axis, state.metric).filter(({ lines }) => lines.length > 0).map((panel) => ({ ...panel, values }));
  if (panels.length === 0) return h("p", { class: "missing" }, `${dataset}: ${METRICS[state.metric]} is not defined.`);
  const group = panelGroup(dataset, axis, panels, `${dataset} ${METRICS[state.metric]} by ${axis.name} ${words}`);
  const edges = axis.kind === "LEARNING_RATE" ? rows.filter((row) => row.selected && atEdge(row, axis)) : [];
  if (edges.length > 0) {
    group.append(h("p", { class: "notes" }, h("strong", {}, "Edge of the grid: "),
      `${edges.map((row) => `${row.encoder} (${onAxis(row, axis)})`).join(", ")}. A wider grid may find better.`));
  }
  return group;
}

/** What the marks of a section's figures mean, as entries {mark, text}. */
function axisKey(rows, axis, c) {
  const items = [];
  if (rows.some((row) => row.runs.length > 1)) {
    items.push({ mark: symbolSvg("none", c.muted, { line: true }), text: "mean over seeds" },
      { mark: symbolSvg("small", c.muted, { hollow: true }), text: "one seed" });
  }
  if (axis.kind === "LEARNING_RATE") {
    items.push({ mark: symbolSvg("diamond", c.ink, { hollow: true }), text: "chosen on validation" });
    if (rows.some((row) => row.selected && atEdge(row, axis))) {
      items.push({ mark: symbolSvg("diamond", c.warn, { hollow: true }), text: "chosen at the edge of the grid" });
    }
  }
  return items;
}

/** How to draw a section's key again, in other colours. */
const axisKeys = new Map();

function drawAxis(section) {
  const axis = AXES[Number(section.dataset.axis)];
  const isRate = axis.kind === "LEARNING_RATE";
  const rows = variesIn(DATA.rows.filter((row) => isRate || row.selected), axis);
  section.hidden = rows.length === 0;
  if (section.hidden) return;
  const others = AXES.filter((other) => other !== axis && other !== splitOf(axis) && (isRate || other.kind !== "LEARNING_RATE"));
  const facets = [strategyFacet(), ...others.map(axisFacet)];
  const place = section.querySelector(".groups");
  chooseAmong(section.querySelector("form"), rows, [metricChoice(), ...facets], (left, state) => {
    const datasets = DATA.datasets.map(({ name }) => [name, left.filter((row) => row.dataset === name)]).filter(([, own]) => own.length > 0);
    forget(place);
    place.replaceChildren(...datasets.map(([name, own]) => axisGroup(name, own, axis, state, chosenWords(state, facets))));
    encoderLegend(section.querySelector(".encoder-legend"), ENCODERS.filter(({ key }) => left.some((row) => encoderKey(row) === key)));
    axisKeys.set(section, () => section.querySelector(".key").replaceChildren(
      ...axisKey(left, axis, colours()).map(({ mark, text }) => h("li", {}, mark, text))));
    axisKeys.get(section)();
  });
}

const drawAxes = () => document.querySelectorAll("[data-axis]").forEach(drawAxis);
