"""Shared by the generators: 40-digit arithmetic and the writing of a file."""

import json
import pathlib
import random

import mpmath as mp

mp.mp.dps = 40


def f(x):
    """A number as the nearest double; infinities as text."""
    x = float(x)
    return x if x == x and abs(x) != float("inf") else ("inf" if x > 0 else "-inf")


def norm_sf(z):
    return mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2


def norm_cdf(z):
    return norm_sf(-mp.mpf(z))


def norm_pdf(z):
    return mp.exp(-mp.mpf(z) ** 2 / 2) / mp.sqrt(2 * mp.pi)


def norm_isf(p):
    """Upper quantile of the normal distribution."""
    import scipy.stats

    start = scipy.stats.norm.isf(float(p))
    return mp.findroot(lambda z: mp.log(norm_sf(z)) - mp.log(mp.mpf(p)), start)


def t_sf(t, df):
    """Upper tail of Student's t by the incomplete beta function."""
    t, df = mp.mpf(t), mp.mpf(df)
    tail = mp.betainc(df / 2, mp.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return tail if t >= 0 else 1 - tail


def t_isf(p, df):
    import scipy.stats

    start = scipy.stats.t.isf(float(p), float(df))
    return mp.findroot(lambda t: mp.log(t_sf(t, df)) - mp.log(mp.mpf(p)), start)


def chi2_sf(x, df):
    return mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)


def write(name, description, **cases):
    path = pathlib.Path(__file__).parent.parent / f"{name}.json"
    path.write_text(json.dumps({"description": description, **cases}, indent=1) + "\n")


def rng(seed):
    return random.Random(seed)


def cov(xs, ys):
    n = len(xs)
    mx, my = mp.fsum(xs) / n, mp.fsum(ys) / n
    return mp.fsum((x - mx) * (y - my) for x, y in zip(xs, ys)) / (n - 1)


def mean(xs):
    return mp.fsum(xs) / len(xs)
