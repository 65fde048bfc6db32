import { describe, expect, it } from 'vitest';
import { experiment, states } from '../api/experiments';
import { isDeletable, isOpen, movesOf } from './moves';

const of = (state: string, share?: number) =>
  experiment({
    key: 'test',
    state: `EXPERIMENT_STATE_${state}`,
    ...(share !== undefined && { runs: [{ current_share: share }] }),
  });

describe('what can be done with an experiment', () => {
  it('goes from a draft over a review to a start', () => {
    expect(movesOf(of('DRAFT'))).toEqual(['submit', 'archive']);
    expect(movesOf(of('IN_REVIEW'))).toEqual(['approve', 'send_back']);
    expect(movesOf(of('APPROVED'))).toEqual(['start', 'send_back']);
  });

  it('ramps only while somebody is left', () => {
    expect(movesOf(of('RAMPING', 2_000))).toEqual(['ramp', 'pause', 'stop']);
    expect(movesOf(of('RUNNING', 10_000))).toEqual(['pause', 'stop']);
  });

  it('ends in a decision, another run or the archive', () => {
    expect(movesOf(of('PAUSED', 0))).toEqual(['resume', 'stop']);
    expect(movesOf(of('STOPPED', 0))).toEqual(['decide', 'revise', 'archive']);
    expect(movesOf(of('DECIDED', 0))).toEqual(['archive']);
    expect(movesOf(of('ARCHIVED', 0))).toEqual([]);
    expect(movesOf(of('NEWER', 0))).toEqual([]);
  });

  it('changes the design only before the start', () => {
    expect(states.filter((state) => isOpen(of(state)))).toEqual(['DRAFT', 'IN_REVIEW', 'APPROVED']);
  });

  it('deletes what was never started or is put away', () => {
    expect(isDeletable(of('DRAFT'))).toBe(true);
    expect(isDeletable(of('DRAFT', 0))).toBe(false);
    expect(isDeletable(of('ARCHIVED', 0))).toBe(true);
    expect(isDeletable(of('RUNNING', 100))).toBe(false);
  });
});
