"""The card against the processor: features of one encoder of each architecture, and the losses of 20 fine-tuning steps.

    python3 cuda_parity.py OSLER [DEVICE]

Encoders are untrained, images are phantoms. DEVICE, cuda unless given, is compared with cpu.
"""
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

import numpy
import safetensors.numpy

ENCODERS = ["vgg16", "densenet121", "resnet18", "efficientnet_b4", "vit_tiny_patch16_224", "vit_base_patch16_clip_224.openai",
            "vit_base_patch14_dinov2", "samvit_base_patch16", "eva02_base_patch14_224", "vit_small_patch16_dinov3",
            "vit_base_patch16_siglip_224.v2_webli", "convnext_tiny"]
INPUT = 224
RELATIVE = 1e-3  # of features in float32, to the largest of an image
COSINE = 0.999  # of features in bfloat16
LOSS = 1e-2  # of losses in float32

STUDY = """study: steps
datasets: [{{path: {data}, name: steps}}]
encoders: [resnet18, vit_tiny_patch16_224]
weights: random
input: 64
strategies: [{{fine-tune: {{encoder-lr: 1e-4}}}}]
seeds: [0]
recipe: {{name: wu2025, iterations: 20, batch: 16, validations: 20}}
device: {device}
"""


def osler(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)


def why(done):
    """Why a program failed; one that is killed says nothing."""
    return (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[0]


def features(program, encoder, data, precision, device, folder):
    out = folder / "features.safetensors"
    done = osler(program, "embed", "--encoder", encoder, "--weights", "random", "--data", data, "--input", INPUT,
                 "--precision", precision, "--device", device, "--out", out)
    if done.returncode != 0:
        return why(done)
    return safetensors.numpy.load_file(out)["train"]


def compare(program, encoder, data, precision, device, folder):
    here, there = (features(program, encoder, data, precision, each, folder) for each in ("cpu", device))
    for each in (here, there):
        if isinstance(each, str):
            return False, each
    if precision == "fp32":
        worst = (numpy.abs(here - there).max(1) / numpy.abs(here).max(1)).max()
        return worst <= RELATIVE, f"largest difference {worst:.1e}"
    cosine = (here * there).sum(1) / numpy.linalg.norm(here, axis=1) / numpy.linalg.norm(there, axis=1)
    return cosine.min() >= COSINE, f"smallest cosine {cosine.min():.5f}"


def losses(program, data, device, folder):
    study = folder / f"{device.replace(':', '-')}.yaml"
    study.write_text(STUDY.format(data=data, device=device))
    results = folder / f"results-{study.stem}"
    done = osler(program, "run", study, "--out", results)
    if done.returncode != 0:
        return why(done)
    with sqlite3.connect(results / "results.db") as store:
        return [row[0] for row in store.execute("SELECT train_loss FROM curve ORDER BY trial, point")]


def main():
    program, device = sys.argv[1], (sys.argv[2:] + ["cuda"])[0]
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        data = folder / "phantom.npz"
        osler(program, "phantom", "--task", "binary", "--train", 16, "--val", 8, "--test", 8, "--out", data)
        for encoder in ENCODERS:
            for precision in ("fp32", "bf16"):
                fits, words = compare(program, encoder, data, precision, device, folder)
                good &= fits
                print("ok  " if fits else "FAIL", encoder, precision, words, flush=True)
        here, there = (losses(program, data, each, folder) for each in ("cpu", device))
        fits = isinstance(here, list) and isinstance(there, list) and len(here) == len(there) > 0
        if fits:
            worst = max(abs(a - b) / abs(a) for a, b in zip(here, there))
            fits, there = worst <= LOSS, f"largest relative difference of {len(here)} losses {worst:.1e}"
        elif isinstance(here, str):
            there = here
        good &= fits
        print("ok  " if fits else "FAIL", "fine-tuning", there, flush=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
