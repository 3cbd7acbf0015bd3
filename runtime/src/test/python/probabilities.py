"""What made-up probabilities are worth, by scikit-learn: probabilities.txt in the test resources, which ProbabilitiesTest reads.

The expected calibration error is that of Guo et al. (2017), equation 3; scikit-learn has none, so it is written down here.
Run with scikit-learn 1.2 or later: python3 probabilities.py > ../resources/dev/lanewise/runtime/score/probabilities.txt
"""
import numpy as np
from sklearn.metrics import roc_auc_score, roc_curve

random = np.random.default_rng(7)

def error(probabilities, labels, bins):
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    total = 0
    for b in range(bins):
        inside = (sure > b / bins) & (sure <= (b + 1) / bins)
        if inside.any():
            total += inside.sum() / len(labels) * abs(right[inside].mean() - sure[inside].mean())
    return total

def case(classes, count, digits):
    labels = np.concatenate([np.arange(classes), random.integers(0, classes, count - classes)])
    logits = random.normal(size=(count, classes)) * 2
    logits[np.arange(count), labels] += 1.5
    scores = np.round(logits, digits).astype(np.float32)  # few digits make ties between examples
    scores += np.arange(classes, dtype=np.float32) * np.float32(1e-3)
    e = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    probabilities = e / e.sum(axis=1, keepdims=True)
    print("case", classes)
    print(*labels)
    print(*scores.ravel())
    print("error 10", error(probabilities, labels, 10))
    print("error 15", error(probabilities, labels, 15))
    for c in range(classes):
        # Rounded, so that equal scores stay equal.
        false, found, _ = roc_curve(labels == c, np.round(probabilities[:, c], 12), drop_intermediate=False)
        print("false", c, *false)
        print("found", c, *found)
        print("area", c, roc_auc_score(labels == c, np.round(probabilities[:, c], 12)))

for classes, count, digits in [(2, 60, 3), (2, 40, 0), (5, 50, 2)]:
    case(classes, count, digits)
