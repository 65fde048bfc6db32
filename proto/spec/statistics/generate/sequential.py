"""Bounds of group-sequential plans and of confidence sequences."""

import math

import numpy as np
import scipy.optimize
import scipy.special as sc

from common import f, mp, norm_isf, norm_sf, write


def recursion(times, increments, sides, points=6000):
    """Crossing bounds by Simpson's rule on a dense grid: another rule and grid than the library's."""
    bounds, grid, mass, before = [], np.array([0.0]), np.array([1.0]), 0.0
    for t, spend in zip(times, increments):
        sd = math.sqrt(t - before)

        def log_cross(b):
            edge = b * math.sqrt(t)
            tail = sc.log_ndtr(-(edge - grid) / sd)
            if sides == 2:
                tail = np.logaddexp(tail, sc.log_ndtr(-(edge + grid) / sd))
            with np.errstate(divide="ignore"):
                logs = np.log(np.abs(mass)) + tail
            top = logs.max()
            return top + math.log((np.sign(mass) * np.exp(logs - top)).sum()) - math.log(spend)

        bound = scipy.optimize.brentq(log_cross, 0.01, 37, xtol=1e-14, rtol=1e-14)
        bounds.append(bound)
        edge = bound * math.sqrt(t)
        low = -edge if sides == 2 else -12 * math.sqrt(t)
        new = np.linspace(low, edge, points + 1)
        weights = np.ones(points + 1)
        weights[1:-1:2], weights[2:-1:2] = 4, 2
        weights *= (edge - low) / points / 3
        density = np.exp(-0.5 * ((new[:, None] - grid[None, :]) / sd) ** 2) @ mass / (sd * math.sqrt(2 * math.pi))
        grid, mass, before = new, weights * density, t
    return bounds


def spent(kind, alpha, t):
    if kind == "power2":
        return mp.mpf(alpha) * mp.mpf(t) ** 2
    return 2 * norm_sf(norm_isf(mp.mpf(alpha) / 2) / mp.sqrt(mp.mpf(t)))


plans = []
for kind, alpha, sides, total, units in [
    ("power2", 0.05, 2, 1000, [200, 400, 600, 800, 1000]),
    ("power2", 0.05, 2, 2800, [100 * i for i in range(1, 29)]),
    ("power2", 0.01, 1, 1000, [100, 150, 700, 1000]),
    ("obf", 0.05, 2, 1000, [200, 400, 600, 800, 1000]),
    ("obf", 0.025, 1, 1000, [250, 500, 750, 1000]),
    ("obf", 0.05, 2, 100000, [2000, 9000, 50000, 99999]),
    # The first looks of the 181-look case of spotify/confidence (tests/frequentist/test_bounds.py),
    # whose solver gives 5.754, 8.0, 5.147, 4.915, 4.807.
    ("power2", 0.003333333, 2, 10**12, [1616997634, 5785795550, 12200379088, 20199591701, 29564410640]),
]:
    times = [u / total for u in units]
    done = [spent(kind, mp.mpf(alpha) / sides, t) * sides for t in map(mp.mpf, times)]
    increments = [float(b - a) for a, b in zip([mp.mpf(0)] + done, done)]
    plans.append({"spending": kind, "alpha": alpha, "sides": sides, "maxUnits": total, "units": units,
                  "spent": [f(x) for x in done], "bounds": recursion(times, increments, sides)})


def rho2(alpha, n):
    a = mp.mpf(alpha)
    return (-2 * mp.log(a) + mp.log(1 - 2 * mp.log(a))) / n


def cs_bound(alpha, planned, n, sides):
    a, r = mp.mpf(alpha), rho2(alpha, planned) * n
    inner = mp.log(mp.sqrt(r + 1) / a) if sides == 2 else mp.log(1 + mp.sqrt(r + 1) / (2 * a))
    return mp.sqrt(2 * (r + 1) / r * inner)


def cs_p(alpha, planned, n, z, sides):
    r = rho2(alpha, planned) * n
    e = mp.exp(r * mp.mpf(z) ** 2 / (2 * (r + 1)))
    if sides == 2:
        return min(mp.mpf(1), mp.sqrt(r + 1) / e)
    return min(mp.mpf(1), mp.sqrt(r + 1) / (2 * (e - 1))) if z > 0 else mp.mpf(1)


sequences = []
for alpha in (0.05, 0.001):
    for planned in (1000, 50000):
        for n in (10, planned // 10, planned, 40 * planned, 10**12):
            for sides in (1, 2):
                for z in (0.5, 3.2, 20, 60):
                    sequences.append({
                        "alpha": alpha, "plannedUnits": planned, "units": n, "sides": sides, "statistic": z,
                        "bound": f(cs_bound(alpha, planned, n, sides)), "p": f(cs_p(alpha, planned, n, z, sides)),
                    })

write("sequential",
      "Group-sequential bounds by Simpson's rule with 6,000 intervals (numpy, scipy); confidence sequences by mpmath.",
      plans=plans, sequences=sequences)
