"""Osler beside timm and PyTorch on this machine, in turns, with the same weights.

Each row starts all sides, lets each work once without counting, and then gives them turns of a few seconds, again and
again, while the others wait. A side's speed is the median of all its batches, its memory the most that its process ever
had resident, all it needs to start included (where the system tells: Linux). Then the features of both sides are compared:
the same noise images, the same weights. Where `torch.compile` fails, its cell stays empty.
"""
import argparse
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import safetensors.torch
import torch

from pytorch_side import network

HERE = pathlib.Path(__file__).resolve().parent
OSLER = HERE.parent / "osler"

# The paper's twelve encoders have nine architectures; how many encoders each stands for.
ENCODERS = {
    "vgg16.tv_in1k": 1,
    "densenet121.ra_in1k": 1,
    "resnet18.a1_in1k": 1,
    "efficientnet_b4.ra2_in1k": 1,
    "vit_base_patch16_224.augreg2_in21k_ft_in1k": 3,
    "vit_base_patch16_clip_224.laion2b_ft_in12k_in1k": 2,
    "samvit_base_patch16.sa1b": 1,
    "eva02_base_patch14_224.mim_in22k": 1,
    "vit_base_patch14_dinov2.lvd142m": 1,
}
INPUTS = {"vit_base_patch14_dinov2.lvd142m": 518}

# Its parameters keep the shapes of 1024 pixels in Osler, and timm makes others for 224: the build's tests compare it.
NOT_COMPARED = ("samvit_base_patch16.sa1b",)
FEATURES_INPUT = 224
SPLITS = {"train": 8, "val": 2, "test": 2}
PAUSE = 0.3  # until threads that spin after their work have gone to sleep


class Ended(SystemExit):
    """A side's program ended before it was told to."""


