"""Writes src/test/resources/golden/train/: what PyTorch's training loops give for data and weights made by a formula.

Run from the project's root, in an environment with torch 2.13.0, timm 1.0.29, pillow and scikit-learn:

    python src/test/python/train_goldens.py

probe.json       200 iterations of a linear head for each kind of task: losses, final weights' norm
fine-tune.json   20 iterations of ViT-Tiny and ResNet-18 at 32 pixels with two AdamW: losses
fine-tune-bf16.json  the same, ResNet-18 at 96 pixels, under PyTorch's bfloat16 autocast and without: losses
gradients-bf16.json  the cosine between gradients under autocast and without, and the losses
tiny.npz         the images of the latter, in MedMNIST's layout
neighbours.json  scikit-learn's k nearest neighbours on formula features
"""
import contextlib
import json
import pathlib

import numpy as np
import timm
import torch
from PIL import Image
from sklearn.neighbors import KNeighborsClassifier

from encoder_goldens import fill, formula, uniform

OUT = pathlib.Path("src/test/resources/golden/train")
N, D, BATCH = 97, 24, 16
DECAY, EVERY = 0.9, 50


def order(epoch, samples, step=7):
    return [(i * step + epoch * 13) % samples for i in range(samples)]


def batches(samples, batch, iterations):
    per_epoch = samples // batch
    for iteration in range(iterations):
        epoch, i = divmod(iteration, per_epoch)
        yield order(epoch, samples)[i * batch : (i + 1) * batch]


def probe(kind):
    x = 4 * formula("features", (N, D))
    if kind == "multi-class":
        logits, y = 3, torch.tensor([i % 3 for i in range(N)])
        criterion = torch.nn.CrossEntropyLoss()
    elif kind == "binary":
        logits, y = 1, torch.tensor([[float(i * 5 % 7 < 3)] for i in range(N)])
        criterion = torch.nn.BCEWithLogitsLoss()
    else:
        logits, y = 4, torch.tensor([[float((i >> j) & 1) for j in range(4)] for i in range(N)])
        criterion = torch.nn.BCEWithLogitsLoss()
    head = torch.nn.Linear(D, logits)
    head.load_state_dict({"weight": formula("head.weight", (logits, D)), "bias": formula("head.bias", (logits,))})
    optimiser = torch.optim.AdamW(head.parameters(), lr=1e-2, weight_decay=1e-2)
    scheduler = torch.optim.lr_scheduler.StepLR(optimiser, EVERY, DECAY)
    losses = []
    for index in batches(N, BATCH, 200):
        loss = criterion(head(x[index]), y[index])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        scheduler.step()
        losses.append(float(f"{loss.item():.8g}"))
    return {"losses": losses, "weightNorm": head.weight.norm().item()}


def tiny():
    def images(name, count):
        return ((uniform(name, count * 28 * 28) + 0.5) * 256).astype(np.uint8).reshape(count, 28, 28)

    arrays = {}
    for split, count in (("train", 41), ("val", 9), ("test", 9)):
        arrays[f"{split}_images"] = images(split, count)
        arrays[f"{split}_labels"] = np.array([[i % 3] for i in range(count)], dtype=np.uint8)
    np.savez_compressed(OUT / "tiny.npz", **arrays)
    return arrays


def fine_tune(name, arrays, side=32, bf16=False):
    kwargs = {"img_size": side} if "vit" in name else {}
    model = timm.create_model(name, num_classes=0, **kwargs)
    model.load_state_dict(fill(model))
    head = torch.nn.Linear(model.num_features, 3)
    head.load_state_dict(
        {"weight": formula("head.weight", (3, model.num_features)), "bias": formula("head.bias", (3,))}
    )
    x, y = tensors(model, side, arrays)
    model.train()
    encoder_optimiser = torch.optim.AdamW(model.parameters(), lr=1e-5, weight_decay=1e-2)
    head_optimiser = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=1e-2)
    losses = []
    for index in batches(len(y), 8, 20):
        with torch.autocast("cpu", torch.bfloat16) if bf16 else contextlib.nullcontext():
            features = model(x[index])
        # Outside of autocast: heads and losses are in float32.
        loss = torch.nn.functional.cross_entropy(head(features.float()), y[index])
        encoder_optimiser.zero_grad()
        head_optimiser.zero_grad()
        loss.backward()
        head_optimiser.step()
        encoder_optimiser.step()
        losses.append(float(f"{loss.item():.8g}"))
    print(name, side, bf16, losses)
    return losses


