"""Writes src/test/resources/golden/metric/compare.json with scipy, scikit-learn and numpy.

Run from the project's root, with scipy (1.17.1), scikit-learn (1.9.1) and numpy installed:

    python src/test/python/compare_golden.py       # half a minute

Ranks, Friedman's chi-square, Wilcoxon's signed-rank test and the studentised range are scipy's; Iman and Davenport's F
is computed as what it is, the F of a two-way analysis of variance on ranks; Holm's correction is statsmodels' rule
written out. DeLong's test is written from the definitions in DeLong et al. 1988: the placements by comparing every
positive with every negative, numpy's covariance of them, scikit-learn's AUCs.
"""

import json
import math
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score

OUT = Path("src/test/resources/golden/metric/compare.json")
rng = np.random.default_rng(20251125)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (float, np.floating)):
        return None if math.isnan(value) else float(f"{value:.13g}")
    if isinstance(value, (np.integer, np.bool_)):
        return value.item()
    return value


def friedman():
    cases = []
    for n, k, steps in [(12, 12, 1000), (12, 12, 4), (5, 3, 10), (20, 6, 6), (2, 4, 50), (30, 5, 1000), (7, 9, 3)]:
        values = rng.integers(0, steps, (n, k)) + rng.permutation(k) * steps // (3 * k)
        ranks = np.array([stats.rankdata(-row) for row in values])
        chi, p = stats.friedmanchisquare(*values.T)
        between = n * ((ranks.mean(0) - ranks.mean()) ** 2).sum() / (k - 1)
        rest = ranks - ranks.mean(0) - ranks.mean(1, keepdims=True) + ranks.mean()
        f = between / ((rest**2).sum() / ((k - 1) * (n - 1)))
        cases.append(
            {"values": values, "ranks": ranks.mean(0), "chi": chi, "p": p, "f": f, "fp": stats.f.sf(f, k - 1, (k - 1) * (n - 1))}
        )
    return cases


def wilcoxon():
    cases = []
    for case in range(60):
        n = int(rng.integers(1, 14)) if case < 25 else int(rng.integers(14, 80))
        steps = [4, 12, 10**6][case % 3]
        a = rng.integers(0, steps, n)
        b = rng.integers(0, steps, n) - int(rng.integers(0, 2)) * steps // 4
        if (a == b).all():
            continue
        result = stats.wilcoxon(a, b)
        cases.append({"a": a, "b": b, "statistic": result.statistic, "p": result.pvalue})
    return cases


def holm():
    cases = []
    for m in [1, 2, 6, 66]:
        p = np.round(rng.random(m) ** 3, 6)
        order = np.argsort(p)
        adjusted = np.empty(m)
        adjusted[order] = np.minimum(np.maximum.accumulate((m - np.arange(m)) * p[order]), 1)
        cases.append({"p": p, "adjusted": adjusted})
    return cases


def studentized_range():
    return [
        {"k": k, "level": level, "q": stats.studentized_range.ppf(1 - level, k, np.inf)}
        for k in [2, 3, 4, 5, 8, 10, 12, 15, 20, 30, 50]
        for level in [0.1, 0.05, 0.01, 0.001]
    ]


def delong_of(positive, scores, contrast):
    x, y = scores[:, positive], scores[:, ~positive]
    psi = (x[:, :, None] > y[:, None, :]) + 0.5 * (x[:, :, None] == y[:, None, :])
    v10, v01 = psi.mean(2), psi.mean(1)
    covariance = np.cov(v10) / x.shape[1] + np.cov(v01) / y.shape[1]
    auc = np.array([roc_auc_score(positive, s) for s in scores])
    difference, error = contrast @ auc, math.sqrt(contrast @ covariance @ contrast)
    return difference, error, 2 * stats.norm.sf(abs(difference) / error)


def delong():
    cases = []
    pair, seeds = np.array([1.0, -1.0]), np.array([1 / 3] * 3 + [-1 / 3] * 3)
    for n, steps, contrast in [(40, 10, pair), (156, 50, pair), (624, 10000, pair), (9, 5, pair), (156, 30, seeds), (300, 1000, seeds)]:
        positive = rng.random(n) < 0.4
        common = rng.normal(size=n)
        scores = np.stack([common + rng.normal(size=n) + s * positive for s in np.linspace(1.6, 0.7, len(contrast))])
        scores = np.clip(np.round((scores + 4) / 9 * steps), 0, steps).astype(int)
        difference, error, p = delong_of(positive, scores, contrast)
        cases.append({"positive": positive, "scores": scores, "contrast": contrast, "difference": difference, "error": error, "p": p})
    return cases


def bootstrap():
    """Quantiles and shares of given resamples; drawing them is checked by metric_golden.py."""
    cases = []
    for b, shift in [(200, 0.0), (999, 0.02), (1000, 0.2)]:
        first, second = np.round(rng.normal(0.9 + shift, 0.02, b), 6), np.round(rng.normal(0.9, 0.02, b), 6)
        first[:5] = second[:5]
        d = first - second
        low, high = np.quantile(d, [0.025, 0.975])
        p = min(1, 2 * (1 + min((d <= 0).sum(), (d >= 0).sum())) / (1 + b))
        cases.append({"first": first, "second": second, "low": low, "high": high, "p": p})
    return cases


if __name__ == "__main__":
    goldens = {
        "friedman": friedman(),
        "wilcoxon": wilcoxon(),
        "holm": holm(),
        "studentizedRange": studentized_range(),
        "delong": delong(),
        "bootstrap": bootstrap(),
    }
    OUT.write_text(json.dumps(plain(goldens), separators=(",", ":")) + "\n")
