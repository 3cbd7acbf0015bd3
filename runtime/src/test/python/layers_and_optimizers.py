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


def orthogonal(x):
    x = x / (x.norm() + 1e-7)
    turned = x.size(0) > x.size(1)
    x = x.T if turned else x
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x.T if turned else x


class Muon(torch.optim.Optimizer):
    """Of the hidden matrices; Adam for the rest: as K. Jordan et al. describe them (Muon: an optimizer for hidden layers, 2024).
    What is a matrix is said by the modules, not by shapes: a layernorm's weight may have three dimensions."""

    def __init__(self, parameters, lr, momentum=0.95, decay=0.1, rest=0.01):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, decay=decay))
        parameters = self.param_groups[0]["params"]
        self.hidden = [p for p in parameters if hasattr(p, "of")][1:-1]
        self.adam = torch.optim.Adam([p for p in parameters if not any(p is h for h in self.hidden)], rest, betas=(0.9, 0.95), eps=1e-10)

    @torch.no_grad()
    def step(self):
        self.adam.step()
        group = self.param_groups[0]
        for p in self.hidden:
            buffer = self.state[p].setdefault("buffer", torch.zeros_like(p))
            buffer.mul_(group["momentum"]).add_(p.grad)
            step = p.grad.add(buffer, alpha=group["momentum"])
            transposed = isinstance(p.of, (nn.ConvTranspose1d, nn.ConvTranspose2d))
            turned = []
            for x in step.chunk(getattr(p.of, "groups", 1)):
                x = orthogonal(x.flatten(1))
                ratio = x.size(1) / x.size(0) if transposed else x.size(0) / x.size(1)
                turned.append(x * max(1, ratio) ** 0.5)
            p.mul_(1 - group["lr"] * group["decay"]).add_(torch.cat(turned).view_as(p), alpha=-group["lr"])


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


def run(name, shape, layer, optimizer, clip=None, average=None, chunk=40, weights=None):
    first, second = nn.Linear(4, 18), None
    x = torch.tensor([[((7 * i + 3 * j + i * j) % 11) / 11.0 for j in range(4)] for i in range(40)])
    y = torch.tensor([i % 3 for i in range(40)])
    out = math.prod(layer(torch.zeros((2,) + shape)).shape[1:]) if layer else 18
    second = nn.Linear(out, 3)
    body = nn.Sequential(first, nn.Unflatten(1, shape), *([layer] if layer else []), nn.Flatten(), second)
    if layer and not isinstance(layer, nn.Linear):
        layer.load_state_dict({k: torch.zeros(v.shape) if "mean" in k else torch.ones(v.shape) if "var" in k else v
                               for k, v in layer.state_dict().items()})
    filters = list(layer.parameters()) if layer and ("conv" in name or isinstance(layer, nn.Linear)) else []
    for k, p in enumerate(list(first.parameters()) + filters + list(second.parameters())):
        p.data = filled(p.shape, k) * 0.5
    for module in body:
        if isinstance(module, (nn.Linear, nn.modules.conv._ConvNd)):
            module.weight.of = module
    step = optimizer(body.parameters())
    body.train()
    averaged = average and torch.optim.swa_utils.AveragedModel(body, avg_fn=lambda old, new, _: average * old + (1 - average) * new)
    losses = []
    smooth = 0.0 if weights is None else 0.1
    all = 40 if weights is None else weights[y].sum()
    for _ in range(3):
        step.zero_grad()
        loss = 0
        for at in range(0, 40, chunk):
            part = nn.functional.cross_entropy(
                body(x[at:at + chunk]), y[at:at + chunk], weights, reduction="sum", label_smoothing=smooth) / all
            part.backward()
            loss += part
        if clip:
            nn.utils.clip_grad_norm_(body.parameters(), clip)
        step.step()
        if average:
            averaged.update_parameters(body)
        losses.append(loss.item())
    if average:
        body, second = averaged.module, averaged.module[-1]
    body.eval()
    losses.append(nn.functional.cross_entropy(body(x), y, weights, label_smoothing=smooth).item())
    print(name, *("%.9g" % v for v in losses))
    numbers(name + ".weight", second.weight)
    if filters and "conv" in name:
        numbers(name + ".filters", layer.weight)
    if layer is not None and hasattr(layer, "running_var"):
        numbers(name + ".running_mean", layer.running_mean)
        numbers(name + ".running_var", layer.running_var)


for name, (shape, make) in LAYERS.items():
    run(name, shape, make(), OPTIMIZERS["sgd"])
for name, make in OPTIMIZERS.items():
    run("optimizer_" + name, (18,), None, make)
run("clip", (18,), None, OPTIMIZERS["plain"], 0.05)
run("batchnorm_accumulated", *((2, 3, 3), nn.BatchNorm2d(2)), OPTIMIZERS["sgd"], chunk=14)
run("weighted", (18,), None, OPTIMIZERS["plain"], weights=torch.tensor([0.5, 2.0, 4.0]))
run("average", (18,), None, OPTIMIZERS["plain"], average=0.7)
run("muon_wide", (18,), nn.Linear(18, 7), lambda p: Muon(p, 0.05))
run("muon_tall", (18,), nn.Linear(18, 20), lambda p: Muon(p, 0.05))
run("muon_layernorm", (2, 3, 3), nn.LayerNorm((2, 3, 3)), lambda p: Muon(p, 0.05))
for name in ("conv_dilated", "conv_groups", "conv_depthwise", "conv_sequence", "transposed_conv", "transposed_conv_groups"):
    run("muon_" + name, LAYERS[name][0], LAYERS[name][1](), lambda p: Muon(p, 0.05))

# ReduceLROnPlateau: the learning rate after each epoch, for measures that get better, stay and get worse.
values = [1.0, 0.9, 0.89995, 0.91, 0.9, 0.95, 0.9, 0.7, 0.70001, 0.7, 0.8, 0.8, 0.8, 0.6, 0.61, 0.62, 0.63, 0.64, 0.65, 0.66, 0.67, 0.68]
for name, options in {"plain": dict(patience=2), "cooldown": dict(patience=1, factor=0.5, cooldown=2, threshold=0.01),
                      "least": dict(patience=0, factor=0.3, min_lr=0.02), "max": dict(patience=1, factor=0.5, mode="max")}.items():
    parameter = nn.Parameter(torch.zeros(1))
    sgd = torch.optim.SGD([parameter], 0.1)
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(sgd, **options)
    rates = []
    for value in values:
        plateau.step(value)
        rates.append(sgd.param_groups[0]["lr"])
    print("plateau_" + name, *("%.9g" % r for r in rates))
