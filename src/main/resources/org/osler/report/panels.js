"use strict";
// Small multiples of curves: a panel a dataset, a line an encoder through the means over seeds, the seeds as small rings.
const exponent = (value) => {
  const power = Math.log10(value);
  return Number.isInteger(Math.round(power * 1e6) / 1e6) ? `1e${Math.round(power)}` : String(Number(value.toPrecision(3)));
};

/** A line an encoder: its points in order along the axis; encoders with one point are dots. */
function curveLines(rows, axis, key) {
  const order = valuesOf(rows, axis);
  return ENCODERS.map((encoder) => ({
    encoder,
    points: rows.filter((row) => encoderKey(row) === encoder.key && onAxis(row, axis) !== "" && row[key].mean !== null)
      .sort((a, b) => order.indexOf(onAxis(a, axis)) - order.indexOf(onAxis(b, axis)))
      .map((row) => ({ row, x: axis.kind === "LEARNING_RATE" ? Number(onAxis(row, axis)) : onAxis(row, axis), numbers: row[key] })),
  })).filter((line) => line.points.length > 0);
}

/** The range that panels side by side share, so that they can be compared. */
function sharedRange(panels) {
  const values = panels.flatMap((panel) => panel.lines.flatMap((line) => line.points.flatMap((point) => point.numbers.values)));
  const [low, high] = [100 * Math.min(...values), 100 * Math.max(...values)];
  const step = [0.5, 1, 2, 5, 10, 20].find((s) => (high - low) / s <= 5) || 25;
  return {
    min: Math.max(0, step * Math.floor((low - 0.1 * step) / step)), max: Math.min(100, step * Math.ceil((high + 0.1 * step) / step)),
    interval: step,
  };
}

function panelTip(axis, panel, item) {
  const { point, encoder } = item.data;
  const { row } = point;
  const lines = [encoderTitle(encoder), `${axis.name} ${onAxis(row, axis)}: ${plusMinus({ ...point.numbers, n: row.runs.length })} %`];
  row.runs.forEach((run, i) => lines.push(`seed ${run.seed}: ${percent(point.numbers.values[i])}`));
  if (panel.marksChoice && row.selected) lines.push("chosen on validation");
  return lines.join("\n");
}

function panelAxis(c, axis, panel) {
  const common = {
    name: axis.name + (axis.unit ? `, ${axis.unit}` : ""), nameLocation: "middle", nameGap: 25,
    nameTextStyle: { color: c.muted, fontSize: 11 }, axisLabel: { color: c.muted, fontSize: 11, hideOverlap: true },
    axisLine: { lineStyle: { color: c.muted } }, axisTick: { lineStyle: { color: c.muted } }, splitLine: { show: false },
  };
  if (axis.kind !== "LEARNING_RATE") return { type: "category", data: panel.values, boundaryGap: true, ...common };
  const rates = panel.values.map(Number);
  return {
    type: "log", min: Math.min(...rates) / 1.8, max: Math.max(...rates) * 1.8, ...common,
    axisLabel: { ...common.axisLabel, formatter: exponent, showMinLabel: false, showMaxLabel: false },
  };
}

function panelOptions(axis, panel, range) {
  return (c) => {
    const rings = [];
    const means = panel.lines.map(({ encoder, points }) => {
      const style = encoderStyle(c, encoder.key);
      const opacity = style.faint ? 0.13 : 1;
      points.filter(({ numbers }) => numbers.values.length > 1).forEach((point) => point.numbers.values.forEach((value) => rings.push({
        value: [point.x, 100 * value], point, encoder, itemStyle: { borderColor: style.colour, opacity: style.faint ? 0.1 : 0.6 },
      })));
      return {
        type: "line", symbol: style.symbol, symbolSize: 7, showSymbol: true, z: style.faint ? 2 : 3,
        itemStyle: { color: style.colour, opacity }, lineStyle: { color: style.colour, width: 1.6, type: style.dash, opacity },
        data: points.map((point) => ({ value: [point.x, 100 * point.numbers.mean], point, encoder })),
      };
    });
    const chosen = !panel.marksChoice ? [] : panel.lines.flatMap(({ encoder, points }) => points.filter(({ row }) => row.selected)
      .map((point) => ({
        value: [point.x, 100 * point.numbers.mean], point, encoder,
        itemStyle: { borderColor: atEdge(point.row, axis) ? c.warn : c.ink, opacity: encoderStyle(c, encoder.key).faint ? 0.13 : 1 },
      })));
    return {
      grid: { left: 42, right: 14, top: 10, bottom: 40 },
      tooltip: tooltip(c, (item) => (item.data && item.data.point ? panelTip(axis, panel, item) : "")),
      xAxis: panelAxis(c, axis, panel), yAxis: valueAxis(c, range),
      series: [...means,
        { type: "scatter", symbol: "circle", symbolSize: 4, z: 2, itemStyle: { color: "transparent", borderWidth: 1 }, data: rings },
        { type: "scatter", symbol: "diamond", symbolSize: 13, z: 5, itemStyle: { color: "transparent", borderWidth: 1.5 }, data: chosen }],
    };
  };
}

/** Panels that share their range, side by side; `panels`: [{title, lines, values, marksChoice}]. */
function panelGroup(name, axis, panels, file) {
  const range = sharedRange(panels);
  const encoders = ENCODERS.filter((encoder) => panels.some(({ lines }) => lines.some((line) => line.encoder === encoder)));
  const legend = (c) => [...encoders.map((encoder) => ({ mark: encoderMark(c, encoder), text: encoderTitle(encoder) })),
    ...axisKey(panels.flatMap(({ rows }) => rows), axis, c)];
  const charts = panels.map((panel) => {
    const chart = h("div", {
      class: "chart", role: "img", "data-curves": "", "data-file": `${file} ${panel.title}`, "data-title": `${name}: ${panel.title}`,
      "aria-label": `${name}: ${panel.title} against ${axis.name} for ${encoders.length} encoders; the numbers are in the tables`,
    });
    drawSoon(chart, panelOptions(axis, panel, range), 230, legend);
    return h("figure", {}, h("figcaption", {}, panel.title), chart);
  });
  return h("div", { class: "panel-group" }, h("h3", {}, name), h("div", { class: `panels of${Math.min(2, panels.length)}` }, ...charts));
}
