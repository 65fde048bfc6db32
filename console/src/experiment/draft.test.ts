import { describe, expect, it } from 'vitest';
import { experiment } from '../api/experiments';
import {
  type Draft,
  definitionOf,
  draftOf,
  emptyDraft,
  equalArms,
  faultsOf,
  partsOf,
  sampleQuestion,
  sumOf,
} from './draft';

const draft: Draft = {
  ...emptyDraft,
  key: 'big-button-test',
  flagKey: 'big-button',
  arms: [
    { variant: 'small', share: '50' },
    { variant: 'big', share: '25.5' },
    { variant: 'green', share: '24.5' },
  ],
  control: 'small',
  goals: ['transfers', 'made'],
  guardrails: [{ metricKey: 'complaints', margin: '1' }],
  smallestEffect: '2',
  plannedUnits: '200000',
};

describe('a draft', () => {
  it('can be sent when it is whole', () => {
    expect(faultsOf(draft)).toEqual([]);
  });

  it.each([
    [{ key: '1st' }, ['key']],
    [{ flagKey: '' }, ['flag']],
    [
      {
        audience: {
          kind: 'edited',
          group: { join: 'all', leaves: [{ kind: 'segment', id: '', member: true }] },
        },
      },
      ['audience'],
    ],
    [{ arms: draft.arms.slice(0, 1) }, ['arms', 'sum']],
    [{ arms: [...draft.arms.slice(0, 2), { variant: 'green', share: '24.6' }] }, ['sum']],
    [{ arms: [...draft.arms.slice(0, 2), { variant: 'green', share: '0' }] }, ['arms', 'sum']],
    [{ control: 'red' }, ['control']],
    [{ layerKey: 'home', layerShare: '' }, ['layer']],
    [{ ramp: [{ share: '1', hours: '1' }] }, ['ramp']],
    [
      {
        ramp: [
          { share: '10', hours: '0' },
          { share: '10', hours: '24' },
        ],
      },
      ['ramp'],
    ],
    [
      {
        ramp: [
          { share: '10', hours: '0' },
          { share: '20', hours: '0' },
        ],
      },
      ['ramp'],
    ],
    [{ goals: [] }, ['goals']],
    [{ guardrails: [{ metricKey: 'complaints', margin: '101' }] }, ['guardrails']],
    [{ guardrails: [{ metricKey: 'transfers', margin: '1' }] }, ['twice']],
    [{ alpha: '21' }, ['alpha']],
    [{ power: '' }, ['power']],
    [{ smallestEffect: '0' }, ['smallestEffect']],
    [{ plannedUnits: '99' }, ['plannedUnits']],
    [{ plannedUnits: '1e5' }, ['plannedUnits']],
    [{ covariateDays: '91' }, ['covariateDays']],
  ] as [Partial<Draft>, string[]][])('says what is wrong with %j', (change, faults) => {
    expect(faultsOf({ ...draft, ...change })).toEqual(faults);
  });

  it('means an experiment with shares in parts of 10000 and effects as fractions', () => {
    expect(
      definitionOf({
        ...draft,
        layerKey: 'home',
        layerShare: '30',
        ramp: [
          { share: '1', hours: '0' },
          { share: '100', hours: '36.5' },
        ],
      }),
    ).toEqual({
      key: 'big-button-test',
      display_name: '',
      hypothesis: '',
      flag_key: 'big-button',
      unit_type: 'UNIT_TYPE_USER',
      arms: [
        { variant: 'small', weight: 5_000 },
        { variant: 'big', weight: 2_550 },
        { variant: 'green', weight: 2_450 },
      ],
      control: 'small',
      layer: { layer_key: 'home', share: 3_000 },
      holdout_keys: [],
      ramp: [
        { share: 100, after: '0s' },
        { share: 10_000, after: '131400s' },
      ],
      plan: {
        goal_metric_keys: ['transfers', 'made'],
        guardrails: [{ metric_key: 'complaints', margin: 0.01 }],
        design: 'DESIGN_KIND_GROUP_SEQUENTIAL',
        alpha: 0.05,
        power: 0.8,
        smallest_effect: 0.02,
        planned_units: '200000',
        correction: 'MULTIPLICITY_CORRECTION_HOLM',
        covariate_days: 0,
        breaker: 'BREAKER_ACTION_PAUSE',
      },
    });
  });

  it('comes back from the experiment as it was', () => {
    const whole: Draft = {
      ...draft,
      name: 'Big',
      layerKey: 'home',
      layerShare: '30',
      ramp: [{ share: '0.5', hours: '0' }],
      alpha: '7',
      power: '92.5',
      design: 'CONFIDENCE_SEQUENCE',
      correction: 'BENJAMINI_HOCHBERG',
      breaker: 'NONE',
      unitType: 'HOUSEHOLD',
    };
    expect(draftOf(experiment(definitionOf(whole)))).toEqual(whole);
  });

  it('keeps what the form does not show, and drops the audience and layer that were taken out', () => {
    const before = {
      newer: 1,
      plan: { newer: 2, alpha: 0.1 },
      etag: '"3"',
      audience: { trait: {} },
      layer: { layer_key: 'home' },
    };
    const after = definitionOf(draft, before);
    expect(after).toMatchObject({ newer: 1, etag: '"3"', plan: { newer: 2, alpha: 0.05 } });
    expect(Object.keys(after)).not.toContain('audience');
    expect(Object.keys(after)).not.toContain('layer');
  });

  it('keeps an audience it has no words for', () => {
    const audience = { not: { trait: { name: 'tier' } } };
    const read = draftOf(experiment({ ...definitionOf(draft), audience }));
    expect(read.audience).toEqual({ kind: 'kept', condition: audience });
    expect(definitionOf(read)).toMatchObject({ audience });
  });
});

