"""Writes the goldens of src/test/resources/golden/review with NumPy, SciPy and scikit-learn.

Run from the project's root, with numpy, scipy and scikit-learn installed:

    python src/test/python/review_golden.py        # eight minutes, most of them in scikit-learn

similar.json: features of a training, a validation and a test split, and every image whose whitened features have a cosine
of 0.75 or more with one of an earlier split. Three cases: more images than features, fewer, and features with a large mean.

subgroups.json: accuracy and AUC of groups with scikit-learn, their intervals over many resamples of NumPy's own generator,
gaps, and p by SciPy's permutation test over the largest difference between any two groups.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy.stats import permutation_test
from sklearn.metrics import accuracy_score, roc_auc_score

warnings.filterwarnings("ignore")  # resamples without a class are drawn again
OUT = Path("src/test/resources/golden/review")
FEWEST_CASES, FEWEST_OF_CLASS = 20, 5


# --- near-identical images ---


def whiten(train):
    """Mean, and projection onto at most 256 principal components with variances shrunk by 3 % of their mean."""
    mean = train.mean(0)
    variances, vectors = np.linalg.eigh(np.cov(train.T, bias=True))
    kept = min(256, train.shape[1], train.shape[0] - 1)
    variances, vectors = variances[-kept:], vectors[:, -kept:]
    return mean, vectors / np.sqrt(variances + 0.03 * variances.mean())


def links(features, threshold):
    mean, projection = whiten(features["train"])
    white = {}
    for split, x in features.items():
        y = (x - mean) @ projection
        white[split] = y / np.linalg.norm(y, axis=1, keepdims=True)
    found = []
    for later, earlier in [("test", "train"), ("test", "val"), ("val", "train")]:
        cosines = white[later] @ white[earlier].T
        assert np.abs(cosines - threshold).min() > 1e-3, "too close to call in float32"
        for i in np.flatnonzero(cosines.max(1) >= threshold):
            found.append([later, int(i), earlier, int(cosines[i].argmax()), int((cosines[i] >= threshold).sum()),
                          float(cosines[i].max())])
    return found


def similar_case(name, seed, train, d, shift):
    rng = np.random.default_rng(seed)
    scale = 1 / np.arange(1, d + 1)
    features = {split: rng.normal(size=(n, d)) * scale + shift for split, n in [("train", train), ("val", 12), ("test", 20)]}
    near = lambda x, size: x + size * rng.normal(size=x.shape) * scale
    features["test"][:4] = near(features["train"][[5, 9, 2, 2]], 0.1)
    features["test"][4] = near(features["val"][3], 0.05)
    features["val"][6:8] = near(features["train"][[0, 5]], 0.2)
    features["train"][20] = near(features["train"][5], 0.1)
    features["test"][7] = features["train"][1]
    rounded = {split: x.astype(np.float32).astype(np.float64) for split, x in features.items()}
    return {"name": name, "threshold": 0.75, "features": {s: x.tolist() for s, x in rounded.items()},
            "links": links(rounded, 0.75)}


# --- subgroups ---


def rankable(task, labels, c):
    truth = labels[:, c] == 1 if task == "multi-label" else labels[:, 0] == c
    return min(truth.sum(), (~truth).sum()) >= FEWEST_OF_CLASS


def accuracy(task, labels, scores):
    if task == "multi-label":
        return np.mean([accuracy_score(labels[:, c], scores[:, c] > 0.5) for c in range(scores.shape[1])])
    answer = (scores[:, 1] > 0.5).astype(int) if task == "binary" else scores.argmax(1)
    return accuracy_score(labels[:, 0], answer)


def auc(task, labels, scores, classes):
    truth = lambda c: labels[:, c] == 1 if task == "multi-label" else labels[:, 0] == c
    return np.mean([roc_auc_score(truth(c), scores[:, c]) for c in classes])


def interval(metric, labels, runs, rng, resamples=4000):
    """Ends of each run's percentile interval, averaged over the runs."""
    values = []
    while len(values) < resamples:
        draw = rng.integers(0, len(labels), len(labels))
        try:
            values.append([metric(labels[draw], run[draw]) for run in runs])
        except ValueError:
            continue
        if np.isnan(values[-1]).any():
            values.pop()
    return np.quantile(np.array(values), [0.025, 0.975], axis=0).mean(1).tolist()


def gap(values):
    return max(values) - min(values)


