"""Writes src/test/resources/golden/data/*.json: what PIL and NumPy make of given images.

Run from the project's root:  python src/test/python/data_golden.py ../shared/data/medmnist
Needs numpy and pillow only. Written with Pillow 12.3.0 and NumPy 2.4.6.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
from PIL import Image

OUT = pathlib.Path("src/test/resources/golden/data")
CASES = [  # (height, width) from, (height, width) to
    ((28, 28), (224, 224)),
    ((224, 224), (28, 28)),
    ((64, 64), (224, 224)),
    ((224, 224), (64, 64)),
    ((100, 75), (224, 224)),
    ((75, 100), (50, 333)),
    ((1, 1), (5, 3)),
    ((5, 7), (1, 1)),
    ((224, 224), (224, 224)),
    ((28, 40), (28, 224)),
    ((301, 299), (518, 13)),
]


def formula_image(height, width, channels):
    """Bytes of a linear congruential generator, so that the test can make the same ones; a corner of 0 and 255."""
    count = height * width * channels
    state, values = 12345, np.empty(count, np.uint8)
    for i in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        values[i] = (state >> 16) & 255
    values[: count // 8] = 255
    values[count // 8 : count // 4] = 0
    image = values.reshape(height, width, channels)
    return image[:, :, 0] if channels == 1 else image


def resized(image, height, width, how=Image.Resampling.BILINEAR):
    return np.asarray(Image.fromarray(image).resize((width, height), how))


def sha256(*arrays):
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def pil_cases(how, sizes):
    cases = []
    for (h, w), (oh, ow) in sizes:
        for channels in (1, 3):
            out = resized(formula_image(h, w, channels), oh, ow, how)
            cases.append(
                {"from": [h, w], "to": [oh, ow], "channels": channels, "sha256": sha256(out),
                 "first": out.reshape(-1)[:8].tolist(), "last": out.reshape(-1)[-8:].tolist()}
            )
    return cases


def medmnist(folder, name):
    npz = folder / f"{name}.npz"
    facts = {"md5": hashlib.md5(npz.read_bytes()).hexdigest(), "splits": {}}
    with np.load(npz) as arrays:
        for split in ("train", "val", "test"):
            images, labels = arrays[f"{split}_images"], arrays[f"{split}_labels"]
            facts["splits"][split] = {
                "count": len(images),
                "histogram": np.bincount(labels[:, 0].astype(int)).tolist(),
                "labels_sha256": sha256(labels.astype("<i4")),
                "images_sha256": sha256(images),
                "resized_to_224_sha256": sha256(*(resized(image, 224, 224) for image in images)),
            }
    return facts


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(sys.argv[1])
    write = lambda name, content: (OUT / name).write_text(json.dumps(content, indent=1) + "\n")
    write("pil_bilinear.json", pil_cases(Image.Resampling.BILINEAR, CASES))
    borders = [((h, h), (oh, oh)) for h in (3, 7, 28, 33, 64) for oh in (1, 5, 28, 49, 98, 150, 224)]
    nearest = [
        json.dumps({key: case[key] for key in ("from", "to", "channels", "sha256")})
        for case in pil_cases(Image.Resampling.NEAREST, CASES + borders)
    ]
    (OUT / "pil_nearest.json").write_text("[\n" + ",\n".join(nearest) + "\n]\n")
    write("medmnist_files.json", {name: medmnist(folder, name) for name in ("breastmnist", "retinamnist")})
