"""Probability to be the best arm, by adaptive quadrature over pieces around every arm."""

import random

from common import f, mp, norm_cdf, norm_pdf, write

mp.mp.dps = 20
rng = random.Random(11)
cases = []
arms = [([0.0, 0.0], [1.0, 1.0]), ([1.0, 1.3], [0.2, 0.01]), ([5.0, 5.1, 4.0], [1.0, 0.02, 3.0])]
arms += [([rng.gauss(10, 1) for _ in range(k)], [rng.choice([0.05, 0.5, 1.5]) for _ in range(k)]) for k in range(3, 11)]
for means, deviations in arms:
    weights = []
    for k, (m, s) in enumerate(zip(means, deviations)):
        rest = [(mp.mpf(a), mp.mpf(b)) for i, (a, b) in enumerate(zip(means, deviations)) if i != k]

        def integrand(x):
            value = norm_pdf((x - m) / mp.mpf(s)) / mp.mpf(s)
            for a, b in rest:
                value *= norm_cdf((x - a) / b)
            return value

        low, high = mp.mpf(m) - 12 * mp.mpf(s), mp.mpf(m) + 12 * mp.mpf(s)
        points = {low, high}
        for a, b in rest + [(mp.mpf(m), mp.mpf(s))]:
            points |= {p for j in (-6, -3, -1, 0, 1, 3, 6) for p in [a + j * b] if low < p < high}
        weights.append(mp.quad(integrand, sorted(points)))
    assert abs(mp.fsum(weights) - 1) < 1e-12, weights
    cases.append({"means": means, "deviations": deviations, "weights": [f(w) for w in weights]})

write("bandit", "Probability that each arm's value is the greatest; mpmath.", cases=cases)
