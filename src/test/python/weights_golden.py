"""Writes the golden safetensors files of src/test/resources/golden/weights with the reference implementation.

Run from the project's root, with torch and safetensors installed:

    python src/test/python/weights_golden.py
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

OUT = Path("src/test/resources/golden/weights")
OUT.mkdir(parents=True, exist_ok=True)

VALUES = [1.5, -2.0, 0.0]

save_file(
    {
        "f64": torch.tensor(VALUES, dtype=torch.float64),
        "f32": torch.tensor([VALUES, [3.25, 1e-3, -1e30]], dtype=torch.float32),
        "f16": torch.tensor(VALUES, dtype=torch.float16),
        "bf16": torch.tensor(VALUES, dtype=torch.bfloat16),
        "i64": torch.tensor([1, -2, 2**40], dtype=torch.int64),
        "i32": torch.tensor([1, -2, 2**20], dtype=torch.int32),
        "i16": torch.tensor([1, -2, 300], dtype=torch.int16),
        "i8": torch.tensor([1, -2, 127], dtype=torch.int8),
        "u8": torch.tensor([1, 2, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
        "empty": torch.zeros((0, 3), dtype=torch.float32),
        "scalar": torch.tensor(42.0, dtype=torch.float32),
    },
    OUT / "every_type.safetensors",
    metadata={"format": "pt", "note": "größer als 1"},
)

# What SafeTensorsWriter must reproduce byte for byte: one text only, for the reference writes several in any order.
save_file(
    {
        "train": torch.arange(6, dtype=torch.float32).reshape(3, 2) / 8,
        "test": torch.tensor([[-1.0, 1e-30]], dtype=torch.float32),
        "val": torch.zeros((0, 2), dtype=torch.float32),
        "größe \"x\"": torch.tensor(0.1, dtype=torch.float32),
        "train.index": torch.tensor([0, -1, 2**50], dtype=torch.int64),
    },
    OUT / "features.safetensors",
    metadata={"note": "größer / \"quoted\"\n"},
)
