# Builds and trains the random networks that TorchTest of dsl has written, with PyTorch's own layers, losses, optimisers and schedules,
# and compares: python3 random_networks.py networks.jsonl networks.bin. Ends with status 1 if anything differs, and says what.
#
# In double: outputs, losses and gradients of the first batch, as the formulas of Lanewise's operations give them. In float32: parameters
# and losses after training, by its kernels. How far those may lie from PyTorch's in double, PyTorch's own training in float32 tells.
import copy
import json
import math
import sys
import numpy
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)


# --- layers -----------------------------------------------------------------------------------------------------------------------------


def pick(x, images, sequences):
    return images if x.dim() == 4 else sequences


def both(value):
    """Down and across, where there are two numbers."""
    return tuple(value) if isinstance(value, list) else (value, value)


def sides(x, value):
    return pick(x, both(value), both(value)[1])


def conv(x, a):
    pad = a["pad"]
    if pad == "same":
        pad = [d * (k - 1) // 2 for d, k in zip(both(a["dilation"]), both(a["kernel"]))]
    return pick(x, nn.Conv2d, nn.Conv1d)(
        x.size(1), a["channels"], sides(x, a["kernel"]), sides(x, a["stride"]), sides(x, pad), sides(x, a["dilation"]), a["groups"], a["bias"])


def transposed_conv(x, a):
    return pick(x, nn.ConvTranspose2d, nn.ConvTranspose1d)(
        x.size(1), a["channels"], sides(x, a["kernel"]), sides(x, a["stride"]), sides(x, a["pad"]), sides(x, a["output_pad"]), a["groups"],
        a["bias"], sides(x, a["dilation"]))


def adaptive(x, a):
    """The size of the result, where that is given."""
    return sides(x, a["to"]) if a["to"] != 0 else sides(x, 1) if a["size"] == "global" else None


def windows(x, a):
    step = [s or k for s, k in zip(both(a["stride"]), both(a["size"]))]
    return sides(x, a["size"]), sides(x, step), sides(x, a["pad"])


def maxpool(x, a):
    if adaptive(x, a):
        return pick(x, nn.AdaptiveMaxPool2d, nn.AdaptiveMaxPool1d)(adaptive(x, a))
    return pick(x, nn.MaxPool2d, nn.MaxPool1d)(*windows(x, a))


def avgpool(x, a):
    if adaptive(x, a):
        return pick(x, nn.AdaptiveAvgPool2d, nn.AdaptiveAvgPool1d)(adaptive(x, a))
    return pick(x, nn.AvgPool2d, nn.AvgPool1d)(*windows(x, a))


def batchnorm(x, a):
    return pick(x, nn.BatchNorm2d, nn.BatchNorm1d)(x.size(1), a["eps"], a["momentum"])


def upsample(x, a):
    if a["mode"] == "nearest":
        return nn.Upsample(scale_factor=a["factor"])
    return nn.Upsample(scale_factor=a["factor"], mode=pick(x, "bilinear", "linear"), align_corners=False)


def padded(x, size):
    return F.pad(x, (size,) * (2 * (x.dim() - 2)))


class Fn(nn.Module):
    def __init__(self, f):
        super().__init__()
        self.f = f

    def forward(self, *x):
        return self.f(*x)


class ChannelNorm(nn.LayerNorm):
    """Each place by itself."""

    def forward(self, x):
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


def layernorm(x, a):
    places = a["over"] == "channels" or a["over"] == "auto" and x.dim() == 3
    return ChannelNorm(x.size(1), a["eps"]) if places else nn.LayerNorm(x.shape[1:], a["eps"])


def waves(x):
    p = torch.arange(x.size(2), dtype=torch.float64)
    c = torch.arange(x.size(1))
    angle = p / 10000 ** ((c - c % 2).double() / x.size(1))[:, None]
    return torch.where(c[:, None] % 2 == 0, torch.sin(angle), torch.cos(angle)).to(x.dtype)


class Weights(nn.Module):
    """A layer with weights that a script has defined."""

    def __init__(self, f, **shapes):
        super().__init__()
        self.f = f
        for name, shape in shapes.items():
            setattr(self, name, nn.Parameter(torch.zeros(shape)))

    def forward(self, x):
        return self.f(self, x)


def recurrent(kind):
    """PyTorch's own, of channels x length, also from the last place on."""

    class Layer(kind):
        def forward(self, x):
            x = x.transpose(1, 2)
            y = super().forward(x.flip(1) if self.backwards else x)[0]
            return (y.flip(1) if self.backwards else y).transpose(1, 2)

    def make(x, a):
        layer = Layer(x.size(1), a["n"], a["layers"], batch_first=True, bidirectional=a["both"])
        layer.backwards = a["reverse"]
        return layer

    return make


class Memory(nn.Module):
    """A layer with states that a script has defined: a loop, written out."""

    def __init__(self, x, a):
        super().__init__()
        self.a = a
        self.code = compile(a["body"], "body", "exec")
        features = x.size(1)
        for k in range(a["layers"]):
            for back in [False, True] if a["both"] else [False]:
                for name, dims in a["weights"].items():
                    shape = [{"f": features, "n": a["n"], "m": a["m"]}[d] for d in dims]
                    setattr(self, self.called(name, k, back), nn.Parameter(torch.zeros(shape)))
            features = a["m"] * (2 if a["both"] else 1)

    @staticmethod
    def called(name, layer, back):
        return name + ("_l%d" % layer if layer else "") + ("_reverse" if back else "")

    def way(self, x, layer, back, backwards):
        names = {n: getattr(torch, n) for n in ("tanh", "sigmoid", "sin", "where")}
        names |= {
            "max": torch.maximum, "softmax": lambda v: torch.softmax(v, 1), "mean": lambda v: v.mean(1, keepdim=True), "cat": lambda *v: torch.cat(v, 1)}
        names |= {w: getattr(self, self.called(w, layer, back)) for w in self.a["weights"]}
        states = {s: x.new_zeros(x.size(0), self.a["n"]) for s in self.a["states"]}
        outs = {}
        places = range(x.size(2))
        for place in reversed(places) if backwards else places:
            values = {**names, **states, "x": x[:, :, place]}
            exec(self.code, values)
            states = {s: values[s] for s in states}
            outs[place] = values["out"]
        return torch.stack([outs[p] for p in places], 2)

    def forward(self, x):
        for k in range(self.a["layers"]):
            x = torch.cat([self.way(x, k, False, False), self.way(x, k, True, True)], 1) if self.a["both"] else self.way(x, k, False, self.a["reverse"])
        return x


def each_channel(x, v):
    return v.reshape((1, -1) + (1,) * (x.dim() - 2))


def mean(x):
    return x.flatten(1).mean(1).reshape((-1,) + (1,) * (x.dim() - 1))


def attended(x):
    return x * torch.softmax(x, 1) + x / (1 + (x * x).sum(1, keepdim=True) / 4)


def lined(values):
    """With as many dimensions as each other, ones at the end."""
    most = max(v.dim() for v in values)
    return [v.reshape(v.shape + (1,) * (most - v.dim())) for v in values]


def summed(*v):
    v = lined(v)
    return sum(v[1:], v[0])


def gap(a, b):
    a, b = lined([a, b])
    return torch.tanh(a - b) + a / 2


def halves(x):
    a, b = torch.chunk(x, 2, 1)
    return torch.cat([b, a * torch.sigmoid(b)], 1)


def ends(x):
    return torch.cat([x[:, 1:], x[:, :1]], 1) + x[:, :1] / 2 - x[:, -1:] * x[:, -1:] / 4


def turned(x):
    t = x.transpose(1, 2)
    return (torch.tanh(t[:, 0:1]) + t).transpose(1, 2) - 0.3 * x


def formula(python, a):
    def lifted(f):
        return lambda *v: f(*(w if torch.is_tensor(w) else torch.tensor(float(w), dtype=torch.get_default_dtype()) for w in v))

    names = {n: lifted(getattr(torch, n)) for n in ("sin", "cos", "tanh", "sigmoid", "erf", "sqrt", "log", "exp", "relu", "abs", "expm1", "log1p")}
    names |= {"max": lifted(torch.maximum), "min": lifted(torch.minimum), "softplus": lifted(lambda v: F.softplus(v, threshold=1e9))}
    names["where"] = lambda c, s, t: torch.where(c, s, t)
    code = compile(python, "formula", "eval")
    return lambda x: eval(code, {"x": x, "a": a, **names})


LAYERS = {
    "conv": conv,
    "transposed_conv": transposed_conv,
    "dense": lambda x, a: nn.Linear(x.size(1), a["features"], a["bias"]),
    "maxpool": maxpool,
    "avgpool": avgpool,
    "relu": lambda x, a: nn.ReLU(),
    "sigmoid": lambda x, a: nn.Sigmoid(),
    "tanh": lambda x, a: nn.Tanh(),
    "softmax": lambda x, a: nn.Softmax(1),
    "log_softmax": lambda x, a: nn.LogSoftmax(1),
    "batchnorm": batchnorm,
    "layernorm": layernorm,
    "positions": lambda x, a: Weights(lambda s, v: v + s.weight.T, weight=(x.size(2), x.size(1))),
    "sine_positions": lambda x, a: Fn(lambda v: v + waves(v)),
    "last": lambda x, a: Fn(lambda v: v[:, :, -1]),
    "each.in": lambda x, a: Fn(lambda v: v.transpose(1, 2).flatten(0, 1)),
    "each.out": lambda x, a: Fn(lambda v: v.unflatten(0, (-1, a["length"])).transpose(1, 2)),
    "groupnorm": lambda x, a: nn.GroupNorm(a["groups"], x.size(1), a["eps"]),
    "upsample": upsample,
    "pad": lambda x, a: Fn(lambda v: padded(v, a["size"])),
    "crop": lambda x, a: Fn(lambda v: padded(v, -a["size"])),
    "reshape": lambda x, a: nn.Unflatten(1, a["shape"]) if x.dim() == 2 else nn.Sequential(nn.Flatten(), nn.Unflatten(1, a["shape"])),
    "flatten": lambda x, a: nn.Flatten(),
    "silu": lambda x, a: nn.SiLU(),
    "gelu": lambda x, a: nn.GELU(),
    "leaky_relu": lambda x, a: nn.LeakyReLU(a["slope"]),
    "elu": lambda x, a: nn.ELU(a["alpha"]),
    "selu": lambda x, a: nn.SELU(),
    "softplus": lambda x, a: nn.Softplus(threshold=1e9),
    "softsign": lambda x, a: nn.Softsign(),
    "relu6": lambda x, a: nn.ReLU6(),
    # As PyTorch's documentation defines it: the derivative of nn.Hardsigmoid takes 1/6 in float32, also in double.
    "hard_sigmoid": lambda x, a: Fn(lambda v: F.relu6(v + 3) / 6),
    "hard_swish": lambda x, a: nn.Hardswish(),
    "mish": lambda x, a: nn.Mish(),
    "add": lambda x, a: Fn(summed),
    "mul": lambda x, a: Fn(lambda *v: math.prod(lined(v)[1:], start=lined(v)[0])),
    "concat": lambda x, a: Fn(lambda *v: torch.cat(v, 1)),
    "dot": lambda x, a: Fn(lambda v, w: (v * w).flatten(1).sum(1, keepdim=True)),
    "gap": lambda x, a: Fn(gap),
    "attention": lambda x, a: Attention(x.size(1), a),
    "transpose": lambda x, a: Fn(lambda v: v.transpose(1, 2)),
    "halves": lambda x, a: Fn(halves),
    "ends": lambda x, a: Fn(ends),
    "turned": lambda x, a: Fn(turned),
    "formula": lambda x, a: Fn(formula(a["python"], a["a"])),
    "centered": lambda x, a: Fn(lambda v: (v - mean(v)) / torch.sqrt(mean((v - mean(v)) ** 2) + 0.01)),
    "attended": lambda x, a: Fn(attended),
    "rnn": recurrent(nn.RNN),
    "gru": recurrent(nn.GRU),
    "lstm": recurrent(nn.LSTM),
    "memory": Memory,
    "Linear": lambda x, a: Weights(lambda s, v: v @ s.W + s.b, W=(x.size(1), a["n"]), b=(a["n"],)),
    "Gate": lambda x, a: Weights(lambda s, v: torch.tanh(v @ s.W) * torch.sigmoid(v @ s.V.T), W=(x.size(1), a["n"]), V=(a["n"], x.size(1))),
    "Scale": lambda x, a: Weights(lambda s, v: v * s.s + s.t, s=(x.size(1),), t=(x.size(1),)),
    "Channels": lambda x, a: Weights(
        lambda s, v: v * each_channel(v, s.s) + each_channel(v, s.t), s=(x.size(1),), t=(x.size(1),)),
}


class Attention(nn.MultiheadAttention):
    """Of a sequence to itself; its parameters by the names that they have in files."""

    def __init__(self, channels, a):
        super().__init__(channels, a["heads"], bias=a["bias"], batch_first=True)
        self.causal = a["causal"]

    def __getattr__(self, name):
        first, _, rest = name.partition(".")
        return getattr(super().__getattr__(first), rest) if rest else super().__getattr__(name)

    def forward(self, x):
        x = x.transpose(1, 2)
        mask = torch.ones(x.size(1), x.size(1), dtype=torch.bool).triu(1) if self.causal else None
        return super().forward(x, x, x, attn_mask=mask)[0].transpose(1, 2)


class Net(nn.Module):
    """Layers in their order; each is made when the first values come, whose shape it needs."""

    def __init__(self, line, numbers):
        super().__init__()
        self.line = line
        self.layers = nn.ModuleDict()
        self.names = {}
        example = numbers(line["x"][0])
        self(example[:2, 0] if line["loss"]["name"] == "triplet" else example[:2])
        with torch.no_grad():
            for op in line["ops"]:
                for name, place in op["parameters"].items():
                    own = getattr(self.layers[str(op["out"])], name)
                    if list(own.shape) != place["shape"]:
                        raise ValueError("%s is %s here, but %s there" % (place["name"], list(own.shape), place["shape"]))
                    own.copy_(numbers(place))
                    own.requires_grad_(own.is_floating_point() and isinstance(own, nn.Parameter) and not place["frozen"])
                    self.names[place["name"]] = own
                if op["kind"] == "batchnorm" and op["of"] < 0:
                    self.layers[str(op["out"])].num_batches_tracked.zero_()

    def forward(self, x):
        values = self.values = {0: x}
        for op in self.line["ops"]:
            come = [values[i] for i in op["in"]]
            key = str(op["of"] if op["of"] >= 0 else op["out"])
            if key not in self.layers:
                if op["kind"] not in LAYERS:
                    raise ValueError("random_networks.py does not know the layer " + op["kind"])
                self.layers[key] = LAYERS[op["kind"]](come[0], op["arguments"])
            values[op["out"]] = self.layers[key](*come)
        return [values[i] for i in [self.line["output"]] + self.line["heads"]]

    def trained(self):
        """Parameters that are trained, in the order of the script."""
        return {n: p for n, p in self.names.items() if isinstance(p, nn.Parameter) and p.requires_grad}


# --- losses: of a batch of examples, their mean --------------------------------------------------------------------------------------------


def targets(line, output, y):
    return F.one_hot(y, output.size(1)).to(output.dtype) if line["classes"] else y.reshape(output.shape)


def focal(output, y, gamma):
    p = F.softmax(output, 1).gather(1, y[:, None])[:, 0]
    return ((1 - p) ** gamma * -torch.log(p)).mean()


def kl(output, t, smooth):
    return F.kl_div(output, (1 - smooth) * t + smooth * t.mean(1, keepdim=True), reduction="batchmean")


def cross_entropy(output, y, a):
    weights = torch.tensor(a["weights"], dtype=output.dtype) if a.get("weights") else None
    return F.cross_entropy(output, y, weights, label_smoothing=a.get("smooth", 0.0))


def loss_of(line, output, y):
    name, a = line["loss"]["name"], line["loss"]["arguments"]
    t = None if name in ("cross_entropy", "nll", "focal", "triplet") else targets(line, output, y)
    return {
        "cross_entropy": lambda: cross_entropy(output, y, a),
        "mse": lambda: F.mse_loss(output, t),
        "mae": lambda: F.l1_loss(output, t),
        "l1": lambda: F.l1_loss(output, t),
        "huber": lambda: F.huber_loss(output, t, delta=a.get("delta", 1.0)),
        "bce": lambda: F.binary_cross_entropy(output, t),
        "bce_with_logits": lambda: F.binary_cross_entropy_with_logits(output, t),
        "nll": lambda: F.nll_loss(output, y),
        "kl": lambda: kl(output, t, a.get("smooth", 0.0)),
        # PyTorch's takes a label of -1 for max(0, margin - x).
        "hinge": lambda: F.hinge_embedding_loss(output * (2 * t - 1), -torch.ones_like(output), margin=1.0),
        "focal": lambda: focal(output, y, a.get("gamma", 2.0)),
    }[name]()


def objective(line, net, x, y):
    """The mean loss of a batch with its heads, that without, and the network's output."""
    if line["loss"]["name"] == "triplet":
        a, p, n = (net(x[:, i])[0] for i in range(3))
        loss = F.triplet_margin_loss(a, p, n, margin=line["loss"]["arguments"].get("margin", 1.0))
        return loss, loss, a
    outputs = net(x)
    main = loss_of(line, outputs[0], y)
    return main + sum(line["head"] * loss_of(line, h, y) for h in outputs[1:]), main, outputs[0]


def counts(line, y):
    """What the examples count in the mean."""
    weights = line["loss"]["arguments"].get("weights")
    return sum(weights[i] for i in y.tolist()) if weights else len(y)


# --- training --------------------------------------------------------------------------------------------------------------------------------


class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, algorithm 2."""

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            directions = {}
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                directions[p] = group["beta1"] * m + (1 - group["beta1"]) * p.grad
                p.sub_(group["lr"] * (directions[p].sign() + group["decay"] * p))
                m.mul_(group["beta2"]).add_(p.grad, alpha=1 - group["beta2"])
            # How near to 0 a direction has been, beside the largest.
            most = max(c.abs().max() for c in directions.values()) + 1e-30
            for p, c in directions.items():
                self.state[p].setdefault("least", torch.full_like(p, math.inf)).clamp_(max=c.abs() / most)


class Muon(torch.optim.Optimizer):
    """Jordan et al. 2024: hidden matrices along their orthogonal momentum, the rest by Adam."""

    def __init__(self, parameters, hidden, a):
        super().__init__(parameters, dict(lr=a["lr"]))
        self.a = a
        parameters = self.param_groups[0]["params"]
        self.hidden = [(p, g, r) for p, g, r in hidden if any(p is q for q in parameters)]
        rest = [p for p in parameters if not any(p is h for h, _, _ in self.hidden)]
        self.adam = torch.optim.Adam(rest, a["rest"], betas=(0.9, 0.95), eps=1e-10)

    @torch.no_grad()
    def step(self):
        lr = self.param_groups[0]["lr"]
        self.adam.param_groups[0]["lr"] = lr * self.a["rest"] / self.a["lr"]
        self.adam.step()
        for p, groups, rows_are_outputs in self.hidden:
            buffer = self.state[p].setdefault("buffer", torch.zeros_like(p))
            buffer.mul_(self.a["momentum"]).add_(p.grad)
            step = p.grad.add(buffer, alpha=self.a["momentum"]).reshape(groups, p.size(0) // groups, -1)
            ratio = step.size(1) / step.size(2) if rows_are_outputs else step.size(2) / step.size(1)
            step = torch.stack([self.orthogonal(m) for m in step]) * max(1, ratio) ** 0.5
            p.mul_(1 - lr * self.a["decay"]).add_(step.reshape(p.shape), alpha=-lr)

    @staticmethod
    def orthogonal(x):
        x = x / (x.norm() + 1e-7)
        turned = x.size(0) > x.size(1)
        x = x.T if turned else x
        for _ in range(5):
            gram = x @ x.T
            x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
        return x.T if turned else x


# Names of matrices, and whether a row of them makes an output.
MATRICES = {"conv": {"weight": True}, "transposed_conv": {"weight": False}, "dense": {"weight": True}, "Linear": {"W": False}, "Gate": {"W": False, "V": True}}


RECURRENT = ("rnn", "gru", "lstm", "memory")


def matrices(op):
    """By name: whether a row makes an output, and whether a matrix must come before the layer and behind it for this one to be hidden."""
    if op["kind"] not in RECURRENT:
        return {name: (rows, True, True) for name, rows in MATRICES.get(op["kind"], {}).items()}
    a, found = op["arguments"], {}
    body = a.get("body", "")
    own = {"W": (False, True), "U": (False, False), "V": (True, False)}
    # What a loop gives is multiplied once more behind it, where V reads nothing but that.
    behind_loop = "out = (h) @ V.T" in body
    for k in range(a["layers"]):
        last = k == a["layers"] - 1
        for back in [False, True] if a["both"] else [False]:
            if op["kind"] == "memory":
                for name in a["weights"]:
                    if len(a["weights"][name]) == 2:
                        rows, reads = own[name]
                        goes_on = name == "W" and body.count("x @ W") == 1 or name == "U" and behind_loop
                        found[Memory.called(name, k, back)] = (rows, reads and k == 0, last and not goes_on)
            else:
                end = "_l%d" % k + ("_reverse" if back else "")
                found["weight_ih" + end] = (True, k == 0, False)
                found["weight_hh" + end] = (True, False, last)
    return found


def hidden(line, net):
    """The matrices that have another one before them and behind them, with their groups, and whether rows are outputs."""
    ops = line["ops"]
    behind, before = set(), set()
    for op in ops:
        if matrices(op) or any(i in behind for i in op["in"]):
            behind.add(op["out"])
    for op in reversed(ops):
        if matrices(op) or op["out"] in before:
            before.update(op["in"])
    found = []
    for op in ops:
        uses = [o for o in ops if o is op or o["of"] == op["out"]]
        for name, (rows_are_outputs, reads, goes_on) in matrices(op).items():
            if op["of"] < 0 and all((not reads or o["in"][0] in behind) and (not goes_on or o["out"] in before) for o in uses):
                found.append((net.names[op["parameters"][name]["name"]], op["arguments"].get("groups", 1), rows_are_outputs))
    return found


def optimizer(line, net):
    parameters = list(net.trained().values())
    a, name = line["optimizer"]["arguments"], line["optimizer"]["name"]
    adam = lambda kind: kind(parameters, a["lr"], (a["beta1"], a["beta2"]), a["eps"], a["decay"])
    return {
        "sgd": lambda: torch.optim.SGD(parameters, a["lr"], a["momentum"], weight_decay=a["decay"], nesterov=a["nesterov"]),
        "adam": lambda: adam(torch.optim.Adam),
        "adamw": lambda: adam(torch.optim.AdamW),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, a["lr"], a["alpha"], a["eps"], a["decay"], a["momentum"]),
        "adagrad": lambda: torch.optim.Adagrad(parameters, a["lr"], eps=a["eps"]),
        "adadelta": lambda: torch.optim.Adadelta(parameters, a["lr"], a["rho"], a["eps"]),
        "lion": lambda: Lion(parameters, dict(lr=a["lr"], beta1=a["beta1"], beta2=a["beta2"], decay=a["decay"])),
        "muon": lambda: Muon(parameters, hidden(line, net), a),
    }[name]()


def scheduler(line, opt, steps):
    """A schedule, and after what it goes on: a step, an epoch, or an epoch's loss."""
    a, name, lr = line["schedule"]["arguments"], line["schedule"]["name"], line["optimizer"]["arguments"]["lr"]
    schedules = torch.optim.lr_scheduler

    def warm_up():
        up = math.floor(a["share"] * steps + 0.5)
        line = schedules.LinearLR(opt, start_factor=1 / (up + 1), total_iters=up) if up else None
        wave = schedules.CosineAnnealingLR(opt, T_max=steps - up) if up < steps else None
        return schedules.SequentialLR(opt, [line, wave], milestones=[up]) if line and wave else line or wave

    return {
        "constant": lambda: (None, ""),
        "step": lambda: (schedules.StepLR(opt, a["every"], a["factor"]), "epoch"),
        "exponential": lambda: (schedules.ExponentialLR(opt, a["factor"]), "epoch"),
        "cosine": lambda: (schedules.CosineAnnealingLR(opt, steps, a["least"]), "step"),
        "warm_up": lambda: (warm_up(), "step"),
        "one_cycle": lambda: (
            schedules.OneCycleLR(opt, a["peak"] or lr, total_steps=steps, pct_start=a["share"], cycle_momentum=False, div_factor=25, final_div_factor=1e4),
            "step"),
        "plateau": lambda: (
            schedules.ReduceLROnPlateau(opt, factor=a["factor"], patience=a["patience"], threshold=a["threshold"]), "loss"),
    }[name]()


def train(line, net, numbers):
    """Losses of the epochs, the loss in the end, and the network that is left."""
    parameters = list(net.trained().values())
    opt = optimizer(line, net)
    y = labels(line, numbers)
    n, batch = len(y), line["batch"]
    batches = math.ceil(n / batch)
    per_step = line["accumulate"]
    steps = line["epochs"] * math.ceil(batches / per_step)
    schedule, after = scheduler(line, opt, steps)
    averaged = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(line["average"]), use_buffers=True) if line["average"] else None
    net.train()
    losses, done = [], 0
    for epoch in range(line["epochs"]):
        x = numbers(line["x"][1 + epoch])
        total = 0
        for first in range(0, batches, per_step):
            opt.zero_grad()
            step_weight = counts(line, y[first * batch:(first + per_step) * batch])
            for b in range(first, min(batches, first + per_step)):
                part = slice(b * batch, (b + 1) * batch)
                both, main, _ = objective(line, net, x[part], y[part])
                (both * (counts(line, y[part]) / step_weight)).backward()
                total += main.item() * counts(line, y[part])
            for p in parameters:
                p.grad = torch.zeros_like(p) if p.grad is None else p.grad
            if line["clip"] == "norm":
                nn.utils.clip_grad_norm_(parameters, line["most"])
            elif line["clip"] == "value":
                nn.utils.clip_grad_value_(parameters, line["most"])
            opt.step()
            done += 1
            if averaged:
                averaged.update_parameters(net)
            if after == "step" and done < steps:
                schedule.step()
        losses.append(total / counts(line, y))
        if after == "epoch":
            schedule.step()
        elif after == "loss":
            schedule.step(losses[-1])
    result = averaged.module if averaged else net
    result.eval()
    with torch.no_grad():
        tested = objective(line, result, numbers(line["x"][-1]), y)[1].item()
    least = {}
    if line["optimizer"]["name"] == "lion":
        least = {name: opt.state[p]["least"] for name, p in net.trained().items()}
    return losses, tested, values_of(net, result), least


