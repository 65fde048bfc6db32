/**
 * A stand-in for the gateway while working on the console: the answers of a small digital bank, made up but plausible.
 * Serves the built console too, under the content security policy the gateway uses. PORT (default 4010); any password
 * signs in, except "wrong".
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import * as analyses from './mock-analyses.mjs';
import { catalogueRoutes } from './mock-catalogue.mjs';
import { experimentRoutes } from './mock-experiments.mjs';
import { flagRoutes } from './mock-flags.mjs';
import { funnel, usersBehindFunnel } from './mock-funnel.mjs';
import { keptRoutes } from './mock-kept.mjs';
import { runRoutes } from './mock-runs.mjs';

const port = Number(process.env.PORT ?? 4010);
const built = new URL('../target/classes/console/', import.meta.url).pathname;
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const day = 86_400_000;
const now = Date.now();
const at = (milliseconds) => new Date(milliseconds).toISOString();
const ago = (days) => at(now - days * day);

/** A seeded generator, so that every visit shows the same numbers. */
let seed = 20_261_122;
function random() {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 4_294_967_296;
}
const between = (low, high) => Math.floor(low + random() * (high - low));

const names = [
  ['Login', 61_204, 3_389],
  ['ViewBalance', 48_117, 3_102],
  ['ViewProduct', 19_486, 2_214],
  ['Transfer', 14_902, 1_987],
  ['Deposit', 9_120, 1_655],
  ['RiskQuestionAnswer', 6_033, 1_004],
  ['AppInstall', 4_800, 4_800],
  ['Register', 3_512, 3_512],
  ['RepayLoan', 2_240, 560],
  ['BuyProduct', 1_188, 742],
  ['RiskQuestionStart', 1_004, 1_004],
  ['OpenCard', 688, 688],
  ['RiskQuestionFinish', 371, 371],
].map(([name, events, users]) => ({ name, events: String(events), users: String(users) }));

/** Questions asked before, whose answers are repeated. */
const asked = new Set();

const usersOf = (name) => Number(names.find((each) => each.name === name)?.users ?? 0);
const event = (name, operator, count, days) => ({
  event: { selector: { name }, operator, count: String(count), window: { last: `${days * 86_400}s` } },
});
const silent = {
  all: {
    conditions: [
      event('Login', 'OPERATOR_LESS', 1, 10),
      { latest: { property: 'balance', operator: 'OPERATOR_LESS', values: [100] } },
    ],
  },
};

const segments = [
  ['fading', 'Fading users', 'No login for ten days and almost no money left', silent, 214],
  [
    'daily-checkers',
    'Daily balance checkers',
    'Looks at the balance nearly every day',
    event('ViewBalance', 'OPERATOR_GREATER_OR_EQUAL', 20, 30),
    655,
  ],
  [
    'payday-only',
    'Payday transferrers',
    'Moves money right after the salary',
    {
      all: {
        conditions: [
          event('Transfer', 'OPERATOR_GREATER_OR_EQUAL', 1, 35),
          event('Transfer', 'OPERATOR_LESS_OR_EQUAL', 2, 35),
        ],
      },
    },
    831,
  ],
  [
    'gold-or-city',
    'Gold tier or Shanghai',
    '',
    {
      any: {
        conditions: [
          { trait: { name: 'tier', operator: 'OPERATOR_EQUAL', values: ['gold'] } },
          { trait: { name: 'city', operator: 'OPERATOR_EQUAL', values: ['Shanghai'] } },
        ],
      },
    },
    968,
  ],
  [
    'quiz-dropouts',
    'Risk questionnaire left halfway',
    'Started the questions, never finished',
    {
      all: {
        conditions: [
          event('RiskQuestionStart', 'OPERATOR_GREATER_OR_EQUAL', 1, 90),
          event('RiskQuestionFinish', 'OPERATOR_LESS', 1, 90),
        ],
      },
    },
    633,
  ],
].map(([id, display_name, description, condition, members]) => ({
  id,
  display_name,
  description,
  condition,
  etag: '"1"',
  snapshot: { as_of_time: ago(0.02), members: String(members) },
}));

const rules = [
  {
    id: 'silent-and-empty',
    display_name: 'Silent and empty',
    description: 'Ten days without login and balance under 100',
    condition: silent,
    outcome: { activity: {}, inactive_for: '2592000s' },
    enabled: true,
  },
  {
    id: 'no-login-two-weeks',
    display_name: 'Two weeks without login',
    description: '',
    condition: event('Login', 'OPERATOR_LESS', 1, 14),
    outcome: { activity: {}, inactive_for: '2592000s' },
    enabled: false,
  },
];

