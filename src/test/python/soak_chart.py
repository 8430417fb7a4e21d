"""Draws what SoakTest left, target/soak.csv, as docs/soak.svg: python src/test/python/soak_chart.py (no libraries needed).

Keeps about 300 points a curve: of each stretch of time the highest value, so that no peak is lost.
"""

import csv
import pathlib

ROOT = pathlib.Path(__file__).parents[3]
WIDTH, HEIGHT, LEFT, RIGHT, TOP = 720, 150, 64, 16, 34
POINTS = 300


def nice_top(value):
    """The least of 1, 2, 2.5, 5 times a power of ten, times up to 4, that is above a value."""
    step = 1
    while True:
        for factor in (1, 2, 2.5, 5):
            if step * factor * 4 > value:
                return step * factor, step * factor * 4
        step *= 10


def highest(times, values):
    """About POINTS points: the highest of each stretch."""
    length = max(1, len(values) // POINTS)
    for at in range(0, len(values), length):
        part = values[at : at + length]
        best = max(range(len(part)), key=part.__getitem__)
        yield times[at + best], part[best]


def panel(times, values, top, title, note):
    step, most = nice_top(max(values))
    span = max(times)

    def x(minutes):
        return LEFT + minutes / span * (WIDTH - LEFT - RIGHT)

    def y(value):
        return top + HEIGHT * (1 - value / most)

    out = [f'<text x="{LEFT}" y="{top - 10}" font-weight="600">{title}</text>']
    out.append(f'<text x="{WIDTH - RIGHT}" y="{top - 10}" text-anchor="end" fill="#666">{note}</text>')
    for k in range(5):
        at = k * step
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(at):.1f}" y2="{y(at):.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y(at) + 4:.1f}" text-anchor="end" fill="#666">{at:g}</text>')
    for minutes in range(0, int(span * 0.95), 10 if span <= 130 else 60):
        out.append(f'<text x="{x(minutes):.1f}" y="{top + HEIGHT + 18}" text-anchor="middle" fill="#666">{minutes}</text>')
    line = " ".join(f"{x(t):.1f},{y(v):.1f}" for t, v in highest(times, values))
    out.append(f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="1.5"/>')
    return out


with open(ROOT / "target" / "soak.csv", newline="") as file:
    rows = [[float(row[key]) for key in ("minutes", "trials", "resident_mib", "open_files")] for row in csv.DictReader(file)]
times, trials, resident, files = map(list, zip(*rows))
second = TOP + HEIGHT + 64
parts = panel(times, resident, TOP, "Resident memory, MiB", f"{trials[-1]:,.0f} trials in one process")
parts += panel(times, files, second, "Open files", "")
parts.append(f'<text x="{WIDTH - RIGHT}" y="{second + HEIGHT + 18}" text-anchor="end" fill="#666">minutes</text>')
body = "\n".join(parts)
height = second + HEIGHT + 30
(ROOT / "docs" / "soak.svg").write_text(
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">\n'
    f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
)
for name, values in (("resident_mib", resident), ("open_files", files)):
    thirds = [values[k * len(values) // 3 : (k + 1) * len(values) // 3] for k in range(3)]
    print(name, "lowest and highest of each third:", ", ".join(f"{min(part):g}–{max(part):g}" for part in thirds))
print(f"{trials[-1]:.0f} trials in {times[-1]:.0f} minutes")
