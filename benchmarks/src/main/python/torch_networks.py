"""Trains one of the networks of Picture.java, channels last, or of Sequence.java with PyTorch, and prints the seconds of each epoch.

torch_networks.py small_cnn|unet|lstm_256|lstm_64|gpt_12|gpt_64 THREADS EPOCHS [plain]
"""
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


def normed(i, o):
    return [nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True)]


def small_cnn():
    pool = nn.MaxPool2d(2)
    return nn.Sequential(
        *normed(1, 16), *normed(16, 16), pool, *normed(16, 32), *normed(32, 32), pool, *normed(32, 64), *normed(64, 64), pool,
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(64 * 9, 10))


def twice(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.ReLU(inplace=True), nn.Conv2d(o, o, 3, padding=1), nn.ReLU(inplace=True))


class UNet(nn.Module):
    def __init__(self, w=8):
        super().__init__()
        self.down = nn.ModuleList([twice(1, w), twice(w, 2 * w), twice(2 * w, 4 * w)])
        self.lowest = twice(4 * w, 8 * w)
        self.up = nn.ModuleList([twice(12 * w, 4 * w), twice(6 * w, 2 * w), twice(3 * w, w)])
        self.last = nn.Conv2d(w, 1, 1)

    def forward(self, x):
        skips = []
        for layer in self.down:
            x = layer(x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.lowest(x)
        for layer in self.up:
            x = layer(torch.cat([F.interpolate(x, scale_factor=2, mode="nearest"), skips.pop()], 1))
        return self.last(x)


class Lstm(nn.Module):
    def __init__(self, embedded, size, tokens=65):
        super().__init__()
        self.embed = nn.Embedding(tokens, embedded)
        self.lstm = nn.LSTM(embedded, size, batch_first=True)
        self.out = nn.Linear(size, tokens)

    def forward(self, x):
        return self.out(self.lstm(self.embed(x))[0])


class Block(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.wide, self.narrow = nn.Linear(size, 4 * size), nn.Linear(4 * size, size)

    def forward(self, x):
        batch, places, size = x.shape
        q, k, v = (t.view(batch, places, self.heads, size // self.heads).transpose(1, 2) for t in self.qkv(self.norm1(x)).split(size, 2))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(batch, places, size)
        x = x + self.out(y)
        return x + self.narrow(F.gelu(self.wide(self.norm2(x))))


class Gpt(nn.Module):
    def __init__(self, size=128, heads=4, layers=4, places=64, tokens=65):
        super().__init__()
        self.embed, self.positions = nn.Embedding(tokens, size), nn.Embedding(places, size)
        self.blocks = nn.Sequential(*[Block(size, heads) for _ in range(layers)])
        self.norm, self.out = nn.LayerNorm(size), nn.Linear(size, tokens)

    def forward(self, x):
        return self.out(self.norm(self.blocks(self.embed(x) + self.positions.weight)))


TEXTS = {
    "lstm_256": (lambda: Lstm(64, 256), 64),
    "lstm_64": (lambda: Lstm(32, 64), 32),
    "gpt_12": (Gpt, 12),
    "gpt_64": (Gpt, 64),
}


def texts(which, epochs, steps=20):
    make, batch = TEXTS[which]
    net = make()
    x, y = torch.randint(65, (steps * batch, 64)), torch.randint(65, (steps * batch, 64))
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    for _ in range(epochs):
        begin = time.perf_counter()
        for at in range(0, len(x), batch):
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(net(x[at:at + batch]).reshape(-1, 65), y[at:at + batch].reshape(-1)).backward()
            optimizer.step()
        print(f"{time.perf_counter() - begin:.4f}", flush=True)


def main():
    which, threads, epochs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    form = torch.contiguous_format if "plain" in sys.argv else torch.channels_last
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    if which in TEXTS:
        texts(which, epochs)
        return
    if which == "small_cnn":
        net, batch, loss = small_cnn(), 64, F.cross_entropy
        x, y = torch.rand(4708, 1, 28, 28), torch.randint(10, (4708,))
    else:
        net, batch, loss = UNet(), 32, F.binary_cross_entropy_with_logits
        x = torch.rand(3200, 1, 48, 48)
        y = (x > 0.9).float()
    net = net.to(memory_format=form).train()
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    for _ in range(epochs):
        begin = time.perf_counter()
        order = torch.randperm(len(x))
        for at in range(0, len(x), batch):
            chosen = order[at:at + batch]
            optimizer.zero_grad(set_to_none=True)
            value = loss(net(x[chosen].contiguous(memory_format=form)), y[chosen])
            value.backward()
            optimizer.step()
        print(f"{time.perf_counter() - begin:.4f}", flush=True)


main()
