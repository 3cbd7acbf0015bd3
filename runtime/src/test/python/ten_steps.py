"""The losses of ten training steps of the classic CNN (dropout off), by PyTorch in double precision: the constants in TenStepsTest.

Run with PyTorch 1.13 or later: python3 ten_steps.py FOLDER_OF_MNIST
"""
import gzip, math, struct, sys
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

def idx(name):
    raw = gzip.open(f"{sys.argv[1]}/{name}.gz").read()
    rank = raw[3]
    dims = struct.unpack(f">{rank}I", raw[4:4 + 4 * rank])
    return torch.tensor(list(raw[4 + 4 * rank:][:640 * math.prod(dims[1:])])).reshape(640, *dims[1:])

x = idx("train-images-idx3-ubyte").double().unsqueeze(1) / 255
t = idx("train-labels-idx1-ubyte").long()

def parameter(k, fan_in, *dims):
    n = math.prod(dims)
    values = [math.sin(0.7 * i + k) / math.sqrt(fan_in) for i in range(n)]
    return torch.tensor(values).reshape(*dims).requires_grad_()

p = [parameter(0, 25, 10, 1, 5, 5), parameter(1, 25, 10), parameter(2, 250, 20, 10, 5, 5), parameter(3, 250, 20),
     parameter(4, 320, 50, 320), parameter(5, 320, 50), parameter(6, 50, 10, 50), parameter(7, 50, 10)]
first = [q.detach().clone() for q in p]
optimizer = torch.optim.SGD(p, lr=0.1, momentum=0.5)
for step in range(10):
    a, b = x[step * 64:step * 64 + 64], t[step * 64:step * 64 + 64]
    h = F.relu(F.max_pool2d(F.conv2d(a, p[0], p[1]), 2))
    h = F.relu(F.max_pool2d(F.conv2d(h, p[2], p[3]), 2))
    h = F.relu(F.linear(h.flatten(1), p[4], p[5]))
    loss = F.cross_entropy(F.linear(h, p[6], p[7]), b)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.10f},")
print("How far each parameter went: Σ |p - p0| and Σ (p - p0) sin(i)")
for q, q0 in zip(p, first):
    moved = (q - q0).detach().flatten()
    print(f"{moved.abs().sum().item():.8f}, {(moved * torch.sin(torch.arange(moved.numel()).double())).sum().item():.8f},")