def values_of(net, result):
    """All numbers of a network, or of a copy, by the names of the script."""
    places = {id(t): key for key, t in list(net.named_parameters(remove_duplicate=False)) + list(net.named_buffers())}
    state = dict(list(result.named_parameters()) + list(result.named_buffers()))
    return {name: state[places[id(own)]].detach().flatten().double() for name, own in net.names.items()}


def labels(line, numbers):
    y = numbers(line["y"])
    return y.long() if line["classes"] else y


# --- comparison ------------------------------------------------------------------------------------------------------------------------------

EXACT = 1e-9
TIMES = 20


# Of values and gradients whose terms are about 1 and cancel.
NOTHING = 1e-6


def scale(values, whole):
    """The size of a tensor; of one that is small beside the others because what it sums up cancels, a part of theirs."""
    return max(values.abs().max().item(), whole / 300, NOTHING)


def reader(data):
    def numbers(place):
        size = math.prod(place["shape"])
        return torch.from_numpy(data[place["at"]:place["at"] + size].astype(numpy.float64)).reshape(place["shape"]).to(torch.get_default_dtype())

    return numbers


def compare(line, data):
    numbers = reader(data)
    wrong = []
    torch.set_default_dtype(torch.float64)
    net = Net(line, numbers)
    start = copy.deepcopy(net.state_dict())
    # In double: the first batch.
    net.train()
    batch = slice(0, line["batch"])
    y = labels(line, numbers)
    loss, _, output = objective(line, net, numbers(line["x"][0])[batch], y[batch])
    grads = torch.autograd.grad(loss, list(net.trained().values()), allow_unused=True)
    expected = numbers(line["outputs"])
    output = output.detach().flatten(1)
    error = ((output - expected).abs().max() / scale(output, 0)).item()
    if not error < EXACT:
        wrong.append("outputs differ by %.2g" % error)
    here = loss.item()
    there = numbers(line["losses"]).sum().item() / counts(line, y[batch])
    if not abs(here - there) < EXACT * (1 + abs(here)):
        wrong.append("loss is %.12g, PyTorch's is %.12g" % (there, here))
    grads = {name: torch.zeros_like(p) if g is None else g for (name, p), g in zip(net.trained().items(), grads)}
    whole = max(g.abs().max().item() for g in grads.values())
    for name, g in grads.items():
        there = numbers(line["gradients"][name])
        error = ((g.flatten() - there).abs().max() / scale(g, whole)).item()
        if not error < EXACT:
            wrong.append("gradient of %s differs by %.2g of its size, %.2g of %.2g" % (name, error, g.abs().max().item(), whole))
    # Trained: in double, and in float32 to see how much rounding makes.
    net.load_state_dict(start)
    first = {name: p.detach().flatten().double().clone() for name, p in net.names.items()}
    losses, tested, results, least = train(line, net, numbers)
    torch.set_default_dtype(torch.float32)
    single = Net(line, numbers)
    losses32, tested32, results32, _ = train(line, single, numbers)
    torch.set_default_dtype(torch.float64)
    step = max([(results[n] - first[n]).abs().max().item() for n in results if not n.split(".")[-1].startswith("running_")] + [1e-30])
    for name, result in results.items():
        there = numbers(line["results"][name])
        moved = (result - first[name]).abs().max().item()
        allowed = 1e-3 * max(moved, step / 30) + 4e-7 * result.abs().max().item() + TIMES * (results32[name] - result).abs().max().item()
        allowed += NOTHING if ".running_" in name else 0
        differ = (there - result).abs()
        if name in least:
            # A sign of next to nothing is a matter of rounding.
            differ = differ[least[name].flatten() > 1e-3]
        if differ.numel() and not differ.max().item() <= allowed:
            wrong.append("%s after training differs by %.2g, it moved by %.2g, float32 differs by %.2g" % (
                name, differ.max().item(), moved, (results32[name] - result).abs().max().item()))
    signs = line["optimizer"]["name"] == "lion"
    told = list(zip(["loss of epoch %d" % (i + 1) for i in range(len(losses))], losses, losses32, line["epoch_losses"]))
    for what, l64, l32, there in told + [("loss in the end", tested, tested32, line["tested"])]:
        if not abs(there - l64) <= (1e-2 if signs else 2e-5) * (1 + abs(l64)) + TIMES * abs(l32 - l64):
            wrong.append("%s is %.9g, PyTorch's is %.9g, in float32 %.9g" % (what, there, l64, l32))
    return wrong


