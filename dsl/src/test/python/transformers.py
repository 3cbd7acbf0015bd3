"""Networks with attention beside PyTorch's own modules, in double: the numbers of transformers.txt. Of each network: its name, the loss, the losses of ten
steps, and of each parameter, by the name that it has in a state_dict, its gradient in two sums, of |g| and of g sin(i), and where its values are after ten steps."""
import math

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
L, V, N = 8, 11, 4


def encoder(channels, heads, hidden, norm_first, activation):
    return nn.TransformerEncoderLayer(channels, heads, hidden, 0, activation, batch_first=True, norm_first=norm_first)


class Places(nn.Module):
    """A row that is learnt for each place."""

    def __init__(self, length, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(length, channels))

    def forward(self, x):
        return x + self.weight


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed1 = nn.Embedding(V, 12)
        self.positions1 = Places(L, 12)
        self.transformer1 = encoder(12, 3, 48, True, "gelu")
        self.transformer2 = encoder(12, 4, 20, True, "gelu")
        self.norm = nn.LayerNorm(12)
        self.dense1 = nn.Linear(12, V, bias=False)

    def forward(self, x):
        mask = torch.ones(L, L, dtype=torch.bool).triu(1)
        x = self.positions1(self.embed1(x))
        for layer in (self.transformer1, self.transformer2):
            x = layer(x, src_mask=mask)
        return self.dense1(self.norm(x)).transpose(1, 2)


class Cross(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed1 = nn.Embedding(V, 12)
        self.memory = encoder(12, 3, 16, False, "relu")
        self.conv1 = nn.Conv1d(12, 12, 3)
        self.alike = nn.MultiheadAttention(12, 3, batch_first=True)
        self.conv2 = nn.Conv1d(12, 6, 3)
        self.other = nn.MultiheadAttention(6, 2, kdim=12, vdim=12, bias=False, batch_first=True)
        self.dense1 = nn.Linear(24, V)

    def forward(self, x):
        memory = self.memory(self.embed1(x))
        q = self.conv1(memory.transpose(1, 2)).transpose(1, 2)
        q = self.alike(q, memory, memory)[0]
        q = self.conv2(q.transpose(1, 2)).transpose(1, 2)
        q = self.other(q, memory, memory)[0]
        return self.dense1(q.transpose(1, 2).flatten(1))


with open("../resources/dev/lanewise/dsl/check/transformers.txt", "w") as file:
    for net in (Gpt(), Cross()):
        net.train()
        tokens = torch.tensor([[(3 * i * i + 5 * i + 7 * e) % V for i in range(L)] for e in range(N)])
        classes = torch.tensor([[(7 * i + 3 * e * i + e) % V for i in range(L)] for e in range(N)])
        if isinstance(net, Cross):
            classes = classes[:, -1]
        parameters = sorted(net.named_parameters())
        for k, (name, p) in enumerate(parameters):
            base = 1 if "norm" in name and name.endswith("weight") else 0
            with torch.no_grad():
                p.copy_(torch.tensor([base + 0.3 * math.sin(0.7 * i + k) for i in range(p.numel())]).reshape(p.shape))
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.5)
        losses = []
        for step in range(10):
            loss = F.cross_entropy(net(tokens), classes)
            optimizer.zero_grad()
            loss.backward()
            losses.append(loss.item())
            if step == 0:
                first = [(g.abs().sum().item(), (g.flatten() * torch.sin(torch.arange(g.numel()).double())).sum().item()) for g in [p.grad for _, p in parameters]]
            optimizer.step()
        file.write(f"net {type(net).__name__} {' '.join(map(repr, losses))}\n")
        for (name, p), sums in zip(parameters, first):
            after = (p.flatten() * torch.sin(torch.arange(p.numel()).double())).sum().item()
            file.write(f"{name} {' '.join(map(str, p.shape))} : {sums[0]!r} {sums[1]!r} {after!r}\n")
