"use strict";
// A scale from dark blue to light yellow, made in OKLab (Ottosson 2020, https://bottosson.github.io/posts/oklab/):
// lightness and blue-yellow rise evenly, so equal steps look equal, also without colour or to the colour-blind.
function okLab(l, a, b) {
  const [x, y, z] = [l + 0.3963377774 * a + 0.2158037573 * b, l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b].map((v) => v ** 3);
  const linear = [4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z, -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z];
  const byte = (v) => {
    const clipped = Math.min(1, Math.max(0, v));
    return Math.round(255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055));
  };
  return `#${linear.map((v) => byte(v).toString(16).padStart(2, "0")).join("")}`;
}

/** Background and ink for a place on the scale, 0 (lowest) to 1 (highest). */
function heatColour(t) {
  const lightness = 0.34 + 0.6 * t;
  return { fill: okLab(lightness, -0.015 - 0.16 * t * (1 - t), -0.1 + 0.21 * t), ink: lightness > 0.63 ? "#111111" : "#ffffff" };
}
