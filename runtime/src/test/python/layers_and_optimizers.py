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


class Upsampled(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, x):
        return self.up(x)


LAYERS = {
    "batchnorm": ((2, 3, 3), lambda: nn.BatchNorm2d(2)),
    "batchnorm_flat": ((18,), lambda: nn.BatchNorm1d(18)),
    "layernorm": ((2, 3, 3), lambda: nn.LayerNorm((2, 3, 3))),
    "groupnorm": ((6, 3, 1), lambda: nn.GroupNorm(3, 6)),
    "upsample": ((2, 3, 3), Upsampled),
    "avgpool": ((2, 3, 3), lambda: nn.AdaptiveAvgPool2d(1)),
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


def run(name, shape, layer, optimizer, clip=None, average=None):
    first, second = nn.Linear(4, 18), None
    x = torch.tensor([[((7 * i + 3 * j + i * j) % 11) / 11.0 for j in range(4)] for i in range(40)])
    y = torch.tensor([i % 3 for i in range(40)])
    out = math.prod(layer(torch.zeros((2,) + shape)).shape[1:]) if layer else 18
    second = nn.Linear(out, 3)
    body = nn.Sequential(first, nn.Unflatten(1, shape), *([layer] if layer else []), nn.Flatten(), second)
    if layer:
        layer.load_state_dict({k: torch.zeros(v.shape) if "mean" in k else torch.ones(v.shape) if "var" in k else v
                               for k, v in layer.state_dict().items()})
    for k, p in enumerate(list(first.parameters()) + list(second.parameters())):
        p.data = filled(p.shape, k) * 0.5
    step = optimizer(body.parameters())
    body.train()
    averaged = average and torch.optim.swa_utils.AveragedModel(body, avg_fn=lambda old, new, _: average * old + (1 - average) * new)
    losses = []
    for _ in range(3):
        loss = nn.functional.cross_entropy(body(x), y)
        step.zero_grad()
        loss.backward()
        if clip:
            nn.utils.clip_grad_norm_(body.parameters(), clip)
        step.step()
        if average:
            averaged.update_parameters(body)
        losses.append(loss.item())
    if average:
        body, second = averaged.module, averaged.module[-1]
    body.eval()
    losses.append(nn.functional.cross_entropy(body(x), y).item())
    print(name, *("%.9g" % v for v in losses))
    numbers(name + ".weight", second.weight)
    if layer is not None and hasattr(layer, "running_var"):
        numbers(name + ".running_mean", layer.running_mean)
        numbers(name + ".running_var", layer.running_var)


for name, (shape, make) in LAYERS.items():
    run(name, shape, make(), OPTIMIZERS["sgd"])
for name, make in OPTIMIZERS.items():
    run("optimizer_" + name, (18,), None, make)
run("clip", (18,), None, OPTIMIZERS["plain"], 0.05)
run("average", (18,), None, OPTIMIZERS["plain"], average=0.7)

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
