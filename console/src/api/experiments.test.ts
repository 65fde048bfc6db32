import { describe, expect, it } from 'vitest';
import { answering } from '../testing';
import { BadAnswer } from './decode';
import { ExperimentDoor, experiment } from './experiments';

function door(...replies: readonly unknown[]) {
  const { client, asked } = answering(...replies);
  return { asked, experiments: new ExperimentDoor(client) };
}

const definition = { key: 'test', state: 'EXPERIMENT_STATE_RUNNING', etag: '"3"' };

describe('experiments', () => {
  it('come with the defaults of what a plan leaves out', () => {
    expect(experiment({ key: 'test', plan: { goal_metric_keys: ['a'] } }).plan).toEqual({
      goals: ['a'],
      guardrails: [],
      design: 'DESIGN_KIND_GROUP_SEQUENTIAL',
      alpha: 0.05,
      power: 0.8,
      smallestEffect: 0,
      plannedUnits: 0,
      correction: 'MULTIPLICITY_CORRECTION_HOLM',
      covariateDays: 0,
      breaker: 'BREAKER_ACTION_PAUSE',
    });
  });

  it('have no layer, audience or run unless they say so', () => {
    const bare = experiment({ key: 'test' });
    expect([bare.layer, bare.audience, bare.runs, bare.state]).toEqual([undefined, undefined, [], 'UNKNOWN']);
    expect(experiment({ key: 'test', layer: { layer_key: 'home', share: 300 } }).layer).toEqual({
      layerKey: 'home',
      share: 300,
    });
    expect(experiment({ key: 'test', ramp: [{ share: 100 }, { share: 200, after: '60s' }] }).ramp).toEqual([
      { share: 100, afterSeconds: 0 },
      { share: 200, afterSeconds: 60 },
    ]);
  });

  it('are listed a page at a time', async () => {
    const { experiments, asked } = door({ experiments: [definition], next_page_token: 'n' });
    const page = await experiments.page('t 1');
    expect(asked[0]?.path).toBe('/api/v1/experiments?page_size=50&page_token=t%201');
    expect([page.entries[0]?.state, page.nextPageToken]).toEqual(['RUNNING', 'n']);
  });

  it('are moved as they were read, with the reason', async () => {
    const { experiments, asked } = door({ experiment: definition });
    await experiments.move(await experiments.one('test'), { ramp: { share: 200 } }, 'Fine so far');
    expect(asked.at(-1)).toEqual({
      method: 'POST',
      path: '/api/v1/experiments/test:move',
      body: { etag: '"3"', comment: 'Fine so far', ramp: { share: 200 } },
    });
  });

  it('are not guessed when a move answers nothing', async () => {
    const { experiments } = door({ experiment: definition }, {});
    const read = await experiments.one('test');
    await expect(experiments.move(read, { stop: {} }, '')).rejects.toEqual(new BadAnswer('experiment'));
  });

  it('tell who did what, why, from state to state', async () => {
    const { experiments } = door({
      changes: [
        { action: 'create', to: 'EXPERIMENT_STATE_DRAFT', author: 'person:ann' },
        {
          action: 'submit',
          from: 'EXPERIMENT_STATE_DRAFT',
          to: 'EXPERIMENT_STATE_IN_REVIEW',
          comment: 'Ready',
        },
      ],
    });
    const changes = await experiments.changes('test');
    expect(changes.map(({ from, to, author, comment }) => [from, to, author, comment])).toEqual([
      ['UNKNOWN', 'DRAFT', 'person:ann', ''],
      ['DRAFT', 'IN_REVIEW', '', 'Ready'],
    ]);
  });
});

describe('what an experiment is made of', () => {
  it('knows kinds and directions of metrics', async () => {
    const { experiments } = door({
      metrics: [
        { key: 'a', conversion: {} },
        { key: 'b', display_name: 'B', direction: 'METRIC_DIRECTION_LOWER_IS_BETTER' },
      ],
    });
    expect(
      (await experiments.metrics()).map(({ name, kind, lowerIsBetter }) => [name, kind, lowerIsBetter]),
    ).toEqual([
      ['a', 'conversion', false],
      ['B', '', true],
    ]);
  });

  it('reads the share of a layer that is free and of a hold-out that is held out', async () => {
    const { experiments } = door(
      { layers: [{ key: 'l', free_share: 7_000 }] },
      { holdouts: [{ key: 'h', share: 200 }] },
    );
    expect(await experiments.layers()).toEqual([{ key: 'l', name: 'l', share: 7_000 }]);
    expect(await experiments.holdouts()).toEqual([{ key: 'h', name: 'h', share: 200 }]);
  });

  it('calculates units, or says why not', async () => {
    const { experiments } = door(
      { arm_units: ['100', '90'], total_units: '190' },
      { obstacle: { kind: 'OBSTACLE_KIND_TOO_MANY_UNITS', message: 'More than there can be' } },
    );
    expect(await experiments.sampleSize({})).toEqual({ armUnits: [100, 90], totalUnits: 190, obstacle: '' });
    expect(await experiments.sampleSize({})).toEqual({
      armUnits: [],
      totalUnits: 0,
      obstacle: 'More than there can be',
    });
  });
});