const alerts = Array.from({ length: 73 }, (_, index) => ({
  id: `alert-${index}`,
  rule_id: index % 5 === 4 ? rules[1].id : rules[0].id,
  user_number: 31 + index * 17,
  login_id: `user-${String(31 + index * 17).padStart(5, '0')}`,
  create_time: at(now - index * 3.7 * 3_600_000),
  explanation: `no Login in the last 10 d (last ${10 + (index % 9)} d ago) and latest balance < 100 (${((index * 13.7) % 99).toFixed(2)})`,
}));

/** What any model answers. */
function result(query) {
  const freshness = {
    data_time: at(now - 4_000),
    compute_time: at(Date.now()),
    rows_read: '87506',
    repeated: asked.has(JSON.stringify(query)),
  };
  asked.add(JSON.stringify(query));
  const [model] = Object.keys(query).filter((name) => name !== 'scope');
  const answers = { funnel: (asked) => funnel(asked, usersOf), retention, trend, ...analyses };
  return { freshness, [model]: answers[model](query[model]) };
}

/** How many users stand behind a number: always as many as the answer says. */
function behind({ query, cell }) {
  if (cell.retention) {
    const { start_date, period } = cell.retention;
    const cohort = retention(query.retention).cohorts.find((each) => each.start_date === start_date);
    return Number(period ? cohort.cells[period - 1].users : cohort.users);
  }
  if (!cell.funnel) {
    return analyses.usersBehind(cell, cell.trend ? trend(query.trend) : undefined);
  }
  return usersBehindFunnel(funnel(query.funnel, usersOf), cell.funnel);
}

function retention(query) {
  const periods = query.periods;
  const cohorts = Array.from({ length: 12 }, (_, age) => {
    const users = 180 + ((age * 131) % 240);
    const start = new Date(now - (12 - age) * 7 * day);
    start.setUTCDate(start.getUTCDate() - ((start.getUTCDay() + 6) % 7));
    const cells = Array.from({ length: Math.min(periods, 12 - age) }, (_, period) => {
      const rate = 0.88 * (period + 1) ** -0.42 * (0.94 + ((age * 7 + period * 3) % 10) / 100);
      return { users: String(Math.round(users * rate)), rate, incomplete: period === 11 - age };
    });
    return { start_date: start.toISOString().slice(0, 10), users: String(users), cells };
  });
  return {
    cohorts,
    means: Array.from({ length: periods }, (_, period) => ({ rate: 0.88 * (period + 1) ** -0.42 })),
  };
}

function trend(query) {
  const line = (part, share) => {
    const points = Array.from({ length: 31 }, (_, index) => {
      const date = new Date(now - (30 - index) * day);
      const weekend = date.getUTCDay() % 6 === 0 ? 0.8 : 1;
      const wave = 960 + 220 * Math.sin(index / 5) + ((index * 37) % 110);
      const users = Math.round(wave * weekend * share * (index === 30 ? 0.4 : 1));
      return {
        start_date: date.toISOString().slice(0, 10),
        number: { value: users * 4, decimal: String(users * 4), users: String(users) },
        incomplete: index === 30,
      };
    });
    const users = Math.round(3_120 * share);
    return {
      ...part,
      points,
      total: { value: users * 38, decimal: String(users * 38), users: String(users) },
    };
  };
  const parts = query.breakdown
    ? [
        [{ value: 'app' }, 0.52],
        [{ value: 'web' }, 0.27],
        [{ without_value: true }, 0.12],
        [{ other: true }, 0.09],
      ]
    : [];
  return { series: [line({ all: true }, 1), ...parts.map(([part, share]) => line(part, share))] };
}

function backtest() {
  const periods = Array.from({ length: 12 }, (_, index) => {
    const users = 2_400 + index * 84;
    const warned = between(70, 140);
    return {
      as_of_time: ago(30 + (12 - index) * 7),
      users: String(users),
      warned: String(warned),
      warned_lost: String(Math.round(warned * (0.62 + random() * 0.16))),
      lost: String(Math.round(users * 0.061)),
    };
  });
  const sum = (key) => periods.reduce((total, period) => total + Number(period[key]), 0);
  const precision = sum('warned_lost') / sum('warned');
  const base_rate = sum('lost') / sum('users');
  return {
    periods,
    warned: String(sum('warned')),
    warned_lost: String(sum('warned_lost')),
    precision,
    base_rate,
    lift: precision / base_rate,
    recall: sum('warned_lost') / sum('lost'),
    precision_interval: [precision - 0.027, precision + 0.026],
  };
}

