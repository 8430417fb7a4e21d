"""Writes src/test/resources/golden/encoder/: what timm computes for weights and images made by a formula.

Run from the project's root, in an environment with torch 2.13.0 and timm 1.0.29, for all or some architectures, or for one of the two other files:

    python src/test/python/encoder_goldens.py [ARCHITECTURE… | cards | layouts]

Every value is a function of the parameter's name and the element's index, so nothing large is stored; the same
formula stands in FormulaWeights.java. One gzipped JSON file an architecture:

  state      name and shape of every parameter and buffer at timm's own input size, as a weight file holds them
  parameters, multiplyAdds   counted at the input that the recipe feeds it
  cases      for one input size each: pooled features in evaluation (base64 of little-endian float32), and for some
             sizes the loss of a formula head with the norm of every parameter's gradient, in evaluation (eval) and,
             for convolutional networks, in training (train) with the norms of the batch norms' statistics after it

Losses and gradients are float64's, so that what is left of a difference is the tested side's rounding; apart is what
PyTorch's own float32 differs by. Where double is set, the tested side is to compute in float64, too. cards.json holds what timm says of each model's weights and classifier, layouts.json.gz what names in files of other
programs become.
"""
import base64
import gzip
import json
import math
import pathlib
import sys
import zlib

import numpy as np
import timm
import torch
from torch.utils.flop_counter import FlopCounterMode

OUT = pathlib.Path("src/test/resources/golden/encoder")
CLASSES = 3
TOKENS = ("cls_token", "reg_token", "pos_embed", "latent")


class Case:
    """One input size: images for features, images for gradients (0: none), whether float64 is to be compared."""

    def __init__(self, size, features, gradients=0, double=False):
        self.size, self.features, self.gradients, self.double = size, features, gradients, double


def exact(size, gradients=4):
    """Gradients in float64, where no rounding flips a ReLU: for convolutional networks."""
    return Case(size, 2, gradients, double=True)


# Architecture: the recipe's input, ids of its weights, cases. VGG's gradients are compared in float64 alone: in float32
# PyTorch's own, of two images at 224, are up to 1e-4 from float64's, but 3e-3 when the images are channels-last.
MODELS = {
    "vgg16": (224, ["tv_in1k"], [exact(224, 1), exact(64, 2), Case(128, 1), Case(384, 1)]),
    "densenet121": (224, ["ra_in1k"], [Case(224, 2, 4), exact(64), Case(128, 1), Case(384, 1)]),
    "resnet18": (224, ["a1_in1k"], [Case(224, 2, 8), exact(64), Case(128, 1), Case(384, 1)]),
    "resnet34": (224, ["a1_in1k"], [Case(224, 2), exact(64)]),
    "resnet50": (224, ["a1_in1k"], [Case(224, 2), exact(64)]),
    "resnet101": (224, ["a1_in1k"], [Case(224, 2), exact(64)]),
    "efficientnet_b4": (224, ["ra2_in1k"], [Case(224, 2, 4), Case(64, 2), Case(128, 1), Case(384, 1)]),
    "convnext_tiny": (224, ["in12k_ft_in1k"], [Case(224, 2, 2), exact(64, 2), Case(128, 1), Case(384, 1)]),
    "vit_tiny_patch16_224": (224, ["augreg_in21k_ft_in1k"], [Case(224, 2, 2), Case(96, 2, 2)]),
    "vit_small_patch16_224": (224, ["augreg_in21k_ft_in1k", "dino"], [Case(224, 2, 2), Case(64, 2)]),
    "vit_base_patch16_224": (
        224,
        ["augreg2_in21k_ft_in1k", "sam_in1k", "dino"],
        [Case(224, 2, 2), Case(64, 2), Case(288, 1)],
    ),
    "vit_base_patch16_clip_224": (224, ["laion2b_ft_in12k_in1k", "openai"], [Case(224, 2, 2), Case(64, 2)]),
    "vit_small_patch14_dinov2": (518, ["lvd142m"], [Case(518, 1), Case(224, 2, 2)]),
    "vit_base_patch14_dinov2": (518, ["lvd142m"], [Case(518, 1, 1), Case(224, 2, 2), Case(28, 2)]),
    "vit_small_patch14_reg4_dinov2": (518, ["lvd142m"], [Case(518, 1), Case(224, 2, 2)]),
    "vit_base_patch14_reg4_dinov2": (518, ["lvd142m"], [Case(224, 2, 2)]),
    "vit_small_patch16_dinov3": (224, ["lvd1689m"], [Case(224, 2, 2), Case(256, 2), Case(96, 2)]),
    "vit_base_patch16_dinov3": (224, ["lvd1689m"], [Case(224, 2, 2)]),
    "vit_base_patch16_siglip_224": (224, ["v2_webli"], [Case(224, 2, 2), Case(96, 2)]),
    "eva02_base_patch14_224": (224, ["mim_in22k"], [Case(224, 2, 2), Case(336, 1), Case(98, 2)]),
    "samvit_base_patch16": (224, ["sa1b"], [Case(224, 2, 2), Case(1024, 1), Case(256, 1)]),
}

