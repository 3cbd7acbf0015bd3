# Writes what TripletTest compares with: python3 triplet.py > ../resources/dev/lanewise/runtime/train/triplet.txt
import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
# Four triples of points in the plane, and a linear embedding in three dimensions.
x = torch.tensor([[(7 * i + 3 * j + i * j) % 11 / 11.0 for j in range(6)] for i in range(4)])
w = torch.tensor([[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5]], requires_grad=True)
b = torch.tensor([0.1, -0.2, 0.3], requires_grad=True)
for margin in [1.0, 0.2]:
    a, p, n = (F.linear(x[:, 2 * k:2 * k + 2], w, b) for k in range(3))
    losses = F.triplet_margin_loss(a, p, n, margin=margin, reduction="none")
    w.grad = b.grad = None
    losses.mean().backward()
    print("margin", margin, *("%.12g" % v for v in torch.cat([losses, w.grad.flatten(), b.grad])))
