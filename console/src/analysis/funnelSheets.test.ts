import { describe, expect, it } from 'vitest';
import { funnelOf } from '../api/models';
import { nextEventSheets, timeSheet, valueSheet } from './funnelSheets';

const freshness = {
  dataTime: undefined,
  computeTime: undefined,
  rowsRead: 0,
  repeated: false,
  samplePerMille: 0,
};
const steps = [
  { name: 'A', users: '9', total_rate: 1 },
  { name: 'B', users: '3', total_rate: 0.25 },
];
const funnel = (parts: object) => funnelOf({ result: { funnel: { steps, ...parts } }, freshness });
const names = (rows: readonly { cells: readonly { users?: unknown }[] }[] | undefined) =>
  rows?.map(({ cells }) => cells.map(({ users }) => users).filter((users) => users !== undefined));

describe('the tables of a funnel', () => {
  it('name the numbers of each value, of none, of the empty one and of all others', () => {
    const sheet = valueSheet(
      funnel({ values: [{ value: 'app', steps }, { value: '', steps }, { steps }], others: steps }),
      'channel',
    );
    expect(names(sheet?.rows)).toEqual([
      [{ funnel: { step: 0, value: 'app' } }, { funnel: { step: 1, value: 'app' } }],
      [{ funnel: { step: 0, value: '' } }, { funnel: { step: 1, value: '' } }],
      [{ funnel: { step: 0, without_value: true } }, { funnel: { step: 1, without_value: true } }],
      [{ funnel: { step: 0, others: true } }, { funnel: { step: 1, others: true } }],
    ]);
    expect(sheet?.rows[0]?.cells.at(-1)?.shown).toEqual({ kind: 'share', value: 0.25 });
    expect(valueSheet(funnel({}), '')).toBeUndefined();
  });

  it('name what the lost went on with, step by step', () => {
    const next_events = [
      { step: 1, event: { text: 'Logout' }, attempts: '8', users: '6', median_dwell: '12s' },
      { step: 1, event: { rare: true }, attempts: '4', users: '4' },
      { step: 1, event: {}, attempts: '2', users: '2' },
    ];
    const [sheet, ...more] = nextEventSheets(funnel({ next_events }));
    expect(more).toEqual([]);
    expect(sheet?.rows.map(({ cells }) => [cells[0]?.shown, cells[0]?.weight])).toEqual([
      [{ kind: 'text', text: 'Logout' }, 1],
      [{ kind: 'word', key: 'analyses.other' }, 0.5],
      [{ kind: 'word', key: 'funnel.next.none' }, 0.25],
    ]);
    expect(names(sheet?.rows)).toEqual([
      [{ funnel: { step: 1, lost: true, next_event: { text: 'Logout' } } }],
      [{ funnel: { step: 1, lost: true, next_event: { rare: true } } }],
      [{ funnel: { step: 1, lost: true, next_event: {} } }],
    ]);
  });

  it('name the bars of times by their place; an empty bar has nobody to show', () => {
    const times = [
      { least_time: '0s', most_time: '60s', attempts: '5', users: '3' },
      { least_time: '60s', most_time: '120s' },
    ];
    expect(names(timeSheet(funnel({ times }))?.rows)).toEqual([[{ funnel: { bar: 0 } }], []]);
    expect(timeSheet(funnel({}))).toBeUndefined();
  });
});
