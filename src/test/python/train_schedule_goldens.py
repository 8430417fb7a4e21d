"""Writes src/test/resources/golden/train/schedules.json and drift.json: what PyTorch and timm give.

Run from the project's root, in an environment with torch 2.13.0, timm 1.0.29 and pillow:

    python src/test/python/train_schedule_goldens.py

schedules.json  learning rates of every epoch by PyTorch's and timm's schedulers; some steps of Adam and AdamW
drift.json      10 steps of a linear head on a ResNet-18 that is frozen but in train mode: losses, the running statistics
                that come of it, and the logits of the validation images in eval mode
"""
import json
import pathlib

import numpy as np
import timm
import timm.optim.adamw
import torch
from PIL import Image
from timm.scheduler import CosineLRScheduler

from encoder_goldens import fill, formula
from train_goldens import batches

OUT = pathlib.Path("src/test/resources/golden/train")


def rates(epochs, make, step=lambda scheduler, epoch: scheduler.step()):
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = make(optimiser)
    result = []
    for epoch in range(epochs):
        result.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        step(scheduler, epoch)
    return result


def adam(optimiser_class, weight_decay):
    p = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5]))
    optimiser = optimiser_class([p], lr=0.1, weight_decay=weight_decay)
    values = []
    for i in range(5):
        p.grad = torch.tensor([0.5, -1.0, 0.25 * (i - 2)])
        optimiser.step()
        values.append(p.tolist())
    return values


def drift():
    with np.load(OUT / "tiny.npz") as npz:
        arrays = dict(npz)
    model = timm.create_model("resnet18", num_classes=0)
    model.load_state_dict(fill(model))
    model.requires_grad_(False)
    head = torch.nn.Linear(512, 3)
    head.load_state_dict({"weight": formula("head.weight", (3, 512)), "bias": formula("head.bias", (3,))})
    cfg = model.pretrained_cfg
    mean, std = (torch.tensor(cfg[k]).view(1, 3, 1, 1) for k in ("mean", "std"))

    def images(split):
        pixels = [np.asarray(Image.fromarray(a).resize((64, 64), Image.BILINEAR)) for a in arrays[f"{split}_images"]]
        x = torch.from_numpy(np.stack(pixels)).float().div(255)[:, None].repeat(1, 3, 1, 1)
        return (x - mean) / std

    x, y = images("train"), torch.from_numpy(arrays["train_labels"][:, 0].astype(np.int64))
    optimiser = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=1e-2)
    losses = []
    model.train()
    for index in batches(len(y), 8, 10):
        loss = torch.nn.functional.cross_entropy(head(model(x[index])), y[index])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(f"{loss.item():.8g}"))
    model.eval()
    with torch.no_grad():
        logits = head(model(images("val")))
    buffers = {}
    for name in ("bn1", "layer2.0.downsample.1", "layer4.1.bn2"):
        norm = model.get_submodule(name)
        buffers[name + ".running_mean"] = [float(f"{v:.8g}") for v in norm.running_mean[:8].tolist()]
        buffers[name + ".running_var"] = [float(f"{v:.8g}") for v in norm.running_var[:8].tolist()]
    return {"losses": losses, "buffers": buffers, "logits": [[float(f"{v:.8g}") for v in row] for row in logits.tolist()]}


if __name__ == "__main__":
    torch.set_num_threads(1)
    lr = torch.optim.lr_scheduler
    schedules = {
        "cosine": rates(100, lambda o: lr.CosineAnnealingLR(o, T_max=100)),
        "cosine-timm-late": rates(
            100,
            lambda o: CosineLRScheduler(o, t_initial=100, cycle_limit=1, t_in_epochs=True),
            lambda scheduler, epoch: scheduler.step(epoch=epoch),
        ),
        "steps": rates(100, lambda o: lr.MultiStepLR(o, milestones=[0.5 * 100, 0.75 * 100], gamma=0.1)),
        "exponential": rates(1000, lambda o: lr.StepLR(o, 200, 0.9))[::50],
        "adam": adam(torch.optim.Adam, 0.0),
        "adam-decay": adam(torch.optim.Adam, 0.1),
        "adamw-timm": adam(timm.optim.adamw.AdamWLegacy, 0.1),
    }
    (OUT / "schedules.json").write_text(json.dumps(schedules, separators=(",", ":")) + "\n")
    (OUT / "drift.json").write_text(json.dumps(drift(), separators=(",", ":")) + "\n")
