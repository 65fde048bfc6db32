/** Answers of a funnel with whatever else it is asked, made up so that a list is as long as its number. */

const part = (count, share) => String(Math.round(Number(count) * share));
const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);

/** @param usersOf how many users did an event */
export function funnel(query, usersOf) {
  const steps = reached(query, usersOf);
  return {
    steps,
    ...(query.breakdown && values(query.breakdown, steps)),
    ...completion(steps),
    ...(query.next_events && { next_events: steps.slice(1).flatMap(nextEvents) }),
    ...(query.factors && { factors: factors(query.factors, steps) }),
  };
}

function reached({ steps, entry }, usersOf) {
  const perUser = entry === 'FUNNEL_ENTRY_SESSIONS' ? 1.6 : 1;
  let users = 0;
  let entered = 0;
  return steps.map(({ name, first_time }, index) => {
    const before = users;
    const all = Math.round(usersOf(name) * (first_time ? 0.7 : 1));
    users = index === 0 ? all : Math.min(Math.round(before * 0.93), Math.round(all * 0.9));
    entered ||= users;
    return {
      name,
      users: String(users),
      attempts: part(users, perUser),
      step_rate: index === 0 ? 1 : users / before,
      total_rate: users / entered,
      ...(index > 0 && {
        lost_users: String(before - users),
        median_time: `${[0, 412.5, 5_220, 93_600][index] ?? 7_000}s`,
      }),
    };
  });
}

function values({ trait }, steps) {
  const names = trait === undefined ? ['app', 'web', 'branch', ''] : ['gold', 'silver', 'basic', ''];
  const parted = (share, tilt = 0) => {
    const entered = part(steps[0].users, share);
    return steps.map((step, index) => {
      const users = part(step.users, share + tilt * index);
      return { ...step, users, attempts: users, total_rate: users / entered };
    });
  };
  const parts = [parted(0.4, 0.03), parted(0.25, -0.01), parted(0.15, -0.02), parted(0.04)];
  return {
    values: [...names.map((value, index) => ({ value, steps: parts[index] })), { steps: parted(0.1) }],
    others: parted(0.06),
    total_values: '17',
  };
}

function completion(steps) {
  const { users } = steps.at(-1);
  const shares = [0.34, 0.24, 0.17, 0.11, 0.07, 0.04, 0.03];
  return {
    median_time: '104220s',
    times: shares.map((share, index) => ({
      least_time: `${index * 86_400}s`,
      most_time: `${(index + 1) * 86_400}s`,
      attempts: part(users, share),
      users: part(users, share),
    })),
  };
}

function nextEvents({ lost_users }, before) {
  return [
    [{ text: 'ViewBalance' }, 0.31, '45s'],
    [{ text: 'ViewProduct' }, 0.22, '128s'],
    [{ text: 'RiskQuestionStart' }, 0.12, '3600s'],
    [{ rare: true }, 0.08, '90000s'],
    [{}, 0.27, undefined],
  ].map(([event, share, median_dwell]) => ({
    step: before + 1,
    event,
    attempts: part(lost_users, share),
    users: part(lost_users, share),
    ...(median_dwell && { median_dwell }),
  }));
}

function factors({ events, properties = [], traits = [] }, steps) {
  const complete = Number(steps.at(-1).users);
  const lost = Number(steps[0].users) - complete;
  const first = events ? 1 : 0;
  const found = [
    ...(events
      ? [
          [0, '', 'ViewBalance', 0.62, 0.31],
          [0, '', 'RiskQuestionStart', 0.11, 0.19],
        ]
      : []),
    ...[...properties, ...traits].flatMap((name, index) => [
      [first + index, name, 'gold', 0.24, 0.09],
      [first + index, name, 'basic', 0.41, 0.44],
    ]),
  ];
  return found.map(([attribute, name, text, among, amongLost]) => {
    const [a, b] = [Math.round(complete * among), Math.round(lost * amongLost)];
    const [c, d] = [complete - a, lost - b];
    const ratio = ((a + 0.5) * (d + 0.5)) / ((b + 0.5) * (c + 0.5));
    const width = Math.exp(1.96 * Math.sqrt([a, b, c, d].reduce((sum, count) => sum + 1 / (count + 0.5), 0)));
    return {
      attribute,
      name,
      value: { text },
      complete_with: String(a),
      complete: String(complete),
      lost_with: String(b),
      lost: String(lost),
      odds_ratio: ratio,
      odds_ratio_low: ratio / width,
      odds_ratio_high: ratio * width,
    };
  });
}

/** How many users stand behind a number of an answer. */
export function usersBehindFunnel(answer, cell) {
  const { step = 0, lost, next_event, bar, factor } = cell;
  if (next_event) {
    return Number(
      answer.next_events.find((each) => each.step === step && same(each.event, next_event)).users,
    );
  }
  if (bar !== undefined) {
    return Number(answer.times[bar].users);
  }
  if (factor) {
    const found = answer.factors.find(
      ({ attribute, value }) => attribute === factor.attribute && same(value, factor.value),
    );
    return Number(lost ? found.lost_with : found.complete_with);
  }
  const reached = stepsOf(answer, cell)[step];
  return Number(lost ? reached.lost_users : reached.users);
}

function stepsOf(answer, { value, without_value, others }) {
  if (others) {
    return answer.others;
  }
  return value === undefined && !without_value
    ? answer.steps
    : answer.values.find((each) => each.value === value).steps;
}
