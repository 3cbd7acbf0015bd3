"""Runs every *.onnx of a folder with ONNX Runtime, and compares with the numbers beside it: lines `in NAME …`, `out NUMBER …`, an example after the other."""
import glob
import sys

import examples
import numpy as np
import onnx
import onnxruntime


worst = 0.0
files = sorted(glob.glob(sys.argv[1] + "/*.onnx"))
for file in files:
    onnx.checker.check_model(onnx.load(file), full_check=True)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    known = examples.read(file[: -len("onnx")] + "txt")
    feed = {}
    for given in session.get_inputs():
        numbers = np.stack([e[0][given.name].reshape(given.shape[1:]) for e in known])
        feed[given.name] = numbers.astype(np.int64 if "int64" in given.type else np.float32)
    for number, made in enumerate(session.run(None, feed)):
        error = examples.difference(known, number, made)
        worst = max(worst, error)
        if not error < 1e-5:
            sys.exit(f"{file}: output {number} differs by {error:.1e}")
print(f"{len(files)} networks as ONNX Runtime {onnxruntime.__version__} runs them; the largest difference is {worst:.1e}")