# What keeps images apart where ReLU, SiLU and gates shrink a signal from layer to layer.
GAINS = {"vgg16": math.sqrt(2), "densenet121": 1.2, "efficientnet_b4": 1.46}

# A gradient this far below the largest one is 0 but for rounding: a shift that the next batch norm takes out again.
VANISHED = 1e-12


def uniform(name, count):
    """Numbers in [-0.5, 0.5) from a 32-bit hash of name and index."""
    x = np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(zlib.crc32(name.encode()))
    x &= np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    x = x * np.uint64(0x45D9F3B) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    return x.astype(np.float64) / 2**32 - 0.5


def formula(name, shape, gain=1.0):
    count = int(np.prod(shape)) if len(shape) else 1
    u = uniform(name, count)
    if name.endswith(TOKENS):
        pass
    elif len(shape) >= 2:
        u = u * np.sqrt(12 / int(np.prod(shape[1:]))) * gain
    elif name.endswith(("weight", "running_var", "gamma", "gamma_1", "gamma_2")):
        u = 1 + 0.2 * u
    else:
        u = 0.2 * u
    return torch.from_numpy(u.astype(np.float32)).reshape(tuple(shape))


def fill(model, gain=1.0):
    state = model.state_dict()
    for name, tensor in state.items():
        if not name.endswith("num_batches_tracked"):
            state[name] = formula(name, tensor.shape, gain)
    return state


