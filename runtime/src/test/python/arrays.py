# Writes the arrays that NumberArraysTest reads: every supported element, both byte orders, both layouts, every format.
# Run in runtime/src/test: python3 python/arrays.py
import numpy as np
from numpy.lib import format

FOLDER = "resources/dev/lanewise/runtime/data/source/numpy/"
# 6 examples of 2x3: value 1 + example * 10 + row * 3 + column, so that a place tells its value.
values = np.array([[[1 + n * 10 + r * 3 + c for c in range(3)] for r in range(2)] for n in range(6)])


def write(name, array, version=(1, 0)):
    with open(FOLDER + name + ".npy", "wb") as f:
        format.write_array(f, array, version=version)


for code in ["u1", "i1", "<u2", "<i2", "<u4", "<u8", "<f2", ">f2", "<i4", "<i8", "<f4", "<f8", ">u2", ">i2", ">i4", ">i8", ">f4", ">f8"]:
    write(code.replace("<", "little-").replace(">", "big-"), values.astype(code))
write("fortran", np.asfortranarray(values.astype("<f4")))
write("version2", values.astype("<f4"), (2, 0))
write("version3", values.astype("<f4"), (3, 0))
write("labels", np.array([0, 1, 2, 0, 1, 2], "<i8"))
write("flags", np.array([True, False, True, False, True, False]))
write("targets", np.array([0.5, -1, 2.25, 3, -4, 5], "<f8"))
write("words", np.array(["vert", "bleu", "10", "9", "bleu", "é"]))
write("byte-words", np.array([b"cat", b"dog", b"cat", b"hen", b"hen", b"cat"]))
write("one-hot", np.eye(3)[[0, 1, 2, 0, 1, 2]])
write("one-hot-fortran", np.asfortranarray(np.eye(3, dtype="u1")[[0, 1, 2, 0, 1, 2]]))
write("channels-last", np.arange(6 * 5 * 7 * 3, dtype="<f4").reshape(6, 5, 7, 3))
write("channels-last-fortran", np.asfortranarray(np.arange(6 * 5 * 7 * 3, dtype="<f4").reshape(6, 5, 7, 3)))
np.savez(FOLDER + "stored.npz", x_train=values.astype("u1"), y_train=np.array([0, 1, 2, 0, 1, 2], "u1"))
np.savez_compressed(
    FOLDER + "packed.npz", x=values.astype("<f4"), y=np.array([0, 1, 2, 0, 1, 2]), tx=values[:2].astype("<f4"), ty=np.array([2, 0]))

# Images whose pixels are dark, grey or bright, and which of the three: a class at each place.
rng = np.random.default_rng(5)
y = rng.integers(0, 3, (48, 8, 8))
x = (y / 2 + rng.uniform(-0.15, 0.15, y.shape)).astype(np.float32)
np.savez_compressed(FOLDER + "places.npz", x=x[:32], y=y[:32], test_x=x[32:], test_y=y[32:].astype(np.uint8))
