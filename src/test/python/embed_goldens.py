"""Compares `osler embed` with timm on every image of BreastMNIST and RetinaMNIST, and writes the golden of a few.

Run from the project's root, where ../shared holds data and weights, with torch 2.13.0, timm 1.0.29, pillow, safetensors:

    ./osler embed --encoder vit_tiny_patch16_224 --weights ../shared/weights --data breastmnist \\
        --data-dir ../shared/data/medmnist --size 28 --out breast.safetensors      # and retinamnist
    python src/test/python/embed_goldens.py breast.safetensors retina.safetensors

Without arguments it only writes src/test/resources/golden/train/embed.json: features of the first images of each split.
"""
import json
import pathlib
import sys

import numpy as np
import timm
import torch
from PIL import Image
from safetensors.torch import load_file

SHARED = pathlib.Path("../shared")
FEW = 6


def model():
    encoder = timm.create_model("vit_tiny_patch16_224", num_classes=0)
    encoder.load_state_dict(load_file(SHARED / "weights/vit_tiny_patch16_224.tinyimagenet.safetensors"))
    return encoder.eval()


@torch.no_grad()
def features(encoder, images, batch=64):
    out = []
    for start in range(0, len(images), batch):
        pixels = [
            np.asarray(Image.fromarray(image).convert("RGB").resize((224, 224), Image.BILINEAR))
            for image in images[start : start + batch]
        ]
        x = torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float().div(255)
        out.append(encoder((x - 0.5) / 0.5))
    return torch.cat(out)


def main(files):
    encoder = model()
    golden = {}
    for name, file in zip(("breastmnist", "retinamnist"), files or (None, None)):
        data = np.load(SHARED / f"data/medmnist/{name}.npz")
        ours = load_file(file) if file else {}
        golden[name] = {}
        for split in ("train", "val", "test"):
            images = data[f"{split}_images"]
            theirs = features(encoder, images if file else images[:FEW])
            golden[name][split] = [[float(f"{v:.7g}") for v in row] for row in theirs[:FEW].tolist()]
            if file:
                distance = (ours[split] - theirs).norm(dim=1) / theirs.norm(dim=1)
                print(f"{name} {split}: {len(images)} images, relative distance max {distance.max():.2e} mean {distance.mean():.2e}")
    path = pathlib.Path("src/test/resources/golden/train/embed.json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
