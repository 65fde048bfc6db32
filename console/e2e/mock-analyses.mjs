/** Answers of the models of analysis, made up but the same at every visit, so that a list is as long as its number. */
const day = 86_400_000;
const now = Date.now();
const date = (age) => new Date(now - age * day).toISOString().slice(0, 10);

/** A number that belongs to its key. */
function of(key, low, high) {
  let hash = 2_166_136_261;
  for (const character of JSON.stringify(key)) {
    hash = Math.imul(hash ^ character.codePointAt(0), 16_777_619) >>> 0;
  }
  return low + (hash % (high - low));
}

const bounds = {
  lifecycle: [60, 900],
  distribution: [20, 800],
  ltv: [15, 120],
  path: [80, 700],
  attribution: [40, 420],
  interval: [12, 160],
  session: [200, 1_400],
  form: [30, 371],
  exposure: [40, 900],
};

/** Users of a cell, named as the console names it. */
export function usersBehind(cell, trend) {
  const [model] = Object.keys(cell);
  if (model === 'trend') {
    const { start_date, value, without_value, other } = cell.trend;
    const line = trend.series.find((each) =>
      value === undefined
        ? each.without_value === without_value && each.other === other && each.value === undefined
        : each.value === value,
    );
    const point = line.points.find((each) => each.start_date === start_date);
    return Number((point?.number ?? line.total).users);
  }
  const { page, percent } = cell[model];
  if (page && percent) {
    // Whoever reached a depth viewed the page.
    return Math.round(usersBehind({ exposure: { page } }) * (1 - percent / 112));
  }
  return of(cell, ...bounds[model]);
}

const users = (model, cell) => String(usersBehind({ [model]: cell }));
const times = (base) => ({
  least: `${base / 20}s`,
  lower_quartile: `${base / 3}s`,
  median: `${base}s`,
  upper_quartile: `${base * 2.5}s`,
  p90: `${base * 6}s`,
  most: `${base * 21}s`,
  mean: `${base * 1.7}s`,
});

export function lifecycle() {
  return {
    periods: Array.from({ length: 13 }, (_, index) => {
      const start_date = date((12 - index) * 7);
      const part = (name) => users('lifecycle', { start_date, part: `LIFECYCLE_PART_${name}` });
      return {
        start_date,
        new_users: part('NEW'),
        returning_users: part('RETURNING'),
        resurrecting_users: part('RESURRECTING'),
        dormant_users: part('DORMANT'),
        incomplete: index === 12,
      };
    }),
  };
}

export function distribution({ frame }) {
  const edges = ['1', '2', '3', '5', '10', '20', '50', ''];
  const frames = frame ? [14, 7, 0].map((age) => date(age)) : [''];
  return {
    frames: frames.map((start_date, place) => {
      const buckets = edges.slice(0, -1).map((least, index) => ({
        least,
        below: edges[index + 1],
        users: users('distribution', { ...(start_date && { start_date }), least }),
      }));
      const all = buckets.reduce((sum, bucket) => sum + Number(bucket.users), 0);
      return {
        start_date,
        users: String(all),
        mean: '6.42',
        buckets,
        incomplete: place === frames.length - 1,
      };
    }),
  };
}

export function ltv({ periods }) {
  const cohorts = Array.from({ length: 9 }, (_, age) => {
    const start_date = date((8 - age) * 7);
    const counts = Array.from({ length: Math.min(periods + 1, 9 - age) }, (_, period) => {
      const per_user = 12 * (period + 1) ** 0.6 * (0.9 + of([start_date, period], 0, 20) / 100);
      const payers = users('ltv', { start_date, payers_until: period });
      return {
        sum: String(per_user * 300),
        per_user: String(per_user),
        payers,
        incomplete: period === 8 - age,
      };
    });
    return { start_date, users: users('ltv', { start_date }), counts };
  });
  const means = Array.from({ length: Math.min(periods, 8) }, (_, period) => ({
    per_user: String(12 * (period + 1) ** 0.6),
  }));
  return { all: { cohorts, means } };
}

export function path({ start, end, steps }) {
  const ways = ['Login', 'ViewBalance', 'ViewProduct', 'Transfer'];
  const at = (step) =>
    step === 0
      ? [{ name: (start ?? end).name }]
      : [...ways.slice(0, 3).map((_, index) => ({ name: ways[(step + index) % 4] })), { other: true }];
  const counted = (cell) => {
    const number = users('path', cell);
    return { paths: String(Number(number) * 2), sessions: number, users: number };
  };
  const places = Array.from({ length: Math.min(steps, 5) }, (_, step) => step);
  return {
    nodes: places.flatMap((step) =>
      at(step).map((node) => ({
        step,
        node,
        count: counted({ at: { step, node } }),
        lost_users: users('path', { lost: { step, node } }),
        churn_rate: of([step, node], 5, 40) / 100,
        median_dwell: `${of([step, node], 4, 700)}s`,
      })),
    ),
    edges: places
      .slice(0, -1)
      .flatMap((step) =>
        at(step).flatMap((from) =>
          at(step + 1).map((to) => ({ step, from, to, count: counted({ between: { step, from, to } }) })),
        ),
      ),
  };
}

