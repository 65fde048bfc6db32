/** What experiments have shown: numbers of the right shape that tell one story. */

const day = 86_400_000;
const iso = (milliseconds) => new Date(milliseconds).toISOString();

/** Looks of a run that began three weeks ago, in days. */
const lookDays = [1 / 24, 0.25, 1, 2, 3, 4, 5, 6, 7, 14, 21];

const unitsAt = (days) => Math.round(6_200 * days ** 0.97);
const now = unitsAt(21);
const noise = { transfers: 0.86, 'transfer-made': 0.42, complaints: 3.1, 'came-back': 0.5 };
const truth = {
  transfers: { big: 0.034, green: -0.004 },
  'transfer-made': { big: 0.021, green: 0.006 },
  complaints: { big: 0.04, green: 0.31 },
  'came-back': { big: 0.004, green: -0.006 },
};
const names = {
  transfers: 'Transferred amount',
  'transfer-made': 'Made a transfer',
  complaints: 'Complaints',
  'came-back': 'Came back in the second week',
};
const base = { transfers: 1_843.2, 'transfer-made': 0.3127, complaints: 0.0123, 'came-back': 0.221 };

/** The estimate wavers around the truth and settles with the units. */
function effect(metric, arm, units) {
  const error = noise[metric] * Math.sqrt(2 / (units * 0.33));
  const wave = Math.sin(units / 977 + metric.length + arm.length * 2) * 0.55;
  const estimate = (truth[metric]?.[arm] ?? 0.01) + wave * error;
  return { estimate, low: estimate - 2.3 * error, high: estimate + 2.3 * error, error };
}

function comparison(metric, arm, units, guardrail) {
  const { estimate, low, high, error } = effect(metric, arm, units);
  const significant = low > 0 || high < 0;
  const p = Math.min(1, 2 * Math.exp(-0.72 * (estimate / error) ** 2 - 0.4));
  const control = base[metric] ?? 1;
  const lower = metric === 'complaints';
  const margin = lower ? 0.1 : -0.02;
  const holds = lower ? high < margin : low > margin;
  const broken = lower ? low > margin : high < margin;
  return {
    arm,
    control: { units: String(Math.round(units * 0.4)), value: control },
    treatment: { units: String(Math.round(units * 0.3)), value: control * (1 + estimate) },
    effect: {
      scale: 'EFFECT_SCALE_RELATIVE',
      estimate,
      standard_error: error,
      interval: { low, high },
      interval_level: 0.975,
      p_value: Math.min(1, p * 2),
      raw_p_value: p,
      significant,
      ...(metric === 'transfers' && { variance_reduction: 0.31 }),
    },
    ...(!guardrail && {
      belief: {
        chance_to_win: 1 / (1 + Math.exp((-1.7 * estimate) / error)),
        risk_of_treatment: 0.0004,
        risk_of_control: 0.02,
        scale: 'EFFECT_SCALE_RELATIVE',
      },
    }),
    ...(guardrail && {
      guardrail: {
        state: `GUARDRAIL_STATE_${holds ? 'HOLDS' : broken ? 'BROKEN' : 'OPEN'}`,
        p_value: holds ? 0.004 : broken ? 0.998 : 0.31,
        interval: lower ? { high } : { low },
      },
    }),
  };
}

function metricResult(metric, treatments, dimension, guardrail) {
  const analysis = (units) => ({
    metric,
    comparisons: treatments.map((arm) => comparison(metric, arm, units, guardrail)),
  });
  const slices = [
    [{ value: 'gold' }, 0.24],
    [{ value: 'silver' }, 0.5],
    [{}, 0.16],
    [{ others: true }, 0.1],
  ];
  return {
    display_name: names[metric] ?? metric,
    direction:
      metric === 'complaints' ? 'METRIC_DIRECTION_LOWER_IS_BETTER' : 'METRIC_DIRECTION_HIGHER_IS_BETTER',
    ...(metric === 'transfers' && { currency: 'CNY', cap: 52_000 }),
    analysis: analysis(now),
    ...(dimension && {
      slices: slices.map(([slice, share]) => ({ ...slice, analysis: analysis(now * share) })),
      differences: treatments.map((arm) => ({ arm, statistic: 2.1, degrees_of_freedom: 3, p_value: 0.55 })),
    }),
  };
}

function basis({ key, runs, plan }, search) {
  const start = Date.parse(runs.at(-1).start_time);
  return {
    experiment_key: key,
    phase: Number(search.get('phase') || runs.length),
    registration_sha256: runs.at(-1).registration_sha256,
    as_of: search.get('as_of') ?? iso(Math.floor(Date.now() / 60_000) * 60_000),
    compute_time: iso(Date.now()),
    look_time: iso(start + 21 * day),
    looks: lookDays.length,
    next_look_time: iso(start + 28 * day),
    units: String(now),
    planned_units: plan.planned_units,
  };
}