SIDES = {
    "vit_tiny_patch16_224": 64,
    "resnet18": 96,
    "vgg16": 64,
    "densenet121": 96,
    "efficientnet_b4": 96,
    "convnext_tiny": 64,
    "eva02_base_patch14_224": 56,
    "vit_small_patch16_dinov3": 64,
    "vit_small_patch14_dinov2": 56,
    "vit_base_patch16_siglip_224": 64,
}


def gradients(name, side, arrays):
    """How far autocast's gradients turn away from float32's: of the first eight images, in training mode."""
    kwargs = {} if name in ("resnet18", "vgg16", "densenet121", "efficientnet_b4", "convnext_tiny") else {"img_size": side}
    model = timm.create_model(name, num_classes=0, **kwargs)
    model.load_state_dict(fill(model))
    model.train()
    for module in model.modules():  # Osler has neither
        if isinstance(module, torch.nn.Dropout) or type(module).__name__ == "DropPath":
            module.eval()
    start = {key: value.clone() for key, value in model.state_dict().items()}
    width = model.head_hidden_size if hasattr(model, "head_hidden_size") else model.num_features
    head = torch.nn.Linear(width, 3)
    head.load_state_dict({"weight": formula("head.weight", (3, width)), "bias": formula("head.bias", (3,))})
    x, y = tensors(model, side, arrays)
    found = {}
    for kind in ("fp32", "bf16"):
        model.load_state_dict(start)
        with torch.autocast("cpu", torch.bfloat16) if kind == "bf16" else contextlib.nullcontext():
            features = model(x[:8])
        loss = torch.nn.functional.cross_entropy(head(features.float()), y[:8])
        parameters = [p for p in [*head.parameters(), *model.parameters()] if p.requires_grad]
        found[kind] = torch.cat([g.flatten() for g in torch.autograd.grad(loss, parameters)]).double(), loss.item()
    cosine = torch.nn.functional.cosine_similarity(found["fp32"][0], found["bf16"][0], dim=0).item()
    print(name, side, cosine, found["fp32"][1], found["bf16"][1])
    return {"cosine": round(cosine, 6), "fp32": round(found["fp32"][1], 6), "bf16": round(found["bf16"][1], 6)}


def tensors(model, side, arrays):
    pixels = [np.asarray(Image.fromarray(a).resize((side, side), Image.BILINEAR)) for a in arrays["train_images"]]
    x = torch.from_numpy(np.stack(pixels)).float().div(255)[:, None].repeat(1, 3, 1, 1)
    mean, std = (torch.tensor(model.pretrained_cfg[k]).view(1, 3, 1, 1) for k in ("mean", "std"))
    return (x - mean) / std, torch.from_numpy(arrays["train_labels"][:, 0].astype(np.int64))


def neighbours():
    x = formula("features", (N, D)).numpy()
    q = formula("queries", (40, D)).numpy()
    y = np.array([i % 3 for i in range(N)])
    result = {}
    for k in (1, 5, 11):
        scores = KNeighborsClassifier(n_neighbors=k).fit(x, y).predict_proba(q)
        result[str(k)] = [[round(float(v), 6) for v in row] for row in scores]
    return result


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)

    def dump(name, value):
        (OUT / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")

    dump("probe.json", {kind: probe(kind) for kind in ("multi-class", "binary", "multi-label")})
    arrays = tiny()
    dump("fine-tune.json", {name: fine_tune(name, arrays) for name in ("vit_tiny_patch16_224", "resnet18")})
    sides = {"vit_tiny_patch16_224": 32, "resnet18": 96}
    dump(
        "fine-tune-bf16.json",
        {
            name: {kind: fine_tune(name, arrays, side, kind == "bf16") for kind in ("bf16", "fp32")}
            for name, side in sides.items()
        },
    )
    dump("gradients-bf16.json", {name: gradients(name, side, arrays) for name, side in SIDES.items()})
    dump("neighbours.json", neighbours())