export function attribution({ touches }) {
  const ways = ['FIRST', 'LAST', 'LAST_NON_DIRECT', 'LINEAR', 'POSITION', 'TIME_DECAY'];
  const row = (part) => ({
    ...part,
    credits: ways.map((way) => {
      const model = `ATTRIBUTION_MODEL_${way}`;
      const number = users('attribution', { model, ...part });
      return { model, conversions: `${number}.25`, users: number };
    }),
  });
  const sources = touches.map(({ name }) => row({ source: { text: name } }));
  return {
    conversions: '1188',
    users: users('attribution', {}),
    rows: [...sources, row({ untouched: true })],
    incomplete: true,
  };
}

export function interval({ trend_unit }) {
  const spread = (cell) => ({ samples: users('interval', cell), ...times(of(cell, 900, 90_000)) });
  return {
    users: users('interval', {}),
    spread: spread({}),
    bars: Array.from({ length: 9 }, (_, bar) => ({
      from: `${bar * 86_400}s`,
      to: `${(bar + 1) * 86_400}s`,
      samples: String(Math.round(900 / (bar + 1))),
      users: users('interval', { bar }),
    })),
    periods: trend_unit
      ? [21, 14, 7, 0].map((age) => {
          const start_date = date(age);
          const cell = { start_date };
          return { start_date, spread: spread(cell), users: users('interval', cell), incomplete: age === 0 };
        })
      : [],
    incomplete: true,
  };
}

export function session({ property }) {
  const figures = (cell) => ({
    sessions: String(of([cell], 1_500, 4_000)),
    users: users('session', cell),
    per_user: 2.31,
    mean_depth: 4.7,
    median_depth: 3,
    duration: { samples: '2000', ...times(of(cell, 60, 400)) },
    bounces: '310',
    bounced_users: users('session', { ...cell, bounced: true }),
    bounce_rate: of([cell, 1], 10, 40) / 100,
  });
  const names = ['Login', 'ViewBalance', 'ViewProduct', 'Transfer'].map((text) => ({ text }));
  return {
    total: figures({}),
    periods: Array.from({ length: 14 }, (_, index) => {
      const start_date = date(13 - index);
      return { start_date, figures: figures({ start_date }), incomplete: index === 13 };
    }),
    values: property
      ? [{ text: 'app' }, { text: '' }, {}].map((value) => ({ value, figures: figures({ value }) }))
      : [],
    depths: [1, 2, 3, 5, 10].map((least, depth) => ({
      least: String(least),
      sessions: String(of(least, 300, 2_000)),
      users: users('session', { depth }),
    })),
    durations: [0, 10, 60, 600].map((least, duration) => ({
      least: `${least}s`,
      sessions: String(of([least], 300, 2_000)),
      users: users('session', { duration }),
    })),
    events: names.map((name) => ({
      name,
      sessions: String(of(name, 900, 3_000)),
      users: users('session', { event: name }),
      entry_users: users('session', { entry: name }),
      exit_users: users('session', { exit: name }),
      exit_rate: of(name, 5, 60) / 100,
    })),
  };
}

export function form() {
  const counts = (figure, part) => {
    const number = users('form', { figure: `FORM_FIGURE_${figure}`, ...part });
    return { times: number, users: number };
  };
  const questions = ['risk', 'horizon', 'income'].map((text) => {
    const question = { text };
    return {
      question,
      shown: counts('SHOWN', { question }),
      started: counts('STARTED', { question }),
      answered: counts('ANSWERED', { question }),
      edits: counts('EDITED', { question }),
      returns: counts('RETURNED', { question }),
      abandoned: counts('ABANDONED', { question }),
      abandon_rate: of(text, 2, 40) / 100,
      time: { samples: '90', ...times(of(text, 5, 60)) },
    };
  });
  return {
    begun: counts('STARTED'),
    submitted: counts('SUBMITTED'),
    abandoned: counts('ABANDONED'),
    open: counts('OPEN'),
    submit_time: { samples: '200', ...times(180) },
    questions,
  };
}

export function exposure({ pages, elements }) {
  const counts = (cell) => ({ times: '900', users: users('exposure', cell) });
  return {
    pages: pages && [
      ...['home', 'products'].map((text) => ({
        page: { text },
        views: counts({ page: { text } }),
        reached: Array.from({ length: 10 }, (_, index) =>
          counts({ page: { text }, percent: (index + 1) * 10 }),
        ),
        median_dwell: '21s',
      })),
    ],
    elements: elements && [
      ...['banner', 'card'].map((text) => {
        const element = { text };
        return {
          element,
          seen: counts({ element, figure: 'EXPOSURE_FIGURE_SEEN' }),
          clicked: counts({ element, figure: 'EXPOSURE_FIGURE_CLICKED' }),
          clicked_when_seen: counts({ element, figure: 'EXPOSURE_FIGURE_CLICKED_WHEN_SEEN' }),
          user_click_rate: 0.12,
        };
      }),
    ],
  };
}