def images(count, size):
    """Noise over patches of 16 x 16 pixels, each with a colour of its own."""
    side = -(-size // 16)
    noise = uniform("images", count * 3 * size * size).reshape(count, 3, size, size)
    patches = uniform("patches", count * 3 * side * side).reshape(count, 3, side, side)
    patches = patches.repeat(16, axis=2).repeat(16, axis=3)[:, :, :size, :size]
    return torch.from_numpy((2 * noise + 4 * patches).astype(np.float32))


def build(name, size, classes=0):
    """The model for an input size, as one makes it in timm."""
    takes_any_size = not ("vit" in name or "eva" in name) or "samvit" in name or "dinov3" in name
    return timm.create_model(name, num_classes=classes, **({} if takes_any_size else {"img_size": size}))


def load(name, size):
    model, native = build(name, size), timm.create_model(name, num_classes=0)
    state = fill(native, GAINS.get(name, 1.0))
    filter_fn = getattr(sys.modules[type(model).__module__], "checkpoint_filter_fn", None)
    if "pos_embed" in state and state["pos_embed"].shape != model.pos_embed.shape:
        state = filter_fn(state, model)
    model.load_state_dict(state)
    return model


def encode(values):
    return base64.b64encode(np.asarray(values, dtype="<f4").tobytes()).decode()


def rounded(values):
    return [float(f"{v:.7g}") for v in values]


def step(model, batch, dtype):
    """Loss, gradient norms and statistics of one backward pass."""
    head = formula("head.weight", (CLASSES, features_of(model)))
    model.to(dtype).zero_grad()
    logits = model(batch.to(dtype)) @ head.to(dtype).T
    loss = torch.nn.functional.cross_entropy(logits, torch.arange(len(batch)) % CLASSES)
    loss.backward()
    norms = [p.grad.norm(dtype=torch.float64).item() for p in model.parameters()]
    return loss.item(), norms, [b.norm().item() for n, b in model.named_buffers() if "running" in n]


def features_of(model):
    return model.head_hidden_size if type(model).__name__ == "VGG" else model.num_features


def gradients(name, case, training):
    def once(dtype):
        return step(load(name, case.size).train(training), images(case.gradients, case.size), dtype)

    truth, single = once(torch.float64), once(torch.float32)
    norms = [norm if norm > VANISHED * max(truth[1]) else 0.0 for norm in truth[1]]
    apart = [abs(a - b) / a for a, b in zip(norms, single[1]) if a > 0]
    print(f"    {'train' if training else 'eval'}: loss {truth[0]:.6f}, float32 apart by {abs(truth[0] - single[0]) / truth[0]:.1e}, "
          f"gradient norms by at most {max(apart):.1e}, smallest norm {min(n for n in norms if n > 0):.1e}, "
          f"{norms.count(0.0)} vanish")
    return {"apart": max(apart), "loss": truth[0], "norms": rounded(norms), "statistics": rounded(truth[2])}


def run_case(name, case, convolutional):
    model = load(name, case.size).eval()
    with torch.no_grad():
        x = model(images(case.features, case.size))
        other = model(images(case.features, case.size).flip(1))
    print(f"  {case.size}: features of norm {x.norm(dim=1).tolist()}; of other images, apart by "
          f"{((x - other).norm() / x.norm()).item():.3f}")
    result = {"size": case.size, "features": encode(x), "featureImages": case.features}
    if case.gradients:
        result["gradientImages"] = case.gradients
        result["double"] = case.double
        result["eval"] = gradients(name, case, False)
        if convolutional and any("running" in n for n, _ in model.named_buffers()):
            result["train"] = gradients(name, case, True)
    return result


def count(name, size):
    """Trained numbers, and multiplications with addition for one image, by PyTorch's own counter."""
    model = build(name, size).eval()
    parameters = sum(p.numel() for p in model.parameters())
    model.requires_grad_(False)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        model(images(1, size))
    return parameters, counter.get_total_flops() // 2


def golden(name):
    size, tags, cases = MODELS[name]
    print(name)
    native = timm.create_model(name, num_classes=0)
    state = [[key, list(value.shape)] for key, value in native.state_dict().items()]
    for tag in tags:
        same = timm.create_model(f"{name}.{tag}", num_classes=0).state_dict()
        assert [[key, list(value.shape)] for key, value in same.items()] == state, tag
    timm.layers.set_fused_attn(False)
    parameters, multiply_adds = count(name, size)
    timm.layers.set_fused_attn(True)
    convolutional = not ("vit" in name or "eva" in name)
    result = {
        "architecture": name,
        "features": features_of(native),
        "gain": GAINS.get(name, 1.0),
        "input": size,
        "parameters": parameters,
        "multiplyAdds": multiply_adds,
        "state": state,
        "trained": [n for n, _ in native.named_parameters()],
        "cases": [run_case(name, case, convolutional) for case in cases],
    }
    path = OUT / f"{name}.json.gz"
    with open(path, "wb") as file:
        file.write(gzip.compress((json.dumps(result, separators=(",", ":")) + "\n").encode(), 9, mtime=0))
    print(f"  {parameters} parameters, {multiply_adds} multiply-adds, {path.stat().st_size} bytes")


def cards():
    """What timm says of every model: normalisation, licence, where the weights lie, how the classifier starts."""
    entries = []
    for name, (size, tags, _) in MODELS.items():
        for tag in tags:
            model = build(f"{name}.{tag}", size, classes=7)
            config = model.pretrained_cfg
            classifier = model.get_classifier()
            classifier = getattr(classifier, "fc", classifier)
            weight, bias = classifier.weight.detach(), classifier.bias.detach()
            entries.append({
                "id": f"{name}.{tag}",
                "features": weight.shape[1],
                "mean": config["mean"],
                "std": config["std"],
                "repository": config["hf_hub_id"],
                "license": config["license"],
                "classifier": config["classifier"],
                "head": {"std": weight.std().item(), "max": weight.abs().max().item(), "bias": bias.abs().max().item()},
            })
    (OUT / "cards.json").write_text(json.dumps(entries, indent=1) + "\n")


def layouts():
    """Names in files that others wrote, and what timm's loader makes of them: the original Segment Anything's and
    MedSAM's, open_clip's with a tower of timm's (BiomedCLIP), torchvision's VGG."""
    others = {
        "samvit_base_patch16": lambda name: "image_encoder." + name.replace("mlp.fc", "mlp.lin"),
        "vit_base_patch16_224": lambda name: "visual.trunk." + name,
        "vgg16": lambda name: name.replace("pre_logits.fc1", "classifier.0").replace("pre_logits.fc2", "classifier.3"),
    }
    elsewhere = ["mask_decoder.iou_token.weight", "text.proj.weight", "logit_scale", "visual.head.proj.weight"]
    pairs = {}
    for architecture, rename in others.items():
        model = timm.create_model(architecture, num_classes=0)
        module = sys.modules[type(model).__module__]
        takes_model = hasattr(module, "checkpoint_filter_fn")
        filter_fn = (lambda s: module.checkpoint_filter_fn(s, model)) if takes_model else module._filter_fn
        state = {rename(name): tensor for name, tensor in model.state_dict().items()}
        if architecture != "vgg16":
            state.update({name: torch.zeros(1) for name in elsewhere})
        names = {id(tensor): name for name, tensor in state.items()}
        loaded = {names.get(id(tensor)): name for name, tensor in filter_fn(dict(state)).items()}
        if architecture == "vgg16":  # timm's loader reshapes two of them
            loaded = {rename(name): name for name in model.state_dict()}
            assert set(filter_fn(dict(state))) == set(loaded.values())
        assert set(loaded.values()) == set(model.state_dict()), architecture
        pairs[architecture] = [[name, loaded.get(name)] for name in state]
    (OUT / "layouts.json.gz").write_bytes(gzip.compress(json.dumps(pairs).encode(), 9, mtime=0))


if __name__ == "__main__":
    torch.manual_seed(0)
    OUT.mkdir(parents=True, exist_ok=True)
    for chosen in sys.argv[1:] or [*MODELS, "cards", "layouts"]:
        {"cards": cards, "layouts": layouts}.get(chosen, lambda: golden(chosen))()