function profile(id) {
  const number = Number(/(\d+)$/.exec(id)?.[1]);
  return (
    number && {
      user_number: number,
      login_id: `user-${String(number).padStart(5, '0')}`,
      anonymous_ids: [`device-${number * 7919}`, `device-${number * 104729}`],
      masked_traits: ['phone'],
      traits: { balance: 84.2, city: 'Hangzhou', tier: 'silver', age: 34, register_channel: 'app-store' },
      first_seen_time: ago(104),
      last_seen_time: ago(11),
      event_count: '212',
    }
  );
}

const timeline = () =>
  Array.from({ length: 50 }, (_, index) => {
    const name = ['Login', 'ViewBalance', 'Transfer', 'ViewProduct'][index % 4];
    const properties = {
      Transfer: { amount: 120 + index * 7, balance: 84.2 + index * 11 },
      ViewBalance: { balance: 84.2 + index * 11 },
      Login: { balance: 84.2 + index * 11 },
    };
    return {
      event_id: `e${index}`,
      name,
      event_time: ago(11 + index * 0.61),
      user_number: 31,
      properties: properties[name] ?? {},
    };
  });

function page(all, size, token, decode) {
  const from = Number(token || 0);
  const next = from + size < all ? String(from + size) : '';
  return {
    entries: Array.from({ length: Math.min(size, all - from) }, (_, index) => decode(from + index)),
    next_page_token: next,
  };
}

const consents = Object.fromEntries(
  ['PURPOSE_ANALYTICS', 'PURPOSE_PROFILING', 'PURPOSE_MARKETING', 'PURPOSE_SHARING'].map((purpose) => [
    purpose,
    { purpose, allowed: true, reason: 'REASON_MISSING' },
  ]),
);

function decide({ login_id, purpose, state, text_version }) {
  const allowed = state === 'CONSENT_STATE_GRANTED';
  const source = 'CONSENT_SOURCE_API';
  const effective_time = at(Date.now());
  const entry = {
    user_id: login_id,
    purpose,
    state,
    text_version,
    effective_time,
    source,
    author: 'person:demo',
  };
  consents[purpose] = { purpose, allowed, reason: allowed ? 'REASON_GRANTED' : 'REASON_WITHDRAWN', entry };
  return { entries: [entry] };
}

const merge = {
  id: 'm-1',
  survivor: 31,
  absorbed: 77,
  state: 'STATE_MERGED',
  author: 'person:ann',
  reason: 'Same customer, seen at the branch',
  create_time: ago(6),
  expire_time: ago(-24),
};

function undo() {
  merge.state = 'STATE_UNDOING';
  setTimeout(() => {
    merge.state = 'STATE_UNDONE';
  }, 1_000);
  return merge;
}

const erasureStates = ['STATE_TOMBSTONED', 'STATE_RECORDS_ERASED', 'STATE_PROFILE_ERASED'];

