"use strict";
// The overview: encoders by datasets, with the mean and the mean rank over the datasets that all of them have.
function meanRanks(lines) {
  const shared = lines[0].cells.map((_, d) => d).filter((d) => lines.every((line) => line.cells[d].value !== null));
  const rankAt = (line, d) => {
    const value = line.cells[d].value;
    const count = (test) => lines.filter((other) => test(other.cells[d].value)).length;
    return 1 + count((other) => other > value) + (count((other) => other === value) - 1) / 2;
  };
  return lines.map((line) => (shared.length === 0 ? { n: 0, mean: null, rank: null } : {
    n: shared.length,
    mean: sum(shared.map((d) => line.cells[d].value)) / shared.length,
    rank: sum(shared.map((d) => rankAt(line, d))) / shared.length,
  }));
}

function overviewCell(rows, encoder, dataset, metric) {
  const row = rows.find((other) => encoderKey(other) === encoder.key && other.dataset === dataset.name);
  const group = dataset.name;
  if (!row) return { value: null, text: "none", title: "No result for this encoder on this dataset.", group };
  if (row[metric].mean === null) return { value: null, text: "n. d.", title: `${METRICS[metric]} is not defined here.`, group };
  const seeds = row.runs.map((run, i) => `seed ${run.seed}: ${percent(row[metric].values[i])}, trial ${run.trial}`);
  return {
    value: row[metric].mean, text: percent(row[metric].mean, 1), group, row: DATA.rows.indexOf(row),
    title: [`${dataset.name}: ${rowName(row)}`, `${METRICS[metric]} ${plusMinus({ ...row[metric], n: row.runs.length })} %`, ...seeds].join("\n"),
  };
}

function overviewTable(rows, state, words) {
  const datasets = DATA.datasets.filter((dataset) => rows.some((row) => row.dataset === dataset.name));
  const encoders = ENCODERS.filter((encoder) => rows.some((row) => encoderKey(row) === encoder.key));
  const lines = encoders.map((encoder) => ({
    name: encoder.name, title: encoder.id, tag: encoder.untrained ? "untrained" : null,
    cells: datasets.map((dataset) => overviewCell(rows, encoder, dataset, state.metric)),
  }));
  const ranks = meanRanks(lines);
  const best = (key, better) => ranks.reduce((top, r) => (r[key] !== null && (top === null || better(r[key], top)) ? r[key] : top), null);
  const [bestMean, bestRank] = [best("mean", (a, b) => a > b), best("rank", (a, b) => a < b)];
  lines.forEach((line, i) => {
    const { mean, rank } = ranks[i];
    line.extras = mean === null ? [{ text: "–", sort: -1 }, { text: "–", sort: 1e9 }] : [
      { text: percent(mean, 1), sort: mean, best: mean === bestMean }, { text: rank.toFixed(1), sort: rank, best: rank === bestRank }];
  });
  const { n } = ranks[0];
  const about = n === datasets.length ? "" : n === 0 ? " No dataset has all encoders, so there is no mean over datasets."
    : ` Both over the ${n} of ${datasets.length} datasets that all encoders have.`;
  return {
    corner: "Encoder", columns: datasets.map(({ name }) => ({ name, title: name })), lines, extras: ["mean", "mean rank"],
    caption: [h("strong", {}, `${METRICS[state.metric]} % on test${words ? `, ${words}` : ""}`),
      h("span", {}, `Means over seeds. Last columns: mean and mean rank (1 is best) over datasets.${about}`)],
  };
}

function drawHeatmap() {
  const section = byId("overview");
  const rows = DATA.rows.filter((row) => row.selected);
  section.hidden = ENCODERS.length < 2 || new Set(rows.map((row) => row.dataset)).size < 2;
  if (section.hidden) return;
  const facets = [strategyFacet(), ...AXES.filter((axis) => axis.kind !== "LEARNING_RATE").map(axisFacet)];
  const parts = [metricChoice(), ...facets, choiceOf("colour", "Colour", COLOURING)];
  chooseAmong(section.querySelector("form"), rows, parts, (left, state) => {
    const words = chosenWords(state, facets);
    const table = overviewTable(left, state, words);
    const ends = heatEnds(table.lines.flatMap((line) => line.cells), state.colour, "column");
    const made = heatTable(table, state.colour);
    section.querySelector(".scroll").replaceChildren(made);
    section.querySelector(".under").replaceChildren(heatKey(...ends),
      saveButton("encoders by datasets", () => `${METRICS[state.metric]} by encoder and dataset ${words}`, () => tableSvg(made, ends)));
  });
}
