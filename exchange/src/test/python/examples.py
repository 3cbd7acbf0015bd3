"""Examples beside a file, and what is to come of them: lines `in NAME …`, `out NUMBER …`, an example after the other."""
import numpy as np


def read(file):
    read, current = [], ({}, {})
    for line in open(file, encoding="utf-8"):
        kind, name, *numbers = line.split()
        if kind == "in" and current[1]:
            read.append(current)
            current = ({}, {})
        current[kind == "out"][name] = np.array(numbers, dtype=np.float64)
    return read + [current]


def difference(known, number, made):
    """How far an output is from what is known, of the largest value there is."""
    wanted = np.stack([e[1][str(number)] for e in known]).reshape(made.shape)
    return float(np.max(np.abs(made - wanted)) / (1e-3 + np.max(np.abs(wanted))))
