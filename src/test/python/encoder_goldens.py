"""Writes src/test/resources/golden/encoder/*.json: what timm computes for weights and images made by a formula.

Run from the project's root, in an environment with torch 2.13.0 and timm 1.0.29:

    python src/test/python/encoder_goldens.py

Every value is a function of the parameter's name and the element's index, so nothing large is stored; the same
formula stands in FormulaWeights.java. Each file holds names and shapes of all parameters and buffers, pooled
features in evaluation, and for one training step the loss of a formula head and the norm of every gradient.
"""
import functools
import json
import pathlib
import zlib

import numpy as np
import timm
import torch

OUT = pathlib.Path("src/test/resources/golden/encoder")
torch.manual_seed(0)


def uniform(name, count):
    """Numbers in [-0.5, 0.5) from a 32-bit hash of name and index."""
    x = np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(zlib.crc32(name.encode()))
    x &= np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    x = x * np.uint64(0x45D9F3B) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    return x.astype(np.float64) / 2**32 - 0.5


def formula(name, shape):
    count = int(np.prod(shape)) if len(shape) else 1
    u = uniform(name, count)
    if len(shape) >= 2:
        fan_in = int(np.prod(shape[1:]))
        u = u * np.sqrt(12 / fan_in)
    elif name.endswith(("weight", "running_var", "gamma")):
        u = 1 + 0.2 * u
    else:
        u = 0.2 * u
    return torch.from_numpy(u.astype(np.float32)).reshape(tuple(shape))


def fill(model):
    state = model.state_dict()
    for name, tensor in state.items():
        if not name.endswith("num_batches_tracked"):
            state[name] = formula(name, tensor.shape)
    return state


def images(count, size):
    return torch.from_numpy((4 * uniform("images", count * 3 * size * size)).astype(np.float32)).reshape(count, 3, size, size)


def options():
    """A small vision transformer with what CLIP and DINOv2 add: pre-norm, layer scale, average pooling."""
    return timm.models.VisionTransformer(
        img_size=64, patch_size=16, embed_dim=48, depth=2, num_heads=3, num_classes=0,
        global_pool="avg", pre_norm=True, init_values=0.1, norm_layer=functools.partial(torch.nn.LayerNorm, eps=1e-5),
    )


def golden(name, size, train_batch):
    kwargs = {"img_size": size} if "vit" in name else {}
    native = options() if name == "options" else timm.create_model(name, num_classes=0)
    model = options() if name == "options" else timm.create_model(name, num_classes=0, **kwargs)
    state = fill(native)
    if "vit" in name and state["pos_embed"].shape != model.pos_embed.shape:
        grid = size // 16
        state["pos_embed"] = timm.layers.resample_abs_pos_embed(state["pos_embed"], [grid, grid])
    model.load_state_dict(state)
    result = {"model": name, "size": size}
    result["state"] = [[key, list(value.shape)] for key, value in native.state_dict().items()]
    model.eval()
    with torch.no_grad():
        features = model(images(2, size))
    result["features"] = [[float(f"{v:.8g}") for v in row] for row in features.tolist()]

    # In float64, so that what is left of a difference is the tested side's rounding.
    model.double().train()
    head = formula("head.weight", (3, model.num_features))
    batch = images(train_batch, size)
    loss = torch.nn.functional.cross_entropy(model(batch.double()) @ head.double().T, torch.arange(train_batch) % 3)
    loss.backward()
    result["trainBatch"] = train_batch
    result["loss"] = loss.item()
    result["gradientNorms"] = [[key, float(f"{p.grad.norm().item():.7g}")] for key, p in model.named_parameters()]
    result["statistics"] = [
        [key, float(f"{b.float().norm().item():.7g}")] for key, b in model.named_buffers() if "running" in key
    ]
    path = OUT / f"{name}-{size}.json"
    path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size, "loss", result["loss"])


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    golden("vit_tiny_patch16_224", 224, 2)
    golden("vit_tiny_patch16_224", 96, 4)
    golden("vit_small_patch16_224", 64, 2)
    golden("vit_base_patch16_224", 64, 2)
    golden("resnet18", 64, 6)
    golden("resnet34", 64, 6)
    golden("resnet50", 96, 6)
    golden("options", 64, 4)
