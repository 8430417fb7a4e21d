"use strict";
// Puts the page together: sorting, choosing, and drawing anew for dark mode, other widths and print.
function sortable(table) {
  const buttons = [...table.tHead.querySelectorAll("button")];
  buttons.forEach((button, column) => button.addEventListener("click", () => {
    const header = button.closest("th");
    const ascending = header.getAttribute("aria-sort")
      ? header.getAttribute("aria-sort") === "descending" : !header.classList.contains("num");
    buttons.forEach((other) => other.closest("th").removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const key = (tr) => {
      const cell = tr.cells[column];
      return cell.dataset.sort === undefined ? cell.textContent.trim() : Number(cell.dataset.sort);
    };
    const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true }));
    const body = table.tBodies[0];
    [...body.rows].sort((a, b) => (ascending ? 1 : -1) * compare(key(a), key(b))).forEach((tr) => body.append(tr));
  }));
}

const chooser = byId("chooser").elements;
const option = (value, text) => h("option", { value }, text);

function listDatasets() {
  chooser.dataset.replaceChildren(...DATA.datasets.filter((d) => DATA.rows.some((row) => row.dataset === d.name))
    .map((d) => option(d.name, d.name)));
}

/** Rows of the chosen dataset, the ones in the result table first, keeping the same encoder and strategy if it can. */
function listRows() {
  const before = chooser.row.value === "" ? null : DATA.rows[Number(chooser.row.value)];
  const rows = DATA.rows.map((row, i) => ({ row, i })).filter(({ row }) => row.dataset === chooser.dataset.value);
  const options = (chosen) => rows.filter(({ row }) => row.selected === chosen).map(({ row, i }) => option(i, rowName(row)));
  const others = options(false);
  chooser.row.replaceChildren(...options(true));
  if (others.length > 0) chooser.row.append(h("optgroup", { label: "other learning rates" }, ...others));
  const same = before && rows.find(({ row }) => rowName(row) === rowName(before));
  const best = rows.filter(({ row }) => row.selected)
    .sort((a, b) => (b.row.auc.mean ?? b.row.accuracy.mean) - (a.row.auc.mean ?? a.row.accuracy.mean))[0];
  const pick = same || best || rows[0];
  chooser.row.value = pick.i;
}

function listSeeds() {
  const { runs } = DATA.rows[Number(chooser.row.value)];
  const before = chooser.seed.value;
  const seeds = runs.map((run, i) => option(i, `seed ${run.seed}`));
  chooser.seed.replaceChildren(...(runs.length > 1 ? [option("all", `all ${runs.length}, averaged`), ...seeds] : seeds));
  if ([...chooser.seed.options].some((o) => o.value === before)) chooser.seed.value = before;
}

function showDetail() {
  const row = DATA.rows[Number(chooser.row.value)];
  const dataset = DATA.datasets.find((d) => d.name === row.dataset);
  const runs = chooser.seed.value === "all" ? row.runs : [row.runs[Number(chooser.seed.value)]];
  const trial = (run) => ["trial ", h("a", { href: `#trial-${run.trial}` }, run.trial),
    ` (seed ${run.seed}${run.strategySettings ? `, ${run.strategySettings}` : ""})`];
  byId("chosen").replaceChildren(`${row.dataset}: ${rowName(row)}. From `,
    ...runs.flatMap((run, i) => (i === 0 ? trial(run) : [", ", ...trial(run)])), ".");
  const detailed = runs.every((run) => run.detail);
  byId("kept").hidden = !detailed;
  byId("not-kept").hidden = detailed;
  drawCurves(row, runs);
  if (!detailed) return;
  showClasses(dataset, runs);
  showConfusion(dataset, row, runs);
  showCalibration(dataset, row, runs);
  showExamples(dataset, row);
}

function choose(row) {
  chooser.dataset.value = DATA.rows[row].dataset;
  listRows();
  chooser.row.value = row;
  listSeeds();
  showDetail();
}

function redrawPage() {
  if (DATA.rows.length === 0) return;
  drawLegend();
  document.querySelectorAll(".encoder-legend").forEach(recolourLegend);
  axisKeys.forEach((drawKey) => drawKey());
  redrawAll();
  showDetail();
}

/** Paper is white and narrow whatever the screen is: the style sheet knows by data-print. */
const openedForPrint = [];
function preparePrint(printing) {
  document.documentElement.toggleAttribute("data-print", printing);
  drawWaiting(Infinity);
  if (printing) openedForPrint.push(...document.querySelectorAll("details:not([open]):not(.unprinted)"));
  openedForPrint.forEach((details) => { details.open = printing; });
  if (!printing) openedForPrint.length = 0;
  redrawPage();
}

if (DATA.rows.length > 0) {
  document.querySelectorAll("table.results").forEach(sortable);
  listDatasets();
  listRows();
  listSeeds();
  chooser.dataset.addEventListener("change", () => { listRows(); listSeeds(); showDetail(); });
  chooser.row.addEventListener("change", () => { listSeeds(); showDetail(); });
  chooser.seed.addEventListener("change", showDetail);
  document.querySelectorAll("tr[data-row] th a").forEach((link) =>
    link.addEventListener("click", () => choose(Number(link.closest("tr").dataset.row))));
  byId("provenance").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-row]");
    if (link) choose(Number(link.dataset.row));
  });
  drawHeatmap();
  drawLegend();
  drawOverviews();
  drawAxes();
  drawByClass();
  showDetail();
  document.querySelectorAll("details").forEach((details) =>
    details.addEventListener("toggle", () => details.open && redrawAll("details[open] .chart")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawPage);
  addEventListener("resize", () => redrawAll());
  addEventListener("beforeprint", () => preparePrint(true));
  addEventListener("afterprint", () => preparePrint(false));
} else {
  ["figures", "detail"].forEach((id) => { byId(id).hidden = true; });
}
followContents();
