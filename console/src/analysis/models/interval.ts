import { flag, integer, type Json, list, record, seconds, text } from '../../api/decode';
import { lengths, units } from '../options';
import { number, people, type Sheet, weights, word } from '../sheet';
import type { Model } from './model';
import { spread, spreadColumns } from './spread';

/** How long it takes from one event to another. */
export const interval: Model = {
  fields: [
    {
      kind: 'event',
      name: 'start',
      label: 'analyses.start',
      path: ['start'],
      empty: 'required',
      initial: ['Register', 'Login'],
    },
    {
      kind: 'event',
      name: 'end',
      label: 'analyses.end',
      path: ['end'],
      empty: 'required',
      initial: ['Transfer', 'Deposit', 'Login'],
    },
    {
      kind: 'choice',
      name: 'longest',
      label: 'analyses.interval.longest',
      path: ['longest'],
      options: lengths,
      initial: ['2592000s'],
    },
    {
      kind: 'choice',
      name: 'unit',
      label: 'analyses.interval.unit',
      path: ['trend_unit'],
      options: [{ value: '', label: 'analyses.frame.none' }, ...units],
    },
  ],
  sheets: (answer) => {
    if (integer(answer.users) === 0) {
      return [];
    }
    const periods = list(answer.periods, (period) => period);
    return [whole(answer), histogram(answer), ...(periods.length > 0 ? [course(periods)] : [])];
  },
};

function whole(answer: Json): Sheet {
  return {
    columns: [word('analyses.interval'), word('overview.users'), ...spreadColumns],
    rows: [
      {
        incomplete: flag(answer.incomplete),
        cells: [
          { shown: word('analyses.all') },
          people(integer(answer.users), { interval: {} }),
          ...spread(answer.spread),
        ],
      },
    ],
  };
}

function histogram(answer: Json): Sheet {
  const bars = list(answer.bars, (bar) => bar);
  const long = weights(bars.map((bar) => integer(bar.samples)));
  return {
    title: word('analyses.interval.bars'),
    columns: [
      word('analyses.from'),
      word('analyses.to'),
      word('analyses.spread.samples'),
      word('overview.users'),
    ],
    picture: 'bars',
    rows: bars.map((bar, index) => ({
      cells: [
        { shown: { kind: 'time', seconds: seconds(bar.from) ?? 0 }, weight: long[index] },
        { shown: { kind: 'time', seconds: seconds(bar.to) } },
        { shown: number(integer(bar.samples)) },
        people(integer(bar.users), { interval: { bar: index } }),
      ],
    })),
  };
}

function course(periods: readonly Json[]): Sheet {
  return {
    title: word('analyses.interval.periods'),
    columns: [word('analyses.period'), word('overview.users'), ...spreadColumns],
    rows: periods.map((period) => ({
      incomplete: flag(period.incomplete),
      cells: [
        { shown: { kind: 'period', start: text(period.start_date) } },
        people(integer(period.users), { interval: { start_date: text(period.start_date) } }),
        ...spread(record(period.spread)),
      ],
    })),
  };
}
