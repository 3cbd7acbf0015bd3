"""Measures of made-up predictions, by scikit-learn: sklearn.txt in the test resources, which MetricsTest reads.

Run with scikit-learn 1.2 or later: python3 metrics.py > ../resources/dev/lanewise/runtime/train/sklearn.txt
"""
import numpy as np
from sklearn.metrics import (accuracy_score, f1_score, mean_absolute_error, mean_squared_error, precision_score, r2_score,
                             recall_score, roc_auc_score, top_k_accuracy_score)

random = np.random.default_rng(1)

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def case(classes, count, kind):
    labels = np.concatenate([np.arange(classes), random.integers(0, classes, count - classes)])
    logits = random.normal(size=(count, classes))
    logits[np.arange(count), labels] += 0.8
    if kind == "rare":  # one class is never predicted, another not there but predicted
        logits[:, 1] -= 9
        labels[labels == 2] = 0
    scores = np.round(logits, 2).astype(np.float32)
    probabilities = softmax(scores.astype(np.float64))
    if kind == "probabilities":
        scores = probabilities.astype(np.float32)
        probabilities = scores.astype(np.float64)
    scores += np.arange(classes, dtype=np.float32) * np.float32(1e-6)  # no ties in a row: they are anybody's guess
    predicted = scores.argmax(axis=1)
    if kind == "rare":
        auc = np.mean([roc_auc_score(labels == c, softmax(scores.astype(np.float64))[:, c])
                       for c in np.unique(labels)])
    elif classes == 2:
        auc = roc_auc_score(labels, (scores if kind == "probabilities" else softmax(scores.astype(np.float64)))[:, 1])
    else:
        p = scores.astype(np.float64) if kind == "probabilities" else softmax(scores.astype(np.float64))
        auc = roc_auc_score(labels, p / p.sum(axis=1, keepdims=True), multi_class="ovr")
    macro = dict(average="macro", zero_division=0)
    print("case", classes, kind)
    print(*labels)
    print(*scores.ravel())
    print("accuracy", accuracy_score(labels, predicted))
    for k in range(2, min(6, classes)):
        if k in (2, 3, 5):
            print(f"top{k}", top_k_accuracy_score(labels, scores, k=k, labels=range(classes)))
    print("precision", precision_score(labels, predicted, **macro))
    print("recall", recall_score(labels, predicted, **macro))
    print("f1", f1_score(labels, predicted, **macro))
    print("auc", auc)
    if classes == 2:  # the second class is the positive one
        print("sensitivity", recall_score(labels, predicted, pos_label=1))
        print("specificity", recall_score(labels, predicted, pos_label=0))

for classes, count, kind in [(2, 40, "logits"), (2, 30, "probabilities"), (3, 50, "logits"), (4, 60, "probabilities"),
                             (7, 90, "logits"), (10, 130, "probabilities"), (5, 70, "rare")]:
    case(classes, count, kind)

def numbers(columns, count, kind):
    targets = np.round(random.normal(size=(count, columns)) * 3 + 100, 3).astype(np.float32)
    outputs = np.round(targets + random.normal(size=(count, columns)), 3).astype(np.float32)
    if kind == "constant":  # one is met exactly, another is not
        targets[:, 0] = outputs[:, 0] = 7
        targets[:, 1] = 0.1
    if kind == "far":
        outputs += 20
    print("numbers", columns, kind)
    print(*targets.ravel())
    print(*outputs.ravel())
    targets, outputs = targets.astype(np.float64), outputs.astype(np.float64)
    print("mae", mean_absolute_error(targets, outputs))
    print("rmse", np.sqrt(mean_squared_error(targets, outputs)))  # over all numbers: not the mean of the columns' roots
    print("r2", r2_score(targets, outputs))

for columns, count, kind in [(1, 40, "near"), (3, 25, "near"), (3, 25, "constant"), (2, 30, "far")]:
    numbers(columns, count, kind)
