"""Writes the golden prediction files of src/test/resources/golden/study/predictions with numpy and scikit-learn.

Run from the project's root, with numpy and scikit-learn installed:

    python src/test/python/study_predictions.py

The name of each file carries AUC and ACC by the definitions of the MedMNIST package 3.0.2 (what its Evaluator would
write), its lines are what pandas' to_csv(header=None) writes: index, then Python's shortest form of each double.
labels.json has the labels; rounding.json has doubles and their f"{x:.3f}".
"""

import json
import struct
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, roc_auc_score

OUT = Path("src/test/resources/golden/study/predictions")


def auc_and_acc(task, y, s):
    if task == "multi-label":
        auc = np.mean([roc_auc_score(y[:, k], s[:, k]) for k in range(s.shape[1])])
        return auc, np.mean([accuracy_score(y[:, k], s[:, k] > 0.5) for k in range(s.shape[1])])
    y = y[:, 0]
    if task == "binary":
        return roc_auc_score(y, s[:, -1]), accuracy_score(y, s[:, -1] > 0.5)
    auc = np.mean([roc_auc_score(y == k, s[:, k]) for k in range(s.shape[1])])
    return auc, accuracy_score(y, np.argmax(s, axis=-1))


def write(rng, flag, size, split, task, n, classes, run):
    if task == "multi-label":
        y = rng.integers(0, 2, (n, classes))
        s = 1 / (1 + np.exp(-rng.normal(2 * y - 1, 1.5)))
    else:
        y = rng.integers(0, classes, (n, 1))
        e = np.exp(rng.normal(0, 5, (n, classes)) + 4 * np.eye(classes)[y[:, 0]])
        s = e / e.sum(axis=1, keepdims=True)
    auc, acc = auc_and_acc(task, y, s)
    name = f"{flag}{size}_{split}_[AUC]{auc:.3f}_[ACC]{acc:.3f}@{run}.csv"
    lines = [",".join([str(i), *(repr(float(v)) for v in row)]) for i, row in enumerate(s)]
    (OUT / name).write_text("\n".join(lines) + "\n")
    return {"file": name, "task": task, "labels": y.tolist()}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(3)
    files = [
        write(rng, "breastmnist", "", "test", "binary", 60, 2, "vit_tiny_seed0"),
        write(rng, "dermamnist", "_224", "val", "multi-class", 70, 7, "resnet18"),
        write(rng, "retinamnist", "_64", "test", "ordinal", 50, 5, "r-2"),
        write(rng, "chestmnist", "_128", "train", "multi-label", 20, 14, "a b"),
    ]
    (OUT / "labels.json").write_text(json.dumps(files, separators=(",", ":")) + "\n")

    halves = [k / 2000 for k in range(1, 2000, 2)]  # as near to a half of the last digit as doubles come
    eighths = [k / 16 for k in range(17)]  # 0.0625 is a half exactly, and goes to the even digit
    bits = [struct.unpack("<d", struct.pack("<Q", struct.unpack("<Q", struct.pack("<d", h))[0] + 1))[0] for h in halves]
    values = halves[::7] + eighths + bits[::11] + [1e-300, 0.9995, 0.99949999999, 1.0, 0.0]
    (OUT / "rounding.json").write_text(json.dumps([[v, f"{v:.3f}"] for v in values], separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
