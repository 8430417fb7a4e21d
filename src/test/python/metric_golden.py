"""Writes the goldens of src/test/resources/golden/metric with scikit-learn and numpy.

Run from the project's root, with numpy and scikit-learn (1.9.1) installed:

    python src/test/python/metric_golden.py        # about four minutes

cases.jsonl.gz: a thousand random cases of the four tasks, one JSON object a line. Scores are whole numbers of
twentieths, so ties, scores of exactly one half and confidences on the edge of a calibration bin are common; classes
are often missing and some cases are of one sample only. What scikit-learn calls undefined is null.

bootstrap.json: percentile intervals of scikit-learn's metrics over resamples drawn by java.util.SplittableRandom's
published algorithm (SplitMix64), written here a second time.
"""

import gzip
import hashlib
import json
import math
import warnings
from pathlib import Path

import numpy as np
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    brier_score_loss,
    confusion_matrix,
    f1_score,
    recall_score,
    roc_auc_score,
)

OUT = Path("src/test/resources/golden/metric")
STEPS = 20
TASKS = ["binary", "multi-class", "ordinal", "multi-label"]
warnings.filterwarnings("ignore")  # scikit-learn warns of every undefined value; here they are the point


def auc_of(truth, score):
    return roc_auc_score(truth, score) if len(set(truth.tolist())) == 2 else math.nan


def ece_of(truth, answer, confidence):
    """Guo et al. 2017 with 15 bins closed to the right."""
    bins = np.digitize(confidence, np.arange(1, 15) / 15, right=True)
    error = 0.0
    for b in range(15):
        inside = bins == b
        if inside.any():
            error += inside.mean() * abs((truth == answer)[inside].mean() - confidence[inside].mean())
    return error


def evaluate(task, y, s):
    """All values of one sample; y [N, L], s [N, C]."""
    n, c = s.shape
    if task == "multi-label":
        truth, given = y.T == 1, (s > 0.5).T
        auc = [auc_of(truth[k], s[:, k]) for k in range(c)]
        acc = np.mean([accuracy_score(truth[k], given[k]) for k in range(c)])
        balanced = np.mean([balanced_accuracy_score(truth[k], given[k]) for k in range(c)])
        ece = np.mean([ece_of(truth[k], given[k], np.where(given[k], s[:, k], 1 - s[:, k])) for k in range(c)])
        brier = np.mean([brier_score_loss(y[:, k], s[:, k], labels=[0, 1]) for k in range(c)])
        mean_auc, confusion = nanmean(auc), []
    else:
        y = y[:, 0]
        answer = (s[:, -1] > 0.5).astype(int) if task == "binary" else np.argmax(s, axis=1)
        truth, given = [y == k for k in range(c)], [answer == k for k in range(c)]
        acc, balanced = accuracy_score(y, answer), balanced_accuracy_score(y, answer)
        confusion = confusion_matrix(y, answer, labels=range(c)).tolist()
        if task == "binary":
            p = s[:, -1]
            mean_auc = auc_of(y, p)
            auc = [mean_auc, mean_auc]
            ece = ece_of(y, answer, np.where(answer == 1, p, 1 - p))
            brier = brier_score_loss(y, p, labels=[0, 1])
        else:
            auc = [auc_of(truth[k], s[:, k]) for k in range(c)]
            mean_auc = nanmean(auc)
            ece = ece_of(y, answer, s.max(axis=1))
            brier = brier_score_loss(y, s, labels=range(c), scale_by_half=False)
    return {
        "acc": acc,
        "auc": mean_auc,
        "balanced": balanced,
        "sensitivity": [recall_score(truth[k], given[k], zero_division=np.nan) for k in range(c)],
        "specificity": [recall_score(~truth[k], ~given[k], zero_division=np.nan) for k in range(c)],
        "classAuc": auc,
        "f1": [f1_score(truth[k], given[k], zero_division=np.nan) for k in range(c)],
        "support": [int(truth[k].sum()) for k in range(c)],
        "confusion": confusion,
        "ece": ece,
        "brier": brier,
    }


def nanmean(values):
    return math.nan if all(map(math.isnan, values)) else float(np.nanmean(values))


