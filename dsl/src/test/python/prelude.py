# Writes what PreludeTest compares with: python3 prelude.py > ../resources/dev/lanewise/dsl/check/expression/pytorch.txt
import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
points = torch.tensor([-6.5, -3.0, -1.2, -0.4, 0.3, 0.9, 2.5, 6.5])
# Where any of them may have a kink, and far out, where e^x is small or large.
kinks = torch.tensor([-40.0, -24.0, -6.0, -3.0, -1e-9, 0.0, 1e-9, 1.0, 3.0, 6.0, 24.0, 40.0])
for name, f in {
    "silu": F.silu, "gelu": F.gelu, "leaky_relu": F.leaky_relu, "elu": F.elu, "selu": F.selu, "softplus": F.softplus,
    "softsign": F.softsign, "relu6": F.relu6, "hard_sigmoid": F.hardsigmoid, "hard_swish": F.hardswish, "mish": F.mish,
}.items():
    print(name, *("%.12g" % v for v in f(points)))
    if name == "hard_sigmoid":
        # The same, but its own derivative is 1/6 as a float has it.
        f = lambda x: F.relu6(x + 3) / 6
    x = kinks.clone().requires_grad_()
    print(name + "'", *("%.12g" % v for v in torch.autograd.grad(f(x).sum(), x)[0]))

def losses_of_numbers(x, t):
    return {
        "mse": F.mse_loss(x, t), "mae": F.l1_loss(x, t), "huber": F.huber_loss(x, t), "l1": F.l1_loss(x, t),
        "bce_with_logits": F.binary_cross_entropy_with_logits(x, t), "bce": F.binary_cross_entropy(torch.sigmoid(x), t),
        "kl": F.kl_div(x, t, reduction="batchmean"),
    }


scores = torch.tensor([1.5, -0.7, 0.2, 3.1, -2.0])
weights = torch.tensor([0.5, 1.0, 2.0, 0.25, 3.0])
for label in range(5):
    y = torch.tensor([label])
    x = scores[None]
    t = F.one_hot(y, 5).double()
    p = F.softmax(x, 1)[0, label]
    for name, v in {
        "mse": F.mse_loss(x, t), "mae": F.l1_loss(x, t), "huber": F.huber_loss(x, t), "bce_with_logits": F.binary_cross_entropy_with_logits(x, t),
        "nll": F.nll_loss(x, y), "cross_entropy": F.cross_entropy(x, y), "cross_entropy(smooth=0.1)": F.cross_entropy(x, y, label_smoothing=0.1),
        "focal": -(1 - p) ** 2 * torch.log(p), "hinge": torch.clamp(1 - x * (2 * t - 1), min=0).mean(),
        "l1": F.l1_loss(x, t), "kl": F.kl_div(x, t, reduction="batchmean"), "kl(smooth=0.1)": F.kl_div(x, 0.9 * t + 0.02, reduction="batchmean"),
        "cross_entropy(weights)": F.cross_entropy(x, y, weight=weights, reduction="sum"),
        "cross_entropy(smooth=0.1,weights)": F.cross_entropy(x, y, weight=weights, label_smoothing=0.1, reduction="sum"),
        "bce": F.binary_cross_entropy(torch.sigmoid(x), t),
    }.items():
        print("%s.%d" % (name, label), "%.12g" % v)

# Five numbers to predict, in place of a class.
for name, v in losses_of_numbers(scores[None], torch.tensor([[0.25, 0.9, 0.0, 1.0, 0.6]])).items():
    print("%s.numbers" % name, "%.12g" % v)

# Gradients with respect to scores that are all 0, where targets and scores tie, and beyond 88, where e^x and e^-x are no floats.
for at in 0.0, 100.0:
    for target in range(6):
        x = torch.tensor([[at, 0.0, -at, at / 2, 0.0]], requires_grad=True)
        y = torch.tensor([target % 5])
        t = F.one_hot(y, 5).double() if target < 5 else torch.tensor([[0.0, 1.0, 0.25, 0.0, 0.6]])
        losses = {"mse": F.mse_loss(x, t), "l1": F.l1_loss(x, t), "huber": F.huber_loss(x, t), "bce_with_logits": F.binary_cross_entropy_with_logits(x, t)}
        if target < 5:
            log = F.log_softmax(x, 1)
            losses |= {"cross_entropy": F.cross_entropy(x, y), "focal": -(1 - log.exp()[0, target]) ** 2 * log[0, target]}
        for name, v in losses.items():
            print("%s.%s@%g" % (name, target if target < 5 else "numbers", at), *("%.12g" % g for g in torch.autograd.grad(v, x)[0][0]))
