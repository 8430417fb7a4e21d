"""Brings HAM10000 to DermaMNIST's form: the centre square of each image, resized, with the official splits.

    python dermamnist_from_ham10000.py SOURCE TARGET

SOURCE holds manifest.csv (image, label, split, ...) and the images it names. TARGET gets dermamnist_28.npz,
dermamnist_64.npz, dermamnist_128.npz and dermamnist_224.npz in MedMNIST's layout. The pixels are not the official ones
(which come from 600 x 450 images), so that these files are for trying Osler's studies, not for comparing numbers.
"""

import csv
import pathlib
import sys

import numpy as np
from PIL import Image

# DermaMNIST's order of classes.
CLASSES = ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"]
SIZES = [28, 64, 128, 224]


def centre_square(image):
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def main(source, target):
    rows = list(csv.DictReader(open(source / "manifest.csv", encoding="utf-8")))
    target.mkdir(parents=True, exist_ok=True)
    images = {size: {"train": [], "val": [], "test": []} for size in SIZES}
    labels = {"train": [], "val": [], "test": []}
    for row in rows:
        square = centre_square(Image.open(source / row["image"]).convert("RGB"))
        labels[row["split"]].append([CLASSES.index(row["label"])])
        for size in SIZES:
            images[size][row["split"]].append(np.asarray(square.resize((size, size), Image.BICUBIC)))
    for size in SIZES:
        arrays = {}
        for split in ("train", "val", "test"):
            arrays[f"{split}_images"] = np.stack(images[size][split])
            arrays[f"{split}_labels"] = np.array(labels[split], dtype=np.uint8)
        np.savez(target / f"dermamnist_{size}.npz", **arrays)
        print(size, {name: array.shape for name, array in arrays.items()})


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
