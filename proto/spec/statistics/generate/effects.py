"""Differences between arms, from raw units (not from sums), and Lin's regression by statsmodels."""

import numpy as np
import statsmodels.api as sm

from common import cov, f, mean, mp, norm_isf, rng, t_isf, t_sf, write

ALPHA = 0.05


def judged(value, variance, df):
    se = mp.sqrt(variance)
    p = 2 * t_sf(abs(value / se), df)
    width = t_isf(mp.mpf(ALPHA) / 2, df) * se
    return {
        "estimate": f(value), "standardError": f(se), "df": f(df), "p": f(min(p, mp.mpf(1))),
        "low": f(value - width), "high": f(value + width),
    }


def welch_df(a, na, b, nb):
    return (a + b) ** 2 / (a**2 / na + b**2 / nb)


def both(delta, variance, df, m, vm, cov_dm):
    """Absolute and relative, the latter by a gradient over (difference, control value)."""
    size = abs(m)
    grad = [1 / size, -delta * mp.sign(m) / m**2]
    rel = grad[0] ** 2 * variance + 2 * grad[0] * grad[1] * cov_dm + grad[1] ** 2 * vm
    return {"absolute": judged(delta, variance, df), "relative": judged(delta / size, rel, df)}


def plain(mt, vt, nt, mc, vc, nc):
    df = welch_df(vt, nt - 1, vc, nc - 1)
    return both(mt - mc, vt + vc, df, mc, vc, -vc)


def mpf(xs):
    return [mp.mpf(x) for x in xs]


r = rng(20260101)
means, proportions, ratios, cuped, cuped_ratios = [], [], [], [], []

for nt, nc, shift, sigma, base in [
    (5, 7, 1, 2, 10), (40, 35, 0.5, 3, -20), (200, 220, 30000, 9000, 123456789), (90, 80, 0, 1, 0.01),
    (300, 300, 40, 5, 100),
]:
    t = mpf([r.gauss(base + shift, sigma) for _ in range(nt)])
    c = mpf([r.gauss(base, sigma * 1.5) for _ in range(nc)])
    means.append({
        "treatment": [f(x) for x in t], "control": [f(x) for x in c],
        **plain(mean(t), cov(t, t) / nt, nt, mean(c), cov(c, c) / nc, nc),
    })

for st, nt, sc, nc in [(12, 100, 7, 110), (530, 10000, 500, 10000), (3, 20, 19, 21), (90000, 1000000, 89000, 999000)]:
    pt, pc = mp.mpf(st) / nt, mp.mpf(sc) / nc
    proportions.append({
        "treatment": [st, nt], "control": [sc, nc],
        **plain(pt, pt * (1 - pt) / nt, nt, pc, pc * (1 - pc) / nc, nc),
    })


def ratio_units(n, rate, seed):
    q = rng(seed)
    rows = []
    for _ in range(n):
        d = 1 + int(q.expovariate(0.4))
        m = sum(q.expovariate(1 / rate) for _ in range(d)) + q.gauss(0, 1)
        xd = 1 + int(q.expovariate(0.5))
        rows.append([m, d, 0.6 * m + q.gauss(0, 1), xd])
    return [mpf(row) for row in rows]


def column(rows, i):
    return [row[i] for row in rows]


def linear(rows, i, at=None):
    """Linearised ratio of columns i and i+1 at the ratio and mean of some rows."""
    at = at or rows
    m, d = mean(column(at, i)), mean(column(at, i + 1))
    return [m / d + (row[i] - m / d * row[i + 1]) / d for row in rows]


for nt, nc, rate, seed in [(30, 40, 3, 1), (150, 120, 8, 2)]:
    t, c = ratio_units(nt, rate * 1.1, seed), ratio_units(nc, rate, seed + 100)
    lt, lc = linear(t, 0), linear(c, 0)
    raw = {"treatment": [[f(x) for x in row] for row in t], "control": [[f(x) for x in row] for row in c]}
    ratios.append({
        **raw,
        **plain(mean(column(t, 0)) / mean(column(t, 1)), cov(lt, lt) / nt, nt,
                mean(column(c, 0)) / mean(column(c, 1)), cov(lc, lc) / nc, nc),
    })
    pooled = t + c
    ly, lx = linear(pooled, 0), linear(pooled, 2)
    theta = cov(ly, lx) / cov(lx, lx)
    adj = []
    for rows in (t, c):
        y = [a - theta * b for a, b in zip(linear(rows, 0), linear(rows, 2))]
        adj.append((mean(y), cov(y, y) / len(rows), y))
    vc = cov(lc, lc) / nc
    cuped_ratios.append({
        **raw, "theta": f(theta),
        **both(adj[0][0] - adj[1][0], adj[0][1] + adj[1][1],
               welch_df(adj[0][1], nt - 1, adj[1][1], nc - 1),
               mean(column(c, 0)) / mean(column(c, 1)), vc, -cov(adj[1][2], lc) / nc),
    })

