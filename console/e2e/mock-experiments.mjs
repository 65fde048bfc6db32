/** Experiments as the service keeps them: states, revisions, and what was done. */
import { createHash } from 'node:crypto';
import { flagOf } from './mock-flags.mjs';
import { resultRoutes } from './mock-results.mjs';

const me = 'person:demo';
const day = 86_400_000;
const ago = (days) => new Date(Date.now() - days * day).toISOString();

const metrics = [
  {
    key: 'transfers',
    display_name: 'Transferred amount',
    sum: { selector: {}, property: 'amount' },
    currency: 'CNY',
  },
  { key: 'transfer-made', display_name: 'Made a transfer', conversion: { selector: { name: 'Transfer' } } },
  { key: 'came-back', display_name: 'Came back in the second week', retention: { selector: {} } },
  {
    key: 'complaints',
    display_name: 'Complaints',
    count: { selector: { name: 'Complaint' } },
    direction: 'METRIC_DIRECTION_LOWER_IS_BETTER',
  },
];
const layers = [{ key: 'home-screen', display_name: 'Home screen', free_share: 7_000 }];
const holdouts = [{ key: 'all-2026', display_name: 'Without any experiment, 2026', share: 200 }];

const experiments = new Map();
let revisions = 0;

function keep(experiment, action, comment = '', author = me, time = new Date().toISOString()) {
  revisions += 1;
  const before = experiments.get(experiment.key);
  const change = { action, from: before?.state, to: experiment.state, author, time, comment };
  experiments.set(experiment.key, {
    ...experiment,
    etag: `"x${revisions}"`,
    update_time: time,
    changes: [...(before?.changes ?? []), change],
  });
}

const state = (name) => `EXPERIMENT_STATE_${name}`;
const shown = ({ changes, ...experiment }) => experiment;

const bigButton = {
  key: 'big-button-test',
  display_name: 'Does a bigger button make more transfers?',
  hypothesis: 'A bigger button is found by more people, who transfer more.',
  flag_key: 'big-button',
  unit_type: 'UNIT_TYPE_USER',
  audience: { trait: { name: 'tier', operator: 'OPERATOR_NOT_EQUAL', values: ['staff'] } },
  arms: [
    { variant: 'small', weight: 4_000 },
    { variant: 'big', weight: 3_000 },
    { variant: 'green', weight: 3_000 },
  ],
  control: 'small',
  layer: { layer_key: 'home-screen', share: 3_000 },
  holdout_keys: ['all-2026'],
  ramp: [
    { share: 100, after: '0s' },
    { share: 2_000, after: '86400s' },
    { share: 10_000, after: '259200s' },
  ],
  plan: {
    goal_metric_keys: ['transfers', 'transfer-made'],
    guardrails: [
      { metric_key: 'complaints', margin: 0.1 },
      { metric_key: 'came-back', margin: 0.02 },
    ],
    design: 'DESIGN_KIND_GROUP_SEQUENTIAL',
    smallest_effect: 0.02,
    planned_units: '200000',
    covariate_days: 14,
  },
  phase: 1,
};

function run(experiment, start, share) {
  const registration = JSON.stringify({ arms: experiment.arms, key: experiment.key, plan: experiment.plan });
  return {
    start_time: start,
    stages: (experiment.ramp?.length ? experiment.ramp : [{ share: 10_000, after: '0s' }]).map((stage) => ({
      start_time: new Date(Date.parse(start) + Number.parseInt(stage.after, 10) * 1_000).toISOString(),
      share: stage.share,
    })),
    current_share: share,
    layer_parts: experiment.layer ? [{ experiment_key: experiment.key, from: 0, to: 3_000 }] : [],
    registration,
    registration_sha256: createHash('sha256').update(registration).digest('hex'),
  };
}

keep({ ...bigButton, state: state('DRAFT') }, 'create', '', 'person:ann', ago(24));
keep({ ...bigButton, state: state('IN_REVIEW') }, 'submit', '', 'person:ann', ago(23));
keep({ ...bigButton, state: state('APPROVED') }, 'approve', 'Power checked', 'person:ben', ago(22));
keep(
  { ...bigButton, state: state('RUNNING'), runs: [run(bigButton, ago(21), 10_000)] },
  'start',
  '',
  'person:ann',
  ago(21),
);

const homeTest = {
  key: 'new-home-test',
  display_name: '新首页',
  hypothesis: 'The new home screen brings people back.',
  flag_key: 'new-home',
  unit_type: 'UNIT_TYPE_DEVICE',
  arms: [
    { variant: 'off', weight: 5_000 },
    { variant: 'on', weight: 5_000 },
  ],
  control: 'off',
  plan: { goal_metric_keys: ['came-back'], smallest_effect: 0.01, planned_units: '400000' },
  phase: 1,
};
keep({ ...homeTest, state: state('DRAFT') }, 'create', '', 'person:ann', ago(3));
keep({ ...homeTest, state: state('IN_REVIEW') }, 'submit', 'Please look at the margin', 'person:ann', ago(2));

/** From where a move may start, and where it leads. */
const moves = {
  submit: [['DRAFT'], 'IN_REVIEW'],
  approve: [['IN_REVIEW'], 'APPROVED'],
  send_back: [['IN_REVIEW', 'APPROVED'], 'DRAFT'],
  start: [['APPROVED'], 'RUNNING'],
  ramp: [['RAMPING', 'RUNNING'], 'RUNNING'],
  pause: [['RAMPING', 'RUNNING'], 'PAUSED'],
  resume: [['PAUSED'], 'RUNNING'],
  stop: [['RAMPING', 'RUNNING', 'PAUSED'], 'STOPPED'],
  decide: [['STOPPED'], 'DECIDED'],
  revise: [['STOPPED'], 'DRAFT'],
  archive: [['DRAFT', 'STOPPED', 'DECIDED'], 'ARCHIVED'],
};

