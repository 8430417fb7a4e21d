"""Writes src/test/resources/golden/encoder/maps.json.gz: Grad-CAM and attention rollout by plain PyTorch hooks.

Run from the project's root, in an environment with torch 2.13.0, timm 1.0.29 and safetensors:

    python src/test/python/explain_goldens.py ../shared/weights/vit_tiny_patch16_224.tinyimagenet.safetensors

Weights and images are those of encoder_goldens.py, everything in float64. One entry an architecture:

  size, grid      input and side of the maps
  supporting, opposing   Grad-CAM of two images for a score and for its negative: the mean gradient of each channel
                  times the channel, summed, negative values 0; the score is the product of the pooled features with the
                  formula's head
  rollout         attention rollout (Abnar and Zuidema 2020) of the two images, where every layer is global

The entry "real" is the ViT-Tiny with real weights at its own 224 pixels. "bilinear" holds a small map and what
torch.nn.functional.interpolate makes of it.
"""
import gzip
import json
import sys

import timm
import torch
from encoder_goldens import OUT, features_of, formula, images, load, rounded
from safetensors.torch import load_file

# Architecture: input, the module whose output has the last places, tokens before the patches (None: maps).
PLACES = {
    "vgg16": (96, lambda m: m.features[-2], None),
    "densenet121": (96, lambda m: m.features.norm5, None),
    "resnet18": (96, lambda m: m.layer4, None),
    "efficientnet_b4": (96, lambda m: m.bn2, None),
    "convnext_tiny": (96, lambda m: m.stages[-1], None),
    "samvit_base_patch16": (96, lambda m: m.neck, None),
    "vit_tiny_patch16_224": (96, lambda m: m.blocks[-1].norm1, 1),
    "vit_small_patch14_reg4_dinov2": (98, lambda m: m.blocks[-1].norm1, 5),
    "vit_base_patch16_siglip_224": (96, lambda m: m.norm, 0),
    "eva02_base_patch14_224": (98, lambda m: m.blocks[-1], 1),
    "vit_small_patch16_dinov3": (96, lambda m: m.norm, 5),
}


def as_maps(x, prefix):
    if prefix is None:
        return x
    tokens = x[:, prefix:]
    side = round(tokens.shape[1] ** 0.5)
    return tokens.transpose(1, 2).reshape(x.shape[0], -1, side, side)


def grad_cam(model, module, prefix, batch, sign):
    kept = []

    def keep(_, __, output):
        output.retain_grad()
        kept.append(output)

    hook = module.register_forward_hook(keep)
    head = formula("head.weight", (3, features_of(model))).double()[0]
    (sign * (model(batch) @ head)).sum().backward()
    hook.remove()
    values, gradient = as_maps(kept[0], prefix).detach(), as_maps(kept[0].grad, prefix)
    return (values * gradient.mean((2, 3), keepdim=True)).sum(1).relu()


def rollout(model, prefix, batch):
    kept, hooks = [], []
    for block in model.blocks:
        hooks.append(block.attn.attn_drop.register_forward_pre_hook(lambda _, args: kept.append(args[0].mean(1))))
    pool = getattr(model, "attn_pool", None)
    queries = {}
    if pool is not None:
        hooks.append(pool.q.register_forward_hook(lambda _, __, out: queries.update(q=out)))
        hooks.append(pool.kv.register_forward_hook(lambda _, __, out: queries.update(kv=out)))
    with torch.no_grad():
        model(batch)
    for hook in hooks:
        hook.remove()
    count = kept[0].shape[-1]
    together = torch.eye(count, dtype=torch.float64)
    for attention in kept:
        together = (0.5 * attention + 0.5 * torch.eye(count, dtype=torch.float64)) @ together
    if pool is not None:
        b, d = batch.shape[0], model.num_features
        q = queries["q"].reshape(b, 1, pool.num_heads, -1).transpose(1, 2)
        k = queries["kv"].reshape(b, count, 2, pool.num_heads, -1)[:, :, 0].transpose(1, 2)
        shares = (q @ k.transpose(-2, -1) / (d // pool.num_heads) ** 0.5).softmax(-1).mean(1)
        row = (shares @ together)[:, 0]
    elif type(model).__name__ == "Eva":
        row = together[:, prefix:].mean(1)
    else:
        row = together[:, 0]
    return row[:, prefix:]


def entry(name, model, size, places, prefix, batch):
    model = model.eval().double()
    module = places(model)
    result = {"size": size}
    for word, sign in (("supporting", 1), ("opposing", -1)):
        maps = grad_cam(model, module, prefix, batch, sign)
        result["grid"] = maps.shape[-1]
        result[word] = rounded(maps.flatten().tolist())
    if prefix is not None:
        result["rollout"] = rounded(rollout(model, prefix, batch).flatten().tolist())
    print(name, result["grid"], "largest", max(result["supporting"]), max(result["opposing"]))
    return result


def main(real):
    timm.layers.set_fused_attn(False)
    golden = {}
    for name, (size, places, prefix) in PLACES.items():
        golden[name] = entry(name, load(name, size), size, places, prefix, images(2, size).double())
    model = timm.create_model("vit_tiny_patch16_224", num_classes=0)
    model.load_state_dict(load_file(real))
    golden["real"] = entry("real", model, 224, lambda m: m.blocks[-1].norm1, 1, images(2, 224).double())
    small = formula("map", (1, 1, 3, 4)).abs()
    golden["bilinear"] = {
        "map": small.flatten().tolist(),
        "resized": torch.nn.functional.interpolate(small, size=(10, 7), mode="bilinear").flatten().tolist(),
    }
    (OUT / "maps.json.gz").write_bytes(gzip.compress((json.dumps(golden, separators=(",", ":")) + "\n").encode(), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
