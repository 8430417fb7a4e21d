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
  const mapped = row.examples.some((example) => mapOf(row, example.index));
  if (mapped) {
    note.textContent += " Colour shows which places speak for the predicted label, from dark blue (a little) to light yellow (the most):"
      + " Grad-CAM of the seed that is best on validation. It is a hint and no proof.";
  }
  place.classList.toggle("plain", false);
  place.replaceChildren(...mapped ? [mapToggle(place)] : [], ...part("Worst mistakes", false, "None: every test image was answered right."),
    ...part("Right, with the highest scores", true, "None: no test image was answered right."));
}

const mapOf = (row, index) => row.runs.map((run) => (DATA.maps[run.trial] || {})[index]).find(Boolean);

function mapToggle(place) {
  const box = h("input", { type: "checkbox", checked: "" });
  box.addEventListener("change", () => place.classList.toggle("plain", !box.checked));
  return h("label", { class: "map-toggle" }, box, " Show which places speak for the predicted label");
}

/** A square of colours, one pixel a place; the browser enlarges it smoothly. */
function mapLayer(map) {
  const side = Math.round(Math.sqrt(map.values.length));
  const canvas = h("canvas", { width: side, height: side, role: "img", "aria-label": `Places that speak for ${map.label}` });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(side, side);
  map.values.forEach((value, i) => {
    const colour = parseInt(heatColour(value / 100).fill.slice(1), 16);
    pixels.data.set([colour >> 16, (colour >> 8) & 255, colour & 255, 217 * (value / 100) ** 0.7], 4 * i);
  });
  context.putImageData(pixels, 0, 0);
  return canvas;
}

function exampleCard(dataset, row, example) {
  const alt = `Test image ${example.index}: true ${example.truth}, predicted ${example.predicted}`;
  const map = mapOf(row, example.index);
  const line = (...children) => h("div", {}, ...children);
  return h("figure", {},
    h("div", { class: "layers" }, h("img", { src: dataset.images[example.index], alt, title: alt }),
      map ? mapLayer(map) : null),
    h("figcaption", {},
      line(h("span", { class: `verdict ${example.right ? "right" : "wrong"}` }, example.right ? "✓ right" : "✗ wrong"),
        h("span", { class: "muted" }, ` no. ${example.index}`)),
      line(h("span", { class: "muted" }, "true "), `${example.truth} (${percent(example.truthScore, 1)} %)`),
      example.right ? null
        : line(h("span", { class: "muted" }, "predicted "), `${example.predicted} (${percent(example.predictedScore, 1)} %)`),
      row.runs.length > 1 ? line(h("span", { class: "muted" }, `wrong in ${example.wrongRuns} of ${row.runs.length} seeds`)) : null));
}
