import { describe, expect, it } from 'vitest';
import { funnelOf, retentionOf } from './models';

const freshness = {
  dataTime: undefined,
  computeTime: undefined,
  rowsRead: 0,
  repeated: false,
  samplePerMille: 0,
};

describe('the answer of a funnel', () => {
  it('has lengths of time only where somebody took any', () => {
    const steps = [
      { name: 'A', users: '9' },
      { name: 'B', users: '3', lost_users: '6', median_time: '1.5s' },
    ];
    expect(funnelOf({ result: { funnel: { steps } }, freshness }).steps).toMatchObject([
      { name: 'A', users: 9, lostUsers: 0, medianSeconds: undefined },
      { name: 'B', users: 3, lostUsers: 6, medianSeconds: 1.5 },
    ]);
  });
});

describe('the answer of a retention', () => {
  it('has no mean where no cell is complete, which is not a mean of zero', () => {
    const retention = {
      cohorts: [
        { start_date: '2026-03-02', users: '10', cells: [{ users: '4', rate: 0.4, incomplete: true }] },
      ],
      means: [{}, { rate: 0 }],
      brackets: [{ first: 1 }, { first: 2, last: 7 }],
    };
    expect(retentionOf({ result: { retention }, freshness })).toEqual({
      cohorts: [{ startDate: '2026-03-02', users: 10, cells: [{ users: 4, rate: 0.4, incomplete: true }] }],
      meanRates: [undefined, 0],
      brackets: [
        { first: 1, last: 0 },
        { first: 2, last: 7 },
      ],
    });
  });
});
