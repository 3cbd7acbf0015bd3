# Writes what SchedulesTest compares with: python3 schedules.py > ../resources/dev/lanewise/runtime/optimize/schedules.txt
# A line for each schedule and length: its name, its arguments, epochs, steps of an epoch, and the learning rate of every step.
import math
import random
import torch
from torch.optim import lr_scheduler as schedulers

BASE = 0.3
LENGTHS = [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (3, 5), (2, 7), (5, 2), (3, 37)]


def rates(make, epochs, steps, by_epoch):
    sgd = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], BASE)
    scheduler = make(sgd, epochs * steps)
    found = []
    for _ in range(epochs):
        for _ in range(steps):
            found.append(sgd.param_groups[0]["lr"])
            sgd.step()
            if not by_epoch and len(found) < epochs * steps:
                scheduler.step()
        if by_epoch:
            scheduler.step()
    return found


def write(name, arguments, epochs, steps, found):
    print(name, arguments or "-", epochs, steps, *("%.17g" % r for r in found))


def warm_up(share):
    def make(sgd, total):
        up = math.floor(share * total + 0.5)
        line = schedulers.LinearLR(sgd, start_factor=1 / (up + 1), total_iters=up) if up else None
        wave = schedulers.CosineAnnealingLR(sgd, T_max=total - up) if up < total else None
        if not line or not wave:
            return line or wave
        return schedulers.SequentialLR(sgd, [line, wave], milestones=[up])
    return make


def one_cycle(peak, share):
    return lambda sgd, total: schedulers.OneCycleLR(sgd, peak, total_steps=total, pct_start=share, cycle_momentum=False)


CASES = [
    ("constant", "", lambda sgd, _: schedulers.LambdaLR(sgd, lambda _: 1.0), False),
    ("step", "every=1", lambda sgd, _: schedulers.StepLR(sgd, 1), True),
    ("step", "every=2,factor=0.7", lambda sgd, _: schedulers.StepLR(sgd, 2, gamma=0.7), True),
    ("exponential", "factor=0.8", lambda sgd, _: schedulers.ExponentialLR(sgd, 0.8), True),
    ("cosine", "", lambda sgd, total: schedulers.CosineAnnealingLR(sgd, total), False),
    ("cosine", "least=0.02", lambda sgd, total: schedulers.CosineAnnealingLR(sgd, total, eta_min=0.02), False),
]
CASES += [("warm_up", "share=%s" % s if s != 0.1 else "", warm_up(s), False) for s in (0.0, 0.1, 0.25, 0.5, 1.0)]
CASES += [("one_cycle", "share=%s" % s if s != 0.3 else "", one_cycle(BASE, s), False) for s in (0.0, 0.1, 0.25, 0.3, 0.5, 1.0)]
CASES += [("one_cycle", "peak=0.05,share=0.4", one_cycle(0.05, 0.4), False)]

for name, arguments, make, by_epoch in CASES:
    for epochs, steps in LENGTHS:
        try:
            write(name, arguments, epochs, steps, rates(make, epochs, steps, by_epoch))
        except ZeroDivisionError:
            pass  # OneCycleLR whose way up is a single step: see Schedules.

# ReduceLROnPlateau: values of a loss, and the rate of the epoch that follows each.
random.seed(5)
for options in ({"factor": 0.5, "patience": 0}, {"factor": 0.1, "patience": 1, "cooldown": 2}, {"factor": 0.9, "patience": 2, "threshold": 0.2},
                {"factor": 0.3, "patience": 0, "least": 0.01}):
    sgd = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], BASE)
    scheduler = schedulers.ReduceLROnPlateau(sgd, **{"min_lr" if k == "least" else k: v for k, v in options.items()})
    values, found = [], []
    for i in range(40):
        values.append(round(math.exp(-i / 15) + 0.1 * random.random(), 6))
        sgd.step()
        scheduler.step(values[-1])
        found.append(sgd.param_groups[0]["lr"])
    write("plateau", ",".join("%s=%s" % o for o in options.items()), len(values), 1, values + found)
