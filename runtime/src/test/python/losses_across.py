"""The losses of CLIP and SimCLR, and nll and cross-entropy at places, as PyTorch computes them in double: the numbers of contrastive.txt, views.txt, places.txt and apart.txt, one case a line."""
import torch
import torch.nn.functional as F


def inputs(n, i):
    return torch.tensor([[(7 * e + 3 * j + e * j) % 11 / 11.0 - 0.3 * i for j in range(3)] for e in range(n)], dtype=torch.float64)


def contrastive():
    for n, t in [(2, 0.07), (5, 0.5), (19, 0.1)]:
        w = torch.tensor([[0.5, -1, 2], [0.25, -0.75, 1.5], [1, 0.3, -0.4], [-0.2, 0.6, 0.8]], dtype=torch.float64, requires_grad=True)
        v = torch.tensor([[0.1, 0.7, -0.3], [0.9, -0.2, 0.4], [-0.6, 1.1, 0.5], [0.3, 0.2, -0.8]], dtype=torch.float64, requires_grad=True)
        a, b = F.normalize(inputs(n, 0) @ w.T, dim=1), F.normalize(inputs(n, 0) @ v.T, dim=1)
        s = a @ b.T / t
        i = torch.arange(n)
        loss = (F.cross_entropy(s, i) + F.cross_entropy(s.T, i)) / 2
        loss.backward()
        yield [n, t, loss.item(), *w.grad.flatten().tolist(), *v.grad.flatten().tolist()]


def views():
    """SimCLR's NT-Xent, of 2n embeddings in one batch; each view has the statistics of its own batch where there is a normalisation."""
    for n, t, normalised in [(2, 0.5, 0), (5, 0.07, 0), (19, 0.2, 0), (6, 0.5, 1)]:
        w = torch.tensor([[0.5, -1, 2], [0.25, -0.75, 1.5], [1, 0.3, -0.4], [-0.2, 0.6, 0.8]], dtype=torch.float64, requires_grad=True)
        norm = torch.nn.BatchNorm1d(4, dtype=torch.float64) if normalised else torch.nn.Identity()
        z = torch.cat([F.normalize(norm(inputs(n, i) @ w.T), dim=1) for i in (0, 1)])
        s = (z @ z.T / t).masked_fill(torch.eye(2 * n, dtype=torch.bool), float("-inf"))
        loss = F.cross_entropy(s, torch.cat([torch.arange(n) + n, torch.arange(n)]))
        loss.backward()
        yield [n, t, normalised, loss.item(), *w.grad.flatten().tolist()]


def places():
    for smooth, weighted, ignore in [(0, False, -1), (0.1, False, -1), (0, True, -1), (0, False, 1), (0.2, True, 0), (0, False, 2)]:
        n, k, h, w = 4, 3, 2, 3
        x = torch.tensor([(5 * i * i + 3 * i) % 17 / 4.0 - 2 for i in range(n * k * h * w)], dtype=torch.float64).reshape(n, k, h, w).requires_grad_()
        t = torch.tensor([(i * i + i // 5) % k for i in range(n * h * w)]).reshape(n, h, w)
        weight = torch.tensor([0.5, 1.5, 2], dtype=torch.float64) if weighted else None
        loss = F.cross_entropy(x, t, weight=weight, ignore_index=ignore, label_smoothing=smooth)
        loss.backward()
        yield [smooth, int(weighted), ignore, loss.item(), *x.grad.flatten().tolist()]


def apart():
    """Three losses with a factor each, of which two weigh classes: every one has its own mean."""
    n, k, h, w = 4, 3, 2, 3
    x = torch.tensor([(5 * i * i + 3 * i) % 17 / 4.0 - 2 for i in range(n * k * h * w)], dtype=torch.float64).reshape(n, k, h, w)
    t = torch.tensor([(i * i + i // 5) % k for i in range(n * h * w)]).reshape(n, h, w)
    all = [torch.tensor([(3 * i + 5 * j) % 7 / 4.0 - 0.75 for i in range(k * k)], dtype=torch.float64).reshape(k, k).requires_grad_() for j in range(3)]
    own, a, b = [torch.einsum("oc,nchw->nohw", m, x) for m in all]
    weight = torch.tensor([0.5, 1.5, 2], dtype=torch.float64)
    losses = [F.cross_entropy(own, t), F.cross_entropy(a, t, weight=weight), F.cross_entropy(b, t, ignore_index=1)]
    loss = 5 * losses[0] + 2 * losses[1] + 0.75 * losses[2]
    loss.backward()
    yield [loss.item(), *[l.item() for l in losses], *[g for m in all for g in m.grad.flatten().tolist()]]


def write(name, cases):
    with open(f"../resources/dev/lanewise/runtime/train/{name}", "w") as file:
        for case in cases:
            file.write(" ".join(repr(float(v)) for v in case) + "\n")


write("contrastive.txt", contrastive())
write("views.txt", views())
write("places.txt", places())
write("apart.txt", apart())
