"use strict";
// The page's data, and how elements are made: always as text, never as markup, since names come from outside.
const DATA = JSON.parse(document.getElementById("data").textContent);

/** Records of which the page has thousands come as arrays of their values. */
const records = (names, lists) => lists.map((list) => Object.fromEntries(names.map((name, i) => [name, list[i]])));

for (const run of DATA.rows.flatMap((row) => row.runs)) {
  run.curve = records(["epoch", "iteration", "trainLoss", "valAccuracy", "valAuc"], run.curve);
  if (run.detail) {
    run.detail.classes = records(["sensitivity", "specificity", "auc", "f1", "support"], run.detail.classes);
    run.detail.calibration = records(["count", "confidence", "accuracy"], run.detail.calibration);
  }
}

/** An element with attributes and children; strings become text nodes. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const byId = (id) => document.getElementById(id);
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Percent with two decimals; null stands for a number that is not defined. */
const percent = (fraction, digits = 2) => (fraction === null ? "not defined" : (100 * fraction).toFixed(digits));

/** Mean and population standard deviation; both null if any value is not defined. */
function spread(values) {
  if (values.length === 0 || values.includes(null)) return { mean: null, std: null, n: values.length };
  const mean = sum(values) / values.length;
  return { mean, std: Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length), n: values.length };
}

const plusMinus = ({ mean, std, n }) =>
  mean === null ? "not defined" : n > 1 ? `${percent(mean)} ± ${percent(std)}` : percent(mean);

const rowName = (row) =>
  `${row.encoder}${row.untrained ? " (untrained)" : ""}, ${row.strategy}${row.settings ? `, ${row.settings}` : ""}`;
