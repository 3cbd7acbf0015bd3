"""Trains one of the networks of Picture.java with PyTorch, channels last, and prints the seconds of each epoch.

torch_networks.py small_cnn|unet THREADS EPOCHS [plain]
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


def main():
    which, threads, epochs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    form = torch.contiguous_format if "plain" in sys.argv else torch.channels_last
    torch.set_num_threads(threads)
    torch.manual_seed(1)
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
