"""Linear probing by the published recipe (15,000 iterations, three seeds): Osler's heads side by side, and the same loop
in PyTorch, seed after seed, on the same features, in turns.

Counted is probing alone: from features and labels in memory to the test scores of the best checkpoint, validation
included. Osler's seconds are those of its results.csv, of a program started anew each turn, so that Java's compiling
while it works is in them; start, reading, tables and report are not, and stand in a column of their own ("around it").
PyTorch's loop runs in this program, a moment before it counts; it indexes tensors (a DataLoader would take longer) and reads
no loss. Its two settings are AdamW as it comes and AdamW with `fused=True`.

    python bench/probing.py BREASTMNIST.npz
    python bench/probing.py BREASTMNIST.npz --weights vit_tiny_patch16_224=FILE.safetensors --threads 1
    python bench/probing.py BREASTMNIST.npz --encoder-each-iteration 200

The last one measures the way without features at hand: timm's encoder goes over the images of each batch anew, without
gradients, then the head takes its step. Images are ready in memory, and the time of a whole probe is extrapolated.
"""
import argparse
import csv
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy
import safetensors.torch
import torch

OSLER = pathlib.Path(__file__).resolve().parent.parent / "osler"

# Encoder and input; without weights it is untrained, which changes no speed.
ENCODERS = {"vit_tiny_patch16_224": 224, "vit_base_patch16_224": 32}
SEEDS = [0, 1, 2]
RATES = {"3 x 1": [1e-3], "3 x 4": [1e-2, 1e-3, 1e-4, 1e-5]}
RATE = 1e-3

# wu2025, see docs/recipes.md
ITERATIONS, BATCH, VALIDATIONS = 15_000, 64, 10
WARM_UP = 500
DECAY, DECAY_EVERY, WEIGHT_DECAY, DEVIATION = 0.9, 200, 1e-2, 0.02


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path, help="a MedMNIST file of two classes, e.g. breastmnist.npz")
    parser.add_argument("--encoders", nargs="*", default=list(ENCODERS), choices=list(ENCODERS), metavar="ID")
    parser.add_argument("--weights", nargs="*", default=[], metavar="ID=FILE", help="of encoders; others are untrained")
    parser.add_argument("--threads", type=int, help="of both sides (default: what each takes)")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--encoder-each-iteration", type=int, metavar="N", help="measure N iterations that way instead")
    return parser.parse_args()


class Study:
    """Osler's side: a study in a folder, run as often as wanted, with features at hand from the second time on."""

    def __init__(self, folder, encoder, rates, given):
        self.folder, self.given = folder, given
        self.runs = 0
        weights = dict(each.split("=", 1) for each in given.weights).get(encoder)
        self.file = folder / f"{len(rates)}.yaml"
        name, _, size = given.data.stem.partition("_")
        self.file.write_text(json.dumps({  # JSON is YAML
            "study": "probing", "datasets": [name], "size": int(size or 28), "data-dir": str(given.data.resolve().parent),
            "encoders": [encoder], "input": ENCODERS[encoder], "strategies": [{"linear-probe": {"head-lr": rates}}], "seeds": SEEDS,
            "weights": {encoder: str(pathlib.Path(weights).resolve())} if weights else "random", "recipe": "wu2025",
        }))

    def run(self):
        """The rows of results.csv, and the seconds from the start of the program to its end."""
        self.runs += 1
        out = self.folder / f"{self.file.stem}-{self.runs}"
        command = [OSLER, "run", "--offline", self.file, "--out", out]
        command += ["--set", f"threads={self.given.threads}"] if self.given.threads else []
        start = time.perf_counter()
        osler(command, self.folder)
        seconds = time.perf_counter() - start
        with open(out / "results.csv", newline="") as lines:
            return list(csv.DictReader(lines)), seconds


def osler(command, home):
    environment = {**os.environ, "OSLER_HOME": str(home)}
    done = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)


def features(folder):
    """What Osler keeps, by split [N, D]: the one file that the first run of a study left in its home."""
    (file,) = (folder / "features").glob("*.safetensors")
    return safetensors.torch.load_file(str(file))


def labels(data):
    with numpy.load(data) as arrays:
        return {split: torch.from_numpy(arrays[f"{split}_labels"].astype(numpy.float32)) for split in ("train", "val", "test")}


def accuracy(logits, targets):
    return float(((logits > 0) == (targets > 0.5)).float().mean())


def auc(logits, targets):
    positive, negative = logits[targets > 0.5], logits[targets <= 0.5]
    above = positive[:, None] - negative[None, :]
    return float(((above > 0).double() + 0.5 * (above == 0)).mean())


