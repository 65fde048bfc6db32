"""Beliefs: normal conjugate updates and differences of two Beta rates, by adaptive quadrature."""

from common import f, mp, norm_cdf, norm_isf, norm_pdf, write

mp.mp.dps = 30


def normal_case(delta, v, m, vm, cov, scale, prior):
    delta, v, m, vm, cov = map(mp.mpf, (delta, v, m, vm, cov))
    if scale == "RELATIVE":
        g = (1 / abs(m), -delta * mp.sign(m) / m**2)
        v = g[0] ** 2 * v + 2 * g[0] * g[1] * cov + g[1] ** 2 * vm
        delta = delta / abs(m)
    if prior:
        mu, sd = mp.mpf(prior["mean"]), mp.mpf(prior["deviation"])
        if prior["scale"] != scale:
            k = 1 / abs(m) if scale == "RELATIVE" else abs(m)
            mu, sd = mu * k, sd * k
        precision = 1 / v + 1 / sd**2
        mean, sd = (delta / v + mu / sd**2) / precision, 1 / mp.sqrt(precision)
    else:
        mean, sd = delta, mp.sqrt(v)
    density = lambda x: norm_pdf((x - mean) / sd) / sd
    pts = lambda a, b: [a] + [p for p in (mean - 10 * sd, mean - sd, mean, mean + sd, mean + 10 * sd) if a < p < b] + [b]
    up = mp.quad(lambda x: x * density(x), pts(mp.mpf(0), max(mp.mpf(0), mean) + 30 * sd))
    down = mp.quad(lambda x: -x * density(x), pts(min(mp.mpf(0), mean) - 30 * sd, mp.mpf(0)))
    z = norm_isf(mp.mpf("0.025"))
    return {"mean": f(mean), "deviation": f(sd), "win": f(norm_cdf(mean / sd)),
            "lossOfControl": f(up), "lossOfTreatment": f(down), "low": f(mean - z * sd), "high": f(mean + z * sd)}


normals = []
for d in [(2.0, 1.0, 50.0, 0.5, -0.5), (-3.0, 4.0, -20.0, 2.0, -2.0), (6.0, 0.5, 10.0, 0.2, -0.1), (0.0, 1e-8, 0.03, 5e-9, -5e-9)]:
    for scale in ("ABSOLUTE", "RELATIVE"):
        for prior in (None, {"mean": 0, "deviation": 0.3, "scale": "RELATIVE"}, {"mean": 0.1, "deviation": 2, "scale": "ABSOLUTE"}):
            normals.append({"difference": dict(zip(("value", "variance", "baseline", "baselineVariance", "covariance"), d)),
                            "scale": scale, "prior": prior, **normal_case(*d, scale, prior)})


def beta_pdf(x, a, b):
    return mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log(1 - x) - mp.log(mp.beta(a, b))) if 0 < x < 1 else mp.mpf(0)


def beta_cdf(x, a, b):
    x = min(max(x, mp.mpf(0)), mp.mpf(1))
    if x > a / (a + b):  # where the series in x converges slowly
        return 1 - mp.betainc(b, a, 0, 1 - x, regularized=True)
    return mp.betainc(a, b, 0, x, regularized=True)


def breaks(*ab):
    points = {mp.mpf(0), mp.mpf(1)}
    for a, b in ab:
        m = a / (a + b)
        s = mp.sqrt(m * (1 - m) / (a + b + 1))
        points |= {p for k in (-8, -4, -2, -1, 0, 1, 2, 4, 8) for p in [m + k * s] if 0 < p < 1}
    return sorted(points)


betas = []
mp.mp.dps = 20
for st, nt, sc, nc in [(3, 20, 1, 22), (0, 10, 0, 12), (5, 100, 12, 100), (40, 400, 30, 410), (7, 7, 2, 9), (90, 1000, 100, 1000)]:
    at, bt = mp.mpf(st) + mp.mpf("0.5"), mp.mpf(nt - st) + mp.mpf("0.5")
    ac, bc = mp.mpf(sc) + mp.mpf("0.5"), mp.mpf(nc - sc) + mp.mpf("0.5")
    pts = breaks((at, bt), (ac, bc))
    win = mp.quad(lambda x: beta_pdf(x, at, bt) * beta_cdf(x, ac, bc), pts)
    loss_t = mp.quad(lambda x: beta_cdf(x, at, bt) * (1 - beta_cdf(x, ac, bc)), pts)
    loss_c = mp.quad(lambda x: (1 - beta_cdf(x, at, bt)) * beta_cdf(x, ac, bc), pts)
    d = at / (at + bt) - ac / (ac + bc) + mp.mpf("0.01")
    lo, hi = max(mp.mpf(0), -d), min(mp.mpf(1), 1 - d)
    inner = [lo] + [p for p in sorted(set(pts) | {p - d for p in pts}) if lo < p < hi] + [hi]
    cdf = (1 - beta_cdf(hi, ac, bc)) + mp.quad(lambda x: beta_pdf(x, ac, bc) * beta_cdf(x + d, at, bt), inner)
    betas.append({"treatment": [st, nt], "control": [sc, nc], "win": f(win), "lossOfTreatment": f(loss_t),
                  "lossOfControl": f(loss_c), "difference": f(d), "cumulative": f(cdf)})

write("bayes", "Normal updates and Beta(1/2,1/2) rates; losses by numerical integration of their definition; mpmath.",
      normals=normals, betas=betas)
