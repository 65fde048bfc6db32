"""Trends by generalised least squares, interactions by a regression, switchbacks by a paired test."""

import numpy as np
import scipy.stats
import statsmodels.api as sm

from common import write

g = np.random.default_rng(99)
novelty = []
for nt, nc, days in [(80, 90, 4), (300, 250, 7)]:
    def arm(n, lift):
        base = g.normal(10, 2, size=(n, 1))
        return base + g.normal(0, 1, size=(n, days)) + lift * np.exp(-np.arange(days) / 3)

    t, c = arm(nt, 1.0), arm(nc, 0.0)
    effects = t.mean(0) - c.mean(0)
    sigma = np.cov(t.T) / nt + np.cov(c.T) / nc
    x = sm.add_constant(np.arange(days, dtype=float))
    fit = sm.GLS(effects, x, sigma=sigma).fit(cov_type="nonrobust")
    se = np.sqrt(fit.normalized_cov_params[1, 1])
    novelty.append({"treatment": t.tolist(), "control": c.tolist(), "days": list(range(days)),
                    "slope": float(fit.params[1]), "standardError": float(se),
                    "p": float(2 * scipy.stats.norm.sf(abs(fit.params[1] / se)))})

interactions = []
sizes = [30, 40, 35, 50]
cells = [g.normal(m, s, n) for m, s, n in zip((7, 6, 5.5, 5), (1, 2, 1.5, 1), sizes)]
y = np.concatenate(cells)
a = np.concatenate([np.full(n, v) for n, v in zip(sizes, (1, 1, 0, 0))])
b = np.concatenate([np.full(n, v) for n, v in zip(sizes, (1, 0, 1, 0))])
# HC2 of the saturated model is the sum of s^2/n over the cells.
fit = sm.OLS(y, sm.add_constant(np.column_stack([a, b, a * b]))).fit(cov_type="HC2")
interactions.append({"cells": [c.tolist() for c in cells], "estimate": float(fit.params[3]), "standardError": float(fit.bse[3])})

switchbacks = []
blocks = 12
periods, treated_means, control_means = [], [], []
index = 0
for block in range(blocks):
    first = bool(g.integers(2))
    for arm_treated in (first, not first):
        for i in range(4):
            value = float(20 + block + 1.5 * arm_treated + g.normal(0, 1))
            periods.append([index, block, arm_treated, value])
            index += 1
burn_in = 2
kept = {}
for i, (idx, block, treated, value) in enumerate(periods):
    before = [p[2] for p in periods[max(0, i - burn_in):i]]
    if all(b == treated for b in before):
        kept.setdefault((block, treated), []).append(value)
pairs = [(np.mean(kept[b, True]), np.mean(kept[b, False])) for b in range(blocks) if (b, True) in kept and (b, False) in kept]
test = scipy.stats.ttest_rel([p[0] for p in pairs], [p[1] for p in pairs])
d = np.array([p[0] - p[1] for p in pairs])
switchbacks.append({"burnIn": burn_in, "periods": periods, "blocks": len(pairs), "estimate": float(d.mean()),
                    "standardError": float(d.std(ddof=1) / np.sqrt(len(d))), "p": float(test.pvalue)})

breakdowns = []
values, errors = np.array([0.1, 0.3, -0.2, 0.15]), np.array([0.05, 0.1, 0.12, 0.2])
w = 1 / errors**2
q = float((w * (values - (w * values).sum() / w.sum()) ** 2).sum())
breakdowns.append({"values": values.tolist(), "errors": errors.tolist(), "statistic": q, "p": float(scipy.stats.chi2.sf(q, 3))})

write("designs", "statsmodels (GLS, saturated OLS with HC2), scipy (paired t-test, chi-square).",
      novelty=novelty, interactions=interactions, switchbacks=switchbacks, breakdowns=breakdowns)