const missing = { problem: [404, 'Not found', 'There is no such experiment.', 'not-found'] };
const stale = { problem: [409, 'Changed in between', 'Somebody else changed it', 'aborted'] };
const refuse = (detail) => ({ problem: [409, 'Not possible now', detail, 'failed-precondition'] });
const invalid = (detail) => ({ problem: [400, 'Invalid request', detail, 'invalid-argument'] });

function move(key, { etag, comment = '', ...rest }) {
  const experiment = experiments.get(key);
  const [[name, body] = []] = Object.entries(rest);
  if (!experiment || !moves[name]) {
    return experiment ? invalid('move: exactly one must be set') : missing;
  }
  if (etag && etag !== experiment.etag) {
    return stale;
  }
  const [from, to] = moves[name];
  if (!from.some((each) => state(each) === experiment.state)) {
    return refuse(`The experiment '${key}' is ${experiment.state}`);
  }
  const refusal = refusalOf(name, experiment);
  if (refusal) {
    return refusal;
  }
  keep({ ...experiment, ...runsAfter(name, body, experiment), state: state(to) }, name, comment);
  return { experiment: shown(experiments.get(key)) };
}

function refusalOf(name, { key, changes, hypothesis, flag_key }) {
  const designers = changes.filter(({ action }) => ['create', 'update', 'submit'].includes(action));
  if (name === 'approve' && designers.some(({ author }) => author === me)) {
    const detail = `The experiment '${key}' must be approved by somebody who did not design it`;
    return { problem: [403, 'Not allowed', detail, 'permission-denied'] };
  }
  if (name === 'submit' && !hypothesis) {
    return refuse('A hypothesis is needed');
  }
  if (name === 'submit' && !flagOf(flag_key)?.rules?.some((rule) => rule.experiment === key)) {
    return refuse(`No rule of the flag '${flag_key}' names it`);
  }
  return undefined;
}

function runsAfter(name, body, experiment) {
  const runs = experiment.runs ?? [];
  const last = runs.at(-1);
  const changed = (run) => ({ runs: [...runs.slice(0, -1), { ...last, ...run }] });
  switch (name) {
    case 'start':
      return {
        runs: [...runs, run(experiment, new Date().toISOString(), experiment.ramp?.[0]?.share ?? 10_000)],
      };
    case 'ramp':
      return changed({ current_share: body.share });
    case 'pause':
      return changed({ current_share: 0 });
    case 'resume':
      return changed({ current_share: last.stages.at(-1).share });
    case 'stop':
      return changed({ current_share: 0, stop_time: new Date().toISOString() });
    case 'decide':
      return changed({ decided_variant: body.variant });
    case 'revise':
      return { phase: experiment.phase + 1 };
    default:
      return {};
  }
}

function create(body) {
  if (experiments.has(body.key)) {
    return { problem: [409, 'Already exists', `There is a '${body.key}' already`, 'already-exists'] };
  }
  const weights = body.arms.reduce((sum, { weight }) => sum + weight, 0);
  if (weights !== 10_000) {
    return invalid('arms: the weights must sum to 10000');
  }
  keep({ ...body, state: state('DRAFT'), phase: 1 }, 'create');
  return { experiment: shown(experiments.get(body.key)) };
}

function update(key, body) {
  const current = experiments.get(key);
  if (!current || (body.etag && body.etag !== current.etag)) {
    return current ? stale : missing;
  }
  keep({ ...body, state: state('DRAFT') }, 'update');
  return { experiment: shown(experiments.get(key)) };
}

/** Sixteen variances over the squared effect: Lehr's rule, near enough for a stand-in. */
function sampleSize({ outline, effect }) {
  const { rate, mean, shares } = outline;
  const noise = mean ? mean.variance / mean.mean ** 2 : (1 - rate) / rate;
  const each = Math.ceil((16 * noise) / effect ** 2);
  const arm_units = shares.map((share) => String(Math.ceil((each * share) / Math.min(...shares))));
  return { arm_units, total_units: String(arm_units.reduce((sum, units) => sum + Number(units), 0)) };
}

const found = (id, answer) => (experiments.has(id) ? answer(experiments.get(id)) : missing);

export const experimentRoutes = [
  ['GET', /^metrics$/, () => ({ metrics })],
  ['GET', /^layers$/, () => ({ layers })],
  ['GET', /^holdouts$/, () => ({ holdouts })],
  ['POST', /^statistics:sampleSize$/, ({ body }) => sampleSize(body)],
  ['GET', /^experiments$/, () => ({ experiments: [...experiments.values()].map(shown) })],
  ['POST', /^experiments$/, ({ body }) => create(body)],
  ['GET', /^experiments\/([^/:]+)$/, ({ id }) => found(id, (one) => ({ experiment: shown(one) }))],
  ['PUT', /^experiments\/([^/:]+)$/, ({ id, body }) => update(id, body)],
  ['DELETE', /^experiments\/([^/:]+)$/, ({ id }) => found(id, () => experiments.delete(id) && {})],
  ['POST', /^experiments\/([^/:]+):move$/, ({ id, body }) => move(id, body)],
  ['GET', /^experiments\/([^/]+)\/changes$/, ({ id }) => found(id, ({ changes }) => ({ changes }))],
  ...resultRoutes((id) => experiments.get(id)),
];
