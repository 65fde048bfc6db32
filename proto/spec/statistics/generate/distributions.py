"""Tails and quantiles of the normal and Student's t distribution."""

from common import f, mp, norm_isf, norm_sf, t_isf, t_sf, write

write(
    "distributions",
    "Upper tails and upper quantiles; mpmath, 40 digits.",
    normal=[{"z": z, "survival": f(norm_sf(z))} for z in (-8, -1.5, 0, 0.3, 1.96, 5.32, 8, 20, 37)],
    normalQuantile=[
        {"p": p, "quantile": f(norm_isf(p))} for p in (0.975, 0.3, 0.025, 1e-3, 1e-9, 1e-50, 1e-300)
    ],
    student=[
        {"t": t, "df": df, "survival": f(t_sf(t, df))}
        for df in (1, 2.5, 7, 30, 444.4, 1e4, 1e7)
        for t in (-2, 0.4, 1.96, 7, 15, 30)
    ],
    studentQuantile=[
        {"p": p, "df": df, "quantile": f(t_isf(p, df))}
        for df in (1, 2.5, 7, 8.5, 30, 444.4, 1e4, 1e7)
        for p in (0.975, 0.1, 0.025, 1e-4, 1e-8)
    ],
)
