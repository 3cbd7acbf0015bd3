# Writes what LayersAndOptimizersTest compares with: python3 layers_and_optimizers.py > ../resources/dev/lanewise/runtime/train/pytorch.txt
# Everything in double; a layer between two linear ones, trained for three steps on 40 examples.
import math
import torch
from torch import nn

torch.set_default_dtype(torch.float64)


def filled(shape, k):
    n = math.prod(shape)
    return torch.tensor([math.sin(0.7 * i + k) for i in range(n)]).reshape(shape)


def numbers(name, tensor):
    print(name, *("%.9g" % v for v in tensor.flatten().tolist()))


LAYERS = {
    "batchnorm": ((2, 3, 3), lambda: nn.BatchNorm2d(2)),
    "batchnorm_flat": ((18,), lambda: nn.BatchNorm1d(18)),
    "batchnorm_sequence": ((2, 9), lambda: nn.BatchNorm1d(2)),
    "layernorm": ((2, 3, 3), lambda: nn.LayerNorm((2, 3, 3))),
    "groupnorm": ((6, 3, 1), lambda: nn.GroupNorm(3, 6)),
    "upsample": ((2, 3, 3), lambda: nn.Upsample(scale_factor=2)),
    "upsample_bilinear": ((2, 3, 3), lambda: nn.Upsample(scale_factor=3, mode="bilinear", align_corners=False)),
    "upsample_linear": ((2, 9), lambda: nn.Upsample(scale_factor=2, mode="linear", align_corners=False)),
    "avgpool": ((2, 3, 3), lambda: nn.AdaptiveAvgPool2d(1)),
    "avgpool_adaptive": ((1, 3, 6), lambda: nn.AdaptiveAvgPool2d(2)),
    "avgpool_sequence": ((2, 9), lambda: nn.AvgPool1d(3, stride=2, padding=1)),
    "maxpool_global": ((2, 3, 3), lambda: nn.AdaptiveMaxPool2d(1)),
    "maxpool_adaptive": ((1, 3, 6), lambda: nn.AdaptiveMaxPool2d(2)),
    "maxpool_adaptive_sequence": ((2, 9), lambda: nn.AdaptiveMaxPool1d(4)),
    "pad": ((2, 3, 3), lambda: nn.ZeroPad2d(1)),
    "conv_dilated": ((2, 3, 3), lambda: nn.Conv2d(2, 3, 2, padding=1, dilation=2)),
    "conv_groups": ((2, 3, 3), lambda: nn.Conv2d(2, 4, 3, padding=1, groups=2)),
    "conv_depthwise": ((2, 3, 3), lambda: nn.Conv2d(2, 2, 3, padding=1, groups=2)),
    "conv_depthwise_strided": ((2, 3, 3), lambda: nn.Conv2d(2, 2, 2, stride=2, padding=1, groups=2, bias=False)),
    "conv_sequence": ((2, 9), lambda: nn.Conv1d(2, 3, 3, stride=2, padding=1)),
    "transposed_conv": ((2, 3, 3), lambda: nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1)),
    "transposed_conv_groups": ((2, 3, 3), lambda: nn.ConvTranspose2d(2, 4, 2, dilation=2, groups=2)),
    "transposed_conv_sequence": ((2, 9), lambda: nn.ConvTranspose1d(2, 3, 4, stride=3, padding=1)),
}
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
    "nesterov": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True),
    "plain": lambda p: torch.optim.SGD(p, 0.1),
    "adam": lambda p: torch.optim.Adam(p, 0.1, weight_decay=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, 0.1, weight_decay=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, 0.01, momentum=0.5),
    "adagrad": lambda p: torch.optim.Adagrad(p, 0.1),
    "adadelta": lambda p: torch.optim.Adadelta(p, 1.0),
}


def run(name, shape, layer, optimizer, clip=None):
    first, second = nn.Linear(4, 18), None
    x = torch.tensor([[((7 * i + 3 * j + i * j) % 11) / 11.0 for j in range(4)] for i in range(40)])
    y = torch.tensor([i % 3 for i in range(40)])
    out = math.prod(layer(torch.zeros((2,) + shape)).shape[1:]) if layer else 18
    second = nn.Linear(out, 3)
    body = nn.Sequential(first, nn.Unflatten(1, shape), *([layer] if layer else []), nn.Flatten(), second)
    if layer:
        layer.load_state_dict({k: torch.zeros(v.shape) if "mean" in k else torch.ones(v.shape) if "var" in k else v
                               for k, v in layer.state_dict().items()})
    filters = list(layer.parameters()) if layer and "conv" in name else []
    for k, p in enumerate(list(first.parameters()) + filters + list(second.parameters())):
        p.data = filled(p.shape, k) * 0.5
    step = optimizer(body.parameters())
    body.train()
    losses = []
    for _ in range(3):
        loss = nn.functional.cross_entropy(body(x), y)
        step.zero_grad()
        loss.backward()
        if clip:
            nn.utils.clip_grad_norm_(body.parameters(), clip)
        step.step()
        losses.append(loss.item())
    body.eval()
    losses.append(nn.functional.cross_entropy(body(x), y).item())
    print(name, *("%.9g" % v for v in losses))
    numbers(name + ".weight", second.weight)
    if filters:
        numbers(name + ".filters", layer.weight)
    if layer is not None and hasattr(layer, "running_var"):
        numbers(name + ".running_mean", layer.running_mean)
        numbers(name + ".running_var", layer.running_var)


for name, (shape, make) in LAYERS.items():
    run(name, shape, make(), OPTIMIZERS["sgd"])
for name, make in OPTIMIZERS.items():
    run("optimizer_" + name, (18,), None, make)
run("clip", (18,), None, OPTIMIZERS["plain"], 0.05)
