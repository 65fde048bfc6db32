"""Power from the definition of the variance, sample sizes and detectable effects by root finding."""

from common import f, mp, norm_isf, norm_sf, write


def variance(kind, a, b, scale, ratio, rho2, d):
    """Variance of the estimated effect for one control unit when the effect is d."""
    if kind == "mean":
        m, vc, vt = mp.mpf(a), mp.mpf(b), mp.mpf(b)
        mt = m + (d * abs(m) if scale == "RELATIVE" else d)
    else:
        m = mp.mpf(a)
        mt = m + (d * m if scale == "RELATIVE" else d)
        vc, vt = m * (1 - m), mt * (1 - mt)
    vc, vt = vc * (1 - rho2), vt * (1 - rho2)
    if scale == "ABSOLUTE":
        return vt / ratio + vc
    return vt / ratio / m**2 + vc * mt**2 / m**4


cases = []
for kind, a, b, scale, ratio, rho2, alpha, sides, d in [
    ("mean", 100, 2500, "ABSOLUTE", 1, 0, 0.05, 2, 2), ("mean", -40, 900, "RELATIVE", 0.5, 0.353, 0.05, 2, 0.07),
    ("mean", 40, 900, "RELATIVE", 1, 0, 0.01, 1, 0.1), ("rate", 0.05, 0, "ABSOLUTE", 1, 0, 0.05, 2, 0.005),
    ("rate", 0.2, 0, "RELATIVE", 2, 0.1, 0.05, 1, 0.06),
]:
    d, rho2, ratio = mp.mpf(d), mp.mpf(rho2), mp.mpf(ratio)
    z = norm_isf(mp.mpf(alpha) / sides)
    v = lambda e: variance(kind, a, b, scale, ratio, rho2, e)

    def power(n, e):
        drift = abs(e) / mp.sqrt(v(e) / n)
        return norm_sf(z - drift) + (norm_sf(z + drift) if sides == 2 else 0)

    k = z - norm_isf(mp.mpf("0.8"))
    n = k**2 * v(d) / d**2
    mde = mp.findroot(lambda e: e / mp.sqrt(v(e) / 5000) - k, d)
    drop = mp.findroot(lambda e: e / mp.sqrt(v(e) / 5000) + k, -d)
    cases.append({"kind": kind, "mean": a, "variance": b, "scale": scale, "ratio": f(ratio), "explained": f(rho2),
                  "alpha": alpha, "sides": sides, "effect": f(d), "power5000": f(power(5000, d)),
                  "units80": int(mp.ceil(n)), "increase5000": f(mde), "decrease5000": f(drop)})

write("power", "Power with 5,000 control units, control units for 80 %, detectable effects with 5,000; mpmath.", cases=cases)