/** Pairs of method and path pattern with what answers them. */
const routes = [
  [
    'GET',
    /^caller$/,
    () => ({
      person: { username: 'demo', role: 'ROLE_ADMINISTRATOR' },
      projects: [
        { id: 'demo', display_name: 'Demo bank' },
        { id: 'berka', display_name: 'Berka 1993–94' },
      ],
      project_id: 'demo',
    }),
  ],
  [
    'GET',
    /^ledger$/,
    () => ({
      ledger: {
        project_id: 'demo',
        received: '176431',
        accepted: '175088',
        duplicate: '1204',
        quarantined: '137',
        refused: 2,
        stored: '171576',
        applied: '3512',
        waiting: '0',
        lag_milliseconds: '0',
        quarantine_reasons: { EVENT_NAME_INVALID: '71', TIME_OUT_OF_RANGE: '52', PROPERTY_TOO_LONG: '14' },
        refuse_reasons: { BODY_TOO_LARGE: '2' },
      },
    }),
  ],
  [
    'GET',
    /^quarantine$/,
    ({ search }) => ({
      records: Array.from({ length: 20 }, (_, index) => ({
        id: `q${index}`,
        reason: search.get('reason'),
        detail: 'The event name "2nd login!" must start with a letter and hold only letters, digits and _.',
        receive_time: ago(index / 9),
        dialect: index % 3 === 0 ? 'segment' : 'sensors',
        original: Buffer.from(
          JSON.stringify({ type: 'track', event: '2nd login!', distinct_id: `user-${index}`, 城市: '杭州' }),
        ).toString('base64'),
      })),
    }),
  ],
  [
    'GET',
    /^health$/,
    () => ({
      healthy: true,
      services: [
        'alert-service',
        'event-collector',
        'experiment-service',
        'gateway',
        'profile-service',
        'segment-service',
      ].map((name) => ({ name, healthy: true })),
    }),
  ],
  ['GET', /^eventNames$/, () => ({ names })],
  ['POST', /^analyses:run$/, ({ body }) => ({ result: result(body.query) })],
  [
    'POST',
    /^analyses:users$/,
    ({ body }) => {
      const total = behind(body);
      const { entries, next_page_token } = page(
        total,
        body.page_size,
        body.page_token,
        (index) => 3 + index * 2,
      );
      return { user_numbers: entries, total_size: String(total), next_page_token };
    },
  ],
  ...keptRoutes,
  ...flagRoutes,
  ...experimentRoutes,
  ...catalogueRoutes(names),
  ...runRoutes(result),
  [
    'POST',
    /^segments:fromAnalysis$/,
    ({ body }) => {
      const snapshot = { as_of_time: at(Date.now()), members: String(behind(body)) };
      segments.push({ ...body.segment, fixed_members: true, snapshot });
      return { segment: segments.at(-1) };
    },
  ],
  [
    'POST',
    /^analyses:export$/,
    ({ body }) => ({
      csv: body.format === 'EXPORT_FORMAT_PARQUET' ? 'PAR1PAR1' : 'period,value\n2026-06-01,1\n',
    }),
  ],
  ['GET', /^segments$/, () => ({ segments })],
  [
    'POST',
    /^segments\/([^/:]+):compute$/,
    ({ id }) => ({
      segment: {
        ...segments.find((each) => each.id === id),
        snapshot: { as_of_time: at(Date.now()), members: '219' },
      },
    }),
  ],
  [
    'GET',
    /^segments\/([^/]+)\/members$/,
    ({ id, search }) => {
      const total = Number(segments.find((each) => each.id === id).snapshot.members);
      const { entries, next_page_token } = page(total, 50, search.get('page_token'), (index) => ({
        user_number: 31 + index * 5,
        login_id: index % 4 === 3 ? '' : `user-${String(31 + index * 5).padStart(5, '0')}`,
      }));
      return { members: entries, total_size: String(total), next_page_token };
    },
  ],
  ['GET', /^users\/(\d+)\/segments$/, () => ({ segment_ids: ['fading', 'payday-only'] })],
  ['GET', /^rules$/, () => ({ rules })],
  ['POST', /^rules\/([^/:]+):backtest$/, () => ({ backtest: backtest() })],
  [
    'GET',
    /^alerts$/,
    ({ search }) => {
      const all = alerts.filter((alert) => !search.get('rule_id') || alert.rule_id === search.get('rule_id'));
      const { entries, next_page_token } = page(
        all.length,
        50,
        search.get('page_token'),
        (index) => all[index],
      );
      return { alerts: entries, next_page_token };
    },
  ],
  [
    'GET',
    /^profiles\/([^/]+)\/timeline$/,
    ({ search }) => ({
      events: timeline().filter(
        ({ name }) => !search.get('event_names') || name === search.get('event_names'),
      ),
    }),
  ],
  [
    'GET',
    /^receivers$/,
    () => ({
      receivers: [
        { id: 'desk', display_name: 'Retention desk', webhook_url: 'https://desk.bank.example/alerts' },
        { id: 'agency', display_name: 'Agency', webhook_url: 'https://agency.example/in', third_party: true },
      ],
    }),
  ],
  ['POST', /^receivers$/, ({ body }) => ({ receiver: body })],
  ['GET', /^profiles\/([^/]+)$/, ({ id }) => profile(id) && { profile: profile(id) }],
  [
    'GET',
    /^identity-decisions$/,
    () => ({
      user_number: 31,
      decisions: [
        { rule: 'RULE_MOVED_TO_LOGIN', user_number: 31, former_user_number: 77, decide_time: ago(90) },
        { rule: 'RULE_NEW_USER', user_number: 77, decide_time: ago(104) },
      ],
    }),
  ],
  [
    'GET',
    /^tracking-plan$/,
    () => ({
      plan: {
        traits: [
          { name: 'balance', data_class: 'DATA_CLASS_C2' },
          { name: 'phone', data_class: 'DATA_CLASS_C2' },
          { name: 'city', data_class: 'DATA_CLASS_C1' },
          { name: 'tier', data_class: 'DATA_CLASS_C1' },
        ],
      },
    }),
  ],
  [
    'GET',
    /^computedValues\/([^/]+)$/,
    () => ({ traits: { payday_day: 25, payday_confidence: 0.92, login_rhythm: 'workdays' } }),
  ],
  ['GET', /^consents\/([^/]+)$/, () => ({ user_number: 31, purposes: Object.values(consents) })],
  [
    'GET',
    /^consents\/([^/]+)\/entries$/,
    () => ({ entries: Object.values(consents).flatMap(({ entry }) => (entry ? [entry] : [])) }),
  ],
  ['POST', /^consents:record$/, ({ body }) => decide(body.decisions[0])],
  ['GET', /^userMerges$/, () => ({ merges: [merge] })],
  ['GET', /^userMerges\/([^/:]+)$/, () => ({ merge })],
  [
    'POST',
    /^userMerges\/([^/:]+):previewUndo$/,
    () => ({
      preview: {
        survivor: 31,
        absorbed: 77,
        event_count: '48',
        anonymous_ids: ['device-8111463'],
        changes: [{ name: 'city', value: 'Hangzhou', other_value: 'Shanghai' }],
        masked_traits: ['phone'],
        event_count_before: '212',
        event_count_after: '164',
      },
    }),
  ],
  ['POST', /^userMerges\/([^/:]+):undo$/, () => ({ merge: undo() })],
  [
    'POST',
    /^exports$/,
    () => ({
      schema_version: 1,
      sections: {},
      summary: {
        counts: { profiles: 1, events: 212 },
        remarks: ['2 records were still on their way'],
        complete: true,
      },
    }),
  ],
  [
    'POST',
    /^erasures:preview$/,
    () => ({
      preview: { counts: { 'clickhouse.events': '212', 'redis.profile': '1', 'log.records': '214' } },
    }),
  ],
  ['POST', /^erasures$/, () => ({ erasure: { id: 'e-1', state: 'STATE_REQUESTED' } })],
  [
    'GET',
    /^erasures\/([^/]+)$/,
    () => ({ erasure: { id: 'e-1', state: erasureStates.shift() ?? 'STATE_DONE' } }),
  ],
  [
    'GET',
    /^erasures\/([^/]+)\/receipt$/,
    () => ({
      receipt: {
        content: Buffer.from(
          JSON.stringify({
            completion_time: at(Date.now()),
            remarks: ['The backup 2026-11-01 can be read until 2026-12-01'],
          }),
        ).toString('base64'),
        signature: 'c2lnbmVk',
        key_id: 'a1b2c3',
      },
    }),
  ],
  ['GET', /^events$/, () => ({ events: timeline(), next_page_token: '' })],
];

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  const json = (status, value, headers = {}) => {
    const kind = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'Content-Type': kind, ...headers }).end(JSON.stringify(value));
  };
  const problem = (status, title, detail, kind = 'invalid-request') =>
    json(status, {
      type: `urn:tenure:problem:${kind}`,
      title,
      status,
      detail,
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    });
  if (!url.pathname.startsWith('/api/v1/')) {
    return serveFile(url.pathname, response);
  }
  const path = url.pathname.slice('/api/v1/'.length);
  if (request.method !== 'GET' && request.headers['tenure-csrf'] !== '1') {
    return problem(403, 'Forbidden', 'The header Tenure-Csrf is missing.');
  }
  if (path === 'sessions') {
    return body.password === 'wrong'
      ? problem(401, 'Unauthenticated', 'Name or password is wrong.')
      : json(
          200,
          { session_token: 't', person: { username: body.username } },
          { 'Set-Cookie': 'tenure_session=t; HttpOnly; SameSite=Strict; Path=/' },
        );
  }
  if (path === 'sessions/current') {
    return json(200, {}, { 'Set-Cookie': 'tenure_session=; Max-Age=0; Path=/' });
  }
  if (!request.headers.cookie?.includes('tenure_session=t')) {
    return problem(401, 'Unauthenticated', 'Sign in first.');
  }
  for (const [method, pattern, answer] of routes) {
    const match = method === request.method && pattern.exec(path);
    const value =
      match && answer({ body, search: url.searchParams, id: match[1] && decodeURIComponent(match[1]) });
    if (value) {
      if (value.problem) {
        return problem(...value.problem);
      }
      if (value.csv) {
        return response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' }).end(value.csv);
      }
      return setTimeout(() => json(200, value), 120);
    }
  }
  return problem(404, 'Not found', `There is no ${path}.`);
});

function serveFile(path, response) {
  const file = join(built, normalize(path === '/' ? '/index.html' : path));
  if (!file.startsWith(built) || !existsSync(file) || !statSync(file).isFile()) {
    return response.writeHead(404).end();
  }
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy':
      "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  });
  return response.end(readFileSync(file));
}

server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
