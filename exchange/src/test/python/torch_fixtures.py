"""Writes the files that TorchFilesTest reads: python3 torch_fixtures.py ../resources/torch (torch 2)."""
import os
import pickle
import sys
import zipfile

import torch

folder = sys.argv[1]
torch.manual_seed(1)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(2, 3)
        self.norm = torch.nn.BatchNorm1d(3)

    def forward(self, x):
        return self.norm(self.fc(x))


net = Net().eval()
with torch.no_grad():
    net.fc.weight.copy_(torch.tensor([[1.0, 2], [3, 4], [5, 6]]))
    net.fc.bias.copy_(torch.tensor([0.5, -0.25, 2]))
state = net.state_dict()
torch.save(state, f"{folder}/state.pt")
torch.save(state, f"{folder}/old.pt", _use_new_zipfile_serialization=False)
torch.save({"epoch": 3, "loss": 0.5, "state_dict": {"module." + k: v for k, v in state.items()}, "optimizer": torch.optim.Adam(net.parameters()).state_dict()}, f"{folder}/checkpoint.pt")
# Storages of other widths, which lie before and between those of the parameters.
steps = {"state": {0: {"step": torch.tensor([7]), "exp_avg": torch.ones(3, 2, dtype=torch.float64), "seen": torch.ones(5, dtype=torch.uint8)}}}
torch.save({"optimizer": steps, "state_dict": state, "scores": torch.ones(4, dtype=torch.float16)}, f"{folder}/old-checkpoint.pt", _use_new_zipfile_serialization=False)
torch.save({**state, "fc.weight": state["fc.weight"].to(torch.complex64)}, f"{folder}/complex.pt")
torch.save({k: torch.nn.Parameter(v) if v.is_floating_point() else v for k, v in state.items()}, f"{folder}/parameters.pt")
for name, kind in (("half", torch.float16), ("brain", torch.bfloat16), ("double", torch.float64)):
    torch.save({k: v.to(kind) if v.is_floating_point() else v for k, v in state.items()}, f"{folder}/{name}.pt")
turned = torch.tensor([[1.0, 3, 5], [2, 4, 6]]).t()
torch.save({**state, "fc.weight": turned}, f"{folder}/strides.pt")
torch.save(net, f"{folder}/whole.pt")
torch.jit.save(torch.jit.trace(net, torch.ones(1, 2)), f"{folder}/script.pt")


class Evil:
    def __reduce__(self):
        return os.system, ("echo seen > seen",)


with zipfile.ZipFile(f"{folder}/evil.pt", "w") as archive:
    archive.writestr("evil/data.pkl", pickle.dumps({"fc.weight": Evil()}, 2))
