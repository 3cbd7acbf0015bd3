"""Runs the module of every *.py of a folder with the parameters beside it, and compares with the numbers there: lines `in NAME …`, `out NUMBER …`, an example after the other."""
import glob
import importlib.util
import json
import re
import struct
import sys

import examples
import numpy as np
import torch


def parameters(file):
    data = open(file, "rb").read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    start = 8 + length
    return {
        name: torch.tensor(np.frombuffer(data[start + about["data_offsets"][0] : start + about["data_offsets"][1]], dtype=np.float32).copy()).reshape(about["shape"])
        for name, about in header.items()
    }


worst = 0.0
files = sorted(glob.glob(sys.argv[1] + "/*.py"))
for file in files:
    spec = importlib.util.spec_from_file_location("exported", file)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    (kind,) = [v for v in vars(program).values() if isinstance(v, type) and issubclass(v, torch.nn.Module)]
    stem = file[: -len("py")]
    net = kind()
    net.load_state_dict(getattr(program, "renamed", lambda p: p)(parameters(stem + "safetensors")))
    net.eval()
    known = examples.read(stem + "txt")
    names = re.search(r"def forward\(self, (.*?)\):", open(file, encoding="utf-8").read()).group(1).split(", ")
    shapes = [[int(d) for d in s.split("x")] for s in open(stem + "shapes", encoding="utf-8").read().split()]
    feed = [torch.tensor(np.stack([e[0][n].reshape(s) for e in known]).astype(np.float32)) for n, s in zip(names, shapes)]
    made = net(*feed)
    for number, output in enumerate(made if isinstance(made, tuple) else (made,)):
        got = output.detach().numpy()
        error = examples.difference(known, number, got)
        worst = max(worst, error)
        if not error < 1e-5:
            sys.exit(f"{file}: output {number} differs by {error:.1e}")
print(f"{len(files)} modules as PyTorch {torch.__version__} runs them; the largest difference is {worst:.1e}")
