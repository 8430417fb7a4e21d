"use strict";
// The settings that the study varies, and the row of selects with which a figure chooses among them.
const AXES = DATA.axes.map((axis, i) => ({ ...axis, i }));
const onAxis = (row, axis) => row.values[axis.i];

/** An axis's values among rows: numbers ascending, "all" after them; words in the order of the study. */
function valuesOf(rows, axis) {
  const values = [...new Set(rows.map((row) => onAxis(row, axis)))].filter((value) => value !== "");
  const size = (value) => (value === "all" ? Infinity : Number(value));
  return axis.kind === "WORD" ? values : values.sort((a, b) => size(a) - size(b));
}

const METRICS = { accuracy: "ACC", auc: "AUC" };
const VALIDATION = { accuracy: "valAccuracy", auc: "valAuc" };

/** A select that changes what a figure shows of its rows, not which. */
const choiceOf = (name, label, options) => ({ name, label, options });
const metricChoice = () => choiceOf("metric", "Metric", Object.entries(METRICS));

/** A select that picks rows; it is shown where there is something to pick. */
const facetOf = (name, label, values, of, first = (all) => all[0]) => ({ name, label, values, of, first });
const strategyFacet = () => facetOf("strategy", "Strategy", (rows) => [...new Set(rows.map((row) => row.strategy))], (row) => row.strategy);
const axisFacet = (axis) => facetOf(axis.name, axis.name + (axis.unit ? `, ${axis.unit}` : ""),
  (rows) => valuesOf(rows, axis), (row) => onAxis(row, axis), (all) => (axis.kind === "NUMBER" ? all[all.length - 1] : all[0]));

/**
 * Fills a form with selects and calls `show(rows, state)` now and whenever one changes. Each facet offers the values
 * that the rows left by the facets before it have.
 */
function chooseAmong(form, rows, parts, show) {
  const state = {};
  const select = (part, options) => h("label", {}, part.label,
    h("select", { name: part.name }, ...options.map(([value, text]) =>
      h("option", { value, selected: value === state[part.name] ? "" : null }, text))));
  const update = (changed) => {
    let left = rows;
    const labels = [];
    for (const part of parts) {
      const options = part.options || part.values(left).map((value) => [value, value]);
      const values = options.map(([value]) => value);
      if (!values.includes(state[part.name])) state[part.name] = part.first ? part.first(values) : values[0];
      if (options.length > 1) labels.push(select(part, options));
      if (part.of && values.length > 0) left = left.filter((row) => part.of(row) === state[part.name] || part.of(row) === "");
    }
    form.replaceChildren(...labels);
    form.hidden = labels.length === 0;
    if (changed) form.elements[changed].focus();
    show(left, state);
  };
  form.addEventListener("change", (event) => {
    state[event.target.name] = event.target.value;
    update(event.target.name);
  });
  update(null);
}

/** What the selects have chosen, in words, for captions and file names. */
const chosenWords = (state, parts) => parts.filter((part) => part.of && state[part.name] !== undefined)
  .map((part) => {
    const axis = AXES.find(({ name }) => name === part.name);
    return axis && axis.kind !== "WORD" ? `${part.name} ${state[part.name]}` : state[part.name];
  }).join(", ");
