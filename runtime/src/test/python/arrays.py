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

# Images with rectangles, grey ones of class 0 and bright ones of class 1, and their boxes by the cells of a grid; 2 is a cell with nothing.
def boxes(count):
    image, label, box = np.zeros((count, 16, 16), "<f4"), np.full((count, 4, 4), 2), np.zeros((count, 4, 4, 4), "<f4")
    for i in range(count):
        for _ in range(3):
            h, w = rng.integers(3, 8, 2)
            top, left = rng.integers(0, 17 - h), rng.integers(0, 17 - w)
            y, x = (top + h / 2) / 4, (left + w / 2) / 4
            # One pixel between two of them.
            around = image[i, max(0, top - 1):top + h + 1, max(0, left - 1):left + w + 1]
            if around.any() or label[i, int(y), int(x)] != 2:
                continue
            kind = rng.integers(0, 2)
            image[i, top:top + h, left:left + w] = (kind + 1) / 2
            label[i, int(y), int(x)] = kind
            box[i, :, int(y), int(x)] = [x % 1, y % 1, w / 16, h / 16]
    return image, label, box


image, label, box = boxes(48)
np.savez_compressed(FOLDER + "boxes.npz", **{
    "image": image[:32], "class": label[:32], "box": box[:32], "test_image": image[32:], "test_class": label[32:], "test_box": box[32:]})
# Here 0 is a cell with nothing.
np.savez_compressed(FOLDER + "boxes-from-one.npz", **{"image": image[:4], "class": (label[:4] + 1) % 3, "box": box[:4]})