def probe(x, y, seed, fused, iterations=ITERATIONS):
    """One head by the recipe: its accuracy and AUC on test, at the epoch with the best accuracy on validation."""
    torch.manual_seed(seed)
    head = torch.nn.Linear(x["train"].shape[1], 1)
    torch.nn.init.trunc_normal_(head.weight, std=DEVIATION)
    torch.nn.init.zeros_(head.bias)
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=WEIGHT_DECAY, fused=fused or None)
    schedule = torch.optim.lr_scheduler.StepLR(optimiser, DECAY_EVERY, DECAY)
    batches = len(x["train"]) // BATCH
    epochs = iterations // batches
    every = epochs // min(VALIDATIONS, epochs)
    best, kept = -1, None
    for epoch in range(epochs):
        order = torch.randperm(len(x["train"]))
        for batch in range(batches):
            index = order[batch * BATCH : (batch + 1) * BATCH]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(head(x["train"][index]), y["train"][index])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        if epoch % every == 0 or epoch == epochs - 1:
            with torch.inference_mode():
                found = accuracy(head(x["val"]), y["val"])
            if found > best:
                best, kept = found, {name: value.clone() for name, value in head.state_dict().items()}
    head.load_state_dict(kept)
    with torch.inference_mode():
        logits = head(x["test"])
    return accuracy(logits, y["test"]), auc(logits, y["test"])


def pytorch(x, y, fused):
    start = time.perf_counter()
    scores = [probe(x, y, seed, fused) for seed in SEEDS]
    return time.perf_counter() - start, scores


def percent(scores):
    return " / ".join(f"{100 * statistics.mean(each):.1f}" for each in zip(*scores))


def compare(encoder, given):
    """Prints the rows of an encoder: seconds of each way, what they are of the first one, mean test ACC and AUC."""
    seconds, around, scores = {}, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        studies = {name: Study(home, encoder, rates, given) for name, rates in RATES.items()}
        studies["3 x 1"].run()  # computes the features
        x, y = features(home), labels(given.data)
        width = x["train"].shape[1]
        for fused in (False, True):
            probe(x, y, 0, fused, WARM_UP)
        for _ in range(given.turns):
            for name, study in studies.items():
                rows, whole = study.run()
                counted = sum(float(row["seconds"]) for row in rows)
                seconds.setdefault(f"Osler, {name}", []).append(counted)
                around.setdefault(f"Osler, {name}", []).append(whole - counted)
                scores[f"Osler, {name}"] = [
                    (float(row["acc"]), float(row["auc"])) for row in rows if float(row["head_lr"]) == RATE
                ]
            for name, fused in (("PyTorch, 3 x 1", False), ("PyTorch fused, 3 x 1", True)):
                counted, scores[name] = pytorch(x, y, fused)
                seconds.setdefault(name, []).append(counted)
    medians = {name: statistics.median(of) for name, of in seconds.items()}
    for name, median in medians.items():
        spread = f"{min(seconds[name]):.1f}–{max(seconds[name]):.1f}"
        beside = f"{statistics.median(around[name]):.1f}" if name in around else "–"
        cells = [width, name, f"{median:.1f}", spread, f"{median / medians['Osler, 3 x 1']:.2f}", beside, percent(scores[name])]
        print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def encoder_each_iteration(given):
    """Seconds of an iteration that computes the features of its batch anew, and what a whole probe would take."""
    import timm

    model = timm.create_model("vit_tiny_patch16_224", pretrained=False, num_classes=0).eval()
    head = torch.nn.Linear(model.num_features, 1)
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=WEIGHT_DECAY)
    images, targets = torch.rand(BATCH, 3, 224, 224) * 2 - 1, (torch.arange(BATCH) % 2).float()[:, None]
    seconds = []
    for _ in range(given.encoder_each_iteration + 1):
        start = time.perf_counter()
        with torch.no_grad():
            x = model(images)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(head(x), targets)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds[1:])
    print(f"{len(seconds) - 1} iterations: {median:.3f} s each ({min(seconds[1:]):.3f}–{max(seconds[1:]):.3f});", end=" ")
    print(f"extrapolated, a probe of {ITERATIONS} iterations takes {median * ITERATIONS / 3600:.1f} h without validation")


def main():
    given = options()
    if given.threads:
        torch.set_num_threads(given.threads)
    if given.encoder_each_iteration:
        encoder_each_iteration(given)
        return
    print("| features | probing | s | from–to | of Osler's 3 x 1 | around it, s | ACC / AUC |")
    print("|--:|---|--:|--:|--:|--:|--:|")
    for encoder in given.encoders:
        compare(encoder, given)


if __name__ == "__main__":
    main()
