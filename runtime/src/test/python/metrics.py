"""Measures of made-up predictions, by scikit-learn: sklearn.txt in the test resources, which MetricsTest reads.

Run with scikit-learn 1.2 or later: python3 metrics.py > ../resources/dev/lanewise/runtime/train/sklearn.txt
"""
import numpy as np
from sklearn.metrics import (accuracy_score, f1_score, precision_score, recall_score, roc_auc_score,
                             top_k_accuracy_score)

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

for classes, count, kind in [(2, 40, "logits"), (2, 30, "probabilities"), (3, 50, "logits"), (4, 60, "probabilities"),
                             (7, 90, "logits"), (10, 130, "probabilities"), (5, 70, "rare")]:
    case(classes, count, kind)
