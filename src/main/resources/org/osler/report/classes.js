"use strict";
// Per-class table, confusion matrix and calibration of the chosen runs; several runs are averaged.
const shortLabel = (label) => (label.length > 46 ? `${label.slice(0, 44)}…` : label);

function showClasses(dataset, runs) {
  const names = ["Class", "Test images", "Sensitivity %", "Specificity %", "AUC %", "F1 %"];
  const head = h("thead", {}, h("tr", {}, ...names.map((name, i) => h("th", { scope: "col", class: i ? "num" : null }, name))));
  const body = dataset.labels.map((label, k) => {
    const of = (key) => plusMinus(spread(runs.map((run) => run.detail.classes[k][key])));
    return h("tr", {}, h("th", { scope: "row", title: label }, shortLabel(label)),
      h("td", { class: "num" }, String(runs[0].detail.classes[k].support)),
      ...["sensitivity", "specificity", "auc", "f1"].map((key) => h("td", { class: "num" }, of(key))));
  });
  byId("classes").replaceChildren(h("caption", { class: "spoken" }, `${dataset.name}: results by class on test`), head, h("tbody", {}, ...body));
}

/** How strongly a share colours its cell, and the same on white paper, for files. */
const heatShare = (share) => 0.04 + 0.56 * share;
const onWhite = (alpha) => `rgb(${[0, 96, 160].map((v) => Math.round(v * alpha + 255 * (1 - alpha))).join(",")})`;

function showConfusion(dataset, row, runs) {
  const place = byId("confusion");
  const size = runs[0].detail.confusion.length;
  if (size === 0) {
    place.replaceChildren(h("p", { class: "missing" },
      "None: each image may carry several labels here, so no label is mistaken for another. See the table above."));
    return;
  }
  const mean = dataset.labels.map((_, t) =>
    dataset.labels.map((__, p) => sum(runs.map((run) => run.detail.confusion[t][p])) / runs.length));
  const count = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
  const head = h("thead", {},
    h("tr", {}, h("th", { class: "axis" }, "true ↓  predicted →"),
      ...dataset.labels.map((label) => h("th", { scope: "col", title: label }, shortLabel(label)))));
  const body = mean.map((line, t) => {
    const total = sum(line);
    return h("tr", {}, h("th", { scope: "row", title: dataset.labels[t] }, shortLabel(dataset.labels[t])),
      ...line.map((value, p) => {
        const share = total === 0 ? 0 : value / total;
        return h("td", {
          class: t === p ? "diagonal" : null, style: `background:rgba(var(--heat),${heatShare(share).toFixed(3)})`,
          "data-fill": onWhite(heatShare(share)), "data-text": `${count(value)}${total === 0 ? "" : ` (${percent(share, 1)} %)`}`,
        }, count(value), h("span", { class: "share" }, total === 0 ? "no image" : `${percent(share, 1)} %`));
      }));
  });
  const title = `${dataset.name}: confusion matrix, ${rowName(row)}`;
  const table = h("table", { class: "matrix" }, h("caption", { class: "spoken" }, h("strong", {}, title)), head, h("tbody", {}, ...body));
  place.replaceChildren(table, h("p", { class: "notes" }, `Test images${runs.length > 1 ? `, mean of ${runs.length} seeds` : ""}; below, the share of the line's true class. Outlined: right.`,
    saveButton("confusion matrix", () => title, () => tableSvg(table))));
}

/** The runs' bins together: counts add up, averages are weighted by them. */
function pooledBins(runs) {
  return runs[0].detail.calibration.map((_, b) => {
    const bins = runs.map((run) => run.detail.calibration[b]).filter((bin) => bin.count > 0);
    const count = sum(bins.map((bin) => bin.count));
    const mean = (key) => sum(bins.map((bin) => bin.count * bin[key])) / count;
    return count === 0 ? null : { count, confidence: mean("confidence"), accuracy: mean("accuracy") };
  }).filter((bin) => bin !== null);
}

function showCalibration(dataset, row, runs) {
  const bins = pooledBins(runs);
  const place = byId("calibration-text");
  byId("reliability").closest("figure").hidden = bins.length === 0;
  const ece = spread(runs.map((run) => run.detail.ece));
  const brier = spread(runs.map((run) => run.detail.brier));
  const brierText = brier.mean === null ? "not defined" : brier.mean.toFixed(4) + (brier.n > 1 ? ` ± ${brier.std.toFixed(4)}` : "");
  place.replaceChildren(
    h("p", {}, h("strong", {}, "ECE "), ece.mean === null ? "not defined" : `${plusMinus(ece)} %`,
      h("br"), h("strong", {}, "Brier score "), brierText),
    bins.length === 0 ? h("p", { class: "muted" }, `No diagram: ${dataset.unjoined}.`) : h("p", { class: "muted" }, "On the dashed line, predictions are right as often as they claim. Below it the classifier is "
      + "too sure of itself. The larger a dot, the more predictions it stands for; empty bins have none."
      + (runs.length > 1 ? " Predictions of all seeds together." : "")));
  if (bins.length === 0) return;
  const largest = Math.max(...bins.map((bin) => bin.count));
  byId("reliability").dataset.title = `${dataset.name}: calibration, ${rowName(row)}`;
  draw(byId("reliability"), (c) => ({
    grid: { left: 52, right: 20, top: 14, bottom: 42 },
    tooltip: tooltip(c, (item) => (item.seriesIndex === 1 ? `${item.data.count} predictions\nconfidence ${item.value[0].toFixed(1)} %\nright ${item.value[1].toFixed(1)} %` : "")),
    xAxis: valueAxis(c, { min: 0, max: 100, name: "confidence", nameLocation: "middle", nameGap: 26, splitLine: { show: false } }),
    yAxis: valueAxis(c, { min: 0, max: 100 }),
    series: [
      { type: "line", data: [[0, 0], [100, 100]], silent: true, showSymbol: false, lineStyle: { color: c.muted, type: "dashed", width: 1.2 } },
      {
        type: "line", symbol: "circle", itemStyle: { color: c.series[0] }, lineStyle: { width: 1.5 },
        symbolSize: (_, item) => 5 + 13 * Math.sqrt(item.data.count / largest),
        data: bins.map((bin) => ({ value: [100 * bin.confidence, 100 * bin.accuracy], count: bin.count })),
      },
    ],
  }), 300);
}
