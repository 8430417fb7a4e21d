"""Writes a table of made-up results and, with numpy, the summary that SummaryTest compares with.

Run from the project's root: python src/test/python/study_summary.py
"""

import csv
import pathlib

import numpy as np

rng = np.random.default_rng(0)
results, summary = [], []
for head_lr in (1e-2, 1e-3):
    for encoder_lr in (1e-4, 1e-5, 1e-6):
        # Few distinct validation values, so that ties in accuracy happen; columns val_acc, val_auc, acc, auc.
        table = np.stack([rng.choice([0.7, 0.8], 3), rng.choice([0.75, 0.85], 3), rng.random(3), rng.random(3)], 1)
        for seed in range(3):
            results.append([head_lr, encoder_lr, seed, *table[seed]])
        summary.append([head_lr, encoder_lr, *table.mean(0), *table.std(0, ddof=0)])
best = max(summary, key=lambda row: (round(row[2], 9), round(row[3], 9), -row[1], -row[0]))
golden = pathlib.Path("src/test/resources/golden/study")
with open(golden / "summary-results.csv", "w", newline="") as out:
    csv.writer(out, lineterminator="\n").writerows([map(repr, map(float, row)) for row in results])
with open(golden / "summary.csv", "w", newline="") as out:
    rows = [list(map(repr, map(float, row))) + [str(row is best).lower()] for row in summary]
    csv.writer(out, lineterminator="\n").writerows(rows)
