"""Writes src/test/resources/golden/random/quantiles.json: quantiles of the normal distribution by scipy.

Run from the project's root, with scipy installed:

    python src/test/python/random_golden.py
"""

import json
from pathlib import Path

from scipy.special import ndtri

OUT = Path("src/test/resources/golden/random/quantiles.json")


def main():
    middle = [i / 64 for i in range(1, 64)]
    # Around the places where one approximation takes over from another, and far out.
    seams = [0.0749, 0.075, 0.0751, 0.9249, 0.925, 0.9251, 1.38e-11, 1.39e-11, 1.4e-11]
    tails = [10.0**-e for e in range(2, 17)] + [1 - 10.0**-e for e in range(2, 16)] + [2.0**-53]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps([[p, float(ndtri(p))] for p in sorted(middle + seams + tails)]) + "\n")


main()
