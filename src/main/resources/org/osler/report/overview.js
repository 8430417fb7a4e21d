"use strict";
// One dot plot a dataset and metric: a line a row, its seeds as small rings, the mean as a filled symbol with ± std.
const STRATEGIES = [...new Set(DATA.rows.map((row) => row.strategy))];
const strategyColour = (c, row) => c.series[STRATEGIES.indexOf(row.strategy) % c.series.length];
const strategySymbol = (row) => SYMBOLS[STRATEGIES.indexOf(row.strategy) % SYMBOLS.length];

/** Mean of the runs' interval ends, or null where a run has none. */
function meanInterval(row, key) {
  const ranges = row.runs.map((run) => run[key]);
  if (ranges.includes(null)) return null;
  return [sum(ranges.map((r) => r.low)) / ranges.length, sum(ranges.map((r) => r.high)) / ranges.length];
}

function overviewTip(row, metric) {
  const interval = meanInterval(row, `${metric}Interval`);
  const lines = [rowName(row), `mean ± std ${plusMinus({ ...row[metric], n: row.runs.length })}`];
  row.runs.forEach((run, i) => lines.push(`seed ${run.seed}: ${percent(row[metric].values[i])}`));
  if (interval) lines.push(`95 % over test images: ${percent(interval[0])} to ${percent(interval[1])}`);
  if (row.published) lines.push(`published: ${percent(row.published[`${metric}Mean`])}`);
  return lines.join("\n");
}

/** Lines between two points of the same height, drawn as a series without points. */
const segments = (pairs, lineStyle, z) => ({
  type: "scatter", data: [], z,
  markLine: {
    silent: true, symbol: "none", label: { show: false }, lineStyle: { type: "solid", ...lineStyle },
    data: pairs.map(([from, to, y]) => [{ coord: [from, y] }, { coord: [to, y] }]),
  },
});

function overviewOptions(rows, metric) {
  const p = (fraction) => 100 * fraction;
  const present = rows.map((row, y) => ({ row, y })).filter(({ row }) => row[metric].mean !== null);
  const pick = (make) => present.map(make).filter((item) => item !== null);
  const publishedKey = `${metric}Mean`;
  return (c, width) => {
    const labelWidth = Math.min(280, Math.max(110, width * (onTwoLines(rows) ? 0.38 : 0.46)));
    const bands = pick(({ row, y }) => {
      const interval = meanInterval(row, `${metric}Interval`);
      return interval && [p(interval[0]), p(interval[1]), y];
    });
    const spreads = pick(({ row, y }) => row.runs.length > 1
      ? [p(row[metric].mean - row[metric].std), p(row[metric].mean + row[metric].std), y] : null);
    const extremes = [...bands.flatMap(([a, b]) => [a, b]), ...spreads.flatMap(([a, b]) => [a, b]),
      ...present.flatMap(({ row }) => [...row[metric].values.map(p), ...(row.published ? [p(row.published[publishedKey])] : [])])];
    const [low, high] = [Math.min(...extremes), Math.max(...extremes)];
    const step = [0.5, 1, 2, 5, 10, 20].find((s) => (high - low) / s <= 5) || 20;
    return {
      grid: { left: labelWidth + 10, right: 16, top: 6, bottom: 26 },
      tooltip: tooltip(c, (item) => (item.data && item.data.row !== undefined ? overviewTip(rows[item.data.row], metric) : "")),
      xAxis: valueAxis(c, {
        interval: step, min: Math.max(0, step * Math.floor((low - 0.15 * step) / step)),
        max: Math.min(100, step * Math.ceil((high + 0.15 * step) / step)),
      }),
      yAxis: {
        type: "category", inverse: true, data: rows.map((_, y) => String(y)), axisLine: { show: false }, axisTick: { show: false },
        axisLabel: {
          color: c.ink, fontSize: 12, width: labelWidth, overflow: "truncate", lineHeight: 14,
          formatter: (y) => rowLabel(rows[y], metric, onTwoLines(rows)),
          rich: { m: { color: c.muted, fontSize: 11, lineHeight: 14 } },
        },
        splitLine: { show: true, lineStyle: { color: c.line, type: [2, 3] } },
      },
      series: [
        segments(bands, { color: c.muted, width: 9, opacity: 0.28 }, 1),
        ...present.map(({ row, y }) => segments(
          spreads.filter((s) => s[2] === y), { color: strategyColour(c, row), width: 2.5 }, 2)),
        {
          type: "scatter", symbol: "diamond", symbolSize: 13, z: 3,
          itemStyle: { color: "transparent", borderColor: c.ink, borderWidth: 1.6 },
          data: pick(({ row, y }) => row.published && { value: [p(row.published[publishedKey]), y], row: y }),
        },
        {
          type: "scatter", z: 4,
          data: present.map(({ row, y }) => ({
            value: [p(row[metric].mean), y], row: y, symbol: strategySymbol(row), symbolSize: 11,
            itemStyle: { color: strategyColour(c, row), opacity: 1 },
          })),
        },
        {
          type: "scatter", symbol: "circle", symbolSize: 7, z: 5,
          data: present.flatMap(({ row, y }) => (row.runs.length < 2 ? [] : row[metric].values.map((value) => ({
            value: [p(value), y], row: y,
            itemStyle: { color: c.paper, borderColor: strategyColour(c, row), borderWidth: 1.5, opacity: 1 },
          })))),
        },
      ],
    };
  };
}

