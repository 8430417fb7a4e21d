"""Writes trial ids that TrialTest compares with: json.dumps and SHA-256, nothing of Osler's.

Run from the project's root with any Python 3: python src/test/python/study_trial_ids.py
"""

import hashlib
import json
import pathlib
import struct
import random

RECIPE = {
    "name": "wu2025", "iterations": 15000, "batch": 64, "weight-decay": 0.01, "beta1": 0.9, "beta2": 0.999,
    "epsilon": 1e-8, "head-lr-decay": 0.9, "head-lr-decay-every": 200, "validations": 10,
}
TRIALS = [
    {
        "dataset": "breastmnist", "kind": "medmnist", "size": 224, "input": 224, "resize": "scale",
        "encoder": "vit_tiny_patch16_224.augreg_in21k_ft_in1k", "weights": "pretrained",
        "strategy": {"name": "linear-probe", "head-lr": 1e-3}, "shots": "all", "seed": 0, "recipe": RECIPE,
        "precision": "fp32", "device": "cpu",
    },
    {
        "dataset": "Aufnähme-7", "kind": "file", "size": "file", "input": 518, "resize": "pad",
        "encoder": "resnet18.a1_in1k", "weights": "random",
        "strategy": {"name": "fine-tune", "head-lr": 0.1 + 0.2, "encoder-lr": 1e-5}, "shots": 10,
        "seed": 9007199254740991, "recipe": {**RECIPE, "weight-decay": 0.0, "epsilon": 1.5e-7},
        "precision": "bf16", "device": "cpu",
    },
    {
        "dataset": "phantom-binary", "kind": "phantom", "size": 28, "input": 64, "resize": "scale",
        "encoder": "resnet18.a1_in1k", "weights": "random",
        "strategy": {"name": "nearest-neighbours", "k": 11}, "shots": "all", "seed": 3, "recipe": RECIPE,
        "precision": "fp32", "device": "cpu",
    },
    {
        "dataset": "dermamnist", "kind": "medmnist", "size": 28, "input": 224, "resize": "nearest",
        "encoder": "resnet18.a1_in1k", "weights": "random",
        "strategy": {"name": "linear-probe", "head-lr": 1e-3}, "shots": 20, "draw": "seeded", "seed": 1,
        "recipe": RECIPE, "precision": "fp32", "device": "cpu",
    },
    {
        "dataset": "breastmnist", "kind": "medmnist", "size": 224, "input": 224, "resize": "pad",
        "encoder": "resnet18.a1_in1k", "weights": "pretrained",
        "strategy": {"name": "linear-probe", "head-lr": 1e-4, "batch-norm": "drift"}, "shots": "all", "seed": 9930641,
        "recipe": {
            "name": "doerrich2024", "epochs": 100, "batch": 64, "last-batch": "keep", "weight-decay": 0.01,
            "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "schedule": "cosine", "delay": 1,
            "encoder-schedule": "as-head", "validations": "every-epoch", "best": "loss", "patience": 5,
            "binary-logits": "2",
        },
        "precision": "fp32", "device": "cpu",
    },
    {
        "dataset": "breastmnist", "kind": "medmnist", "size": 28, "input": 224, "resize": "nearest",
        "encoder": "scratch", "weights": "random",
        "strategy": {"name": "fine-tune", "head-lr": 1e-3, "encoder-lr": 1e-3}, "shots": "all", "seed": 2,
        "recipe": {
            "name": "medmnist2023", "epochs": 100, "batch": 128, "last-batch": "keep", "optimiser": "adam",
            "weight-decay": 0.0, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "schedule": "steps",
            "head-lr-decay": 0.1, "steps": [0.5, 0.75], "encoder-schedule": "as-head",
            "validations": "every-epoch", "best": "auc", "binary-logits": "2",
        },
        "precision": "fp32", "device": "cpu", "own-encoder": "resnet18 mean [0.5] std [0.5]",
    },
    {
        "dataset": "breastmnist", "kind": "medmnist", "size": 28, "input": 224, "resize": "scale",
        "encoder": "resnet18.a1_in1k", "weights": "seeded",
        "strategy": {"name": "fine-tune", "head-lr": 1e-3, "encoder-lr": 1e-4}, "shots": "all", "seed": 1,
        "recipe": RECIPE, "precision": "fp32", "device": "cpu",
    },
]
golden = pathlib.Path("src/test/resources/golden/study")
golden.mkdir(parents=True, exist_ok=True)
lines = []
for trial in TRIALS:
    text = json.dumps(trial, sort_keys=True, separators=(",", ":"))
    lines.append(hashlib.sha256(text.encode()).hexdigest()[:16] + "\t" + text)
(golden / "trial-ids.tsv").write_text("\n".join(lines) + "\n")

# Doubles from random bits and some that trip printers, with Python's shortest form.
random.seed(0)
values = [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 2e-44, 2.0 ** -44, 2e23, 1e23, 9007199254740993.0,
          1e15, 1e16, 123456.0, 1e-4, 1e-5, 0.1, 1 / 3, -2.5e-7, 100.0, 0.0, -0.0]
while len(values) < 500:
    value = struct.unpack("<d", struct.pack("<Q", random.getrandbits(64)))[0]
    if value == value and abs(value) != float("inf"):
        values.append(value)
lines = [format(struct.unpack("<Q", struct.pack("<d", v))[0], "016x") + "\t" + repr(v) for v in values]
(golden / "doubles.tsv").write_text("\n".join(lines) + "\n")