# Of numbers and gradients of one example.
WALK = 1e-5


def walked(line, data):
    """One example as it is tested: the numbers that each layer gives, how the loss changes with them and with each parameter."""
    numbers = reader(data)
    torch.set_default_dtype(torch.float64)
    net = Net(line, numbers)
    net.eval()
    for p in net.names.values():
        if p.is_floating_point() and isinstance(p, nn.Parameter):
            p.requires_grad_(True)
    y = labels(line, numbers)[:1]
    x = numbers(line["x"][0])[:1].requires_grad_(True)
    loss = objective(line, net, x, y)[0] * counts(line, y)
    wrong = []
    if not abs(loss.item() - line["loss_of_one"]) < WALK * (1 + abs(loss.item())):
        wrong.append("loss is %.12g, PyTorch's is %.12g" % (line["loss_of_one"], loss.item()))
    values = {told["of"]: net.values[told["of"]] for told in line["walk"]}
    parameters = {n: p for n, p in net.names.items() if n in line["walked"]}
    tensors = list(values.values()) + list(parameters.values())
    reached = [t for t in tensors if t.requires_grad]
    found = dict(zip(map(id, reached), torch.autograd.grad(loss, reached, allow_unused=True)))
    slopes = {id(t): torch.zeros_like(t) if found.get(id(t)) is None else found[id(t)] for t in tensors}
    whole = max(g.abs().max().item() for g in slopes.values())

    def differs(what, there, here, size):
        # What is done at each place by itself has the places for a batch here.
        here = here.T if here.size(0) != 1 and here.dim() == 2 and list(here.T.shape) == list(there.shape) else here
        error = ((here.detach().flatten() - there.flatten()).abs().max() / scale(here.detach(), size)).item() if here.numel() == there.numel() else math.inf
        if not error < WALK:
            wrong.append("%s differs by %.2g" % (what, error))

    for told in line["walk"]:
        own = values[told["of"]]
        differs("what %s gives" % told["name"], numbers(told["numbers"]), own, 0)
        differs("the gradient of what %s gives" % told["name"], numbers(told["gradient"]), slopes[id(own)], whole)
    for name, p in parameters.items():
        there = numbers(line["walked"][name])
        differs("the gradient of %s" % name, there.flatten()[None], slopes[id(p)].flatten()[None], whole)
    return wrong


def main():
    data = numpy.memmap(sys.argv[2], dtype=">f8", mode="r")
    failed = 0
    count = 0
    for text in open(sys.argv[1]):
        line = json.loads(text)
        try:
            wrong = walked(line, data) if "walk" in line else compare(line, data)
        except ZeroDivisionError:
            print("seed %d: PyTorch's schedule divides by zero" % line["seed"])
            continue
        except (ValueError, RuntimeError, KeyError, IndexError) as e:
            wrong = ["PyTorch: %s: %s" % (type(e).__name__, e)]
        count += 1
        if wrong:
            failed += 1
            print("seed %d (-Dlanewise.seed=%d)\n%s%s\n" % (line["seed"], line["seed"], line["script"], "\n".join(wrong)))
    print("%d of %d networks are as PyTorch's" % (count - failed, count))
    sys.exit(1 if failed else 0)


main()