class Side:
    """A program that measures once a line."""

    def __init__(self, name, *command):
        self.name = name
        self.seconds = []
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.turn()

    def turn(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise Ended(f"{self.name} ended with {self.process.wait()}")
        time.sleep(PAUSE)
        return json.loads(line)

    def measure(self):
        self.seconds += self.turn()

    def peak(self):
        """The most memory that the process has had resident so far, in MiB; None where the system does not tell."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return None
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoders", nargs="*", default=list(ENCODERS), choices=list(ENCODERS), metavar="ID")
    parser.add_argument("--modes", nargs="*", default=["infer", "train"], choices=["infer", "train"])
    parser.add_argument("--precisions", nargs="*", default=["fp32", "bf16"], choices=["fp32", "bf16"])
    parser.add_argument("--settings", nargs="*", default=["eager", "channels-last"], metavar="SETTING",
                        help="of PyTorch: eager, channels-last, compile")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--device", default="cpu", help="of both sides: cpu, cuda or cuda:N")
    parser.add_argument("--no-features", action="store_true", help="compare no features")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="of a turn")
    parser.add_argument("--out", type=pathlib.Path, help="write the rows to this JSON file, row by row")
    return parser.parse_args()


def sides(encoder, mode, precision, given):
    common = ["--encoder", encoder, "--batch", given.batch, "--mode", mode, "--precision", precision]
    common += ["--device", given.device, "--seconds", given.seconds, "--input", INPUTS.get(encoder, 224)]
    yield Side("osler", OSLER, "bench", *common, "--turns")
    for setting in given.settings:
        try:
            yield Side(setting, sys.executable, HERE / "pytorch_side.py", *common, "--setting", setting)
        except Ended as ended:
            if setting != "compile":  # which asks for a C++ compiler, and cannot do everything
                raise
            print(f"{encoder}, {mode}, {precision}: {ended}", file=sys.stderr)


def row(encoder, mode, precision, given):
    running = []
    try:
        for side in sides(encoder, mode, precision, given):
            running.append(side)
        for _ in range(given.turns):
            for side in running:
                side.measure()
        peaks = {side.name: side.peak() for side in running}
    finally:
        for side in running:
            side.close()
    speeds = {side.name: given.batch / statistics.median(side.seconds) for side in running}
    setting = {"encoder": encoder, "mode": mode, "precision": precision, "batch": given.batch}
    return {**setting, "images_per_second": speeds, "peak_mib": peaks}


def features(encoder, precision, folder):
    """Osler's features of smooth noise and timm's, with the same weights, at 224 pixels: [12, D] each."""
    torch.manual_seed(0)
    model = network(encoder, FEATURES_INPUT).eval()
    weights, data, out = folder / "weights.safetensors", folder / "noise.npz", folder / "features.safetensors"
    safetensors.torch.save_model(model, str(weights))
    random = numpy.random.default_rng(0)
    arrays = {}
    for split, count in SPLITS.items():
        coarse = random.integers(0, 256, (count, 7, 7, 3), dtype=numpy.uint8)
        arrays[f"{split}_images"] = coarse.repeat(32, axis=1).repeat(32, axis=2)
        arrays[f"{split}_labels"] = (numpy.arange(count) % 2).reshape(-1, 1).astype(numpy.uint8)
    numpy.savez(data, **arrays)
    command = [OSLER, "embed", "--offline", "--encoder", encoder, "--weights", weights, "--data", data]
    command += ["--input", FEATURES_INPUT, "--precision", precision, "--device", "cpu", "--out", out]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    read = safetensors.torch.load_file(str(out))
    pixels = torch.from_numpy(numpy.concatenate([arrays[f"{split}_images"] for split in SPLITS]))
    mean, std = (torch.tensor(model.pretrained_cfg[key]).view(3, 1, 1) for key in ("mean", "std"))
    with torch.inference_mode():
        expected = model((pixels.permute(0, 3, 1, 2) / 255 - mean) / std)
    return torch.cat([read[split] for split in SPLITS]).double(), expected.double()


def agreement(encoder, precision):
    """The largest difference over the largest value, and the smallest cosine, of Osler's features and timm's."""
    with tempfile.TemporaryDirectory() as folder:
        found, expected = features(encoder, precision, pathlib.Path(folder))
    cosine = torch.nn.functional.cosine_similarity(found, expected).min()
    return {"difference": float((found - expected).abs().max() / expected.abs().max()), "cosine": float(cosine)}


def ratios(rows, mode, precision):
    """Osler over PyTorch's default settings and over the best of its settings, an entry an encoder of the paper."""
    default, best = [], []
    for each in rows:
        if (each["mode"], each["precision"]) == (mode, precision):
            speeds = dict(each["images_per_second"])
            osler = speeds.pop("osler")
            default += [osler / speeds["eager"]] * ENCODERS[each["encoder"]]
            best += [osler / max(speeds.values())] * ENCODERS[each["encoder"]]
    return default, best


def cell(value, decimals):
    return "–" if value is None else f"{value:.{decimals}f}"


def table(rows, mode, precision, settings):
    title = "features" if mode == "infer" else "fine-tuning steps"
    print(f"\n### {title}, {precision}\n")
    names = ["Osler", *[f"PyTorch {name}" for name in settings]]
    header = ["encoder", *names, "ratio", "of the best", *[f"{name} MiB" for name in names]]
    header += ["difference", "cosine"] if mode == "infer" else []
    print("| " + " | ".join(header) + " |\n|---|" + "--:|" * (len(header) - 1))
    for each in rows:
        if (each["mode"], each["precision"]) != (mode, precision):
            continue
        speeds = each["images_per_second"]
        best = max(speed for name, speed in speeds.items() if name != "osler")
        cells = [each["encoder"].split(".")[0], *[cell(speeds.get(name), 1) for name in ("osler", *settings)]]
        cells += [f"{speeds['osler'] / speeds['eager']:.2f}", f"{speeds['osler'] / best:.2f}"]
        cells += [cell(each["peak_mib"].get(name), 0) for name in ("osler", *settings)]
        if "features" in each:
            cells += [f"{each['features']['difference']:.0e}", f"{each['features']['cosine']:.5f}"]
        cells += ["–"] * (len(header) - len(cells))
        print("| " + " | ".join(cells) + " |")
    default, best = (math.prod(all) ** (1 / len(all)) for all in ratios(rows, mode, precision))
    print(f"\nGeometric mean over the encoders of the paper: {default:.2f}; of the best settings {best:.2f}.", flush=True)


def main():
    given = options()
    rows = []
    for mode in given.modes:
        for precision in given.precisions:
            for encoder in given.encoders:
                rows.append(row(encoder, mode, precision, given))
                if mode == "infer" and encoder not in NOT_COMPARED and not given.no_features:
                    rows[-1]["features"] = agreement(encoder, precision)
                print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
                if given.out:
                    given.out.write_text(json.dumps(rows, indent=1))
            table(rows, mode, precision, given.settings)


if __name__ == "__main__":
    main()
