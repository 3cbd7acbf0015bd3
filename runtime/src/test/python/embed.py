"""What EmbedTest compares with: python3 embed.py > ../resources/dev/lanewise/runtime/train/embed.txt (torch 2.13)."""
import torch

torch.set_default_dtype(torch.double)
OPTIMIZERS = {
    "sparse_adam": lambda p: torch.optim.SparseAdam(p, lr=0.1),
    "adam": lambda p: torch.optim.Adam(p, lr=0.1),
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
}
for name, make in OPTIMIZERS.items():
    table = torch.nn.Embedding(12, 3, sparse=name.startswith("sparse"))
    dense = torch.nn.Linear(3, 2)
    with torch.no_grad():
        table.weight.copy_(torch.sin(torch.arange(36.)).reshape(12, 3))
        dense.weight.copy_(torch.cos(torch.arange(6.)).reshape(2, 3))
        dense.bias.zero_()
    dense.requires_grad_(False)
    optimizer = make(list(table.parameters()))
    for batch in ([1, 3, 3, 11], [3, 0, 1, 5], [7, 7, 7, 3]):
        x = torch.tensor(batch)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(dense(table(x)), x % 2).backward()
        optimizer.step()
    print(name, *("%.9g" % v for v in table.weight.detach().flatten().tolist()))