const armsOf = ({ arms }) =>
  arms.map(({ variant, weight }, index) => ({
    arm: variant,
    units: String(Math.round((now * weight) / 10_000) + (index === 0 ? 61 : -30)),
    expected_units: (now * weight) / 10_000,
    share: weight / 10_000 + (index === 0 ? 0.0005 : -0.00025),
    expected_share: weight / 10_000,
  }));

const treatmentsOf = ({ arms, control }) =>
  arms.map(({ variant }) => variant).filter((variant) => variant !== control);

const dimensionOf = (search) => search.get('dimension_trait') || search.get('dimension_property');

function results(experiment, search) {
  const treatments = treatmentsOf(experiment);
  const dimension = dimensionOf(search);
  return {
    results: {
      basis: basis(experiment, search),
      arms: armsOf(experiment),
      goals: experiment.plan.goal_metric_keys.map((key) => metricResult(key, treatments, dimension, false)),
      guardrails: (experiment.plan.guardrails ?? []).map(({ metric_key }) =>
        metricResult(metric_key, treatments, dimension, true),
      ),
      correction: 'MULTIPLICITY_CORRECTION_HOLM',
    },
  };
}

function health(experiment, search) {
  const dimension = dimensionOf(search);
  const fine = { p_value: 0.63, severity: 'RATIO_SEVERITY_FINE' };
  return {
    health: {
      basis: basis(experiment, search),
      severity: 'RATIO_SEVERITY_WARNING',
      arms: armsOf(experiment),
      sample_ratio: { statistic: 0.9, degrees_of_freedom: 2, ...fine },
      sample_ratio_over_looks: { ...fine, p_value: 0.41 },
      ...(dimension && {
        suspect: {
          dimension,
          statistic: 3.2,
          degrees_of_freedom: 6,
          p_value: 0.78,
          values: ['gold', 'silver'].map((value) => ({ value, test: fine })),
        },
      }),
      mixed_units: '167',
      mixed_share: 0.0014,
      mixed_severity: 'RATIO_SEVERITY_WARNING',
      covariates: treatmentsOf(experiment).map((arm) => ({
        metric_key: 'transfers',
        arm,
        difference: 0.0031,
        p_value: 0.57,
        severity: 'RATIO_SEVERITY_FINE',
      })),
      power: experiment.plan.goal_metric_keys.flatMap((metric_key) =>
        treatmentsOf(experiment).map((arm) => ({
          metric_key,
          arm,
          ...(metric_key !== 'transfers' && { needed_units: '138400' }),
          detectable_effect: metric_key === 'transfers' ? 0.018 : 0.012,
          power: metric_key === 'transfers' ? 0.86 : 0.97,
        })),
      ),
      findings: ['167 units (0.14 %) saw several arms; above 0.1 % look at how the unit is told apart.'],
    },
  };
}

function timeseries(experiment) {
  const start = Date.parse(experiment.runs.at(-1).start_time);
  const { goal_metric_keys, guardrails = [] } = experiment.plan;
  return {
    series: [...goal_metric_keys, ...guardrails.map(({ metric_key }) => metric_key)].map((metric_key) => ({
      metric_key,
      points: lookDays.map((days) => ({
        time: iso(start + days * day),
        units: String(unitsAt(days)),
        effects: treatmentsOf(experiment).map((arm) => {
          const { estimate, low, high } = effect(metric_key, arm, unitsAt(days));
          return { arm, estimate, interval: { low, high }, significant: low > 0 || high < 0 };
        }),
      })),
    })),
  };
}

function decision(experiment, search) {
  return {
    proposal: {
      basis: basis(experiment, search),
      kind: 'PROPOSAL_KIND_DISCUSS',
      summary: 'big raises the transferred amount, but a guardrail is not known to hold.',
      reasons: [
        'big: transfers +3.6 % (0.9 % to 6.3 %), which is more than the smallest effect of 2 %.',
        'complaints: a rise beyond the margin of 10 % is not excluded yet.',
      ],
    },
  };
}

const notStarted = { problem: [409, 'Not possible now', 'It was never started', 'failed-precondition'] };

/** The four questions about what experiments have shown. */
export function resultRoutes(find) {
  const route = (what, answer) => [
    'GET',
    new RegExp(`^experiments/([^/]+)/${what}$`),
    ({ id, search }) => {
      const experiment = find(id);
      return experiment && (experiment.runs?.length ? answer(experiment, search) : notStarted);
    },
  ];
  return [
    route('results', results),
    route('health', health),
    route('timeseries', timeseries),
    route('decision', decision),
  ];
}
