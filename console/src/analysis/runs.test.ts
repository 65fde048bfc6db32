import { describe, expect, it } from 'vitest';
import type { Run } from '../api/analyses';
import { costOf, largeRows } from './cost';
import { progressOf, remembered, rememberedText, runsReducer, unfinished } from './runs';

const query = { scope: {}, trend: {} };
const run: Run = { id: 'r', state: 'RUNNING', rowsRead: 20, rows: 100, result: undefined, failure: '' };

describe('runs in the background', () => {
  const began = runsReducer([], { kind: 'began', run, query, now: 5 });

  it('are remembered over a reload, without what the server knows better', () => {
    const again = remembered(rememberedText(began));
    expect(again).toEqual([{ id: 'r', query, begun: 5 }]);
    expect(again.every(unfinished)).toBe(true);
  });

  it.each([null, '', 'x', '{}', '[1]', '[{"id":"r"}]', '[{"id":"","query":{}}]'])(
    'are none where %j was remembered',
    (written) => {
      expect(remembered(written)).toEqual([]);
    },
  );

  it('are waited for until they end, in whatever way', () => {
    expect(began.every(unfinished)).toBe(true);
    for (const state of ['DONE', 'FAILED', 'CANCELLED'] as const) {
      const heard = runsReducer(began, { kind: 'heard', news: [{ id: 'r', run: { ...run, state } }] });
      expect(heard.some(unfinished), state).toBe(false);
    }
    const gone = runsReducer(began, { kind: 'heard', news: [{ id: 'r', gone: true }] });
    expect(gone.some(unfinished)).toBe(false);
  });

  it('keep what is known when nothing is heard, and ask again', () => {
    const heard = runsReducer(began, { kind: 'heard', news: [{ id: 'r' }] });
    expect(heard).toEqual(began);
    expect(heard).not.toBe(began);
  });

  it('leave the list when they are dismissed', () => {
    expect(runsReducer(began, { kind: 'dismissed', id: 'other' })).toHaveLength(1);
    expect(runsReducer(began, { kind: 'dismissed', id: 'r' })).toEqual([]);
  });

  it('never show more than everything read', () => {
    expect(progressOf(run)).toBe(0.2);
    expect(progressOf({ ...run, rowsRead: 300 })).toBe(1);
    expect(progressOf({ ...run, rows: 0 })).toBeUndefined();
  });
});

describe('the cost of a question', () => {
  it('asks first from many rows on, and refuses only above the limit', () => {
    expect(costOf({ rows: largeRows - 1, maxRows: largeRows * 2 })).toBe('small');
    expect(costOf({ rows: largeRows, maxRows: largeRows * 2 })).toBe('large');
    expect(costOf({ rows: largeRows * 2, maxRows: largeRows * 2 })).toBe('large');
    expect(costOf({ rows: 11, maxRows: 10 })).toBe('refused');
    expect(costOf({ rows: 11, maxRows: 0 })).toBe('small');
  });
});
