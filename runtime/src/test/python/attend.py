"""Attention as PyTorch computes it in double: the numbers of attend.txt, one case a line. Each begins with places, others, channels, channels of
values, heads, causal, masked; then come y and the gradients of q, k and v."""
import torch
import torch.nn.functional as F


def numbers(count, i):
    return torch.tensor([(7 * e * e + 3 * e + 5 * i) % 23 / 9.0 - 1.2 for e in range(count)], dtype=torch.float64)


def cases():
    for l, s, d, e, heads, causal, masked in [
        (5, 5, 6, 6, 2, 0, 0), (5, 5, 6, 6, 2, 1, 0), (4, 7, 6, 3, 3, 0, 0), (7, 4, 4, 8, 1, 1, 0), (4, 7, 4, 4, 4, 1, 0),
        (4, 7, 6, 6, 2, 0, 1), (9, 9, 4, 4, 2, 1, 1), (1, 1, 2, 2, 1, 1, 0)]:
        q, k, v = [numbers(n * c, i).reshape(n, c).requires_grad_() for i, (n, c) in enumerate([(l, d), (s, d), (s, e)])]
        heads_of = lambda x: x.reshape(x.shape[0], heads, -1).transpose(0, 1)
        mask = torch.ones(l, s, dtype=torch.bool)
        if causal:
            mask = mask.tril()
        if masked:
            mask &= torch.tensor([j % 3 != 1 for j in range(s)])
        y = F.scaled_dot_product_attention(heads_of(q), heads_of(k), heads_of(v), attn_mask=mask).transpose(0, 1).reshape(l, e)
        (y * numbers(l * e, 3).reshape(l, e)).sum().backward()
        yield [l, s, d, e, heads, causal, masked, *[x for t in (y, q.grad, k.grad, v.grad) for x in t.flatten().tolist()]]


with open("../resources/dev/lanewise/runtime/operation/attend.txt", "w") as file:
    for case in cases():
        file.write(" ".join(repr(x) for x in case) + "\n")
