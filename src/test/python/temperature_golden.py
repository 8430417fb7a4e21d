"""Writes src/test/resources/golden/metric/temperature.json: temperatures fitted by scipy's bounded scalar minimisation.

Run from the project's root, with numpy and scipy installed:

    python src/test/python/temperature_golden.py

Logits are rounded to three decimals so that the file holds them exactly.
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax, softmax

OUT = Path("src/test/resources/golden/metric/temperature.json")


def nll(task, labels, logits, temperature):
    z = logits / temperature
    if task in ("multi-class", "ordinal") or (task == "binary" and logits.shape[1] == 2):
        return -log_softmax(z, axis=1)[np.arange(len(z)), labels[:, 0]].mean()
    return (np.logaddexp(0, z) - labels * z).mean()


def probabilities(task, logits, temperature):
    z = logits / temperature
    if task in ("multi-class", "ordinal") or (task == "binary" and logits.shape[1] == 2):
        return softmax(z, axis=1)
    p = expit(z)
    return np.hstack([1 - p, p]) if task == "binary" else p


def case(rng, task, classes, width, cases, sharpness):
    true = rng.normal(size=(cases, width)) * 1.5
    if task in ("multi-class", "ordinal") or width == 2 and task == "binary":
        labels = np.array([[rng.choice(width, p=softmax(row))] for row in true])
    else:
        labels = (rng.random((cases, width)) < expit(true)).astype(int)
    logits = np.round(true * sharpness, 3)
    fit = minimize_scalar(
        lambda log_t: nll(task, labels, logits, np.exp(log_t)), bounds=(-6.9, 6.9), method="bounded",
        options={"xatol": 1e-12, "maxiter": 1000},
    )
    temperature = float(np.exp(fit.x))
    return {
        "task": task,
        "labels": labels.tolist(),
        "logits": logits.tolist(),
        "temperature": temperature,
        "nll_before": nll(task, labels, logits, 1.0),
        "nll_after": nll(task, labels, logits, temperature),
        "first": probabilities(task, logits[:1], temperature)[0].tolist(),
    }


def main():
    rng = np.random.default_rng(7)
    cases = []
    for task, classes, width in [
        ("binary", 2, 1), ("binary", 2, 2), ("multi-class", 5, 5), ("ordinal", 4, 4), ("multi-label", 6, 6),
    ]:
        for sharpness in (0.3, 1.0, 4.0):
            cases.append(case(rng, task, classes, width, 120, sharpness))
    OUT.write_text(json.dumps(cases) + "\n")


main()