regressions = []
for nt, nc, k, seed in [(25, 30, 1, 5), (60, 45, 3, 6)]:
    g = np.random.default_rng(seed)
    X = g.normal(3, 2, size=(nt + nc, k))
    w = np.r_[np.ones(nt), np.zeros(nc)]
    y = 50 + X @ np.arange(1, k + 1) + w * (2 + 0.7 * X[:, 0]) + g.normal(0, 3, nt + nc)
    t = [mpf([y[i], *X[i]]) for i in range(nt)]
    c = [mpf([y[i], *X[i]]) for i in range(nt, nt + nc)]
    if k == 1:
        pooled = t + c
        theta = cov(column(pooled, 0), column(pooled, 1)) / cov(column(pooled, 1), column(pooled, 1))
        yt = [row[0] - theta * row[1] for row in t]
        yc = [row[0] - theta * row[1] for row in c]
        vt, vc = cov(yt, yt) / nt, cov(yc, yc) / nc
        raw_c = column(c, 0)
        cuped.append({
            "treatment": [[f(x) for x in row] for row in t], "control": [[f(x) for x in row] for row in c],
            "theta": f(theta),
            **both(mean(yt) - mean(yc), vt + vc, welch_df(vt, nt - 1, vc, nc - 1),
                   mean(raw_c), cov(raw_c, raw_c) / nc, -cov(yc, raw_c) / nc),
        })
    # Lin: arms' own least squares around the pooled mean of the covariates.
    centred = X - X.mean(axis=0)
    fit_t = sm.OLS(y[:nt], sm.add_constant(centred[:nt])).fit()
    fit_c = sm.OLS(y[nt:], sm.add_constant(centred[nt:])).fit()
    full = sm.OLS(y, np.column_stack([np.ones(nt + nc), w, centred, centred * w[:, None]])).fit()
    assert abs(full.params[1] - (fit_t.params[0] - fit_c.params[0])) < 1e-9
    vt, vc = fit_t.bse[0] ** 2, fit_c.bse[0] ** 2
    gap = fit_t.params[1:] - fit_c.params[1:]
    extra = gap @ np.atleast_2d(np.cov(X.T)) @ gap / (nt + nc)
    dft, dfc = nt - k - 1, nc - k - 1
    sxy = np.array([np.cov(y[nt:], X[nt:, j])[0, 1] for j in range(k)])
    cov_dm = gap @ sxy / (nt + nc) - fit_c.scale / nc
    m = y[nt:].mean()
    regressions.append({
        "treatment": [[f(x) for x in row] for row in t], "control": [[f(x) for x in row] for row in c],
        **both(mp.mpf(full.params[1]), mp.mpf(vt + vc + extra), welch_df(mp.mpf(vt), dft, mp.mpf(vc), dfc),
               mp.mpf(m), mp.mpf(np.var(y[nt:], ddof=1) / nc), mp.mpf(cov_dm)),
    })

# Post-stratification of means by the law of total variance over strata drawn at random.
poststratified = []
for sizes in ([(20, 25), (40, 30)], [(12, 8), (30, 31), (9, 15)]):
    strata, total = [], sum(a + b for a, b in sizes)
    for h, (a, b) in enumerate(sizes):
        strata.append(([mp.mpf(r.gauss(10 * h + 1 + h, 2 + h)) for _ in range(a)],
                       [mp.mpf(r.gauss(10 * h, 2 + h)) for _ in range(b)]))
    w = [mp.mpf(a + b) / total for a, b in sizes]
    mt, mc = [mean(t) for t, _ in strata], [mean(c) for _, c in strata]
    vt = [cov(t, t) / len(t) for t, _ in strata]
    vc = [cov(c, c) / len(c) for _, c in strata]
    d = mp.fsum(w[h] * (mt[h] - mc[h]) for h in range(len(w)))
    m = mp.fsum(w[h] * mc[h] for h in range(len(w)))
    within = mp.fsum(w[h] ** 2 * (vt[h] + vc[h]) for h in range(len(w)))
    between = mp.fsum(w[h] * (mt[h] - mc[h] - d) ** 2 for h in range(len(w))) / total
    parts = [w[h] ** 2 * vt[h] for h in range(len(w))] + [w[h] ** 2 * vc[h] for h in range(len(w))]
    dfs = [len(t) - 1 for t, _ in strata] + [len(c) - 1 for _, c in strata]
    df = mp.fsum(parts) ** 2 / mp.fsum(p**2 / n for p, n in zip(parts, dfs))
    vm = mp.fsum(w[h] ** 2 * vc[h] + w[h] * (mc[h] - m) ** 2 / total for h in range(len(w)))
    cdm = mp.fsum(-w[h] ** 2 * vc[h] + w[h] * (mt[h] - mc[h] - d) * (mc[h] - m) / total for h in range(len(w)))
    poststratified.append({
        "strata": [{"treatment": [f(x) for x in t], "control": [f(x) for x in c]} for t, c in strata],
        **both(d, within + between, df, m, vm, cdm),
    })

# A quantile with its order statistics.
quantiles = []
for n, q, seed in [(200, 0.5, 3), (1000, 0.9, 4)]:
    g = rng(seed)
    arms = []
    for scale in (1.2, 1.0):
        xs = sorted(g.lognormvariate(3, scale) for _ in range(n))
        z = norm_isf(mp.mpf("0.025"))
        half = z * mp.sqrt(mp.mpf(str(q)) * (1 - mp.mpf(str(q))) / n)
        pick = lambda level: mp.mpf(xs[int(mp.ceil(n * level)) - 1])
        lo, hi = pick(mp.mpf(str(q)) - half), pick(mp.mpf(str(q)) + half)
        arms.append((xs, pick(mp.mpf(str(q))), ((hi - lo) / (2 * z)) ** 2))
    quantiles.append({
        "quantile": q, "treatment": arms[0][0], "control": arms[1][0],
        **plain(arms[0][1], arms[0][2], n, arms[1][1], arms[1][2], n),
    })

write(
    "effects",
    "Two-sided effects at alpha 0.05 from raw units: mpmath (40 digits); regressions by statsmodels.",
    means=means, proportions=proportions, ratios=ratios, cuped=cuped, cupedRatios=cuped_ratios,
    regressions=regressions, poststratified=poststratified, quantiles=quantiles,
)
