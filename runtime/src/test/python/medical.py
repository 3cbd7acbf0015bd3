"""Archives in the form of MedMNIST, made up: pneumoniamnist.npz and bloodmnist.npz in the test resources.

Images of a class have one grey, or colour, and noise that compresses well. Run with NumPy: python3 medical.py
"""
import numpy as np

FOLDER = "../resources/dev/lanewise/runtime/data/source/medical/"
random = np.random.default_rng(3)

def part(count, classes, channels):
    labels = (np.arange(count) % classes).astype(np.uint8)
    images = np.zeros((count, 28, 28, 3), np.uint8)
    for i, label in enumerate(labels):
        images[i] = (60 + label * 20 + np.arange(3) * 5).astype(np.uint8)
        images[i, random.integers(4, 24), :, :] += np.uint8(i % 20)
    return (images if channels == 3 else images[..., 0]), labels[:, None]

def archive(name, classes, channels):
    arrays = {}
    for use, count in [("train", 48), ("val", 16), ("test", 24)]:
        arrays[use + "_images"], arrays[use + "_labels"] = part(count, classes, channels)
    np.savez_compressed(FOLDER + name, **arrays)

archive("pneumoniamnist.npz", 2, 1)
archive("bloodmnist.npz", 8, 3)
