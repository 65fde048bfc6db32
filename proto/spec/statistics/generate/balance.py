"""Sample ratio: chi-square and the Dirichlet-multinomial bet."""

from common import chi2_sf, f, mp, write

ratios, bets = [], []
for units, weights in [
    ([821588, 815482], [1, 1]), ([44700, 45489], [1, 1]), ([100, 130, 90], [1, 1, 1]),
    ([500, 480, 0], [0.5, 0.5, 0]), ([10, 0], [0.9, 0.1]), ([50, 20, 30], [5, 3, 2]),
    ([1000000, 500000], [2, 1]),
]:
    live = [(u, mp.mpf(w)) for u, w in zip(units, weights) if w > 0]
    total, weight = mp.mpf(sum(u for u, _ in live)), mp.fsum(w for _, w in live)
    stat = mp.fsum((u - total * w / weight) ** 2 / (total * w / weight) for u, w in live)
    ratios.append({"units": units, "weights": weights, "statistic": f(stat), "df": len(live) - 1,
                   "p": f(chi2_sf(stat, len(live) - 1))})

for units, weights, k in [
    ([821588, 815482], [1, 1], 10000), ([5, 9], [1, 1], 10), ([120, 80, 100], [1, 1, 1], 300),
    ([600000000, 599900000], [1, 1], 10000), ([7000, 2900], [7, 3], 10000), ([0, 0], [1, 1], 10),
]:
    mp.mp.dps = 60
    share = [mp.mpf(w) / sum(weights) for w in weights]
    n = sum(units)
    log = mp.loggamma(k) - mp.loggamma(k + n)
    for u, s in zip(units, share):
        log += mp.loggamma(k * s + u) - mp.loggamma(k * s) - u * mp.log(s)
    bets.append({"units": units, "weights": weights, "concentration": k, "logEvidence": f(log)})

write("balance", "Chi-square survival and log evidence of a Dirichlet-multinomial against the weights; mpmath.",
      ratios=ratios, bets=bets)