def plain(value):
    """Twelve digits are enough for a tolerance of 1e-10, and small to store."""
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.12g}")
    return value


def random_sample(rng, task, n):
    """Labels [N, L] and scores [N, C] in twentieths; some classes never occur."""
    c = 2 if task == "binary" else int(rng.integers(1 if task == "multi-label" else 2, 7))
    if task == "multi-label":
        y = (rng.random((n, c)) < rng.random(c)).astype(int)
        k = np.clip(rng.integers(0, STEPS + 1, (n, c)) + y * rng.integers(0, 6), 0, STEPS)
    else:
        y = rng.choice(rng.permutation(c)[: rng.integers(1, c + 1)], (n, 1))
        p = rng.dirichlet(np.ones(c), n) + rng.random() * np.eye(c)[y[:, 0]]
        k = np.stack([rng.multinomial(STEPS, row / row.sum()) for row in p])
    return y, k


def write_cases():
    rng = np.random.default_rng(20250124)
    lines = []
    for case in range(1000):
        task = TASKS[case % 4]
        n = 1 if case % 25 < 2 else 300 if case >= 992 else int(rng.integers(2, 25))
        y, k = random_sample(rng, task, n)
        values = plain(evaluate(task, y, k / STEPS))
        lines.append(json.dumps({"task": task, "labels": y.tolist(), "twentieths": k.tolist(), **values}, separators=(",", ":")))
    (OUT / "cases.jsonl.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


class SplitMix:
    """java.util.SplittableRandom (Steele, Lea and Flood 2014), seeded as org.osler.SeededRandom seeds it."""

    MASK = (1 << 64) - 1

    def __init__(self, seed, purpose):
        self.state = int.from_bytes(hashlib.sha256(f"{seed}/{purpose}".encode()).digest()[:8], "big")

    def next31(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 33)) * 0x62A9D9ED799705F5) & self.MASK
        z = ((z ^ (z >> 28)) * 0xCB24D0A5C88C35B3) & self.MASK
        return z >> 32

    def below(self, bound):
        r = self.next31()
        if bound & (bound - 1) == 0:
            return r & (bound - 1)
        while True:
            u = r >> 1
            if u - u % bound + bound - 1 < 1 << 31:
                return u % bound
            r = self.next31()


def write_bootstrap():
    rng = np.random.default_rng(7)
    entries = []
    for seed, (task, n, resamples, level) in enumerate(
        [("binary", 40, 300, 0.95), ("multi-class", 61, 200, 0.9), ("ordinal", 32, 250, 0.68), ("multi-label", 50, 150, 0.95)]
    ):
        y, k = random_sample(rng, task, n)
        while len(set(y[:, 0].tolist())) < 2:
            y, k = random_sample(rng, task, n)
        whole = evaluate(task, y, k / STEPS)
        intervals = {}
        for metric, key in [("acc", "acc"), ("auc", "auc"), ("balanced-acc", "balanced"), ("ece", "ece"), ("brier", "brier")]:
            random = SplitMix(seed, "bootstrap")
            values = []
            while len(values) < resamples:
                pick = np.array([random.below(n) for _ in range(n)])
                part = evaluate(task, y[pick], k[pick] / STEPS)
                if key == "auc" and lacks(part["classAuc"], whole["classAuc"]):
                    continue
                if key == "balanced" and (
                    lacks(part["sensitivity"], whole["sensitivity"])
                    or task == "multi-label" and lacks(part["specificity"], whole["specificity"])
                ):
                    continue
                values.append(part[key])
            tail = (1 - level) / 2
            intervals[metric] = plain(np.quantile(values, [tail, 1 - tail]).tolist())
        entries.append(
            {
                "task": task,
                "labels": y.tolist(),
                "twentieths": k.tolist(),
                "seed": seed,
                "resamples": resamples,
                "level": level,
                "intervals": intervals,
            }
        )
    (OUT / "bootstrap.json").write_text(json.dumps(entries, separators=(",", ":")) + "\n")


def lacks(part, whole):
    return any(math.isnan(p) and not math.isnan(w) for p, w in zip(part, whole))


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    write_cases()
    write_bootstrap()
