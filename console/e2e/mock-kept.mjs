/** Questions and dashboards that are kept, with their revisions, as the services keep them. */

const last = (count, unit = 'TIME_UNIT_DAY') => ({ last: { count, unit, current: true }, time_zone: 'UTC' });

const kept = {
  savedAnalyses: new Map(),
  dashboards: new Map(),
};
const single = { savedAnalyses: 'analysis', dashboards: 'dashboard' };
const plural = { savedAnalyses: 'analyses', dashboards: 'dashboards' };
let revisions = 0;

function keep(kind, value) {
  revisions += 1;
  const whole = { ...value, etag: `"${revisions}"` };
  kept[kind].set(value.id, whole);
  return { [single[kind]]: whole };
}

keep('savedAnalyses', {
  id: 'weekly-lifecycle',
  display_name: 'Who comes back each week',
  description: 'For the Monday meeting',
  query: {
    scope: last(90),
    lifecycle: { selector: {}, unit: 'TIME_UNIT_WEEK', newcomer: 'LIFECYCLE_NEWCOMER_FIRST_MATCHING' },
  },
});
keep('savedAnalyses', {
  id: 'road-to-transfer',
  display_name: 'From installing the app to the first transfer, step by step, new customers of all branches',
  query: {
    scope: last(120),
    funnel: {
      steps: ['AppInstall', 'Register', 'Login', 'Transfer'].map((name) => ({ name })),
      window: '604800s',
    },
  },
});
keep('savedAnalyses', {
  id: 'large-transfers',
  display_name: '大额转账（金卡用户）',
  query: {
    scope: { ...last(30), users: { segment: { segment_id: 'gold-or-city' } } },
    trend: {
      measures: [
        {
          selector: {
            name: 'Transfer',
            filters: [{ name: 'amount', operator: 'OPERATOR_GREATER', values: [1000] }],
          },
          aggregate: 'TREND_AGGREGATE_EVENTS',
        },
      ],
      unit: 'TIME_UNIT_DAY',
    },
  },
});
keep('dashboards', {
  id: 'retention-desk',
  display_name: 'Retention desk',
  description: 'What the desk looks at every morning',
  tiles: [
    { analysis_id: 'road-to-transfer', width: 6 },
    { analysis_id: 'large-transfers', width: 6 },
    { analysis_id: 'weekly-lifecycle', title: 'Lifecycle', width: 12 },
  ],
});

const missing = { problem: [404, 'Not found', 'There is nothing under this name.', 'not-found'] };

function shownBy(id) {
  return [...kept.dashboards.values()].find((board) => board.tiles?.some((tile) => tile.analysis_id === id));
}

function routes(kind) {
  const all = new RegExp(`^${kind}$`);
  const one = new RegExp(`^${kind}/([^/:]+)$`);
  return [
    ['GET', all, () => ({ [plural[kind]]: [...kept[kind].values()] })],
    [
      'POST',
      all,
      ({ body }) =>
        kept[kind].has(body.id)
          ? { problem: [409, 'Already exists', `There is a '${body.id}' already`, 'already-exists'] }
          : keep(kind, body),
    ],
    ['GET', one, ({ id }) => (kept[kind].has(id) ? { [single[kind]]: kept[kind].get(id) } : missing)],
    [
      'PUT',
      one,
      ({ id, body }) => {
        const current = kept[kind].get(id);
        if (!current) {
          return missing;
        }
        return body.etag && body.etag !== current.etag
          ? { problem: [409, 'Changed in between', 'Somebody else changed it', 'aborted'] }
          : keep(kind, body);
      },
    ],
    [
      'DELETE',
      one,
      ({ id }) => {
        const board = kind === 'savedAnalyses' && shownBy(id);
        if (board) {
          const detail = `The dashboard '${board.id}' shows it`;
          return { problem: [409, 'Not possible now', detail, 'failed-precondition'] };
        }
        return kept[kind].delete(id) ? {} : missing;
      },
    ],
  ];
}

export const keptRoutes = [...routes('savedAnalyses'), ...routes('dashboards')];
