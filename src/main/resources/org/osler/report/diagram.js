"use strict";
// The critical-difference diagram (Demšar 2006, figure 1): encoders on an axis of average ranks, bars join those that
// are not told apart. Wide: names to the left and right, as in his figure; narrow: all names in one column.
const CD = { line: 21, axis: 54, bar: 9, narrow: 620 };

/** Where an encoder's name stands: its row, and on which side. */
function cdPlaces(count, narrow) {
  const half = Math.ceil(count / 2);
  return [...Array(count).keys()].map((i) => (narrow || i < half ? { row: i, left: true } : { row: count - 1 - i, left: false }));
}

/** Bars that overlap need a height each; returns the bars with the first free one. */
function cdBars(cliques) {
  const ends = [];
  return cliques.map(([first, last]) => {
    let level = ends.findIndex((end) => end < first);
    if (level < 0) level = ends.length;
    ends[level] = last;
    return { first, last, level };
  });
}

function cdDiagram(c, over, width) {
  const { standings, cliques, criticalDifference } = over;
  const narrow = width < CD.narrow;
  const count = standings.length;
  const names = Math.min(width * 0.42, 16 + 6.9 * Math.max(...standings.map((s) => s.encoder.length)) + 34);
  const [left, right] = [names + 12, width - (narrow ? 16 : names + 12)];
  const x = (rank) => left + ((rank - 1) / (count - 1)) * (right - left);
  const bars = cdBars(cliques);
  const under = CD.axis + 10 + CD.bar * Math.max(0, ...bars.map((bar) => bar.level + 1));
  const places = cdPlaces(count, narrow);
  const height = under + CD.line * (Math.max(...places.map((place) => place.row)) + 1) + 6;
  const svg = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": "Critical-difference diagram; the ranks are in the table below" });
  const line = (x1, y1, x2, y2, stroke, w = 1) => svg.append(svgElement("line", { x1, y1, x2, y2, stroke, "stroke-width": w }));
  const text = (words, at, y, anchor, fill, size = 12) =>
    svg.append(svgElement("text", { x: at, y, "text-anchor": anchor, fill, "font-size": size }, words));
  if (criticalDifference !== null) {
    const end = x(1 + criticalDifference);
    line(x(1), 14, end, 14, c.ink, 1.5);
    [x(1), end].forEach((at) => line(at, 10, at, 18, c.ink, 1.5));
    text(`CD ${criticalDifference.toFixed(2)}`, end + 8 > width - 60 ? x(1) + 4 : end + 8, end + 8 > width - 60 ? 30 : 18, "start", c.ink, 11.5);
  }
  line(x(1), CD.axis, x(count), CD.axis, c.ink);
  const step = Math.max(1, Math.ceil(count / ((right - left) / 26)));
  for (let rank = 1; rank <= count; rank += 1) {
    line(x(rank), CD.axis - 5, x(rank), CD.axis, c.ink);
    if ((rank - 1) % step === 0) text(String(rank), x(rank), CD.axis - 9, "middle", c.muted, 11);
  }
  standings.forEach((standing, i) => {
    const { row, left: onLeft } = places[i];
    const y = under + CD.line * row + CD.line / 2;
    const at = x(standing.averageRank);
    const edge = onLeft ? left - 6 : right + 6;
    line(at, CD.axis, at, y, c.muted);
    line(at, y, edge, y, c.muted);
    svg.append(svgElement("circle", { cx: at, cy: CD.axis, r: 2.6, fill: c.ink }));
    text(`${standing.encoder}  ${standing.averageRank.toFixed(2)}`, onLeft ? edge - 4 : edge + 4, y + 4, onLeft ? "end" : "start", c.ink);
  });
  bars.forEach(({ first, last, level }) => {
    const y = CD.axis + 8 + CD.bar * level;
    line(x(standings[first].averageRank) - 4, y, x(standings[last].averageRank) + 4, y, c.series[0], 4);
  });
  return svg;
}
