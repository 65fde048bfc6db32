import { describe, expect, it } from 'vitest';
import { answering } from '../testing';
import { BadAnswer } from './decode';
import { ResultDoor } from './results';

function door(reply: unknown) {
  const { client, asked } = answering(reply);
  return { asked, results: new ResultDoor(client) };
}

const latest = { phase: 0, asOf: undefined };
const asOf = new Date('2026-11-01T08:00:00Z');

describe('results', () => {
  it('are asked for by run, version of the data and dimension', async () => {
    const { results, asked } = door({ results: {} });
    await results.results('a b', latest, undefined);
    await results.results('test', { phase: 2, asOf }, { kind: 'property', name: 'app version' });
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/experiments/a%20b/results',
      '/api/v1/experiments/test/results?phase=2&as_of=2026-11-01T08%3A00%3A00.000Z&dimension_property=app+version',
    ]);
  });

  it('tell numbers that are absent from those that are 0', async () => {
    const comparison = {
      arm: 'big',
      control: { units: '10', value: 0 },
      treatment: { units: '9' },
      effect: { estimate: 0.1, interval: { low: 0.01 }, significant: true },
      guardrail: { state: 'GUARDRAIL_STATE_HOLDS' },
    };
    const analysis = {
      metric: 'transfers',
      comparisons: [comparison, { arm: 'green', obstacle: { message: 'Too few' } }],
    };
    const { results } = door({
      results: { goals: [{ analysis, slices: [{ analysis }, { value: '', analysis }] }] },
    });
    const [goal] = (await results.results('test', latest, undefined)).goals;
    const [big, green] = goal?.analysis.comparisons ?? [];
    expect([big?.control.value, big?.treatment.value]).toEqual([0, undefined]);
    expect(big?.effect?.interval).toEqual({ low: 0.01, high: undefined });
    expect(big?.effect?.varianceReduction).toBeUndefined();
    expect(big?.guardrail?.pValue).toBeUndefined();
    expect([green?.effect, green?.belief, green?.obstacle?.message]).toEqual([
      undefined,
      undefined,
      'Too few',
    ]);
    expect(goal?.slices.map(({ value }) => value)).toEqual([undefined, '']);
    expect(goal?.cap).toBeUndefined();
  });

  it('are not guessed from an answer without them', async () => {
    await expect(door({}).results.results('t', latest, undefined)).rejects.toEqual(new BadAnswer('results'));
    await expect(door({ results: { goals: [{}] } }).results.results('t', latest, undefined)).rejects.toEqual(
      new BadAnswer('analysis.metric'),
    );
  });
});

describe('health', () => {
  it('says what is not known yet', async () => {
    const { results, asked } = door({
      health: { mixed_units: '3', power: [{ metric_key: 'a', arm: 'b', power: 0.5 }], findings: ['Look'] },
    });
    const health = await results.health('test', latest, { kind: 'trait', name: 'tier' });
    expect(asked[0]?.path).toBe('/api/v1/experiments/test/health?dimension_trait=tier');
    expect([health.sampleRatio, health.suspect, health.mixedUnits]).toEqual([undefined, undefined, 3]);
    expect(health.power).toEqual([
      { metricKey: 'a', arm: 'b', power: 0.5, detectableEffect: undefined, neededUnits: undefined },
    ]);
    expect(health.findings).toEqual(['Look']);
  });
});

describe('the series and the decision', () => {
  it('come look by look', async () => {
    const point = {
      time: '2026-11-01T08:00:00Z',
      units: '7',
      effects: [{ arm: 'b', interval: { high: 0.2 } }],
    };
    const { results } = door({ series: [{ metric_key: 'a', points: [point] }] });
    expect(await results.timeseries('test', latest)).toEqual([
      {
        metricKey: 'a',
        points: [
          {
            time: asOf,
            units: 7,
            effects: [{ arm: 'b', estimate: 0, interval: { low: undefined, high: 0.2 }, significant: false }],
          },
        ],
      },
    ]);
  });

  it('is a proposal with reasons', async () => {
    const { results } = door({ proposal: { kind: 'PROPOSAL_KIND_SHIP', variant: 'big', reasons: ['x'] } });
    expect(await results.decision('test', latest)).toMatchObject({
      variant: 'big',
      reasons: ['x'],
      summary: '',
    });
  });
});
