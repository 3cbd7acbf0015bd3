"""Two small networks against each other, in double: the numbers in AdversariesTest."""

import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

g = nn.Sequential(nn.Linear(3, 4, bias=False), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, 2))
d = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 1))
NAMES = {
    "g": {"batchnorm1.bias": "1.bias", "batchnorm1.weight": "1.weight", "dense1.weight": "0.weight",
          "dense2.bias": "3.bias", "dense2.weight": "3.weight"},
    "d": {"dense1.bias": "0.bias", "dense1.weight": "0.weight", "dense2.bias": "2.bias", "dense2.weight": "2.weight"},
}
for net, names in ((g, NAMES["g"]), (d, NAMES["d"])):
    for k, name in enumerate(sorted(names)):
        p = dict(net.named_parameters())[names[name]]
        with torch.no_grad():
            p.copy_(torch.tensor([0.6 * math.sin(0.9 * i + k) for i in range(p.numel())]).reshape(p.shape))

x = torch.tensor([[math.sin(i), math.cos(2 * i)] for i in range(5)])
optimizer_g = torch.optim.Adam(g.parameters(), lr=0.05, betas=(0.5, 0.999))
optimizer_d = torch.optim.SGD(d.parameters(), lr=0.1, momentum=0.9)
loss = nn.BCEWithLogitsLoss()
draws = 0


def noise(first, count):
    """The noise of a step, which is counted."""
    global draws
    z = torch.tensor([[math.sin(1.3 * draws + 0.7 * (first + e) + 2.1 * i) for i in range(3)] for e in range(count)])
    draws += 1
    return z


for epoch in range(3):
    for batch, first in enumerate((0, 3)):
        real = x[first:first + 3]
        n = len(real)
        # In the critic's step the generator keeps no account of its batches.
        g[1].momentum = 0.0
        made = g(noise(first, n)).detach()
        g[1].momentum = 0.1
        of_critic = loss(d(real), torch.ones(n, 1)) + loss(d(made), torch.zeros(n, 1))
        optimizer_d.zero_grad()
        of_critic.backward()
        optimizer_d.step()
        of_generator = loss(d(g(noise(first, n))), torch.ones(n, 1))
        optimizer_g.zero_grad()
        of_generator.backward()
        optimizer_g.step()
        print(f"loss {of_generator.item():.9f} {of_critic.item():.9f}")

for title, net, names in (("g", g, NAMES["g"]), ("d", d, NAMES["d"])):
    state = net.state_dict()
    for name in sorted(names):
        print(title, name, [round(v, 9) for v in state[names[name]].flatten().tolist()])
print("g running_mean", [round(v, 9) for v in g[1].running_mean.tolist()])
print("g running_var", [round(v, 9) for v in g[1].running_var.tolist()])