/** Names take one line where there are many rows, if they fit. */
const FEW_ROWS = 10;
const LONGEST_LINE = 46;
const rowSecond = (row) => row.strategy + (row.settings ? `, ${row.settings}` : "");
const onTwoLines = (rows) => rows.length <= FEW_ROWS || rows.some((row) => row.encoder.length + rowSecond(row).length > LONGEST_LINE);
const rowHeight = (rows) => (rows.length <= FEW_ROWS ? 40 : onTwoLines(rows) ? 33 : 23);

function rowLabel(row, metric, twoLines) {
  const undefinedNote = row[metric].mean === null ? " (not defined)" : "";
  return `${row.encoder}${row.untrained ? " (untrained)" : ""}${twoLines ? "\n" : " "}{m|${rowSecond(row)}${undefinedNote}}`;
}

function drawOverviews() {
  document.querySelectorAll("[data-overview]").forEach((element) => {
    const rows = DATA.rows.filter((row) => row.selected && row.dataset === element.dataset.dataset);
    const metric = element.dataset.overview;
    if (rows.every((row) => row[metric].mean === null)) {
      element.replaceWith(h("p", { class: "missing" }, "Not defined for any row of this dataset."));
      return;
    }
    element.dataset.file = `${element.dataset.dataset} ${METRICS[metric]} by encoder and strategy`;
    element.dataset.title = `${element.dataset.dataset}: ${METRICS[metric]} % on test`;
    drawSoon(element, overviewOptions(rows, metric), 40 + rowHeight(rows) * rows.length, overviewLegend);
  });
}

/** What the marks mean, as entries {mark, text}. */
function overviewLegend(c) {
  const rows = DATA.rows.filter((row) => row.selected);
  const items = STRATEGIES.map((text, i) =>
    ({ mark: symbolSvg(SYMBOLS[i % SYMBOLS.length], c.series[i % c.series.length], { line: true }), text }));
  if (rows.some((row) => row.runs.length > 1)) {
    items.push({ mark: symbolSvg("none", c.muted, { line: true }), text: "filled: mean, line: ± std over seeds" },
      { mark: symbolSvg("small", c.muted, { hollow: true }), text: "one seed" });
  }
  if (rows.some((row) => row.published)) items.push({ mark: symbolSvg("diamond", c.ink, { hollow: true }), text: "published mean" });
  if (rows.some((row) => meanInterval(row, "accuracyInterval"))) {
    items.push({ mark: symbolSvg("bar", c.muted), text: "95 % interval over test images" });
  }
  return items;
}

const drawLegend = () => byId("overview-legend").replaceChildren(...overviewLegend(colours()).map(({ mark, text }) => h("li", {}, mark, text)));
