"use strict";
// Which encoder wins: ranks over datasets with their tests, and on each dataset the best against the runner-up.
const ranking = byId("ranking");
const rankingChooser = ranking.querySelector("form").elements;
const ALPHA = 0.05;
const pText = (p) => (p === null ? "not defined" : p < 0.001 ? "< 0.001" : p.toFixed(3));
const points = (fraction) => `${fraction < 0 ? "−" : "+"}${Math.abs(100 * fraction).toFixed(2)}`;

const chosenRanking = () => DATA.rankings.find(({ condition, metric }) =>
  condition === rankingChooser.condition.value && metric === rankingChooser.metric.value);

/** The metrics that the chosen condition is ranked by, keeping the same one if it can. */
function listRankingMetrics() {
  const before = rankingChooser.metric.value;
  const metrics = DATA.rankings.filter(({ condition }) => condition === rankingChooser.condition.value).map(({ metric }) => metric);
  rankingChooser.metric.replaceChildren(...metrics.map((metric) => h("option", { value: metric }, metric)));
  if (metrics.includes(before)) rankingChooser.metric.value = before;
}

function showWords(over) {
  const left = over.leftOut.length > 0 ? [`Left out, since results are missing: ${over.leftOut.join(", ")}.`] : [];
  const on = over.datasets.length > 0 ? [`Ranked on ${over.datasets.length === 1 ? "one dataset" : `${over.datasets.length} datasets`}: ${over.datasets.join(", ")}.`] : [];
  ranking.querySelector(".words").replaceChildren(...[...over.words, [...on, ...left].join(" ")].map((words) => h("p", {}, words)));
}

/** Places, average ranks, and for each pair Holm's p in the row of the better placed. */
function showPairs(over) {
  const { standings, pairs } = over;
  const head = ["", "Encoder", "Average rank", "First on"].map((words, i) => h("th", { scope: "col", class: i === 1 ? null : "num" }, words));
  const columns = pairs.length > 0 ? standings.slice(1).map((standing, i) => h("th", { scope: "col", class: "num", title: standing.encoder }, `vs ${i + 2}`)) : [];
  const body = standings.map((standing, i) => h("tr", {},
    h("td", { class: "num" }, String(i + 1)), h("th", { scope: "row" }, standing.encoder),
    h("td", { class: "num" }, standing.averageRank.toFixed(2)), h("td", { class: "num" }, String(standing.firsts)),
    ...columns.map((_, j) => pairCell(standings, pairs.find(({ first, second }) => first === i && second === j + 1)))));
  ranking.querySelector(".pairs").replaceChildren(h("thead", {}, h("tr", {}, ...head, ...columns)), h("tbody", {}, ...body));
  ranking.querySelector(".pairs-note").textContent = pairs.length > 0
    ? "vs: Wilcoxon's p against the encoder of that place, after Holm's correction. Bold and shaded: told apart (p ≤ 0.05)." : "";
}

function pairCell(standings, pair) {
  if (!pair) return h("td", {});
  const told = pair.p <= ALPHA;
  const [first, second] = [standings[pair.first].encoder, standings[pair.second].encoder];
  const words = told ? `${pair.better < 0 ? first : second} is better than ${pair.better < 0 ? second : first}` : `${first} and ${second} are not told apart`;
  return h("td", { class: `num${told ? " told" : ""}`, title: words }, told ? h("b", {}, pText(pair.p)) : pText(pair.p));
}

function showDuels({ duels, metric }) {
  const head = ["Dataset", `Best, ${metric} %`, `Runner-up, ${metric} %`, "Difference", "95 % over images", "p", ""];
  const cell = (label, ...content) => h("td", { "data-label": label }, ...content);
  const spreadText = (number) => plusMinus({ ...number, n: number.values.length });
  const body = duels.map((duel) => h("tr", {},
    h("th", { scope: "row" }, duel.dataset),
    cell(head[1], h("strong", {}, duel.best), h("span", { class: "number" }, spreadText(duel.bestNumber))),
    cell(head[2], duel.runnerUp, h("span", { class: "number" }, spreadText(duel.runnerUpNumber))),
    cell(head[3], points(duel.difference)),
    cell(head[4], duel.test ? `${points(duel.test.low)} to ${points(duel.test.high)}` : "labels not at hand"),
    cell("p", duel.test ? h("span", { title: duel.test.method }, pText(duel.test.p)) : "–"),
    cell("", duel.test && duel.test.p !== null ? (duel.test.p <= ALPHA ? h("b", {}, "told apart") : "not told apart") : "")));
  ranking.querySelector(".duels").replaceChildren(h("thead", {}, h("tr", {}, ...head.map((words) => h("th", { scope: "col" }, words)))), h("tbody", {}, ...body));
}

function drawDiagram() {
  const { overDatasets: over } = chosenRanking();
  const figure = ranking.querySelector("figure");
  figure.hidden = over.standings.length < 2;
  if (figure.hidden) return;
  const place = figure.querySelector(".diagram");
  place.replaceChildren(cdDiagram(colours(), over, Math.min(960, place.clientWidth || 700)));
}

function diagramFile() {
  const { overDatasets: over, condition, metric } = chosenRanking();
  return inLightColours((c) => {
    const drawing = cdDiagram(c, over, 760);
    return composed(c, `Average ranks by ${metric}, ${condition}`, drawing, Number(drawing.getAttribute("height")), [], 760);
  });
}

function showRanking() {
  const chosen = chosenRanking();
  ranking.querySelectorAll("h3 span").forEach((span) => { span.textContent = `${chosen.condition}, by ${chosen.metric}`; });
  showWords(chosen.overDatasets);
  showPairs(chosen.overDatasets);
  showDuels(chosen);
  drawDiagram();
}

if (DATA.rankings.length > 0) {
  const conditions = [...new Set(DATA.rankings.map(({ condition }) => condition))];
  rankingChooser.condition.replaceChildren(...conditions.map((condition) => h("option", { value: condition }, condition)));
  listRankingMetrics();
  rankingChooser.condition.addEventListener("change", () => { listRankingMetrics(); showRanking(); });
  rankingChooser.metric.addEventListener("change", showRanking);
  ranking.querySelector("figcaption").append(saveButton("average ranks",
    () => `average ranks ${chosenRanking().condition} ${chosenRanking().metric}`, diagramFile));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawDiagram);
  ["resize", "beforeprint", "afterprint"].forEach((name) => addEventListener(name, drawDiagram));
  showRanking();
}
