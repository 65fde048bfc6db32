import { describe, expect, it } from 'vitest';
import { BadAnswer } from './decode';
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
      { name: 'A', users: 9, lostUsers: 0, medianTime: undefined },
      { name: 'B', users: 3, lostUsers: 6, medianTime: 1.5 },
    ]);
  });

  const read = (funnel: unknown) => funnelOf({ result: { funnel }, freshness });
  const odds = { complete_with: '4', complete: '9', lost_with: '1', lost: '20' };
  const ratio = { odds_ratio: 9.9, odds_ratio_low: 1.2, odds_ratio_high: 'Infinity' };

  it('keeps the value that is none apart from the empty one', () => {
    expect(read({ values: [{}, { value: '' }, { value: 'app' }] }).values).toEqual([
      { value: undefined, steps: [] },
      { value: '', steps: [] },
      { value: 'app', steps: [] },
    ]);
  });

  it('tells where the lost went, also where that is nowhere', () => {
    const next = [
      { step: 1, event: { text: 'Logout' }, attempts: '7', users: '6', median_dwell: '12s' },
      { step: 1, event: {}, attempts: '2', users: '2' },
    ];
    expect(read({ next_events: next }).nextEvents).toEqual([
      { step: 1, event: { text: 'Logout' }, attempts: 7, users: 6, medianDwell: 12 },
      { step: 1, event: {}, attempts: 2, users: 2, medianDwell: undefined },
    ]);
    expect(() => read({ next_events: [{ step: 1, users: '2' }] })).toThrow(BadAnswer);
  });

  it('has a ratio of odds with each factor, or is none', () => {
    const value = { text: 'gold' };
    expect(read({ factors: [{ attribute: 2, name: 'tier', value, ...odds, ...ratio }] }).factors).toEqual([
      {
        attribute: 2,
        name: 'tier',
        value,
        completeWith: 4,
        complete: 9,
        lostWith: 1,
        lost: 20,
        oddsRatio: 9.9,
        oddsRatioLow: 1.2,
        oddsRatioHigh: Number.POSITIVE_INFINITY,
      },
    ]);
    for (const missing of Object.keys(ratio)) {
      const part = { value, ...odds, ...ratio, [missing]: undefined };
      expect(() => read({ factors: [part] }), missing).toThrow(BadAnswer);
      expect(() => read({ factors: [{ ...part, [missing]: 'NaN' }] }), missing).toThrow(BadAnswer);
    }
    expect(() => read({ factors: [{ ...odds, ...ratio }] })).toThrow(BadAnswer);
  });

  it('has all values that are not shown together, and how long completing took', () => {
    const funnel = read({
      others: [{ name: 'A', users: '3', attempts: '5' }],
      median_time: '90s',
      times: [{ least_time: '0s', most_time: '60s', attempts: '5', users: '3' }],
    });
    expect(funnel.others).toMatchObject([{ users: 3, attempts: 5 }]);
    expect(funnel.medianTime).toBe(90);
    expect(funnel.times).toEqual([{ leastTime: 0, mostTime: 60, attempts: 5, users: 3 }]);
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
