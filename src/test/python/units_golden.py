"""Writes src/test/resources/golden/review/units.json with NumPy: images of patients, drawn and exchanged patient by patient.

Run from the project's root, with numpy and scikit-learn installed (a minute and a half):

    python src/test/python/units_golden.py

Patients have one to six images and are wholly in one of two groups. What is right is right for most images of a patient or
for few, so that images of one say less than as many of several. Intervals: patients are drawn with replacement, all images of
each. p: patients change places, or those whose images have the same set of classes.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, roc_auc_score

OUT = Path("src/test/resources/golden/review/units.json")
RESAMPLES, DRAWS = 4000, 9999


def score(labels, chosen, p):
    """ACC and AUC of some images."""
    return accuracy_score(labels[chosen], p[chosen] > 0.5), roc_auc_score(labels[chosen], p[chosen])


def interval(labels, p, images, rng, patients=None):
    """Ends of the percentile intervals of ACC and AUC; of single images where patients are not given."""
    of = None if patients is None else [images[patients[images] == u] for u in np.unique(patients[images])]
    values = []
    while len(values) < RESAMPLES:
        if of is None:
            chosen = images[rng.integers(0, len(images), len(images))]
        else:
            chosen = np.concatenate([of[k] for k in rng.integers(0, len(of), len(of))])
        if labels[chosen].min() != labels[chosen].max():
            values.append(score(labels, chosen, p))
    return np.quantile(np.array(values), [0.025, 0.975], axis=0).T.tolist()


def p_value(labels, p, patients, member, within, rng):
    """How often patients dealt to groups at random give as large a difference in ACC."""
    right = (p > 0.5) == labels
    first = np.array([np.flatnonzero(patients == u)[0] for u in range(patients.max() + 1)])
    classes = [str(sorted(set(labels[patients == u]))) if within else "" for u in range(len(first))]
    strata = [np.flatnonzero(np.array(classes) == c) for c in sorted(set(classes))]
    gap = lambda m: abs(right[m == 0].mean() - right[m == 1].mean())
    own = member[first]
    observed, count = gap(member), 0
    for _ in range(DRAWS):
        dealt = own.copy()
        for stratum in strata:
            dealt[stratum] = rng.permutation(own[stratum])
        count += gap(dealt[patients]) >= observed - 1e-12
    return float((1 + count) / (1 + DRAWS))


def main():
    rng = np.random.default_rng(11)
    sizes = rng.integers(1, 7, 120)
    patients = np.repeat(np.arange(120), sizes)
    order = rng.permutation(len(patients))
    # Numbered by their first image, images of a patient anywhere.
    _, firsts, patients = np.unique(patients[order], return_index=True, return_inverse=True)
    patients = np.argsort(np.argsort(firsts))[patients]
    member = (rng.random(120) < 0.4).astype(int)[patients]
    ill = rng.random(120) < 0.5
    labels = np.where(rng.random(len(patients)) < 0.15, ~ill[patients], ill[patients]).astype(int)
    easy = np.where(rng.random(120) < 0.7, 1.5, -0.4)[patients] - 1.0 * member
    logits = (2 * labels - 1) * easy + rng.normal(0, 0.5, len(patients))
    p = np.round(1 / (1 + np.exp(-logits)), 6)
    everything = np.arange(len(patients))
    golden = {
        "labels": labels.tolist(), "p": p.tolist(), "patients": patients.tolist(), "member": member.tolist(),
        "all": interval(labels, p, everything, rng, patients), "alone": interval(labels, p, everything, rng),
        "groups": [interval(labels, p, np.flatnonzero(member == g), rng, patients) for g in (0, 1)],
        "gap_p": p_value(labels, p, patients, member, False, rng),
        "gap_p_within": p_value(labels, p, patients, member, True, rng),
        "gap_p_alone": p_value(labels, p, np.arange(len(labels)), member, False, rng),
    }
    OUT.write_text(json.dumps(golden) + "\n")
    print({key: golden[key] for key in golden if key not in ("labels", "p", "patients", "member")}, len(labels))


if __name__ == "__main__":
    main()
