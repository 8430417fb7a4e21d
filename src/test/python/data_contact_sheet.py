"""Makes a contact sheet (PNG) of an npz file in MedMNIST's layout, one row a class (a label, where there are several).

Run:  python src/test/python/data_contact_sheet.py FILE.npz SHEET.png [COLUMNS] [ENLARGED]
"""

import sys

import numpy as np
from PIL import Image

npz, sheet = sys.argv[1:3]
columns = int(sys.argv[3]) if len(sys.argv) > 3 else 8
enlarged = int(sys.argv[4]) if len(sys.argv) > 4 else 1
with np.load(npz) as arrays:
    images, labels = arrays["train_images"], arrays["train_labels"]
if images.ndim == 3:
    images = np.repeat(images[..., None], 3, axis=3)
if labels.shape[1] == 1:
    rows = [images[labels[:, 0] == c][:columns] for c in range(labels.max() + 1)]
else:
    rows = [images[labels[:, c] == 1][:columns] for c in range(labels.shape[1])]
size = images.shape[1]
canvas = np.full((len(rows) * (size + 2), columns * (size + 2), 3), 255, np.uint8)
for r, row in enumerate(rows):
    for c, image in enumerate(row):
        canvas[r * (size + 2) : r * (size + 2) + size, c * (size + 2) : c * (size + 2) + size] = image
picture = Image.fromarray(canvas)
picture.resize((picture.width * enlarged, picture.height * enlarged), Image.Resampling.NEAREST).save(sheet)
