"""Writes the files that fuzzing starts from, and that every run of the tests reads: python fuzz_seeds.py (NumPy, safetensors).

Goes to src/test/resources/org/osler/<room>/<Test>Inputs/<method>/. What fuzzing finds is kept beside them as crash-*.
"""

import io
import json
import pathlib

import numpy
import safetensors.numpy

ROOT = pathlib.Path(__file__).parent.parent / "resources" / "org" / "osler"


def put(test, method, name, content):
    folder = ROOT / f"{test}Inputs" / method
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def npy(array, version=(1, 0)):
    out = io.BytesIO()
    numpy.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def dataset():
    arrays = {}
    for split, count in (("train", 4), ("val", 2), ("test", 2)):
        arrays[f"{split}_images"] = numpy.arange(count * 6, dtype=numpy.uint8).reshape(count, 2, 3)
        arrays[f"{split}_labels"] = (numpy.arange(count) % 2).reshape(count, 1)
    return arrays


images = dataset()["train_images"]
for version in ((1, 0), (2, 0), (3, 0)):
    put("data/NpzFuzzTest", "npyHeader", f"version-{version[0]}", npy(images, version))
put("data/NpzFuzzTest", "npyHeader", "big-endian", npy(numpy.arange(4, dtype=">i8").reshape(4, 1)))
put("data/NpzFuzzTest", "npyHeader", "fortran", npy(numpy.asfortranarray(images)))
put("data/NpzFuzzTest", "npyHeader", "text", npy(numpy.array(["a", "bc"])))
put("data/NpzFuzzTest", "npyHeader", "records", npy(numpy.zeros(2, dtype=[("a", "u1"), ("b", "<f4")])))
put("data/NpzFuzzTest", "npyHeader", "scalar", npy(numpy.array(3)))

for name, save in (("stored", numpy.savez), ("deflated", numpy.savez_compressed)):
    out = io.BytesIO()
    save(out, **dataset())
    put("data/NpzFuzzTest", "npz", name, out.getvalue())
out = io.BytesIO()
numpy.savez(out, **{**dataset(), "train_labels": numpy.array([0, 1, 0, 1], dtype=">u2")})
put("data/NpzFuzzTest", "npz", "big-endian-labels", out.getvalue())

put(
    "weights/WeightsFuzzTest",
    "safetensors",
    "three",
    safetensors.numpy.save(
        {
            "head.weight": numpy.ones((2, 3), numpy.float32),
            "head.steps": numpy.array([7], numpy.int64),
            "none": numpy.zeros((0, 4), numpy.float16),
        },
        metadata={"format": "pt", "crc32c": "00000000"},
    ),
)
put("weights/WeightsFuzzTest", "safetensors", "empty", safetensors.numpy.save({}))
lock = {
    "version": 1,
    "files": [
        {"repository": "a/b", "file": "c", "revision": "0123456789" * 4, "sha256": "0123456789abcdef" * 4, "bytes": 9}
    ],
}
put("weights/WeightsFuzzTest", "lockFile", "one", json.dumps(lock, indent=2))

study = """study: seed
datasets:
  - breastmnist
  - phantom: {task: binary, channels: 1, size: 28, train: 16, val: 8, test: 8, seed: 0}
    name: lesions
encoders: [resnet18, vit_tiny_patch16_224]
weights: random
size: [28, 224]
input: 64
resize: [scale, pad]
strategies:
  - linear-probe: {head-lr: [1e-3, 1e-2]}
  - nearest-neighbours: {k: 3}
  - fine-tune: {encoder-lr: {cnn: [1e-3], vit: [1e-5]}}
batch-norm: [frozen, drift]
shots: [all, 10]
draw: [first, seeded]
seeds: [0, 1]
recipe: {name: wu2025, iterations: 20, batch: 8}
precision: fp32
threads: 1
"""
put("study/StudyFuzzTest", "study", "all-keys", study)
put("study/StudyFuzzTest", "study", "aliases", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
put("study/StudyFuzzTest", "study", "tag", "study: !!javax.script.ScriptEngineManager [x]\n")
put("study/StudyFuzzTest", "study", "deep", "[" * 5000)
put("study/StudyFuzzTest", "study", "deep-map", "{a: " * 5000)
put(
    "study/StudyFuzzTest",
    "throughput",
    "two",
    "machine: one H100\nencoders:\n  vit_base_patch16_224: {infer: 2100, train: 640}\n"
    "  resnet18: {infer: {fp32: 9000, bf16: 15000}, train: 2500}\n",
)
put("study/StudyFuzzTest", "predictions", "three", "0,0.25,0.75\n2,1e-3,0.999\n1,1.0,0.0\n")
put("study/StudyFuzzTest", "predictions", "one-column", "0,0.25\n1,.5\n2,+1\n")

model = {
    "format": 1,
    "task": "binary",
    "labels": ["malignant", "normal, benign"],
    "encoder": {
        "id": "resnet18.a1_in1k",
        "architecture": "resnet18",
        "mean": [0.485, 0.456, 0.406],
        "std": [0.229, 0.224, 0.225],
        "license": "Apache-2.0",
    },
    "images": {"height": 28, "width": 28, "channels": 1, "fit": "stretch"},
    "input": 224,
    "resize": "scale",
    "precision": "fp32",
    "temperature": 1.25,
    "calibrated": True,
    "parameters-sha256": "0123456789abcdef" * 4,
}
put("model/ModelFuzzTest", "description", "whole", json.dumps(model, indent=2))
