"""Writes src/test/resources/golden/train/logme.json: the maximum evidence of linear models, from its definition.

Run from the project's root, with NumPy and SciPy: python src/test/python/logme_golden.py

The evidence is the density of a label column under N(0, F Ft / alpha + I / beta), as SciPy computes it, and its maximum
over alpha and beta what SciPy's optimiser finds.
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize
from scipy.stats import multivariate_normal


def maximum(features, y):
    n = len(y)

    def loss(logs):
        alpha, beta = np.exp(logs)
        covariance = features @ features.T / alpha + np.eye(n) / beta
        return -multivariate_normal.logpdf(y, np.zeros(n), covariance) / n

    starts = [(a, b) for a in (-3, 0, 3) for b in (-1, 2, 4)]
    options = {"xatol": 1e-9, "fatol": 1e-13, "maxiter": 10_000, "maxfev": 10_000}
    # Where the features can explain every label the best beta is infinite; at e^14 the rest is far below 1e-5.
    bounds = [(-14, 14), (-14, 14)]
    return -min(minimize(loss, start, method="Nelder-Mead", options=options, bounds=bounds).fun for start in starts)


def case(name, n, d, kind, signal):
    random = np.random.default_rng(len(name) + n)
    features = random.normal(size=(n, d)).astype(np.float32).round(3)
    hidden = features[:, :3] @ random.normal(size=(3, 3)) * signal + random.normal(size=(n, 3))
    if kind == "multi-label":
        labels = (hidden > 0).astype(int)
        columns = labels
    else:
        labels = hidden.argmax(1)[:, None] if kind == "multi-class" else (hidden[:, :1] > 0).astype(int)
        columns = np.eye(labels.max() + 1)[labels[:, 0]]
    present = [column.astype(float) for column in columns.T if column.any()]
    score = np.mean([maximum(features.astype(np.float64), column) for column in present])
    return {"name": name, "task": kind, "classes": columns.shape[1], "features": features.tolist(),
            "labels": labels.tolist(), "logme": score}


cases = [
    case("three classes", 60, 8, "multi-class", 2),
    case("two classes", 50, 5, "binary", 1),
    case("labels", 40, 6, "multi-label", 1.5),
    case("more features than images", 15, 24, "multi-class", 1),
    case("noise", 60, 8, "binary", 0),
]
lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
pathlib.Path("src/test/resources/golden/train/logme.json").write_text("[\n" + lines + "\n]\n")
for c in cases:
    print(c["name"], c["logme"])
