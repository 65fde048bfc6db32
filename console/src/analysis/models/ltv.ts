import { decimal, flag, integer, type Json, list, record, text } from '../../api/decode';
import { numbers, unitField } from '../options';
import { type Cell, number, people, type Row, weights, word, words } from '../sheet';
import type { Model } from './model';

/** What users have brought since they started, per user of the cohort. Behind a number stand those who paid. */
export const ltv: Model = {
  fields: [
    {
      kind: 'event',
      name: 'start',
      label: 'analyses.start',
      path: ['start'],
      empty: 'any',
      initial: ['Register', 'AppInstall'],
    },
    {
      kind: 'event',
      name: 'value',
      label: 'analyses.ltv.value',
      path: ['value'],
      empty: 'any',
      initial: ['BuyProduct', 'Deposit', 'Transfer', 'Payment'],
    },
    {
      kind: 'text',
      name: 'amount',
      label: 'analyses.ltv.amount',
      path: ['amount_property'],
      propertyOf: 'value',
      required: true,
      initial: ['amount'],
    },
    { ...unitField, initial: ['TIME_UNIT_WEEK'] },
    {
      kind: 'choice',
      name: 'periods',
      label: 'analyses.ltv.periods',
      path: ['periods'],
      options: numbers(4, 8, 12, 24),
      numeric: true,
      initial: ['8'],
    },
  ],
  sheets: (answer) => {
    const all = record(answer.all);
    const cohorts = list(all.cohorts, (cohort) => cohort);
    if (cohorts.length === 0) {
      return [];
    }
    const columns = Math.max(...cohorts.map((cohort) => list(cohort.counts, (count) => count).length));
    return [
      {
        columns: [
          word('retention.cohort'),
          word('overview.users'),
          ...Array.from({ length: columns }, (_, index) => words(`+${index}`)),
        ],
        picture: 'heat',
        rows: [mean(all, cohorts), ...rows(cohorts)],
      },
    ];
  },
};

function rows(cohorts: readonly Json[]): Row[] {
  const values = cohorts.map((cohort) => list(cohort.counts, perUser));
  const heat = weights(values.flat());
  let next = 0;
  return cohorts.map((cohort) => {
    const start_date = text(cohort.start_date);
    const counts: Cell[] = list(cohort.counts, (count) => count).map((count, index) => ({
      shown: number(perUser(count)),
      users: integer(count.payers) > 0 ? { ltv: { start_date, payers_until: index } } : undefined,
      incomplete: flag(count.incomplete),
      weight: heat[next++],
    }));
    return {
      cells: [
        { shown: { kind: 'period', start: start_date } },
        people(integer(cohort.users), { ltv: { start_date } }),
        ...counts,
      ],
    };
  });
}

function mean(all: Json, cohorts: readonly Json[]): Row {
  const users = cohorts.reduce((sum, cohort) => sum + integer(cohort.users), 0);
  return {
    cells: [
      { shown: word('retention.mean') },
      { shown: number(users) },
      ...list(all.means, (count) => ({ shown: number(perUser(count)) })),
    ],
  };
}

function perUser(count: Json): number | undefined {
  return text(count.per_user) === '' ? undefined : decimal(count.per_user);
}
