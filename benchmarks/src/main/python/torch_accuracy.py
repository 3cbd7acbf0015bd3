# What PyTorch has to say, for benchmarks/accuracy:
#
#   torch_accuracy.py compare FOLDER              answers the questions there: in float32, and the truth in float64
#   torch_accuracy.py train MNIST SEED EPOCHS BATCH RATE MOMENTUM THREADS
#                                                 trains the classic CNN and prints its accuracy and loss on the test set
import gzip
import math
import os
import struct
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

NAN = math.nan
ROOT2 = math.sqrt(2)
SELU, ALPHA = 1.0507009873554805, 1.6732632423543772

# name: (PyTorch's function, its value, its derivative, the definition for many digits). Value and derivative are written for float64 such
# that nothing cancels; at a kink there is no derivative. A function that is not here is looked up in torch and differentiated by it.
where, exp = torch.where, torch.exp
FUNCTIONS = {
    "exp": (torch.exp, torch.exp, torch.exp, lambda m, x: m.exp(x)),
    "log": (torch.log, torch.log, lambda x: where(x > 0, 1 / x, NAN), lambda m, x: m.log(x)),
    "sqrt": (torch.sqrt, torch.sqrt, lambda x: 0.5 / torch.sqrt(x), lambda m, x: m.sqrt(x)),
    "sigmoid": (torch.sigmoid, torch.sigmoid, lambda x: torch.sigmoid(x) * torch.sigmoid(-x), lambda m, x: 1 / (1 + m.exp(-x))),
    "tanh": (torch.tanh, torch.tanh, lambda x: 1 / torch.cosh(x) ** 2, lambda m, x: m.tanh(x)),
    "sin": (torch.sin, torch.sin, torch.cos, lambda m, x: m.sin(x)),
    "cos": (torch.cos, torch.cos, lambda x: -torch.sin(x), lambda m, x: m.cos(x)),
    "erf": (torch.erf, torch.erf, lambda x: 2 / math.sqrt(math.pi) * exp(-x * x), lambda m, x: m.erf(x)),
    "expm1": (torch.expm1, torch.expm1, torch.exp, lambda m, x: m.expm1(x)),
    "log1p": (torch.log1p, torch.log1p, lambda x: where(x > -1, 1 / (1 + x), NAN), lambda m, x: m.log1p(x)),
    "abs": (torch.abs, torch.abs, lambda x: where(x == 0, NAN, torch.sign(x)), lambda m, x: abs(x)),
    "relu": (F.relu, F.relu, lambda x: where(x == 0, NAN, (x > 0).to(x.dtype)), lambda m, x: max(x, 0)),
    "x ^ 1.5": (lambda x: x ** 1.5, lambda x: x * torch.sqrt(x), lambda x: 1.5 * torch.sqrt(x), lambda m, x: x ** 1.5),
    "silu": (F.silu, lambda x: x * torch.sigmoid(x), lambda x: torch.sigmoid(x) * (1 + x * torch.sigmoid(-x)),
             lambda m, x: x / (1 + m.exp(-x))),
    "gelu": (F.gelu, lambda x: 0.5 * x * torch.special.erfc(-x / ROOT2),
             lambda x: 0.5 * torch.special.erfc(-x / ROOT2) + x * exp(-x * x / 2) / math.sqrt(2 * math.pi),
             lambda m, x: x * (1 + m.erf(x / m.sqrt(2))) / 2),
    "leaky_relu": (F.leaky_relu, lambda x: where(x > 0, x, 0.01 * x), lambda x: where(x == 0, NAN, where(x > 0, 1.0, 0.01)),
                   lambda m, x: x if x > 0 else x / 100),
    "elu": (F.elu, lambda x: where(x > 0, x, torch.expm1(x)), lambda x: where(x > 0, 1.0, exp(x)), lambda m, x: x if x > 0 else m.exp(x) - 1),
    "selu": (F.selu, lambda x: SELU * where(x > 0, x, ALPHA * torch.expm1(x)),
             lambda x: where(x == 0, NAN, SELU * where(x > 0, 1.0, ALPHA * exp(x))),
             lambda m, x: SELU * (x if x > 0 else ALPHA * (m.exp(x) - 1))),
    "softplus": (F.softplus, lambda x: torch.clamp(x, min=0) + torch.log1p(exp(-torch.abs(x))), torch.sigmoid, lambda m, x: m.log(1 + m.exp(x))),
    "softsign": (F.softsign, lambda x: x / (1 + torch.abs(x)), lambda x: (1 + torch.abs(x)) ** -2, lambda m, x: x / (1 + abs(x))),
    "relu6": (F.relu6, lambda x: torch.clamp(x, 0, 6), lambda x: where((x == 0) | (x == 6), NAN, ((x > 0) & (x < 6)).to(x.dtype)),
              lambda m, x: min(max(x, 0), 6)),
    "hard_sigmoid": (F.hardsigmoid, lambda x: torch.clamp(x / 6 + 0.5, 0, 1), lambda x: where(torch.abs(x) == 3, NAN, (torch.abs(x) < 3) / 6.0),
                     lambda m, x: min(max(x / 6 + 0.5, 0), 1)),
    "hard_swish": (F.hardswish, lambda x: x * torch.clamp(x / 6 + 0.5, 0, 1),
                   lambda x: where(torch.abs(x) == 3, NAN, where(x < -3, 0.0, where(x > 3, 1.0, x / 3 + 0.5))),
                   lambda m, x: x * min(max(x / 6 + 0.5, 0), 1)),
    "mish": (F.mish, lambda x: x * torch.tanh(FUNCTIONS["softplus"][1](x)),
             lambda x: torch.tanh(FUNCTIONS["softplus"][1](x)) + x * torch.cosh(FUNCTIONS["softplus"][1](x)) ** -2 * torch.sigmoid(x),
             lambda m, x: x * m.tanh(m.log(1 + m.exp(x)))),
}


