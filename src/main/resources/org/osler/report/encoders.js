"use strict";
// The encoders of a study, and how lines tell them apart: colour, symbol and dashes together, so that none is needed alone.
const encoderKey = (row) => `${row.encoderId}${row.untrained ? " untrained" : ""}`;
const ENCODERS = [...new Map(DATA.rows.map((row) => [encoderKey(row),
  { key: encoderKey(row), name: row.encoder, untrained: row.untrained, id: row.encoderId }])).values()];
const DASHES = ["solid", [7, 4], [2, 3], [9, 3, 2, 3]];
const highlit = new Set();

/** Five colours, then the same with other symbols and dashes. */
function encoderStyle(c, key) {
  const i = ENCODERS.findIndex((encoder) => encoder.key === key);
  const n = c.series.length;
  const round = Math.floor(i / n);
  return {
    colour: c.series[i % n], symbol: SYMBOLS[(i + round) % SYMBOLS.length], dash: DASHES[round % DASHES.length],
    faint: highlit.size > 0 && !highlit.has(key),
  };
}

const encoderTitle = (encoder) => encoder.name + (encoder.untrained ? " (untrained)" : "");
const encoderMark = (c, encoder) => {
  const style = encoderStyle(c, encoder.key);
  return symbolSvg(style.symbol, style.colour, { line: true, dash: style.dash });
};

/** A legend of buttons: the pressed ones stand out in every curve of the page, the others fade. */
function encoderLegend(place, encoders) {
  const c = colours();
  place.replaceChildren(...encoders.map((encoder) => {
    const button = h("button", { type: "button", "aria-pressed": String(highlit.has(encoder.key)) },
      encoderMark(c, encoder), encoderTitle(encoder));
    button.addEventListener("click", () => {
      if (!highlit.delete(encoder.key)) highlit.add(encoder.key);
      document.querySelectorAll(".encoder-legend button").forEach((other) => {
        if (other.textContent === button.textContent) other.setAttribute("aria-pressed", String(highlit.has(encoder.key)));
      });
      redrawAll("[data-curves]");
    });
    return h("li", {}, button);
  }));
}

/** The legend again, in the colours of now. */
function recolourLegend(place) {
  const names = [...place.querySelectorAll("button")].map((button) => button.textContent);
  encoderLegend(place, ENCODERS.filter((encoder) => names.includes(encoderTitle(encoder))));
}
