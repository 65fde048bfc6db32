"""Adjusted p-values: statsmodels for equal weights, definitions over all cut-offs for unequal ones."""

import random

from statsmodels.stats.multitest import multipletests

from common import write

NAMES = {"BONFERRONI": "bonferroni", "HOLM": "holm", "BENJAMINI_HOCHBERG": "fdr_bh"}
rng = random.Random(7)
equal, weighted = [], []
families = [[0.01, 0.04, 0.03, 0.005], [0.5], [1.0, 0.0, 1e-300], [0.02, 0.02, 0.02]]
families += [[rng.random() ** 3 for _ in range(n)] for n in (5, 12, 40)]
for p in families:
    for name, method in NAMES.items():
        reject, adjusted, _, _ = multipletests(p, alpha=0.05, method=method)
        equal.append({"correction": name, "p": p, "adjusted": list(map(float, adjusted)), "found": list(map(bool, reject))})


def rejects(name, p, w, level):
    """Which a procedure rejects at a level, from its definition."""
    m = len(p)
    if name == "BONFERRONI":
        return [p[i] <= level * w[i] / m for i in range(m)]
    if name == "BENJAMINI_HOCHBERG":
        best = 0
        for k in range(1, m + 1):
            if sum(p[i] / w[i] <= k * level / m for i in range(m)) >= k:
                best = k
        return [best > 0 and p[i] / w[i] <= best * level / m for i in range(m)]
    left, done = set(range(m)), [False] * m
    while left:
        i = min(left, key=lambda j: p[j] / w[j])
        if p[i] > level * w[i] / sum(w[j] for j in left):
            break
        done[i] = True
        left.remove(i)
    return done


def adjusted(name, p, w, i):
    """The least level that rejects a question, by bisection."""
    low, high = 0.0, 1.0
    if not rejects(name, p, w, 1.0)[i]:
        return 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if rejects(name, p, w, middle)[i] else (middle, high)
    return high


for p, w in [([0.01, 0.04, 0.03, 0.005], [2, 1, 0.5, 0.5]), ([0.2, 0.001, 0.03, 0.04, 0.011], [1, 3, 0.4, 0.4, 0.2])]:
    for name in NAMES:
        weighted.append({"correction": name, "p": p, "weights": w,
                         "adjusted": [adjusted(name, p, w, i) for i in range(len(p))]})

write("multiplicity", "Equal weights by statsmodels; weighted ones as the least level that rejects, by bisection.",
      equal=equal, weighted=weighted)
