"use strict";
// Training curves of the chosen runs: validation above, loss beside it; the checkpoint that was kept is marked.
function drawCurves(row, runs) {
  const missing = document.querySelector("#curves .missing");
  const pair = document.querySelector("#curves .pair");
  const trained = runs.filter((run) => run.curve.length > 0);
  missing.hidden = trained.length > 0;
  pair.hidden = trained.length === 0;
  if (trained.length === 0) {
    missing.textContent = `No curve: ${row.strategy} is not trained in steps.`;
    return;
  }
  const aucDefined = trained.some((run) => run.curve.some((point) => point.valAuc !== null));
  const legend = (c) => curveLegend(c, aucDefined);
  byId("curve-key").replaceChildren(...legend(colours()).map(({ mark, text }) => h("span", {}, mark, text)),
    aucDefined ? "" : "(AUC not defined)");
  byId("curve-validation").dataset.title = `${row.dataset}: validation ACC and AUC %, ${rowName(row)}`;
  byId("curve-loss").dataset.title = `${row.dataset}: training loss, ${rowName(row)}`;
  draw(byId("curve-validation"), validationOptions(trained), 290, legend);
  draw(byId("curve-loss"), lossOptions(trained), 290);
}

const curveLegend = (c, aucDefined) => [
  { mark: symbolSvg("circle", c.series[0], { line: true }), text: "ACC" },
  ...(aucDefined ? [{ mark: symbolSvg("triangle", c.series[1], { line: true, dashed: true }), text: "AUC" }] : []),
  { mark: symbolSvg("diamond", c.ink, { hollow: true }), text: "checkpoint kept" },
];

const curveTip = (runs) => (item) => {
  const run = runs[item.data.run];
  const point = run.curve[item.data.point];
  return [`seed ${run.seed}, epoch ${point.epoch}, iteration ${point.iteration}`,
    `validation ACC ${percent(point.valAccuracy)}, AUC ${percent(point.valAuc)}`,
    `training loss ${point.trainLoss === null ? "not defined" : point.trainLoss.toPrecision(4)}`].join("\n");
};

/** One line a run; `value` maps a point to its height, null leaves a gap. */
const curveSeries = (runs, value, style) => runs.map((run, r) => ({
  type: "line", ...style, lineStyle: { width: 1.8, ...style.lineStyle }, showSymbol: true, symbolSize: 6,
  data: run.curve.map((point, i) => ({ value: [point.iteration, value(point)], run: r, point: i })),
}));

const keptSeries = (runs, value, c) => ({
  type: "scatter", symbol: "diamond", symbolSize: 15, z: 5,
  itemStyle: { color: "transparent", borderColor: c.ink, borderWidth: 1.8 },
  data: runs.map((run, r) => ({
    value: [run.curve[run.best].iteration, value(run.curve[run.best])], run: r, point: run.best,
  })),
});

const curveFrame = (c, runs, yAxis) => ({
  grid: { left: 52, right: 20, top: 14, bottom: 42 },
  tooltip: tooltip(c, curveTip(runs)),
  xAxis: valueAxis(c, { name: "iteration", nameLocation: "middle", nameGap: 26, min: 0, splitLine: { show: false } }),
  yAxis: valueAxis(c, yAxis),
});

function validationOptions(runs) {
  const accuracy = (point) => 100 * point.valAccuracy;
  const auc = (point) => (point.valAuc === null ? null : 100 * point.valAuc);
  return (c) => ({
    ...curveFrame(c, runs, {}),
    series: [
      ...curveSeries(runs, accuracy, { symbol: "circle", itemStyle: { color: c.series[0] } }),
      ...curveSeries(runs, auc, { symbol: "triangle", itemStyle: { color: c.series[1] }, lineStyle: { type: "dashed" } }),
      keptSeries(runs, accuracy, c),
    ],
  });
}

function lossOptions(runs) {
  const loss = (point) => point.trainLoss;
  return (c) => ({
    ...curveFrame(c, runs, { scale: false }),
    series: [
      ...curveSeries(runs, loss, { symbol: "rect", itemStyle: { color: c.series[2] } }),
      keptSeries(runs, loss, c),
    ],
  });
}
