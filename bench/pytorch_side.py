"""The other side of the comparison: timm and PyTorch on the same machine, in turns with Osler.

Measures anew for every line of standard input, and prints the seconds of each batch as a JSON list, as
`osler bench --turns` does. Images are ready in memory as normalised float32: reading and normalising, which Osler's
side includes, cost nothing here.
"""
import argparse
import contextlib
import json
import sys
import time

import timm
import torch

CONVOLUTIONAL = ("vgg16", "densenet121", "resnet18", "efficientnet_b4")


def settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--input", type=int, default=224)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--mode", choices=["infer", "train"], default="infer")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--setting", choices=["eager", "channels-last", "compile"], default="eager")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N")
    return parser.parse_args()


def network(encoder, side):
    sized = {} if encoder.startswith(CONVOLUTIONAL) else {"img_size": side}
    return timm.create_model(encoder, pretrained=False, num_classes=0, **sized)


def autocast(precision, device):
    if precision == "bf16":
        return torch.autocast(device.type, torch.bfloat16)
    return contextlib.nullcontext()


def inference(model, images, precision):
    def step():
        with torch.inference_mode(), autocast(precision, images.device):
            model(images).float().cpu()  # as Osler hands features on

    return step


def training(model, images, precision):
    """As in the published fine-tuning: AdamW for encoder and head, cross-entropy."""
    head = torch.nn.Linear(model(images).shape[1], 8).to(images.device)
    labels = (torch.arange(len(images)) % 8).to(images.device)
    optimisers = [torch.optim.AdamW(model.parameters(), 1e-5), torch.optim.AdamW(head.parameters(), 1e-3)]

    def step():
        for optimiser in optimisers:
            optimiser.zero_grad(set_to_none=True)
        with autocast(precision, images.device):
            loss = torch.nn.functional.cross_entropy(head(model(images)), labels)
        loss.backward()
        for optimiser in optimisers:
            optimiser.step()

    return step


def main():
    options = settings()
    device = torch.device(options.device)
    model = network(options.encoder, options.input).to(device)
    images = (torch.rand(options.batch, 3, options.input, options.input) * 2 - 1).to(device)
    if options.setting == "channels-last":
        model, images = model.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    model.train(options.mode == "train")
    if options.setting == "compile":
        import torch._inductor.config as inductor

        inductor.freezing = options.mode == "infer"
        model = torch.compile(model)
    make = training if options.mode == "train" else inference
    step = make(model, images, options.precision)
    for _ in sys.stdin:
        seconds = []
        start = time.perf_counter()
        while not seconds or time.perf_counter() - start < options.seconds:
            before = time.perf_counter()
            step()
            if device.type == "cuda":
                torch.cuda.synchronize(device)
            seconds.append(time.perf_counter() - before)
        print(json.dumps(seconds), flush=True)


if __name__ == "__main__":
    main()
