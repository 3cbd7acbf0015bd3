"""Numbers of every dtype of safetensors, as a file holds them and as the nearest float32: for SafetensorsDtypesTest.

    /usr/bin/python3 dtypes.py > ../resources/dev/lanewise/runtime/file/dtypes.txt

A line is the dtype, the bytes in hexadecimal digits, the bits of each float32. NumPy and PyTorch convert; BF16 is PyTorch's alone.
"""

import numpy as np
import torch

rng = np.random.default_rng(1)

def line(name, raw, floats):
    bits = np.asarray(floats, dtype=np.float32).view(np.uint32)
    print(name, raw.hex(), *(f"{b:08x}" for b in bits))

for name, dtype in dict(U8="u1", I8="i1", U16="<u2", I16="<i2", U32="<u4", I32="<i4", U64="<u8", I64="<i8").items():
    info = np.iinfo(dtype)
    values = np.concatenate([
        np.array([0, 1, info.max, info.min, info.max - 1, info.max // 2, info.max // 2 + 1], dtype=dtype),
        rng.integers(info.min, info.max, 40, dtype=dtype, endpoint=True)])
    if info.bits == 64:
        # Halfway between two floats, and just beside.
        values = np.concatenate([values, np.array([2**40 + 2**16, 2**40 + 2**16 + 1, 2**40 + 2**16 - 1, 2**62 + 2**38 + 1], dtype=dtype)])
    if name == "U64":
        values = np.concatenate([values, np.array([2**63, 2**63 + 2**39, 2**63 + 2**39 + 1, 2**63 + 2**39 - 1, 2**63 + 3 * 2**39], dtype=dtype)])
    line(name, values.tobytes(), values.astype(np.float32))

line("BOOL", bytes([0, 1, 1, 0]), [0, 1, 1, 0])
half = np.arange(0, 65536, 97, dtype="<u2")
half = half[(half & 0x7c00) != 0x7c00]
half = np.concatenate([half, np.array([0x7c00, 0xfc00], dtype="<u2")])
line("F16", half.tobytes(), half.view("<f2").astype(np.float32))
brain = half[(half & 0x7f80) != 0x7f80]
line("BF16", brain.tobytes(), torch.from_numpy(brain.view(np.int16).copy()).view(torch.bfloat16).float().numpy())
with np.errstate(over="ignore"):
    double = np.concatenate([rng.normal(size=20), [0.1, -0.0, 1e-45, 1e300, -1e300, np.inf, 3.4028235677973366e38, 1 + 2**-24, 1 + 3 * 2**-24]]).astype("<f8")
    line("F64", double.tobytes(), double.astype(np.float32))
single = rng.normal(size=20).astype("<f4")
line("F32", single.tobytes(), single)