def p_value(statistic, member, labels, within, rng):
    """Permutes members, within classes if asked to; SciPy counts the data as one permutation."""
    if not within:
        test = permutation_test((member,), statistic, permutation_type="pairings", n_resamples=9999,
                                alternative="greater", rng=rng)
        return float(test.pvalue)
    strata = [np.flatnonzero((labels == row).all(1)) for row in np.unique(labels, axis=0)]
    observed, count, times = statistic(member), 0, 9999
    for _ in range(times):
        shuffled = member.copy()
        for stratum in strata:
            shuffled[stratum] = rng.permutation(member[stratum])
        count += statistic(shuffled) >= observed - 1e-12
    return (1 + count) / (1 + times)


def subgroup_case(name, task, seed, n, classes, effect):
    rng = np.random.default_rng(seed)
    member = rng.choice(4, n, p=[0.45, 0.3, 0.22, 0.03])
    member[:25] = 2
    if task == "multi-label":
        labels = (rng.random((n, classes)) < [0.4, 0.25, 0.1][:classes]).astype(int)
    else:
        labels = rng.choice(classes, (n, 1), p={2: [0.6, 0.4], 3: [0.5, 0.35, 0.15]}[classes])
    runs = []
    for _ in range(2):
        if task == "multi-label":
            raw = np.clip(0.5 + 0.2 * (labels * 2 - 1) + rng.normal(0, 0.3, labels.shape), 0, 1)
            scores = np.round(raw * 20) / 20
        else:
            logits = rng.normal(0, 1, (n, classes))
            logits[np.arange(n), labels[:, 0]] += np.where(member == 1, 1.4 - effect, 1.4)
            scores = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
        runs.append(scores)
    groups = []
    for g in range(4):
        own = member == g
        y = labels[own]
        over = [c for c in range(1 if task == "binary" else 0, classes) if rankable(task, y, c)]
        group = {"cases": int(own.sum()), "auc_classes": over if own.sum() >= FEWEST_CASES else []}
        if own.sum() >= FEWEST_CASES:
            cut = [run[own] for run in runs]
            acc = lambda a, s: accuracy(task, a, s)
            group["acc"] = float(np.mean([acc(y, s) for s in cut]))
            group["acc_interval"] = interval(acc, y, cut, rng)
            if over:
                area = lambda a, s: auc(task, a, s, over)
                group["auc"] = float(np.mean([area(y, s) for s in cut]))
                group["auc_interval"] = interval(area, y, cut, rng)
        groups.append(group)
    large = [g for g in range(4) if groups[g]["cases"] >= FEWEST_CASES]
    kept = np.isin(member, large)
    m, y, cut = member[kept], labels[kept], [run[kept] for run in runs]
    common = sorted(set.intersection(*(set(groups[g]["auc_classes"]) for g in large)))
    by = lambda metric: lambda members: gap([np.mean([metric(y[members == g], s[members == g]) for s in cut]) for g in large])
    right = np.mean([[accuracy(task, y[i : i + 1], s[i : i + 1]) for i in range(len(y))] for s in cut], axis=0)
    fast = lambda members: gap([right[members == g].mean() for g in large])
    aucs = by(lambda a, s: auc(task, a, s, common))
    few = 999
    strata = [np.flatnonzero((y == row).all(1)) for row in np.unique(y, axis=0)]
    observed, count = aucs(m), 0
    for _ in range(few):
        shuffled = m.copy()
        for stratum in strata:
            shuffled[stratum] = rng.permutation(m[stratum])
        count += aucs(shuffled) >= observed - 1e-12
    return {
        "name": name, "task": task, "labels": labels.tolist(), "runs": [run.tolist() for run in runs],
        "member": member.tolist(), "groups": groups,
        "acc_gap": float(fast(m)), "acc_p": p_value(fast, m, y, False, rng), "acc_p_within": p_value(fast, m, y, True, rng),
        "auc_gap": float(observed), "auc_p_within": (1 + count) / (1 + few), "common": common,
    }


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    similar = [similar_case("many images", 1, 60, 16, 0.0), similar_case("few images", 2, 24, 40, 0.0),
               similar_case("large mean", 7, 60, 16, 30.0)]
    (OUT / "similar.json").write_text(json.dumps(similar) + "\n")
    subgroups = [subgroup_case("two classes", "binary", 4, 240, 2, 1.2), subgroup_case("three classes", "multi-class", 5, 300, 3, 0.0),
                 subgroup_case("labels", "multi-label", 6, 240, 3, 0.0)]
    (OUT / "subgroups.json").write_text(json.dumps(subgroups) + "\n")
    for case in similar:
        print(case["name"], len(case["links"]))
    for case in subgroups:
        print({k: case[k] for k in case if k not in ("labels", "runs", "member")})
