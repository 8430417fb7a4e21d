"use strict";
// One dataset, all encoders: which class does which encoder fail on?
const CLASS_METRICS = [["sensitivity", "Sensitivity"], ["specificity", "Specificity"], ["auc", "AUC"], ["f1", "F1"]];
const CLASS_COLOURING = [["value", "by value"], ["within", "within each class"], ["rank", "by rank in each class"]];

function classCell(row, k, metric, label) {
  const numbers = spread(row.runs.map((run) => run.detail.classes[k][metric]));
  if (numbers.mean === null) return { value: null, text: "n. d.", title: "Not defined: the class never occurs.", group: k };
  return {
    value: numbers.mean, text: percent(numbers.mean, 1), group: k, row: DATA.rows.indexOf(row),
    title: `${label}\n${rowName(row)}\n${plusMinus(numbers)} %`,
  };
}

function classTable(dataset, rows, state, words) {
  const support = rows[0].runs[0].detail.classes.map((c) => c.support);
  const lines = dataset.labels.map((label, k) => ({
    name: shortLabel(label), title: label, before: [{ text: String(support[k]), sort: support[k] }],
    cells: rows.map((row) => classCell(row, k, state.metric, label)),
  }));
  const macro = (row) => spread(row.runs.map((run) => spread(run.detail.classes.map((c) => c[state.metric])).mean));
  const foot = (name, of) => ({ name, texts: rows.map(of) });
  const metric = CLASS_METRICS.find(([key]) => key === state.metric)[1];
  const shown = (number, digits) => (number.mean === null ? "n. d." : percent(number.mean, digits));
  return {
    corner: "Class", before: ["Test images"],
    columns: rows.map((row) => ({ name: row.encoder + (row.untrained ? " (untrained)" : ""), title: row.encoderId })), lines,
    foot: [
      foot("Mean over classes", (row) => shown(macro(row), 1)),
      foot("Calibration error (ECE), %", (row) => shown(spread(row.runs.map((run) => run.detail.ece)), 1)),
      foot("Brier score, %", (row) => shown(spread(row.runs.map((run) => run.detail.brier)), 1)),
    ],
    caption: [h("strong", {}, `${dataset.name}: ${metric} %${words ? `, ${words}` : ""}`), h("span", {}, "On test, mean over seeds.")],
  };
}

function drawByClass() {
  const section = byId("by-class");
  const rows = DATA.rows.filter((row) => row.selected && row.runs.every((run) => run.detail));
  section.hidden = ENCODERS.length < 2 || rows.length === 0;
  if (section.hidden) return;
  const dataset = facetOf("dataset", "Dataset", (left) => [...new Set(left.map((row) => row.dataset))], (row) => row.dataset);
  const facets = [strategyFacet(), ...AXES.filter((axis) => axis.kind !== "LEARNING_RATE").map(axisFacet)];
  const parts = [dataset, choiceOf("metric", "Metric", CLASS_METRICS), ...facets, choiceOf("colour", "Colour", CLASS_COLOURING)];
  chooseAmong(section.querySelector("form"), rows, parts, (left, state) => {
    const view = DATA.datasets.find(({ name }) => name === state.dataset);
    const table = classTable(view, left, state, chosenWords(state, facets));
    const ends = heatEnds(table.lines.flatMap((line) => line.cells), state.colour, "class");
    const made = heatTable(table, state.colour);
    section.querySelector(".scroll").replaceChildren(made);
    section.querySelector(".under").replaceChildren(heatKey(...ends),
      saveButton("classes by encoders", () => `${state.dataset} ${state.metric} by class ${chosenWords(state, facets)}`, () => tableSvg(made, ends)));
  });
}