describe('shares', () => {
  it.each([2, 3, 7, 20])('of %i arms are as equal as can be and sum to all', (count) => {
    const arms = equalArms(Array.from({ length: count }, (_, index) => `v${index}`));
    expect(sumOf(arms)).toBe(10_000);
    const parts = arms.map(({ share }) => partsOf(share) ?? 0);
    expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
  });

  it('are read to a part of 10000, also with a comma', () => {
    expect(['33.34', '33,34', '100', '0', '100.01', '1.234', '', '-5', '1e1'].map(partsOf)).toEqual([
      3_334,
      3_334,
      10_000,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the question for a sample size', () => {
  it('has the control first and divides alpha among goals and treatments', () => {
    const asked = { ...draft, control: 'big' };
    expect(sampleQuestion(asked, { kind: 'rate', rate: '20' })).toEqual({
      outline: {
        rate: 0.2,
        design: { kind: 'DESIGN_KIND_GROUP_SEQUENTIAL', alpha: 0.0125 },
        shares: [2_550, 5_000, 2_450],
      },
      effect: 0.02,
      power: 0.8,
    });
    expect(sampleQuestion({ ...asked, correction: 'NONE' }, { kind: 'rate', rate: '20' })).toMatchObject({
      outline: { design: { alpha: 0.05 } },
    });
  });

  it('squares the deviation of a mean', () => {
    expect(sampleQuestion(draft, { kind: 'mean', mean: '-10', deviation: '3' })).toMatchObject({
      outline: { mean: { mean: -10, variance: 9 } },
    });
  });

  it('is not asked while something is missing', () => {
    expect(sampleQuestion(draft, { kind: 'rate', rate: '' })).toBeUndefined();
    expect(sampleQuestion(draft, { kind: 'rate', rate: '100' })).toBeUndefined();
    expect(sampleQuestion(draft, { kind: 'mean', mean: '0', deviation: '1' })).toBeUndefined();
    expect(sampleQuestion({ ...draft, smallestEffect: '' }, { kind: 'rate', rate: '20' })).toBeUndefined();
    // What the answer does not depend on may still be missing.
    expect(
      sampleQuestion({ ...draft, plannedUnits: '', key: '' }, { kind: 'rate', rate: '20' }),
    ).toBeDefined();
  });
});