def differentiated(f, x):
    x = x.clone().requires_grad_()
    y = f(x)
    y.backward(torch.ones_like(y))
    return y.detach(), x.grad


def check(name, x, value, derivative, definition):
    """The truth is the truth: at some points it equals the definition with 60 digits to 0.05 ulp of float32."""
    try:
        import mpmath
    except ImportError:
        return
    mpmath.mp.dps = 60
    picked = (torch.abs(x) < 60).nonzero().flatten()
    picked = picked[:: max(1, len(picked) // 150)].tolist()
    for i in picked:
        at = mpmath.mpf(x[i].item())
        for what, got, f in (("value", value[i].item(), definition), ("derivative", derivative[i].item(), None)):
            if math.isnan(got) or math.isinf(got) or (f is None and abs(at) < 1e-9):
                continue
            wanted = f(mpmath, at) if f else mpmath.diff(lambda v: definition(mpmath, v), at)
            unit = max(abs(wanted) * 2.0 ** -24, 2.0 ** -126)
            if abs(got - wanted) > 0.05 * unit:
                sys.exit("%s: the truth of its %s at %r is %s, not %r" % (name, what, x[i].item(), mpmath.nstr(wanted, 20), got))


def save(folder, name, tensor):
    tensor.detach().contiguous().numpy().tofile(os.path.join(folder, name))


def load(folder, name):
    return torch.from_numpy(np.fromfile(os.path.join(folder, name), dtype="<f4"))


def function(folder, key, name):
    x = load(folder, "x")
    if name in FUNCTIONS:
        torchs, value, derivative, definition = FUNCTIONS[name]
        truth = value(x.double()), derivative(x.double())
        check(name, x, *truth, definition)
    else:
        torchs = getattr(torch, name, None) or getattr(F, name, None)
        if torchs is None:
            return
        truth = differentiated(torchs, x.double())
    got = differentiated(torchs, x)
    for what, t, g in zip(("value", "derivative"), truth, got):
        save(folder, key + "." + what + ".truth", t)
        save(folder, key + "." + what + ".torch", g)


def layer(folder, key, expression, *tensors):
    """Evaluates the expression on the tensors, and differentiates it with dy as the gradient of its value."""
    for kind, dtype in (("truth", torch.float64), ("torch", torch.float32)):
        names = {}
        for word in tensors:
            name, shape = word.split(":")
            names[name] = load(folder, key + "." + name).reshape([int(n) for n in shape.split(",")]).to(dtype)
        if "label" in names:
            names["label"] = names["label"].flatten().long()
        leaves = {n: t for n, t in names.items() if n not in ("dy", "label", "mask")}
        for t in leaves.values():
            t.requires_grad_()
        y = eval(expression, {"torch": torch, "F": F, "onehot": onehot}, {n.replace(".", "_"): t for n, t in names.items()})
        y.backward(names["dy"].reshape(y.shape))
        save(folder, key + ".y." + kind, y)
        for n, t in leaves.items():
            save(folder, key + ".d" + n + "." + kind, t.grad)


def onehot(label, like):
    return F.one_hot(label, like.shape[1]).to(like.dtype)


def compare(folder):
    torch.set_default_dtype(torch.float64)  # of what scalars become
    torch.set_num_threads(1)
    with open(os.path.join(folder, "questions"), encoding="utf-8") as questions:
        for question in questions:
            kind, *words = question.rstrip("\n").split("\t")
            {"function": function, "layer": layer}[kind](folder, *words)


class Cnn(nn.Module):
    """The network of samples/mnist-cnn.net."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 10, 5), nn.Conv2d(10, 20, 5)
        self.fc1, self.fc2 = nn.Linear(320, 50), nn.Linear(50, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(F.dropout2d(self.conv2(x), 0.5, self.training), 2))
        x = F.dropout(F.relu(self.fc1(x.flatten(1))), 0.5, self.training)
        return self.fc2(x)


def idx(folder, name):
    with gzip.open(os.path.join(folder, name + ".gz")) as file:
        magic = file.read(4)
        dims = struct.unpack(">%di" % magic[3], file.read(4 * magic[3]))
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(dims)


def train(folder, seed, epochs, batch, rate, momentum, threads):
    torch.set_num_threads(int(threads))
    torch.manual_seed(int(seed))
    x, label = idx(folder, "train-images-idx3-ubyte"), idx(folder, "train-labels-idx1-ubyte").long()
    tx, tlabel = idx(folder, "t10k-images-idx3-ubyte"), idx(folder, "t10k-labels-idx1-ubyte").long()
    mean, deviation = (x / 255.0).mean(), (x / 255.0).std()
    x, tx = (((v / 255.0) - mean) / deviation for v in (x[:, None], tx[:, None]))
    net = Cnn()
    step = torch.optim.SGD(net.parameters(), float(rate), momentum=float(momentum))
    begin = time.monotonic()
    for _ in range(int(epochs)):
        net.train()
        for rows in torch.randperm(len(x)).split(int(batch)):
            step.zero_grad()
            F.cross_entropy(net(x[rows]), label[rows]).backward()
            step.step()
    seconds = time.monotonic() - begin
    net.eval()
    with torch.no_grad():
        scores = torch.cat([net(part) for part in tx.split(1000)])
        accuracy = (scores.argmax(1) == tlabel).double().mean().item()
        print("%r %r %r" % (accuracy, F.cross_entropy(scores.double(), tlabel).item(), seconds))


if __name__ == "__main__":
    {"compare": compare, "train": train}[sys.argv[1]](*sys.argv[2:])
