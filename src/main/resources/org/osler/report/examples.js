"use strict";
// Test images: the worst mistakes and some right answers of the chosen row, judged by the mean score over its runs.
function showExamples(dataset, row) {
  const note = byId("images-note");
  const place = byId("images");
  if (row.examples.length === 0) {
    note.textContent = `No images: ${dataset.unjoined || "they are kept for the best rows of each dataset only, so that this file stays small"}.`;
    place.replaceChildren();
    return;
  }
  const seeds = row.runs.length;
  note.textContent = (seeds > 1 ? `Scores are means over the ${seeds} seeds. ` : "")
    + "The worst mistakes are those that give the true label the lowest score. Numbers are positions in the test split, from 0.";
  const part = (title, right, none) => {
    const examples = row.examples.filter((example) => example.right === right && dataset.images[example.index]);
    return [h("h4", {}, title), examples.length
      ? h("div", { class: "gallery" }, ...examples.map((example) => exampleCard(dataset, row, example)))
      : h("p", { class: "missing" }, none)];
  };
  place.replaceChildren(...part("Worst mistakes", false, "None: every test image was answered right."),
    ...part("Right, with the highest scores", true, "None: no test image was answered right."));
}

function exampleCard(dataset, row, example) {
  const alt = `Test image ${example.index}: true ${example.truth}, predicted ${example.predicted}`;
  const line = (...children) => h("div", {}, ...children);
  return h("figure", {},
    h("img", { src: dataset.images[example.index], alt, title: alt }),
    h("figcaption", {},
      line(h("span", { class: `verdict ${example.right ? "right" : "wrong"}` }, example.right ? "✓ right" : "✗ wrong"),
        h("span", { class: "muted" }, ` no. ${example.index}`)),
      line(h("span", { class: "muted" }, "true "), `${example.truth} (${percent(example.truthScore, 1)} %)`),
      example.right ? null
        : line(h("span", { class: "muted" }, "predicted "), `${example.predicted} (${percent(example.predictedScore, 1)} %)`),
      row.runs.length > 1 ? line(h("span", { class: "muted" }, `wrong in ${example.wrongRuns} of ${row.runs.length} seeds`)) : null));
}
