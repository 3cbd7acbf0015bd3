"""Writes detections.txt: mean average precision as the development kit of Pascal VOC 2010 computes it (VOCevaldet.m, VOCap.m), in NumPy, of made pictures.

Also found.npz, of which DetectTest knows the mean: more pictures than are tested at a time, whose image is what a network says of them.

python detections.py > ../resources/dev/lanewise/runtime/score/detections.txt
"""

import sys

import numpy as np


def corners(numbers, row, column, rows, columns):
    x, y, w, h = numbers
    cx, cy = (column + x) / columns, (row + y) / rows
    w, h = max(w, 0), max(h, 0)
    return np.array([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])


def overlap(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    inter = w * h
    return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)


def found(scores, boxes):
    """Of one picture: [(class, score, cell, box)], after suppression."""
    channels, rows, columns = scores.shape
    nothing = channels - 1
    e = np.exp(scores - scores.max(0))
    p = e / e.sum(0)
    all = []
    for r in range(rows):
        for c in range(columns):
            k = int(p[:nothing, r, c].argmax())
            all.append((k, p[k, r, c], r * columns + c, corners(boxes[:, r, c], r, c, rows, columns)))
    kept = []
    for d in sorted(all, key=lambda d: (-d[1], d[2])):
        if not any(k[0] == d[0] and overlap(k[3], d[3]) > 0.5 for k in kept):
            kept.append(d)
    return kept


def average_precision(recall, precision):
    """VOCap.m"""
    r = np.concatenate([[0], recall, [1]])
    p = np.concatenate([[0], precision, [0]])
    for i in range(len(p) - 2, -1, -1):
        p[i] = max(p[i], p[i + 1])
    i = np.where(r[1:] != r[:-1])[0] + 1
    return np.sum((r[i] - r[i - 1]) * p[i])


def evaluate(pictures, label):
    """VOCevaldet.m"""
    truth = [[corners(p["truth"][:, r, c], r, c, *p["labels"].shape) for r in range(p["labels"].shape[0]) for c in range(p["labels"].shape[1])
              if p["labels"][r, c] == label] for p in pictures]
    positives = sum(map(len, truth))
    if positives == 0:
        return None
    detected = [[False] * len(t) for t in truth]
    lines = [(d[1], i, d[2], d[3]) for i, p in enumerate(pictures) for d in found(p["scores"], p["boxes"]) if d[0] == label]
    lines.sort(key=lambda d: (-d[0], d[1], d[2]))
    tp, fp = np.zeros(len(lines)), np.zeros(len(lines))
    for n, (_, i, _, box) in enumerate(lines):
        most, best = -np.inf, None
        for j, t in enumerate(truth[i]):
            o = overlap(box, t)
            if o > most:
                most, best = o, j
        if most >= 0.5 and not detected[i][best]:
            tp[n] = 1
            detected[i][best] = True
        else:
            fp[n] = 1
    tp, fp = np.cumsum(tp), np.cumsum(fp)
    return average_precision(tp / positives, tp / (tp + fp))


def made(random, pictures, rows, columns, classes, noise):
    for _ in range(pictures):
        labels = np.where(random.random((rows, columns)) < 0.4, random.integers(0, classes - 1, (rows, columns)), classes - 1)
        truth = np.zeros((4, rows, columns), np.float32)
        there = labels < classes - 1
        truth[:2, there] = random.random((2, there.sum()))
        truth[2:, there] = 0.1 + 0.5 * random.random((2, there.sum()))
        boxes = np.where(there, truth, random.random(truth.shape)) + noise * random.standard_normal(truth.shape)
        scores = 1.5 * random.standard_normal((classes, rows, columns)) + 3 * (np.arange(classes)[:, None, None] == labels)
        # Equal scores in two cells: the first one comes first.
        scores[:, 0, 0] = scores[:, -1, -1]
        yield {"labels": labels, "truth": truth, "boxes": boxes.astype(np.float32), "scores": scores.astype(np.float32)}


def line(values):
    print(" ".join(repr(float(v)) for v in np.ravel(values)))


if __name__ == "__main__":
    random = np.random.default_rng(7)
    for pictures, rows, columns, classes, noise in [(6, 3, 3, 4, 0.02), (12, 4, 2, 3, 0.1), (4, 2, 3, 6, 0.15), (10, 3, 3, 2, 0.05), (1, 1, 1, 3, 0)]:
        case = list(made(random, pictures, rows, columns, classes, noise))
        print("case", pictures, rows, columns, classes)
        for p in case:
            line(p["labels"])
            line(p["truth"])
            line(p["scores"])
            line(p["boxes"])
        each = [evaluate([{k: v.astype(np.float64) for k, v in p.items()} for p in case], c) for c in range(classes - 1)]
        print("each", " ".join("nan" if v is None else repr(float(v)) for v in each))
        there = [v for v in each if v is not None]
        print("mean", repr(float(np.mean(there))) if there else "nan")
    case = list(made(random, 1_100, 1, 2, 4, 0.08))
    half = [{k: v.astype(np.float16).astype(np.float64) for k, v in p.items()} for p in case]
    arrays = {
        "image": np.stack([np.concatenate([p["scores"], p["boxes"]]) for p in half]).astype(np.float16), "class": np.stack([p["labels"] for p in half]).astype(np.int32),
        "box": np.stack([p["truth"] for p in half]).astype(np.float16)}
    np.savez_compressed("../resources/dev/lanewise/runtime/data/source/numpy/found.npz", **arrays, **{"test_" + k: v for k, v in arrays.items()})
    print("found.npz: " + repr(float(np.mean([evaluate(half, c) for c in range(3)]))), file=sys.stderr)
