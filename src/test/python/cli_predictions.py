"""Writes the golden prediction file of src/test/resources/golden/cli; its name carries scikit-learn's AUC and ACC.

Run from the project's root, with numpy and scikit-learn installed and the official breastmnist.npz at hand:

    python src/test/python/cli_predictions.py ../shared/data/medmnist/breastmnist.npz
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, balanced_accuracy_score, brier_score_loss, roc_auc_score

OUT = Path("src/test/resources/golden/cli")
OUT.mkdir(parents=True, exist_ok=True)

labels = np.load(sys.argv[1])["test_labels"][:, 0]
random = np.random.default_rng(0)
p = np.round(np.clip(0.3 * labels + random.random(len(labels)) * 0.7, 0, 1), 3)
auc, acc = roc_auc_score(labels, p), accuracy_score(labels, p > 0.5)
name = f"breastmnist_test_[AUC]{auc:.3f}_[ACC]{acc:.3f}@golden.csv"
(OUT / name).write_text("".join(f"{i},{round(1 - v, 3)},{v}\n" for i, v in enumerate(p)))
print(name, f"{acc:.4f} {auc:.4f}", f"{balanced_accuracy_score(labels, p > 0.5):.4f}", f"{brier_score_loss(labels, p):.4f}")
print(np.array([[((labels == t) & ((p > 0.5) == c)).sum() for c in (0, 1)] for t in (0, 1)]))
